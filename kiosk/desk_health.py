"""How well a kiosk's desk knows the world, put into one value. It judges nothing: `kiosk.troubles` does."""

from dataclasses import dataclass
from datetime import timedelta

from kiosk.asking import Link
from kiosk.store.store import KioskStore
from kiosk.timekeeping import TimeReading


@dataclass(frozen=True, kw_only=True, slots=True)
class DeskHealth:
    """For the kiosk's own screen, for staff and for the server."""

    is_paired: bool
    is_online: bool
    rejected_as: str
    last_contact_seconds: float | None
    waiting: int
    members: int
    list_age: timedelta | None
    time: TimeReading
    interrupted: int
    set_aside: str
    is_out_of_order: bool = False
    """Staff said so."""


def health_of(store: KioskStore, link: Link, time: TimeReading) -> DeskHealth:
    """How things stand at this moment."""
    synced_at, contact = store.replica.synced_at, link.last_contact_at
    return DeskHealth(
        is_paired=store.identity is not None,
        is_online=link.is_online,
        rejected_as=link.rejected_as,
        last_contact_seconds=(time.at - contact).total_seconds() if contact else None,
        waiting=store.journal.waiting(),
        members=store.replica.members(),
        list_age=time.at - synced_at if synced_at else None,
        time=time,
        interrupted=store.interrupted,
        set_aside=store.set_aside.name if store.set_aside else "",
        is_out_of_order=store.people.why_out_of_order is not None,
    )
