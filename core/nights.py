"""The steps of a night, in their order, and when each has its turn by a venue's clock."""

from collections.abc import Mapping
from datetime import time
from enum import StrEnum
from types import MappingProxyType


class NightStep(StrEnum):
    """By the names that stand in the ledger of runs. Source: flexible-class-reservations, phase 3."""

    NO_SHOWS = "no-shows"
    AUTO_CANCEL = "auto-cancel"
    SUSPEND = "suspend"
    LIFT = "lift"


CLOCKS: Mapping[NightStep, time] = MappingProxyType(
    {
        NightStep.NO_SHOWS: time(1),
        NightStep.AUTO_CANCEL: time(2),
        NightStep.SUSPEND: time(3),
        NightStep.LIFT: time(4),
    }
)
