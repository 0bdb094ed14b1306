"""Who asks, when, and in which language to answer: read from the request once, the same for every route."""

from collections.abc import Callable
from datetime import datetime
from typing import Annotated

from fastapi import Depends, Request
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer

from core import messages
from core.errors import Unauthenticated
from server.services.people.api_tokens import api_token_of
from server.services.people.rights import Asker

_BEARER = HTTPBearer(
    auto_error=False,
    scheme_name="ApiToken",
    description="An API token that an owner made. It says which organization is asked.",
)


def now(request: Request) -> datetime:
    """The server's clock, which whoever made the app put there as `app.state.now`."""
    clock: Callable[[], datetime] = request.app.state.now
    return clock()


def language(request: Request) -> str:
    """The first of the languages asked for; what is not spoken here is answered in English."""
    return messages.language_for(request.headers.get("accept-language", "").split(",")[0].strip())


def asker(at: "Now", credentials: Annotated[HTTPAuthorizationCredentials | None, Depends(_BEARER)] = None) -> Asker:
    """Whose token this is. Raises `Unauthenticated`."""
    if credentials is None:
        raise Unauthenticated("api_token.unknown")
    return api_token_of(credentials.credentials, at)


Now = Annotated[datetime, Depends(now)]
Language = Annotated[str, Depends(language)]
By = Annotated[Asker, Depends(asker)]
