"""Old attempts: when they are old, which month they belong to, what stays, and that a bundle is what was written."""

import json
from collections.abc import Callable, Iterator
from dataclasses import fields, is_dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import get_args, get_type_hints
from zoneinfo import ZoneInfo

import pytest

from core import wire
from core.acts import HandOutCard, Override
from core.archives import (
    NOBODY,
    SHORTEST,
    SPAN,
    WORDS,
    Line,
    bounds_of,
    bundled,
    greeting,
    month_of,
    nameless,
    old_before,
    stays_where_it_is,
    unbundled,
    wordless,
)
from core.chains import Record, Trouble, look_at
from core.decisions import Refused
from core.messages import say
from core.protocol import Actor, Answer, Attempt, Person
from core.refusals import RefusalReason as R
from server.services.desk.inbox.places import LOOKS_BACK
from server.services.door.time_told import LONGEST_AGO

NOON = datetime(2026, 11, 21, 12, tzinfo=UTC)
MS = timedelta(milliseconds=1)
DAY = timedelta(days=1)
ATTEMPT = Attempt(attempt_id="a", device_id="d", epoch="e", seq=1, t_mono=1, boot="b", t_wall=1)


@pytest.mark.parametrize(
    ("at", "old_is_before"),
    [
        (NOON, datetime(2025, 10, 17, tzinfo=UTC)),
        (NOON.replace(hour=0), datetime(2025, 10, 17, tzinfo=UTC)),
        (NOON.replace(hour=0) - MS, datetime(2025, 10, 16, tzinfo=UTC)),
        (datetime(2026, 11, 21, 0, 30, tzinfo=ZoneInfo("Europe/Berlin")), datetime(2025, 10, 16, tzinfo=UTC)),
    ],
)
def test_a_day_is_old_at_once_four_hundred_days_after_it_was_over(at: datetime, old_is_before: datetime) -> None:
    assert old_before(at, SPAN) == old_is_before


@pytest.mark.parametrize(
    ("at", "month"),
    [
        (datetime(2025, 11, 1, tzinfo=UTC) - MS, "2025-10"),
        (datetime(2025, 11, 1, tzinfo=UTC), "2025-11"),
        # In Berlin it is November already, in New York still October: the file does not ask where.
        (datetime(2025, 11, 1, 0, 30, tzinfo=ZoneInfo("Europe/Berlin")), "2025-10"),
        (datetime(2025, 10, 31, 20, tzinfo=ZoneInfo("America/New_York")), "2025-11"),
        # The night the clocks go back there, twice 02:30.
        (datetime(2025, 10, 26, 2, 30, fold=1, tzinfo=ZoneInfo("Europe/Berlin")), "2025-10"),
        (datetime(2024, 2, 29, 23, 59, tzinfo=UTC), "2024-02"),
        (datetime(2025, 12, 31, 23, 59, tzinfo=UTC), "2025-12"),
    ],
)
def test_a_month_begins_once_for_everybody(at: datetime, month: str) -> None:
    assert month_of(at) == month
    first, after = bounds_of(month)
    assert first <= at < after
    assert month_of(first) == month_of(after - MS) == month and month_of(first - MS) < month < month_of(after)


def test_nobody_puts_away_what_somebody_may_still_look_back_at() -> None:
    assert max(LOOKS_BACK, LONGEST_AGO) < SHORTEST <= SPAN


def a_bundle(count: int = 3, previous: str = "") -> tuple[str, list[Line]]:
    lines = [
        Line(
            attempt_id=f"a{n}",
            venue_id="v",
            device_id="d" if n else None,
            epoch="e",
            seq=n,
            happened_at=NOON + n * MS,
            record=wire.to_json(replace(ATTEMPT, seq=n, boot="\u2028 odd \x85")),
            answer=None if n % 2 else '{"person":null}',
        )
        for n in range(count)
    ]
    return bundled("kiln", "2025-10", lines, previous, NOON), lines


def test_a_bundle_is_read_as_it_was_written() -> None:
    text, lines = a_bundle(previous="before")
    heading, read = unbundled(text)
    assert list(read) == lines and (heading.count, heading.previous, heading.month) == (3, "before", "2025-10")
    assert len(text.split("\n")) == 1 + 3 + 1


@pytest.mark.parametrize(
    "tampered",
    [
        lambda text: text.replace('"a1"', '"a9"'),
        lambda text: text.rsplit("\n", 2)[0] + "\n",
        lambda text: text + text.split("\n")[-2] + "\n",
        lambda text: "\n".join([*text.split("\n")[:1], *reversed(text.split("\n")[1:-1])]) + "\n",
        lambda text: text.split("\n", 1)[1],
        lambda text: text.replace('"count":3', '"count":2'),
        lambda text: "",
    ],
    ids=["a word", "a line gone", "a line twice", "another order", "no heading", "another count", "nothing"],
)
def test_a_bundle_that_somebody_changed_is_none(tampered: Callable[[str], str]) -> None:
    with pytest.raises(ValueError, match=r"add up|are there|not one of an archive"):
        unbundled(tampered(a_bundle()[0]))


def test_an_answer_is_put_away_without_the_name_and_given_with_it() -> None:
    told = Answer(
        attempt_id="a",
        decision=Refused(reason=R.NO_PASS),
        person=Person(first_name="Zoë", language="de"),
        server_at=NOON,
    )
    written = nameless(wire.to_json(told))
    assert "Zoë" not in written and NOBODY in written
    assert wire.from_json(Answer, greeting(written, "Zoë")) == told
    nobody = wire.to_json(replace(told, person=None))
    assert nameless(nobody) == nobody == greeting(nobody, "Zoë")


@pytest.mark.parametrize(
    ("record", "stays"),
    [
        (wire.to_json(ATTEMPT), False),
        (wire.to_json(replace(ATTEMPT, actor=Actor(staff_id="s", because="Alice owes us"))), True),
        (wire.to_json(replace(ATTEMPT, actor=Actor(because=say("de", "staff.because.forgot_card")))), False),
        (
            wire.to_json(
                replace(ATTEMPT, act=Override(member_id="m", reason=R.TOO_LATE, ends_at=NOON, because="her dog"))
            ),
            True,
        ),
        (
            wire.to_json(
                replace(
                    ATTEMPT,
                    act=HandOutCard(
                        member_id="m", card="c", proof_key="k", ends_at=NOON, because="", sealed="her name, sealed"
                    ),
                )
            ),
            True,
        ),
        (json.dumps({"venue_id": "v", "because": "", "drop_in": {"note": "paid by Bob"}}), True),
        (json.dumps({"venue_id": "v", "because": "", "drop_in": {"note": ""}}), False),
        (json.dumps({"afterwards": True, "reservation_id": "r"}), False),
        (json.dumps({"said": [{"note": "x"}]}), True),
        ("not JSON", True),
    ],
)
def test_somebodys_own_words_stay_where_they_can_be_forgotten(record: str, stays: bool) -> None:
    assert stays_where_it_is(record) is stays
    if stays and record != "not JSON":
        assert not stays_where_it_is(wordless(record)) and NOBODY in wordless(record)


IDS_AND_WORDS_OF_OURS = frozenset(
    {"attempt_id", "device_id", "epoch", "card", "proof", "chosen_session_id", "led_member_id", "member_id"}
    | {"session_id", "reservation_id", "pass_id", "visit_key", "undoes", "boot", "chain"}
    | {"staff_id", "proved_by", "grant", "proof_key", "suspension_id"}
)


def test_each_text_of_a_record_is_an_id_or_is_known_to_hold_words() -> None:
    """Whoever adds a field says here which it is: an id may be put away, words may not."""
    assert set(texts_of(Attempt)) - WORDS == IDS_AND_WORDS_OF_OURS


def texts_of(kind: type, seen: frozenset[type] = frozenset()) -> Iterator[str]:
    hints = get_type_hints(kind)
    for field in fields(kind):
        parts = {hints[field.name], *get_args(hints[field.name])}
        if str in parts:
            yield field.name
        for part in parts - seen:
            if is_dataclass(part):
                yield from texts_of(part, seen | {kind})  # type: ignore[arg-type]


def test_a_chain_goes_on_behind_what_cannot_be_read_and_says_so() -> None:
    links, records = [""], []
    for seq in range(1, 6):
        body = {"seq": seq}
        links.append(wire.chain(body, links[-1]))
        records.append(Record(seq=seq, attempt_id=str(seq), chain=links[-1], body=body))
    gone = [
        Record(seq=one.seq, attempt_id=one.attempt_id, chain="", body={}, is_readable=False)
        if one.seq in (2, 3)
        else one
        for one in records
    ]
    report = look_at(gone)
    assert [(found.trouble, found.numbers) for found in report.findings] == [(Trouble.UNREADABLE, "2 to 3")]
    assert not report.is_sound and (report.held, report.proven) == (5, 2)
    assert look_at(records).is_sound
