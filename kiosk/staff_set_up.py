"""Plugs staff at the kiosk together: the staff desk, the name on a staff card, the printer, the self-test.

It decides nothing; `kiosk.staff_room` leads from face to face.
"""

from collections.abc import Callable
from datetime import datetime

from core import cards, staff_cards
from core.cards import NotACard
from kiosk.conversation import Opener
from kiosk.desk import Desk
from kiosk.faces_staff import Said
from kiosk.names import unsealed
from kiosk.staff_desk import StaffDesk
from kiosk.staff_room import Around, staff_opener
from kiosk.staff_server import StaffServer

Prints = Callable[[str, str, datetime], Said]
"""Prints a temporary card: its text, whose it is, until when. What it says says whether it could."""


def staff_at(
    desk: Desk,
    server: StaffServer,
    *,
    mono: Callable[[], float],
    random_bits: Callable[[int], int],
    self_test: Opener | None = None,
    prints: Prints | None = None,
) -> Opener:
    """What opens the faces of staff at this kiosk. `mono` gives seconds, `random_bits` is as `secrets.randbits`."""
    around = Around(
        mono=mono,
        at=lambda: desk.time().at,
        first_name=lambda card: first_name_on(desk, card),
        health=lambda: desk.telling.health(),
        new_card=lambda: cards.new_code(random_bits),
        self_test=self_test,
        prints=prints,
    )
    return staff_opener(StaffDesk(desk, server, mono=mono, random_bits=random_bits), around)


def first_name_on(desk: Desk, card: str | bytes) -> str:
    """The name that a staff card opens; empty for a card that is not known here."""
    code = staff_cards.read(card)
    known = None if isinstance(code, NotACard) else desk.store.pins.of_card(code.fingerprint)
    person = unsealed(known.sealed, code) if known is not None and not isinstance(code, NotACard) else None
    return person.first_name if person else ""
