"""A row of attempts is whole, or what is wrong with it is named with its numbers."""

from dataclasses import replace

import pytest

from core import wire
from core.chains import FROM_THE_FIRST, Anchor, Finding, Record, Trouble, look_at
from core.protocol import Actor, Attempt, AttemptState, Basis, Outcome


def a_row(count: int, *, epoch: str = "first") -> list[Attempt]:
    """As a kiosk writes it."""
    row: list[Attempt] = []
    for seq in range(1, count + 1):
        bare = Attempt(
            attempt_id=f"{epoch}-{seq}", device_id="door", epoch=epoch, seq=seq, t_mono=seq, boot="b", t_wall=seq,
            state=AttemptState.LOCAL, outcome=Outcome.WELCOME,
        )  # fmt: skip
        row.append(replace(bare, chain=wire.chain(bare, row[-1].chain if row else "")))
    return row


def as_record(attempt: Attempt) -> Record:
    body = wire.parsed(wire.to_json(attempt))
    return Record(seq=attempt.seq, attempt_id=attempt.attempt_id, chain=attempt.chain, body=body)


def looked_at(row: list[Attempt], anchor: Anchor = FROM_THE_FIRST, heard_upto: int | None = None) -> tuple[bool, str]:
    in_order = sorted(row, key=lambda attempt: attempt.seq)
    report = look_at([as_record(attempt) for attempt in in_order], anchor, heard_upto=heard_upto)
    said = ", ".join(f"{finding.trouble} {finding.numbers}" for finding in report.findings)
    return report.is_sound, said


def test_a_whole_row_is_sound_and_every_link_is_proven() -> None:
    row = a_row(5)
    report = look_at(as_record(attempt) for attempt in row)
    assert report.is_sound and report.findings == ()
    assert (report.first, report.last, report.held, report.proven) == (1, 5, 5, 5)
    assert report.end == row[-1].chain


def test_nothing_written_is_sound() -> None:
    assert looked_at([]) == (True, "")


@pytest.mark.parametrize(
    ("missing", "said"),
    [({1}, "GAP 1"), ({3}, "GAP 3"), ({2, 3}, "GAP 2 to 3"), ({2, 4}, "GAP 2, GAP 4"), ({5}, "")],
)
def test_a_missing_number_is_named_unless_nothing_comes_after_it(missing: set[int], said: str) -> None:
    row = [attempt for attempt in a_row(5) if attempt.seq not in missing]
    assert looked_at(row) == (not said, said)


def test_the_end_is_missed_where_it_is_known_to_have_been_here() -> None:
    assert looked_at(a_row(5), heard_upto=5) == (True, "")
    assert looked_at(a_row(5), heard_upto=7) == (False, "GAP 6 to 7")


def test_a_record_that_was_altered_breaks_its_own_link_and_no_other() -> None:
    row = a_row(5)
    row[2] = replace(row[2], outcome=Outcome.REFUSED)
    assert looked_at(row) == (False, "BROKEN 3")


def test_a_record_that_was_altered_and_chained_again_breaks_the_next() -> None:
    row = a_row(5)
    forged = replace(row[2], outcome=Outcome.REFUSED)
    row[2] = replace(forged, chain=wire.chain(forged, row[1].chain))
    assert looked_at(row) == (False, "BROKEN 4")


def test_what_an_ask_brought_along_may_be_ahead_of_what_was_told() -> None:
    row = [attempt for attempt in a_row(9) if attempt.seq not in (4, 6, 7)]
    assert looked_at(row, heard_upto=3) == (True, "WAITING 4, WAITING 6 to 7")
    assert looked_at(row, heard_upto=6) == (False, "GAP 4, GAP 6, WAITING 7")


def test_an_attempt_that_was_asked_and_never_told_is_open_and_no_fault() -> None:
    row = a_row(5)
    row[3] = replace(row[3], chain="", outcome=None, state=AttemptState.INTENT)
    report = look_at([as_record(attempt) for attempt in row], heard_upto=5)
    assert report.is_sound and report.findings == (Finding(trouble=Trouble.OPEN, seq=4, upto=4),)
    assert (report.held, report.proven) == (5, 3), "the one after it has nothing to be proven by"


def test_two_attempts_with_one_number_are_a_fork_and_both_ways_on_are_followed() -> None:
    row = a_row(4)
    clone = replace(row[2], attempt_id="clone", chain="")
    clone = replace(clone, chain=wire.chain(clone, row[1].chain))
    clones_next = replace(row[3], attempt_id="clones next", chain="")
    clones_next = replace(clones_next, chain=wire.chain(clones_next, clone.chain))
    assert looked_at([*row, clone]) == (False, "FORK 3")
    assert looked_at([*row[:2], row[2], clone, clones_next]) == (False, "FORK 3")


def test_the_same_attempt_twice_is_none() -> None:
    row = a_row(3)
    asked = replace(row[1], chain="", outcome=None)
    assert looked_at([*row, asked]) == (True, "")


def test_a_chain_that_begins_again_says_so() -> None:
    row = a_row(4)
    fallen = replace(row[3], chain="", state=AttemptState.UNKNOWN, outcome=Outcome.ABORTED)
    row[3] = replace(fallen, chain=wire.chain(fallen, ""))
    assert looked_at(row) == (True, "ANEW 4")


def test_a_row_goes_on_from_its_anchor() -> None:
    row = a_row(6)
    rest, anchor = row[3:], Anchor(seq=3, chain=row[2].chain)
    assert looked_at(rest, anchor) == (True, "")
    assert looked_at(rest[1:], anchor) == (False, "GAP 4")
    assert looked_at(rest, Anchor(seq=3, chain="another")) == (False, "BROKEN 4")
    report = look_at([as_record(attempt) for attempt in rest], Anchor(seq=3, chain=None))
    assert report.is_sound and (report.held, report.proven) == (3, 2)


def test_a_make_that_knows_one_field_more_or_less_finds_the_same_chain() -> None:
    row = a_row(2)
    body = wire.parsed(wire.to_json(row[1]))
    assert isinstance(body, dict)
    for nothing in (None, "", False, 0, [], {}):
        assert wire.chain({**body, "field_of_next_year": nothing}, row[0].chain) == row[1].chain
    assert wire.chain({**body, "field_of_next_year": "something"}, row[0].chain) != row[1].chain
    older = {name: value for name, value in body.items() if value or name == "chain"}
    assert older != body and wire.chain(older, row[0].chain) == row[1].chain


def test_whatever_says_something_counts_however_deep_it_lies() -> None:
    bare = a_row(1)[0]
    changes = ({"is_walk_in": True}, {"err_ms": 1}, {"card": "x"}, {"actor": Actor(because="x")},
               {"basis": Basis(policy_version=1)}, {"seq": 2}, {"outcome": Outcome.REFUSED})  # fmt: skip
    chains = {wire.chain(replace(bare, **change), "") for change in changes}
    assert len(chains) == len(changes) and bare.chain not in chains


def test_records_out_of_their_order_are_refused() -> None:
    with pytest.raises(ValueError, match="not in their order"):
        look_at([as_record(attempt) for attempt in reversed(a_row(3))])
