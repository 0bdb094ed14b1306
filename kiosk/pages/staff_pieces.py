"""What the faces of staff are put together from: the band with "Sign out", rows in pages, what was said, a keyboard."""

from collections.abc import Sequence
from datetime import datetime

from core import clocktime, messages
from core.refusals import RefusalReason
from kiosk.faces_staff import Said
from kiosk.modes import Modes
from kiosk.pages.drawn import Parts
from kiosk.pages.markup import Html, icon, join, tag
from kiosk.pages.pieces import ring, tap
from kiosk.pages.words import Words
from kiosk.stand import Stay

TONE = "face-idle no-window full staff"
LETTERS = {
    "ar": "ابتثجحخدذرزسشصضطظعغفقكلمنهويةءىأ",
    "de": "ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÜß",
    "es": "ABCDEFGHIJKLMNÑOPQRSTUVWXYZÁÉ",
    "fr": "ABCDEFGHIJKLMNOPQRSTUVWXYZÀÇÉÈ",
    "pl": "ABCDEFGHIJKLMNOPQRSTUVWXYZĄĆĘŁŃÓŚŹŻ",
}
LATIN = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
DIGITS = "1234567890"


def staff_parts(*, tone: str, say: Html, do: Html | None, after: Html, sound: str = "") -> Parts:
    """A face for staff alone: nothing of it is said aloud, no card is invited, and it has ways out of its own."""
    return Parts(
        tone=tone, say=say, do=do, after=after, sound=sound, invites=False, is_spoken=False, has_foot=False
    )  # fmt: skip


def band(main: Html, stay: Stay, words: Words, *, is_long: bool = False) -> Html:
    """The sentence of the face, and the way out with the seconds until staff are signed out by themselves."""
    out = tap("staff.leave", icon("out", turns=True), words.say("staff.face.sign_out"), ring(stay, words))
    return tag("div", tag("h1", main, cls="main long" if is_long else "main"), out, cls="staff-band")


def say(*inside: Html | None) -> Html:
    """What is said, and what belongs to it; a screen reader hears when it changes."""
    return tag("div", *inside, cls="say", aria_live="polite")


def said(what: Said | None, words: Words) -> Html | None:
    """What became of the last tap."""
    if what is None:
        return None
    values: dict[str, str] = {}
    for name, value in what.values.items():
        if isinstance(value, datetime):
            values[name.removesuffix("_at")] = moment(value, words)
        elif not isinstance(value, RefusalReason):
            values[name] = tag("bdi", str(value)) if isinstance(value, str) else str(value)
    parts: list[Html] = [words.say(what.key, **values)]
    reason = what.values.get("reason")
    if isinstance(reason, RefusalReason):
        parts.append(Html(messages.refusal_for_staff(words.language, reason)))
    return tag("p", mark("good" if what.is_good else "wait", join(*parts, between=" ")), cls="said")


def mark(kind: str, text: Html) -> Html:
    """A small sign and words: `good`, `wait`, `bad` or `idle`, told apart by shape as well as by colour."""
    return tag("span", tag("i", aria_hidden="true"), tag("span", text), cls=f"tag {kind}")


def moment(at: datetime, words: Words) -> Html:
    """A time today; a day and a time else."""
    clock = words.time(at)
    if clocktime.local_day(at, words.zone) == clocktime.local_day(words.at, words.zone):
        return clock
    return join(words.digits_of_day(at), clock, between=" ")


def row(name: Html, state: Html, *buttons: Html | None, opens: str = "") -> Html:
    """One line of a list. `opens`: the member whose face a tap on the name opens."""
    who, how = tag("span", name, cls="who"), tag("span", state, cls="state")
    about = tap("staff.person", who, how, value=opens, cls="about") if opens else tag("div", who, how, cls="about")
    return tag("li", about, tag("div", *buttons, cls="acts") if any(buttons) else None)


def rows_at_once(modes: Modes) -> tuple[int, int]:
    """How many rows a page has upright and on its side."""
    if modes.is_large:
        return (4, 3) if modes.is_reach else (5, 3)
    return (6, 4) if modes.is_reach else (7, 4)


def paged(rows: Sequence[Html], first: int, modes: Modes, words: Words, *, fewer: int = 0) -> Html:
    """One page of the rows, and the way to the others. Upright it holds more than on its side, so both are drawn.

    `fewer`: rows that the face has no room for upright.
    """
    up, lying = rows_at_once(modes)
    up -= fewer
    first = min(first, max(0, len(rows) - 1)) if rows else 0
    shown = [
        each if place < lying else Html(each.replace("<li>", '<li class="only-up">', 1))
        for place, each in enumerate(rows[first : first + up])
    ]
    pages = [_pager(len(rows), first, up, words, "only-up"), _pager(len(rows), first, lying, words, "only-lying")]
    return join(tag("ul", *shown, cls="rows"), *pages)


def _pager(count: int, first: int, size: int, words: Words, cls: str) -> Html | None:
    if count <= size:
        return None
    last = min(count, first + size)
    where = words.say("staff.face.rows", first=str(first + 1), last=str(last), count=str(count))
    back, on = words.say("staff.face.rows.back"), words.say("staff.face.rows.on")
    before = tap("staff.from", icon("arrow-back", turns=True), back, value=str(max(0, first - size)))
    after = tap("staff.from", on, icon("arrow", turns=True), value=str(last))
    return tag(
        "div",
        tag("span", where, cls="quiet"),
        before if first else None,
        after if last < count else None,
        cls=f"pager push {cls}",
    )


def keyboard(words: Words, *, has_letters: bool = True) -> Html:
    """Keys that are typed with, digits first."""
    letters = LETTERS.get(words.language, LATIN)
    signs = [*DIGITS, *letters, "-"] if has_letters else list("123456789")
    keys = [tap("staff.key", sign, value=sign, cls="key") for sign in signs]
    delete = tap("staff.delete", icon("back"), unseen(words.say("staff.face.delete")), cls="key")
    if not has_letters:
        clear = tap("staff.clear", words.say("staff.face.clear"), cls="key word")
        return tag("div", *keys, clear, tap("staff.key", "0", value="0", cls="key"), delete, cls="pad")
    space = tap("staff.key", unseen(words.say("staff.face.space")), value=" ", cls="key space")
    return tag("div", *keys, space, delete, cls="keyboard")


def unseen(text: Html) -> Html:
    """For those who listen only."""
    return tag("span", text, cls="unseen")


def back(words: Words, *others: Html | None) -> Html:
    """The way back, beside what else can be done."""
    go = tap("staff.back", icon("arrow-back", turns=True), words.say("staff.face.back"), cls="button wide")
    return tag("div", go, *others, cls="actions")
