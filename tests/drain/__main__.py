"""`make drain`: 10,000 attempts of 30 hours (`-n`) told, while new cards are asked about within the usual deadline."""

import argparse
import sys
import tempfile
from pathlib import Path
from statistics import quantiles

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from core.protocol import AttemptState
from kiosk.settings import ASK_DEADLINE
from tests.drain.draining import drain


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.drain", description=__doc__)
    parser.add_argument("-n", "--attempts", type=int, default=10_000)
    asked, show = parser.parse_args(), Console()
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with tempfile.TemporaryDirectory(prefix="tessera-drain-") as folder, Progress(*columns, console=show) as progress:
        task = progress.add_task("queued over 30 hours, then told", total=asked.attempts)
        drained = drain(
            Path(folder),
            attempts=asked.attempts,
            deadline=ASK_DEADLINE,
            noted=lambda waiting: progress.update(task, completed=max(0, asked.attempts - waiting)),
        )
    by_server, waits = drained.answers[AttemptState.SERVER], quantiles(drained.waits, n=20)
    show.print(
        f"{drained.queued} queued, {drained.told} told in {drained.seconds:.1f} s:"
        f" {drained.told / drained.seconds:.0f} a second."
    )
    show.print(
        f"Meanwhile {len(drained.waits)} new cards: {by_server} answered by the server within {ASK_DEADLINE:g} s;"
        f" p50 {waits[9] * 1000:.0f} ms, p95 {waits[18] * 1000:.0f} ms, slowest {max(drained.waits) * 1000:.0f} ms."
    )
    show.print(f"What does not agree afterwards: {drained.wrong or 'nothing'}.", markup=False)
    return 0 if not drained.wrong and by_server == len(drained.waits) and drained.told == drained.queued else 1


if __name__ == "__main__":
    sys.exit(main())
