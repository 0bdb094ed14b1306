"""Absences that a silent kiosk holds up: staff decide them, retire the kiosk, or leave them to the night."""

from datetime import datetime, timedelta

import pytest
from peewee import Database

from core.attendance import due_at
from core.errors import Forbidden
from core.model import ReservationStatus
from core.policy import Policy
from server.scheduler import TIMETABLE
from server.services.desk.inbox import deferred
from server.services.desk.inbox.values import InboxKind, Way
from server.services.night.no_shows import judge_absences
from server.services.night.runs import claim, finish, night_venues
from server.services.night.work import NightWork
from server.services.people.rights import Role
from server.store.database import reading
from server.store.tables import DeviceRow, MemberRow, NoShowRow
from tests.server.door_stories import StoryKiosk, kiosk_of, welcomed
from tests.server.inbox_stories import A_DAY, answered, card_of, in_touch, mira, waiting
from tests.server.studio import SIX_PM, Studio, after, before, open_studio

K = InboxKind


def silent_night(studio: Studio) -> tuple[StoryKiosk, str, str]:
    """(a kiosk silent since before the session, a place nobody came for, the session). The night has met it."""
    alice, kiosk = studio.member(), kiosk_of(studio)
    session = studio.session()
    reservation = studio.reservation(alice, session, studio.punch_pass(alice))
    in_touch(kiosk, before(30), max_seq=4)
    night(studio, after(60 * 8))
    return kiosk, reservation, session


def night(studio: Studio, at: datetime) -> None:
    venue = next(venue for venue in night_venues() if venue.venue_id == studio.venue)
    run = claim(deferred.JOB, venue, at.date(), "test", at)
    assert run is not None
    work = NightWork(organization_id=studio.organization, venue_id=studio.venue, policy=Policy(), as_of=at)
    judge_absences(work)
    finish(run, "", at)


def test_the_job_is_called_as_the_timetable_calls_it() -> None:
    assert deferred.JOB in {job.name for job in TIMETABLE}


def test_absences_that_wait_for_a_silent_kiosk_are_counted_with_what_it_still_holds(database: Database) -> None:
    studio = open_studio()
    silent_night(studio)
    (item,) = waiting(studio, after(60 * 9), K.DEFERRED)
    assert (item.where, item.title.count) == ("Front door", 1)
    assert item.now is not None and (item.now.key, item.now.count) == ("desk.inbox.deferred.holds", 4)


def test_before_a_night_has_met_them_nobody_is_asked(database: Database) -> None:
    studio = open_studio()
    alice, kiosk = studio.member(), kiosk_of(studio)
    studio.reservation(alice, studio.session(), studio.punch_pass(alice))
    in_touch(kiosk, before(30))
    assert waiting(studio, after(60 * 9), K.DEFERRED) == []


def test_decided_now_it_is_a_no_show_without_penalty_and_asked_no_more(database: Database) -> None:
    studio = open_studio()
    _, reservation, _ = silent_night(studio)
    (item,) = waiting(studio, after(60 * 9), K.DEFERRED)
    settled = answered(studio, item, after(60 * 9), because="The kiosk is broken")
    assert settled.way is Way.DECIDE_NOW
    assert studio.status(reservation) is ReservationStatus.NO_SHOW
    with reading():
        noted = NoShowRow.get()
        assert (noted.is_unconfirmed, noted.is_counted, noted.took_punch) == (True, False, False)
    assert waiting(studio, after(60 * 10), K.DEFERRED) == []


def test_a_session_that_no_night_has_met_is_not_decided_along_with_it(database: Database) -> None:
    studio = open_studio()
    silent_night(studio)
    bob = studio.member("Bob")
    later = studio.reservation(bob, studio.session(after(60 * 10)), studio.punch_pass(bob))
    (item,) = waiting(studio, after(60 * 16), K.DEFERRED)
    assert item.title.count == 1
    answered(studio, item, after(60 * 16))
    assert studio.status(later) is ReservationStatus.PENDING


def test_a_visit_told_later_undoes_what_was_decided(database: Database) -> None:
    studio = open_studio()
    kiosk, reservation, session = silent_night(studio)
    (item,) = waiting(studio, after(60 * 9), K.DEFERRED)
    answered(studio, item, after(60 * 9))
    with reading():
        alice = MemberRow.get().id
    kiosk.tell(after(60 * 12), welcomed(kiosk.show(card_of(alice), before(5)), alice, session, reservation=reservation))
    assert studio.status(reservation) is ReservationStatus.CHECKED_IN


def test_a_retired_kiosk_is_waited_for_no_more_and_only_a_manager_retires(database: Database) -> None:
    studio = open_studio()
    kiosk, _, _ = silent_night(studio)
    (item,) = waiting(studio, after(60 * 9), K.DEFERRED)
    with pytest.raises(Forbidden):
        answered(studio, item, after(60 * 9), Way.STOP_WAITING, by=mira(studio, Role.FRONT_DESK))
    answered(studio, item, after(60 * 9), Way.STOP_WAITING)
    with reading():
        assert DeviceRow.get_by_id(kiosk.known.id).retired_at == after(60 * 9)
    assert waiting(studio, after(60 * 10), K.DEFERRED) == []


def test_what_was_noted_without_a_kiosks_word_is_told_once(database: Database) -> None:
    studio = open_studio()
    _, _, session = silent_night(studio)
    ended_at = SIX_PM + timedelta(hours=2)
    night(studio, due_at(ended_at, Policy()) + 3 * A_DAY)
    (item,) = waiting(studio, ended_at + 3 * A_DAY, K.DEFERRED)
    assert (item.session_id, item.title.key, item.title.count) == (session, "desk.inbox.unconfirmed", 1)
    answered(studio, item, ended_at + 3 * A_DAY)
    assert waiting(studio, ended_at + 3 * A_DAY, K.DEFERRED) == []
