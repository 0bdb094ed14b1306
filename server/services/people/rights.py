"""Who asks, and what people of their role may do. Every service that changes something asks here first."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum

from core.errors import Forbidden, NotFound
from core.model import Method
from core.scopes import EVERYTHING
from server.services.door.causes import Cause
from server.store.tables import StaffRow


class Role(StrEnum):
    """What somebody is hired for. Source: booking-backend, "Role-based access control", in this house's words."""

    OWNER = "OWNER"
    MANAGER = "MANAGER"
    FRONT_DESK = "FRONT_DESK"
    INSTRUCTOR = "INSTRUCTOR"
    MEMBER = "MEMBER"
    """Not hired: a member, for what is their own."""


STAFF_ROLES = frozenset(Role) - {Role.MEMBER}


class Right(StrEnum):
    """RUN: accounts and API tokens. PLAN: what is taught and sold, and by which numbers. SERVE: members and what
    is theirs. WELCOME: look at rosters and let people in.
    """

    RUN = "RUN"
    PLAN = "PLAN"
    SERVE = "SERVE"
    WELCOME = "WELCOME"


RIGHTS: Mapping[Role, frozenset[Right]] = {
    Role.OWNER: frozenset(Right),
    Role.MANAGER: frozenset({Right.PLAN, Right.SERVE, Right.WELCOME}),
    Role.FRONT_DESK: frozenset({Right.SERVE, Right.WELCOME}),
    Role.INSTRUCTOR: frozenset({Right.WELCOME}),
    Role.MEMBER: frozenset(),
}


@dataclass(frozen=True, kw_only=True, slots=True)
class Asker:
    """Who asks for something, in one organization: staff, a member, another program with a token, or the house itself.

    `member_id`: a member, who may do nothing but what a service lets them do about themselves. `name` is for the log.
    Made by `services/people`, not by doors: by signing in, by a token, or `the_house`. `token_id` and `scopes`: of a
    program's token, which only take away; see `core.scopes`.
    """

    organization_id: str
    role: Role
    name: str
    staff_id: str | None = None
    member_id: str | None = None
    acts_as: Method = Method.STAFF
    token_id: str | None = None
    scopes: frozenset[str] = frozenset({EVERYTHING})

    def may(self, right: Right) -> bool:
        return right in RIGHTS[self.role]

    def for_member(self) -> "Asker":
        """The same, passing on what a member themselves wants: a member's app, or a page of their own."""
        return replace(self, acts_as=Method.SELF)

    def cause(self, because: str) -> Cause:
        """For histories and ledgers."""
        staff_id = self.staff_id if self.acts_as is Method.STAFF else None
        return Cause(by=self.acts_as, staff_id=staff_id, because=because)


def the_house(organization_id: str) -> Asker:
    """Whoever holds the machine: the command line, the demo, an import. Never made by a request."""
    return Asker(organization_id=organization_id, role=Role.OWNER, name="Tessera", acts_as=Method.AUTO)


def member_asking(organization_id: str, member_id: str, name: str) -> Asker:
    """A member who proved who they are. Made by signing in and by a member's token, never by a door."""
    return Asker(organization_id=organization_id, role=Role.MEMBER, name=name, member_id=member_id, acts_as=Method.SELF)


def asker_of_staff(organization_id: str, staff_id: str) -> Asker:
    """A member of staff who works here now. Call it inside `reading()` or `writing()`. Raises `Forbidden`."""
    row = StaffRow.get_or_none(
        StaffRow.id == staff_id, StaffRow.organization == organization_id, StaffRow.left_at.is_null()
    )
    if row is None:
        raise Forbidden("staff.unknown")
    return asker_of(row)


def asker_of(row: StaffRow) -> Asker:
    return Asker(organization_id=row.organization_id, role=Role(row.role), name=row.name, staff_id=row.id)


def require(organization_id: str, asker: Asker, right: Right) -> None:
    """Nothing, if they may. An account that ended or changed its role since signing in is looked at afresh.

    Call it inside `reading()` or `writing()`. Raises `Forbidden`.
    """
    now = asker_of_staff(organization_id, asker.staff_id) if asker.staff_id else asker
    if asker.organization_id != organization_id or not asker.may(right) or not now.may(right):
        lacking = now if asker.may(right) else asker
        raise Forbidden("staff.may_not", right=right.value, role=lacking.role.value)


def require_for_member(organization_id: str, asker: Asker, right: Right, member_id: str, missing: NotFound) -> None:
    """Nothing, if they may do this for that member, or are that member. Call it as `require`.

    To one member, what belongs to another is not there: raises `missing`, the error for an id that does not exist,
    else `Forbidden`.
    """
    if asker.member_id is None:
        require(organization_id, asker, right)
    elif (organization_id, member_id) != (asker.organization_id, asker.member_id):
        raise missing


def require_of_ours(organization_id: str, asker: Asker, right: Right) -> None:
    """Nothing, for every member of the organization, and for whoever has that right: what hangs on the wall.

    Call it as `require`. Raises `Forbidden`.
    """
    if asker.member_id is None or asker.organization_id != organization_id:
        require(organization_id, asker, right)
