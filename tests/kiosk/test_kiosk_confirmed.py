"""A kiosk that used a browser's code shows a sign, and is nobody's until staff said yes on both screens."""

import hashlib
from collections.abc import Callable
from pathlib import Path
from threading import Event

import pytest

from core.pairing import sign_of
from core.protocol import Pair, Paired, Unpaired
from kiosk.faces import PairingTrouble
from kiosk.pairing import Pairing
from kiosk.server_client import ServerUnreachable
from kiosk.store.store import KioskStore
from tests.kiosk.at_the_desk import SIX_PM

SIGN = sign_of("d1", hashlib.sha256(b"t1").hexdigest())


class FakeReception:
    """Promises the same device to everybody. While `is_up` is False it hears nothing that is given back."""

    def __init__(self) -> None:
        self.is_up = True
        self.given_back: list[str] = []

    def unpair(self, token: str) -> Unpaired:
        if not self.is_up:
            raise ServerUnreachable("Nobody is there.")
        self.given_back.append(token)
        return Unpaired(was_waiting=True)

    def pair(self, pair: Pair) -> Paired:
        return Paired(
            device_id="d1", token="t1", venue_id="v", organization_name="Kiln", venue_name="Hall", is_confirmed=False
        )


def a_pairing(
    folder: Path, said: list[str], reception: FakeReception | None = None, clock: Callable[[], float] = lambda: 0.0
) -> tuple[Pairing, KioskStore]:
    store = KioskStore(folder, at=SIX_PM, random_bits=lambda bits: 1)
    pairing = Pairing(
        store, reception or FakeReception(), name="Door", clock=clock, paired=said.clear,
        rejected_as=lambda: "".join(said),
    )  # fmt: skip
    return pairing, store


def test_it_is_a_device_only_when_the_sign_was_the_same(tmp_path: Path) -> None:
    said: list[str] = []
    pairing, store = a_pairing(tmp_path, said)
    assert pairing.confirming() is None
    assert pairing.pair("CODE") is None
    promised = pairing.confirming()
    assert promised and (promised.sign, promised.is_agreed, store.identity) == (SIGN, False, None)
    pairing.agree(True)
    assert store.identity and store.identity.token == "t1"
    promised = pairing.confirming()
    assert promised and promised.is_agreed, "no card is answered before the server was asked"
    said.append("device.not_confirmed")
    promised = pairing.confirming()
    assert promised and (promised.sign, promised.is_agreed) == (SIGN, True)
    said.clear()
    store.note_contact(SIX_PM)
    assert pairing.confirming() is None


def test_another_sign_makes_it_forget_what_it_was_promised(tmp_path: Path) -> None:
    reception = FakeReception()
    pairing, store = a_pairing(tmp_path, [], reception)
    pairing.pair("CODE")
    pairing.agree(False)
    assert (store.identity, pairing.confirming(), pairing.why_not) == (None, None, None)
    assert reception.given_back == ["t1"], "the browser asks nobody any more"


def test_a_no_that_the_server_does_not_hear_is_a_no(tmp_path: Path) -> None:
    reception = FakeReception()
    reception.is_up = False
    pairing, store = a_pairing(tmp_path, [], reception)
    pairing.pair("CODE")
    pairing.agree(False)
    assert (store.identity, pairing.confirming()) == (None, None)


@pytest.mark.parametrize("seconds, is_over", [(599.9, False), (600.0, True)])
def test_a_sign_that_nobody_compared_goes_when_the_code_is_too_old(
    tmp_path: Path, seconds: float, is_over: bool
) -> None:
    now = [1000.0]
    pairing, store = a_pairing(tmp_path, [], clock=lambda: now[0])
    pairing.pair("CODE")
    now[0] += seconds
    assert (pairing.confirming() is None) == is_over
    assert pairing.why_not == (PairingTrouble.NOT_CONFIRMED if is_over else None)
    assert pairing.pair("CODE") is None
    promised = pairing.confirming()
    assert promised and pairing.why_not is None and store.identity is None, "another code is another promise"


@pytest.mark.parametrize(
    "code, why",
    [
        ("device.turned_away", PairingTrouble.TURNED_AWAY),
        ("device.unknown", PairingTrouble.TURNED_AWAY),
        ("device.confirmed_too_late", PairingTrouble.NOT_CONFIRMED),
    ],
)
def test_why_it_is_nobodys_again_is_said_until_the_next_code_is_taken(
    tmp_path: Path, code: str, why: PairingTrouble
) -> None:
    said: list[str] = []
    pairing, store = a_pairing(tmp_path, said)
    pairing.pair("CODE")
    pairing.agree(True)
    said.append(code)
    assert pairing.is_turned_away()
    pairing.start_over()
    assert (pairing.why_not, store.identity) == (why, None)
    assert pairing.pair("CODE") is None
    assert pairing.why_not is None


def test_turned_away_in_the_browser_it_starts_over_but_not_once_it_was_in_touch(tmp_path: Path) -> None:
    said: list[str] = []
    pairing, store = a_pairing(tmp_path, said)
    pairing.pair("CODE")
    pairing.agree(True)
    assert not pairing.is_turned_away()
    said.append("device.unknown")
    assert pairing.is_turned_away()
    store.note_contact(SIX_PM)
    assert not pairing.is_turned_away()
    pairing.start_over()
    assert store.identity is None and not (tmp_path / "device.json").exists()


def test_a_code_in_the_settings_has_said_yes_at_the_kiosk(tmp_path: Path) -> None:
    pairing, store = a_pairing(tmp_path, [])
    pairing.run("CODE", Event())
    assert store.identity
