"""Programs read the log of letters, send one again, and set what a member wants; a link in a mail does it, too."""

from datetime import timedelta
from urllib.parse import urlsplit

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from peewee import Database

from core.letters import Channel, Group
from core.messages import LANGUAGES
from server.pages.context import PagesContext
from server.pages.stop_letters import stop_letters_routes
from server.services.letters.reminding import remind
from server.services.letters.wishes import choices_of, stop_token
from server.services.people.rights import Role
from tests.server.letter_stories import RememberingPost, has, sender_with, write_letters
from tests.server.studio import SIX_PM, VAULT, open_studio
from tests.server.test_api_reservations import program_of
from tests.server.test_news_announced import DAY, House
from tests.server.test_news_announced import house as house  # the fixture

NOON = SIX_PM - 3 * DAY


def test_a_program_reads_what_alice_was_told_and_sends_it_again(house: House) -> None:
    place = house.reserve(house.studio.session())
    write_letters(NOON)
    with program_of(house.studio) as app:
        (letter,) = app.get(f"/api/reservations/{place}/letters")["letters"]
        assert (letter["kind"], letter["channel"], letter["state"]) == ("reservation.created", "MAIL", "WAITING")
        assert letter["subject"].startswith("Your place") and "html" not in letter
        again = f"/api/letters/{letter['id']}/send-again"
        assert app.ask("POST", again, 409)["error"]["code"] == "letter.on_its_way"
        sender_with(RememberingPost()).send(NOON)
        sent = app.at(NOON + timedelta(minutes=1)).ask("POST", again)
        assert (sent["state"], sent["round"], sent["sentAt"]) == ("WAITING", 2, None)
        mine = app.get(f"/api/members/{house.alice}/letters", limit=1)
        assert [one["id"] for one in mine["letters"]] == [letter["id"]] and mine["next"] is None
        for path in ("/api/members/nobody/letters", "/api/reservations/none/letters"):
            assert app.get(path, 404)["error"]["sentence"]
        mail, sms = app.get("/api/letters/standing")["channels"]
        assert (mail["channel"], mail["isSetUp"], mail["waiting"]) == ("MAIL", False, 1)
        app.client.app.state.ways = frozenset({Channel.SMS})  # type: ignore[attr-defined]
        assert [one["isSetUp"] for one in app.get("/api/letters/standing")["channels"]] == [False, True]
        assert sms["waitsSince"] is None


def test_an_instructor_reads_nobodys_letters(house: House) -> None:
    with program_of(house.studio, Role.INSTRUCTOR) as app:
        for path in (f"/api/members/{house.alice}/letters", f"/api/members/{house.alice}/preferences"):
            app.get(path, 403)
        app.get("/api/letters/standing", 403)


def test_what_a_member_wants_is_read_and_set(house: House) -> None:
    path = f"/api/members/{house.alice}/preferences"
    with program_of(house.studio) as app:
        choices = app.get(path)["choices"]
        assert [(one["group"], one["channel"]) for one in choices] == [
            ("REMINDERS", "MAIL"),
            ("REMINDERS", "SMS"),
            ("CHECK_INS", "MAIL"),
            ("PASSES", "MAIL"),
        ]
        assert all(one["isWanted"] for one in choices)
        wanted = [{"group": "CHECK_INS", "channel": "MAIL", "isWanted": False}]
        for _ in range(2):
            set_ = app.ask("PUT", path, json={"choices": wanted})["choices"]
            assert [one["group"] for one in set_ if not one["isWanted"]] == ["CHECK_INS"]
        for group, channel in (("PENALTIES", "MAIL"), ("PASSES", "SMS")):
            asked = [{"group": group, "channel": channel, "isWanted": False}]
            assert app.ask("PUT", path, 422, json={"choices": asked})["error"]["code"] == "letter.no_choice"
    with program_of(open_studio("Other")) as other:
        other.get(path, 404)
        other.ask("PUT", path, 404, json={"choices": wanted})


@pytest.fixture
def pages(house: House) -> TestClient:
    app = FastAPI()
    app.include_router(stop_letters_routes(PagesContext(now=lambda: SIX_PM, vault=VAULT), VAULT))
    return TestClient(app)


def wants(house: House) -> dict[tuple[Group, Channel], bool]:
    choices = choices_of(house.studio.organization, house.alice, house.us)
    return {(one.group, one.channel): one.is_wanted for one in choices}


def test_the_link_in_a_reminder_stops_reminders_by_mail_and_nothing_else(house: House, pages: TestClient) -> None:
    house.reserve(house.studio.session())
    remind(SIX_PM - DAY)
    write_letters(SIX_PM - DAY)
    post = RememberingPost()
    sender_with(post).send(SIX_PM - DAY)
    (link,) = {mail.unsubscribe for mail in post.taken} - {""}
    path = urlsplit(link).path
    for _ in range(2):
        asked = pages.get(path)
        assert (asked.status_code, "Should Kiln send you no more of these?" in asked.text) == (200, True)
    assert all(wants(house).values()), "mail programs follow links to look at them"
    done = pages.post(path, data={"List-Unsubscribe": "One-Click"})
    assert done.status_code == 200 and "Reminders before a class, by mail" in done.text
    assert [key for key, is_wanted in wants(house).items() if not is_wanted] == [(Group.REMINDERS, Channel.MAIL)]
    assert 'value="again"' in pages.get(path).text
    pages.post(path, data={"do": "again"})
    assert all(wants(house).values())


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_speaks_the_members_language(house: House, pages: TestClient, language: str) -> None:
    has(house.alice, language=language)
    path = f"/unsubscribe/{stop_token(house.alice, Group.PASSES, Channel.MAIL, VAULT)}"
    for answer in (pages.get(path), pages.post(path)):
        assert f'<html lang="{language}" dir="{"rtl" if language == "ar" else "ltr"}">' in answer.text


def test_a_link_that_was_not_made_here_opens_nothing(house: House, pages: TestClient, database: Database) -> None:
    right = stop_token(house.alice, Group.PASSES, Channel.MAIL, VAULT)
    other = stop_token(house.studio.member("Ben"), Group.PASSES, Channel.MAIL, VAULT)
    forged = [
        right[:-1] + ("0" if right[-1] != "0" else "1"),
        other.rpartition(".")[0] + "." + right.rpartition(".")[2],
        right.replace("PASSES", "REMINDERS"),
        "nobody.PASSES.MAIL." + right.rpartition(".")[2],
        "é.é.é.é",
        "...",
        "x" * 4000,
    ]
    for token in forged:
        for answer in (pages.get(f"/unsubscribe/{token}"), pages.post(f"/unsubscribe/{token}")):
            assert (answer.status_code, "This link opens nothing" in answer.text) == (404, True), token[:60]
    assert all(wants(house).values())
