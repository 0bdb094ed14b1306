"""Hears of an act of staff: who proved it, what it does, and the line in the trail that says what became of it."""

from datetime import datetime

from core import acts
from core.errors import Forbidden, TesseraError
from core.protocol import Attempt, AttemptKind, Outcome, Told
from core.refusals import RefusalReason
from server.services.door.attempts import Placed, known_attempt
from server.services.door.kiosks import KnownKiosk
from server.services.door.staff_acts import carry_out
from server.services.door.staff_audit import CameOf, note_act
from server.services.door.staff_proof import proven_staff
from server.services.door.time_told import BatchClock, happened_at
from server.services.door.vault import CodeVault
from server.services.night.outages import lock_venue
from server.store.tables import AttemptRow


def is_an_act(attempt: Attempt) -> bool:
    return attempt.kind is AttemptKind.STAFF and attempt.act is not None


def lock_for(kiosk: KnownKiosk, *attempts: Attempt) -> None:
    """Whoever judges an absence holds the venue, and takes it before any member. The night does the same."""
    if any(isinstance(attempt.act, acts.MarkNoShow) for attempt in attempts):
        lock_venue(kiosk.venue_id)


def do_as_told(kiosk: KnownKiosk, placed: Placed, at: datetime, vault: CodeVault) -> None:
    """Carry out what staff did and were shown as done. Raises what keeps it from being carried out."""
    by = proven_staff(kiosk, placed.attempt, placed.happened_at, vault)
    came_of = carry_out(kiosk, placed, by, at, vault)
    note_act(kiosk, placed.attempt, came_of, placed.happened_at, at)


def not_allowed(kiosk: KnownKiosk, attempt: Attempt, at: datetime, vault: CodeVault) -> RefusalReason | None:
    """Why a check-in by staff is disputed: they were let in, but by nobody who proved that they may."""
    if not is_an_act(attempt):
        return None
    try:
        proven_staff(kiosk, attempt, at, vault)
    except Forbidden:
        return RefusalReason.STAFF_NOT_ALLOWED
    return None


def refuse_unproven(kiosk: KnownKiosk, attempt: Attempt, at: datetime, vault: CodeVault) -> None:
    """For a check-in that staff ask for. Raises `Forbidden`."""
    if is_an_act(attempt):
        proven_staff(kiosk, attempt, at, vault)


def note_check_in(kiosk: KnownKiosk, told: Told, attempt: Attempt, at: datetime) -> None:
    """The line of a check-in by staff, from what is stored of it. One that nobody was shown is none."""
    if not isinstance(attempt.act, acts.CheckIn) or attempt.kind is not AttemptKind.STAFF:
        return
    row: AttemptRow | None = known_attempt(told.attempt_id)
    if row is None or row.outcome not in (Outcome.WELCOME.value, Outcome.REFUSED.value):
        return
    came_of = CameOf.REFUSED
    if row.outcome == Outcome.WELCOME.value:
        came_of = CameOf.DISPUTED if row.disputed_reason else CameOf.DONE
    note_act(kiosk, attempt, came_of, row.happened_at, at)


def note_held_back(kiosk: KnownKiosk, attempt: Attempt, error: Exception, clock: BatchClock) -> None:
    """What could not be carried out stands in the trail too, and why."""
    if is_an_act(attempt) and known_attempt(attempt.attempt_id) is None:
        why = error.code if isinstance(error, TesseraError) else type(error).__name__
        note_act(kiosk, attempt, CameOf.HELD_BACK, happened_at(kiosk, attempt, clock)[0], clock.at, why=why)
