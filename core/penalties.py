"""Penalties explained: which absence, by which rule, what it cost, until when, and how long it may be contested.

Judgements and what they are made of; the sentences stand in `core/penalties_said.py`. It changes nothing.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from core.attendance import Absence
from core.model import PassType, Session
from core.policy import Policy


class AbsenceState(StrEnum):
    """How an absence stands. CONTESTED: the member says that they were there, and nobody has answered yet."""

    STANDS = "STANDS"
    CONTESTED = "CONTESTED"
    EXCUSED = "EXCUSED"
    UNCONFIRMED = "UNCONFIRMED"
    UNDONE = "UNDONE"


class Answer(StrEnum):
    """What staff say to "I was there"."""

    WERE_THERE = "WERE_THERE"
    EXCUSED = "EXCUSED"
    STANDS = "STANDS"


class MayContest(StrEnum):
    """Whether an absence can be contested, or why it cannot."""

    YES = "YES"
    UNDONE = "UNDONE"
    ASKED = "ASKED"
    ANSWERED = "ANSWERED"
    TOO_LATE = "TOO_LATE"


@dataclass(frozen=True, kw_only=True, slots=True)
class Rule:
    """A version of the policy, and since when it has been in force."""

    policy: Policy
    since: datetime


@dataclass(frozen=True, kw_only=True, slots=True)
class LostPlace:
    """A place ahead that was taken away, and has not been given back."""

    reservation_id: str
    title: str
    starts_at: datetime


@dataclass(frozen=True, kw_only=True, slots=True)
class Contest:
    """A member's "I was there". `by_name`: who of staff wrote it down, empty for the member themselves."""

    id: str
    words: str
    made_at: datetime
    by_name: str = ""
    answer: Answer | None = None
    answered_at: datetime | None = None
    answered_by_name: str = ""
    answered_because: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Suspended:
    """A suspension as far as it is explained. `no_show_id`: the absence for which the night made it, if one did."""

    id: str
    starts_at: datetime
    ends_at: datetime
    because: str
    no_show_id: str | None = None
    lifted_at: datetime | None = None
    lifted_because: str = ""

    @property
    def is_by_night(self) -> bool:
        return self.no_show_id is not None

    @property
    def was_lifted_early(self) -> bool:
        return self.lifted_at is not None and self.lifted_at < self.ends_at


@dataclass(frozen=True, kw_only=True, slots=True)
class NotedAbsence:
    """All that is written down about one absence. `absence_grace`: of its pass, until places ahead are taken away."""

    no_show_id: str
    reservation_id: str
    member_id: str
    session: Session
    pass_id: str
    pass_title: str
    pass_type: PassType
    absence_grace: timedelta
    noted_at: datetime
    is_counted: bool
    is_unconfirmed: bool
    took_punch: bool
    is_punch_back: bool = False
    excused_because: str = ""
    undone_at: datetime | None = None
    undone_because: str = ""
    places_lost: tuple[LostPlace, ...] = ()
    contest: Contest | None = None

    @property
    def state(self) -> AbsenceState:
        if self.undone_at is not None:
            return AbsenceState.UNDONE
        if self.contest is not None and self.contest.answer is None:
            return AbsenceState.CONTESTED
        if self.excused_because:
            return AbsenceState.EXCUSED
        return AbsenceState.UNCONFIRMED if self.is_unconfirmed else AbsenceState.STANDS

    @property
    def has_consequences(self) -> bool:
        """It is a strike, and takes places ahead: also while it waits for an answer."""
        is_taken_back = bool(self.excused_because) or self.undone_at is not None
        return self.is_counted and not self.is_unconfirmed and not is_taken_back


@dataclass(frozen=True, kw_only=True, slots=True)
class Explanation:
    """One absence explained. `strike`: it is the nth that counts within the rule's span; None: it is none.

    `suspension`: the one it led to, alone or with others. `places_go_at`: when places ahead on its pass are taken
    away, None when that is past or never comes. `contest_ends_at`: from then on it is too late to say otherwise.
    """

    noted: NotedAbsence
    rule: Rule
    strike: int | None
    suspension: Suspended | None
    places_go_at: datetime | None
    contest_ends_at: datetime
    may_contest: MayContest


def explain(
    noted: NotedAbsence, rule: Rule, others: Iterable[Absence], suspension: Suspended | None, at: datetime
) -> Explanation:
    """`others`: the member's absences that were not reversed and no earlier suspension has answered; this one may be
    among them. Source: "Every penalty can be explained: session, rule, version, until when, how to contest".
    """
    goes_at = noted.session.ends_at + noted.absence_grace
    goes = noted.has_consequences and rule.policy.no_show_takes_places and at < goes_at
    return Explanation(
        noted=noted,
        rule=rule,
        strike=strike_of(noted, rule.policy, others) if noted.has_consequences else None,
        suspension=suspension,
        places_go_at=goes_at if goes else None,
        contest_ends_at=contest_ends_at(noted, rule.policy),
        may_contest=may_contest(noted, rule.policy, at),
    )


def strike_of(noted: NotedAbsence, policy: Policy, others: Iterable[Absence]) -> int:
    """Which strike it is, counted within the span that ends with it, from 1. The night counts in the same way."""
    ended_at = noted.session.ends_at
    before = {
        one.no_show_id
        for one in others
        if one.has_consequences and ended_at - policy.strike_span < one.session_ends_at <= ended_at
    }
    return len(before | {noted.no_show_id})


def contest_ends_at(noted: NotedAbsence, policy: Policy) -> datetime:
    """The rule's own time from when the absence was noted; the member could not know of it before."""
    return noted.noted_at + policy.contest_within


def may_contest(noted: NotedAbsence, policy: Policy, at: datetime) -> MayContest:
    """Up to but not including its end, once. Also where it costs nothing: that they came may matter to a course."""
    if noted.undone_at is not None:
        return MayContest.UNDONE
    if noted.contest is not None:
        return MayContest.ASKED if noted.contest.answer is None else MayContest.ANSWERED
    return MayContest.YES if at < contest_ends_at(noted, policy) else MayContest.TOO_LATE
