"""Ana shows her phone at a kiosk that can ask nobody: its code opens in its step, a picture of it later does not."""

import base64
import json
from contextlib import closing
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from random import Random

import apsw
import pytest
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from core import cards, phone_codes
from core.decisions import Admitted, Refused
from core.model import CardState
from core.phone_codes import STEP, PhoneCode
from core.protocol import Attempt, AttemptKind, ClockQuality, ReplicaPart, SealedCard
from core.refusals import RefusalReason as R
from kiosk.camera.debounce import Debounce
from kiosk.showing import standing_of
from kiosk.store.files import FILE
from kiosk.store.migrations import STEPS
from kiosk.store.replica_seen import STEP_WITH_PHONES, listed, replica_seen
from kiosk.timekeeping import TimeReading
from tests.kiosk.at_the_desk import ANA_RESERVED, SIX_PM, Clocks, FakeServer, Kiosk, a_kiosk, member_list, reopened

SECRET = bytes(range(32))
PHONE = phone_codes.new_phone_id(Random("Ana's phone").getrandbits)
NOW = phone_codes.step_at(SIX_PM)
WEEK = phone_codes.period_of(NOW)
PERIODS = phone_codes.periods_between(SECRET, PHONE, WEEK - 1, WEEK + 1)
FINGERPRINT = phone_codes.fingerprint_of(PHONE)
A_MOMENT = timedelta(microseconds=1)


def code(step: int = NOW) -> PhoneCode:
    return phone_codes.code_at(SECRET, PHONE, step)


def sealed() -> str:
    plain = json.dumps({"first_name": "Ana", "language": "de"}).encode()
    box = AESGCM(phone_codes.name_key_of(SECRET)).encrypt(bytes(12), plain, FINGERPRINT.encode())
    return base64.b64encode(bytes(12) + box).decode()


PHONES_CARD = SealedCard(
    card=FINGERPRINT, member_id="ana", state="ACTIVE", sealed=sealed(), phone=PERIODS,
    expires_at=SIX_PM + timedelta(days=2),
)  # fmt: skip


def with_phone(card: SealedCard = PHONES_CARD) -> ReplicaPart:
    part = member_list(ANA_RESERVED)
    ana = part.members[0]
    return replace(part, members=(replace(ana, cards=(*ana.cards, card)),))


def alone(folder: Path, part: ReplicaPart | None = None) -> Kiosk:
    """The kiosk spoke with the server at six, took its list, and is alone since."""
    made = a_kiosk(folder)
    made.server.parts = [part or with_phone()]
    assert made.desk.sync().is_complete
    made.server.is_up = False
    return made


def last_attempt(made: Kiosk) -> Attempt:
    return made.store.journal.next_batch(100, made.clocks.at).attempts[-1]


def test_a_phone_opens_without_a_network_and_its_owner_is_greeted_by_name(tmp_path: Path) -> None:
    made = alone(tmp_path)
    shown = made.desk.show_card(code().text)
    assert isinstance(shown.decision, Admitted)
    assert shown.person is not None
    assert (shown.person.first_name, shown.person.language) == ("Ana", "de")
    attempt = last_attempt(made)
    assert (attempt.card, attempt.phone_step, attempt.member_id) == (FINGERPRINT, NOW, "ana")
    assert attempt.proof == cards.proof(code().proof_key(), attempt.attempt_id)


@pytest.mark.parametrize(
    "after, is_good",
    [
        (-STEP - A_MOMENT, False),
        (-STEP, True),
        (timedelta(0), True),
        (2 * STEP - A_MOMENT, True),
        (2 * STEP, False),
        (timedelta(minutes=10), False),
        (timedelta(days=1), False),
    ],
)
def test_a_code_counts_in_its_step_and_those_beside_it(tmp_path: Path, after: timedelta, is_good: bool) -> None:
    """`after` it began. A picture of it is told so in its own words, and names nobody."""
    made = alone(tmp_path)
    made.clocks.pass_by(3600)
    began_at = phone_codes.begins_at(NOW + 120)
    made.clocks.pass_by((began_at + after - made.clocks.at).total_seconds())
    shown = made.desk.show_card(code(NOW + 120).text)
    if is_good:
        assert isinstance(shown.decision, Admitted)
    else:
        assert isinstance(shown.decision, Refused)
        assert (shown.decision.reason, shown.person) == (R.PHONE_CODE_OLD, None)


def test_a_made_up_code_of_a_known_phone_opens_nothing_and_is_nobodys_attempt(tmp_path: Path) -> None:
    made = alone(tmp_path)
    shown = made.desk.show_card(phone_codes.code_with(PHONE, b"guessed once").text)
    assert isinstance(shown.decision, Refused)
    assert shown.decision.reason is R.PHONE_CODE_OLD
    attempt = last_attempt(made)
    assert (attempt.kind, attempt.card, attempt.proof) == (AttemptKind.NOTE, "", "")


def test_a_phone_that_this_kiosk_does_not_know_is_told_so(tmp_path: Path) -> None:
    made = alone(tmp_path, member_list(ANA_RESERVED))
    shown = made.desk.show_card(code().text)
    assert isinstance(shown.decision, Refused)
    assert shown.decision.reason is R.CARD_NOT_ON_THIS_KIOSK


def test_a_link_that_was_replaced_says_so_whatever_its_step(tmp_path: Path) -> None:
    over = replace(PHONES_CARD, state="REPLACED", phone=(), sealed="")
    shown = alone(tmp_path, with_phone(over)).desk.show_card(code().text)
    assert isinstance(shown.decision, Refused)
    assert shown.decision.reason is R.CARD_REPLACED


@pytest.mark.parametrize("left, reason", [(A_MOMENT, None), (timedelta(0), R.CARD_EXPIRED)])
def test_a_link_runs_out_at_its_instant(tmp_path: Path, left: timedelta, reason: R | None) -> None:
    """Kept in whole milliseconds."""
    left = timedelta(milliseconds=1) if left else left
    made = alone(tmp_path, with_phone(replace(PHONES_CARD, expires_at=SIX_PM + left)))
    decision = made.desk.show_card(code().text).decision
    assert (decision.reason if isinstance(decision, Refused) else None) is reason


def test_a_phone_that_is_held_up_into_the_next_step_is_one_attempt() -> None:
    debounce, square = Debounce(), ((0, 0), (9, 0), (9, 9), (0, 9))
    assert debounce.is_new_attempt(code(NOW).text.encode(), square, 10.0)
    assert not debounce.is_new_attempt(code(NOW + 1).text.encode(), square, 10.5)
    other = phone_codes.code_with(phone_codes.new_phone_id(lambda bits: 3), code().value)
    assert debounce.is_new_attempt(other.text.encode(), square, 10.6)
    assert debounce.is_new_attempt(code(NOW + 1).text.encode(), square, 20.0)


def test_the_server_is_asked_when_there_is_one(tmp_path: Path) -> None:
    made = a_kiosk(tmp_path)
    made.desk.show_card(code().text)
    asked = made.server.asked[-1].attempt
    assert (asked.card, asked.phone_step) == (FINGERPRINT, None)


def reading(at: datetime, error: timedelta, quality: ClockQuality = ClockQuality.HOLDOVER) -> TimeReading:
    return TimeReading(at=at, quality=quality, error=error)


@pytest.mark.parametrize(
    "steps_ago, error, standing",
    [
        (1, timedelta(minutes=2), CardState.ACTIVE),
        (2, timedelta(seconds=30), CardState.CODE_OLD),
        (2, timedelta(seconds=31), CardState.CODE_UNSURE),
        (5, timedelta(minutes=2), CardState.CODE_UNSURE),
        (6, timedelta(minutes=2), CardState.CODE_OLD),
        (-6, timedelta(minutes=2), CardState.CODE_OLD),
    ],
)
def test_a_clock_that_may_be_off_by_minutes_calls_no_code_old_that_may_be_good(
    steps_ago: int, error: timedelta, standing: CardState
) -> None:
    assert standing_of(NOW - steps_ago, reading(SIX_PM, error)) is standing


def test_by_an_unsure_clock_no_code_is_good() -> None:
    unsure = reading(SIX_PM, timedelta(0), ClockQuality.UNSURE)
    assert standing_of(NOW, unsure) is CardState.CODE_UNSURE


def test_an_unsure_kiosk_asks_and_without_an_answer_sends_for_staff(tmp_path: Path) -> None:
    """It was started with a clock that is a month behind what it wrote before."""
    made = alone(tmp_path)
    made.desk.show_card(code().text)
    month_ago = Clocks(at=SIX_PM - timedelta(days=30))
    again = reopened(tmp_path, month_ago, FakeServer(month_ago, is_up=False), boot="boot-2")
    shown = again.desk.show_card(code().text)
    assert isinstance(shown.decision, Refused)
    assert shown.decision.reason is R.CLOCK_UNSURE
    assert again.server.asked
    assert shown.person is None


def test_what_lies_on_the_kiosk_opens_no_name_and_shows_no_code(tmp_path: Path) -> None:
    """All the kiosk holds before a code is shown: anchors, wrapped keys, sealed names. And afterwards too."""
    made = alone(tmp_path)
    made.desk.show_card(code().text)
    raw = b"".join(path.read_bytes() for path in tmp_path.iterdir() if path.is_file())
    assert PERIODS[1].anchor.encode() in raw
    for secret in (code().text, code().value.hex(), SECRET.hex(), phone_codes.name_key_of(SECRET).hex(), "Ana"):
        assert secret.encode() not in raw
    with closing(apsw.Connection(str(tmp_path / FILE))) as connection:
        assert replica_seen(connection).faults == ()
        held = listed(connection, SIX_PM).members["ana"].cards
    assert set(held) == set(with_phone().members[0].cards)
    assert len(STEPS) >= STEP_WITH_PHONES
