"""`tessera staff`: a card drawn to be printed, a PIN, and a card that was lost, for whoever has no browser at hand."""

from datetime import datetime
from pathlib import Path

from core.errors import Invalid, NotFound
from server.printing.artwork import Sheet, draw_png, draw_sheet
from server.services.door.vault import CodeVault
from server.services.people.organizations import only_organization
from server.services.people.rights import the_house
from server.services.people.staff_cards import PinState, StaffPerson, face_of_staff_card, staff_with_email
from server.services.people.staff_pins import give_staff_card, set_pin, take_away_staff_card
from server.settings import Settings
from server.terminal.cards import write_file
from server.terminal.database import opened

PICTURES = (".pdf", ".png")


def give_card(settings: Settings, email: str, out: Path, at: datetime) -> str:
    """Gives a new card, draws it and says so. No card is given, and none ends, where the file cannot be written.

    Raises `NotFound` for somebody who is not on the team, `Invalid` for another ending or a file.
    """
    kind = out.suffix.lower()
    if kind not in PICTURES:
        raise Invalid("staff_card.not_a_picture", file=out.name)
    vault = CodeVault(settings.secret_key)
    with opened(settings):
        organization_id, person = _found(email)
        house = the_house(organization_id)
        write_file(out, b"")
        give_staff_card(organization_id, person.id, house, at, vault)
        face = face_of_staff_card(organization_id, person.id, house, vault)
    write_file(out, draw_png(face) if kind == ".png" else draw_sheet([face], Sheet.A4))
    ended = "; the one before opens nothing any more" if person.card_given_at else ""
    return f"The staff card of {person.name} is in {out}{ended}. It serves once `tessera staff pin {email}` is done."


def set_pin_of(settings: Settings, email: str, pin: str, at: datetime) -> str:
    """Says whether it goes with a card. Raises `NotFound`, and `Invalid` for what is no PIN or too easy."""
    with opened(settings):
        organization_id, person = _found(email)
        set_pin(organization_id, person.id, pin, the_house(organization_id), at, CodeVault(settings.secret_key))
    if person.card_given_at is None:
        return f"The PIN of {person.name} is set. Without a staff card it serves while the kiosk reaches the server."
    return f"The PIN of {person.name} is set, and goes with the card."


def take_card(settings: Settings, email: str, because: str, at: datetime) -> str:
    """Raises `NotFound` for nobody and where there is no card, `Invalid` without a reason."""
    with opened(settings):
        organization_id, person = _found(email)
        take_away_staff_card(organization_id, person.id, because, the_house(organization_id), at)
    left = "" if person.pin is PinState.NONE else " The PIN alone still serves while the server is there."
    return f"{person.name} has no staff card any more. Kiosks forget it when they next hear from the server.{left}"


def known_here(settings: Settings, email: str) -> str:
    """Their name, so that nobody is asked for a PIN in vain. Raises `NotFound`, `Invalid`."""
    with opened(settings):
        return _found(email)[1].name


def _found(email: str) -> tuple[str, StaffPerson]:
    organization_id = only_organization()
    if organization_id is None:
        raise NotFound("organization.none")
    return organization_id, staff_with_email(organization_id, email, the_house(organization_id))
