"""Features over HTTP: how they stand for the studio, who switched them, and switching one."""

from datetime import datetime

from fastapi import APIRouter
from pydantic import Field

from core.features import Feature
from core.scopes import Subject
from server.api.asking import By, Now, needs
from server.api.described import noes
from server.api.shapes import Given, Told
from server.services.fleet.features import SwitchShown, features_shown, switch, switches_shown

router = APIRouter(prefix="/api/features", tags=["features"], dependencies=[needs(Subject.FEATURES)])


class SwitchWanted(Given):
    """One feature, on or off from now on."""

    feature: Feature
    is_on: bool
    because: str = Field(default="", max_length=255)


class SwitchTold(Told):
    feature: Feature
    is_on: bool
    at: datetime
    by_name: str = Field(description="Empty: a program, or the house itself.")
    because: str


class FeatureTold(Told):
    feature: Feature
    is_on: bool
    switched: SwitchTold | None = Field(description="When it was switched so; null: it has always been on.")


class FeaturesTold(Told):
    features: list[FeatureTold]
    history: list[SwitchTold] = Field(description="All switching, the newest first.")


@router.get("", response_model=FeaturesTold, responses=noes())
def features(by: By, at: Now) -> FeaturesTold:
    """Every feature of this studio, on or off, and who switched which when and why."""
    shown = features_shown(by.organization_id, by, at)
    return FeaturesTold(
        features=[
            FeatureTold(feature=one.feature, is_on=one.is_on, switched=_switched(one.last) if one.last else None)
            for one in shown
        ],
        history=[_switched(one) for one in switches_shown(by.organization_id, by)],
    )


@router.put("", response_model=FeaturesTold, responses=noes())
def feature_switched(by: By, at: Now, wanted: SwitchWanted) -> FeaturesTold:
    """Switch one. Twice is once. What it slept through while it was off, a feature does not make up for."""
    switch(by.organization_id, wanted.feature, wanted.is_on, by, at, because=wanted.because)
    return features(by, at)


def _switched(one: SwitchShown) -> SwitchTold:
    return SwitchTold(feature=one.feature, is_on=one.is_on, at=one.at, by_name=one.by_name, because=one.because)
