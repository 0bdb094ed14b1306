"""One card shown once is one attempt, however many frames it is in. Pure: every instant is passed in."""

from dataclasses import dataclass

from core.phone_codes import seen_as
from kiosk.camera.reading import Corners, contains, middle_of

OUT_OF_SIGHT = 1.2
"""Seconds. A code unseen for this long has been taken away; seen again, it is a new attempt."""
LONGEST_UNREAD = 5.0
"""Seconds. For how long a code that is seen but no longer read, at the same place, counts as the one read there."""


@dataclass(slots=True)
class _Shown:
    last_read: float
    last_seen: float
    corners: Corners


class Debounce:
    """Remembers the codes in view, for seconds. Instants are monotonic seconds and may come slightly out of order."""

    def __init__(self, *, out_of_sight: float = OUT_OF_SIGHT) -> None:
        self._out_of_sight = out_of_sight
        self._in_view: dict[bytes, _Shown] = {}

    def is_new_attempt(self, payload: bytes, corners: Corners, at: float) -> bool:
        """Tell it that a code was read. True when the card was not in view a moment ago."""
        self._forget(at)
        payload = seen_as(payload)  # a phone held up from one step into the next is shown once
        shown = self._in_view.get(payload)
        if shown is None:
            self._in_view[payload] = _Shown(last_read=at, last_seen=at, corners=corners)
            return True
        shown.last_read, shown.last_seen = max(at, shown.last_read), max(at, shown.last_seen)
        shown.corners = corners
        return False

    def seen_unread(self, corners: Corners, at: float) -> None:
        """Tell it that some code is seen and not read: a card that is tilted or shaken has not been taken away."""
        self._forget(at)
        for shown in self._in_view.values():
            if contains(shown.corners, middle_of(corners)) and at - shown.last_read < LONGEST_UNREAD:
                shown.last_seen, shown.corners = max(at, shown.last_seen), corners

    def _forget(self, at: float) -> None:
        gone = [payload for payload, shown in self._in_view.items() if at - shown.last_seen >= self._out_of_sight]
        for payload in gone:
            del self._in_view[payload]
