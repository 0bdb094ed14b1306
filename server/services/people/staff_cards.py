"""What staff hold for a kiosk, as staff's page shows it: who has a card and a PIN, and a card drawn to be printed.

Giving, taking away and setting are in `staff_pins`. A PIN is told to nobody here: it can be set, never looked at.
"""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from core import messages
from core.errors import NotFound
from core.pins import MOST_TRIES
from server.printing.artwork import CardFace, CardWords, Sheet, draw_sheet
from server.services.desk.kiosks import kiosks_at
from server.services.desk.rights import venues_of
from server.services.desk.values import Kiosk
from server.services.door.vault import CodeVault
from server.services.fleet.cards import PLAIN_COLOUR
from server.services.people.ours import ours
from server.services.people.rights import Asker, Right, Role, asker_of_staff, require
from server.services.people.words import email as clean_email
from server.store.database import reading
from server.store.tables import OrganizationRow, StaffCardRow, StaffRow


class PinState(StrEnum):
    """NEWER_CARD: it was set before the card was given, and does not go with it. OVER: tried too often."""

    NONE = "none"
    SET = "set"
    NEWER_CARD = "newer_card"
    OVER = "over"


@dataclass(frozen=True, kw_only=True, slots=True)
class StaffPerson:
    """Somebody who works here. `card_given_at`: None without a card. `is_asker`: it is who looks."""

    id: str
    name: str
    email: str
    role: Role
    card_given_at: datetime | None
    pin: PinState
    is_asker: bool

    @property
    def is_ready(self) -> bool:
        """At any kiosk, also one that reaches no server."""
        return self.card_given_at is not None and self.pin is PinState.SET


@dataclass(frozen=True, kw_only=True, slots=True)
class Team:
    """By name, whoever looks first. `may_run`: may give cards and set anybody's PIN. `kiosks` are for the frame."""

    zone: str
    may_run: bool
    people: tuple[StaffPerson, ...]
    kiosks: tuple[Kiosk, ...]


def team(organization_id: str, by: Asker, at: datetime) -> Team:
    """Everybody who works here, for those who plan; else only whoever asks. Raises `Forbidden`."""
    with reading():
        require(organization_id, by, Right.WELCOME)
        now = asker_of_staff(organization_id, by.staff_id) if by.staff_id else by
        wanted = (StaffRow.organization == organization_id) & StaffRow.left_at.is_null()
        if not now.may(Right.PLAN):
            wanted &= StaffRow.id == now.staff_id
        rows = list(StaffRow.select().where(wanted))
        cards = _cards_held(organization_id)
        people = [_person(row, cards.get(row.id), by) for row in rows]
        venues = venues_of(organization_id)
        return Team(
            zone=venues[0].zone if venues else "UTC",
            may_run=now.may(Right.RUN),
            people=tuple(sorted(people, key=lambda one: (not one.is_asker, one.name.casefold(), one.id))),
            kiosks=tuple(kiosk for venue in venues for kiosk in kiosks_at(organization_id, venue.id, at)),
        )


def staff_with_email(organization_id: str, email: str, by: Asker) -> StaffPerson:
    """Who signs in with this address. Raises `NotFound`, `Forbidden`, and `Invalid` for what is no address."""
    address = clean_email(email, is_required=True)
    with reading():
        require(organization_id, by, Right.RUN)
        is_it = (StaffRow.organization == organization_id) & (StaffRow.email == address)
        row = StaffRow.get_or_none(is_it, StaffRow.left_at.is_null())
        if row is None:
            raise NotFound("staff.no_such_email", email=address)
        return _person(row, _cards_held(organization_id).get(row.id), by)


def face_of_staff_card(organization_id: str, staff_id: str, by: Asker, vault: CodeVault) -> CardFace:
    """The card they hold now, in the studio's language. Raises `NotFound`, `Forbidden`, and `Conflict` for a key."""
    with reading():
        require(organization_id, by, Right.RUN)
        staff = ours(StaffRow, organization_id, staff_id, "staff")
        card = _cards_held(organization_id).get(staff_id)
        if card is None or staff.left_at is not None:
            raise NotFound("staff_card.none", name=staff.name)
        return _face(OrganizationRow.get_by_id(organization_id), staff, card, vault)


def staff_card_pdf(organization_id: str, staff_id: str, by: Asker, vault: CodeVault) -> bytes:
    """The card on a sheet of A4, where a whole sheet's first card stands. Raises as `face_of_staff_card`."""
    return draw_sheet([face_of_staff_card(organization_id, staff_id, by, vault)], Sheet.A4)


def _cards_held(organization_id: str) -> dict[str, StaffCardRow]:
    """By member of staff: the newest that opens something."""
    theirs = (StaffCardRow.organization == organization_id) & StaffCardRow.revoked_at.is_null()
    rows = StaffCardRow.select().where(theirs).order_by(StaffCardRow.issued_at, StaffCardRow.id)
    return {row.staff_id: row for row in rows}


def _person(row: StaffRow, card: StaffCardRow | None, by: Asker) -> StaffPerson:
    return StaffPerson(
        id=row.id,
        name=row.name,
        email=row.email,
        role=Role(row.role),
        card_given_at=card.issued_at if card else None,
        pin=_pin(row, card),
        is_asker=row.id == by.staff_id,
    )


def _pin(row: StaffRow, card: StaffCardRow | None) -> PinState:
    if not row.pin_hash:
        return PinState.NONE
    if row.pin_tries >= MOST_TRIES:
        return PinState.OVER
    return PinState.NEWER_CARD if card is not None and not card.verifier else PinState.SET


def _face(organization: OrganizationRow, staff: StaffRow, card: StaffCardRow, vault: CodeVault) -> CardFace:
    first, _, last = staff.name.partition(" ")
    language = organization.language
    return CardFace(
        studio_name=organization.name,
        colour=organization.colour or PLAIN_COLOUR,
        first_name=first,
        last_name=last,
        member_number="",
        since_year=None,
        code=vault.open_staff_card(card.code_encrypted),
        words=CardWords(hold=messages.say(language, "card.hold"), scale=messages.say(language, "card.scale")),
        team=messages.say(language, "face.staff.open"),
    )
