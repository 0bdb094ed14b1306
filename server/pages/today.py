"""The front desk's day: who needs you, what is on now, the rest of the day, and who came in. It updates by itself."""

from dataclasses import dataclass

from fastapi import Request
from fastapi.responses import RedirectResponse
from nicegui import ui

from server.pages import ticket
from server.pages.context import TODAY, HasClock
from server.pages.feeds import draw_arrivals, draw_turned_away, name_of, why
from server.pages.frame import Frame, Plan, frame
from server.pages.islands import Archipelago, Island
from server.pages.marks import box, icon, link, tag
from server.pages.opening import Opening, open_page
from server.pages.ticket import Ticket, as_ticket, place_and_people, window_state
from server.pages.visits import Visit
from server.pages.words import Words
from server.services.desk import today as service
from server.services.desk.values import Arrival, Kiosk, SessionToday, Standing, Today, TurnedAway


def add_today_page(context: HasClock) -> None:
    """The page at `/`; `?venue=` chooses among the organization's."""

    @ui.page(TODAY, title="Tessera", reconnect_timeout=10.0)
    async def today_page(request: Request, venue: str | None = None) -> RedirectResponse | None:
        opening = Opening(
            name="page.today",
            look=lambda asker, at: service.today(asker.organization_id, asker, venue, at),
            draw=lambda visit, day, _: _TodayPage(visit, day),
            feel=lambda asker, day, at: service.pulse(asker.organization_id, asker, day.venue.id, at),
        )
        return await open_page(request, context, opening)


@dataclass(frozen=True, kw_only=True, slots=True)
class _Row:
    """A session further away, as a row: its words, so that it is drawn again when they change."""

    day: SessionToday
    state: str
    is_earlier: bool


class _TodayPage:
    """The drawn page of one visit."""

    frame: Frame

    def __init__(self, visit: Visit, day: Today) -> None:
        self._words = Words(language=visit.visitor.language, zone=day.venue.zone)
        self._said: frozenset[str] | None = None
        plan = Plan(title=self._words("page.today"), venue=day.venue, venues=day.venues)
        with frame(visit, self._words, plan) as self.frame:
            self._draw_ground()
        self.show(day)

    def show(self, day: Today) -> None:
        """Each part draws itself again only if it shows something else now."""
        words, at = self._words, day.at
        self._clock.show((words.day(at), words.clock(at)))
        self._figures.show((day.in_house, day.expected, day.missing, len(day.turned_away)))
        self._silent.show([(k, words.when(k.heard_at, at) if k.heard_at else "") for k in day.kiosks if k.is_silent])
        self._nothing_on.show(not day.on_now)
        self._tickets.show([as_ticket(session, words, at) for session in day.on_now])
        self._rest.show(
            tuple(_Row(day=s, state=window_state(s, words, at)[0], is_earlier=False) for s in day.later)
            + tuple(_Row(day=s, state=self._how_it_was(s), is_earlier=True) for s in day.earlier)
        )
        self._asks.show(tuple((person, why(person, words, at)) for person in day.turned_away))
        self._feed.show(day.arrivals)
        self.frame.show_kiosks(day.kiosks)
        self._say_what_is_new(day)

    def _draw_ground(self) -> None:
        words = self._words
        with box("header", "head"):
            self._clock = Island(_draw_clock)
            with box("div", "end"):
                self._figures = Island(self._draw_figures)
        with box("div", "cols flow"):
            with box("div", "stack"):
                self._silent = Archipelago(lambda k: k[0].id, lambda _: box("div", "note f1"), self._draw_silent)
                tag("h2", words("on_now"), "vh")
                self._tickets: Archipelago[Ticket] = Archipelago(
                    lambda shown: shown.day.session.id,
                    lambda shown: ticket.shell(shown, words),
                    lambda shown: ticket.draw(shown, words),
                )
                self._nothing_on = Island(self._draw_nothing_on)
                self._rest = Island(self._draw_rest)
            with box("div", "stack"):
                with box("section", "card f1").props("aria-labelledby=h-asks"):
                    self._asks = Island(self._draw_asks)
                with box("section", "card").props("aria-labelledby=h-feed"):
                    with box("header"):
                        tag("h2", words("arrivals")).props("id=h-feed")
                        tag("span", words("arrivals.live"), "live end")
                    self._feed: Island[tuple[Arrival, ...]] = Island(lambda came: draw_arrivals(came, words))
        self._voice = tag("div", "", "vh").props("role=status aria-live=polite")

    def _draw_figures(self, figures: tuple[int, int, int, int]) -> None:
        with box("dl", "fields big four"):
            for key, figure in zip(("in_house", "expected", "missing", "need_you"), figures, strict=True):
                with box("div", "f"):
                    tag("dt", self._words(key))
                    tag("dd", str(figure), "hot" if key == "need_you" and figure else "")

    def _draw_silent(self, silent: tuple[Kiosk, str]) -> None:
        kiosk, when = silent
        icon("silent")
        with box("span"):
            key = "silent.one" if when else "silent.never"
            tag("b", self._words(key, name=kiosk.name, when=when))
            tag("span", " " + self._words("silent.more"), "wide-only")

    def _draw_nothing_on(self, is_empty: bool) -> None:
        if is_empty:
            with box("section", "card"), box("div", "empty"):
                tag("h3", self._words("on_now.nothing"))
                tag("p", self._words("on_now.nothing.more"))

    def _draw_rest(self, rows: tuple[_Row, ...]) -> None:
        words = self._words
        if not rows:
            return
        with box("div", "card clip"), box("table", "table later fold"):
            tag("caption", words("rest"), "vh")
            with box("thead", "vh"), box("tr"):
                for key in ("rest.time", "rest.session", "rest.state", "rest.places"):
                    tag("th", words(key)).props("scope=col")
            with box("tbody"):
                for row in rows:
                    self._draw_row(row)

    def _draw_row(self, row: _Row) -> None:
        words, session = self._words, row.day.session
        taken = row.day.came if row.is_earlier else len(row.day.people)
        with box("tr"):
            tag("td", words.clock(session.starts_at), "time soft" if row.is_earlier else "time")
            with box("td"):
                link(f"/sessions/{session.id}", session.title, "name")
                if more := place_and_people(row.day):
                    tag("span", f" · {more}", "soft")
            tag("td", row.state, "soft small wide")
            tag("td", words("places", taken=taken, capacity=session.capacity), "r nowrap skip-s")

    def _how_it_was(self, day: SessionToday) -> str:
        if day.session.is_cancelled:
            return self._words("window.cancelled")
        if missing := day.count(Standing.MISSING):
            return self._words.counted("past.missing", missing)
        return self._words("past.everyone" if day.people else "past.nobody")

    def _draw_asks(self, people: tuple[tuple[TurnedAway, str], ...]) -> None:
        draw_turned_away(people, self._words)

    def _say_what_is_new(self, day: Today) -> None:
        """To those who listen rather than look: who came in and who was turned away since the last time."""
        words = self._words
        news = {a.visit_key: words("arrival.said", name=a.name, title=a.session_title) for a in day.arrivals}
        news |= {p.attempt_id: f"{name_of(p, words)}: {why(p, words, day.at)}" for p in day.turned_away}
        if self._said is not None:
            fresh = [sentence for key, sentence in news.items() if key not in self._said]
            if fresh:
                self._voice.set_text(" ".join(fresh[:3]))
        self._said = (self._said or frozenset()) | frozenset(news)


def _draw_clock(shown: tuple[str, str]) -> None:
    day, clock = shown
    with box("div"), box("h1"):
        tag("span", day)
        tag("span", f" {clock}", "clock")
