"""Draws the PIN pad: six tiles that fill, never a digit."""

from core.pins import PIN_LENGTH, PinRefusal
from kiosk.faces_staff import StaffPin
from kiosk.pages.drawn import Parts
from kiosk.pages.markup import Html, icon, join, tag
from kiosk.pages.pieces import actions, ring, tap
from kiosk.pages.staff_pieces import keyboard, mark, moment, staff_parts
from kiosk.pages.words import Words


def pin(face: StaffPin, words: Words) -> Parts:
    name = tag("bdi", face.first_name)
    main = words.say("staff.face.hello", name=name) if face.first_name else words.say("staff.face.hello.nameless")
    tiles = [tag("i", cls="in" if place < face.entered else None) for place in range(PIN_LENGTH)]
    label = words.say("staff.face.pin.entered", count=str(face.entered), of=str(PIN_LENGTH))
    lead = _trouble(face, words) or words.say("staff.face.pin.alone" if face.is_alone else "staff.face.pin")
    leave = tap("staff.leave", icon("cross"), words.say("staff.face.leave"), ring(face.stay, words), cls="button wide")
    return staff_parts(
        tone="face-idle no-window staff pinned",
        say=tag(
            "div",
            tag("p", tag("i", aria_hidden="true"), words.say("staff.face.only"), cls="tag only"),
            tag("h1", main, cls="main"),
            tag("p", lead, cls="lead"),
            tag("div", *tiles, cls="pin", role="img", aria_label=label),
            cls="say",
            aria_live="polite",
        ),
        do=keyboard(words, has_letters=False),
        after=actions(leave),
        sound="no" if face.refused or face.has_no_network else "",
    )


def _trouble(face: StaffPin, words: Words) -> Html | None:
    if face.has_no_network:
        return mark("wait", words.say("staff.no_network"))
    if face.refused is None:
        return None
    parts = [words.say(f"pin.{face.refused}")]
    if face.until_at is not None:
        parts.append(words.say("staff.face.pin.until", time=moment(face.until_at, words)))
    return mark("bad" if face.refused is PinRefusal.PIN_IS_OVER else "wait", join(*parts, between=" "))
