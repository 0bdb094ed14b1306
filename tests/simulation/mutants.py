"""Faults put into a copy of the product on purpose: each must be caught, or the simulator looks in the wrong place.

`python -m tests.simulation.mutants` lives days with each until a promise breaks, and tells how many it took.
"""

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor, as_completed
from pathlib import Path

from rich.console import Console
from rich.progress import Progress
from rich.table import Table

from tests.simulation.mutations import MUTANTS, Change, Mutant

ROOT = Path(__file__).resolve().parents[2]
ROOMS = ("core", "kiosk", "server", "assets", "tests", "tessera.py")
MOST_SEEDS = 400


def main() -> int:
    """0: every mutant was caught."""
    asked = argparse.ArgumentParser(prog="python -m tests.simulation.mutants", description=__doc__)
    asked.add_argument("--seeds", type=int, default=MOST_SEEDS, help="days to live with each at most")
    asked.add_argument("--only", default="", help="part of a mutant's name")
    arguments = asked.parse_args()
    chosen = [mutant for mutant in MUTANTS if arguments.only in mutant.name]
    table = Table("mutant", "caught by", "days it took")
    missed = 0
    with Progress() as progress, ThreadPoolExecutor(os.cpu_count()) as pool:
        task = progress.add_task("mutants", total=len(chosen))
        waiting = {pool.submit(caught, mutant, arguments.seeds): mutant for mutant in chosen}
        found = {}
        for done in as_completed(waiting):
            found[waiting[done].name] = done.result()
            by, days = done.result()
            progress.console.print(
                f"{waiting[done].name}: {by or 'not caught'} ({days} days)", highlight=False, soft_wrap=True
            )
            progress.advance(task)
    for mutant in chosen:
        by, days = found[mutant.name]
        missed += not by
        table.add_row(mutant.name, by or "[red]nothing[/red]", str(days))
    Console().print(table)
    return 1 if missed else 0


def caught(mutant: Mutant, seeds: int) -> tuple[str, int]:
    """(what caught it, empty if nothing did; how many days it took)."""
    with tempfile.TemporaryDirectory(prefix="mutant-") as folder:
        copy = Path(folder)
        for room in ROOMS:
            source = ROOT / room
            if source.is_dir():
                shutil.copytree(source, copy / room, ignore=shutil.ignore_patterns("__pycache__"))
            else:
                shutil.copyfile(source, copy / room)
        for change in mutant.changes:
            apply(change, copy)
        return _tested(copy, mutant.test) if mutant.test else _live_until_caught(copy, seeds)


def apply(change: Change, folder: Path) -> None:
    """Raises ValueError where the product no longer has the line: then the mutant must be written anew."""
    path = folder / change.file
    text = path.read_text("utf-8")
    if text.count(change.before) != 1:
        raise ValueError(f"{change.file} has {text.count(change.before)} times: {change.before!r}")
    path.write_text(text.replace(change.before, change.after), "utf-8")


def _environment(copy: Path) -> dict[str, str]:
    return {**os.environ, "PYTHONPATH": str(copy), "PYTHONDONTWRITEBYTECODE": "1"}


def _tested(copy: Path, test: str) -> tuple[str, int]:
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "--rootdir", str(copy), test]
    done = subprocess.run(command, cwd=copy, env=_environment(copy), capture_output=True, text=True, check=False)
    return (test if done.returncode == 1 else ""), 0


def _live_until_caught(copy: Path, seeds: int) -> tuple[str, int]:
    command = [sys.executable, "-m", "tests.simulation.until_broken", str(seeds)]
    done = subprocess.run(command, cwd=copy, env=_environment(copy), capture_output=True, text=True, check=False)
    if done.returncode not in (0, 1):
        return f"it does not start: {done.stderr.strip().splitlines()[-1]}", 0
    trouble, days = done.stdout.strip().rsplit("\n", 1)[-1].split("\t")
    return "" if trouble == "-" else trouble, int(days)


if __name__ == "__main__":
    sys.exit(main())
