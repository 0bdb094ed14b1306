"""Looks into what was put away: which months there are, what stands in them, and whether it is as it was written."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from peewee import fn

from core.archives import Line
from core.errors import NotFound
from server.services.archiving.reading import line_of, lines_in, whole
from server.services.people.rights import Asker, Right, require
from server.store.archive import DamagedArchive, the_archive
from server.store.database import reading
from server.store.tables import ArchiveBundleRow, AttemptRow


@dataclass(frozen=True, kw_only=True, slots=True)
class ArchivedMonth:
    """One file: `attempts` rows point into it, in so many bundles; `length` is in bytes."""

    month: str
    file: str
    attempts: int
    bundles: int
    length: int
    first_at: datetime
    last_at: datetime


@dataclass(frozen=True, kw_only=True, slots=True)
class MonthChecked:
    """`read`: attempts that are as they were written. `troubles`: what is not so; `besides`: what harms nothing."""

    month: str
    read: int
    troubles: tuple[str, ...] = ()
    besides: tuple[str, ...] = ()


def archived_months(organization_id: str, by: Asker) -> tuple[ArchivedMonth, ...]:
    """Oldest first. Raises `Forbidden`."""
    with reading():
        require(organization_id, by, Right.RUN)
        bundle = ArchiveBundleRow
        found = bundle.select(
            bundle.month,
            fn.SUM(bundle.attempts),
            fn.COUNT(bundle.id),
            fn.MAX(bundle.starts + bundle.length),
            fn.MIN(bundle.first_at),
            fn.MAX(bundle.last_at),
        ).where(bundle.organization == organization_id)
        return tuple(
            ArchivedMonth(
                month=month,
                file=str(the_archive().file(organization_id, month)),
                attempts=int(attempts),
                bundles=int(bundles),
                length=int(length),
                first_at=first_at,
                last_at=last_at,
            )
            for month, attempts, bundles, length, first_at, last_at in found.group_by(bundle.month)
            .order_by(bundle.month)
            .tuples()
        )


def archived_lines(organization_id: str, month: str, by: Asker) -> Iterator[Line]:
    """Every attempt of a month as it was put away. Raises `NotFound`, `Forbidden`, `DamagedArchive`."""
    with reading():
        require(organization_id, by, Right.RUN)
        bundles = _bundles_of(organization_id, month)
    if not bundles:
        raise NotFound("archive.month_not_found", month=month[:40])
    for bundle in bundles:
        yield from lines_in(bundle).values()


def attempt_as_put_away(organization_id: str, attempt_id: str, by: Asker) -> Line:
    """One attempt, wherever its record is now; a name that it greeted is not shown.

    Raises `NotFound`, `Forbidden`, `DamagedArchive`.
    """
    with reading():
        require(organization_id, by, Right.RUN)
        is_it = (AttemptRow.id == attempt_id) & (AttemptRow.organization == organization_id)
        row = AttemptRow.get_or_none(is_it)
        if row is None:
            raise NotFound("archive.attempt_not_found", id=attempt_id[:80])
        return line_of(whole(row))


def verify_archive(organization_id: str, by: Asker) -> tuple[MonthChecked, ...]:
    """Every bundle read, laid beside the rows it was taken from. Changes nothing. Raises `Forbidden`."""
    with reading():
        require(organization_id, by, Right.RUN)
        known = ArchiveBundleRow.select(ArchiveBundleRow.month).where(ArchiveBundleRow.organization == organization_id)
        months = {month for (month,) in known.distinct().tuples()} | set(the_archive().months(organization_id))
        return tuple(_checked(organization_id, month) for month in sorted(months))


def _checked(organization_id: str, month: str) -> MonthChecked:
    read, end = 0, 0
    troubles: list[str] = []
    besides: list[str] = []
    for bundle in _bundles_of(organization_id, month):
        besides += _unknown(organization_id, month, end, bundle.starts)
        end = bundle.starts + bundle.length
        try:
            lines = lines_in(bundle)
        except DamagedArchive as trouble:
            troubles.append(str(trouble))
            continue
        pointing = AttemptRow.select().where(AttemptRow.id.in_(list(lines)), AttemptRow.archived_in == bundle.id)
        if (count := pointing.count()) != bundle.attempts:
            troubles.append(f"of {bundle.attempts} attempts in bundle {bundle.id}, {count} are where they belong")
        read += count
    besides += _unknown(organization_id, month, end, the_archive().length(organization_id, month))
    return MonthChecked(month=month, read=read, troubles=tuple(troubles), besides=tuple(besides))


def _unknown(organization_id: str, month: str, starts: int, ends: int) -> list[str]:
    if ends <= starts:
        return []
    return [f"bytes {starts} to {ends} belong to no row: written before a power cut, or by a database put back since"]


def _bundles_of(organization_id: str, month: str) -> list[ArchiveBundleRow]:
    is_it = (ArchiveBundleRow.organization == organization_id) & (ArchiveBundleRow.month == month)
    return list(ArchiveBundleRow.select().where(is_it).order_by(ArchiveBundleRow.starts))
