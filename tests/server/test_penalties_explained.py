"""Every penalty can be explained: to Alice, to staff, and to whoever writes her letters."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from peewee import Database

from core.errors import Forbidden, NotFound
from core.penalties import AbsenceState, MayContest
from core.penalties_said import Reader, absence_said, on_the_clock, suspension_said
from server.jobs import auto_cancel, lift, no_shows
from server.jobs import suspend as suspend_job
from server.services.door.policies import policy_in_force
from server.services.fleet.policies import change_policy
from server.services.penalties.explaining import (
    absence_explained,
    absence_of_place,
    explanation,
    penalties_of,
    suspension_explained,
)
from server.services.penalties.no_shows import excuse, no_shows_of
from server.services.penalties.values import Standing
from server.services.people.rights import Role, asker_of_staff, member_asking, the_house
from server.services.people.suspensions import lift_suspension, suspend
from server.services.programs.paging import Wanted
from server.store.database import reading, writing
from server.store.tables import ReservationRow
from tests.server.amnesty_evening import DAY, ONE_AM, TAKES, Evening, S, an_evening
from tests.server.inbox_stories import mira
from tests.server.studio import A_YEAR_AGO, SIX_PM, after, open_studio

NOON = ONE_AM + timedelta(hours=11)


def night(evening: Evening, as_of: datetime = ONE_AM) -> None:
    """By the version in force, as the scheduler does it."""
    for number, job in enumerate((no_shows, auto_cancel, suspend_job, lift)):
        work = evening.work(as_of + timedelta(hours=number))
        with reading():
            policy = policy_in_force(work.organization_id, work.venue_id, work.as_of)
        job.run(replace(work, policy=policy))


def thrice_missed() -> tuple[Evening, list[str], str]:
    """(Alice's evening, the three places she did not come to in the order of time, a place ahead that she lost)."""
    evening = an_evening()
    studio, pass_ = evening.studio, evening.pass_
    earlier = [studio.reservation(evening.alice, studio.session(after(60 * -hours)), pass_) for hours in (6, 3)]
    far = studio.reservation(evening.alice, studio.session(SIX_PM + 20 * DAY), pass_)
    night(evening)
    night(evening, ONE_AM + DAY)
    return evening, [*earlier, evening.reservation], far


def test_alice_missed_three_and_reads_all_that_came_of_it(database: Database) -> None:
    evening, missed, far = thrice_missed()
    organization = evening.studio.organization
    alice, at = member_asking(organization, evening.alice, "Alice"), ONE_AM + DAY + timedelta(hours=11)
    assert evening.studio.status(far) is S.AUTO_CANCELLED
    told = penalties_of(organization, evening.alice, alice, at)
    by_place = {one.noted.reservation_id: one for one in told.absences}
    assert [by_place[place].strike for place in missed] == [1, 2, 3]
    (suspended,) = told.suspensions
    assert (suspended.standing, suspended.made_by_name) == (Standing.ACTIVE, "")
    assert suspended.rule is not None and suspended.rule.policy.version == 1
    assert {one.suspension.id for one in told.absences if one.suspension} == {suspended.suspended.id}
    first = by_place[missed[0]]
    assert [place.reservation_id for place in first.noted.places_lost] == [far]
    assert (first.noted.took_punch, first.may_contest) == (True, MayContest.YES)
    assert (first.rule.policy.version, first.rule.since) == (1, SIX_PM - 60 * DAY)
    assert absence_said(first, "en", Reader.MEMBER) == (
        "Wheel throwing on 2026-11-21 12:00 was reserved, and nobody came.",
        "It counts, as number 1 within 30 days. 3 make a suspension.",
        "It took one punch from 8 classes.",
        "The place in Wheel throwing on 2026-12-11 18:00 was taken away.",
        "It led to a suspension from 2026-11-22 03:00 until 2026-12-06 03:00.",
        "The rule is version 1, in force since 2026-09-22 19:00.",
        "3 missed sessions within 30 days suspend for 14 days.",
        "A missed session takes a punch from a punch pass.",
        "Whoever was there can say so until 2026-12-06 01:00, at the desk or in the app.",
    )
    said = suspension_said(suspended.suspended, suspended.rule, "en", Reader.MEMBER, on_the_clock(suspended.zone))
    assert said[0] == "Suspended from 2026-11-22 03:00 until 2026-12-06 03:00, since too many sessions were missed."


def test_what_was_taken_back_is_told_as_taken_back(database: Database) -> None:
    evening, missed, _ = thrice_missed()
    organization, by = evening.studio.organization, mira(evening.studio)
    with reading():
        last = absence_of_place(organization, missed[2], NOON)
    assert last is not None
    excuse(organization, last.noted.no_show_id, "She was ill", by, ONE_AM + 2 * DAY)
    told = penalties_of(organization, evening.alice, by, ONE_AM + 2 * DAY)
    excused = next(one for one in told.absences if one.noted.reservation_id == missed[2])
    assert (excused.noted.state, excused.strike, excused.noted.is_punch_back) == (AbsenceState.EXCUSED, None, True)
    assert excused.suspension is not None and excused.suspension.was_lifted_early
    assert told.suspensions[0].standing is Standing.OVER and told.suspensions[0].lifted_by_name == "Mira"


def test_the_version_that_judged_is_told_not_the_one_in_force_by_then(database: Database) -> None:
    """The place was reserved under the first, and is judged by it, although the second is in force that night."""
    evening = an_evening()
    studio = evening.studio
    with writing():
        ReservationRow.update(policy_version=1).where(ReservationRow.id == evening.reservation).execute()
    change_policy(studio.organization, replace(TAKES, strikes=1), the_house(studio.organization), SIX_PM)
    night(evening)
    with reading():
        told = absence_explained(studio.organization, evening.absence().id, NOON)
    assert (told.rule.policy.version, told.rule.policy.strikes) == (1, 3)


def test_a_studio_that_never_changed_a_number_goes_by_those_it_began_with(database: Database) -> None:
    studio = open_studio()
    evening = Evening(studio=studio, alice=studio.member(), pass_="", reservation="", kiosk=None)  # type: ignore[arg-type]
    evening.pass_ = studio.punch_pass(evening.alice)
    evening.reservation = studio.reservation(evening.alice, studio.session(), evening.pass_)
    night(evening)
    with reading():
        told = absence_of_place(studio.organization, evening.reservation, NOON)
    assert told is not None
    assert (told.rule.policy.version, told.rule.since, told.noted.took_punch) == (0, A_YEAR_AGO, False)


def test_a_suspension_by_staff_is_told_with_their_reason_and_their_names(database: Database) -> None:
    studio = open_studio()
    alice, by = studio.member(), mira(studio)
    id_ = suspend(studio.organization, alice, SIX_PM + 7 * DAY, "broke the kiln", by, SIX_PM)
    lift_suspension(studio.organization, id_, "it was the cat", by, SIX_PM + DAY)
    with reading():
        seen = suspension_explained(studio.organization, id_, SIX_PM + 2 * DAY)
    assert (seen.made_by_name, seen.lifted_by_name, seen.rule, seen.standing) == ("Mira", "Mira", None, Standing.OVER)
    assert suspension_said(seen.suspended, seen.rule, "en", Reader.STAFF, on_the_clock(seen.zone)) == (
        "Suspended from 2026-11-21 18:00 until 2026-11-28 18:00: broke the kiln",
        "It was lifted on 2026-11-22 18:00: it was the cat",
    )


def test_what_is_explained_to_whom(database: Database) -> None:
    evening = an_evening()
    night(evening)
    studio, id_ = evening.studio, evening.absence().id
    bob = member_asking(studio.organization, studio.member("Bob"), "Bob")
    other = open_studio("Clay")
    with reading():
        theirs = asker_of_staff(other.organization, other.staff)
    for organization, by in ((studio.organization, bob), (other.organization, theirs)):
        with pytest.raises(NotFound, match=r"no_show\.not_found"):
            explanation(organization, id_, by, NOON)
        with pytest.raises(NotFound, match=r"member\.not_found"):
            penalties_of(organization, evening.alice, by, NOON)
    with pytest.raises(NotFound, match=r"member\.not_found"):
        no_shows_of(other.organization, evening.alice, theirs, Wanted())
    with pytest.raises(Forbidden):
        explanation(studio.organization, id_, mira(studio, Role.INSTRUCTOR), NOON)
    own = member_asking(studio.organization, evening.alice, "Alice")
    assert explanation(studio.organization, id_, own, NOON).noted.no_show_id == id_
    (seen,) = no_shows_of(studio.organization, evening.alice, mira(studio), Wanted()).found
    assert seen.noted.no_show_id == id_
    with reading():
        assert absence_of_place(studio.organization, "nothing", NOON) is None
