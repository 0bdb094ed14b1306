"""Moving in over HTTP: what a file would do, and doing it. For owners, and programs with a token for everything."""

from collections import Counter
from collections.abc import Iterable
from itertools import islice
from typing import Literal

from fastapi import APIRouter, Request
from pydantic import Field

from core.errors import Invalid
from core.import_files import of_bytes
from core.import_values import DateOrder
from core.importing import FIELDS, ColumnMap, Kind
from server.api.asking import By, Language, Now
from server.api.described import noes
from server.api.shapes import Given, Told
from server.services.importing.going import carry_out, plan_import
from server.services.importing.values import RowReport, Verdict, Wanted, columns_of, wanted_of

router = APIRouter(prefix="/api/imports", tags=["imports"])

MOST_ROWS = 2000
"""What is done while somebody waits for an answer. `tessera import` takes files of any length."""
LARGEST_FILE = 3_900_000
"""Characters; a whole request is 4 MB at most."""


class ImportWanted(Given):
    """A CSV file as text. What it did once it does not do again, so it may be sent as often as one likes."""

    kind: Kind
    csv: str = Field(min_length=1, max_length=LARGEST_FILE)
    system: Literal["", "acuity", "punchpass"] = Field(default="", description="Who wrote it; empty: anybody.")
    columns: dict[str, str] = Field(
        default_factory=dict, max_length=100, description="Corrections of the mapping: header to field, or `-`."
    )
    dates: DateOrder | None = Field(default=None, description="How it writes days; null: told from each column.")


class ColumnTold(Told):
    header: str
    field: str | None = Field(description="Null: it is not read.")
    may_be: str | None = Field(description="The field that another column may be, too; then neither is read.")


class RowTold(Told):
    row: int = Field(description="The line it begins at; the header is line 1.")
    verdict: Verdict
    called: str
    sentence: str = Field(description="Why, or what besides; empty: nothing.")


class ImportTold(Told):
    columns: list[ColumnTold]
    fields: list[str] = Field(description="Every field that a column of this kind can be.")
    counts: dict[Verdict, int]
    rows: list[RowTold]


@router.post("/plan", response_model=ImportTold, responses=noes())
def plan(asked: ImportWanted, request: Request, by: By, at: Now, language: Language) -> ImportTold:
    """What would become of each row. Nothing is written."""
    wanted = _wanted(asked)
    reports = plan_import(by.organization_id, wanted, by, at, request.app.state.vault)
    return _told(wanted.mapping, reports, language)


@router.post("", response_model=ImportTold, responses=noes())
def import_(asked: ImportWanted, request: Request, by: By, at: Now, language: Language) -> ImportTold:
    """Do it, a few rows at a time: a row with a problem holds up no other, and sent again it goes on where it ended."""
    wanted = _wanted(asked)
    reports = carry_out(by.organization_id, wanted, by, at, request.app.state.vault)
    return _told(wanted.mapping, reports, language)


def _wanted(asked: ImportWanted) -> Wanted:
    file = of_bytes(asked.csv.encode("utf-8"))
    mapping = columns_of(file, asked.kind, asked.system, asked.columns)
    if sum(1 for _ in islice(file.rows(), MOST_ROWS + 1)) > MOST_ROWS:
        raise Invalid("import.too_many_rows", most=MOST_ROWS)
    return wanted_of(file, mapping, asked.system, asked.dates)


def _told(mapping: ColumnMap, reports: Iterable[RowReport], language: str) -> ImportTold:
    doubtful = dict(mapping.doubtful)
    rows = [
        RowTold(row=one.row, verdict=one.verdict, called=one.called, sentence=one.sentence(language)) for one in reports
    ]
    counts = Counter(row.verdict for row in rows)
    return ImportTold(
        columns=[
            ColumnTold(header=head, field=field, may_be=doubtful.get(head))
            for head, field in zip(mapping.headers, mapping.fields, strict=True)
        ],
        fields=list(FIELDS[mapping.kind]),
        counts={verdict: counts[verdict] for verdict in Verdict},
        rows=rows,
    )
