"""The server asked which session, went away, and hears later which one was tapped."""

from dataclasses import dataclass, replace
from datetime import timedelta

from peewee import Database

from core import wire
from core.decisions import Admitted, Choose
from core.model import ReservationStatus
from core.protocol import Attempt, AttemptState, Effect, Outcome
from core.refusals import RefusalReason
from server.services.door.unheard import end_unheard
from server.store.database import reading
from server.store.tables import AttemptRow, QuarantineRow
from tests.server.door_stories import StoryKiosk, kiosk_of, live_visits, welcomed
from tests.server.studio import Studio, after, before, open_studio


@dataclass(frozen=True)
class Asked:
    """Alice was asked which of two sessions, five minutes before they begin."""

    studio: Studio
    kiosk: StoryKiosk
    attempt: Attempt
    alice: str
    pass_: str
    glazing: str

    def nothing_was_taken(self) -> bool:
        return (live_visits(), self.studio.punches_left(self.pass_)) == ([], 10)


def asked_which() -> Asked:
    studio = open_studio()
    alice = studio.member()
    card, pass_ = studio.card(alice), studio.punch_pass(alice)
    studio.session()
    glazing = studio.session()
    kiosk = kiosk_of(studio)
    attempt = kiosk.show(card, before(5))
    assert isinstance(kiosk.ask(attempt, before(5)).decision, Choose)
    return Asked(studio, kiosk, attempt, alice, pass_, glazing)


def test_a_session_tapped_while_the_server_was_away_is_the_one_that_counts(database: Database) -> None:
    asked = asked_which()
    chosen = replace(asked.attempt, chosen_session_id=asked.glazing)
    shown = welcomed(chosen, asked.alice, asked.glazing, pass_=asked.pass_)
    told, have_upto = asked.kiosk.tell(after(5), shown)
    assert (told[0].effect, have_upto) == (Effect.APPLIED, 1)
    assert [visit.session_id for visit in live_visits()] == [asked.glazing]
    again, _ = asked.kiosk.tell(after(6), shown)
    assert again[0].effect is Effect.DUPLICATE
    assert asked.studio.punches_left(asked.pass_) == 9


def test_the_record_kept_is_the_one_with_its_link_of_the_chain(database: Database) -> None:
    studio = open_studio()
    alice = studio.member()
    card, pass_, session = studio.card(alice), studio.punch_pass(alice), studio.session()
    kiosk = kiosk_of(studio)
    attempt = kiosk.show(card, before(5))
    kiosk.ask(attempt, before(5))
    shown = replace(welcomed(attempt, alice, session, pass_=pass_), state=AttemptState.SERVER)
    linked = replace(shown, chain=wire.chain(shown, ""))
    kiosk.tell(after(5), linked)
    with reading():
        kept = wire.from_json(Attempt, AttemptRow.get_by_id(attempt.attempt_id).record)
    assert kept == linked
    assert kept.chain == wire.chain(kept, "")
    assert kiosk.tell(after(6), linked)[0][0].effect is Effect.DUPLICATE


def test_a_kiosk_that_fell_over_while_somebody_was_choosing_leaves_an_outcome(database: Database) -> None:
    asked = asked_which()
    ended = {"outcome": Outcome.ABORTED, "reason": RefusalReason.INTERRUPTED}
    fallen = replace(asked.attempt, state=AttemptState.UNKNOWN, **ended)
    asked.kiosk.tell(after(5), fallen)
    with reading():
        row = AttemptRow.get_by_id(asked.attempt.attempt_id)
    assert (row.outcome, row.reason) == ("ABORTED", "INTERRUPTED")
    assert asked.nothing_was_taken()
    assert asked.kiosk.tell(after(6), fallen)[0][0].effect is Effect.DUPLICATE


def test_nobody_tapped_and_nothing_was_taken(database: Database) -> None:
    asked = asked_which()
    ended = {"outcome": Outcome.ABORTED, "reason": RefusalReason.CHOICE_NOT_MADE}
    told, _ = asked.kiosk.tell(after(5), replace(asked.attempt, state=AttemptState.LOCAL, **ended))
    assert told[0].effect is Effect.APPLIED
    assert asked.nothing_was_taken()


def test_a_session_tapped_after_an_admission_that_nobody_saw_is_the_one_that_counts(database: Database) -> None:
    """We let Alice in on her place; our answer was lost, and her kiosk, which knew of no place, let her choose."""
    studio = open_studio()
    alice = studio.member()
    card, pass_ = studio.card(alice), studio.punch_pass(alice)
    reserved, glazing = studio.session(), studio.session()
    place = studio.reservation(alice, reserved, pass_)
    kiosk = kiosk_of(studio)
    attempt = kiosk.show(card, before(5))
    assert isinstance(kiosk.ask(attempt, before(5)).decision, Admitted)
    chosen = replace(attempt, chosen_session_id=glazing)
    answer = kiosk.ask(chosen, before(4)).decision
    assert isinstance(answer, Admitted) and answer.session.id == glazing
    assert [visit.session_id for visit in live_visits()] == [glazing]
    assert studio.status(place) is ReservationStatus.PENDING
    assert studio.punches_left(pass_) == 9
    assert kiosk.ask(chosen, before(3)).decision == answer
    assert kiosk.ask(attempt, before(2)).decision == answer, "a copy that was long on its way changes nothing"
    with reading():
        assert QuarantineRow.select().count() == 0


def test_the_session_that_was_on_the_screen_counts_and_not_the_one_we_meant(database: Database) -> None:
    studio = open_studio()
    alice = studio.member()
    card, pass_ = studio.card(alice), studio.punch_pass(alice)
    reserved, glazing = studio.session(), studio.session()
    studio.reservation(alice, reserved, pass_)
    kiosk = kiosk_of(studio)
    attempt = kiosk.show(card, before(5))
    kiosk.ask(attempt, before(5))
    shown = welcomed(replace(attempt, chosen_session_id=glazing), alice, glazing, pass_=pass_)
    told, _ = kiosk.tell(after(5), shown)
    assert told[0].effect is Effect.APPLIED
    assert [visit.session_id for visit in live_visits()] == [glazing]
    assert studio.punches_left(pass_) == 9


def test_what_was_only_asked_is_not_held_yet(database: Database) -> None:
    """After a restore the server may remember a question, and not what the screen said in the end."""
    studio = open_studio()
    kiosk = kiosk_of(studio)
    attempt = kiosk.show(studio.card(studio.member()), before(5))
    kiosk.ask(attempt, before(5))
    assert kiosk.tell(before(4))[1] == 0
    assert kiosk.tell(before(3), replace(attempt, state=AttemptState.UNKNOWN))[1] == 1


def test_a_question_that_no_kiosk_tells_of_was_interrupted_after_two_days(database: Database) -> None:
    asked = asked_which()
    two_days = before(5) + timedelta(hours=48)
    assert end_unheard(two_days - timedelta(milliseconds=1)) == 0
    assert end_unheard(two_days) == 1
    assert end_unheard(two_days) == 0
    with reading():
        kept = AttemptRow.get_by_id(asked.attempt.attempt_id)
    assert (kept.outcome, kept.reason) == (Outcome.ABORTED.value, RefusalReason.INTERRUPTED.value)


def test_a_kiosk_that_tells_of_its_question_after_all_is_believed(database: Database) -> None:
    asked = asked_which()
    late = before(5) + timedelta(hours=60)
    end_unheard(late)
    tapped = replace(asked.attempt, chosen_session_id=asked.glazing)
    told, _ = asked.kiosk.tell(late, welcomed(tapped, asked.alice, asked.glazing, pass_=asked.pass_))
    assert (told[0].effect, told[0].reason) == (Effect.APPLIED, None)
    assert [visit.session_id for visit in live_visits()] == [asked.glazing]
