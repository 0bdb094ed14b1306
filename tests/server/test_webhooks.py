"""Webhooks as an owner lives with them: registered, told each thing once, tried again, paused, deleted."""

import base64
import hmac
import json
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta

import pytest
from peewee import Database

from core.errors import Conflict, Forbidden, Invalid, NotFound
from core.events import EventKind
from core.hooks import Answer, CallState, HookTrouble, Outgoing, PausedWhy
from server.errands import hook_errands
from server.post.hooks import HookPost
from server.services.door.vault import CodeVault
from server.services.events.announcing import Event, announce
from server.services.hooks import calling, registering, sending
from server.services.hooks.values import Registered, Wanted
from server.services.people.rights import Role
from server.services.people.suspensions import lift_suspension, suspend
from server.services.programs import paging
from server.services.reserving.cancel import cancel
from server.store.database import reading, writing
from server.store.tables import EventRow, WebhookCallRow, WebhookEndpointRow
from tests.server.hook_receiver import Receiver, listening
from tests.server.studio import SIX_PM, VAULT, Studio, open_studio
from tests.server.test_api_reservations import program_of
from tests.server.test_reserving_a_place import member_of, mira, reserved

S = CallState
ALL = paging.Wanted(limit=paging.MOST)
URL = "https://hooks.example.org/tessera"
SECOND, MINUTE, HOUR, DAY = (timedelta(**{unit: 1}) for unit in ("seconds", "minutes", "hours", "days"))
NOON = SIX_PM - 3 * DAY
POST = HookPost(may_call_itself=True, call_seconds=20, batch_seconds=60)


class Receives:
    """An honest stand-in for the post: answers as told, and keeps what it was given."""

    def __init__(self, *answers: Answer) -> None:
        self.answers, self.got = list(answers or (Answer(status=200),)), list[Outgoing]()

    def __call__(self, calls: Sequence[Outgoing]) -> Mapping[str, Answer]:
        given: dict[str, Answer] = {}
        failed: set[str] = set()
        for call in calls:
            if call.endpoint_id in failed:
                continue
            self.got.append(call)
            given[call.call_id] = self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]
            if not given[call.call_id].is_delivered:
                failed.add(call.endpoint_id)
        return given

    @property
    def kinds(self) -> list[str]:
        return [json.loads(call.body)["kind"] for call in self.got]


FAILS = Answer(status=500, trouble=HookTrouble.REFUSED)


def registered(studio: Studio, *kinds: EventKind, url: str = URL, at: datetime = NOON) -> Registered:
    wanted = Wanted(url=url, kinds=tuple(kind.value for kind in kinds))
    return registering.register(studio.organization, wanted, mira(studio), at, VAULT)


def moved_to(receiver: Receiver, made: Registered) -> None:
    """To this machine, which no owner could do: straight into the row."""
    with writing():
        is_it = WebhookEndpointRow.id == made.endpoint.id
        WebhookEndpointRow.update(url=receiver.url).where(is_it).execute()


def happens(studio: Studio, kind: EventKind = EventKind.RESERVED, at: datetime = NOON, **data: object) -> None:
    with writing():
        announce(Event(organization_id=studio.organization, kind=kind, data=data), at)


def states(studio: Studio, made: Registered) -> list[tuple[str, int]]:
    """Oldest first."""
    found = calling.calls(studio.organization, made.endpoint.id, mira(studio), ALL).found
    return [(call.state.value, call.tries) for call in reversed(found)]


def endpoint(studio: Studio, made: Registered) -> registering.Endpoint:
    return registering.endpoint(studio.organization, made.endpoint.id, mira(studio))


def beat(at: datetime, receives: Receives) -> sending.Sent:
    calling.make_calls(at)
    return sending.send_due(at, VAULT, receives)


def test_what_alice_does_arrives_signed_in_order_and_without_her_name(database: Database) -> None:
    studio, other = open_studio(), open_studio("Clay")
    alice = studio.member("Alice")
    with listening(200) as receiver, listening(200) as theirs:
        made, not_ours = registered(studio), registered(other)
        moved_to(receiver, made)
        moved_to(theirs, not_ours)
        place = reserved(studio, studio.unlimited(alice), studio.session(), NOON + HOUR)
        cancel(studio.organization, place, member_of(studio), NOON + 2 * HOUR)
        stopped = suspend(studio.organization, alice, SIX_PM, "Alice broke the kiln", mira(studio), NOON + 3 * HOUR)
        happens(studio, EventKind.SIGN_IN_WANTED, NOON + 3 * HOUR)
        called, _ = hook_errands(VAULT, POST)
        assert called.run(NOON + 4 * HOUR) == "3 calls delivered, 0 failed"
        assert called.run(NOON + 4 * HOUR + MINUTE) == ""
        got = [json.loads(one.body) for one in receiver.received]
        assert theirs.received == []
    assert [one["kind"] for one in got] == ["reservation.created", "reservation.cancelled", "member.suspended"]
    assert {one["organizationId"] for one in got} == {studio.organization}
    assert got[0]["data"]["reservationId"] == place and got[0]["happenedAt"] == "2026-11-18T18:00:00.000Z"
    assert (got[2]["data"]["memberId"], got[2]["data"]["endsAt"]) == (alice, "2026-11-21T17:00:00.000Z")
    assert got[2]["data"]["subjectId"] == stopped
    assert not any(word in one.body.decode() for one in receiver.received for word in ("Alice", "kiln", "Ackerman"))
    secret = base64.b64decode(made.secret.removeprefix("whsec_"))
    for one in receiver.received:
        said = f"{one.headers['webhook-id']}.{one.headers['webhook-timestamp']}.".encode() + one.body
        signature = base64.b64encode(hmac.digest(secret, said, "sha256")).decode()
        assert one.headers["webhook-signature"] == f"v1,{signature}"
        assert one.headers["webhook-id"] == json.loads(one.body)["id"]
    lift_suspension(studio.organization, stopped, "sorry", mira(studio), NOON + 5 * HOUR)
    assert calling.make_calls(NOON + 5 * HOUR) == 1


def test_each_is_told_what_it_asked_for_since_it_was_there(database: Database) -> None:
    studio = open_studio()
    happens(studio, EventKind.NO_SHOW, NOON - SECOND)
    some, all_ = registered(studio, EventKind.NO_SHOW), registered(studio)
    happens(studio, EventKind.NO_SHOW)
    happens(studio, EventKind.CANCELLED)
    happens(studio, EventKind.DATA_WANTED)
    other = open_studio("Clay")
    theirs = registered(other)
    happens(other, EventKind.LAST_CALL)
    receives = Receives()
    beat(NOON, receives)
    told = sorted((call.endpoint_id, json.loads(call.body)["kind"]) for call in receives.got)
    assert told == sorted(
        [
            (some.endpoint.id, "reservation.no_show"),
            (all_.endpoint.id, "reservation.no_show"),
            (all_.endpoint.id, "reservation.cancelled"),
            (theirs.endpoint.id, "reservation.last_call"),
        ]
    )
    with reading():
        assert not EventRow.select().where(EventRow.hooks_at.is_null()).exists()


def test_made_by_two_schedulers_at_once_and_sent_by_two_each_call_is_there_once(database: Database) -> None:
    studio = open_studio()
    made = registered(studio)
    for _ in range(12):
        happens(studio)
    receives = Receives()
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(calling.make_calls, [NOON] * 4))
    assert len(states(studio, made)) == 12
    with ThreadPoolExecutor(4) as pool:
        sent = list(pool.map(lambda at: sending.send_due(at, VAULT, receives), [NOON] * 4))
    assert sum(one.delivered for one in sent) == len(receives.got) == 12
    assert len({call.headers["webhook-id"] for call in receives.got}) == 12


def test_a_call_that_fails_is_tried_again_after_a_while_then_given_up_and_tried_by_hand(database: Database) -> None:
    studio = open_studio()
    made = registered(studio)
    happens(studio)
    receives, at, tried = Receives(FAILS), NOON, []
    while at < NOON + 4 * DAY:
        if beat(at, receives).failed:
            tried.append(at - NOON)
        at += 30 * MINUTE if tried and at - NOON > 2 * HOUR else MINUTE
    assert tried[:4] == [0 * MINUTE, MINUTE, 6 * MINUTE, 36 * MINUTE]
    assert states(studio, made) == [("GIVEN_UP", len(tried))] and len(tried) == 9 and tried[-1] < 3 * DAY
    (call,) = calling.calls(studio.organization, made.endpoint.id, mira(studio), ALL, state=S.GIVEN_UP).found
    assert (call.status, call.trouble, call.next_try_at) == (500, HookTrouble.REFUSED, None)
    again = calling.try_again(studio.organization, made.endpoint.id, call.id, mira(studio), at)
    assert again.state is S.WAITING
    receives.answers = [Answer(status=200)]
    assert beat(at, receives).delivered == 1
    assert len({call.headers["webhook-id"] for call in receives.got}) == 1
    arrived = calling.try_again(studio.organization, made.endpoint.id, call.id, mira(studio), at)
    assert (arrived.state, arrived.delivered_at) == (S.DELIVERED, at)
    assert endpoint(studio, made).failing_since is None


def test_one_that_is_down_rests_a_minute_and_keeps_no_other_waiting(database: Database) -> None:
    studio = open_studio()
    down, up = registered(studio, EventKind.RESERVED), registered(studio, EventKind.CANCELLED)
    for _ in range(3):
        happens(studio, EventKind.RESERVED)
        happens(studio, EventKind.CANCELLED)

    class DownAndUp(Receives):
        def __call__(self, calls: Sequence[Outgoing]) -> Mapping[str, Answer]:
            of_down = [call for call in calls if call.endpoint_id == down.endpoint.id]
            self.got += calls
            answers = {call.call_id: Answer(status=200) for call in calls if call not in of_down}
            return answers | {call.call_id: FAILS for call in of_down[:1]}

    receives = DownAndUp()
    first = beat(NOON, receives)
    assert (first.delivered, first.failed, first.not_tried) == (3, 1, 2)
    assert beat(NOON + 59 * SECOND, receives) == sending.Sent()
    assert beat(NOON + MINUTE, Receives()).delivered == 3
    assert states(studio, up) == [("DELIVERED", 1)] * 3
    assert sorted(states(studio, down)) == [("DELIVERED", 1), ("DELIVERED", 1), ("DELIVERED", 2)]


def test_after_days_of_failures_it_is_paused_by_itself_and_resumed_by_staff(database: Database) -> None:
    studio = open_studio()
    made = registered(studio)
    for day in range(6):
        happens(studio, at=NOON + day * DAY)
        beat(NOON + day * DAY, Receives(FAILS))
        is_paused = day >= 5
        assert (endpoint(studio, made).paused_why is PausedWhy.FAILING) is is_paused
    happens(studio, at=NOON + 6 * DAY)
    assert beat(NOON + 6 * DAY, Receives()) == sending.Sent()
    registering.resume(studio.organization, made.endpoint.id, mira(studio), NOON + 7 * DAY)
    receives = Receives()
    assert beat(NOON + 7 * DAY, receives).delivered >= 2
    assert endpoint(studio, made).paused_at is None and endpoint(studio, made).failing_since is None


def test_one_that_is_gone_is_called_no_more(database: Database) -> None:
    studio = open_studio()
    made = registered(studio)
    happens(studio)
    beat(NOON, Receives(Answer(status=410, trouble=HookTrouble.REFUSED)))
    assert endpoint(studio, made).paused_why is PausedWhy.GONE


def test_what_happens_during_a_pause_waits_for_three_days(database: Database) -> None:
    studio = open_studio()
    made = registered(studio)
    registering.pause(studio.organization, made.endpoint.id, "they move house", mira(studio), NOON)
    for late in (HOUR, 3 * DAY - SECOND, 3 * DAY):
        happens(studio, at=NOON + late)
        assert beat(NOON + late, Receives()) == sending.Sent()
    with pytest.raises(Conflict) as told:
        calling.call_as_test(studio.organization, made.endpoint.id, mira(studio), NOON)
    assert told.value.code == "webhook.paused"
    registering.resume(studio.organization, made.endpoint.id, mira(studio), NOON + 4 * DAY)
    assert beat(NOON + 4 * DAY, Receives()).delivered == 2


def test_a_new_secret_signs_at_once_and_the_old_one_for_a_day(database: Database) -> None:
    studio = open_studio()
    made = registered(studio)
    changed = registering.change_secret(studio.organization, made.endpoint.id, mira(studio), NOON, VAULT)
    assert changed.secret != made.secret
    for at, signatures in ((NOON + DAY - SECOND, 2), (NOON + DAY, 1)):
        receives = Receives()
        happens(studio, at=at)
        beat(at, receives)
        (call,) = receives.got
        secrets = [base64.b64decode(one.secret.removeprefix("whsec_")) for one in (changed, made)]
        said = f"{call.headers['webhook-id']}.{call.headers['webhook-timestamp']}.".encode() + call.body
        right = ["v1," + base64.b64encode(hmac.digest(secret, said, "sha256")).decode() for secret in secrets]
        assert call.headers["webhook-signature"].split() == right[:signatures]


def test_a_secret_of_another_installation_is_said_and_harms_no_other(database: Database) -> None:
    studio = open_studio()
    wanted = Wanted(url=URL)
    foreign = registering.register(studio.organization, wanted, mira(studio), NOON, CodeVault(bytes(32)))
    registered(studio)
    happens(studio)
    assert beat(NOON, Receives()) == sending.Sent(delivered=1, failed=1)
    (call,) = calling.calls(studio.organization, foreign.endpoint.id, mira(studio), ALL).found
    assert (call.trouble, call.state) == (HookTrouble.KEY, S.WAITING)


def test_a_scheduler_that_died_is_replaced_and_one_that_was_slow_changes_nothing(database: Database) -> None:
    studio = open_studio()
    made = registered(studio)
    happens(studio)
    calling.make_calls(NOON)

    def dies(calls: Sequence[Outgoing]) -> Mapping[str, Answer]:
        raise RuntimeError("the power went")

    with pytest.raises(RuntimeError):
        sending.send_due(NOON, VAULT, dies)
    assert sending.send_due(NOON + MINUTE, VAULT, Receives()) == sending.Sent()

    def is_slow(calls: Sequence[Outgoing]) -> Mapping[str, Answer]:
        assert sending.send_due(NOON + HOUR, VAULT, Receives()).delivered == 1
        return {call.call_id: FAILS for call in calls}

    sending.send_due(NOON + 5 * MINUTE, VAULT, is_slow)
    assert states(studio, made) == [("DELIVERED", 1)]


def test_a_deleted_webhook_is_not_there_and_hears_nothing(database: Database) -> None:
    studio = open_studio()
    made = registered(studio)
    happens(studio)
    calling.make_calls(NOON)
    registering.delete(studio.organization, made.endpoint.id, mira(studio), NOON)
    happens(studio)
    assert beat(NOON + HOUR, Receives()) == sending.Sent()
    with reading():
        (call,) = WebhookCallRow.select()
        row = WebhookEndpointRow.get()
    assert (call.state, row.secret, row.old_secret) == (S.DROPPED.value, "", "")
    assert registering.endpoints(studio.organization, mira(studio)) == []
    with pytest.raises(NotFound):
        registering.delete(studio.organization, made.endpoint.id, mira(studio), NOON)
    assert calling.forget_old_calls(NOON + 30 * DAY) == 0
    assert calling.forget_old_calls(NOON + 31 * DAY) == 1


def test_only_owners_and_each_their_own(sqlite_database: Database) -> None:
    studio, other = open_studio(), open_studio("Clay")
    made, theirs = registered(studio), registered(other)
    with pytest.raises(NotFound):
        registering.endpoint(studio.organization, theirs.endpoint.id, mira(studio))
    with pytest.raises(Forbidden):
        registering.endpoint(other.organization, theirs.endpoint.id, mira(studio))
    happens(other)
    calling.make_calls(NOON)
    (call,) = calling.calls(other.organization, theirs.endpoint.id, mira(other), ALL).found
    with pytest.raises(NotFound):
        calling.try_again(studio.organization, made.endpoint.id, call.id, mira(studio), NOON)
    for _ in range(registering.MOST - 1):
        registered(studio)
    with pytest.raises(Conflict) as told:
        registered(studio)
    assert told.value.code == "webhook.too_many"
    for wanted, code in (
        (Wanted(url="https://10.0.0.1/"), "webhook.address_is_inside"),
        (Wanted(url=URL, kinds=("member.sign_in_wanted",)), "webhook.no_such_kind"),
    ):
        with pytest.raises(Invalid) as not_so:
            registering.change(studio.organization, made.endpoint.id, wanted, mira(studio), NOON)
        assert not_so.value.code == code


def test_another_program_registers_tests_and_looks_what_became_of_it(sqlite_database: Database) -> None:
    studio = open_studio()
    with program_of(studio, Role.OWNER) as app:
        made = app.post("/api/webhooks", 201, url=URL, kinds=["reservation.created"], note="Till")
        address = f"/api/webhooks/{made['id']}"
        assert made["secret"].startswith("whsec_") and "secret" not in app.get(address)
        assert [one["note"] for one in app.get("/api/webhooks")["webhooks"]] == ["Till"]
        asked = app.post(f"{address}/test", 202)
        assert (asked["kind"], asked["state"]) == ("webhook.test", "WAITING")
        beat(NOON, Receives(Answer(trouble=HookTrouble.NOT_TRUSTED)))
        (call,) = app.get(f"{address}/calls", state="WAITING")["calls"]
        assert (call["trouble"], call["said"]) == (
            "NOT_TRUSTED",
            "Its certificate cannot be trusted. Please renew the certificate.",
        )
        first = app.get(f"{address}/calls", limit=1)
        assert ([one["id"] for one in first["calls"]], first["next"]) == ([call["id"]], None)
        assert app.post(f"{address}/calls/{call['id']}/try-again", 202)["messageId"] == call["id"]
        assert app.post(f"{address}/calls/nobody/try-again", 404)
        changed = app.ask("PUT", address, json={"url": URL + "/2"})
        assert (changed["url"], changed["kinds"]) == (URL + "/2", [])
        assert app.post(f"{address}/secret")["secret"] != made["secret"]
        assert app.post(f"{address}/pause", because="moving")["pausedBecause"] == "moving"
        assert app.post(f"{address}/test", 409)
        assert app.post(f"{address}/resume")["pausedWhy"] == ""
        assert app.post("/api/webhooks", 422, url="http://example.org/")
        assert app.client.delete(address, headers={"Authorization": f"Bearer {app.token}"}).status_code == 204
        app.get(address, 404)
    with program_of(studio) as desk:
        desk.get("/api/webhooks", 403)
