"""The ways of making the kiosk easier to use, any of them together, and how much longer a face then stays.

It knows no screen: what a mode looks like stands in assets/kiosk_modes.css, what it sounds like in assets/speech.js.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Literal

ModeName = Literal["large", "hc", "reach", "speech", "slow", "still", "steps"]
FIELDS: dict[str, str] = {
    "large": "is_large",
    "hc": "is_high_contrast",
    "reach": "is_reach",
    "speech": "is_spoken",
    "slow": "is_slow",
    "still": "is_still",
    "steps": "is_stepping",
}
"""By the name under which the screen knows each mode: the field that says it is on."""
SLOW, SPOKEN = 3, 2
"""How many times as long a face stays, on request, and because it takes time to be heard."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Modes:
    """Which are on."""

    is_large: bool = False
    is_high_contrast: bool = False
    is_reach: bool = False
    is_spoken: bool = False
    """What is shown is said aloud."""
    is_slow: bool = False
    """Every countdown takes three times as long."""
    is_still: bool = False
    """Nothing moves."""
    is_stepping: bool = False
    """What can be chosen is lit one after the other; one key, or one switch, chooses."""

    def has(self, name: str) -> bool:
        """Whether this one is on. Raises `KeyError` for a name that none has."""
        return bool(getattr(self, FIELDS[name]))

    def toggled(self, name: ModeName) -> "Modes":
        """The same, with this one switched on, or off where it was on."""
        return replace(self, **{FIELDS[name]: not self.has(name)})

    @property
    def names(self) -> tuple[str, ...]:
        """Of those that are on."""
        return tuple(name for name in FIELDS if self.has(name))

    @property
    def patience(self) -> int:
        """How many times as long each face stays, and each countdown takes."""
        return (SLOW if self.is_slow else 1) * (SPOKEN if self.is_spoken else 1)


def modes_named(names: Iterable[str]) -> Modes:
    """With these on. Raises `KeyError` for a name that none has."""
    return Modes(**{FIELDS[name]: True for name in names})
