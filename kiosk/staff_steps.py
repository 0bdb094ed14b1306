"""Where staff are while they are signed in, and what they are about to do, as values. The faces follow from it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from core.acts import ActWord
from core.model import Session
from core.refusals import RefusalReason
from kiosk.faces_staff import Ending, Said
from kiosk.staff_values import ActResult, ManyResult, SearchResult


@dataclass(frozen=True, kw_only=True, slots=True)
class AtRoster:
    """Today. `session_id` is empty for the one that is on; `marked` is None unless several are being marked."""

    session_id: str = ""
    first: int = 0
    marked: frozenset[str] | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Pending:
    """An act that wants a reason. `does` is called with it; `title` is what it is about, `count` how many members;
    `shows` is what comes of it."""

    word: ActWord
    does: Callable[[str], ActResult | ManyResult]
    name: str = ""
    title: str = ""
    count: int = 1
    shows: "AtCard | None" = None


@dataclass(frozen=True, kw_only=True, slots=True)
class AtTyping:
    """Words for a search, or (`pending`) a reason."""

    text: str = ""
    pending: Pending | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class AtFound:
    result: SearchResult
    first: int = 0


@dataclass(frozen=True, kw_only=True, slots=True)
class AtMember:
    member_id: str
    first: int = 0


@dataclass(frozen=True, kw_only=True, slots=True)
class AtUntil:
    """`chosen` makes the act of an end that was tapped."""

    word: ActWord
    name: str
    endings: tuple[Ending, ...]
    chosen: Callable[[Ending], Pending]
    reason: RefusalReason | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class AtWhy:
    pending: Pending


@dataclass(frozen=True, kw_only=True, slots=True)
class AtCard:
    """A temporary card's code: on the screen only as long as this."""

    member_id: str
    name: str
    text: str
    until_at: datetime


@dataclass(frozen=True, kw_only=True, slots=True)
class AtKiosk:
    """The kiosk itself."""


Step = AtRoster | AtTyping | AtFound | AtMember | AtUntil | AtWhy | AtCard | AtKiosk


def said_of(result: ActResult | ManyResult) -> Said:
    """What became of an act, for a face."""
    if isinstance(result, ManyResult):
        values = {"count": result.count, "of": result.of}
        return Said(key=result.key, values=values, is_good=result.count == result.of)
    return Said(key=result.key, values=result.values, is_good=result.is_done)


def session_shown(session_id: str, sessions: tuple[tuple[Session, bool], ...]) -> str:
    """The session that was chosen; else the one that is on, else the next, else the last; empty where none is."""
    ids = [session.id for session, _ in sessions]
    if session_id in ids or not ids:
        return session_id if session_id in ids else ""
    return next((session.id for session, is_on in sessions if is_on), ids[0])
