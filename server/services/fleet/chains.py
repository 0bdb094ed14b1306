"""Whether what kiosks told is whole: per kiosk and epoch no number is missing, and the chain verifies.

What lies in quarantine counts as held. It reads and reports; it settles and repairs nothing.
"""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from core import wire
from core.chains import ChainReport, Record, look_at
from core.errors import Invalid
from server.store.database import reading
from server.store.tables import AttemptRow, DeviceRow, QuarantineRow


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


def _epochs_of(device: DeviceRow) -> list[EpochChecked]:
    by_epoch: dict[str, list[Record]] = defaultdict(list)
    heard_last: dict[str, datetime] = {}
    for table in (AttemptRow, QuarantineRow):
        for epoch, received_at, record in _records(table, device.id):
            by_epoch[epoch].append(record)
            heard_last[epoch] = max(received_at, heard_last.get(epoch, received_at))
    return [
        EpochChecked(
            device_id=device.id,
            device_name=device.name,
            epoch=epoch,
            report=look_at(by_epoch[epoch], heard_upto=_heard_upto(device, epoch, heard_last[epoch])),
        )
        for epoch in sorted(by_epoch)
    ]


def _heard_upto(device: DeviceRow, epoch: str, heard_last: datetime) -> int | None:
    """None: the epoch is over and told. An ask may speak of one that the kiosk has not introduced yet."""
    if epoch == device.epoch:
        return int(device.have_upto)
    is_just_beginning = device.last_heard_at is None or heard_last > device.last_heard_at
    return 0 if is_just_beginning else None


def _records(table: type[AttemptRow] | type[QuarantineRow], device_id: str) -> Iterator[tuple[str, datetime, Record]]:
    attempt_id = AttemptRow.id if table is AttemptRow else QuarantineRow.attempt_id
    query = table.select(table.epoch, table.seq, table.received_at, attempt_id, table.record).where(
        table.device == device_id, table.seq > 0, table.epoch != ""
    )
    for epoch, seq, received_at, id_, record in query.tuples().iterator():
        body = _parsed(record)
        yield epoch, received_at, Record(seq=int(seq), attempt_id=id_, chain=_chain_in(body), body=body)


def _parsed(record: str) -> object:
    try:
        return wire.parsed(record)
    except Invalid:
        return {}


def _chain_in(body: object) -> str:
    chain = body.get("chain", "") if isinstance(body, dict) else ""
    return str(chain)
