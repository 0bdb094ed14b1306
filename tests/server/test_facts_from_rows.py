"""What the rows say about a person becomes the facts that the door decides on."""

from dataclasses import replace
from datetime import timedelta

import pytest
from peewee import Database

from core.checkin import decide
from core.decisions import Admitted, Refused
from core.errors import NotFound
from core.model import CardState, ReservationStatus
from core.policy import Policy
from core.refusals import RefusalReason
from server.services.door.facts import Asking, facts_of_card, facts_of_member, facts_of_members
from server.store.database import reading, writing
from server.store.tables import CardRow, SessionRow
from tests.server.studio import SIX_PM, before, open_studio


def test_alice_with_a_reservation_is_admitted_on_what_the_rows_say(database: Database) -> None:
    studio = open_studio()
    alice = studio.member()
    card, pass_, session = studio.card(alice), studio.punch_pass(alice, 8), studio.session()
    reservation = studio.reservation(alice, session, pass_)
    with writing():
        facts = facts_of_card(studio.organization, card.fingerprint, Asking(venue_id=studio.venue, at=before(10)))
    assert facts.card is CardState.ACTIVE
    assert facts.reservations[0].status is ReservationStatus.PENDING
    assert (facts.passes[0].punches_left, facts.passes[0].punches_held) == (8, 1)
    assert facts.sessions[0].taken == 1
    decision = decide(facts, Policy(), before(10))
    assert isinstance(decision, Admitted)
    assert decision.visit_key == f"R:{reservation}"
    assert (decision.punches_before, decision.punches_after) == (8, 7)


def test_a_card_of_another_studio_is_unknown_here(database: Database) -> None:
    kiln, loom = open_studio("Kiln"), open_studio("Loom")
    card = loom.card(loom.member())
    with writing():
        facts = facts_of_card(kiln.organization, card.fingerprint, Asking(venue_id=kiln.venue, at=SIX_PM))
    assert facts.card is CardState.UNKNOWN
    assert facts.member_id is None


@pytest.mark.parametrize("column, state", [("replaced_at", CardState.REPLACED), ("revoked_at", CardState.REVOKED)])
def test_a_card_that_was_taken_out_of_use_says_so(database: Database, column: str, state: CardState) -> None:
    studio = open_studio()
    card = studio.card(studio.member())
    with writing():
        CardRow.update({getattr(CardRow, column): before(60)}).execute()
        facts = facts_of_card(studio.organization, card.fingerprint, Asking(venue_id=studio.venue, at=SIX_PM))
    assert facts.card is state


@pytest.mark.parametrize("hours, is_seen", [(37, False), (35, True), (-37, False), (-35, True)])
def test_only_sessions_around_now_are_looked_at(database: Database, hours: int, is_seen: bool) -> None:
    studio = open_studio()
    alice = studio.member()
    studio.session(SIX_PM + timedelta(hours=hours), length=timedelta(minutes=1))
    with writing():
        facts = facts_of_member(studio.organization, alice, Asking(venue_id=studio.venue, at=SIX_PM))
    assert bool(facts.sessions) is is_seen


def test_a_session_reserved_at_another_venue_is_known_here(database: Database) -> None:
    studio = open_studio()
    alice = studio.member()
    pass_ = studio.unlimited(alice)
    other = replace(studio, venue=studio.another_venue())
    session = other.session()
    other.reservation(alice, session, pass_)
    with writing():
        facts = facts_of_member(studio.organization, alice, Asking(venue_id=studio.venue, at=SIX_PM))
    decision = decide(facts, Policy(), SIX_PM)
    assert isinstance(decision, Refused)
    assert decision.reason is RefusalReason.OTHER_VENUE


def test_a_session_of_another_organization_is_not_looked_at_though_somebody_names_it(database: Database) -> None:
    kiln, anvil = open_studio(), open_studio("Anvil")
    alice, here, theirs = kiln.member(), kiln.session(SIX_PM), anvil.session(SIX_PM)
    far = kiln.session(SIX_PM + timedelta(days=30))
    with reading():
        for named, seen in ((theirs, [here]), (far, [here, far])):
            asking = Asking(venue_id=kiln.venue, at=SIX_PM, chosen=named)
            found = facts_of_member(kiln.organization, alice, asking, locked=False)
            assert [session.id for session in found.sessions] == seen


def test_many_members_cost_no_more_queries_than_one(database: Database) -> None:
    studio = open_studio()
    members = [studio.member(f"Member{n}") for n in range(12)]
    sessions = [studio.session(SIX_PM + timedelta(hours=n)) for n in range(3)]
    for member in members:
        pass_ = studio.punch_pass(member)
        for session in sessions:
            studio.reservation(member, session, pass_)
    asking = Asking(venue_id=studio.venue, at=SIX_PM)

    def queries(ids: list[str]) -> int:
        seen: list[str] = []
        hook = lambda *told: seen.append(str(told[0]))  # noqa: E731
        database.query_hooks.append(hook)
        try:
            with reading():
                assert len(facts_of_members(studio.organization, ids, asking)) == len(ids)
        finally:
            database.query_hooks.remove(hook)
        return len(seen)

    assert queries(members) == queries(members[:1]) > 5


def test_nobody_is_found_in_another_organization(database: Database) -> None:
    kiln, loom = open_studio("Kiln"), open_studio("Loom")
    stranger = loom.member()
    with writing(), pytest.raises(NotFound):
        facts_of_member(kiln.organization, stranger, Asking(venue_id=kiln.venue, at=SIX_PM))


def test_a_cancelled_session_is_known_to_be_cancelled(database: Database) -> None:
    studio = open_studio()
    alice = studio.member()
    studio.session()
    with writing():
        SessionRow.update({SessionRow.cancelled_at: before(60)}).execute()
        facts = facts_of_member(studio.organization, alice, Asking(venue_id=studio.venue, at=SIX_PM))
    assert facts.sessions[0].is_cancelled
