"""The town that every simulated day begins in: two organizations in one file, everybody with something of their own."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from random import Random

from core.cards import CardCode
from core.model import PassType
from server.services.door.changes import touch_member
from server.services.door.kiosks import KnownKiosk
from server.store.database import bind, open_database, release, writing
from server.store.ids import drawn_from, new_id
from server.store.migrating import migrate
from server.store.tables import CardRow, DeviceRow, OrganizationRow, SuspensionRow
from tests.server.studio import SIX_PM, TOKEN, Studio, open_studio

OPENS_AT = SIX_PM - timedelta(hours=2, minutes=10)
DAY = timedelta(days=1)
DATABASE = "town.db"


@dataclass(kw_only=True)
class Person:
    """A member with a card and, most of them, a pass."""

    name: str
    id: str
    card: CardCode
    card_id: str = ""
    passes: list[str] = field(default_factory=list)


@dataclass(frozen=True, kw_only=True)
class KioskHere:
    known: KnownKiosk
    token: str


@dataclass(kw_only=True)
class Town:
    """Kiln has two kiosks at its venue and one at its barn; Loom has one, and shares nothing with Kiln."""

    kiln: Studio
    loom: Studio
    people: list[Person]
    strangers: list[Person]
    sessions: list[str]
    kiosks: list[KioskHere]

    @property
    def learners(self) -> list[Person]:
        """Who has a course: two of its parts are open at once, and the order counts."""
        return [person for person in self.people if person.name.endswith("learns")]


def build(folder: Path) -> Town:
    """A migrated file with the town in it, to be copied for each seed; the same each time it is built."""
    path = folder / DATABASE
    database = open_database(f"sqlite:///{path}")
    migrate(database)
    bind(database)
    with drawn_from(Random("the town").getrandbits):
        town = _furnish()
    release(database)
    return town


def _furnish() -> Town:
    kiln, loom = open_studio("Kiln"), open_studio("Loom")
    barn = kiln.another_venue()
    wheel = kiln.session(capacity=7)
    glazing = kiln.session(SIX_PM + timedelta(minutes=30), capacity=3, class_type=kiln.glazing)
    tomorrow = kiln.session(SIX_PM + DAY, capacity=4)
    after_tomorrow = kiln.session(SIX_PM + 2 * DAY, capacity=4)
    open_hours = [
        kiln.session(
            SIX_PM + days * DAY - timedelta(hours=9), length=timedelta(hours=7), is_open_studio=True, capacity=5
        )
        for days in (1, 2)
    ]
    next_week = [kiln.session(SIX_PM + days * DAY, capacity=6) for days in (5, 6, 7, 8)]
    course = kiln.course(parts=3)
    part_1 = kiln.session(SIX_PM - timedelta(hours=1), course=course, part=1)
    part_2 = kiln.session(SIX_PM + timedelta(hours=1), course=course, part=2)
    part_1_again = kiln.session(SIX_PM + DAY + timedelta(hours=1), course=course, part=1)
    people = _people(kiln, course)
    for number, session in ((0, wheel), (1, wheel), (2, wheel), (3, glazing), (4, wheel), (5, wheel), (6, glazing)):
        kiln.reservation(people[number].id, session, people[number].passes[0])
    for number in (0, 1, 4):
        kiln.reservation(people[number].id, tomorrow, people[number].passes[0])
    with writing():
        elsewhere = SIX_PM + timedelta(minutes=5)
    away = _session_at(kiln, barn, elsewhere)
    kiln.reservation(people[7].id, away, people[7].passes[0])
    kiosks = [_kiosk(kiln, name, kiln.venue) for name in ("Front", "Back")]
    kiosks += [_kiosk(kiln, "Barn", barn), _kiosk(loom, "Loom", loom.venue)]
    strangers = [_person(loom, "Zoe", [loom.punch_pass]), _person(loom, "Yann", [loom.unlimited])]
    loom.session(capacity=2)
    with writing():
        OrganizationRow.update({OrganizationRow.created_at: OPENS_AT - DAY}).execute()
        for person in people:
            touch_member(kiln.organization, person.id)
        for person in strangers:
            touch_member(loom.organization, person.id)
    sessions = [wheel, glazing, tomorrow, after_tomorrow, *open_hours, *next_week, part_1_again, part_1, part_2]
    return Town(kiln=kiln, loom=loom, people=people, strangers=strangers, sessions=sessions, kiosks=kiosks)


def _people(kiln: Studio, course: str) -> list[Person]:
    """In this order: people with a place first; then everybody who has one thing wrong."""
    later, earlier = OPENS_AT + 9 * DAY, OPENS_AT - DAY

    def punched(punches: int):  # type: ignore[no-untyped-def]
        return lambda member: kiln.punch_pass(member, punches)

    people = [
        _person(kiln, "Ana", [punched(10)]),
        _person(kiln, "Ben", [punched(2)]),
        _person(kiln, "Cleo", [punched(1)]),
        _person(kiln, "Dan", [punched(1)]),
        _person(kiln, "Eva", [kiln.unlimited]),
        _person(kiln, "Finn", [punched(3)]),
        _person(kiln, "Gus", [punched(2), kiln.unlimited]),
        _person(kiln, "Hana", [punched(4)]),
        _person(kiln, "Ida", [punched(1)]),
        _person(kiln, "Jan", [punched(2)]),
        _person(kiln, "Kim", [kiln.unlimited]),
        _person(kiln, "Liv", [punched(1)]),
        _person(kiln, "Max expired", [lambda m: kiln.unlimited(m, valid_until=earlier)]),
        _person(kiln, "Nia not yet", [lambda m: kiln.unlimited(m, valid_from=later)]),
        _person(kiln, "Ola without a pass", []),
        _person(kiln, "Pia only glazes", [lambda m: kiln.unlimited(m, class_types=(kiln.glazing,))]),
        _person(
            kiln, "Quin learns", [lambda m: kiln.pass_of(m, PassType.FULL_COURSE, course=course, is_in_order=True)]
        ),
        _person(kiln, "Rosa suspended", [punched(2)]),
        _person(kiln, "Sam card revoked", [punched(2)]),
        _person(kiln, "Tess card replaced", [punched(2)]),
        _person(kiln, "Una left", [punched(2)], is_active=False),
    ]
    with writing():
        SuspensionRow.create(
            id=new_id(OPENS_AT), organization=kiln.organization, member=people[17].id, starts_at=OPENS_AT - DAY,
            ends_at=OPENS_AT + 2 * DAY, because="story", made_by=kiln.staff, made_at=OPENS_AT - DAY,
        )  # fmt: skip
        CardRow.update({CardRow.revoked_at: OPENS_AT - DAY, CardRow.because: "story"}).where(
            CardRow.member == people[18].id
        ).execute()
        CardRow.update({CardRow.replaced_at: OPENS_AT - DAY}).where(CardRow.member == people[19].id).execute()
    return people


def _person(studio: Studio, name: str, passes, *, is_active: bool = True) -> Person:  # type: ignore[no-untyped-def]
    member = studio.member(name.split()[0], is_active=is_active)
    card = studio.card(member)
    with writing():
        card_id = CardRow.get(CardRow.fingerprint == card.fingerprint).id
    return Person(name=name, id=member, card=card, card_id=card_id, passes=[sold(member) for sold in passes])


def _session_at(kiln: Studio, venue: str, starts_at: datetime) -> str:
    here, kiln.venue = kiln.venue, venue
    try:
        return kiln.session(starts_at)
    finally:
        kiln.venue = here


def _kiosk(studio: Studio, name: str, venue: str) -> KioskHere:
    id_ = studio.kiosk(name)
    with writing():
        DeviceRow.update({DeviceRow.venue: venue}).where(DeviceRow.id == id_).execute()
    known = KnownKiosk(id=id_, organization_id=studio.organization, venue_id=venue)
    return KioskHere(known=known, token=f"{TOKEN} {name} {studio.organization}")
