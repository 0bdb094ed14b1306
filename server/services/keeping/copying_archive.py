"""The archive beside the copies of the database: brought up to date once a day, after the database's own copy."""

from collections import defaultdict
from datetime import date, datetime
from pathlib import Path

from server.services.archiving.reading import place_of
from server.store.archive import Archive, DamagedArchive, Place, the_archive
from server.store.archive_copying import bring_over
from server.store.copies import one_at_a_time
from server.store.database import reading
from server.store.tables import ArchiveBundleRow

FOLDER = "archive-copy"
AS_OF = "as-of"
"""The file in it that says of which day (UTC) it is."""
DAYS_TO_READ_ALL = 7
"""Each month's file is read on both sides once in so many days; on the others only its length is looked at."""
MOST_SAID = 5
"""Months of which a failure speaks; `tessera archive verify` lists them all."""


def archive_of_the_day(folder: Path, at: datetime) -> int | None:
    """How many bundles were brought into the archive beside the copies. None: it is of today, or another is at it.

    Call it once there is a copy of the day, so that it holds whatever that one points to. What is damaged replaces
    nothing and holds back nothing else; it is told by `DamagedArchive` when all the rest is there. Raises `OSError` for
    a disk that does not take it: then it is tried again.
    """
    copy = Archive(folder / FOLDER)
    if _as_of(copy) == at.date().isoformat():
        return None
    with reading():
        months = _places_by_month()
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    with one_at_a_time(folder) as is_our_turn:
        if not is_our_turn:
            return None
        copy.folder.mkdir(exist_ok=True, mode=0o700)
        done = [
            bring_over(the_archive(), copy, places, is_read=_is_its_day(month, at.date()))
            for (_, month), places in months.items()
        ]
        (copy.folder / AS_OF).write_text(at.date().isoformat(), encoding="ascii")
    if troubles := [one.trouble for one in done if one.trouble]:
        beyond = f" And {len(troubles) - MOST_SAID} months more." if len(troubles) > MOST_SAID else ""
        raise DamagedArchive(" ".join(troubles[:MOST_SAID]) + beyond)
    return sum(one.brought for one in done)


def _places_by_month() -> dict[tuple[str, str], list[Place]]:
    bundle = ArchiveBundleRow
    found = defaultdict(list)
    for row in bundle.select().order_by(bundle.organization, bundle.month, bundle.starts):
        found[row.organization_id, row.month].append(place_of(row))
    return found


def _is_its_day(month: str, day: date) -> bool:
    """Neighbouring months on different days, so that no day has to read everything."""
    year, number = month.split("-")
    return (day.toordinal() + 12 * int(year) + int(number)) % DAYS_TO_READ_ALL == 0


def _as_of(copy: Archive) -> str:
    said = copy.folder / AS_OF
    return said.read_text(encoding="ascii") if said.exists() else ""
