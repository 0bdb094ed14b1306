"""`KioskStore`: all that one kiosk keeps, in one folder. Several may live in one process; none knows of another."""

import logging
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from threading import Lock

from kiosk.store.beginning import refuse_torn
from kiosk.store.database import Database, DatabaseDamaged, open_database
from kiosk.store.files import COPY, FILE
from kiosk.store.identity import Identity, forget_identity, read_identity, sync_folder, write_identity
from kiosk.store.journal import Journal, begin_epoch
from kiosk.store.keeping import check_and_copy, take_over_list
from kiosk.store.migrations import migrate
from kiosk.store.notes import Note, instant_noted, put_instant
from kiosk.store.outages import Outages
from kiosk.store.people import People
from kiosk.store.pins import Pins
from kiosk.store.replica import Replica
from kiosk.store.salvage import completed, read_out, set_aside
from kiosk.store.self_tests import SelfTests

log = logging.getLogger(__name__)

EPOCH_BITS = 64


class KioskStore:
    """Opened, checked, brought to the newest tables, and with every attempt of an earlier run closed.

    `random_bits(64)` gives an integer below 2**64. A damaged file is set aside and what the server was not told
    is read out of it: `set_aside` then names it. Raises SqliteTooOld, FileFromTheFuture.
    """

    def __init__(
        self, folder: Path, *, at: datetime, random_bits: Callable[[int], int],
        open_file: Callable[[Path], Database] = open_database,
    ) -> None:  # fmt: skip
        self.folder = folder
        self._copying = Lock()
        self._open_file = open_file
        self.set_aside: Path | None = None
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        self._identity = read_identity(folder)
        self._database = self._opened(at, random_bits)
        self.journal = Journal(self._database)
        self.replica = Replica(self._database)
        self.people = People(self._database, self.replica)
        self.outages = Outages(self._database)
        self.pins = Pins(self._database)
        self.self_tests = SelfTests(self._database)
        if self.set_aside is not None:
            self._salvage(at)
        self.interrupted = self.journal.close_open_intents()
        """How many attempts were begun before this start and never shown."""

    @property
    def identity(self) -> Identity | None:
        """None where this kiosk is not paired."""
        return self._identity

    def remember(self, identity: Identity) -> None:
        """From now on this kiosk is that device."""
        write_identity(self.folder, identity)
        self._identity = identity

    def forget_identity(self) -> None:
        """For a kiosk that staff turned away before it was a device: it holds nothing anybody else has heard of."""
        forget_identity(self.folder)
        self._identity = None

    @property
    def last_contact_at(self) -> datetime | None:
        """By the server's clock."""
        with self._database.reading() as connection:
            return instant_noted(connection, Note.LAST_CONTACT_AT)

    def note_contact(self, server_at: datetime) -> None:
        with self._database.writing() as connection:
            put_instant(connection, Note.LAST_CONTACT_AT, server_at)
            put_instant(connection, Note.LATEST_AT, server_at)

    @property
    def checked_at(self) -> datetime | None:
        """When the file was last looked over and copied, and found whole."""
        with self._database.reading() as connection:
            return instant_noted(connection, Note.CHECKED_AT)

    def check_and_copy(self, at: datetime) -> None:
        """The night's check, and a copy beside the file. Takes a while; cards are answered meanwhile.

        Raises FileUnsound, and what a failing disk raises.
        """
        with self._copying:
            check_and_copy(self.folder / FILE, self.folder / COPY)
        with self._database.writing() as connection:
            put_instant(connection, Note.CHECKED_AT, at)

    def forget_everybody(self) -> None:
        """For a device that was revoked: no member list is left here, in no copy either. The journal stays."""
        self.replica.wipe()
        with self._copying:
            (self.folder / COPY).unlink(missing_ok=True)

    def close(self) -> None:
        self._database.close()

    def _opened(self, at: datetime, random_bits: Callable[[int], int]) -> Database:
        path = self.folder / FILE
        try:
            database = self._whole(path)
        except DatabaseDamaged as damage:
            self.set_aside = set_aside(path, at)
            log.error("The kiosk's data is damaged (%s) and was set aside as %s", damage, self.set_aside.name)
            database = self._whole(path)
        path.chmod(0o600)
        with database.writing() as connection:
            has_epoch = connection.execute("SELECT 1 FROM epoch WHERE number > 0").fetchone()
            if not has_epoch or self.set_aside is not None:
                begin_epoch(connection, f"{random_bits(EPOCH_BITS):016x}")
        sync_folder(self.folder)
        return database

    def _whole(self, path: Path) -> Database:
        database = self._open_file(path)
        try:
            migrate(database)
            refuse_torn(database)
        except BaseException:
            database.close()
            raise
        return database

    def _salvage(self, at: datetime) -> None:
        if self.set_aside is None:
            return
        found, copy = read_out(self.set_aside), self.folder / COPY
        if copy.exists():
            found = completed(found, read_out(copy))
        kept = self.journal.keep_salvaged(found.untold, found.last_chains)
        self.journal.doubt(at)
        if copy.exists() and take_over_list(self._database, copy):
            log.warning("The member list is the one of the night's copy")
        log.warning("%d attempts the server was not told were read out of %s", kept, self.set_aside.name)
