"""`tessera cards`: sheets to print and single pictures, from the cards that were issued."""

from datetime import datetime
from pathlib import Path

from core import cards
from core.cards import NotACard
from core.errors import Invalid, NotFound
from server.printing.artwork import CARDS_A_PAGE, CardFace, Sheet, draw_png, draw_sheet
from server.services.door.vault import CodeVault
from server.services.fleet.cards import face_of_code, faces_to_print
from server.services.people.members import Member, find_members
from server.services.people.organizations import only_organization
from server.services.people.rights import the_house
from server.settings import Settings
from server.terminal.database import opened

EVERYBODY = 100_000


def print_sheets(settings: Settings, out: Path, sheet: str, numbers: list[str], at: datetime) -> str:
    """Writes the PDF and says so. Raises `Invalid` for a sheet, `NotFound` for a member that there is not."""
    wanted = _sheet(sheet)
    with opened(settings):
        organization_id = only_organization()
        if organization_id is None:
            raise NotFound("organization.none")
        found = _members(organization_id, numbers)
        faces = faces_to_print(organization_id, [member.id for member in found], CodeVault(settings.secret_key))
    write_file(out, draw_sheet(faces, wanted))
    pages = -(-len(faces) // CARDS_A_PAGE)
    return f"{len(faces)} cards on {pages} page{'s' if pages > 1 else ''} in {out}"


def draw_picture(settings: Settings, code: str, out: Path) -> str:
    """Writes the PNG and says so. A well-formed code that nobody has here is drawn without a name."""
    read = cards.read(code)
    if isinstance(read, NotACard):
        raise Invalid("card.not_a_code")
    with opened(settings):
        face = face_of_code(read, CodeVault(settings.secret_key))
    write_file(out, draw_png(face or _nobodys(read)))
    return (
        f"The card of member {face.member_number} is in {out}" if face else f"Nobody here has this card; it is in {out}"
    )


def _nobodys(code: cards.CardCode) -> CardFace:
    return CardFace(
        studio_name="Tessera",
        colour="#c8553d",
        first_name="",
        last_name="",
        member_number="",
        since_year=None,
        code=code,
    )


def _sheet(name: str) -> Sheet:
    try:
        return {"a4": Sheet.A4, "letter": Sheet.LETTER}[name.lower()]
    except KeyError:
        raise Invalid("card.sheet_unknown", given=name[:20]) from None


def _members(organization_id: str, numbers: list[str]) -> list[Member]:
    everybody = find_members(organization_id, "", the_house(organization_id), limit=EVERYBODY)
    if not numbers:
        return list(everybody)
    by_number = {member.number: member for member in everybody}
    for number in numbers:
        if number not in by_number:
            raise NotFound("member.not_found", id=number)
    return [by_number[number] for number in numbers]


def write_file(path: Path, content: bytes) -> None:
    try:
        path.write_bytes(content)
    except OSError as trouble:
        raise Invalid("file.cannot_be_written", file=str(path), why=trouble.strerror or str(trouble)) from trouble
