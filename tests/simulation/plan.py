"""What happens in a simulated day, as a list of operations made from a seed. Each carries its own dice.

So one can be left out and all others stay as they were: that is how a failing day is shrunk.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from random import Random

from tests.simulation.network import Net


@dataclass(frozen=True)
class Operation:
    """`after`: the time that passes before it, in seconds."""

    kind: str
    after: float
    dice: int

    def __str__(self) -> str:
        return f"{self.kind} after {timedelta(seconds=round(self.after))} (dice {self.dice})"


@dataclass(frozen=True)
class Weights:
    """How often what goes wrong, for one seed."""

    net: dict[Net, int]
    stops: float
    """Chance that a machine stops in an operation."""
    full_disks: float
    intruders: float


@dataclass(frozen=True)
class Plan:
    seed: int
    weights: Weights
    operations: tuple[Operation, ...]
    begins_synced: bool
    """Whether the kiosks have a member list when the day begins."""

    def without(self, dropped: Sequence[int]) -> "Plan":
        gone = set(dropped)
        kept = tuple(operation for place, operation in enumerate(self.operations) if place not in gone)
        return Plan(self.seed, self.weights, kept, self.begins_synced)


EVERYDAY = {"show": 40, "sync": 12, "choose": 3, "undo": 4, "choose instead": 2, "leave": 2, "sync all": 4}
PEOPLE = {
    "staff check in": 4, "staff undo": 3, "reserve": 5, "cancel": 4, "suspend": 1, "lift": 1, "override": 2,
    "revoke card": 1, "replace card": 1, "change policy": 1, "call off": 1,
    "pause a pass": 2, "end a pause": 1,
}  # fmt: skip
TROUBLE = {
    "cut off": 4, "plug in": 4, "kiosk stops": 3, "program stops": 2, "server falls": 2, "server away": 2,
    "server back": 3, "clock jumps": 2, "disk full": 1, "disk freed": 2, "server disk full": 1, "proxy refuses": 1,
}  # fmt: skip
NIGHTS = {"night": 4, "jobs again": 2}
RARE = {"back up": 2, "restore": 2, "clone": 1, "revoke kiosk": 1, "retire kiosk": 1}
STORIES = (
    "story: late cancel", "story: answer lost", "story: cut off over night", "story: two walk-ins",
    "story: clock without battery", "story: far ahead", "story: the same part",
    "story: one cannot pass", "story: restored behind a kiosk's back", "story: two disks, one name",
)  # fmt: skip
STORY_CHANCE = 0.4
BEGINS_AT = (0, 0, 20, 70, 125, 180)
"""Minutes after ten to three: before check-in opens for anything, or when all evening classes are open."""
STRANGE = {"stranger": 2, "unknown card": 2, "garbage": 2}


def plan_of(seed: int, length: int = 24) -> Plan:
    """The day of a seed. Each seed has its own mixture, so that rare things also happen many times in one day."""
    dice = Random(f"plan {seed}")
    kinds = dict(EVERYDAY)
    for group, chance in ((PEOPLE, 0.8), (TROUBLE, 0.8), (NIGHTS, 0.6), (RARE, 0.45), (STRANGE, 0.5)):
        if dice.random() < chance:
            kinds |= {kind: weight * dice.choice((0, 1, 1, 3)) for kind, weight in group.items()}
    names, chances = list(kinds), list(kinds.values())
    operations = []
    for _ in range(length):
        kind = dice.choices(names, chances)[0]
        operations.append(Operation(kind, _pause(dice, kind), dice.getrandbits(32)))
    weights, begins_synced = _weights(dice), dice.random() < 0.9
    if dice.random() < STORY_CHANCE:
        story = Operation(dice.choice(STORIES), dice.uniform(2, 90), dice.getrandbits(32))
        operations.insert(dice.choice((0, 0, 1, 3)), story)
    first = operations[0]
    operations[0] = replace(first, after=first.after + dice.choice(BEGINS_AT) * 60)
    return Plan(seed, weights, tuple(operations), begins_synced)


def _pause(dice: Random, kind: str) -> float:
    """Mostly a busy door; sometimes minutes, an evening, a night."""
    if kind == "night":
        return dice.uniform(3, 14) * 3600
    band = dice.random()
    if band < 0.86:
        return dice.uniform(2, 90)
    if band < 0.97:
        return dice.uniform(3, 30) * 60
    return dice.uniform(1, 13) * 3600


def _weights(dice: Random) -> Weights:
    """A calm network, or a bad one; and only some of the ways in which it can be bad."""
    net = {Net.FINE: dice.choice((400, 60, 20))}
    for kind in Net:
        if kind is not Net.FINE and dice.random() < 0.5:
            net[kind] = dice.choice((1, 2, 6))
    return Weights(
        net=net,
        stops=dice.choice((0, 0.05, 0.25)),
        full_disks=dice.choice((0, 0.05, 0.25)),
        intruders=dice.choice((0, 0.02)),
    )
