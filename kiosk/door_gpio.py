"""Opens a lock or lights a lamp by a line of a GPIO chip, through the kernel's character device (package `gpiod`).

The package is there only on boards that have such a chip; without it a kiosk that is set up so does not start.
"""

import importlib
import logging
from datetime import timedelta
from threading import Lock, Timer
from typing import Protocol

from core.errors import Invalid
from kiosk.door import DoorTrouble
from kiosk.door_settings import GpioAct, Sign

log = logging.getLogger(__name__)


class GpioLine(Protocol):
    """One line asked for as an output. Raises OSError where the chip is gone."""

    def put(self, is_active: bool) -> None: ...


class GpioActor:
    """Holds a line active for `held`, again from the beginning if asked meanwhile."""

    def __init__(self, line: GpioLine, *, held: timedelta) -> None:
        self._line = line
        self._held = held.total_seconds()
        self._lock = Lock()
        self._release: Timer | None = None

    def act(self, sign: Sign) -> None:
        """Raises DoorTrouble. Returns at once; the line is let go by itself."""
        with self._lock:
            if self._release is not None:
                self._release.cancel()
            try:
                self._line.put(True)
            except OSError as why:
                raise DoorTrouble(f"the GPIO line cannot be switched ({why.strerror or why})") from None
            self._release = Timer(self._held, self._let_go)
            self._release.daemon = True
            self._release.start()

    def rest(self) -> None:
        """Let go now."""
        with self._lock:
            is_held = self._release is not None
        if is_held:
            self._let_go()

    def _let_go(self) -> None:
        with self._lock:
            if self._release is not None:
                self._release.cancel()
                self._release = None
            try:
                self._line.put(False)
            except OSError:
                log.exception("A GPIO line could not be let go: the door may stand open")


class ChipLine:
    """A line of a real chip."""

    def __init__(self, act: GpioAct) -> None:
        try:
            gpiod = importlib.import_module("gpiod")
            line = importlib.import_module("gpiod.line")
        except ModuleNotFoundError:
            raise Invalid("door.no_gpio", chip=act.chip) from None
        self._on, self._off = line.Value.ACTIVE, line.Value.INACTIVE
        self._number = act.line
        settings = gpiod.LineSettings(
            direction=line.Direction.OUTPUT, active_low=act.is_active_low, output_value=line.Value.INACTIVE
        )
        try:
            self._request = gpiod.request_lines(act.chip, consumer="tessera", config={act.line: settings})
        except (OSError, ValueError):
            raise Invalid("door.no_such_line", chip=act.chip, line=act.line) from None

    def put(self, is_active: bool) -> None:
        self._request.set_value(self._number, self._on if is_active else self._off)
