"""A session as a ticket: a stub with its time, a perforation, and a row of tiles that fills."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from nicegui import ui

from server.pages.marks import badge, box, link, tag, tile
from server.pages.words import Words
from server.services.desk.values import SessionToday, Standing

NEAR = timedelta(minutes=30)
"""From here on the stub counts the minutes to the start."""
ONE_ROW = 24
"""More tiles than this wrap, as squares."""
MOST_FREE = 100
KINDS = ((Standing.IN, "in"), (Standing.LATE, "late"), (Standing.EXPECTED, "exp"), (Standing.MISSING, "miss"))


@dataclass(frozen=True, kw_only=True, slots=True)
class Ticket:
    """What a ticket shows, in words: it is drawn again when any of them changes."""

    day: SessionToday
    state: str
    colour: str


def as_ticket(day: SessionToday, words: Words, at: datetime) -> Ticket:
    state, colour = window_state(day, words, at)
    return Ticket(day=day, state=state, colour=colour)


def window_state(day: SessionToday, words: Words, at: datetime) -> tuple[str, str]:
    """The state of a session's check-in in words, and the badge's colour for it."""
    session, window = day.session, day.window
    if session.is_cancelled:
        return words("window.cancelled"), "r"
    if at < session.starts_at and session.starts_at - at <= NEAR:
        minutes = -(-(session.starts_at - at) // timedelta(minutes=1))
        return words.counted("window.begins", minutes), "a"
    if at < window.opens_at:
        return words("window.opens", clock=words.clock(window.opens_at)), ""
    if at < window.closes_at:
        return words("window.open", clock=words.clock(window.closes_at)), "g"
    return words("window.closed", clock=words.clock(window.closes_at)), ""


def shell(ticket: Ticket, words: Words) -> ui.element:
    """The ticket's ground with the link to its page, which stay while the rest is drawn again."""
    session = ticket.day.session
    with box("article", "ticket") as ground:
        go = link(f"/sessions/{session.id}", "", "go")
        go.props["aria-label"] = words("open_roster", title=session.title, clock=words.clock(session.starts_at))
    return ground


def draw(ticket: Ticket, words: Words) -> None:
    """Stub and body."""
    day, session = ticket.day, ticket.day.session
    with box("div", "stub"):
        tag("span", words.clock(session.starts_at), "time")
        tag("span", words("until", clock=words.clock(session.ends_at)), "small soft")
        with box("span", "state"):
            badge(ticket.state, ticket.colour)
    with box("div", "body"):
        with box():
            tag("h3", session.title)
            tag("p", place_and_people(day), "small soft")
        with box("p", "ratio"):
            tag("span", str(day.came))
            tag("small", words("of", capacity=session.capacity))
        with box("div", "full"):
            draw_tiles(day)
        draw_legend(day, words)


def draw_tiles(day: SessionToday) -> None:
    """One tile a person, and one for each free place. The legend beside them says the same in words."""
    free = min(day.free, MOST_FREE)
    shape = "bar" if len(day.people) + free <= ONE_ROW else "places"
    with box("div", f"tiles {shape}").props("aria-hidden=true"):
        for standing, kind in KINDS:
            for _ in range(day.count(standing)):
                tile(kind)
        for _ in range(free):
            tile("free")


def draw_legend(day: SessionToday, words: Words) -> None:
    """The number of each kind of tile there is, in words."""
    awaited = [person.may_come_until for person in day.people if person.may_come_until]
    with box("div", "legend full"):
        for standing, kind in KINDS:
            if count := day.count(standing):
                if standing is Standing.EXPECTED and len(awaited) == count:
                    _legend(kind, count, words("tile.expected_by", clock=words.clock(max(awaited))))
                else:
                    _legend(kind, count, words(f"tile.{standing.value.lower()}"))
        if day.free:
            _legend("free", day.free, words("tile.free"))
        if (over := len(day.people) - day.session.capacity) > 0:
            with box("span"):
                tag("b", str(over))
                tag("span", words("tile.over"))


def place_and_people(day: SessionToday) -> str:
    """`Wheel Room · Marta Silva`."""
    return " · ".join(part for part in (day.session.room, ", ".join(day.session.instructors)) if part)


def _legend(kind: str, count: int, text: str) -> None:
    with box("span"):
        tile(kind)
        tag("b", str(count))
        tag("span", text)
