"""Waiting for a place in a full session: who may, in which order, who is offered a free place, and for how long.

Rules only. An offered place is held: it counts as taken for everybody else until it is answered or the offer runs out.
Source: enhanced-booking, "Waiting Lists Table"; schema-optimization, "Waitlist Management".
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum

from core.decisions import Refused
from core.facts import Facts
from core.model import Session
from core.policy import Policy, WaitingLimits
from core.refusals import RefusalReason as R
from core.reserving import why_not_reserve


class WaitingStatus(StrEnum):
    """Where somebody is in waiting. The values are stored and public.

    OFFERED: a place is held until they answer. BOOKING: it is held and about to be reserved for them, as they asked.
    ENDED: taken off the list, since the session began or was called off, or too many offers ran out.
    """

    WAITING = "WAITING"
    OFFERED = "OFFERED"
    BOOKING = "BOOKING"
    BOOKED = "BOOKED"
    LEFT = "LEFT"
    ENDED = "ENDED"


HOLDS_A_PLACE = frozenset({WaitingStatus.OFFERED, WaitingStatus.BOOKING})
OPEN = HOLDS_A_PLACE | {WaitingStatus.WAITING}
"""Still on the list."""


class Priority(StrEnum):
    """Given by staff, with a reason. Source: enhanced-booking, "priority"."""

    HIGH = "HIGH"
    NORMAL = "NORMAL"
    LOW = "LOW"


_RANK = {Priority.HIGH: 0, Priority.NORMAL: 1, Priority.LOW: 2}


@dataclass(frozen=True, kw_only=True, slots=True)
class Waiting:
    """One member on one session's list. `offers_missed`: how many of their offers ran out.

    `refused`: why they could not take a place just now, if they could not; `offer_ends_at` while OFFERED.
    """

    id: str
    member_id: str
    joined_at: datetime
    status: WaitingStatus = WaitingStatus.WAITING
    priority: Priority = Priority.NORMAL
    is_auto_book: bool = False
    offers_missed: int = 0
    offer_ends_at: datetime | None = None
    refused: R | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Offered:
    """A free place is for this one now. `until` None: it is reserved at once, since they asked for that."""

    waiting_id: str
    until: datetime | None


def why_not_wait(facts: Facts, session: Session, policy: Policy, at: datetime) -> Refused | None:
    """None if the member may wait for a place: whoever could reserve if there were one, until the session starts."""
    return why_not_reserve(facts, _with_a_free_place(session), policy, at)


def in_order(entries: Iterable[Waiting]) -> tuple[Waiting, ...]:
    """Who is next. An offer that ran out puts them behind those who had fewer; then priority, then who came first."""
    return tuple(sorted(entries, key=lambda one: (one.offers_missed, _RANK[one.priority], one.joined_at, one.id)))


def positions(entries: Iterable[Waiting]) -> dict[str, int]:
    """By id, the place in line as a member is told it, from 1. Whoever holds an offer stands in line no more."""
    waiting = (one for one in in_order(entries) if one.status is WaitingStatus.WAITING)
    return {one.id: place for place, one in enumerate(waiting, start=1)}


def next_offers(
    entries: Iterable[Waiting], free_places: int, session: Session, limits: WaitingLimits, at: datetime
) -> tuple[Offered, ...]:
    """Who gets the free places, in order. Nobody who could not take it: the place would be kept from the next in vain.

    Nobody gets any once offers are over for this session: those places are for whoever comes.
    """
    until = offer_ends_at(session, limits, at)
    if until is None or session.is_cancelled:
        return ()
    able = [one for one in in_order(entries) if one.status is WaitingStatus.WAITING and one.refused is None]
    books = at <= session.starts_at - limits.booked_before_start
    return tuple(
        Offered(waiting_id=one.id, until=None if one.is_auto_book and books else until)
        for one in able[: max(0, free_places)]
    )


def offer_ends_at(session: Session, limits: WaitingLimits, at: datetime) -> datetime | None:
    """Until when an offer made now stands, or None: it is too late for one.

    The policy's time, or half of what is left if that is less, but never so short that nobody reads it in time.
    """
    left = session.starts_at - limits.answered_before_start - at
    if left <= timedelta(0) or left < limits.shortest_offer:
        return None
    return at + max(limits.shortest_offer, min(limits.offer_lasts, left / 2))


def is_offer_open(waiting: Waiting, at: datetime) -> bool:
    """Up to, but not including, the moment that was told."""
    is_offered = waiting.status is WaitingStatus.OFFERED and waiting.offer_ends_at is not None
    return is_offered and waiting.offer_ends_at is not None and at < waiting.offer_ends_at


def after_missed_offer(waiting: Waiting, limits: WaitingLimits) -> Waiting:
    """What becomes of whoever let an offer run out: they wait on, behind the others; the last time they are taken off.

    They stay, since a letter is easily read too late. Not for ever, since each offer keeps the place from the next.
    """
    missed = waiting.offers_missed + 1
    status = WaitingStatus.WAITING if missed < limits.offers else WaitingStatus.ENDED
    return replace(waiting, offers_missed=missed, status=status, offer_ends_at=None)


def may_be_released(starts_at: datetime, limits: WaitingLimits, told_until: datetime | None, at: datetime) -> bool:
    """Whether places nobody came for are let go of by now. `told_until`: up to when all kiosks told, None without any.

    A kiosk that has told less may have let somebody in, and not said so yet.
    """
    if limits.released_after_start is None:
        return False
    due = starts_at + limits.released_after_start
    return at >= due and (told_until is None or told_until >= due)


def alternatives(wanted: Session, candidates: Iterable[Session], at: datetime, *, most: int = 5) -> tuple[Session, ...]:
    """Other sessions that would do, best first: nearest to the wished time, the same venue first among equals.

    Of a course: the same part, whenever and wherever it is taught; else the same class type. With a free place, ahead.
    """
    fitting = [
        one
        for one in candidates
        if one.id != wanted.id
        and _is_the_same(one, wanted)
        and one.starts_at > at
        and not one.is_cancelled
        and one.has_free_place
    ]
    return tuple(sorted(fitting, key=lambda one: _distance(one, wanted))[:most])


def free_places(session: Session) -> int:
    """Never less than none, also where more came in than there are places."""
    return max(0, session.capacity - session.taken)


def _with_a_free_place(session: Session) -> Session:
    return replace(session, taken=0, capacity=max(1, session.capacity))


def _is_the_same(one: Session, wanted: Session) -> bool:
    if wanted.course_id is not None or one.course_id is not None:
        return (one.course_id, one.part) == (wanted.course_id, wanted.part)
    return one.class_type_id == wanted.class_type_id


def _distance(one: Session, wanted: Session) -> tuple[timedelta, bool, datetime, str]:
    return abs(one.starts_at - wanted.starts_at), one.venue_id != wanted.venue_id, one.starts_at, one.id
