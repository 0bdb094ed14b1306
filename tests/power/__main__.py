"""`make power`: a kiosk's disk, its power cut at random (`-n` images, seeds from `-s`); 1 if anything was lost."""

import argparse
import logging
import os
import sys
import tempfile
from collections import Counter
from multiprocessing import get_context
from pathlib import Path

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn
from rich.table import Table

from tests.power.images import Found, Result, cut_and_look

DISKS = {"an honest disk": 0.0, "one that lies half of the time": 0.5, "one that always lies": 1.0}


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.power", description=__doc__)
    parser.add_argument("-n", "--images", type=int, default=1000, help="on each kind of disk")
    parser.add_argument("-s", "--seed", type=int, default=0, help="the first")
    asked, show = parser.parse_args(), Console()
    results: dict[str, list[Result]] = {name: [] for name in DISKS}
    columns = (TextColumn("{task.description:32}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=show) as progress, get_context("fork").Pool(os.cpu_count()) as pool:
        for name, lies in DISKS.items():
            seeds = [(seed, lies) for seed in range(asked.seed, asked.seed + asked.images)]
            task = progress.add_task(name, total=len(seeds))
            for result in pool.imap_unordered(_one, seeds, chunksize=4):
                results[name].append(result)
                progress.advance(task)
                for sentence in [*(result.lost if not lies else []), *result.unnoticed]:
                    progress.print(f"{name}, seed {result.seed}: {sentence}", markup=False)
    _show(show, results)
    honest = results["an honest disk"]
    return (
        1 if any(one.lost for one in honest) or any(one.unnoticed for all_ in results.values() for one in all_) else 0
    )


def _one(seed_and_lies: tuple[int, float]) -> Result:
    logging.disable(logging.CRITICAL)  # a damaged file is what a lying disk is expected to leave
    seed, lies = seed_and_lies
    quick = Path("/dev/shm")
    with tempfile.TemporaryDirectory(prefix="tessera-power-", dir=quick if quick.is_dir() else None) as folder:
        return cut_and_look(seed, Path(folder), lies=lies)


def _show(show: Console, results: dict[str, list[Result]]) -> None:
    table = Table("Disk", "Cuts", "Welcomes shown", *(found.value for found in Found), "Damage unnoticed")
    for name, found_by_seed in results.items():
        found = sum((one.found for one in found_by_seed), Counter[Found]())
        table.add_row(
            name,
            str(sum(one.cuts for one in found_by_seed)),
            str(sum(one.welcomes for one in found_by_seed)),
            *(str(found[one]) for one in Found),
            str(sum(len(one.unnoticed) for one in found_by_seed)),
        )
    show.print(table)


if __name__ == "__main__":
    sys.exit(main())
