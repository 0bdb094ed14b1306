"""Sentences, days and times for a member, in their language; each session's times in its own venue's zone."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from core import messages
from core.errors import TesseraError
from core.model import Session
from core.refusals import RefusalReason
from server.pages.words import Words


@dataclass(frozen=True, kw_only=True, slots=True)
class MyWords:
    """`at`: now, from which days are seen. `venues`: the studio's, their names by id."""

    language: str
    zone: str
    at: datetime
    venues: Mapping[str, str] = field(default_factory=dict)

    def __call__(self, key: str, **values: object) -> str:
        """The sentence `my.<key>`."""
        return messages.say(self.language, f"my.{key}", **values)

    @property
    def direction(self) -> str:
        return messages.direction(self.language)

    @property
    def desk(self) -> Words:
        """What members' and staff's pages say in the same words."""
        return Words(language=self.language, zone=self.zone)

    def at_place(self, session: Session) -> Words:
        """Times as the clock on that venue's wall shows them."""
        return Words(language=self.language, zone=session.zone)

    def span(self, session: Session) -> str:
        """`18:00 to 20:00`."""
        there = self.at_place(session)
        return there("span", from_=there.clock(session.starts_at), to=there.clock(session.ends_at))

    def day_and_span(self, session: Session) -> str:
        return self("when", day=self.at_place(session).day(session.starts_at), span=self.span(session))

    def day_named(self, day: date) -> str:
        """`Tuesday, 24 November`."""
        return Words(language=self.language).day(datetime(day.year, day.month, day.day, 12, tzinfo=self.at.tzinfo))

    def until(self, instant: datetime) -> str:
        return self.desk.until(instant, self.at)

    def where(self, session: Session) -> str:
        """`Wheel room, Harbour Street, Mira Okafor`. The venue is named where there are several, or no room is."""
        says_venue = len(self.venues) > 1 or not session.room
        venue = self.venues.get(session.venue_id, "") if says_venue else ""
        return ", ".join(part for part in (session.room, venue, *session.instructors) if part)

    def about(self, session: Session) -> str:
        """`Wheel throwing, part 2`."""
        if session.part is None:
            return session.title
        return self("part.of", title=session.title, part=session.part)

    def refused(self, reason: str) -> str:
        """Why a place cannot be had, and what helps: said to the member alone, so nothing is hidden."""
        key = f"my.refused.{reason}"
        if messages.has(key):
            return messages.say(self.language, key)
        return " ".join(messages.refusal_sentences(self.language, RefusalReason(reason)))

    def error(self, error: TesseraError) -> str:
        return messages.error_sentence(self.language, error)
