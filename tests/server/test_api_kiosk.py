"""A kiosk over HTTP: it pairs, asks, tells and fetches in core's own types, and can do nothing else."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, TypeVar

import httpx
import pytest
from fastapi.testclient import TestClient
from peewee import Database

from core import wire
from core.decisions import Admitted
from core.protocol import Answer, Ask, Effect, Heard, Hello, Pair, Paired, ReplicaPart, Tell, Unpair, Unpaired
from core.refusals import RefusalReason
from server.api.app import LARGEST_BODY, make_app
from server.services.fleet.devices import kiosk_of_token, revoke_device
from server.services.fleet.pairing import OpenPairing, invite, open_pairing
from server.services.people.api_tokens import make_api_token
from server.services.people.members import set_active
from server.services.people.rights import Asker, asker_of_staff, the_house
from server.store.database import reading
from server.store.tables import AttemptRow, QuarantineRow
from tests.server.door_stories import StoryKiosk, live_visits, refused, welcomed
from tests.server.studio import SIX_PM, VAULT, Studio, after, open_studio

T = TypeVar("T")


@dataclass
class Door:
    """A kiosk that speaks HTTP, and the hour at which the server hears it."""

    client: TestClient
    studio: Studio
    clock: list[datetime]
    token: str = ""

    def post(self, kind: type[T], path: str, body: object) -> T:
        answer = self.raw("POST", path, wire.to_json(body))
        assert answer.status_code == 200, answer.text
        assert answer.headers["content-type"] == "application/json"
        return wire.from_json(kind, answer.content)

    def raw(self, method: str, path: str, body: str | bytes | None = None, **headers: str) -> httpx.Response:
        if self.token:
            headers.setdefault("Authorization", f"Bearer {self.token}")
        return self.client.request(method, path, content=body, headers=headers)

    def no(self, method: str, path: str, body: str | bytes | None = None, **headers: str) -> tuple[int, str]:
        answer = self.raw(method, path, body, **headers)
        told = answer.json()
        assert told["error"]["sentence"] and answer.headers["content-type"] == "application/json", told
        assert (told["status"], told["code"]) == (answer.status_code, told["error"]["code"])
        return answer.status_code, told["error"]["code"]

    def replica(self, since: int = 0) -> ReplicaPart:
        answer = self.raw("GET", f"/api/kiosk/replica?since={since}")
        assert answer.status_code == 200, answer.text
        return wire.from_json(ReplicaPart, answer.content)

    def pair(self, name: str = "Front door") -> StoryKiosk:
        code = open_pairing(self.studio.organization, self.studio.venue, house(self.studio), self.clock[0])
        paired = self.post(Paired, "/api/kiosk/pair", Pair(code=code, name=name))
        self.token = paired.token
        return StoryKiosk(known=kiosk_of_token(paired.token, self.clock[0]))


def house(studio: Studio) -> Asker:
    return the_house(studio.organization)


@contextmanager
def door_of(studio: Studio, *, host: str = "192.0.2.7", opening: OpenPairing | None = None) -> Iterator[Door]:
    clock = [SIX_PM]
    app = make_app(now=lambda: clock[0], vault=VAULT, open_pairing=opening)
    with TestClient(app, client=(host, 50000), raise_server_exceptions=False) as client:
        yield Door(client, studio, clock)


def hello(kiosk: StoryKiosk, at: datetime = SIX_PM, **changes: Any) -> Hello:
    said = Hello(boot=kiosk.boot, t_mono=0, t_wall=int(at.timestamp() * 1000), epoch=kiosk.epoch, max_seq=kiosk.seq)
    return replace(said, **changes)


def test_a_kiosk_pairs_asks_tells_and_knows_who_belongs(database: Database) -> None:
    studio = open_studio()
    alice = studio.member()
    card, session, pass_ = studio.card(alice), studio.session(), studio.punch_pass(alice, 8)
    with door_of(studio) as door:
        kiosk = door.pair()
        list_ = door.replica()
        assert list_.is_complete and [found.id for found in list_.sessions or ()] == [session]
        attempt = kiosk.show(card, SIX_PM)
        answer = door.post(Answer, "/api/kiosk/ask", Ask(attempt=attempt))
        assert isinstance(answer.decision, Admitted)
        assert (answer.decision.member_id, answer.decision.punches_after) == (alice, 7)
        assert (answer.attempt_id, answer.server_at) == (attempt.attempt_id, SIX_PM)
        assert answer.person is not None and answer.person.first_name == "Alice"
        again = door.post(Answer, "/api/kiosk/ask", Ask(attempt=attempt))
        assert again == answer, "asked again, the same answer"
        door.clock[0] = after(1)
        shown = replace(welcomed(attempt, alice, session, pass_=pass_), visit_key=answer.decision.visit_key)
        heard = door.post(Heard, "/api/kiosk/tell", Tell(hello=hello(kiosk, after(1)), attempts=(shown,)))
        assert ([one.effect for one in heard.told], heard.have_upto) == ([Effect.DUPLICATE], 1)
        assert heard.server_at == after(1)
        assert [visit.member_id for visit in live_visits()] == [alice]
        assert studio.punches_left(pass_) == 7


def test_a_heartbeat_brings_what_is_new_and_nothing_if_nothing_is(database: Database) -> None:
    studio = open_studio()
    with door_of(studio) as door:
        kiosk = door.pair()
        known = door.replica().version
        quiet = door.post(Heard, "/api/kiosk/tell", Tell(hello=hello(kiosk, replica_version=known)))
        assert (quiet.told, quiet.have_upto, quiet.replica) == ((), 0, None)
        bob = studio.member("Bob")
        set_active(studio.organization, bob, False, house(studio))
        news = door.post(Heard, "/api/kiosk/tell", Tell(hello=hello(kiosk, replica_version=known))).replica
        assert news is not None
        assert [record.member_id for record in news.members] == [bob]


def test_a_hundred_attempts_at_once_and_not_one_more(database: Database) -> None:
    studio = open_studio()
    card = studio.card(studio.member())
    with door_of(studio) as door:
        kiosk = door.pair()
        shown = [refused(kiosk.show(card, SIX_PM), RefusalReason.NO_PASS) for _ in range(101)]
        too_many = wire.to_json(Tell(hello=hello(kiosk), attempts=tuple(shown)))
        assert door.no("POST", "/api/kiosk/tell", too_many) == (422, "field.out_of_range")
        with reading():
            assert AttemptRow.select().count() == 0, "nothing of it was taken"
        heard = door.post(Heard, "/api/kiosk/tell", Tell(hello=hello(kiosk), attempts=tuple(shown[:100])))
        assert (len(heard.told), heard.have_upto) == (100, 100)


@pytest.mark.parametrize("token", [None, "Bearer ", "Bearer wrong", "Basic a2lvc2s6a2lvc2s=", "Bearer ü"])
def test_whoever_is_not_a_kiosk_of_ours_hears_nothing(database: Database, token: str | None) -> None:
    studio = open_studio()
    studio.card(studio.member())
    with door_of(studio) as door:
        headers = {"Authorization": token.encode("latin-1")} if token else {}
        for method, path in (
            ("GET", "/api/kiosk/replica?since=0"),
            ("POST", "/api/kiosk/ask"),
            ("POST", "/api/kiosk/tell"),
        ):
            answer = door.client.request(method, path, content="{}", headers=headers)
            assert (answer.status_code, answer.json()["error"]["code"]) == (401, "device.unknown"), path
            assert answer.headers["WWW-Authenticate"] == "Bearer"


def test_a_kiosks_token_opens_nothing_but_the_kiosks_routes(database: Database) -> None:
    """Whoever steals a kiosk can read no names and change no reservations with what lies on it."""
    studio = open_studio()
    alice = studio.member()
    pass_, session = studio.punch_pass(alice), studio.session()
    reservation = studio.reservation(alice, session, pass_)
    with door_of(studio) as door:
        door.pair()
        tried = 0
        for path, routes in door.client.get("/openapi.json").json()["paths"].items():
            if path.startswith("/api/kiosk") or path == "/api/health":
                continue
            for method in routes:
                real = path.replace("{reservation_id}", reservation).replace("{session_id}", session)
                answer = door.raw(method.upper(), real.replace("{registration_id}", pass_), "{}")
                assert answer.status_code == 401, (method, path, answer.text)
                tried += 1
        assert tried >= 10
        assert door.replica().is_complete, "and yet it is a kiosk's token"


def test_an_api_token_is_no_kiosk(database: Database) -> None:
    studio = open_studio()
    with door_of(studio) as door:
        with reading():
            mira = asker_of_staff(studio.organization, studio.staff)
        door.token = make_api_token(studio.organization, "App", mira, SIX_PM)
        assert door.no("GET", "/api/kiosk/replica?since=0") == (401, "device.unknown")


def test_a_revoked_kiosk_hands_in_what_it_holds_and_is_then_told(database: Database) -> None:
    studio = open_studio()
    alice = studio.member()
    card, session = studio.card(alice), studio.session()
    with door_of(studio) as door:
        kiosk = door.pair()
        shown = welcomed(kiosk.show(card, SIX_PM), alice, session)
        revoke_device(studio.organization, kiosk.known.id, house(studio), SIX_PM)
        assert door.no("POST", "/api/kiosk/ask", wire.to_json(Ask(attempt=shown))) == (401, "device.revoked")
        assert door.no("GET", "/api/kiosk/replica?since=0") == (401, "device.revoked")
        heard = door.post(Heard, "/api/kiosk/tell", Tell(hello=hello(kiosk), attempts=(shown,)))
        assert ([one.effect for one in heard.told], heard.have_upto) == ([Effect.QUARANTINED], 1)
        assert heard.replica is None, "it learns nothing any more"
        assert door.no("POST", "/api/kiosk/tell", wire.to_json(Tell(hello=hello(kiosk)))) == (401, "device.revoked")
        assert live_visits() == []
        with reading():
            assert [row.attempt_id for row in QuarantineRow.select()] == [shown.attempt_id]


def test_a_wrong_pairing_code_is_a_conflict_in_our_own_words(database: Database) -> None:
    studio = open_studio()
    with door_of(studio) as door:
        for code in ("AAAAAAAA", "", "x" * 5000):
            wish = wire.to_json(Pair(code=code, name="Thief"))
            assert door.no("POST", "/api/kiosk/pair", wish) == (409, "pairing.code_not_valid")


def test_a_promised_token_is_given_back_without_being_a_device(database: Database) -> None:
    studio = open_studio()
    with door_of(studio) as door:
        made = invite(studio.organization, studio.venue, house(studio), door.clock[0])
        paired = door.post(Paired, "/api/kiosk/pair", Pair(code=made.code))
        for was_waiting in (True, False):
            given_back = door.post(Unpaired, "/api/kiosk/unpair", Unpair(token=paired.token))
            assert given_back == Unpaired(was_waiting=was_waiting)
        unknown = wire.to_json(Unpair(token="of nobody"))
        assert door.no("POST", "/api/kiosk/unpair", unknown) == (401, "device.unknown")
        door.token = paired.token
        assert door.no("GET", "/api/kiosk/replica?since=0") == (401, "device.turned_away")


@pytest.mark.parametrize(
    ("host", "code", "is_paired"),
    [("127.0.0.1", "", True), ("127.0.0.1", "AAAAAAAA", False), ("192.0.2.7", "", False)],
)
def test_open_pairing_is_for_this_machine_only(database: Database, host: str, code: str, is_paired: bool) -> None:
    studio = open_studio()
    with door_of(studio, host=host, opening=OpenPairing(venue_id=studio.venue)) as door:
        answer = door.raw("POST", "/api/kiosk/pair", wire.to_json(Pair(code=code)))
        assert answer.status_code == (200 if is_paired else 409)


def test_without_open_pairing_nobody_pairs_without_a_code(database: Database) -> None:
    with door_of(open_studio(), host="127.0.0.1") as door:
        assert door.no("POST", "/api/kiosk/pair", wire.to_json(Pair(code=""))) == (409, "pairing.code_not_valid")


HOSTILE = [
    b"",
    b"null",
    b"[]",
    b'"x"',
    b"{",
    b"\xff\xfe\x00",
    b"<html>captive portal</html>",
    b"[" * 200_000,
    b'{"attempt": 7}',
    b'{"hello": null, "attempts": {}}',
    b'{"code": 7}',
    b'{"code": "a\\u0000b"}',
]


@pytest.mark.parametrize("body", HOSTILE, ids=range(len(HOSTILE)))
def test_what_cannot_be_read_is_answered_in_our_own_words(sqlite_database: Database, body: bytes) -> None:
    studio = open_studio()
    with door_of(studio) as door:
        door.pair()
        for path in ("/api/kiosk/ask", "/api/kiosk/tell", "/api/kiosk/pair", "/api/kiosk/unpair"):
            assert door.no("POST", path, body) == (422, "wire.not_understood"), path
        assert door.replica().is_complete, "and the next one is served"


@pytest.mark.parametrize("since", ["", "x", "1.5", "-1", "-" + "9" * 40, str(2**63), "9" * 5000])
def test_a_version_that_is_none(sqlite_database: Database, since: str) -> None:
    with door_of(open_studio()) as door:
        door.pair()
        assert door.no("GET", f"/api/kiosk/replica?since={since}")[0] == 422
        assert door.no("GET", "/api/kiosk/replica")[0] == 422


def test_a_body_of_any_length_is_measured_even_if_it_does_not_say_how_long_it_is(sqlite_database: Database) -> None:
    studio = open_studio()

    def in_pieces(size: int) -> Iterator[bytes]:
        for start in range(0, size, 65_536):
            yield b" " * min(65_536, size - start)

    with door_of(studio) as door:
        door.pair()
        for content in (b" " * (LARGEST_BODY + 1), in_pieces(LARGEST_BODY + 1)):
            answer = door.client.post("/api/kiosk/pair", content=content)
            assert (answer.status_code, answer.json()["error"]["code"]) == (413, "http.too_large")
        for content in (b" " * LARGEST_BODY, in_pieces(LARGEST_BODY)):
            answer = door.client.post("/api/kiosk/pair", content=content)
            assert answer.json()["error"]["code"] == "wire.not_understood", "as much as that is read"


def test_the_token_is_in_no_answer_but_the_one_that_gives_it(database: Database) -> None:
    studio = open_studio()
    with door_of(studio) as door:
        kiosk = door.pair()
        told = door.raw("POST", "/api/kiosk/tell", wire.to_json(Tell(hello=hello(kiosk))))
        assert door.token not in told.text + json.dumps(dict(told.headers)) + wire.to_json(door.replica())
