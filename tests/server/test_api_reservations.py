"""A members' app and a front desk talk to the API: the source documents' paths and names, noes that can be acted on."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import pytest
from fastapi.testclient import TestClient
from peewee import Database

from server.api.app import make_app
from server.services.people.api_tokens import make_api_token
from server.services.people.rights import Role, asker_of_staff, the_house
from server.services.people.suspensions import suspend
from server.store.database import reading
from server.store.tables import ReservationHistoryRow
from tests.server.studio import SIX_PM, VAULT, Studio, after, before, open_studio

DAY = timedelta(days=1)
THREE_DAYS_BEFORE = SIX_PM - 3 * DAY
A_MOMENT = timedelta(milliseconds=1)


@dataclass
class Program:
    """Another program with a token, and the hour at which it asks."""

    client: TestClient
    token: str
    clock: list[datetime]

    def at(self, moment: datetime) -> "Program":
        self.clock[0] = moment
        return self

    def ask(self, method: str, path: str, status: int = 200, **more: Any) -> Any:
        headers = {"Authorization": f"Bearer {self.token}", **more.pop("headers", {})}
        answer = self.client.request(method, path, headers=headers, **more)
        assert answer.status_code == status, (answer.status_code, answer.text)
        return answer.json()

    def get(self, path: str, status: int = 200, **params: Any) -> Any:
        return self.ask("GET", path, status, params={k.rstrip("_"): v for k, v in params.items()})

    def post(self, path: str, status: int = 200, **body: Any) -> Any:
        return self.ask("POST", path, status, json=body)


@contextmanager
def program_of(studio: Studio, role: Role = Role.FRONT_DESK) -> Iterator[Program]:
    """A token that Mira, the owner, made."""
    with reading():
        mira = asker_of_staff(studio.organization, studio.staff)
    clock = [THREE_DAYS_BEFORE]
    token = make_api_token(studio.organization, "App", mira, SIX_PM, role=role)
    with TestClient(make_app(now=lambda: clock[0], vault=VAULT)) as client:
        yield Program(client, token, clock)


def test_alice_reserves_checks_in_and_reads_it_all_back(database: Database) -> None:
    studio = open_studio()
    alice = studio.member()
    pass_, session = studio.punch_pass(alice, 8), studio.session()
    with program_of(studio) as app:
        made = app.post("/api/reservations", 201, registrationId=pass_, sessionId=session)
        assert (made["status"], made["hasHold"], made["madeBy"]) == ("PENDING", True, "SELF")
        assert (made["registrationId"], made["sessionId"], made["session"]["freePlaces"]) == (pass_, session, 7)
        place = f"/api/reservations/{made['id']}"
        early = app.at(before(121)).ask("POST", f"{place}/check-in", 409)["refusal"]
        assert (early["reason"], early["until"]) == ("TOO_EARLY", "2026-11-21T15:00:00Z")
        assert early["sentence"]
        came = app.at(before(120)).ask("POST", f"{place}/check-in")
        assert (came["takesPunch"], came["punchesBefore"], came["punchesAfter"]) == (True, 8, 7)
        again = app.at(before(60)).ask("POST", f"{place}/check-in")
        assert (again["againSince"], again["takesPunch"]) == ("2026-11-21T15:00:00Z", False)
        ledger = app.get(f"/api/registrations/{pass_}/ledger")
        assert (ledger["balance"], ledger["held"], ledger["available"]) == (7, 0, 7)
        assert [(line["kind"], line["delta"], line["balance"]) for line in ledger["punches"]] == [
            ("GRANT", 8, 8),
            ("VISIT", -1, 7),
        ]
        found = app.get(f"/api/registrations/{pass_}/reservations")
        assert [place["status"] for place in found["current"]] == ["CHECKED_IN"]
        assert (found["past"], found["future"]) == ([], [])
        assert found["current"][0]["checkInMethod"] == "SELF"
        calendar = app.get(f"/api/registrations/{pass_}/calendar")
        assert [came["session"]["id"] for came in calendar["attended"]] == [session]
        later = app.at(after(120)).get(f"/api/registrations/{pass_}/reservations")
        assert [len(later[when]) for when in ("past", "current", "future")] == [1, 0, 0]


def test_the_status_of_a_pass_says_what_it_is_worth(database: Database) -> None:
    studio = open_studio()
    alice = studio.member()
    pass_ = studio.punch_pass(alice, 8, valid_until=SIX_PM)
    with program_of(studio) as app:
        for day in (1, 2):
            body = {"registrationId": pass_, "sessionId": studio.session(SIX_PM - day * DAY)}
            app.at(SIX_PM - 5 * DAY).post("/api/reservations", 201, **body)
        status = app.get(f"/api/registrations/{pass_}/status")
        assert status["punches"] == {"included": 8, "remaining": 8, "held": 2, "available": 6}
        assert status["reservations"] == {"reserved": 2, "maxAdvanceReservations": 3}
        assert (status["passType"], status["isValid"], status["suspension"]) == ("PUNCH_PASS", True, None)
        with reading():
            mira = asker_of_staff(studio.organization, studio.staff)
        suspend(studio.organization, alice, SIX_PM, "broke the kiln", mira, SIX_PM - 4 * DAY)
        suspended = app.at(SIX_PM - A_MOMENT).get(f"/api/registrations/{pass_}/status")
        assert (suspended["isValid"], suspended["suspension"]["endsAt"]) == (True, "2026-11-21T17:00:00Z")
        over = app.at(SIX_PM).get(f"/api/registrations/{pass_}/status")
        assert (over["isValid"], over["suspension"]) == (False, None)


def test_what_can_be_reserved_is_listed_with_what_cannot_and_why(database: Database) -> None:
    studio = open_studio()
    pass_ = studio.unlimited(studio.member(), class_types=(studio.wheel,))
    free, full, mine = (studio.session(SIX_PM + timedelta(hours=hour), capacity=1) for hour in (0, 1, 2))
    studio.session(class_type=studio.glazing)
    studio.session(SIX_PM + 20 * DAY)
    bob = studio.member("Bob")
    studio.reservation(bob, full, studio.unlimited(bob))
    with program_of(studio) as app:
        app.post("/api/reservations", 201, registrationId=pass_, sessionId=mine)
        offers = app.get("/api/reservations/available", registrationId=pass_)["available"]
        assert [(o["session"]["id"], o["canReserve"], (o["refusal"] or {}).get("reason")) for o in offers] == [
            (free, True, None),
            (full, False, "SESSION_FULL"),
            (mine, False, "ALREADY_RESERVED"),
        ]
        far = app.get(
            "/api/reservations/available",
            registrationId=pass_,
            from_="2026-11-21T18:30:00+01:00",
            to="2026-11-21T19:00:01+01:00",
        )
        assert [offer["session"]["id"] for offer in far["available"]] == [full]


def test_cancelling_early_frees_the_punch_and_late_does_not(database: Database) -> None:
    studio = open_studio()
    pass_ = studio.punch_pass(studio.member(), 8)
    soon, later = studio.session(), studio.session(SIX_PM + DAY)
    with program_of(studio) as app:
        ids = [
            app.post("/api/reservations", 201, registrationId=pass_, sessionId=session)["id"]
            for session in (soon, later)
        ]
        late, early = (
            app.at(before(60)).ask("DELETE", f"/api/reservations/{id_}", params={"because": "ill"}) for id_ in ids
        )
        assert (late["keepsHold"], late["reservation"]["isLateCancel"]) == (True, True)
        assert (late["reservation"]["status"], late["reservation"]["cancelledBecause"]) == ("CANCELLED", "ill")
        assert (early["keepsHold"], early["reservation"]["isLateCancel"]) == (False, False)
        assert app.get(f"/api/registrations/{pass_}/status")["punches"]["held"] == 1
        given_up = app.get(f"/api/registrations/{pass_}/calendar")["cancelled"]
        assert [place["id"] for place in given_up] == ids


def test_a_member_who_cancels_after_the_start_reads_why_not(database: Database) -> None:
    studio = open_studio()
    alice = studio.member()
    place = studio.reservation(alice, studio.session(), studio.unlimited(alice))
    with program_of(studio) as app:
        refused = app.at(SIX_PM).ask("DELETE", f"/api/reservations/{place}", 409)
    assert refused["refusal"]["reason"] == "SESSION_STARTED"


def test_staff_check_in_all_day_in_their_own_name(database: Database) -> None:
    studio = open_studio()
    pass_, session = studio.unlimited(studio.member()), studio.session()
    with program_of(studio) as app:
        place = app.post("/api/reservations", 201, registrationId=pass_, sessionId=session)
        path = f"/api/staff/reservations/{place['id']}/check-in"
        midnight = SIX_PM.replace(hour=23) - DAY
        refusal = app.at(midnight - A_MOMENT).post(path, 409)["refusal"]
        assert refusal["reason"] == "TOO_EARLY"
        app.at(midnight).post(path, because="came to set up")
    with reading():
        step = ReservationHistoryRow.select().order_by(ReservationHistoryRow.step.desc()).get()
    assert (step.action, step.by, step.staff_id, step.cause) == ("CHECKED_IN", "STAFF", studio.staff, "came to set up")


def test_a_token_that_nobody_made_must_name_somebody_to_check_in_as_staff(database: Database) -> None:
    studio = open_studio()
    pass_, session = studio.unlimited(studio.member()), studio.session()
    with program_of(studio) as app:
        app.token = make_api_token(studio.organization, "Till", the_house(studio.organization), SIX_PM)
        place = app.post("/api/reservations", 201, registrationId=pass_, sessionId=session)
        path = f"/api/staff/reservations/{place['id']}/check-in"
        assert app.at(before(5)).post(path, 403)["error"]["code"] == "api_token.names_nobody"
        assert app.post(path, 403, staffId="nobody")["error"]["code"] == "staff.unknown"
        assert app.post(path, staffId=studio.staff)["reservationId"] == place["id"]


def test_of_many_at_once_each_has_an_outcome_of_its_own(database: Database) -> None:
    studio = open_studio()
    session, other = studio.session(), studio.session(SIX_PM + DAY)
    alice, bob, cleo = (studio.member(name) for name in ("Alice", "Bob", "Cleo"))
    here = studio.reservation(alice, session, studio.punch_pass(alice, 8))
    elsewhere = studio.reservation(alice, other, studio.unlimited(alice))
    studio.unlimited(bob)
    with program_of(studio) as app:
        outcomes = app.at(before(5)).post(
            "/api/staff/check-in",
            sessionId=session,
            reservationIds=[here, elsewhere, "nothing"],
            memberIds=[bob, cleo, bob, "nobody"],
        )["outcomes"]
    assert [_ending(outcome) for outcome in outcomes] == [
        ("in", here),
        ("error", "reservation.of_another_session"),
        ("error", "reservation.not_found"),
        ("in", None),
        ("refused", "NO_PASS"),
        ("in", None),
        ("error", "member.not_found"),
    ]
    assert outcomes[5]["checkedIn"]["againSince"] == "2026-11-21T16:55:00Z"
    assert outcomes[4]["memberId"] == cleo


def _ending(outcome: dict[str, Any]) -> tuple[str, str | None]:
    if outcome["checkedIn"]:
        return "in", outcome["checkedIn"]["reservationId"]
    if outcome["refusal"]:
        return "refused", outcome["refusal"]["reason"]
    return "error", outcome["error"]["code"]


@pytest.mark.parametrize("how_many, status", [(0, 422), (1, 200), (200, 200), (201, 422)])
def test_many_are_one_to_two_hundred(database: Database, how_many: int, status: int) -> None:
    studio = open_studio()
    session = studio.session()
    with program_of(studio) as app:
        app.post("/api/staff/check-in", status, sessionId=session, memberIds=["nobody"] * how_many)


def test_when_check_in_is_open_and_for_whom(database: Database) -> None:
    studio = open_studio()
    alice, bob = studio.member("Alice"), studio.member("Bob")
    studio.unlimited(alice)
    session = studio.session()
    path = f"/api/sessions/{session}/check-in-status"
    with program_of(studio) as app:
        closed = app.at(before(120) - A_MOMENT).get(path, memberId=alice)
        assert closed["selfCheckIn"] == {
            "opensAt": "2026-11-21T15:00:00Z",
            "closesAt": "2026-11-21T21:00:00Z",
            "isOpen": False,
        }
        assert closed["staffCheckIn"]["isOpen"] is True
        assert (closed["canSelfCheckIn"], closed["refusal"]["reason"]) == (False, "TOO_EARLY")
        opened = app.at(before(120)).get(path, memberId=alice)
        assert (opened["selfCheckIn"]["isOpen"], opened["canSelfCheckIn"], opened["refusal"]) == (True, True, None)
        assert app.get(path, memberId=bob)["refusal"]["reason"] == "NO_PASS"
        assert app.get(path)["canSelfCheckIn"] is None
        assert app.at(after(240)).get(path)["selfCheckIn"]["isOpen"] is False


def test_the_timetable_of_a_week(database: Database) -> None:
    studio = open_studio()
    here, there = studio.session(), studio.session(SIX_PM + 30 * DAY)
    with program_of(studio) as app:
        assert [s["id"] for s in app.get("/api/sessions")["sessions"]] == [here]
        both = app.get("/api/sessions", from_="2026-11-01T00:00:00Z", to="2027-01-01T00:00:00Z")["sessions"]
        assert [session["id"] for session in both] == [here, there]
        assert app.get("/api/sessions", venueId="another")["sessions"] == []
        one = both[0]
        assert (one["title"], one["room"], one["zone"]) == ("Wheel throwing", "Wheel room", "Europe/Berlin")


def test_members_are_found_by_their_words(database: Database) -> None:
    studio = open_studio()
    alice = studio.member("Alice")
    studio.member("Bob")
    with program_of(studio) as app:
        assert [m["id"] for m in app.get("/api/members", query="ali ack")["members"]] == [alice]
        assert len(app.get("/api/members")["members"]) == 2


def test_without_a_good_token_nothing_is_told(database: Database) -> None:
    studio = open_studio()
    pass_ = studio.unlimited(studio.member())
    with program_of(studio) as app:
        for headers in ({}, {"Authorization": "Bearer nonsense"}, {"Authorization": "Basic bWlyYTp4"}):
            answer = app.client.get(f"/api/registrations/{pass_}/status", headers=headers)
            assert answer.status_code == 401
            assert answer.json()["error"]["code"] == "api_token.unknown"


def test_an_instructors_token_looks_and_checks_in_but_reserves_nothing(database: Database) -> None:
    studio = open_studio()
    pass_, session = studio.unlimited(studio.member()), studio.session()
    with program_of(studio, Role.INSTRUCTOR) as app:
        app.get(f"/api/registrations/{pass_}/status")
        refused = app.post("/api/reservations", 403, registrationId=pass_, sessionId=session)
        assert refused["error"]["code"] == "staff.may_not"


def test_another_studios_token_sees_nothing(database: Database) -> None:
    kiln, loom = open_studio("Kiln"), open_studio("Loom")
    alice = kiln.member()
    pass_, session = kiln.unlimited(alice), kiln.session()
    place = kiln.reservation(alice, session, pass_)
    theirs, there = loom.unlimited(loom.member()), loom.session()
    with program_of(loom) as app:
        for path in ("status", "ledger", "calendar", "reservations"):
            assert app.get(f"/api/registrations/{pass_}/{path}", 404)["error"]["code"] == "pass.not_found"
        app.get("/api/reservations/available", 404, registrationId=pass_)
        app.get(f"/api/sessions/{session}/check-in-status", 404)
        app.get(f"/api/sessions/{there}/check-in-status", 404, memberId=alice)
        app.ask("DELETE", f"/api/reservations/{place}", 404)
        app.at(before(5)).post(f"/api/reservations/{place}/check-in", 404)
        app.post(f"/api/staff/reservations/{place}/check-in", 404)
        app.post("/api/staff/check-in", 404, sessionId=session, memberIds=[alice])
        app.post("/api/reservations", 404, registrationId=pass_, sessionId=there)
        app.post("/api/reservations", 404, registrationId=theirs, sessionId=session)
        app.post("/api/reservations", 404, memberId=alice, sessionId=there)
        assert [s["id"] for s in app.get("/api/sessions")["sessions"]] == [there]
        assert alice not in str(app.get("/api/members"))
        outcome = app.post("/api/staff/check-in", sessionId=there, memberIds=[alice], reservationIds=[place])
        assert [_ending(one)[0] for one in outcome["outcomes"]] == ["error", "error"]


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"sessionId": "x"},
        {"sessionId": 7, "registrationId": "x"},
        {"sessionId": "", "registrationId": "x"},
        {"sessionId": "x", "registrationId": "x", "force": True},
        {"session_id": "x", "registrationId": "x"},
    ],
)
def test_what_cannot_be_understood_is_said_and_nothing_is_done(sqlite_database: Database, body: dict[str, Any]) -> None:
    with program_of(open_studio()) as app:
        assert app.post("/api/reservations", 422, **body)["error"]["sentence"]


@pytest.mark.parametrize(
    "from_, to, status",
    [
        ("2026-11-01T00:00:00Z", "2027-02-02T00:00:00Z", 200),
        ("2026-11-01T00:00:00Z", "2027-02-02T00:00:01Z", 422),
        ("2026-11-01T00:00:00", "2026-11-02T00:00:00Z", 422),
        ("2026-11-02T00:00:00Z", "2026-11-02T00:00:00Z", 422),
        ("tomorrow", "2026-11-02T00:00:00Z", 422),
    ],
)
def test_a_time_has_a_zone_an_end_and_a_length(sqlite_database: Database, from_: str, to: str, status: int) -> None:
    with program_of(open_studio()) as app:
        app.get("/api/sessions", status, from_=from_, to=to)


def test_a_no_is_said_in_the_language_asked_for(sqlite_database: Database) -> None:
    studio = open_studio()
    pass_, session = studio.unlimited(studio.member()), studio.session()
    with program_of(studio) as app:
        body = {"registrationId": pass_, "sessionId": session}
        app.post("/api/reservations", 201, **body)
        said = {
            language: app.ask("POST", "/api/reservations", 409, json=body, headers={"Accept-Language": language})
            for language in ("en", "de-AT,de;q=0.9", "tlh")
        }
    assert said["en"] == said["tlh"] != said["de-AT,de;q=0.9"]
    assert {one["refusal"]["reason"] for one in said.values()} == {"ALREADY_RESERVED"}
