"""Long lists are read in parts, and nobody is lost or told twice, whatever is added meanwhile."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from fastapi.testclient import TestClient
from peewee import Database

from core.acts import ActWord
from core.errors import Invalid
from server.api.app import make_app
from server.api.paging import Cursor
from server.services.door.staff_audit import CameOf
from server.services.hooks import calling
from server.services.people.rights import Role, the_house
from server.services.programs import lists
from server.services.programs.paging import Wanted
from server.store.database import writing
from server.store.ids import new_id
from server.store.tables import NoShowRow, ReservationRow, StaffActRow, WebhookCallRow
from tests.server.api_house import NOON, ApiHouse, api_house
from tests.server.studio import SIX_PM, VAULT, open_studio
from tests.server.test_webhooks import happens, registered

THINGS = Cursor("things", (int, str))


class Reader:
    """Reads a list to its end, three at a time."""

    def __init__(self, house: ApiHouse, token: str = "") -> None:
        self.client = TestClient(make_app(now=lambda: NOON, vault=VAULT))
        self.headers = {"Authorization": f"Bearer {token or house.program(Role.OWNER)}"}

    def get(self, path: str, **params: Any) -> Any:
        return self.client.get(path, params=params, headers=self.headers)

    def all(self, path: str, noun: str, meanwhile: Any = lambda: None, **params: Any) -> list[str]:
        found: list[str] = []
        cursor = None
        while True:
            told = self.get(path, limit=3, **params, **({"cursor": cursor} if cursor else {})).json()
            assert len(told[noun]) <= 3 and (told["next"] is None or len(told[noun]) == 3)
            found += [each["id"] for each in told[noun]]
            cursor = told["next"]
            meanwhile()
            if cursor is None:
                return found


def test_members_by_name_with_namesakes_and_newcomers(database: Database) -> None:
    house = api_house()
    names = ["Çelik", "Alice", "alice", "Zoë", "Bob", "Alice", "O'Neill", "Łukasz"]
    there = {house.alice, house.bob, *(house.studio.member(name) for name in names)}
    reader = Reader(house)
    whole = [each["id"] for each in reader.get("/api/members", limit=100).json()["members"]]
    found = reader.all("/api/members", "members", meanwhile=lambda: house.studio.member("Newcomer"))
    assert [each for each in found if each in there] == whole and set(whole) == there
    assert len(found) == len(set(found))
    assert reader.get("/api/members").json()["next"] is None


def test_sessions_and_reservations_of_those_who_may_see_them(database: Database) -> None:
    house = api_house()
    studio = house.studio
    pass_ = studio.unlimited(house.bob)
    hours = [timedelta(hours=hour) for hour in (2, 2, 2, 3, 4)]
    places = [
        studio.reservation(house.bob, studio.session(SIX_PM + hour), pass_, made_at=NOON + timedelta(seconds=place))
        for place, hour in enumerate(hours)
    ]
    reader = Reader(house)
    assert len(reader.all("/api/sessions", "sessions")) == 7
    assert reader.get("/api/sessions", venueId=studio.another_venue()).json()["sessions"] == []
    everybodys = reader.all("/api/reservations", "reservations")
    assert len(everybodys) == 7 and set(everybodys) > set(places)
    assert reader.all("/api/reservations", "reservations", memberId=house.bob) == places[::-1], "made last first"
    assert reader.get("/api/reservations", sessionId=house.ids["session_id"]).json()["reservations"][0]["memberId"]
    assert reader.get("/api/reservations", status="NO_SHOW").json() == {"reservations": [], "next": None}
    app = Reader(house, house.member(house.bob))
    assert app.all("/api/reservations", "reservations") == places[::-1], "a member finds their own"
    assert app.get("/api/reservations", memberId=house.alice).json()["code"] == "member.not_found"


def test_absences_calls_and_acts_are_read_to_the_end_while_more_are_added(database: Database) -> None:
    house = api_house()
    studio, reader = house.studio, Reader(house)
    pass_, kiosk, made = studio.unlimited(house.bob), studio.kiosk(), registered(studio)

    def one_more(at: datetime) -> tuple[str, str, str]:
        place = studio.reservation(house.bob, studio.session(at - timedelta(days=7)), pass_)
        happens(studio, at=at)
        calling.make_calls(at)
        with writing():
            row = ReservationRow.get_by_id(place)
            absence = NoShowRow.create(
                id=new_id(at), organization=studio.organization, member=house.bob, session=row.session_id,
                reservation=place, noted_at=at,
            )  # fmt: skip
            act = StaffActRow.create(
                id=new_id(at), organization=studio.organization, venue=studio.venue, device=kiosk, staff=studio.staff,
                act=ActWord.OUT_OF_ORDER.value, happened_at=at, noted_at=at, came_of=CameOf.DONE.value,
            )  # fmt: skip
            call = WebhookCallRow.select().order_by(WebhookCallRow.id.desc()).first()
        return absence.id, call.id, act.id

    there = [one_more(NOON + timedelta(seconds=count)) for count in range(7)]
    later = iter(range(100, 200))
    calls = f"/api/webhooks/{made.endpoint.id}/calls"
    lists_ = (("/api/no-shows", "noShows"), (calls, "calls"), ("/api/staff-acts", "acts"))
    for (path, noun), ids in zip(lists_, zip(*there, strict=True), strict=True):
        who = {"memberId": house.bob} if noun == "noShows" else {}
        found = reader.all(path, noun, meanwhile=lambda: one_more(NOON + timedelta(seconds=next(later))), **who)
        assert [id_ for id_ in found if id_ in ids] == list(ids)[::-1], "newest first, each once"
        assert len(found) == len(set(found))
        assert reader.get(path, cursor=str(THINGS.next((1, "x"))), **who).json()["code"] == "cursor.not_understood"


def test_a_cursor_goes_there_and_back() -> None:
    for key in ((0, ""), (-(2**62), "Łukasz \U0001f600"), (1, "x" * 200)):
        cursor = THINGS.next(key)
        assert cursor is not None and THINGS.read(cursor) == key
    assert THINGS.next(None) is None


@pytest.mark.parametrize(
    "cursor",
    [
        "", "x", "====", "é", "bm9uc2Vuc2U", "W10", "bnVsbA", "e30",
        str(Cursor("members", (int, str)).next((1, "x"))),
        str(Cursor("things", (str, str)).next(("1", "x"))),
        str(Cursor("things", (int,)).next((1,))),
        str(Cursor("things", (int, str, str)).next((1, "x", "y"))),
        str(THINGS.next((2**63, "x"))),
        str(THINGS.next((True, "x"))),
        str(THINGS.next((1, "nul \x00"))),
        "W" * 1500,
    ],
)  # fmt: skip
def test_garbage_is_no_cursor(cursor: str) -> None:
    with pytest.raises(Invalid, match=r"cursor\.not_understood"):
        THINGS.read(cursor)


def test_another_lists_cursor_is_told_so(sqlite_database: Database) -> None:
    reader = Reader(api_house())
    for cursor in (str(THINGS.next((1, "x"))), "%F0%9F", "a" * 2000):
        answer = reader.get("/api/members", cursor=cursor)
        assert answer.status_code == 422
        assert answer.json()["code"] in ("cursor.not_understood", "field.not_understood")


def test_another_studios_places_members_and_sessions_are_in_no_part(database: Database) -> None:
    kiln, loom = open_studio(), open_studio("Loom")
    for studio in (kiln, loom):
        alice = studio.member()
        studio.reservation(alice, studio.session(), studio.unlimited(alice))
    us, house = loom.organization, the_house(loom.organization)
    starting = lists.Starting(from_=SIX_PM, to=SIX_PM + timedelta(days=1))
    for part in (
        lists.reservations(us, lists.Which(), house, Wanted()),
        lists.sessions(us, starting, house, Wanted()),
        lists.members(us, "", house, Wanted()),
    ):
        assert len(part.found) == 1
