"""Draws a household: a tile a person, and afterwards what became of each."""

from core import messages
from kiosk.faces_member import CameIn, Coming, Household, Person
from kiosk.pages.drawn import Parts
from kiosk.pages.markup import Html, icon, join, tag
from kiosk.pages.pieces import ring, sentence, tap
from kiosk.pages.words import Words

FEW = 4
"""So many people have large tiles."""
LONG_TITLE = 24
"""Letters of a session's title from which on it is written smaller, so that it stays whole."""
LONG_NAME = 12
"""Letters; a longer one is broken into lines of smaller letters."""


def household(face: Household, words: Words) -> Parts:
    chosen = sum(person.is_chosen for person in face.people)
    go = (
        tap("household.go", icon("check"), words.counted("household.go", chosen), cls="button first wide")
        if chosen
        else tag("p", words.say("household.nobody"), cls="button first wide idle")
    )
    more = tap("more_time", ring(face.stay, words), words.say("household.more_time"))
    return Parts(
        tone="face-plain no-window people-here",
        say=sentence(words.say("household.who"), words.say("household.who.more")),
        do=_tiles([_tile(person, words) for person in face.people]),
        after=tag("div", more, go, cls="actions"),
        sound="choose",
    )


def came_in(face: CameIn, words: Words) -> Parts:
    inside = [person for person in face.people if person.coming is not Coming.MAY_NOT and not person.has_several]
    are_all, is_none = len(inside) == len(face.people), not inside
    key = "household.done" if are_all else "household.done.none" if is_none else "household.done.some"
    done = tap("next", icon("check"), words.say("face.help.done"), cls="button wide")
    undo = tap("household.undo", ring(face.undo, words), words.say("household.undo")) if face.undo else None
    call = tap("call_staff", icon("bell"), words.say("face.help.call"), cls="button first")
    return Parts(
        tone="face-good no-window people-here" if are_all else "face-wait no-window people-here",
        say=sentence(words.say(key), words.say("household.done.more" if are_all else "household.done.some.more")),
        do=_tiles([_result(person, words) for person in face.people]),
        after=tag("div", undo, done if are_all else call, cls="actions"),
        has_own_help=not are_all,
        sound="welcome" if inside else "no",
    )


def _tiles(tiles: list[Html]) -> Html:
    size = "few" if len(tiles) <= FEW else "many"
    return tag("ul", *(tag("li", tile) for tile in tiles), cls=f"cards fill people {size} of-{len(tiles)}")


def _tile(person: Person, words: Words) -> Html:
    box = None if person.coming is Coming.MAY_NOT else _box("check")
    inside = join(_name(person, words), box, _under(person, words))
    if person.coming is not Coming.MAY_COME:
        is_in = person.coming is Coming.IS_IN
        return tag("div", inside, cls="card person is-in" if is_in else "card person is-not")
    return tag(
        "button",
        inside,
        cls="card person",
        type="button",
        data_tap="household.person",
        data_value=person.member_id,
        aria_pressed="true" if person.is_chosen else "false",
    )


def _result(person: Person, words: Words) -> Html:
    is_in = person.coming is not Coming.MAY_NOT and not person.has_several
    state = words.say("household.is_in" if is_in else "household.is_not_in")
    unseen = tag("span", state, cls="unseen")
    detail = _under(person, words)
    box = _box("check" if is_in else "cross")
    return tag("div", _name(person, words), box, detail, unseen, cls=f"card person {'is-in' if is_in else 'is-not'}")


def _name(person: Person, words: Words) -> Html:
    called = person.first_name or words.say("household.person", number=str(person.place))
    kind = "endless" if len(called) > LONG_NAME else "" if person.first_name else "nameless"
    return tag("span", tag("bdi", called), cls=f"what {kind}".strip())


def _box(sign: str) -> Html:
    return tag("span", icon(sign), cls="box", aria_hidden="true")


def _under(person: Person, words: Words) -> Html:
    is_long = person.session is not None and len(person.session.title) > LONG_TITLE
    return tag("span", _detail(person, words), cls="detail quiet long" if is_long else "detail quiet")


def _detail(person: Person, words: Words) -> Html:
    """What they come to; since when they are in; or why not, as far as anybody may read it."""
    if person.has_several:
        return words.say("household.several")
    if person.coming is Coming.IS_IN and person.since_at is not None:
        return words.say("household.in_since", time=words.time(person.since_at))
    if person.coming is Coming.MAY_NOT:
        if person.reason is None:
            return words.say("household.see_staff")
        return Html(tag("span", messages.say(words.language, f"refusal.{person.reason}.what")))
    if person.session is None:
        return Html("")
    return join(words.time(person.session.starts_at), tag("span", person.session.title), between=" ")
