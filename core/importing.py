"""What may stand in a file that another system wrote, and which of its columns is which of our fields.

Nothing is guessed silently: a column is known by its words or not at all, two columns that would be the same field are
neither, and whoever imports sees the mapping before anything else.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from core.errors import Invalid
from core.import_systems import SYSTEMS
from core.import_words import WORDS, plain


class Kind(StrEnum):
    """What the rows of a file are."""

    MEMBERS = "members"
    PASSES = "passes"
    RESERVATIONS = "reservations"


class Shape(StrEnum):
    """How the cells of a field are read; see `core.import_values`."""

    TEXT = "text"
    EMAIL = "email"
    PHONE = "phone"
    DAY = "day"
    CLOCK = "clock"
    MOMENT = "moment"
    COUNT = "count"
    YES_NO = "yes or no"
    PASS_TYPE = "pass type"
    LANGUAGE = "language"


WHOSE: Mapping[str, Shape] = {"member_id": Shape.TEXT, "member_email": Shape.EMAIL, "member_number": Shape.TEXT}
"""Whose pass or place it is: by the id that the other system gave, by e-mail, or by number."""

FIELDS: Mapping[Kind, Mapping[str, Shape]] = {
    Kind.MEMBERS: {
        "id": Shape.TEXT,
        "number": Shape.TEXT,
        "first_name": Shape.TEXT,
        "last_name": Shape.TEXT,
        "email": Shape.EMAIL,
        "phone": Shape.PHONE,
        "language": Shape.LANGUAGE,
        "birth_date": Shape.DAY,
        "member_since": Shape.DAY,
        "is_active": Shape.YES_NO,
    },
    Kind.PASSES: {
        "id": Shape.TEXT,
        **WHOSE,
        "title": Shape.TEXT,
        "type": Shape.PASS_TYPE,
        "punches_left": Shape.COUNT,
        "punches_sold": Shape.COUNT,
        "valid_from": Shape.DAY,
        "valid_until": Shape.DAY,
    },
    Kind.RESERVATIONS: {
        "id": Shape.TEXT,
        **WHOSE,
        "starts_at": Shape.MOMENT,
        "day": Shape.DAY,
        "clock": Shape.CLOCK,
        "title": Shape.TEXT,
        "venue": Shape.TEXT,
    },
}
"""By kind: every field there is. `valid_until` is the last day on which a pass is good."""

_WHO = tuple(WHOSE)
NEEDED: Mapping[Kind, tuple[tuple[str, ...], ...]] = {
    Kind.MEMBERS: (("first_name",), ("id", "email", "number")),
    Kind.PASSES: (_WHO, ("title",)),
    Kind.RESERVATIONS: (_WHO, ("starts_at", "day"), ("starts_at", "clock"), ("title",)),
}
"""By kind: of each group one field at least must have a column."""

LEFT_OUT = "-"
"""Said for a column that is not to be read."""


@dataclass(frozen=True, kw_only=True, slots=True)
class ColumnMap:
    """For each column of a file its header, and the field it is; None: it is not read.

    `doubtful`: columns that would be a field which another would be, too, each with that field. None of them is read
    until somebody says which.
    """

    kind: Kind
    headers: tuple[str, ...]
    fields: tuple[str | None, ...]
    doubtful: tuple[tuple[str, str], ...] = ()

    def column_of(self, field: str) -> str:
        """The header over a field; the field's own name where it has no column."""
        return self.headers[self.fields.index(field)] if field in self.fields else field


def kind_named(name: str) -> Kind:
    """Raises `Invalid` with those that there are."""
    try:
        return Kind(name)
    except ValueError:
        raise Invalid("import.no_such_kind", given=name[:40], known=", ".join(Kind)) from None


def guess_mapping(headers: Iterable[str], kind: Kind, system: str = "") -> ColumnMap:
    """What each column is, by the words over it: those of a system of `core.import_systems`, else those of everybody.

    Raises `Invalid` for a system nobody described.
    """
    heads = tuple(head.strip() for head in headers)
    words = {**_known_words(kind), **_words_of(system, kind)}
    guessed = [words.get(plain(head)) for head in heads]
    doubtful = tuple(
        (head, field) for head, field in zip(heads, guessed, strict=True) if field and guessed.count(field) > 1
    )
    fields = tuple(None if field is None or guessed.count(field) > 1 else field for field in guessed)
    return ColumnMap(kind=kind, headers=heads, fields=fields, doubtful=doubtful)


def with_choices(guessed: ColumnMap, choices: Mapping[str, str]) -> ColumnMap:
    """The mapping as somebody corrected it: by a column's header, a field or `-`.

    Raises `Invalid` for a column or a field that there is not, and for a field given to two columns.
    """
    fields = list(guessed.fields)
    plains = [plain(head) for head in guessed.headers]
    for head, field in choices.items():
        if plains.count(plain(head)) != 1:
            raise Invalid("import.no_such_column", column=head[:80], known=", ".join(guessed.headers)[:300])
        if field != LEFT_OUT and field not in FIELDS[guessed.kind]:
            raise Invalid("import.no_such_field", field=field[:40], known=", ".join(FIELDS[guessed.kind]))
        place = plains.index(plain(head))
        # What somebody says is worth more than a guess that gave the same field to another column.
        fields = [None if one == field else one for one in fields]
        fields[place] = None if field == LEFT_OUT else field
    chosen = [field for field in choices.values() if field != LEFT_OUT]
    twice = next((field for field in chosen if chosen.count(field) > 1), None)
    if twice is not None:
        raise Invalid("import.field_twice", field=twice)
    said = {plain(head) for head in choices}
    left = [(head, field) for head, field in guessed.doubtful if plain(head) not in said and field not in fields]
    wanting = [field for _, field in left]
    for head, field in left:
        # Of two that it could be, the other was said to be something else.
        if wanting.count(field) == 1:
            fields[guessed.headers.index(head)] = field
    doubtful = tuple((head, field) for head, field in left if wanting.count(field) > 1)
    return ColumnMap(kind=guessed.kind, headers=guessed.headers, fields=tuple(fields), doubtful=doubtful)


def require_columns(mapping: ColumnMap) -> None:
    """Raises `Invalid` with the fields without which nothing can be done, and which columns may be one of two."""
    there = {field for field in mapping.fields if field}
    missing = [" / ".join(group) for group in NEEDED[mapping.kind] if not there.intersection(group)]
    if missing:
        doubtful = ", ".join(head for head, _ in mapping.doubtful)[:200] or "—"
        raise Invalid("import.columns_missing", fields=", ".join(dict.fromkeys(missing)), doubtful=doubtful)


def _known_words(kind: Kind) -> dict[str, str]:
    return {plain(word): field for field, words in WORDS[kind.value].items() for word in (field, *words)}


def _words_of(system: str, kind: Kind) -> dict[str, str]:
    if not system:
        return {}
    if system not in SYSTEMS:
        raise Invalid("import.no_such_system", given=system[:40], known=", ".join(SYSTEMS))
    return {plain(head): field for head, field in SYSTEMS[system].get(kind.value, {}).items()}
