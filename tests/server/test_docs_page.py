"""The API's page of itself, in a browser that reaches nothing but the server."""

import pytest
from fastapi.testclient import TestClient
from playwright.sync_api import BrowserContext, Route

from server.api.app import make_app
from server.api.docs_page import FILES
from server.pages.headers import SafeAnswers
from tests.server.studio import SIX_PM, VAULT

HERE = "http://localhost:4"


@pytest.fixture(scope="module")
def client() -> TestClient:
    return TestClient(SafeAnswers(make_app(now=lambda: SIX_PM, vault=VAULT)), base_url=HERE)


def test_every_route_is_shown_where_there_is_no_internet(client: TestClient, context: BrowserContext) -> None:
    elsewhere: list[str] = []
    complaints: list[str] = []

    def answered(route: Route) -> None:
        if not route.request.url.startswith(HERE):
            elsewhere.append(route.request.url)
            return route.abort()
        found = client.get(route.request.url)
        return route.fulfill(status=found.status_code, headers=dict(found.headers), body=found.content)

    context.route("**/*", answered)
    page = context.new_page()
    page.on("console", lambda said: complaints.append(said.text) if said.type == "error" else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.goto(f"{HERE}/docs")
    page.get_by_text("/api/reservations/available").first.wait_for()
    assert (elsewhere, complaints) == ([], [])
    described = client.get("/openapi.json").json()["paths"].values()
    shown_under = [tag for ways in described for way in ways.values() for tag in way["tags"]]
    assert page.locator(".opblock").count() == len(shown_under)


def test_nothing_but_its_own_files_is_given_out(client: TestClient) -> None:
    for name, kind in FILES.items():
        given = client.get(f"/docs/{name}")
        assert given.status_code == 200 and given.headers["content-type"] == kind and len(given.content) > 500
    for name in ("__init__.py", "..%2fmain.py", "nothing"):
        assert client.get(f"/docs/{name}").status_code == 404
    assert client.get("/redoc").status_code == 404
