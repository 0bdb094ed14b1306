"""What a kiosk says of itself when it tells: how far it is heard without a gap, what it promises, how it feels."""

import json
from datetime import datetime
from typing import Any

from core.clocktime import to_ms
from core.errors import Invalid
from core.protocol import Hello
from server.services.door.attempts import LONGEST_EPOCH, mark_forked
from server.services.door.kiosks import KnownKiosk
from server.services.door.self_tests import note_self_test
from server.store.database import for_update, reading
from server.store.tables import AttemptRow, DeviceRow, QuarantineRow
from server.store.written import given, written


def note_hello(kiosk: KnownKiosk, hello: Hello, at: datetime) -> int:
    """Keep it, and return `have_upto`: every attempt of this epoch up to that seq is held, here or in quarantine.

    The promise "nothing unsent before" is only taken from a kiosk that has told all it has: after a restore from
    a backup the server lacks what the kiosk believes it told. Raises `Invalid` for an epoch or version no kiosk has.
    """
    if len(hello.epoch) > LONGEST_EPOCH or not 0 <= hello.policy_version < 2**31:
        raise Invalid("wire.not_understood", kind="Hello", why="an epoch or a version that no kiosk has")
    device: DeviceRow = _device_locked.first(id=kiosk.id)
    note_self_test(device, hello, at)
    known_upto = int(device.have_upto) if device.epoch == hello.epoch else 0
    if hello.max_seq < min(known_upto, int(device.max_seq)):
        # Its disk went back in time: it will use numbers again that are taken. Said once, not by every heartbeat.
        mark_forked(kiosk, at)
    have_upto = _without_gap(kiosk, hello.epoch, known_upto)
    changes = {
        DeviceRow.epoch: hello.epoch,
        DeviceRow.have_upto: have_upto,
        DeviceRow.max_seq: hello.max_seq,
        DeviceRow.replica_version: hello.replica_version,
        DeviceRow.policy_version: hello.policy_version,
        DeviceRow.health: json.dumps(
            {**hello.health, "clock_offset_ms": str(hello.t_wall - to_ms(at))}, sort_keys=True
        ),
        DeviceRow.last_heard_at: at,
    }
    if hello.nothing_unsent_before is not None and have_upto >= hello.max_seq:
        changes[DeviceRow.nothing_unsent_before] = min(hello.nothing_unsent_before, at)
    DeviceRow.update(changes).where(DeviceRow.id == kiosk.id).execute()
    return have_upto


def note_carried_by_hand(kiosk: KnownKiosk) -> None:
    """Attempts came another way than from the kiosk: count anew up to which all are held. It promised nothing new."""
    device = for_update(DeviceRow.select().where(DeviceRow.id == kiosk.id)).get()
    if device.epoch:
        have_upto = _without_gap(kiosk, device.epoch, int(device.have_upto))
        DeviceRow.update({DeviceRow.have_upto: have_upto}).where(DeviceRow.id == kiosk.id).execute()


def held_beyond(kiosk: KnownKiosk, epoch: str, have_upto: int) -> int:
    """How many attempts of an epoch are held after `have_upto`, behind one that is missing.

    A kiosk that was told more of them are held knows that they were lost: `have_upto` alone cannot say so.
    """
    with reading():
        return len(_held_after(kiosk, epoch, have_upto))


def _without_gap(kiosk: KnownKiosk, epoch: str, known_upto: int) -> int:
    held = _held_after(kiosk, epoch, known_upto)
    upto = known_upto
    while upto + 1 in held:
        upto += 1
    return upto


def _held_after(kiosk: KnownKiosk, epoch: str, upto: int) -> set[int]:
    """What was only asked does not count: the screen may have said something else, and nobody has told it yet."""
    return {seq for (seq,) in _held.all(device=kiosk.id, epoch=epoch, upto=upto)}


@written
def _held() -> Any:
    told, kept = (
        table.select(table.seq)
        .where(table.device == given("device"), table.epoch == given("epoch"), table.seq > given("upto"))
        .where(is_told)
        for table, is_told in ((AttemptRow, AttemptRow.told_at.is_null(False)), (QuarantineRow, QuarantineRow.seq > 0))
    )
    return told.union_all(kept).tuples()


@written
def _device_locked() -> Any:
    return for_update(DeviceRow.select().where(DeviceRow.id == given("id")))
