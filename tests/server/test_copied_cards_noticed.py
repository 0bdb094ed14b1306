"""Alice's card at one venue and, minutes later, at another: staff hear of it, and the door says nothing."""

from dataclasses import replace
from datetime import timedelta

import pytest
from peewee import Database

from core.cards import CardCode
from core.decisions import Admitted, Refused
from core.policy import Policy, TravelTime
from core.protocol import ClockQuality
from core.refusals import RefusalReason as R
from server.services.desk.inbox.values import InboxKind, Way
from server.services.desk.today import roster
from server.services.door.kiosks import KnownKiosk
from server.services.fleet.cards import faces_to_print, issue_card
from server.services.fleet.policies import change_policy
from server.services.people.rights import Role, the_house
from server.store.database import reading, writing
from server.store.tables import CardRow, CopiedCardRow, DeviceRow
from tests.server.door_stories import StoryKiosk, kiosk_of, live_visits, refused, welcomed
from tests.server.inbox_stories import answered, mira, waiting
from tests.server.phone_stories import phone_of
from tests.server.studio import SIX_PM, VAULT, Studio, after, before, open_studio

A_MOMENT = timedelta(milliseconds=1)
TEN_MINUTES = timedelta(minutes=10)


def at_the_barn(studio: Studio) -> StoryKiosk:
    barn, id_ = studio.another_venue(), studio.kiosk("Barn door")
    with writing():
        DeviceRow.update(venue=barn).where(DeviceRow.id == id_).execute()
    return StoryKiosk(known=KnownKiosk(id=id_, organization_id=studio.organization, venue_id=barn))


def two_doors() -> tuple[Studio, str, CardCode, StoryKiosk, StoryKiosk]:
    """(the studio, Alice, her card, the kiosk of her class, one at another venue)."""
    studio = open_studio()
    alice = studio.member()
    studio.unlimited(alice)
    studio.session()
    card = issue_card(studio.organization, alice, the_house(studio.organization), before(600), VAULT)
    return studio, alice, card, kiosk_of(studio), at_the_barn(studio)


def noticed() -> int:
    with reading():
        return int(CopiedCardRow.select().count())


@pytest.mark.parametrize("apart, is_copied", [(TEN_MINUTES - A_MOMENT, True), (TEN_MINUTES, False)])
def test_two_venues_sooner_than_anybody_travels(database: Database, apart: timedelta, is_copied: bool) -> None:
    """Both asked. The door answers as ever."""
    studio, _, card, kiln, barn = two_doors()
    assert isinstance(kiln.ask(kiln.show(card, SIX_PM), SIX_PM).decision, Admitted)
    there = barn.ask(barn.show(card, SIX_PM + apart), SIX_PM + apart).decision
    assert isinstance(there, Refused)
    assert there.reason is not R.CARD_REVOKED
    assert noticed() == is_copied
    items = waiting(studio, after(30), InboxKind.COPIED_CARD)
    assert [(item.who, item.title.key, item.title.count) for item in items] == (
        [("Alice Ackerman", "desk.inbox.copied", 10)] if is_copied else []
    )


def test_it_is_noticed_when_the_earlier_one_is_told_days_later(database: Database) -> None:
    """And once, however often it is told; the earlier place is named first."""
    studio, alice, card, kiln, barn = two_doors()
    session = studio.session()
    barn.ask(barn.show(card, after(4)), after(4))
    late = welcomed(kiln.show(card, SIX_PM), alice, session)
    kiln.tell(after(3 * 24 * 60), late)
    kiln.tell(after(3 * 24 * 60 + 1), late)
    assert noticed() == 1
    (item,) = waiting(studio, after(3 * 24 * 60 + 2), InboxKind.COPIED_CARD)
    assert dict(item.title.values) | {"who": ""} == {
        "who": "", "one": "Front door (Kiln House)", "other": "Barn door (Barn)",
    }  # fmt: skip
    assert item.at == after(4)
    assert len(live_visits()) == 1


def test_both_told_by_kiosks_that_were_alone(database: Database) -> None:
    studio, _, card, kiln, barn = two_doors()
    kiln.tell(after(60), refused(kiln.show(card, SIX_PM), R.NO_SESSION_TODAY))
    assert noticed() == 0
    barn.tell(after(90), refused(barn.show(card, after(9)), R.NO_SESSION_TODAY))
    assert noticed() == 1
    assert len(waiting(studio, after(91), InboxKind.COPIED_CARD)) == 1


def test_two_kiosks_of_one_venue_and_two_cards_of_one_member_are_nothing(database: Database) -> None:
    studio, alice, card, kiln, barn = two_doors()
    second = kiosk_of(studio, "Back door")
    kiln.ask(kiln.show(card, SIX_PM), SIX_PM)
    second.ask(second.show(card, after(0)), after(0))
    spare = issue_card(studio.organization, alice, the_house(studio.organization), SIX_PM, VAULT)
    barn.ask(barn.show(spare, after(1)), after(1))
    assert noticed() == 0


def test_a_fingerprint_without_its_card_accuses_nobody(database: Database) -> None:
    """A stolen kiosk at another venue makes one up."""
    _, _, card, kiln, barn = two_doors()
    kiln.ask(kiln.show(card, SIX_PM), SIX_PM)
    barn.ask(replace(barn.show(card, after(1)), proof="00" * 32), after(1))
    assert noticed() == 0


@pytest.mark.parametrize("error, is_copied", [(timedelta(minutes=1) - A_MOMENT, True), (timedelta(minutes=1), False)])
def test_a_clock_that_may_be_wrong_is_believed_against_suspicion(
    database: Database, error: timedelta, is_copied: bool
) -> None:
    """Nine minutes apart, told by a kiosk whose clock may be off by so much."""
    _, _, card, kiln, barn = two_doors()
    kiln.ask(kiln.show(card, SIX_PM), SIX_PM)
    shown = barn.show(card, after(9), clock=ClockQuality.HOLDOVER, err_ms=error // A_MOMENT)
    barn.tell(after(60), refused(shown, R.NO_SESSION_TODAY))
    assert noticed() == is_copied


def test_a_time_that_was_guessed_accuses_nobody(database: Database) -> None:
    """The kiosk was restarted in between: when it was shown is not known for sure."""
    _, _, card, kiln, barn = two_doors()
    kiln.ask(kiln.show(card, SIX_PM), SIX_PM)
    barn.tell(after(60), refused(barn.show(card, after(9), boot="an earlier boot"), R.NO_SESSION_TODAY))
    assert noticed() == 0


def test_venues_in_one_street_have_their_own_time(database: Database) -> None:
    studio, _, card, kiln, barn = two_doors()
    street = TravelTime(venue_id=barn.known.venue_id, other_venue_id=kiln.known.venue_id, takes=timedelta(minutes=2))
    change_policy(studio.organization, Policy(travel_times=(street,)), the_house(studio.organization), before(60))
    kiln.ask(kiln.show(card, SIX_PM), SIX_PM)
    barn.ask(barn.show(card, after(2)), after(2))
    assert noticed() == 0
    barn.ask(barn.show(card, after(1)), after(1))
    assert noticed() == 1


def test_one_button_gives_a_new_card_and_the_old_one_opens_nothing(database: Database) -> None:
    studio, alice, card, kiln, barn = two_doors()
    kiln.ask(kiln.show(card, SIX_PM), SIX_PM)
    barn.ask(barn.show(card, after(1)), after(1))
    (item,) = waiting(studio, after(2), InboxKind.COPIED_CARD)
    assert [(offer.way, offer.price.key) for offer in item.offers] == [
        (Way.NEW_CARD, "desk.inbox.price.new_card"),
        (Way.SEEN, "desk.inbox.price.seen"),
    ]
    assert answered(studio, item, after(3), by=mira(studio, Role.FRONT_DESK)).way is Way.NEW_CARD
    old = kiln.ask(kiln.show(card, after(4)), after(4)).decision
    assert isinstance(old, Refused)
    assert old.reason is R.CARD_REPLACED
    (face,) = faces_to_print(studio.organization, [alice], VAULT)
    assert face.code != card
    assert waiting(studio, after(5), InboxKind.COPIED_CARD) == []


def test_a_phones_link_ends_and_the_printed_card_stays(database: Database) -> None:
    studio, alice, card, kiln, barn = two_doors()
    phone = phone_of(studio, alice)
    kiln.ask(phone.held_up(kiln, SIX_PM), SIX_PM)
    barn.ask(phone.held_up(barn, after(0)), after(0))
    (item,) = waiting(studio, after(2), InboxKind.COPIED_CARD)
    assert item.offers[0].price.key == "desk.inbox.price.new_link"
    answered(studio, item, after(3))
    old = kiln.ask(phone.held_up(kiln, after(4)), after(4)).decision
    assert isinstance(old, Refused)
    assert old.reason is R.CARD_REPLACED
    assert isinstance(kiln.ask(kiln.show(card, after(4)), after(4)).decision, Admitted)
    with reading():
        assert CardRow.select().where(CardRow.member == alice).count() == 2


def test_seen_is_enough_and_the_next_time_is_asked_again(database: Database) -> None:
    studio, _, card, kiln, barn = two_doors()
    kiln.ask(kiln.show(card, SIX_PM), SIX_PM)
    barn.ask(barn.show(card, after(1)), after(1))
    (item,) = waiting(studio, after(2), InboxKind.COPIED_CARD)
    answered(studio, item, after(3), Way.SEEN)
    assert waiting(studio, after(4), InboxKind.COPIED_CARD) == []
    kiln.ask(kiln.show(card, after(5)), after(5))
    assert len(waiting(studio, after(6), InboxKind.COPIED_CARD)) == 1


def test_it_stands_in_the_members_row_until_it_is_answered(database: Database) -> None:
    studio, alice, card, kiln, barn = two_doors()
    session = studio.session()
    studio.reservation(alice, session, studio.unlimited(alice))

    def rows(minutes: int) -> list[bool]:
        people = roster(studio.organization, mira(studio), session, after(minutes)).session.people
        return [person.is_card_copied for person in people]

    kiln.ask(kiln.show(card, SIX_PM), SIX_PM)
    assert rows(0) == [False]
    barn.ask(barn.show(card, after(1)), after(1))
    assert rows(2) == [True]
    (item,) = waiting(studio, after(2), InboxKind.COPIED_CARD)
    answered(studio, item, after(3), Way.SEEN)
    assert rows(4) == [False]
