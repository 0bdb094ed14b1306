"""Everything that goes wrong, once, as `application/problem+json` (RFC 9457).

`{"type", "title", "status", "detail", "instance", "code", "error": {"code", "sentence"}}`; `error` is what this API
said before it spoke RFC 9457, and stays for those who read it. An error of ours has its code; a failure nobody meant
has a `reference` that stands in the log, too.
"""

import logging
import secrets
from collections.abc import Mapping
from typing import Any

from fastapi import FastAPI
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from starlette.exceptions import HTTPException
from starlette.requests import HTTPConnection, Request

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
LONGEST_GIVEN = 60
"""Characters of what was given that are said back."""
HTTP_CODES = {
    400: "http.not_readable",
    404: "http.not_found",
    405: "http.not_allowed",
    413: "http.too_large",
    422: "http.not_readable",
}
PROBLEM = "application/problem+json"
KIOSKS = "/api/kiosk"
"""Kiosks of before read an answer only if it calls itself `application/json`."""


def answer_errors(app: FastAPI) -> None:
    """Put the handlers on an app."""
    app.add_exception_handler(TesseraError, _of_ours)
    app.add_exception_handler(RequestValidationError, _not_understood)
    app.add_exception_handler(HTTPException, _of_http)
    app.add_exception_handler(Exception, _failure)


def problem_type(code: str) -> str:
    """Where the code is explained, on this server."""
    return f"/errors#{code}"


def title(language: str, status: int) -> str:
    """In a few words, what kind of no it is."""
    key = f"api.problem.{status}"
    return messages.say(language, key if messages.has(key) else "api.problem.other")


def told(
    request: HTTPConnection,
    error: TesseraError,
    status: int | None = None,
    headers: Mapping[str, str] | None = None,
    **more: str,
) -> JSONResponse:
    """An error as its answer, in the language asked for."""
    spoken = language(request)
    status = status or STATUS.get(type(error), 500)
    sentence = messages.error_sentence(spoken, error)
    content = {
        "type": problem_type(error.code),
        "title": title(spoken, status),
        "status": status,
        "detail": sentence,
        "instance": request.url.path,
        "code": error.code,
        **more,
        "error": {"code": error.code, "sentence": sentence, **more},
    }
    sent = {"WWW-Authenticate": "Bearer"} if isinstance(error, Unauthenticated) else {}
    kind = "application/json" if request.url.path.startswith(KIOSKS) else PROBLEM
    return JSONResponse(content, status, {**sent, **(headers or {})}, media_type=kind)


async def _of_ours(request: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, TesseraError)
    return told(request, error)


async def _not_understood(request: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, RequestValidationError)
    first = error.errors()[0] if error.errors() else {}
    return told(request, _misread(first))


def _misread(first: Mapping[str, Any]) -> Invalid:
    """The first thing that could not be read. What came as a whole and is no JSON is never said back: bytes help
    nobody, and a body may hold anything."""
    kind, given = first.get("type"), first.get("input")
    field = ".".join(str(part) for part in first.get("loc", ())[1:]) or "body"
    if kind == "json_invalid" or isinstance(given, bytes):
        return Invalid("body.not_json")
    if kind == "extra_forbidden":
        return Invalid("field.unknown", field=field)
    if kind == "missing" or given in (None, "", [], {}):
        return Invalid("field.missing", field=field)
    return Invalid("field.not_understood", field=field, given=str(given)[:LONGEST_GIVEN])


async def _of_http(request: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, HTTPException)
    code = HTTP_CODES.get(error.status_code, "http.other")
    return told(request, TesseraError(code), error.status_code, error.headers)


async def _failure(request: Request, error: Exception) -> JSONResponse:
    reference = secrets.token_hex(4)
    log.error("failure %s at %s %s", reference, request.method, request.url.path, exc_info=error)
    return told(request, TesseraError("http.failure", reference=reference), 500, reference=reference)
