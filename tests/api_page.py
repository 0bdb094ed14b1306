"""`docs/api.md` and `docs/errors.md`, made from the code, so that they cannot say anything else.

`python -m tests.api_page` writes them.
"""

import ast
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from core import messages
from core.decisions import Refused
from core.errors import TesseraError
from core.refusals import RefusalReason
from core.scopes import SCOPES
from server.api import described, telling
from server.api.app import make_app
from server.api.errors import STATUS
from server.api.versions import NEWEST
from server.services.door.vault import CodeVault

ROOT = Path(__file__).resolve().parent.parent
PAGE = ROOT / "docs" / "api.md"
CODES = ROOT / "docs" / "errors.md"
RAISING = ("core", "server")
"""Where the errors come from that a program or a kiosk can meet."""
NEVER_OVER_HTTP = ("server/terminal", "server/settings.py", "server/demo", "server/services/archiving")
NEVER_OVER_HTTP += ("core/copies.py",)
STATUSES = {kind.__name__: status for kind, status in STATUS.items()}
BY_HTTP = {
    "http.not_readable": 400,
    "http.not_found": 404,
    "http.not_allowed": 405,
    "http.too_large": 413,
    "http.other": 400,
    "http.failure": 500,
    "api.version_unknown": 400,
}
"""Those that have another status than their kind of error."""
HEAD = f"""# The API

For a members' app, a website or a till. `/docs` on a running server shows every route with its fields and lets you try
it; `/openapi.json` is the same for generators. This page has what all routes share. Its tables are made from the code,
and a test holds them.

## A first request

```sh
curl -H "Authorization: Bearer $TOKEN" https://studio.example/api/sessions
```

An owner makes a token with `POST /api/tokens`; a fresh demo has one in `demo.json`. Reserving a place, once, even if
the answer is lost and the request is sent again:

```sh
curl -H "Authorization: Bearer $TOKEN" -H "Idempotency-Key: $(uuidgen)" -H "Content-Type: application/json" \\
     -d '{{"sessionId": "…", "registrationId": "…"}}' https://studio.example/api/reservations
```

## Signing in

* **A program** sends `Authorization: Bearer <token>`, with a token in a role, for some scopes, until it is revoked or
  `expiresAt`.
* **A member's app** sends the same, with a token of `POST /api/members/{{id}}/tokens`: it is that member, for 90 days
  unless told otherwise.
* **The desk's and a member's own pages** send the cookie of signing in, from the same origin only: the browser must say
  so (`Sec-Fetch-Site` or `Origin`) before anything changes.

A token belongs to one organization and can do what its role includes **and** its scopes cover, never more than whoever
made it. What belongs to another organization, or for a member to another member, is not there: 404, the same answer as
for an id that never was.

Scopes: {", ".join(f"`{scope}`" for scope in SCOPES)}. Whoever may write a thing may read it.

## Versions

`Tessera-Version: {NEWEST}` asks for a version of the API and is in every answer. Without it you get the newest; one
that nobody speaks is a 400. New fields in answers and new routes are no new version.

## Words and times

Names are those of the source documents: a member's pass is a *registration*, fields are in camelCase. Instants are
ISO 8601 with a zone, in answers always `Z`. Unknown fields and parameters are refused, so that a misspelt one is not
ignored. `Accept-Language` chooses the language of sentences: English, German, French, Spanish, Polish or Arabic. A body
is JSON and says so (`Content-Type: application/json`).

## Answers

* **2xx**: it is done, or this is how things are.
* **409 with `code` `refusal`**: an everyday no, to be shown to the member. `reason` is from the list below and never
  changes its meaning; `until` is when it would be yes, where one moment can be named.
* **any other status from 400 on**: it cannot be done like this. `code` is stable and explained at `/errors` on your
  server and in [errors.md](errors.md); `detail` is for people: what happened and what to do. A failure of ours (500)
  has a `reference` that stands in the server's log, too.

Every no is `application/problem+json` (RFC 9457):

```json
{{"type": "/errors#pass.not_found", "title": "Not found", "status": 404,
 "detail": "This pass does not exist here. Please open the member again.",
 "instance": "/api/registrations/x/status", "code": "pass.not_found"}}
```

Two members more are there for programs that are older than this: `error` (`code`, `sentence`) and `refusal` (`reason`,
`sentence`, `until`). Kiosks (`/api/kiosk`) get the same bodies as `application/json`.

## Asking again

Every POST takes an `Idempotency-Key`: 1 to 255 visible characters, your own, a new one for each wish. The same key with
the same request is answered as the first time for 24 hours, with `Idempotency-Replayed: true`, and nothing more
happens. The same key with another request is a 422 (`idempotency.other_request`); while the first is being done, a 409
with `Retry-After` (`idempotency.still_running`). 401, 403, 429 and 5xx are not kept: ask again with the same key.

If the server stopped in the middle, it knows by the key whether anything was done. If not, your second request does it.
If so, the answer is lost and you get a 409, `idempotency.answer_lost`: look how things are, then use a new key.

Without a key asking again is safe where it matters most: reserving twice answers `ALREADY_RESERVED`, cancelling twice
tells the same, checking in twice is one visit and one punch (`againSince`). There is no way to force anything: staff
record an override, with a reason, and ask again.

## Long lists

`limit` says how many at most; `next` in the answer is the `cursor` for what comes after, or null. A cursor is opaque
and good for its own list only. Nobody is lost or told twice, whatever is added meanwhile.
"""
CODES_HEAD = """# Codes of errors

Every error of the API has one of these codes. A code never changes its meaning. The sentence says what happened and
what to do; it comes in the language asked for, and `…` is filled in. The same list is at `/errors` on a running
server. Made from the code by `python -m tests.api_page`; a test holds it.
"""


def page() -> str:
    """The whole of docs/api.md."""
    return "\n".join(
        (
            HEAD,
            "## Routes\n",
            _table(("Route", "What it does", "Scope"), _routes()),
            "## Refusals\n",
            _table(("`reason`", "Sentence", "Reserving", "Check-in"), _refusals()),
        )
    )


def codes_page() -> str:
    """The whole of docs/errors.md."""
    return "\n".join((CODES_HEAD, _table(("`code`", "Status", "What happened, and what to do"), _errors())))


def errors_raised(places: tuple[str, ...] = RAISING) -> set[tuple[int, str]]:
    """(status, code) of every error that the files in those places raise."""
    found = {(status, code) for code, status in BY_HTTP.items()} if places == RAISING else set()
    return found | {
        (BY_HTTP.get(code, status), code)
        for place in places
        for file in _files(ROOT / place)
        if not str(file.relative_to(ROOT)).startswith(NEVER_OVER_HTTP)
        for status, code in _raised_in(ast.parse(file.read_text(encoding="utf-8")))
    }


def _files(place: Path) -> list[Path]:
    return sorted(place.rglob("*.py")) if place.is_dir() else [place]


def _raised_in(tree: ast.AST) -> Iterator[tuple[int, str]]:
    """`Conflict("x.y")`, and `ours(…, "x")`, which raises `NotFound("x.not_found")`."""
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Name) or not node.args:
            continue
        words = [part.value for part in node.args if isinstance(part, ast.Constant) and isinstance(part.value, str)]
        if node.func.id in (*STATUSES, "TesseraError") and words and "." in words[0]:
            yield STATUSES.get(node.func.id, BY_HTTP.get(words[0], 400)), words[0]
        if node.func.id in ("ours", "all_ours") and words:
            yield STATUSES["NotFound"], f"{words[-1]}.not_found"


def _routes() -> Iterator[tuple[str, ...]]:
    vault = CodeVault(bytes(32))
    paths = make_app(now=lambda: datetime(2026, 1, 1, tzinfo=UTC), vault=vault).openapi()["paths"]
    for path, routes in sorted(paths.items()):
        for method, route in routes.items():
            if not path.startswith("/api/kiosk"):
                words = " ".join(route["description"].split())
                scopes = [scope for way in route.get("security", ()) for scope in way.get("ApiToken", ())]
                what = words.split(" Scope: `")[0].split(". ")[0].rstrip(".")
                yield f"`{method.upper()} {path}`", what, f"`{scopes[0]}`" if scopes else ""


def _refusals() -> Iterator[tuple[str, ...]]:
    for reason in RefusalReason:
        reserving, arriving = reason in described.RESERVING, reason in described.CHECKING_IN
        if reserving or arriving:
            sentence = telling.refusal(Refused(reason=reason), "en").sentence
            yield f"`{reason.value}`", sentence, "yes" if reserving else "", "yes" if arriving else ""


def _errors() -> Iterator[tuple[str, ...]]:
    for status, code in sorted(errors_raised(), key=lambda found: (found[1], found[0])):
        yield f"`{code}`", str(status), messages.error_sentence("en", TesseraError(code))


def _table(head: tuple[str, ...], rows: Iterator[tuple[str, ...]]) -> str:
    lines = [" | ".join(cells) for cells in (head, ("---",) * len(head), *rows)]
    return "".join(f"| {line} |\n" for line in lines)


if __name__ == "__main__":
    PAGE.parent.mkdir(exist_ok=True)
    PAGE.write_text(page(), encoding="utf-8")
    CODES.write_text(codes_page(), encoding="utf-8")
