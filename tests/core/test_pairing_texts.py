"""What stands in a pairing's QR code is read back; nothing else is taken for it; the sign tells kiosks apart."""

import pytest

from core.cards import new_code
from core.pairing import PREFIX, code_in, sign_of, text_of


def test_a_pairing_code_is_read_back_however_it_is_spelt() -> None:
    assert code_in(text_of("7K3M9PQR")) == "7K3M9PQR"
    assert code_in(b" tessera-pair:7k3m-9pqr ") == "7K3M9PQR"
    assert code_in(PREFIX + "OIL39PQR") == "01139PQR"


@pytest.mark.parametrize(
    "text",
    ["", PREFIX, PREFIX + "7K3M9PQ", PREFIX + "7K3M9PQRS", PREFIX + "7K3M9PQ!", "7K3M9PQR", "x" * 200, b"\xff\x00"],
)
def test_anything_else_is_no_pairing_code(text: str | bytes) -> None:
    assert code_in(text) is None


def test_a_card_is_no_pairing_code() -> None:
    assert code_in(new_code(lambda bits: (1 << bits) // 3).text) is None


def test_another_token_or_device_has_another_sign() -> None:
    assert len(sign_of("d", "t")) == 5
    assert sign_of("d", "t") == sign_of("d", "t")
    assert len({sign_of("d", "t"), sign_of("e", "t"), sign_of("d", "u")}) == 3
