"""A night that suspended far more members than usual is told to staff, once, with what may have brought it about."""

from datetime import datetime, timedelta

from core import clocktime
from core.events import EventKind
from core.spikes import NIGHTS, Spike, spike
from server.services.events.announcing import Event, announce
from server.services.night.work import NightWork
from server.store.database import for_update, writing
from server.store.tables import EventRow, OrganizationRow, PolicyRow, SuspensionRow, VenueRow

A_DAY = timedelta(days=1)


def look_for_spike(work: NightWork) -> Spike | None:
    """The whole organization's night, by this venue's clock; None where all is as usual, or it was told before.

    With several venues the last of them finds what all their nights made together.
    """
    with writing():
        for_update(OrganizationRow.select().where(OrganizationRow.id == work.organization_id)).get()
        zone = clocktime.zone_named(VenueRow.get_by_id(work.venue_id).zone)
        night = clocktime.local_day(work.as_of, zone)
        subject = f"spike:{night.isoformat()}"
        is_told = (
            (EventRow.organization == work.organization_id)
            & (EventRow.kind == EventKind.SUSPENSION_SPIKE.value)
            & (EventRow.subject == subject)
        )
        if EventRow.select().where(is_told).exists():
            return None
        counts = {night - days * A_DAY: 0 for days in range(NIGHTS + 1)}
        since, _ = clocktime.day_span(min(counts), zone)
        for made_at in _made_by_night(work, since):
            day = clocktime.local_day(made_at, zone)
            counts[day] = counts.get(day, 0) + 1
        found = spike(counts[night], [count for day, count in counts.items() if day < night])
        if found is not None:
            announce(_news(work, found, subject), work.as_of)
        return found


def _made_by_night(work: NightWork, since: datetime) -> list[datetime]:
    query = SuspensionRow.select(SuspensionRow.made_at).where(
        SuspensionRow.organization == work.organization_id,
        SuspensionRow.made_at >= since,
        SuspensionRow.made_at <= work.as_of,
        SuspensionRow.no_show_id.is_null(False),
    )
    return [made_at for (made_at,) in query.tuples()]


def _news(work: NightWork, found: Spike, subject: str) -> Event:
    data: dict[str, object] = {"count": found.count, "usual": round(found.usual, 1)}
    newest = (
        PolicyRow.select()
        .where(
            PolicyRow.organization == work.organization_id,
            PolicyRow.starts_at <= work.as_of,
            PolicyRow.starts_at > work.as_of - NIGHTS * A_DAY,
        )
        .order_by(PolicyRow.starts_at.desc(), PolicyRow.version.desc())
        .first()
    )
    if newest is not None:
        data |= {"policy_version": newest.version, "policy_from_at": clocktime.to_ms(newest.starts_at)}
    return Event(organization_id=work.organization_id, kind=EventKind.SUSPENSION_SPIKE, subject=subject, data=data)
