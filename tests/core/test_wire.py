"""What travels between kiosk and server arrives as it left, and nothing else gets in."""

import json
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta, tzinfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core import wire
from core.decisions import Admitted, Choose, Refused
from core.errors import Invalid
from core.facts import Facts
from core.model import Session
from core.policy import ClassRule, OfflineLimits, Policy
from core.protocol import (
    Actor,
    Answer,
    Ask,
    Attempt,
    AttemptKind,
    AttemptState,
    Basis,
    ClockQuality,
    Effect,
    Heard,
    Hello,
    MemberRecord,
    Outcome,
    Pair,
    Paired,
    Person,
    ReplicaPart,
    SealedCard,
    Tell,
    Told,
)
from core.refusals import RefusalReason
from tests.core.arbitrary import facts as arbitrary_facts
from tests.personas import ALICE, GLAZE, OPEN_STUDIO, POLICY, SIX_PM, WHEEL, alone

ATTEMPT = Attempt(
    attempt_id="a1",
    device_id="d1",
    epoch="e1",
    seq=7,
    kind=AttemptKind.UNDO,
    card="f" * 64,
    proof="ab",
    undoes="a0",
    actor=Actor(staff_id="sam", proved_by="PIN", because="wrong card"),
    t_mono=12,
    boot="b1",
    t_wall=1_795_000_000_000,
    clock=ClockQuality.HOLDOVER,
    err_ms=40,
    basis=Basis(replica_version=3, policy_version=2, last_contact_at=SIX_PM),
    state=AttemptState.LOCAL,
    outcome=Outcome.REFUSED,
    reason=RefusalReason.TOO_LATE,
    is_walk_in=True,
    chain="c" * 64,
)
WELCOME = Admitted(
    visit_key="R:place", member_id="alice", session=WHEEL, pass_id="p", takes_punch=True, punches_before=8,
    punches_after=7, punches_included=8, again_since=SIX_PM, also=(GLAZE,), lifted_by=("o1",),
)  # fmt: skip
PART = ReplicaPart(
    version=9,
    is_complete=True,
    denied=("f1",),
    members=(
        MemberRecord(
            member_id="alice",
            version=9,
            facts=alone(ALICE),
            cards=(SealedCard(card="f2", member_id="alice", state="ACTIVE", sealed="c2VhbGVk"),),
        ),
        MemberRecord(member_id="gone", version=8),
    ),
    sessions=(WHEEL, OPEN_STUDIO),
    policy=Policy(
        version=4,
        class_rules=(ClassRule(class_type_id="wheel", opens_before_start=timedelta(minutes=15), may_walk_in=False),),
        offline=OfflineLimits(walk_in_list_age=timedelta(microseconds=1)),
    ),
)
HELLO = Hello(boot="b", t_mono=1, t_wall=2, epoch="e", max_seq=3, nothing_unsent_before=SIX_PM, health={"camera": "ok"})

MESSAGES: list[object] = [
    Ask(attempt=ATTEMPT, unsent=(ATTEMPT,)),
    Answer(attempt_id="a", decision=WELCOME, person=Person(first_name="Ana", language="de"), server_at=SIX_PM),
    Answer(attempt_id="a", decision=Refused(reason=RefusalReason.TOO_EARLY, until=SIX_PM), server_at=SIX_PM),
    Answer(attempt_id="a", decision=Choose(sessions=(WHEEL, GLAZE)), server_at=SIX_PM),
    Tell(hello=HELLO, attempts=(ATTEMPT,)),
    Heard(
        told=(Told(attempt_id="a", effect=Effect.DISPUTED, reason=RefusalReason.SUSPENDED),),
        have_upto=3,
        server_at=SIX_PM,
        replica=PART,
        commands=("self-test",),
    ),
    Pair(code="K7", name="Door"),
    Paired(device_id="d", token="t", venue_id="v", organization_name="Töpferei", venue_name="轮"),
    PART,
    POLICY,
    ALICE,
    WELCOME,
]


@pytest.mark.parametrize("message", MESSAGES, ids=lambda message: type(message).__name__)
def test_a_message_arrives_as_it_left(message: object) -> None:
    text = wire.to_json(message)
    assert wire.from_json(type(message), text) == message
    assert wire.from_json(type(message), text.encode()) == message


@given(arbitrary_facts())
def test_any_facts_arrive_as_they_left(facts: Facts) -> None:
    assert wire.from_json(Facts, wire.to_json(facts)) == facts


@given(st.integers(-(10**16), 10**17), st.timezones())
def test_an_instant_keeps_its_microseconds_and_comes_back_in_utc(microseconds: int, zone: tzinfo) -> None:
    instant = datetime(1970, 1, 1, tzinfo=UTC) + timedelta(microseconds=microseconds)
    sent = Refused(reason=RefusalReason.SUSPENDED, until=instant.astimezone(zone))
    back = wire.from_json(Refused, wire.to_json(sent)).until
    assert back == instant
    assert back is not None
    assert back.tzinfo is UTC


def test_instants_are_written_with_z_and_lengths_in_seconds() -> None:
    plain = json.loads(wire.to_json(replace(POLICY, offline=OfflineLimits(walk_in_list_age=timedelta(seconds=1.5)))))
    assert plain["offline"]["walk_in_list_age"] == 1.5
    assert json.loads(wire.to_json(WHEEL))["starts_at"] == "2026-11-20T17:00:00Z"


def test_what_a_newer_side_adds_is_ignored() -> None:
    newer = json.loads(wire.to_json(ATTEMPT))
    newer["mood"] = {"of": ["the", "member"]}
    newer["actor"]["shoes"] = 43
    assert wire.from_json(Attempt, json.dumps(newer)) == ATTEMPT


def test_what_an_older_side_leaves_out_has_its_default() -> None:
    older = {"attempt_id": "a", "device_id": "d", "epoch": "e", "seq": 1, "t_mono": 1, "boot": "b", "t_wall": 1}
    made = wire.from_json(Attempt, json.dumps(older))
    assert made == Attempt(attempt_id="a", device_id="d", epoch="e", seq=1, t_mono=1, boot="b", t_wall=1)


def wrong(**changes: object) -> str:
    return json.dumps({**json.loads(wire.to_json(ATTEMPT)), **changes})


@pytest.mark.parametrize(
    "text",
    [
        "",
        "null",
        "[]",
        "{}",
        "7",
        "<!doctype html><title>Hotel Wi-Fi</title>",
        b"\xff\xfe",
        "[" * 100_000,
        '{"attempt_id": ' * 50_000,
        "9" * 5_000,
        wrong(seq="7"),
        wrong(seq=True),
        wrong(seq=7.0),
        wrong(seq=2**63),
        wrong(attempt_id=None),
        wrong(attempt_id=["a"]),
        wrong(attempt_id="\ud800"),
        wrong(attempt_id="a\0b"),
        wrong(kind="dance"),
        wrong(kind=["self"]),
        wrong(kind={}),
        wrong(actor=[]),
        wrong(actor={"staff_id": 7}),
        wrong(basis={"last_contact_at": "yesterday"}),
        wrong(basis={"last_contact_at": "2026-11-20T17:00:00"}),
        wrong(basis={"last_contact_at": "0001-01-01T00:00:00+14:00"}),
        wrong(is_walk_in="yes"),
        wrong(reason="BECAUSE"),
    ],
    ids=lambda text: str(text)[:20],
)
def test_anything_else_is_not_understood(text: str | bytes) -> None:
    with pytest.raises(Invalid) as trouble:
        wire.from_json(Attempt, text)
    assert trouble.value.code == "wire.not_understood"


@pytest.mark.parametrize("kind", [None, "Nobody", "Attempt", 7, [], {}])
def test_a_decision_of_no_known_kind_is_not_understood(kind: object) -> None:
    text = json.dumps({"attempt_id": "a", "server_at": "2026-11-20T17:00:00Z", "decision": {wire.KIND: kind}})
    with pytest.raises(Invalid, match=r"wire\.not_understood"):
        wire.from_json(Answer, text)


@pytest.mark.parametrize("length", ["NaN", "Infinity", "-Infinity", "1e400", "1e18", '"1"', "true"])
def test_a_length_without_a_length_is_not_understood(length: str) -> None:
    text = wire.to_json(POLICY).replace('"no_show_delay":0.0', f'"no_show_delay":{length}')
    assert length in text
    with pytest.raises(Invalid, match=r"wire\.not_understood"):
        wire.from_json(Policy, text)


def json_values() -> st.SearchStrategy[object]:
    names = st.sampled_from(["kind_of", "attempt", "facts", "decision", "sessions", "server_at", "reason", "hello"])
    plain = st.none() | st.booleans() | st.integers() | st.floats() | st.text() | names
    return st.recursive(
        plain, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(names | st.text(), inner), max_leaves=12
    )


@given(json_values(), st.sampled_from([Ask, Answer, Tell, Heard, Policy, Facts, ReplicaPart, Attempt, Pair]))
def test_whatever_the_json_it_is_read_or_not_understood(value: object, kind: type) -> None:
    try:
        assert isinstance(wire.from_json(kind, json.dumps(value)), kind)
    except Invalid as trouble:
        assert trouble.code == "wire.not_understood"


@given(st.data())
def test_a_message_with_one_thing_swapped_is_read_or_not_understood(data: st.DataObject) -> None:
    message = data.draw(st.sampled_from(MESSAGES))
    plain = json.loads(wire.to_json(message))
    spot = plain
    while isinstance(spot, dict | list) and spot:
        keys = sorted(spot) if isinstance(spot, dict) else range(len(spot))
        key = data.draw(st.sampled_from(list(keys)))
        if not isinstance(spot[key], dict | list) or not spot[key] or data.draw(st.booleans()):
            spot[key] = data.draw(json_values())
            break
        spot = spot[key]
    try:
        assert isinstance(wire.from_json(type(message), json.dumps(plain)), type(message))
    except Invalid as trouble:
        assert trouble.code == "wire.not_understood"


@given(st.text() | st.binary())
def test_any_bytes_are_read_or_not_understood(noise: str | bytes) -> None:
    with pytest.raises(Invalid):
        wire.from_json(Heard, noise)


def test_a_time_without_a_zone_does_not_leave_the_house() -> None:
    with pytest.raises(Invalid, match=r"time\.zone_missing"):
        wire.to_json(replace(WHEEL, starts_at=datetime(2026, 11, 20, 18, 0)))  # noqa: DTZ001


def test_a_kind_that_is_not_ours_does_not_travel() -> None:
    with pytest.raises(TypeError):
        wire.to_json(object())


def test_a_whole_list_of_sessions_can_travel_alone() -> None:
    assert wire.from_json(tuple[Session, ...], wire.to_json((WHEEL, GLAZE))) == (WHEEL, GLAZE)


def test_a_chain_breaks_at_what_was_changed_left_out_or_swapped() -> None:
    first = wire.chain(ATTEMPT, "")
    second = wire.chain(replace(ATTEMPT, seq=8), first)
    assert len(first) == 64
    assert wire.chain(replace(ATTEMPT, chain=first), "") == first
    others = {
        wire.chain(replace(ATTEMPT, seq=8), ""),
        wire.chain(replace(ATTEMPT, seq=9), first),
        wire.chain(ATTEMPT, first),
        wire.chain(replace(ATTEMPT, seq=8, outcome=Outcome.WELCOME), first),
    }
    assert second not in others
    assert len(others) == 4


@dataclass(frozen=True, kw_only=True, slots=True)
class Bare:
    text: str


def test_what_a_database_could_not_hold_is_not_taken_in() -> None:
    assert wire.from_json(Bare, '{"text":"Töpferei 轮 😀"}').text == "Töpferei 轮 😀"
    for text in ('{"text":"\\u0000"}', '{"text":"\\ud83d"}'):
        with pytest.raises(Invalid, match=r"wire\.not_understood"):
            wire.from_json(Bare, text)
