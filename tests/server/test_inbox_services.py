"""What waits for staff's word: each thing is there when it should be, once, and gone when it was answered."""

from datetime import datetime, timedelta

import pytest
from peewee import Database

from core.cards import CardCode
from core.errors import Forbidden, Invalid, NotFound
from core.refusals import RefusalReason
from server.services.desk.inbox.finding import inbox, open_count, pulse
from server.services.desk.inbox.values import InboxKind, Way
from server.services.people.rights import Role, the_house
from server.store.database import reading, writing
from server.store.tables import DeviceRow, InboxSettlementRow, MemberRow, PunchRow, SuspensionRow
from tests.server.door_stories import StoryKiosk, kiosk_of, live_visits, refused, welcomed
from tests.server.inbox_stories import A_DAY, answered, card_of, in_touch, mira, waiting
from tests.server.studio import SIX_PM, Studio, after, before, open_studio

K = InboxKind


def alice_disputed(studio: Studio, *, punches: int = 10) -> tuple[StoryKiosk, str]:
    """(a kiosk that let Alice in while she was suspended, her pass)."""
    alice = studio.member()
    card, pass_, session = studio.card(alice), studio.punch_pass(alice, punches), studio.session()
    with writing():
        SuspensionRow.create(
            id="s1", organization=studio.organization, member=alice, starts_at=before(60), ends_at=after(9999),
            made_at=before(60),
        )  # fmt: skip
    kiosk = kiosk_of(studio)
    in_touch(kiosk, after(5))
    kiosk.tell(after(6), welcomed(kiosk.show(card, before(10)), alice, session, pass_=pass_))
    return kiosk, pass_


# ---------- disputes ----------


def test_a_disputed_visit_waits_with_what_the_door_knew_and_what_we_know(database: Database) -> None:
    studio = open_studio()
    alice_disputed(studio)
    (item,) = waiting(studio, after(10))
    assert (item.kind, item.who, item.where) == (K.DISPUTE, "Alice Ackerman", "Front door")
    assert (item.at, item.title.key) == (before(10), "desk.inbox.dispute.SUSPENDED")
    assert item.now is not None and item.now.key == "refusal.SUSPENDED.staff"
    assert [(offer.way, offer.price.key) for offer in item.offers] == [
        (Way.LET_STAND, "desk.inbox.price.punch_stays"),
        (Way.UNDO, "desk.inbox.price.punch_back"),
    ]


def test_a_visit_nobody_disputes_is_not_put_before_staff(database: Database) -> None:
    studio = open_studio()
    alice = studio.member()
    card, pass_, session = studio.card(alice), studio.punch_pass(alice), studio.session()
    kiosk = kiosk_of(studio)
    in_touch(kiosk, after(5))
    kiosk.tell(after(6), welcomed(kiosk.show(card, before(10)), alice, session, pass_=pass_))
    assert waiting(studio, after(10)) == []


def test_let_stand_it_stays_as_it_is_and_says_who_why_and_when(database: Database) -> None:
    studio = open_studio()
    _, pass_ = alice_disputed(studio)
    (item,) = waiting(studio, after(10))
    settled = answered(studio, item, after(11), because="Came in good faith")
    assert (settled.way, settled.because, settled.by_name) == (Way.LET_STAND, "Came in good faith", "Mira")
    assert (settled.settled_at, settled.title) == (after(11), item.title)
    assert waiting(studio, after(12)) == []
    assert (len(live_visits()), studio.punches_left(pass_)) == (1, 9)
    assert inbox(studio.organization, mira(studio), after(12)).settled == (settled,)


def test_answered_twice_the_first_answer_stands(database: Database) -> None:
    studio = open_studio()
    _, pass_ = alice_disputed(studio)
    (item,) = waiting(studio, after(10))
    first = answered(studio, item, after(11), because="Came in good faith")
    second = answered(studio, item, after(12), Way.UNDO, because="It was somebody else")
    assert second == first
    assert (len(live_visits()), studio.punches_left(pass_)) == (1, 9)
    with reading():
        assert InboxSettlementRow.select().count() == 1


def test_undone_the_punch_comes_back_and_it_is_written_down(database: Database) -> None:
    studio = open_studio()
    _, pass_ = alice_disputed(studio)
    (item,) = waiting(studio, after(10))
    answered(studio, item, after(11), Way.UNDO)
    assert (live_visits(), studio.punches_left(pass_)) == ([], 10)
    assert waiting(studio, after(12)) == []


def test_disputed_again_after_it_was_undone_it_is_a_new_question(database: Database) -> None:
    studio = open_studio()
    kiosk, pass_ = alice_disputed(studio)
    (item,) = waiting(studio, after(10))
    answered(studio, item, after(11), Way.UNDO)
    with reading():
        alice = MemberRow.get().id
    again = welcomed(kiosk.show(card_of(alice), after(12)), alice, item.session_id or "", pass_=pass_)
    kiosk.tell(after(13), again)
    (new,) = waiting(studio, after(14))
    assert new.subject == item.subject and new.key != item.key


def test_a_program_that_names_nobody_takes_no_check_in_back(database: Database) -> None:
    studio = open_studio()
    alice_disputed(studio)
    (item,) = waiting(studio, after(10))
    with pytest.raises(Forbidden, match="names_nobody"):
        answered(studio, item, after(11), Way.UNDO, by=the_house(studio.organization))
    assert len(live_visits()) == 1
    assert waiting(studio, after(12)) == [item]


# ---------- overdrafts ----------


def overdrawn(studio: Studio) -> tuple[StoryKiosk, str, str]:
    """(a kiosk that let Bob in twice on one punch, Bob, his pass)."""
    bob = studio.member("Bob")
    pass_ = studio.punch_pass(bob, 1)
    kiosk = kiosk_of(studio)
    in_touch(kiosk, after(5))
    for minutes in (0, 180):
        comes(studio, kiosk, bob, pass_, after(minutes))
    return kiosk, bob, pass_


def comes(studio: Studio, kiosk: StoryKiosk, member: str, pass_: str, at: datetime) -> None:
    session = studio.session(at)
    kiosk.tell(at + timedelta(minutes=1), welcomed(kiosk.show(card_of(member), at), member, session, pass_=pass_))


def test_a_pass_below_nothing_waits_and_one_at_nothing_does_not(database: Database) -> None:
    studio = open_studio()
    bob, kiosk = studio.member("Bob"), kiosk_of(studio)
    pass_ = studio.punch_pass(bob, 1)
    comes(studio, kiosk, bob, pass_, SIX_PM)
    assert waiting(studio, after(2), K.OVERDRAFT) == []
    comes(studio, kiosk, bob, pass_, after(180))
    (item,) = waiting(studio, after(182), K.OVERDRAFT)
    assert (item.who, item.where, item.at) == ("Bob Ackerman", "Front door", after(180))
    assert dict(item.now.values if item.now else ()) == {"left": "−1", "held": 0}


def test_a_punch_set_aside_that_another_visit_used_is_an_overdraft(database: Database) -> None:
    studio = open_studio()
    bob, kiosk = studio.member("Bob"), kiosk_of(studio)
    pass_ = studio.punch_pass(bob, 1)
    studio.reservation(bob, studio.session(after(600)), pass_)
    comes(studio, kiosk, bob, pass_, SIX_PM)
    (item,) = waiting(studio, after(2), K.OVERDRAFT)
    assert dict(item.now.values if item.now else ()) == {"left": "0", "held": 1}


def test_overdrawn_once_more_after_it_was_let_stand_it_waits_again(database: Database) -> None:
    studio = open_studio()
    kiosk, bob, pass_ = overdrawn(studio)
    (item,) = waiting(studio, after(200), K.OVERDRAFT)
    answered(studio, item, after(201))
    assert waiting(studio, after(202), K.OVERDRAFT) == []
    comes(studio, kiosk, bob, pass_, after(400))
    (again,) = waiting(studio, after(402), K.OVERDRAFT)
    assert again.subject == item.subject and again.key != item.key


def test_forgiven_the_pass_stands_at_nothing_by_a_line_with_the_reason(database: Database) -> None:
    studio = open_studio()
    _, _, pass_ = overdrawn(studio)
    (item,) = waiting(studio, after(200), K.OVERDRAFT)
    answered(studio, item, after(201), Way.FORGIVE, because="Our mistake")
    assert studio.punches_available(pass_) == 0
    with reading():
        line = PunchRow.select().where(PunchRow.kind == "CORRECTION").get()
        assert (line.delta, line.because, line.staff_id) == (1, "Our mistake", studio.staff)


# ---------- unknown cards ----------


def turned_away(kiosk: StoryKiosk, card: CardCode, at: datetime, reason: RefusalReason) -> None:
    kiosk.tell(at + timedelta(minutes=1), refused(kiosk.show(card, at), reason))


def test_a_card_nobody_knows_is_one_item_a_day_however_often_it_is_shown(database: Database) -> None:
    studio = open_studio()
    kiosk = kiosk_of(studio)
    card = card_of("nobody of ours")
    for at in (before(30), before(20), before(20) + A_DAY):
        turned_away(kiosk, card, at, RefusalReason.CARD_UNKNOWN)
    items = waiting(studio, after(5) + A_DAY, K.UNKNOWN_CARD)
    assert [(item.at, item.title.count) for item in items] == [(before(20) + A_DAY, 1), (before(20), 2)]
    answered(studio, items[1], after(6) + A_DAY)
    assert waiting(studio, after(7) + A_DAY, K.UNKNOWN_CARD) == items[:1]


def test_a_member_whose_card_had_not_reached_the_kiosk_is_named(database: Database) -> None:
    studio = open_studio()
    alice, kiosk = studio.member(), kiosk_of(studio)
    turned_away(kiosk, studio.card(alice), before(10), RefusalReason.CARD_NOT_ON_THIS_KIOSK)
    (item,) = waiting(studio, after(5), K.UNKNOWN_CARD)
    assert (item.who, item.title.key) == ("Alice Ackerman", "desk.inbox.unknown.member")


def test_whoever_came_in_after_all_needs_nobody(database: Database) -> None:
    studio = open_studio()
    alice, kiosk = studio.member(), kiosk_of(studio)
    card, pass_ = studio.card(alice), studio.unlimited(alice)
    turned_away(kiosk, card, before(10), RefusalReason.CARD_NOT_ON_THIS_KIOSK)
    kiosk.tell(after(2), welcomed(kiosk.show(card, before(5)), alice, studio.session(), pass_=pass_))
    assert waiting(studio, after(5), K.UNKNOWN_CARD) == []


@pytest.mark.parametrize("reason", [RefusalReason.TOO_EARLY, RefusalReason.NOT_A_MEMBERSHIP_CARD])
def test_other_refusals_are_no_unknown_cards(database: Database, reason: RefusalReason) -> None:
    studio = open_studio()
    turned_away(kiosk_of(studio), card_of("nobody of ours"), before(10), reason)
    assert waiting(studio, after(5), K.UNKNOWN_CARD) == []


# ---------- kiosks ----------


@pytest.mark.parametrize("hours, had_sessions, is_there", [(5.99, True, False), (6, True, True),
                                                           (23.99, False, False), (24, False, True)])  # fmt: skip
def test_a_kiosk_silent_for_too_long_is_put_before_staff(
    database: Database, hours: float, had_sessions: bool, is_there: bool
) -> None:
    studio = open_studio()
    kiosk = kiosk_of(studio)
    now = SIX_PM + timedelta(hours=1)
    in_touch(kiosk, now - timedelta(hours=hours))
    if had_sessions:
        studio.session()
    assert bool(waiting(studio, now, K.SILENT_KIOSK)) == is_there


def test_looked_at_it_is_hushed_until_it_was_heard_and_is_silent_again(database: Database) -> None:
    studio = open_studio()
    kiosk = kiosk_of(studio)
    in_touch(kiosk, SIX_PM)
    (item,) = waiting(studio, SIX_PM + A_DAY)
    answered(studio, item, SIX_PM + A_DAY)
    assert waiting(studio, SIX_PM + 3 * A_DAY) == []
    in_touch(kiosk, SIX_PM + 3 * A_DAY)
    assert waiting(studio, SIX_PM + 3 * A_DAY) == []
    (again,) = waiting(studio, SIX_PM + 5 * A_DAY)
    assert again.key != item.key


@pytest.mark.parametrize("ended", ["revoked_at", "retired_at"])
def test_a_kiosk_out_of_use_is_missed_by_nobody(database: Database, ended: str) -> None:
    studio = open_studio()
    kiosk = kiosk_of(studio)
    in_touch(kiosk, SIX_PM)
    with writing():
        DeviceRow.update(**{ended: after(5)}).execute()
    assert waiting(studio, SIX_PM + 5 * A_DAY) == []


def test_a_kiosk_that_speaks_as_two_waits_until_somebody_knows_which_is_real(database: Database) -> None:
    studio = open_studio()
    card = studio.card(studio.member())
    real = kiosk_of(studio)
    clone = StoryKiosk(known=real.known)
    turned_away(real, card, before(10), RefusalReason.TOO_EARLY)
    turned_away(clone, card, before(9), RefusalReason.TOO_LATE)
    (fork,) = waiting(studio, after(5), K.FORK)
    assert len(waiting(studio, after(5), K.QUARANTINE)) == 1
    answered(studio, fork, after(6), because="Paired the real one anew")
    assert waiting(studio, after(7), K.FORK) == []
    in_touch(real, after(8))
    assert waiting(studio, after(9), K.FORK) == []
    clone.seq = 0
    turned_away(clone, card, after(10), RefusalReason.TOO_LATE)
    (again,) = waiting(studio, after(12), K.FORK)
    assert again.key != fork.key


def test_a_disk_put_back_calls_once_and_not_with_every_heartbeat(database: Database) -> None:
    studio = open_studio()
    card, kiosk = studio.card(studio.member()), kiosk_of(studio)
    for minute in (10, 9, 8):
        turned_away(kiosk, card, before(minute), RefusalReason.TOO_EARLY)
    assert waiting(studio, after(1), K.FORK) == []
    in_touch(kiosk, after(2), max_seq=1)
    (fork,) = waiting(studio, after(3), K.FORK)
    answered(studio, fork, after(4), because="Its disk was put back from a copy")
    in_touch(kiosk, after(5), max_seq=1)
    assert waiting(studio, after(6), K.FORK) == []
    in_touch(kiosk, after(7), max_seq=0)
    (again,) = waiting(studio, after(8), K.FORK)
    assert again.key != fork.key


# ---------- rights and strangers ----------


def test_a_reason_is_asked_for(database: Database) -> None:
    studio = open_studio()
    alice_disputed(studio)
    (item,) = waiting(studio, after(10))
    with pytest.raises(Invalid):
        answered(studio, item, after(11), because="  ")
    assert waiting(studio, after(12)) == [item]


def test_another_studios_item_is_not_there(database: Database) -> None:
    studio, other = open_studio(), open_studio("Clay")
    alice_disputed(studio)
    (item,) = waiting(studio, after(10))
    assert waiting(other, after(10)) == []
    with pytest.raises(NotFound, match=r"inbox\.not_found"):
        answered(other, item, after(11))
    with pytest.raises(Forbidden):
        inbox(studio.organization, mira(other), after(10))
    assert waiting(studio, after(12)) == [item]


def test_an_answer_that_is_not_offered_settles_nothing(database: Database) -> None:
    studio = open_studio()
    alice_disputed(studio)
    (item,) = waiting(studio, after(10))
    with pytest.raises(NotFound, match="no_such_way"):
        answered(studio, item, after(11), Way.STOP_WAITING)
    assert waiting(studio, after(12)) == [item]


def test_an_instructor_sees_no_inbox(database: Database) -> None:
    studio = open_studio()
    alice_disputed(studio)
    instructor = mira(studio, Role.INSTRUCTOR)
    assert open_count(studio.organization, instructor, after(10)) == 0
    with pytest.raises(Forbidden):
        inbox(studio.organization, instructor, after(10))


def test_the_pulse_changes_when_something_is_settled_and_only_then(database: Database) -> None:
    studio = open_studio()
    alice_disputed(studio)
    (item,) = waiting(studio, after(10))
    before_it = pulse(studio.organization, after(10))
    assert pulse(studio.organization, after(11)) == before_it
    assert open_count(studio.organization, mira(studio), after(10)) == 1
    answered(studio, item, after(12))
    assert pulse(studio.organization, after(12)) != before_it
    assert open_count(studio.organization, mira(studio), after(12)) == 0
