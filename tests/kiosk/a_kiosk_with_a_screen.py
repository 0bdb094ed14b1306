"""A whole kiosk in a process of its own, with its real page and an honest fake server: `served_kiosk(folder)`.

It is six on the evening of the other tests, and time goes by as it does. `told()` says what it wrote down.
"""

import time
from contextlib import AbstractContextManager
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from core.messages import LANGUAGES
from kiosk.greeter import Greeter
from kiosk.modes import modes_named
from kiosk.timekeeping import Moment
from tests.kiosk.a_screen import Screen, asked_for, screen_of, serve
from tests.kiosk.at_the_desk import GLAZING, SIX_PM, WHEEL, Clocks, a_kiosk

BY_NAME = {"wheel": WHEEL, "glazing": replace(GLAZING, starts_at=GLAZING.starts_at + timedelta(minutes=30))}


class RunningClocks(Clocks):
    """Both go on by themselves from six o'clock."""

    def now(self) -> Moment:
        gone = time.monotonic() - BEGUN
        return Moment(SIX_PM + timedelta(seconds=gone), 1000.0 + gone)


BEGUN = time.monotonic()


def served_kiosk(folder: Path, *names: str, easier: str = "") -> AbstractContextManager[Screen]:
    """A paired kiosk of Ana's studio with these sessions, ready for a browser.

    `told()` gives (what, how it ended, of which session).
    """
    return screen_of(__name__, {"folder": str(folder), "sessions": names, "easier": easier})


def main() -> None:
    given = asked_for()
    sessions = tuple(BY_NAME[name] for name in given["sessions"])
    kiosk = a_kiosk(Path(given["folder"]), sessions=sessions, clocks=RunningClocks())

    def told() -> list[tuple[str, str, str]]:
        batch = kiosk.store.journal.next_batch(100, kiosk.clocks.now().at)
        return [(each.kind, str(each.outcome), each.session_id) for each in batch.attempts]

    serve(
        lambda serving: Greeter(
            kiosk.desk,
            now=kiosk.clocks.now,
            serve=serving.serve,
            pair=lambda code: None,
            languages=LANGUAGES,
            modes=modes_named(given["easier"].split()),
        ),
        now=kiosk.clocks.now,
        port=given["port"],
        told=told,
    )


if __name__ == "__main__":
    main()
