"""What the house does by day, every few seconds or minutes, besides the nights: letters, offers, reminders.

Each errand makes things right as of now and claims what it does row by row, so that a beat that is missed, repeated or
done by two schedulers at once does no harm.
"""

import logging
import secrets
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from threading import Event

log = logging.getLogger(__name__)


@dataclass(frozen=True, kw_only=True, slots=True)
class Errand:
    """One line of the day's timetable: how often at most, and what. `run` says what it did, or nothing."""

    name: str
    every: timedelta
    run: Callable[[datetime], str]


ERRANDS: tuple[Errand, ...] = ()
"""Those of every installation."""


class Day:
    """Does the errands whose turn it is. `now` reads the clock; `stopping` is looked at between two of them."""

    def __init__(self, errands: Sequence[Errand], now: Callable[[], datetime], stopping: Event) -> None:
        self._errands, self._now, self._stopping = tuple(errands), now, stopping
        self._ran_at: dict[str, datetime] = {}

    def beat(self) -> int:
        """Whichever is due now, in order; how many ran. Trouble with one is that one's alone."""
        ran = 0
        for errand in self._errands:
            at = self._now()
            last = self._ran_at.get(errand.name)
            # A clock that was set back must not make an errand wait until it has caught up.
            if self._stopping.is_set() or (last is not None and timedelta(0) <= at - last < errand.every):
                continue
            self._ran_at[errand.name] = at
            try:
                report = errand.run(at)
            except Exception:
                log.exception("failure %s in %s: it goes on at its next turn", secrets.token_hex(4), errand.name)
                continue
            ran += 1
            if report:
                log.info("%s: %s", errand.name, report)
        return ran
