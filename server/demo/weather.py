"""`tessera demo --flaky`: the line between kiosk and server breaks by itself, again and again, and says so."""

from collections.abc import Callable, Iterator
from itertools import cycle

from server.demo.line import Line, Weather

WELL_FOR = 30
SPELLS = (
    (Weather.PULLED, 40),
    (Weather.HANGS, 25),
    (Weather.PORTAL, 25),
    (Weather.DROPS, 20),
    (Weather.HALVES, 20),
    (Weather.GATEWAY, 20),
    (Weather.CROWDED, 20),
)
"""Seconds of each, one after the other, with fair weather in between."""


def forecast() -> Iterator[tuple[Weather, int]]:
    """(how the line becomes, for how many seconds), without end."""
    for weather, seconds in cycle(SPELLS):
        yield Weather.WELL, WELL_FOR
        yield weather, seconds


def let_it_change(line: Line, say: Callable[[str], object], has_ended: Callable[[float], bool]) -> None:
    """Until `has_ended`, which waits so many seconds and then says whether all is over."""
    is_first = True
    for weather, seconds in forecast():
        line.become(weather)
        if not is_first:
            say(in_words(weather, seconds))
        is_first = False
        if has_ended(seconds):
            return


def in_words(weather: Weather, seconds: int) -> str:
    if weather is Weather.WELL:
        return f"The network is well for {seconds} s: the kiosk tells what happened meanwhile, and asks again."
    if weather is Weather.PULLED:
        return f"Network pulled for {seconds} s: the kiosk decides alone."
    return f"For {seconds} s {weather.value}: the kiosk decides alone."
