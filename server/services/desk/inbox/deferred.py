"""Absences that a night could not decide since a kiosk was silent, and those it decided without that kiosk's word."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from peewee import fn

from core import clocktime
from core.attendance import due_at
from core.model import ReservationStatus, Session
from core.policy import Policy
from server.services.desk.inbox.places import LATELY, LOOKS_BACK, Door, House
from server.services.desk.inbox.values import InboxItem, InboxKind, Offer, Way, sentence
from server.services.door.day import sessions_with_ids
from server.services.night.no_shows import judge_absences
from server.services.night.runs import RunState
from server.services.night.work import NightWork
from server.services.people.rights import Right
from server.store.tables import JobRunRow, NoShowRow, ReservationRow, SessionRow

JOB = "no-shows"
"""As the timetable calls it."""


@dataclass(frozen=True, kw_only=True, slots=True)
class _Waiting:
    """A session that is over, and how many of its places nobody has said anything about."""

    venue_id: str
    ends_at: datetime
    places: int


def open_deferred(house: House, policies: Mapping[str | None, Policy]) -> list[InboxItem]:
    """One for each kiosk that a night waits for; and one for each session with absences noted unconfirmed.

    `policies`: what is in force at each venue.
    """
    return _waited_for(house, policies) + _unconfirmed(house)


def decide_now(house: House, venue_id: str, policy: Policy) -> None:
    """What the night would do in the end: absences without the kiosk's word, without penalty. Later word undoes them.

    Only sessions that a night has met and left open are decided; those that ended since wait for theirs.
    """
    waiting = [one.ends_at for one in _left_open(house, {venue_id: policy}) if one.venue_id == venue_id]
    if not waiting:
        return
    as_if = replace(policy, no_show_delay=house.at - max(waiting), no_show_waits_at_most=timedelta(0))
    judge_absences(NightWork(organization_id=house.organization_id, venue_id=venue_id, policy=as_if, as_of=house.at))


def unconfirmed_at(house: House, venue_id: str) -> list[InboxItem]:
    """The items of absences noted unconfirmed at a venue."""
    ids = {id_ for (id_,) in SessionRow.select(SessionRow.id).where(SessionRow.venue == venue_id).tuples()}
    return [item for item in _unconfirmed(house) if item.subject in ids]


def _waited_for(house: House, policies: Mapping[str | None, Policy]) -> list[InboxItem]:
    by_venue: dict[str, list[_Waiting]] = defaultdict(list)
    for one in _left_open(house, policies):
        by_venue[one.venue_id].append(one)
    items = []
    for door in _in_use(house):
        policy = policies.get(door.venue_id, Policy())
        held_up = [one for one in by_venue[door.venue_id] if door.promised_until < due_at(one.ends_at, policy)]
        if held_up:
            items.append(_item(house, door, held_up, policy))
    return items


def _item(house: House, door: Door, held_up: list[_Waiting], policy: Policy) -> InboxItem:
    oldest = min(one.ends_at for one in held_up)
    holds = (
        sentence("desk.inbox.deferred.holds", door.waiting)
        if door.waiting
        else sentence("desk.inbox.deferred.holds.none")
    )
    return InboxItem(
        kind=InboxKind.DEFERRED,
        key=f"{door.id}.{clocktime.to_ms(oldest)}",
        subject=door.id,
        at=oldest,
        title=sentence("desk.inbox.deferred", sum(one.places for one in held_up), door=door.name),
        where=door.name,
        zone=house.zone_of_door(door.id),
        knew=sentence("desk.inbox.deferred.heard", since=door.heard_at),
        now=holds,
        offers=(
            Offer(way=Way.DECIDE_NOW, price=sentence("desk.inbox.price.decide_now")),
            Offer(way=Way.STOP_WAITING, price=sentence("desk.inbox.price.stop_waiting"), right=Right.PLAN),
        ),
        otherwise=sentence("desk.inbox.deferred.otherwise", hours=policy.no_show_waits_at_most // timedelta(hours=1)),
    )


def _in_use(house: House) -> list[Door]:
    return [door for door in house.doors.values() if not door.is_revoked and not door.is_retired]


def _left_open(house: House, policies: Mapping[str | None, Policy]) -> list[_Waiting]:
    """Sessions that a night has met while a kiosk of their venue was silent, with places still undecided."""
    nights = dict(
        JobRunRow.select(JobRunRow.venue, fn.MAX(JobRunRow.finished_at))
        .where(JobRunRow.job == JOB, JobRunRow.scope == house.organization_id, JobRunRow.state == RunState.DONE.value)
        .group_by(JobRunRow.venue)
        .tuples()
    )
    rows = (
        ReservationRow.select(SessionRow.venue, SessionRow.ends_at, fn.COUNT(ReservationRow.id))
        .join(SessionRow)
        .where(
            ReservationRow.organization == house.organization_id,
            ReservationRow.status == ReservationStatus.PENDING.value,
            SessionRow.ends_at > house.at - LOOKS_BACK,
            SessionRow.venue.in_([venue_id for venue_id in policies if venue_id]),
            SessionRow.ends_at <= house.at - min(policy.no_show_delay for policy in policies.values()),
            SessionRow.cancelled_at.is_null(),
        )
        .group_by(SessionRow.id, SessionRow.venue, SessionRow.ends_at)
    )
    silent = {door.venue_id: min(d.promised_until for d in _in_use(house) if d.venue_id == door.venue_id)
              for door in _in_use(house)}  # fmt: skip
    return [
        _Waiting(venue_id=venue_id, ends_at=ends_at, places=places)
        for venue_id, ends_at, places in rows.tuples()
        if venue_id in silent
        and silent[venue_id] < due_at(ends_at, policies[venue_id])
        and (met_at := nights.get(venue_id)) is not None
        and due_at(ends_at, policies[venue_id]) <= _instant(met_at)
    ]


def _instant(found: object) -> datetime:
    """What MAX gives is a number on one database and an instant on the other."""
    return found if isinstance(found, datetime) else clocktime.from_ms(int(str(found)))


def _unconfirmed(house: House) -> list[InboxItem]:
    rows = NoShowRow.select(NoShowRow.session, fn.COUNT(NoShowRow.id), fn.MAX(NoShowRow.noted_at)).where(
        NoShowRow.organization == house.organization_id,
        NoShowRow.is_unconfirmed,
        NoShowRow.reversed_at.is_null(),
        NoShowRow.noted_at > house.at - LATELY,
    )
    found = list(rows.group_by(NoShowRow.session).tuples())
    sessions: dict[str, Session] = sessions_with_ids(house.organization_id, {id_ for id_, _, _ in found})
    return [
        InboxItem(
            kind=InboxKind.DEFERRED,
            key=f"{session_id}.unconfirmed",
            subject=session_id,
            at=_instant(noted_at),
            title=sentence("desk.inbox.unconfirmed", absences, session=sessions[session_id].title),
            zone=sessions[session_id].zone,
            now=sentence("desk.inbox.unconfirmed.now", since=sessions[session_id].ends_at),
            offers=(Offer(way=Way.LET_STAND, price=sentence("desk.inbox.price.no_penalty")),),
            otherwise=sentence("desk.inbox.unconfirmed.otherwise", days=LATELY.days),
            session_id=session_id,
        )
        for session_id, absences, noted_at in found
    ]
