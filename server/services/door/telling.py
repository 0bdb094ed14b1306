"""`tell`: a kiosk says what happened while it was away. The screen wins: it is recorded, settled, at most disputed.

Nothing told is thrown away. What cannot be taken in goes to quarantine and never stands in the way of what follows.
"""

import logging
from datetime import datetime

from peewee import InterfaceError, OperationalError

from core import wire
from core.errors import Conflict, Forbidden
from core.protocol import Attempt, AttemptKind, AttemptState, Effect, Outcome, Tell, Told
from core.refusals import RefusalReason
from server.services.door.attempts import (
    Placed,
    heard_before,
    keep,
    known_attempt,
    mark_forked,
    member_in,
    put_in_quarantine,
    same_but_for_the_choice,
    same_question,
    session_in,
    staff_in,
)
from server.services.door.causes import Cause
from server.services.door.facts import lock_member
from server.services.door.hearing import note_hello
from server.services.door.kiosks import KnownKiosk
from server.services.door.led import not_led, whom
from server.services.door.places import lock_session_of
from server.services.door.policies import PolicyBook
from server.services.door.proving import card_of, proved
from server.services.door.screens import Subject, method_of, welcome_as_shown
from server.services.door.staff_told import do_as_told, lock_for, not_allowed, note_check_in, note_held_back
from server.services.door.tickets import member_told
from server.services.door.time_told import BatchClock, happened_at
from server.services.door.vault import CodeVault
from server.services.door.welcoming import withdraw
from server.store.database import writing
from server.store.tables import AttemptRow, MemberRow

log = logging.getLogger(__name__)

__all__ = ["BatchClock", "record_told", "take_in", "tell"]


def tell(kiosk: KnownKiosk, told: Tell, at: datetime, vault: CodeVault) -> tuple[tuple[Told, ...], int]:
    """(what became of each attempt, in the order of seq; the highest seq up to which all of this epoch is held).

    Each attempt is a transaction of its own, so that no member waits for another's. Telling again changes nothing.
    Raises only what says that the database itself is in trouble; the kiosk then tells all of it again.
    """
    clock = BatchClock(boot=told.hello.boot, t_mono=told.hello.t_mono, at=at)
    results = []
    for attempt in sorted(told.attempts, key=lambda attempt: (attempt.epoch != told.hello.epoch, attempt.seq)):
        with writing():
            results.append(take_in(kiosk, attempt, clock, vault))
    with writing():
        have_upto = note_hello(kiosk, told.hello, at)
    return tuple(results), have_upto


def take_in(kiosk: KnownKiosk, attempt: Attempt, clock: BatchClock, vault: CodeVault) -> Told:
    """One attempt, inside a transaction. Whatever is wrong with it is between it and the quarantine."""
    try:
        with writing():
            return record_told(kiosk, attempt, clock, vault)
    except (OperationalError, InterfaceError):
        raise  # not the attempt's fault: no disk, no connection, a deadlock
    except Exception as error:
        log.exception("attempt %s of kiosk %s goes to quarantine", attempt.attempt_id, kiosk.id)
        put_in_quarantine(kiosk, attempt, f"{type(error).__name__}: {error}", clock.at, clock=clock)
        note_held_back(kiosk, attempt, error, clock)
        if isinstance(error, Conflict) and error.code == "attempt.seq_taken":
            mark_forked(kiosk, clock.at)
        return Told(attempt_id=attempt.attempt_id, effect=Effect.QUARANTINED)


def record_told(kiosk: KnownKiosk, attempt: Attempt, clock: BatchClock, vault: CodeVault) -> Told:
    """As `take_in`, but what is wrong with the attempt is raised: for staff who try one again out of quarantine."""
    lock_for(kiosk, attempt)
    member_id = _whose(kiosk, attempt, clock, vault)
    member = None if member_id is None else lock_member(kiosk.organization_id, member_id)
    told = _recorded(kiosk, attempt, member, clock, vault)
    note_check_in(kiosk, told, attempt, clock.at)
    return told


def _recorded(
    kiosk: KnownKiosk, attempt: Attempt, member: MemberRow | None, clock: BatchClock, vault: CodeVault
) -> Told:  # fmt: skip
    row, is_seq_taken = heard_before(kiosk, attempt)
    if row is None and is_seq_taken:
        raise Conflict("attempt.seq_taken", seq=attempt.seq)
    if row is None:
        return _first_heard(kiosk, attempt, member, clock, vault)
    if row.device_id != kiosk.id or not (same_question(row, attempt) or same_but_for_the_choice(row, attempt)):
        raise Conflict("attempt.other_under_same_id", id=attempt.attempt_id)
    if row.told_at is not None:
        return _duplicate(row, attempt)
    return _heard_after_asking(kiosk, row, attempt, member, clock, vault)


def _whose(kiosk: KnownKiosk, attempt: Attempt, clock: BatchClock, vault: CodeVault) -> str | None:
    """The member by the card that was shown, or by the kiosk's word where no card of ours was."""
    if attempt.device_id not in ("", kiosk.id):
        raise Forbidden("attempt.of_another_device", id=attempt.device_id)
    card = card_of(kiosk.organization_id, attempt.card)
    if card is None:
        return member_told(kiosk, attempt, member_in(kiosk.organization_id, attempt.member_id), vault)
    if proved(card, attempt, vault, clock.at) is None:
        raise Forbidden("attempt.proof_does_not_fit")
    theirs = whom(kiosk, card, attempt)
    if attempt.kind is AttemptKind.SELF and attempt.member_id not in (None, theirs):
        raise Conflict("attempt.of_another_member", id=attempt.member_id)
    if attempt.kind is AttemptKind.SELF:
        return theirs
    return member_in(kiosk.organization_id, attempt.member_id) or theirs


def _first_heard(
    kiosk: KnownKiosk, attempt: Attempt, member: MemberRow | None, clock: BatchClock, vault: CodeVault
) -> Told:  # fmt: skip
    when, is_clamped = happened_at(kiosk, attempt, clock)
    member_id = None if member is None else str(member.id)
    placed = Placed(attempt=attempt, member_id=member_id, happened_at=when, is_time_clamped=is_clamped)
    outcome, reason = _how_it_ended(attempt)
    subject = _subject(kiosk, attempt, member, outcome)
    row = keep(
        kiosk,
        placed,
        subject.policies,
        clock.at,
        session=subject.session_id,
        visit_key=attempt.visit_key,
        state=attempt.state.value,
        outcome=outcome.value,
        reason=reason.value if reason else None,
        effect=Effect.APPLIED.value,
        told_at=clock.at,
    )
    if attempt.kind is AttemptKind.UNDO:
        _undo(kiosk, attempt, when)
    elif outcome is Outcome.WELCOME:
        disputed = not_allowed(kiosk, attempt, when, vault) or not_led(kiosk, attempt, subject.card)
        return _concluded(row, attempt, welcome_as_shown(kiosk, placed, subject, refused_when_asked=disputed))
    elif outcome is Outcome.DONE:
        do_as_told(kiosk, placed, clock.at, vault)
    return Told(attempt_id=attempt.attempt_id, effect=Effect.APPLIED, reason=reason)


def _heard_after_asking(
    kiosk: KnownKiosk,
    row: AttemptRow,
    attempt: Attempt,
    member: MemberRow | None,
    clock: BatchClock,
    vault: CodeVault,
) -> Told:
    """The server decided; the screen showed that, or something else, or nobody knows."""
    outcome, reason = _how_it_ended(attempt)
    # From now on the record is what the kiosk finally wrote down: only that one carries its link of the chain.
    final = {AttemptRow.told_at: clock.at, AttemptRow.record: wire.to_json(attempt)}
    AttemptRow.update(final).where(AttemptRow.id == row.id).execute()
    # A question which session is no outcome: one that was never answered ended as the kiosk says.
    is_settled_here = row.outcome is not None and attempt.state in (AttemptState.UNKNOWN, AttemptState.INTENT)
    if is_settled_here or (outcome.value == row.outcome and attempt.session_id in (None, row.session_id)):
        return Told(attempt_id=attempt.attempt_id, effect=Effect.DUPLICATE)
    subject = _subject(kiosk, attempt, member, outcome)
    AttemptRow.update(
        {
            AttemptRow.outcome: outcome.value,
            AttemptRow.reason: reason.value if reason else None,
            AttemptRow.state: attempt.state.value,
            AttemptRow.session: subject.session_id or row.session_id,
            AttemptRow.visit_key: attempt.visit_key or row.visit_key,
        }
    ).where(AttemptRow.id == row.id).execute()
    if outcome.value == row.outcome:  # to another session than we said, and our word was not heard
        withdraw(attempt.attempt_id, clock.at, _cause(kiosk, attempt, RefusalReason.INTERRUPTED))
    if outcome is Outcome.WELCOME:
        is_our_no = row.outcome == Outcome.REFUSED.value
        refused = RefusalReason(row.reason) if is_our_no else not_allowed(kiosk, attempt, row.happened_at, vault)
        refused = refused or not_led(kiosk, attempt, subject.card)
        member_id = None if member is None else str(member.id)
        placed = Placed(attempt=attempt, member_id=member_id, happened_at=row.happened_at)
        return _concluded(row, attempt, welcome_as_shown(kiosk, placed, subject, refused_when_asked=refused))
    withdraw(attempt.attempt_id, clock.at, _cause(kiosk, attempt, reason or RefusalReason.INTERRUPTED))
    return Told(attempt_id=attempt.attempt_id, effect=Effect.APPLIED, reason=reason)


def _subject(kiosk: KnownKiosk, attempt: Attempt, member: MemberRow | None, outcome: Outcome) -> Subject:
    """Of a welcome with its session locked and its card read now that the member is: both may have changed."""
    policies = PolicyBook(kiosk.organization_id)
    if outcome is not Outcome.WELCOME or attempt.session_id is None:
        return Subject(policies=policies, session_id=session_in(kiosk.organization_id, attempt.session_id))
    session = lock_session_of(kiosk.organization_id, attempt.session_id)
    return Subject(
        policies=policies,
        session_id=None if session is None else str(session.id),
        member=member,
        card=card_of(kiosk.organization_id, attempt.card),
        session=session,
    )


def _concluded(row: AttemptRow, attempt: Attempt, disputed: RefusalReason | None) -> Told:
    if disputed is None:
        return Told(attempt_id=attempt.attempt_id, effect=Effect.APPLIED)
    AttemptRow.update({AttemptRow.effect: Effect.DISPUTED.value, AttemptRow.disputed_reason: disputed.value}).where(
        AttemptRow.id == row.id
    ).execute()
    return Told(attempt_id=attempt.attempt_id, effect=Effect.DISPUTED, reason=disputed)


def _duplicate(row: AttemptRow, attempt: Attempt) -> Told:
    outcome, _ = _how_it_ended(attempt)
    is_settled_elsewhere = attempt.state in (AttemptState.UNKNOWN, AttemptState.INTENT)
    if not is_settled_elsewhere and outcome.value != row.outcome:
        raise Conflict("attempt.other_under_same_id", id=attempt.attempt_id)
    reason = RefusalReason(row.disputed_reason) if row.disputed_reason else None
    return Told(attempt_id=attempt.attempt_id, effect=Effect.DUPLICATE, reason=reason)


def _undo(kiosk: KnownKiosk, attempt: Attempt, at: datetime) -> None:
    """Take back what an earlier attempt said. The one undone may not be this card's: staff undo others'."""
    undone = known_attempt(attempt.undoes or "")
    if undone is None or undone.organization_id != kiosk.organization_id:
        raise Conflict("attempt.undone_is_unknown", id=attempt.undoes)
    if undone.member_id is not None:
        lock_member(kiosk.organization_id, undone.member_id)
    by_staff = staff_in(kiosk.organization_id, attempt.actor.staff_id) is not None
    because = RefusalReason.UNDONE_BY_STAFF if by_staff else RefusalReason.UNDONE_BY_MEMBER
    withdraw(undone.id, at, _cause(kiosk, attempt, attempt.reason or because))


def _how_it_ended(attempt: Attempt) -> tuple[Outcome, RefusalReason | None]:
    """Every attempt ended somehow: one whose screen nobody knows was interrupted."""
    if attempt.outcome is None or attempt.state in (AttemptState.UNKNOWN, AttemptState.INTENT):
        return Outcome.ABORTED, attempt.reason or RefusalReason.INTERRUPTED
    return attempt.outcome, attempt.reason


def _cause(kiosk: KnownKiosk, attempt: Attempt, reason: RefusalReason) -> Cause:
    return Cause(
        by=method_of(attempt),
        staff_id=staff_in(kiosk.organization_id, attempt.actor.staff_id),
        because=attempt.actor.because or reason.value,
        attempt_id=attempt.attempt_id,
    )
