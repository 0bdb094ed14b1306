"""How fast a kiosk answers, as staff see it: until it was painted where the kiosk measures that, else until decided."""

import json

import pytest
from peewee import Database

from core.health import HealthWord as W
from server.services.desk.fleet import fleet
from server.services.people.rights import the_house
from server.store.database import writing
from server.store.tables import DeviceRow
from tests.server.studio import SIX_PM, open_studio

DECIDED = {W.ANSWER_P50: "40", W.ANSWER_P95: "90"}
PAINTED = {W.PAINTED_P50: "75", W.PAINTED_P95: "130"}


@pytest.mark.parametrize(
    "told, seen",
    [({**DECIDED, **PAINTED}, (75, 130)), (DECIDED, (40, 90)), ({}, (None, None))],
    ids=["painted", "an older kiosk", "nobody came yet"],
)
def test_staff_see_how_long_people_wait(
    database: Database, told: dict[str, str], seen: tuple[int | None, int | None]
) -> None:
    studio = open_studio()
    device = studio.kiosk()
    with writing():
        DeviceRow.update(health=json.dumps(told), last_heard_at=SIX_PM).where(DeviceRow.id == device).execute()
    [card] = fleet(studio.organization, the_house(studio.organization), SIX_PM).in_use
    assert (card.p50, card.p95) == seen
