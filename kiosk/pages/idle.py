"""Draws the faces on which nobody has been answered yet: starting, pairing, waiting, reading, out of order."""

from kiosk.faces import Confirming, Hint, NotPaired, OutOfOrder, OutOfTouch, Quad, Reading, Starting, Trouble, Waiting
from kiosk.pages.drawn import Parts
from kiosk.pages.markup import Html, icon, join, lone_tag, symbol, tag
from kiosk.pages.pieces import actions, agenda, camera, emblem, sentence, tap, window
from kiosk.pages.words import Words

PAIRING_KEYS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Crockford's alphabet: no letter that could be taken for a digit."""
HEIGHT = 1000


def starting(face: Starting, words: Words) -> Parts:
    say = sentence(words.say("face.starting.main"), words.say("face.starting.more"))
    return Parts(tone="face-idle", say=say, window=window(emblem("tessera")), invites=False)


def not_paired(face: NotPaired, words: Words) -> Parts:
    said = words.say(f"face.pairing.{face.trouble}") if face.trouble else None
    trouble = tag("span", said, cls="trouble") if said else None
    label = words.say("face.pairing.code")
    field = lone_tag("input", cls="code", aria_label=label, autocomplete="off", maxlength=16, data_field="code")
    # Staff hold the code's picture before a camera they do not know yet: here they see what it sees.
    seen = window(symbol("i-card", "no-picture"), camera(words))
    keys = [tag("button", sign, cls="key", type="button", data_do="type", data_value=sign) for sign in PAIRING_KEYS]
    says = words.say("face.pairing.delete")
    delete = tag("button", icon("back"), cls="key wide", type="button", data_do="delete", aria_label=says)
    done = tap("pair", icon("check"), words.say("face.pairing.done"), cls="button first wide")
    return Parts(
        tone="face-plain no-window full",
        say=sentence(
            words.say("face.pairing.main"),
            words.say("face.pairing.more"),
            trouble,
            under=tag("div", seen, field, cls="aimed"),
        ),
        do=tag("div", *keys, delete, cls="keys"),
        after=actions(done),
        invites=False,
        is_spoken=False,
        has_own_help=True,
    )


def confirming(face: Confirming, words: Words) -> Parts:
    if face.is_agreed:
        say = sentence(words.say("face.confirming.waiting.main"), words.say("face.confirming.waiting.more"))
        return Parts(
            tone="face-idle", say=say, window=window(tag("p", face.sign, cls="sign")), invites=False, is_spoken=False
        )
    yes = tap("agree", icon("check"), words.say("face.confirming.yes"), value="yes", cls="button first wide")
    no = tap("agree", words.say("face.confirming.no"), value="no", cls="button wide")
    return Parts(
        tone="face-plain no-window",
        say=sentence(
            words.say("face.confirming.main", sign=face.sign),
            words.say("face.confirming.more", organization=face.organization, venue=face.venue),
        ),
        do=tag("p", face.sign, cls="sign", aria_hidden="true"),
        after=actions(yes, no),
        invites=False,
        is_spoken=False,
        has_own_help=True,
    )


def waiting(face: Waiting, words: Words) -> Parts:
    return Parts(
        tone="face-idle",
        say=sentence(words.say("face.waiting.main"), words.say("face.waiting.more")),
        window=window(symbol("i-card", "no-picture"), camera(words), symbol("aim", "picture")),
        do=join(agenda(face.upcoming, words), out_of_touch(face.out_of_touch, words)),
        invites=False,
        undo=face.undo,
        may_find=face.may_find,
    )


def out_of_touch(silence: OutOfTouch | None, words: Words) -> Html | None:
    """One quiet line for staff; members need not care."""
    if silence is None:
        return None
    told = words.counted("face.waiting.out_of_touch", silence.waiting, time=words.time(silence.since_at))
    return tag("p", told, cls="quiet push small")


def reading(face: Reading, words: Words) -> Parts:
    seen = tag("span", words.say("face.reading.seen"), " ", cls="spare")
    more = join(seen, words.say(f"face.reading.{face.hint}.more"))
    return Parts(
        tone="face-idle face-reading",
        say=sentence(words.say(f"face.reading.{Hint(face.hint)}"), more),
        window=window(symbol("i-card", "no-picture"), camera(words), outline(face.frame_ratio)),
        do=agenda(face.upcoming, words),
        invites=False,
        may_find=face.may_find,
        sound="reading",
        outline=mirrored(face.quad, face.frame_ratio) if face.quad else (),
    )


def outline(ratio: float) -> Html:
    """An empty drawing that lies exactly on the camera's picture; the page puts the code's corners into it."""
    return tag(
        "svg",
        tag("polygon", points="0,0 0,0 0,0 0,0"),
        *(tag("rect", width=34, height=34) for _ in range(4)),
        cls="picture outline",
        viewBox=f"0 0 {round(HEIGHT * ratio)} {HEIGHT}",
        preserveAspectRatio="xMidYMid slice",
        aria_hidden="true",
    )


def mirrored(quad: Quad, ratio: float) -> tuple[int, ...]:
    """The corners as x, y, x, y … in the outline's drawing, as in a mirror."""
    flat: list[int] = []
    for x, y in quad:
        flat += [round((1 - x) * HEIGHT * ratio), round(y * HEIGHT)]
    return tuple(flat)


def _way(name: str, words: Words) -> Html:
    said = f"face.trouble.{name}"
    return tag("li", icon(name), tag("div", tag("b", words.say(said)), words.say(f"{said}.more")))


def out_of_order(face: OutOfOrder, words: Words) -> Parts:
    key = f"face.trouble.{face.trouble}"
    may_scan = face.may_scan and face.trouble is Trouble.CAMERA
    ways = [_way(name, words) for name in (("scanner", "desk") if may_scan else ("desk",))]
    reference = words.say("face.trouble.reference", reference=tag("span", face.reference, cls="number"))
    return Parts(
        tone="face-broken",
        say=sentence(
            words.say(f"{key}.main"),
            join(
                tag("span", words.say("face.trouble.not_your_card"), " ", cls="spare"),
                words.say("face.trouble.you_can"),
            ),
        ),
        window=window(emblem("broken")),
        sound="broken",
        do=join(
            tag("ol", *ways, cls="ways"),
            tag(
                "p",
                tag("span", words.say(f"{key}.again"), " ", cls="spare"),
                reference if face.reference else None,
                cls="quiet push small",
            ),
        ),
        undo=face.undo,
        invites=False,
    )
