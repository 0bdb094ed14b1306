"""Kiosks that want to be looked at: two that speak as one, and those not heard of for too long."""

from core import clocktime
from core.selftest import Verdict
from server.services.desk.inbox.places import House
from server.services.desk.inbox.values import InboxItem, InboxKind, Offer, Way, sentence
from server.services.fleet.self_tests import last_self_tests
from server.services.fleet.silence import silent_kiosks
from server.services.people.rights import Right


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


def open_self_tests(house: House) -> list[InboxItem]:
    """One for each kiosk whose last self-test failed: the next one that is well takes it away."""
    return [
        InboxItem(
            kind=InboxKind.SELF_TEST,
            key=f"{test.device_id}.{clocktime.to_ms(test.made_at)}",
            subject=test.device_id,
            at=test.made_at,
            title=sentence(f"desk.inbox.self_test.{test.amiss[0]}", door=door.name),
            where=door.name,
            zone=house.zone_of_door(door.id),
            now=sentence("desk.inbox.self_test.now"),
            offers=(Offer(way=Way.LOOKED, price=sentence("desk.inbox.price.looked")),),
            otherwise=sentence("desk.inbox.self_test.otherwise"),
        )
        for test in last_self_tests(house.organization_id).values()
        if test.verdict is Verdict.FAILED
        and test.amiss
        and (door := house.doors[test.device_id])
        and not door.is_revoked
        and not door.is_retired
    ]


def open_silences(house: House) -> list[InboxItem]:
    """One for each silence: heard again and silent again, it is a new one."""
    silent = silent_kiosks(house.organization_id, house.at)
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
        for door in house.doors.values()
        if door.id in silent
    ]
