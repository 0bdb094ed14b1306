"""All that a studio is to track of how it is used, in one value: the three reports of the last 28 days, and who comes
again after a suspension. For whoever watches by machine; a dozen and a half queries, so ask seldom."""

from dataclasses import dataclass
from datetime import datetime

from server.services.people.rights import Asker, Right, require
from server.services.reports.passes import pass_report
from server.services.reports.policies import COMES_AGAIN_WITHIN, policy_report, retention_of
from server.services.reports.reservations import reservation_report
from server.services.reports.spans import USUAL
from server.services.reports.values import PassReport, PolicyReport, ReservationReport, Retention, Span
from server.store.database import reading


@dataclass(frozen=True, kw_only=True, slots=True)
class Tracked:
    """`retention`: of the 28 days before the last 60, since it takes 60 to know who came again."""

    at: datetime
    reservations: ReservationReport
    passes: PassReport
    policy: PolicyReport
    retention: Retention


def tracked(organization_id: str, by: Asker, at: datetime) -> Tracked:
    """Source: "Metrics to Track". Raises `Forbidden` for whoever may not run the house."""
    long_ago = Span(from_at=at - COMES_AGAIN_WITHIN - USUAL, until_at=at - COMES_AGAIN_WITHIN)
    with reading():
        require(organization_id, by, Right.RUN)
        return Tracked(
            at=at,
            reservations=reservation_report(organization_id, by, at),
            passes=pass_report(organization_id, by, at),
            policy=policy_report(organization_id, by, at),
            retention=retention_of(organization_id, long_ago, at),
        )
