"""What was put away, given to whoever asks for an old attempt: word for word, with the name as it is known now.

Call all of it inside `reading()` or `writing()`. A damaged file raises `DamagedArchive`; nothing is made up instead.
"""

from collections.abc import Iterable, Mapping

from core.archives import Line, greeting, nameless, unbundled
from server.store.archive import DamagedArchive, Place, the_archive
from server.store.tables import ArchiveBundleRow, AttemptRow, MemberRow


def whole(row: AttemptRow) -> AttemptRow:
    """The same row with the record and the answer that were put away. For reading: it is not to be saved."""
    return whole_rows([row])[0]


def whole_rows(rows: list[AttemptRow]) -> list[AttemptRow]:
    """As `whole`, each bundle read once. What stands in a row counts before what was put away."""
    put_away = {row.id: row.archived_in_id for row in rows if row.archived_in_id is not None}
    if not put_away:
        return rows
    lines = _lines(put_away)
    known = MemberRow.select(MemberRow.id, MemberRow.first_name).where(
        MemberRow.id.in_({row.member_id for row in rows if row.id in put_away and row.member_id})
    )
    names = dict(known.tuples())
    for row in rows:
        if line := lines.get(row.id):
            row.record = row.record or line.record
            row.answer = row.answer or _as_answered(line.answer, names.get(row.member_id))
    return rows


def lines_in(bundle: ArchiveBundleRow) -> Mapping[str, Line]:
    """By attempt: what a bundle holds. Raises `DamagedArchive`."""
    text = the_archive().text_of(place_of(bundle))
    try:
        _, lines = unbundled(text)
    except ValueError as trouble:
        raise DamagedArchive(f"bundle {bundle.id} of {bundle.month}: {trouble}") from trouble
    return {line.attempt_id: line for line in lines}


def records_found(put_away: Mapping[str, str]) -> Mapping[str, str]:
    """By attempt: its record, for those whose bundle (the value) still holds it. For whoever looks for damage."""
    found: dict[str, str] = {}
    for bundle in _bundles(put_away.values()):
        try:
            lines = lines_in(bundle)
        except DamagedArchive:
            continue  # the attempts that are not found tell of it
        found |= {id_: lines[id_].record for id_, where in put_away.items() if where == bundle.id and id_ in lines}
    return found


def line_of(row: AttemptRow) -> Line:
    """An attempt as it is put away."""
    return Line(
        attempt_id=row.id,
        venue_id=row.venue_id,
        device_id=row.device_id,
        epoch=row.epoch,
        seq=row.seq,
        happened_at=row.happened_at,
        record=row.record,
        answer=nameless(row.answer) if row.answer is not None else None,
    )


def place_of(bundle: ArchiveBundleRow) -> Place:
    return Place(
        organization_id=bundle.organization_id,
        month=bundle.month,
        starts=bundle.starts,
        length=bundle.length,
        digest=bundle.digest,
    )


def _lines(put_away: Mapping[str, str]) -> Mapping[str, Line]:
    found: dict[str, Line] = {}
    for bundle in _bundles(put_away.values()):
        lines = lines_in(bundle)
        for id_ in (id_ for id_, where in put_away.items() if where == bundle.id):
            if id_ not in lines:
                raise DamagedArchive(f"bundle {bundle.id} of {bundle.month} is without attempt {id_}")
            found[id_] = lines[id_]
    return found


def _bundles(ids: Iterable[str]) -> list[ArchiveBundleRow]:
    return list(ArchiveBundleRow.select().where(ArchiveBundleRow.id.in_(set(ids))))


def _as_answered(answer: str | None, first_name: str | None) -> str | None:
    """Greeting whom it greeted, by the name they have now; somebody who was forgotten has none."""
    return answer if answer is None or first_name is None else greeting(answer, first_name)
