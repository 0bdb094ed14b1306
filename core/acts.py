"""What staff may do at a kiosk, as values that travel in the attempt that says they did it. Pure; none needs a network.

It refuses to know who staff are: that stands in the attempt's `actor`, with how they proved it.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from core.model import CheckIn as Visit
from core.model import Reservation, ReservationStatus, Session
from core.refusals import RefusalReason as R

UNDO_WITHIN = timedelta(minutes=10)
"""From the check-in on, up to and including this long. After that staff take it back at the desk's own pages."""
LONGEST_OVERRIDE = timedelta(days=7)
LONGEST_REASON = 255
"""Characters."""
LIFTABLE = frozenset(
    {
        R.CARD_REPLACED,
        R.MEMBER_INACTIVE,
        R.SUSPENDED,
        R.TOO_EARLY,
        R.TOO_LATE,
        R.NO_RESERVATION,
        R.SESSION_FULL,
        R.NO_PASS,
        R.PASS_NOT_FOR_THIS,
        R.PASS_NOT_YET_VALID,
        R.PASS_EXPIRED,
        R.PASS_USED_UP,
        R.PART_OUT_OF_ORDER,
        R.PART_ALREADY_TAKEN,
        R.TOO_MANY_AHEAD,
        R.MEMBER_LIST_TOO_OLD,
        R.OFFLINE_WALK_IN_LIMIT,
    }
)
"""Staff can vouch for a person, not for a card nobody knows, a session that does not take place, or a clock."""


class ActWord(StrEnum):
    """One for each act, for lists and sentences. Values are stored and never change."""

    CHECK_IN = "CHECK_IN"
    UNDO = "UNDO"
    OVERRIDE = "OVERRIDE"
    NO_SHOW = "NO_SHOW"
    LIFT_SUSPENSION = "LIFT_SUSPENSION"
    HAND_OUT_CARD = "HAND_OUT_CARD"
    OUT_OF_ORDER = "OUT_OF_ORDER"
    BACK_IN_ORDER = "BACK_IN_ORDER"


@dataclass(frozen=True, kw_only=True, slots=True)
class CheckIn:
    """Let a member in to one session, without their card. The rules for staff decide, as everywhere."""

    member_id: str
    session_id: str
    because: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class CheckInMany:
    """Let several in to one session. It never travels: each member is an attempt of their own, each answered."""

    member_ids: tuple[str, ...]
    session_id: str
    because: str = ""

    def each(self) -> tuple[CheckIn, ...]:
        """One for each member, in the order given, nobody twice."""
        return tuple(
            CheckIn(member_id=member_id, session_id=self.session_id, because=self.because)
            for member_id in dict.fromkeys(self.member_ids)
        )


@dataclass(frozen=True, kw_only=True, slots=True)
class Undo:
    """Take a visit back. The punch that paid for it always returns: no visit, no punch (I2)."""

    member_id: str
    visit_key: str
    because: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Override:
    """This reason does not count for the member until `ends_at`, in one session or (`session_id` None) in any.

    The fact that comes of it carries the attempt's id.
    """

    member_id: str
    reason: R
    ends_at: datetime
    because: str
    session_id: str | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class MarkNoShow:
    """Nobody came on this place. Whoever comes after all, or came elsewhere, takes it back."""

    member_id: str
    reservation_id: str
    because: str


@dataclass(frozen=True, kw_only=True, slots=True)
class LiftSuspension:
    """It ends now."""

    member_id: str
    suspension_id: str
    because: str


@dataclass(frozen=True, kw_only=True, slots=True)
class HandOutCard:
    """A temporary card is the member's until `ends_at`: its fingerprint and what checks its proofs, never its code.

    `proof_key`: hex; with it a proof can be checked and made, but no card shown. `sealed`: the name, to that card.
    """

    member_id: str
    card: str
    proof_key: str
    ends_at: datetime
    because: str
    sealed: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class OutOfOrder:
    """This kiosk serves nobody until staff say otherwise."""

    because: str


@dataclass(frozen=True, kw_only=True, slots=True)
class BackInOrder:
    """It serves again."""

    because: str = ""


Act = CheckIn | Undo | Override | MarkNoShow | LiftSuspension | HandOutCard | OutOfOrder | BackInOrder
WORDS: dict[type, ActWord] = {
    CheckIn: ActWord.CHECK_IN,
    Undo: ActWord.UNDO,
    Override: ActWord.OVERRIDE,
    MarkNoShow: ActWord.NO_SHOW,
    LiftSuspension: ActWord.LIFT_SUSPENSION,
    HandOutCard: ActWord.HAND_OUT_CARD,
    OutOfOrder: ActWord.OUT_OF_ORDER,
    BackInOrder: ActWord.BACK_IN_ORDER,
}
WELCOMING = frozenset({ActWord.CHECK_IN, ActWord.UNDO, ActWord.OUT_OF_ORDER, ActWord.BACK_IN_ORDER})
"""What everybody on the staff may do. The rest is about what is the members', and not for everybody."""
NEED_THE_NETWORK: frozenset[ActWord] = frozenset()
"""None: only looking for people beyond today does."""


def word_of(act: Act) -> ActWord:
    return WORDS[type(act)]


def member_of(act: Act) -> str | None:
    """Whom it is about; None: the kiosk itself."""
    return None if isinstance(act, OutOfOrder | BackInOrder) else act.member_id


def needs_serve(act: Act) -> bool:
    """Whether only those may who look after members and what is theirs."""
    return word_of(act) not in WELCOMING


def is_reason(because: str) -> bool:
    """Somebody can read it later: not blank, not endless, one line."""
    text = because.strip()
    return 0 < len(text) <= LONGEST_REASON and text.isprintable()


def may_undo(visit: Visit, at: datetime) -> bool:
    """Within ten minutes of the check-in; a clock that was set back in between makes it no later."""
    return at - visit.checked_in_at <= UNDO_WITHIN


def may_override(reason: R, ends_at: datetime, at: datetime) -> bool:
    """Of the reasons that staff can vouch for, with an end that comes, and within seven days."""
    return reason in LIFTABLE and at < ends_at <= at + LONGEST_OVERRIDE


def may_mark_no_show(session: Session, reservation: Reservation, at: datetime) -> bool:
    """The place is still open and the session began without them; open studio must be over."""
    begun_at = session.ends_at if session.is_open_studio else session.starts_at
    return reservation.status is ReservationStatus.PENDING and not session.is_cancelled and at >= begun_at


def liftable_among(reasons: Collection[R]) -> tuple[R, ...]:
    """Those that staff can vouch for, in the order given."""
    return tuple(reason for reason in reasons if reason in LIFTABLE)
