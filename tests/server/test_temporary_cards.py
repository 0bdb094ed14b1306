"""Alice left her card at home: one for the day, which leads to the same member and runs out at midnight."""

from datetime import UTC, datetime, timedelta

import pytest
from peewee import Database

from core.decisions import Admitted, Refused
from core.errors import Forbidden, Invalid, NotFound
from core.model import CardState
from core.protocol import Effect
from core.refusals import RefusalReason as R
from core.temporary_cards import LONGEST_TEMPORARY, good_until
from server.services.fleet.cards import issue_card, revoke_card
from server.services.fleet.members_cards import cards_of_member, face_of_card, lend_card
from server.services.fleet.replica import replica_since
from server.services.people.rights import Asker, Role, the_house
from tests.server.door_stories import kiosk_of, live_visits, welcomed
from tests.server.phone_stories import phone_of
from tests.server.studio import SIX_PM, VAULT, Studio, after, open_studio

BERLIN = "Europe/Berlin"
MIDNIGHT = datetime(2026, 11, 21, 23, 0, tzinfo=UTC)
"""In Berlin, of the evening that the stories are told of."""
A_MOMENT = timedelta(milliseconds=1)


def house(studio: Studio) -> Asker:
    return the_house(studio.organization)


def test_it_is_good_until_the_end_of_the_local_day() -> None:
    assert good_until(SIX_PM, BERLIN) == MIDNIGHT
    assert good_until(MIDNIGHT - timedelta(hours=1), BERLIN) == MIDNIGHT
    assert good_until(MIDNIGHT, BERLIN) == MIDNIGHT + timedelta(days=1)


def test_just_before_midnight_it_is_good_for_an_hour() -> None:
    late = MIDNIGHT - timedelta(hours=1) + A_MOMENT
    assert good_until(late, BERLIN) == late + timedelta(hours=1)


def test_staff_may_choose_another_end_within_seven_days() -> None:
    assert good_until(SIX_PM, BERLIN, SIX_PM + A_MOMENT) == SIX_PM + A_MOMENT
    assert good_until(SIX_PM, BERLIN, SIX_PM + LONGEST_TEMPORARY) == SIX_PM + LONGEST_TEMPORARY
    with pytest.raises(Invalid) as short:
        good_until(SIX_PM, BERLIN, SIX_PM)
    with pytest.raises(Invalid) as long:
        good_until(SIX_PM, BERLIN, SIX_PM + LONGEST_TEMPORARY + A_MOMENT)
    assert (short.value.code, long.value.code) == ("card.lent_too_short", "card.lent_too_long")


@pytest.mark.parametrize("left, reason", [(A_MOMENT, None), (timedelta(0), R.CARD_EXPIRED)])
def test_it_opens_for_the_same_member_until_its_end(database: Database, left: timedelta, reason: R | None) -> None:
    studio = open_studio()
    alice = studio.member()
    studio.unlimited(alice)
    studio.session(SIX_PM + timedelta(hours=4), length=timedelta(hours=3))
    own = issue_card(studio.organization, alice, house(studio), SIX_PM, VAULT)
    lent = lend_card(studio.organization, alice, house(studio), SIX_PM, VAULT)
    kiosk, at = kiosk_of(studio), lent.expires_at - left
    assert lent.expires_at == MIDNIGHT
    decision = kiosk.ask(kiosk.show(lent.code, at), at).decision
    if reason is None:
        assert isinstance(decision, Admitted)
        assert decision.member_id == alice
    else:
        assert isinstance(decision, Refused)
        assert decision.reason is reason
    assert isinstance(kiosk.ask(kiosk.show(own, at), at).decision, Admitted)


def test_a_kiosk_alone_knows_its_end_and_one_that_did_not_is_disputed(database: Database) -> None:
    studio = open_studio()
    alice = studio.member()
    studio.unlimited(alice)
    session = studio.session(MIDNIGHT - timedelta(hours=1), length=timedelta(hours=3))
    lent = lend_card(studio.organization, alice, house(studio), SIX_PM, VAULT)
    kiosk = kiosk_of(studio)
    part = replica_since(kiosk.known, 0, SIX_PM)
    (card,) = [card for record in part.members for card in record.cards]
    assert (card.card, card.state, card.expires_at) == (lent.code.fingerprint, "ACTIVE", MIDNIGHT)
    told, _ = kiosk.tell(MIDNIGHT + timedelta(hours=1), welcomed(kiosk.show(lent.code, MIDNIGHT), alice, session))
    assert (told[0].effect, told[0].reason) == (Effect.DISPUTED, R.CARD_EXPIRED)
    assert len(live_visits()) == 1


def test_it_says_on_paper_that_it_is_temporary_and_until_when(database: Database) -> None:
    studio = open_studio()
    alice = studio.member()
    issue_card(studio.organization, alice, house(studio), SIX_PM, VAULT)
    lent = lend_card(studio.organization, alice, house(studio), SIX_PM, VAULT)
    face = face_of_card(studio.organization, lent.card_id, house(studio), SIX_PM, VAULT, "de")
    assert (face.code, face.good_until, face.words.until) == (lent.code, "21.11. 23:59", "Auf Zeit, bis")
    held = cards_of_member(studio.organization, alice, house(studio), SIX_PM, VAULT).held
    own = next(card for card in held if card.id != lent.card_id)
    assert face_of_card(studio.organization, own.id, house(studio), SIX_PM, VAULT, "de").good_until == ""
    with pytest.raises(NotFound):
        face_of_card(studio.organization, lent.card_id, house(studio), MIDNIGHT, VAULT, "de")


def test_staff_see_all_that_a_member_may_show_and_what_became_of_it(database: Database) -> None:
    studio = open_studio()
    alice = studio.member()
    issue_card(studio.organization, alice, house(studio), SIX_PM, VAULT)
    phone = phone_of(studio, alice, after(1))
    lent = lend_card(studio.organization, alice, house(studio), after(2), VAULT)
    revoke_card(studio.organization, phone.link.card_id, "lost", house(studio), after(3))
    seen = cards_of_member(studio.organization, alice, house(studio), MIDNIGHT, VAULT)
    assert (seen.name, seen.number, seen.zone, seen.is_copied) == ("Alice Ackerman", "0001", BERLIN, False)
    assert [(card.kind.value, card.state, card.may_print) for card in seen.held] == [
        ("temporary", CardState.EXPIRED, False),
        ("phone", CardState.REVOKED, False),
        ("printed", CardState.ACTIVE, True),
    ]
    assert seen.held[0].id == lent.card_id


def test_only_who_serves_members_lends_and_looks(database: Database) -> None:
    studio, other = open_studio(), open_studio("Loom")
    alice = studio.member()
    teacher = Asker(organization_id=studio.organization, role=Role.INSTRUCTOR, name="Tom", staff_id=studio.staff)
    lent = lend_card(studio.organization, alice, house(studio), SIX_PM, VAULT)
    with pytest.raises(Forbidden):
        lend_card(studio.organization, alice, teacher, SIX_PM, VAULT)
    with pytest.raises(Forbidden):
        cards_of_member(studio.organization, alice, teacher, SIX_PM, VAULT)
    with pytest.raises(Forbidden):
        face_of_card(studio.organization, lent.card_id, teacher, SIX_PM, VAULT, "en")
    for no in (
        lambda: lend_card(other.organization, alice, house(other), SIX_PM, VAULT),
        lambda: cards_of_member(other.organization, alice, house(other), SIX_PM, VAULT),
        lambda: face_of_card(other.organization, lent.card_id, house(other), SIX_PM, VAULT, "en"),
    ):
        with pytest.raises(NotFound):
            no()
