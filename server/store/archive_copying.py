"""A second archive beside the database's copies. It is given what it lacks; nothing sound in it is ever replaced."""

import hashlib
import os
from collections.abc import Sequence
from dataclasses import dataclass

from server.store.archive import Archive, DamagedArchive, Place, bytes_of, sync_folder

UNFINISHED = ".unfinished"
REPLACED = ".replaced-"


@dataclass(frozen=True, kw_only=True, slots=True)
class MonthCopied:
    """`brought`: bundles that the copy lacked, or had damaged. `trouble`: what is not as it was written."""

    brought: int
    trouble: str = ""


def bring_over(source: Archive, copy: Archive, places: Sequence[Place], *, is_read: bool) -> MonthCopied:
    """Of one month, whatever the copy lacks. `places`: all of its bundles that the database knows, in order.

    `is_read`: every bundle is read on both sides; otherwise the files' lengths are believed. The copy's file is made
    anew, read back, and only then takes its name; one that was not merely shorter is kept under another. Raises
    `OSError`, and `DamagedArchive` for a disk that gives back something else.
    """
    lacking = [place for place in places if not _is_whole(copy, place, is_read)]
    wanted = places if is_read else [place for place in places if place in lacking or not _is_there(source, place)]
    found: dict[Place, bytes] = {}
    damaged: list[tuple[Place, DamagedArchive]] = []
    for place in wanted:
        try:
            packed = source.packed(place)
        except DamagedArchive as trouble:
            damaged.append((place, trouble))
            continue
        if place in lacking:
            found[place] = packed
    if found:
        _write(source, copy, found)
    return MonthCopied(brought=len(found), trouble=_in_words(damaged, copy) if damaged else "")


def _is_there(archive: Archive, place: Place) -> bool:
    return archive.length(place.organization_id, place.month) >= place.ends


def _is_whole(archive: Archive, place: Place, is_read: bool) -> bool:
    if not is_read:
        return _is_there(archive, place)
    try:
        archive.packed(place)
    except DamagedArchive:
        return False
    return True


def _in_words(damaged: Sequence[tuple[Place, DamagedArchive]], copy: Archive) -> str:
    first, trouble = damaged[0]
    sound = sum(_is_whole(copy, place, is_read=True) for place, _ in damaged)
    file = copy.file(first.organization_id, first.month)
    return f"{trouble} Damaged bundles in it: {len(damaged)}, of which {sound} are sound in {file}."


def _write(source: Archive, copy: Archive, found: dict[Place, bytes]) -> None:
    any_ = next(iter(found))
    from_, to = (archive.file(any_.organization_id, any_.month) for archive in (source, copy))
    before = to.read_bytes() if to.exists() else b""
    end = max(place.ends for place in found)
    # What lies between two bundles belongs to no row, yet each bundle has to lie where its row says.
    after = bytearray(before + bytes_of(from_, len(before), max(0, end - len(before))))
    for place, packed in found.items():
        after[place.starts : place.ends] = packed
    for folder in (copy.folder, to.parent):
        folder.mkdir(exist_ok=True, mode=0o700)
    unfinished = to.with_name(to.name + UNFINISHED)
    with copy.open_file(unfinished, "wb") as file:
        file.write(after)
        file.flush()
        os.fsync(file.fileno())
    unfinished.chmod(0o600)
    if bytes_of(unfinished, 0, -1) != after:
        raise DamagedArchive(f"{unfinished} is not what was written just now. Look at the disk of the copies.")
    if not after.startswith(before):
        aside = to.with_name(f"{to.name}{REPLACED}{hashlib.sha256(before).hexdigest()[:8]}")
        aside.unlink(missing_ok=True)
        os.link(to, aside)
    unfinished.replace(to)
    sync_folder(to.parent)
