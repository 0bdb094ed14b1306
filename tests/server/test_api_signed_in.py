"""Who may ask the API: programs whose tokens say for what, members' own apps, and staff from the desk's own pages."""

from datetime import timedelta
from typing import Any

import pytest
from fastapi.testclient import TestClient
from httpx import Response
from peewee import Database

from core.browsers import MEMBER_COOKIE, STAFF_COOKIE
from core.scopes import EVERYTHING, SCOPES, Subject, covers, scope_of
from server.api.app import make_app
from server.services.people.members import set_active
from server.services.people.rights import Role, the_house
from server.services.people.signing_in import LASTS
from server.store.database import writing
from server.store.ids import hash_of, new_id
from server.store.tables import MemberSessionRow, StaffSessionRow
from tests.server.api_house import NOON, ApiHouse, api_house
from tests.server.studio import VAULT

OURS = {"Sec-Fetch-Site": "same-origin"}


class Asking:
    """One token, or none, and what it may."""

    def __init__(self, token: str = "") -> None:
        self.clock = [NOON]
        self.client = TestClient(make_app(now=lambda: self.clock[0], vault=VAULT))
        self.token = token

    def ask(self, method: str, path: str, body: Any = None, **headers: str) -> Response:
        if self.token:
            headers["Authorization"] = f"Bearer {self.token}"
        return self.client.request(method, path, json=body, headers=headers)

    def code(self, method: str, path: str, body: Any = None, **headers: str) -> tuple[int, str]:
        answer = self.ask(method, path, body, **headers)
        return answer.status_code, answer.json()["code"]


@pytest.mark.parametrize(
    ("granted", "needed", "is_covered"),
    [
        (["members:read"], "members:read", True),
        (["members:write"], "members:read", True),
        (["members:read"], "members:write", False),
        (["members:write"], "reservations:read", False),
        (["inbox:write", "members:read"], "members:read", True),
        ([EVERYTHING], "webhooks:write", True),
        ([EVERYTHING], EVERYTHING, True),
        (["members:write"], EVERYTHING, False),
        ([], "members:read", False),
    ],
)
def test_what_a_scope_covers(granted: list[str], needed: str, is_covered: bool) -> None:
    assert covers(granted, needed) is is_covered


def test_every_subject_has_its_two_scopes_and_all_are_different() -> None:
    assert len(set(SCOPES)) == len(SCOPES) == 2 * len(Subject) + 1
    assert scope_of(Subject.CHECK_INS, changes=True) == "check-ins:write"


def test_a_program_does_what_its_token_is_for_and_no_more(database: Database) -> None:
    house = api_house()
    body = {"sessionId": house.ids["session_id"], "memberId": house.bob}
    looking = Asking(house.program(Role.OWNER, "reservations:read", "sessions:read"))
    assert looking.ask("GET", "/api/reservations").status_code == 200
    assert looking.code("POST", "/api/reservations", body) == (403, "api_token.scope")
    assert looking.code("GET", "/api/members") == (403, "api_token.scope")
    assert "members:read" in looking.ask("GET", "/api/members").json()["detail"]
    reserving = Asking(house.program(Role.FRONT_DESK, "reservations:write"))
    assert reserving.ask("GET", "/api/reservations").status_code == 200, "who may change a thing may look at it"
    assert reserving.ask("POST", "/api/reservations", body).status_code == 201
    teaching = Asking(house.program(Role.INSTRUCTOR, "reservations:write"))
    assert teaching.code("POST", "/api/reservations", body) == (403, "staff.may_not"), "a scope adds nothing to a role"


def test_an_owner_makes_tokens_lists_them_and_takes_them_back(database: Database) -> None:
    house = api_house()
    owner = Asking(house.program(Role.OWNER))
    wanted = {"name": "Till", "role": "FRONT_DESK", "scopes": ["check-ins:write"], "expiresAt": "2026-12-01T00:00:00Z"}
    made = owner.ask("POST", "/api/tokens", wanted).json()
    assert (made["scopes"], made["memberId"], made["expiresAt"]) == (["check-ins:write"], None, "2026-12-01T00:00:00Z")
    listed = owner.ask("GET", "/api/tokens").json()["tokens"]
    assert {token["name"] for token in listed} == {"Till", "OWNER"}
    assert "token" not in listed[0] and made["token"] not in owner.ask("GET", "/api/tokens").text
    till = Asking(made["token"])
    assert till.code("GET", "/api/tokens") == (403, "api_token.scope")
    limited = Asking(house.program(Role.OWNER, "tokens:write"))
    assert limited.code("POST", "/api/tokens", wanted) == (403, "api_token.makes_none")
    till.clock[0] = NOON + timedelta(days=10)
    assert till.code("GET", "/api/sessions") == (401, "api_token.unknown"), "it has run out"
    till.clock[0] = NOON
    assert owner.ask("DELETE", f"/api/tokens/{made['id']}").status_code == 204
    assert till.code("GET", "/api/sessions") == (401, "api_token.unknown")
    assert owner.code("POST", "/api/tokens", {**wanted, "scopes": ["members:all"]})[0] == 422
    assert owner.code("POST", "/api/tokens", {**wanted, "role": "MEMBER"})[0] == 422
    for end in ("2026-11-21T11:00:00Z", "2027-11-22T11:00:01Z"):
        assert owner.code("POST", "/api/tokens", {**wanted, "expiresAt": end}) == (422, "api_token.lasts")


def test_alices_app_is_alice(database: Database) -> None:
    house = api_house()
    desk, path = Asking(house.program(Role.FRONT_DESK)), f"/api/members/{house.alice}/tokens"
    made = desk.ask("POST", path, {"name": "Alice's phone"}).json()
    assert (made["role"], made["memberId"], made["expiresAt"]) == ("MEMBER", house.alice, "2027-02-19T11:00:00Z")
    app = Asking(made["token"])
    assert app.ask("GET", f"/api/registrations/{house.ids['registration_id']}/status").status_code == 200
    assert app.ask("DELETE", f"/api/reservations/{house.ids['reservation_id']}").status_code == 200
    assert app.code("GET", "/api/members") == (403, "staff.may_not")
    assert app.code("POST", path, {"name": "Another"}) == (403, "api_token.makes_none")
    assert app.code("GET", f"/api/members/{house.bob}/tokens") == (404, "member.not_found")
    bobs = Asking(house.member(house.bob))
    assert bobs.code("DELETE", f"/api/members/{house.bob}/tokens/{made['id']}") == (404, "api_token.not_found")
    set_active(house.studio.organization, house.alice, False, the_house(house.studio.organization))
    assert app.code("GET", "/api/sessions") == (401, "api_token.unknown"), "who left has no apps here"
    assert desk.code("POST", path, {"name": "New"}) == (409, "api_token.member_inactive")
    set_active(house.studio.organization, house.alice, True, the_house(house.studio.organization))
    assert app.ask("DELETE", f"{path}/{made['id']}").status_code == 204, "an app can end its own token"
    assert app.code("GET", "/api/sessions") == (401, "api_token.unknown")


def test_a_program_makes_no_members_token_that_may_do_more_than_itself(database: Database) -> None:
    """Else a till's token that leaks would be every member's letters, places and data."""
    house = api_house()
    till, path = (
        Asking(house.program(Role.FRONT_DESK, "tokens:write", "sessions:read")),
        f"/api/members/{house.alice}/tokens",
    )
    for scopes in (["everything"], ["letters:read"], ["sessions:read", "reservations:write"]):
        assert till.code("POST", path, {"name": "App", "scopes": scopes}) == (403, "api_token.makes_none")
    made = till.ask("POST", path, {"name": "App", "scopes": ["sessions:read"]})
    assert (made.status_code, made.json()["scopes"]) == (201, ["sessions:read"])


def signed_in(house: ApiHouse) -> str:
    """Mira's cookie."""
    with writing():
        StaffSessionRow.create(
            id=new_id(NOON),
            organization=house.studio.organization,
            staff=house.studio.staff,
            token_hash=hash_of("mira's browser"),
            started_at=NOON,
            last_seen_at=NOON,
            expires_at=NOON + LASTS,
        )
    return f"{STAFF_COOKIE}=mira's browser"


def test_the_desks_own_pages_may_ask_and_nobody_elses(database: Database) -> None:
    house = api_house()
    desk, cookie = Asking(), signed_in(house)
    path, body = f"/api/members/{house.alice}/find-pin", {"pin": "270394"}
    assert desk.ask("GET", "/api/members", Cookie=cookie).status_code == 200
    assert desk.ask("PUT", path, body, Cookie=cookie, **OURS).status_code == 204
    same_host = {"Origin": "http://testserver"}
    assert desk.ask("PUT", path, body, Cookie=cookie, **same_host).status_code == 204
    elsewhere = (
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Sec-Fetch-Site": "none"},
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
        {},
    )
    for headers in elsewhere:
        no = desk.code("PUT", path, body, Cookie=cookie, **headers)
        assert no == (403, "request.from_elsewhere"), headers
    for headers in elsewhere[:2]:
        assert desk.code("GET", "/api/members", Cookie=cookie, **headers) == (403, "request.from_elsewhere"), headers
    desk.token = "tessera_nobodys"
    assert desk.code("GET", "/api/members", Cookie=cookie) == (401, "api_token.unknown"), "a token is not passed over"
    desk.token, desk.clock[0] = "", NOON + LASTS
    assert desk.code("GET", "/api/members", Cookie=cookie) == (401, "sign_in.needed")


def test_alice_who_signed_in_makes_a_token_for_her_own_app(database: Database) -> None:
    house = api_house()
    with writing():
        MemberSessionRow.create(
            id=new_id(NOON),
            organization=house.studio.organization,
            member=house.alice,
            token_hash=hash_of("alice's browser"),
            started_at=NOON,
            last_seen_at=NOON,
            expires_at=NOON + LASTS,
        )
    browser, cookie = Asking(), f"{MEMBER_COOKIE}=alice's browser"
    path = f"/api/members/{house.alice}/tokens"
    made = browser.ask("POST", path, {"name": "Phone"}, Cookie=cookie, **OURS)
    assert (made.status_code, made.json()["memberId"]) == (201, house.alice)
    assert Asking(made.json()["token"]).ask("GET", "/api/reservations").status_code == 200
    assert browser.code("POST", path, {"name": "Phone"}, Cookie=cookie) == (403, "request.from_elsewhere")
    theirs = f"/api/members/{house.bob}/tokens"
    assert browser.code("POST", theirs, {"name": "Phone"}, Cookie=cookie, **OURS) == (404, "member.not_found")


def test_the_version_is_asked_for_and_answered(sqlite_database: Database) -> None:
    asking = Asking(api_house().program(Role.OWNER))
    for headers in ({}, {"Tessera-Version": "2026-11-21"}):
        answer = asking.ask("GET", "/api/sessions", **headers)
        assert (answer.status_code, answer.headers["Tessera-Version"]) == (200, "2026-11-21")
    for version in ("2026-11-20", "newest", ""):
        answer = asking.ask("GET", "/api/sessions", **{"Tessera-Version": version})
        assert (answer.status_code, answer.json()["code"]) == (400, "api.version_unknown")
        assert "2026-11-21" in answer.json()["detail"] and answer.headers["Tessera-Version"] == "2026-11-21"
    kiosks = asking.ask("POST", "/api/kiosk/ask", {}, **{"Tessera-Version": "x"})
    assert kiosks.status_code == 401 and "Tessera-Version" not in kiosks.headers


def test_a_sign_that_no_text_has_is_refused_wherever_it_comes(database: Database) -> None:
    house = api_house()
    asking = Asking(house.program(Role.OWNER))
    assert asking.code("GET", "/api/members?query=a%00b") == (400, "http.not_readable")
    assert asking.code("GET", "/api/registrations/a%00b/status") == (400, "http.not_readable")
    body = {"sessionId": "a\x00b", "memberId": house.alice}
    assert asking.code("POST", "/api/reservations", body) == (422, "field.not_understood")
    body = {"sessionId": house.ids["session_id"], "memberIds": ["a\x00b"]}
    assert asking.code("POST", "/api/staff/check-in", body) == (422, "field.not_understood")


@pytest.mark.parametrize("language", ["en", "de", "fr", "es", "pl", "ar"])
def test_the_page_of_codes_says_each_in_the_language_asked_for(language: str) -> None:
    page = Asking().ask("GET", "/errors", **{"Accept-Language": language})
    assert page.headers["content-language"] == language
    assert f'lang="{language}" dir="{"rtl" if language == "ar" else "ltr"}"' in page.text
    for code in ("member.not_found", "idempotency.other_request", "refusal", "SESSION_FULL"):
        assert f'id="{code}"' in page.text
