"""Who asks, when, and in which language to answer: read from the request once, the same for every route."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated
from urllib.parse import urlsplit

from fastapi import Depends, Request
from fastapi.dependencies.models import Dependant
from fastapi.params import Depends as Dependency
from fastapi.security import APIKeyCookie, HTTPBearer
from starlette.requests import HTTPConnection

from core import messages
from core.browsers import MEMBER_COOKIE, STAFF_COOKIE
from core.errors import Forbidden, Invalid, Unauthenticated
from core.scopes import EVERYTHING, Subject, covers, scope_of
from server.services.people.api_tokens import api_token_of
from server.services.people.rights import Asker
from server.services.people.signing_in import staff_signed_in
from server.services.portal.signing_in import member_signed_in

LOOKS = frozenset({"GET", "HEAD", "OPTIONS"})
"""Methods that change nothing."""
_BEARER = HTTPBearer(
    auto_error=False,
    scheme_name="ApiToken",
    description="An API token. It says which organization is asked, in which role or as which member, and for what.",
)
_STAFF = APIKeyCookie(
    name=STAFF_COOKIE,
    auto_error=False,
    scheme_name="StaffSession",
    description="Staff who signed in at the desk, from the desk's own pages only.",
)
_MEMBER = APIKeyCookie(
    name=MEMBER_COOKIE,
    auto_error=False,
    scheme_name="MemberSession",
    description="A member who signed in, from their own pages only.",
)
_FOUND = "tessera.asker"
LONGEST_NAME = 60
"""Characters of an unknown parameter's name that are said back."""


@dataclass(frozen=True, slots=True)
class Credential:
    """What somebody signed in with, and who looks it up."""

    text: str
    is_cookie: bool
    look_up: Callable[[str, datetime], Asker]

    def __repr__(self) -> str:
        return "Credential()"


def now(request: Request) -> datetime:
    """The server's clock, which whoever made the app put there as `app.state.now`."""
    clock: Callable[[], datetime] = request.app.state.now
    return clock()


def language(request: HTTPConnection) -> str:
    """The first of the languages asked for that is spoken here; English where none is."""
    return messages.language_asked_for(request.headers.get("accept-language", ""))


def credential_of(request: HTTPConnection) -> Credential | None:
    """A token where there is one, even one that opens nothing; else the cookie of somebody who signed in."""
    if said := request.headers.get("authorization"):
        kind, _, text = said.partition(" ")
        is_token = kind.lower() == "bearer" and text.strip() != ""
        return Credential(text.strip(), False, api_token_of) if is_token else None
    if text := request.cookies.get(STAFF_COOKIE, ""):
        return Credential(text, True, staff_signed_in)
    if text := request.cookies.get(MEMBER_COOKIE, ""):
        return Credential(text, True, _member)
    return None


def who_asks(request: HTTPConnection, at: datetime) -> Asker:
    """Looked up once for each request. Blocks. Raises `Unauthenticated`; `Forbidden` for another site's page."""
    found: Asker | None = request.scope.get(_FOUND)
    if found is None:
        credential = credential_of(request)
        if credential is None:
            raise Unauthenticated("api_token.unknown")
        if credential.is_cookie and not comes_from_our_page(request):
            raise Forbidden("request.from_elsewhere")
        found = request.scope[_FOUND] = credential.look_up(credential.text, at)
    return found


def comes_from_our_page(request: HTTPConnection) -> bool:
    """A browser sends its cookies along whoever's page asks. So to change something it must say that the page was ours;
    to look, it must at least not say that the page was another's."""
    looks = request.scope["method"] in LOOKS
    if fetched := request.headers.get("sec-fetch-site"):
        return fetched == "same-origin" or (looks and fetched == "none")
    if origin := request.headers.get("origin"):
        return _host_of(origin) == request.headers.get("host", "").lower()
    return looks


def asker(
    request: Request,
    at: "Now",
    # Named here so that they stand in the description of the API; `credential_of` reads them.
    bearer: Annotated[object, Depends(_BEARER)] = None,
    staff: Annotated[object, Depends(_STAFF)] = None,
    member: Annotated[object, Depends(_MEMBER)] = None,
) -> Asker:
    """Whose token or session this is. Raises `Unauthenticated`, `Forbidden`."""
    return who_asks(request, at)


Now = Annotated[datetime, Depends(now)]
Language = Annotated[str, Depends(language)]
By = Annotated[Asker, Depends(asker)]


def only_known_parameters(request: Request, by: By) -> None:
    """For every route, once it is known who asks: a misspelt filter would find all instead of few. Raises `Invalid`."""
    known = _parameters_of(request.scope["route"].dependant)
    for name in request.query_params:
        if name not in known:
            raise Invalid("field.unknown", field=name[:LONGEST_NAME])


def _parameters_of(dependant: Dependant) -> frozenset[str]:
    mine = frozenset(parameter.alias for parameter in dependant.query_params)
    return mine.union(*(_parameters_of(inner) for inner in dependant.dependencies))


class Needs:
    """What a token must cover to take a route: `<subject>:read` to look, `<subject>:write` to change; everything where
    no subject is named."""

    def __init__(self, subject: Subject | None) -> None:
        self.subject = subject

    def scope(self, method: str) -> str:
        return scope_of(self.subject, changes=method not in LOOKS) if self.subject else EVERYTHING

    def __call__(self, request: Request, by: By) -> None:
        needed = self.scope(request.method)
        if not covers(by.scopes, needed):
            raise Forbidden("api_token.scope", scope=needed)


def needs(subject: Subject | None) -> Dependency:
    """For a router's `dependencies`: tokens with scopes take its routes only if one of them covers the subject."""
    dependency: Dependency = Depends(Needs(subject))
    return dependency


def _member(text: str, at: datetime) -> Asker:
    return member_signed_in(text, at).asker


def _host_of(origin: str) -> str:
    try:
        parts = urlsplit(origin.lower())
    except ValueError:
        return ""
    return parts.netloc if parts.scheme in ("http", "https") else ""
