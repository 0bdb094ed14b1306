"""Which of a venue's kiosks are in touch. A silent one still checks people in, and tells everything once it is back."""

from datetime import datetime, timedelta

from server.services.desk.values import Kiosk
from server.store.tables import DeviceRow

SILENT_AFTER = timedelta(minutes=2)
"""A kiosk says something every ten seconds."""


def kiosks_at(organization_id: str, venue_id: str, at: datetime) -> tuple[Kiosk, ...]:
    """In use: neither revoked nor retired. By name."""
    rows = (
        DeviceRow.select(DeviceRow.id, DeviceRow.name, DeviceRow.last_heard_at)
        .where(
            DeviceRow.organization == organization_id,
            DeviceRow.venue == venue_id,
            DeviceRow.revoked_at.is_null(),
            DeviceRow.retired_at.is_null(),
        )
        .order_by(DeviceRow.name, DeviceRow.id)
    )
    return tuple(
        Kiosk(id=id_, name=name, heard_at=heard_at, is_silent=heard_at is None or at - heard_at > SILENT_AFTER)
        for id_, name, heard_at in rows.tuples()
    )
