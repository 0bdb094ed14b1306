"""Over HTTP: staff's program says who leads whom and sets a PIN; a kiosk finds a member and gets a ticket."""

from fastapi.testclient import TestClient
from peewee import Database

from core import wire
from core.finding import Find, FindAnswer, Finding, FindRefusal
from core.policy import Policy
from server.api.app import make_app
from server.services.fleet.policies import change_policy
from server.services.people.api_tokens import make_api_token
from server.services.people.rights import Role, asker_of_staff, the_house
from server.store.database import reading
from tests.server.studio import SIX_PM, TOKEN, VAULT, Studio, before, open_studio

PIN = "830514"


def client() -> TestClient:
    return TestClient(make_app(now=lambda: SIX_PM, vault=VAULT))


def as_owner(studio: Studio) -> dict[str, str]:
    with reading():
        owner = asker_of_staff(studio.organization, studio.staff)
    token = make_api_token(studio.organization, "crm", owner, before(600), role=Role.OWNER)
    return {"Authorization": f"Bearer {token}"}


def test_a_household_is_set_and_read(database: Database) -> None:
    studio = open_studio()
    alice, ben = studio.member(), studio.member("Ben")
    api, headers = client(), as_owner(studio)
    path = f"/api/members/{alice}/household"
    said = api.put(path, json={"memberIds": [ben]}, headers=headers)
    assert (said.status_code, [one["id"] for one in said.json()["members"]]) == (200, [ben])
    assert [one["firstName"] for one in api.get(path, headers=headers).json()["members"]] == ["Ben"]
    wrong = api.put(path, json={"memberIds": [alice]}, headers=headers)
    assert (wrong.status_code, wrong.json()["error"]["code"]) == (422, "household.with_oneself")
    assert api.get("/api/members/nobody/household", headers=headers).status_code == 404
    assert api.put(path, json={"memberIds": [ben]}).status_code == 401


def test_a_pin_that_was_set_finds_its_member_at_a_kiosk_and_nobody_without_the_kiosks_token(
    database: Database,
) -> None:
    studio = open_studio()
    alice = studio.member()
    studio.kiosk()
    change_policy(studio.organization, Policy(finding=Finding.PIN), the_house(studio.organization), before(60))
    api, door = client(), {"Authorization": f"Bearer {TOKEN} Front door {studio.organization}"}
    assert api.put(f"/api/members/{alice}/find-pin", json={"pin": PIN}, headers=as_owner(studio)).status_code == 204
    body = wire.to_json(Find(number="0001", secret=PIN))
    found = wire.from_json(FindAnswer, api.post("/api/kiosk/find", content=body, headers=door).text).found
    assert found is not None
    assert found.first_name == "Alice"
    wrong = wire.to_json(Find(number="0001", secret="270915"))
    said = wire.from_json(FindAnswer, api.post("/api/kiosk/find", content=wrong, headers=door).text)
    assert said == FindAnswer(refused=FindRefusal.NOT_FOUND)
    assert api.post("/api/kiosk/find", content=body).status_code == 401
