"""What staff did at a kiosk, carried out on the server: once for each attempt, at the time they did it.

What cannot be carried out raises, and so goes to quarantine whole. What was otherwise already changes nothing.
"""

import re
from datetime import datetime, timedelta

from core import acts
from core.acts import UNDO_WITHIN
from core.cards import CardKind
from core.errors import Conflict, Invalid
from core.model import Method, ReservationStatus
from core.protocol import Attempt
from core.temporary_cards import LONGEST_TEMPORARY
from server.services.door.attempts import Placed
from server.services.door.causes import Cause
from server.services.door.changes import touch_member
from server.services.door.kiosks import KnownKiosk
from server.services.door.overriding import Lifting, lift_reason
from server.services.door.policies import policy_in_force
from server.services.door.staff_audit import CameOf
from server.services.door.undoing import lift
from server.services.door.vault import CodeVault
from server.services.door.welcoming import visit_already_there, withdraw_all
from server.services.night.no_shows import mark_by_hand
from server.services.night.work import NightWork
from server.services.people import words
from server.services.people.rights import Asker
from server.store.ids import new_id
from server.store.tables import AttemptRow, CardRow, ReservationRow, SessionRow, SuspensionRow

CLOCKS_APART = timedelta(minutes=2)
"""What a kiosk calls ten minutes may be so much more by our clock."""
_HEX = re.compile(r"[0-9a-f]{64}")
_SEAL = re.compile(r"[A-Za-z0-9+/=]{0,2000}")


def carry_out(kiosk: KnownKiosk, placed: Placed, by: Asker, at: datetime, vault: CodeVault) -> CameOf:
    """The act of an attempt that is written down, other than a check-in. The member it is about is locked.

    `at` is now. Raises `Conflict` or `Invalid` for what cannot be.
    """
    attempt, act, when = placed.attempt, placed.attempt.act, placed.happened_at
    if isinstance(act, acts.OutOfOrder | acts.BackInOrder):
        return CameOf.DONE  # that it did not serve meanwhile is told as an outage
    if act is None or isinstance(act, acts.CheckIn) or placed.member_id is None or placed.member_id != act.member_id:
        raise Conflict("act.not_about_a_member")
    why = words.required("because", act.because)
    cause = Cause(by=Method.STAFF, staff_id=by.staff_id, because=why, attempt_id=attempt.attempt_id)
    match act:
        case acts.Undo():
            return _undo(attempt, act, placed, cause)
        case acts.Override():
            return _override(kiosk, attempt, act, when, at, cause)
        case acts.MarkNoShow():
            return _mark_no_show(kiosk, act, when, cause)
        case acts.LiftSuspension():
            return _lift(kiosk, act, when, cause)
        case acts.HandOutCard():
            return _hand_out(kiosk, attempt, act, when, cause, vault)


def _undo(attempt: Attempt, act: acts.Undo, placed: Placed, cause: Cause) -> CameOf:
    visit = visit_already_there(act.member_id, attempt.session_id or "", act.visit_key)
    if visit is None:
        raise Conflict("attempt.undone_is_unknown", id=act.visit_key)
    if visit.member_id != act.member_id:
        raise Conflict("act.not_about_a_member")
    if not visit.is_live:
        return CameOf.WITHOUT_EFFECT
    if not placed.is_time_clamped and placed.happened_at - visit.first_at > UNDO_WITHIN + CLOCKS_APART:
        raise Conflict("act.undo_too_late", minutes=UNDO_WITHIN // timedelta(minutes=1))
    withdraw_all(visit.id, placed.happened_at, cause)
    AttemptRow.update({AttemptRow.visit_key: visit.id}).where(AttemptRow.id == attempt.attempt_id).execute()
    return CameOf.DONE


def _override(
    kiosk: KnownKiosk, attempt: Attempt, act: acts.Override, when: datetime, at: datetime, cause: Cause
) -> CameOf:
    lifting = Lifting(
        id=attempt.attempt_id,
        organization_id=kiosk.organization_id,
        member_id=act.member_id,
        reason=act.reason,
        starts_at=when,
        ends_at=act.ends_at,
        session_id=act.session_id,
    )
    return CameOf.DONE if lift_reason(lifting, cause, at, clocks_apart=CLOCKS_APART) else CameOf.WITHOUT_EFFECT


def _mark_no_show(kiosk: KnownKiosk, act: acts.MarkNoShow, when: datetime, cause: Cause) -> CameOf:
    """Whoever came elsewhere meanwhile came; whoever still comes takes it back."""
    place = ReservationRow.get_or_none(
        ReservationRow.id == act.reservation_id, ReservationRow.organization == kiosk.organization_id
    )
    if place is None or place.member_id != act.member_id:
        raise Conflict("act.not_about_a_member")
    session = SessionRow.get_by_id(place.session_id)
    if session.venue_id != kiosk.venue_id:
        raise Conflict("act.not_about_a_member")
    if when + CLOCKS_APART < session.starts_at:
        raise Conflict("act.session_not_begun")
    if place.status != ReservationStatus.PENDING.value or session.cancelled_at is not None:
        return CameOf.WITHOUT_EFFECT
    work = NightWork(
        organization_id=kiosk.organization_id,
        venue_id=kiosk.venue_id,
        policy=policy_in_force(kiosk.organization_id, kiosk.venue_id, when),
        as_of=when,
    )
    return CameOf.DONE if mark_by_hand(work, place.id, cause) else CameOf.WITHOUT_EFFECT


def _lift(kiosk: KnownKiosk, act: acts.LiftSuspension, when: datetime, cause: Cause) -> CameOf:
    row = SuspensionRow.get_or_none(
        SuspensionRow.id == act.suspension_id, SuspensionRow.organization == kiosk.organization_id
    )
    if row is None or row.member_id != act.member_id:
        raise Conflict("act.not_about_a_member")
    if row.lifted_at is not None or row.ends_at <= when:
        return CameOf.WITHOUT_EFFECT
    lift(row, when, cause)
    touch_member(kiosk.organization_id, act.member_id)
    return CameOf.DONE


def _hand_out(
    kiosk: KnownKiosk, attempt: Attempt, act: acts.HandOutCard, when: datetime, cause: Cause, vault: CodeVault
) -> CameOf:
    """The server never sees this card's code: it checks proofs by their key, and cannot print it again."""
    if not (_HEX.fullmatch(act.card) and _HEX.fullmatch(act.proof_key) and _SEAL.fullmatch(act.sealed)):
        raise Invalid("wire.not_understood", kind="HandOutCard", why="no card looks like that")
    if act.ends_at - when > LONGEST_TEMPORARY + CLOCKS_APART:
        raise Invalid("card.lent_too_long", days=LONGEST_TEMPORARY.days)
    if CardRow.select().where(CardRow.fingerprint == act.card).exists():
        raise Conflict("card.known_already")
    CardRow.create(
        id=new_id(when),
        organization=kiosk.organization_id,
        member=act.member_id,
        kind=CardKind.TEMPORARY.value,
        fingerprint=act.card,
        code_encrypted=vault.seal_proof_key(bytes.fromhex(act.proof_key)),
        sealed_name=act.sealed,
        issued_at=when,
        expires_at=act.ends_at,
        because=cause.because,
    )
    touch_member(kiosk.organization_id, act.member_id)
    return CameOf.DONE
