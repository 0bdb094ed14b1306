"""Reads a kiosk's journal out into a file, to be carried to the server by hand when the kiosk is beyond repair.

It changes nothing in the folder, and works on a damaged file as far as its rows can be read.
"""

import os
import shutil
from collections.abc import Iterator, Mapping
from datetime import datetime
from itertools import groupby
from pathlib import Path
from tempfile import TemporaryDirectory

import apsw

from core import wire
from core.errors import Conflict, Invalid, NotFound, TesseraError
from core.exported import EpochExported, ExportHeader
from core.protocol import Attempt
from kiosk.store.files import COPY, FILE
from kiosk.store.identity import read_identity
from kiosk.store.journal import interrupted
from kiosk.store.looking import is_in_use, looked_into, troubles
from kiosk.store.salvage import Salvage, completed, read_out


def export_journal(folder: Path, out: Path, at: datetime, *, is_all: bool = False) -> ExportHeader:
    """Writes what the server has not confirmed (`is_all`: everything) and gives the file's first line.

    Raises `NotFound` for a folder without a kiosk's data or one that was never paired, `Invalid` for a file that
    cannot be written.
    """
    attempts, is_salvaged = _attempts(folder, is_all=is_all)
    identity = read_identity(folder)
    if identity is None:
        raise NotFound("kiosk.not_paired", folder=str(folder))
    header = ExportHeader(
        device_id=identity.device_id,
        organization_name=identity.organization_name,
        venue_name=identity.venue_name,
        made_at=at,
        is_all=is_all,
        is_salvaged=is_salvaged,
        count=len(attempts),
        epochs=tuple(_epochs(attempts)),
    )
    _write(out, (wire.to_json(header), *(wire.to_json(attempt) for attempt in attempts)))
    return header


def _attempts(folder: Path, *, is_all: bool) -> tuple[tuple[Attempt, ...], bool]:
    """(in the order of writing, whether they had to be saved out of a damaged file)."""
    try:
        with looked_into(folder) as connection:
            is_running = is_in_use(folder)
            if not troubles(connection):
                found = tuple(_read(connection, is_all=is_all))
                last_chains = dict(connection.execute("SELECT id, last_chain FROM epoch"))
                return _concluded(found, last_chains, is_running=is_running), False
    except Conflict as damaged:
        if damaged.code != "kiosk.data_damaged":
            raise
    salvage = _salvaged(folder)
    found = salvage.readable if is_all else salvage.untold
    return _concluded(found, salvage.last_chains, is_running=is_in_use(folder)), True


def _read(connection: apsw.Connection, *, is_all: bool) -> Iterator[Attempt]:
    untold = "" if is_all else "WHERE told_at IS NULL"
    for (body,) in connection.execute(f"SELECT body FROM attempt {untold} ORDER BY id"):
        try:
            yield wire.from_json(Attempt, str(body))
        except TesseraError as trouble:
            raise Conflict("kiosk.data_damaged", file=FILE, why=str(trouble)) from trouble


def _concluded(
    attempts: tuple[Attempt, ...], last_chains: Mapping[str, str], *, is_running: bool
) -> tuple[Attempt, ...]:
    """One that is still open ends as the kiosk itself would end it at its next start; while it runs it may go on."""
    ended = (
        attempt if attempt.outcome is not None else interrupted(attempt, last_chains.get(attempt.epoch, ""))
        for attempt in attempts
        if attempt.outcome is not None or not is_running
    )
    return tuple(sorted(ended, key=lambda attempt: (attempt.epoch, attempt.seq)))


def _salvaged(folder: Path) -> Salvage:
    """Out of the damaged file, and what cannot be read in it any more out of the night's copy."""
    with TemporaryDirectory(dir=folder) as elsewhere:
        # SQLite tidies up what it opens; what is damaged here stays as it is.
        for name in (FILE, f"{FILE}-wal", COPY):
            if (folder / name).exists():
                shutil.copyfile(folder / name, Path(elsewhere) / name)
        found = read_out(Path(elsewhere) / FILE)
        copy = Path(elsewhere) / COPY
        return completed(found, read_out(copy)) if copy.exists() else found


def _epochs(attempts: tuple[Attempt, ...]) -> Iterator[EpochExported]:
    for epoch, group in groupby(attempts, key=lambda attempt: attempt.epoch):
        row = list(group)
        end = next((attempt.chain for attempt in reversed(row) if attempt.chain), "")
        yield EpochExported(epoch=epoch, count=len(row), first_seq=row[0].seq, last_seq=row[-1].seq, end=end)


def _write(out: Path, lines: tuple[str, ...]) -> None:
    """All of it under its name, for its owner alone, on the disk when this returns."""
    unfinished = out.with_name(out.name + ".unfinished")
    try:
        unfinished.unlink(missing_ok=True)
        handle = os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.writelines(f"{line}\n" for line in lines)
            file.flush()
            os.fsync(file.fileno())
        unfinished.replace(out)
    except OSError as trouble:
        raise Invalid("file.cannot_be_written", file=str(out), why=trouble.strerror or str(trouble)) from trouble
