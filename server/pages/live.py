"""Keeps an open page true: feels the organization's pulse, and looks again only when it has changed."""

from collections.abc import Callable, Hashable
from datetime import datetime
from typing import Generic, TypeVar

from nicegui import ui
from starlette.concurrency import run_in_threadpool

from core.errors import Forbidden, Unauthenticated
from server.pages.context import SIGN_IN, HasClock
from server.pages.frame import Frame
from server.pages.visits import Visit, still_signed_in
from server.services.desk.inbox.finding import open_count, pulse

T = TypeVar("T")
EVERY = 1.0
"""Seconds between two pulses of an open page."""


class Live(Generic[T]):
    """One open page. `feel` is cheap and tells whether anything is new; `look` gets the value; `show` draws it."""

    def __init__(
        self,
        context: HasClock,
        visit: Visit,
        frame: Frame,
        feel: Callable[[datetime], Hashable],
        look: Callable[[datetime], T],
        show: Callable[[T], None],
    ) -> None:
        self._context, self._visit, self._frame = context, visit, frame
        self._feel, self._look, self._show = feel, look, show
        self._felt: Hashable = None
        self._timer: ui.timer | None = None

    def begin(self) -> None:
        """Inside a page's function, after it was drawn."""
        self._timer = ui.timer(EVERY, self.beat)

    async def beat(self) -> None:
        """Once a second. Goes to sign-in once nobody is signed in any more; a failure is told, and tried again."""
        at = self._context.now()
        try:
            felt = (await run_in_threadpool(self._feel_pulse, at), at.replace(second=0, microsecond=0))
            if felt != self._felt:
                value, waiting = await run_in_threadpool(self._look_around, at)
                self._show(value)
                self._frame.show_waiting(waiting)
                self._felt = felt
            self._frame.forget_failure()
        except (Unauthenticated, Forbidden):
            self._leave()
        except Exception as error:
            self._frame.tell_failure(error)

    def _feel_pulse(self, at: datetime) -> Hashable:
        still_signed_in(self._visit, at)
        return self._feel(at), pulse(self._visit.visitor.asker.organization_id, at)

    def _look_around(self, at: datetime) -> tuple[T, int]:
        """The page's own value, and how many things wait at the inbox."""
        asker = self._visit.visitor.asker
        return self._look(at), open_count(asker.organization_id, asker, at)

    def _leave(self) -> None:
        if self._timer:
            self._timer.deactivate()
        ui.navigate.to(SIGN_IN)
