"""One session: everybody who has to do with it, those who need staff first. It updates by itself."""

from fastapi import Request
from fastapi.responses import RedirectResponse
from nicegui import ui

from core.model import Method
from server.pages.context import MEMBER_CARDS, SESSION, TODAY, HasClock
from server.pages.frame import Frame, Plan, frame
from server.pages.islands import Island
from server.pages.marks import badge, box, link, tag
from server.pages.opening import Opening, open_page
from server.pages.ticket import draw_legend, draw_tiles, window_state
from server.pages.visits import Visit
from server.pages.words import Words
from server.services.desk import today as service
from server.services.desk.values import Attendee, Roster, SessionToday, Standing
from server.services.people.rights import Right

BADGES = {
    Standing.IN: ("g", "in"),
    Standing.LATE: ("a", "late"),
    Standing.EXPECTED: ("b", "exp"),
    Standing.MISSING: ("r", "miss"),
}


def add_session_page(context: HasClock) -> None:
    """The page at `/sessions/<id>`."""

    @ui.page(SESSION, title="Tessera", reconnect_timeout=10.0)
    async def session_page(request: Request, session_id: str) -> RedirectResponse | None:
        opening = Opening(
            name="page.today",
            look=lambda asker, at: service.roster(asker.organization_id, asker, session_id, at),
            draw=lambda visit, roster, _: _SessionPage(visit, roster),
            feel=lambda asker, roster, at: service.pulse(asker.organization_id, asker, roster.venue.id, at),
        )
        return await open_page(request, context, opening)


class _SessionPage:
    """The drawn page of one visit."""

    frame: Frame

    def __init__(self, visit: Visit, roster: Roster) -> None:
        self._words = Words(language=visit.visitor.language, zone=roster.venue.zone)
        self._may_serve = visit.visitor.asker.may(Right.SERVE)
        session = roster.session.session
        with frame(visit, self._words, Plan(title=session.title, venue=roster.venue)) as self.frame:
            with box("header", "head"), box():
                with box("nav", "crumb") as crumb:
                    crumb.props["aria-label"] = self._words("back")
                    link(f"{TODAY}?venue={roster.venue.id}", self._words("page.today"))
                with box("h1"):
                    tag("span", session.title)
                    tag("span", f" {self._words.clock(session.starts_at)}", "clock")
            with box("div", "stack"):
                with box("section", "card"):
                    self._fields = Island(self._draw_fields)
                    with box("div", "pad"):
                        self._tiles = Island(self._draw_tiles)
                self._people = Island(self._draw_people)
        self.show(roster)

    def show(self, roster: Roster) -> None:
        self._fields.show((roster.session, self._fields_of(roster)))
        self._tiles.show(roster.session)
        self._people.show(roster.session)
        self.frame.show_kiosks(roster.kiosks)

    def _fields_of(self, roster: Roster) -> tuple[tuple[str, str], ...]:
        words, day, session = self._words, roster.session, roster.session.session
        span = words("span", from_=words.when(session.starts_at, roster.at), to=words.clock(session.ends_at))
        window = words("span", from_=words.clock(day.window.opens_at), to=words.clock(day.window.closes_at))
        late_from = words("session.never_late") if session.is_open_studio else words.clock(session.starts_at)
        return (
            ("session.when", span),
            ("session.room", session.room or words("session.no_room")),
            ("session.with", ", ".join(session.instructors) or words("session.no_room")),
            ("session.check_in", f"{window} ({window_state(day, words, roster.at)[0]})"),
            ("session.places", words("session.taken", taken=len(day.people), capacity=session.capacity)),
            ("session.late_from", late_from),
        )

    def _draw_fields(self, shown: tuple[SessionToday, tuple[tuple[str, str], ...]]) -> None:
        with box("dl", "fields"):
            for key, text in shown[1]:
                with box("div", "f"):
                    tag("dt", self._words(key))
                    tag("dd", text)

    def _draw_tiles(self, day: SessionToday) -> None:
        draw_tiles(day)
        draw_legend(day, self._words)

    def _draw_people(self, day: SessionToday) -> None:
        words = self._words
        if not day.people:
            with box("section", "card"), box("div", "empty"):
                tag("h2", words("session.nobody"))
                tag("p", words("session.nobody.more"))
            return
        tag("p", words("session.order"), "small soft")
        with box("div", "card clip"), box("table", "table fold"):
            tag("caption", words("session.roster", title=day.session.title), "vh")
            with box("thead"), box("tr"):
                for key in ("member", "state", "time", "how", "pass", "note"):
                    tag("th", words(f"session.{key}")).props("scope=col")
            with box("tbody"):
                for person in day.people:
                    self._draw_person(person)

    def _draw_person(self, person: Attendee) -> None:
        words, arrival = self._words, person.arrival
        colour, kind = BADGES[person.standing]
        with box("tr"):
            with box("td"):
                if self._may_serve:
                    link(MEMBER_CARDS.format(member_id=person.member_id), person.name, "name")
                else:
                    tag("span", person.name, "name")
                tag("span", f" {person.number}", "faint small num")
            with box("td"):
                badge(words(f"standing.{person.standing}"), colour, kind)
            tag(
                "td", words.clock(arrival.came_at) if arrival else "–", "time num skip-s" if not arrival else "time num"
            )
            tag("td", self._how(person), "soft")
            tag("td", self._pass_of(person), "soft wide")
            tag("td", self._note(person), "wide")

    def _how(self, person: Attendee) -> str:
        arrival = person.arrival
        if arrival is None:
            return ""
        if arrival.method is Method.STAFF:
            return self._words("session.staff")
        return self._words("session.door", door=arrival.door) if arrival.door else self._words("session.auto")

    def _pass_of(self, person: Attendee) -> str:
        arrival = person.arrival
        if arrival and arrival.punches_after is not None:
            return self._words(
                "session.punches",
                title=person.pass_title,
                before=arrival.punches_before,
                after=arrival.punches_after,
            )
        return person.pass_title

    def _note(self, person: Attendee) -> str:
        said = [self._words("card.copied")] if person.is_card_copied else []
        if person.may_come_until:
            said.append(self._words("session.may_come", clock=self._words.clock(person.may_come_until)))
        if person.arrival and person.arrival.minutes_late:
            said.append(self._words.counted("session.late", person.arrival.minutes_late))
        if person.arrival and person.arrival.is_walk_in:
            said.append(self._words("session.walk_in"))
        return ". ".join(said)
