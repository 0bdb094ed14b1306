"""What every verb of the night is given, and how it gives up its place between two chunks when it must end."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime

from core.model import Method
from core.policy import Policy
from server.services.door.causes import Cause

CHUNK = 500
"""Rows a transaction: short enough that the door never waits long, and that SIGTERM is heard within a second."""


class NightInterrupted(Exception):
    """Told to end. What is done is done; the rest is done when the job is tried again."""


@dataclass(frozen=True, kw_only=True, slots=True)
class NightWork:
    """One venue's night. `may_go_on` is asked between chunks; `told` hears how many rows a chunk had."""

    organization_id: str
    venue_id: str
    policy: Policy
    as_of: datetime
    may_go_on: Callable[[], bool] = field(default=lambda: True)
    told: Callable[[int], None] = field(default=lambda rows: None)

    def between_chunks(self, rows: int) -> None:
        """Raises `NightInterrupted` if it is time to end."""
        self.told(rows)
        if not self.may_go_on():
            raise NightInterrupted


def by_night(because: str) -> Cause:
    """Nobody did it; the house did, and says why."""
    return Cause(by=Method.AUTO, because=because)
