"""`python -m tests.simulation --seeds 10000`: look for a broken promise on every core, and shrink the first one found.

`--replay 17` lives one day again and tells it line by line; the same seed gives the same history.
"""

import argparse
import os
import sys
from collections import Counter

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn, TimeRemainingColumn
from rich.table import Table

from tests.simulation.counters import never_happened
from tests.simulation.running import Laboratory, Outcome, as_text, live_all, plan_of, shrunk

BARS = (
    TextColumn("{task.description}"),
    BarColumn(),
    MofNCompleteColumn(),
    TimeElapsedColumn(),
    TimeRemainingColumn(),
)
TOLD_EVERY = 500
"""Days, where a progress bar cannot be seen."""


def main() -> int:
    """0: every promise was kept, and everything that is to happen sometimes did."""
    asked = _arguments()
    console = Console()
    if asked.replay is not None:
        return _replay(console, asked.replay, is_shrunk=asked.shrink)
    seeds = range(asked.first, asked.first + asked.seeds)
    seen: Counter[str] = Counter()
    broken: list[Outcome] = []
    lived = 0
    with Progress(*BARS, console=console) as progress:
        task = progress.add_task("days lived", total=len(seeds))
        for outcomes in live_all(seeds, asked.cores):
            for outcome in outcomes:
                seen += outcome.seen
                if outcome.trouble:
                    broken.append(outcome)
                    progress.console.print(f"seed {outcome.seed}: {outcome.trouble}", style="red", highlight=False)
            progress.advance(task, len(outcomes))
            lived += len(outcomes)
            if not console.is_terminal and lived % TOLD_EVERY < len(outcomes):
                console.print(f"{lived} days lived, {len(broken)} broken promises", highlight=False)
    console.print(_table(seen))
    missing = never_happened(seen, asked.seeds)
    for name in missing:
        console.print(f"never happened: {name}", style="red")
    if broken:
        _tell_shrunk(console, min(broken, key=lambda outcome: outcome.seed))
    console.print(f"{len(seeds)} days, {len(broken)} broken promises, {len(missing)} things that never happened")
    return 1 if broken or missing else 0


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.simulation", description=__doc__)
    parser.add_argument("--seeds", type=int, default=300, help="how many days to live")
    parser.add_argument("--first", type=int, default=0, help="the first seed")
    parser.add_argument("--cores", type=int, default=os.cpu_count() or 1)
    parser.add_argument("--replay", type=int, help="live the day of this seed again and tell it")
    parser.add_argument("--shrink", action="store_true", help="with --replay: leave out what does not matter")
    return parser.parse_args()


def _replay(console: Console, seed: int, *, is_shrunk: bool) -> int:
    laboratory = Laboratory()
    plan = plan_of(seed)
    if is_shrunk:
        outcome = laboratory.live(plan)
        plan = shrunk(laboratory, plan, outcome.name) if outcome.trouble else plan
    outcome = laboratory.live(plan, lambda line: console.print(line, highlight=False, markup=False))
    console.print(outcome.trouble or f"every promise was kept; history {outcome.digest}", highlight=False)
    console.print(outcome.where, markup=False)
    laboratory.close()
    return 1 if outcome.trouble else 0


def _tell_shrunk(console: Console, outcome: Outcome) -> None:
    laboratory = Laboratory()
    plan = shrunk(laboratory, plan_of(outcome.seed), outcome.name)
    console.print(f"\nseed {outcome.seed} breaks {outcome.name}; what it takes ({len(plan.operations)} operations):")
    for line in as_text(plan):
        console.print(f"  {line}", highlight=False)
    console.print(outcome.where, markup=False)
    console.print(f"python -m tests.simulation --replay {outcome.seed} --shrink")
    laboratory.close()


def _table(seen: Counter[str]) -> Table:
    table = Table("what happened", "times")
    for name, count in sorted(seen.items()):
        table.add_row(name, f"{count:,}")
    return table


if __name__ == "__main__":
    sys.exit(main())
