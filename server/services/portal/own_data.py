"""Everything that stands in the house about one member, found by what points to them, in tables to come too.

What would let somebody act in their name is left out: hashes, keys, sealed texts.
"""

import html
import io
import json
import zipfile
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime

from peewee import ForeignKeyField

from core.messages import direction, has, say
from server.services.archiving.reading import whole_rows
from server.services.portal.signing_in import MemberVisit, require_fresh
from server.store.database import reading
from server.store.rows import InstantField
from server.store.tables import (
    TABLES,
    AttemptRow,
    CardRow,
    MemberRow,
    NoShowRow,
    PassRow,
    ReservationRow,
    Row,
    SuspensionRow,
    VisitRow,
)

Lines = Sequence[Mapping[str, object]]
OwnData = Mapping[str, Lines]
"""By table: its rows, each by column. Instants are ISO 8601 in UTC."""

LEFT_OUT = ("hash", "secret", "sealed", "encrypted", "token", "periods", "claimed_until")
"""Parts of the names of columns that are of use to nobody but the house."""
_THEIRS: tuple[type[Row], ...] = (PassRow, ReservationRow, CardRow, NoShowRow, SuspensionRow, VisitRow)
"""What a member has, and other rows point to."""


def own_data(visit: MemberVisit, at: datetime) -> OwnData:
    """Of the member who asks. Raises `Forbidden` if they signed in too long ago for that."""
    require_fresh(visit, at)
    with reading():
        return data_about(visit.asker.organization_id, visit.member_id)


def data_about(organization_id: str, member_id: str) -> OwnData:
    """Inside a transaction: whatever is theirs, and whatever points to that."""
    ids: dict[type[Row], list[str]] = {MemberRow: [member_id]}
    for table in _THEIRS:
        ids[table] = [row.get_id() for row in table.select(table._meta.primary_key).where(table.member == member_id)]
    found: dict[str, Lines] = {}
    for table in TABLES:
        rows = _rows_of(table, organization_id, ids)
        lines = [_told(row) for row in (whole_rows(rows) if table is AttemptRow else rows)]
        if lines:
            found[table._meta.table_name] = lines
    return found


def as_archive(data: OwnData, visit: MemberVisit, language: str, at: datetime) -> bytes:
    """A ZIP: all of it for programs (`data.json`), and for reading (`data.html`) in that language."""
    whole = json.dumps({"made_at": at.isoformat(), **data}, ensure_ascii=False, indent=1)
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in (("data.json", whole), ("data.html", _readable(data, visit, language, at))):
            entry = zipfile.ZipInfo(name, at.timetuple()[:6])
            entry.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(entry, text.encode("utf-8"))
    return made.getvalue()


def _rows_of(table: type[Row], organization_id: str, ids: Mapping[type[Row], list[str]]) -> list[Row]:
    if table is MemberRow:
        return list(MemberRow.select().where(MemberRow.id == ids[MemberRow][0]))
    found: dict[str, Row] = {}
    for field in table._meta.sorted_fields:
        if isinstance(field, ForeignKeyField) and (mine := ids.get(field.rel_model)):
            for chunk in (mine[start : start + 500] for start in range(0, len(mine), 500)):
                rows = table.select().where(field.in_(chunk), table.organization == organization_id)
                found.update((str(row.get_id()), row) for row in rows)
    return [found[key] for key in sorted(found)]


def _told(row: Row) -> dict[str, object]:
    told: dict[str, object] = {}
    for field in row._meta.sorted_fields:
        if any(part in field.column_name for part in LEFT_OUT):
            continue
        value = row.__data__.get(field.name)
        is_instant = isinstance(field, InstantField) and isinstance(value, datetime)
        told[field.column_name] = value.isoformat() if is_instant else value
    return told


def _readable(data: OwnData, visit: MemberVisit, language: str, at: datetime) -> str:
    title = say(language, "my.data.title", name=visit.first_name, studio=visit.studio)
    # In UTC, as all other times on this page are, and as its next sentence says.
    made = say(language, "my.data.made", day=at.astimezone(UTC).strftime("%Y-%m-%d %H:%M"))
    parts = "".join(_section(table, lines, language) for table, lines in data.items())
    return (
        f'<!doctype html><html lang="{language}" dir="{direction(language)}"><head><meta charset="utf-8">'
        f'<meta name="viewport" content="width=device-width, initial-scale=1"><title>{html.escape(title)}</title>'
        f"<style>{_STYLE}</style></head><body><h1>{html.escape(title)}</h1><p>{html.escape(made)}</p>{parts}</body></html>"
    )


_STYLE = (
    "body{font:16px/1.5 system-ui,sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem;color:#14202f}"
    "h2{margin:2rem 0 .5rem}dl{display:grid;grid-template-columns:minmax(8rem,14rem) 1fr;gap:.1rem 1rem;margin:0;"
    "padding:.75rem 0;border-top:1px solid #c9bda4}dt{color:#46525f}dd{margin:0;overflow-wrap:anywhere}"
)


def _section(table: str, lines: Lines, language: str) -> str:
    """Under words of ours where there are some; else the table's own name, which says enough."""
    key = f"my.data.table.{table}"
    heading = say(language, key) if has(key) else table.replace("_", " ")
    rows = "".join(
        "<dl>"
        + "".join(
            f'<dt dir="ltr">{html.escape(name)}</dt><dd dir="auto">{html.escape(str(value))}</dd>'
            for name, value in line.items()
            if value not in (None, "", "{}", "[]")
        )
        + "</dl>"
        for line in lines
    )
    return f"<h2>{html.escape(heading)} ({len(lines)})</h2>{rows}"
