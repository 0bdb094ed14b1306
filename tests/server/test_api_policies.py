"""Over HTTP: versions of the policy are listed, made and rehearsed; features are switched."""

from datetime import timedelta

from fastapi.testclient import TestClient
from peewee import Database

from server.api.app import make_app
from server.services.people.api_tokens import make_api_token
from server.services.people.rights import Role, asker_of_staff
from server.store.database import reading
from tests.server.studio import SIX_PM, VAULT, Studio, before, open_studio


def client(at: object = SIX_PM) -> TestClient:
    return TestClient(make_app(now=lambda: at, vault=VAULT))  # type: ignore[arg-type,return-value]


def token(studio: Studio, role: Role = Role.OWNER) -> dict[str, str]:
    with reading():
        owner = asker_of_staff(studio.organization, studio.staff)
    return {"Authorization": f"Bearer {make_api_token(studio.organization, role.value, owner, before(600), role=role)}"}


def test_a_program_makes_versions_and_sees_which_holds_where(database: Database) -> None:
    studio, other = open_studio(), open_studio("Loom")
    barn = studio.another_venue()
    api, headers = client(), token(studio)
    numbers = {"strikes": 2, "suspensionDays": 7, "offline": {"walkInsPerPassADay": 2}, "waiting": {"offers": 3}}
    rules = [{"classTypeId": studio.glazing, "countsStrikes": False, "freeCancelBeforeStartMinutes": 60}]
    made = api.post(
        "/api/policies", headers=headers, json={"numbers": {**numbers, "classRules": rules}, "because": "a trial"}
    )
    assert (made.status_code, made.json()["version"]) == (201, 1)
    assert made.json()["numbers"]["strikeDays"] == 30
    assert made.json()["numbers"]["offline"] == {
        "walkInListMinutes": 1440,
        "reservationListMinutes": 4320,
        "walkInsPerPassADay": 2,
    }
    own = {"numbers": {"strikes": 5}, "venueId": barn, "startsOn": "2026-11-22"}
    assert api.post("/api/policies", headers=headers, json=own).json()["version"] == 2
    listed = api.get("/api/policies", headers=headers).json()["versions"]
    assert [(one["version"], one["venueId"], one["isInForce"], one["byName"]) for one in listed] == [
        (2, barn, False, ""),
        (1, None, True, ""),
    ]
    assert listed[0]["startsAt"].startswith("2026-11-21T23:00:00")
    assert (listed[1]["because"], listed[0]["numbers"]["suspensionDays"]) == ("a trial", 7)
    where = "/api/policies/current"
    now = api.get(where, headers=headers, params={"venueId": barn, "classTypeId": studio.glazing}).json()
    assert (now["version"], now["rule"]["countsStrikes"], now["rule"]["closesAfterEndMinutes"]) == (1, False, 120)
    tomorrow = client(SIX_PM + timedelta(hours=6))
    assert tomorrow.get(where, headers=headers, params={"venueId": barn}).json()["version"] == 2
    assert tomorrow.get(where, headers=headers).json()["version"] == 1
    assert api.get(where, headers=token(other)).json()["version"] == 0
    assert api.get(where, headers=token(other), params={"venueId": barn}).status_code == 404


def test_what_cannot_be_a_policy_is_said_in_a_sentence(database: Database) -> None:
    studio, other = open_studio(), open_studio("Loom")
    api, headers = client(), token(studio)

    def told(body: dict[str, object], **headers_: dict[str, str]) -> tuple[int, str, str]:
        said = api.post("/api/policies", headers=headers_.get("as_", headers), json=body)
        assert said.json()["error"]["sentence"]
        return said.status_code, said.json()["error"]["code"], said.json()["error"]["sentence"]

    assert told({"numbers": {"suspensionDays": 367}})[:2] == (422, "field.out_of_range")
    status, code, sentence = told({"numbers": {}, "startsOn": "2026-11-20"})
    assert (status, code) == (422, "policy.starts_when")
    assert "2026-11-21" in sentence and "2027-11-22" in sentence
    assert told({"numbers": {}, "startsOn": "2027-11-23"})[1] == "policy.starts_when"
    rule = {"classTypeId": studio.wheel}
    assert told({"numbers": {"classRules": [rule, rule]}})[1] == "policy.two_rules"
    assert told({"numbers": {"classRules": [{"classTypeId": other.wheel}]}})[:2] == (404, "class_type.not_found")
    assert told({"numbers": {}, "venueId": other.venue})[:2] == (404, "venue.not_found")
    assert told({"numbers": {"strike": 1}})[0] == 422
    assert told({"numbers": {}}, as_=token(studio, Role.FRONT_DESK))[:2] == (403, "staff.may_not")
    assert api.get("/api/policies", headers=headers).json() == {"versions": []}


def test_a_dry_run_over_http_names_whom_it_concerns(database: Database) -> None:
    studio = open_studio()
    api, headers = client(SIX_PM + timedelta(days=3)), token(studio)
    alice = studio.member()
    studio.reservation(alice, studio.session(), studio.unlimited(alice))
    run = api.post("/api/policies/dry-run", headers=headers, json={"numbers": {"strikes": 1}, "days": 30})
    assert (run.status_code, run.json()["wouldSuspend"], run.json()["reallySuspended"]) == (200, 1, 0)
    (member,) = run.json()["members"]
    assert (member["name"], member["number"]) == ("Alice Ackerman", "0001")
    (suspension,) = member["would"]["suspensions"]
    assert suspension["startsAt"].startswith("2026-11-22T02:00:00")
    assert suspension["strikes"][0]["title"] == "Wheel throwing"
    assert member["really"]["suspensions"] == []
    assert api.post("/api/policies/dry-run", headers=headers, json={"numbers": {}, "days": 367}).status_code == 422
    front = token(studio, Role.FRONT_DESK)
    assert api.post("/api/policies/dry-run", headers=front, json={"numbers": {}}).status_code == 403


def test_an_owner_switches_features_and_their_history_is_kept(database: Database) -> None:
    studio, other = open_studio(), open_studio("Loom")
    api, headers = client(), token(studio)

    def put(feature: str, is_on: bool, who: dict[str, str] = headers) -> int:
        body = {"feature": feature, "isOn": is_on, "because": "not yet"}
        return api.put("/api/features", headers=who, json=body).status_code

    assert put("SUSPENSIONS", False) == put("SUSPENSIONS", False) == 200
    assert put("SUSPENSIONS", True, token(studio, Role.MANAGER)) == 403
    assert put("GARDENING", True) == 422
    told = api.get("/api/features", headers=headers).json()
    stands = {one["feature"]: one["isOn"] for one in told["features"]}
    assert [name for name, is_on in stands.items() if not is_on] == ["SUSPENSIONS"]
    assert [(one["feature"], one["isOn"], one["because"]) for one in told["history"]] == [
        ("SUSPENSIONS", False, "not yet")
    ]
    theirs = api.get("/api/features", headers=token(other)).json()
    assert all(one["isOn"] for one in theirs["features"]) and theirs["history"] == []
