"""Whether something stays level while more and more cards are shown. Pure, but for the look at a process."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from statistics import linear_regression, median

WARM_UP = 0.25
"""Share of the cards in which caches and pools may fill."""


@dataclass(slots=True)
class Level:
    """One thing that is measured. It may rise over the whole run by `slack` (a share) or `step`, whichever is more."""

    name: str
    unit: str
    slack: float
    step: float
    cards: list[int] = field(default_factory=list)
    values: list[float] = field(default_factory=list)

    def note(self, cards: int, value: float) -> None:
        self.cards.append(cards)
        self.values.append(value)

    @property
    def warm(self) -> tuple[list[int], list[float]]:
        """What was measured after the warm-up."""
        first = WARM_UP * max(self.cards, default=0)
        kept = [(cards, value) for cards, value in zip(self.cards, self.values, strict=True) if cards >= first]
        return [cards for cards, _ in kept], [value for _, value in kept]

    @property
    def rise(self) -> float:
        """By how much the line through all of it rises from the warm-up to the end."""
        cards, values = self.warm
        if len(set(cards)) < 2:
            return 0.0
        return linear_regression(cards, values).slope * (cards[-1] - cards[0])

    @property
    def allowed(self) -> float:
        return max(self.step, self.slack * median(self.warm[1])) if self.values else 0.0

    @property
    def is_level(self) -> bool:
        return self.rise <= self.allowed

    def in_words(self) -> str:
        """One line for a report."""
        if not self.values:
            return f"{self.name}: never measured"
        _, values = self.warm
        state = "level" if self.is_level else "RISES"
        return (
            f"{self.name}: {state}, {median(values):.1f} {self.unit} (from {min(values):.1f} to {max(values):.1f}), "
            f"the line through it rises by {self.rise:+.1f}; {self.allowed:.1f} would be allowed"
        )


def memory_of(pid: int) -> float:
    """Resident, in megabytes."""
    for line in Path(f"/proc/{pid}/status").read_text().splitlines():
        if line.startswith("VmRSS:"):
            return int(line.split()[1]) / 1024
    return 0.0


def handles_of(pid: int) -> int:
    return len(list(Path(f"/proc/{pid}/fd").iterdir()))


def threads_of(pid: int) -> int:
    return len(list(Path(f"/proc/{pid}/task").iterdir()))


def all_level(levels: Sequence[Level]) -> bool:
    return all(level.values and level.is_level for level in levels)
