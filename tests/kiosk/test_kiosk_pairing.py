"""A kiosk becomes a device by a code, once, and remembers it over a restart."""

from pathlib import Path
from threading import Event

import pytest

from core.protocol import Pair, Paired
from kiosk.faces import PairingTrouble
from kiosk.pairing import Pairing
from kiosk.server_client import DeviceRejected, ServerUnreachable
from kiosk.store.identity import Identity, read_identity, write_identity
from kiosk.store.store import KioskStore
from tests.kiosk.at_the_desk import SIX_PM


class FakeReception:
    """Takes one code, once."""

    def __init__(self, *, is_up: bool = True) -> None:
        self.is_up = is_up
        self.tried: list[Pair] = []

    def pair(self, pair: Pair) -> Paired:
        self.tried.append(pair)
        if not self.is_up:
            self.is_up = True
            raise ServerUnreachable("Nobody is there.")
        if pair.code != "RIGHT":
            raise DeviceRejected("pairing.code_not_valid")
        return Paired(device_id="d1", token="t1", venue_id="v", organization_name="Kiln & Co.", venue_name="The Kiln")


def a_pairing(folder: Path, reception: FakeReception) -> tuple[Pairing, KioskStore, list[str]]:
    store, told = KioskStore(folder, at=SIX_PM, random_bits=lambda bits: 1), []
    pairing = Pairing(store, reception, name="Door", clock=lambda: 0.0, paired=lambda: told.append("paired"))
    return pairing, store, told


def test_the_right_code_makes_it_a_device_for_good(tmp_path: Path) -> None:
    reception = FakeReception()
    pairing, store, told = a_pairing(tmp_path, reception)
    assert pairing.pair("RIGHT") is None
    assert store.identity and (store.identity.device_id, store.identity.token) == ("d1", "t1")
    assert (told, reception.tried) == (["paired"], [Pair(code="RIGHT", name="Door")])
    assert read_identity(tmp_path) == store.identity


def test_a_paired_kiosk_is_not_paired_again(tmp_path: Path) -> None:
    reception = FakeReception()
    pairing, store, _ = a_pairing(tmp_path, reception)
    store.remember(Identity(device_id="d0", token="t0"))
    assert pairing.pair("RIGHT") is None
    assert store.identity and store.identity.device_id == "d0"
    assert reception.tried == []


@pytest.mark.parametrize(
    "is_up, trouble", [(True, PairingTrouble.CODE_NOT_VALID), (False, PairingTrouble.SERVER_UNREACHABLE)]
)
def test_why_it_did_not_pair_is_said(tmp_path: Path, is_up: bool, trouble: PairingTrouble) -> None:
    pairing, store, told = a_pairing(tmp_path, FakeReception(is_up=is_up))
    assert pairing.pair("WRONG") is trouble
    assert (store.identity, told) == (None, [])


def test_a_code_given_at_the_start_is_tried_until_the_server_is_up(tmp_path: Path) -> None:
    reception = FakeReception(is_up=False)
    pairing, store, _ = a_pairing(tmp_path, reception)
    pairing.run("RIGHT", Event())
    assert len(reception.tried) == 2
    assert store.identity


@pytest.mark.parametrize("content", ["", "{", "[]", '"x"', '{"device_id": "d"}'])
def test_an_identity_that_cannot_be_read_is_none(tmp_path: Path, content: str) -> None:
    (tmp_path / "device.json").write_text(content)
    assert read_identity(tmp_path) is None


def test_an_identity_is_written_whole_over_an_old_one(tmp_path: Path) -> None:
    write_identity(tmp_path, Identity(device_id="old", token="a much longer token than the new one"))
    write_identity(tmp_path, Identity(device_id="new", token="t"))
    found = read_identity(tmp_path)
    assert found and (found.device_id, found.token) == ("new", "t")
    assert "token" not in repr(found) and [path.name for path in tmp_path.iterdir()] == ["device.json"]
