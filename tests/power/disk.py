"""A disk for SQLite whose power can be cut: an apsw VFS over ordinary files that knows which bytes are durable.

What is modelled:
* A write is in the page cache (the real file, which everybody on the machine reads at once) until an `xSync` of that
  file makes it durable. At the power cut each write that was not synced is applied, dropped, halved or torn at sectors
  of 512 bytes, in any order; where the file was to grow, bytes that never arrived are zeros or noise.
* A sector is written whole or not at all, and a write never harms bytes beside it: SQLite relies on that
  (`SQLITE_IOCAP_POWERSAFE_OVERWRITE`).
* A name that was made or deleted is durable once its folder is: with the first sync of a journal or write-ahead log
  that was made new, and with a synced delete, as SQLite's own unix VFS does it. Names that were not synced keep their
  order, as on a file system with a journal: some first of them hold. A folder synced by anybody but SQLite is not
  seen, so that the product must not rely on it.
* A lying disk says "synced" and did nothing, each time with the chance it is given.

It refuses to know anything about what is in the files, and to touch the real ones at a cut: the caller puts what was
found into a folder of its own. Shared memory and locks are SQLite's own; they die with the power in real life too.
A write costs some microseconds: about a quarter more than without it.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from random import Random
from threading import RLock

import apsw

from tests.power.fates import Mood, Pending, Truncated, Written, found_after

_NUMBERS = count(1)
_SYNCS_ITS_FOLDER = (
    apsw.SQLITE_OPEN_WAL | apsw.SQLITE_OPEN_MAIN_JOURNAL | apsw.SQLITE_OPEN_SUPER_JOURNAL
)  # as `syncDir` in SQLite's os_unix.c


class PowerCut(apsw.IOError):
    """The power is gone, in the middle of a write or a sync. Nothing more can be read, written or synced."""


@dataclass(eq=False, slots=True)
class _Inode:
    """One file: the bytes that are durable, and what has been done to it since."""

    durable: bytearray = field(default_factory=bytearray)
    pending: list[Pending] = field(default_factory=list)
    number: int = 0
    """The real file's inode: another one under the same name is another file."""

    def sync(self) -> None:
        for one in self.pending:
            one.apply(self.durable)
        self.pending.clear()


class Disk:
    """The disk of one machine from power on to power cut. `with Disk() as disk: apsw.Connection(path, vfs=disk.name)`.

    `lies`: the chance, 0 to 1, that a sync does nothing. `dice` is thrown for lies only; a cut has dice of its own.
    """

    def __init__(self, *, lies: float = 0.0, dice: Random | None = None) -> None:
        self.name = f"disk-{next(_NUMBERS)}"
        self.operations = 0
        """Writes, truncations, syncs and deletions so far."""
        self.lied = 0
        """Syncs that did nothing."""
        self.is_off = False
        self._cut_at: int | None = None
        self._lies = lies
        self._dice = dice or Random(0)
        self._names: dict[str, _Inode] = {}
        self._durable_names: dict[str, _Inode] = {}
        self._pending_names: list[tuple[str, _Inode | None]] = []
        self._lock = RLock()
        self._vfs = _DiskVfs(self)

    def __enter__(self) -> "Disk":
        return self

    def __exit__(self, *_: object) -> None:
        self.unplug()

    def unplug(self) -> None:
        """SQLite forgets this disk. Connections that are still open keep it until they are closed."""
        self._vfs.unregister()

    def cut_after(self, operations: int) -> None:
        """The power goes in that many operations from now: that one begins, and nobody hears how it ended."""
        self._cut_at = self.operations + operations

    def power_cut(self, dice: Random) -> dict[str, bytes]:
        """Off, if it is not yet, and the files as they are found afterwards, by their full path."""
        with self._lock:
            self.is_off = True
            names = dict(self._durable_names)
            for path, inode in self._pending_names[: dice.randint(0, len(self._pending_names))]:
                _set(names, path, inode)
            mood = Mood.drawn(dice)
            return {path: found_after(bytes(node.durable), node.pending, mood, dice) for path, node in names.items()}

    # What the VFS below reports.

    def opened(self, path: str, *, existed: bool) -> _Inode:
        with self._lock:
            number = Path(path).stat().st_ino
            known = self._names.get(path)
            if known is not None and existed and known.number == number:
                return known
            inode = _Inode(number=number)
            self._names[path] = inode
            if existed:  # it lay there before the power came on, or somebody else put it there
                inode.durable += Path(path).read_bytes()
                self._durable_names[path] = inode
            else:
                self._pending_names.append((path, inode))
            return inode

    def deleted(self, path: str, *, synced: bool) -> None:
        with self._lock:
            self._names.pop(path, None)
            self._pending_names.append((path, None))
            if synced and not self._is_lying():
                self._sync_names()

    def changed(self, inode: _Inode, what: Pending) -> None:
        with self._lock:
            inode.pending.append(what)

    def synced(self, inode: _Inode, *, folder_too: bool) -> None:
        with self._lock:
            if self._is_lying():
                return
            inode.sync()
            if folder_too:
                self._sync_names()

    def begins_operation(self) -> None:
        """Counts. True power goes after the operation began: a write may arrive, a sync has not happened."""
        self.must_be_on()
        with self._lock:
            self.operations += 1

    def ends_operation(self) -> None:
        if self._cut_at is not None and self.operations >= self._cut_at:
            self.is_off = True
        self.must_be_on()

    def must_be_on(self) -> None:
        if self.is_off:
            raise PowerCut("The power is cut.")

    def _is_lying(self) -> bool:
        is_lying = self._dice.random() < self._lies
        self.lied += is_lying
        return is_lying

    def is_cut_now(self) -> bool:
        return self._cut_at is not None and self.operations >= self._cut_at

    def _sync_names(self) -> None:
        for path, inode in self._pending_names:
            _set(self._durable_names, path, inode)
        self._pending_names.clear()


def put_found(found: Mapping[str, bytes], folder: Path) -> None:
    """The files of a power cut, under their own names in another folder: the disk as the next start finds it."""
    for path, content in found.items():
        (folder / Path(path).name).write_bytes(content)


def _set(names: dict[str, _Inode], path: str, inode: _Inode | None) -> None:
    if inode is None:
        names.pop(path, None)
    else:
        names[path] = inode


class _DiskVfs(apsw.VFS):
    def __init__(self, disk: Disk) -> None:
        super().__init__(disk.name, base="unix")
        self._disk = disk

    def xOpen(self, name: str | apsw.URIFilename | None, flags: list[int]) -> apsw.VFSFile:
        self._disk.must_be_on()
        if name is None:  # a temporary file: gone with the process, so nobody asks what is durable
            return apsw.VFSFile("unix", name, flags)
        return _DiskFile(self._disk, name, flags)

    def xDelete(self, filename: str, syncdir: bool) -> None:
        self._disk.begins_operation()
        super().xDelete(filename, False)
        self._disk.deleted(filename, synced=syncdir and not self._disk.is_cut_now())
        self._disk.ends_operation()


class _DiskFile(apsw.VFSFile):
    def __init__(self, disk: Disk, name: str | apsw.URIFilename, flags: list[int]) -> None:
        path = name if isinstance(name, str) else name.filename()
        existed = Path(path).exists()
        super().__init__("unix", name, flags)
        self._disk = disk
        self._inode = disk.opened(path, existed=existed)
        self._syncs_folder = not existed and bool(flags[0] & _SYNCS_ITS_FOLDER)

    def xRead(self, amount: int, offset: int) -> bytes:
        self._disk.must_be_on()
        return super().xRead(amount, offset)

    def xWrite(self, data: bytes, offset: int) -> None:
        self._disk.begins_operation()
        super().xWrite(data, offset)
        self._disk.changed(self._inode, Written(offset, bytes(data)))
        self._disk.ends_operation()

    def xTruncate(self, newsize: int) -> None:
        self._disk.begins_operation()
        super().xTruncate(newsize)
        self._disk.changed(self._inode, Truncated(newsize))
        self._disk.ends_operation()

    def xSync(self, flags: int) -> None:
        self._disk.begins_operation()
        self._disk.ends_operation()
        self._disk.synced(self._inode, folder_too=self._syncs_folder)
        self._syncs_folder = False
