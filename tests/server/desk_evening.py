"""A Thursday evening at a pottery studio, in rows: three sessions on, one over, one to come, three turned away."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from core.cards import CardCode, new_code
from core.protocol import AttemptState, Outcome
from core.refusals import RefusalReason
from server.services.people.accounts import NewAccount, open_account
from server.services.people.rights import Asker, Role, asker_of_staff, the_house
from server.store.database import reading, writing
from server.store.ids import new_id
from server.store.tables import (
    AttemptRow,
    DeviceRow,
    InstructorRow,
    MemberRow,
    OrganizationRow,
    RoomRow,
    SessionInstructorRow,
    SessionRow,
    StaffRow,
    SuspensionRow,
    VenueRow,
)
from tests.server.door_stories import StoryKiosk, kiosk_of
from tests.server.studio import Studio, open_studio

NOW = datetime(2026, 11, 19, 17, 24, tzinfo=UTC)
"""18:24 in Berlin."""
EMAIL, PASSWORD = "lena@kiln.example.org", "a very long evening"
FIRST = ("Alice", "Jakub", "Hannah", "Rui", "Ana", "Samuel", "Mehdi", "Greta", "Oskar", "Ines", "Kofi", "Petra")
LAST = ("Moreau", "Nowak", "Lindqvist", "Ferreira", "Adeyemi", "Okoye", "Benali", "Holm", "Rocha", "Bianchi", "Klein")


@dataclass(kw_only=True)
class Evening:
    """The studio, who stands at its desk, and its sessions by name."""

    studio: Studio
    lena: Asker
    front_door: StoryKiosk
    sessions: dict[str, str]
    _people: int = 0

    def member(self, name: str = "") -> str:
        """A member of that name, or of one that nobody has had yet."""
        self._people += 1
        n = self._people
        name = name or f"{FIRST[n % len(FIRST)]} {LAST[n * 5 % len(LAST)]}"
        first, _, last = name.partition(" ")
        id_ = self.studio.member(first)
        with writing():
            MemberRow.update(last_name=last).where(MemberRow.id == id_).execute()
        return id_

    def reserve(self, session: str, name: str = "", punches: int = 0) -> tuple[str, CardCode]:
        """(a member with a place in that session, their card). `punches`: paid by a punch pass with so many left."""
        member = self.member(name)
        pass_ = self.studio.punch_pass(member, punches) if punches else self.studio.unlimited(member)
        self.studio.reservation(member, self.sessions[session], pass_)
        return member, self.studio.card(member)

    def comes(self, session: str, at: datetime, name: str = "", punches: int = 0) -> str:
        """Somebody with a place shows their card at the front door."""
        member, card = self.reserve(session, name, punches)
        self.front_door.ask(self.front_door.show(card, at, chosen_session_id=self.sessions[session]), at)
        return member

    def turned_away(self, at: datetime, reason: RefusalReason, member: str | None = None, session: str = "") -> None:
        """A refusal as the server keeps it."""
        code = new_code(lambda bits: (1 << bits) // 3 + at.minute)
        with writing():
            self.front_door.seq += 1
            AttemptRow.create(
                id=new_id(at),
                organization=self.studio.organization,
                venue=self.studio.venue,
                device=self.front_door.known.id,
                epoch="epoch-1",
                seq=self.front_door.seq,
                kind="self",
                card=code.fingerprint,
                member=member,
                session=self.sessions.get(session),
                state=AttemptState.SERVER.value,
                outcome=Outcome.REFUSED.value,
                reason=reason.value,
                record="{}",
                happened_at=at,
                received_at=at,
                decided_at=at,
            )


def at_clock(clock: str) -> datetime:
    """That evening's `18:16` in Berlin."""
    hours, minutes = clock.split(":")
    return NOW.replace(hour=int(hours) - 1, minute=int(minutes))


def open_house(language: str = "en") -> Evening:
    """The studio with its day planned, and nobody in it yet."""
    studio = open_studio("Kiln")
    lena = NewAccount(email=EMAIL, name="Lena Brandt", password=PASSWORD, role=Role.FRONT_DESK, language=language)
    staff = open_account(studio.organization, lena, the_house(studio.organization), NOW - timedelta(days=9))
    with writing():
        OrganizationRow.update(name="Kiln & Co.").where(OrganizationRow.id == studio.organization).execute()
        VenueRow.update(name="Harbour Street").where(VenueRow.id == studio.venue).execute()
        VenueRow.create(id=new_id(NOW), organization=studio.organization, name="Mill Yard", zone="Europe/Lisbon")
    with reading():
        asker = asker_of_staff(studio.organization, staff)
    house = Evening(studio=studio, lena=asker, front_door=kiosk_of(studio), sessions={})
    _plan(house, "open", "Open studio", "17:30", 180, 12, "Hand Room", "Jonas Weber", is_open_studio=True)
    _plan(house, "wheel", "Wheel throwing I", "18:00", 150, 16, "Wheel Room", "Marta Silva")
    _plan(house, "glaze", "Glaze lab", "18:30", 90, 8, "Glaze Room", "Priya Nair")
    _plan(house, "raku", "Raku evening", "20:45", 120, 10, "Yard", "Marta Silva")
    _plan(house, "kids", "Kids’ clay", "15:30", 90, 10, "Hand Room", "Priya Nair")
    with writing():
        DeviceRow.update(last_heard_at=NOW).where(DeviceRow.id == house.front_door.known.id).execute()
    return house


def full_house(language: str = "en") -> Evening:
    """The same at 18:24, with everybody in it: people late, expected, missing, turned away; one kiosk silent."""
    house = open_house(language)
    for minute in range(9):
        house.comes("open", at_clock(f"17:{25 + minute * 3}"))
    for _ in range(2):
        house.reserve("open")
    for minute in range(10):
        house.comes("wheel", at_clock(f"17:{41 + minute}"), punches=minute % 3 * 4)
    house.comes("wheel", at_clock("18:09"), "Yuki Mori")
    house.comes("wheel", at_clock("18:16"), "Tomás Herrera", punches=5)
    for name in ("Ingrid Solberg", "Bob Tanaka"):
        member, _ = house.reserve("wheel", name, punches=6)
    house.turned_away(at_clock("18:19"), RefusalReason.PASS_USED_UP, member)
    for minute in range(3):
        house.comes("glaze", at_clock(f"18:{17 + minute}"))
    house.comes("glaze", at_clock("18:21"), "Elif Demir")
    house.comes("glaze", at_clock("18:23"), "Noor Haddad", punches=6)
    house.reserve("glaze", "ليلى حداد")
    house.reserve("glaze", "Maximiliane-Alexandra von Hohenstein-Lichtenberg")
    for _ in range(10):
        house.reserve("raku")
    for _ in range(9):
        house.comes("kids", at_clock("15:22"))
    house.reserve("kids")
    _dan_is_suspended(house)
    house.turned_away(at_clock("18:16"), RefusalReason.CARD_UNKNOWN)
    yard = house.studio.kiosk("Yard door")
    with writing():
        heard_at = at_clock("21:02") - timedelta(days=1)
        DeviceRow.update(last_heard_at=heard_at).where(DeviceRow.id == yard).execute()
        StaffRow.update(language=language).where(StaffRow.id == house.lena.staff_id).execute()
    return house


def _dan_is_suspended(house: Evening) -> None:
    dan = house.member("Dan Okafor")
    with writing():
        SuspensionRow.create(
            id=new_id(NOW),
            organization=house.studio.organization,
            member=dan,
            starts_at=NOW - timedelta(days=1),
            ends_at=NOW + timedelta(days=14),
            made_at=NOW - timedelta(days=1),
        )
    house.turned_away(at_clock("18:22"), RefusalReason.SUSPENDED, dan)


def _plan(
    house: Evening,
    key: str,
    title: str,
    clock: str,
    minutes: int,
    capacity: int,
    room: str,
    with_: str,
    *,
    is_open_studio: bool = False,
) -> None:
    studio = house.studio
    length = timedelta(minutes=minutes)
    session = studio.session(at_clock(clock), capacity=capacity, length=length, is_open_studio=is_open_studio)
    house.sessions[key] = session
    with writing():
        room_id, instructor = new_id(NOW), new_id(NOW)
        RoomRow.create(id=room_id, organization=studio.organization, venue=studio.venue, name=room)
        InstructorRow.create(id=instructor, organization=studio.organization, name=with_)
        SessionInstructorRow.create(
            id=new_id(NOW), organization=studio.organization, session=session, instructor=instructor
        )
        SessionRow.update(title=title, room=room_id).where(SessionRow.id == session).execute()
