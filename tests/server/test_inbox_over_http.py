"""A program with a token reads the inbox and settles what waits there: same rights, same reasons, same answers."""

import pytest
from peewee import Database

from server.services.people.rights import Role
from server.store.database import reading
from server.store.tables import DeviceRow
from tests.server.door_stories import kiosk_of, live_visits
from tests.server.inbox_stories import in_touch
from tests.server.studio import SIX_PM, after, open_studio
from tests.server.test_api_reservations import DAY, program_of
from tests.server.test_inbox_services import alice_disputed


def test_what_waits_is_told_in_words_and_settled_with_a_reason(database: Database) -> None:
    studio = open_studio()
    _, pass_ = alice_disputed(studio)
    with program_of(studio) as app:
        told = app.at(after(10)).get("/api/inbox")
        (item,) = told["items"]
        assert (item["kind"], item["who"], item["where"]) == ("dispute", "Alice Ackerman", "Front door")
        assert item["at"] == "2026-11-21T16:50:00Z"
        assert "while suspended" in item["title"]
        assert [offer["way"] for offer in item["offers"]] == ["let-stand", "undo"]
        address = f"/api/inbox/dispute/{item['key']}/settle"
        assert app.post(address, 422)["error"]["code"] == "field.missing"
        done = app.post(address, because="It was somebody else", way="undo")
        assert (done["way"], done["because"], done["byName"]) == ("undo", "It was somebody else", "App")
        assert app.at(after(20)).post(address, because="Another reason") == done
        told = app.get("/api/inbox")
        assert (told["items"], told["settled"]) == ([], [done])
    assert (live_visits(), studio.punches_left(pass_)) == ([], 10)


@pytest.mark.parametrize("language, word", [("en", "suspended"), ("de-AT", "trotz Sperre")])
def test_it_is_told_in_the_language_asked_for(sqlite_database: Database, language: str, word: str) -> None:
    studio = open_studio()
    alice_disputed(studio)
    with program_of(studio) as app:
        told = app.at(after(10)).ask("GET", "/api/inbox", headers={"Accept-Language": language})
        assert word in told["items"][0]["title"]


def test_an_instant_inside_a_sentence_is_on_the_venues_clock(sqlite_database: Database) -> None:
    studio = open_studio()
    in_touch(kiosk_of(studio), SIX_PM)
    with program_of(studio) as app:
        (item,) = app.at(SIX_PM + DAY).get("/api/inbox")["items"]
        assert item["title"] == "Front door has not been heard of since 2026-11-21 18:00."


def test_another_studios_items_are_not_there(database: Database) -> None:
    studio, other = open_studio(), open_studio("Clay")
    alice_disputed(studio)
    with program_of(studio) as ours, program_of(other) as theirs:
        (item,) = ours.at(after(10)).get("/api/inbox")["items"]
        assert theirs.at(after(10)).get("/api/inbox")["items"] == []
        address = f"/api/inbox/dispute/{item['key']}/settle"
        assert theirs.post(address, 404, because="Mine")["error"]["code"] == "inbox.not_found"
        assert theirs.post("/api/inbox/nonsense/x/settle", 422, because="Mine")["error"]["code"]


def test_a_token_of_an_instructor_sees_nothing_and_a_front_desk_retires_no_kiosk(database: Database) -> None:
    studio = open_studio()
    alice_disputed(studio)
    with program_of(studio, Role.INSTRUCTOR) as app:
        assert app.at(after(10)).get("/api/inbox", 403)["error"]["code"] == "staff.may_not"
    with reading():
        kiosk = DeviceRow.get()
    with program_of(studio) as app:
        items = app.at(after(10)).get("/api/inbox")["items"]
        assert all(offer["mayChoose"] for item in items for offer in item["offers"])
        address = f"/api/inbox/dispute/{items[0]['key']}/settle"
        assert app.post(address, 404, because="No", way="stop-waiting")["error"]["code"] == "inbox.no_such_way"
    with reading():
        assert DeviceRow.get_by_id(kiosk.id).retired_at is None
