"""Lives the year day by day: a morning that plans it, acts in the order of the clock with the errands between, a night.

The clock is virtual. Ids and every choice are drawn from one seed, so that a seed is a year, on whichever database.
"""

import logging
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from random import Random
from threading import Event
from time import process_time

from argon2 import PasswordHasher

from core import clocktime
from server.errands import Day, hook_errands, house_errands, letter_errands
from server.scheduler import NightWatch
from server.services.hooks.registering import register
from server.services.hooks.values import Wanted
from server.services.letters.sending import LetterSender
from server.services.letters.values import House
from server.services.people.hashing import hashed_by
from server.store.database import is_postgresql, proxy, reading, writing
from server.store.ids import drawn_from
from server.store.tables import EventRow, NoShowRow
from tests.server.door_stories import StoryKiosk
from tests.server.studio import VAULT
from tests.year import arriving, reserving, staffing
from tests.year.books import Untrue, check_the_books
from tests.year.people import Habit, Person, Suffered
from tests.year.town import DAY, HERE, Scale, open_town
from tests.year.world import Texts, World

FIRST_DAY = date(2026, 12, 23)
"""A Wednesday: the first course begins six days later. Both changes of the clock are in the year."""
OPENS = time(6)
CLOSES = time(23, 30)
TELLS = time(0, 30)
NIGHT = time(4, 45)
"""After the last of the night's jobs; each works as of its own moment."""
PLANNED_AHEAD = 10
"""Days for which the calendar is made."""
CUT_OFF = 0.02
"""Of all days: those on which the kiosk is alone from the afternoon on, until the next morning."""
HOUSE = House(public_url="https://kiln.example.org", vault=VAULT, sender="studio@kiln.example.org")
MOST_BEATS = 40
"""Until the post is empty."""
LESSONS = {
    "reservation.no_show": Suffered.NOTED,
    "reservation.auto_cancelled": Suffered.LOST_PLACE,
    "member.suspended": Suffered.SUSPENDED,
}


@dataclass(kw_only=True)
class Year:
    """`told` hears of each day that is over, with its number from 0."""

    seed: int
    scale: Scale
    told: Callable[[int], None] = lambda day: None
    seen: Counter[str] = field(default_factory=Counter)
    cpu_seconds: dict[str, float] = field(default_factory=lambda: defaultdict(float))
    """By what it was spent on: acts, errands, nights, books."""

    def live(self) -> World:
        """The whole year on the bound database. Raises `Untrue` after the first night that leaves something untrue."""
        quick = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
        with drawn_from(Random(f"ids {self.seed}").getrandbits), hashed_by(quick), _overheard() as failures:
            self._failures = failures
            return self._live()

    def _live(self) -> World:
        opened_at = _at(FIRST_DAY, time(5))
        town = open_town(self.scale, opened_at)
        kiosk = StoryKiosk(known=town.kiosk)
        world = World(
            town=town, kiosk=kiosk, dice=Random(f"year {self.seed}"), at=opened_at, seen=self.seen
        )  # fmt: skip
        register(town.organization, Wanted(url="https://hooks.example.org/kiln"), town.staff, opened_at, VAULT)
        self._watch = NightWatch(lambda: world.at, Event(), "the year")
        sender = LetterSender(house=HOUSE, now=lambda: world.at, mail=world.post, text=Texts(world.post))
        self._day = Day(
            (*house_errands(), *letter_errands(sender), *hook_errands(VAULT, world.hooks)),  # type: ignore[arg-type]
            lambda: world.at,
            Event(),
        )
        arrivals = _arrivals(self.scale, Random(f"arrivals {self.seed}"))
        for day in range(PLANNED_AHEAD):
            town.plan_day(FIRST_DAY + day * DAY, FIRST_DAY, opened_at)
        for number in range(self.scale.days):
            self._live_day(world, number, arrivals.get(number, []))
            self.told(number)
        return world

    def _live_day(self, world: World, number: int, joining: list[Habit]) -> None:
        day = FIRST_DAY + number * DAY
        with self._spent("acts"):
            world.live_until(_at(day, OPENS))
            self._morning(world, number, joining)
        beat = _at(day, OPENS)
        while beat < _at(day, CLOSES):
            beat += self.scale.errands_every
            with self._spent("acts"):
                world.live_until(beat)
            with self._spent("errands"):
                self._errands(world)
            with self._spent("acts"):
                reserving.answer_offers(world, world.at)
        with self._spent("acts"):
            world.live_until(_at(day + DAY, TELLS))
            arriving.tell(world, world.at)
            world.live_until(_at(day + DAY, NIGHT))
        with self._spent("nights"):
            world.seen["night: jobs run"] += self._watch.beat()
        if number % 7 == 0:
            _look_after_statistics()
        with self._spent("books"):
            check_the_books(world.at, is_told=not world.is_cut_off)
        if self._failures:
            raise Untrue(f"on {day}: {self._failures[0]}")

    def _morning(self, world: World, number: int, joining: list[Habit]) -> None:
        day, at, dice = FIRST_DAY + number * DAY, world.at, world.dice
        town, scale = world.town, self.scale
        _learn_of_last_night(world)
        if (policy := scale.versions.get(number)) is not None:
            town.change_policy(policy, at)
        town.plan_day(day + PLANNED_AHEAD * DAY, FIRST_DAY, at)
        for habit in joining:
            id_ = town.join(habit, at)
            likes = tuple(hour for hour in scale.hours if hour in _likes(dice, scale))
            world.people[id_] = Person(id=id_, name=f"{habit} {len(world.people)}", habit=habit, likes=likes)
        reserving.look_at_places(world, at, _at(day + DAY, OPENS))
        _make_wishes(world)
        staffing.after_the_night(world, at)
        staffing.run_the_house(world, at)
        if world.is_cut_off:
            world.later(_at(day, time(10)), lambda at: _comes_back(world, at))
        elif dice.random() < max(CUT_OFF, 1 / scale.days):
            world.later(_at(day, time(15)), lambda at: _is_cut_off(world))

    def _errands(self, world: World) -> None:
        """Until the post is empty: the clock of the errands goes on by seconds meanwhile."""
        for _ in range(MOST_BEATS):
            before = world.post.mails + world.post.texts + world.hooks.calls
            self._day.beat()
            world.at += timedelta(seconds=6)
            if world.post.mails + world.post.texts + world.hooks.calls == before:
                return

    @contextmanager
    def _spent(self, what: str) -> Iterator[None]:
        began = process_time()
        yield
        self.cpu_seconds[what] += process_time() - began


def _look_after_statistics() -> None:
    """What PostgreSQL does by itself; the tests' own has it switched off, and would plan by tables that were empty."""
    if is_postgresql():
        with writing():
            proxy.execute_sql("ANALYZE")


def _make_wishes(world: World) -> None:
    """Who reserves today, who comes without having reserved, and when."""
    dice = world.dice
    today = [one for one in world.town.calendar.values() if world.at < one.starts_at < world.at + DAY]
    for person in list(world.people.values()):
        person.sleep_over_it()
        if dice.random() < person.ways.wishes * world.town.scale.eagerness:
            when = world.at + dice.triangular(0.5, 16, 12) * timedelta(hours=1)
            world.later(when, lambda at, person=person: reserving.wish(world, person, at))  # type: ignore[misc]
        if today and dice.random() < person.ways.walks_in * world.town.scale.eagerness:
            session = dice.choice(today)
            when = session.starts_at - dice.uniform(-0.1, 1) * timedelta(hours=1)
            if session.hour == min(world.town.scale.hours):
                world.later(
                    when,
                    lambda at, p=person, s=session.id: arriving.drop_in(world, p, s, at),  # type: ignore[misc]
                )
            else:
                world.later(when, lambda at, p=person: arriving.walk_in(world, p, at))  # type: ignore[misc]


def _learn_of_last_night(world: World) -> None:
    """People know what was done to them, and become more careful by it."""
    since = world.at - DAY
    with reading():
        news = EventRow.select(EventRow.kind, EventRow.member).where(
            EventRow.noted_at >= since, EventRow.kind.in_(list(LESSONS))
        )
        told = list(news.order_by(EventRow.noted_at, EventRow.id).tuples())
        paid = NoShowRow.select(NoShowRow.member).where(NoShowRow.noted_at >= since, NoShowRow.took_punch)
        punches = [member for (member,) in paid.order_by(NoShowRow.reservation).tuples()]
    for kind, member in told:
        world.people[member].learn(LESSONS[kind])
    for member in punches:
        world.people[member].learn(Suffered.LOST_PUNCH)


def _is_cut_off(world: World) -> None:
    world.is_cut_off = True
    world.seen["kiosk cut off"] += 1


def _comes_back(world: World, at: datetime) -> None:
    world.is_cut_off = False
    arriving.tell(world, at)


def _arrivals(scale: Scale, dice: Random) -> dict[int, list[Habit]]:
    """By day of the year, who joins then: newcomers all through it, the others in its first days."""
    found: dict[int, list[Habit]] = {}
    for habit, count in scale.people.items():
        for _ in range(count):
            last = scale.days * 2 // 3 if habit is Habit.NEWCOMER else min(5, scale.days // 5)
            found.setdefault(dice.randint(0, last), []).append(habit)
    return found


def _likes(dice: Random, scale: Scale) -> set[int]:
    """Most like evenings."""
    weights = [4 if hour == 18 else 2 if hour > 18 else 1 for hour in scale.hours]
    return set(dice.choices(scale.hours, weights, k=2))


def _at(day: date, clock: time) -> datetime:
    return clocktime.at_wall_clock(day, clock, HERE)


class _Failures(logging.Handler):
    """Nights, errands and telling go on after a failure and log it: here it must not happen at all."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.said: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        trouble = f": {record.exc_info[1]!r}" if record.exc_info else ""
        self.said.append(f"{record.name} says: {record.getMessage()}{trouble}")


@contextmanager
def _overheard() -> Iterator[list[str]]:
    """What the server warns of. What nights and errands say each day that they did is not kept."""
    server, heard = logging.getLogger("server"), _Failures()
    before = server.level
    server.setLevel(logging.WARNING)
    server.addHandler(heard)
    try:
        yield heard.said
    finally:
        server.removeHandler(heard)
        server.setLevel(before)
