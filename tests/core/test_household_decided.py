"""A family at the door: each is judged as if alone, and none takes what another of them has."""

from dataclasses import replace

import pytest

from core.decisions import Admitted, Choose, Decision, Refused
from core.facts import Facts
from core.household import Coming, decide_each, in_fair_order
from core.refusals import RefusalReason as R
from tests import personas as p


def coming(*people: tuple[str, Facts]) -> list[Coming]:
    return [Coming(member_id=name, facts=replace(facts, member_id=name)) for name, facts in people]


def told(*people: tuple[str, Facts]) -> dict[str, Decision]:
    return {one.member_id: one.decision for one in decide_each(coming(*people), p.POLICY, p.SIX_PM)}


def test_each_comes_in_or_is_refused_for_a_reason_of_their_own() -> None:
    said = told(("mia", p.WALTER_WHO_WALKS_IN), ("dan", p.DAN_SUSPENDED), ("nora", p.NORA_WITHOUT_A_PASS))
    assert isinstance(said["mia"], Admitted)
    assert (said["mia"].visit_key, said["mia"].member_id) == ("W:mia:wheel-friday", "mia")
    assert isinstance(said["dan"], Refused)
    assert said["dan"].reason is R.SUSPENDED
    assert isinstance(said["nora"], Refused)
    assert said["nora"].reason is R.NO_PASS


@pytest.mark.parametrize("taken, comes_in", [(6, ["mia", "leo"]), (7, ["mia"]), (8, [])])
def test_the_last_place_is_taken_once(taken: int, comes_in: list[str]) -> None:
    walker = replace(p.WALTER_WHO_WALKS_IN, sessions=(replace(p.WHEEL, taken=taken),))
    said = told(("mia", walker), ("leo", walker))
    assert [name for name, decision in said.items() if isinstance(decision, Admitted)] == comes_in
    assert all(d.reason is R.SESSION_FULL for d in said.values() if isinstance(d, Refused))


def test_who_reserved_comes_before_who_walks_in_and_takes_no_more_than_their_place() -> None:
    almost_full = replace(p.WHEEL, taken=7)
    mia = replace(p.WALTER_WHO_WALKS_IN, sessions=(almost_full,))
    ana = replace(p.ALICE, sessions=(almost_full,))
    assert [one.member_id for one in in_fair_order(coming(("mia", mia), ("ana", ana)), p.POLICY, p.SIX_PM)] == [
        "ana",
        "mia",
    ]
    said = told(("mia", mia), ("ana", ana))
    assert all(isinstance(decision, Admitted) for decision in said.values())


@pytest.mark.parametrize("left, comes_in", [(2, ["mia", "leo"]), (1, ["mia"])])
def test_a_pass_that_two_may_use_pays_once_for_each(left: int, comes_in: list[str]) -> None:
    walker = replace(p.WALTER_WHO_WALKS_IN, passes=(replace(p.PUNCHES, punches_left=left),))
    said = told(("mia", walker), ("leo", walker))
    assert [name for name, decision in said.items() if isinstance(decision, Admitted)] == comes_in
    if left == 2:
        assert isinstance(said["leo"], Admitted)
        assert (said["leo"].punches_before, said["leo"].punches_after) == (1, 0)


def test_alone_a_shared_pass_walks_in_as_often_as_one_person_may() -> None:
    walker = p.alone(p.WALTER_WHO_WALKS_IN)
    said = told(("mia", walker), ("leo", walker))
    assert isinstance(said["mia"], Admitted)
    assert isinstance(said["leo"], Refused)
    assert said["leo"].reason is R.OFFLINE_WALK_IN_LIMIT


def test_whoever_is_in_already_takes_nothing_again() -> None:
    full = replace(p.WHEEL, taken=7)
    came = p.visit_to(full, "W:leo:wheel-friday", at=p.before_class(10))
    leo = replace(p.WALTER_WHO_WALKS_IN, sessions=(full,), check_ins=(came,))
    mia = replace(p.WALTER_WHO_WALKS_IN, sessions=(full,))
    said = told(("mia", mia), ("leo", leo))
    assert isinstance(said["leo"], Admitted)
    assert said["leo"].again_since == p.before_class(10)
    assert isinstance(said["mia"], Admitted)


def test_who_has_several_sessions_is_asked_which_and_takes_none_meanwhile() -> None:
    both = (replace(p.WHEEL, taken=7), p.GLAZE)
    mia, leo = replace(p.WALTER_WHO_WALKS_IN, sessions=both), replace(p.WALTER_WHO_WALKS_IN, sessions=both[:1])
    said = told(("mia", mia), ("leo", leo))
    assert isinstance(said["mia"], Choose)
    assert isinstance(said["leo"], Admitted)
