"""Policies: each change makes the next version; no version is ever changed."""

from dataclasses import replace
from datetime import datetime

from core import wire
from core.policy import Policy
from server.services.door.changes import POLICY, touch
from server.services.door.policies import policy_in_force
from server.services.people.rights import Asker, Right, require
from server.store.database import for_update, writing
from server.store.ids import new_id
from server.store.tables import OrganizationRow, PolicyRow


def change_policy(organization_id: str, policy: Policy, by: Asker, at: datetime, *, because: str = "") -> Policy:
    """The numbers in force from now on, with their version. Raises `Forbidden`."""
    with writing():
        require(organization_id, by, Right.PLAN)
        for_update(OrganizationRow.select().where(OrganizationRow.id == organization_id)).get()
        newest = PolicyRow.select().where(PolicyRow.organization == organization_id).count()
        next_one = replace(policy, version=max(newest, policy_in_force(organization_id).version if newest else 0) + 1)
        PolicyRow.create(
            id=new_id(at),
            organization=organization_id,
            version=next_one.version,
            policy=wire.to_json(next_one),
            made_at=at,
            staff=by.staff_id,
            because=because,
        )
        touch(organization_id, POLICY, organization_id)
        return next_one
