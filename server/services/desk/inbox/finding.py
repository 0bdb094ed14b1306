"""`inbox(…)`: all that waits for staff's word, and what they said lately; `pulse(…)` tells when to look again."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from peewee import fn

from server.services.desk.inbox.alerts import open_paused_webhooks, open_spikes
from server.services.desk.inbox.contests import open_contests, waiting_contests
from server.services.desk.inbox.copied import open_copied
from server.services.desk.inbox.deferred import open_deferred
from server.services.desk.inbox.disputes import open_disputes
from server.services.desk.inbox.kiosks import open_forks, open_self_tests, open_silences
from server.services.desk.inbox.overdrafts import open_overdrafts
from server.services.desk.inbox.places import House, house_of
from server.services.desk.inbox.quarantine import open_quarantine
from server.services.desk.inbox.unknown_cards import NOT_KNOWN, open_unknown_cards
from server.services.desk.inbox.values import (
    Inbox,
    InboxItem,
    InboxKind,
    Settled,
    Way,
    sentence_from_json,
)
from server.services.desk.kiosks import kiosks_at
from server.services.desk.rights import venues_of
from server.services.door.changes import version_of
from server.services.door.policies import policies_in_force
from server.services.people.rights import Asker, Right, require
from server.store.database import reading
from server.store.tables import AttemptRow, DeviceRow, InboxSettlementRow, QuarantineRow

SHOWN_FOR = timedelta(days=7)
A_DAY = timedelta(days=1)
SHOWN = 30


@dataclass(frozen=True, kw_only=True, slots=True)
class InboxPulse:
    """Differs from an earlier one when something was settled, put in quarantine, tried or forked, told and disputed, or
    contested.

    What else comes with time, such as a silence, shows within a minute.
    """

    settled: int
    settled_at: int
    quarantined: int
    tried_at: int
    forked: int
    troubled: int
    contested: int


def inbox(organization_id: str, by: Asker, at: datetime) -> Inbox:
    """A dozen queries, however long the list. Raises `Forbidden` for whoever may not serve members."""
    with reading():
        require(organization_id, by, Right.SERVE)
        house = house_of(organization_id, at)
        return Inbox(
            at=at,
            zone=house.first_zone,
            items=tuple(open_items(house)),
            settled=_settled_lately(organization_id, at),
            kiosks=tuple(kiosk for venue_id in house.zones for kiosk in kiosks_at(organization_id, venue_id, at)),
        )


def zone_of(organization_id: str) -> str:
    """By which clock an organization's inbox is told: its first venue's."""
    with reading():
        return next((venue.zone for venue in venues_of(organization_id)), "UTC")


def open_count(organization_id: str, by: Asker, at: datetime) -> int:
    """How many items wait; 0 for whoever may not see them. For the number in the menu."""
    if not by.may(Right.SERVE):
        return 0
    with reading():
        return len(open_items(house_of(organization_id, at)))


def pulse(organization_id: str, at: datetime) -> InboxPulse:
    """Five small queries."""
    with reading():
        settled, settled_at = (
            InboxSettlementRow.select(
                fn.COUNT(InboxSettlementRow.id), fn.COALESCE(fn.MAX(InboxSettlementRow.settled_at), 0)
            )
            .where(InboxSettlementRow.organization == organization_id, InboxSettlementRow.settled_at > at - SHOWN_FOR)
            .tuples()
            .get()
        )
        quarantined, tried_at = (
            QuarantineRow.select(fn.COUNT(QuarantineRow.id), fn.COALESCE(fn.MAX(QuarantineRow.tried_at), 0))
            .where(QuarantineRow.organization == organization_id, QuarantineRow.looked_at.is_null())
            .tuples()
            .get()
        )
        is_forked = (DeviceRow.organization == organization_id) & DeviceRow.forked_at.is_null(False)
        forked = DeviceRow.select().where(is_forked).count()
        troubled = AttemptRow.select().where(
            AttemptRow.organization == organization_id,
            AttemptRow.happened_at > at - A_DAY,
            AttemptRow.disputed_reason.is_null(False) | AttemptRow.reason.in_(NOT_KNOWN),
        )
        return InboxPulse(
            settled=settled,
            settled_at=settled_at,
            quarantined=quarantined,
            tried_at=tried_at,
            forked=forked,
            troubled=troubled.count(),
            contested=waiting_contests(organization_id),
        )


def door_pulse(organization_id: str, at: datetime) -> tuple[int, int]:
    """What besides settling changes the list: the organization's version, and how much was told lately."""
    with reading():
        told = AttemptRow.select(fn.COUNT(AttemptRow.id)).where(
            AttemptRow.organization == organization_id, AttemptRow.happened_at > at - A_DAY
        )
        return version_of(organization_id), int(told.scalar())


def open_items(house: House) -> list[InboxItem]:
    """What nobody has settled, newest first. Inside `reading()` or `writing()`."""
    policies = policies_in_force(house.organization_id, (None, *house.zones), house.at)
    found = [
        *open_disputes(house),
        *open_overdrafts(house),
        *open_unknown_cards(house),
        *open_copied(house),
        *open_contests(house),
        *open_quarantine(house),
        *open_forks(house),
        *open_deferred(house, policies),
        *open_silences(house),
        *open_self_tests(house),
        *open_spikes(house),
        *open_paused_webhooks(house),
    ]
    done = _settled_among(house.organization_id, found)
    still_open = [item for item in found if (item.kind, item.key) not in done]
    return sorted(still_open, key=lambda item: item.at, reverse=True)


def as_settled(row: InboxSettlementRow) -> Settled:
    return Settled(
        kind=InboxKind(row.kind),
        key=row.subject,
        way=Way(row.way),
        because=row.because,
        by_name=row.by_name,
        settled_at=row.settled_at,
        title=sentence_from_json(row.about),
    )


def _settled_among(organization_id: str, items: list[InboxItem]) -> set[tuple[str, str]]:
    if not items:
        return set()
    rows = InboxSettlementRow.select(InboxSettlementRow.kind, InboxSettlementRow.subject).where(
        InboxSettlementRow.organization == organization_id,
        InboxSettlementRow.subject.in_([item.key for item in items]),
    )
    return set(rows.tuples())


def _settled_lately(organization_id: str, at: datetime) -> tuple[Settled, ...]:
    rows = (
        InboxSettlementRow.select()
        .where(InboxSettlementRow.organization == organization_id, InboxSettlementRow.settled_at > at - SHOWN_FOR)
        .order_by(InboxSettlementRow.settled_at.desc(), InboxSettlementRow.id.desc())
        .limit(SHOWN)
    )
    return tuple(as_settled(row) for row in rows)
