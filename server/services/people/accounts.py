"""Staff accounts: opened, closed, given another password or role. Passwords are kept as Argon2id and nothing else."""

from dataclasses import dataclass
from datetime import datetime

from core.errors import Conflict, Invalid
from server.services.door.changes import STAFF, touch
from server.services.people import hashing, words
from server.services.people.ours import ours
from server.services.people.rights import STAFF_ROLES, Asker, Right, Role, require
from server.store.database import for_update, writing
from server.store.ids import new_id
from server.store.tables import StaffRow, StaffSessionRow

SHORTEST_PASSWORD = 10
LONGEST_PASSWORD = 200


@dataclass(frozen=True, kw_only=True, slots=True)
class NewAccount:
    """`email` is what they sign in with, and is there once in the whole house."""

    email: str
    name: str
    password: str
    role: Role
    language: str = "en"


def open_account(organization_id: str, new: NewAccount, by: Asker, at: datetime) -> str:
    """A new member of staff's id. Raises `Conflict` for an e-mail that is taken, `Invalid`, `Forbidden`."""
    email, name = words.email(new.email, is_required=True), words.required("name", new.name)
    if new.role not in STAFF_ROLES:
        raise Invalid("field.not_understood", field="role", given=new.role.value)
    kept = hashed(new.password)
    with writing():
        require(organization_id, by, Right.RUN)
        if StaffRow.select().where(StaffRow.email == email).exists():
            raise Conflict("staff.email_taken", email=email)
        id_ = new_id(at)
        StaffRow.create(
            id=id_,
            organization=organization_id,
            email=email,
            name=name,
            password_hash=kept,
            role=new.role.value,
            language=new.language,
            created_at=at,
        )
        return id_


def close_account(organization_id: str, staff_id: str, by: Asker, at: datetime) -> None:
    """They work here no more, and are signed out everywhere. The last owner cannot go.

    Raises `NotFound`, `Conflict`, `Forbidden`.
    """
    with writing():
        require(organization_id, by, Right.RUN)
        row = ours(StaffRow, organization_id, staff_id, "staff")
        _refuse_last_owner(organization_id, row)
        StaffRow.update({StaffRow.left_at: at}).where(StaffRow.id == staff_id, StaffRow.left_at.is_null()).execute()
        sign_out_everywhere(staff_id, at)
        touch(organization_id, STAFF, staff_id)  # kiosks forget their card


def change_role(organization_id: str, staff_id: str, role: Role, by: Asker) -> None:
    """At once, also where they are signed in. The last owner stays one. Raises `NotFound`, `Conflict`, `Forbidden`."""
    with writing():
        require(organization_id, by, Right.RUN)
        row = ours(StaffRow, organization_id, staff_id, "staff")
        if role is not Role.OWNER:
            _refuse_last_owner(organization_id, row)
        StaffRow.update({StaffRow.role: role.value}).where(StaffRow.id == staff_id).execute()
        touch(organization_id, STAFF, staff_id)  # kiosks know who may do more than let people in


def change_password(organization_id: str, staff_id: str, password: str, by: Asker, at: datetime) -> None:
    """One's own, or anybody's by an owner. Signs them out everywhere. Raises `NotFound`, `Invalid`, `Forbidden`."""
    kept = hashed(password)
    with writing():
        require(organization_id, by, Right.WELCOME if by.staff_id == staff_id else Right.RUN)
        ours(StaffRow, organization_id, staff_id, "staff")
        changes = {StaffRow.password_hash: kept, StaffRow.wrong_passwords: 0, StaffRow.locked_until: None}
        StaffRow.update(changes).where(StaffRow.id == staff_id).execute()
        sign_out_everywhere(staff_id, at)


def _refuse_last_owner(organization_id: str, row: StaffRow) -> None:
    """All owners are locked, so that the last two cannot leave at once."""
    owners = StaffRow.select().where(
        StaffRow.organization == organization_id, StaffRow.role == Role.OWNER.value, StaffRow.left_at.is_null()
    )
    if [owner.id for owner in for_update(owners)] == [row.id]:
        raise Conflict("staff.last_owner", name=row.name)


def hashed(password: str) -> str:
    """Argon2id, slow on purpose: never call it while holding the database. Raises `Invalid` for a short one."""
    if len(password) < SHORTEST_PASSWORD:
        raise Invalid("password.too_short", least=SHORTEST_PASSWORD)
    if len(password) > LONGEST_PASSWORD:
        raise Invalid("field.too_long", field="password", longest=LONGEST_PASSWORD)
    return hashing.hashed(password)


def sign_out_everywhere(staff_id: str, at: datetime) -> None:
    """Inside `writing()`."""
    StaffSessionRow.update({StaffSessionRow.ended_at: at}).where(
        StaffSessionRow.staff == staff_id, StaffSessionRow.ended_at.is_null()
    ).execute()
