"""Whether a row of attempts is whole: numbered without a gap, each record chained to the one before it. Pure.

Kiosk and server both look with it, at what each of them holds. It says what is so and repairs nothing.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from itertools import groupby

from core import wire


class Trouble(StrEnum):
    """What may be said of one number, or of a span of them."""

    GAP = "GAP"
    """The numbers are not there, although later ones are."""
    BROKEN = "BROKEN"
    """The record is not the one that was written, or does not follow the one before it."""
    FORK = "FORK"
    """Two attempts have the number: two installations spoke as one."""
    ANEW = "ANEW"
    """The chain begins again here, as after a damaged file out of which the record before could not be read."""
    OPEN = "OPEN"
    """Begun and never concluded, as far as anybody here was told."""
    WAITING = "WAITING"
    """Not here yet; those after it came ahead of it."""
    UNREADABLE = "UNREADABLE"
    """It was put away, and what it was put into is missing or not as it was written."""


UNSOUND = frozenset({Trouble.GAP, Trouble.BROKEN, Trouble.FORK, Trouble.UNREADABLE})
"""The others are how an honest kiosk's row may look."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Record:
    """One record of an epoch. `body` is the record as parsed JSON; `chain` its own link, empty where it has none.

    Not readable: that there was one is known, and nothing of what it said.
    """

    seq: int
    attempt_id: str
    chain: str
    body: object
    is_readable: bool = True


@dataclass(frozen=True, kw_only=True, slots=True)
class Anchor:
    """The last record before the row begins: its number (0: the row begins with 1) and its link of the chain.

    `chain` None: what it was is not known, so the first record can only be believed.
    """

    seq: int = 0
    chain: str | None = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Finding:
    """`trouble` holds for the numbers from `seq` to `upto`, both counted in."""

    trouble: Trouble
    seq: int
    upto: int

    @property
    def numbers(self) -> str:
        return str(self.seq) if self.seq == self.upto else f"{self.seq} to {self.upto}"


@dataclass(frozen=True, kw_only=True, slots=True)
class ChainReport:
    """`held` numbers are there, from `first` to `last`; `proven` of them follow the one before them for certain.

    `end` is the last record's link of the chain, empty if it has none.
    """

    first: int
    last: int
    held: int
    proven: int
    end: str
    findings: tuple[Finding, ...]

    @property
    def is_sound(self) -> bool:
        return not any(finding.trouble in UNSOUND for finding in self.findings)


FROM_THE_FIRST = Anchor()


def look_at(
    records: Iterable[Record], anchor: Anchor = FROM_THE_FIRST, *, heard_upto: int | None = None
) -> ChainReport:
    """The records of one epoch in the order of their numbers, each looked at once, so that a long row needs no room.

    Numbers missing after `heard_upto` are still on their way; None: none is. Where several records have one number,
    each that fits counts; they are a fork if they are different attempts.
    """
    found: list[Finding] = []
    known: frozenset[str] | None = None if anchor.chain is None else frozenset({anchor.chain})
    first, expected, held, proven, end = 0, anchor.seq + 1, 0, 0, anchor.chain or ""
    for seq, group in groupby(records, key=lambda record: record.seq):
        if seq <= anchor.seq:
            continue
        if seq < expected:
            raise ValueError(f"{seq} comes after {expected - 1}: the records are not in their order.")
        alike = list(group)
        if seq > expected:
            found += _missing(expected, seq - 1, heard_upto)
            known = None
        trouble, fits, known = _at_one_number(alike, known)
        if len({record.attempt_id for record in alike}) > 1:
            found.append(Finding(trouble=Trouble.FORK, seq=seq, upto=seq))
        if trouble is not None:
            found.append(Finding(trouble=trouble, seq=seq, upto=seq))
        first, held, proven, expected = first or seq, held + 1, proven + fits, seq + 1
        end = next((record.chain for record in alike if record.chain), "")
    if heard_upto is not None and expected <= heard_upto:
        found.append(Finding(trouble=Trouble.GAP, seq=expected, upto=heard_upto))
    return ChainReport(
        first=first or anchor.seq + 1,
        last=expected - 1,
        held=held,
        proven=proven,
        end=end,
        findings=tuple(_joined(found)),
    )


def _at_one_number(
    records: list[Record], known: frozenset[str] | None
) -> tuple[Trouble | None, bool, frozenset[str] | None]:
    """(what is wrong, whether it follows for certain, the links that the next record may follow)."""
    if not all(record.is_readable for record in records):
        return Trouble.UNREADABLE, False, None
    linked = [record for record in records if record.chain]
    if not linked:
        return Trouble.OPEN, False, None
    every_link = frozenset(record.chain for record in linked)
    if known is None:
        return None, False, every_link
    fitting = [record for record in linked if any(_follows(record, previous) for previous in known)]
    if fitting:
        return None, True, frozenset(record.chain for record in fitting)
    begins_anew = any(_follows(record, "") for record in linked)
    return Trouble.ANEW if begins_anew else Trouble.BROKEN, False, every_link


def _follows(record: Record, previous: str) -> bool:
    return wire.chain(record.body, previous) == record.chain


def _missing(first: int, last: int, heard_upto: int | None) -> list[Finding]:
    """Up to what the row is known to reach without a gap it has one; after that it is still on its way."""
    if heard_upto is None or last <= heard_upto:
        return [Finding(trouble=Trouble.GAP, seq=first, upto=last)]
    waiting = Finding(trouble=Trouble.WAITING, seq=max(first, heard_upto + 1), upto=last)
    if first > heard_upto:
        return [waiting]
    return [Finding(trouble=Trouble.GAP, seq=first, upto=heard_upto), waiting]


def _joined(findings: list[Finding]) -> list[Finding]:
    """Neighbours with the same trouble become one span."""
    joined: list[Finding] = []
    for finding in sorted(findings, key=lambda finding: (finding.trouble, finding.seq)):
        last = joined[-1] if joined else None
        if last is not None and last.trouble is finding.trouble and finding.seq == last.upto + 1:
            joined[-1] = Finding(trouble=last.trouble, seq=last.seq, upto=finding.upto)
        else:
            joined.append(finding)
    return sorted(joined, key=lambda finding: (finding.seq, finding.trouble))
