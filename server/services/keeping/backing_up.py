"""The copy of the day: taken once, read back, and older ones cleared away as `core.keeping` says."""

from datetime import date, datetime
from pathlib import Path

from core.keeping import copies_to_keep
from server.store.copies import ending, one_at_a_time, take_copy

PREFIX = "tessera-"


def copy_of_the_day(folder: Path, at: datetime) -> Path | None:
    """Take it, unless there is one of that day (UTC) already. None: there is, or another process is taking it.

    Raises `Conflict` or `DamagedDatabase`: then there is no copy of today, and those before stay.
    """
    copy = folder / f"{PREFIX}{at.date().isoformat()}{ending()}"
    if copy.exists():
        return None
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    with one_at_a_time(folder) as is_our_turn:
        if not is_our_turn or copy.exists():
            return None
        take_copy(copy)
        _clear_away(folder)
    return copy


def copies(folder: Path) -> dict[date, Path]:
    """The copies that are there, by day, oldest first."""
    found = {}
    for path in sorted(folder.glob(f"{PREFIX}*{ending()}")):
        day = path.name.removeprefix(PREFIX).removesuffix(ending())
        try:
            found[date.fromisoformat(day)] = path
        except ValueError:
            continue  # somebody's own file; it is none of ours and stays
    return found


def _clear_away(folder: Path) -> None:
    found = copies(folder)
    for day in found.keys() - copies_to_keep(found):
        found[day].unlink()
