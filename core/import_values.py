"""The cells of a file as values: days in the order that the file writes them, times, numbers, a yes and a no.

A cell that can be read in two ways is read in neither. What a name or an address may look like is the services' to say.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time
from enum import StrEnum

from core.errors import Invalid
from core.import_words import plain
from core.importing import FIELDS, ColumnMap, Shape
from core.messages import LANGUAGES
from core.model import PassType

Value = str | int | bool | date | time | datetime | PassType


class DateOrder(StrEnum):
    """How a file writes 3 April: `2026-04-03`, `03/04/2026` or `04/03/2026`. Years first are read under any of them."""

    ISO = "iso"
    DAY_FIRST = "day-first"
    MONTH_FIRST = "month-first"


class Trouble(StrEnum):
    """Why a cell cannot be read. Each has a sentence under `desk.import.<value>`."""

    NOT_A_DAY = "not_a_day"
    NOT_A_CLOCK = "not_a_clock"
    NOT_A_MOMENT = "not_a_moment"
    NOT_A_PHONE = "not_a_phone"
    NOT_A_COUNT = "not_a_count"
    NOT_YES_OR_NO = "not_yes_or_no"
    NOT_A_PASS_TYPE = "not_a_pass_type"
    NOT_A_LANGUAGE = "not_a_language"
    FORMULA = "formula"
    SIGNS = "signs"
    TOO_MANY_CELLS = "too_many_cells"


@dataclass(frozen=True, kw_only=True, slots=True)
class Problem:
    """One cell that cannot be read: the header over it, and what stands there, cut."""

    trouble: Trouble
    column: str
    given: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Record:
    """A row as values, by field; an empty cell is not among them. `row` is the line it begins at."""

    row: int
    values: Mapping[str, Value] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()

    def text(self, name: str) -> str:
        """Empty where nothing stands."""
        value = self.values.get(name)
        return value if isinstance(value, str) else ""

    def day(self, name: str) -> date | None:
        value = self.values.get(name)
        return value if isinstance(value, date) and not isinstance(value, datetime) else None

    def count(self, name: str) -> int | None:
        value = self.values.get(name)
        return value if isinstance(value, int) and not isinstance(value, bool) else None


_NUMBERS = re.compile(r"(\d{1,2})([./-])(\d{1,2})\2(\d{4})")
_YEAR_FIRST = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})")
_NAMED = re.compile(r"(?:([a-z]+)\.? (\d{1,2})|(\d{1,2})\.? ([a-z]+)\.?),? (\d{4})", re.I)
_CLOCK = re.compile(r"(\d{1,2})(?:[:.h](\d{2}))?(?:[:.](\d{2}))?\s*(am|pm|a\.m\.|p\.m\.|h|uhr)?", re.I)
_WITH_ZONE = re.compile(r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:?\d\d)", re.I)
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_LONG_MONTHS = (
    *("january", "february", "march", "april", "may", "june", "july", "august"),
    *("september", "october", "november", "december"),
)
_WHOLE = re.compile(r"(\d{1,6})(?:[.,]0{1,2})?")
_EXCEL_TEXT = re.compile(r'="([^"]*)"')
_PHONE_SIGNS = re.compile(r"[\s().\-/\u00a0\u2010-\u2015]")
_PHONE = re.compile(r"\+?\d{4,15}")
_YES = {"yes", "y", "true", "1", "active", "ja", "j", "aktiv", "oui", "o", "actif", "si", "s", "activo", "activa"}
_YES |= {"tak", "t", "aktywny", "aktywna", "نعم", "نشط"}
_NO = {"no", "n", "false", "0", "inactive", "nein", "inaktiv", "non", "inactif", "inactivo", "inactiva", "nie"}
_NO |= {"nieaktywny", "nieaktywna", "لا", "غيرنشط"}
_UNLIMITED = {"unlimited", "unbegrenzt", "illimite", "ilimitado", "bezlimitu", "غيرمحدود"}
_PASS_TYPES = {
    PassType.PUNCH_PASS: (
        *("PUNCH_PASS", "punch card", "punch", "class pack", "pack", "package", "session pass", "Zehnerkarte"),
        *("Mehrfachkarte", "carnet", "carte", "bono", "karnet wejść", "باقة حصص"),
    ),
    PassType.UNLIMITED_SERIES: (
        *("UNLIMITED_SERIES", "membership", "unlimited pass", *_UNLIMITED, "Mitgliedschaft", "abonnement"),
        *("abono", "karnet bez limitu", "اشتراك"),
    ),
    PassType.FULL_COURSE: ("FULL_COURSE", "course", "Kurs", "cours", "curso", "kurs", "دورة"),
}
_TYPE_OF = {plain(word): type_ for type_, words in _PASS_TYPES.items() for word in words}
_SHOWN = 40


def order_named(name: str) -> DateOrder:
    """Raises `Invalid` with those that there are."""
    try:
        return DateOrder(name)
    except ValueError:
        raise Invalid("import.no_such_order", given=name[:40], known=", ".join(DateOrder)) from None


@dataclass(slots=True, frozen=True)
class DateEvidence:
    """What the days of one column tell of their order: rows with a day, or a month, that is no month or day."""

    column: str
    says_day_first: bool = False
    says_month_first: bool = False
    example: str = ""

    def with_cell(self, cell: str) -> "DateEvidence":
        found = _NUMBERS.match(cell.strip())
        # Nobody writes the month first with dots.
        if not found or found[2] == ".":
            return self
        day_first, month_first = int(found[1]) > 12, int(found[3]) > 12
        example = self.example or ("" if day_first or month_first else cell.strip()[:_SHOWN])
        return DateEvidence(
            self.column, self.says_day_first or day_first, self.says_month_first or month_first, example
        )

    def order(self) -> DateOrder:
        """Raises `Invalid` where both are possible, or both are needed."""
        if self.says_day_first and self.says_month_first:
            raise Invalid("import.days_mixed", column=self.column)
        if not self.says_day_first and not self.says_month_first and self.example:
            raise Invalid("import.days_ambiguous", column=self.column, example=self.example)
        return DateOrder.MONTH_FIRST if self.says_month_first else DateOrder.DAY_FIRST


def orders_told(mapping: ColumnMap, rows: Iterable[Sequence[str]]) -> dict[str, DateOrder]:
    """By field: the order of its days, told from its whole column. Raises `Invalid` for a column that does not tell."""
    places = {
        place: name for place, name in enumerate(mapping.fields) if name and FIELDS[mapping.kind][name] in _WITH_DAYS
    }
    told = {place: DateEvidence(mapping.headers[place]) for place in places}
    for cells in rows:
        for place, evidence in told.items():
            if place < len(cells):
                told[place] = evidence.with_cell(cells[place])
    return {places[place]: evidence.order() for place, evidence in told.items()}


_WITH_DAYS = frozenset({Shape.DAY, Shape.MOMENT})


def read_row(mapping: ColumnMap, row: int, cells: Sequence[str], orders: Mapping[str, DateOrder]) -> Record:
    """The values of a row, and every cell that cannot be read. `orders` by field; DAY_FIRST for those not in it."""
    values: dict[str, Value] = {}
    problems = [
        Problem(trouble=Trouble.TOO_MANY_CELLS, column="", given=cell.strip()[:_SHOWN])
        for cell in cells[len(mapping.headers) :]
        if cell.strip()
    ][:1]
    for head, name, cell in zip(mapping.headers, mapping.fields, cells, strict=False):
        text = _unwrapped(cell)
        if name is None or not text:
            continue
        shape = FIELDS[mapping.kind][name]
        read = _read(shape, text, orders.get(name, DateOrder.DAY_FIRST))
        if isinstance(read, Trouble):
            problems.append(Problem(trouble=read, column=head, given=_shown(text)))
        elif read is not None:
            values[name] = read
    return Record(row=row, values=values, problems=tuple(problems))


def _read(shape: Shape, text: str, order: DateOrder) -> Value | Trouble | None:
    """None: an empty value, such as unlimited where a number may stand."""
    if any(ord(sign) < 32 or ord(sign) == 127 for sign in text):
        return Trouble.SIGNS
    match shape:
        case Shape.PHONE:
            phone = _PHONE_SIGNS.sub("", text)
            return phone if _PHONE.fullmatch(phone) else Trouble.NOT_A_PHONE
        case Shape.COUNT:
            if plain(text) in _UNLIMITED:
                return None
            whole = _WHOLE.fullmatch(text)
            return int(whole[1]) if whole else Trouble.NOT_A_COUNT
        case Shape.DAY:
            return _day(text, order) or Trouble.NOT_A_DAY
        case Shape.CLOCK:
            return _clock(text) or Trouble.NOT_A_CLOCK
        case Shape.MOMENT:
            return _moment(text, order) or Trouble.NOT_A_MOMENT
    if text[0] in "=@" or (text[0] in "+-" and len(text) > 1):
        return Trouble.FORMULA
    return _word(shape, text)


def _word(shape: Shape, text: str) -> Value | Trouble:
    match shape:
        case Shape.YES_NO:
            said = plain(text)
            return said in _YES if said in _YES | _NO else Trouble.NOT_YES_OR_NO
        case Shape.PASS_TYPE:
            return _TYPE_OF.get(plain(text), Trouble.NOT_A_PASS_TYPE)
        case Shape.LANGUAGE:
            code = text.lower().replace("_", "-").split("-")[0]
            return code if code in LANGUAGES else Trouble.NOT_A_LANGUAGE
        case Shape.EMAIL:
            return text.removeprefix("mailto:").strip("<> ").lower()
    return text


def _day(text: str, order: DateOrder) -> date | None:
    if found := _YEAR_FIRST.fullmatch(text):
        return _date(int(found[1]), int(found[2]), int(found[3]))
    if found := _NAMED.fullmatch(text):
        month, day = (found[1], found[2]) if found[1] else (found[4], found[3])
        return _date(int(found[5]), _month(month), int(day))
    if order is DateOrder.ISO or not (found := _NUMBERS.fullmatch(text)):
        return None
    first, second, year = int(found[1]), int(found[3]), int(found[4])
    is_month_first = order is DateOrder.MONTH_FIRST and found[2] != "."
    return _date(year, first, second) if is_month_first else _date(year, second, first)


def _month(name: str) -> int:
    word = name.lower()
    months = _LONG_MONTHS if word in _LONG_MONTHS else _MONTHS
    return months.index(word) + 1 if word in months else 0


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _clock(text: str) -> time | None:
    found = _CLOCK.fullmatch(text.strip())
    if not found or not (found[2] or found[4]):
        return None
    hour, half = int(found[1]), (found[4] or "").lower()[:1]
    if half in ("a", "p"):
        if not 1 <= hour <= 12:
            return None
        hour = hour % 12 + (12 if half == "p" else 0)
    minute, second = int(found[2] or 0), int(found[3] or 0)
    return time(hour, minute, second) if hour < 24 and minute < 60 and second < 60 else None


def _moment(text: str, order: DateOrder) -> datetime | None:
    """Without a zone, as a clock on the venue's wall shows it; with one where the cell names it."""
    if _WITH_ZONE.fullmatch(text):
        try:
            return datetime.fromisoformat(text)
        except ValueError:
            return None
    for place, sign in enumerate(text):
        if sign in " T":
            day, clock = _day(text[:place].rstrip(","), order), _clock(text[place + 1 :])
            if day and clock:
                return datetime.combine(day, clock)
    return None


def _unwrapped(cell: str) -> str:
    """Without blanks around it, and without the form in which spreadsheets keep a number's first noughts."""
    text = cell.strip().strip("\u00a0\u200b\ufeff").strip()
    kept = _EXCEL_TEXT.fullmatch(text)
    return kept[1].strip() if kept else text


def _shown(text: str) -> str:
    return "".join(sign if sign.isprintable() else "·" for sign in text[:_SHOWN])
