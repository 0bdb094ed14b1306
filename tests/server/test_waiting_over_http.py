"""A members' app and a front desk use waiting lists over HTTP, on the source's paths."""

from datetime import timedelta

from peewee import Database

from server.api.app import make_app
from server.api.waiting import for_staff, router
from server.services.people.rights import Role
from server.services.waiting.giving import offer_free_places
from tests.server.studio import SIX_PM, VAULT, open_studio
from tests.server.test_api_reservations import program_of
from tests.server.waiting_stories import DAY, NOON, full_class, later


def test_anna_waits_is_offered_a_place_and_takes_it_and_staff_see_the_list(database: Database) -> None:
    full = full_class(open_studio())
    studio, anna, bea = full.studio, full.member("Anna"), full.member("Bea")
    tomorrow = studio.session(SIX_PM + DAY)
    with program_of(studio) as app:
        body = {"sessionId": full.session, "memberId": anna}
        first = app.at(NOON).post("/api/waiting-lists", 201, **body)
        assert (first["status"], first["position"], first["peopleAhead"], first["joinedBy"]) == (
            "WAITING",
            1,
            0,
            "SELF",
        )
        assert "notes" not in first
        assert app.post("/api/waiting-lists", 201, **body)["id"] == first["id"]
        second = app.at(later(1)).post(
            "/api/admin/waiting-lists", 201, sessionId=full.session, memberId=bea, notes="called", autoBook=True
        )
        assert (second["position"], second["peopleAhead"], second["joinedBy"]) == (2, 1, "STAFF")
        path = f"/api/admin/waiting-lists/{second['id']}"
        ahead = app.ask("PUT", f"{path}/priority", json={"priority": "HIGH", "because": "her last part"})
        assert (ahead["position"], ahead["priorityBecause"], ahead["notes"]) == (1, "her last part", "called")
        app.ask("PUT", f"{path}/priority", json={"priority": "LOW", "because": "a slip"})
        full_yet = app.ask("PUT", f"{path}/offer", 409)
        assert full_yet["refusal"]["reason"] == "SESSION_FULL"
        no_offer = app.ask("POST", f"/api/waiting-lists/{first['id']}/accept", 409)
        assert no_offer["error"]["code"] == "waiting.no_offer"
        other = app.get("/api/waiting-lists/alternatives", sessionId=full.session, memberId=anna)
        assert [one["id"] for one in other["alternatives"]] == [tomorrow]
        full.gives_up(later(2))
        offer_free_places(later(2))
        (waits,) = app.at(later(3)).get("/api/waiting-lists", memberId=anna)["waiting"]
        assert (waits["status"], waits["position"], waits["offerExpiresAt"]) == (
            "OFFERED",
            None,
            "2026-11-21T11:32:00Z",
        )
        hers = app.post(f"/api/members/{anna}/tokens", 201, name="Phone")["token"]
        mine = app.ask("GET", "/api/waiting-lists", headers={"Authorization": f"Bearer {hers}"})["waiting"]
        assert [one["id"] for one in mine] == [first["id"]], "a member need not say who they are"
        assert app.get("/api/waiting-lists", 422)["code"] == "field.missing"
        listed = app.get(f"/api/admin/sessions/{full.session}/waiting-list")["waiting"]
        assert [(one["memberId"], one["status"]) for one in listed] == [(anna, "OFFERED"), (bea, "WAITING")]
        place = app.post(f"/api/waiting-lists/{first['id']}/accept")
        assert (place["status"], place["memberId"]) == ("PENDING", anna)
        assert app.post(f"/api/waiting-lists/{first['id']}/accept")["id"] == place["id"]
        gone = app.ask("DELETE", path, params={"because": "moved away"})
        assert (gone["status"], gone["endedBecause"]) == ("LEFT", "moved away")
        over = app.ask("POST", f"/api/waiting-lists/{second['id']}/accept", 409)
        assert over["error"]["code"] == "waiting.is_over"


def test_the_noes_of_waiting_say_what_to_do(database: Database) -> None:
    studio = open_studio()
    free = studio.session()
    anna = studio.member("Anna")
    studio.unlimited(anna)
    with program_of(studio) as app:
        told = app.at(NOON).post("/api/waiting-lists", 409, sessionId=free, memberId=anna)["error"]
        assert told["code"] == "waiting.place_is_free" and "reserve" in told["sentence"]
        started = app.at(SIX_PM).post("/api/waiting-lists", 409, sessionId=free, memberId=anna)
        assert started["refusal"]["reason"] == "SESSION_STARTED"
        for method, path in (("DELETE", ""), ("POST", "/accept"), ("POST", "/decline")):
            assert app.ask(method, f"/api/waiting-lists/nobody{path}", 404)["error"]["code"] == "waiting.not_found"
        assert app.get("/api/admin/sessions/none/waiting-list", 404)["error"]["code"] == "session.not_found"
        app.ask("POST", "/api/waiting-lists", 422, json={"sessionId": free, "memberId": anna, "autobook": True})
    with program_of(studio, Role.INSTRUCTOR) as app:
        app.at(SIX_PM - timedelta(hours=1)).post("/api/waiting-lists", 403, sessionId=free, memberId=anna)
        assert app.get(f"/api/admin/sessions/{free}/waiting-list") == {"waiting": []}


def test_every_route_of_waiting_describes_itself_and_its_noes() -> None:
    paths = make_app(now=lambda: SIX_PM, vault=VAULT).openapi()["paths"]
    ours = {
        (path, method): one for path, found in paths.items() for method, one in found.items() if "waiting-list" in path
    }
    assert len(ours) == len(router.routes) + len(for_staff.routes) == 11
    for (path, method), route in ours.items():
        assert route["description"] and {"401", "403", "422"} <= set(route["responses"]), (method, path)
        if "{" in path:
            assert "not_found" in route["responses"]["404"]["description"], (method, path)
