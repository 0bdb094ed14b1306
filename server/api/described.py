"""How the routes describe their noes in OpenAPI: which codes and which reasons, with an example of each body."""

import json
from typing import Any

from core import messages
from core.decisions import Refused
from core.errors import Conflict, NotFound, TesseraError, Unauthenticated
from core.refusals import RefusalReason as R
from server.api import shapes, telling
from server.api.errors import STATUS, problem_type, title

RESERVING = (
    R.MEMBER_INACTIVE,
    R.SUSPENDED,
    R.SESSION_CANCELLED,
    R.SESSION_STARTED,
    R.ALREADY_RESERVED,
    R.SESSION_FULL,
    R.NO_PASS,
    R.PASS_NOT_FOR_THIS,
    R.PASS_NOT_YET_VALID,
    R.PASS_EXPIRED,
    R.PASS_PAUSED,
    R.PASS_USED_UP,
    R.PART_OUT_OF_ORDER,
    R.PART_ALREADY_TAKEN,
    R.TOO_MANY_AHEAD,
)
"""Every reason for which a place is not reserved."""
CANCELLING = (R.SESSION_STARTED,)
CHECKING_IN = (
    R.MEMBER_INACTIVE,
    R.SUSPENDED,
    R.TOO_EARLY,
    R.TOO_LATE,
    R.NO_SESSION_TODAY,
    R.SESSION_CANCELLED,
    R.NO_RESERVATION,
    R.SESSION_FULL,
    R.NO_PASS,
    R.PASS_NOT_FOR_THIS,
    R.PASS_NOT_YET_VALID,
    R.PASS_EXPIRED,
    R.PASS_PAUSED,
    R.PASS_USED_UP,
    R.PART_OUT_OF_ORDER,
    R.PART_ALREADY_TAKEN,
)
"""Every reason for which somebody is not checked in without a kiosk."""

Responses = dict[int | str, dict[str, Any]]


def noes(*not_found: str, refusals: tuple[R, ...] = (), conflicts: tuple[str, ...] = ()) -> Responses:
    """The `responses` of a route: 401, 403 and 422 are everybody's; 404 with these codes, 409 with these reasons."""
    described: Responses = {
        401: _errors("No token, or one that opens nothing.", Unauthenticated("api_token.unknown")),
        403: {
            "model": shapes.ErrorsTold,
            "description": "The token's role or scopes do not include this: `staff.may_not`, `api_token.scope`.",
        },
        422: {"model": shapes.ErrorsTold, "description": "The request cannot be understood; the sentence says what."},
    }
    if not_found:
        named = ", ".join(f"`{code}`" for code in not_found)
        described[404] = _errors(f"Not there, or not in this organization: {named}.", NotFound(not_found[0]))
    if refusals or conflicts:
        described[409] = _refused(refusals, conflicts)
    return described


def problem(error: TesseraError, status: int) -> dict[str, Any]:
    """The body of an error as it is told in English, for an example."""
    sentence = messages.error_sentence("en", error)
    return {
        "type": problem_type(error.code),
        "title": title("en", status),
        "status": status,
        "detail": sentence,
        "instance": "/api/…",
        "code": error.code,
        "error": {"code": error.code, "sentence": sentence},
    }


def _errors(description: str, error: TesseraError) -> dict[str, Any]:
    return {
        "model": shapes.ErrorsTold,
        "description": description,
        "content": {"application/json": {"example": problem(error, STATUS[type(error)])}},
    }


def _refused(reasons: tuple[R, ...], conflicts: tuple[str, ...]) -> dict[str, Any]:
    words = []
    example: dict[str, Any] = {}
    if reasons:
        words.append("An everyday no. `reason` is one of " + ", ".join(f"`{r.value}`" for r in reasons) + ".")
        example = json.loads(bytes(telling.no(Refused(reason=reasons[-1]), "en").body))
    if conflicts:
        words.append("Or an error: " + ", ".join(f"`{code}`" for code in conflicts) + ".")
        example = example or problem(Conflict(conflicts[0]), STATUS[Conflict])
    both = shapes.RefusedTold | shapes.ErrorsTold
    return {
        "model": both if reasons and conflicts else shapes.RefusedTold if reasons else shapes.ErrorsTold,
        "description": " ".join(words),
        "content": {"application/json": {"example": example}},
    }
