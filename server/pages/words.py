"""Sentences, days and clock times in one person's language and one venue's zone. What is said stands in core/locale."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from core import clocktime
from core.days import day_in_words, day_of_month
from core.errors import TesseraError
from core.messages import error_sentence, refusal_for_staff, say, say_count
from core.refusals import RefusalReason as R
from server.services.desk.values import TurnedAway


@dataclass(frozen=True, kw_only=True, slots=True)
class Words:
    language: str
    zone: str = "UTC"

    def __call__(self, key: str, **values: object) -> str:
        """The sentence `desk.<key>`."""
        return say(self.language, f"desk.{key}", **values)

    def counted(self, key: str, count: int, **values: object) -> str:
        """`desk.<key>.one` or `desk.<key>.many`."""
        return say_count(self.language, f"desk.{key}", count, **values)

    def clock(self, instant: datetime) -> str:
        """`17:42`."""
        return clocktime.wall_clock(instant, clocktime.zone_named(self.zone))

    def day(self, instant: datetime) -> str:
        """`Thursday, 19 November`."""
        return day_in_words(self.language, self._local(instant))

    def when(self, instant: datetime, at: datetime) -> str:
        """`17:42`, `yesterday, 17:42` or `3 December, 17:42`, seen from `at`."""
        then, today = self._local(instant), self._local(at)
        if then == today:
            return self("when.today", clock=self.clock(instant))
        if then == today - timedelta(days=1):
            return self("when.yesterday", clock=self.clock(instant))
        return self("when.then", date=self._short(then, today), clock=self.clock(instant))

    def until(self, instant: datetime, at: datetime) -> str:
        """`17:42` today, `3 December` on another day."""
        then, today = self._local(instant), self._local(at)
        return self.clock(instant) if then == today else self._short(then, today)

    def reason(self, turned: TurnedAway, at: datetime) -> str:
        """Why somebody was turned away, with what is known about it."""
        key, title = f"refused.{turned.reason}", turned.session_title
        if turned.until is not None and (turned.reason is R.SUSPENDED or (turned.reason is R.TOO_EARLY and title)):
            return self(f"{key}.until", until=self.until(turned.until, at), title=title)
        if title and turned.reason in _ABOUT_A_SESSION:
            return self(f"{key}.title", title=title)
        return refusal_for_staff(self.language, turned.reason)

    def error(self, error: TesseraError) -> str:
        """What could not be done, and what would help."""
        return error_sentence(self.language, error)

    def _local(self, instant: datetime) -> date:
        return clocktime.local_day(instant, clocktime.zone_named(self.zone))

    def _short(self, day: date, today: date) -> str:
        key = "date.short" if abs((day - today).days) < 180 else "date.year"
        return self(key, date=day_of_month(self.language, day), month=self(f"month.{day.month}"), year=day.year)


_ABOUT_A_SESSION = frozenset({R.TOO_LATE, R.SESSION_CANCELLED, R.NO_RESERVATION, R.SESSION_FULL, R.PASS_NOT_FOR_THIS})
