"""A kiosk of a simulated day: the product's own desk on a real file, with a clock that may be wrong, that stops."""

import shutil
from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime, timedelta
from pathlib import Path
from random import Random

import apsw

from kiosk.desk import Desk
from kiosk.server_client import JsonServerClient, Reply, ServerUnreachable
from kiosk.store.database import Database, open_database
from kiosk.store.identity import Identity
from kiosk.store.store import FILE, KioskStore
from kiosk.timekeeping import Moment
from tests.power.disk import Disk, put_found
from tests.simulation.faults import FragileKioskFile, kiosk_points
from tests.simulation.network import Network, Request
from tests.simulation.studio import KioskHere

ASK_DEADLINE = 0.8
TELL_DEADLINE = 20.0


class SimulatedKiosk:
    """`true_time` is the world's; this kiosk's own wall clock is off by `is_off_by`."""

    def __init__(
        self, name: str, here: KioskHere, folder: Path, network: Network, true_time: Callable[[], datetime],
        seen: Counter[str], seed: str,
    ) -> None:  # fmt: skip
        self.name = name
        self.here = here
        self.folder = folder
        self.network = network
        self.points = kiosk_points(seen)
        self.is_off_by = timedelta(0)
        self.is_cut_off = False
        self.is_down = False
        self.is_poisoned = False
        """Cloned, or revoked: what it says may end in quarantine."""
        self.starts = 0
        self.last_shown = ""
        self._true_time = true_time
        self._seed = seed
        self._booted_at = true_time()
        self.boot_now()
        self.store.remember(Identity(device_id=here.known.id, token=here.token))

    def boot_now(self) -> None:
        """The machine starts; its monotonic clock begins anew."""
        self.starts += 1
        self.disk = Disk()
        self.is_down = False
        self._booted_at = self._true_time()
        self.start_program()

    def start_program(self) -> None:
        """Only the program starts: clock and boot go on. Nothing fails while it does."""
        self._programs = getattr(self, "_programs", 0) + 1
        dice = Random(f"{self._seed} {self.name} {self._programs}")
        self.points.is_safe = True
        self.store = KioskStore(
            self.folder, at=self.now().at, random_bits=dice.getrandbits, open_file=self._open_file
        )  # fmt: skip
        self.points.is_safe = False
        client = JsonServerClient(self._exchange, ask_deadline=ASK_DEADLINE, tell_deadline=TELL_DEADLINE)
        self.desk = Desk(
            self.store, client, now=self.now, boot=f"{self.name} boot {self.starts}", random_bits=dice.getrandbits
        )

    def lose_power(self) -> None:
        """What was not synced is gone, or half there."""
        self.is_down = True
        self.points.trap = None
        found = self.disk.power_cut(Random(f"{self._seed} {self.name} cut {self.starts}"))
        with suppress(apsw.Error):
            self.store.close()
        self.disk.unplug()
        for file in self.folder.glob(f"{FILE}*"):
            file.unlink()
        put_found(found, self.folder)

    def end_program(self) -> None:
        """The machine stays on, and so what was written to its disk stays."""
        self.is_down = True
        self.points.trap = None
        self.store.close()

    def close(self) -> None:
        """The day is over."""
        if not self.is_down:
            self.end_program()
            self.disk.unplug()

    def now(self) -> Moment:
        at = self._true_time()
        return Moment(at + self.is_off_by, 5 + (at - self._booted_at).total_seconds())

    def copy_disk_to(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        for file in self.folder.iterdir():
            shutil.copyfile(file, folder / file.name)

    def untold(self) -> int:
        return self.store.journal.waiting()

    def untold_records(self) -> list[str]:
        """The journal's own text of what the server did not acknowledge yet."""
        asked = "SELECT body FROM attempt WHERE told_at IS NULL AND outcome IS NOT NULL ORDER BY id"
        with apsw.Connection(str(self.folder / FILE), vfs=self.disk.name) as rows:
            return [body for (body,) in rows.execute(asked)]

    def _open_file(self, path: Path) -> Database:
        return open_database(path, vfs=self.disk.name, kind=self._fragile)

    def _fragile(self, connection: apsw.Connection) -> Database:
        return FragileKioskFile(connection, self.points)

    def _exchange(self, verb: str, path: str, body: str | None, deadline: float) -> Reply:
        if self.is_cut_off:
            self.network.seen["net: cut off"] += 1
            raise ServerUnreachable("Connection refused.")
        token = self.store.identity.token if self.store.identity else ""
        return self.network.exchange(Request(verb, path, (body or "").encode(), token), deadline)
