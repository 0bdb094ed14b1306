"""Whatever a stolen or broken kiosk sends is answered in our own words: no 500, and no HTML for a program."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import pytest
from fastapi.testclient import TestClient
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from peewee import Database
from starlette.routing import Mount

from core import wire
from core.protocol import Ask, Hello, Tell
from server.api.app import make_app
from server.store.database import writing
from server.store.ids import hash_of
from server.store.tables import DeviceRow, QuarantineRow
from tests.server.door_stories import kiosk_of, welcomed
from tests.server.studio import SIX_PM, VAULT, open_studio

TOKEN = "let me in"
GROUND = st.one_of(
    st.none(), st.booleans(), st.integers(), st.integers(-(2**63), 2**63), st.floats(),
    st.text(max_size=40), st.sampled_from(["", "0" * 5000, "\x00", "\ud800", "9999-12-31T23:59:59Z", "SELF", "staff"]),
)  # fmt: skip
ANYTHING = st.recursive(
    GROUND, lambda inner: st.lists(inner) | st.dictionaries(st.text(max_size=9), inner), max_leaves=8
)


@dataclass(frozen=True)
class Hostile:
    """A paired kiosk's token, and bodies that it would rightly send."""

    client: TestClient
    ask: dict[str, Any]
    tell: dict[str, Any]

    def send(self, path: str, body: str | bytes) -> None:
        answer = self.client.post(path, content=body, headers={"Authorization": f"Bearer {TOKEN}"})
        assert answer.status_code in (200, 403, 409, 422), (answer.status_code, answer.text, body)
        told = answer.json()
        assert answer.status_code == 200 or (told["error"]["code"] and told["error"]["sentence"])


@contextmanager
def stolen_kiosk() -> Iterator[Hostile]:
    studio = open_studio()
    alice = studio.member()
    card, session, pass_ = studio.card(alice), studio.session(), studio.punch_pass(alice, 8)
    kiosk = kiosk_of(studio)
    with writing():
        DeviceRow.update({DeviceRow.token_hash: hash_of(TOKEN)}).where(DeviceRow.id == kiosk.known.id).execute()
    asked = kiosk.show(card, SIX_PM)
    shown = welcomed(kiosk.show(card, SIX_PM), alice, session, pass_=pass_)
    said = Hello(boot=kiosk.boot, t_mono=0, t_wall=0, epoch=kiosk.epoch, max_seq=2)
    ask = json.loads(wire.to_json(Ask(attempt=asked, unsent=(shown,))))
    tell = json.loads(wire.to_json(Tell(hello=said, attempts=(shown,))))
    with TestClient(make_app(now=lambda: SIX_PM, vault=VAULT), raise_server_exceptions=False) as client:
        yield Hostile(client, ask, tell)


@pytest.fixture
def hostile(sqlite_database: Database) -> Iterator[Hostile]:
    with stolen_kiosk() as kiosk:
        yield kiosk


def altered(body: dict[str, Any], part: str, changes: dict[str, Any]) -> str:
    """The body with some fields of one part of it replaced."""
    found = json.loads(json.dumps(body))
    inside = found[part][0] if isinstance(found[part], list) else found[part]
    inside.update({list(inside)[int(key) % len(inside)]: value for key, value in changes.items()})
    return json.dumps(found)


CHANGES = st.dictionaries(st.integers(0, 60).map(str), ANYTHING, min_size=1, max_size=3)
OFTEN = settings(
    max_examples=150, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


@OFTEN
@given(part=st.sampled_from(["attempt", "unsent"]), changes=CHANGES)
def test_any_field_of_an_ask_may_be_anything(hostile: Hostile, part: str, changes: dict[str, Any]) -> None:
    hostile.send("/api/kiosk/ask", altered(hostile.ask, part, changes))


@OFTEN
@given(part=st.sampled_from(["hello", "attempts"]), changes=CHANGES)
def test_any_field_of_a_tell_may_be_anything(hostile: Hostile, part: str, changes: dict[str, Any]) -> None:
    hostile.send("/api/kiosk/tell", altered(hostile.tell, part, changes))


@OFTEN
@given(path=st.sampled_from(["ask", "tell", "pair"]), body=st.binary(max_size=60) | ANYTHING.map(json.dumps))
def test_any_body_may_be_anything(hostile: Hostile, path: str, body: str | bytes) -> None:
    hostile.send(f"/api/kiosk/{path}", body)


NASTY: tuple[object, ...] = (
    None, True, -1, 2**63 - 1, 2**63, -(2**63), 2**200, 1.5, float("nan"), "", "a\x00b", "\ud800", "x" * 5000, [], {},
)  # fmt: skip
"""What each field is sent as, one at a time, so that everything around it is as it should be."""


@pytest.mark.parametrize("part", ["attempt", "unsent", "hello", "attempts"])
def test_each_field_alone_may_be_nasty(database: Database, part: str) -> None:
    """A text that PostgreSQL cannot keep and a number that SQLite cannot keep are refused before either sees them."""
    path = "ask" if part in ("attempt", "unsent") else "tell"
    with stolen_kiosk() as hostile:
        body = hostile.ask if path == "ask" else hostile.tell
        inside = body[part][0] if isinstance(body[part], list) else body[part]
        for number in range(len(inside)):
            for value in NASTY:
                hostile.send(f"/api/kiosk/{path}", altered(body, part, {str(number): value}))


def test_what_was_altered_is_rightly_sent_as_it_was(hostile: Hostile) -> None:
    """Else the fuzz would prove nothing."""
    for path, body in (("ask", hostile.ask), ("tell", hostile.tell)):
        headers = {"Authorization": f"Bearer {TOKEN}"}
        answer = hostile.client.post(f"/api/kiosk/{path}", content=json.dumps(body), headers=headers)
        assert answer.status_code in (200, 409), answer.text


@pytest.mark.parametrize(("method", "path", "status"), [
    ("GET", "/api/nope", 404), ("POST", "/api/kiosk/nope", 404), ("GET", "/api/kiosk/ask", 405),
])  # fmt: skip
def test_a_program_is_answered_in_json_although_pages_answer_everything_else(
    method: str, path: str, status: int
) -> None:
    async def page(scope: Any, receive: Any, send: Any) -> None:
        await send({"type": "http.response.start", "status": 404, "headers": [(b"content-type", b"text/html")]})
        await send({"type": "http.response.body", "body": b"<p>a page</p>"})

    app = make_app(now=lambda: SIX_PM, vault=VAULT)
    app.router.routes.append(Mount("/", app=page))
    client = TestClient(app)
    answer = client.request(method, path)
    assert answer.status_code == status
    assert answer.json()["error"]["code"] == {404: "http.not_found", 405: "http.not_allowed"}[status]
    assert client.get("/nope").text == "<p>a page</p>"


def test_a_number_used_twice_is_kept_for_staff_and_the_kiosk_is_marked(database: Database) -> None:
    """A kiosk whose disk was put back to an earlier day asks under numbers that it has used already."""
    with stolen_kiosk() as kiosk:
        kiosk.send("/api/kiosk/tell", json.dumps(kiosk.tell))
        taken = kiosk.tell["attempts"][0]["seq"]
        headers = {"Authorization": f"Bearer {TOKEN}"}
        again = json.loads(json.dumps({**kiosk.ask, "unsent": []}))
        again["attempt"]["seq"] = taken
        answer = kiosk.client.post("/api/kiosk/ask", content=json.dumps(again), headers=headers)
        assert (answer.status_code, answer.json()["error"]["code"]) == (409, "attempt.other_under_same_id")
        with writing():
            assert DeviceRow.get().forked_at == SIX_PM
            assert [row.attempt_id for row in QuarantineRow.select()] == [again["attempt"]["attempt_id"]]
