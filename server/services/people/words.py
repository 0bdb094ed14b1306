"""What people typed, made clean: names, e-mail addresses, dates. Raises `Invalid` with the field's name."""

import re
from datetime import date, datetime

from core.errors import Invalid

_EMAIL = re.compile(r"[^@\s,;<>]+@[^@\s,;<>]+\.[^@\s.,;<>]+")
LONGEST = 255


def required(field: str, text: str) -> str:
    """Without blanks around it; not empty, not longer than 255 characters, no control characters."""
    clean = optional(field, text)
    if not clean:
        raise Invalid("field.missing", field=field)
    return clean


def optional(field: str, text: str, longest: int = LONGEST) -> str:
    clean = text.strip()
    if len(clean) > longest:
        raise Invalid("field.too_long", field=field, longest=longest)
    if any(ord(sign) < 32 or ord(sign) == 127 for sign in clean):
        raise Invalid("field.not_understood", field=field, given=repr(clean[:40]))
    return clean


def email(text: str, *, is_required: bool = False) -> str:
    """In lower case, so that one person is one address."""
    clean = optional("email", text).lower()
    if not clean and not is_required:
        return ""
    if not _EMAIL.fullmatch(clean):
        raise Invalid("field.not_understood", field="email", given=clean[:40])
    return clean


def iso_date(field: str, text: str) -> str:
    try:
        return date.fromisoformat(text.strip()).isoformat()
    except ValueError:
        raise Invalid("field.not_understood", field=field, given=text[:40]) from None


def count(field: str, number: int, *, least: int = 1, most: int = 100_000) -> int:
    if not least <= number <= most:
        raise Invalid("field.out_of_range", field=field, given=number, least=least, most=most)
    return number


def span(starts_at: datetime, ends_at: datetime) -> None:
    """Both with a zone, and the end after the start."""
    for instant in (starts_at, ends_at):
        if instant.tzinfo is None:
            raise Invalid("time.zone_missing", given=instant.isoformat())
    if ends_at <= starts_at:
        raise Invalid("time.ends_before_it_starts", starts=starts_at.isoformat(), ends=ends_at.isoformat())
