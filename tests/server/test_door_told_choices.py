"""The server asked which session, went away, and hears later which one was tapped."""

from dataclasses import replace

from peewee import Database

from core import wire
from core.decisions import Choose
from core.protocol import Attempt, AttemptState, Effect, Outcome
from core.refusals import RefusalReason
from server.store.database import reading
from server.store.tables import AttemptRow
from tests.server.door_stories import kiosk_of, live_visits, welcomed
from tests.server.studio import after, before, open_studio


def test_a_session_tapped_while_the_server_was_away_is_the_one_that_counts(database: Database) -> None:
    studio = open_studio()
    alice = studio.member()
    card, pass_ = studio.card(alice), studio.punch_pass(alice)
    studio.session()
    glazing = studio.session()
    kiosk = kiosk_of(studio)
    attempt = kiosk.show(card, before(5))
    assert isinstance(kiosk.ask(attempt, before(5)).decision, Choose)
    shown = welcomed(replace(attempt, chosen_session_id=glazing), alice, glazing, pass_=pass_)
    told, have_upto = kiosk.tell(after(5), shown)
    assert (told[0].effect, have_upto) == (Effect.APPLIED, 1)
    assert [visit.session_id for visit in live_visits()] == [glazing]
    again, _ = kiosk.tell(after(6), shown)
    assert again[0].effect is Effect.DUPLICATE
    assert studio.punches_left(pass_) == 9


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
    studio = open_studio()
    alice = studio.member()
    card, pass_ = studio.card(alice), studio.punch_pass(alice)
    studio.session()
    studio.session()
    kiosk = kiosk_of(studio)
    attempt = kiosk.show(card, before(5))
    kiosk.ask(attempt, before(5))
    fallen = replace(attempt, state=AttemptState.UNKNOWN, outcome=Outcome.ABORTED, reason=RefusalReason.INTERRUPTED)
    kiosk.tell(after(5), fallen)
    with reading():
        row = AttemptRow.get_by_id(attempt.attempt_id)
    assert (row.outcome, row.reason) == ("ABORTED", "INTERRUPTED")
    assert (live_visits(), studio.punches_left(pass_)) == ([], 10)
    assert kiosk.tell(after(6), fallen)[0][0].effect is Effect.DUPLICATE


def test_nobody_tapped_and_nothing_was_taken(database: Database) -> None:
    studio = open_studio()
    alice = studio.member()
    card, pass_ = studio.card(alice), studio.punch_pass(alice)
    studio.session()
    studio.session()
    kiosk = kiosk_of(studio)
    attempt = kiosk.show(card, before(5))
    kiosk.ask(attempt, before(5))
    left = replace(attempt, state=AttemptState.LOCAL, outcome=Outcome.ABORTED, reason=RefusalReason.CHOICE_NOT_MADE)
    told, _ = kiosk.tell(after(5), left)
    assert told[0].effect is Effect.APPLIED
    assert (live_visits(), studio.punches_left(pass_)) == ([], 10)
