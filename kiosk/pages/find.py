"""Draws the keypad for whoever left their card at home: the number in digits, what proves it in tiles."""

from core.finding import Finding, FindRefusal
from kiosk.faces_member import FindByNumber
from kiosk.pages.drawn import Parts
from kiosk.pages.markup import Html, icon, tag
from kiosk.pages.pieces import ring, sentence, tap
from kiosk.pages.words import Words

SIGNS = "123456789"


def find_by_number(face: FindByNumber, words: Words) -> Parts:
    what = ("pin" if face.by is Finding.PIN else "birthday") if face.is_secret else "number"
    is_alone = face.refused is FindRefusal.NO_NETWORK
    more = words.say(f"find.{face.refused}" if face.refused else f"find.{what}.more")
    lead = tag("span", more, cls="trouble") if face.refused else more
    leave = tap("find.leave", icon("cross"), words.say("find.leave"), ring(face.stay, words))
    call = tap("call_staff", icon("bell"), words.say("face.help.call"), cls="button first wide")
    back = tap("find.back", icon("arrow-back", turns=True), words.say("find.back")) if face.is_secret else None
    on = tap("find.next", words.say("find.next"), icon("arrow", turns=True), cls="button first wide")
    has_more = not face.is_secret and face.entered > 0
    return Parts(
        tone="face-idle no-window finding",
        say=sentence(words.say(f"find.{what}"), lead, under=None if is_alone else _typed(face, words)),
        do=None if is_alone else _pad(words),
        after=tag("div", leave, back, call if is_alone else on if has_more else None, cls="actions"),
        has_own_help=is_alone,
        invites=False,
        sound="no" if face.refused else "",
    )


def _typed(face: FindByNumber, words: Words) -> Html:
    """A number is no secret; of a secret there are tiles that fill."""
    if not face.is_secret:
        return tag("p", tag("bdi", face.number or "\N{NO-BREAK SPACE}"), cls="typed", dir="ltr", data_spoken="")
    tiles = [tag("i", cls="in" if place < face.entered else None) for place in range(face.of)]
    said = words.say("find.entered", count=str(face.entered), of=str(face.of))
    return tag("div", *tiles, cls="pin", role="img", aria_label=said)


def _pad(words: Words) -> Html:
    keys = [tap("find.key", sign, value=sign, cls="key") for sign in SIGNS]
    clear = tap("find.clear", words.say("find.clear"), cls="key word")
    delete = tap("find.delete", icon("back"), tag("span", words.say("find.delete"), cls="unseen"), cls="key")
    return tag("div", *keys, clear, tap("find.key", "0", value="0", cls="key"), delete, cls="pad")
