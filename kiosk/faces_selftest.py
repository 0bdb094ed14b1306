"""The face of a self-test, as a value: what was found so far, and what staff are asked for. It holds nobody's data."""

from dataclasses import dataclass
from datetime import datetime

from core.selftest import Finding
from kiosk.stand import Stand


@dataclass(frozen=True, kw_only=True, slots=True)
class SelfTesting:
    """The kiosk looks at itself. `played` counts how often the sound was begun, so that it is heard each time.

    `wants_card`: the test card was not seen yet. `asks_whether_heard`: only ears can say.
    """

    stand: Stand
    at: datetime
    findings: tuple[Finding, ...]
    wants_card: bool
    asks_whether_heard: bool
    played: int
