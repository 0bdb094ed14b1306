"""The marks of old versions of the member list: forgotten once no kiosk in use can still show them."""

from datetime import datetime

from peewee import fn

from server.services.door.time_told import LONGEST_AGO
from server.store.database import reading, writing
from server.store.tables import DeviceRow, OrganizationRow, ReplicaMarkRow

AT_ONCE = 2000
"""Marks in one transaction: a few hundredths of a second, for whoever shows a card meanwhile."""
MOST_AT_ONCE = 50
"""Transactions in one turn; the rest has its turn at the next."""


def forget_old_marks(at: datetime) -> int:
    """How many were forgotten: those below the oldest version of any kiosk in use that was heard of lately.

    Forgetting too many would harm nothing: a kiosk whose mark is not known begins its list again. An organization
    without such a kiosk keeps the newest one.
    """
    forgot = 0
    for organization_id, oldest in _oldest_in_use(at).items():
        while forgot < AT_ONCE * MOST_AT_ONCE and (count := _forget_below(organization_id, oldest)):
            forgot += count
    return forgot


def _oldest_in_use(at: datetime) -> dict[str, int]:
    """By organization. A kiosk that has no list yet shows no mark."""
    is_in_use = DeviceRow.revoked_at.is_null() & DeviceRow.retired_at.is_null() & (DeviceRow.replica_version > 0)
    with reading():
        every = OrganizationRow.select(OrganizationRow.id, OrganizationRow.replica_version)
        newest: dict[str, int] = dict(every.tuples())
        known = (
            DeviceRow.select(DeviceRow.organization, fn.MIN(DeviceRow.replica_version))
            .where(is_in_use, DeviceRow.last_heard_at > at - LONGEST_AGO)
            .group_by(DeviceRow.organization)
        )
        shown: dict[str, int] = dict(known.tuples())
    # A kiosk may show a version of a time that was put back since.
    return {id_: min(version, shown.get(id_, version)) for id_, version in newest.items()}


def _forget_below(organization_id: str, version: int) -> int:
    row = ReplicaMarkRow
    is_old = (row.organization == organization_id) & (row.version < version)
    with reading():
        found = row.select(row.version).where(is_old).order_by(row.version).limit(AT_ONCE)
        some = [number for (number,) in found.tuples()]
    if not some:
        return 0
    with writing():
        return int(row.delete().where(row.organization == organization_id, row.version <= some[-1]).execute())
