"""Whoever takes a kiosk home reads no name and no card code off its disk; only the shown card opens its own name."""

import base64
import json
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from core.cards import Code
from core.protocol import Person
from kiosk.names import unsealed
from tests.kiosk.at_the_desk import ANAS_CARD, STRANGERS_CARD, a_kiosk

CANARY = "Anastasia-Canary"


def seal(code: Code, name: str) -> str:
    nonce, plain = b"twelve bytes", json.dumps({"first_name": name, "language": "pl"}).encode()
    return base64.b64encode(
        nonce + AESGCM(code.seal_key()).encrypt(nonce, plain, code.fingerprint.encode("ascii"))
    ).decode()


def test_no_name_and_no_code_is_in_any_byte_of_the_folder(tmp_path: Path) -> None:
    kiosk = a_kiosk(tmp_path, is_online=False, sealed=seal(ANAS_CARD, CANARY))
    shown = kiosk.desk.show_card(ANAS_CARD.text)
    assert shown.person == Person(first_name=CANARY, language="pl")
    kiosk.server.is_up = True
    assert kiosk.desk.show_card(ANAS_CARD.text).person == Person(first_name="Ana", language="de")
    kiosk.desk.sync()
    kiosk.store.close()
    files = [path for path in tmp_path.rglob("*") if path.is_file()]
    assert any(ANAS_CARD.fingerprint.encode() in path.read_bytes() for path in files), (
        "the test looks at the right place"
    )
    for secret in (CANARY, ANAS_CARD.text, ANAS_CARD.text[2:-4], '"Ana"'):
        assert not any(secret.encode() in path.read_bytes() for path in files), secret


def test_the_token_is_for_its_owner_alone(tmp_path: Path) -> None:
    a_kiosk(tmp_path)
    assert (tmp_path / "device.json").stat().st_mode & 0o777 == 0o600
    assert (tmp_path / "kiosk.db").stat().st_mode & 0o777 == 0o600


def test_another_card_does_not_open_the_name() -> None:
    assert unsealed(seal(ANAS_CARD, CANARY), STRANGERS_CARD) is None


@pytest.mark.parametrize("sealed", ["", "not base64!", "YWJj", base64.b64encode(bytes(60)).decode()])
def test_a_broken_seal_costs_the_name_and_nothing_else(sealed: str) -> None:
    assert unsealed(sealed, ANAS_CARD) is None
