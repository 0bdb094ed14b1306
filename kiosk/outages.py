"""Notes when this kiosk could not serve, so that nobody pays for a session missed meanwhile. The server decides who.

A kiosk that falls over can say nothing: so it notes again and again that it runs, and at its next start finds the gap.
"""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from core import clocktime
from core.outages import SHORTEST, OutageWhy
from core.protocol import Outage, Stamp
from kiosk.store.database import DISK_FAILURES
from kiosk.store.store import KioskStore
from kiosk.timekeeping import Moment, TimeReading

LOOK_EVERY = timedelta(seconds=5)
BEAT_EVERY = timedelta(seconds=30)
"""Each is a write that waits for the disk. A quarter of what counts as an outage, so that a gap is told well enough."""
ID_BITS = 64

log = logging.getLogger(__name__)


@dataclass(frozen=True, kw_only=True, slots=True)
class _Trouble:
    """Since when the kiosk cannot serve. `id` empty: it is not long enough to be written down yet."""

    why: OutageWhy
    since: Stamp
    id: str = ""


class OutageWatch:
    """`time` is the best time there is; `trouble` says what is in the way now; `boot` and `random_bits` as the desk's.

    Call `look` often, always from the same thread, and `turned_off` when the kiosk ends because it was told to.
    """

    def __init__(
        self, store: KioskStore, *, boot: str, now: Callable[[], Moment], time: Callable[[], TimeReading],
        trouble: Callable[[], OutageWhy | None], random_bits: Callable[[int], int],
    ) -> None:  # fmt: skip
        self._store = store
        self._boot = boot
        self._now = now
        self._time = time
        self._trouble_now = trouble
        self._random_bits = random_bits
        self._looked: Stamp | None = None
        self._beat: Stamp | None = None
        self._is_disk_failing = False
        self._trouble: _Trouble | None = None

    def look(self) -> None:
        """How things stand. A disk that fails is a finding like others."""
        stamp = self._stamp()
        if self._store.identity is None or (self._looked and _passed(self._looked, stamp) < LOOK_EVERY):
            return
        try:
            self._keep_beating(stamp)
            self._is_disk_failing = False
            self._follow(stamp, self._trouble_now())
        except DISK_FAILURES:
            if not self._is_disk_failing:
                log.exception("The kiosk cannot write down how it stands")
            self._is_disk_failing = True
            self._trouble = self._trouble or _Trouble(why=OutageWhy.DISK, since=stamp)
        self._looked = stamp

    def turned_off(self) -> None:
        """The kiosk ends now because somebody wants it to. The next start says for how long."""
        if self._beat is None:
            return
        stamp = self._stamp()
        ended = {self._trouble.id: stamp} if self._trouble and self._trouble.id else {}
        try:
            self._store.outages.write(beat=stamp, noted=[self._outage(OutageWhy.TURNED_OFF, stamp)], ended=ended)
        except DISK_FAILURES:
            log.exception("That the kiosk was turned off could not be written down")

    def _keep_beating(self, stamp: Stamp) -> None:
        if self._beat is None:
            self._begin(stamp)
        elif _passed(self._looked or self._beat, stamp) > SHORTEST:
            slept = self._outage(OutageWhy.NOT_RUNNING, self._looked or self._beat, stamp)
            self._store.outages.write(beat=stamp, noted=[slept])
        elif self._is_disk_failing or _passed(self._beat, stamp) >= BEAT_EVERY:
            self._store.outages.write(beat=stamp)
        else:
            return
        self._beat = stamp

    def _begin(self, stamp: Stamp) -> None:
        """What the last run left open ended with it, and since then nothing ran."""
        outages = self._store.outages
        beat, left_open = outages.last_beat() or stamp, outages.running()
        is_long = self._is_long(beat, stamp)
        off = [outage.id for outage in left_open if outage.why == OutageWhy.TURNED_OFF]
        gap = [self._outage(OutageWhy.NOT_RUNNING, beat, stamp)] if is_long and not off else []
        ended = {outage.id: stamp if outage.id in off else beat for outage in left_open}
        outages.write(beat=stamp, noted=gap, ended=ended, dropped=() if is_long else off)

    def _is_long(self, since: Stamp, until: Stamp) -> bool:
        """Also where this clock cannot tell: the server, which can, leaves out what was too short."""
        is_known = since.boot == until.boot or self._time().is_sure
        return not is_known or _passed(since, until) > SHORTEST

    def _follow(self, stamp: Stamp, why: OutageWhy | None) -> None:
        trouble = self._trouble
        if trouble is None:
            self._trouble = _Trouble(why=why, since=stamp) if why else None
        elif why is None:
            self._is_over(trouble, stamp)
            self._trouble = None
        elif not trouble.id and _passed(trouble.since, stamp) > SHORTEST:
            outage = self._outage(trouble.why, trouble.since)
            self._store.outages.write(beat=stamp, noted=[outage])
            self._trouble = _Trouble(why=trouble.why, since=trouble.since, id=outage.id)

    def _is_over(self, trouble: _Trouble, stamp: Stamp) -> None:
        if trouble.id:
            self._store.outages.write(beat=stamp, ended={trouble.id: stamp})
        elif _passed(trouble.since, stamp) > SHORTEST:
            self._store.outages.write(beat=stamp, noted=[self._outage(trouble.why, trouble.since, stamp)])

    def _outage(self, why: OutageWhy, began: Stamp, ended: Stamp | None = None) -> Outage:
        return Outage(id=f"{self._random_bits(ID_BITS):016x}", why=why.value, began=began, ended=ended)

    def _stamp(self) -> Stamp:
        return Stamp(
            boot=self._boot, t_mono=int(self._now().mono * 1000), t_wall=clocktime.to_ms(self._time().at)
        )  # fmt: skip


def _passed(since: Stamp, until: Stamp) -> timedelta:
    """By the clock that never jumps, where it counted on."""
    if since.boot == until.boot:
        return timedelta(milliseconds=until.t_mono - since.t_mono)
    return timedelta(milliseconds=until.t_wall - since.t_wall)
