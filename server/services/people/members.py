"""Members: people who belong. One person is one member, matched by e-mail; a duplicate is refused, never merged."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from peewee import fn

from core.errors import Conflict, Invalid
from core.messages import LANGUAGES
from server.services.door.changes import touch_member
from server.services.door.facts import lock_member
from server.services.people import words
from server.services.people.ours import ours
from server.services.people.rights import Asker, Right, require
from server.store.database import for_update, reading, writing
from server.store.ids import new_id
from server.store.tables import MemberRow, OrganizationRow

BY_NAME = (MemberRow.last_name, MemberRow.first_name, MemberRow.id)


@dataclass(frozen=True, kw_only=True, slots=True)
class NewMember:
    """`number` empty: the next free one. `member_since` and `birth_date` are ISO dates; `language` empty: the studio's.
    An e-mail address is needed for mail and for finding duplicates, not for coming in."""

    first_name: str
    last_name: str
    email: str = ""
    phone: str = ""
    number: str = ""
    language: str = ""
    birth_date: str | None = None
    member_since: str | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Member:
    """A person who belongs, as staff see them."""

    id: str
    number: str
    first_name: str
    last_name: str
    email: str
    phone: str
    language: str
    member_since: str
    is_active: bool

    @property
    def name(self) -> str:
        return f"{self.first_name} {self.last_name}".strip()


def add_member(organization_id: str, new: NewMember, by: Asker, at: datetime) -> str:
    """A new member's id. Raises `Conflict` for an e-mail or number that a member has, `Invalid`, `Forbidden`."""
    first, last = words.required("first_name", new.first_name), words.optional("last_name", new.last_name)
    address = words.email(new.email)
    if new.language and new.language not in LANGUAGES:
        raise Invalid("field.not_understood", field="language", given=new.language[:40])
    since = words.iso_date("member_since", new.member_since) if new.member_since else at.date().isoformat()
    born = words.iso_date("birth_date", new.birth_date) if new.birth_date else None
    with writing():
        require(organization_id, by, Right.SERVE)
        _queue_for_a_number(organization_id)
        _refuse_duplicate(organization_id, address)
        id_ = new_id(at)
        MemberRow.create(
            id=id_,
            organization=organization_id,
            number=_number(organization_id, words.optional("number", new.number, longest=40)),
            first_name=first,
            last_name=last,
            email=address,
            phone=words.optional("phone", new.phone, longest=40),
            birth_date=born,
            language=new.language,
            member_since=since,
        )
        touch_member(organization_id, id_)
        return id_


def member(organization_id: str, member_id: str, by: Asker) -> Member:
    """Raises `NotFound`, `Forbidden`."""
    with reading():
        require(organization_id, by, Right.WELCOME)
        return as_member(ours(MemberRow, organization_id, member_id, "member"))


def find_members(organization_id: str, query: str, by: Asker, *, limit: int = 20) -> tuple[Member, ...]:
    """Those whose name, number or e-mail contains every word of the query, by name. An empty query finds all."""
    with reading():
        require(organization_id, by, Right.WELCOME)
        ordered = rows_with(organization_id, query).order_by(*BY_NAME).limit(limit)
        return tuple(as_member(row) for row in ordered)


def rows_with(organization_id: str, query: str) -> Any:
    """Rows of members whose name, number or e-mail contains every word; for services that put them in order."""
    rows = MemberRow.select().where(MemberRow.organization == organization_id)
    for word in query.split()[:8]:
        rows = rows.where(
            MemberRow.first_name.contains(word)
            | MemberRow.last_name.contains(word)
            | MemberRow.email.contains(word)
            | MemberRow.number.contains(word)
        )
    return rows


def member_with_email(organization_id: str, email: str) -> str | None:
    """The id of the member with this address, however it is written. None: there is none."""
    with reading():
        row = _with_email(organization_id, words.email(email))
        return row.id if row else None


def set_active(organization_id: str, member_id: str, is_active: bool, by: Asker) -> None:
    """Whether a member belongs now. What is theirs stays.

    Raises `NotFound`, `Forbidden`, `Conflict` for somebody who was erased: nothing of theirs is left to come back to.
    """
    with writing():
        require(organization_id, by, Right.SERVE)
        row = lock_member(organization_id, member_id)
        if row.erased_at is not None:
            raise Conflict("member.erased")
        row.is_active = is_active
        row.save()
        touch_member(organization_id, member_id)


def _queue_for_a_number(organization_id: str) -> None:
    """New members come one after another, or two would get one number, or be one person twice."""
    for_update(OrganizationRow.select().where(OrganizationRow.id == organization_id)).get()


def _refuse_duplicate(organization_id: str, email: str) -> None:
    known = _with_email(organization_id, email) if email else None
    if known is not None:
        raise Conflict("member.email_taken", email=email, name=f"{known.first_name} {known.last_name}", id=known.id)


def _with_email(organization_id: str, email: str) -> MemberRow | None:
    return MemberRow.get_or_none(
        MemberRow.organization == organization_id, MemberRow.email == email, MemberRow.email != ""
    )


def _number(organization_id: str, wanted: str) -> str:
    """The one asked for if it is free, else one more than there are members, and on until one is free."""
    taken = MemberRow.select().where(MemberRow.organization == organization_id)
    if wanted:
        if taken.where(MemberRow.number == wanted).exists():
            raise Conflict("member.number_taken", number=wanted)
        return wanted
    there = int(taken.select(fn.COUNT(MemberRow.id)).scalar())
    return next_number(there, lambda number: taken.where(MemberRow.number == number).exists())


def next_number(there: int, is_taken: Callable[[str], bool]) -> str:
    """The number for one more than the members there are, or the next that is free."""
    number = there + 1
    while is_taken(f"{number:04}"):
        number += 1
    return f"{number:04}"


def as_member(row: MemberRow) -> Member:
    """Out of the table; for services that found the row."""
    return Member(
        id=row.id,
        number=row.number,
        first_name=row.first_name,
        last_name=row.last_name,
        email=row.email,
        phone=row.phone,
        language=row.language,
        member_since=row.member_since,
        is_active=row.is_active,
    )
