"""Which of a venue's kiosks are in touch. A silent one still checks people in, and tells everything once it is back."""

from datetime import datetime

from server.services.desk.values import Kiosk
from server.services.fleet.silence import is_out_of_touch, silent_kiosks
from server.store.tables import DeviceRow


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
    found = list(rows.tuples())
    is_any_quiet = any(is_out_of_touch(heard_at, at) for _, _, heard_at in found)
    calling = silent_kiosks(organization_id, at) if is_any_quiet else frozenset[str]()
    return tuple(
        Kiosk(id=id_, name=name, heard_at=heard_at, is_silent=is_out_of_touch(heard_at, at), calls=id_ in calling)
        for id_, name, heard_at in found
    )
