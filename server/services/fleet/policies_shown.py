"""Versions of the policy as staff see them: which there are, who made them and why, and which is in force where."""

from dataclasses import dataclass
from datetime import datetime

from peewee import JOIN

from core import wire
from core.policy import ClassRule, Policy
from server.services.door.policies import policies_in_force, policy_in_force
from server.services.people.ours import ours
from server.services.people.rights import Asker, Right, require
from server.store.database import reading
from server.store.tables import ClassTypeRow, PolicyRow, StaffRow, VenueRow


@dataclass(frozen=True, kw_only=True, slots=True)
class VersionShown:
    """`venue_id` None: of the whole organization. `by_name` empty: made by a program or the house itself.

    `is_in_force`: it holds now, at its venue, or for the organization wherever no venue has its own.
    """

    policy: Policy
    venue_id: str | None
    starts_at: datetime
    made_at: datetime
    by_name: str
    because: str
    is_in_force: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class PolicyShown:
    """What holds now at a venue, or in the organization at large. `rule`: what one class type makes of it."""

    policy: Policy
    rule: ClassRule | None = None


def policy_versions(organization_id: str, by: Asker, at: datetime) -> tuple[VersionShown, ...]:
    """The newest first, those still to begin among them. Raises `Forbidden`."""
    with reading():
        require(organization_id, by, Right.WELCOME)
        rows = (
            PolicyRow.select(PolicyRow, StaffRow.name)
            .join(StaffRow, JOIN.LEFT_OUTER)
            .where(PolicyRow.organization == organization_id)
            .order_by(PolicyRow.version.desc())
        )
        found = list(rows)
        holding = policies_in_force(organization_id, {row.venue_id for row in found}, at)
        return tuple(
            VersionShown(
                policy=wire.from_json(Policy, row.policy),
                venue_id=row.venue_id,
                starts_at=row.starts_at,
                made_at=row.made_at,
                by_name=row.staff.name if row.staff_id else "",
                because=row.because,
                is_in_force=holding[row.venue_id].version == row.version,
            )
            for row in found
        )


def policy_now(
    organization_id: str, venue_id: str | None, class_type_id: str | None, by: Asker, at: datetime
) -> PolicyShown:
    """What is in force. Raises `NotFound` for a venue or class type that is not ours, `Forbidden`."""
    with reading():
        require(organization_id, by, Right.WELCOME)
        if venue_id is not None:
            ours(VenueRow, organization_id, venue_id, "venue")
        policy = policy_in_force(organization_id, venue_id, at)
        if class_type_id is None:
            return PolicyShown(policy=policy)
        ours(ClassTypeRow, organization_id, class_type_id, "class_type")
        return PolicyShown(policy=policy, rule=policy.rule_for(class_type_id))
