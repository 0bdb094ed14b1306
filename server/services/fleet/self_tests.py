"""How each kiosk found itself when it last looked: for the page of kiosks, and for the inbox where it is not well."""

import json
from dataclasses import dataclass
from datetime import datetime

from peewee import fn

from core.selftest import Check, Verdict
from server.store.tables import SelfTestRow


@dataclass(frozen=True, kw_only=True, slots=True)
class SelfTestSeen:
    """A kiosk's last self-test. `amiss`: the checks that failed, or if none did, those with a wish."""

    device_id: str
    made_at: datetime
    is_attended: bool
    verdict: Verdict
    amiss: tuple[Check, ...]

    @property
    def is_amiss(self) -> bool:
        return self.verdict is not Verdict.FINE


def last_self_tests(organization_id: str) -> dict[str, SelfTestSeen]:
    """By device. Inside `reading()` or `writing()`; two queries."""
    newest = (
        SelfTestRow.select(SelfTestRow.device, fn.MAX(SelfTestRow.made_at))
        .where(SelfTestRow.organization == organization_id)
        .group_by(SelfTestRow.device)
        .tuples()
    )
    when = dict(newest)
    rows = SelfTestRow.select().where(
        SelfTestRow.organization == organization_id, SelfTestRow.made_at.in_(sorted(set(when.values())))
    )
    return {row.device_id: _as_seen(row) for row in rows if row.made_at == when.get(row.device_id)}


def _as_seen(row: SelfTestRow) -> SelfTestSeen:
    verdict = Verdict(row.verdict)
    amiss = tuple(Check(check) for check, found, _, _ in json.loads(row.findings) if found == verdict)
    return SelfTestSeen(
        device_id=row.device_id,
        made_at=row.made_at,
        is_attended=row.is_attended,
        verdict=verdict,
        amiss=amiss if verdict is not Verdict.FINE else (),
    )
