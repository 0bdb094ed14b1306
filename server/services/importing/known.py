"""What is known here of the people and ids that rows name, looked up for many rows in few queries.

A dry run goes on with what it imagines; carrying out looks afresh for each chunk. So both decide by the same code.
"""

import hashlib
import json
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from core.import_values import Record
from core.importing import Kind
from server.services.importing.values import Unclear
from server.store.database import for_update
from server.store.ids import new_id
from server.store.tables import ImportedRecordRow, MemberRow

LONGEST_ID = 100


@dataclass(frozen=True, kw_only=True, slots=True)
class Person:
    """A member as far as rows are compared with them. Made up by a dry run for one that is still to come."""

    id: str
    number: str
    first_name: str
    last_name: str
    email: str
    phone: str
    is_erased: bool = False

    @property
    def name(self) -> str:
        return f"{self.first_name} {self.last_name}".strip()


@dataclass(frozen=True, kw_only=True, slots=True)
class Link:
    """A row that was imported before: what it became, and what it said then, as hashes."""

    our_id: str
    row_hash: str
    field_hashes: dict[str, str]


def their_key(record: Record, *otherwise: object) -> str:
    """By which the row is known again: their id, else a hash of what tells it from others."""
    id_ = record.text("id")
    if id_ and len(id_) <= LONGEST_ID:
        return f"id:{id_}"
    return f"x:{_hash(id_ or list(map(str, otherwise)))[:40]}"


def member_key(id_: str) -> str:
    """The key of the member's own row, from the id by which a row of another file names them."""
    return their_key(Record(row=0, values={"id": id_}))


def row_hash(record: Record) -> str:
    return _hash({name: str(value) for name, value in record.values.items()})


def field_hashes(record: Record) -> dict[str, str]:
    return {name: _hash([name, str(value)])[:16] for name, value in record.values.items()}


def _hash(value: object) -> str:
    return hashlib.sha256(json.dumps(value, sort_keys=True, ensure_ascii=False).encode()).hexdigest()


class Known:
    """For one organization, source and kind. `look_up` before asking; what is noted since is known, too."""

    def __init__(self, organization_id: str, source: str, kind: Kind) -> None:
        self.organization_id, self.source, self.kind = organization_id, source, kind
        self.links: dict[str, Link] = {}
        self.people: dict[str, Person] = {}
        self._linked_members: dict[str, str] = {}
        self._keys_of_members: dict[str, str] = {}
        self._by_email: defaultdict[str, set[str]] = defaultdict(set)
        self._by_number: dict[str, str] = {}

    def look_up(self, keys: Iterable[str], records: Iterable[Record], *, locked: bool) -> None:
        """`locked`: nobody else changes these people until the transaction ends."""
        keys = set(keys)
        self._links({key for key in keys if key not in self.links})
        records = list(records)
        prefix = "" if self.kind is Kind.MEMBERS else "member_"
        emails = {record.text(f"{prefix}email") for record in records} - {""}
        numbers = {record.text(f"{prefix}number") for record in records} - {""}
        member_keys = {member_key(id_) for record in records if (id_ := record.text("member_id"))}
        self._member_links(member_keys)
        ids = {self.links[key].our_id for key in keys if key in self.links} if self.kind is Kind.MEMBERS else set()
        ids |= {self._linked_members[key] for key in member_keys if key in self._linked_members}
        self._people({id_ for id_ in ids if id_ not in self.people}, emails, numbers, locked=locked)

    def with_email(self, email: str) -> list[Person]:
        return [self.people[id_] for id_ in sorted(self._by_email[email])] if email else []

    def with_number(self, number: str) -> Person | None:
        id_ = self._by_number.get(number)
        return self.people[id_] if number and id_ is not None else None

    def key_of(self, person: Person) -> str:
        """The key of the row that this member came from, in this source. Empty: none."""
        return self._keys_of_members.get(person.id, "")

    def whose(self, record: Record) -> Person:
        """The member that a row of passes or places names. Raises `Unclear`."""
        id_, email, number = (record.text(name) for name in ("member_id", "member_email", "member_number"))
        person = self.people.get(self._linked_members.get(member_key(id_), "")) if id_ else None
        if person is None and email:
            found = self.with_email(email)
            if len(found) > 1:
                raise Unclear("email_of_several", email=email)
            person = found[0] if found else None
        person = person or self.with_number(number)
        if person is None:
            raise Unclear("member_unknown", given=id_ or email or number or "—")
        if person.is_erased:
            raise Unclear("member_erased")
        return person

    def note_person(self, person: Person, key: str = "") -> None:
        """A member, new or changed; `key` of the row that they came from."""
        known = self.people.get(person.id)
        if known is not None:
            self._by_email[known.email].discard(person.id)
        self.people[person.id] = person
        if person.email:
            self._by_email[person.email].add(person.id)
        if person.number:
            self._by_number[person.number] = person.id
        if key:
            self._keys_of_members[person.id] = key

    def note_link(self, key: str, our_id: str, record: Record) -> None:
        """The row became this."""
        self.links[key] = Link(our_id=our_id, row_hash=row_hash(record), field_hashes=field_hashes(record))

    def keep_link(self, key: str, staff_id: str | None, at: datetime) -> None:
        """Write down what was noted."""
        link = self.links[key]
        said = {"row_hash": link.row_hash, "field_hashes": json.dumps(link.field_hashes, sort_keys=True)}
        changed = ImportedRecordRow.update(changed_at=at, **said).where(self._is_mine(), self._key_in([key]))
        if not changed.execute():
            ImportedRecordRow.create(
                id=new_id(at),
                organization=self.organization_id,
                source=self.source,
                kind=self.kind.value,
                their_key=key,
                our_id=link.our_id,
                staff=staff_id,
                imported_at=at,
                **said,
            )

    def _links(self, keys: set[str]) -> None:
        for row in ImportedRecordRow.select().where(self._is_mine(), self._key_in(keys)) if keys else ():
            self.links[row.their_key] = Link(
                our_id=row.our_id, row_hash=row.row_hash, field_hashes=json.loads(row.field_hashes)
            )

    def _member_links(self, keys: set[str]) -> None:
        wanted = {key for key in keys if key not in self._linked_members}
        for row in ImportedRecordRow.select().where(self._are_members(), self._key_in(wanted)) if wanted else ():
            self._linked_members[row.their_key] = row.our_id

    def _people(self, ids: set[str], emails: set[str], numbers: set[str], *, locked: bool) -> None:
        is_one = MemberRow.id.in_(list(ids)) | MemberRow.email.in_(list(emails)) | MemberRow.number.in_(list(numbers))
        query = MemberRow.select().where(MemberRow.organization == self.organization_id, is_one).order_by(MemberRow.id)
        # In the order of ids, as everybody does who locks several members.
        found = [row for row in (for_update(query) if locked else query) if row.id not in self.people]
        for row in found:
            names = {name: getattr(row, name) for name in ("id", "number", "first_name", "last_name", "email", "phone")}
            self.note_person(Person(**names, is_erased=row.erased_at is not None))
        came_from = ImportedRecordRow.our_id.in_([row.id for row in found])
        for row in ImportedRecordRow.select().where(self._are_members(), came_from) if found else ():
            self._keys_of_members[row.our_id] = row.their_key

    def _is_mine(self) -> object:
        return self._of_source() & (ImportedRecordRow.kind == self.kind.value)

    def _are_members(self) -> object:
        return self._of_source() & (ImportedRecordRow.kind == Kind.MEMBERS.value)

    def _of_source(self) -> object:
        return (ImportedRecordRow.organization == self.organization_id) & (ImportedRecordRow.source == self.source)

    @staticmethod
    def _key_in(keys: Iterable[str]) -> object:
        return ImportedRecordRow.their_key.in_(list(keys))
