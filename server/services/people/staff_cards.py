"""What staff hold for a kiosk, as staff's page shows it: who has a card and a PIN, and a card drawn to be printed.

Giving, taking away and setting are in `staff_pins`. A PIN is told to nobody here: it can be set, never looked at.
"""

from core import messages
from core.errors import NotFound
from server.printing.artwork import CardFace, CardWords, Sheet, draw_sheet
from server.services.door.vault import CodeVault
from server.services.fleet.cards import PLAIN_COLOUR
from server.services.people.ours import ours
from server.services.people.rights import Asker, Right, require
from server.store.database import reading
from server.store.tables import OrganizationRow, StaffCardRow, StaffRow


def face_of_staff_card(organization_id: str, staff_id: str, by: Asker, vault: CodeVault) -> CardFace:
    """The card they hold now, in the studio's language. Raises `NotFound`, `Forbidden`, and `Conflict` for a key."""
    with reading():
        require(organization_id, by, Right.RUN)
        staff = ours(StaffRow, organization_id, staff_id, "staff")
        theirs = (StaffCardRow.staff == staff_id) & StaffCardRow.revoked_at.is_null()
        card = StaffCardRow.select().where(theirs).order_by(StaffCardRow.issued_at.desc()).first()
        if card is None or staff.left_at is not None:
            raise NotFound("staff_card.none", name=staff.name)
        return _face(OrganizationRow.get_by_id(organization_id), staff, card, vault)


def staff_card_pdf(organization_id: str, staff_id: str, by: Asker, vault: CodeVault) -> bytes:
    """The card on a sheet of A4, where a whole sheet's first card stands. Raises as `face_of_staff_card`."""
    return draw_sheet([face_of_staff_card(organization_id, staff_id, by, vault)], Sheet.A4)


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
