"""A kiosk as the door knows it, once its token was found good; and what it said of itself."""

from dataclasses import dataclass

from server.store.tables import DeviceRow


@dataclass(frozen=True, kw_only=True, slots=True)
class KnownKiosk:
    """Whoever authenticates a device makes one; it can ask and tell for its own venue and nothing else."""

    id: str
    organization_id: str
    venue_id: str


def as_known(device: DeviceRow) -> KnownKiosk:
    return KnownKiosk(id=device.id, organization_id=device.organization_id, venue_id=device.venue_id)
