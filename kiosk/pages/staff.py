"""From a face of staff to its drawing."""

from kiosk import faces_staff as faces
from kiosk.faces_staff import StaffFace
from kiosk.pages import staff_asking, staff_kiosk, staff_member, staff_pin, staff_roster
from kiosk.pages.drawn import Parts
from kiosk.pages.words import Words


def parts_of(face: StaffFace, words: Words) -> Parts:
    """What is different from face to face."""
    match face:
        case faces.StaffPin():
            return staff_pin.pin(face, words)
        case faces.StaffRoster():
            return staff_roster.roster(face, words)
        case faces.StaffTyping():
            return staff_asking.typing(face, words)
        case faces.StaffFound():
            return staff_member.found(face, words)
        case faces.StaffMember():
            return staff_member.member(face, words)
        case faces.StaffUntil():
            return staff_asking.until(face, words)
        case faces.StaffWhy():
            return staff_asking.why(face, words)
        case faces.StaffCard():
            return staff_asking.card(face, words)
        case faces.StaffKiosk():
            return staff_kiosk.kiosk(face, words)
