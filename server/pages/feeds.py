"""The two lists beside the sessions: whom the door turned away, and who came in."""

from datetime import datetime

from core.model import Method
from core.refusals import PRIVATE_REASONS, RefusalReason
from server.pages.marks import badge, box, tag
from server.pages.words import Words
from server.services.desk.values import Arrival, TurnedAway


def draw_turned_away(people: tuple[tuple[TurnedAway, str], ...], words: Words) -> None:
    """Each with the sentence why."""
    with box("header"):
        tag("h2", words("turned_away")).props("id=h-asks")
        if people:
            with box("span", "end"):
                badge(words("turned_away.waiting", count=len(people)), "r")
    if not people:
        _empty(words("turned_away.nobody"), words("turned_away.nobody.more"))
        return
    with box("ul", "rows asks"):
        for person, because in people:
            with box("li"):
                with box():
                    tag("b", name_of(person, words))
                    tag("span", " " + _when_and_where(person, words), "faint small")
                tag("p", because)


def draw_arrivals(arrivals: tuple[Arrival, ...], words: Words) -> None:
    if not arrivals:
        _empty(words("arrivals.nobody"), words("arrivals.nobody.more"))
        return
    with box("ol", "rows feed"):
        for arrival in arrivals:
            with box("li"):
                tag("span", words.clock(arrival.came_at), "t")
                tag("b", arrival.name)
                tag("span", paid_with(arrival, words), "punches")
                tag("p", how(arrival, words))


def name_of(person: TurnedAway, words: Words) -> str:
    if person.name:
        return person.name
    return words("no_card" if person.reason is RefusalReason.NOT_A_MEMBERSHIP_CARD else "nobody_known")


def why(person: TurnedAway, words: Words, at: datetime) -> str:
    """The reason in full; what the public screen kept to itself; and where they are expected."""
    said = [words.reason(person, at)]
    if person.reason in PRIVATE_REASONS:
        said.append(words("screen_kept_quiet"))
    if person.has_place_in and person.has_place_in != person.session_title:
        said.append(words("turned_away.place", title=person.has_place_in))
    return " ".join(said)


def how(arrival: Arrival, words: Words) -> str:
    """`Glaze lab, card at Front door`: what is unusual about it comes before how it usually is."""
    title = arrival.session_title
    if arrival.minutes_late:
        return words.counted("arrival.late", arrival.minutes_late, title=title)
    if arrival.method is Method.STAFF:
        return words("arrival.staff", title=title)
    if arrival.is_walk_in:
        return words("arrival.walk_in", title=title)
    return words("arrival.door", title=title, door=arrival.door) if arrival.door else words("arrival.auto", title=title)


def paid_with(arrival: Arrival, words: Words) -> str:
    """`6 → 5`, or what kind of pass it was."""
    if arrival.punches_after is not None:
        return words("arrival.punches", before=arrival.punches_before, after=arrival.punches_after)
    return words(f"pass.{arrival.pass_type}" if arrival.pass_type else "pass.none")


def _when_and_where(person: TurnedAway, words: Words) -> str:
    clock = words.clock(person.at)
    return words("turned_away.when", clock=clock, door=person.door) if person.door else clock


def _empty(headline: str, more: str) -> None:
    with box("div", "empty"):
        tag("h3", headline)
        tag("p", more)
