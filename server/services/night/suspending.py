"""Suspensions that absences call for, and the end of those that are served."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from peewee import fn

from core.attendance import SuspensionDue, Versions, is_made_good, suspension_due
from core.events import EventKind
from core.features import Feature, Features
from server.services.door.changes import touch_members
from server.services.door.features import features_of
from server.services.door.policies import versions_judging
from server.services.door.undoing import absences_of_all, answered_until, suspension_news
from server.services.events.announcing import announce_all
from server.services.night.locking import lock_members
from server.services.night.work import CHUNK, NightWork, by_night
from server.services.people.suspensions import give_up_places_of_all
from server.store.database import reading, writing
from server.store.ids import new_ids
from server.store.many import among, found_by, insert_all, set_each
from server.store.tables import NoShowRow, SessionRow, SuspensionRow, VisitRow

MADE = (
    SuspensionRow.id,
    SuspensionRow.member,
    SuspensionRow.starts_at,
    SuspensionRow.ends_at,
    SuspensionRow.no_show_id,
    SuspensionRow.policy_version,
)


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
    judging = _Judging(work=work, features=features, versions=versions)
    members = places = 0
    looked_at = _who_missed(work, work.as_of - versions.longest_strike_span)
    for start in range(0, len(looked_at), CHUNK):
        chunk = looked_at[start : start + CHUNK]
        with reading():
            concerned = tuple(judging.due_to(chunk))
        if concerned:
            with writing():
                lock_members(concerned)
                due = judging.due_to(concerned)
                places += _suspend(work, due)
            members += len(due)
        work.between_chunks(len(chunk))
    return SuspendReport(members=members, places=places)


@dataclass(frozen=True, kw_only=True, slots=True)
class _Judging:
    """What `suspension_due` says of many members, and what it is asked with."""

    work: NightWork
    features: Features
    versions: Versions

    def due_to(self, member_ids: Sequence[str]) -> dict[str, SuspensionDue]:
        """By member, for those who are due to be suspended. In few queries."""
        since = self.work.as_of - self.versions.longest_strike_span
        answered = answered_until(self.work.organization_id, member_ids, self.versions)
        found = {}
        for member_id, recent in absences_of_all(member_ids, since).items():
            known = [one for one in recent if self.features.reaches(Feature.SUSPENSIONS, one.noted_at)]
            due = suspension_due(known, answered.get(member_id), self.versions, self.work.as_of)
            if due is not None:
                found[member_id] = due
        return found


def lift_made_good(work: NightWork) -> int:
    """Suspensions for absences that end early, since their members came where staff let them; how many.

    See `core.attendance.is_made_good`. Raises `NightInterrupted`.
    """
    with reading():
        versions = versions_judging(work.organization_id, work.policy)
        running = SuspensionRow.select().where(
            SuspensionRow.organization == work.organization_id,
            SuspensionRow.no_show_id.is_null(False),
            SuspensionRow.lifted_at.is_null(),
            SuspensionRow.ends_at > work.as_of,
        )
        concerned = [row for row in running if versions.of(row.policy_version).lifted_after_attended > 0]
        earned = [row for row, _ in _earned(concerned, versions, work.as_of)]
    lifted = 0
    for start in range(0, len(earned), CHUNK):
        with writing():
            standing = _standing(earned[start : start + CHUNK])
            good = _earned(standing, versions, work.as_of)
            for row, attended in good:
                row.lifted_at, row.lifted_because = work.as_of, f"came to {attended} sessions since"
            _lift(work, [row for row, _ in good])
        lifted += len(good)
        work.between_chunks(len(standing))
    return lifted


def _earned(rows: Iterable[SuspensionRow], versions: Versions, as_of: datetime) -> list[tuple[SuspensionRow, int]]:
    """Those that are made good, and by coming how often."""
    known = list(rows)
    attended = _attended_since(known, as_of)
    counted = [(row, attended.get(row.id, 0)) for row in known]
    return [(row, count) for row, count in counted if is_made_good(count, versions.of(row.policy_version))]


def _attended_since(suspensions: Sequence[SuspensionRow], as_of: datetime) -> dict[str, int]:
    """By suspension, the sessions come to since it began that are over."""
    came = (
        SuspensionRow.select(SuspensionRow.id, fn.COUNT(VisitRow.session.distinct()))
        .join(VisitRow, on=VisitRow.member == SuspensionRow.member)
        .join(SessionRow, on=VisitRow.session == SessionRow.id)
        .where(
            among(SuspensionRow.id, [row.id for row in suspensions]),
            VisitRow.is_live,
            VisitRow.first_at >= SuspensionRow.starts_at,
            SessionRow.ends_at <= as_of,
        )
        .group_by(SuspensionRow.id)
    )
    return dict(came.tuples())


def lift_served(work: NightWork) -> int:
    """Suspensions whose time is over are written down as lifted; how many. Raises `NightInterrupted`."""
    with reading():
        over = SuspensionRow.select(SuspensionRow.id, SuspensionRow.member).where(
            SuspensionRow.organization == work.organization_id,
            SuspensionRow.lifted_at.is_null(),
            SuspensionRow.ends_at <= work.as_of,
        )
        served = sorted(over, key=lambda row: (row.member_id, row.id))
    lifted = 0
    for start in range(0, len(served), CHUNK):
        with writing():
            rows = _standing(served[start : start + CHUNK])
            for row in rows:
                row.lifted_at, row.lifted_because = row.ends_at, "served"
            _lift(work, rows)
        lifted += len(rows)
        work.between_chunks(len(rows))
    return lifted


def _standing(found: Sequence[SuspensionRow]) -> list[SuspensionRow]:
    """Those that nobody lifted meanwhile, their members locked first."""
    lock_members({row.member_id for row in found})
    is_one = among(SuspensionRow.id, [row.id for row in found])
    return list(SuspensionRow.select().where(is_one, SuspensionRow.lifted_at.is_null()).order_by(SuspensionRow.id))


def _lift(work: NightWork, rows: Sequence[SuspensionRow]) -> None:
    """As the rows say by now. Their members are locked, and hear of it."""
    set_each(SuspensionRow.lifted_at, {row.id: row.lifted_at for row in rows})
    set_each(SuspensionRow.lifted_because, {row.id: row.lifted_because for row in rows})
    announce_all([suspension_news(row, EventKind.REINSTATED, row.lifted_because) for row in rows], work.as_of)
    touch_members(work.organization_id, [row.member_id for row in rows])


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
        return sorted(str(member_id) for (member_id,) in found_by(query))


def _suspend(work: NightWork, due: Mapping[str, SuspensionDue]) -> int:
    """How many places they gave up with it. The members are locked."""
    made: dict[str, list[SuspensionRow]] = defaultdict(list)
    for id_, (member_id, one) in zip(new_ids(work.as_of, len(due)), due.items(), strict=True):
        because = f"{len(one.strikes)} missed sessions within {one.policy.strike_span.days} days"
        row = SuspensionRow(
            id=id_,
            organization=work.organization_id,
            member=member_id,
            starts_at=one.starts_at,
            ends_at=one.ends_at,
            because=because,
            no_show_id=one.no_show_id,
            policy_version=one.policy.version,
            made_at=work.as_of,
        )
        made[because].append(row)
    return sum(_put_down(work, rows, because) for because, rows in made.items())


def _put_down(work: NightWork, rows: Sequence[SuspensionRow], because: str) -> int:
    insert_all(
        SuspensionRow,
        {
            SuspensionRow.organization: work.organization_id,
            SuspensionRow.because: because,
            SuspensionRow.made_at: work.as_of,
        },
        MADE,
        [[row.__data__[field.name] for field in MADE] for row in rows],
    )
    touch_members(work.organization_id, [row.member_id for row in rows])
    announce_all([suspension_news(row, EventKind.SUSPENDED, because) for row in rows], work.as_of)
    return give_up_places_of_all(rows, work.as_of, by_night(because))
