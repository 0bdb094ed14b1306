"""Several people who come in together on one card: each judged by `core.checkin.decide` as if alone, in a fair order.

It refuses to let one person's refusal stand in another's way, and to sell a place or a punch twice in one evening.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from core.checkin import decide
from core.decisions import Admitted, Decision
from core.facts import Facts
from core.model import Session
from core.policy import Policy

MOST_LED = 7
"""With the one who leads eight; more do not fit on one screen."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Coming:
    """Somebody who wants to come in now. `facts` are theirs, with the state of the card that leads them."""

    member_id: str
    facts: Facts


@dataclass(frozen=True, kw_only=True, slots=True)
class Decided:
    """What the door says to one of them."""

    member_id: str
    decision: Decision


def in_fair_order(people: Sequence[Coming], policy: Policy, at: datetime) -> tuple[Coming, ...]:
    """Who is in already, then whose place is set aside, then those who walk in; among equals as they were named.

    So that nobody who walks in takes what one of the others reserved.
    """
    return tuple(sorted(people, key=lambda one: _rank(decide(one.facts, policy, at))))


def decide_each(people: Sequence[Coming], policy: Policy, at: datetime) -> tuple[Decided, ...]:
    """One decision a person, in the fair order; each sees the places and punches that those before took."""
    decided: list[Decided] = []
    waiting = list(in_fair_order(people, policy, at))
    while waiting:
        one = waiting.pop(0)
        decision = decide(one.facts, policy, at)
        decided.append(Decided(member_id=one.member_id, decision=decision))
        waiting = [replace(other, facts=after(other.facts, decision)) for other in waiting]
    return tuple(decided)


def after(facts: Facts, decision: Decision) -> Facts:
    """The facts of one who is still to come in, once somebody before them was told this."""
    if not isinstance(decision, Admitted) or decision.again_since is not None:
        return facts
    if decision.reservation_id is None:
        facts = replace(facts, sessions=tuple(_fuller(one, decision) for one in facts.sessions))
    return _poorer(facts, decision) if decision.takes_punch else facts


def _rank(decision: Decision) -> int:
    match decision:
        case Admitted(again_since=again_since) if again_since is not None:
            return 0
        case Admitted(reservation_id=reservation_id) if reservation_id is not None:
            return 1
    return 2


def _fuller(session: Session, admitted: Admitted) -> Session:
    return replace(session, taken=session.taken + 1) if session.id == admitted.session.id else session


def _poorer(facts: Facts, admitted: Admitted) -> Facts:
    """A pass that two people may use pays once for each."""
    passes = tuple(
        replace(one, punches_left=(one.punches_left or 0) - 1) if one.id == admitted.pass_id else one
        for one in facts.passes
    )
    is_shared = any(one.id == admitted.pass_id for one in facts.passes)
    if not is_shared or admitted.reservation_id is not None:
        return replace(facts, passes=passes)
    known = facts.knowledge
    walked_in = (*known.passes_walked_in_on_today, admitted.pass_id or "")
    return replace(facts, passes=passes, knowledge=replace(known, passes_walked_in_on_today=walked_in))
