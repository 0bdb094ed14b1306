"""Puts old attempts away: a bundle into the month's file, synced and read back, and only then are their rows emptied.

A power cut between the two leaves a bundle that no row points to; the next turn finds it and writes nothing again.
"""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from peewee import ModelSelect

from core.archives import Line, bounds_of, bundled, month_of, old_before, stays_where_it_is, unbundled
from server.services.archiving.reading import line_of
from server.store.archive import Archive, DamagedArchive, Place, the_archive
from server.store.database import is_postgresql, reading, writing
from server.store.ids import new_id
from server.store.tables import ArchiveBundleRow, AttemptRow, OrganizationRow

Texts = Mapping[str, tuple[str, str | None]]
"""By attempt: record and answer, as they stand in its row."""

BUNDLE = 250
"""Attempts in one transaction: what the door may have to wait for, a few hundredths of a second."""
BUNDLES_A_TURN = 8


@dataclass(frozen=True, kw_only=True, slots=True)
class Old:
    """Attempts of one organization that are due, oldest first: those that go, all of one month, and those that stay.

    `texts`: of those that go, what stands in their rows. `known_end`, `last_digest`: how far the month's file is known,
    and its last bundle.
    """

    organization_id: str
    month: str
    going: tuple[Line, ...]
    texts: Texts
    staying: tuple[str, ...]
    known_end: int
    last_digest: str


def put_away_old(
    at: datetime, span: timedelta, may_go_on: Callable[[], bool] = lambda: True, *, most: int = BUNDLES_A_TURN
) -> int:
    """How many attempts were put away: at most so many bundles, of every organization. Twice does no harm.

    Raises `OSError` or `DamagedArchive` once all had their turn: trouble with one's files is that one's alone, and a
    damaged month is that month's alone. The others are in the first one's notes.
    """
    archive, before = the_archive(), old_before(at, span)
    with reading():
        organizations = [row.id for row in OrganizationRow.select(OrganizationRow.id).order_by(OrganizationRow.id)]
        due = [one for one in organizations if _due(one, before).exists()]
    if not due:
        return 0
    troubles: list[Exception] = []
    count = 0
    with archive.turn() as is_ours:
        for organization_id in due if is_ours else ():
            damaged: set[str] = set()
            while most > 0 and may_go_on() and (old := gather(organization_id, before, damaged)):
                try:
                    count, most = count + put_away(archive, old, at), most - 1
                except DamagedArchive as trouble:
                    troubles.append(trouble)
                    damaged.add(old.month)
                except OSError as trouble:
                    troubles.append(trouble)
                    break  # a disk that takes nothing takes no other month either
    if troubles:
        for other in troubles[1:]:
            troubles[0].add_note(str(other))
        raise troubles[0]
    return count


def gather(organization_id: str, before: datetime, but: Collection[str] = ()) -> Old | None:
    """What is due next, but of those months; None: nothing is."""
    with reading():
        due = _due(organization_id, before)
        for month in but:
            first, after = bounds_of(month)
            due = due.where((AttemptRow.happened_at < first) | (AttemptRow.happened_at >= after))
        rows = list(due.order_by(AttemptRow.happened_at, AttemptRow.id).limit(BUNDLE))
        if not rows:
            return None
        staying = {row.id for row in rows if stays_where_it_is(row.record)}
        going = [row for row in rows if row.id not in staying]
        month = month_of(going[0].happened_at) if going else ""
        going = [row for row in going if month_of(row.happened_at) == month]
        last = _last_bundle(organization_id, month)
        return Old(
            organization_id=organization_id,
            month=month,
            going=tuple(line_of(row) for row in going),
            texts=_texts(going),
            staying=tuple(sorted(staying)),
            known_end=last.starts + last.length if last else 0,
            last_digest=last.digest if last else "",
        )


def put_away(archive: Archive, old: Old, at: datetime) -> int:
    """How many rows were emptied. Those that changed meanwhile are left for another turn."""
    if old.staying:
        with writing():
            AttemptRow.update({AttemptRow.put_away_at: at}).where(AttemptRow.id.in_(old.staying)).execute()
    if not old.going:
        return 0
    place = write_file(archive, old, at)
    if isinstance(place, Place):
        return empty_rows(place, old.going, old.texts, at)
    return place


def write_file(archive: Archive, old: Old, at: datetime) -> Place | int:
    """Where the bundle lies now; or, if some of it lay there already, how many rows were emptied because of that."""
    if archive.length(old.organization_id, old.month) < old.known_end:
        file = archive.file(old.organization_id, old.month)
        raise DamagedArchive(f"{file} is shorter than what was put away. Put a copy of it in its place.")
    end, digest = old.known_end, old.last_digest
    for place, text in archive.behind(old.organization_id, old.month, old.known_end):
        if taken_up := _take_up(place, text, at):
            return taken_up
        end, digest = place.ends, place.digest
    archive.set_aside(old.organization_id, old.month, end)
    text = bundled(old.organization_id, old.month, old.going, digest, at)
    return archive.add(old.organization_id, old.month, text)


def empty_rows(place: Place, lines: Sequence[Line], texts: Texts, at: datetime) -> int:
    """Of the attempts in a bundle, those whose rows still hold the texts that were written; how many.

    Whoever shows a card meanwhile waits for this, so nothing is worked out in it.
    """
    with writing():
        query = AttemptRow.select(AttemptRow.id, AttemptRow.record, AttemptRow.answer).where(
            AttemptRow.id.in_(list(texts))
        )
        now = _as_texts(query.for_update(_NOT_WAITING) if is_postgresql() else query)
        same = [line for line in lines if line.attempt_id in now and now[line.attempt_id] == texts.get(line.attempt_id)]
        if not same:
            return 0
        bundle = ArchiveBundleRow.create(
            id=new_id(at),
            organization=place.organization_id,
            month=place.month,
            starts=place.starts,
            length=place.length,
            digest=place.digest,
            attempts=len(same),
            first_at=min(line.happened_at for line in same),
            last_at=max(line.happened_at for line in same),
            put_away_at=at,
        )
        AttemptRow.update(
            {
                AttemptRow.record: "",
                AttemptRow.answer: None,
                AttemptRow.put_away_at: at,
                AttemptRow.archived_in: bundle.id,
            }
        ).where(AttemptRow.id.in_([line.attempt_id for line in same])).execute()
        return len(same)


_NOT_WAITING = "FOR NO KEY UPDATE SKIP LOCKED"
"""Whoever is at work on such an attempt now keeps it; so nobody ever waits for us who waits for them."""


def _due(organization_id: str, before: datetime) -> ModelSelect:
    """Old in every respect: it happened long ago, and nobody has said anything of it lately."""
    return AttemptRow.select().where(
        AttemptRow.organization == organization_id,
        AttemptRow.put_away_at.is_null(),
        AttemptRow.happened_at < before,
        AttemptRow.received_at < before,
        AttemptRow.told_at.is_null() | (AttemptRow.told_at < before),
        AttemptRow.decided_at.is_null() | (AttemptRow.decided_at < before),
    )


def _last_bundle(organization_id: str, month: str) -> ArchiveBundleRow | None:
    is_there = (ArchiveBundleRow.organization == organization_id) & (ArchiveBundleRow.month == month)
    return ArchiveBundleRow.select().where(is_there).order_by(ArchiveBundleRow.starts.desc()).first()


def _take_up(place: Place, text: str, at: datetime) -> int:
    """Of a bundle that no row points to. It may be of this database before it was put back to an earlier day."""
    try:
        heading, lines = unbundled(text)
    except ValueError:
        return 0
    if (heading.organization_id, heading.month) != (place.organization_id, place.month):
        return 0
    with reading():
        found = AttemptRow.select().where(
            AttemptRow.id.in_([line.attempt_id for line in lines]),
            AttemptRow.organization == place.organization_id,
        )
        rows = {row.id: row for row in found}
    same = [line for line in lines if line.attempt_id in rows and line_of(rows[line.attempt_id]) == line]
    return empty_rows(place, same, _texts(rows.values()), at)


def _texts(rows: Iterable[AttemptRow]) -> Texts:
    return {row.id: (row.record, row.answer) for row in rows}


def _as_texts(query: ModelSelect) -> Texts:
    return {id_: (record, answer) for id_, record, answer in query.tuples()}
