"""What is to be imported, and what became of each row: values for doors, with sentences for people."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from core import messages
from core.errors import TesseraError
from core.import_files import CsvFile
from core.import_values import DateOrder, orders_told
from core.importing import FIELDS, ColumnMap, Kind, guess_mapping, require_columns, with_choices
from core.refusals import RefusalReason

OWN_FILE = "file"
"""The source of a file that no known system wrote."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Wanted:
    """A file whose columns and days are understood. `source` keeps the ids of different systems apart."""

    file: CsvFile
    mapping: ColumnMap
    source: str
    orders: Mapping[str, DateOrder]


def columns_of(file: CsvFile, kind: Kind, system: str, choices: Mapping[str, str]) -> ColumnMap:
    """Which column is which field, guessed and corrected. Raises `Invalid` for a system, column or field unknown."""
    return with_choices(guess_mapping(file.headers, kind, system), choices)


def wanted_of(file: CsvFile, mapping: ColumnMap, system: str, order: DateOrder | None) -> Wanted:
    """Goes through the file once. `order` None: each column of days tells its own.

    Raises `Invalid` for a column that is missing, and for days that can be read in two ways.
    """
    require_columns(mapping)
    if order is None:
        orders = orders_told(mapping, (cells for _, cells in file.rows()))
    else:
        orders = dict.fromkeys(FIELDS[mapping.kind], order)
    return Wanted(file=file, mapping=mapping, source=system or OWN_FILE, orders=orders)


class Verdict(StrEnum):
    """What carrying out does with a row, or did. Values are told by the API and stand in reports."""

    NEW = "NEW"
    SAME = "SAME"
    CHANGED = "CHANGED"
    PROBLEM = "PROBLEM"


@dataclass(frozen=True, kw_only=True, slots=True)
class Remark:
    """Something to say of a row: a sentence of `desk.import.<key>`, an error, or why a place is refused."""

    key: str = ""
    values: Mapping[str, object] = field(default_factory=dict)
    error: TesseraError | None = None
    refused: RefusalReason | None = None

    def sentence(self, language: str) -> str:
        if self.error is not None:
            return messages.error_sentence(language, self.error)
        if self.refused is not None:
            return messages.refusal_for_staff(language, self.refused)
        return messages.say(language, f"desk.import.{self.key}", **self.values)


@dataclass(frozen=True, kw_only=True, slots=True)
class RowReport:
    """One row of the file. `row` is the line it begins at; `called`: a name or title by which people know it."""

    row: int
    verdict: Verdict
    called: str = ""
    remarks: tuple[Remark, ...] = ()

    def sentence(self, language: str) -> str:
        """All there is to say, empty where the verdict says it."""
        return " ".join(remark.sentence(language) for remark in self.remarks)


class Unclear(Exception):
    """This row cannot be taken as it stands, for a reason that its remark says. Never leaves this room."""

    def __init__(self, key: str, **values: object) -> None:
        super().__init__(key)
        self.remark = Remark(key=key, values=values)
