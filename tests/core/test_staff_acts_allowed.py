"""What staff may do at a kiosk: both sides of every limit, and nothing that needs a network."""

from dataclasses import replace
from datetime import timedelta
from typing import get_args

import pytest

from core import acts, wire
from core.acts import LIFTABLE, LONGEST_OVERRIDE, UNDO_WITHIN, ActWord, CheckIn, CheckInMany
from core.model import CheckIn as Visit
from core.model import Reservation
from core.model import ReservationStatus as S
from core.protocol import Attempt
from core.refusals import RefusalReason as R
from tests.personas import SIX_PM, WHEEL

A_SECOND = timedelta(seconds=1)
PLACE = Reservation(id="place", session_id=WHEEL.id, pass_id="pass", status=S.PENDING)
OPEN_STUDIO = replace(WHEEL, is_open_studio=True)


def visit_since(ago: timedelta) -> Visit:
    return Visit(visit_key="W:a:b", session_id="b", session_ends_at=SIX_PM, checked_in_at=SIX_PM - ago)


@pytest.mark.parametrize(
    ("ago", "may"),
    [(timedelta(0), True), (UNDO_WITHIN, True), (UNDO_WITHIN + A_SECOND, False), (-timedelta(hours=1), True)],
)
def test_a_check_in_can_be_taken_back_for_ten_minutes(ago: timedelta, may: bool) -> None:
    assert acts.may_undo(visit_since(ago), SIX_PM) is may


@pytest.mark.parametrize(
    ("reason", "length", "may"),
    [
        (R.TOO_LATE, LONGEST_OVERRIDE, True),
        (R.TOO_LATE, LONGEST_OVERRIDE + A_SECOND, False),
        (R.TOO_LATE, A_SECOND, True),
        (R.TOO_LATE, timedelta(0), False),
        (R.CARD_UNKNOWN, A_SECOND, False),
        (R.SESSION_CANCELLED, A_SECOND, False),
        (R.CLOCK_UNSURE, A_SECOND, False),
        (R.OFFLINE_WALK_IN_LIMIT, A_SECOND, True),
    ],
)
def test_staff_vouch_for_a_person_and_for_a_while(reason: R, length: timedelta, may: bool) -> None:
    assert acts.may_override(reason, SIX_PM + length, SIX_PM) is may


@pytest.mark.parametrize("status", S)
def test_only_an_open_place_can_be_missed(status: S) -> None:
    may = acts.may_mark_no_show(WHEEL, replace(PLACE, status=status), WHEEL.ends_at)
    assert may is (status is S.PENDING)


def test_nobody_misses_what_has_not_begun_and_open_studio_is_missed_when_it_is_over() -> None:
    assert acts.may_mark_no_show(WHEEL, PLACE, WHEEL.starts_at)
    assert not acts.may_mark_no_show(WHEEL, PLACE, WHEEL.starts_at - A_SECOND)
    assert not acts.may_mark_no_show(OPEN_STUDIO, PLACE, WHEEL.ends_at - A_SECOND)
    assert acts.may_mark_no_show(OPEN_STUDIO, PLACE, WHEEL.ends_at)
    assert not acts.may_mark_no_show(replace(WHEEL, is_cancelled=True), PLACE, WHEEL.ends_at)


@pytest.mark.parametrize(
    ("because", "is_one"),
    [("Forgot the card", True), ("", False), ("   ", False), ("x" * 255, True), ("x" * 256, False), ("a\nb", False)],
)
def test_a_reason_can_be_read_later(because: str, is_one: bool) -> None:
    assert acts.is_reason(because) is is_one


def test_many_are_one_each_and_nobody_twice() -> None:
    many = CheckInMany(member_ids=("a", "b", "a"), session_id="wheel", because="came together")
    assert [one.member_id for one in many.each()] == ["a", "b"]
    assert {(one.session_id, one.because) for one in many.each()} == {("wheel", "came together")}


def test_every_act_has_a_word_and_none_needs_the_network() -> None:
    assert set(acts.WORDS) == set(get_args(acts.Act)) and set(acts.WORDS.values()) == set(ActWord)
    assert not acts.NEED_THE_NETWORK
    serving = {word for kind, word in acts.WORDS.items() if word not in acts.WELCOMING}
    assert serving == {ActWord.OVERRIDE, ActWord.NO_SHOW, ActWord.LIFT_SUSPENSION, ActWord.HAND_OUT_CARD}
    assert all(reason in LIFTABLE for reason in acts.liftable_among(tuple(R)))


def test_an_attempt_without_an_act_keeps_its_link_of_the_chain_and_one_with_it_has_its_own() -> None:
    plain = Attempt(attempt_id="1", device_id="door", epoch="e", seq=1, t_mono=1, boot="b", t_wall=1)
    acted = replace(plain, act=CheckIn(member_id="ana", session_id="wheel"))
    written_before = '{"kind_of":"Attempt","attempt_id":"1","device_id":"door","epoch":"e","seq":1,"kind":"self",'
    written_before += '"t_mono":1,"boot":"b","t_wall":1,"clock":"synced","state":"INTENT"}'
    old = {**wire.parsed(written_before), "actor": {"kind_of": "Actor"}, "basis": {"kind_of": "Basis"}}  # type: ignore[dict-item]
    assert wire.chain(plain, "") == wire.chain(old, "")
    assert wire.chain(acted, "") != wire.chain(plain, "")
    assert wire.from_json(Attempt, wire.to_json(acted)) == acted
