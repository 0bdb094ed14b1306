"""Draws what an act still wants: until when, why, or words that are typed; and a temporary card."""

from core import messages
from core.acts import ActWord, is_reason
from kiosk.faces_staff import Ending, StaffCard, StaffTyping, StaffUntil, StaffWhy
from kiosk.pages.codes import code_drawn
from kiosk.pages.drawn import Parts
from kiosk.pages.markup import Html, icon, join, tag
from kiosk.pages.pieces import tap
from kiosk.pages.staff_pieces import TONE, back, band, keyboard, moment, said, say, staff_parts
from kiosk.pages.words import Words

TYPED_SHOWN = 60
"""The last characters of what is typed."""


def why(face: StaffWhy, words: Words) -> Parts:
    tiles = [_tile("staff.why", words.say(reason), value=reason) for reason in face.reasons]
    other = _tile("staff.other", words.say("staff.face.why.other"))
    return staff_parts(
        tone=f"{TONE} asking",
        say=say(band(words.say("staff.face.why"), face.stay, words), tag("p", _what(face, words), cls="lead")),
        do=tag("ul", *tiles, other, cls="tiles"),
        after=back(words),
    )


def until(face: StaffUntil, words: Words) -> Parts:
    tiles = [_ending(each, words) for each in face.endings]
    name = tag("bdi", face.name)
    about = words.say(f"staff.face.until.{face.word}", name=name)
    reason = Html(messages.refusal_for_staff(words.language, face.reason)) if face.reason else None
    return staff_parts(
        tone=f"{TONE} asking",
        say=say(
            band(words.say("staff.face.until"), face.stay, words),
            tag("p", join(about, reason, between=" "), cls="lead"),
        ),
        do=tag("ul", *tiles, cls="tiles"),
        after=back(words),
    )


def typing(face: StaffTyping, words: Words) -> Parts:
    is_search = face.why is None
    main = words.say("staff.face.search.who" if is_search else "staff.face.why")
    shown = tag("bdi", face.text[-TYPED_SHOWN:]) if face.text else words.say("staff.face.typing.nothing")
    is_ready = bool(face.text.strip()) if is_search else is_reason(face.text)
    key = "staff.face.search.go" if is_search else "staff.face.typing.done"
    go = tap("staff.typed", icon("search" if is_search else "check"), words.say(key), cls="button first wide")
    more = words.say("staff.face.search.more" if is_search else "staff.face.why.more")
    field = tag("p", shown, tag("i", cls="caret", aria_hidden="true"), cls="field" if face.text else "field empty")
    return staff_parts(
        tone=f"{TONE} typing",
        say=say(band(main, face.stay, words), tag("p", more, cls="lead spare"), field),
        do=keyboard(words),
        after=back(words, go if is_ready else None),
    )


def card(face: StaffCard, words: Words) -> Parts:
    name = tag("bdi", face.name)
    lead = tag("p", words.say("staff.face.card.until", name=name, until=moment(face.until_at, words)), cls="lead")
    way = words.say("staff.face.card.print_or_photo" if face.may_print else "staff.face.card.photo", name=name)
    prints = tap("staff.print", words.say("staff.face.card.print"), cls="button first wide")
    return staff_parts(
        tone=f"{TONE} lent",
        say=say(band(words.say("staff.face.card"), face.stay, words), lead, said(face.said, words)),
        do=tag(
            "div", code_drawn(face.text, words.say("staff.face.card.code")), tag("p", way, cls="lead"), cls="lent-card"
        ),
        after=back(words, prints if face.may_print else None),
    )


def _tile(what: str, text: Html, value: str = "") -> Html:
    return tag("li", tap(what, text, icon("arrow", turns=True), value=value, cls="card"))


def _ending(each: Ending, words: Words) -> Html:
    text = tag("span", words.say(each.key), tag("span", moment(each.at, words), cls="where quiet"))
    return _tile("staff.until", text, value=each.key)


def _what(face: StaffWhy, words: Words) -> Html:
    if face.count != 1 and face.word is ActWord.CHECK_IN:
        return words.say("staff.face.why.MANY", count=str(face.count), title=tag("bdi", face.title))
    key = f"staff.face.why.{face.word}"
    return words.say(key, name=tag("bdi", face.name), title=tag("bdi", face.title))
