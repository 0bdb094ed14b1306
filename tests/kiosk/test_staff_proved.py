"""Staff prove themselves at a kiosk that is alone: card and PIN; each try is on the disk before it is looked at."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from random import Random

import pytest
from argon2 import PasswordHasher

from core import staff_cards
from core.decisions import Refused
from core.pins import FREE_TRIES, MOST_TRIES, PinRefusal, PinRefused, StaffProof, Tries
from core.protocol import AttemptKind, ReplicaPart, StaffVerifier
from core.refusals import RefusalReason as R
from kiosk.staff import PROVED_BY, fits, prove_staff
from tests.kiosk.at_the_desk import ANAS_CARD, SIX_PM, Kiosk, a_kiosk, member_list, reopened
from tests.kiosk.test_stolen_kiosk import seal

MIRAS = staff_cards.new_code(Random("Mira").getrandbits)
FINNS = staff_cards.new_code(Random("Finn").getrandbits)
PIN, WRONG = "704182", "704183"
QUICK = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
"""The kiosk reads from the verifier how slow it is to be; a studio's are slow."""


def verifier(card: staff_cards.StaffCardCode = MIRAS, staff_id: str = "mira", pin: str = PIN) -> StaffVerifier:
    return StaffVerifier(
        card=card.fingerprint, staff_id=staff_id, verifier=QUICK.hash(card.keyed(pin)), sealed=seal(card, "Mira")
    )


def listed(*staff: StaffVerifier, version: int = 1) -> ReplicaPart:
    return replace(member_list(version=version), staff=staff)


def a_kiosk_with_staff(folder: Path, *staff: StaffVerifier) -> Kiosk:
    kiosk = a_kiosk(folder, is_online=False)
    kiosk.store.replica.apply(listed(*(staff or (verifier(),))), SIX_PM)
    return kiosk


def reason(proof: StaffProof | PinRefused) -> PinRefusal | None:
    return proof.reason if isinstance(proof, PinRefused) else None


def try_wrong(kiosk: Kiosk, times: int) -> None:
    """However long each has to wait."""
    for _ in range(times):
        refused = kiosk.desk.prove_staff(MIRAS.text, WRONG)
        if isinstance(refused, PinRefused) and refused.until is not None:
            kiosk.clocks.pass_by((refused.until - kiosk.desk.time().at).total_seconds())
            refused = kiosk.desk.prove_staff(MIRAS.text, WRONG)
        assert reason(refused) is PinRefusal.PIN_WRONG


def test_card_and_pin_prove_who_it_is_without_asking_anybody(tmp_path: Path) -> None:
    kiosk = a_kiosk_with_staff(tmp_path)
    proof = kiosk.desk.prove_staff(MIRAS.text, PIN)
    assert proof == StaffProof(staff_id="mira", first_name="Mira", proved_by=PROVED_BY)
    assert kiosk.server.asked == []


@pytest.mark.parametrize(
    ("card", "pin", "why"),
    [
        (MIRAS.text, WRONG, PinRefusal.PIN_WRONG),
        (MIRAS.text, "70418", PinRefusal.PIN_NOT_WHOLE),
        (FINNS.text, PIN, PinRefusal.CARD_NOT_KNOWN_HERE),
        (ANAS_CARD.text, PIN, PinRefusal.NOT_A_STAFF_CARD),
        ("S1", PIN, PinRefusal.NOT_A_STAFF_CARD),
    ],
)
def test_anything_else_does_not(tmp_path: Path, card: str, pin: str, why: PinRefusal) -> None:
    assert reason(a_kiosk_with_staff(tmp_path).desk.prove_staff(card, pin)) is why


def test_somebody_elses_pin_does_not_go_with_ones_card(tmp_path: Path) -> None:
    kiosk = a_kiosk_with_staff(tmp_path, verifier(), verifier(FINNS, "finn", "918273"))
    assert reason(kiosk.desk.prove_staff(MIRAS.text, "918273")) is PinRefusal.PIN_WRONG
    assert isinstance(kiosk.desk.prove_staff(FINNS.text, "918273"), StaffProof)


def test_a_staff_card_at_the_door_is_no_membership_card_and_leaves_no_trace(tmp_path: Path) -> None:
    kiosk = a_kiosk_with_staff(tmp_path)
    shown = kiosk.desk.show_card(MIRAS.text)
    assert shown.decision == Refused(reason=R.NOT_A_MEMBERSHIP_CARD) and shown.person is None
    written = kiosk.store.journal.attempt(shown.attempt_id)
    assert written is not None and (written.kind, written.card) == (AttemptKind.NOTE, "")


class PowerCut(BaseException):
    """The plug is pulled."""


def test_a_try_is_counted_before_it_is_looked_at(tmp_path: Path) -> None:
    kiosk = a_kiosk_with_staff(tmp_path)

    def power_goes(verifier: str, keyed: str) -> bool:
        raise PowerCut

    for count in (1, 2, 3):
        with pytest.raises(PowerCut):
            prove_staff(kiosk.store.pins, MIRAS.text, PIN, SIX_PM, fits=power_goes)
        kiosk = reopened(tmp_path, kiosk.clocks, kiosk.server)  # the file as the cut left it: nothing was closed
        assert kiosk.store.pins.tries("mira").count == count


def test_a_right_pin_clears_the_count_and_a_wrong_one_does_not(tmp_path: Path) -> None:
    kiosk = a_kiosk_with_staff(tmp_path)
    try_wrong(kiosk, FREE_TRIES - 1)
    assert isinstance(kiosk.desk.prove_staff(MIRAS.text, PIN), StaffProof)
    assert kiosk.store.pins.tries("mira") == Tries()
    try_wrong(kiosk, FREE_TRIES)
    assert kiosk.store.pins.tries("mira").count == FREE_TRIES


def test_the_right_pin_has_to_wait_too_and_a_power_cycle_does_not_shorten_it(tmp_path: Path) -> None:
    kiosk = a_kiosk_with_staff(tmp_path)
    try_wrong(kiosk, FREE_TRIES)
    until = kiosk.clocks.at + timedelta(minutes=1)
    assert kiosk.desk.prove_staff(MIRAS.text, PIN) == PinRefused(reason=PinRefusal.WAIT, until=until)
    kiosk.store.close()
    kiosk = reopened(tmp_path, kiosk.clocks, kiosk.server, boot="boot-2")
    kiosk.clocks.pass_by(59)
    assert reason(kiosk.desk.prove_staff(MIRAS.text, PIN)) is PinRefusal.WAIT
    kiosk.clocks.pass_by(1)
    assert isinstance(kiosk.desk.prove_staff(MIRAS.text, PIN), StaffProof)


def test_a_clock_set_back_makes_nobody_wait_for_ever(tmp_path: Path) -> None:
    kiosk = a_kiosk_with_staff(tmp_path)
    for _ in range(FREE_TRIES):
        prove_staff(kiosk.store.pins, MIRAS.text, WRONG, SIX_PM + timedelta(days=365))
    for seconds in (0, 30, 59):
        refused = prove_staff(kiosk.store.pins, MIRAS.text, PIN, SIX_PM + timedelta(seconds=seconds))
        assert refused == PinRefused(reason=PinRefusal.WAIT, until=SIX_PM + timedelta(minutes=1))
    assert isinstance(prove_staff(kiosk.store.pins, MIRAS.text, PIN, SIX_PM + timedelta(minutes=1)), StaffProof)


def test_after_twenty_tries_only_a_new_pin_helps(tmp_path: Path) -> None:
    kiosk = a_kiosk_with_staff(tmp_path)
    try_wrong(kiosk, MOST_TRIES)
    kiosk.clocks.pass_by(400 * 24 * 3600)
    assert reason(kiosk.desk.prove_staff(MIRAS.text, PIN)) is PinRefusal.PIN_IS_OVER
    kiosk.store.replica.apply(listed(verifier(pin="918273"), version=2), kiosk.clocks.at)
    assert reason(kiosk.desk.prove_staff(MIRAS.text, PIN)) is PinRefusal.PIN_WRONG
    assert isinstance(kiosk.desk.prove_staff(MIRAS.text, "918273"), StaffProof)


def test_hearing_the_same_list_again_or_forgetting_it_meanwhile_does_not_clear_the_count(tmp_path: Path) -> None:
    miras = verifier()
    kiosk = a_kiosk_with_staff(tmp_path, miras)
    try_wrong(kiosk, 3)
    kiosk.store.replica.apply(listed(miras, version=2), SIX_PM)
    assert kiosk.store.pins.tries("mira").count == 3
    kiosk.store.forget_everybody()
    assert reason(kiosk.desk.prove_staff(MIRAS.text, PIN)) is PinRefusal.CARD_NOT_KNOWN_HERE
    kiosk.store.replica.apply(listed(miras, version=3), SIX_PM)
    assert kiosk.store.pins.tries("mira").count == 3


def test_whoever_left_is_not_known_any_more(tmp_path: Path) -> None:
    kiosk = a_kiosk_with_staff(tmp_path, verifier(), verifier(FINNS, "finn"))
    kiosk.store.replica.apply(listed(verifier(), version=2), SIX_PM)
    assert reason(kiosk.desk.prove_staff(FINNS.text, PIN)) is PinRefusal.CARD_NOT_KNOWN_HERE


def test_a_verifier_that_is_none_fits_nothing() -> None:
    assert not fits("", "x") and not fits("$argon2id$", "x") and fits(QUICK.hash("x"), "x")
