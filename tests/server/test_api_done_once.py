"""A program that heard no answer sends its request again with the same key, and it is done once."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest
from fastapi.testclient import TestClient
from httpx import Response
from peewee import Database

from core.errors import Conflict, Invalid
from server.api.app import make_app
from server.services.people.rights import Role
from server.services.programs.kept_answers import (
    KEPT,
    PATIENCE,
    Answered,
    Asked,
    Claim,
    Still,
    abandon,
    claim_or_answer,
    forget_old_answers,
    keep,
    marking,
)
from server.store.database import reading, writing
from server.store.tables import ApiTokenRow, KeptAnswerRow, OrganizationRow
from tests.server.api_house import NOON, api_house
from tests.server.studio import VAULT, open_studio

A_MOMENT = timedelta(milliseconds=1)
ANSWER = Answered(status=201, content_type="application/json", body=b'{"id":"1"}')


class Program:
    """An owner's program, and the hour at which it asks."""

    def __init__(self, client: TestClient, token: str, clock: list[datetime]) -> None:
        self.client, self.token, self.clock = client, token, clock

    def post(self, path: str, key: str | None = None, body: Any = None, **more: Any) -> Response:
        headers = {"Authorization": f"Bearer {self.token}", **({"Idempotency-Key": key} if key else {})}
        return self.client.post(path, json=body, headers=headers, **more)


@contextmanager
def program(token: str) -> Iterator[Program]:
    clock = [NOON]
    app = make_app(now=lambda: clock[0], vault=VAULT)
    app.post("/api/breaks")(_breaks)
    # The last route of the app answers every address under /api.
    app.router.routes.insert(0, app.router.routes.pop())
    with TestClient(app, raise_server_exceptions=False) as client:
        yield Program(client, token, clock)


def _breaks() -> None:
    with writing():
        OrganizationRow.update({OrganizationRow.language: "de"}).execute()
    raise RuntimeError("the answer was lost on its way")


def test_the_same_request_again_is_the_same_answer_and_nothing_more_happens(database: Database) -> None:
    house = api_house()
    wanted = {"name": "Till", "scopes": ["sessions:read"]}
    with program(house.program(Role.OWNER)) as app:
        first = app.post("/api/tokens", "k1", wanted)
        again = app.post("/api/tokens", "k1", wanted)
        assert (first.status_code, again.status_code) == (201, 201)
        assert first.content == again.content and first.headers["content-type"] == again.headers["content-type"]
        assert ("Idempotency-Replayed" in first.headers, again.headers["Idempotency-Replayed"]) == (False, "true")
        assert again.headers["Tessera-Version"] == first.headers["Tessera-Version"]
        other = app.post("/api/tokens", "k1", {**wanted, "name": "Another"})
        assert (other.status_code, other.json()["code"]) == (422, "idempotency.other_request")
        assert app.post("/api/tokens?x=1", "k1", wanted).status_code == 422
        assert app.post("/api/tokens", "k2", wanted).json()["id"] != first.json()["id"]
        app.clock[0] = NOON + KEPT
        assert app.post("/api/tokens", "k1", wanted).json()["id"] != first.json()["id"]
    with reading():
        assert ApiTokenRow.select().where(ApiTokenRow.name == "Till").count() == 3
        kept = " ".join(str(row) for row in KeptAnswerRow.select().tuples())
    assert first.json()["token"] not in kept and "Till" not in kept


def test_a_refusal_is_an_answer_too_and_another_program_has_keys_of_its_own(database: Database) -> None:
    house = api_house()
    body = {"sessionId": house.ids["session_id"], "registrationId": house.ids["registration_id"]}
    with program(house.program(Role.OWNER)) as app:
        first, again = app.post("/api/reservations", "k", body), app.post("/api/reservations", "k", body)
        assert (first.status_code, first.json()["code"], first.json()["reason"]) == (409, "refusal", "ALREADY_RESERVED")
        assert again.content == first.content
        app.token = house.program(Role.INSTRUCTOR)
        theirs = app.post("/api/reservations", "k", body)
        assert (theirs.status_code, theirs.json()["code"]) == (403, "staff.may_not")
        assert "Idempotency-Replayed" not in app.post("/api/reservations", "k", body).headers, "a no to the asker"
        app.token = "tessera_nobodys"
        assert app.post("/api/reservations", "k", body).status_code == 401


def test_what_broke_after_something_was_done_is_not_done_again(sqlite_database: Database) -> None:
    house = api_house()
    with program(house.program(Role.OWNER)) as app:
        assert app.post("/api/breaks", "k").status_code == 500
        with writing():
            OrganizationRow.update({OrganizationRow.language: "en"}).execute()
        again = app.post("/api/breaks", "k")
        assert (again.status_code, again.json()["code"]) == (409, "idempotency.answer_lost")
        with reading():
            assert OrganizationRow.get().language == "en"


@pytest.mark.parametrize("key", ["with blanks", "x" * 256])
def test_a_key_that_is_none_is_refused(sqlite_database: Database, key: str) -> None:
    with program(api_house().program(Role.OWNER)) as app:
        answer = app.post("/api/tokens", key, {"name": "Till"})
        assert (answer.status_code, answer.json()["code"]) == (422, "idempotency.key_not_understood")
        assert app.post("/api/tokens", "x" * 255, {"name": "Till"}).status_code == 201


def asked(organization: str, key: str = "k", body: bytes = b"{}") -> Asked:
    return Asked(
        organization_id=organization, credential="a token", key=key, method="POST", path="/api/x", body=body
    )  # fmt: skip


def test_while_it_is_being_done_and_after_a_crash(database: Database) -> None:
    wish = asked(open_studio().organization)
    claim = claim_or_answer(wish, NOON)
    assert isinstance(claim, Claim)
    assert claim_or_answer(wish, NOON + PATIENCE - A_MOMENT) is Still.BEING_DONE
    second = claim_or_answer(wish, NOON + PATIENCE)
    assert isinstance(second, Claim), "nothing was done, so it is tried anew"
    assert claim_or_answer(wish, NOON + PATIENCE) is Still.BEING_DONE
    with pytest.raises(Conflict, match="still_running"), marking(claim), writing():
        OrganizationRow.update({OrganizationRow.name: "of the slow one"}).execute()
    with marking(second), writing():
        OrganizationRow.update({OrganizationRow.name: "of the second"}).execute()
    with reading():
        assert OrganizationRow.get().name == "of the second", "whoever was taken for gone changes nothing"
    abandon(second, NOON + PATIENCE)
    with pytest.raises(Conflict, match="answer_lost"):
        claim_or_answer(wish, NOON + PATIENCE)


def test_what_failed_before_anything_was_done_may_be_tried_at_once(database: Database) -> None:
    wish = asked(open_studio().organization)
    claim = claim_or_answer(wish, NOON)
    assert isinstance(claim, Claim)
    abandon(claim, NOON)
    assert isinstance(claim_or_answer(wish, NOON), Claim)


def test_an_answer_is_kept_for_a_day_for_that_request_of_that_asker(database: Database) -> None:
    wish = asked(open_studio().organization)
    claim = claim_or_answer(wish, NOON)
    assert isinstance(claim, Claim)
    keep(wish, claim, ANSWER)
    assert claim_or_answer(wish, NOON + KEPT - A_MOMENT) == ANSWER
    with pytest.raises(Invalid, match="other_request"):
        claim_or_answer(replace(wish, body=b"[]"), NOON)
    assert isinstance(claim_or_answer(replace(wish, credential="another"), NOON), Claim)
    assert isinstance(claim_or_answer(replace(wish, key="another"), NOON), Claim)
    assert forget_old_answers(NOON + KEPT - A_MOMENT) == ""
    assert isinstance(claim_or_answer(wish, NOON + KEPT), Claim)
    assert forget_old_answers(NOON + KEPT) == "2 kept answers forgotten", "of the other asker and of the other key"


def test_ten_at_once_with_one_key_are_one(database: Database) -> None:
    wish = asked(open_studio().organization)
    with ThreadPoolExecutor(10) as pool:
        found = list(pool.map(lambda _: claim_or_answer(wish, NOON), range(10)))
    assert sum(isinstance(one, Claim) for one in found) == 1
    assert found.count(Still.BEING_DONE) == 9
