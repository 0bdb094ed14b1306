"""What became of a place can be read: by staff with who and why, by its member without what staff noted."""

import pytest
from peewee import Database

from core.errors import Forbidden, NotFound
from core.model import Method
from core.model import ReservationStatus as S
from server.jobs import no_shows
from server.services.penalties.no_shows import excuse
from server.services.people.rights import member_asking
from server.services.reserving.cancel import cancel
from server.services.reserving.steps import steps_of
from server.store.database import reading
from server.store.tables import NoShowRow
from tests.server.amnesty_evening import DAY, ONE_AM, an_evening
from tests.server.studio import after, open_studio
from tests.server.test_api_reservations import program_of
from tests.server.test_reserving_a_place import mira


def test_every_step_says_who_and_why_and_alice_reads_it_without_what_staff_noted(database: Database) -> None:
    evening = an_evening()
    studio, alice = evening.studio, member_asking(evening.studio.organization, evening.alice, "Alice")
    tomorrow = studio.reservation(evening.alice, studio.session(after(60 * 24)), evening.pass_)
    cancel(studio.organization, tomorrow, alice, after(1), because="I am ill")
    no_shows.run(evening.work(ONE_AM))
    with reading():
        (absence,) = NoShowRow.select()
    excuse(studio.organization, absence.id, "She rang, and sounded awful", mira(studio), ONE_AM + DAY)

    with program_of(studio) as app:
        told = app.at(ONE_AM + DAY).get(f"/api/reservations/{evening.reservation}/history")
        words = app.ask("GET", f"/api/reservations/{evening.reservation}/history", headers={"Accept-Language": "de"})[
            "steps"
        ]
        app.get("/api/reservations/nobody/history", 404)
    assert told["reservationId"] == evening.reservation
    steps = told["steps"]
    assert [(step["step"], step["fromStatus"], step["toStatus"], step["by"]) for step in steps] == [
        (1, None, "PENDING", "AUTO"),
        (2, "PENDING", "NO_SHOW", "AUTO"),
        (3, "NO_SHOW", "NO_SHOW", "STAFF"),
    ]
    assert [step["said"] for step in steps[1:]] == ["Did not come", "Excused"]
    assert words[2]["said"] == "Entschuldigt"
    assert (steps[2]["because"], steps[2]["staffId"]) == ("She rang, and sounded awful", studio.staff)
    assert steps[2]["at"] == "2026-11-23T00:00:00Z"

    hers = steps_of(studio.organization, evening.reservation, alice)
    assert [(step.before, step.after, step.by) for step in hers] == [
        (None, S.PENDING, Method.AUTO),
        (S.PENDING, S.NO_SHOW, Method.AUTO),
        (S.NO_SHOW, S.NO_SHOW, Method.STAFF),
    ]
    assert {(step.because, step.staff_id) for step in hers} == {("", None)}
    given_up = steps_of(studio.organization, tomorrow, alice)[-1]
    assert (given_up.action, given_up.by, given_up.because) == ("CANCELLED", Method.SELF, "I am ill")


def test_another_members_and_another_studios_places_are_not_there(database: Database) -> None:
    evening, other = an_evening(), open_studio("Clay")
    studio = evening.studio
    bob = member_asking(studio.organization, studio.member("Bob"), "Bob")
    with pytest.raises(NotFound):
        steps_of(studio.organization, evening.reservation, bob)
    with pytest.raises(NotFound):
        steps_of(other.organization, evening.reservation, mira(other))
    with pytest.raises(Forbidden):
        steps_of(studio.organization, evening.reservation, mira(other))
