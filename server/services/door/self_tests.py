"""A kiosk tells how it found itself: kept once, if that kiosk signed it. It refuses to believe anything else."""

import json
import logging
from datetime import datetime

from core import selftest
from core.errors import Invalid
from core.health import HealthWord
from core.protocol import Hello
from server.store.ids import new_id
from server.store.tables import DeviceRow, SelfTestRow

log = logging.getLogger(__name__)


def note_self_test(device: DeviceRow, hello: Hello, at: datetime) -> None:
    """Inside `writing()`, before the device's health is replaced: what it said last time needs no second look."""
    text = hello.health.get(HealthWord.SELF_TEST, "")
    if not text or text == json.loads(device.health).get(HealthWord.SELF_TEST):
        return
    try:
        test = selftest.from_text(text, device.id, selftest.key_of(device.token_hash))
    except Invalid as why:
        log.warning("%s told a self-test that is not its own: %s", device.id, why)
        return
    SelfTestRow.insert(
        id=new_id(at),
        organization=device.organization_id,
        device=device.id,
        made_at=test.at,
        told_at=at,
        is_attended=test.is_attended,
        verdict=test.verdict.value,
        findings=json.dumps(
            [[each.check.value, each.verdict.value, each.word, list(each.numbers)] for each in test.findings]
        ),
    ).on_conflict_ignore().execute()
