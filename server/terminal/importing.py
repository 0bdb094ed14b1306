"""`tessera import`: the columns first, then what would become of each row, and only then, if asked for, the doing."""

import csv
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn
from rich.table import Table

from core import messages
from core.errors import Invalid, NotFound
from core.import_files import CsvFile, open_csv
from core.import_values import order_named
from core.importing import ColumnMap, kind_named
from server.services.door.vault import CodeVault
from server.services.importing.going import carry_out, plan_import
from server.services.importing.values import RowReport, Verdict, columns_of, wanted_of
from server.services.people.organizations import only_organization
from server.services.people.rights import the_house
from server.settings import Settings
from server.terminal.database import opened

PIECE = 64 * 1024
SHOWN = 10
"""Problems that are printed; the report has them all."""
LANGUAGE = "en"
Write = Callable[[Sequence[str]], object]


@dataclass(frozen=True, kw_only=True, slots=True)
class Asked:
    """What somebody typed. `choices`: `their column=our field`, each; `order` empty: told from the file."""

    file: Path
    kind: str
    system: str = ""
    choices: tuple[str, ...] = ()
    order: str = ""
    really: bool = False
    report: Path | None = None


def import_file(settings: Settings, asked: Asked, at: datetime, show: Console) -> None:
    """Prints the columns, the dry run, and, if really, what was done. Raises `Invalid`, `NotFound`."""
    file = open_csv(lambda: _pieces(asked.file))
    mapping = columns_of(file, kind_named(asked.kind), asked.system, _choices(asked.choices))
    show.print(f"{asked.file.name}: {_written_as(file)}", markup=False)
    show.print(_columns(mapping))
    wanted = wanted_of(file, mapping, asked.system, order_named(asked.order) if asked.order else None)
    rows = sum(1 for _ in file.rows())
    with opened(settings):
        organization_id = only_organization()
        if organization_id is None:
            raise NotFound("organization.none")
        house, vault = the_house(organization_id), CodeVault(settings.secret_key)
        with _report_at(None if asked.really else asked.report) as write:
            planned = plan_import(organization_id, wanted, house, at, vault)
            _tell(show, "Dry run", _watched(show, "Dry run", planned, rows), write)
        if not asked.really:
            show.print("Nothing was written. The same with --really does it.", markup=False)
            return
        with _report_at(asked.report) as write:
            done = carry_out(organization_id, wanted, house, at, vault)
            _tell(show, "Done", _watched(show, "Importing", done, rows), write)


def _tell(show: Console, title: str, reports: Iterable[RowReport], write: Write) -> None:
    """Counts and the first problems; every row goes into the report."""
    counts: Counter[Verdict] = Counter()
    problems: list[RowReport] = []
    write(("line", "verdict", "who or what", "remark"))
    for report in reports:
        counts[report.verdict] += 1
        write((str(report.row), report.verdict.value, report.called, report.sentence(LANGUAGE)))
        if report.verdict is Verdict.PROBLEM and len(problems) < SHOWN:
            problems.append(report)
    table = Table(title=title, title_justify="left")
    for verdict in Verdict:
        table.add_column(messages.say(LANGUAGE, f"desk.import.verdict.{verdict.value}"), justify="right")
    table.add_row(*(str(counts[verdict]) for verdict in Verdict))
    show.print(table)
    for report in problems:
        show.print(f"line {report.row}: {report.sentence(LANGUAGE)}", markup=False)
    if (more := counts[Verdict.PROBLEM] - len(problems)) > 0:
        show.print(f"… and {more} more; --report FILE.csv has them all.", markup=False)


def _columns(mapping: ColumnMap) -> Table:
    table = Table("Their column", "Our field")
    doubtful = dict(mapping.doubtful)
    for head, field in zip(mapping.headers, mapping.fields, strict=True):
        otherwise = f"not read: another column may be {doubtful[head]}, too" if head in doubtful else "not read"
        table.add_row(_plain(head), field or otherwise)
    return table


def _written_as(file: CsvFile) -> str:
    letters = "Windows-1252" if file.encoding == "cp1252" else "UTF-8"
    between = {",": "comma", ";": "semicolon", "\t": "tab"}[file.delimiter]
    return f"{letters}, {between} between the cells"


def _watched(show: Console, title: str, reports: Iterator[RowReport], rows: int) -> Iterator[RowReport]:
    bar = Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeRemainingColumn(),
        console=show,
        transient=True,
        disable=not show.is_terminal,
    )
    with bar:
        yield from bar.track(reports, total=rows, description=title)


@contextmanager
def _report_at(path: Path | None) -> Iterator[Write]:
    try:
        opening: AbstractContextManager[Any] = (
            path.open("w", encoding="utf-8", newline="") if path is not None else nullcontext()
        )
    except OSError as trouble:
        raise Invalid("file.cannot_be_written", file=str(path), why=trouble.strerror or str(trouble)) from trouble
    with opening as file:
        if file is None:
            yield len
        else:
            writer = csv.writer(file)
            yield lambda cells: writer.writerow([_not_a_formula(cell) for cell in cells])


def _not_a_formula(cell: str) -> str:
    """A spreadsheet that opens the report runs nothing that stood in somebody's file."""
    return f"'{cell}" if cell[:1] in ("=", "+", "-", "@") else cell


def _pieces(path: Path) -> Iterator[bytes]:
    try:
        with path.open("rb") as file:
            while piece := file.read(PIECE):
                yield piece
    except OSError as trouble:
        raise Invalid("file.cannot_be_read", file=path.name, why=trouble.strerror or str(trouble)) from trouble


def _choices(said: Iterable[str]) -> dict[str, str]:
    chosen: dict[str, str] = {}
    for one in said:
        head, equals, field = one.rpartition("=")
        if not equals or not head.strip():
            raise Invalid("import.no_such_choice", given=one[:80])
        chosen[head.strip()] = field.strip()
    return chosen


def _plain(text: str) -> str:
    return "".join(sign if sign.isprintable() else "·" for sign in text).replace("[", r"\[")
