"""An attempt as it begins: which card, by which clock, how much this kiosk knew, and its first line on the disk.

It refuses to know what becomes of it: the desk does.
"""

from collections.abc import Callable
from datetime import timedelta

from core import cards, clocktime
from core.ids import uuid7
from core.protocol import Attempt, AttemptKind, Basis
from kiosk.asking import Link
from kiosk.showing import CardShown, step_of
from kiosk.store.store import KioskStore
from kiosk.timekeeping import Moment, Timekeeper


class Drafts:
    """One for each desk. `boot` names this start of the kiosk; `random_bits` as `secrets.randbits`."""

    def __init__(
        self, store: KioskStore, link: Link, timekeeper: Timekeeper, *, boot: str, random_bits: Callable[[int], int]
    ) -> None:  # fmt: skip
        self._store = store
        self._link = link
        self._timekeeper = timekeeper
        self._boot = boot
        self._random_bits = random_bits

    def draft(self, moment: Moment, kind: AttemptKind, code: CardShown | None) -> Attempt:
        """In memory only, so that more can be filled in. `code`: of the card that was shown, if one was."""
        time, replica = self._timekeeper.reading(moment), self._store.replica
        identity, attempt_id = self._store.identity, uuid7(time.at, self._random_bits)
        return Attempt(
            attempt_id=attempt_id,
            device_id=identity.device_id if identity else "",
            epoch="",
            seq=0,
            kind=kind,
            card=code.fingerprint if code else "",
            proof=cards.proof(code.proof_key(), attempt_id) if code else "",
            phone_step=step_of(code),
            t_mono=int(moment.mono * 1000),
            boot=self._boot,
            t_wall=clocktime.to_ms(moment.at),
            clock=time.quality,
            err_ms=time.error // timedelta(milliseconds=1),
            basis=Basis(
                replica_version=replica.version,
                policy_version=replica.policy.version,
                last_contact_at=self._link.last_contact_at,
            ),
        )

    def begun(self, draft: Attempt, moment: Moment) -> Attempt:
        """Written down, with its number in the journal. Raises what a failing disk raises."""
        return self._store.journal.write_intent(draft, self._timekeeper.reading(moment).at)
