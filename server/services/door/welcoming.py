"""Writes down that an attempt says somebody was welcome, or was not: visit, support, and what follows from them."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from core.model import Method, ReservationStatus
from core.paying import PaidBy, paid_by
from core.refusals import RefusalReason
from server.services.door.causes import Cause
from server.services.door.places import lock_session
from server.services.door.settling import settle, settle_as_it_is
from server.store.database import for_update
from server.store.many import put_all
from server.store.tables import ReservationRow, SessionRow, SupportRow, VisitRow
from server.store.written import add, given, written


@dataclass(frozen=True, kw_only=True, slots=True)
class DropIn:
    """What staff took at the desk from whoever came without a pass, in hundredths of the studio's currency."""

    cents: int
    note: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Welcome:
    """One attempt's word that a member came in. `disputed`: why the server would have refused."""

    organization_id: str
    attempt_id: str
    visit_key: str
    member_id: str
    session_id: str
    reservation_id: str | None
    pass_id: str | None
    method: Method
    device_id: str | None = None
    disputed: RefusalReason | None = None
    is_offline_walk_in: bool = False
    is_stale: bool = False
    drop_in: DropIn | None = None


def welcome(word: Welcome, at: datetime, cause: Cause, *, noted_at: datetime | None = None) -> VisitRow:
    """Make or find the visit, support it, settle it. `at` is when it happened. The member is locked by the caller.

    `noted_at`: what follows from it (punch, history, news) is of then, where staff write down long after what was.
    """
    session = lock_session(word.session_id)
    visit = visit_already_there(word.member_id, word.session_id, word.visit_key)
    was_live = visit is not None and visit.is_live
    if visit is None:
        begun = VisitRow(
            id=word.visit_key,
            organization=word.organization_id,
            member=word.member_id,
            session=word.session_id,
            reservation=word.reservation_id or _place_kept(word.member_id, word.session_id),
            device=word.device_id,
            is_live=True,
            method=word.method.value,
            first_at=at,
            is_offline_walk_in=word.is_offline_walk_in,
            is_stale=word.is_stale,
            disputed_reason=word.disputed.value if word.disputed else None,
            **_payment(word, session),
        )
        visit = add(begun)
    elif not was_live:
        _begin_again(visit, word, session, at)
    _support(word.organization_id, word.attempt_id, visit.id, True, at)
    if visit.session_id != session.id:
        session = lock_session(visit.session_id)
    return settle_as_it_is(visit, session, noted_at or at, cause, was_live=was_live)


def _payment(word: Welcome, session: SessionRow) -> dict[str, object]:
    """A visit's columns that say what pays for it. Nobody pays for a free session, whatever an older kiosk counted."""
    how = paid_by(word.pass_id, is_free=session.is_free, is_drop_in=word.drop_in is not None)
    is_drop_in = how is PaidBy.DROP_IN and word.drop_in is not None
    return {
        "pass_": word.pass_id if how is PaidBy.PASS else None,
        "paid_by": how.value,
        "drop_in_cents": word.drop_in.cents if is_drop_in and word.drop_in else None,
        "drop_in_note": word.drop_in.note if is_drop_in and word.drop_in else "",
    }


def withdraw(attempt_id: str, at: datetime, cause: Cause) -> VisitRow | None:
    """This attempt no longer says welcome. None: it never did. The member is locked by the caller."""
    support = SupportRow.get_or_none(SupportRow.attempt == attempt_id)
    if support is None:
        return None
    SupportRow.update({SupportRow.says_welcome: False, SupportRow.at: at}).where(
        SupportRow.attempt == attempt_id
    ).execute()
    return settle(support.visit_key, at, cause)


def withdraw_all(visit_key: str, at: datetime, cause: Cause) -> VisitRow:
    """Nobody says welcome any more: staff undo the visit. Raises `VisitRow.DoesNotExist`."""
    SupportRow.update({SupportRow.says_welcome: False, SupportRow.at: at}).where(
        SupportRow.visit_key == visit_key, SupportRow.says_welcome
    ).execute()
    return settle(visit_key, at, cause)


def visit_already_there(member_id: str, session_id: str, visit_key: str) -> VisitRow | None:
    """The visit of that key, locked; or the same visit under another.

    A kiosk that did not know of the reservation calls a visit `W:…`, one that did calls it `R:…`: one visit, one punch.
    """
    found: VisitRow | None = _visit_locked.first(visit=visit_key, member=member_id, session=session_id)
    return found


@written
def _visit_locked() -> Any:
    is_it = VisitRow.id == given("visit")
    same = (VisitRow.member == given("member")) & (VisitRow.session == given("session"))
    found = VisitRow.select().where(is_it | same)
    return for_update(found.order_by(is_it.desc(), VisitRow.is_live.desc(), VisitRow.first_at).limit(1))


def _place_kept(member_id: str, session_id: str) -> str | None:
    """The member's own reservation there, of which whoever let them in did not know."""
    live = ReservationRow.status.not_in([ReservationStatus.CANCELLED.value, ReservationStatus.AUTO_CANCELLED.value])
    same = (ReservationRow.member == member_id) & (ReservationRow.session == session_id)
    row = ReservationRow.select(ReservationRow.id).where(same, live).first()
    return str(row.id) if row else None


def _begin_again(visit: VisitRow, word: Welcome, session: SessionRow, at: datetime) -> None:
    """It was undone, and the person comes in after all. Its lines stay with the pass that they were written on."""
    visit.is_live, visit.undone_at, visit.undone_because = True, None, ""
    visit.first_at, visit.method, visit.device = at, word.method.value, word.device_id
    visit.disputed_reason = word.disputed.value if word.disputed else None
    visit.is_offline_walk_in, visit.is_stale = word.is_offline_walk_in, word.is_stale
    visit.is_over_capacity = False
    for name, value in _payment(word, session).items():
        setattr(visit, name, value)
    if visit.reservation_id is None:
        visit.reservation = word.reservation_id or _place_kept(visit.member_id, visit.session_id)
    if visit.session_id != word.session_id and session.is_open_studio:
        visit.session = word.session_id
    visit.save()


def _support(organization_id: str, attempt_id: str, visit_key: str, says_welcome: bool, at: datetime) -> None:
    said = {
        SupportRow.attempt: attempt_id,
        SupportRow.organization: organization_id,
        SupportRow.visit_key: visit_key,
        SupportRow.says_welcome: says_welcome,
        SupportRow.at: at,
    }
    put_all(SupportRow, said, (), [()])
