"""A small pottery studio in rows, for stories: `studio = open_studio()`, then members, passes, sessions, kiosks.

Written straight into the tables, so that a story about one service does not depend on another.
"""

import json
import random
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from core import cards, clocktime
from core.cards import CardCode
from core.model import Method, PassType, ReservationStatus
from server.services.door import history, ledger
from server.services.door.causes import Cause
from server.services.door.vault import CodeVault
from server.store.database import writing
from server.store.ids import hash_of, new_id
from server.store.tables import (
    CardRow,
    ClassTypeRow,
    CoursePartRow,
    CourseRow,
    DeviceRow,
    MemberRow,
    OrganizationRow,
    PassRow,
    ReservationRow,
    RoomRow,
    SessionRow,
    StaffRow,
    VenueRow,
)

SIX_PM = datetime(2026, 11, 21, 17, 0, tzinfo=UTC)
"""18:00 in Berlin, where the studio is; a Saturday. Sessions start then, unless a story says otherwise."""
A_YEAR_AGO = SIX_PM - timedelta(days=365)
HOUSE = Cause(by=Method.AUTO, because="story")
VAULT = CodeVault(bytes(range(32)))
TOKEN = "a kiosk's token"


@dataclass(kw_only=True)
class Studio:
    """Ids, and verbs that return ids. Every verb is a transaction of its own."""

    organization: str
    venue: str
    room: str
    wheel: str
    glazing: str
    staff: str
    _numbers: int = field(default=0)

    def member(self, first_name: str = "Alice", *, is_active: bool = True) -> str:
        with writing():
            self._numbers += 1
            id_ = new_id(A_YEAR_AGO)
            MemberRow.create(
                id=id_,
                organization=self.organization,
                number=f"{self._numbers:04}",
                first_name=first_name,
                last_name="Ackerman",
                email=f"{first_name.lower()}@example.org",
                member_since="2025-11-21",
                is_active=is_active,
            )
            return id_

    def card(self, member: str) -> CardCode:
        with writing():
            code = cards.new_code(random.Random(member).getrandbits)
            CardRow.create(
                id=new_id(A_YEAR_AGO),
                organization=self.organization,
                member=member,
                fingerprint=code.fingerprint,
                code_encrypted=VAULT.seal(code),
                issued_at=A_YEAR_AGO,
            )
            return code

    def pass_of(
        self,
        member: str,
        type_: PassType,
        *,
        punches: int = 0,
        valid_from: datetime = A_YEAR_AGO,
        valid_until: datetime | None = None,
        course: str | None = None,
        is_in_order: bool = False,
        class_types: tuple[str, ...] = (),
    ) -> str:
        with writing():
            id_ = new_id(A_YEAR_AGO)
            PassRow.create(
                id=id_,
                organization=self.organization,
                member=member,
                type=type_.value,
                title=f"{punches} classes" if punches else "Pass",
                valid_from=valid_from,
                valid_until=valid_until,
                class_type_ids=json.dumps(class_types),
                course=course,
                is_in_order=is_in_order,
                punches_included=punches or None,
                issued_at=A_YEAR_AGO,
            )
            if punches:
                ledger.grant(self.organization, id_, punches, A_YEAR_AGO, HOUSE)
            return id_

    def punch_pass(self, member: str, punches: int = 10, **options: object) -> str:
        return self.pass_of(member, PassType.PUNCH_PASS, punches=punches, **options)  # type: ignore[arg-type]

    def unlimited(self, member: str, **options: object) -> str:
        return self.pass_of(member, PassType.UNLIMITED_SERIES, **options)  # type: ignore[arg-type]

    def course(self, parts: int = 4) -> str:
        with writing():
            id_ = new_id(A_YEAR_AGO)
            CourseRow.create(id=id_, organization=self.organization, name="Throwing", class_type=self.wheel)
            for part in range(1, parts + 1):
                CoursePartRow.create(
                    id=new_id(A_YEAR_AGO), organization=self.organization, course=id_, part=part, title=f"Part {part}"
                )
            return id_

    def session(
        self,
        starts_at: datetime = SIX_PM,
        *,
        capacity: int = 8,
        length: timedelta = timedelta(hours=2),
        is_open_studio: bool = False,
        course: str | None = None,
        part: int | None = None,
        class_type: str | None = None,
        is_free: bool = False,
        drop_in_cents: int | None = None,
    ) -> str:
        with writing():
            id_ = new_id(A_YEAR_AGO)
            SessionRow.create(
                id=id_,
                organization=self.organization,
                venue=self.venue,
                room=self.room,
                class_type=class_type or self.wheel,
                course=course,
                part=part,
                is_open_studio=is_open_studio,
                starts_at=starts_at,
                ends_at=starts_at + length,
                capacity=capacity,
                is_free=is_free,
                drop_in_cents=drop_in_cents,
            )
            return id_

    def reservation(self, member: str, session: str, pass_: str, *, made_at: datetime | None = None) -> str:
        """A place, with a punch set aside for it if it is paid by a punch pass."""
        made_at = made_at or SIX_PM - timedelta(days=3)
        with writing():
            row = ReservationRow.create(
                id=new_id(made_at),
                organization=self.organization,
                member=member,
                session=session,
                pass_=pass_,
                status=ReservationStatus.PENDING.value,
                has_hold=PassRow.get_by_id(pass_).type == PassType.PUNCH_PASS.value,
                made_at=made_at,
            )
            history.begin(row, "RESERVED", made_at, HOUSE)
            return str(row.id)

    def another_venue(self) -> str:
        with writing():
            id_ = new_id(A_YEAR_AGO)
            VenueRow.create(id=id_, organization=self.organization, name="Barn", zone="Europe/Berlin")
            return id_

    def kiosk(self, name: str = "Front door") -> str:
        """A paired kiosk's id; its token is `TOKEN` followed by its name."""
        with writing():
            id_ = new_id(A_YEAR_AGO)
            DeviceRow.create(
                id=id_,
                organization=self.organization,
                venue=self.venue,
                name=name,
                token_hash=hash_of(f"{TOKEN} {name} {self.organization}"),
                paired_at=A_YEAR_AGO,
            )
            return id_

    def punches_left(self, pass_: str) -> int:
        with writing():
            return ledger.balance(pass_).left

    def punches_available(self, pass_: str) -> int:
        with writing():
            return ledger.balance(pass_).available

    def status(self, reservation: str) -> ReservationStatus:
        with writing():
            return ReservationStatus(ReservationRow.get_by_id(reservation).status)


def open_studio(name: str = "Kiln", zone: str = "Europe/Berlin") -> Studio:
    """An organization with one venue, one room, two class types and one member of staff."""
    with writing():
        organization, venue, room, wheel, glazing, staff = (new_id(A_YEAR_AGO) for _ in range(6))
        OrganizationRow.create(id=organization, name=name, language="en", created_at=A_YEAR_AGO)
        VenueRow.create(id=venue, organization=organization, name=f"{name} House", zone=zone)
        RoomRow.create(id=room, organization=organization, venue=venue, name="Wheel room")
        ClassTypeRow.create(id=wheel, organization=organization, name="Wheel throwing")
        ClassTypeRow.create(id=glazing, organization=organization, name="Glazing")
        StaffRow.create(
            id=staff,
            organization=organization,
            email=f"mira@{name.lower()}.example.org",
            name="Mira",
            password_hash="",
            role="OWNER",
            created_at=A_YEAR_AGO,
        )
    return Studio(organization=organization, venue=venue, room=room, wheel=wheel, glazing=glazing, staff=staff)


def before(minutes: int, moment: datetime = SIX_PM) -> datetime:
    return moment - timedelta(minutes=minutes)


def after(minutes: int, moment: datetime = SIX_PM) -> datetime:
    return moment + timedelta(minutes=minutes)


def ms(instant: datetime) -> int:
    return clocktime.to_ms(instant)
