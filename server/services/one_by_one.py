"""Errands that go through the whole house: trouble with one organization, pass or session is that one's alone."""

import logging
import secrets
from collections.abc import Callable, Iterable, Iterator
from typing import TypeVar

Thing = TypeVar("Thing")
Done = TypeVar("Done")

log = logging.getLogger(__name__)


def one_by_one(what: str, things: Iterable[Thing], do: Callable[[Thing], Done]) -> Iterator[Done]:
    """What came of each, in order. One that fails stands in the log with a reference, and has its next turn.

    `do` opens a transaction of its own. Things are written into the log as they are: give ids, and no names.
    """
    for thing in things:
        try:
            done = do(thing)
        except Exception:
            log.exception("failure %s: %s %s; it goes on at its next turn", secrets.token_hex(4), what, thing)
            continue
        yield done
