"""`dry_run(…)`: whom other numbers would have suspended and what they would have taken, beside what happened."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from core.policy import Policy
from core.rehearsal import Rehearsed, WouldSuspend, rehearse
from core.versions import grace_from
from server.services.door.day import sessions_with_ids
from server.services.door.policies import policies_in_force
from server.services.fleet.policies import newest_version
from server.services.fleet.policy_bounds import refuse_impossible
from server.services.people import words
from server.services.people.ours import ours
from server.services.people.rights import Asker, Right, require
from server.services.rehearsing.gathering import known_since
from server.store.database import reading
from server.store.tables import MemberRow, NoShowRow, ReservationRow, SessionRow, SuspensionRow, VenueRow

DAYS = 90
MOST_DAYS = 366


@dataclass(frozen=True, kw_only=True, slots=True)
class Concerned:
    """A place that something would have happened to, or did."""

    reservation_id: str
    session_id: str
    title: str
    starts_at: datetime


@dataclass(frozen=True, kw_only=True, slots=True)
class Suspended:
    """A suspension, until it ended or is to end. `strikes`: the places missed that made it; empty for a real one."""

    starts_at: datetime
    ends_at: datetime
    strikes: tuple[Concerned, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Penalties:
    """Of one member: what was missed, and what that cost. `counted` and `punches` are among `missed`."""

    missed: tuple[Concerned, ...] = ()
    counted: tuple[Concerned, ...] = ()
    punches: tuple[Concerned, ...] = ()
    places: tuple[Concerned, ...] = ()
    suspensions: tuple[Suspended, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class MemberRehearsed:
    """Somebody whom the numbers concern, or did."""

    member_id: str
    number: str
    name: str
    would: Penalties
    really: Penalties


@dataclass(frozen=True, kw_only=True, slots=True)
class DryRun:
    """By name. Whoever missed nothing, then and as rehearsed, is left out."""

    since: datetime
    until: datetime
    members: tuple[MemberRehearsed, ...]


def dry_run(
    organization_id: str,
    policy: Policy,
    by: Asker,
    at: datetime,
    days: int = DAYS,
    *,
    venue_id: str | None = None,
) -> DryRun:
    """The nights of the last so many days, lived again with these numbers in force from their beginning.

    For the whole organization, or one venue; elsewhere what is in force now. Features count as switched on. It is what
    `core.rehearsal` says, and so exactly what the real nights would do with the same reservations and visits.
    Raises `Invalid`, `NotFound` for a venue that is not ours, `Forbidden`.
    """
    refuse_impossible(policy)
    words.count("days", days, least=1, most=MOST_DAYS)
    since = at - timedelta(days=days)
    with reading():
        require(organization_id, by, Right.PLAN)
        if venue_id is not None:
            ours(VenueRow, organization_id, venue_id, "venue")
        policies = _rehearsed_where(organization_id, policy, venue_id, since, at)
        known = known_since(organization_id, since, at, policies)
        really = _really(organization_id, since, at)
    would = _would(rehearse(known))
    with reading():
        return DryRun(since=since, until=at, members=_named(organization_id, would, really))


@dataclass(frozen=True, kw_only=True, slots=True)
class _Of:
    """One member's penalties by reservation ids."""

    missed: tuple[str, ...] = ()
    counted: tuple[str, ...] = ()
    punches: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    suspensions: tuple[WouldSuspend, ...] = ()


def _rehearsed_where(
    organization_id: str, policy: Policy, venue_id: str | None, since: datetime, at: datetime
) -> dict[str, Policy]:
    """By venue. The candidate has a number that no other version has."""
    candidate = replace(
        policy,
        version=newest_version(organization_id) + 1,
        grace_from_at=grace_from(policy, since, Policy()),
    )
    venues = [id_ for (id_,) in VenueRow.select(VenueRow.id).where(VenueRow.organization == organization_id).tuples()]
    now = policies_in_force(organization_id, venues, at)
    return {id_: candidate if venue_id in (None, id_) else now[id_] for id_ in venues}


def _would(rehearsed: Rehearsed) -> dict[str, _Of]:
    found: dict[str, _Of] = defaultdict(_Of)
    for miss in rehearsed.missed:
        of, id_ = found[miss.member_id], (miss.reservation_id,)
        found[miss.member_id] = replace(
            of,
            missed=of.missed + id_,
            counted=of.counted + id_ * miss.is_counted,
            punches=of.punches + id_ * miss.takes_punch,
        )
    for loss in rehearsed.lost:
        of = found[loss.member_id]
        found[loss.member_id] = replace(of, places=(*of.places, loss.reservation_id))
    for one in rehearsed.suspended:
        of = found[one.member_id]
        found[one.member_id] = replace(of, suspensions=(*of.suspensions, one))
    return found


def _really(organization_id: str, since: datetime, at: datetime) -> dict[str, _Of]:
    """What stands today of what the nights of that time made. Staff's own suspensions are not among it."""
    found: dict[str, _Of] = defaultdict(_Of)
    noted = NoShowRow.select().join(SessionRow).where(
        NoShowRow.organization == organization_id, SessionRow.ends_at > since, NoShowRow.reversed_at.is_null()
    )  # fmt: skip
    for row in noted.order_by(NoShowRow.noted_at, NoShowRow.id):
        of, id_ = found[row.member_id], (row.reservation_id,)
        is_excused = bool(row.amnesty_because)
        found[row.member_id] = replace(
            of,
            missed=of.missed + id_,
            counted=of.counted + id_ * (row.is_counted and not is_excused),
            punches=of.punches + id_ * (row.took_punch and not is_excused),
        )
    by_penalty = ReservationRow.cancelled_by_no_show.is_null(False) | ReservationRow.cancelled_by_suspension.in_(
        SuspensionRow.select(SuspensionRow.id).where(SuspensionRow.no_show_id.is_null(False))
    )
    lost = ReservationRow.select(ReservationRow.id, ReservationRow.member).where(
        ReservationRow.organization == organization_id, ReservationRow.cancelled_at > since, by_penalty
    )
    for reservation_id, member_id in lost.order_by(ReservationRow.cancelled_at, ReservationRow.id).tuples():
        of = found[member_id]
        found[member_id] = replace(of, places=(*of.places, reservation_id))
    made = SuspensionRow.select().where(
        SuspensionRow.organization == organization_id,
        SuspensionRow.no_show_id.is_null(False),
        SuspensionRow.made_at > since,
        SuspensionRow.made_at <= at,
    )
    for row in made.order_by(SuspensionRow.made_at, SuspensionRow.id):
        of = found[row.member_id]
        ends_at = min(row.ends_at, row.lifted_at) if row.lifted_at else row.ends_at
        one = WouldSuspend(member_id=row.member_id, starts_at=row.starts_at, ends_at=ends_at, strikes=())
        found[row.member_id] = replace(of, suspensions=(*of.suspensions, one))
    return found


def _named(
    organization_id: str, would: Mapping[str, _Of], really: Mapping[str, _Of]
) -> tuple[MemberRehearsed, ...]:  # fmt: skip
    concerned = _concerned(organization_id, (*would.values(), *really.values()))
    ids = sorted({*would, *really})
    people = {
        row.id: row for row in MemberRow.select().where(MemberRow.organization == organization_id) if row.id in ids
    }

    def told(of: _Of | None) -> Penalties:
        of = of or _Of()

        def places(found: Iterable[str]) -> tuple[Concerned, ...]:
            return tuple(concerned[id_] for id_ in found)

        return Penalties(
            missed=places(of.missed),
            counted=places(of.counted),
            punches=places(of.punches),
            places=places(of.places),
            suspensions=tuple(
                Suspended(starts_at=one.starts_at, ends_at=one.ends_at, strikes=places(one.strikes))
                for one in of.suspensions
            ),
        )

    found = (
        MemberRehearsed(
            member_id=id_,
            number=people[id_].number,
            name=f"{people[id_].first_name} {people[id_].last_name}".strip(),
            would=told(would.get(id_)),
            really=told(really.get(id_)),
        )
        for id_ in ids
    )
    return tuple(sorted(found, key=lambda one: (one.name.casefold(), one.member_id)))


def _concerned(organization_id: str, all_of: Collection[_Of]) -> dict[str, Concerned]:
    """Every reservation that is named, with its session's title."""
    ids = sorted({id_ for of in all_of for id_ in (*of.missed, *of.places)})
    rows = [
        row
        for start in range(0, len(ids), 500)
        for row in ReservationRow.select(ReservationRow.id, ReservationRow.session).where(
            ReservationRow.id.in_(ids[start : start + 500])
        )
    ]
    sessions = sessions_with_ids(organization_id, {row.session_id for row in rows})
    return {
        row.id: Concerned(
            reservation_id=row.id,
            session_id=row.session_id,
            title=sessions[row.session_id].title,
            starts_at=sessions[row.session_id].starts_at,
        )
        for row in rows
    }
