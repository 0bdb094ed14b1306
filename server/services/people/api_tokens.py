"""API tokens: another program that may ask, in one organization, in a role or as one member. Only the hash is kept."""

import secrets
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from core.errors import Conflict, Forbidden, Invalid, NotFound, Unauthenticated
from core.scopes import EVERYTHING, SCOPES, covers
from server.services.people import words
from server.services.people.ours import ours
from server.services.people.rights import STAFF_ROLES, Asker, Right, Role, member_asking, require, require_for_member
from server.store.database import reading, writing
from server.store.ids import hash_of, new_id
from server.store.tables import ApiTokenRow, MemberRow, StaffRow

PREFIX = "tessera_"
"""So that a token found in the wrong place is known for what it is."""
USED_EVERY = timedelta(minutes=1)
MEMBERS_LAST = timedelta(days=90)
"""How long a member's token is good unless something else is asked for."""
LONGEST_DAYS = 366


@dataclass(frozen=True, kw_only=True, slots=True)
class NewToken:
    """`name` says which program has it. `expires_at` None: until it is revoked."""

    name: str
    role: Role = Role.FRONT_DESK
    scopes: tuple[str, ...] = (EVERYTHING,)
    expires_at: datetime | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class ApiToken:
    """A token as it can be shown again: without what opens."""

    id: str
    name: str
    role: Role
    scopes: tuple[str, ...]
    member_id: str | None
    made_at: datetime
    last_used_at: datetime | None
    expires_at: datetime | None


@dataclass(frozen=True, kw_only=True, slots=True)
class MadeToken:
    """`secret` is what the program sends. It is shown once, and kept nowhere."""

    secret: str
    token: ApiToken

    def __repr__(self) -> str:
        return f"MadeToken({self.token.id!r})"


def make_api_token(organization_id: str, name: str, by: Asker, at: datetime, *, role: Role = Role.FRONT_DESK) -> str:
    """What a program sends that may do all that a role includes. Raises `Invalid`, `Forbidden`."""
    return make_token(organization_id, NewToken(name=name, role=role), by, at).secret


def make_token(organization_id: str, new: NewToken, by: Asker, at: datetime) -> MadeToken:
    """A program's token. A token makes none that may do more than itself. Raises `Invalid`, `Forbidden`."""
    name, scopes = words.required("name", new.name), _scopes(new.scopes)
    if new.role not in STAFF_ROLES:
        raise Invalid("field.not_understood", field="role", given=new.role.value)
    _expires_later(new.expires_at, at)
    with writing():
        require(organization_id, by, Right.RUN)
        if EVERYTHING not in by.scopes:
            raise Forbidden("api_token.makes_none")
        return _create(organization_id, replace(new, name=name, scopes=scopes), by, at)


def make_member_token(
    organization_id: str, member_id: str, new: NewToken, by: Asker, at: datetime
) -> MadeToken:  # fmt: skip
    """A token that is this member, for an app of theirs: made by staff, or by the member who signed in themselves.

    A member's token makes no other, so that one that was stolen cannot outlive its end; a program's makes none that may
    do more than itself. Raises `NotFound`, `Invalid`, `Forbidden`; `Conflict` for somebody who belongs here no more.
    """
    name, scopes = words.required("name", new.name), _scopes(new.scopes)
    expires_at = new.expires_at or at + MEMBERS_LAST
    _expires_later(expires_at, at)
    with writing():
        missing = NotFound("member.not_found", id=member_id)
        require_for_member(organization_id, by, Right.SERVE, member_id, missing)
        if (by.token_id and by.member_id) or not all(covers(by.scopes, scope) for scope in scopes):
            raise Forbidden("api_token.makes_none")
        if not ours(MemberRow, organization_id, member_id, "member").is_active:
            raise Conflict("api_token.member_inactive")
        wanted = NewToken(name=name, role=Role.MEMBER, scopes=scopes, expires_at=expires_at)
        return _create(organization_id, wanted, by, at, member_id=member_id)


def tokens(organization_id: str, by: Asker) -> tuple[ApiToken, ...]:
    """Every program's token that is not revoked, newest first; members' own are theirs. Raises `Forbidden`."""
    with reading():
        require(organization_id, by, Right.RUN)
        return _listed(organization_id, ApiTokenRow.member.is_null())


def member_tokens(organization_id: str, member_id: str, by: Asker) -> tuple[ApiToken, ...]:
    """A member's tokens that are not revoked, newest first. Raises `NotFound`, `Forbidden`."""
    with reading():
        missing = NotFound("member.not_found", id=member_id)
        require_for_member(organization_id, by, Right.SERVE, member_id, missing)
        ours(MemberRow, organization_id, member_id, "member")
        return _listed(organization_id, ApiTokenRow.member == member_id)


def api_token_of(token: str, at: datetime) -> Asker:
    """Who asks with this token: the member whose it is; else in the name of whoever made it, while they work here,
    with no more rights than theirs.

    Raises `Unauthenticated` for a token that was revoked, has run out, or never was, and for a member who does not
    belong any more.
    """
    with reading():
        row = ApiTokenRow.get_or_none(ApiTokenRow.token_hash == hash_of(token), ApiTokenRow.revoked_at.is_null())
        if row is None or (row.expires_at is not None and row.expires_at <= at):
            raise Unauthenticated("api_token.unknown")
        found = _member_of(row) if row.member_id else _program_of(row)
    if row.last_used_at is None or at - row.last_used_at >= USED_EVERY:
        with writing():
            ApiTokenRow.update({ApiTokenRow.last_used_at: at}).where(ApiTokenRow.id == row.id).execute()
    return replace(found, token_id=row.id, scopes=frozenset(row.scopes.split()))


def revoke_api_token(organization_id: str, token_id: str, by: Asker, at: datetime) -> None:
    """It opens nothing any more. Raises `NotFound`, `Forbidden`."""
    with writing():
        require(organization_id, by, Right.RUN)
        _revoke(ours(ApiTokenRow, organization_id, token_id, "api_token"), at)


def revoke_member_token(organization_id: str, member_id: str, token_id: str, by: Asker, at: datetime) -> None:
    """A member's own; a token may end itself. Raises `NotFound`, `Forbidden`."""
    with writing():
        missing = NotFound("member.not_found", id=member_id)
        require_for_member(organization_id, by, Right.SERVE, member_id, missing)
        ours(MemberRow, organization_id, member_id, "member")
        row = ours(ApiTokenRow, organization_id, token_id, "api_token")
        if row.member_id != member_id:
            raise NotFound("api_token.not_found", id=token_id)
        _revoke(row, at)


def _member_of(row: ApiTokenRow) -> Asker:
    who = MemberRow.get_by_id(row.member_id)
    if not who.is_active:
        raise Unauthenticated("api_token.unknown")
    return member_asking(row.organization_id, who.id, f"{who.first_name} {who.last_name}".strip())


def _program_of(row: ApiTokenRow) -> Asker:
    works_here = (StaffRow.id == row.made_by_id) & StaffRow.left_at.is_null()
    maker = StaffRow.get_or_none(works_here) if row.made_by_id else None
    staff_id = maker.id if maker else None
    return Asker(organization_id=row.organization_id, role=Role(row.role), name=row.name, staff_id=staff_id)


def _scopes(given: Iterable[str]) -> tuple[str, ...]:
    """Each once, in their own order; at least one. Raises `Invalid`."""
    wanted = set(given)
    if unknown := sorted(wanted - set(SCOPES)):
        raise Invalid("field.not_understood", field="scopes", given=unknown[0][:40])
    if not wanted:
        raise Invalid("field.missing", field="scopes")
    return tuple(scope for scope in SCOPES if scope in wanted)


def _expires_later(expires_at: datetime | None, at: datetime) -> None:
    if expires_at is not None and not at < expires_at <= at + timedelta(days=LONGEST_DAYS):
        raise Invalid("api_token.lasts", days=LONGEST_DAYS)


def _create(
    organization_id: str, new: NewToken, by: Asker, at: datetime, *, member_id: str | None = None
) -> MadeToken:  # fmt: skip
    secret = PREFIX + secrets.token_urlsafe(32)
    row = ApiTokenRow.create(
        id=new_id(at),
        organization=organization_id,
        name=new.name,
        token_hash=hash_of(secret),
        role=new.role.value,
        scopes=" ".join(new.scopes),
        member=member_id,
        made_at=at,
        made_by=by.staff_id,
        expires_at=new.expires_at,
    )
    return MadeToken(secret=secret, token=_as_token(row))


def _revoke(row: ApiTokenRow, at: datetime) -> None:
    changes = {ApiTokenRow.revoked_at: at}
    ApiTokenRow.update(changes).where(ApiTokenRow.id == row.id, ApiTokenRow.revoked_at.is_null()).execute()


def _listed(organization_id: str, which: object) -> tuple[ApiToken, ...]:
    rows = ApiTokenRow.select().where(
        ApiTokenRow.organization == organization_id, ApiTokenRow.revoked_at.is_null(), which
    )
    return tuple(_as_token(row) for row in rows.order_by(ApiTokenRow.id.desc()).limit(200))


def _as_token(row: ApiTokenRow) -> ApiToken:
    return ApiToken(
        id=row.id,
        name=row.name,
        role=Role(row.role),
        scopes=tuple(row.scopes.split()),
        member_id=row.member_id,
        made_at=row.made_at,
        last_used_at=row.last_used_at,
        expires_at=row.expires_at,
    )
