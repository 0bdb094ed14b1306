"""Kiosks that want to be looked at: two that speak as one, and those not heard of for too long."""

from datetime import datetime, timedelta

from core import clocktime
from core.policy import Policy
from server.services.desk.inbox.places import Door, House
from server.services.desk.inbox.values import InboxItem, InboxKind, Offer, Way, sentence
from server.services.people.rights import Right
from server.store.tables import SessionRow


def open_forks(house: House) -> list[InboxItem]:
    """One for each sign of it: when it was settled and is seen again, it is a new one."""
    return [
        InboxItem(
            kind=InboxKind.FORK,
            key=f"{door.id}.{clocktime.to_ms(door.forked_at)}",
            subject=door.id,
            at=door.forked_at,
            title=sentence("desk.inbox.fork", door=door.name),
            where=door.name,
            zone=house.zone_of_door(door.id),
            now=sentence("desk.inbox.fork.now"),
            offers=(Offer(way=Way.KNOW_WHICH, price=sentence("desk.inbox.price.know_which"), right=Right.PLAN),),
            otherwise=sentence("desk.inbox.fork.otherwise"),
        )
        for door in house.doors.values()
        if door.forked_at is not None and not door.is_revoked
    ]


def open_silences(house: House, policy: Policy) -> list[InboxItem]:
    """One for each silence: heard again and silent again, it is a new one."""
    in_use = [door for door in house.doors.values() if not door.is_revoked and not door.is_retired]
    busy = _venues_with_sessions(house, policy.silent_kiosk_after)
    return [
        InboxItem(
            kind=InboxKind.SILENT_KIOSK,
            key=f"{door.id}.{clocktime.to_ms(door.heard_at)}",
            subject=door.id,
            at=door.heard_at,
            title=sentence("desk.inbox.silent", door=door.name, since=door.heard_at),
            where=door.name,
            zone=house.zone_of_door(door.id),
            now=sentence("desk.inbox.silent.now", door.waiting)
            if door.waiting
            else sentence("desk.inbox.silent.now.none"),
            offers=(Offer(way=Way.LOOKED, price=sentence("desk.inbox.price.looked")),),
            otherwise=sentence("desk.inbox.silent.otherwise"),
        )
        for door in in_use
        if is_silent_too_long(door, house.at, policy, had_sessions=door.venue_id in busy)
    ]


def is_silent_too_long(door: Door, at: datetime, policy: Policy, *, had_sessions: bool) -> bool:
    """Sooner where sessions were on meanwhile: somebody may stand before it."""
    patience = policy.silent_kiosk_after if had_sessions else policy.silent_kiosk_at_rest_after
    return at - door.heard_at >= patience


def _venues_with_sessions(house: House, span: timedelta) -> set[str]:
    """Where a session was on at any time in the last hours."""
    rows = SessionRow.select(SessionRow.venue).where(
        SessionRow.organization == house.organization_id,
        SessionRow.starts_at < house.at,
        SessionRow.ends_at > house.at - span,
        SessionRow.cancelled_at.is_null(),
    )
    return {venue_id for (venue_id,) in rows.distinct().tuples()}
