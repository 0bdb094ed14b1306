"""`make kill`: 1,000 kills (`-n`) of real processes, from a seed (`-s`), with a bar; 1 if anything is wrong."""

import argparse
import sys
import tempfile
from pathlib import Path

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from tests.kill.evening import Books, killed_evening

AN_EVENING = 250
"""Kills of one pair of processes; then a fresh studio, so that the lists stay as long as a real one's."""


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.kill", description=__doc__)
    parser.add_argument("-n", "--kills", type=int, default=1000)
    parser.add_argument("-s", "--seed", type=int, default=1)
    asked, show = parser.parse_args(), Console()
    evenings: list[Books] = []
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=show) as progress:
        task = progress.add_task("kills", total=asked.kills)
        for begun in range(0, asked.kills, AN_EVENING):
            kills, seed = min(AN_EVENING, asked.kills - begun), asked.seed + len(evenings)
            with tempfile.TemporaryDirectory(prefix="tessera-kill-") as folder:
                books = killed_evening(Path(folder), kills=kills, seed=seed, noted=lambda: progress.advance(task))
            evenings.append(books)
            for sentence in books.wrong:
                progress.print(f"seed {seed}: {sentence}", markup=False)
    return _said(show, evenings)


def _said(show: Console, evenings: list[Books]) -> int:
    wrong = sum(len(books.wrong) for books in evenings)
    killed = {name: sum(books.kills.get(name, 0) for books in evenings) for name in ("kiosk", "server", "both")}
    show.print(
        f"Killed: kiosk {killed['kiosk']}, server {killed['server']}, both together {killed['both']}."
        f" {sum(b.screens for b in evenings)} screens, of them {sum(b.welcomes for b in evenings)} welcomes"
        f" ({sum(b.by_server for b in evenings)} decided by the server);"
        f" {sum(b.interrupted for b in evenings)} cards cut off before their screen;"
        f" {sum(b.visits for b in evenings)} visits, {sum(b.punches for b in evenings)} punches."
    )
    show.print(f"Welcomes lost, punches too many, numbers missing, links broken: {wrong}.")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
