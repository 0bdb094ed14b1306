"""How an organization's features stand, for the door, the night and the day's errands. Switched elsewhere."""

from datetime import datetime

from core.errors import Conflict
from core.features import Feature, Features, Switched, features_at
from server.store.tables import FeatureSwitchRow


def features_of(organization_id: str, at: datetime) -> Features:
    """As they stood at that moment. Inside `reading()` or `writing()`; one small query."""
    return features_at(switches_of(organization_id), at)


def is_on(organization_id: str, feature: Feature, at: datetime) -> bool:
    return features_of(organization_id, at).is_on(feature)


def require_on(organization_id: str, feature: Feature, at: datetime) -> None:
    """Nothing, if the studio has it on. Raises `Conflict`."""
    if not is_on(organization_id, feature, at):
        raise Conflict("feature.is_off", feature=feature.value)


def organizations_without(feature: Feature, at: datetime) -> frozenset[str]:
    """Those that have it off, for errands that go through the whole house. One query."""
    rows = FeatureSwitchRow.select(FeatureSwitchRow.organization).where(FeatureSwitchRow.feature == feature.value)
    ever = {organization_id for (organization_id,) in rows.distinct().tuples()}
    return frozenset(one for one in ever if not is_on(one, feature, at))


def switches_of(organization_id: str) -> tuple[Switched, ...]:
    """All the switching there ever was, in its order; a value that this version does not know is left out."""
    rows = FeatureSwitchRow.select().where(FeatureSwitchRow.organization == organization_id)
    known = {feature.value for feature in Feature}
    return tuple(
        Switched(feature=Feature(row.feature), is_on=row.is_on, at=row.made_at)
        for row in rows.order_by(FeatureSwitchRow.made_at, FeatureSwitchRow.id)
        if row.feature in known
    )
