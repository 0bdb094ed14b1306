"""What a machine that watches the studio is told: right numbers, no names, its own organization only, cheaply."""

import json
from collections.abc import Iterator
from datetime import timedelta

import pytest
from fastapi.testclient import TestClient
from peewee import Database
from prometheus_client.parser import text_string_to_metric_families

from core.events import EventKind
from core.health import HealthWord
from core.model import Method
from core.model import ReservationStatus as S
from core.policy import Policy
from server.api.app import make_app
from server.scheduler import TIMETABLE
from server.services.fleet.policies import change_policy
from server.services.hooks.calling import make_calls
from server.services.night import runs
from server.services.people.rights import Role
from server.store.database import writing
from server.store.tables import DeviceRow
from tests.server.studio import SIX_PM, VAULT, Studio, open_studio
from tests.server.test_api_reservations import Program, program_of
from tests.server.test_reports import MONDAY, place, suspension, visit
from tests.server.test_reserving_a_place import mira
from tests.server.test_webhooks import happens, registered

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
NIGHT = SIX_PM + 11 * HOUR


def told(app: Program) -> dict[tuple[str, ...], float]:
    """By name and labels' values, the organization left out."""
    answer = app.client.get("/metrics", headers={"Authorization": f"Bearer {app.token}"})
    assert answer.status_code == 200, answer.text
    assert answer.headers["content-type"].startswith("text/plain; version=0.0.4")
    return dict(samples(answer.text))


def samples(text: str) -> Iterator[tuple[tuple[str, ...], float]]:
    for family in text_string_to_metric_families(text):
        for sample in family.samples:
            labels = [value for name, value in sorted(sample.labels.items()) if name != "organization"]
            yield (sample.name, *labels), sample.value


def test_the_numbers_are_those_of_the_rows(database: Database) -> None:
    studio, other = open_studio(), open_studio("Clay")
    session = studio.session(SIX_PM - 2 * HOUR)
    for status in (S.ATTENDED, S.NO_SHOW, S.CANCELLED, S.ATTENDED):
        place(studio, session, status)
    suspension(studio, studio.member("Dan"), SIX_PM - HOUR)
    suspension(studio, studio.member("Eve"), SIX_PM - DAY)
    suspension(other, other.member("Fay"), SIX_PM - HOUR)
    registered(studio, at=SIX_PM - HOUR)
    happens(studio, EventKind.NO_SHOW, SIX_PM - 2 * DAY)
    happens(studio, EventKind.RESERVED, SIX_PM - HOUR)
    happens(other, EventKind.RESERVED, SIX_PM)
    make_calls(SIX_PM - 10 * timedelta(seconds=1))
    kiosk = studio.kiosk()
    health = {HealthWord.PAINTED_P50: "40", HealthWord.PAINTED_P95: "950", HealthWord.ANSWER_P95: "1"}
    with writing():
        heard = {"health": json.dumps(health), "last_heard_at": SIX_PM, "max_seq": 9, "have_upto": 7}
        DeviceRow.update(**heard).where(DeviceRow.id == kiosk).execute()
    with program_of(studio, Role.OWNER) as app:
        found = told(app.at(SIX_PM))
        app.get("/api/nothing", 404)
        assert told(app.at(SIX_PM + HOUR))["tessera_http_answers_total", "4xx"] == 1
    assert found["tessera_news_24h", "reservation.created"] == 1
    assert ("tessera_news_24h", "reservation.no_show") not in found
    assert found["tessera_suspensions_24h",] == 1
    assert found["tessera_rate_28d", "no_show"] == pytest.approx(1 / 3)
    assert found["tessera_rate_28d", "cancelled"] == 0.25
    assert found["tessera_kiosk_in_touch", kiosk, studio.venue] == 1
    assert found["tessera_kiosk_unsent", kiosk, studio.venue] == 2
    assert found["tessera_door_answer_seconds", kiosk, "0.5", studio.venue] == 0.04
    assert found["tessera_door_answer_seconds", kiosk, "0.95", studio.venue] == 0.95
    assert (found["tessera_outbox_waiting", "webhooks"], found["tessera_outbox_waiting", "letters"]) == (1, 0)
    assert found["tessera_outbox_oldest_seconds", "webhooks"] == 10
    assert found["tessera_webhooks_paused",] == 0


def test_what_a_studio_is_to_track_is_told_by_machine_too(database: Database) -> None:
    """Every metric of the reservation document, counted by hand: advance time, rates by class type, who checks in,
    popular times, passes, suspensions, what the policy changed, who comes again. No name is among them."""
    studio, other = open_studio(), open_studio("Clay")
    monday = studio.session(MONDAY)
    for status in (S.ATTENDED, S.NO_SHOW, S.CANCELLED, S.ATTENDED):
        place(studio, monday, status, ahead=2 * DAY)
    visit(studio, monday, kiosk=studio.kiosk())
    visit(studio, monday, Method.STAFF)
    used = studio.punch_pass(studio.member(), 2, valid_until=MONDAY + DAY)
    visit(studio, monday, Method.STAFF, pass_=used)
    dan, eve = place(studio, monday, S.NO_SHOW, ahead=2 * DAY), studio.member("Eve")
    suspension(studio, dan, MONDAY)
    for member in (dan, eve):
        suspension(studio, member, SIX_PM - 90 * DAY)
    visit(studio, studio.session(SIX_PM - 70 * DAY), member=eve)
    made = change_policy(studio.organization, Policy(no_show_takes_punch=True), mira(studio), MONDAY - DAY)
    before = studio.session(MONDAY - 2 * DAY)
    for status in (S.NO_SHOW, S.NO_SHOW, S.NO_SHOW, S.ATTENDED):
        place(studio, before, status, ahead=2 * DAY)
    place(studio, studio.session(MONDAY, class_type=studio.glazing), S.ATTENDED, ahead=2 * DAY)
    place(other, other.session(MONDAY), S.NO_SHOW)
    with program_of(studio, Role.OWNER) as app:
        found = told(app.at(SIX_PM))
    assert found["tessera_places_made_28d",] == 10
    assert found["tessera_advance_seconds_28d",] == 2 * 86400
    assert found["tessera_class_rate_28d", studio.wheel, "no_show"] == pytest.approx(5 / 8)
    assert found["tessera_class_rate_28d", studio.wheel, "cancelled"] == pytest.approx(1 / 9)
    assert found["tessera_class_rate_28d", studio.glazing, "no_show"] == 0
    assert (found["tessera_check_ins_28d", "SELF", "KIOSK"], found["tessera_check_ins_28d", "STAFF", "ELSEWHERE"]) == (
        1,
        2,
    )
    assert found["tessera_popular_visits_28d", "18", "1"] == 3
    assert found["tessera_pass_sessions_used_28d",] == 1
    assert found["tessera_pass_expiry_rate_28d",] == 1
    assert found["tessera_suspension_rate_28d",] == pytest.approx(1 / 13)
    assert found["tessera_no_show_reduction", str(made.version)] == pytest.approx((3 / 4 - 2 / 5) / (3 / 4))
    assert found["tessera_retention_rate",] == 0.5
    with program_of(other, Role.OWNER) as app:
        theirs = told(app.at(SIX_PM))
    assert theirs["tessera_class_rate_28d", other.wheel, "no_show"] == 1
    assert not [labels for labels in theirs if labels[0] == "tessera_retention_rate"]


def test_how_old_the_nights_are_and_which_fails(database: Database) -> None:
    studio = open_studio()
    (venue,) = runs.night_venues()
    for job in TIMETABLE:
        lease = runs.claim(job.name, venue, SIX_PM.date(), "me", NIGHT)
        assert lease is not None
        if job.name == "suspend":
            runs.fail(lease, "the disk", NIGHT)
        else:
            runs.finish(lease, "done", NIGHT)
    with program_of(studio, Role.OWNER) as app:
        found = told(app.at(NIGHT + HOUR))
    assert found["tessera_night_age_seconds", "lift", studio.venue] == 3600
    assert found["tessera_night_done_timestamp_seconds", "lift", studio.venue] == NIGHT.timestamp()
    assert ("tessera_night_age_seconds", "suspend", studio.venue) not in found
    failing = {labels[1]: value for labels, value in found.items() if labels[0] == "tessera_night_failing"}
    assert failing == {job.name: float(job.name == "suspend") for job in TIMETABLE}


def test_only_an_owners_token_and_its_own_organization_only(sqlite_database: Database) -> None:
    studio, other = open_studio(), open_studio("Clay")
    with program_of(studio, Role.MANAGER) as app:
        app.get("/metrics", 403)
    with program_of(other, Role.OWNER) as theirs, program_of(studio, Role.OWNER) as ours:
        text = ours.client.get("/metrics", headers={"Authorization": f"Bearer {ours.token}"}).text
        assert studio.organization in text and other.organization not in text
        assert theirs.client.get("/metrics").status_code == 401
    assert "Kiln" not in text and "Mira" not in text


def test_asked_often_the_database_is_asked_once_in_fifteen_seconds(sqlite_database: Database) -> None:
    studio = open_studio()
    with program_of(studio, Role.OWNER) as app:
        assert told(app.at(SIX_PM)).get(("tessera_news_24h", "member.suspended")) is None
        happens(studio, EventKind.SUSPENDED, SIX_PM)
        assert ("tessera_news_24h", "member.suspended") not in told(app.at(SIX_PM + timedelta(seconds=14)))
        assert told(app.at(SIX_PM + timedelta(seconds=15)))["tessera_news_24h", "member.suspended"] == 1


def test_two_apps_of_one_process_count_for_themselves(sqlite_database: Database) -> None:
    studio = open_studio()
    with program_of(studio, Role.OWNER) as app:
        app.get("/api/nothing", 404)
        other = TestClient(make_app(now=lambda: SIX_PM, vault=VAULT))
        text = other.get("/metrics", headers={"Authorization": f"Bearer {app.token}"}).text
        assert dict(samples(text))["tessera_http_answers_total", "4xx"] == 0


def test_a_kiosk_may_say_anything(sqlite_database: Database) -> None:
    studio: Studio = open_studio()
    kiosk = studio.kiosk()
    with writing():
        nonsense = json.dumps({HealthWord.ANSWER_P50: "soon", HealthWord.ANSWER_P95: "9" * 400})
        DeviceRow.update(health=nonsense).where(DeviceRow.id == kiosk).execute()
    with program_of(studio, Role.OWNER) as app:
        found = told(app.at(SIX_PM))
    assert not [labels for labels in found if labels[0] == "tessera_door_answer_seconds"]
    assert found["tessera_kiosk_in_touch", kiosk, studio.venue] == 0
