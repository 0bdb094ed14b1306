"""The calendar file that goes with a letter about a place: the same event for a phone however often it is told."""

from dataclasses import dataclass
from datetime import datetime

from icalendar import Calendar, Event, vCalAddress, vText

from core.model import Session
from core.portal import calendar_uid

NOBODY = "invalid:nomail"
"""The organizer where no mail is set up; the standard wants one."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Entry:
    """A place in a calendar. `sequence` grows with each step of its reservation, so that the last told counts."""

    reservation_id: str
    session: Session
    sequence: int
    is_cancelled: bool
    where: str
    studio: str
    sender: str
    page: str
    at: datetime


def calendar_file(entry: Entry) -> str:
    """RFC 5545; METHOD:PUBLISH, or CANCEL for a place that was given up or taken away."""
    calendar = Calendar()
    calendar.add("prodid", "-//Tessera//Letters//EN")
    calendar.add("version", "2.0")
    calendar.add("method", "CANCEL" if entry.is_cancelled else "PUBLISH")
    event = Event()
    event.add("uid", calendar_uid(entry.reservation_id))
    event.add("sequence", entry.sequence)
    event.add("dtstamp", entry.at)
    event.add("dtstart", entry.session.starts_at)
    event.add("dtend", entry.session.ends_at)
    event.add("summary", f"{entry.session.title} · {entry.studio}")
    event.add("location", entry.where)
    event.add("status", "CANCELLED" if entry.is_cancelled else "CONFIRMED")
    event.add("url", entry.page)
    organizer = vCalAddress(f"mailto:{entry.sender}" if entry.sender else NOBODY)
    organizer.params["cn"] = vText(entry.studio)
    event["organizer"] = organizer
    calendar.add_component(event)
    return calendar.to_ical().decode("utf-8")
