"""One simulated day: the town, its server, its kiosks, the network between them, and the one true clock."""

import hashlib
import shutil
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from random import Random
from threading import Event

from core.decisions import Admitted, Choose, Refused
from kiosk.desk import Shown
from kiosk.store.database import DISK_FAILURES
from server.scheduler import NightWatch
from server.services.people.rights import Asker, the_house
from tests.simulation.faults import COMMITS, Stopped, Trap, Where
from tests.simulation.kiosk import SimulatedKiosk
from tests.simulation.network import Net, Network, Weather
from tests.simulation.plan import Plan
from tests.simulation.server import SimulatedServer
from tests.simulation.studio import DATABASE, OPENS_AT, Person, Town

HEALS_WITHIN = timedelta(minutes=10)
LOOKS = 2
"""Syncs of each kiosk in that time; in truth it is one every ten seconds."""
NAMED_TRAPS = 0.3
"""Of the traps: those set at a certain verb's commit, whenever that comes in this operation."""
LONGEST_WAIT = timedelta(seconds=2)
"""From a card shown to its screen (L3)."""


@dataclass(frozen=True)
class Screen:
    """What a person saw. `said`: WELCOME, REFUSED or CHOOSE."""

    attempt_id: str
    kiosk: str
    said: str
    reservation_id: str | None
    visit_key: str | None
    session_id: str | None
    at: datetime


class Broken(AssertionError):
    """A promise was not kept. Its text begins with the invariant's name."""


@dataclass
class World:
    """The state of one day. Operations are in `operations.py`, what must be true in `invariants.py`."""

    plan: Plan
    town: Town
    folder: Path
    morning: Path
    """A folder to begin with: the server's file, and those of kiosks that have their member list or have none yet."""
    tells: Callable[[str], None] | None = None
    at: datetime = OPENS_AT
    seen: Counter[str] = field(default_factory=Counter)
    lines: list[str] = field(default_factory=list)
    screens: list[Screen] = field(default_factory=list)
    undone: set[str] = field(default_factory=set)
    """Visits taken back by a later act."""
    is_healed: bool = False
    was_restored: bool = False
    night_runs: int = 0

    def __post_init__(self) -> None:
        self.server = SimulatedServer(self.folder, self.morning / DATABASE, lambda: self.at, self.seen)
        self.weather = Weather(Random(0))
        self.network = Network(self.server.serve, self.pass_time, self.seen, self.say, self.weather)
        self.kiosks: list[SimulatedKiosk] = []
        for here, name in zip(self.town.kiosks, ("Front", "Back", "Barn", "Loom"), strict=True):
            self.kiosks.append(self._kiosk(name, here))
        self.watch = NightWatch(lambda: self.at, Event(), "simulated")

    @property
    def house(self) -> Asker:
        return the_house(self.town.kiln.organization)

    @property
    def up(self) -> list[SimulatedKiosk]:
        return [kiosk for kiosk in self.kiosks if not kiosk.is_down]

    def say(self, line: str) -> None:
        """One line of the history."""
        text = f"{self.at:%d %H:%M:%S.%f} {line}"
        self.lines.append(text)
        if self.tells is not None:
            self.tells(text)

    def pass_time(self, seconds: float) -> None:
        self.at += timedelta(seconds=seconds)

    def troubled_by(self, dice: Random) -> None:
        """Set the weather, and perhaps a trap, for the next operation."""
        weights = self.plan.weights
        self.weather.dice = Random(dice.getrandbits(64))
        self.weather.kinds, self.weather.weights = tuple(weights.net), tuple(weights.net.values())
        self.server.intruder_chance = lambda: self.weather.dice.random() < weights.intruders
        for machine in (*self.up, self.server):
            machine.points.trap = None
        if dice.random() < weights.stops:
            machine = dice.choice((*self.up, self.server, self.server))
            where, commits = dice.choice((Where.BEFORE, Where.AFTER)), dice.choice((0, 0, 0, 1, 1, 2, 3, 5))
            verb = dice.choice(COMMITS[machine.points.machine]) if dice.random() < NAMED_TRAPS else ""
            machine.points.trap = Trap(where, 0 if verb else commits, verb)
        elif dice.random() < weights.full_disks:
            for machine in (*self.up, self.server):
                machine.points.trap = Trap(Where.DISK_FULL, dice.choice((0, 1, 1, 2)))

    def calm(self) -> None:
        """Nothing goes wrong any more, from now on or for a while."""
        self.weather.kinds, self.weather.weights = (Net.FINE,), (1,)
        self.server.intruder_chance = lambda: False
        self.server.points.trap, self.server.points.is_full = None, False
        for kiosk in self.kiosks:
            kiosk.points.trap, kiosk.points.is_full = None, False

    def shown(self, kiosk: SimulatedKiosk, person: Person | None, shown: Shown, began_at: datetime) -> None:
        """Keep what a screen said, and hold it against what a person may expect."""
        decision = shown.decision
        said = {Admitted: "WELCOME", Refused: "REFUSED", Choose: "CHOOSE"}[type(decision)]
        why = decision.reason.value if isinstance(decision, Refused) else ""
        again = "again " if isinstance(decision, Admitted) and decision.again_since else ""
        self.seen[f"screen: {again}{said} by {shown.decided_by.value}"] += 1
        if why:
            self.seen[f"refusal: {why}"] += 1
        self.say(f"  {kiosk.name} tells {person.name if person else 'nobody'}: {again}{said} {why} {shown.decided_by}")
        visit = decision.visit_key if isinstance(decision, Admitted) else None
        reservation = decision.reservation_id if isinstance(decision, Admitted) else None
        session = decision.session.id if isinstance(decision, Admitted) else None
        self.screens.append(Screen(shown.attempt_id, kiosk.name, said, reservation, visit, session, self.at))
        if visit is not None and not kiosk.is_poisoned:  # what that one says lies in quarantine and revives nothing
            self.undone.discard(visit)
        if self.at - began_at > LONGEST_WAIT:
            raise Broken(f"L3 {kiosk.name} took {self.at - began_at} to answer")

    def guard(self, kiosk: SimulatedKiosk, act: Callable[[], None]) -> None:
        """Let a kiosk act; if it stops meanwhile it stays down, and if its disk is full nothing was shown."""
        try:
            act()
        except Stopped as stop:
            self.seen["kiosk stops"] += 1
            self.say(f"  {kiosk.name} stops: {stop}")
            kiosk.lose_power()

    def sync(self, kiosk: SimulatedKiosk) -> None:
        try:
            report = kiosk.desk.sync()
        except DISK_FAILURES as failure:
            self.say(f"  {kiosk.name} cannot sync: {failure}")
            return
        self.say(f"  {kiosk.name} told {report.told}, stuck {len(report.stuck)} {report.why}")
        if report.stuck:
            self.seen["sync: stuck"] += 1

    def beat(self) -> None:
        """The scheduler looks at what is due; if the server stops meanwhile, so does it."""
        try:
            ran = self.watch.beat()
        except Stopped:
            self.server.fall()
            self.say("  the night stops")
            return
        self.night_runs += ran
        self.seen["night: jobs run"] += ran
        self.say(f"  the night: {ran} jobs")

    def heal(self) -> None:
        """Everything is mended, and ten minutes pass. Raises Broken if attempts wait behind one that cannot pass."""
        self.is_healed = True
        self.calm()
        self.server.is_pulled = False
        self.network.deliver_late()
        for kiosk in self.kiosks:
            kiosk.is_cut_off = False
            if kiosk.is_down:
                kiosk.boot_now()
            kiosk.desk.leave()
        self._ten_minutes()
        if self.network.cannot_pass:
            for kiosk in self.kiosks:
                behind = [one for one in kiosk.untold_records() if not self.network.is_refused(one)]
                if behind and not kiosk.is_poisoned:
                    raise Broken(f"L1 {kiosk.name} lets {len(behind)} attempts wait behind one that cannot pass")
            self.network.cannot_pass.clear()
            self._ten_minutes()

    def _ten_minutes(self) -> None:
        for _ in range(LOOKS):
            self.pass_time(HEALS_WITHIN.total_seconds() / LOOKS)
            for kiosk in self.kiosks:
                self.sync(kiosk)

    def close(self) -> None:
        for kiosk in self.kiosks:
            kiosk.close()
        self.server.close()

    def digest(self) -> str:
        """Of the whole history and of all that the server holds at its end."""
        whole = hashlib.sha256("\n".join(self.lines).encode())
        with self.server.look() as rows:
            for (table,) in sorted(rows.execute("SELECT name FROM sqlite_schema WHERE type = 'table'").fetchall()):
                found = list(rows.execute(f'SELECT * FROM "{table}"')) if table not in _SEALED else []
                whole.update(repr((table, sorted(map(repr, found)))).encode())
        return whole.hexdigest()

    def _kiosk(self, name: str, here: object) -> SimulatedKiosk:
        seed = str(self.plan.seed)
        if (self.morning / name).is_dir():
            shutil.copytree(self.morning / name, self.folder / name)
        return SimulatedKiosk(name, here, self.folder / name, self.network, lambda: self.at, self.seen, seed)  # type: ignore[arg-type]


_SEALED = ("cards", "migrations")
"""What is sealed is sealed differently each time, and a template is made at its own time."""
