"""How long people wait: from the frame in which a card is readable to the face that answers it."""

from collections import deque
from threading import Lock

KEPT = 500


class Latencies:
    """The newest 500 waits, in seconds."""

    def __init__(self) -> None:
        self._waits: deque[float] = deque(maxlen=KEPT)
        self._lock = Lock()

    def add(self, seconds: float) -> None:
        with self._lock:
            self._waits.append(max(0.0, seconds))

    def percentile(self, share: float) -> float | None:
        """The wait that `share` (0 to 1) of all waits do not exceed; None before the first."""
        with self._lock:
            waits = sorted(self._waits)
        return waits[min(len(waits) - 1, int(share * len(waits)))] if waits else None

    def as_health(self) -> dict[str, str]:
        """`answer_ms_p50` and `answer_ms_p95`, in whole milliseconds."""
        found = {name: self.percentile(share) for name, share in (("p50", 0.5), ("p95", 0.95))}
        return {f"answer_ms_{name}": f"{wait * 1000:.0f}" for name, wait in found.items() if wait is not None}
