"""The front desk sells passes and changes them over HTTP; a member sees their own, and changes none."""

from datetime import timedelta
from typing import Any

from peewee import Database

from core.model import PassType
from server.services.people.pass_plans import NewPlan, add_plan
from server.services.people.rights import Role, the_house
from tests.server.studio import SIX_PM, Studio, open_studio
from tests.server.test_api_reservations import Program, program_of

DAY = timedelta(days=1)


def plan(studio: Studio, **changes: object) -> str:
    new = NewPlan(**{"title": "Ten evenings", "type": PassType.PUNCH_PASS, "punches": 10, **changes})  # type: ignore[arg-type]
    return add_plan(studio.organization, new, the_house(studio.organization), SIX_PM - 9 * DAY)


def sold(app: Program, member: str, plan_id: str) -> str:
    return str(app.post("/api/registrations", 201, memberId=member, planId=plan_id)["registrationId"])


def test_a_pass_is_sold_adjusted_extended_paused_and_given_to_somebody_else(database: Database) -> None:
    studio = open_studio()
    alice, bob = studio.member(), studio.member("Bob")
    ten = plan(studio, valid_days=30, is_in_order=True, absence_grace=timedelta(hours=36), max_reservations_ahead=2)
    with program_of(studio) as app:
        app.at(SIX_PM)
        (offered,) = app.get("/api/plans")["plans"]
        assert (offered["id"], offered["sessionsIncluded"], offered["validDays"]) == (ten, 10, 30)
        pass_ = sold(app, alice, ten)
        path = f"/api/registrations/{pass_}"

        def do(verb: str, status: int = 200, **body: object) -> Any:
            """A minute after what was done before."""
            return app.at(app.clock[0] + timedelta(minutes=1)).post(f"{path}/{verb}", status, **body)

        told = app.get(f"{path}/status")
        assert (told["planId"], told["requiresSequentialAttendance"], told["absenceGracePeriodHours"]) == (
            ten,
            True,
            36,
        )
        assert told["reservations"]["maxAdvanceReservations"] == 2
        assert (told["sessionsIncluded"], told["sessionsRemaining"], told["sessionsAttended"]) == (10, 10, 0)
        assert do("adjust", delta=-3, because="three were used on paper")["sessionsRemaining"] == 7
        longer = do("extend", days=7, because="the kiln was broken")
        assert longer["validUntil"] == "2026-12-27T23:00:00Z"
        paused = do("pause", until="2026-12-01T23:00:00Z", because="away")
        assert (paused["isPaused"], paused["isValid"], len(paused["pauses"])) == (True, False, 1)
        nobody = do("transfer", 409, memberId=bob, because="a present")
        assert nobody["code"] == "pass.is_paused"
        assert not do("resume", because="back already")["isPaused"]
        moved = do("transfer", memberId=bob, punches=2, because="a present")
        assert (moved["registration"]["sessionsRemaining"], moved["newRegistration"]["sessionsRemaining"]) == (5, 2)
        assert do("cancel", because="moves away")["cancelledAt"] is not None
        done = app.get(f"{path}/history")["changes"]
        assert [(one["kind"], one["because"]) for one in done] == [
            ("ISSUED", "pass sold"),
            ("ADJUSTED", "three were used on paper"),
            ("EXTENDED", "the kiln was broken"),
            ("PAUSED", "away"),
            ("RESUMED", "back already"),
            ("TRANSFERRED_OUT", "a present"),
            ("CANCELLED", "moves away"),
        ]
        (bobs,) = app.get(f"/api/members/{bob}/registrations")["registrations"]
        assert bobs["registrationId"] == moved["newRegistration"]["registrationId"]


def test_what_cannot_be_done_to_a_pass_is_told_and_another_studio_finds_none(database: Database) -> None:
    studio, other = open_studio(), open_studio("Loom")
    alice = studio.member()
    pass_ = studio.unlimited(alice)
    path = f"/api/registrations/{pass_}"
    why = {"because": "asked for"}
    with program_of(studio) as app:
        app.at(SIX_PM)
        assert app.post(f"{path}/adjust", 409, delta=1, **why)["code"] == "pass.is_not_punched"
        assert app.post(f"{path}/extend", 409, days=1, **why)["code"] == "pass.has_no_end"
        assert app.post(f"{path}/resume", 409, **why)["code"] == "pass.not_paused"
        assert app.post(f"{path}/transfer", 409, memberId=alice, **why)["code"] == "pass.same_member"
        assert app.post(f"{path}/pause", 422, until="2026-11-21T16:59:59Z", **why)["code"].startswith("time.")
        past = app.post(f"{path}/pause", 422, until="2026-12-01T00:00:00Z", **why, **{"from": "2026-11-21T16:59:59Z"})
        assert past["code"] == "pause.in_the_past"
        app.post(f"{path}/cancel", **why)
        assert app.post(f"{path}/cancel", 409, **why)["code"] == "pass.is_cancelled"
        app.post(f"{path}/cancel", 422)
    verbs = {"adjust": {"delta": 1}, "extend": {"days": 1}, "pause": {"until": "2026-12-01T00:00:00Z"}}
    verbs |= {"resume": {}, "cancel": {}, "transfer": {"memberId": other.member()}}
    with program_of(other) as app:
        for verb, body in verbs.items():
            assert app.post(f"{path}/{verb}", 404, **body, **why)["code"] == "pass.not_found", verb
        app.get(f"{path}/history", 404)
        app.get(f"/api/members/{alice}/registrations", 404)
    with program_of(studio, Role.INSTRUCTOR) as app:
        for verb, body in verbs.items():
            assert app.post(f"{path}/{verb}", 403, **body, **why)["code"] == "staff.may_not", verb
        app.get(f"{path}/history")


def test_somebody_without_a_pass_pays_at_the_desk(database: Database) -> None:
    studio = open_studio()
    drop_in = studio.session(drop_in_cents=1800)
    usual = studio.session(SIX_PM + DAY)
    nora = studio.member("Nora")
    with program_of(studio) as app:
        path = f"/api/sessions/{drop_in}/drop-ins"
        app.at(SIX_PM)
        came = app.post(path, memberId=nora, note="in cash", staffId=studio.staff)
        assert (came["registrationId"], came["takesPunch"]) == (None, False)
        assert app.post(path, memberId=nora, staffId=studio.staff)["againSince"] is not None
        no = app.post(f"/api/sessions/{usual}/drop-ins", 409, memberId=nora, staffId=studio.staff)
        assert no["code"] == "session.sells_no_drop_ins"
        (told,) = [
            one for one in app.get("/api/sessions", from_=SIX_PM.isoformat())["sessions"] if one["id"] == drop_in
        ]
        assert (told["dropInCents"], told["isFree"]) == (1800, False)
