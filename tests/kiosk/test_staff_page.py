"""The faces of staff on the page, without a browser: a PIN in tiles, today without reasons, taps in their order."""

from pathlib import Path

import pytest
from nicegui.testing import User

from core import messages
from core.refusals import RefusalReason
from kiosk.pages.drawing import render
from kiosk.pages.gallery import AT, samples, stand_for
from kiosk.pages.page import add_page
from kiosk.pages.screen import Screen
from tests.kiosk.at_the_staff_desk import NamingServer, a_staffed_kiosk, staffed_greeter
from tests.kiosk.test_faces_page import html_on, until
from tests.kiosk.test_staff_proved import MIRAS, PIN

FACES = samples(stand_for())
SUSPENDED = messages.refusal_for_staff("en", RefusalReason.SUSPENDED)


async def test_six_taps_that_come_faster_than_the_screen_sign_staff_in(user: User, tmp_path: Path) -> None:
    kiosk = a_staffed_kiosk(tmp_path)
    greeter = staffed_greeter(kiosk, NamingServer())
    add_page(greeter, lambda: kiosk.clocks.at, painted=lambda version: None)
    await user.open("/")
    greeter.scanner_typed(MIRAS.text)
    await until(lambda: "Hello, <bdi>Mira</bdi>" in html_on(user))
    (screen,) = user.find(kind=Screen).elements
    seen = screen.props["picture"]["version"]
    for digit in PIN:
        user.find(kind=Screen).trigger("tap", {"what": "staff.key", "value": digit, "version": seen})
    await until(lambda: "<h1" in html_on(user) and ">Today</h1>" in html_on(user))
    assert "<bdi>Ana K.</bdi>" in html_on(user)


def test_the_pin_is_tiles_and_says_how_many() -> None:
    html = render(FACES["staff-pin"], AT)
    assert html.count('<i class="in"></i>') == 2
    assert "2 of 6 digits entered" in html


def test_today_says_who_needs_a_word_and_never_why() -> None:
    html = render(FACES["staff-roster"], AT)
    assert html.count("Needs a word") == 2
    assert SUSPENDED not in html and "suspen" not in html.casefold()
    assert SUSPENDED in render(FACES["staff-member-suspended"], AT)


@pytest.mark.parametrize("name", sorted(name for name in FACES if name.startswith("staff-") and "pin" not in name))
def test_every_face_of_somebody_signed_in_counts_down_and_lets_them_out(name: str) -> None:
    html = render(FACES[name], AT)
    assert 'data-tap="staff.leave"' in html and "data-until=" in html
