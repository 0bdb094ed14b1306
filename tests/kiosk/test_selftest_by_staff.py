"""The self-test that staff open from their own face: it leads back there, and whoever comes between signs them out."""

from pathlib import Path
from random import Random

import pytest

from kiosk import faces
from kiosk import faces_staff as staff
from kiosk.conversation import Conversation, Opening
from kiosk.faces import Face
from kiosk.staff_desk import StaffDesk
from kiosk.staff_room import Around, staff_opener
from tests.kiosk.at_the_desk import ANAS_CARD
from tests.kiosk.at_the_staff_desk import BENS_CARD, NamingServer, a_staffed_kiosk, greeter_of, staffed_greeter
from tests.kiosk.test_staff_at_the_kiosk import sign_in, tap


class TwoTaps:
    """A self-test of two taps."""

    def __init__(self, opening: Opening) -> None:
        self._stand, self._is_over = opening.stand, False

    @property
    def face(self) -> Face | None:
        return None if self._is_over else faces.Starting(stand=self._stand())

    def tap(self, what: str, value: str) -> None:
        self._is_over = what == "test.done"

    def card(self, payload: bytes | str) -> bool:
        return False

    def tick(self, mono: float) -> None:
        """It has all the time there is."""


def test_the_self_test_opens_from_here_and_leads_back(tmp_path: Path) -> None:
    def opener(opening: Opening) -> Conversation | None:
        return TwoTaps(opening) if opening.what == "test.open" else None

    greeter = staffed_greeter(a_staffed_kiosk(tmp_path), NamingServer(), self_test=opener)
    sign_in(greeter)
    tap(greeter, "kiosk")
    assert isinstance(tap(greeter, "test"), faces.Starting)
    greeter.tap("test.done", "", greeter.version)
    assert isinstance(greeter.face, staff.StaffKiosk)


@pytest.mark.parametrize("called", [False, True])
def test_a_members_card_or_call_during_the_self_test_signs_staff_out(tmp_path: Path, called: bool) -> None:
    kiosk = a_staffed_kiosk(tmp_path)
    desk = StaffDesk(kiosk.desk, NamingServer(), mono=lambda: kiosk.clocks.mono, random_bits=Random(7).getrandbits)
    around = Around(
        mono=lambda: kiosk.clocks.mono,
        at=lambda: kiosk.clocks.at,
        first_name=lambda card: "",
        health=dict,
        new_card=lambda: BENS_CARD,
        self_test=lambda opening: TwoTaps(opening) if opening.what == "test.open" else None,
    )
    greeter = greeter_of(kiosk, staff_opener(desk, around))
    sign_in(greeter)
    tap(greeter, "kiosk")
    tap(greeter, "test")
    assert isinstance(greeter.face, faces.Starting) and desk.session is not None
    if called:
        greeter.tap_call_staff()
    else:
        greeter.scanner_typed(ANAS_CARD.text)
    assert isinstance(greeter.face, faces.StaffIsComing if called else faces.Welcome)
    assert desk.session is None
