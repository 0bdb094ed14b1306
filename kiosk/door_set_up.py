"""From settings to a doorkeeper with its locks and lamps: which kind each is, and a thread for each."""

from collections.abc import Callable
from threading import Event, Thread

from kiosk.door import Actor, Doorkeeper, Outlet
from kiosk.door_gpio import ChipLine, GpioActor, GpioLine
from kiosk.door_http import HttpActor
from kiosk.door_settings import Act, DoorSettings, GpioAct, Sign
from kiosk.running import started

NAMES = {Sign.OPEN: "door", Sign.GOOD: "lamp for good", Sign.WAIT: "lamp for wait", Sign.NO: "lamp for no"}


def doorkeeper(
    settings: DoorSettings, *, kiosk: str, clock: Callable[[], float], reference: Callable[[], str],
    line_of: Callable[[GpioAct], GpioLine] = ChipLine,
) -> Doorkeeper:  # fmt: skip
    """Raises `Invalid` for a GPIO line that this machine does not have. Nothing is switched yet."""

    def actor(act: Act) -> Actor:
        if isinstance(act, GpioAct):
            return GpioActor(line_of(act), held=settings.held)
        return HttpActor(act, timeout=settings.timeout, held=settings.held, kiosk=kiosk)

    seconds = settings.timeout.total_seconds()
    outlets = {
        sign: Outlet(NAMES[sign], actor(act), timeout=seconds, clock=clock, reference=reference)
        for sign, act in settings.acts.items()
    }
    return Doorkeeper(settings, outlets, clock=clock)


def start(keeper: Doorkeeper, stopping: Event) -> list[Thread]:
    """A thread for each lock and lamp: one that hangs holds back no other."""

    def running(outlet: Outlet) -> Thread:
        return started("door", stopping, lambda: outlet.run(stopping))

    return [running(outlet) for outlet in keeper.outlets]
