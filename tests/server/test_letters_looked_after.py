"""Letters and their post over time: a slow one, a member who changes their mind, two of one address, and what must not
lie about."""

from dataclasses import replace
from datetime import timedelta

import pytest

from core.errors import Conflict, NotFound
from core.events import EventKind as K
from core.letters import Channel, Group, HeldBecause, LetterState
from core.posting import Delivery, Mail
from server.services.events.announcing import Event, announce
from server.services.letters.log import letters_of_member, post_standing, send_again
from server.services.letters.making import is_bouncing
from server.services.letters.reminding import remind
from server.services.letters.sending import LetterSender
from server.services.letters.values import Choice
from server.services.letters.wishes import choose
from server.services.people.rights import asker_of_staff
from server.services.portal.links import ask_for_link
from server.services.programs.paging import Wanted
from server.services.reserving.cancel import cancel
from server.store.database import reading, writing
from server.store.tables import EventRow, LetterRow
from tests.server.letter_stories import HOUSE, RememberingPost, has, letters, sender_with
from tests.server.studio import SIX_PM, before, open_studio
from tests.server.test_letters_sent import GONE, MINUTE, NOON, pass_letter
from tests.server.test_news_announced import DAY, House
from tests.server.test_news_announced import house as house  # the fixture

SECONDS = timedelta(seconds=1)


def test_a_slow_post_keeps_no_free_place_waiting_and_no_claim_is_older_than_it_seems(house: House) -> None:
    """Each mail takes ten seconds. The errands after this one have their turn, and the rest goes at the next."""
    for _ in range(5):
        pass_letter(house.studio, house.alice)
    moves = [NOON]

    class Slow(RememberingPost):
        def send(self, mail: Mail) -> Delivery:
            moves[0] += timedelta(seconds=10)
            return super().send(mail)

    post = Slow()
    sender = LetterSender(house=HOUSE, now=lambda: moves[0], mail=post)
    sender.send(NOON)
    assert len(post.taken) == 2
    assert sorted(row.sent_at for row in letters() if row.sent_at) == [NOON + SECONDS * 10, NOON + SECONDS * 20]
    sender.send(moves[0])
    assert len(post.taken) == 4


def test_staff_send_again_by_what_the_member_wants_today(house: House) -> None:
    """Not what they wanted when it was written: they may have changed their mind either way."""
    letter = pass_letter(house.studio, house.alice)
    sender_with(RememberingPost()).send(NOON)
    organization, staff = house.studio.organization, house.mira
    passes = Choice(group=Group.PASSES, channel=Channel.MAIL, is_wanted=False)
    choose(organization, house.alice, [passes], staff, NOON)
    with pytest.raises(Conflict, match=r"letter\.not_wanted"):
        send_again(organization, letter.id, staff, NOON)
    held = pass_letter(house.studio, house.alice, NOON + MINUTE)
    assert held.held_because == HeldBecause.NOT_WANTED
    choose(organization, house.alice, [replace(passes, is_wanted=True)], staff, NOON + MINUTE)
    assert send_again(organization, held.id, staff, NOON + MINUTE).state is LetterState.WAITING


def test_a_link_to_sign_in_that_is_held_back_is_kept_nowhere(house: House) -> None:
    ask_for_link("alice@example.org", NOON)
    pass_letter(house.studio, house.alice, NOON)
    (link,) = letters(K.SIGN_IN_WANTED)
    assert link.text
    with writing():
        LetterRow.update(next_try_at=NOON + MINUTE).where(LetterRow.id == link.id).execute()
    sender_with(RememberingPost(answers=[GONE])).send(NOON)
    (link,) = letters(K.SIGN_IN_WANTED)
    assert (link.state, link.held_because, link.text, link.html) == ("HELD", "BOUNCING", "", "")


def test_news_of_a_kind_that_only_a_newer_version_knows_stops_no_letter(house: House) -> None:
    """As after going back to an older version: its outbox holds words this one cannot read."""
    with writing():
        news = Event(organization_id=house.studio.organization, kind=K.NO_SHOW, member_id=house.alice)
        announce(news, NOON - MINUTE)
        EventRow.update(kind="member.sang_a_song").execute()
    assert pass_letter(house.studio, house.alice).state == LetterState.WAITING
    assert len(letters()) == 1


def test_what_alice_wants_and_where_her_letters_go_is_hers_alone(house: House) -> None:
    """Ben lives with her, under the same address."""
    ben, organization = house.studio.member("Ben"), house.studio.organization
    for member in (house.alice, ben):
        has(member, email="family@example.org")
        pass_letter(house.studio, member)
    no_passes = Choice(group=Group.PASSES, channel=Channel.MAIL, is_wanted=False)
    choose(organization, house.alice, [no_passes], house.mira, NOON)
    assert {row.member_id: row.state for row in letters()} == {house.alice: "HELD", ben: "WAITING"}
    choose(organization, house.alice, [replace(no_passes, is_wanted=True)], house.mira, NOON)
    hers = letters_of_member(organization, house.alice, house.mira, Wanted()).found[0].id
    send_again(organization, hers, house.mira, NOON)
    sender_with(RememberingPost(answers=[GONE, GONE])).send(NOON)
    send_again(organization, hers, house.mira, NOON)
    with reading():
        assert [is_bouncing(one, Channel.MAIL, "family@example.org") for one in (house.alice, ben)] == [False, True]


def test_the_letters_of_another_studio_are_not_there(house: House) -> None:
    letter = pass_letter(house.studio, house.alice)
    sender_with(RememberingPost()).send(NOON)
    loom = open_studio("Loom")
    with reading():
        theirs = asker_of_staff(loom.organization, loom.staff)
    with pytest.raises(NotFound):
        send_again(loom.organization, letter.id, theirs, NOON)
    assert [one.sent for one in post_standing(loom.organization, theirs)] == [0, 0]
    assert [one.sent for one in post_standing(house.studio.organization, house.mira)] == [1, 0]


def test_a_place_that_was_given_up_is_reminded_of_no_more(house: House) -> None:
    place = house.reserve(house.studio.session())
    cancel(house.studio.organization, place, house.mira, NOON)
    assert remind(SIX_PM - DAY) == remind(before(10)) == ""
