"""Who did something and why, as every history row and ledger row wants to know it."""

from dataclasses import dataclass

from core.model import Method


@dataclass(frozen=True, kw_only=True, slots=True)
class Cause:
    """`by` and, for staff, who; `because` in a word or a sentence; `attempt_id` if an attempt led to it."""

    by: Method
    because: str
    staff_id: str | None = None
    attempt_id: str | None = None
