"""Two self-tests for the gallery: a morning with one wish, and one on which the camera is covered."""

from datetime import datetime

from core.selftest import Check, Finding, Verdict
from kiosk.faces_selftest import SelfTesting
from kiosk.stand import Stand

F, W, X = Verdict.FINE, Verdict.WISH, Verdict.FAILED
REST = (
    (Check.DISK, F, "good", (41,)),
    (Check.CLOCK, F, "off", (200,)),
    (Check.LIST, F, "good", (412, 3)),
    (Check.OUTBOX, F, "empty", ()),
    (Check.SYNC, F, "good", (12,)),
    (Check.DOOR, F, "works", ()),
)
ONE_WISH = (
    (Check.CAMERA, F, "read", (38,)),
    (Check.FOCUS, F, "sharp", (40,)),
    (Check.LIGHT, W, "dim", (48,)),
    (Check.SOUND, F, "heard", ()),
    *REST,
)
COVERED = (
    (Check.CAMERA, X, "black", ()),
    (Check.FOCUS, Verdict.UNTRIED, "nothing", ()),
    (Check.LIGHT, X, "dark", ()),
    (Check.SOUND, F, "played", ()),
    *REST,
)


def self_tests(stand: Stand, at: datetime) -> dict[str, SelfTesting]:
    """By a short name."""
    return {
        "selftest": _of(ONE_WISH, stand, at, asks=False),
        "selftest-failed": _of(COVERED, stand, at, asks=True),
    }


def _of(
    found: tuple[tuple[Check, Verdict, str, tuple[int, ...]], ...], stand: Stand, at: datetime, *, asks: bool
) -> SelfTesting:
    findings = tuple(
        Finding(check=check, verdict=is_, word=word, numbers=figures) for check, is_, word, figures in found
    )
    return SelfTesting(
        stand=stand, at=at, findings=findings, wants_card=False, asks_whether_heard=asks, played=1
    )  # fmt: skip
