"""The page between a greeter and a browser, without a browser: what is drawn, and what a tap does."""

import asyncio
from collections.abc import Callable

import pytest
from nicegui.testing import User

from kiosk.pages.gallery import AT, WHEEL, samples, stand_for
from kiosk.pages.page import add_page, meaning, take
from kiosk.pages.screen import Screen, Tap
from tests.kiosk.fake_greeter import FakeGreeter, is_a_greeter

FACES = samples(stand_for())


def html_on(user: User) -> str:
    (screen,) = user.find(kind=Screen).elements
    return str(screen.props["picture"]["html"])


async def until(holds: Callable[[], bool]) -> None:
    """Look again and again, at most two seconds."""
    for _ in range(200):
        if holds():
            return
        await asyncio.sleep(0.01)
    raise AssertionError("It did not happen")


async def test_the_page_follows_the_greeter(user: User) -> None:
    greeter = FakeGreeter(FACES["waiting"])
    add_page(is_a_greeter(greeter), lambda: AT, painted=lambda version: None)
    await user.open("/")
    assert "Show your card" in html_on(user)
    greeter.show(FACES["welcome"])
    await until(lambda: "Welcome, <bdi>Ana</bdi>" in html_on(user))
    greeter.show(FACES["waiting"])
    await until(lambda: "Show your card" in html_on(user))


async def test_a_reload_shows_the_face_that_is_there(user: User) -> None:
    greeter = FakeGreeter(FACES["staffcoming"])
    add_page(is_a_greeter(greeter), lambda: AT, painted=lambda version: None)
    await user.open("/")
    await user.open("/")
    assert "Someone is on the way" in html_on(user)


async def test_the_agenda_changes_with_the_minute_though_nothing_happened(user: User) -> None:
    at = [WHEEL.starts_at - WHEEL.starts_at.resolution * 31 * 60_000_000]
    add_page(is_a_greeter(FakeGreeter(FACES["waiting"])), lambda: at[0], painted=lambda version: None)
    await user.open("/")
    assert "Check-in is open" not in html_on(user)
    at[0] = AT
    await until(lambda: "Check-in is open" in html_on(user))


async def test_a_tap_reaches_the_greeter(user: User) -> None:
    greeter = FakeGreeter(FACES["welcome"])
    add_page(is_a_greeter(greeter), lambda: AT, painted=lambda version: None)
    await user.open("/")
    (screen,) = user.find(kind=Screen).elements
    user.find(kind=Screen).trigger("tap", {"what": "undo", "value": "", "version": 1})
    await until(lambda: greeter.taps == [("undo",)])
    assert screen.props["picture"]["version"] == 1


@pytest.mark.parametrize(
    "what, value, heard",
    [
        ("choose", "session", ("choose", "session")),
        ("undo", "", ("undo",)),
        ("call_staff", "", ("call_staff",)),
        ("next", "", ("next",)),
        ("more_time", "", ("more_time",)),
        ("pair", "AB12", ("pair", "AB12")),
        ("scanned", "T1ABC", ("scanned", "T1ABC")),
        ("mode", "hc", ("mode", "hc")),
        ("language", "ar", ("language", "ar")),
    ],
)
def test_every_tap_means_one_thing(what: str, value: str, heard: tuple[str, ...]) -> None:
    greeter = FakeGreeter(FACES["waiting"])
    does = meaning(Tap(what=what, value=value, version=1), is_a_greeter(greeter))
    assert does is not None
    does()
    assert greeter.taps == [heard]


@pytest.mark.parametrize(
    "what, value", [("open_the_till", ""), ("mode", "sudo"), ("language", "tlh"), ("language", ""), ("", "")]
)
def test_a_tap_that_nobody_drew_means_nothing(what: str, value: str) -> None:
    assert meaning(Tap(what=what, value=value, version=1), is_a_greeter(FakeGreeter(FACES["waiting"]))) is None


@pytest.mark.parametrize("what", ["undo", "choose", "next", "more_time"])
async def test_a_tap_on_a_face_that_is_gone_does_not_hit_the_next_person(what: str, user: User) -> None:
    greeter = FakeGreeter(FACES["welcome"])
    seen = greeter.version
    greeter.show(samples(stand_for(), "Ben")["welcome"])
    take(Tap(what=what, value="", version=seen), is_a_greeter(greeter))
    take(Tap(what="call_staff", value="", version=seen), is_a_greeter(greeter))
    await until(lambda: bool(greeter.taps))
    assert greeter.taps == [("call_staff",)]
