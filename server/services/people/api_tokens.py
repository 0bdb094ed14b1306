"""API tokens: another program that may ask, in one organization, with a role's rights. Only the hash is kept."""

import secrets
from datetime import datetime, timedelta

from core.errors import Invalid, Unauthenticated
from server.services.people import words
from server.services.people.ours import ours
from server.services.people.rights import STAFF_ROLES, Asker, Right, Role, require
from server.store.database import reading, writing
from server.store.ids import hash_of, new_id
from server.store.tables import ApiTokenRow, StaffRow

PREFIX = "tessera_"
"""So that a token found in the wrong place is known for what it is."""
USED_EVERY = timedelta(minutes=1)


def make_api_token(organization_id: str, name: str, by: Asker, at: datetime, *, role: Role = Role.FRONT_DESK) -> str:
    """The token, shown once. `name` says which program has it. Raises `Invalid`, `Forbidden`."""
    clean = words.required("name", name)
    if role not in STAFF_ROLES:
        raise Invalid("field.not_understood", field="role", given=role.value)
    token = PREFIX + secrets.token_urlsafe(32)
    with writing():
        require(organization_id, by, Right.RUN)
        ApiTokenRow.create(
            id=new_id(at),
            organization=organization_id,
            name=clean,
            token_hash=hash_of(token),
            scopes=role.value,
            made_at=at,
            made_by=by.staff_id,
        )
    return token


def api_token_of(token: str, at: datetime) -> Asker:
    """Who asks with this token: in the name of whoever made it, while they work here, with no more rights than theirs.

    Raises `Unauthenticated` for a token that was revoked or never was.
    """
    with reading():
        row = ApiTokenRow.get_or_none(ApiTokenRow.token_hash == hash_of(token), ApiTokenRow.revoked_at.is_null())
        works_here = (StaffRow.id == row.made_by_id) & StaffRow.left_at.is_null() if row else None
        maker = StaffRow.get_or_none(works_here) if row and row.made_by_id else None
    if row is None:
        raise Unauthenticated("api_token.unknown")
    if row.last_used_at is None or at - row.last_used_at >= USED_EVERY:
        with writing():
            ApiTokenRow.update({ApiTokenRow.last_used_at: at}).where(ApiTokenRow.id == row.id).execute()
    staff_id = maker.id if maker else None
    return Asker(organization_id=row.organization_id, role=Role(row.scopes), name=row.name, staff_id=staff_id)


def revoke_api_token(organization_id: str, token_id: str, by: Asker, at: datetime) -> None:
    """It opens nothing any more. Raises `NotFound`, `Forbidden`."""
    with writing():
        require(organization_id, by, Right.RUN)
        ours(ApiTokenRow, organization_id, token_id, "api_token")
        changes = {ApiTokenRow.revoked_at: at}
        ApiTokenRow.update(changes).where(ApiTokenRow.id == token_id, ApiTokenRow.revoked_at.is_null()).execute()
