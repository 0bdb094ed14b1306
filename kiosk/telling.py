"""Tells the server what happened until it has stored all of it, and takes in what it says is new.

It refuses to give up on what comes after an attempt that cannot be told, and to forget that attempt.
"""

import logging
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime

from core import clocktime
from core.protocol import Heard, Hello, ReplicaPart, Tell
from core.refusals import REASONS_KNOWN
from kiosk.asking import Link
from kiosk.server_client import DeviceRejected, ServerClient, ServerUnreachable
from kiosk.store.journal import Batch
from kiosk.store.store import KioskStore
from kiosk.timekeeping import Moment, Timekeeper

log = logging.getLogger(__name__)

BATCH = 100
FEWEST = 20
"""A batch begins with so few, and grows while the server is quick."""
QUICK, SLOW = 0.1, 0.25
"""Seconds. Who shows a card while a batch is stored waits for it, and is asked about with a deadline of 0.8."""
ROUNDS = 1000
"""At most so many batches, and so many parts, in one sync; what is left waits for the next."""
REFRESHED_EVERY = 900.0
"""Seconds. What is on around now and who is suspended change by time alone, without anything being newer."""
TOO_MUCH = frozenset({400, 413, 422, 500})
"""What HTTP says when something in a batch cannot be taken in; anything else is about the way there."""


@dataclass(slots=True)
class SyncReport:
    """What one sync did. Not complete: something is still to be told or fetched; `why` says what stood in the way."""

    told: int = 0
    stuck: set[str] = field(default_factory=set)
    """Attempts the server could not take in this time; they stay in the outbox."""
    commands: list[str] = field(default_factory=list)
    is_complete: bool = False
    why: str = ""


class Telling:
    """One for each desk. `sync` is called by one thread at a time."""

    def __init__(
        self, store: KioskStore, client: ServerClient, link: Link, timekeeper: Timekeeper, *, boot: str,
        now: Callable[[], Moment],
    ) -> None:  # fmt: skip
        self.health: Callable[[], dict[str, str]] = dict
        """What the server's list of devices should show of this kiosk."""
        self._store = store
        self._client = client
        self._link = link
        self._timekeeper = timekeeper
        self._boot = boot
        self._now = now
        self._fetched_at = float("-inf")

    def sync(self) -> SyncReport:
        """Tell until stored, then fetch until whole. Never raises because of the server."""
        report = SyncReport()
        try:
            is_whole = self._tell_all(report) and self._now().mono - self._fetched_at < REFRESHED_EVERY
            is_whole = is_whole or self._fetch_all()
            report.is_complete = is_whole and not report.stuck
        except ServerUnreachable as why:
            self._link.missed(why, self._now().mono)
            report.why = str(why)
        except DeviceRejected as rejected:
            self._link.rejected(rejected)
            report.why = rejected.code
        else:
            self._store.journal.clear_away(self._at())
            self._store.outages.clear_away(self._at())
        if report.told or report.is_complete:
            self._store.note_contact(self._at())
        return report

    def _tell_all(self, report: SyncReport) -> bool:
        """Whether the replica is known to be whole after it."""
        size, most, failed_alone, has_lost = FEWEST, BATCH, False, False
        for _ in range(ROUNDS):
            batch, begun = self._store.journal.next_batch(size, self._at(), besides=report.stuck), self._now().mono
            try:
                heard, retell, is_whole = self._tell(batch)
            except ServerUnreachable as why:
                if why.status not in TOO_MUCH or not batch.attempts or (failed_alone and len(batch.attempts) == 1):
                    raise
                # Something in it is too much for somebody on the way: smaller, and at last without that one.
                failed_alone = len(batch.attempts) == 1
                if failed_alone:
                    report.stuck.add(batch.attempts[0].attempt_id)
                size = most = BATCH if failed_alone else len(batch.attempts) // 2
                continue
            failed_alone = False
            stored = {one.attempt_id for one in heard.told}
            report.stuck |= {attempt.attempt_id for attempt in batch.attempts} - stored
            report.told += len(stored)
            report.commands += [command for command in heard.commands if command not in report.commands]
            if len(batch.attempts) < size and not retell:
                return is_whole
            if retell and has_lost:
                return False  # It loses what it is told as fast as it is told: not without a pause.
            has_lost = has_lost or bool(retell)
            size = min(most, _next_size(size, self._now().mono - begun))
        return False

    def _tell(self, batch: Batch) -> tuple[Heard, int, bool]:
        """What the server said, how many attempts it had lost again, and whether the replica is whole now."""
        mark, since, sent = self._store.journal.settled_mark(), self._store.replica.version, self._now()
        hello = self._hello(batch, sent, since)
        heard = self._client.tell(Tell(hello=hello, attempts=batch.attempts))
        self._link.heard(heard.server_at, sent, self._now())
        retell = self._store.journal.heard(
            heard.told, heard.server_at, epoch=batch.epoch, have_upto=heard.have_upto, held_beyond=heard.held_beyond
        )
        over = {outage.id for outage in hello.outages if outage.ended is not None}
        self._store.outages.held(over.intersection(heard.outages_held), heard.server_at)
        if retell:
            log.warning("The server lost what it had; %d attempts are told again", retell)
            # Its versions went back too, and may have been used again for other changes since.
            self._start_over()
            return heard, retell, False
        if heard.replica is not None:
            return heard, retell, self._take_in(heard.replica, since, mark, heard.server_at)
        is_whole = self._store.replica.still_whole(heard.server_at)
        if is_whole:
            self._store.journal.mark_reflected(mark)
        return heard, retell, is_whole

    def _fetch_all(self) -> bool:
        for _ in range(ROUNDS):
            mark, since = self._store.journal.settled_mark(), self._store.replica.version
            part = self._client.replica(since, self._store.replica.mark)
            if self._take_in(part, since, mark, self._at()):
                return True
        return False

    def _take_in(self, part: ReplicaPart, since: int, mark: int, at: datetime) -> bool:
        """Apply one part asked for from version `since` on. True when the replica is whole."""
        if part.is_anew or part.version < since:
            log.warning("The server's version %d is not the one known here; its list is fetched anew", since)
            self._start_over()
            return False
        self._store.replica.apply(part, at)
        if part.is_complete:
            self._store.journal.mark_reflected(mark)
            self._fetched_at = self._now().mono
        return part.is_complete

    def _start_over(self) -> None:
        """The server is not the one it was: it may lack anything it ever said it holds."""
        self._store.outages.tell_again()
        self._store.replica.start_over()

    def _hello(self, batch: Batch, sent: Moment, replica_version: int) -> Hello:
        time = self._timekeeper.reading(sent)
        return Hello(
            boot=self._boot,
            t_mono=int(sent.mono * 1000),
            t_wall=clocktime.to_ms(sent.at),
            epoch=batch.epoch,
            max_seq=batch.max_seq,
            # A clock that is wrong promises nothing about a time of day.
            nothing_unsent_before=batch.nothing_unsent_before if time.is_sure else None,
            replica_version=replica_version,
            replica_mark=self._store.replica.mark,
            policy_version=self._store.replica.policy.version,
            health=self.health(),
            outages=self._store.outages.to_tell(),
            reasons=REASONS_KNOWN,
        )

    def _at(self) -> datetime:
        return self._timekeeper.reading(self._now()).at


def _next_size(size: int, seconds: float) -> int:
    """After a batch of `size` that took so long."""
    if seconds > SLOW:
        return max(FEWEST, size // 2)
    return min(BATCH, size * 2) if seconds < QUICK else size
