"""What the API says of itself: FastAPI's description, completed with what holds for every route.

Versions, keys for a second try, the shape of every no, scopes, and what kiosks send: said once, here.
"""

from collections.abc import Iterator
from typing import Any

from fastapi import FastAPI
from fastapi.routing import APIRoute, RouteContext, iter_route_contexts
from pydantic import TypeAdapter

from core.errors import Conflict, Invalid
from server.api import shapes
from server.api.asking import Needs
from server.api.described import problem
from server.api.errors import KIOSKS, PROBLEM
from server.api.examples import complete
from server.api.once import HEADER as KEY_HEADER
from server.api.once import REPLAYED
from server.api.versions import HEADER as VERSION_HEADER
from server.api.versions import VERSIONS, is_for_programs

TAGS = {
    "reservations": "Places in sessions: reserve, what can be reserved, give up.",
    "check-ins": "Somebody comes in without a kiosk: by themselves in an app, or by staff.",
    "registrations": "A member's passes, which the source documents call registrations.",
    "sessions": "The timetable, and when check-in is open.",
    "members": "People who belong, who leads whom in, and how a kiosk finds them.",
    "staff": "What staff did at kiosks.",
    "imports": "Members, passes and places ahead from another system's files.",
    "inbox": "What waits for staff's word.",
    "tokens": "What programs and members' apps sign in with.",
    "kiosk": "The protocol of kiosks, with their own tokens. Bodies are the types of `core/protocol.py`.",
    "features": "What a studio has switched on.",
    "health": "Whether the server answers.",
    "letters": "What members are told by mail and SMS, and what they choose to be told.",
    "no-shows": "Absences: what they cost and why, excusing them, and members who say that they were there.",
    "policies": "The numbers a studio goes by, in versions, and what others would have meant.",
    "reports": "What the numbers of a time are.",
    "suspensions": "Spans in which a member may neither reserve nor check in.",
    "waiting lists": "Standing in line for a full session, and places that are offered.",
    "webhooks": "Other programs that are told what happens.",
}
"""What every tag is about."""
ERRORS = {"$ref": "#/components/schemas/ErrorsTold"}
REFUSED = {"$ref": "#/components/schemas/RefusedTold"}
IN_JSON = "application/json"
Operation = dict[str, Any]


def operation_id(route: APIRoute) -> str:
    """Its subject and the function's name in camel case: what a generated client calls it."""
    words = f"{route.tags[0] if route.tags else 'other'}_{route.name}".replace("-", "_").replace(" ", "_").split("_")
    return words[0] + "".join(word.capitalize() for word in words[1:])


def routes_of(app: FastAPI) -> Iterator[RouteContext]:
    """Every route that is described, with what its router adds to it."""
    for route in iter_route_contexts(app.routes):
        if isinstance(route.original_route, APIRoute):
            yield route


def scope_needed(route: RouteContext, method: str) -> str | None:
    """What a token must cover to take it. None: the route asks nobody who they are."""
    for dependency in route.dependant.dependencies:
        if isinstance(dependency.call, Needs):
            return dependency.call.scope(method)
    return None


def describe(app: FastAPI) -> None:
    """From now on `app.openapi()` tells all of it. Call it when every route is on the app."""
    drawn = app.openapi

    def completed() -> dict[str, Any]:
        if app.openapi_schema is None:
            app.openapi_schema = _completed(app, drawn())
        return app.openapi_schema

    app.openapi = completed  # type: ignore[method-assign]


def _completed(app: FastAPI, schema: dict[str, Any]) -> dict[str, Any]:
    used = {tag for routes in schema["paths"].values() for route in routes.values() for tag in route.get("tags", ())}
    schema["tags"] = [{"name": name, "description": words} for name, words in TAGS.items() if name in used]
    schemas = schema.setdefault("components", {}).setdefault("schemas", {})
    for shape in (shapes.ErrorsTold, shapes.RefusedTold):
        told = TypeAdapter(shape).json_schema(ref_template="#/components/schemas/{model}", mode="serialization")
        for name, inner in told.pop("$defs", {}).items():
            schemas.setdefault(name, inner)
        schemas.setdefault(shape.__name__, told)
    for unused in ("HTTPValidationError", "ValidationError"):
        schemas.pop(unused, None)
    scopes = dict(_scopes(app))
    for path, operations in schema["paths"].items():
        for method, operation in operations.items():
            if path.startswith(KIOSKS):
                _for_kiosks(path, method, operation)
                continue
            if is_for_programs(path):
                _for_programs(path, method, operation)
            for status, response in operation["responses"].items():
                if int(status) >= 400:
                    _as_problem(response)
            complete(path, method, operation)
            if scope := scopes.get((method, path)):
                _needs(operation, scope)
    return schema


def _for_programs(path: str, method: str, operation: Operation) -> None:
    responses = operation["responses"]
    for status, words in _noes(path, method):
        responses.setdefault(status, {"description": words})
    _parameter(operation, VERSION_HEADER, "A version of this API; unless given, the newest.", {"enum": list(VERSIONS)})
    if method == "post":
        words = "Your own name for this request: sent again with it, it is done once. Good for 24 hours."
        _parameter(operation, KEY_HEADER, words, {"minLength": 1, "maxLength": 255, "pattern": "^[!-~]+$"})
        _may_be_a_second_try(responses)
    for response in responses.values():
        headers = response.setdefault("headers", {})
        headers[VERSION_HEADER] = {"description": "The version this is in.", "schema": {"enum": list(VERSIONS)}}


def _noes(path: str, method: str) -> Iterator[tuple[str, str]]:
    """What may be answered by every route of this form, before it is asked."""
    yield "400", "The version is unknown (`api.version_unknown`), or the request cannot be read (`http.not_readable`)."
    if "{" in path:
        yield "404", "Nothing is at this address: `http.not_found`."
    if method in ("post", "put", "patch"):
        yield "413", "The body is too large: `http.too_large`."
        yield "422", "The request cannot be understood; the sentence says what."
    yield "500", "Something is out of order here: `http.failure`, with a `reference`."


def _may_be_a_second_try(responses: dict[str, Any]) -> None:
    words = "For a second try with a key: `idempotency.still_running`, `idempotency.answer_lost`."
    conflict = responses.setdefault("409", {"description": ""})
    conflict["description"] = f"{conflict['description']} {words}".strip()
    conflict["headers"] = {
        "Retry-After": {"description": "Seconds, while the first try is being done.", "schema": {"type": "string"}}
    }
    content = conflict.setdefault("content", {}).setdefault(IN_JSON, {})
    if content.get("schema") == REFUSED:
        content["schema"] = {"anyOf": [REFUSED, ERRORS]}
    content.setdefault("example", problem(Conflict("idempotency.still_running"), 409))
    replayed = {"description": "`true`: this was answered before.", "schema": {"type": "string", "enum": ["true"]}}
    for status, response in responses.items():
        if status not in ("400", "413", "500"):
            response.setdefault("headers", {})[REPLAYED] = replayed


def _as_problem(response: dict[str, Any]) -> None:
    given = response.setdefault("content", {})
    told = given.pop(IN_JSON, {})
    told.setdefault("schema", ERRORS)
    given[PROBLEM] = told


def _needs(operation: Operation, scope: str) -> None:
    """OpenAPI 3.1: what a requirement of a bearer token lists are the roles it must have."""
    for requirement in operation.get("security", []):
        if "ApiToken" in requirement:
            requirement["ApiToken"] = [scope]
    operation["description"] = f"{operation.get('description', '')}\n\nScope: `{scope}`.".strip()


def _for_kiosks(path: str, method: str, operation: Operation) -> None:
    """Their answers call themselves `application/json`, whatever they say, since kiosks of before read no other."""
    if method == "post":
        operation["requestBody"] = {"content": {IN_JSON: {"schema": {"type": "object"}}}, "required": True}
    no = {"schema": ERRORS, "example": problem(Invalid("wire.not_understood", kind="Hello", why="…"), 422)}
    for status, words in (
        ("400", "It cannot be read."),
        ("401", "No token, or one that opens nothing: `device.unknown`, `device.revoked`."),
        ("403", "Not this kiosk, or not now."),
        ("404", "Not there."),
        ("409", "Not as things are."),
        ("413", "The body is too large: `http.too_large`."),
        ("422", "It cannot be understood: `wire.not_understood`."),
        ("500", "Something is out of order here: `http.failure`."),
    ):
        operation["responses"][status] = {"description": words, "content": {IN_JSON: no}}


def _parameter(operation: Operation, name: str, words: str, schema: dict[str, Any]) -> None:
    operation.setdefault("parameters", []).append(
        {
            "name": name,
            "in": "header",
            "required": False,
            "description": words,
            "schema": {"type": "string", **schema},
        }
    )


def _scopes(app: FastAPI) -> Iterator[tuple[tuple[str, str], str]]:
    for route in routes_of(app):
        for method in route.methods or ():
            if scope := scope_needed(route, method):
                yield (method.lower(), str(route.path)), scope
