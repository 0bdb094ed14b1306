"""Switching features for one organization, and who switched them. What they are stands in `core.features`."""

from dataclasses import dataclass
from datetime import datetime

from peewee import JOIN

from core.features import Feature
from server.services.door.features import features_of
from server.services.people import words
from server.services.people.rights import Asker, Right, require
from server.store.database import for_update, reading, writing
from server.store.ids import new_id
from server.store.tables import FeatureSwitchRow, OrganizationRow, StaffRow


@dataclass(frozen=True, kw_only=True, slots=True)
class SwitchShown:
    """One time that somebody switched a feature. `by_name` empty: a program, or the house itself."""

    feature: Feature
    is_on: bool
    at: datetime
    by_name: str
    because: str


@dataclass(frozen=True, kw_only=True, slots=True)
class FeatureShown:
    """How a feature stands. `last`: who switched it so, None if nobody ever did."""

    feature: Feature
    is_on: bool
    last: SwitchShown | None


def features_shown(organization_id: str, by: Asker, at: datetime) -> tuple[FeatureShown, ...]:
    """Every feature there is. Raises `Forbidden`."""
    with reading():
        require(organization_id, by, Right.WELCOME)
        features = features_of(organization_id, at)
        last = {one.feature: one for one in reversed(_history(organization_id))}
        return tuple(
            FeatureShown(feature=feature, is_on=features.is_on(feature), last=last.get(feature)) for feature in Feature
        )


def switches_shown(organization_id: str, by: Asker) -> tuple[SwitchShown, ...]:
    """All switching, the newest first. Raises `Forbidden`."""
    with reading():
        require(organization_id, by, Right.WELCOME)
        return _history(organization_id)


def switch(
    organization_id: str, feature: Feature, is_on: bool, by: Asker, at: datetime, *, because: str = ""
) -> bool:  # fmt: skip
    """On or off from now on. False: it stood so already, and nothing is written. Raises `Invalid`, `Forbidden`.

    What a feature slept through while it was off it does not make up for.
    """
    why = words.optional("because", because)
    with writing():
        require(organization_id, by, Right.RUN)
        for_update(OrganizationRow.select().where(OrganizationRow.id == organization_id)).get()
        if features_of(organization_id, at).is_on(feature) is is_on:
            return False
        FeatureSwitchRow.create(
            id=new_id(at),
            organization=organization_id,
            feature=feature.value,
            is_on=is_on,
            staff=by.staff_id,
            because=why,
            made_at=at,
        )
        return True


def _history(organization_id: str) -> tuple[SwitchShown, ...]:
    rows = (
        FeatureSwitchRow.select(FeatureSwitchRow, StaffRow.name)
        .join(StaffRow, JOIN.LEFT_OUTER)
        .where(FeatureSwitchRow.organization == organization_id)
        .order_by(FeatureSwitchRow.made_at.desc(), FeatureSwitchRow.id.desc())
    )
    known = {feature.value for feature in Feature}
    return tuple(
        SwitchShown(
            feature=Feature(row.feature),
            is_on=row.is_on,
            at=row.made_at,
            by_name=row.staff.name if row.staff_id else "",
            because=row.because,
        )
        for row in rows
        if row.feature in known
    )
