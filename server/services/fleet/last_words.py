"""What a revoked kiosk still holds: kept in quarantine for staff to look at, and never acted upon."""

from datetime import datetime

from core.protocol import Effect, Tell, Told
from server.services.door.attempts import put_in_quarantine
from server.services.door.hearing import note_hello
from server.services.door.kiosks import KnownKiosk
from server.services.door.time_told import BatchClock
from server.store.database import writing

WHY = "told by a kiosk after it was revoked"


def keep_last_words(kiosk: KnownKiosk, told: Tell, at: datetime) -> tuple[tuple[Told, ...], int]:
    """As `telling.tell`: each attempt is stored, so that the kiosk can go on to the next; none has an effect."""
    clock = BatchClock(boot=told.hello.boot, t_mono=told.hello.t_mono, at=at)
    with writing():
        for attempt in told.attempts:
            put_in_quarantine(kiosk, attempt, WHY, at, clock=clock)
        have_upto = note_hello(kiosk, told.hello, at)
    kept = tuple(Told(attempt_id=attempt.attempt_id, effect=Effect.QUARANTINED) for attempt in told.attempts)
    return kept, have_upto
