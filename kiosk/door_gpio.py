"""Opens a lock or lights a lamp by a line of a GPIO chip, through the kernel's character device (package `gpiod`).

The package is there only on boards that have such a chip; without it a kiosk that is set up so does not start.
"""

import importlib
import logging
from collections.abc import Callable
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


class Later(Protocol):
    """Something that is done by itself after a while, unless it is called off before. `threading.Timer` is one."""

    daemon: bool

    def start(self) -> None: ...

    def cancel(self) -> None: ...


class GpioActor:
    """Holds a line active for `held`, again from the beginning if asked meanwhile."""

    def __init__(
        self, line: GpioLine, *, held: timedelta, later: Callable[[float, Callable[[], None]], Later] = Timer
    ) -> None:  # fmt: skip
        self._line = line
        self._held = held.total_seconds()
        self._later = later
        self._lock = Lock()
        self._release: Later | None = None

    def act(self, sign: Sign) -> None:
        """Raises DoorTrouble. Returns at once; the line is let go by itself."""
        with self._lock:
            try:
                self._line.put(True)
            except OSError as why:  # what is held already is let go as it would have been
                raise DoorTrouble(f"the GPIO line cannot be switched ({why.strerror or why})") from None
            if self._release is not None:
                self._release.cancel()
            release = self._release = self._later(self._held, lambda: self._let_go(release))
            release.daemon = True
            release.start()

    def rest(self) -> None:
        """Let go now."""
        with self._lock:
            release = self._release
        if release is not None:
            self._let_go(release)

    def _let_go(self, release: Later) -> None:
        """Not for one whose time ran out while the line was asked for again: that one was called off too late."""
        with self._lock:
            if self._release is not release:
                return
            release.cancel()
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
