"""Whether what kiosks told is whole: per kiosk and epoch no number is missing, and the chain verifies.

What lies in quarantine counts as held, and what was put away is read where it is. It reads and reports; it settles and
repairs nothing.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from heapq import merge
from typing import Any

from peewee import Value, fn

from core import wire
from core.chains import ChainReport, Record, look_at
from core.errors import Invalid
from server.services.archiving.reading import records_found
from server.store.database import reading
from server.store.tables import AttemptRow, DeviceRow, QuarantineRow

AT_ONCE = 2000
"""Records in memory at a time."""


@dataclass(frozen=True, kw_only=True, slots=True)
class EpochChecked:
    """One installation of one kiosk. `report` speaks of the attempts that are held here, told or asked."""

    device_id: str
    device_name: str
    epoch: str
    report: ChainReport


def verify_chains(organization_id: str, *, device_id: str | None = None) -> tuple[EpochChecked, ...]:
    """Every epoch of every kiosk there ever was, or of one, by the kiosk's name. Reads all that was told.

    An attempt that was asked and never told has no link yet (OPEN), and what an ask brought along may be ahead of
    what was told (WAITING): neither is a fault. Of an epoch that is over, everything has to be there.
    """
    with reading():
        return tuple(
            checked
            for device in DeviceRow.select()
            .where(DeviceRow.organization == organization_id)
            .order_by(DeviceRow.name, DeviceRow.id)
            if device_id in (None, device.id)
            for checked in _epochs_of(device)
        )


def in_words(checked: EpochChecked) -> str:
    """What is to be said of it, in one line."""
    report = checked.report
    troubles = [f"{finding.trouble.value.lower()} {finding.numbers}" for finding in report.findings]
    held = (
        f"{checked.device_name}, epoch {checked.epoch}: {report.held} held up to {report.last}, {report.proven} proven"
    )
    return f"{held}; {', '.join(troubles)}" if troubles else held


def _epochs_of(device: DeviceRow) -> Iterator[EpochChecked]:
    heard_last: dict[str, datetime] = {}
    for table in (AttemptRow, QuarantineRow):
        mine = table.select(table.epoch, fn.MAX(table.received_at)).where(*_of(table, device.id)).group_by(table.epoch)
        for epoch, latest in mine.tuples():
            heard_last[epoch] = max(latest, heard_last.get(epoch, latest))
    for epoch in sorted(heard_last):
        held = merge(*(_records(table, device.id, epoch) for table in (AttemptRow, QuarantineRow)), key=_number)
        yield EpochChecked(
            device_id=device.id,
            device_name=device.name,
            epoch=epoch,
            report=look_at(held, heard_upto=_heard_upto(device, epoch, heard_last[epoch])),
        )


def _heard_upto(device: DeviceRow, epoch: str, heard_last: datetime) -> int | None:
    """None: the epoch is over and told. An ask may speak of one that the kiosk has not introduced yet."""
    if epoch == device.epoch:
        return int(device.have_upto)
    is_just_beginning = device.last_heard_at is None or heard_last > device.last_heard_at
    return 0 if is_just_beginning else None


def _of(table: type[AttemptRow] | type[QuarantineRow], device_id: str) -> tuple[Any, ...]:
    return table.device == device_id, table.seq > 0, table.epoch != ""


def _records(table: type[AttemptRow] | type[QuarantineRow], device_id: str, epoch: str) -> Iterator[Record]:
    """In the order of seq, a few at a time."""
    attempt_id = AttemptRow.id if table is AttemptRow else QuarantineRow.attempt_id
    put_away = AttemptRow.archived_in if table is AttemptRow else Value(None)
    query = table.select(table.seq, table.id, attempt_id, table.record, put_away).where(
        *_of(table, device_id), table.epoch == epoch
    )
    after: tuple[int, str] = (0, "")
    while True:
        is_further = (table.seq > after[0]) | ((table.seq == after[0]) & (table.id > after[1]))
        rows = list(query.where(is_further).order_by(table.seq, table.id).limit(AT_ONCE).tuples())
        away = records_found({id_: bundle for _, _, id_, record, bundle in rows if bundle and not record})
        for seq, _, id_, record, bundle in rows:
            text = record or away.get(id_, "")
            body = _parsed(text)
            is_readable = bool(text or not bundle)
            yield Record(seq=int(seq), attempt_id=id_, chain=_chain_in(body), body=body, is_readable=is_readable)
        if len(rows) < AT_ONCE:
            return
        after = (int(rows[-1][0]), str(rows[-1][1]))


def _number(record: Record) -> int:
    return record.seq


def _parsed(record: str) -> object:
    try:
        return wire.parsed(record)
    except Invalid:
        return {}


def _chain_in(body: object) -> str:
    chain = body.get("chain", "") if isinstance(body, dict) else ""
    return str(chain)
