"""What became of the punch passes whose time ran out."""

from datetime import date, datetime

from peewee import JOIN, Case, Expression, fn

from core.model import PassType
from server.services.people.rights import Asker, Right, require
from server.services.reports.spans import span_of
from server.services.reports.values import PassReport, Span
from server.store.database import reading
from server.store.tables import PassRow, PunchRow, VisitRow


def pass_report(
    organization_id: str,
    by: Asker,
    at: datetime,
    *,
    from_day: date | None = None,
    until_day: date | None = None,
) -> PassReport:
    """Of the whole organization: a pass belongs to no venue. Passes given back before their time are left out.

    Three queries. Raises `Forbidden` for whoever may not plan, `Invalid` as `span_of`.
    """
    with reading():
        require(organization_id, by, Right.PLAN)
        span = span_of(organization_id, from_day, until_day, None, at)
        per_pass = (
            PassRow.select(PassRow.id.alias("id"), fn.COALESCE(fn.SUM(PunchRow.delta), 0).alias("remaining"))
            .join(PunchRow, JOIN.LEFT_OUTER, on=PunchRow.pass_ == PassRow.id)
            .where(_ended(organization_id, span))
            .group_by(PassRow.id)
            .alias("per_pass")
        )
        is_left = Case(None, ((per_pass.c.remaining > 0, 1),), 0)
        left = Case(None, ((per_pass.c.remaining > 0, per_pass.c.remaining),), 0)
        columns = (fn.COUNT(per_pass.c.id), fn.COALESCE(fn.SUM(is_left), 0), fn.COALESCE(fn.SUM(left), 0))
        ended, with_left, punches = PassRow.select(*columns).from_(per_pass).tuples().get()
        used = VisitRow.select().join(PassRow).where(VisitRow.is_live, _ended(organization_id, span)).count()
    return PassReport(
        span=span,
        ended=int(ended),
        sessions_used=int(used),
        ended_with_punches_left=int(with_left),
        punches_left=int(punches),
    )


def _ended(organization_id: str, span: Span) -> Expression:
    return (
        (PassRow.organization == organization_id)
        & (PassRow.type == PassType.PUNCH_PASS.value)
        & (PassRow.valid_until >= span.from_at)
        & (PassRow.valid_until < span.until_at)
        & (PassRow.cancelled_at.is_null() | (PassRow.cancelled_at >= PassRow.valid_until))
    )
