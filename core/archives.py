"""Old attempts put away: which are old, which stay where they are, and how a bundle of them is written. Pure.

A bundle is lines of JSON: a heading that says what follows and what it adds up to, then one line an attempt, its record
and its answer word for word. It names no member, so that nothing in it need be forgotten later.
"""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from core import wire
from core.errors import Invalid
from core.messages import LANGUAGES, all_keys, sentence

SPAN = timedelta(days=400)
"""A year, so that a month can be laid beside the same one a year before, and some weeks for whoever is late."""
SHORTEST = timedelta(days=120)
"""Nobody puts away sooner: the inbox looks back 90 days, and a kiosk may be away for 60."""
NOBODY = "—"
"""Stands where a name stood."""
WORDS = frozenset({"because", "note", "notes", "words", "sealed"})
"""Fields of records in which somebody's own words stand, or a name under a seal."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Line:
    """One attempt as it is put away. `record` and `answer` are the texts that stood in its row.

    The answer's greeting is without the name. The rest says where it belongs; all of that stays in the row, too.
    """

    attempt_id: str
    venue_id: str
    device_id: str | None = None
    epoch: str = ""
    seq: int = 0
    happened_at: datetime
    record: str
    answer: str | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Heading:
    """The first line of a bundle. `sha256`: hex, over the lines that follow it.

    `previous` is the digest of the bundle before it in the same file, empty for the first.
    """

    organization_id: str
    month: str
    count: int
    sha256: str
    previous: str
    put_away_at: datetime
    layout: int = 1


def old_before(at: datetime, span: timedelta) -> datetime:
    """What was over before that instant is old: midnight UTC, so that a day is put away at once and not in crumbs."""
    return (at - span).astimezone(UTC).replace(hour=0, minute=0, second=0, microsecond=0)


def month_of(at: datetime) -> str:
    """The month whose file an attempt goes into, such as `2025-10`.

    In UTC: an organization's venues may lie in several zones, and a month needs one beginning that no clock moves.
    """
    return at.astimezone(UTC).strftime("%Y-%m")


def bounds_of(month: str) -> tuple[datetime, datetime]:
    """From when, and up to but not including when, attempts go into that month's file."""
    first = datetime.strptime(month, "%Y-%m").replace(tzinfo=UTC)
    return first, (first + timedelta(days=31)).replace(day=1)


def stays_where_it_is(record: str) -> bool:
    """Whether a record holds somebody's own words, or cannot be read: then it stays, where words can be forgotten.

    The sentences that this house offers as reasons are nobody's own.
    """
    try:
        return _has_words(wire.parsed(record))
    except (Invalid, RecursionError):
        return True


def wordless(record: str) -> str:
    """A record without anybody's own words; what cannot be read is left as it is."""
    try:
        return _written(_without_words(wire.parsed(record)))
    except (Invalid, RecursionError):
        return record


def nameless(answer: str) -> str:
    """What a kiosk was told, without whom it greeted: asked again, it decides the same and names nobody."""
    return greeting(answer, NOBODY)


def greeting(answer: str, first_name: str) -> str:
    """The answer, with that name where it greets somebody."""
    told = wire.parsed(answer)
    if isinstance(told, dict) and isinstance(told.get("person"), dict):
        told["person"]["first_name"] = first_name
    return _written(told)


def bundled(organization_id: str, month: str, lines: Sequence[Line], previous: str, at: datetime) -> str:
    """The text of a bundle; each of its lines ends in a newline."""
    body = "".join(f"{wire.to_json(line)}\n" for line in lines)
    heading = Heading(
        organization_id=organization_id,
        month=month,
        count=len(lines),
        sha256=_sum(body),
        previous=previous,
        put_away_at=at,
    )
    return f"{wire.to_json(heading)}\n{body}"


def unbundled(text: str) -> tuple[Heading, tuple[Line, ...]]:
    """What `bundled` made a text of. Raises `ValueError` for one that is not what was written, saying why."""
    first, _, body = text.partition("\n")
    try:
        heading = wire.from_json(Heading, first)
        if _sum(body) != heading.sha256:
            raise ValueError("its lines do not add up to what its heading says")
        lines = tuple(wire.from_json(Line, line) for line in body.split("\n") if line)
    except Invalid as trouble:
        raise ValueError(f"a line is not one of an archive: {trouble}") from trouble
    if len(lines) != heading.count:
        raise ValueError(f"{len(lines)} lines are there, and {heading.count} were written")
    return heading, lines


def _sum(body: str) -> str:
    return hashlib.sha256(body.encode()).hexdigest()


def _written(plain: object) -> str:
    return json.dumps(plain, ensure_ascii=False, separators=(",", ":"))


def _without_words(plain: object) -> object:
    if isinstance(plain, dict):
        return {
            name: NOBODY if name in WORDS and _is_own(value) else _without_words(value) for name, value in plain.items()
        }
    return [_without_words(one) for one in plain] if isinstance(plain, list) else plain


def _has_words(plain: object) -> bool:
    if isinstance(plain, dict):
        return any((name in WORDS and _is_own(value)) or _has_words(value) for name, value in plain.items())
    return isinstance(plain, list) and any(_has_words(one) for one in plain)


def _is_own(value: object) -> bool:
    return bool(value) and not (isinstance(value, str) and value in _OFFERED)


_OFFERED = frozenset(
    sentence(language, key) for key in all_keys() if key.startswith("staff.because.") for language in LANGUAGES
) | {NOBODY}
"""What a kiosk lets staff tap as a reason, and what is left of words that were forgotten."""
