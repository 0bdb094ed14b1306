"""The kiosk's web server: says when its screen is on the air and that its loop turns, and never ends by waiting.

It refuses to know what is on the screen.
"""

from collections.abc import Callable
from types import FrameType

import uvicorn

from kiosk.watchdog import PAGE, Watchdog

GRACE = 1
"""Seconds that open pages get to close when the kiosk ends."""


class Screen(uvicorn.Server):
    """Ends open camera pictures (`before_exit`) before it waits for them."""

    def __init__(self, config: uvicorn.Config, before_exit: Callable[[], None], watchdog: Watchdog) -> None:
        super().__init__(config)
        self._before_exit = before_exit
        self._watchdog = watchdog

    async def startup(self, sockets: object = None) -> None:
        await super().startup(sockets)  # type: ignore[arg-type]
        if self.started:
            self._watchdog.is_ready()

    async def on_tick(self, counter: int) -> bool:
        """Ten times a second, in the loop that serves the pages."""
        self._watchdog.went_round(PAGE)
        return await super().on_tick(counter)

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        self._watchdog.is_stopping()
        self._before_exit()
        super().handle_exit(sig, frame)
