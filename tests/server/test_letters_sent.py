"""Letters go to the post once, are tried again later and later, and end where they cannot go; on both databases."""

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from threading import Barrier

import pytest
from peewee import Database

from core.errors import Conflict, Forbidden, NotFound
from core.events import EventKind as K
from core.letters import Channel, Group, HeldBecause, LetterState
from core.posting import Delivered, Delivery, Mail, Never, TryLater
from server.post.mail import MailServer, SmtpPost
from server.services.events.announcing import Event, announce
from server.services.letters.log import letters_of_member, letters_of_reservation, post_standing, send_again
from server.services.letters.reminding import remind
from server.services.letters.sending import LEASE, REST, TOO_LATE, LetterSender
from server.services.letters.values import Choice
from server.services.letters.wishes import choose
from server.services.people.rights import Asker, Role, member_asking
from server.services.portal.links import ask_for_link
from server.services.programs.paging import Wanted
from server.store.database import reading, writing
from server.store.tables import LetterRow
from tests.server.letter_stories import (
    HOUSE,
    RememberingPost,
    RememberingTexts,
    has,
    letters,
    sender_with,
    write_letters,
)
from tests.server.mail_server import mail_server
from tests.server.studio import SIX_PM, Studio, before, open_studio
from tests.server.test_news_announced import DAY, House
from tests.server.test_news_announced import house as house  # the fixture

MINUTE = timedelta(minutes=1)
NOON = SIX_PM - 3 * DAY
GONE = Never(why="550 5.1.1 no such user", is_address=True)


def pass_letter(studio: Studio, member: str, at: datetime = NOON) -> LetterRow:
    """A letter that waits."""
    with writing():
        announce(
            Event(organization_id=studio.organization, kind=K.PASS_RAN_OUT, member_id=member, data={"title": "Ten"}), at
        )
    write_letters(at)
    return letters(K.PASS_RAN_OUT)[-1]


def only() -> LetterRow:
    (letter,) = letters()
    return letter


def test_a_letter_goes_once(house: House) -> None:
    place = house.reserve(house.studio.session())
    write_letters(NOON)
    post = RememberingPost()
    for minutes in range(3):
        sender_with(post).send(NOON + minutes * MINUTE)
    (mail,) = post.taken
    assert (mail.to, mail.to_name, mail.from_name) == ("alice@example.org", "Alice Ackerman", "Kiln")
    assert mail.message_id == only().message_id == f"<{only().id}.1@kiln.example.org>"
    assert mail.calendar and mail.unsubscribe == ""
    assert (only().state, only().sent_at, only().reservation_id) == (LetterState.SENT, NOON, place)


def test_it_is_tried_again_under_the_same_name_and_given_up_in_the_end(house: House) -> None:
    house.reserve(house.studio.session(SIX_PM + 30 * DAY))
    write_letters(NOON)
    post, at = RememberingPost(answers=[TryLater(why="450 greylisted")] * 12), NOON
    sender, waits = sender_with(post), []
    for _ in range(12):
        sender.send(at)
        again = only().next_try_at
        if again is None:
            break
        waits.append((again - at) // MINUTE)
        sender.send(again - timedelta(milliseconds=1))
        at = again
    assert waits == [2**power for power in range(11)]
    assert len(post.taken) == 12 and len({mail.message_id for mail in post.taken}) == 1
    assert (only().state, only().last_trouble) == (LetterState.FAILED, "GIVEN_UP: 450 greylisted")


def test_a_post_that_is_down_rests_and_all_go_when_it_is_back(house: House) -> None:
    for number in range(3):
        house.reserve(house.studio.session(SIX_PM + number * DAY))
    write_letters(NOON)
    post = RememberingPost(answers=[TryLater(why="refused", is_for_all=True)])
    sender = sender_with(post)
    sender.send(NOON)
    sender.send(NOON + REST - timedelta(seconds=1))
    assert len(post.taken) == 1
    sender.send(NOON + REST)
    assert Counter(row.state for row in letters()) == {LetterState.SENT.value: 3}


def test_an_address_nobody_has_is_written_to_no_more_until_it_changes_or_staff_say_so(house: House) -> None:
    for days in range(2):
        house.reserve(house.studio.session(SIX_PM + days * DAY))
    write_letters(NOON)
    post = RememberingPost(answers=[GONE])
    sender_with(post).send(NOON)
    assert sorted(row.state for row in letters()) == [LetterState.FAILED, LetterState.HELD]
    assert len(post.taken) == 1
    house.reserve(house.studio.session(SIX_PM + 2 * DAY), NOON + DAY)
    assert Counter(row.held_because for row in write_letters(NOON + DAY))[HeldBecause.BOUNCING.value] == 2
    has(house.alice, email="alice@new.example.org")
    assert pass_letter(house.studio, house.alice, NOON + DAY).state == LetterState.WAITING
    has(house.alice, email="alice@example.org")
    failed = next(row for row in letters() if row.state == LetterState.FAILED)
    again = send_again(house.studio.organization, failed.id, house.mira, NOON + DAY)
    assert (again.round, again.state) == (2, LetterState.WAITING)
    sender_with(post).send(NOON + DAY)
    assert f"<{failed.id}.2@kiln.example.org>" in {mail.message_id for mail in post.taken}
    assert pass_letter(house.studio, house.alice, NOON + 2 * DAY).state == LetterState.WAITING


def test_what_is_news_no_more_is_not_sent_late(house: House) -> None:
    house.reserve(house.studio.session())
    write_letters(NOON)
    post = RememberingPost()
    sender_with(post).send(SIX_PM)
    assert post.taken == []
    assert (only().state, only().last_trouble) == (LetterState.FAILED, TOO_LATE)


def test_without_a_way_letters_wait_and_staff_see_it(house: House) -> None:
    house.reserve(house.studio.session())
    write_letters(NOON)
    assert sender_with().send(NOON + MINUTE) == ""
    mail, sms = post_standing(house.studio.organization, house.mira)
    assert (mail.channel, mail.waiting, mail.sent, mail.waits_since) == (Channel.MAIL, 1, 0, NOON)
    assert (sms.channel, sms.waiting, sms.waits_since) == (Channel.SMS, 0, None)


def test_text_messages_go_their_own_way(house: House) -> None:
    has(house.alice, phone="+49 30 123456")
    house.reserve(house.studio.session())
    remind(before(15))
    write_letters(before(14))
    post, texts = RememberingPost(), RememberingTexts()
    sender_with(post, texts).send(before(14))
    (message,) = texts.taken
    assert message.to == "+4930123456" and "you are not checked in yet" in message.text
    assert [mail.subject[:11] for mail in post.taken] == ["Your place:"]


def test_who_says_no_meanwhile_is_not_written(house: House) -> None:
    house.reserve(house.studio.session())
    remind(SIX_PM - DAY)
    write_letters(SIX_PM - DAY)
    no_more = Choice(group=Group.REMINDERS, channel=Channel.MAIL, is_wanted=False)
    choose(house.studio.organization, house.alice, [no_more], house.us, SIX_PM - DAY)
    post = RememberingPost()
    sender_with(post).send(SIX_PM - DAY)
    assert [mail.subject[:11] for mail in post.taken] == ["Your place:"]
    reminder = letters(K.REMINDER)[0]
    assert (reminder.state, reminder.held_because) == (LetterState.HELD, HeldBecause.NOT_WANTED)
    with pytest.raises(Conflict, match="not_wanted"):
        send_again(house.studio.organization, reminder.id, house.mira, SIX_PM - DAY)


def test_a_reminder_says_how_to_stop_it_and_a_confirmation_cannot_be_stopped(house: House) -> None:
    house.reserve(house.studio.session())
    remind(SIX_PM - DAY)
    write_letters(SIX_PM - DAY)
    post = RememberingPost()
    sender_with(post).send(SIX_PM - DAY)
    by_subject = {mail.subject.split(":")[0]: mail for mail in post.taken}
    assert by_subject["Your place"].unsubscribe == ""
    stop = by_subject["A reminder"].unsubscribe
    assert stop.startswith("https://kiln.example.org/unsubscribe/") and stop in by_subject["A reminder"].text


def test_a_link_to_sign_in_is_emptied_once_it_is_sent_and_nobody_sends_it_again(house: House) -> None:
    ask_for_link("alice@example.org", NOON)
    write_letters(NOON)
    post = RememberingPost()
    seen = letters_of_member(house.studio.organization, house.alice, house.mira, Wanted()).found[0]
    assert (seen.kind, seen.text) == (K.SIGN_IN_WANTED, "")
    sender_with(post).send(NOON)
    assert "/my/sign-in/" in post.taken[0].text
    assert (only().state, only().text, only().html) == (LetterState.SENT, "", "")
    with pytest.raises(Conflict, match="emptied"):
        send_again(house.studio.organization, only().id, house.mira, NOON)


def test_one_that_was_not_sent_in_time_keeps_no_link_either(house: House) -> None:
    ask_for_link("alice@example.org", NOON)
    write_letters(NOON)
    sender_with(RememberingPost()).send(NOON + 15 * MINUTE)
    assert (only().state, only().last_trouble, only().text) == (LetterState.FAILED, TOO_LATE, "")


class DyingPost(RememberingPost):
    def send(self, mail: Mail) -> Delivery:
        super().send(mail)
        raise KeyboardInterrupt


def test_who_dies_while_sending_leaves_a_letter_that_goes_again_under_the_same_name(house: House) -> None:
    house.reserve(house.studio.session())
    write_letters(NOON)
    dying, other = DyingPost(), RememberingPost()
    with pytest.raises(KeyboardInterrupt):
        sender_with(dying).send(NOON)
    sender_with(other).send(NOON + LEASE - MINUTE)
    assert other.taken == []
    sender_with(other).send(NOON + LEASE)
    assert [mail.message_id for mail in dying.taken] == [mail.message_id for mail in other.taken]
    assert only().tries == 2


class SlowPost(RememberingPost):
    """Its lease has run out, and another is sending, by the time it answers."""

    def send(self, mail: Mail) -> Delivery:
        with pytest.raises(KeyboardInterrupt):
            sender_with(DyingPost()).send(NOON + LEASE)
        return GONE


def test_the_word_of_one_that_took_too_long_does_not_count(house: House) -> None:
    house.reserve(house.studio.session())
    write_letters(NOON)
    sender_with(SlowPost()).send(NOON)
    assert (only().state, only().tries) == (LetterState.WAITING, 2)
    sender_with(RememberingPost()).send(NOON + 2 * LEASE)
    assert only().state == LetterState.SENT


def test_schedulers_at_once_send_each_letter_once_through_a_real_server(database: Database) -> None:
    studio = open_studio()
    for number in range(30):
        pass_letter(studio, studio.member(f"Member{number}"))
    start = Barrier(3)
    with mail_server() as box:

        def sends(_: int) -> None:
            post = SmtpPost(MailServer.of(f"smtp://127.0.0.1:{box.port}"), HOUSE.sender)
            sender = LetterSender(house=HOUSE, now=lambda: NOON, mail=post)
            start.wait()
            for _ in range(3):
                sender.send(NOON)

        with ThreadPoolExecutor(3) as pool:
            list(pool.map(sends, range(3)))
        arrived = Counter(mail["Message-ID"] for mail in box.mails)
    assert len(arrived) == 30 and set(arrived.values()) == {1}
    assert {row.state for row in letters()} == {LetterState.SENT.value}


def test_reminders_are_announced_once_by_however_many(house: House) -> None:
    for days in range(3):
        house.reserve(house.studio.session(SIX_PM + timedelta(minutes=days)))
    with ThreadPoolExecutor(3) as pool:
        said = list(pool.map(remind, [SIX_PM - DAY + 5 * MINUTE] * 3))
    assert sorted(filter(None, said), key=len)[-1].endswith("reminders")
    assert house.news()[K.REMINDER] == 3
    remind(before(60))
    remind(before(10))
    remind(before(9))
    assert (house.news()[K.CHECK_IN_SOON], house.news()[K.LAST_CALL]) == (3, 3)


def test_the_log_is_for_staff_who_serve_and_for_the_member_themselves(house: House) -> None:
    place = house.reserve(house.studio.session())
    house.reserve(house.studio.session(SIX_PM + DAY), NOON + MINUTE)
    write_letters(NOON + MINUTE)
    org, alice = house.studio.organization, member_asking(house.studio.organization, house.alice, "Alice")
    mine = letters_of_member(org, house.alice, alice, Wanted(limit=1))
    assert len(mine.found) == 1 and mine.next is not None
    rest = letters_of_member(org, house.alice, house.mira, Wanted(limit=1, after=mine.next))
    assert rest.next is None and rest.found[0].id < mine.found[0].id
    (seen,) = letters_of_reservation(org, place, alice, Wanted()).found
    assert (seen.kind, seen.state, seen.reservation_id) == (K.RESERVED, LetterState.WAITING, place)
    ben = member_asking(org, house.studio.member("Ben"), "Ben")
    for asked in (
        lambda: letters_of_member(org, house.alice, ben, Wanted()),
        lambda: letters_of_reservation(org, place, ben, Wanted()),
        lambda: letters_of_member(open_studio("Other").organization, house.alice, house.mira, Wanted()),
    ):
        with pytest.raises((NotFound, Forbidden)):
            asked()
    teaches = Asker(organization_id=org, role=Role.INSTRUCTOR, name="Ida")
    with pytest.raises(Forbidden):
        send_again(org, seen.id, teaches, NOON)
    with pytest.raises(Conflict, match="on_its_way"):
        send_again(org, seen.id, house.mira, NOON)


def test_what_is_delivered_says_so_and_nothing_else_changes(house: House) -> None:
    house.reserve(house.studio.session())
    write_letters(NOON)
    text = only().text
    sender_with(RememberingPost(answers=[Delivered()])).send(NOON)
    with reading():
        row = LetterRow.get()
    assert (row.text, row.claimed_until, row.next_try_at, row.last_trouble) == (text, None, None, "")
