"""What several faces are put together from: the window, the ticket, rings of tiles, the top and the foot."""

import math
from datetime import datetime, timedelta

from core.model import Session
from kiosk.faces import Stand, Stay, Upcoming
from kiosk.pages.languages import language_button, language_tiles
from kiosk.pages.markup import Html, icon, join, lone_tag, symbol, tag
from kiosk.pages.words import Words, seconds_left

CAMERA = "/camera.mjpg"
TILES_OF_A_COUNTDOWN = 30
"""One tile a minute on the big ring."""
LONGEST_WORD = 15
PUNCHES_IN_A_ROW = 10
PUNCHES_SHOWN = 20


def top(stand: Stand, words: Words) -> Html:
    """Whose door this is, whether the server is there, and the time."""
    mark = Html(
        '<svg viewBox="0 0 24 24" aria-hidden="true"><path fill="var(--terracotta)" d="M1 1h10v10H1zM13 1h10v10H13z'
        'M1 13h10v10H1z"/><path fill="currentColor" d="M13 23a10 10 0 0 1 10-10v10z"/></svg>'
    )
    line = tag("span", tag("i"), words.say(f"face.line.{stand.line.lower()}"), cls=f"line-up {stand.line.lower()}")
    clock = tag("time", words.time(words.at), data_clock=stand.zone, aria_hidden="true")
    return tag(
        "header",
        tag("p", mark, tag("bdi", stand.organization), cls="studio"),
        tag("p", line, clock, cls="clock"),
        cls="top",
    )


def foot(words: Words, *, invites: bool, has_own_help: bool, undo: Stay | None = None, may_find: bool = False) -> Html:
    """The next card, and the ways to help; "Easier to use" opens six more. `undo`: of the answer before this face."""
    invitation = tag(
        "div",
        tag("div", tag("div", camera(words), cls="pane"), cls="window", aria_hidden="true"),
        tag("p", tag("b", words.say("face.next.please")), words.say("face.next.no_need_to_wait")),
        cls="next",
    )
    speak = tap(
        "mode",
        icon("speak"),
        tag("span", words.say("face.help.speech"), cls="unseen"),
        value="speech",
        cls="button plain square",
        data_pressed_in="speech",
    )
    ease = tag("button", icon("ease"), words.say("face.help.ease"), cls="button plain", type="button", data_do="ease")
    help_ = tap("call_staff", icon("bell"), words.say("face.help.call"), cls="button plain")
    modes = [
        tap("mode", words.say(f"face.help.{mode}"), value=mode, cls="button plain", data_pressed_in=mode)
        for mode in ("large", "hc", "reach", "slow", "still", "steps")
    ]
    done = tag("button", icon("check"), words.say("face.help.done"), cls="button plain", type="button", data_do="eased")
    return tag(
        "footer",
        tag("div", undo_button(undo, words), cls="actions late") if undo else None,
        invitation if invites else None,
        tag("div", tap("find.open", icon("card"), words.say("find.open")), cls="no-card") if may_find else None,
        tag("div", language_button(words), speak, ease, None if has_own_help else help_, cls="bar ways-to-help"),
        tag("div", *modes, done, cls="bar ways-to-ease"),
        language_tiles(words),
        cls="foot",
    )


def undo_button(stay: Stay, words: Words) -> Html:
    """Not you? It goes when its time is over."""
    return tap("undo", ring(stay, words), words.say("face.welcome.undo"), cls="button wide", data_leaves=True)


def tap(
    what: str,
    *inside: str | None,
    value: str = "",
    cls: str = "button",
    data_pressed_in: str = "",
    data_leaves: bool = False,
) -> Html:
    """A button whose tap goes to the greeter."""
    return tag(
        "button",
        *inside,
        cls=cls,
        type="button",
        data_tap=what,
        data_value=value or None,
        data_pressed_in=data_pressed_in or None,
        data_leaves=data_leaves,
    )


def sentence(
    main: Html, *leads: Html | None, is_long: bool = False, under: Html | None = None, over: Html | None = None
) -> Html:
    """What the face says, and under it what to do, and with what. `over`: a quiet headline."""
    said = [tag("p", lead, cls="lead") for lead in leads if lead]
    return tag(
        "div",
        over,
        tag("h1", main, cls="main long" if is_long else "main"),
        *said,
        under,
        cls="say",
        aria_live="polite",
        aria_atomic="true",
    )


def camera(words: Words) -> Html:
    """The live picture. The browser keeps this one element alive from face to face, so it never begins again."""
    return lone_tag("img", cls="picture", data_src=CAMERA, alt=words.say("face.camera"), data_keep="camera")


def window(*inside: str | None, cls: str = "window") -> Html:
    """The frame of tiles, and what it holds."""
    return tag("div", tag("div", *inside, cls="pane"), cls=cls)


def emblem(name: str) -> Html:
    """A sign laid from tiles: tick, notice, broken, back."""
    return symbol(name, "emblem")


def ring(stay: Stay, words: Words) -> Html:
    """A tile for every second the face still stays; it counts by itself."""
    left = min(stay.seconds, seconds_left(stay.until_at, words.at))
    return tag(
        "i",
        tag("span", str(left)),
        cls="ring",
        aria_hidden="true",
        style=f"--of:{stay.seconds};--left:{left}",
        data_until=_milliseconds(stay.until_at),
        data_of=stay.seconds,
    )


def countdown(opens_at: datetime, words: Words) -> Html:
    """How long until then: a ring with a tile a minute, and the time left in digits."""
    left = seconds_left(opens_at, words.at)
    minutes = min(TILES_OF_A_COUNTDOWN, math.ceil(left / 60))
    has_hours = left >= 3600
    digits = f"{left // 3600}:{left % 3600 // 60:02}" if has_hours else f"{left // 60}:{left % 60:02}"
    unit = "hours" if has_hours else "minutes"
    big = tag(
        "i", icon("time"), cls="ring big", aria_hidden="true", style=f"--of:{TILES_OF_A_COUNTDOWN};--left:{minutes}"
    )
    count = tag(
        "div",
        tag("span", words.say("face.not_yet.opens_in"), cls="of"),
        tag("time", digits, cls="giant"),
        tag("span", words.say(f"face.not_yet.{unit}"), cls="of unit"),
        cls="count",
    )
    return tag(
        "div",
        big,
        count,
        cls="countdown",
        data_spoken="",
        data_opens=_milliseconds(opens_at),
        data_hours=words.say("face.not_yet.hours"),
        data_minutes=words.say("face.not_yet.minutes"),
        data_now=words.say("face.not_yet.now"),
    )


def title_class(title: str) -> str:
    """Smaller letters for a title with a word that would not fit on a line."""
    return "what long" if max((len(word) for word in title.split()), default=0) > LONGEST_WORD else "what"


def stub(session: Session, words: Words) -> Html:
    """When, what, where: the upper part of a ticket."""
    where = words.where(session)
    about = tag(
        "div", tag("p", session.title, cls=title_class(session.title)), tag("p", where, cls="where") if where else None
    )
    return tag("div", tag("span", words.time(session.starts_at), cls="at"), about, cls="stub")


def punches(before: int, after: int, included: int | None, words: Words) -> Html:
    """A pass as a row of tiles: whole is still there, holed is used, cut is the one used just now."""
    said = words.say("face.pass.spoken", before=str(before), after=str(after))
    count = tag(
        "span",
        tag("s", str(before), aria_hidden="true") if before != after else None,
        icon("arrow", turns=True) if before != after else None,
        tag("span", words.say("face.pass.left", count=tag("bdi", str(after))), aria_hidden="true"),
        tag("span", said, cls="unseen"),
        cls="count",
    )
    whole = max(included or before, before)
    tiles: Html | None = None
    if 0 <= after <= before and whole <= PUNCHES_SHOWN:
        kinds = ["" for _ in range(after)] + ["cut"] * (before - after) + ["used"] * (whole - before)
        tiles = tag(
            "ul",
            *(tag("li", cls=kind or None) for kind in kinds),
            cls="punches" if whole <= PUNCHES_IN_A_ROW else "punches many",
            aria_hidden="true",
        )
    line = tag("div", tag("span", words.say("face.pass.punches")), count, cls="line", data_spoken=said)
    return tag("div", line, tiles, cls="pass")


def agenda(upcoming: tuple[Upcoming, ...], words: Words) -> Html:
    """The next three sessions, and whether one can check in."""
    if not upcoming:
        return tag("p", words.say("face.agenda.none"), cls="lead quiet push")
    rows = [_row(item, words, is_third=number == 2) for number, item in enumerate(upcoming[:3])]
    return tag("ul", *rows, cls="agenda push", aria_label=words.say("face.agenda"))


def _row(item: Upcoming, words: Words, *, is_third: bool) -> Html:
    where = words.where(item.session)
    is_open = item.window.is_open(words.at)
    return tag(
        "li",
        tag("span", words.time(item.session.starts_at), cls="at"),
        tag(
            "div",
            tag("p", item.session.title, cls=title_class(item.session.title)),
            tag("p", where, cls="where") if where else None,
        ),
        tag("p", _state(item, words, is_open=is_open), cls="opens now" if is_open else "opens"),
        cls="spare sit" if is_third else None,
    )


def _state(item: Upcoming, words: Words, *, is_open: bool) -> Html:
    opens_at = item.window.opens_at
    if is_open:
        return words.say("face.agenda.open")
    if words.at >= item.window.closes_at:
        return words.say("face.agenda.closed")
    is_tomorrow = words.day(opens_at) == words.day(words.at) + timedelta(days=1)
    return words.say("face.agenda.opens_tomorrow" if is_tomorrow else "face.agenda.opens", time=words.time(opens_at))


def also(sessions: tuple[Session, ...], undo: Html | None, words: Words) -> Html | None:
    """Two more sessions that would fit, for a member who meant one of those; and the undo, where there is one."""
    if not sessions:
        return actions(undo) if undo else None
    buttons = [
        tap("choose", words.time(session.starts_at), tag("span", session.title), value=session.id, cls="button wide")
        for session in sessions[:2]
    ]
    row = tag("div", *buttons, undo, cls="actions")
    return tag("div", tag("p", words.say("face.also"), cls="small"), row, cls="also push")


def actions(*buttons: Html | None) -> Html:
    """Buttons side by side."""
    return tag("div", join(*buttons), cls="actions push")


def _milliseconds(instant: datetime) -> int:
    return round(instant.timestamp() * 1000)
