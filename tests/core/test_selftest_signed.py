"""A self-test is believed only as that kiosk signed it: not changed, not another's, not made up."""

import hashlib
import json
from datetime import UTC, datetime

import pytest

from core.errors import Invalid
from core.selftest import (
    TEST_CARD,
    Check,
    Finding,
    SelfTest,
    Verdict,
    from_text,
    is_test_card,
    key_of,
    key_of_token,
    to_text,
    verdict_of,
)

KEY = key_of_token("let me in")
CAMERA = Finding(check=Check.CAMERA, verdict=Verdict.FINE, word="read", numbers=(38,))
LIGHT = Finding(check=Check.LIGHT, verdict=Verdict.WISH, word="dim", numbers=(48,))
TEST = SelfTest(
    device_id="door-1", at=datetime(2026, 11, 21, 6, 15, tzinfo=UTC), is_attended=True, findings=(CAMERA, LIGHT)
)  # fmt: skip


def test_what_was_signed_comes_back_whole() -> None:
    assert from_text(to_text(TEST, KEY), "door-1", KEY) == TEST


def test_the_server_finds_the_key_with_what_it_keeps_of_the_token() -> None:
    assert key_of(hashlib.sha256(b"let me in").hexdigest()) == KEY != key_of_token("let me in!")


@pytest.mark.parametrize(
    "text",
    [
        "",
        ".",
        "[]",
        to_text(TEST, key_of_token("another kiosk")),
        to_text(TEST, KEY).replace("fine", "wish"),
        to_text(TEST, KEY)[:-1],
        to_text(TEST, KEY).replace("door-1", "door-2"),
        "é" + to_text(TEST, KEY),
        "1" * 5000,
    ],
)
def test_what_that_kiosk_did_not_sign_is_not_believed(text: str) -> None:
    with pytest.raises(Invalid):
        from_text(text, "door-1", KEY)


def test_a_kiosk_cannot_speak_for_another_one() -> None:
    with pytest.raises(Invalid):
        from_text(to_text(TEST, KEY), "door-2", KEY)


def signed(record: object) -> str:
    import hmac

    text = json.dumps(record)
    return f"{text}.{hmac.digest(KEY, text.encode(), 'sha256').hex()}"


@pytest.mark.parametrize(
    "record",
    [
        {},
        [2, "door-1", 0, True, []],
        [1, "door-1", "soon", True, []],
        [1, "door-1", 10**30, True, []],
        [1, "door-1", 0, True, [["camera", "splendid", "read", []]]],
        [1, "door-1", 0, True, [["camera", "fine"]]],
    ],
)
def test_what_is_signed_and_means_nothing_is_not_understood(record: object) -> None:
    with pytest.raises(Invalid):
        from_text(signed(record), "door-1", KEY)


def test_a_check_of_a_newer_kiosk_is_left_out() -> None:
    newer = [1, "door-1", 0, True, [["smell", "failed", "burnt", []], ["camera", "fine", "read", [38]]]]
    assert from_text(signed(newer), "door-1", KEY).findings == (CAMERA,)


@pytest.mark.parametrize(
    "verdicts, whole",
    [
        ([Verdict.FINE, Verdict.UNTRIED], Verdict.FINE),
        ([Verdict.FINE, Verdict.WISH], Verdict.WISH),
        ([Verdict.WISH, Verdict.FAILED, Verdict.FINE], Verdict.FAILED),
        ([], Verdict.FINE),
    ],
)
def test_a_test_is_as_good_as_its_worst_finding_and_what_was_not_tried_is_no_fault(
    verdicts: list[Verdict], whole: Verdict
) -> None:
    assert verdict_of(tuple(Finding(check=Check.CAMERA, verdict=each, word="") for each in verdicts)) is whole


@pytest.mark.parametrize("shown", [TEST_CARD, TEST_CARD.encode(), TEST_CARD.lower() + "\n"])
def test_the_test_card_is_known_by_camera_and_scanner(shown: bytes | str) -> None:
    assert is_test_card(shown)


@pytest.mark.parametrize("shown", ["", "TESSERA SELF-TEST 2", "T1ABC", b"\xff\xfe", TEST_CARD + "1"])
def test_nothing_else_is_the_test_card(shown: bytes | str) -> None:
    assert not is_test_card(shown)
