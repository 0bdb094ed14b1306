"""Whether this kiosk's journal is whole: for each epoch, no number missing and every record as it was written."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import apsw

from core import wire
from core.chains import UNSOUND, Anchor, ChainReport, Finding, Record, Trouble, look_at
from core.errors import Invalid
from kiosk.store.database import first_row, rows
from kiosk.store.looking import version_of

STEP_WITH_ANCHORS = 2


@dataclass(frozen=True, kw_only=True, slots=True)
class EpochHere:
    """`number`: 1 for the first of this folder; below 1 for one that was saved out of a damaged file.

    `cleared`: up to this seq rows were cleared away, long after the server had them. `untold`: not confirmed yet.
    """

    epoch: str
    number: int
    is_written_to: bool
    last_seq: int
    have_upto: int
    cleared: int
    untold: int
    report: ChainReport

    @property
    def is_salvaged(self) -> bool:
        return self.number < 1

    @property
    def faults(self) -> tuple[Finding, ...]:
        """Of a salvaged epoch only what was not told was saved, so numbers may be missing in it."""
        forgiven = {Trouble.GAP} if self.is_salvaged else set()
        return tuple(one for one in self.report.findings if one.trouble in UNSOUND - forgiven)


def epochs_here(connection: apsw.Connection) -> tuple[EpochHere, ...]:
    """All there are, in the order in which they were begun. Reads the whole journal."""
    anchors = "kept_after, kept_after_chain" if version_of(connection) >= STEP_WITH_ANCHORS else "NULL, NULL"
    found = rows(
        connection, f"SELECT id, number, last_seq, last_chain, have_upto, {anchors} FROM epoch ORDER BY number"
    )
    newest = max((number for _, number, *_ in found), default=0)
    return tuple(_looked_at(connection, row, is_written_to=row[1] == newest) for row in found)


def _looked_at(connection: apsw.Connection, row: tuple[object, ...], *, is_written_to: bool) -> EpochHere:
    epoch, number, last_seq, last_chain, have_upto, kept_after, kept_after_chain = row
    is_salvaged = int(str(number)) < 1
    first, untold = first_row(
        connection, "SELECT MIN(seq), COALESCE(SUM(told_at IS NULL), 0) FROM attempt WHERE epoch = ?", (str(epoch),)
    ) or (None, 0)
    cleared = int(str(kept_after or 0))
    anchor = Anchor(seq=cleared, chain=None if kept_after_chain is None else str(kept_after_chain))
    if kept_after is None or (is_salvaged and not cleared):
        # Written before anchors were kept, or saved out of a damaged file: what came before cannot be proven.
        begins_at_one = first in (1, None)
        anchor = Anchor(seq=0 if begins_at_one else int(first) - 1, chain="" if begins_at_one else None)
    report = look_at(_records(connection, str(epoch)), anchor, heard_upto=int(str(last_seq)))
    return EpochHere(
        epoch=str(epoch),
        number=int(str(number)),
        is_written_to=is_written_to,
        last_seq=int(str(last_seq)),
        have_upto=int(str(have_upto)),
        cleared=anchor.seq,
        untold=int(untold),
        report=_with_its_end(report, str(last_chain)) if report.last == last_seq else report,
    )


def _with_its_end(report: ChainReport, last_chain: str) -> ChainReport:
    """The epoch remembers its last link apart from the records, so the last one cannot be changed alone either."""
    is_open = any(one.trouble is Trouble.OPEN and one.upto == report.last for one in report.findings)
    if is_open or not report.held or report.end == last_chain:
        return report
    broken = Finding(trouble=Trouble.BROKEN, seq=report.last, upto=report.last)
    if broken in report.findings:
        return report
    return ChainReport(
        first=report.first,
        last=report.last,
        held=report.held,
        proven=report.proven - 1,
        end=report.end,
        findings=(*report.findings, broken),
    )


def _records(connection: apsw.Connection, epoch: str) -> Iterator[Record]:
    found: Iterable[tuple[object, ...]] = connection.execute(
        "SELECT seq, attempt_id, body FROM attempt WHERE epoch = ? ORDER BY seq", (epoch,)
    )
    for seq, attempt_id, text in found:
        body = _parsed(str(text))
        is_its_own = body.get("seq") == seq and body.get("epoch") == epoch and body.get("attempt_id") == attempt_id
        chain = str(body.get("chain", "")) if is_its_own else "not its own record"
        yield Record(seq=int(str(seq)), attempt_id=str(attempt_id), chain=chain, body=body)


def _parsed(text: str) -> dict[str, object]:
    try:
        body = wire.parsed(text)
    except Invalid:
        return {}
    return body if isinstance(body, dict) else {}
