"""Which version of the policy holds where and when, when its grace began, and what switching features comes to."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from core.features import Feature, Switched, features_at
from core.policy import Enforcement, Policy
from core.versions import VersionStart, grace_from, in_force
from tests.personas import SIX_PM

DAY = timedelta(days=1)
A_MOMENT = timedelta(microseconds=1)
HOUSE_1 = VersionStart(version=1, starts_at=SIX_PM)
BARN_2 = VersionStart(version=2, starts_at=SIX_PM + DAY, venue_id="barn")
HOUSE_3 = VersionStart(version=3, starts_at=SIX_PM + 2 * DAY)
LATER_4 = VersionStart(version=4, starts_at=SIX_PM + 9 * DAY)
FIX_5 = VersionStart(version=5, starts_at=SIX_PM + 3 * DAY)
INSTEAD_6 = VersionStart(version=6, starts_at=SIX_PM + 9 * DAY)
ALL = (HOUSE_1, BARN_2, HOUSE_3, LATER_4, FIX_5, INSTEAD_6)


@pytest.mark.parametrize(
    ("venue", "at", "version"),
    [
        (None, SIX_PM - A_MOMENT, None),
        ("barn", SIX_PM - A_MOMENT, None),
        (None, SIX_PM, 1),
        ("barn", SIX_PM, 1),
        ("barn", SIX_PM + DAY - A_MOMENT, 1),
        ("barn", SIX_PM + DAY, 2),
        ("mill", SIX_PM + DAY, 1),
        (None, SIX_PM + DAY, 1),
        (None, SIX_PM + 2 * DAY - A_MOMENT, 1),
        (None, SIX_PM + 2 * DAY, 3),
        ("barn", SIX_PM + 2 * DAY, 2),
        (None, SIX_PM + 3 * DAY, 5),
        (None, SIX_PM + 9 * DAY - A_MOMENT, 5),
        (None, SIX_PM + 9 * DAY, 6),
        ("barn", SIX_PM + 99 * DAY, 2),
    ],
)
def test_the_venues_own_version_goes_first_and_the_last_to_start_holds(
    venue: str | None, at: datetime, version: int | None
) -> None:
    for order in (ALL, tuple(reversed(ALL))):
        found = in_force(order, venue, at)
        assert (found.version if found else None) == version


def test_a_version_that_starts_later_is_not_swallowed_by_one_made_since() -> None:
    found = in_force((HOUSE_1, LATER_4, FIX_5), None, SIX_PM + 9 * DAY)
    assert found == LATER_4


GRACE = Policy(enforcement=Enforcement.GRACE)


@pytest.mark.parametrize(
    ("candidate", "before", "began"),
    [
        (GRACE, Policy(), SIX_PM),
        (GRACE, GRACE, SIX_PM),
        (GRACE, replace(GRACE, grace_from_at=SIX_PM - DAY), SIX_PM - DAY),
        (GRACE, Policy(grace_from_at=SIX_PM - DAY), SIX_PM),
        (Policy(), replace(GRACE, grace_from_at=SIX_PM - DAY), None),
    ],
)
def test_another_number_does_not_begin_the_grace_anew(
    candidate: Policy, before: Policy, began: datetime | None
) -> None:
    assert grace_from(candidate, SIX_PM, before) == began


def test_what_was_switched_off_is_not_made_up_for() -> None:
    off = Switched(feature=Feature.SUSPENSIONS, is_on=False, at=SIX_PM)
    on = Switched(feature=Feature.SUSPENSIONS, is_on=True, at=SIX_PM + DAY)
    again = replace(on, at=SIX_PM + 2 * DAY)
    assert features_at((off, on), SIX_PM - A_MOMENT).is_on(Feature.SUSPENSIONS)
    assert not features_at((off, on), SIX_PM).is_on(Feature.SUSPENSIONS)
    assert features_at((off,), SIX_PM).is_on(Feature.AUTO_CANCEL)
    assert not features_at((off,), SIX_PM).reaches(Feature.SUSPENSIONS, SIX_PM + DAY)
    later = features_at((off, on, again), SIX_PM + 3 * DAY)
    assert later.is_on(Feature.SUSPENSIONS)
    assert not later.reaches(Feature.SUSPENSIONS, SIX_PM + DAY - A_MOMENT)
    assert later.reaches(Feature.SUSPENSIONS, SIX_PM + DAY)
    assert features_at((on,), SIX_PM + 3 * DAY).reaches(Feature.SUSPENSIONS, SIX_PM - 99 * DAY)
