"""Tokens over HTTP: of programs, which an owner makes, and of members, for their own apps. Each is shown once."""

import dataclasses
from datetime import datetime
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Path, Response
from pydantic import Field

from core.scopes import EVERYTHING, SCOPES, Subject
from server.api.asking import By, Now, needs
from server.api.described import noes
from server.api.shapes import Given, Instant, Told
from server.services.people import api_tokens
from server.services.people.api_tokens import ApiToken, MadeToken, NewToken
from server.services.people.rights import Role

programs = APIRouter(prefix="/api/tokens", tags=["tokens"], dependencies=[needs(Subject.TOKENS)])
members = APIRouter(prefix="/api/members/{member_id}/tokens", tags=["tokens"], dependencies=[needs(Subject.TOKENS)])
MemberId = Annotated[str, Path(max_length=80)]
TokenId = Annotated[str, Path(max_length=80)]
Scope = Literal[SCOPES]  # type: ignore[valid-type]
ProgramRole = Literal["OWNER", "MANAGER", "FRONT_DESK", "INSTRUCTOR"]


class MemberTokenWanted(Given):
    """`name`: which app has it. `expiresAt`: unless given, in 90 days; at most 366."""

    name: str = Field(min_length=1, max_length=255, examples=["Alice's phone"])
    scopes: list[Scope] = Field(default=[EVERYTHING], min_length=1, max_length=len(SCOPES))
    expires_at: Instant | None = None


class TokenWanted(MemberTokenWanted):
    """`expiresAt`: unless given, it is good until it is revoked."""

    role: ProgramRole = "FRONT_DESK"


class TokenTold(Told):
    id: str
    name: str
    role: Role = Field(description="`MEMBER`: it is that member, and may do what is theirs.")
    scopes: list[str]
    member_id: str | None
    made_at: datetime
    last_used_at: datetime | None
    expires_at: datetime | None


class TokenMadeTold(TokenTold):
    """A token with what opens. `token` is shown here and never again."""

    token: str


class TokensTold(Told):
    tokens: list[TokenTold] = Field(description="Newest first, at most 200; revoked ones are not among them.")


@programs.get("", response_model=TokensTold, responses=noes())
def tokens(by: By) -> TokensTold:
    """Every program's token, without what opens. For owners."""
    return _list(api_tokens.tokens(by.organization_id, by))


@programs.post("", status_code=201, response_model=TokenMadeTold, responses=noes())
def token_made(by: By, at: Now, wanted: TokenWanted) -> TokenMadeTold:
    """A token for a program, in a role and for some scopes. For owners, who signed in or ask with a token that covers
    everything."""
    new = NewToken(
        name=wanted.name, role=Role(wanted.role), scopes=tuple(wanted.scopes), expires_at=wanted.expires_at
    )  # fmt: skip
    return _made(api_tokens.make_token(by.organization_id, new, by, at))


@programs.delete("/{token_id}", status_code=204, responses=noes("api_token.not_found"))
def token_revoked(by: By, at: Now, token_id: TokenId) -> Response:
    """It opens nothing from now on. For owners; members' tokens too."""
    api_tokens.revoke_api_token(by.organization_id, token_id, by, at)
    return Response(status_code=204)


@members.get("", response_model=TokensTold, responses=noes("member.not_found"))
def member_tokens(by: By, member_id: MemberId) -> TokensTold:
    """A member's tokens, without what opens."""
    return _list(api_tokens.member_tokens(by.organization_id, member_id, by))


@members.post(
    "",
    status_code=201,
    response_model=TokenMadeTold,
    responses=noes("member.not_found", conflicts=("api_token.member_inactive",)),
)
def member_token_made(by: By, at: Now, member_id: MemberId, wanted: MemberTokenWanted) -> TokenMadeTold:
    """A token that is this member, for an app of theirs: made by staff, or by the member who signed in."""
    new = NewToken(name=wanted.name, scopes=tuple(wanted.scopes), expires_at=wanted.expires_at)
    return _made(api_tokens.make_member_token(by.organization_id, member_id, new, by, at))


@members.delete("/{token_id}", status_code=204, responses=noes("api_token.not_found", "member.not_found"))
def member_token_revoked(by: By, at: Now, member_id: MemberId, token_id: TokenId) -> Response:
    """It opens nothing from now on. A member's app can do this when they sign out of it."""
    api_tokens.revoke_member_token(by.organization_id, member_id, token_id, by, at)
    return Response(status_code=204)


def _list(found: tuple[ApiToken, ...]) -> TokensTold:
    return TokensTold(tokens=[TokenTold(**_fields(token)) for token in found])


def _made(made: MadeToken) -> TokenMadeTold:
    return TokenMadeTold(**_fields(made.token), token=made.secret)


def _fields(token: ApiToken) -> dict[str, Any]:
    return dataclasses.asdict(token)
