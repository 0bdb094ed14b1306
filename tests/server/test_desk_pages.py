"""The desk's pages, without a browser: who gets in, what they read, and that an open page follows what happens."""

from dataclasses import replace
from datetime import datetime, timedelta

import anyio
import httpx
import pytest
from fastapi import FastAPI
from nicegui import ui
from nicegui.testing import User
from peewee import Database

from core.refusals import RefusalReason
from server.pages import live
from server.pages.context import PagesContext
from server.pages.session import add_session_page
from server.pages.sign_in import sign_in_routes
from server.pages.today import add_today_page
from server.pages.visits import COOKIE
from server.pages.words import Words
from server.services.desk.values import TurnedAway
from server.services.people import signing_in
from server.store.database import writing
from server.store.tables import StaffSessionRow, VisitRow
from tests.server.desk_evening import EMAIL, NOW, PASSWORD, at_clock, full_house, open_house

CONTEXT = PagesContext(now=lambda: NOW)
FORM = {"email": EMAIL, "password": PASSWORD}


def stranger() -> httpx.AsyncClient:
    app = FastAPI()
    app.include_router(sign_in_routes(CONTEXT))
    return httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://desk.example")


def lena_at_the_desk(user: User) -> str:
    """Her browser has a cookie, and the pages are there."""
    add_today_page(CONTEXT)
    add_session_page(CONTEXT)
    token = signing_in.sign_in(EMAIL, PASSWORD, NOW).token
    user.http_client.cookies.set(COOKIE, token)
    return token


async def has_seen(user: User, text: str) -> None:
    """Within two pulses of the page."""
    await user.should_see(text, retries=int(live.EVERY * 10) * 3)


async def test_the_right_password_gives_a_cookie_that_no_script_can_read(sqlite_database: Database) -> None:
    open_house()
    async with stranger() as browser:
        answer = await browser.post("/sign-in", data=FORM)
    assert (answer.status_code, answer.headers["location"]) == (303, "/")
    cookie = answer.headers["set-cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=lax" in cookie
    token = answer.cookies[COOKIE]
    assert signing_in.staff_signed_in(token, NOW).name == "Lena Brandt"
    assert PASSWORD not in cookie


async def test_each_sign_in_has_a_token_of_its_own_and_ends_the_browsers_earlier_one(sqlite_database: Database) -> None:
    open_house()
    async with stranger() as browser:
        first = (await browser.post("/sign-in", data=FORM)).cookies[COOKIE]
        second = (await browser.post("/sign-in", data=FORM)).cookies[COOKIE]
    assert first != second
    with writing():
        assert StaffSessionRow.select().where(StaffSessionRow.ended_at.is_null()).count() == 1


async def test_a_wrong_password_is_told_in_a_sentence_and_keeps_the_address(sqlite_database: Database) -> None:
    open_house()
    async with stranger() as browser:
        answer = await browser.post("/sign-in", data={"email": EMAIL, "password": "guess"})
        german = await browser.post(
            "/sign-in", data={"email": EMAIL, "password": "guess"}, headers={"accept-language": "de-AT,en;q=0.5"}
        )
    assert answer.status_code == 401
    assert "Please try again" in answer.text
    assert f'value="{EMAIL}"' in answer.text
    assert "guess" not in answer.text
    assert '<html lang="de"' in german.text


async def test_after_too_many_tries_the_minutes_to_wait_are_said(sqlite_database: Database) -> None:
    open_house()
    async with stranger() as browser:
        for _ in range(5):
            assert (await browser.post("/sign-in", data={"email": EMAIL, "password": "guess"})).status_code == 401
        answer = await browser.post("/sign-in", data=FORM)
    assert answer.status_code == 429
    assert "Please wait 1 minute" in answer.text


@pytest.mark.parametrize(
    "headers, status",
    [
        ({"sec-fetch-site": "cross-site"}, 403),
        ({"sec-fetch-site": "same-origin"}, 303),
        ({"origin": "http://evil.example"}, 403),
        ({"origin": "http://desk.example"}, 303),
    ],
)
async def test_another_sites_form_signs_nobody_in(
    sqlite_database: Database, headers: dict[str, str], status: int
) -> None:
    open_house()
    async with stranger() as browser:
        answer = await browser.post("/sign-in", data=FORM, headers=headers)
    assert answer.status_code == status
    assert (COOKIE in answer.cookies) == (status == 303)


async def test_what_is_typed_into_the_form_is_never_read_as_html(sqlite_database: Database) -> None:
    open_house()
    async with stranger() as browser:
        answer = await browser.post("/sign-in", data={"email": '"><script>alert(1)</script>', "password": "x"})
    assert "<script>alert" not in answer.text
    assert "&lt;script&gt;alert" in answer.text


async def test_signing_out_ends_the_session_in_the_rows(sqlite_database: Database) -> None:
    open_house()
    async with stranger() as browser:
        token = (await browser.post("/sign-in", data=FORM)).cookies[COOKIE]
        answer = await browser.post("/sign-out")
        assert answer.headers["location"].startswith("/sign-in")
        assert "You are signed out" in (await browser.get(answer.headers["location"])).text
    with pytest.raises(Exception, match="needed"):
        signing_in.staff_signed_in(token, NOW)


async def test_a_stranger_is_sent_to_sign_in_and_reads_nothing(user: User, sqlite_database: Database) -> None:
    house = full_house()
    add_today_page(CONTEXT)
    add_session_page(CONTEXT)
    for cookie in ("", "guessed"):
        user.http_client.cookies.set(COOKIE, cookie)
        for address in ("/", f"/sessions/{house.sessions['wheel']}"):
            answer = await user.http_client.get(address)
            assert (answer.status_code, answer.headers["location"]) == (303, "/sign-in")
            assert "Noor" not in answer.text


async def test_lena_reads_who_needs_her(user: User, sqlite_database: Database) -> None:
    full_house()
    lena_at_the_desk(user)
    await user.open("/")
    for sentence in (
        "Thursday, 19 November",
        "Yard door has not reported since yesterday, 21:02.",
        "Suspended until 3 December. The screen only said to ask at the desk.",
        "Has a place in Wheel throwing I.",
        "A card not on file",
        "6 → 5",
        "Wheel throwing I, 16 minutes late",
        "Begins in 6 min",
        "One did not come",
    ):
        await user.should_see(sentence)


async def test_lena_reads_it_in_german(user: User, sqlite_database: Database) -> None:
    full_house("de")
    lena_at_the_desk(user)
    await user.open("/")
    for sentence in ("Donnerstag, 19. November", "Gesperrt bis 3. Dezember.", "16 Minuten zu spät", "Beginnt in 6 min"):
        await user.should_see(sentence)


async def test_an_open_page_shows_who_comes_in_and_who_is_turned_away(user: User, sqlite_database: Database) -> None:
    house = open_house()
    lena_at_the_desk(user)
    await user.open("/")
    await user.should_see("Nobody has come in yet")
    house.comes("glaze", at_clock("18:23"), "Noor Haddad", punches=6)
    await has_seen(user, "Noor Haddad came in to Glaze lab.")
    await user.should_see("6 → 5")
    house.turned_away(at_clock("18:24"), RefusalReason.CARD_REPLACED, house.member("Dan Okafor"))
    await has_seen(user, "Dan Okafor: This card was replaced by a newer one.")


async def test_only_the_ticket_that_changed_is_drawn_again(user: User, sqlite_database: Database) -> None:
    house = full_house()
    lena_at_the_desk(user)
    client = await user.open("/")
    tiles = [e.id for e in client.elements.values() if "tiles" in e.classes]
    links = [e.id for e in client.elements.values() if "go" in e.classes]
    house.comes("glaze", at_clock("18:24"), "Late Larry")
    await has_seen(user, "Late Larry")
    still = [id_ for id_ in tiles if id_ in client.elements]
    assert (len(tiles), len(still)) == (3, 2)
    assert [e.id for e in client.elements.values() if "go" in e.classes] == links


async def test_signed_out_elsewhere_an_open_page_stops_and_goes_to_sign_in(
    user: User, sqlite_database: Database
) -> None:
    house = open_house()
    token = lena_at_the_desk(user)
    ui.page("/sign-in")(lambda: ui.label("Sign in here"))
    await user.open("/")
    signing_in.sign_out(token, NOW)
    await has_seen(user, "Sign in here")
    house.comes("glaze", at_clock("18:23"), "Noor Haddad")
    await user.should_not_see("Noor Haddad")


async def test_a_sessions_page_has_everyone_those_who_need_lena_first(user: User, sqlite_database: Database) -> None:
    house = full_house()
    lena_at_the_desk(user)
    client = await user.open(f"/sessions/{house.sessions['wheel']}")
    await user.should_see("5 classes, 5 → 4")
    await user.should_see("16 minutes late")
    names = [e.text for e in client.elements.values() if "name" in e.classes]
    assert names[:4] == ["Bob Tanaka", "Ingrid Solberg", "Tomás Herrera", "Yuki Mori"]
    assert len(names) == 14


async def test_a_session_that_is_not_there_is_told_in_a_sentence(user: User, sqlite_database: Database) -> None:
    open_house()
    lena_at_the_desk(user)
    await user.open("/sessions/nowhere")
    await user.should_see("This session does not exist here.")


async def test_what_breaks_is_told_with_the_number_it_has_in_the_log(
    user: User, sqlite_database: Database, caplog: pytest.LogCaptureFixture
) -> None:
    house = open_house()
    house.comes("wheel", at_clock("17:50"))
    lena_at_the_desk(user)
    with writing():
        VisitRow.update(method="MAGIC").execute()
    await user.open("/")
    (logged,) = [record for record in caplog.records if "number" in record.message]
    number = str(logged.args[0]) if isinstance(logged.args, tuple) else ""
    assert len(number) == 6
    await user.should_see(number)
    caplog.clear()


async def test_hostile_names_are_text_and_nothing_else(user: User, sqlite_database: Database) -> None:
    house = open_house()
    hostile = "<img/src=x/onerror=alert(1)> </script><script>alert(2)</script>"
    house.comes("glaze", at_clock("18:23"), hostile)
    lena_at_the_desk(user)
    await user.open("/")
    await user.should_see(hostile)
    page = await user.http_client.get("/")
    assert "<img/src" not in page.text
    assert "<script>alert(2)" not in page.text


async def test_a_failure_on_an_open_page_is_logged_once_and_forgotten_when_it_works_again(
    user: User, sqlite_database: Database, caplog: pytest.LogCaptureFixture
) -> None:
    house = open_house()
    house.comes("wheel", at_clock("17:50"))
    lena_at_the_desk(user)
    await user.open("/")
    with writing():
        VisitRow.update(method="MAGIC").execute()
    house.turned_away(at_clock("18:20"), RefusalReason.CARD_UNKNOWN)
    await has_seen(user, "The page keeps trying by itself.")
    await anyio.sleep(2 * live.EVERY)
    assert len([record for record in caplog.records if "number" in record.message]) == 1
    caplog.clear()
    with writing():
        VisitRow.update(method="SELF").execute()
    await has_seen(user, "A card not on file")
    await user.should_not_see("The page keeps trying by itself.", retries=30)


@pytest.mark.parametrize("language", ["en", "de"])
@pytest.mark.parametrize("reason", list(RefusalReason))
def test_every_refusal_has_its_reason_for_staff(language: str, reason: RefusalReason) -> None:
    words = Words(language=language, zone="Europe/Berlin")
    turned = TurnedAway(attempt_id="1", name="Dan", at=NOW, door="Front door", reason=reason)
    plain = words.reason(turned, NOW)
    whole = words.reason(replace(turned, until=at_clock("18:45"), session_title="Raku"), NOW)
    assert plain.endswith(".")
    assert whole.endswith(".")
    assert "{" not in plain + whole
    if reason in (RefusalReason.TOO_EARLY, RefusalReason.SUSPENDED):
        assert "18:45" in whole


@pytest.mark.parametrize(
    "instant, seen_from, said",
    [
        ("18:24", NOW, "18:24"),
        ("18:24", NOW + timedelta(days=1), "yesterday, 18:24"),
        ("18:24", NOW + timedelta(days=2), "19 November, 18:24"),
        ("18:24", NOW + timedelta(days=300), "19 November 2026, 18:24"),
    ],
)
def test_a_moment_is_told_as_people_tell_it(instant: str, seen_from: datetime, said: str) -> None:
    assert Words(language="en", zone="Europe/Berlin").when(at_clock(instant), seen_from) == said
