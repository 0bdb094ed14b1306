"""Runs seeds, one after another or on every core, and shrinks the plan of a day that broke a promise."""

import logging
import tempfile
import traceback
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from contextlib import contextmanager
from dataclasses import dataclass, field
from multiprocessing import get_context
from pathlib import Path
from random import Random

from server.store.ids import drawn_from
from tests.simulation.endings import check_at_the_end
from tests.simulation.invariants import check_after_each
from tests.simulation.network import Net
from tests.simulation.operations import do
from tests.simulation.plan import Plan, Weights, plan_of
from tests.simulation.studio import DATABASE, build
from tests.simulation.world import Broken, World

CHUNK = 20
FAST_DISK = Path("/dev/shm")
"""What is simulated need not reach a real disk."""


@dataclass(frozen=True)
class Outcome:
    """How a day ended. `trouble` empty: every promise was kept."""

    seed: int
    trouble: str
    digest: str = ""
    seen: Counter[str] = field(default_factory=Counter)
    where: str = ""

    @property
    def name(self) -> str:
        """The invariant's name, or the kind of failure."""
        return self.trouble.split(" ", 1)[0]


@contextmanager
def quietly() -> Iterator[None]:
    """What goes wrong on purpose need not be logged; afterwards it is again."""
    before = logging.root.manager.disable
    logging.disable(logging.CRITICAL)
    try:
        yield
    finally:
        logging.disable(before)


class Laboratory:
    """One process's town and folder, for as many days as wanted."""

    def __init__(self) -> None:
        self._folder = tempfile.TemporaryDirectory(dir=FAST_DISK if FAST_DISK.is_dir() else None)
        self._unknown = Path(self._folder.name) / "nobody known"
        self._synced = Path(self._folder.name) / "everybody known"
        self._unknown.mkdir()
        self._town = build(self._unknown)
        self._sync_once()

    def live(self, plan: Plan, tells: Callable[[str], None] | None = None) -> Outcome:
        """One day, from its plan. Never raises for a broken promise."""
        ids = drawn_from(Random(f"ids {plan.seed}").getrandbits)
        with tempfile.TemporaryDirectory(dir=self._folder.name) as folder, ids, quietly():
            return self._live(plan, Path(folder), tells)

    def world(self, plan: Plan, folder: Path, tells: Callable[[str], None] | None = None) -> World:
        """The town on the morning of a day, to be lived by the caller and closed at its end."""
        return World(plan, self._town, folder, self._synced if plan.begins_synced else self._unknown, tells)

    def close(self) -> None:
        self._folder.cleanup()

    def _sync_once(self) -> None:
        """Most days begin with kiosks that have their member list: it is fetched once for all of them."""
        calm = Plan(-1, Weights({Net.FINE: 1}, 0, 0, 0), (), False)
        with drawn_from(Random("the morning").getrandbits):
            world = self.world(calm, self._synced)
            for kiosk in world.kiosks:
                kiosk.desk.sync()
            world.close()
        self._synced.joinpath("tessera.db").rename(self._synced / DATABASE)

    def _live(self, plan: Plan, folder: Path, tells: Callable[[str], None] | None) -> Outcome:
        world = self.world(plan, folder, tells)
        try:
            for operation in plan.operations:
                do(world, operation)
                check_after_each(world)
            check_at_the_end(world)
        except Broken as broken:
            return Outcome(plan.seed, str(broken), seen=world.seen)
        except Exception as failure:
            where = "".join(traceback.format_exception(failure)[-6:])
            return Outcome(plan.seed, f"{type(failure).__name__} {failure}", seen=world.seen, where=where)
        else:
            return Outcome(plan.seed, "", digest=world.digest(), seen=world.seen)
        finally:
            world.close()


def shrunk(laboratory: Laboratory, plan: Plan, name: str) -> Plan:
    """The plan with every operation left out that the same invariant breaks without (delta debugging)."""
    size = max(1, len(plan.operations) // 2)
    while size >= 1:
        place = 0
        while place < len(plan.operations):
            shorter = plan.without(range(place, place + size))
            if laboratory.live(shorter).name == name:
                plan = shorter
            else:
                place += size
        size //= 2
    return plan


def live_all(seeds: Sequence[int], cores: int) -> Iterator[list[Outcome]]:
    """Outcomes chunk by chunk, as they come."""
    chunks = [list(seeds[start : start + CHUNK]) for start in range(0, len(seeds), CHUNK)]
    if cores == 1:
        yield from map(_live_some, chunks)
        return
    with ProcessPoolExecutor(cores, mp_context=get_context("spawn")) as pool:
        for done in as_completed([pool.submit(_live_some, chunk) for chunk in chunks]):
            yield done.result()


_laboratory: list[Laboratory] = []


def _live_some(seeds: Sequence[int]) -> list[Outcome]:
    if not _laboratory:
        _laboratory.append(Laboratory())
    return [_laboratory[0].live(plan_of(seed)) for seed in seeds]


def as_text(plan: Plan) -> list[str]:
    return [str(operation) for operation in plan.operations]
