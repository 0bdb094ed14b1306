"""Notices a card that was shown at two venues at once, whenever the second showing is heard of. Turns nobody away."""

from datetime import datetime, timedelta
from typing import Any

from core import wire
from core.copies import Sighting, is_impossible, longest_travel
from core.protocol import Attempt, AttemptKind
from server.services.archiving.reading import whole_rows
from server.services.door.kiosks import KnownKiosk
from server.services.door.policies import PolicyBook
from server.store.ids import new_id
from server.store.tables import AttemptRow, CardRow, CopiedCardRow
from server.store.written import given, written

LONGEST_ERROR = timedelta(minutes=5)
"""A clock that may be off by more says nothing about where somebody was; nor does a time that was guessed."""


def notice_copies(kiosk: KnownKiosk, row: AttemptRow, policies: PolicyBook, at: datetime) -> None:
    """For an attempt just written down, whose card was proved. Inside its transaction; one query where all is well."""
    shown = _sighting(row)
    if shown is None or row.kind != AttemptKind.SELF.value or not row.card or row.member_id is None:
        return
    policy = policies.in_force(kiosk.venue_id, at)
    span = longest_travel(policy)
    if span <= timedelta(0):
        return
    others = _elsewhere.all(
        card=row.card,
        after=row.happened_at - span,
        before=row.happened_at + span,
        organization=kiosk.organization_id,
        venue=row.venue_id,
        member=row.member_id,
    )
    for other_row in whole_rows(others):
        other = _sighting(other_row)
        if other is not None and is_impossible(shown, other, policy):
            first, second = sorted((row, other_row), key=_when)
            _write(kiosk, first, second, at)


@written
def _elsewhere() -> Any:
    others = AttemptRow.select().where(
        AttemptRow.card == given("card"),
        AttemptRow.happened_at > given("after"),
        AttemptRow.happened_at < given("before"),
        AttemptRow.organization == given("organization"),
        AttemptRow.kind == AttemptKind.SELF.value,
        AttemptRow.venue != given("venue"),
        AttemptRow.member == given("member"),
    )
    return others.order_by(AttemptRow.happened_at, AttemptRow.id)


def _sighting(row: AttemptRow) -> Sighting | None:
    """None: nobody knows well enough when it was."""
    error = timedelta(milliseconds=abs(wire.from_json(Attempt, row.record).err_ms)) if not row.answer else timedelta(0)
    if row.is_time_clamped or error > LONGEST_ERROR:
        return None
    return Sighting(attempt_id=row.id, card=row.card, venue_id=row.venue_id, at=row.happened_at, error=error)


def _when(row: AttemptRow) -> tuple[datetime, str]:
    return row.happened_at, row.id


def _write(kiosk: KnownKiosk, first: AttemptRow, second: AttemptRow, at: datetime) -> None:
    CopiedCardRow.insert(
        id=new_id(at),
        organization=kiosk.organization_id,
        member=second.member_id,
        card=CardRow.get(CardRow.fingerprint == second.card).id,
        first_attempt=first.id,
        second_attempt=second.id,
        first_venue=first.venue_id,
        second_venue=second.venue_id,
        first_at=first.happened_at,
        second_at=second.happened_at,
        noticed_at=at,
    ).on_conflict_ignore().execute()
