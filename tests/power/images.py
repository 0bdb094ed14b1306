"""One seed: a kiosk works, the power goes, the real store starts on what is found, and what was promised is looked for.

Several cuts in a row on one disk, since what a start does to a torn file is itself cut short now and then.
"""

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from random import Random

import apsw

from core import wire
from core.protocol import Attempt, Outcome
from kiosk.store.store import FILE, KioskStore
from tests.power.disk import Disk, PowerCut, put_found
from tests.power.workload import Promised, opened, work

CUTS = 3
MOST_ATTEMPTS = 400


class Found(StrEnum):
    """What a start made of the image."""

    WHOLE = "everything promised is there"
    SET_ASIDE = "damage found: the file is set aside"
    WENT_BACK = "whole, but older than what was promised"


@dataclass(slots=True)
class Result:
    """What came of one seed. `lost`: promised and not there. `unnoticed`: damage that a start took for whole.

    A file that went back as a whole, to a moment that once was, is lost but not damaged: nothing in it is wrong.
    """

    seed: int
    cuts: int = 0
    welcomes: int = 0
    found: Counter[Found] = field(default_factory=Counter)
    lost: list[str] = field(default_factory=list)
    unnoticed: list[str] = field(default_factory=list)


def cut_and_look(seed: int, folder: Path, *, lies: float = 0.0) -> Result:
    """The whole story of one seed. With `lies` 0 the disk is honest, and nothing may be lost."""
    dice, result, promised = Random(f"{seed} {lies}"), Result(seed), Promised()
    here = _next(folder, 0)
    for cut in range(1, CUTS + 1):
        with Disk(lies=lies, dice=Random(dice.random())) as disk:
            disk.cut_after(_operations_until_the_cut(dice))
            with suppress(PowerCut), _closed_at_last(here, disk, promised, dice) as store:
                work(store, promised, dice, attempts=MOST_ATTEMPTS)
            found = disk.power_cut(Random(dice.random()))
        result.cuts += 1
        here = _next(folder, cut)
        put_found(found, here)
        with Disk() as again, _closed_at_last(here, again, promised, dice) as store:
            judged = _judged(store, promised, result, dice)
        result.found[judged] += 1
        if judged is not Found.WHOLE:
            break
    result.welcomes = sum(shown.outcome is Outcome.WELCOME for shown in promised.shown.values())
    return result


def _operations_until_the_cut(dice: Random) -> int:
    """Often soon, while the file is made and the log is short; sometimes after SQLite has emptied its log twice."""
    return dice.randint(1, dice.choice((60, 400, 4000)))


def _next(folder: Path, number: int) -> Path:
    made = folder / f"start-{number}"
    made.mkdir()
    return made


@contextmanager
def _closed_at_last(folder: Path, disk: Disk, promised: Promised, dice: Random) -> Iterator[KioskStore]:
    store = opened(folder, disk, promised.at, dice)
    try:
        yield store
    finally:
        with suppress(apsw.IOError):
            store.close()


def _judged(store: KioskStore, promised: Promised, result: Result, dice: Random) -> Found:
    if store.set_aside:
        return Found.SET_ASIDE
    attempts = _attempts_in(store.folder / FILE)
    held = {attempt.attempt_id: attempt for attempt in attempts}
    missing = [id_ for id_, shown in promised.shown.items() if held.get(id_) != shown]
    missing += [id_ for id_, number in promised.begun.items() if id_ not in held or _number(held[id_]) != number]
    result.unnoticed += [*_broken(attempts), *_not_from_one_moment(store, held, promised)]
    if missing:
        result.lost.append(f"{len(set(missing))} of {len(promised.begun)} attempts are not there as they were")
        return Found.WENT_BACK
    result.lost += _number_given_again(store, promised, dice)
    return Found.WHOLE


def _number(attempt: Attempt) -> tuple[str, int]:
    return attempt.epoch, attempt.seq


def _not_from_one_moment(store: KioskStore, held: dict[str, Attempt], promised: Promised) -> list[str]:
    """Whether each table is as it once was: no attempt missing before one that is there, no member older than the list.

    The newest attempt may have lost its outcome; then the start has closed it as interrupted.
    """
    said = []
    last: dict[str, int] = {}
    for attempt in held.values():
        last[attempt.epoch] = max(last.get(attempt.epoch, 0), attempt.seq)
    for id_, shown in promised.shown.items():
        if shown.seq < last.get(shown.epoch, 0) and held.get(id_) != shown:
            said.append(f"number {shown.seq} is another one, although {last[shown.epoch]} is there")
    members = _members_in(store.folder / FILE)
    if members != promised.members[store.replica.version]:
        said.append(f"members of other versions than list {store.replica.version}")
    return said


def _members_in(path: Path) -> dict[str, int]:
    connection = apsw.Connection(str(path))
    try:
        return dict(connection.execute("SELECT member_id, version FROM member"))
    finally:
        connection.close()


def _attempts_in(path: Path) -> list[Attempt]:
    connection = apsw.Connection(str(path))
    try:
        found = connection.execute("SELECT body FROM attempt ORDER BY id").fetchall()
    finally:
        connection.close()
    return [wire.from_json(Attempt, body) for (body,) in found]


def _broken(attempts: list[Attempt]) -> list[str]:
    """Each epoch is numbered 1, 2, 3 … and its chain holds."""
    said, links = [], dict[str, tuple[int, str]]()
    for attempt in attempts:
        seq, link = links.get(attempt.epoch, (0, ""))
        if attempt.seq != seq + 1:
            said.append(f"after number {seq} comes {attempt.seq}")
        if wire.chain(attempt, link) != attempt.chain:
            said.append(f"the chain breaks at number {attempt.seq}")
        links[attempt.epoch] = attempt.seq, attempt.chain
    return said


def _number_given_again(store: KioskStore, promised: Promised, dice: Random) -> list[str]:
    """One more card: its number is new."""
    before = set(promised.begun.values())
    work(store, promised, dice, attempts=2)
    after = list(promised.begun.values())
    return [] if len(set(after)) == len(after) and before <= set(after) else ["a number was given twice"]
