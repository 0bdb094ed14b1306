"""Punches, reservation and the night's work agree with whether a visit is live, however often and in whatever order."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import timedelta

import pytest
from peewee import Database, IntegrityError

from core.decisions import Admitted, Refused
from core.errors import Conflict, Forbidden, Invalid, NotFound
from core.model import ReservationStatus
from core.refusals import RefusalReason
from server.services.door import ledger
from server.services.door.at_the_desk import AtTheDesk, check_in, undo
from server.services.door.history import ALLOWED, move
from server.services.door.ledger import Line, PunchKind
from server.services.door.settling import settle
from server.services.door.undoing import undo_no_show
from server.services.door.welcoming import Welcome, welcome
from server.store.database import reading, writing
from server.store.ids import new_id
from server.store.tables import (
    AttemptRow,
    ChangeRow,
    NoShowRow,
    PunchRow,
    ReservationHistoryRow,
    ReservationRow,
    SuspensionRow,
    VisitRow,
)
from tests.server.door_stories import live_visits
from tests.server.studio import HOUSE, SIX_PM, Studio, after, before, open_studio

S = ReservationStatus


@dataclass(kw_only=True)
class Evening:
    """Alice has eight punches, and a place at six."""

    studio: Studio
    alice: str
    pass_: str
    session: str
    reservation: str

    def wish(self, **changes: object) -> AtTheDesk:
        wish = AtTheDesk(
            venue_id=self.studio.venue, member_id=self.alice, session_id=self.session, staff_id=self.studio.staff
        )
        return replace(wish, **changes)  # type: ignore[arg-type]

    def punches(self) -> tuple[int, int]:
        return self.studio.punches_left(self.pass_), self.studio.punches_available(self.pass_)


@pytest.fixture
def evening(database: Database) -> Iterator[Evening]:
    studio = open_studio()
    alice = studio.member()
    pass_, session = studio.punch_pass(alice, 8), studio.session()
    reservation = studio.reservation(alice, session, pass_)
    yield Evening(studio=studio, alice=alice, pass_=pass_, session=session, reservation=reservation)


def test_in_out_and_in_again_costs_one_punch_in_three_lines(evening: Evening) -> None:
    studio, key = evening.studio, f"R:{evening.reservation}"
    check_in(studio.organization, evening.wish(), before(10))
    undo(studio.organization, key, studio.staff, "wrong Alice", before(5))
    assert (evening.punches(), studio.status(evening.reservation)) == ((8, 7), S.PENDING)
    undo(studio.organization, key, studio.staff, "wrong Alice", before(4))
    check_in(studio.organization, evening.wish(), before(3))
    assert (evening.punches(), studio.status(evening.reservation)) == ((7, 7), S.CHECKED_IN)
    with reading():
        lines = PunchRow.select().where(PunchRow.visit_key == key).order_by(PunchRow.id)
        assert [(line.key, line.delta) for line in lines] == [(f"{key}#1", -1), (f"{key}#2", 1), (f"{key}#3", -1)]


def test_settling_again_changes_nothing(evening: Evening) -> None:
    check_in(evening.studio.organization, evening.wish(), before(10))
    with reading():
        as_it_was = (PunchRow.select().count(), ReservationHistoryRow.select().count())
    with writing():
        settle(f"R:{evening.reservation}", after(99), HOUSE)
    with reading():
        assert (PunchRow.select().count(), ReservationHistoryRow.select().count()) == as_it_was


@pytest.mark.parametrize("status", [S.NO_SHOW, S.CANCELLED, S.AUTO_CANCELLED])
def test_whoever_came_is_checked_in_whatever_the_rows_said(evening: Evening, status: S) -> None:
    studio = evening.studio
    with writing():
        row = ReservationRow.get_by_id(evening.reservation)
        row.has_hold = False
        move(row, status, before(20), HOUSE)
    check_in(studio.organization, evening.wish(), before(10))
    with writing():
        visit = VisitRow.get()
        VisitRow.update({VisitRow.reservation: evening.reservation}).execute()
        settle(visit.id, before(9), HOUSE)
    assert studio.status(evening.reservation) is S.CHECKED_IN
    assert evening.punches() == (7, 7)


@pytest.mark.parametrize("strikes, stands", [(1, False), (2, False), (3, True)])
def test_a_suspension_stands_while_enough_strikes_do(evening: Evening, strikes: int, stands: bool) -> None:
    """So many strikes are left after one of them turned out to have been a visit. Three make a suspension."""
    studio = evening.studio
    sessions = [studio.session(SIX_PM - timedelta(days=1 + n)) for n in range(strikes)]
    places = [studio.reservation(evening.alice, session, evening.pass_) for session in sessions]
    night = after(400)
    with writing():
        for place in (*places, evening.reservation):
            row = ReservationRow.get_by_id(place)
            row.has_hold = False
            move(row, S.NO_SHOW, night, HOUSE)
            latest = NoShowRow.create(
                id=new_id(night),
                organization=studio.organization,
                member=evening.alice,
                session=row.session_id,
                reservation=place,
                noted_at=night,
            )
        SuspensionRow.create(
            id=new_id(night),
            organization=studio.organization,
            member=evening.alice,
            starts_at=night,
            ends_at=night + timedelta(days=14),
            no_show_id=latest.id,
            made_at=night,
        )
        undo_no_show(ReservationRow.get_by_id(evening.reservation), night, HOUSE)
    with reading():
        assert (SuspensionRow.get().lifted_at is None) is stands


def test_coming_after_all_undoes_what_the_night_did(evening: Evening) -> None:
    """A strike; a penalty punch; a suspension; tomorrow's place. The kiosk had let her in."""
    studio = evening.studio
    tomorrow = studio.reservation(evening.alice, studio.session(SIX_PM + timedelta(days=1)), evening.pass_)
    day_after = studio.reservation(evening.alice, studio.session(SIX_PM + timedelta(days=2)), evening.pass_)
    full = studio.session(SIX_PM + timedelta(days=2), capacity=1)
    lost_for_good = studio.reservation(evening.alice, full, evening.pass_)
    night = after(400)
    with writing():
        row = ReservationRow.get_by_id(evening.reservation)
        row.has_hold = False
        move(row, S.NO_SHOW, night, HOUSE)
        no_show = NoShowRow.create(
            id=new_id(night),
            organization=studio.organization,
            member=evening.alice,
            session=evening.session,
            reservation=evening.reservation,
            noted_at=night,
            took_punch=True,
        )
        ledger.take_penalties(studio.organization, {no_show.id: evening.pass_}, night, HOUSE)
        suspension = SuspensionRow.create(
            id=new_id(night),
            organization=studio.organization,
            member=evening.alice,
            starts_at=night,
            ends_at=night + timedelta(days=14),
            no_show_id=no_show.id,
            made_at=night,
        )
        for lost in (tomorrow, day_after, lost_for_good):
            row = ReservationRow.get_by_id(lost)
            row.has_hold = False
            if lost == tomorrow:
                row.cancelled_by_suspension = suspension.id
            else:
                row.cancelled_by_no_show = no_show.id
            move(row, S.AUTO_CANCELLED, night, HOUSE)
    bob = studio.member("Bob")
    studio.reservation(bob, full, studio.unlimited(bob))
    assert evening.punches() == (7, 7)

    wish = evening.wish(staff_id=None)
    heard_at = night + timedelta(minutes=5)
    with writing():
        AttemptRow.create(
            id="told",
            organization=studio.organization,
            venue=studio.venue,
            kind="self",
            state="LOCAL",
            record="{}",
            happened_at=before(5),
            received_at=heard_at,
        )
        word = Welcome(
            organization_id=studio.organization,
            attempt_id="told",
            visit_key=f"R:{evening.reservation}",
            member_id=evening.alice,
            session_id=evening.session,
            reservation_id=evening.reservation,
            pass_id=evening.pass_,
            method=wish.by,
        )
        welcome(word, before(5), HOUSE)
    assert studio.status(evening.reservation) is S.CHECKED_IN
    assert studio.status(tomorrow) is studio.status(day_after) is S.PENDING
    assert studio.status(lost_for_good) is S.AUTO_CANCELLED
    assert evening.punches() == (7, 5)
    with reading():
        assert NoShowRow.get().reversed_at is not None
        assert SuspensionRow.get().lifted_at is not None


def test_two_lines_with_one_key_are_one_line(evening: Evening) -> None:
    line = Line(
        organization_id=evening.studio.organization,
        pass_id=evening.pass_,
        delta=-1,
        kind=PunchKind.CORRECTION,
        key="a correction",
    )
    with writing():
        assert ledger.write(line, SIX_PM, HOUSE)
        assert not ledger.write(replace(line, delta=-5), SIX_PM, HOUSE)
    assert evening.punches() == (7, 6)
    with pytest.raises(IntegrityError), writing():
        PunchRow.insert(
            id="x",
            organization=line.organization_id,
            pass_=line.pass_id,
            delta=-1,
            kind="VISIT",
            key=line.key,
            at=SIX_PM,
        ).execute()


def test_only_allowed_steps_can_be_taken_and_each_is_written_down(evening: Evening) -> None:
    with writing():
        row = ReservationRow.get_by_id(evening.reservation)
        for after_this in set(S) - ALLOWED[S.PENDING]:
            with pytest.raises(Conflict):
                move(row, after_this, SIX_PM, HOUSE)
        move(row, S.CHECKED_IN, SIX_PM, HOUSE)
        move(row, S.ATTENDED, after(200), HOUSE)
        steps = list(ReservationHistoryRow.select().order_by(ReservationHistoryRow.step))
    assert [step.to_status for step in steps] == ["PENDING", "CHECKED_IN", "ATTENDED"]
    assert [step.step for step in steps] == [1, 2, 3]


def test_nothing_follows_a_status_but_what_a_person_could_explain() -> None:
    assert S.NO_SHOW not in ALLOWED[S.CHECKED_IN]
    assert S.NO_SHOW not in ALLOWED[S.ATTENDED]
    assert all(S.CHECKED_IN in ALLOWED[status] for status in S if status not in (S.CHECKED_IN, S.ATTENDED))


def test_the_same_wish_twice_is_one_check_in(evening: Evening) -> None:
    wish = evening.wish(staff_id=None, attempt_id="0190aaaa-0000-7000-8000-000000000001")
    assert isinstance(check_in(evening.studio.organization, wish, before(10)), Admitted)
    again = check_in(evening.studio.organization, wish, before(9))
    assert isinstance(again, Admitted)
    assert again.again_since == before(10)
    with reading():
        assert AttemptRow.select().count() == 1
    with pytest.raises(Conflict):
        check_in(evening.studio.organization, replace(wish, because="another"), before(8))
    assert evening.punches() == (7, 7)


def test_a_refused_wish_is_kept_with_its_reason(evening: Evening) -> None:
    decision = check_in(evening.studio.organization, evening.wish(staff_id=None), before(121))
    assert isinstance(decision, Refused)
    with reading():
        assert AttemptRow.get().reason == RefusalReason.TOO_EARLY.value
    assert evening.punches() == (8, 7)


def test_staff_of_another_studio_can_do_nothing_here(evening: Evening) -> None:
    loom = open_studio("Loom")
    with pytest.raises(Forbidden):
        check_in(evening.studio.organization, evening.wish(staff_id=loom.staff), before(10))
    check_in(evening.studio.organization, evening.wish(), before(10))
    with pytest.raises(NotFound):
        undo(loom.organization, f"R:{evening.reservation}", loom.staff, "mine", before(5))
    with pytest.raises(Invalid):
        undo(evening.studio.organization, f"R:{evening.reservation}", evening.studio.staff, " ", before(5))
    assert len(live_visits()) == 1


def test_a_visit_is_a_change_that_kiosks_hear_of_in_order(evening: Evening) -> None:
    check_in(evening.studio.organization, evening.wish(), before(10))
    with reading():
        versions = {row.kind: row.version for row in ChangeRow.select()}
    assert sorted(versions.values()) == [1, 2]
    undo(evening.studio.organization, f"R:{evening.reservation}", evening.studio.staff, "wrong Alice", before(5))
    with reading():
        assert sorted(row.version for row in ChangeRow.select()) == [3, 4]
        assert set(versions) == {"member", "session"}
