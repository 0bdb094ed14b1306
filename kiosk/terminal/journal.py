"""`tessera journal verify` and `export`: is the journal whole, and how to empty a kiosk by hand."""

from datetime import datetime
from pathlib import Path

from rich.table import Table

from core.chains import Finding, Trouble
from core.exported import ExportHeader
from kiosk.store.chains_here import EpochHere, epochs_here
from kiosk.store.emptying import export_journal
from kiosk.store.looking import looked_into, troubles

WORDS = {
    Trouble.GAP: "missing",
    Trouble.BROKEN: "not as it was written, or out of its order",
    Trouble.FORK: "given twice",
    Trouble.ANEW: "begins a chain of its own, as after a damaged file",
    Trouble.OPEN: "begun, no outcome yet",
    Trouble.WAITING: "not here yet",
    Trouble.UNREADABLE: "put away, and not readable there",
}
SAVED = "not saved out of the damaged file: the server had them, or they could not be read"


def verify_journal(folder: Path) -> tuple[Table, str, bool]:
    """(a line an epoch, the verdict in words, whether all is sound). Raises `NotFound`, and `Conflict` for damage."""
    with looked_into(folder) as connection:
        damage = troubles(connection)
        epochs = () if damage else epochs_here(connection)
    table = Table("Epoch", "Numbers", "Held", "Proven", "Cleared", "Unsent", "Verdict")
    for one in epochs:
        table.add_row(*_line(one))
    if damage:
        return (
            table,
            f"The file itself is damaged: {'; '.join(damage)}. `tessera journal export` still empties it.",
            False,
        )
    faulty = [one for one in epochs if one.faults]
    if faulty:
        return table, _verdict_on(faulty), False
    held = sum(one.report.held for one in epochs)
    believed = held - sum(one.report.proven for one in epochs)
    rest = f" {believed} of them cannot be proven, since what came before is not here." if believed else ""
    return table, f"Sound: {held} attempts, no number missing, each as it was written.{rest}", True


def export(folder: Path, out: Path, at: datetime, *, is_all: bool) -> str:
    """Writes the file and says what to do with it. Raises `NotFound`, `Invalid`."""
    header = export_journal(folder, out, at, is_all=is_all)
    return f"{_what_is_in(header)} in {out}. On the server, `tessera journal import` takes it in."


def _what_is_in(header: ExportHeader) -> str:
    what = "attempts" if header.is_all else "unsent attempts"
    saved = ", saved out of a damaged file," if header.is_salvaged else ""
    return f"{header.count} {what} of {header.device_id}{saved} are"


def _line(one: EpochHere) -> tuple[str, ...]:
    report = one.report
    numbers = f"{report.first} to {report.last}" if report.held else "none"
    said = "; ".join(_in_words(finding, one) for finding in report.findings)
    verdict = f"[red]{said}[/]" if one.faults else f"[green]sound[/]{f': {said}' if said else ''}"
    cleared = f"up to {one.cleared}" if one.cleared and not one.is_salvaged else ""
    return one.epoch, numbers, str(report.held), str(report.proven), cleared, str(one.untold), verdict


def _in_words(finding: Finding, one: EpochHere) -> str:
    is_forgiven = finding.trouble is Trouble.GAP and one.is_salvaged
    return f"{finding.numbers} {SAVED if is_forgiven else WORDS[finding.trouble]}"


def _verdict_on(faulty: list[EpochHere]) -> str:
    said = "; ".join(
        f"{one.epoch}: {', '.join(f'{finding.numbers} {WORDS[finding.trouble]}' for finding in one.faults)}"
        for one in faulty
    )
    return f"Not sound. {said}. Nothing was changed; export the journal and let the server keep it."
