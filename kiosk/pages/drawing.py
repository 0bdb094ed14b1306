"""Turns a face into what the browser shows. Pure: the same face at the same moment is the same drawing."""

import re
from datetime import datetime

from core import messages
from kiosk import faces
from kiosk.faces import Face, Stay
from kiosk.faces_member import CameIn, FindByNumber, Household
from kiosk.faces_selftest import SelfTesting
from kiosk.faces_staff import StaffFace
from kiosk.pages import answers, find, household, idle, selftest, staff
from kiosk.pages.drawn import Drawn, Parts
from kiosk.pages.heard import heard, with_labels
from kiosk.pages.markup import Html, join, tag
from kiosk.pages.pieces import foot, top
from kiosk.pages.speech import Voice, voice_of
from kiosk.pages.words import Words, words_of

SWITCHING = ("on", "off", "switched_on", "switched_off")
COLOUR = re.compile(r"#[0-9a-fA-F]{6}")


def draw(face: Face, at: datetime) -> Drawn:
    """The whole picture of a face at a moment. Raises `Invalid` for a zone this machine does not know."""
    words = words_of(face.stand, at)
    parts = parts_of(face, words)
    html, voice = _put_together(face, parts, words), voice_of(face.stand.language)
    is_spoken = face.stand.modes.is_spoken
    return Drawn(
        name=type(face).__name__,
        html=with_labels(html, voice) if is_spoken and parts.is_spoken else html,
        tone=parts.tone,
        language=face.stand.language,
        direction=messages.direction(face.stand.language),
        mode=" ".join(face.stand.modes.names),
        colour=face.stand.colour if COLOUR.fullmatch(face.stand.colour) else "",
        sound=parts.sound,
        occasion=occasion_of(face),
        outline=parts.outline,
        until_at=_until(face),
        speech=_speech(parts, voice) if is_spoken else (),
        switching={name: voice.key(f"spoken.{name}") for name in SWITCHING} if is_spoken else {},
    )


def render(face: Face, at: datetime) -> Html:
    """Only the markup of a face."""
    return draw(face, at).html


def parts_of(face: Face, words: Words) -> Parts:
    """What is different from face to face."""
    if isinstance(face, StaffFace):
        return staff.parts_of(face, words)
    match face:
        case faces.Starting():
            return idle.starting(face, words)
        case faces.NotPaired():
            return idle.not_paired(face, words)
        case faces.Confirming():
            return idle.confirming(face, words)
        case faces.Waiting():
            return idle.waiting(face, words)
        case faces.Reading():
            return idle.reading(face, words)
        case faces.OutOfOrder():
            return idle.out_of_order(face, words)
        case faces.Welcome():
            return answers.welcome(face, words)
        case faces.AlreadyIn():
            return answers.already_in(face, words)
        case faces.Choose():
            return answers.choose(face, words)
        case faces.NotYet():
            return answers.not_yet(face, words)
        case faces.No():
            return answers.no(face, words)
        case faces.Undone():
            return answers.undone(face, words)
        case faces.StaffIsComing():
            return answers.staff_is_coming(face, words)
        case Household():
            return household.household(face, words)
        case CameIn():
            return household.came_in(face, words)
        case FindByNumber():
            return find.find_by_number(face, words)
        case SelfTesting():
            return selftest.self_testing(face, words)


def occasion_of(face: Face) -> str:
    """Changes when something new has happened, not when the same face is drawn again in another language."""
    match face:
        case faces.Welcome() | faces.AlreadyIn() | faces.Choose() | faces.NotYet() | faces.No() | faces.Undone():
            return f"{type(face).__name__} {face.stay.began_at.isoformat()}"
        case CameIn():
            return f"CameIn {face.stay.began_at.isoformat()}"
        case faces.StaffIsComing():
            return f"StaffIsComing {face.number}"
        case faces.OutOfOrder():
            return f"OutOfOrder {face.trouble}"
        case FindByNumber():
            return f"FindByNumber {face.refused} {face.is_secret}"
        case SelfTesting():
            return f"SelfTesting {face.played} {face.at.isoformat()}"
    return type(face).__name__


def _put_together(face: Face, parts: Parts, words: Words) -> Html:
    section = tag(
        "section",
        parts.say,
        parts.window,
        tag("div", parts.do, cls="do") if parts.do else None,
        tag("div" if parts.has_foot else "footer", parts.after, cls="after") if parts.after else None,
        cls=f"face {parts.tone}",
        data_face=type(face).__name__,
    )
    lost = tag(
        "div", tag("b", words.say("face.lost")), tag("p", words.say("face.lost.more"), cls="lead"), cls="lost-words"
    )
    return join(
        lost,
        top(face.stand, words),
        section,
        foot(words, invites=parts.invites, has_own_help=parts.has_own_help, undo=parts.undo, may_find=parts.may_find)
        if parts.has_foot
        else None,
    )


def _until(face: Face) -> datetime | None:
    stay = getattr(face, "stay", None)
    return stay.until_at if isinstance(stay, Stay) else None


def _speech(parts: Parts, voice: Voice) -> tuple[str, ...]:
    """All that an answer shows; of a face that nobody stands before, only its sentence."""
    if not parts.is_spoken:
        return ()
    if parts.tone.startswith("face-idle"):
        return heard(parts.say, voice)
    return heard(join(parts.say, parts.window, parts.do, parts.after), voice)
