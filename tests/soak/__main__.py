"""`make soak`: two hours and 10,000 cards (`-n`) at one door, in as much time as this machine needs for them."""

import argparse
import sys
import tempfile
import time
from pathlib import Path

from playwright.sync_api import sync_playwright
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn, TimeRemainingColumn

from tests.browser import FLAGS, get_browser
from tests.soak.soaking import soak


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.soak", description=__doc__)
    parser.add_argument("-n", "--cards", type=int, default=10_000)
    parser.add_argument("--minutes", type=float, default=1e6, help="end then, however many cards were shown")
    asked, show = parser.parse_args(), Console()
    columns = (
        TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TextColumn("{task.fields[now]}"),
        TimeElapsedColumn(), TimeRemainingColumn(),
    )  # fmt: skip
    begun = time.monotonic()
    with (
        tempfile.TemporaryDirectory(prefix="tessera-soak-") as folder,
        sync_playwright() as playwright,
        Progress(*columns, console=show) as progress,
    ):
        browser = playwright.chromium.launch(executable_path=get_browser(), args=list(FLAGS))
        task = progress.add_task("cards shown", total=asked.cards, now="")
        soaked = soak(
            Path(folder),
            browser,
            cards=asked.cards,
            seconds=asked.minutes * 60,
            noted=lambda so_far: progress.update(
                task,
                completed=so_far.cards,
                now=f"{so_far.hours:.2f} h, {(so_far.memory.values or [0])[-1]:.0f} MB, blank {so_far.blank}",
            ),
        )
        browser.close()
    told = soaked.told
    took = time.monotonic() - begun
    show.print(f"{told['cards']} cards in {soaked.hours:.2f} hours of the door, {took:.0f} s of ours.")
    show.print(f"{told['missed']} missed; outcomes {told['outcomes']}; {told['differ']} differ on the server.")
    show.print(
        f"The screen: blank in {soaked.blank} of {soaked.samples} looks, {soaked.flat} of {soaked.pictures} pictures."
    )
    show.print(f"Faces seen: {soaked.faces}", markup=False)
    for level in soaked.levels:
        show.print(level.in_words(), markup=False)
    show.print(f"What should not be: {soaked.wrong or 'nothing'}.", markup=False)
    return 1 if soaked.wrong else 0


if __name__ == "__main__":
    sys.exit(main())
