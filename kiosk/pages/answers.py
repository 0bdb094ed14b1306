"""Draws the faces that answer a person: welcome, already in, choose, not yet, no, taken back, staff is coming."""

from core import messages
from kiosk.faces import AlreadyIn, Choose, No, NotYet, StaffIsComing, Stay, Undone, Welcome
from kiosk.pages import refusals
from kiosk.pages.drawn import Parts
from kiosk.pages.markup import Html, icon, join, tag
from kiosk.pages.pieces import (
    actions,
    also,
    countdown,
    emblem,
    punches,
    ring,
    sentence,
    stub,
    tap,
    title_class,
    undo_button,
    window,
)
from kiosk.pages.words import Words, spoken_as

SHORT_WELCOME = 15
SHORT_SENTENCE = 26
CHOICES_SHOWN = 4


def welcome(face: Welcome, words: Words) -> Parts:
    said = words.say("face.welcome.late") if face.is_late else words.say("face.welcome.enjoy")
    counted = None
    if face.punches_before is not None and face.punches_after is not None:
        counted = join(
            tag("div", cls="tear"),
            punches(face.punches_before, face.punches_after, face.punches_included, words),
        )
    return Parts(
        tone="face-good",
        say=sentence(
            words.to_person("face.welcome.main", face.first_name),
            join(words.say("face.welcome.more"), " ", said if face.is_late else tag("span", said, cls="spare")),
            is_long=_is_long(words, "face.welcome.main", face.first_name, SHORT_WELCOME),
        ),
        window=window(emblem("tick")),
        do=join(
            tag("div", stub(face.session, words), counted, cls="ticket"),
            also(face.also, undo_button(face.undo, words) if face.undo else None, words),
        ),
        sound="welcome",
    )


def already_in(face: AlreadyIn, words: Words) -> Parts:
    if words.at >= face.session.starts_at:
        then = words.say("face.already.begun")
    else:
        then = words.say("face.already.begins", time=words.time(face.session.starts_at))
    return Parts(
        tone="face-good",
        say=sentence(
            words.to_person("face.already.main", face.first_name),
            words.say("face.already.more", time=words.time(face.since_at)),
            is_long=_is_long(words, "face.already.main", face.first_name, SHORT_SENTENCE),
        ),
        window=window(emblem("tick")),
        do=join(
            tag("div", stub(face.session, words), cls="ticket"),
            tag("p", tag("b", then), cls="lead spare" if face.also else "lead"),
            also(face.also, None, words),
        ),
        sound="already",
    )


def choose(face: Choose, words: Words) -> Parts:
    cards = []
    for session in face.options[:CHOICES_SHOWN]:
        where = words.where(session)
        place = tag("span", where, cls="where quiet") if where else None
        about = tag("span", tag("span", session.title, cls=title_class(session.title)), place)
        at = tag("span", words.time(session.starts_at), cls="at")
        arrow = icon("arrow", turns=True)
        cards.append(tag("li", tap("choose", at, about, arrow, value=session.id, cls="card")))
    none = tap("next", words.say("face.choose.none"), cls="button wide")
    return Parts(
        tone="face-plain no-window",
        say=sentence(
            words.to_person("face.choose.main", face.first_name),
            words.say("face.choose.more"),
            is_long=_is_long(words, "face.choose.main", face.first_name, SHORT_SENTENCE),
        ),
        do=tag("ul", *cards, cls=f"cards fill of-{len(cards)}"),
        after=actions(none, _more_time(face.stay, words)),
        sound="choose",
    )


def not_yet(face: NotYet, words: Words) -> Parts:
    opens = tag("b", words.time(face.opens_at))
    return Parts(
        tone="face-wait",
        say=sentence(
            words.to_person("face.not_yet.main", face.first_name),
            spoken_as(
                words.say("face.not_yet.more", title=face.session.title, time=opens),
                words.say("spoken.not_yet", time=words.time(face.opens_at)),
            ),
            is_long=_is_long(words, "face.not_yet.main", face.first_name, SHORT_SENTENCE),
        ),
        window=window(countdown(face.opens_at, words)),
        do=join(
            tag("div", stub(face.session, words), cls="ticket spare"),
            actions(_more_time(face.stay, words, "face.more_time.to_read")),
        ),
        sound="not_yet",
    )


def no(face: No, words: Words) -> Parts:
    call = tap("call_staff", icon("bell"), words.say("face.help.call"), cls="button first wide")
    return Parts(
        tone="face-wait",
        say=sentence(refusals.main_line(face, words), refusals.what_happened(face, words)),
        window=window(emblem("notice")),
        do=join(
            tag("p", tag("b", refusals.what_to_do(face, words)), cls="lead"),
            actions(call, _more_time(face.stay, words)),
        ),
        has_own_help=True,
        sound="no",
    )


def undone(face: Undone, words: Words) -> Parts:
    return Parts(
        tone="face-calm",
        say=sentence(words.say("face.undone.main"), words.say("face.undone.more")),
        window=window(emblem("back")),
        do=actions(_more_time(face.stay, words, "face.more_time.to_read")),
        sound="already",
    )


def staff_is_coming(face: StaffIsComing, words: Words) -> Parts:
    number = tag(
        "div",
        tag("span", words.say("face.staff.number"), cls="of"),
        tag("p", str(face.number), cls="giant called"),
        data_spoken=words.say("spoken.staff.number", count=str(face.number)),
    )
    return Parts(
        tone="face-calm",
        say=sentence(words.say("face.staff.main"), words.say("face.staff.more")),
        window=window(number),
        do=join(
            tag("p", words.say("face.staff.why"), cls="lead spare"),
            actions(
                tap("next", words.say("face.staff.no_need"), cls="button wide"),
                tap("staff.open", words.say("face.staff.open")),
            ),
        ),
        has_own_help=True,
        sound="staff",
    )


def _more_time(stay: Stay, words: Words, key: str = "face.more_time") -> Html:
    return tap("more_time", ring(stay, words), words.say(key), cls="button wide")


def _is_long(words: Words, key: str, first_name: str, limit: int) -> bool:
    said = messages.say(words.language, key, name=first_name) if first_name else ""
    return len(said) > limit
