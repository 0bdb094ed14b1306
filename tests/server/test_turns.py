"""Whoever came first is served first, and nobody waits for a place that is free."""

import threading
from collections.abc import Callable
from time import monotonic, sleep

import pytest
from peewee import Database

from server.store.database import CONNECTIONS, reading, writing
from server.store.tables import OrganizationRow
from server.store.turns import NoTurn, Turns
from tests.server.studio import open_studio


def begun(act: Callable[[], None]) -> threading.Thread:
    thread = threading.Thread(target=act)
    thread.start()
    return thread


def until(is_so: Callable[[], bool]) -> None:
    ends_at = monotonic() + 30
    while not is_so():
        assert monotonic() < ends_at, "it never came to be"
        sleep(0.001)


def test_who_waits_is_served_in_the_order_they_came_though_others_come_again() -> None:
    turns, served = Turns(1), []

    def wait(name: int) -> None:
        with turns.turn():
            served.append(name)

    with turns.turn():
        waiting = []
        for name in range(5):
            waiting.append(begun(lambda name=name: wait(name)))  # type: ignore[misc]
            until(lambda name=name: turns.waiting == name + 1)  # type: ignore[misc]
    wait(5)
    for thread in waiting:
        thread.join()
    assert served == [0, 1, 2, 3, 4, 5]


def test_who_gave_up_is_passed_over() -> None:
    turns = Turns(1)
    with turns.turn():
        with pytest.raises(NoTurn), turns.turn(0.01):
            pass
        assert turns.waiting == 0
    with turns.turn(0):
        pass


def test_as_many_as_there_are_places_do_not_wait() -> None:
    turns = Turns(2)
    with turns.turn(0), turns.turn(0), pytest.raises(NoTurn), turns.turn(0):
        pass
    with turns.turn(0), turns.turn(0):
        pass


def test_more_threads_than_connections_all_get_one(database: Database) -> None:
    studio = open_studio()
    found: list[str] = []

    def look_and_write() -> None:
        for _ in range(3):
            with reading():
                name = OrganizationRow.get_by_id(studio.organization).name
            with writing():
                OrganizationRow.update(name=name).where(OrganizationRow.id == studio.organization).execute()
            found.append(name)

    threads = [begun(look_and_write) for _ in range(2 * CONNECTIONS)]
    for thread in threads:
        thread.join()
    assert found == ["Kiln"] * 6 * CONNECTIONS
