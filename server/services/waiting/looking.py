"""Who waits for a session, what a member waits for, and other sessions that would do. Changes nothing."""

from datetime import datetime, timedelta

from core import reserving, waiting
from core.errors import NotFound
from core.model import Method, Session
from server.services.door.day import as_sessions
from server.services.door.places import as_free_for
from server.services.door.policies import policy_in_force
from server.services.people.ours import ours
from server.services.people.rights import Asker, Right, require, require_for_member, require_of_ours
from server.services.reserving.asked import facts_for_place
from server.services.reserving.finding import session_of, sessions_starting
from server.services.waiting.finding import as_waiting, in_line, open_rows
from server.services.waiting.values import InLine
from server.store.database import reading
from server.store.tables import MemberRow, SessionRow, WaitingRow

LOOKED_AT = timedelta(days=28)
"""How far from the wished session other sessions are looked for, either way."""
MOST_ALTERNATIVES = 5


def waiting_list(organization_id: str, session_id: str, by: Asker) -> tuple[InLine, ...]:
    """For staff: everybody on a session's list; first those who hold an offer, then in line. Raises `NotFound`…"""
    with reading():
        require(organization_id, by, Right.WELCOME)
        ours(SessionRow, organization_id, session_id, "session")
        rows = {row.id: row for row in open_rows([session_id])}
        ordered = waiting.in_order(as_waiting(row) for row in rows.values())
        found = in_line(organization_id, [rows[one.id] for one in ordered])
        return tuple(sorted(found, key=lambda one: one.position or 0))


def waiting_of_member(organization_id: str, member_id: str, by: Asker, at: datetime) -> tuple[InLine, ...]:
    """What a member waits for, or waited for, of sessions that are not over, by their start. Raises `NotFound`…"""
    with reading():
        missing = NotFound("member.not_found", id=member_id)
        require_for_member(organization_id, by, Right.WELCOME, member_id, missing)
        ours(MemberRow, organization_id, member_id, "member")
        rows = list(
            WaitingRow.select()
            .join(SessionRow)
            .where(WaitingRow.member == member_id, SessionRow.ends_at > at)
            .order_by(SessionRow.starts_at, WaitingRow.id)
        )
        found = in_line(organization_id, rows)
        return tuple(one.for_the_member() for one in found) if by.acts_as is Method.SELF else found


def alternatives(
    organization_id: str, session_id: str, by: Asker, at: datetime, *, member_id: str | None = None
) -> tuple[Session, ...]:
    """Other sessions that would do, nearest to the wished one first; of a member, those they could reserve now.

    Of the same class type, or the same part of its course; four weeks either way. Raises `NotFound`, `Forbidden`.
    """
    with reading():
        member_id = member_id or by.member_id
        if member_id is None:
            require_of_ours(organization_id, by, Right.WELCOME)
        else:
            missing = NotFound("member.not_found", id=member_id)
            require_for_member(organization_id, by, Right.WELCOME, member_id, missing)
        wanted = session_of(organization_id, session_id)
        from_, to = max(at, wanted.starts_at - LOOKED_AT), max(at, wanted.starts_at) + LOOKED_AT
        candidates = as_sessions(organization_id, sessions_starting(organization_id, from_, to))
        if member_id is not None:
            facts, _ = facts_for_place(organization_id, member_id, session_id, None, at)
            policies = {v: policy_in_force(organization_id, v, at) for v in {one.venue_id for one in candidates}}
            candidates = tuple(
                one
                for one in as_free_for(member_id, candidates)
                if reserving.why_not_reserve(facts, one, policies[one.venue_id], at) is None
            )
        return waiting.alternatives(wanted, candidates, at, most=MOST_ALTERNATIVES)
