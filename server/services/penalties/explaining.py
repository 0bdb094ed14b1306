"""Every penalty explained: which session, which rule and version, what it cost, until when, how to say otherwise."""

from collections.abc import Sequence
from datetime import datetime

from core.attendance import Absence
from core.errors import NotFound
from core.penalties import Explanation, NotedAbsence, Suspended, explain
from server.services.door.undoing import absences_of
from server.services.penalties.gathering import (
    RuleBook,
    as_suspended,
    noted_absences,
    suspensions_seen,
    who_are,
)
from server.services.penalties.values import Penalties, SuspensionSeen
from server.services.people.ours import ours
from server.services.people.rights import Asker, Right, require_for_member
from server.store.database import reading
from server.store.tables import MemberRow, NoShowRow, SuspensionRow

MOST = 200
"""Of one member, the newest; more than anybody misses in years."""


def explanation(organization_id: str, no_show_id: str, by: Asker, at: datetime) -> Explanation:
    """For staff who serve, and for the member whose absence it is. Raises `NotFound`, `Forbidden`."""
    with reading():
        row = ours(NoShowRow, organization_id, no_show_id, "no_show")
        missing = NotFound("no_show.not_found", id=no_show_id)
        require_for_member(organization_id, by, Right.SERVE, row.member_id, missing)
        return absence_explained(organization_id, no_show_id, at)


def penalties_of(organization_id: str, member_id: str, by: Asker, at: datetime) -> Penalties:
    """All absences and suspensions of a member, for staff who serve and for themselves.

    Those that were undone, excused or served are among them. Raises `NotFound`, `Forbidden`.
    """
    with reading():
        missing = NotFound("member.not_found", id=member_id)
        require_for_member(organization_id, by, Right.SERVE, member_id, missing)
        ours(MemberRow, organization_id, member_id, "member")
        absences = NoShowRow.select().where(NoShowRow.member == member_id).order_by(NoShowRow.id.desc()).limit(MOST)
        suspensions = SuspensionRow.select().where(SuspensionRow.member == member_id)
        return Penalties(
            who=who_are(organization_id, [member_id])[member_id],
            absences=tuple(_explained(organization_id, list(absences), at)),
            suspensions=tuple(
                suspensions_seen(organization_id, list(suspensions.order_by(SuspensionRow.id.desc()).limit(MOST)), at)
            ),
        )


def absence_explained(organization_id: str, no_show_id: str, at: datetime) -> Explanation:
    """For the house itself, such as a letter about it. Inside `reading()` or `writing()`. Raises `NotFound`."""
    row = ours(NoShowRow, organization_id, no_show_id, "no_show")
    return _explained(organization_id, [row], at)[0]


def absence_of_place(organization_id: str, reservation_id: str, at: datetime) -> Explanation | None:
    """The last absence noted of a reservation, for news that names only that. None: none was. As above."""
    rows = NoShowRow.select().where(NoShowRow.organization == organization_id, NoShowRow.reservation == reservation_id)
    row = rows.order_by(NoShowRow.id.desc()).first()
    return _explained(organization_id, [row], at)[0] if row else None


def suspension_explained(organization_id: str, suspension_id: str, at: datetime) -> SuspensionSeen:
    """For the house itself, such as a letter about it. Inside `reading()` or `writing()`. Raises `NotFound`."""
    row = ours(SuspensionRow, organization_id, suspension_id, "suspension")
    return suspensions_seen(organization_id, [row], at)[0]


def _explained(organization_id: str, rows: Sequence[NoShowRow], at: datetime) -> list[Explanation]:
    """Of one member. In the order given."""
    if not rows:
        return []
    member_id, rules = str(rows[0].member_id), RuleBook(organization_id)
    made = SuspensionRow.select().where(SuspensionRow.member == member_id, SuspensionRow.no_show_id.is_null(False))
    suspensions = list(made.order_by(SuspensionRow.made_at, SuspensionRow.id))
    absences = absences_of(member_id)
    grounds = {one.no_show_id for one in absences if one.has_consequences}
    answers = [one.made_at for one in suspensions if one.no_show_id in grounds]
    found = []
    for row, noted in zip(rows, noted_absences(organization_id, rows), strict=True):
        rule = rules.rule(row.policy_version, noted.session.venue_id, row.noted_at)
        answered_at = max((made_at for made_at in answers if made_at < row.noted_at), default=None)
        others = [one for one in absences if answered_at is None or one.noted_at > answered_at]
        found.append(explain(noted, rule, others, _led_to(noted, suspensions, absences, rules), at))
    return found


def _led_to(
    noted: NotedAbsence, suspensions: Sequence[SuspensionRow], absences: Sequence[Absence], rules: RuleBook
) -> Suspended | None:
    """The suspension that names the absence as the one that filled the measure, or that it helped to fill.

    It helped if the suspension was the first made after it was noted, and it lay within the span of its rule.
    """
    for row in suspensions:
        if row.no_show_id == noted.no_show_id:
            return as_suspended(row)
    if not noted.has_consequences:
        return None
    after = next((row for row in suspensions if row.made_at >= noted.noted_at), None)
    if after is None:
        return None
    span = rules.rule(after.policy_version, None, after.made_at).policy.strike_span
    is_within = after.made_at - span < noted.session.ends_at <= after.made_at
    return as_suspended(after) if is_within else None
