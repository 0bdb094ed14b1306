"""The policy in force, for the door. Versions are made elsewhere; a studio that never made one has the defaults."""

from core import wire
from core.policy import Policy
from server.store.tables import PolicyRow


def policy_in_force(organization_id: str) -> Policy:
    """The newest version."""
    newest = (
        PolicyRow.select()
        .where(PolicyRow.organization == organization_id)
        .order_by(PolicyRow.version.desc())
        .limit(1)
        .first()
    )
    return wire.from_json(Policy, newest.policy) if newest else Policy()
