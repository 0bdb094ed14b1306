"""The two ways through a file: a dry run that writes nothing, and carrying it out, a few rows in each transaction.

Both decide by the same code. What was carried out is written down with the rows it made, in one commit; so whoever
begins again after an interruption goes on where it stopped, and a file that is done changes nothing.
"""

from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from itertools import islice

from core.errors import TesseraError
from core.import_values import Problem, Record, read_row
from core.importing import Kind
from server.services.door.vault import CodeVault
from server.services.importing.deciding import Decided, Doing, Importer
from server.services.importing.members import MembersImport
from server.services.importing.passes import PassesImport
from server.services.importing.reservations import ReservationsImport
from server.services.importing.values import Remark, RowReport, Unclear, Verdict, Wanted
from server.services.people.rights import Asker, Right, require
from server.store.database import reading, writing

PLANNED_AT_ONCE = 200
CARRIED_AT_ONCE: Mapping[Kind, int] = {Kind.MEMBERS: 10, Kind.PASSES: 10, Kind.RESERVATIONS: 1}
"""Rows in one transaction: so few that whoever shows a card meanwhile waits a fraction of a second. A place locks its
member and its session, and lets go of both before the next."""
_IMPORTERS: Mapping[Kind, Callable[[Doing], Importer]] = {
    Kind.MEMBERS: MembersImport,
    Kind.PASSES: PassesImport,
    Kind.RESERVATIONS: ReservationsImport,
}


def plan_import(organization_id: str, wanted: Wanted, by: Asker, at: datetime, vault: CodeVault) -> Iterator[RowReport]:
    """What carrying out would do with each row, in the file's order. Writes nothing. Raises `Forbidden`, `Invalid`."""
    doing = Doing(organization_id=organization_id, source=wanted.source, by=by, at=at, vault=vault)
    with reading():
        require(organization_id, by, Right.RUN)
    return _plan(doing, wanted)


def carry_out(organization_id: str, wanted: Wanted, by: Asker, at: datetime, vault: CodeVault) -> Iterator[RowReport]:
    """Do it, and tell of each row when it is done for good. Doing it again finishes what was interrupted.

    A row with a problem is left out and holds up no other. Raises `Forbidden`, `Invalid`.
    """
    doing = Doing(organization_id=organization_id, source=wanted.source, by=by, at=at, vault=vault)
    with reading():
        require(organization_id, by, Right.RUN)
    return _carry(doing, wanted)


def _plan(doing: Doing, wanted: Wanted) -> Iterator[RowReport]:
    importer = _IMPORTERS[wanted.mapping.kind](doing)
    seen: dict[str, int] = {}
    for records in _some(_records(wanted), PLANNED_AT_ONCE):
        with reading():
            require(doing.organization_id, doing.by, Right.RUN)
            importer.look_up(_keyed(importer, records), locked=False)
            reports = [_planned(importer, record, seen) for record in records]
        yield from reports


def _carry(doing: Doing, wanted: Wanted) -> Iterator[RowReport]:
    seen: dict[str, int] = {}
    for records in _some(_records(wanted), CARRIED_AT_ONCE[wanted.mapping.kind]):
        with writing():
            require(doing.organization_id, doing.by, Right.RUN)
            importer = _IMPORTERS[wanted.mapping.kind](doing)
            importer.look_up(_keyed(importer, records), locked=True)
            reports = [_carried(importer, record, seen) for record in records]
        yield from reports


def _records(wanted: Wanted) -> Iterator[Record]:
    for row, cells in wanted.file.rows():
        yield read_row(wanted.mapping, row, cells, wanted.orders)


def _some(records: Iterator[Record], most: int) -> Iterator[tuple[Record, ...]]:
    while some := tuple(islice(records, most)):
        yield some


def _keyed(importer: Importer, records: tuple[Record, ...]) -> Iterator[tuple[str, Record]]:
    for record in records:
        try:
            yield importer.key_of(record), record
        except Unclear:
            continue


def _planned(importer: Importer, record: Record, seen: dict[str, int]) -> RowReport:
    decided = _decided(importer, record, seen)
    remark = importer.imagine(record, decided) if decided.writes else None
    return _report(record, decided, remark)


def _carried(importer: Importer, record: Record, seen: dict[str, int]) -> RowReport:
    decided = _decided(importer, record, seen)
    remark = None
    if decided.writes:
        try:
            with writing():
                remark = importer.apply(record, decided)
        except TesseraError as error:
            remark = Remark(error=error)
    return _report(record, decided, remark)


def _decided(importer: Importer, record: Record, seen: dict[str, int]) -> Decided:
    if record.problems:
        return _problem(*(_remark(problem) for problem in record.problems))
    try:
        key = importer.key_of(record)
        if key in seen:
            raise Unclear("row_twice", row=seen[key])
        seen[key] = record.row
        return importer.decide(record, key)
    except Unclear as unclear:
        return _problem(unclear.remark)
    except TesseraError as error:
        return _problem(Remark(error=error))


def _problem(*remarks: Remark) -> Decided:
    return Decided(verdict=Verdict.PROBLEM, remarks=remarks, writes=False)


def _remark(problem: Problem) -> Remark:
    return Remark(key=problem.trouble.value, values={"column": problem.column, "given": problem.given})


def _report(record: Record, decided: Decided, remark: Remark | None) -> RowReport:
    if remark is not None:
        return RowReport(row=record.row, verdict=Verdict.PROBLEM, called=decided.called, remarks=(remark,))
    return RowReport(row=record.row, verdict=decided.verdict, called=decided.called, remarks=decided.remarks)
