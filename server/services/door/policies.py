"""The policy in force, and the version that a place was made under. Versions are made elsewhere.

A studio that never made one has the defaults, which are version 0.
"""

from collections.abc import Collection
from datetime import datetime
from functools import cached_property, lru_cache
from typing import Any

from core import versions, wire
from core.attendance import Versions
from core.policy import Policy
from core.versions import VersionStart
from server.store.tables import PolicyRow
from server.store.written import given, written


def policy_in_force(organization_id: str, venue_id: str | None, at: datetime) -> Policy:
    """What holds at a venue at that moment: `core.versions.in_force`. `venue_id` None: of the organization itself."""
    return policies_in_force(organization_id, (venue_id,), at)[venue_id]


def policies_in_force(
    organization_id: str, venue_ids: Collection[str | None], at: datetime
) -> dict[str | None, Policy]:
    """The same for several venues, in one query."""
    book = PolicyBook(organization_id)
    return {venue_id: book.in_force(venue_id, at) for venue_id in venue_ids}


class PolicyBook:
    """Every version that an organization made, read when it is first opened, for as long as one transaction."""

    def __init__(self, organization_id: str) -> None:
        self._organization_id = organization_id

    def in_force(self, venue_id: str | None, at: datetime) -> Policy:
        """As `policy_in_force`."""
        starts, texts = self._versions
        one = versions.in_force(starts, venue_id, at)
        return _read(texts[one.version]) if one else Policy()

    def of_version(self, version: int | None) -> Policy | None:
        """As `policy_of_version`."""
        texts = self._versions[1]
        if version is None or version == 0:
            return None if version is None else Policy()
        return _read(texts[version]) if version in texts else None

    @cached_property
    def _versions(self) -> tuple[list[VersionStart], dict[int, str]]:
        """(when each begins and where, the text of each)."""
        starts: list[VersionStart] = []
        texts: dict[int, str] = {}
        for version, starts_at, venue_id, text in _all_versions.all(organization=self._organization_id):
            texts[version] = text
            starts.append(VersionStart(version=version, starts_at=starts_at, venue_id=venue_id))
        return starts, texts


@written
def _all_versions() -> Any:
    rows = PolicyRow.select(PolicyRow.version, PolicyRow.starts_at, PolicyRow.venue, PolicyRow.policy)
    return rows.where(PolicyRow.organization == given("organization")).tuples()


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
