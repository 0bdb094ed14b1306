"""A kiosk that was emptied by hand: the file made by `tessera journal export`, fed through the door's own `take_in`.

It can be fed again without doubles, and a line that cannot be read is kept in quarantine as it stands.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from core import wire
from core.errors import Invalid, NotFound, TesseraError
from core.exported import ExportHeader
from core.protocol import Attempt, Effect
from server.services.door.attempts import put_in_quarantine, refuse_too_long
from server.services.door.hearing import note_carried_by_hand
from server.services.door.kiosks import KnownKiosk, as_known
from server.services.door.telling import BatchClock, take_in
from server.services.door.vault import CodeVault
from server.services.fleet.last_words import WHY
from server.services.people.rights import Asker, Right, require
from server.store.database import reading, writing
from server.store.ids import new_id
from server.store.tables import DeviceRow, QuarantineRow

CARRIED = "carried by hand"
"""No kiosk's start is called so: the time of what happened is taken from the kiosk's clock, between its neighbours."""
NOT_READABLE = "a line of an exported journal that is not an attempt"


@dataclass(frozen=True, kw_only=True, slots=True)
class Emptied:
    """What became of a file. `effects` counts attempts; `unreadable` lines went to quarantine as they are.

    `missing`: so many fewer lines than the file says it had.
    """

    header: ExportHeader
    kiosk_name: str
    is_revoked: bool
    effects: Mapping[Effect, int]
    unreadable: int
    missing: int


def take_in_export(organization_id: str, lines: Iterable[str], by: Asker, at: datetime, vault: CodeVault) -> Emptied:
    """Each attempt is a transaction of its own, as when it is told.

    Raises `Invalid` for a file that is not an export, `NotFound` for one of a kiosk that is not this studio's,
    `Forbidden`; then nothing was taken in.
    """
    rest = iter(lines)
    header = _header(next(rest, ""))
    with reading():
        require(organization_id, by, Right.PLAN)
        is_it = (DeviceRow.id == header.device_id) & (DeviceRow.organization == organization_id)
        device = DeviceRow.get_or_none(is_it)
    if device is None:
        raise NotFound("journal.of_another_studio", device=header.device_id[:80], studio=header.organization_name[:80])
    kiosk, clock = as_known(device), BatchClock(boot=CARRIED, t_mono=0, at=at)
    effects: Counter[Effect] = Counter()
    unreadable = 0
    for line in rest:
        if not line.strip():
            continue
        attempt = _attempt(line)
        if attempt is None:
            _keep_line(kiosk, line, at)
            unreadable += 1
        else:
            effects[_taken_in(kiosk, attempt, clock, vault, is_revoked=device.revoked_at is not None)] += 1
    with writing():
        note_carried_by_hand(kiosk)
    return Emptied(
        header=header,
        kiosk_name=device.name,
        is_revoked=device.revoked_at is not None,
        effects=dict(effects),
        unreadable=unreadable,
        missing=max(0, header.count - sum(effects.values()) - unreadable),
    )


def _header(line: str) -> ExportHeader:
    try:
        return wire.from_json(ExportHeader, line)
    except TesseraError as trouble:
        raise Invalid("journal.not_an_export") from trouble


def _attempt(line: str) -> Attempt | None:
    try:
        attempt = wire.from_json(Attempt, line)
        refuse_too_long(attempt)
    except TesseraError:
        return None
    return attempt


def _taken_in(kiosk: KnownKiosk, attempt: Attempt, clock: BatchClock, vault: CodeVault, *, is_revoked: bool) -> Effect:
    """A revoked kiosk's words are kept and never acted upon, whichever way they come."""
    with writing():
        if is_revoked:
            put_in_quarantine(kiosk, attempt, WHY, clock.at)
            return Effect.QUARANTINED
        return take_in(kiosk, attempt, clock, vault).effect


def _keep_line(kiosk: KnownKiosk, line: str, at: datetime) -> None:
    """As it stands, once; without what no database keeps as text."""
    kept = line.rstrip("\n").encode("utf-8", "backslashreplace").decode().replace("\x00", "\\x00")
    with writing():
        is_kept = (QuarantineRow.device == kiosk.id) & (QuarantineRow.record == kept)
        if QuarantineRow.select().where(is_kept).exists():
            return
        QuarantineRow.create(
            id=new_id(at),
            organization=kiosk.organization_id,
            device=kiosk.id,
            record=kept,
            why=NOT_READABLE,
            received_at=at,
        )
