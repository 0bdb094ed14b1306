"""When a kiosk is out of touch, and when it has been silent for so long that somebody should go and look.

One rule for the inbox, the page of kiosks and the frame around every page; none of them counts by itself.
"""

from datetime import datetime, timedelta

from server.services.door.policies import policies_in_force
from server.store.tables import DeviceRow, SessionRow

OUT_OF_TOUCH_AFTER = timedelta(minutes=2)
"""A kiosk says something every ten seconds."""


def is_out_of_touch(heard_at: datetime | None, at: datetime) -> bool:
    """It does not speak with us now, or never did. It still checks people in."""
    return heard_at is None or at - heard_at > OUT_OF_TOUCH_AFTER


def silent_kiosks(organization_id: str, at: datetime) -> frozenset[str]:
    """Ids of kiosks in use that somebody should go and look at. Inside `reading()` or `writing()`.

    Not heard of (or paired and never heard) for the policy's `silent_kiosk_after` where a session was on meanwhile,
    since somebody may stand before it; elsewhere for `silent_kiosk_at_rest_after`.
    """
    rows = DeviceRow.select(DeviceRow.id, DeviceRow.venue, DeviceRow.last_heard_at, DeviceRow.paired_at).where(
        DeviceRow.organization == organization_id, DeviceRow.revoked_at.is_null(), DeviceRow.retired_at.is_null()
    )
    quiet = [(id_, venue_id, at - (heard_at or paired_at)) for id_, venue_id, heard_at, paired_at in rows.tuples()]
    silent: set[str] = set()
    policies = policies_in_force(organization_id, {venue_id for _, venue_id, _ in quiet}, at)
    for venue_id, policy in policies.items():
        sooner, later = policy.silent_kiosk_after, policy.silent_kiosk_at_rest_after
        here = [(id_, length) for id_, at_venue, length in quiet if at_venue == venue_id]
        if all(length < min(sooner, later) for _, length in here):
            continue
        is_busy = venue_id in _venues_with_sessions(organization_id, at - sooner, at)
        silent |= {id_ for id_, length in here if length >= (sooner if is_busy else later)}
    return frozenset(silent)


def _venues_with_sessions(organization_id: str, since: datetime, until: datetime) -> frozenset[str]:
    """Where a session was on at any time between these."""
    rows = SessionRow.select(SessionRow.venue).where(
        SessionRow.organization == organization_id,
        SessionRow.starts_at < until,
        SessionRow.ends_at > since,
        SessionRow.cancelled_at.is_null(),
    )
    return frozenset(venue_id for (venue_id,) in rows.distinct().tuples())
