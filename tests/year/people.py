"""Who the members of the year are: habits, and what somebody learns from what their habits cost. Pure."""

from dataclasses import dataclass, field
from datetime import timedelta
from enum import StrEnum
from random import Random

MOST_CAREFUL = 0.85
"""Nobody becomes so careful that they never miss anything."""
FORGETS = 0.988
"""Of somebody's care, what is left of it a day later: half in two months."""


class Habit(StrEnum):
    """What kind of member somebody is."""

    REGULAR = "REGULAR"
    CHAOTIC = "CHAOTIC"
    NEWCOMER = "NEWCOMER"
    LEARNER = "LEARNER"


class Fate(StrEnum):
    """What a member does with a place on its day."""

    COMES = "COMES"
    COMES_LATE = "COMES_LATE"
    CANCELS_LATE = "CANCELS_LATE"
    MISSES = "MISSES"


class Suffered(StrEnum):
    """What a member is told that they would rather not have been."""

    NOTED = "NOTED"
    LOST_PUNCH = "LOST_PUNCH"
    LOST_PLACE = "LOST_PLACE"
    SUSPENDED = "SUSPENDED"


LESSONS = {Suffered.NOTED: 0.04, Suffered.LOST_PUNCH: 0.3, Suffered.LOST_PLACE: 0.2, Suffered.SUSPENDED: 0.5}
"""By how much each of them makes somebody more careful."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Ways:
    """How somebody of a habit lives. All are chances: `wishes`, `walks_in` a day, the others of a place."""

    wishes: float
    walks_in: float
    misses: float
    cancels_late: float
    cancels_early: float
    comes_late: float


WAYS = {
    Habit.REGULAR: Ways(
        wishes=0.115, walks_in=0.012, misses=0.035, cancels_late=0.04, cancels_early=0.08, comes_late=0.08
    ),
    Habit.CHAOTIC: Ways(
        wishes=0.125, walks_in=0.02, misses=0.24, cancels_late=0.11, cancels_early=0.08, comes_late=0.25
    ),
    Habit.NEWCOMER: Ways(
        wishes=0.08, walks_in=0.008, misses=0.10, cancels_late=0.07, cancels_early=0.12, comes_late=0.15
    ),
    Habit.LEARNER: Ways(
        wishes=0.35, walks_in=0.002, misses=0.05, cancels_late=0.03, cancels_early=0.03, comes_late=0.10
    ),
}


@dataclass(kw_only=True)
class Person:
    """A member with their habit. `care` is between 0 and `MOST_CAREFUL`: what penalties taught them."""

    id: str
    name: str
    habit: Habit
    likes: tuple[int, ...]
    """Hours of the day, by the studio's clock."""
    care: float = 0.0
    lost_course: str = ""
    """Of which they missed a part, so that no later one can be taken."""
    wanted: set[str] = field(default_factory=set)
    """Sessions they have, had or gave up a place in: nobody wants one twice."""

    @property
    def ways(self) -> Ways:
        return WAYS[self.habit]

    def learn(self, suffered: Suffered) -> None:
        self.care = min(MOST_CAREFUL, self.care + LESSONS[suffered])

    def sleep_over_it(self) -> None:
        self.care *= FORGETS

    def fate(self, dice: Random) -> Fate:
        """Of a place today. Who is careful misses less, and gives up late what they would have missed."""
        ways = self.ways
        misses = ways.misses * (1 - self.care)
        cancels = ways.cancels_late + 0.4 * (ways.misses - misses)
        drawn = dice.random()
        if drawn < misses:
            return Fate.MISSES
        if drawn < misses + cancels:
            return Fate.CANCELS_LATE
        return Fate.COMES_LATE if drawn < misses + cancels + ways.comes_late else Fate.COMES

    def gives_up_early(self, dice: Random) -> bool:
        """A place in two days. Who is careful looks at the calendar in time."""
        return dice.random() < self.ways.cancels_early + 0.3 * self.care * self.ways.misses

    def arrives(self, fate: Fate, dice: Random) -> timedelta:
        """From the session's start, negative before it."""
        if fate is Fate.COMES_LATE:
            return timedelta(minutes=dice.randint(4, 40))
        return timedelta(minutes=dice.triangular(-70, 3, -12))
