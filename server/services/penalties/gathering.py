"""From rows to what `core.penalties` explains, in as few queries for many absences as for one. It decides nothing."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from core.model import PassType, Session
from core.penalties import Answer, Contest, LostPlace, NotedAbsence, Rule, Suspended
from server.services.door.day import sessions_with_ids
from server.services.door.policies import policy_in_force, policy_of_version
from server.services.penalties.values import Standing, SuspensionSeen, Who
from server.store.tables import (
    ContestRow,
    MemberRow,
    NoShowRow,
    OrganizationRow,
    PassRow,
    PolicyRow,
    PunchRow,
    ReservationRow,
    StaffRow,
    SuspensionRow,
    VenueRow,
)

AUTO_CANCELLED = "AUTO_CANCELLED"


def noted_absences(organization_id: str, rows: Sequence[NoShowRow]) -> list[NotedAbsence]:
    """In the order given. Inside `reading()` or `writing()`."""
    if not rows:
        return []
    ids = [row.id for row in rows]
    reservations = ReservationRow.select(ReservationRow.id, ReservationRow.pass_).where(
        ReservationRow.id.in_([row.reservation_id for row in rows])
    )
    pass_ids = {row.id: row.pass_id for row in reservations}
    passes = {row.id: row for row in PassRow.select().where(PassRow.id.in_(set(pass_ids.values())))}
    lost, contests, returned = _lost(organization_id, ids), _contests(ids), _given_back(ids)
    sessions = sessions_with_ids(organization_id, {row.session_id for row in rows} | _sessions_of(lost))
    return [
        NotedAbsence(
            no_show_id=row.id,
            reservation_id=row.reservation_id,
            member_id=row.member_id,
            session=sessions[row.session_id],
            pass_id=pass_ids[row.reservation_id],
            pass_title=passes[pass_ids[row.reservation_id]].title,
            pass_type=PassType(passes[pass_ids[row.reservation_id]].type),
            absence_grace=timedelta(minutes=passes[pass_ids[row.reservation_id]].absence_grace_minutes),
            noted_at=row.noted_at,
            is_counted=row.is_counted,
            is_unconfirmed=row.is_unconfirmed,
            took_punch=row.took_punch,
            is_punch_back=row.id in returned,
            excused_because=row.amnesty_because,
            undone_at=row.reversed_at,
            undone_because=row.reversed_because,
            places_lost=_as_lost(lost[row.id], sessions),
            contest=contests.get(row.id),
        )
        for row in rows
    ]


def who_are(organization_id: str, member_ids: Collection[str]) -> dict[str, Who]:
    """By id; those of others are left out."""
    rows = MemberRow.select().where(MemberRow.organization == organization_id, MemberRow.id.in_(list(member_ids)))
    return {
        row.id: Who(member_id=row.id, number=row.number, name=f"{row.first_name} {row.last_name}".strip())
        for row in rows
    }


def as_suspended(row: SuspensionRow) -> Suspended:
    return Suspended(
        id=row.id,
        starts_at=row.starts_at,
        ends_at=row.ends_at,
        because=row.because,
        no_show_id=row.no_show_id,
        lifted_at=row.lifted_at,
        lifted_because=row.lifted_because,
    )


def suspensions_seen(organization_id: str, rows: Sequence[SuspensionRow], at: datetime) -> list[SuspensionSeen]:
    """In the order given. Inside `reading()` or `writing()`."""
    who = who_are(organization_id, {row.member_id for row in rows})
    staff_ids = {id_ for row in rows for id_ in (row.made_by_id, row.lifted_by_id) if id_ is not None}
    names = dict(StaffRow.select(StaffRow.id, StaffRow.name).where(StaffRow.id.in_(staff_ids)).tuples())
    rules, zone = RuleBook(organization_id), first_zone(organization_id)
    return [
        SuspensionSeen(
            who=who[row.member_id],
            suspended=as_suspended(row),
            standing=standing_of(as_suspended(row), at),
            zone=zone,
            made_at=row.made_at,
            made_by_name=names.get(row.made_by_id, ""),
            lifted_by_name=names.get(row.lifted_by_id, ""),
            rule=None if row.no_show_id is None else rules.rule(row.policy_version, None, row.made_at),
        )
        for row in rows
    ]


def standing_of(suspended: Suspended, at: datetime) -> Standing:
    ends_at = suspended.ends_at
    if suspended.lifted_at is not None:
        ends_at = min(ends_at, suspended.lifted_at)
    if ends_at <= at:
        return Standing.OVER
    return Standing.ACTIVE if suspended.starts_at <= at else Standing.TO_COME


def first_zone(organization_id: str) -> str:
    """For what is at no venue: the clock of the organization's first."""
    venue = VenueRow.select().where(VenueRow.organization == organization_id).order_by(VenueRow.id).first()
    return str(venue.zone) if venue else "UTC"


@dataclass
class RuleBook:
    """Versions of the policy with their starts, each looked up once for as long as this lives."""

    organization_id: str

    def __post_init__(self) -> None:
        self._known: dict[tuple[int | None, str | None, datetime], Rule] = {}

    def rule(self, version: int | None, venue_id: str | None, at: datetime) -> Rule:
        """The version that judged; where none was written down, the one in force at that venue `at` then."""
        key = (version, venue_id, at)
        if key not in self._known:
            policy = policy_of_version(self.organization_id, version)
            policy = policy or policy_in_force(self.organization_id, venue_id, at)
            self._known[key] = Rule(policy=policy, since=self._since(policy.version))
        return self._known[key]

    def _since(self, version: int) -> datetime:
        """What nobody made is in force since the studio began."""
        row = PolicyRow.get_or_none(
            (PolicyRow.organization == self.organization_id) & (PolicyRow.version == version)
        )  # fmt: skip
        since: datetime = row.starts_at if row else OrganizationRow.get_by_id(self.organization_id).created_at
        return since


def _lost(organization_id: str, no_show_ids: list[str]) -> dict[str, list[ReservationRow]]:
    """By absence, the places that it took and that were not given back."""
    found: dict[str, list[ReservationRow]] = defaultdict(list)
    for row in ReservationRow.select().where(
        ReservationRow.organization == organization_id,
        ReservationRow.cancelled_by_no_show.in_(no_show_ids),
        ReservationRow.status == AUTO_CANCELLED,
    ):
        found[row.cancelled_by_no_show].append(row)
    return found


def _sessions_of(lost: dict[str, list[ReservationRow]]) -> set[str]:
    return {row.session_id for rows in lost.values() for row in rows}


def _as_lost(rows: list[ReservationRow], sessions: dict[str, Session]) -> tuple[LostPlace, ...]:
    places = (
        LostPlace(
            reservation_id=row.id, title=sessions[row.session_id].title, starts_at=sessions[row.session_id].starts_at
        )
        for row in rows
    )
    return tuple(sorted(places, key=lambda place: (place.starts_at, place.reservation_id)))


def _contests(no_show_ids: list[str]) -> dict[str, Contest]:
    rows = list(ContestRow.select().where(ContestRow.no_show.in_(no_show_ids)))
    staff_ids = {row.staff_id for row in rows if row.staff_id is not None}
    names = dict(StaffRow.select(StaffRow.id, StaffRow.name).where(StaffRow.id.in_(staff_ids)).tuples())
    return {row.no_show_id: as_contest(row, names.get(row.staff_id, "")) for row in rows}


def as_contest(row: ContestRow, by_name: str) -> Contest:
    return Contest(
        id=row.id,
        words=row.words,
        made_at=row.made_at,
        by_name=by_name,
        answer=Answer(row.answer) if row.answer else None,
        answered_at=row.answered_at,
        answered_by_name=row.answered_by_name,
        answered_because=row.answered_because,
    )


def _given_back(no_show_ids: list[str]) -> set[str]:
    """Those whose punch was given back: by the key that the ledger writes it under."""
    keys = {f"no-show:{id_}:back": id_ for id_ in no_show_ids}
    rows = PunchRow.select(PunchRow.key).where(PunchRow.key.in_(list(keys)))
    return {keys[key] for (key,) in rows.tuples()}
