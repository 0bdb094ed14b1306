"""Rows of members: new ones, and those who are here already, known by their id, by e-mail, or else by number."""

from collections.abc import Iterable
from dataclasses import replace

from peewee import fn

from core.import_values import Record
from core.importing import Kind
from server.services.importing.deciding import Decided, Doing
from server.services.importing.known import Known, Link, Person, field_hashes, row_hash, their_key
from server.services.importing.values import Remark, Unclear, Verdict
from server.services.people import words
from server.services.people.correcting import Correction, correct_member
from server.services.people.members import NewMember, add_member, next_number, set_active
from server.store.tables import MemberRow

SAFE = ("first_name", "last_name", "email", "phone")
"""What a row that changed may change. All else is changed by hand."""


class MembersImport:
    """See `deciding.Importer`. An empty cell never takes anything away."""

    def __init__(self, doing: Doing) -> None:
        self._doing = doing
        self._known = Known(doing.organization_id, doing.source, Kind.MEMBERS)
        self._there: int | None = None
        self._imagined = 0

    def key_of(self, record: Record) -> str:
        if not any(record.text(name) for name in ("id", "email", "number")):
            raise Unclear("no_identity")
        return their_key(record, record.text("email") or record.text("number"))

    def look_up(self, keyed: Iterable[tuple[str, Record]], *, locked: bool) -> None:
        keyed = list(keyed)
        self._known.look_up((key for key, _ in keyed), (record for _, record in keyed), locked=locked)

    def decide(self, record: Record, key: str) -> Decided:
        row = self._cleaned(record)
        link = self._known.links.get(key)
        if link is not None and link.row_hash == row_hash(record):
            return Decided(verdict=Verdict.SAME, key=key, called=row.name, writes=False)
        person = self._linked(link) if link else self._matched(row, record)
        if person is None:
            return Decided(verdict=Verdict.NEW, key=key, called=row.name)
        changed = self._changes(person, row, record, link)
        remarks = [Remark(key="changes", values={"fields": ", ".join(changed)})] if changed else []
        if link is None:
            remarks.append(Remark(key="known_here", values={"number": person.number}))
        elif left := _left_alone(record, link):
            remarks.append(Remark(key="left_alone", values={"fields": ", ".join(left)}))
        verdict = Verdict.CHANGED if changed else Verdict.SAME
        return Decided(verdict=verdict, key=key, called=row.name, remarks=tuple(remarks))

    def imagine(self, record: Record, decided: Decided) -> None:
        row, person = self._cleaned(record), self._person_of(record, decided)
        if person is None:
            person = replace(row, id=f"row {record.row}", number=row.number or self._next_number())
            self._imagined += 1
        else:
            person = _changed(person, self._changes(person, row, record, self._known.links.get(decided.key)))
        self._known.note_person(person, decided.key)
        self._known.note_link(decided.key, person.id, record)

    def apply(self, record: Record, decided: Decided) -> None:
        doing, row, person = self._doing, self._cleaned(record), self._person_of(record, decided)
        if person is None:
            id_ = self._add(record, row)
            person = replace(row, id=id_, number=MemberRow.get_by_id(id_).number)
        elif changed := self._changes(person, row, record, self._known.links.get(decided.key)):
            fix = Correction(**changed)
            correct_member(doing.organization_id, person.id, fix, doing.house, doing.at, doing.vault)
            person = _changed(person, changed)
        self._known.note_person(person, decided.key)
        self._known.note_link(decided.key, person.id, record)
        self._known.keep_link(decided.key, doing.by.staff_id, doing.at)

    def _cleaned(self, record: Record) -> Person:
        """As a member would be made of it. Raises `Invalid`."""
        return Person(
            id="",
            number=words.optional("number", record.text("number"), longest=40),
            first_name=words.required("first_name", record.text("first_name")),
            last_name=words.optional("last_name", record.text("last_name")),
            email=words.email(record.text("email")),
            phone=words.optional("phone", record.text("phone"), longest=40),
        )

    def _linked(self, link: Link) -> Person:
        person = self._known.people[link.our_id]
        if person.is_erased:
            raise Unclear("member_erased")
        return person

    def _matched(self, row: Person, record: Record) -> Person | None:
        """Somebody here whom this row is about, though no row of this source ever was."""
        found = self._known.with_email(row.email)
        if len(found) > 1:
            raise Unclear("email_of_several", email=row.email)
        if found:
            if self._known.key_of(found[0]).startswith("id:") and record.text("id"):
                raise Unclear("email_of_another", email=row.email, name=found[0].name)
            return found[0]
        holder = self._known.with_number(row.number)
        if holder is None:
            return None
        is_the_same = (holder.first_name, holder.last_name) == (row.first_name, row.last_name)
        if not is_the_same or (self._known.key_of(holder).startswith("id:") and record.text("id")):
            raise Unclear("number_of_another", number=row.number, name=holder.name)
        return holder

    def _changes(self, person: Person, row: Person, record: Record, link: Link | None) -> dict[str, str]:
        """Fields that the file says differently than it did, and differently than is so here. Raises `Unclear`."""
        now, before = field_hashes(record), link.field_hashes if link else {}
        changed = {
            name: value
            for name in SAFE
            if (value := getattr(row, name)) and now.get(name) != before.get(name) and value != getattr(person, name)
        }
        others = [other for other in self._known.with_email(changed.get("email", "")) if other.id != person.id]
        if others:
            raise Unclear("email_of_another", email=changed["email"], name=others[0].name)
        return changed

    def _person_of(self, record: Record, decided: Decided) -> Person | None:
        link = self._known.links.get(decided.key)
        return self._linked(link) if link else self._matched(self._cleaned(record), record)

    def _add(self, record: Record, row: Person) -> str:
        doing = self._doing
        born, since = record.day("birth_date"), record.day("member_since")
        new = NewMember(
            first_name=row.first_name,
            last_name=row.last_name,
            email=row.email,
            phone=row.phone,
            number=row.number,
            language=record.text("language"),
            birth_date=born.isoformat() if born else None,
            member_since=since.isoformat() if since else None,
        )
        id_ = add_member(doing.organization_id, new, doing.house, doing.at)
        if record.values.get("is_active") is False:
            set_active(doing.organization_id, id_, False, doing.house)
        return id_

    def _next_number(self) -> str:
        mine = MemberRow.select().where(MemberRow.organization == self._doing.organization_id)
        if self._there is None:
            self._there = int(mine.select(fn.COUNT(MemberRow.id)).scalar())
        return next_number(
            self._there + self._imagined,
            lambda number: (
                self._known.with_number(number) is not None or mine.where(MemberRow.number == number).exists()
            ),
        )


def _changed(person: Person, changes: dict[str, str]) -> Person:
    now = {name: changes.get(name, getattr(person, name)) for name in SAFE}
    return Person(id=person.id, number=person.number, is_erased=person.is_erased, **now)


def _left_alone(record: Record, link: Link) -> list[str]:
    """Fields that the file says differently than it did, and that are changed by hand only."""
    now = field_hashes(record)
    return [name for name in now if name not in SAFE and now[name] != link.field_hashes.get(name)]
