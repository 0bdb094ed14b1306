"""Everything that goes wrong, once, as JSON: `{"error": {"code", "sentence", "reference"?}}`.

An error of ours has its code; a failure nobody meant has a reference number that stands in the log, too.
"""

import logging
import secrets

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from starlette.exceptions import HTTPException

from core import messages
from core.errors import Conflict, Forbidden, Invalid, NotFound, TesseraError, Unauthenticated
from server.api.asking import language

log = logging.getLogger(__name__)

STATUS: dict[type[TesseraError], int] = {
    Invalid: 422,
    NotFound: 404,
    Conflict: 409,
    Forbidden: 403,
    Unauthenticated: 401,
}
HTTP_CODES = {404: "http.not_found", 405: "http.not_allowed", 413: "http.too_large"}


def answer_errors(app: FastAPI) -> None:
    """Put the handlers on an app."""
    app.add_exception_handler(TesseraError, _of_ours)
    app.add_exception_handler(RequestValidationError, _not_understood)
    app.add_exception_handler(HTTPException, _of_http)
    app.add_exception_handler(Exception, _failure)


async def _of_ours(request: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, TesseraError)
    return told(request, error)


async def _not_understood(request: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, RequestValidationError)
    first = error.errors()[0] if error.errors() else {}
    field = ".".join(str(part) for part in first.get("loc", ())[1:])
    return told(request, Invalid("field.not_understood", field=field or "body", given=str(first.get("msg", ""))[:120]))


async def _of_http(request: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, HTTPException)
    code = HTTP_CODES.get(error.status_code, "http.other")
    return told(request, TesseraError(code), error.status_code)


async def _failure(request: Request, error: Exception) -> JSONResponse:
    reference = secrets.token_hex(4)
    log.error("failure %s at %s %s", reference, request.method, request.url.path, exc_info=error)
    return told(request, TesseraError("http.failure", reference=reference), 500, reference=reference)


def told(request: Request, error: TesseraError, status: int | None = None, **more: str) -> JSONResponse:
    """An error as its answer, in the language asked for."""
    sentence = messages.error_sentence(language(request), error)
    content = {"error": {"code": error.code, "sentence": sentence, **more}}
    headers = {"WWW-Authenticate": "Bearer"} if isinstance(error, Unauthenticated) else None
    return JSONResponse(content, status or STATUS.get(type(error), 500), headers)
