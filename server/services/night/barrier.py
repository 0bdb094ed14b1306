"""The barrier: whether every kiosk of a venue has told all that happened before a moment."""

from datetime import datetime

from server.store.tables import DeviceRow


def told_until(venue_id: str) -> datetime | None:
    """Up to when every enrolled kiosk has told everything. None: no kiosk is enrolled, nothing is waited for.

    Kiosks that were revoked, or that staff retired, hold nothing more that matters.
    """
    promises = [
        row.nothing_unsent_before or row.paired_at
        for row in DeviceRow.select().where(
            DeviceRow.venue == venue_id, DeviceRow.revoked_at.is_null(), DeviceRow.retired_at.is_null()
        )
    ]
    return min(promises) if promises else None


def holds(venue_id: str, moment: datetime) -> bool:
    """Source: protocol, "Barrier(venue, t)"."""
    until = told_until(venue_id)
    return until is None or until >= moment
