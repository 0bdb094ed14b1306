"""`tessera archive`: what was put away, for whoever keeps this installation."""

import json
import re
from collections.abc import Iterator
from pathlib import Path

from rich.markup import escape
from rich.table import Column, Table

from core import wire
from core.archives import Line
from core.errors import NotFound
from server.services.archiving.looking import (
    archived_lines,
    archived_months,
    attempt_as_put_away,
    verify_archive,
)
from server.services.people.organizations import organizations
from server.services.people.rights import the_house
from server.settings import Settings
from server.terminal.database import opened

MONTH = re.compile(r"\d{4}-\d{2}")


def archive_table(settings: Settings) -> Table:
    """A line a file, oldest first."""
    table = Table("Month", "Attempts", "From", "To", "Bundles", "Bytes", Column("File", overflow="fold"))
    with opened(settings):
        for organization_id in organizations():
            for one in archived_months(organization_id, the_house(organization_id)):
                first, last = (at.strftime("%Y-%m-%d %H:%M") for at in (one.first_at, one.last_at))
                counted = (str(one.attempts), first, last, str(one.bundles), f"{one.length:,}")
                table.add_row(one.month, *counted, str(Path(one.file).relative_to(settings.archive)))
    table.caption = f"In {settings.archive}; times are UTC. {_when(settings)}"
    return table


def archived_json(settings: Settings, what: str) -> Iterator[str]:
    """A month such as `2025-10`, or one attempt's id: a line of JSON an attempt, whichever organization's it is.

    Raises `NotFound`, `DamagedArchive`.
    """
    missing: NotFound | None = NotFound("organization.none")
    with opened(settings):
        for organization_id in organizations():
            try:
                for line in _lines(organization_id, what):
                    missing = None
                    yield _as_json(line)
            except NotFound as trouble:
                missing = missing and trouble
    if missing is not None:
        raise missing


def verify(settings: Settings) -> tuple[Table, str, bool]:
    """(a line a file, the verdict in words, whether all is as it was written)."""
    table = Table("Month", "Read", "Verdict")
    with opened(settings):
        checked = [
            one
            for organization_id in organizations()
            for one in verify_archive(organization_id, the_house(organization_id))
        ]
    for one in checked:
        verdict = f"[red]{escape('; '.join(one.troubles))}[/]" if one.troubles else "[green]sound[/]"
        table.add_row(one.month, str(one.read), "; ".join([verdict, *map(escape, one.besides)]))
    if amiss := [one.month for one in checked if one.troubles]:
        return (
            table,
            f"Not sound: {', '.join(amiss)}. Nothing was changed; put copies of the files in their place.",
            False,
        )
    return table, f"Sound: {sum(one.read for one in checked)} attempts are as they were put away.", True


def _lines(organization_id: str, what: str) -> Iterator[Line]:
    house = the_house(organization_id)
    if MONTH.fullmatch(what):
        yield from archived_lines(organization_id, what, house)
    else:
        yield attempt_as_put_away(organization_id, what, house)


def _as_json(line: Line) -> str:
    """With the record and the answer as values, for programs that read JSON lines."""
    whole = json.loads(wire.to_json(line))
    whole["record"] = wire.parsed(line.record)
    whole["answer"] = None if line.answer is None else wire.parsed(line.answer)
    return json.dumps(whole, ensure_ascii=False)


def _when(settings: Settings) -> str:
    if settings.archive_after is None:
        return "Nothing is put away (TESSERA_ARCHIVE_AFTER_DAYS=never)."
    return f"Attempts are put away after {settings.archive_after.days} days."
