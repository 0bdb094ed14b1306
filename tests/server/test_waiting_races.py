"""Many at the same moment: no place is offered twice, none is given to more than one, and nobody waits for a lock."""

from collections.abc import Callable
from datetime import datetime

from peewee import Database

from core.decisions import Refused
from core.errors import Conflict
from core.waiting import WaitingStatus as W
from server.services.door.places import taken_in
from server.services.reserving.cancel import cancel
from server.services.reserving.values import Reserved
from server.services.waiting import joining
from server.store.database import reading
from server.store.tables import ReservationRow, WaitingRow
from tests.server.studio import open_studio
from tests.server.test_reserving_races import at_once
from tests.server.waiting_stories import FullClass, full_class, later


def held_and_taken(full: FullClass) -> tuple[int, int]:
    """(offers that stand, all places taken)."""
    with reading():
        in_it = WaitingRow.session == full.session
        held = WaitingRow.select().where(in_it, WaitingRow.status.in_([W.OFFERED.value, W.BOOKING.value])).count()
        return int(held), taken_in([full.session])[full.session]


def pending(full: FullClass) -> int:
    with reading():
        is_pending = (ReservationRow.session == full.session) & (ReservationRow.status == "PENDING")
        return int(ReservationRow.select().where(is_pending).count())


def answered(full: FullClass, member: str, at: datetime) -> object:
    """The place, or None: it was too late for it."""
    try:
        return full.accept(member, at)
    except Conflict:
        return None


def test_two_free_places_three_waiting_and_twenty_at_once_give_no_place_twice(database: Database) -> None:
    full = full_class(open_studio(), places=2)
    waiting = [full.waits(name, later(minute)) for minute, name in enumerate(("Anna", "Bea", "Carl"))]
    newcomers = [full.member(f"New {number}") for number in range(6)]
    by, organization = full.mira, full.studio.organization
    first: list[Callable[[], object]] = [
        *(lambda place=place: cancel(organization, place, by, later(10)) for place in full.places),  # type: ignore[misc]
        *(lambda: full.errand(later(10)) for _ in range(12)),
        *(lambda member=member: full.reserve(member, later(10)) for member in newcomers),  # type: ignore[misc]
    ]
    outcomes = at_once(*first)
    assert not any(isinstance(outcome, Reserved) for outcome in outcomes)
    full.errand(later(11))
    assert held_and_taken(full) == (2, 2)
    assert full.line() == waiting[2:]

    second = at_once(
        *(lambda member=member: answered(full, member, later(12)) for member in waiting * 3),  # type: ignore[misc]
        *(lambda member=member: full.reserve(member, later(12)) for member in newcomers),  # type: ignore[misc]
        *(lambda: full.errand(later(12)) for _ in range(5)),
    )
    places = {outcome.place.id for outcome in second if isinstance(outcome, Reserved)}
    assert len(places) == pending(full) == 2
    assert [full.places_of(member) for member in waiting] == [1, 1, 0]
    assert held_and_taken(full) == (0, 2)


def test_twenty_errands_at_once_book_three_who_asked_for_it_into_two_places(database: Database) -> None:
    full = full_class(open_studio(), places=2)
    waiting = [full.waits(f"M{number}", later(number), is_auto_book=True) for number in range(3)]
    for _ in range(2):
        full.gives_up(later(10))
    leaves = [lambda: full.reserve(waiting[2], later(10))]
    outcomes = at_once(*(lambda: full.errand(later(10)) for _ in range(19)), *leaves)
    assert isinstance(outcomes[-1], Refused)
    full.errand(later(10))
    assert [full.places_of(member) for member in waiting] == [1, 1, 0]
    assert held_and_taken(full) == (0, 2)
    assert [full.told(member).count("waiting_list.booked") for member in waiting] == [1, 1, 0]


def test_one_who_asks_twenty_times_at_once_stands_in_line_once(database: Database) -> None:
    full = full_class(open_studio())
    anna = full.member("Anna")
    told = at_once(*(lambda: full.join(anna) for _ in range(20)))
    assert len({getattr(one, "id", None) for one in told}) == 1
    assert full.line() == [anna]


def test_an_offer_that_runs_out_while_it_is_accepted_is_one_or_the_other(database: Database) -> None:
    full = full_class(open_studio())
    anna, bea = full.waits("Anna"), full.waits("Bea", later(1))
    full.gives_up(later(10))
    full.errand(later(10))
    at_once(
        *(lambda: full.errand(later(40)) for _ in range(6)),
        lambda: answered(full, anna, later(39.9)),
    )
    got_it = full.places_of(anna) == 1
    assert (full.entry(bea).status is W.OFFERED) is not got_it
    assert held_and_taken(full)[1] == 1


def test_one_who_leaves_while_a_place_is_booked_for_them_is_one_or_the_other(database: Database) -> None:
    full = full_class(open_studio(), places=4)
    waiting = [full.waits(f"M{number}", later(number), is_auto_book=True) for number in range(4)]
    entries = [full.entry(member).id for member in waiting]
    while full.places:
        full.gives_up(later(10))
    by, organization = full.mira, full.studio.organization
    at_once(
        *(lambda: full.errand(later(10)) for _ in range(8)),
        *(lambda entry=entry: joining.leave(organization, entry, by, later(10)) for entry in entries * 2),  # type: ignore[misc]
    )
    for member in waiting:
        assert (full.entry(member).status is W.BOOKED) is (full.places_of(member) == 1)
    assert held_and_taken(full) == (0, pending(full))


def test_many_who_join_at_once_make_one_offer_of_one_place(database: Database) -> None:
    """Whoever joins looks first whether a place is free for those who wait already."""
    full = full_class(open_studio())
    anna, bea = full.waits("Anna"), full.waits("Bea", later(1))
    newcomers = [full.member(f"New {number}") for number in range(8)]
    full.gives_up(later(10))
    at_once(*(lambda member=member: full.join(member, later(10)) for member in newcomers))  # type: ignore[misc]
    assert [full.told(member).count("waiting_list.offered") for member in (anna, bea)] == [1, 0]
    assert held_and_taken(full) == (1, 1)
