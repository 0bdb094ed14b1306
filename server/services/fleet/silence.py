"""Which kiosks have been silent for so long that somebody should go and look."""

from datetime import datetime

from server.services.door.policies import policy_in_force
from server.store.tables import DeviceRow


def silent_kiosks(organization_id: str, at: datetime) -> frozenset[str]:
    """Ids of kiosks in use not heard of for the policy's `silent_kiosk_after`. Inside `reading()` or `writing()`."""
    patience = policy_in_force(organization_id).silent_kiosk_after
    rows = DeviceRow.select(DeviceRow.id, DeviceRow.last_heard_at, DeviceRow.paired_at).where(
        DeviceRow.organization == organization_id, DeviceRow.revoked_at.is_null(), DeviceRow.retired_at.is_null()
    )
    return frozenset(id_ for id_, heard_at, paired_at in rows.tuples() if at - (heard_at or paired_at) >= patience)
