"""Whatever is shown to the camera does no harm: it is read or not, it is no card, and nothing raises."""

from random import Random

import numpy as np
import pytest
import qrcode

from core import cards
from core.cards import CardCode, NotACard
from kiosk.camera.decoder import Decoder

HOSTILE = [
    pytest.param(b"\0" * 40, id="nothing but NUL"),
    pytest.param(b"T1\0" + b"A" * 26, id="a NUL in a card"),
    pytest.param("\u202eT1ALICE\u202c\u2066".encode(), id="text that turns round"),
    pytest.param(bytes(range(128, 256)), id="not UTF-8"),
    pytest.param(b"\xff\xfe\xfd", id="not any text"),
    pytest.param(b"\xed\xa0\x80\xed\xbf\xbf", id="surrogates"),
    pytest.param(b"\xc0\xaf../../etc/passwd", id="overlong slash"),
    pytest.param(b"1", id="a number that is an id"),
    pytest.param(b"18446744073709551616", id="a number too large"),
    pytest.param(b"-1", id="a negative number"),
    pytest.param(b"' OR 1=1; DROP TABLE members; --", id="a query"),
    pytest.param(b"<script>alert(1)</script>", id="a script"),
    pytest.param(b"{{7*7}}${7*7}%s%n", id="a template"),
    pytest.param(b"https://example.com/" + b"a" * 700, id="a long address"),
    pytest.param("WIFI:S:Café;T:WPA;P:geheim;;".encode(), id="a network"),
    pytest.param(b"A" * 1800, id="as long as fits"),
    pytest.param("𝐓𝟏𝐀𝐋𝐈𝐂𝐄".encode(), id="letters that look like ours"),
    pytest.param("T1ALICE\u200b\u200d\ufeff".encode(), id="letters nobody sees"),
    pytest.param(b"\x1b[2J\x07\r\n", id="a terminal's commands"),
]


def frame_with(payload: bytes) -> np.ndarray:
    code = qrcode.QRCode(error_correction=qrcode.constants.ERROR_CORRECT_L, border=4)
    code.add_data(qrcode.util.QRData(payload, mode=qrcode.util.MODE_8BIT_BYTE))
    code.make()
    dark = np.array(code.get_matrix(), np.uint8)
    return np.where(np.kron(dark, np.ones((4, 4), np.uint8)) > 0, 20, 235).astype(np.uint8)


@pytest.mark.parametrize("payload", HOSTILE)
def test_a_hostile_code_is_read_byte_for_byte_and_is_no_card(payload):
    reading = Decoder().read(frame_with(payload))
    assert [code.payload for code in reading.codes] == [payload]
    assert isinstance(reading.codes[0].text, str)
    assert isinstance(cards.read(reading.codes[0].payload), NotACard)
    assert isinstance(cards.read(reading.codes[0].text), NotACard)


def any_payload(random: Random) -> bytes:
    """Something near a card, something long, or anything at all."""
    near = cards.new_code(random.getrandbits).text
    match random.randrange(5):
        case 0:
            return random.randbytes(random.randrange(1, 400))
        case 1:
            at = random.randrange(len(near))
            return (near[:at] + chr(random.randrange(0x2600)) + near[at + 1 :]).encode()
        case 2:
            return str(random.getrandbits(random.randrange(1, 80))).encode()
        case 3:
            return near.encode() + random.randbytes(random.randrange(1, 4))
        case _:
            return (near * 40)[: random.randrange(30, 1100)].encode()


def is_a_card_but_for_spaces(text: str) -> bool:
    answer = cards.read(text)
    return isinstance(answer, CardCode) and answer.text == text.strip().upper()


def test_a_thousand_hostile_payloads_are_harmless():
    random = Random(20)
    for _ in range(1000):
        payload = any_payload(random)
        as_text = payload.decode("utf-8", errors="surrogateescape"), payload.decode("latin-1")
        assert isinstance(cards.read(payload), NotACard) or is_a_card_but_for_spaces(payload.decode("ascii"))
        for text in as_text:
            assert isinstance(cards.read(text), NotACard) or is_a_card_but_for_spaces(text)


def test_fifty_of_them_as_pictures():
    random = Random(21)
    for _ in range(50):
        payload = any_payload(random)
        assert [code.payload for code in Decoder().read(frame_with(payload)).codes] == [payload]


def test_a_card_itself_is_still_a_card():
    code = cards.new_code(Random(1).getrandbits)
    assert cards.read(Decoder().read(frame_with(code.text.encode())).codes[0].payload) == CardCode(code.text)
