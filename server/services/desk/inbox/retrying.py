"""Takes a record out of quarantine and in, as if it had been told just when it came. It never loses or changes one."""

import logging
from datetime import datetime

from peewee import InterfaceError, OperationalError

from core import wire
from core.errors import Conflict, Invalid, TesseraError
from core.protocol import Attempt, Effect
from server.services.door.kiosks import as_known
from server.services.door.telling import BatchClock, record_told
from server.services.door.vault import CodeVault
from server.store.database import writing
from server.store.tables import DeviceRow, QuarantineRow

log = logging.getLogger(__name__)


def try_again(row: QuarantineRow, at: datetime, vault: CodeVault) -> Effect:
    """Recorded under its own kiosk, epoch and number, at the time it happened; the row is closed with the effect.

    Inside a transaction. Raises the error that says why it still cannot be; then nothing is changed.
    """
    try:
        with writing():
            device = DeviceRow.get_or_none(DeviceRow.id == row.device_id)
            if device is None:
                raise Invalid("attempt.of_no_kiosk")
            told = record_told(as_known(device), wire.from_json(Attempt, row.record), _clock_of(row), vault)
    except (OperationalError, InterfaceError, TesseraError):
        raise
    except Exception as error:
        log.exception("record %s in quarantine cannot be taken in", row.id)
        raise Conflict("attempt.not_taken_in", why=type(error).__name__) from error
    close(row, at, told.effect)
    return told.effect


def close(row: QuarantineRow, at: datetime, effect: Effect | None) -> None:
    """Staff are done with it. `effect` None: it is set aside for good. The record stays as it came."""
    changes = {QuarantineRow.looked_at: at, QuarantineRow.effect: effect.value if effect else None}
    QuarantineRow.update(changes).where(QuarantineRow.id == row.id).execute()


def note_failure(quarantine_id: str, error: TesseraError, at: datetime) -> None:
    """That it was tried, and why it could not be."""
    with writing():
        changes = {QuarantineRow.tried_at: at, QuarantineRow.tried_why: str(error)[:2000]}
        QuarantineRow.update(changes).where(QuarantineRow.id == quarantine_id).execute()


def _clock_of(row: QuarantineRow) -> BatchClock:
    """The kiosk's clock when the record came. Where nobody kept it, a run that no record is of."""
    if row.t_mono is None:
        return BatchClock(boot=f"unknown {row.id}", t_mono=0, at=row.received_at)
    return BatchClock(boot=row.boot, t_mono=row.t_mono, at=row.received_at)
