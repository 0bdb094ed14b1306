"""Members' own pages as a browser gets them: each form does one thing, says so, and does nothing for anybody else."""

import io
import re
import zipfile
from datetime import UTC, date, datetime, timedelta
from html import unescape

import pytest
from fastapi.testclient import TestClient
from peewee import Database

from core import messages
from core.letters import CHOICES
from core.portal import FRESH_FOR, SESSION_LASTS
from core.refusals import RefusalReason
from server.pages.my.doors import COOKIE
from server.services.portal import months
from server.services.waiting.giving import offer_free_places
from server.store.database import reading, writing
from server.store.tables import CalendarFeedRow, MemberRow, MemberSessionRow, ReservationRow, SessionRow, WaitingRow
from tests.server.portal_stories import (
    DAY,
    MINUTE,
    NOON,
    Clock,
    browser,
    full_month,
    link_of,
    links_in_letters,
    signed_in,
)
from tests.server.studio import SIX_PM, open_studio

PAGES = ("/my", "/my/calendar", "/my/sessions", "/my/history", "/my/settings", "/my/erase")


def read(page: object) -> str:
    """The words of a page, without its markup."""
    text = re.sub(r"<(style|script)\b.*?</\1>", " ", page.text, flags=re.S)  # type: ignore[attr-defined]
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", text)).split())


def test_a_stranger_and_a_member_get_the_same_answer_and_only_one_a_letter(sqlite_database: Database) -> None:
    studio = open_studio()
    studio.member()
    stranger = browser(Clock())
    told = [stranger.post("/my/sign-in", data={"email": f"{who}@example.org"}) for who in ("alice", "nobody")]
    assert told[0].text == told[1].text and "15 minutes" in read(told[0])
    (token,) = links_in_letters()
    assert "Alice" not in told[0].text and token not in told[0].text
    assert stranger.post("/my/sign-in", data={"email": "no address"}).status_code == 422
    for _ in range(4):
        stranger.post("/my/sign-in", data={"email": "nobody@example.org"})
    waits = stranger.post("/my/sign-in", data={"email": "nobody@example.org"})
    assert waits.status_code == 429 and "60 min" in read(waits)


def test_looking_at_a_link_uses_nothing_up_and_the_button_does(sqlite_database: Database) -> None:
    studio, clock = open_studio(), Clock()
    token = link_of(studio, studio.member("Al<b>ce"))
    phone = browser(clock)
    for _ in range(3):
        looked = phone.get(f"/my/sign-in/{token}")
        assert "Sign in as Al&lt;b&gt;ce" in looked.text and not phone.cookies
    elsewhere = phone.post(f"/my/sign-in/{token}", headers={"sec-fetch-site": "cross-site"})
    assert elsewhere.status_code == 403 and not phone.cookies
    used = phone.post(f"/my/sign-in/{token}", follow_redirects=False)
    cookie = used.headers["set-cookie"]
    assert used.headers["location"] == "/my"
    assert "HttpOnly" in cookie and "SameSite=lax" in cookie and "Secure" in cookie and f"{COOKIE}=" in cookie
    assert "Hello, Al" in read(phone.get("/my"))
    assert phone.get("/my/sign-in").url.path == "/my"
    over = browser(clock).post(f"/my/sign-in/{token}")
    assert over.status_code == 404 and "This link is over" in read(over)


@pytest.mark.parametrize("path", PAGES)
def test_without_signing_in_every_page_and_form_leads_to_it(sqlite_database: Database, path: str) -> None:
    open_studio()
    stranger = browser(Clock())
    stranger.cookies.set(COOKIE, "made up")
    assert stranger.get(path).url.path == "/my/sign-in"
    forms = ("/my/reserve", "/my/language", "/my/calendar-address", "/my/data.zip", "/my/erase", "/my/code")
    for form in (*forms, "/my/places/x/give-up", "/my/sign-out-everywhere"):
        assert stranger.post(form, follow_redirects=False).headers["location"].startswith("/my/sign-in"), form


def test_alice_reserves_sees_two_of_three_and_gives_a_place_up(sqlite_database: Database) -> None:
    full, clock = full_month(), Clock()
    alice = signed_in(full.studio, full.alice, clock)
    home = read(alice.get("/my"))
    assert "1 of 3" in home and "9 of 10" in home and "Check-in opens: 16:00" in home
    listed = alice.get("/my/sessions").text
    assert f'value="{full.sessions["tomorrow"]}"' in listed
    assert "Part 2 opens once part 1 is reserved or attended." in unescape(listed)
    told = alice.post("/my/reserve", data={"session_id": full.sessions["tomorrow"], "from_day": "2026-11-21"})
    assert "Reserved. The place is yours." in read(told) and 'role="status"' in told.text
    assert "2 of 3" in read(alice.get("/my"))
    again = alice.post("/my/reserve", data={"session_id": full.sessions["tomorrow"]})
    assert "You have a place there already." in read(again)
    assert "All places are taken." in read(alice.post("/my/reserve", data={"session_id": full.sessions["full"]}))
    late, early = (read(alice.get(f"/my/places/{id_}")) for id_ in (full.place, _place_in(full.sessions["tomorrow"])))
    assert "stays set aside until the night" in late and "are free at once" in early
    assert "Given up. The punch stays set aside" in read(alice.post(f"/my/places/{full.place}/give-up"))
    after = read(alice.get(f"/my/places/{full.place}"))
    assert "Given up" not in after.partition("Give this")[0] or "Yes, give it up" not in after
    assert "1 of 3" in read(alice.get("/my"))
    month = alice.get("/my/calendar?month=2026-11&day=2026-11-21").text
    assert "Saturday, 21 November: Wheel throwing, Given up" in unescape(month)
    clock.at = NOON + DAY + timedelta(hours=6)
    assert "It has begun" in read(alice.post(f"/my/places/{_place_in(full.sessions['tomorrow'])}/give-up"))


def _place_in(session: str) -> str:
    with reading():
        return str(ReservationRow.get(ReservationRow.session == session).id)


def test_back_from_a_place_leads_to_the_month_on_the_wall_there(sqlite_database: Database) -> None:
    """Half past midnight on the first of December in Berlin; in UTC it is still November."""
    studio = open_studio()
    alice, clock = studio.member(), Clock()
    session = studio.session(datetime(2026, 11, 30, 23, 30, tzinfo=UTC))
    place = studio.reservation(alice, session, studio.unlimited(alice))
    page = signed_in(studio, alice, clock).get(f"/my/places/{place}").text
    assert "/my/calendar?month=2026-12" in page


def test_what_belongs_to_others_is_not_there_and_a_made_up_address_breaks_nothing(sqlite_database: Database) -> None:
    full, clock = full_month(), Clock()
    dan = signed_in(full.studio, full.dan, clock)
    for path in (f"/my/places/{full.place}", "/my/places/x"):
        assert dan.get(path).status_code == 404
    assert dan.post(f"/my/places/{full.place}/give-up").status_code == 409
    assert dan.post("/my/reserve", data={"session_id": "x"}).status_code == 409
    odd = ("?month=x", "?month=9999-12", "?month=0001-01", "?day=2026-99-99", "?day=x&month=2026-11")
    assert {dan.get(f"/my/calendar{query}").status_code for query in odd} == {200}
    days = (
        "?from_day=x",
        "?from_day=9999-12-31",
        "?from_day=0001-01-01",
        "?kind=x",
        "?told=<script>",
        "?told=refused.X",
    )
    assert {dan.get(f"/my/sessions{query}").status_code for query in days} == {200}
    assert 'id="told"' not in dan.get("/my/sessions?told=<script>").text
    home = read(dan.get("/my"))
    assert "No reserving and no check-in until 1 December, 12:00" in home and "Monday, 16 November" in home
    assert "You are suspended for now" in read(dan.get("/my/sessions"))
    assert re.search(r"It led to a suspension from .* until 1 December, 12:00", read(dan.get("/my/history")))


def test_an_absence_is_explained_and_contested_once(sqlite_database: Database) -> None:
    full, clock = full_month(), Clock()
    alice, dan = (signed_in(full.studio, member, clock) for member in (full.alice, full.dan))
    told = read(alice.get("/my/history"))
    assert "Wheel throwing Monday, 16 November, 12:00 to 14:00 Stands" in told and "I was there" in told
    address = f"/my/absences/{full.alice}-absence/contest"
    assert dan.post(address, data={"said": "She was"}).status_code == 409
    assert alice.post(address, data={"said": " "}).status_code == 409
    after = read(alice.post(address, data={"said": "I threw a <bowl>"}))
    assert "Told. The studio looks at it" in after and "Being looked at" in after and "I was there" not in after


def test_who_finds_a_session_full_waits_in_line_and_no_more(sqlite_database: Database) -> None:
    full, clock = full_month(), Clock()
    alice = signed_in(full.studio, full.alice, clock)
    assert "Wait for one, and we write to you" in read(alice.get("/my/sessions"))
    waits = alice.post("/my/wait", data={"session_id": full.sessions["full"]})
    assert "You are on the list." in read(waits) and "You are waiting, number 1 in line" in read(waits)
    waiting = re.search(r'name="waiting_id" value="([^"]+)"', waits.text)
    assert waiting
    dan = signed_in(full.studio, full.dan, clock)
    assert dan.post("/my/wait/leave", data={"waiting_id": waiting[1]}).status_code == 409
    assert dan.post("/my/wait/take", data={"waiting_id": waiting[1]}).status_code == 409
    with writing():
        SessionRow.update({SessionRow.capacity: 2}).where(SessionRow.id == full.sessions["full"]).execute()
    offer_free_places(clock.at)
    assert "A place is held for you until 12:30" in read(alice.get("/my/sessions"))
    assert "Reserved. The place is yours." in read(alice.post("/my/wait/take", data={"waiting_id": waiting[1]}))
    assert "2 of 3" in read(alice.get("/my"))
    with writing():
        SessionRow.update({SessionRow.capacity: 0}).where(SessionRow.id == full.sessions["next week"]).execute()
    again = alice.post("/my/wait", data={"session_id": full.sessions["next week"]})
    waiting = re.search(r'name="waiting_id" value="([^"]+)"', again.text)
    assert waiting
    assert "You are waiting no more." in read(alice.post("/my/wait/leave", data={"waiting_id": waiting[1]}))


def test_the_letter_of_an_offer_leads_to_the_offer_and_a_wish_to_be_booked_is_kept(sqlite_database: Database) -> None:
    """The letter's button opens the overview: whoever follows it takes the place there, and is told there."""
    full, clock = full_month(), Clock()
    alice = signed_in(full.studio, full.alice, clock)
    assert "Waiting list" not in read(alice.get("/my"))
    wish = {"session_id": full.sessions["full"], "auto_book": "yes"}
    waits = alice.post("/my/wait", data=wish)
    assert "When a place is free it is reserved for you" in read(waits)
    assert _wait_for(full.sessions["full"]).is_auto_book
    home = read(alice.get("/my"))
    assert "You are waiting, number 1 in line. When one is free it is reserved for you" in home
    assert home.index("Next") < home.index("Waiting list")
    alice.post("/my/wait", data={"session_id": full.sessions["full"]})
    assert not _wait_for(full.sessions["full"]).is_auto_book
    with writing():
        SessionRow.update({SessionRow.capacity: 2}).where(SessionRow.id == full.sessions["full"]).execute()
        SessionRow.update({SessionRow.capacity: 0}).where(SessionRow.id == full.sessions["tomorrow"]).execute()
    alice.post("/my/wait", data={"session_id": full.sessions["tomorrow"]})
    offer_free_places(clock.at)
    home = read(alice.get("/my"))
    order = ("Waiting list", "A place is held for you until 12:30", "You are waiting, number 1 in line", "Next")
    assert sorted(order, key=home.index) == list(order)
    taken = alice.post("/my/wait/take", data={"waiting_id": _wait_for(full.sessions["full"]).id, "back": "/my"})
    assert (taken.url.path, "Reserved. The place is yours." in read(taken)) == ("/my", True)
    assert "A place is held" not in read(taken)
    lost = {"waiting_id": _wait_for(full.sessions["full"]).id, "back": "https://evil.example"}
    assert alice.post("/my/wait/leave", data=lost).url.path == "/my/sessions"


def _wait_for(session: str) -> WaitingRow:
    with reading():
        row: WaitingRow = WaitingRow.get(WaitingRow.session == session)
        return row


def test_where_a_studio_has_two_venues_every_page_says_which(sqlite_database: Database) -> None:
    studio, clock = open_studio(), Clock()
    alice = studio.member()
    pass_ = studio.unlimited(alice)
    tomorrow = studio.session(SIX_PM + DAY)
    with writing():
        SessionRow.update({SessionRow.room: None}).where(SessionRow.id == tomorrow).execute()
    place = studio.reservation(alice, studio.session(SIX_PM), pass_)
    pages = ("/my", "/my/sessions", f"/my/places/{place}")
    browser_ = signed_in(studio, alice, clock)
    # One venue: its name stands only where no room says where to go.
    assert ["Kiln House" in read(browser_.get(page)) for page in pages] == [False, True, False]
    studio.another_venue()
    assert all("Wheel room, Kiln House" in read(browser_.get(page)) for page in pages)


def test_an_address_at_which_nothing_is_says_so_within_the_pages(sqlite_database: Database) -> None:
    studio, clock = open_studio(), Clock()
    dan = signed_in(studio, studio.member("Dan"), clock, language="de")
    lost = dan.get("/my/kalender", headers={"cookie": f"{COOKIE}={dan.cookies[COOKIE]}; tessera_language=de"})
    assert lost.status_code == 404 and "Unter dieser Adresse gibt es keine Seite" in read(lost)
    assert 'href="/my/calendar"' in lost.text
    assert dan.get("/my/").url.path == "/my"
    assert browser(clock).get("/my/kalender").url.path == "/my/sign-in"


def test_the_forms_of_another_sites_page_do_nothing(sqlite_database: Database) -> None:
    full, clock = full_month(), Clock()
    alice = signed_in(full.studio, full.alice, clock)
    for said in ({"sec-fetch-site": "cross-site"}, {"origin": "https://evil.example"}):
        for form in (
            f"/my/places/{full.place}/give-up",
            "/my/sign-out",
            "/my/sign-out-everywhere",
            "/my/calendar-address",
        ):
            assert alice.post(form, headers=said, follow_redirects=False).status_code == 303
        assert COOKIE in alice.cookies
    assert "1 of 3" in read(alice.get("/my"))
    with reading():
        assert not CalendarFeedRow.select().exists()


def test_settings_change_the_language_the_calendars_address_and_where_one_is_signed_in(
    sqlite_database: Database,
) -> None:
    full, clock = full_month(), Clock()
    alice, laptop = (signed_in(full.studio, full.alice, clock) for _ in range(2))
    first, second = _address(alice), None
    calendar = alice.get(first)
    assert (
        calendar.headers["content-type"].startswith("text/calendar") and b"SUMMARY:Wheel throwing" in calendar.content
    )
    same = alice.get(first, headers={"if-none-match": calendar.headers["etag"]})
    assert (same.status_code, same.content) == (304, b"")
    assert "There is a new address." in read(alice.post("/my/calendar-address"))
    second = _address(alice)
    assert second != first and browser(clock).get(first).status_code == 404
    assert browser(clock).get(second).status_code == 200
    assert alice.get("/my/settings").text.count(" checked>") == len(CHOICES)
    kept = alice.post("/my/letters", data={"wanted": ["PASSES.MAIL", "made.up"]})
    assert "From now on we write so." in read(kept) and kept.text.count(" checked>") == 1
    arabic = alice.post("/my/language", data={"language": "ar"})
    assert 'lang="ar" dir="rtl"' in arabic.text
    assert 'lang="ar"' in laptop.get("/my").text
    assert alice.post("/my/language", data={"language": "tlh"}).status_code == 409
    assert alice.post("/my/sign-out-everywhere").url.path == "/my/sign-in"
    assert laptop.get("/my").url.path == "/my/sign-in"


def _address(client: TestClient) -> str:
    found = re.search(r"https://[^<]*(/calendar/[0-9a-f]{64}\.ics)", client.get("/my/settings").text)
    assert found
    return found[1]


def test_a_browser_that_is_used_stays_signed_in_and_its_cookie_slides(sqlite_database: Database) -> None:
    studio, clock = open_studio(), Clock()
    alice = signed_in(studio, studio.member(), clock)
    clock.at = NOON + MINUTE
    assert "set-cookie" not in alice.get("/my").headers
    clock.at = NOON + SESSION_LASTS - DAY
    assert f"Max-Age={int(SESSION_LASTS.total_seconds())}" in alice.get("/my").headers["set-cookie"]
    clock.at += SESSION_LASTS - DAY
    assert alice.get("/my").url.path == "/my"
    clock.at += SESSION_LASTS
    assert alice.get("/my").url.path == "/my/sign-in"


def test_a_code_for_the_phone_is_a_tap_away(sqlite_database: Database) -> None:
    studio, clock = open_studio(), Clock()
    alice = signed_in(studio, studio.member(), clock)
    assert "Show my code" not in read(alice.get("/my"))
    leads = alice.post("/my/code", follow_redirects=False).headers["location"]
    assert re.fullmatch(r"/me/code#[\w-]{32}", leads)
    assert 'href="/me/code"' in alice.get("/my").text


def test_taking_ones_data_and_being_erased_want_a_fresh_sign_in_and_two_answers(sqlite_database: Database) -> None:
    full, clock = full_month(), Clock()
    alice = signed_in(full.studio, full.alice, clock)
    clock.at = NOON + FRESH_FOR
    stale = alice.post("/my/data.zip")
    assert stale.status_code == 409 and "sign in once more" in read(stale)
    assert "Go on" not in read(alice.get("/my/erase"))
    assert alice.post("/my/erase", data={"really": "sure"}).status_code == 409
    clock.at = NOON + FRESH_FOR - MINUTE
    given = alice.post("/my/data.zip")
    assert given.headers["content-type"] == "application/zip"
    assert zipfile.ZipFile(io.BytesIO(given.content)).namelist() == ["data.json", "data.html"]
    assert "Go on" in read(alice.get("/my/erase"))
    assert "Really?" in read(alice.post("/my/erase"))
    with reading():
        assert MemberRow.get_by_id(full.alice).first_name == "Alice"
    gone = alice.post("/my/erase", data={"really": "sure"})
    assert gone.url.path == "/my/sign-in" and "You are erased here." in read(gone)
    with reading():
        assert MemberRow.get_by_id(full.alice).first_name == "—"
    assert alice.get("/my").url.path == "/my/sign-in"


def test_trouble_is_a_sentence_with_a_number_for_the_log(
    sqlite_database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    full, clock = full_month(), Clock()
    alice = signed_in(full.studio, full.alice, clock)
    monkeypatch.setattr(months, "weeks_of", lambda first: ((date(2026, 11, 2), "no day"),))
    page = alice.get("/my/calendar")
    assert page.status_code == 500 and re.search(r"number [0-9A-F]{6}", read(page))


@pytest.mark.parametrize("language", messages.LANGUAGES)
def test_every_page_speaks_every_language(sqlite_database: Database, language: str) -> None:
    full, clock = full_month(), Clock()
    with writing():
        MemberRow.update({MemberRow.language: language}).execute()
    for member in (full.alice, full.dan):
        client = signed_in(full.studio, member, clock, language=language)
        for path in (*PAGES, f"/my/places/{full.place}", "/my/calendar?day=2026-11-21"):
            page = client.get(path)
            assert f'<html lang="{language}"' in page.text and page.status_code in (200, 404), path
            assert "{" not in read(page) and "default-src" in page.headers["content-security-policy"]
    with reading():
        assert MemberSessionRow.select().count() == 2
    for reason in ("TOO_MANY_AHEAD", "SUSPENDED", *RefusalReason.__members__):
        assert 'id="told"' in client.get(f"/my/sessions?told=refused.{reason}").text
