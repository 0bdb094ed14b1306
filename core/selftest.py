"""What a kiosk finds when it looks at itself in the morning: one rule each, and signed so that it is proved.

Pure: what was measured is passed in. It refuses to measure, to show, and to know a clock.
"""

import hashlib
import hmac
import json
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from core import clocktime
from core.errors import Invalid

TEST_CARD = "TESSERA SELF-TEST 1"
"""What stands in the code of the printed test card. It is nobody's card and opens nothing."""
LONGEST_TEXT = 4000
_VERSION = 1


class Check(StrEnum):
    """What is looked at, in the order in which it is shown."""

    CAMERA = "camera"
    FOCUS = "focus"
    LIGHT = "light"
    SOUND = "sound"
    DISK = "disk"
    CLOCK = "clock"
    LIST = "list"
    OUTBOX = "outbox"
    SYNC = "sync"
    DOOR = "door"


_KNOWN = frozenset(check.value for check in Check)


class Verdict(StrEnum):
    """WISH: it works, somebody should look some time. UNTRIED: nobody knows, which is no fault."""

    FINE = "fine"
    WISH = "wish"
    FAILED = "failed"
    UNTRIED = "untried"


@dataclass(frozen=True, kw_only=True, slots=True)
class Finding:
    """`word` says what was found, as a key of a sentence; `numbers` stand in it. Both are shown, neither is a name."""

    check: Check
    verdict: Verdict
    word: str
    numbers: tuple[int, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class SelfTest:
    """One look of a kiosk at itself. `is_attended`: staff stood there."""

    device_id: str
    at: datetime
    is_attended: bool
    findings: tuple[Finding, ...]

    @property
    def verdict(self) -> Verdict:
        return verdict_of(self.findings)


def verdict_of(findings: tuple[Finding, ...]) -> Verdict:
    """The worst there is. What was not tried is no fault."""
    found = {finding.verdict for finding in findings}
    return next((each for each in (Verdict.FAILED, Verdict.WISH) if each in found), Verdict.FINE)


def key_of(token_hash: str) -> bytes:
    """The key that signs a device's tests, from the SHA-256 (hex) of its token: all that the server keeps of it."""
    return hmac.digest(token_hash.encode("ascii"), b"tessera self-test 1", "sha256")


def key_of_token(token: str) -> bytes:
    """The same for the device itself, which has the token."""
    return key_of(hashlib.sha256(token.encode("utf-8")).hexdigest())


def is_test_card(payload: bytes | str) -> bool:
    """Whether the printed test card was shown, as a camera or a hand scanner reads it."""
    text = payload.decode("ascii", "replace") if isinstance(payload, bytes) else payload
    return text.strip().upper() == TEST_CARD


def to_text(test: SelfTest, key: bytes) -> str:
    """As it is kept and told: the record, a full stop, and its HMAC-SHA256 in hex."""
    found = [[each.check.value, each.verdict.value, each.word, list(each.numbers)] for each in test.findings]
    record = json.dumps(
        [_VERSION, test.device_id, clocktime.to_ms(test.at), test.is_attended, found], separators=(",", ":")
    )
    return f"{record}.{_signature(record, key)}"


def from_text(text: str, device_id: str, key: bytes) -> SelfTest:
    """Raises `Invalid` for what that device did not sign, or signed in a way that nobody here knows.

    A check that is not known here (the kiosk is newer) is left out.
    """
    record, _, signature = text.rpartition(".")
    if len(text) > LONGEST_TEXT or not hmac.compare_digest(
        signature.encode("utf-8", "replace"), _signature(record, key).encode()
    ):
        raise Invalid("wire.not_understood", kind="SelfTest", why="it is not signed by that device")
    try:
        version, signed_by, at, is_attended, found = json.loads(record)
        if version != _VERSION or signed_by != device_id:
            raise ValueError("of another kind or device")
        findings = tuple(_finding(*each) for each in found if each[0] in _KNOWN)
        return SelfTest(
            device_id=device_id, at=clocktime.from_ms(int(at)), is_attended=bool(is_attended), findings=findings
        )
    except (ValueError, TypeError, OverflowError, LookupError) as why:
        raise Invalid("wire.not_understood", kind="SelfTest", why=str(why)[:120]) from why


def _finding(check: str, verdict: str, word: str, numbers: list[int]) -> Finding:
    figures = tuple(int(each) for each in numbers[:4])
    return Finding(check=Check(check), verdict=Verdict(verdict), word=str(word)[:20], numbers=figures)


def _signature(record: str, key: bytes) -> str:
    return hmac.digest(key, record.encode("utf-8"), "sha256").hex()
