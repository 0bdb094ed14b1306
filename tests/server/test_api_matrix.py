"""Every route of the app × everybody who could ask: one table says what each is answered, and none is left out.

What belongs to another organization, or for a member to another member, is answered exactly as what never was.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from httpx import Response

from core.scopes import EVERYTHING, Subject
from server.api.app import make_app
from server.api.openapi import routes_of, scope_needed
from server.services.people.rights import RIGHTS, STAFF_ROLES, Role
from tests import databases
from tests.server.api_house import NOON, ApiHouse, furnished_house
from tests.server.api_table import FOR_ANYBODY, TABLE, Members, Row
from tests.server.studio import VAULT

MISSING = "0199aaaa-0000-7000-8000-000000000000"
PLACE = re.compile(r"\{(\w+)\}")
NO = (401, 403)
KIOSKS = "/api/kiosk"
OF_ONE_MEMBER = frozenset({"member_id", "registration_id", "reservation_id", "no_show_id", "waiting_id"})
_number = count(1)


@dataclass
class Gate:
    """The app with two studios, and some who ask: the owner of one, members of the other."""

    app: FastAPI
    client: TestClient
    loom: ApiHouse
    kiln: ApiHouse
    stranger: str
    alice: str
    bob: str

    programs: dict[tuple[Role, tuple[str, ...]], str] = field(default_factory=dict)

    def program(self, role: Role, *scopes: str) -> str:
        """Kiln's, made once."""
        if (role, scopes) not in self.programs:
            self.programs[role, scopes] = self.kiln.program(role, *scopes)
        return self.programs[role, scopes]

    def ask(self, name: str, ids: dict[str, str], token: str | None) -> Response:
        """A route of the table, asked about these ids."""
        method, path = name.split(" ", 1)
        row = TABLE[name]
        headers = {"Authorization": f"Bearer {token}"} if token else {}
        return self.client.request(
            method, _filled(path, ids), params=_filled(row.query, ids), json=_filled(row.body, ids), headers=headers
        )  # fmt: skip


@pytest.fixture(scope="module")
def gate(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Gate]:
    """One app and one database for all: what a route changes, it changes in a studio of its own."""
    with databases.fresh_sqlite(sqlite_template, tmp_path_factory.mktemp("matrix")):
        loom, kiln = furnished_house("Loom"), furnished_house("Kiln")
        alice, bob = kiln.member(kiln.alice), kiln.member(kiln.bob)
        app = make_app(now=lambda: NOON, vault=VAULT)
        with TestClient(app, raise_server_exceptions=False) as client:
            yield Gate(app, client, loom, kiln, loom.program(Role.OWNER), alice, bob)


def names_of(app: FastAPI) -> list[str]:
    return [
        f"{method} {route.path}"
        for route in routes_of(app)
        if route.include_in_schema and not str(route.path).startswith(KIOSKS)
        for method in sorted(route.methods or ())
    ]


def test_every_route_of_the_app_is_in_the_table_and_nothing_else() -> None:
    there = set(names_of(make_app(now=lambda: NOON, vault=VAULT)))
    assert sorted(there - set(TABLE) - FOR_ANYBODY) == [], "give each a row in tests/server/api_table.py"
    assert sorted(set(TABLE) - there) == []


def test_who_is_signed_in_nowhere_is_told_nothing(gate: Gate) -> None:
    for name in TABLE:
        for token in (None, "tessera_nobodys"):
            answer = gate.ask(name, gate.loom.ids, token)
            assert (answer.status_code, answer.json()["code"]) == (401, "api_token.unknown"), name


@pytest.mark.parametrize("name", sorted(TABLE))
def test_whoever_may_not_is_refused_in_the_same_words_everywhere(gate: Gate, name: str) -> None:
    row, house, scope = TABLE[name], gate.kiln, needed(gate.app, name)
    for role in sorted(role for role in STAFF_ROLES if row.right not in RIGHTS[role]):
        answer = gate.ask(name, house.ids, gate.program(role))
        assert (answer.status_code, answer.json()["code"]) == (403, "staff.may_not"), (role, answer.text)
    all_else = tuple(f"{subject}:write" for subject in Subject if not scope.startswith(f"{subject}:"))
    only_looking = (scope.replace(":write", ":read"),) if scope.endswith(":write") else ()
    for scopes in filter(None, (all_else, only_looking)):
        answer = gate.ask(name, house.ids, gate.program(Role.OWNER, *scopes))
        assert (answer.status_code, answer.json()["code"]) == (403, "api_token.scope"), (scopes, answer.text)
    if row.members is Members.NEVER:
        assert gate.ask(name, house.ids, gate.alice).status_code == 403
    for id_name in _ids_in(name, row) & OF_ONE_MEMBER if row.members is Members.OWN else ():
        theirs = gate.ask(name, house.ids, gate.bob)
        never = gate.ask(name, {**house.ids, id_name: MISSING}, gate.bob)
        assert _shape(theirs) == _shape(never) and theirs.status_code == 404, (id_name, theirs.text, never.text)


@pytest.mark.parametrize("name", sorted(TABLE))
def test_whoever_may_is_let_in(gate: Gate, name: str) -> None:
    """The first finds what is asked about; those after find it changed, and are let in all the same."""
    row, scope = TABLE[name], TABLE[name].scope or needed(gate.app, name)
    if row.members is not Members.NEVER:
        house = a_house()
        own = gate.ask(name, house.ids, house.member(house.alice, scope))
        assert own.status_code not in (*NO, 404, 422) and own.status_code < 500, own.text
    house = a_house()
    for role in (Role.OWNER, *sorted(STAFF_ROLES - {Role.OWNER})):
        if row.right in RIGHTS[role]:
            answer = gate.ask(name, house.ids, house.program(role, scope))
            assert answer.status_code not in NO and answer.status_code < 500, (role, answer.text)
            assert role is not Role.OWNER or not row.finds or answer.status_code not in (404, 422), answer.text


@pytest.mark.parametrize(
    "name", sorted(name for name, row in TABLE.items() if PLACE.search(f"{name}{row.query}{row.body}"))
)
def test_what_is_another_organizations_is_not_there(gate: Gate, name: str) -> None:
    """One id at a time is the other's; all else is one's own."""
    kiln, row = gate.kiln, TABLE[name]
    for id_name in sorted(_ids_in(name, row)):
        foreign = gate.ask(name, {**gate.loom.ids, id_name: kiln.ids[id_name]}, gate.stranger)
        missing = gate.ask(name, {**gate.loom.ids, id_name: MISSING}, gate.stranger)
        assert _shape(foreign) == _shape(missing), (name, id_name, foreign.text, missing.text)
        if "{" + id_name in name.split("?")[0]:
            assert foreign.status_code == 404, (name, id_name, foreign.text)


def test_a_method_that_a_path_does_not_take_is_told_with_those_it_takes(gate: Gate) -> None:
    answer = gate.client.patch("/api/tokens")
    assert (answer.status_code, answer.headers["Allow"]) == (405, "GET, HEAD, POST")
    assert answer.json()["code"] == "http.not_allowed"


def a_house() -> ApiHouse:
    return furnished_house(f"Kiln {next(_number)}")


def needed(app: FastAPI, name: str) -> str:
    """The scope that the route itself asks for."""
    for route in routes_of(app):
        for method in route.methods or ():
            if f"{method} {route.path}" == name:
                return scope_needed(route, method) or EVERYTHING
    raise AssertionError(name)


def _ids_in(name: str, row: Row) -> set[str]:
    return {found for found in PLACE.findall(f"{name} {row.query} {row.body}") if found not in ("kind", "key")}


def _filled(given: Any, ids: dict[str, str]) -> Any:
    words = {"kind": "dispute", "key": "nothing", **ids}
    match given:
        case str():
            return PLACE.sub(lambda place: words[place[1]], given)
        case dict():
            return {key: _filled(value, ids) for key, value in given.items()}
        case list():
            return [_filled(value, ids) for value in given]
    return given


def _shape(answer: Response) -> tuple[int, str, list[str]]:
    told = answer.json() if answer.content else {}
    return answer.status_code, str(told.get("code", "")), sorted(told)
