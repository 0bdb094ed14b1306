"""The page on which the API describes itself and can be tried.

Its script and looks come from this server alone, since a studio's network may end at its own door.
"""

from importlib.resources import files

from fastapi import APIRouter
from fastapi.openapi.docs import get_swagger_ui_html
from fastapi.responses import HTMLResponse, Response
from starlette.exceptions import HTTPException

router = APIRouter(include_in_schema=False)
PAGE = "/docs"
FILES = {
    "swagger-ui-bundle.js": "text/javascript; charset=utf-8",
    "swagger-ui.css": "text/css; charset=utf-8",
    "favicon-32x32.png": "image/png",
}
"""Those of the page, as the wheel that carries them names them."""


@router.get(PAGE)
async def docs() -> HTMLResponse:
    """Every route as `/openapi.json` describes it, to read and to try."""
    script, looks, icon = (f"{PAGE}/{name}" for name in FILES)
    return get_swagger_ui_html(
        openapi_url="/openapi.json",
        title="Tessera",
        swagger_js_url=script,
        swagger_css_url=looks,
        swagger_favicon_url=icon,
        swagger_ui_parameters={"filter": True, "docExpansion": "list"},
    )


@router.get(PAGE + "/{name}")
def part(name: str) -> Response:
    """One of its files; 404 for any other."""
    if name not in FILES:
        raise HTTPException(404)
    return Response((files("fastapi_swagger") / "resources" / name).read_bytes(), media_type=FILES[name])
