"""Many ask at the same moment: one gets the last place, and nobody reserves more than their punches."""

import threading
from collections.abc import Callable
from datetime import timedelta

from peewee import Database

from core.decisions import Refused
from core.refusals import RefusalReason as R
from server.services.people.rights import the_house
from server.services.reserving.reserve import Wish, reserve
from server.services.reserving.values import Reserved
from server.store.database import reading
from server.store.tables import ReservationRow
from tests.server.studio import SIX_PM, Studio, open_studio

DAY = timedelta(days=1)


def ask(studio: Studio, pass_: str, session: str) -> Reserved | Refused:
    asker = the_house(studio.organization).for_member()
    return reserve(studio.organization, Wish(session_id=session, pass_id=pass_), asker, SIX_PM - 3 * DAY)


def at_once(*acts: Callable[[], object]) -> list[object]:
    """What each returned, all started together on threads of their own; what one raised is raised here."""
    outcomes: list[object] = [None] * len(acts)
    start = threading.Barrier(len(acts))

    def run(place: int, act: Callable[[], object]) -> None:
        start.wait()
        try:
            outcomes[place] = act()
        except BaseException as trouble:
            outcomes[place] = trouble

    threads = [threading.Thread(target=run, args=pair) for pair in enumerate(acts)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    for outcome in outcomes:
        if isinstance(outcome, BaseException):
            raise outcome
    return outcomes


def test_sixty_four_members_race_for_the_last_place_and_one_gets_it(database: Database) -> None:
    studio = open_studio()
    session = studio.session(capacity=1)
    passes = [studio.punch_pass(studio.member(f"M{number}"), 1) for number in range(64)]
    outcomes = at_once(*(lambda pass_=pass_: ask(studio, pass_, session) for pass_ in passes))  # type: ignore[misc]
    refusals = [outcome.reason for outcome in outcomes if isinstance(outcome, Refused)]
    assert refusals == [R.SESSION_FULL] * 63
    with reading():
        assert ReservationRow.select().where(ReservationRow.session == session).count() == 1
    assert sum(studio.punches_available(pass_) for pass_ in passes) == 63


def test_one_member_asking_for_many_sessions_at_once_gets_no_more_than_the_punches(database: Database) -> None:
    studio = open_studio()
    pass_ = studio.punch_pass(studio.member(), 2)
    sessions = [studio.session(SIX_PM + DAY * day) for day in range(8)]
    outcomes = at_once(*(lambda session=session: ask(studio, pass_, session) for session in sessions))  # type: ignore[misc]
    assert sum(isinstance(outcome, Reserved) for outcome in outcomes) == 2
    assert (studio.punches_left(pass_), studio.punches_available(pass_)) == (2, 0)
