"""Attempts as they are kept: written once, found again by id, compared with what is sent under the same id later."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from core import wire
from core.errors import Invalid
from core.protocol import Attempt, AttemptState
from server.services.archiving.reading import whole
from server.services.door.copies import notice_copies
from server.services.door.kiosks import KnownKiosk
from server.services.door.policies import PolicyBook
from server.services.door.time_told import BatchClock
from server.store.ids import new_id
from server.store.tables import AttemptRow, DeviceRow, MemberRow, QuarantineRow, SessionRow, StaffRow
from server.store.written import add, given, written

LONGEST_EPOCH = 80
LONGEST = {"attempt_id": 80, "epoch": LONGEST_EPOCH, "card": 64, "undoes": 80}
"""Characters."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Placed:
    """An attempt in the server's own terms: whose it was, when it happened, as far as the server can tell."""

    attempt: Attempt
    member_id: str | None
    happened_at: datetime
    is_time_clamped: bool = False


def refuse_too_long(attempt: Attempt) -> None:
    """Raises `Invalid` for a text that no kiosk makes and not every database keeps."""
    for name, most in LONGEST.items():
        if len(getattr(attempt, name) or "") > most:
            raise Invalid("wire.not_understood", kind="Attempt", why=f"{name} is too long")


def heard_before(kiosk: KnownKiosk, attempt: Attempt) -> tuple[AttemptRow | None, bool]:
    """(what is known under the attempt's id, whether this kiosk has given its number to another)."""
    found = _heard.all(id=attempt.attempt_id, device=kiosk.id, epoch=attempt.epoch, seq=attempt.seq)
    rows: dict[str, AttemptRow] = {row.id: row for row in found}
    known = rows.pop(attempt.attempt_id, None)
    return None if known is None else whole(known), bool(rows)


@written
def _heard() -> Any:
    mine = (AttemptRow.device == given("device")) & (AttemptRow.epoch == given("epoch"))
    return AttemptRow.select().where((AttemptRow.id == given("id")) | (mine & (AttemptRow.seq == given("seq"))))


def known_attempt(attempt_id: str) -> AttemptRow | None:
    """With its record and its answer, also where they were put away."""
    row = AttemptRow.get_or_none(AttemptRow.id == attempt_id)
    return None if row is None else whole(row)


def keep(
    kiosk: KnownKiosk, placed: Placed, policies: PolicyBook, received_at: datetime, **found: object
) -> AttemptRow:  # fmt: skip
    """Write an attempt down for the first time; `found` are the columns that say what became of it."""
    attempt = placed.attempt
    kept = AttemptRow(
        id=attempt.attempt_id,
        organization=kiosk.organization_id,
        venue=kiosk.venue_id,
        device=kiosk.id,
        epoch=attempt.epoch,
        seq=attempt.seq,
        kind=attempt.kind.value,
        card=attempt.card,
        member=placed.member_id,
        undoes=attempt.undoes,
        staff=staff_in(kiosk.organization_id, attempt.actor.staff_id),
        record=wire.to_json(attempt),
        happened_at=placed.happened_at,
        is_time_clamped=placed.is_time_clamped,
        received_at=received_at,
        **found,
    )
    row = add(kept)
    notice_copies(kiosk, row, policies, received_at)
    return row


def same_question(row: AttemptRow, attempt: Attempt) -> bool:
    """Whether what is sent now is what was sent under this id before, but for how it ended."""
    return _question(wire.from_json(Attempt, row.record)) == _question(attempt)


def same_but_for_the_choice(row: AttemptRow, attempt: Attempt) -> bool:
    """The member was asked which session, and has tapped one."""
    before, now = _question(wire.from_json(Attempt, row.record)), _question(attempt)
    return now.chosen_session_id is not None and replace(before, chosen_session_id=now.chosen_session_id) == now


def asked_before_the_choice(row: AttemptRow, attempt: Attempt) -> bool:
    """The question as it was before the member tapped a session: it was long on its way, and nobody waits for it."""
    before, now = _question(wire.from_json(Attempt, row.record)), _question(attempt)
    return now.chosen_session_id is None and replace(now, chosen_session_id=before.chosen_session_id) == before


def _question(attempt: Attempt) -> Attempt:
    """What is fixed when a card is shown; the rest is filled in when the attempt ends."""
    return replace(
        attempt,
        member_id=None,
        session_id=None,
        reservation_id=None,
        pass_id=None,
        visit_key=None,
        state=AttemptState.INTENT,
        outcome=None,
        reason=None,
        is_walk_in=False,
        chain="",
    )


def put_in_quarantine(
    kiosk: KnownKiosk, attempt: Attempt, why: str, at: datetime, *, clock: BatchClock | None = None
) -> None:
    """Keep the record as it came, once; nothing told is thrown away.

    `clock` is the kiosk's at that moment, so that a later try still finds out when it happened.
    """
    raw = wire.to_json(attempt)
    same = (QuarantineRow.attempt_id == attempt.attempt_id) & (QuarantineRow.record == raw)
    if QuarantineRow.select().where(QuarantineRow.device == kiosk.id, same).exists():
        return
    QuarantineRow.create(
        id=new_id(at),
        organization=kiosk.organization_id,
        device=kiosk.id,
        epoch=attempt.epoch[:80],
        seq=attempt.seq,
        attempt_id=attempt.attempt_id[:80],
        record=raw,
        why=why[:2000],
        received_at=at,
        **_kept(clock),
    )


def _kept(clock: BatchClock | None) -> dict[str, object]:
    """As far as every database keeps it; without it the kiosk's wall clock is believed."""
    if clock is None or len(clock.boot) > LONGEST_EPOCH or abs(clock.t_mono) >= 2**62:
        return {}
    return {"boot": clock.boot, "t_mono": clock.t_mono}


def mark_forked(kiosk: KnownKiosk, at: datetime) -> None:
    """Two installations speak as one device, or its disk was put back to an earlier day.

    Staff look at it at their inbox; settling it takes the mark away, so that the next sign of it is seen again.
    """
    DeviceRow.update({DeviceRow.forked_at: at}).where(DeviceRow.id == kiosk.id, DeviceRow.forked_at.is_null()).execute()


def staff_in(organization_id: str, staff_id: str | None) -> str | None:
    """The id, if there is such a member of staff here."""
    return _known(StaffRow, organization_id, staff_id)


def member_in(organization_id: str, member_id: str | None) -> str | None:
    return _known(MemberRow, organization_id, member_id)


def session_in(organization_id: str, session_id: str | None) -> str | None:
    return _known(SessionRow, organization_id, session_id)


def _known(table: type, organization_id: str, id_: str | None) -> str | None:
    if id_ is None:
        return None
    is_it = (table.id == id_) & (table.organization == organization_id)  # type: ignore[attr-defined]
    return id_ if table.select().where(is_it).exists() else None  # type: ignore[attr-defined]
