"""Webhooks by a real machine's clock, and whose call is whose."""

from datetime import timedelta

import pytest
from peewee import Database

from core.errors import NotFound
from core.hooks import Answer
from server.services.hooks import calling, registering, sending
from tests.server.studio import open_studio
from tests.server.test_reserving_a_place import mira
from tests.server.test_webhooks import ALL, DAY, FAILS, HOUR, NOON, Receives, beat, happens, registered, states


def test_by_a_clock_finer_than_the_tables_each_thing_is_told_once_all_the_same(database: Database) -> None:
    """A claim is known again by when it ends. The machine's clock has microseconds, and tables keep milliseconds."""
    studio = open_studio()
    made, receives = registered(studio), Receives(FAILS, Answer(status=200))
    happens(studio)
    moment = NOON + timedelta(microseconds=123_456)
    assert beat(moment, receives) == sending.Sent(failed=1)
    for later in (HOUR, 2 * HOUR, 3 * HOUR):
        beat(moment + later, receives)
    assert (states(studio, made), len(receives.got)) == ([("DELIVERED", 2)], 2)


def test_a_call_is_tried_again_by_its_own_webhook_only(database: Database) -> None:
    studio = open_studio()
    made, other = registered(studio), registered(studio)
    happens(studio)
    beat(NOON, Receives(FAILS))
    (call,) = calling.calls(studio.organization, made.endpoint.id, mira(studio), ALL).found
    with pytest.raises(NotFound):
        calling.try_again(studio.organization, other.endpoint.id, call.id, mira(studio), NOON)
    loom = open_studio("Loom")
    with pytest.raises(NotFound):
        calling.calls(loom.organization, made.endpoint.id, mira(loom), ALL)
    assert calling.try_again(studio.organization, made.endpoint.id, call.id, mira(studio), NOON).next_try_at == NOON


def test_what_waits_at_a_paused_webhook_is_not_forgotten_with_what_is_over(database: Database) -> None:
    studio = open_studio()
    made, receives = registered(studio), Receives()
    happens(studio)
    beat(NOON, receives)
    happens(studio)
    calling.make_calls(NOON)
    registering.pause(studio.organization, made.endpoint.id, "moving house", mira(studio), NOON)
    assert calling.forget_old_calls(NOON + 31 * DAY) == 1
    assert states(studio, made) == [("WAITING", 0)]
