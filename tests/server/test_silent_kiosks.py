"""One rule says when somebody should go and look at a kiosk: inbox, page and frame agree on both its sides."""

from datetime import datetime, timedelta

import pytest
from peewee import Database

from server.services.desk.fleet import fleet
from server.services.desk.inbox.finding import inbox
from server.services.desk.inbox.values import InboxKind
from server.services.fleet.silence import is_out_of_touch
from server.services.people.rights import the_house
from server.store.database import writing
from server.store.tables import DeviceRow
from tests.server.studio import SIX_PM, Studio, open_studio

NOW = SIX_PM + timedelta(hours=1)


def voices(studio: Studio, at: datetime) -> tuple[bool, bool, bool]:
    """Whether somebody is called to the kiosk by (the inbox, the page of kiosks, the frame around it)."""
    house = the_house(studio.organization)
    items = inbox(studio.organization, house, at).items
    page = fleet(studio.organization, house, at)
    by_inbox = any(item.kind is InboxKind.SILENT_KIOSK for item in items)
    return by_inbox, any(card.calls for card in page.in_use), any(kiosk.calls for kiosk in page.kiosks)


@pytest.mark.parametrize(
    "length, had_sessions, is_called",
    [
        (timedelta(hours=6) - timedelta(milliseconds=1), True, False),
        (timedelta(hours=6), True, True),
        (timedelta(hours=6), False, False),
        (timedelta(hours=24) - timedelta(milliseconds=1), False, False),
        (timedelta(hours=24), False, True),
    ],
)
@pytest.mark.parametrize("was_ever_heard", [True, False])
def test_inbox_page_and_frame_call_at_the_same_moment(
    database: Database, length: timedelta, had_sessions: bool, is_called: bool, was_ever_heard: bool
) -> None:
    studio = open_studio()
    heard = {"last_heard_at": NOW - length} if was_ever_heard else {"paired_at": NOW - length, "last_heard_at": None}
    studio.kiosk()
    with writing():
        DeviceRow.update(**heard).execute()
    if had_sessions:
        studio.session()
    assert voices(studio, NOW) == (is_called, is_called, is_called)


def test_out_of_touch_is_another_and_a_shorter_thing() -> None:
    assert not is_out_of_touch(NOW - timedelta(minutes=2), NOW)
    assert is_out_of_touch(NOW - timedelta(minutes=2, milliseconds=1), NOW)
    assert is_out_of_touch(None, NOW)
