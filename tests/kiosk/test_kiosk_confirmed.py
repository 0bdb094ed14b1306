"""A kiosk that used a browser's code shows a sign, and is nobody's until staff said yes on both screens."""

import hashlib
from pathlib import Path
from threading import Event

from core.pairing import sign_of
from core.protocol import Pair, Paired
from kiosk.pairing import Pairing
from kiosk.store.store import KioskStore
from tests.kiosk.at_the_desk import SIX_PM

SIGN = sign_of("d1", hashlib.sha256(b"t1").hexdigest())


class FakeReception:
    def pair(self, pair: Pair) -> Paired:
        return Paired(
            device_id="d1", token="t1", venue_id="v", organization_name="Kiln", venue_name="Hall", is_confirmed=False
        )


def a_pairing(folder: Path, said: list[str]) -> tuple[Pairing, KioskStore]:
    store = KioskStore(folder, at=SIX_PM, random_bits=lambda bits: 1)
    reception = FakeReception()
    return Pairing(store, reception, name="Door", paired=said.clear, rejected_as=lambda: "".join(said)), store


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
    pairing, store = a_pairing(tmp_path, [])
    pairing.pair("CODE")
    pairing.agree(False)
    assert (store.identity, pairing.confirming()) == (None, None)


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
