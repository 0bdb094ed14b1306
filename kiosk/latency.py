"""How long people wait: from the frame in which a card is readable to the painted answer, and where the time goes."""

from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass
from threading import Lock

from core.health import HealthWord

KEPT = 500


@dataclass(frozen=True, kw_only=True, slots=True)
class Answered:
    """One card's way to its answer, in monotonic seconds. `version` is of the face that answers.

    `seen_at`: the frame that could be read. `decoded_at`: it was read. `decided_at`: the answer is on the disk.
    """

    seen_at: float
    decoded_at: float
    decided_at: float
    version: int


class Latencies:
    """The newest 500 waits, in seconds. Its methods may be called from any thread."""

    def __init__(self) -> None:
        self._answers: deque[Answered] = deque(maxlen=KEPT)
        self._painted: deque[tuple[Answered, float]] = deque(maxlen=KEPT)
        self._not_painted: Answered | None = None
        self._lock = Lock()

    def answered(self, answered: Answered) -> None:
        """A card has its answer; the screen has still to show it."""
        with self._lock:
            self._answers.append(answered)
            self._not_painted = answered

    def painted(self, version: int, at: float) -> None:
        """A browser has painted this version of the face. The first one that says so counts."""
        with self._lock:
            answer = self._not_painted
            if answer is not None and version >= answer.version:
                self._not_painted = None
                self._painted.append((answer, at))

    def percentile(self, share: float) -> float | None:
        """The wait for a decided answer that `share` (0 to 1) of all do not exceed; None before the first."""
        with self._lock:
            waits = [each.decided_at - each.seen_at for each in self._answers]
        return _percentile(waits, share)

    def as_health(self) -> dict[str, str]:
        """The p50 and p95 of each part, in whole milliseconds; a part that was never measured is missing."""
        with self._lock:
            answers, painted = list(self._answers), list(self._painted)
        waits = {
            (HealthWord.DECODE_P50, HealthWord.DECODE_P95): [each.decoded_at - each.seen_at for each in answers],
            (HealthWord.DECIDE_P50, HealthWord.DECIDE_P95): [each.decided_at - each.decoded_at for each in answers],
            (HealthWord.PAINT_P50, HealthWord.PAINT_P95): [at - each.decided_at for each, at in painted],
            (HealthWord.ANSWER_P50, HealthWord.ANSWER_P95): [each.decided_at - each.seen_at for each in answers],
            (HealthWord.PAINTED_P50, HealthWord.PAINTED_P95): [at - each.seen_at for each, at in painted],
        }
        return {
            str(word): f"{wait * 1000:.0f}"
            for words, measured in waits.items()
            for word, share in zip(words, (0.5, 0.95), strict=True)
            if (wait := _percentile(measured, share)) is not None
        }


def _percentile(waits: Sequence[float], share: float) -> float | None:
    ordered = sorted(max(0.0, wait) for wait in waits)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))] if ordered else None
