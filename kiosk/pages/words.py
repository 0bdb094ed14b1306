"""What a face says, in its language and on the wall clock of its place; everything it returns is safe markup."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from html import unescape
from zoneinfo import ZoneInfo

from core import clocktime, messages
from core.model import Session
from kiosk.faces import Stand
from kiosk.pages.markup import Html, join, tag, text

TAGS = re.compile(r"<[^>]*>")


@dataclass(frozen=True, kw_only=True, slots=True)
class Words:
    """The voice of one face at one moment."""

    language: str
    zone: ZoneInfo
    at: datetime

    def say(self, key: str, **values: str) -> Html:
        """A sentence. Values are escaped, or stay markup where they are `Html`."""
        return _filled(values, lambda marks: messages.say(self.language, key, **marks))

    def counted(self, key: str, count: int, **values: str) -> Html:
        """A sentence in the form that goes with the number."""
        return _filled(values, lambda marks: messages.say_count(self.language, key, count, **marks))

    def to_person(self, key: str, first_name: str) -> Html:
        """A sentence to somebody; without a name where none is known."""
        if not first_name:
            return self.say(f"{key}.nameless")
        return spoken_as(self.say(key, name=tag("bdi", first_name)), self.say(f"{key}.nameless"))

    def time(self, instant: datetime) -> Html:
        """What the wall clock shows at that instant: `17:42`."""
        return tag("time", clocktime.wall_clock(instant, self.zone), datetime=instant.isoformat(timespec="seconds"))

    def digits_of_day(self, instant: datetime) -> Html:
        """The day, in digits as people here write it: `24.11.` or `24/11`."""
        day = clocktime.local_day(instant, self.zone)
        said = messages.say(self.language, "face.date", day=f"{day.day:02}", month=f"{day.month:02}")
        return tag("time", said, datetime=day.isoformat())

    def day(self, instant: datetime) -> date:
        """The date on the wall calendar."""
        return clocktime.local_day(instant, self.zone)

    def where(self, session: Session) -> Html | None:
        """In which room and with whom; None where neither is known."""
        with_whom: str | None = None
        if session.instructors:
            with_whom = self.say("face.session.with", names=", ".join(session.instructors))
        elif session.is_open_studio:
            with_whom = self.say("face.choose.open_studio")
        parts = [part for part in (session.room or None, with_whom) if part]
        return join(*parts, between=" · ") if parts else None


def spoken_as(shown: Html, said: Html) -> Html:
    """What is shown, and the text that is said aloud in its place: no name, no title has a sound."""
    return tag("span", shown, data_spoken=unescape(TAGS.sub("", said)))


def _filled(values: Mapping[str, str], say: Callable[[Mapping[str, str]], str]) -> Html:
    """The sentence with marks in the places of its values, and then the values, so that no value is read as markup."""
    marks = {name: f"\ue000{number}\ue001" for number, name in enumerate(values)}
    said = text(say(marks))
    for name, mark in marks.items():
        said = Html(said.replace(mark, text(values[name])))
    return said


def words_of(stand: Stand, at: datetime) -> Words:
    """The words for a face. Raises `Invalid` for a zone this machine does not know."""
    return Words(language=stand.language, zone=clocktime.zone_named(stand.zone), at=at)


def seconds_left(until_at: datetime, at: datetime) -> int:
    """Whole seconds until then, upwards; 0 when it has passed."""
    return max(0, -int((at - until_at).total_seconds() // 1))
