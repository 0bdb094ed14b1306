"""A kiosk asks; the server decides once, writes it down, and says the same again."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest
from peewee import Database

from core.cards import CardCode
from core.decisions import Admitted, Choose, Refused
from core.errors import Conflict, Forbidden, Invalid
from core.model import PassType, ReservationStatus
from core.protocol import Actor, AttemptKind
from core.refusals import RefusalReason
from server.store.database import reading
from server.store.tables import AttemptRow, QuarantineRow, ReservationHistoryRow, SupportRow, VisitRow
from tests.server.door_stories import kiosk_of, live_visits, undoing, welcomed
from tests.server.studio import SIX_PM, after, before, open_studio


def test_a_reservation_turns_its_hold_into_one_punch(database: Database) -> None:
    studio = open_studio()
    alice = studio.member()
    card, pass_, session = studio.card(alice), studio.punch_pass(alice, 8), studio.session()
    reservation = studio.reservation(alice, session, pass_)
    kiosk = kiosk_of(studio)
    assert (studio.punches_left(pass_), studio.punches_available(pass_)) == (8, 7)
    answer = kiosk.ask(kiosk.show(card, before(10)), before(10))
    assert isinstance(answer.decision, Admitted)
    assert answer.person is not None
    assert answer.person.first_name == "Alice"
    assert (studio.punches_left(pass_), studio.punches_available(pass_)) == (7, 7)
    assert studio.status(reservation) is ReservationStatus.CHECKED_IN
    assert live_visits()[0].id == f"R:{reservation}"


def test_asked_again_the_same_answer_is_given_and_nothing_is_written(database: Database) -> None:
    studio = open_studio()
    alice = studio.member()
    card, pass_ = studio.card(alice), studio.punch_pass(alice)
    studio.session()
    kiosk = kiosk_of(studio)
    attempt = kiosk.show(card, before(10))
    first = kiosk.ask(attempt, before(10))
    assert kiosk.ask(attempt, before(9)) == first
    assert studio.punches_left(pass_) == 9
    with reading():
        assert (AttemptRow.select().count(), SupportRow.select().count()) == (1, 1)


def test_the_card_shown_twice_is_already_in(database: Database) -> None:
    studio = open_studio()
    alice = studio.member()
    card, pass_ = studio.card(alice), studio.punch_pass(alice)
    studio.session()
    kiosk = kiosk_of(studio)
    kiosk.ask(kiosk.show(card, before(10)), before(10))
    again = kiosk.ask(kiosk.show(card, before(5)), before(5)).decision
    assert isinstance(again, Admitted)
    assert again.again_since == before(10)
    assert studio.punches_left(pass_) == 9


def test_forty_asks_of_one_card_at_once_take_one_punch(database: Database) -> None:
    studio = open_studio()
    alice = studio.member()
    card, pass_ = studio.card(alice), studio.punch_pass(alice)
    studio.session()
    kiosk = kiosk_of(studio)
    attempts = [kiosk.show(card, before(10)) for _ in range(20)]
    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(lambda attempt: kiosk.ask(attempt, before(10)), attempts * 2))
    assert all(isinstance(answer.decision, Admitted) for answer in answers)
    assert studio.punches_left(pass_) == 9
    with reading():
        assert AttemptRow.select().count() == 20
    assert len(live_visits()) == 1


def test_one_last_place_goes_to_one_of_two_walk_ins(database: Database) -> None:
    studio = open_studio()
    people = [studio.member(name) for name in ("Alice", "Bob", "Carol", "Dan")]
    shown = [studio.card(person) for person in people]
    for person in people:
        studio.unlimited(person)
    session = studio.session(capacity=2)
    studio.reservation(studio.member("Eve"), session, studio.unlimited(people[0]))
    kiosk = kiosk_of(studio)
    attempts = [kiosk.show(card, before(10)) for card in shown]
    with ThreadPoolExecutor(4) as pool:
        decisions = [answer.decision for answer in pool.map(lambda a: kiosk.ask(a, before(10)), attempts)]
    refused = [decision.reason for decision in decisions if isinstance(decision, Refused)]
    assert refused == [RefusalReason.SESSION_FULL] * 3
    assert [visit.is_over_capacity for visit in live_visits()] == [False]


def test_a_choice_is_answered_under_the_same_attempt(database: Database) -> None:
    studio = open_studio()
    alice = studio.member()
    card, pass_ = studio.card(alice), studio.punch_pass(alice)
    wheel, glazing = studio.session(), studio.session(class_type=studio.glazing)
    kiosk = kiosk_of(studio)
    attempt = kiosk.show(card, before(10))
    choice = kiosk.ask(attempt, before(10)).decision
    assert isinstance(choice, Choose)
    assert {session.id for session in choice.sessions} == {wheel, glazing}
    assert studio.punches_left(pass_) == 10
    tapped = replace(attempt, chosen_session_id=glazing)
    admitted = kiosk.ask(tapped, before(9)).decision
    assert isinstance(admitted, Admitted)
    assert admitted.session.id == glazing
    assert kiosk.ask(tapped, before(8)).decision == admitted
    assert studio.punches_left(pass_) == 9


def test_another_attempt_under_a_known_id_goes_to_quarantine(database: Database) -> None:
    studio = open_studio()
    card = studio.card(studio.member())
    kiosk = kiosk_of(studio)
    attempt = kiosk.show(card, before(10))
    kiosk.ask(attempt, before(10))
    with pytest.raises(Conflict):
        kiosk.ask(replace(attempt, t_wall=attempt.t_wall + 1), before(9))
    with reading():
        assert QuarantineRow.get().attempt_id == attempt.attempt_id


def test_a_fingerprint_without_its_code_opens_nothing_and_tells_no_name(database: Database) -> None:
    studio = open_studio()
    alice = studio.member()
    card, _ = studio.card(alice), studio.unlimited(alice)
    studio.session()
    kiosk = kiosk_of(studio)
    answer = kiosk.ask(kiosk.show(card, before(10), proof="0" * 64), before(10))
    assert answer.decision == Refused(reason=RefusalReason.CARD_UNKNOWN)
    assert answer.person is None
    assert live_visits() == []
    with reading():
        assert "proof" in QuarantineRow.get().why


def test_what_happened_before_is_heard_before_it_is_decided(database: Database) -> None:
    """Welcomed at the kiosk while the line was down; the next card must not pay with the punch that is gone."""
    studio = open_studio()
    alice = studio.member()
    card, pass_ = studio.card(alice), studio.punch_pass(alice, 1)
    morning, evening = studio.session(before(180)), studio.session()
    kiosk = kiosk_of(studio)
    shown = welcomed(kiosk.show(card, before(185)), alice, morning, pass_=pass_)
    answer = kiosk.ask(kiosk.show(card, before(5), chosen_session_id=evening), before(5), shown)
    assert isinstance(answer.decision, Refused)
    assert answer.decision.reason is RefusalReason.PASS_USED_UP
    visit = live_visits()[0]
    assert (visit.id, visit.first_at) == (f"W:{alice}:{morning}", before(185))


def test_an_unknown_card_is_kept_as_an_attempt_of_nobody(database: Database) -> None:
    studio = open_studio()
    kiosk = kiosk_of(studio)
    stranger = CardCode("T1" + "0" * 27)
    answer = kiosk.ask(kiosk.show(stranger, before(10)), before(10))
    assert answer.decision == Refused(reason=RefusalReason.CARD_UNKNOWN)
    with reading():
        row = AttemptRow.get()
        assert (row.outcome, row.reason, row.member_id) == ("REFUSED", "CARD_UNKNOWN", None)


def test_staff_check_somebody_in_at_the_kiosk_without_a_card(database: Database) -> None:
    studio = open_studio()
    alice = studio.member()
    session, _ = studio.session(), studio.unlimited(alice)
    kiosk = kiosk_of(studio)
    by_staff = replace(
        kiosk.show(CardCode("none"), before(300)),
        kind=AttemptKind.STAFF,
        card="",
        proof="",
        member_id=alice,
        session_id=session,
    )
    attempt = replace(by_staff, actor=Actor(staff_id=studio.staff, because="no card"))
    assert isinstance(kiosk.ask(attempt, before(300)).decision, Admitted)
    assert live_visits()[0].method == "STAFF"
    nobody = replace(by_staff, attempt_id="another", actor=Actor(staff_id="nobody"))
    with pytest.raises(Forbidden):
        kiosk.ask(nobody, before(300))


def test_an_undo_cannot_be_asked_only_told(database: Database) -> None:
    studio = open_studio()
    card = studio.card(studio.member())
    kiosk = kiosk_of(studio)
    attempt = kiosk.show(card, before(10))
    with pytest.raises(Invalid):
        kiosk.ask(undoing(kiosk, card, attempt, before(9)), before(9))


def test_a_check_in_writes_who_when_and_why(database: Database) -> None:
    studio = open_studio()
    alice = studio.member()
    card, pass_, session = studio.card(alice), studio.unlimited(alice), studio.session()
    reservation = studio.reservation(alice, session, pass_)
    kiosk = kiosk_of(studio)
    attempt = kiosk.show(card, after(3))
    kiosk.ask(attempt, after(3))
    with reading():
        steps = list(ReservationHistoryRow.select().order_by(ReservationHistoryRow.step))
        assert [(s.step, s.from_status, s.to_status) for s in steps] == [
            (1, None, "PENDING"),
            (2, "PENDING", "CHECKED_IN"),
        ]
        assert (steps[1].at, steps[1].by, steps[1].reservation_id) == (after(3), "SELF", reservation)
        assert attempt.attempt_id in steps[1].metadata


@pytest.mark.parametrize("type_", [PassType.UNLIMITED_SERIES, PassType.FULL_COURSE])
def test_only_a_punch_pass_pays_by_the_punch(database: Database, type_: PassType) -> None:
    studio = open_studio()
    alice = studio.member()
    course = studio.course() if type_ is PassType.FULL_COURSE else None
    card, pass_ = studio.card(alice), studio.pass_of(alice, type_, course=course)
    studio.session(course=course, part=1 if course else None)
    kiosk = kiosk_of(studio)
    assert isinstance(kiosk.ask(kiosk.show(card, SIX_PM), SIX_PM).decision, Admitted)
    assert studio.punches_left(pass_) == 0
    with reading():
        assert VisitRow.get().pass_id == pass_
