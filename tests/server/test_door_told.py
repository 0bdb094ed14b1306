"""A kiosk tells what happened while it was away; the screen wins, and nothing told is lost."""

from dataclasses import replace
from datetime import timedelta

import pytest
from peewee import Database, OperationalError

from core.cards import CardCode
from core.decisions import Admitted, Refused
from core.model import ReservationStatus
from core.protocol import AttemptState, Effect, Outcome
from core.refusals import RefusalReason
from server.services.door.hearing import held_beyond
from server.services.door.history import move
from server.services.door.vault import CodeVault
from server.store.database import reading, writing
from server.store.tables import AttemptRow, DeviceRow, QuarantineRow, ReservationRow, SuspensionRow, VisitRow
from tests.server.door_stories import kiosk_of, live_visits, refused, undoing, welcomed
from tests.server.studio import HOUSE, SIX_PM, after, before, open_studio


def test_a_welcome_while_away_is_a_visit_at_the_time_it_happened(database: Database) -> None:
    studio = open_studio()
    alice = studio.member()
    card, pass_, session = studio.card(alice), studio.punch_pass(alice, 8), studio.session()
    reservation = studio.reservation(alice, session, pass_)
    kiosk = kiosk_of(studio)
    shown = welcomed(kiosk.show(card, before(10)), alice, session, reservation=reservation, pass_=pass_)
    wrong_clock = replace(shown, t_wall=0)
    told, have_upto = kiosk.tell(after(600), wrong_clock)
    assert (told[0].effect, have_upto) == (Effect.APPLIED, 1)
    visit = live_visits()[0]
    assert (visit.first_at, visit.is_offline_walk_in) == (before(10), False)
    assert studio.status(reservation) is ReservationStatus.CHECKED_IN
    assert (studio.punches_left(pass_), studio.punches_available(pass_)) == (7, 7)


def test_telling_again_changes_nothing(database: Database) -> None:
    studio = open_studio()
    alice = studio.member()
    card, pass_, session = studio.card(alice), studio.punch_pass(alice), studio.session()
    kiosk = kiosk_of(studio)
    shown = welcomed(kiosk.show(card, before(10)), alice, session, pass_=pass_)
    kiosk.tell(after(5), shown)
    told, have_upto = kiosk.tell(after(6), shown)
    assert (told[0].effect, have_upto) == (Effect.DUPLICATE, 1)
    assert studio.punches_left(pass_) == 9


def test_told_as_it_was_asked_is_a_duplicate(database: Database) -> None:
    studio = open_studio()
    alice = studio.member()
    card, pass_, session = studio.card(alice), studio.punch_pass(alice), studio.session()
    kiosk = kiosk_of(studio)
    attempt = kiosk.show(card, before(10))
    kiosk.ask(attempt, before(10))
    told, have_upto = kiosk.tell(after(5), welcomed(attempt, alice, session, pass_=pass_))
    assert (told[0].effect, have_upto) == (Effect.DUPLICATE, 1)
    assert studio.punches_left(pass_) == 9


def test_a_welcome_over_the_servers_refusal_stands_and_is_disputed(database: Database) -> None:
    studio = open_studio()
    alice = studio.member()
    card, session = studio.card(alice), studio.session()
    pass_ = studio.punch_pass(alice, 1, valid_until=before(60 * 24))
    kiosk = kiosk_of(studio)
    attempt = kiosk.show(card, before(10))
    answer = kiosk.ask(attempt, before(10))
    assert isinstance(answer.decision, Refused)
    told, _ = kiosk.tell(after(5), welcomed(attempt, alice, session, pass_=pass_))
    assert (told[0].effect, told[0].reason) == (Effect.DISPUTED, RefusalReason.PASS_EXPIRED)
    assert live_visits()[0].disputed_reason == "PASS_EXPIRED"
    assert studio.punches_left(pass_) == 0


def test_a_refusal_on_the_screen_takes_the_servers_welcome_back(database: Database) -> None:
    studio = open_studio()
    alice = studio.member()
    card, pass_, session = studio.card(alice), studio.punch_pass(alice), studio.session()
    reservation = studio.reservation(alice, session, pass_)
    kiosk = kiosk_of(studio)
    attempt = kiosk.show(card, before(10))
    assert isinstance(kiosk.ask(attempt, before(10)).decision, Admitted)
    told, _ = kiosk.tell(after(5), refused(attempt, RefusalReason.MEMBER_LIST_TOO_OLD))
    assert told[0].effect is Effect.APPLIED
    assert live_visits() == []
    assert studio.status(reservation) is ReservationStatus.PENDING
    assert (studio.punches_left(pass_), studio.punches_available(pass_)) == (10, 9)


def test_after_a_crash_the_servers_decision_stands(database: Database) -> None:
    studio = open_studio()
    alice = studio.member()
    card, pass_ = studio.card(alice), studio.punch_pass(alice)
    studio.session()
    kiosk = kiosk_of(studio)
    attempt = kiosk.show(card, before(10))
    kiosk.ask(attempt, before(10))
    unknown = replace(attempt, state=AttemptState.UNKNOWN, outcome=Outcome.ABORTED, reason=RefusalReason.INTERRUPTED)
    kiosk.tell(after(5), unknown)
    assert len(live_visits()) == 1
    assert studio.punches_left(pass_) == 9


def test_a_crash_before_anybody_was_asked_is_an_interruption(database: Database) -> None:
    studio = open_studio()
    card = studio.card(studio.member())
    kiosk = kiosk_of(studio)
    told, _ = kiosk.tell(after(5), replace(kiosk.show(card, before(10)), state=AttemptState.UNKNOWN))
    assert told[0].effect is Effect.APPLIED
    with reading():
        row = AttemptRow.get()
        assert (row.outcome, row.reason) == ("ABORTED", "INTERRUPTED")


def test_somebody_suspended_whom_a_kiosk_let_in_is_in_and_disputed(database: Database) -> None:
    studio = open_studio()
    alice = studio.member()
    card, pass_, session = studio.card(alice), studio.unlimited(alice), studio.session()
    kiosk = kiosk_of(studio)
    with writing():
        SuspensionRow.create(
            id="s1", organization=studio.organization, member=alice, starts_at=before(60), ends_at=after(9999),
            made_at=before(60),
        )  # fmt: skip
    shown = welcomed(kiosk.show(card, before(10)), alice, session, pass_=pass_)
    told, _ = kiosk.tell(after(5), shown)
    assert (told[0].effect, told[0].reason) == (Effect.DISPUTED, RefusalReason.SUSPENDED)
    assert len(live_visits()) == 1


def test_what_was_disputed_depends_on_when_it_happened_not_on_when_it_is_told(database: Database) -> None:
    studio = open_studio()
    alice = studio.member()
    card, pass_, session = studio.card(alice), studio.unlimited(alice), studio.session()
    kiosk = kiosk_of(studio)
    shown = welcomed(kiosk.show(card, before(10)), alice, session, pass_=pass_)
    told, _ = kiosk.tell(SIX_PM + timedelta(hours=71), shown)
    assert (told[0].effect, told[0].reason) == (Effect.APPLIED, None)


def test_a_late_canceller_who_came_is_checked_in(database: Database) -> None:
    studio = open_studio()
    alice = studio.member()
    card, pass_, session = studio.card(alice), studio.punch_pass(alice), studio.session()
    reservation = studio.reservation(alice, session, pass_)
    with writing():
        row = ReservationRow.get_by_id(reservation)
        row.cancelled_at, row.is_late_cancel = before(30), True
        move(row, ReservationStatus.CANCELLED, before(30), HOUSE)
    kiosk = kiosk_of(studio)
    shown = welcomed(kiosk.show(card, before(10)), alice, session, reservation=reservation, pass_=pass_)
    kiosk.tell(after(5), shown)
    assert studio.status(reservation) is ReservationStatus.CHECKED_IN
    assert (studio.punches_left(pass_), studio.punches_available(pass_)) == (9, 9)


def test_a_place_taken_again_makes_way_for_the_one_the_kiosk_knew(database: Database) -> None:
    studio = open_studio()
    alice = studio.member()
    card, pass_, session = studio.card(alice), studio.punch_pass(alice), studio.session()
    first = studio.reservation(alice, session, pass_)
    with writing():
        row = ReservationRow.get_by_id(first)
        row.has_hold = False
        move(row, ReservationStatus.CANCELLED, before(30), HOUSE)
    second = studio.reservation(alice, session, pass_)
    kiosk = kiosk_of(studio)
    kiosk.tell(after(5), welcomed(kiosk.show(card, before(10)), alice, session, reservation=first, pass_=pass_))
    assert studio.status(first) is ReservationStatus.CHECKED_IN
    assert studio.status(second) is ReservationStatus.AUTO_CANCELLED
    assert (studio.punches_left(pass_), studio.punches_available(pass_)) == (9, 9)


def test_two_kiosks_of_which_one_knew_the_reservation_take_one_punch(database: Database) -> None:
    studio = open_studio()
    alice = studio.member()
    card, pass_, session = studio.card(alice), studio.punch_pass(alice), studio.session()
    reservation = studio.reservation(alice, session, pass_)
    front, back = kiosk_of(studio, "Front"), kiosk_of(studio, "Back")
    front.tell(after(5), welcomed(front.show(card, before(10)), alice, session, pass_=pass_))
    back.tell(after(6), welcomed(back.show(card, before(8)), alice, session, reservation=reservation, pass_=pass_))
    assert len(live_visits()) == 1
    assert studio.status(reservation) is ReservationStatus.CHECKED_IN
    assert (studio.punches_left(pass_), studio.punches_available(pass_)) == (9, 9)


def test_not_me_takes_back_the_punch(database: Database) -> None:
    studio = open_studio()
    alice = studio.member()
    card, pass_, session = studio.card(alice), studio.punch_pass(alice), studio.session()
    kiosk = kiosk_of(studio)
    shown = welcomed(kiosk.show(card, before(10)), alice, session, pass_=pass_)
    told, have_upto = kiosk.tell(after(5), undoing(kiosk, card, shown, before(9)), shown)
    assert ([one.effect for one in told], have_upto) == ([Effect.APPLIED, Effect.APPLIED], 2)
    assert live_visits() == []
    assert studio.punches_left(pass_) == 10
    with reading():
        visit = VisitRow.get()
        assert (visit.undone_at, visit.undone_because) == (before(9), "UNDONE_BY_MEMBER")


def test_walk_ins_past_the_last_place_are_marked(database: Database) -> None:
    studio = open_studio()
    session = studio.session(capacity=1)
    kiosk = kiosk_of(studio)
    shown = []
    for name in ("Alice", "Bob"):
        member = studio.member(name)
        card, pass_ = studio.card(member), studio.unlimited(member)
        shown.append(welcomed(kiosk.show(card, before(10)), member, session, pass_=pass_))
    told, _ = kiosk.tell(after(5), *shown)
    assert [one.reason for one in told] == [None, RefusalReason.SESSION_FULL]
    assert sorted(visit.is_over_capacity for visit in live_visits()) == [False, True]


POISON = {
    "another member's reservation": {"reservation_id": "nobody's"},
    "another member's visit": {"visit_key": "W:somebody:else"},
    "no such session": {"session_id": "nowhere"},
    "no proof": {"proof": "0" * 64},
    "another kiosk's": {"device_id": "another"},
    "another member's card": {"member_id": "somebody"},
}


@pytest.mark.parametrize("changes", POISON.values(), ids=POISON.keys())
def test_what_cannot_be_taken_in_is_kept_and_stops_nothing(database: Database, changes: dict[str, str]) -> None:
    studio = open_studio()
    alice = studio.member()
    card, pass_, session = studio.card(alice), studio.punch_pass(alice), studio.session()
    kiosk = kiosk_of(studio)
    poison = replace(welcomed(kiosk.show(card, before(11)), alice, session, pass_=pass_), **changes)
    good = welcomed(kiosk.show(card, before(10)), alice, session, pass_=pass_)
    told, have_upto = kiosk.tell(after(5), poison, good)
    assert [one.effect for one in told] == [Effect.QUARANTINED, Effect.APPLIED]
    assert have_upto == 2
    assert len(live_visits()) == 1
    kiosk.tell(after(6), poison)
    with reading():
        assert [row.attempt_id for row in QuarantineRow.select()] == [poison.attempt_id]


def test_what_is_held_behind_a_gap_is_counted_and_what_was_only_asked_is_not(database: Database) -> None:
    studio = open_studio()
    alice = studio.member()
    card, pass_, session = studio.card(alice), studio.punch_pass(alice), studio.session()
    kiosk = kiosk_of(studio)
    stuck, good, poison, asked = (kiosk.show(card, before(11 - number)) for number in range(4))
    good = welcomed(good, alice, session, pass_=pass_)
    poison = replace(welcomed(poison, alice, session, pass_=pass_), proof="")
    kiosk.ask(asked, before(8))
    _, have_upto = kiosk.tell(after(5), good, poison)
    assert have_upto == 0
    assert [held_beyond(kiosk.known, good.epoch, upto) for upto in (0, 1, 2, 3)] == [2, 2, 1, 0]
    assert held_beyond(kiosk.known, "another", 0) == 0
    assert held_beyond(kiosk_of(studio, "Side door").known, good.epoch, 0) == 0
    kiosk.tell(after(6), welcomed(stuck, alice, session, pass_=pass_))
    assert held_beyond(kiosk.known, good.epoch, 3) == 0


def test_a_session_at_another_venue_is_not_this_kiosks_to_tell(database: Database) -> None:
    studio = open_studio()
    alice = studio.member()
    card, pass_ = studio.card(alice), studio.unlimited(alice)
    elsewhere = replace(studio, venue=studio.another_venue()).session()
    kiosk = kiosk_of(studio)
    told, _ = kiosk.tell(after(5), welcomed(kiosk.show(card, before(10)), alice, elsewhere, pass_=pass_))
    assert told[0].effect is Effect.QUARANTINED


def test_a_gap_is_seen_and_closed(database: Database) -> None:
    studio = open_studio()
    card = studio.card(studio.member())
    kiosk = kiosk_of(studio)
    one, two, three = (refused(kiosk.show(card, before(n)), RefusalReason.NO_PASS) for n in (12, 11, 10))
    assert kiosk.tell(after(1), one, three)[1] == 1
    assert kiosk.tell(after(2), two)[1] == 3
    kiosk.epoch, kiosk.seq = "epoch-2", 0
    assert kiosk.tell(after(3))[1] == 0


def test_the_promise_counts_only_from_a_kiosk_that_told_everything(database: Database) -> None:
    studio = open_studio()
    card = studio.card(studio.member())
    kiosk = kiosk_of(studio)
    one, two = (refused(kiosk.show(card, before(n)), RefusalReason.NO_PASS) for n in (12, 11))
    kiosk.tell(after(1), two, nothing_unsent_before=after(1))
    assert promise(kiosk.known.id) is None
    kiosk.tell(after(2), one, nothing_unsent_before=after(500))
    assert promise(kiosk.known.id) == after(2)


def promise(device: str) -> object:
    with reading():
        return DeviceRow.get_by_id(device).nothing_unsent_before


def test_a_number_used_twice_shows_that_there_are_two_of_them(database: Database) -> None:
    studio = open_studio()
    card = studio.card(studio.member())
    kiosk = kiosk_of(studio)
    kiosk.tell(after(1), refused(kiosk.show(card, before(12)), RefusalReason.NO_PASS))
    kiosk.seq = 0
    told, _ = kiosk.tell(after(2), refused(kiosk.show(card, before(11)), RefusalReason.NO_PASS))
    assert told[0].effect is Effect.QUARANTINED
    with reading():
        assert DeviceRow.get_by_id(kiosk.known.id).forked_at == after(2)


@pytest.mark.parametrize(
    "wall, believed", [(before(20), before(20)), (before(900), before(30)), (after(900), before(8))]
)
def test_after_a_restart_the_wall_clock_is_believed_between_its_neighbours(
    database: Database, wall: object, believed: object
) -> None:
    studio = open_studio()
    card = studio.card(studio.member())
    kiosk = kiosk_of(studio)
    first = refused(kiosk.show(card, before(30)), RefusalReason.NO_PASS)
    middle = refused(kiosk.show(card, wall, boot="an earlier boot"), RefusalReason.NO_PASS)  # type: ignore[arg-type]
    last = refused(kiosk.show(card, before(8)), RefusalReason.NO_PASS)
    kiosk.tell(after(5), first, last)
    kiosk.tell(after(6), middle)
    with reading():
        row = AttemptRow.get_by_id(middle.attempt_id)
        assert (row.happened_at, row.is_time_clamped) == (believed, True)


class VaultOnAFullDisk(CodeVault):
    """The database gives out in the middle of an attempt."""

    def open(self, sealed: str) -> CardCode:
        raise OperationalError("database or disk is full")


def test_a_database_in_trouble_is_not_the_attempts_fault(database: Database) -> None:
    studio = open_studio()
    card = studio.card(studio.member())
    kiosk = kiosk_of(studio)
    attempt = refused(kiosk.show(card, before(10)), RefusalReason.NO_PASS)
    with pytest.raises(OperationalError):
        kiosk.tell(after(5), attempt, vault=VaultOnAFullDisk(bytes(32)))
    with reading():
        assert QuarantineRow.select().count() == AttemptRow.select().count() == 0
    assert kiosk.tell(after(6), attempt)[0][0].effect is Effect.APPLIED
