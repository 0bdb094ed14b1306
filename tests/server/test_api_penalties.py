"""Penalties over HTTP: a till looks after absences and suspensions, and Alice's app says that she was there."""

from dataclasses import replace
from datetime import timedelta

import pytest
from peewee import Database

from server.services.people.api_tokens import NewToken, make_member_token
from server.services.people.rights import Role, asker_of_staff
from server.store.database import reading
from tests.server.amnesty_evening import DAY, ONE_AM, Evening, S, an_evening
from tests.server.studio import SIX_PM, Studio, open_studio
from tests.server.test_api_reservations import Program, program_of

NOON = ONE_AM + timedelta(hours=11)


@pytest.fixture
def evening(database: Database) -> Evening:
    made = an_evening()
    made.night()
    return made


def app_of(evening: Evening, till: Program) -> Program:
    """Alice's own app, at the same server."""
    studio = evening.studio
    with reading():
        mira = asker_of_staff(studio.organization, studio.staff)
    made = make_member_token(studio.organization, evening.alice, NewToken(name="Alice's app"), mira, NOON)
    return replace(till, token=made.secret)


def code(answer: dict[str, dict[str, str]]) -> str:
    return answer["error"]["code"]


def test_alice_says_she_was_there_and_the_till_reads_and_answers_it(evening: Evening) -> None:
    with program_of(evening.studio) as till:
        alice = app_of(evening, till.at(NOON))
        (seen,) = till.get("/api/no-shows", date="2026-11-21")["noShows"]
        assert (seen["state"], seen["memberName"], seen["tookPunch"]) == ("STANDS", "Alice Ackerman", True)
        address = f"/api/no-shows/{seen['id']}"
        told = alice.get(f"{address}/explanation")
        assert (told["strike"], told["mayContest"], told["contestEndsAt"]) == (1, "YES", "2026-12-06T00:00:00Z")
        assert told["sentences"][0] == "Wheel throwing on 2026-11-21 18:00 was reserved, and nobody came."
        german = alice.ask("GET", f"{address}/explanation", headers={"Accept-Language": "de"})["sentences"][0]
        assert german == "Wheel throwing am 2026-11-21 18:00 war reserviert, und niemand kam."
        asked = alice.post(f"{address}/contest", words="I was there")
        assert (asked["noShow"]["state"], asked["noShow"]["contest"]["words"]) == ("CONTESTED", "I was there")
        assert alice.post(f"{address}/contest", words="Really")["noShow"]["contest"] == asked["noShow"]["contest"]
        (item,) = [one for one in till.get("/api/inbox")["items"] if one["kind"] == "contest"]
        assert item["title"] == (
            "Alice Ackerman was noted as missing from Wheel throwing (2026-11-21 18:00), and says they were there."
        )
        assert [offer["way"] for offer in item["offers"]] == ["were-there", "excuse", "let-stand"]
        settled = till.post(f"/api/inbox/contest/{item['key']}/settle", because="Nobody saw them", way="let-stand")
        assert settled["because"] == "Nobody saw them"
        penalties = alice.get(f"/api/members/{evening.alice}/penalties")
        assert penalties["absences"][0]["sentences"][-1] == "It was contested, and it stands: Nobody saw them"
        assert code(alice.post(f"{address}/contest", 409, words="But I was")) == "contest.answered"
        excused = till.post(f"{address}/excuse", because="Let us be kind")
        assert (excused["state"], excused["isPunchBack"]) == ("EXCUSED", True)
        assert alice.get(f"{address}/explanation")["noShow"]["excusedBecause"] == ""
        assert till.get("/api/no-shows", memberId=evening.alice)["noShows"] == [excused]
        assert code(till.get("/api/no-shows", 422)) == "no_shows.date_or_member"
        assert code(till.get("/api/no-shows", 422, date="2026-11-21", memberId=evening.alice)) == (
            "no_shows.date_or_member"
        )


def test_a_till_suspends_lists_and_lifts(database: Database) -> None:
    studio = open_studio()
    alice = studio.member()
    with program_of(studio) as till:
        till.at(NOON)
        wanted = {"memberId": alice, "endsAt": "2026-12-24T12:00:00+01:00", "because": "broke the kiln"}
        made = till.post("/api/suspensions", 201, **wanted)
        assert (made["standing"], made["memberName"], made["madeByName"]) == ("ACTIVE", "Alice Ackerman", "Mira")
        assert made["sentences"] == ["Suspended from 2026-11-22 12:00 until 2026-12-24 12:00: broke the kiln"]
        assert till.post("/api/suspensions", 201, **wanted)["id"] == made["id"]
        later = till.post("/api/suspensions", 201, **wanted | {"startsAt": "2026-12-01T00:00:00Z"})
        assert later["standing"] == "TO_COME"
        assert code(till.post("/api/suspensions", 422, **wanted | {"startsAt": "2026-11-01T00:00:00Z"})) == (
            "suspension.begins_in_the_past"
        )
        assert code(till.post("/api/suspensions", 404, **wanted | {"memberId": "nobody"})) == "member.not_found"
        assert till.get("/api/suspensions", standing="ACTIVE") == {"suspensions": [made], "next": None}
        part = till.get("/api/suspensions", limit=1)
        rest = till.get("/api/suspensions", limit=1, cursor=part["next"])
        assert {one["id"] for one in part["suspensions"] + rest["suspensions"]} == {made["id"], later["id"]}
        lifted = till.at(NOON + DAY).post(f"/api/suspensions/{made['id']}/lift", because="it was the cat")
        assert (lifted["standing"], lifted["liftedByName"], lifted["liftedBecause"]) == (
            "OVER",
            "Mira",
            "it was the cat",
        )
        again = till.post(f"/api/suspensions/{made['id']}/lift", 409, because="it was the cat")
        assert code(again) == "suspension.is_over"
        assert len(till.get(f"/api/members/{alice}/penalties")["suspensions"]) == 2


def test_a_till_gives_back_a_place_or_is_told_why_not(database: Database) -> None:
    evening = an_evening()
    studio = evening.studio
    session = studio.session(SIX_PM + 7 * DAY, capacity=1)
    place = studio.reservation(evening.alice, session, evening.pass_)
    evening.night()
    evening.night(ONE_AM + DAY)
    with program_of(studio) as till:
        till.at(NOON + DAY)
        address = f"/api/reservations/{place}/restore"
        restored = till.post(address, because="She called")
        assert (restored["status"], restored["hasHold"]) == ("PENDING", True)
        assert till.post(address, because="She called") == restored
        wrong = till.post(f"/api/reservations/{evening.reservation}/restore", 409, because="She called")
        assert code(wrong) == "reservation.not_taken_away"
        other = studio.reservation(evening.alice, studio.session(SIX_PM + 6 * DAY), evening.pass_)
        till.post("/api/suspensions", 201, memberId=evening.alice, endsAt="2026-11-30T00:00:00Z", because="kiln")
        assert studio.status(other) is S.AUTO_CANCELLED
        refused = till.post(f"/api/reservations/{other}/restore", 409, because="She called")["refusal"]
        assert (refused["reason"], refused["until"]) == ("SUSPENDED", "2026-11-30T00:00:00Z")


def test_another_studio_finds_nothing_and_an_instructor_may_not(evening: Evening) -> None:
    other: Studio = open_studio("Clay")
    absence, post = evening.absence().id, {"because": "mine"}
    with program_of(other) as theirs, program_of(evening.studio, Role.INSTRUCTOR) as teacher:
        for app, status in ((theirs.at(NOON), 404), (teacher.at(NOON), 403)):
            app.get(f"/api/no-shows/{absence}/explanation", status)
            app.get(f"/api/members/{evening.alice}/penalties", status)
            app.post(f"/api/no-shows/{absence}/excuse", status, **post)
            app.post(f"/api/no-shows/{absence}/contest", status, words="mine")
            app.post(f"/api/reservations/{evening.reservation}/restore", status, **post)
        assert theirs.get("/api/no-shows", date="2026-11-21") == {"noShows": [], "next": None}
        teacher.get("/api/suspensions", 403)
