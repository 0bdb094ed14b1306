"""Suspensions that absences call for, and the end of those that are served."""

from dataclasses import dataclass
from datetime import datetime

from core.attendance import SuspensionDue, is_made_good, suspension_due
from core.events import EventKind
from core.features import Feature
from server.services.door.changes import touch_member
from server.services.door.facts import lock_member
from server.services.door.features import features_of
from server.services.door.policies import versions_judging
from server.services.door.undoing import absences_of, answered_until, suspension_news
from server.services.events.announcing import announce
from server.services.night.work import NightWork, by_night
from server.services.people.suspensions import give_up_places
from server.store.database import reading, writing
from server.store.ids import new_id
from server.store.tables import NoShowRow, SessionRow, SuspensionRow, VisitRow


@dataclass(frozen=True, kw_only=True, slots=True)
class SuspendReport:
    """How many members were suspended, and how many places they gave up with it."""

    members: int = 0
    places: int = 0


def suspend_who_missed_too_often(work: NightWork) -> SuspendReport:
    """Nobody, where the studio has it switched off. Raises `NightInterrupted`."""
    with reading():
        features = features_of(work.organization_id, work.as_of)
        versions = versions_judging(work.organization_id, work.policy)
    if not features.is_on(Feature.SUSPENSIONS):
        return SuspendReport()
    members = places = 0
    for member_id in _who_missed(work, work.as_of - versions.longest_strike_span):
        with writing():
            lock_member(work.organization_id, member_id)
            answered_at = answered_until(work.organization_id, member_id, versions)
            known = [one for one in absences_of(member_id) if features.reaches(Feature.SUSPENSIONS, one.noted_at)]
            due = suspension_due(known, answered_at, versions, work.as_of)
            if due is not None:
                members, places = members + 1, places + _suspend(work, member_id, due)
        work.between_chunks(1)
    return SuspendReport(members=members, places=places)


def lift_made_good(work: NightWork) -> int:
    """Suspensions for absences that end early, since their members came where staff let them; how many.

    See `core.attendance.is_made_good`. Raises `NightInterrupted`.
    """
    with reading():
        versions = versions_judging(work.organization_id, work.policy)
        running = list(
            SuspensionRow.select().where(
                SuspensionRow.organization == work.organization_id,
                SuspensionRow.no_show_id.is_null(False),
                SuspensionRow.lifted_at.is_null(),
                SuspensionRow.ends_at > work.as_of,
            )
        )
        earned = [
            row
            for row in running
            if (policy := versions.of(row.policy_version)).lifted_after_attended > 0
            and is_made_good(_attended_since(row, work.as_of), policy)
        ]
    lifted = 0
    for found in earned:
        with writing():
            lock_member(work.organization_id, found.member_id)
            row = SuspensionRow.get_by_id(found.id)
            attended = _attended_since(row, work.as_of)
            if row.lifted_at is None and is_made_good(attended, versions.of(row.policy_version)):
                row.lifted_at, row.lifted_because = work.as_of, f"came to {attended} sessions since"
                row.save()
                announce(suspension_news(row, EventKind.REINSTATED, row.lifted_because), work.as_of)
                touch_member(work.organization_id, row.member_id)
                lifted += 1
        work.between_chunks(1)
    return lifted


def _attended_since(suspension: SuspensionRow, as_of: datetime) -> int:
    """Sessions come to since it began that are over."""
    came = (
        VisitRow.select(VisitRow.session)
        .join(SessionRow)
        .where(
            VisitRow.member == suspension.member_id,
            VisitRow.is_live,
            VisitRow.first_at >= suspension.starts_at,
            SessionRow.ends_at <= as_of,
        )
    )
    return int(came.distinct().count())


def lift_served(work: NightWork) -> int:
    """Suspensions whose time is over are written down as lifted; how many. Raises `NightInterrupted`."""
    with reading():
        over = SuspensionRow.select(SuspensionRow.id, SuspensionRow.member).where(
            SuspensionRow.organization == work.organization_id,
            SuspensionRow.lifted_at.is_null(),
            SuspensionRow.ends_at <= work.as_of,
        )
        served = [(str(id_), str(member_id)) for id_, member_id in over.tuples()]
    lifted = 0
    for suspension_id, member_id in served:
        with writing():
            lock_member(work.organization_id, member_id)
            changes = {SuspensionRow.lifted_at: SuspensionRow.ends_at, SuspensionRow.lifted_because: "served"}
            is_it = (SuspensionRow.id == suspension_id) & SuspensionRow.lifted_at.is_null()
            if SuspensionRow.update(changes).where(is_it).execute():
                lifted += 1
                row = SuspensionRow.get_by_id(suspension_id)
                announce(suspension_news(row, EventKind.REINSTATED, "served"), work.as_of)
            touch_member(work.organization_id, member_id)
        work.between_chunks(1)
    return lifted


def _who_missed(work: NightWork, since: datetime) -> list[str]:
    """Members with an absence at this venue that may be a strike. Those at the others count with it."""
    with reading():
        query = (
            NoShowRow.select(NoShowRow.member)
            .join(SessionRow)
            .where(
                NoShowRow.organization == work.organization_id,
                SessionRow.venue == work.venue_id,
                SessionRow.ends_at > since,
                NoShowRow.reversed_at.is_null(),
                NoShowRow.is_counted,
                NoShowRow.amnesty_because == "",
            )
            .distinct()
        )
        return sorted(str(member_id) for (member_id,) in query.tuples())


def _suspend(work: NightWork, member_id: str, due: SuspensionDue) -> int:
    because = f"{len(due.strikes)} missed sessions within {due.policy.strike_span.days} days"
    row = SuspensionRow.create(
        id=new_id(work.as_of),
        organization=work.organization_id,
        member=member_id,
        starts_at=due.starts_at,
        ends_at=due.ends_at,
        because=because,
        no_show_id=due.no_show_id,
        policy_version=due.policy.version,
        made_at=work.as_of,
    )
    touch_member(work.organization_id, member_id)
    announce(suspension_news(row, EventKind.SUSPENDED, because), work.as_of)
    return give_up_places(row, work.as_of, by_night(because))
