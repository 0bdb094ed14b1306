"""The policy in force, and the version that a place was made under. Versions are made elsewhere.

A studio that never made one has the defaults, which are version 0.
"""

from collections.abc import Collection
from datetime import datetime
from functools import lru_cache

from core import versions, wire
from core.attendance import Versions
from core.policy import Policy
from core.versions import VersionStart
from server.store.tables import PolicyRow


def policy_in_force(organization_id: str, venue_id: str | None, at: datetime) -> Policy:
    """What holds at a venue at that moment: `core.versions.in_force`. `venue_id` None: of the organization itself."""
    return policies_in_force(organization_id, (venue_id,), at)[venue_id]


def policies_in_force(
    organization_id: str, venue_ids: Collection[str | None], at: datetime
) -> dict[str | None, Policy]:
    """The same for several venues, in one query."""
    rows = PolicyRow.select().where(PolicyRow.organization == organization_id, PolicyRow.starts_at <= at)
    texts: dict[int, str] = {}
    starts: list[VersionStart] = []
    for row in rows:
        texts[row.version] = row.policy
        starts.append(VersionStart(version=row.version, starts_at=row.starts_at, venue_id=row.venue_id))
    found = {}
    for venue_id in venue_ids:
        one = versions.in_force(starts, venue_id, at)
        found[venue_id] = _read(texts[one.version]) if one else Policy()
    return found


def policy_of_version(organization_id: str, version: int | None) -> Policy | None:
    """The version of that number. None for one that is not known, or for None: made before versions were noted."""
    if version is None:
        return None
    return versions_made(organization_id, (version,)).get(version)


def versions_judging(organization_id: str, otherwise: Policy) -> Versions:
    """All versions that absences may have been judged by. `otherwise`: for those that remember none."""
    return Versions(otherwise=otherwise, known=versions_made(organization_id) | {otherwise.version: otherwise})


def versions_made(organization_id: str, only: Collection[int] | None = None) -> dict[int, Policy]:
    """By number, all or those asked for; the defaults are number 0."""
    rows = PolicyRow.select(PolicyRow.version, PolicyRow.policy).where(PolicyRow.organization == organization_id)
    if only is not None:
        rows = rows.where(PolicyRow.version.in_(list(only)))
    return {0: Policy()} | {version: _read(text) for version, text in rows.tuples()}


@lru_cache(maxsize=512)
def _read(text: str) -> Policy:
    """A version never changes, and neither does what is written in it."""
    return wire.from_json(Policy, text)
