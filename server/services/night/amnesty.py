"""Amnesties: nobody pays for a session missed while a kiosk of its venue was out of order, whenever that is told.

What the night finds excused when it judges costs nothing from the first; what it judged before is taken back, once.
"""

import logging
import secrets
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from core.model import Session
from core.outages import Span, excuses, first_excuse
from core.policy import Policy
from core.protocol import Hello
from server.services.door.changes import touch_member
from server.services.door.facts import lock_member
from server.services.door.kiosks import KnownKiosk
from server.services.door.policies import policy_in_force
from server.services.door.undoing import excuse_no_show
from server.services.fleet.policy_bounds import LONGEST_WINDOW
from server.services.night.outages import (
    KnownOutage,
    keep_declared,
    keep_outages,
    note_settled,
    outages_within,
    unsettled_outages,
)
from server.services.night.work import NightWork
from server.services.people.rights import Asker
from server.store.database import reading, writing
from server.store.tables import NoShowRow, SessionRow

AT_ONCE = 50
"""People excused while a kiosk waits for its answer; the night excuses the rest."""

log = logging.getLogger(__name__)


@dataclass(frozen=True, kw_only=True, slots=True)
class _Late:
    """Somebody judged before it was known that a kiosk had been out of order."""

    no_show_id: str
    member_id: str
    known: KnownOutage


def hear_outages(kiosk: KnownKiosk, hello: Hello, at: datetime) -> tuple[str, ...]:
    """Keep when the kiosk could not serve, and excuse whom the night judged without knowing; the ids that are held.

    Whatever stands in the way of excusing keeps nothing from being told: the night excuses them then.
    """
    held = keep_outages(kiosk, hello, at)
    if held:
        try:
            _excuse_late(kiosk.organization_id, kiosk.venue_id, at, most=AT_ONCE)
        except Exception:
            log.exception("failure %s: the night will excuse whom an outage excuses", secrets.token_hex(4))
    return held


def declare_outage(
    organization_id: str, venue_id: str, span: Span, because: str, by: Asker, at: datetime
) -> str:  # fmt: skip
    """Staff say that the venue's kiosks could not serve: nobody pays for what they missed then. The outage's id.

    It may reach into the future, 31 days in all. Raises `Invalid`, `NotFound`, `Forbidden`.
    """
    id_ = keep_declared(organization_id, venue_id, span, because, by, at)
    _excuse_late(organization_id, venue_id, at)
    return id_


def excuse_late(work: NightWork) -> int:
    """Whoever was judged before an outage was told; how many. Raises `NightInterrupted`."""
    return _excuse_late(work.organization_id, work.venue_id, work.as_of, work=work)


def excused_sessions(work: NightWork, sessions: Collection[Session]) -> dict[str, KnownOutage]:
    """By session, the outage for which missing it costs nothing. Inside a transaction that holds the venue."""
    if not sessions:
        return {}
    around = Span(
        from_at=min(session.starts_at for session in sessions) - LONGEST_WINDOW,
        until_at=max(session.ends_at for session in sessions) + LONGEST_WINDOW,
    )
    found = {}
    known = {one.outage: one for one in reversed(outages_within(work.venue_id, around))}
    for session in sessions if known else ():
        outage = first_excuse(session, work.policy, known)
        if outage is not None:
            found[session.id] = known[outage]
    return found


def _excuse_late(
    organization_id: str, venue_id: str, at: datetime, *, most: int | None = None, work: NightWork | None = None
) -> int:
    with reading():
        unsettled = unsettled_outages(venue_id)
        policy = policy_in_force(organization_id, venue_id, at) if unsettled else Policy()
        late = _judged_before(venue_id, unsettled, policy)
    excused = 0
    for one in late[:most]:
        with writing():
            lock_member(organization_id, one.member_id)
            excused += _excuse(one, at)
            touch_member(organization_id, one.member_id)
        if work is not None:
            work.between_chunks(1)
    if unsettled and (most is None or len(late) <= most):
        with writing():
            for known in unsettled:
                note_settled(known, at)
    return excused


def _excuse(late: _Late, at: datetime) -> bool:
    """False: meanwhile they had come after all, or were excused."""
    row = NoShowRow.get_by_id(late.no_show_id)
    if row.reversed_at is not None or row.amnesty_because:
        return False
    excuse_no_show(row, at, late.known.cause, outage_id=late.known.id)
    return True


def _judged_before(venue_id: str, unsettled: Collection[KnownOutage], policy: Policy) -> list[_Late]:
    """By member, so that each is found once and in the same order by everybody."""
    found: dict[str, _Late] = {}
    for known in unsettled:
        if not known.outage.counts:
            continue
        span = known.outage.span
        rows = (
            NoShowRow.select(NoShowRow.id, NoShowRow.member, NoShowRow.session, SessionRow)
            .join(SessionRow)
            .where(
                SessionRow.venue == venue_id,
                SessionRow.starts_at < span.until_at + LONGEST_WINDOW,
                SessionRow.ends_at > span.from_at - LONGEST_WINDOW,
                NoShowRow.reversed_at.is_null(),
                NoShowRow.amnesty_because == "",
            )
        )
        for row in rows:
            if excuses(known.outage, _as_session(row.session), policy):
                found.setdefault(row.id, _Late(no_show_id=row.id, member_id=row.member_id, known=known))
    return sorted(found.values(), key=lambda late: (late.member_id, late.no_show_id))


def _as_session(row: SessionRow) -> Session:
    """As far as its window is asked for."""
    return Session(
        id=row.id,
        venue_id=row.venue_id,
        zone="UTC",
        class_type_id=row.class_type_id,
        title="",
        starts_at=row.starts_at,
        ends_at=row.ends_at,
        capacity=row.capacity,
    )
