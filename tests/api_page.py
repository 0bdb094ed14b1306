"""`docs/api.md`, made from the code, so that it cannot say anything else. `python -m tests.api_page` writes it."""

import ast
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from core import messages
from core.decisions import Refused
from core.errors import TesseraError
from core.refusals import RefusalReason
from server.api import described, telling
from server.api.app import make_app
from server.api.errors import STATUS
from server.services.door.vault import CodeVault

ROOT = Path(__file__).resolve().parent.parent
PAGE = ROOT / "docs" / "api.md"
MET_BY_PROGRAMS = (
    "core/clocktime.py",
    "server/api/asking.py",
    "server/services/desk/inbox",
    "server/services/door/at_the_desk.py",
    "server/services/door/facts.py",
    "server/services/people/rights.py",
    "server/services/people/words.py",
    "server/services/reserving",
)
"""Where the errors come from that a request to the routes of the page can meet."""
STATUSES = {kind.__name__: status for kind, status in STATUS.items()}
HEAD = """# The API

For a members' app, a website or a till. `/docs` on a running server shows every route with its fields and lets you try
it; this page has what all of them share, and every code. Its tables are made from the code, and a test holds them.

Send `Authorization: Bearer <token>`. An owner makes a token for each program; it belongs to one organization and has
the rights of a role, never more than whoever made it. What belongs to another organization is not there: 404.

Names are those of the source documents: a member's pass is a *registration*, fields are in camelCase. Instants are
ISO 8601 with a zone, in answers always `Z`. Unknown fields are refused, so that a misspelt one is not ignored.
`Accept-Language` chooses the language of sentences: English, German, French, Spanish, Polish or Arabic.

Three kinds of answer:

* **2xx**: it is done, or this is how things are.
* **409 with `refusal`**: an everyday no, to be shown to the member:
  `{"refusal": {"reason": "SESSION_FULL", "sentence": "…", "until": null}}`. `until` is when it would be yes, where one
  moment can be named. Reasons never change their meaning and are never used again.
* **any other 4xx with `error`**: it cannot be done like this: `{"error": {"code": "pass.not_found", "sentence": "…"}}`.
  Codes are stable, sentences are for people. A 500 has a `reference` that stands in the server's log, too.

Asking again is safe: reserving twice answers `ALREADY_RESERVED`, cancelling twice tells the same, checking in twice is
one visit and one punch (`againSince`). There is no way to force anything: staff record an override, with a reason, and
ask again.
"""


def page() -> str:
    """The whole of docs/api.md."""
    return "\n".join(
        (
            HEAD,
            "## Routes\n",
            _table(("Route", "What it does"), _routes()),
            "## Refusals\n",
            _table(("`reason`", "Sentence", "Reserving", "Check-in"), _refusals()),
            "## Errors\n",
            _table(("Status", "`code`", "Sentence"), _errors()),
        )
    )


def errors_raised(places: tuple[str, ...] = MET_BY_PROGRAMS) -> set[tuple[int, str]]:
    """(status, code) of every error that the files in those places raise."""
    return {
        found
        for place in places
        for file in _files(ROOT / place)
        for found in _raised_in(ast.parse(file.read_text(encoding="utf-8")))
    }


def _files(place: Path) -> list[Path]:
    return sorted(place.glob("*.py")) if place.is_dir() else [place]


def _raised_in(tree: ast.AST) -> Iterator[tuple[int, str]]:
    """`raise Conflict("x.y")`, and `ours(…, "x")`, which raises `NotFound("x.not_found")`."""
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Name) or not node.args:
            continue
        words = [part.value for part in node.args if isinstance(part, ast.Constant) and isinstance(part.value, str)]
        if node.func.id in STATUSES and words:
            yield STATUSES[node.func.id], words[0]
        if node.func.id in ("ours", "all_ours") and words:
            yield STATUSES["NotFound"], f"{words[-1]}.not_found"


def _routes() -> Iterator[tuple[str, ...]]:
    vault = CodeVault(bytes(32))
    paths = make_app(now=lambda: datetime(2026, 1, 1, tzinfo=UTC), vault=vault).openapi()["paths"]
    for path, routes in sorted(paths.items()):
        for method, route in routes.items():
            if {"ApiToken": []} in route.get("security", []):
                words = " ".join(route["description"].split())
                yield f"`{method.upper()} {path}`", words.split(". ")[0].rstrip(".")


def _refusals() -> Iterator[tuple[str, ...]]:
    for reason in RefusalReason:
        reserving, arriving = reason in described.RESERVING, reason in described.CHECKING_IN
        if reserving or arriving:
            sentence = telling.refusal(Refused(reason=reason), "en").sentence
            yield f"`{reason.value}`", sentence, "yes" if reserving else "", "yes" if arriving else ""


def _errors() -> Iterator[tuple[str, ...]]:
    for status, code in sorted(errors_raised(), key=lambda found: (found[1], found[0])):
        yield str(status), f"`{code}`", messages.error_sentence("en", TesseraError(code))


def _table(head: tuple[str, ...], rows: Iterator[tuple[str, ...]]) -> str:
    lines = [" | ".join(cells) for cells in (head, ("---",) * len(head), *rows)]
    return "".join(f"| {line} |\n" for line in lines)


if __name__ == "__main__":
    PAGE.parent.mkdir(exist_ok=True)
    PAGE.write_text(page(), encoding="utf-8")
