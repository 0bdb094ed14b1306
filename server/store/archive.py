"""The files of what was put away: bundles one behind the other, each with its digest. Nothing is ever overwritten.

A file is gzip members in a row, so that `zcat` reads it where there is no Tessera any more.
"""

import gzip
import hashlib
import os
import zlib
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from peewee import InterfaceError

from server.store.copies import one_at_a_time
from server.store.database import proxy

ENDING = ".jsonl.gz"
TORN = ".torn-"
GZIP = 31
"""zlib's word for: with gzip's heading and checksum."""


class DamagedArchive(RuntimeError):
    """What is read is not what was put away. A copy of the file has to take its place."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Place:
    """Where a bundle lies: a month's file of one organization, and which bytes of it. `digest`: hex SHA-256 of them."""

    organization_id: str
    month: str
    starts: int
    length: int
    digest: str

    @property
    def ends(self) -> int:
        return self.starts + self.length


class Archive:
    """One folder, with a folder for each organization in it. `open_file` is the builtin `open`, but in tests."""

    def __init__(self, folder: Path, open_file: Callable[..., IO[bytes]] = open) -> None:
        self.folder = folder
        self.open_file = open_file

    def file(self, organization_id: str, month: str) -> Path:
        return self.folder / organization_id / f"attempts-{month}{ENDING}"

    def length(self, organization_id: str, month: str) -> int:
        """Bytes; 0 where nothing is yet."""
        file = self.file(organization_id, month)
        return file.stat().st_size if file.exists() else 0

    def turn(self) -> AbstractContextManager[bool]:
        """Whether it is ours to add to the files, until the block ends. Another process that falls gives it back."""
        self.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        return one_at_a_time(self.folder)

    def add(self, organization_id: str, month: str, text: str) -> Place:
        """Behind what is there; synced, and read back from the disk before this returns. Only in one's `turn()`.

        Raises `OSError` for a disk that does not take it, `DamagedArchive` for one that gives back something else.
        """
        file = self.file(organization_id, month)
        is_new = not self.length(organization_id, month)
        file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        packed = gzip.compress(text.encode(), mtime=0)
        place = Place(
            organization_id=organization_id,
            month=month,
            starts=self.length(organization_id, month),
            length=len(packed),
            digest=hashlib.sha256(packed).hexdigest(),
        )
        try:
            with self.open_file(file, "ab") as to:
                to.write(packed)
                to.flush()
                os.fsync(to.fileno())
        except OSError:
            # Whatever of it is there already is nobody's. If it cannot be taken away now, it is set aside next time.
            with suppress(OSError):
                os.truncate(file, place.starts)
            raise
        if is_new:
            file.chmod(0o600)
            for folder in (file.parent, self.folder):
                sync_folder(folder)
        self.text_of(place)
        return place

    def text_of(self, place: Place) -> str:
        """A bundle as it was put away. Raises `DamagedArchive`, naming the file."""
        return gzip.decompress(self.packed(place)).decode()

    def packed(self, place: Place) -> bytes:
        """The bytes of a bundle, which are what its digest says. Raises as `text_of`."""
        file = self.file(place.organization_id, place.month)
        try:
            packed = bytes_of(file, place.starts, place.length)
        except OSError as trouble:
            raise DamagedArchive(f"{file} cannot be read: {trouble.strerror or trouble}") from trouble
        if hashlib.sha256(packed).hexdigest() != place.digest:
            where = f"bytes {place.starts} to {place.ends}"
            raise DamagedArchive(f"{file} is not as it was written ({where}). Put a copy of it in its place.")
        return packed

    def behind(self, organization_id: str, month: str, starts: int) -> Iterator[tuple[Place, str]]:
        """The whole bundles that lie from there on, of which the database knows nothing. Raises `DamagedArchive`."""
        file = self.file(organization_id, month)
        try:
            rest = bytes_of(file, starts, -1) if file.exists() else b""
        except OSError as trouble:
            raise DamagedArchive(f"{file} cannot be read: {trouble.strerror or trouble}") from trouble
        while found := _member(rest):
            text, length = found
            digest = hashlib.sha256(rest[:length]).hexdigest()
            yield (
                Place(organization_id=organization_id, month=month, starts=starts, length=length, digest=digest),
                text,
            )
            rest, starts = rest[length:], starts + length

    def set_aside(self, organization_id: str, month: str, starts: int) -> Path | None:
        """What lies from there on goes into a file of its own; None: nothing does. Only in one's `turn()`.

        For a bundle that a power cut left half written, so that those behind it can be read by any program.
        """
        file = self.file(organization_id, month)
        if self.length(organization_id, month) <= starts:
            return None
        rest = bytes_of(file, starts, -1)
        aside = file.with_name(f"{file.name}{TORN}{starts}-{hashlib.sha256(rest).hexdigest()[:8]}")
        with self.open_file(aside, "wb") as to:
            to.write(rest)
            to.flush()
            os.fsync(to.fileno())
        sync_folder(file.parent)
        os.truncate(file, starts)
        return aside

    def months(self, organization_id: str) -> tuple[str, ...]:
        """Those of which there is a file, oldest first."""
        files = (self.folder / organization_id).glob(f"attempts-*{ENDING}")
        return tuple(sorted(file.name.removeprefix("attempts-").removesuffix(ENDING) for file in files))


def keep_archive(archive: Archive) -> None:
    """Where the bound database's old attempts are. Called by whoever binds it and may meet them."""
    proxy.obj.archive = archive


def the_archive() -> Archive:
    """The bound database's. Raises `InterfaceError` where nobody said which it is."""
    archive = getattr(proxy.obj, "archive", None)
    if not isinstance(archive, Archive):
        raise InterfaceError("no archive is bound: call keep_archive(Archive(folder)) after bind(…)")
    return archive


def bytes_of(file: Path, starts: int, length: int) -> bytes:
    """From the disk and not from memory, as far as the system lets one ask for that. `length` -1: to the end."""
    with file.open("rb") as found:
        if hasattr(os, "posix_fadvise"):
            os.posix_fadvise(found.fileno(), starts, max(length, 0), os.POSIX_FADV_DONTNEED)
        found.seek(starts)
        return found.read(length)


def _member(rest: bytes) -> tuple[str, int] | None:
    """(the text of the bundle at the beginning, its packed length). None: there is none, or not all of one."""
    unpacking = zlib.decompressobj(GZIP)
    try:
        text = unpacking.decompress(rest).decode()
    except (zlib.error, UnicodeDecodeError):
        return None
    return (text, len(rest) - len(unpacking.unused_data)) if unpacking.eof else None


def sync_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
