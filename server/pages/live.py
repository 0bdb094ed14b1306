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
        self._felt_at_inbox: Hashable = None
        self._timer: ui.timer | None = None

    def begin(self) -> None:
        """Inside a page's function, after it was drawn."""
        self._timer = ui.timer(EVERY, self.beat)

    async def beat(self) -> None:
        """Once a second. Goes to sign-in once nobody is signed in any more; a failure is told, and tried again."""
        at = self._context.now()
        minute = at.replace(second=0, microsecond=0)
        try:
            own, inbox = await run_in_threadpool(self._feel_pulses, at)
            if (own, minute) != self._felt:
                self._show(await run_in_threadpool(self._look, at))
                self._felt = (own, minute)
            if (inbox, minute) != self._felt_at_inbox:
                self._frame.show_waiting(await run_in_threadpool(self._count_waiting, at))
                self._felt_at_inbox = (inbox, minute)
            self._frame.forget_failure()
        except (Unauthenticated, Forbidden):
            self._leave()
        except Exception as error:
            self._frame.tell_failure(error)

    def _feel_pulses(self, at: datetime) -> tuple[Hashable, Hashable]:
        """The page's own, and the inbox's, which is slower to count and changes seldom."""
        still_signed_in(self._visit, at)
        return self._feel(at), pulse(self._visit.visitor.asker.organization_id, at)

    def _count_waiting(self, at: datetime) -> int:
        asker = self._visit.visitor.asker
        return open_count(asker.organization_id, asker, at)

    def _leave(self) -> None:
        if self._timer:
            self._timer.deactivate()
        ui.navigate.to(SIGN_IN)
