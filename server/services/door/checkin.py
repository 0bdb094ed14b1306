"""`ask`: a kiosk shows a card and is answered, in one transaction that also writes down what follows from it."""

from dataclasses import replace
from datetime import datetime

from peewee import IntegrityError

from core import wire
from core.decisions import Admitted, Choose, Decision, Refused
from core.errors import Conflict, Forbidden, Invalid
from core.model import CardState, Method
from core.protocol import Answer, Ask, Attempt, AttemptKind, AttemptState, Effect, Outcome, Person
from core.refusals import RefusalReason
from server.services.door import as_core
from server.services.door.attempts import (
    Placed,
    asked_before_the_choice,
    heard_before,
    keep,
    mark_forked,
    put_in_quarantine,
    refuse_too_long,
    same_but_for_the_choice,
    same_question,
    staff_in,
)
from server.services.door.causes import Cause
from server.services.door.changes import version_of
from server.services.door.deciding import decide_here
from server.services.door.facts import Asking, facts_of_locked, facts_of_nobody, lock_member
from server.services.door.kiosks import KnownKiosk
from server.services.door.led import not_led, whom
from server.services.door.policies import PolicyBook
from server.services.door.proving import CHOOSING, NO_TIME, card_of, proved, state_by_step
from server.services.door.staff_told import lock_for, refuse_unproven
from server.services.door.telling import BatchClock, take_in
from server.services.door.tickets import member_by_ticket
from server.services.door.vault import CodeVault
from server.services.door.welcoming import Welcome, welcome, withdraw
from server.store.database import writing
from server.store.tables import AttemptRow, MemberRow


def ask(kiosk: KnownKiosk, asked: Ask, at: datetime, vault: CodeVault) -> Answer:
    """The decision, written down. Asked again with the same attempt, the same answer, and nothing more is written.

    Raises `Conflict` for another attempt under a known id or number (kept in quarantine), `Invalid` for what cannot be
    asked, `Forbidden` for a staff action by nobody we know.
    """
    if asked.attempt.kind not in (AttemptKind.SELF, AttemptKind.STAFF):
        raise Invalid("attempt.cannot_be_asked", kind=asked.attempt.kind.value)
    refuse_too_long(asked.attempt)
    try:
        answer = _ask(kiosk, asked, at, vault)
    except IntegrityError:
        # The same attempt was asked twice at once; the other is written now, so this one is told the same.
        answer = _ask(kiosk, asked, at, vault)
    if answer is None:
        # It is in quarantine; raised only now, so that it stays there.
        raise Conflict("attempt.other_under_same_id", id=asked.attempt.attempt_id)
    return answer


def _ask(kiosk: KnownKiosk, asked: Ask, at: datetime, vault: CodeVault) -> Answer | None:
    """None: the id or the number is taken by another attempt."""
    attempt = asked.attempt
    with writing():
        lock_for(kiosk, *asked.unsent)
        refuse_unproven(kiosk, attempt, at, vault)
        member = _lock_whoever_it_is(kiosk, attempt, at, vault)
        clock = BatchClock(boot=attempt.boot, t_mono=attempt.t_mono, at=at)
        for earlier in sorted(asked.unsent, key=lambda unsent: unsent.seq):
            take_in(kiosk, earlier, clock, vault)
        row, is_seq_taken = heard_before(kiosk, attempt)
        if row is None and is_seq_taken:
            put_in_quarantine(kiosk, attempt, "another attempt has its number", at, clock=clock)
            mark_forked(kiosk, at)
            return None
        if row is None:
            return _answer_first_time(kiosk, attempt, member, at, vault)
        if row.device_id == kiosk.id and _is_about(row, attempt):
            is_choice = row.told_at is None and not same_question(row, attempt) and attempt.chosen_session_id
            answered = _answer_choice if is_choice else _answer_again
            return answered(kiosk, row, attempt, member, at, vault)
        put_in_quarantine(kiosk, attempt, "another attempt is known under this id", at, clock=clock)
        return None


def _lock_whoever_it_is(kiosk: KnownKiosk, attempt: Attempt, at: datetime, vault: CodeVault) -> MemberRow | None:
    if attempt.kind is AttemptKind.STAFF and staff_in(kiosk.organization_id, attempt.actor.staff_id) is None:
        raise Forbidden("staff.unknown")
    card = card_of(kiosk.organization_id, attempt.card)
    member_id: str | None
    if card is not None:
        member_id = whom(kiosk, card, attempt)
    elif attempt.kind is AttemptKind.STAFF:
        member_id = attempt.member_id
    else:
        member_id = member_by_ticket(kiosk, attempt, at, vault)
    return None if member_id is None else lock_member(kiosk.organization_id, member_id)


def _answer_first_time(
    kiosk: KnownKiosk, attempt: Attempt, member: MemberRow | None, at: datetime, vault: CodeVault
) -> Answer:
    policies = PolicyBook(kiosk.organization_id)
    decision, person = _decide(kiosk, attempt, member, policies, at, vault)
    answer = _answer(kiosk, attempt, decision, person, at)
    placed = Placed(attempt=attempt, member_id=str(person.id) if person else None, happened_at=at)
    keep(kiosk, placed, policies, at, **_became(decision, answer, at))
    _record(kiosk, attempt, decision, at)
    return answer


def _answer_again(
    kiosk: KnownKiosk, row: AttemptRow, attempt: Attempt, member: MemberRow | None, at: datetime, vault: CodeVault
) -> Answer:
    """As before; an attempt that was told before it was asked is answered as things stand, without writing."""
    if row.answer is not None:
        return wire.from_json(Answer, row.answer)
    decision, person = _decide(kiosk, attempt, member, PolicyBook(kiosk.organization_id), at, vault)
    return _answer(kiosk, attempt, decision, person, at)


def _answer_choice(
    kiosk: KnownKiosk, row: AttemptRow, attempt: Attempt, member: MemberRow | None, at: datetime, vault: CodeVault
) -> Answer:
    """The kiosk offered a choice. Where we had let the member in to something else, nobody saw it: it is taken back."""
    if row.outcome == Outcome.WELCOME.value:
        because = RefusalReason.INTERRUPTED.value
        withdraw(row.id, at, Cause(by=Method.SELF, because=because, attempt_id=attempt.attempt_id))
    decision, person = _decide(kiosk, attempt, member, PolicyBook(kiosk.organization_id), at, vault)
    answer = _answer(kiosk, attempt, decision, person, at)
    changes = {**_became(decision, answer, at), "record": wire.to_json(attempt)}
    AttemptRow.update(**changes).where(AttemptRow.id == row.id).execute()
    _record(kiosk, attempt, decision, at)
    return answer


def _decide(
    kiosk: KnownKiosk, attempt: Attempt, member: MemberRow | None, policies: PolicyBook, at: datetime, vault: CodeVault
) -> tuple[Decision, MemberRow | None]:
    """(the decision, whose it is). A fingerprint without its code opens nothing and tells no name.

    The card is read again now that its member is locked: it may have been blocked while we waited.
    """
    card = card_of(kiosk.organization_id, attempt.card) if member is not None else None
    proof = proved(card, attempt, vault, at) if card is not None else None
    if card is not None and proof is None:
        clock = BatchClock(boot=attempt.boot, t_mono=attempt.t_mono, at=at)
        put_in_quarantine(kiosk, attempt, "the proof does not fit the card", at, clock=clock)
        return Refused(reason=RefusalReason.CARD_UNKNOWN), None
    if refused := not_led(kiosk, attempt, card):
        return Refused(reason=refused), None
    by = Method.STAFF if attempt.kind is AttemptKind.STAFF else Method.SELF
    chosen = attempt.chosen_session_id or (attempt.session_id if by is Method.STAFF else None)
    asking = Asking(venue_id=kiosk.venue_id, at=at, by=by, chosen=chosen)
    if member is None:
        facts = facts_of_nobody(kiosk.organization_id, asking)
    else:
        state = as_core.card_state_at(card, at) if card is not None else CardState.ACTIVE
        facts = facts_of_locked(member, asking, card=state)
    if proof is not None and facts.card is CardState.ACTIVE:
        late = CHOOSING if attempt.chosen_session_id else NO_TIME
        facts = replace(facts, card=state_by_step(proof.phone_step, at, late))
    return decide_here(facts, policies.in_force(kiosk.venue_id, at), at), member


def _answer(kiosk: KnownKiosk, attempt: Attempt, decision: Decision, member: MemberRow | None, at: datetime) -> Answer:
    is_picture = isinstance(decision, Refused) and decision.reason is RefusalReason.PHONE_CODE_OLD
    person = None
    if member is not None and not is_picture:
        person = Person(first_name=member.first_name, language=member.language)
    return Answer(
        attempt_id=attempt.attempt_id,
        decision=decision,
        person=person,
        server_at=at,
        replica_version=version_of(kiosk.organization_id),
    )


def _became(decision: Decision, answer: Answer, at: datetime) -> dict[str, object]:
    """The attempt's columns that say how the server decided it."""
    found: dict[str, object] = {
        "state": AttemptState.SERVER.value,
        "answer": wire.to_json(answer),
        "decided_at": at,
        "effect": Effect.APPLIED.value,
    }
    match decision:
        case Admitted():
            found |= {
                "outcome": Outcome.WELCOME.value,
                "session": decision.session.id,
                "visit_key": decision.visit_key,
                "reason": None,
            }
        case Refused():
            session = decision.session.id if decision.session else None
            found |= {"outcome": Outcome.REFUSED.value, "reason": decision.reason.value, "session": session}
        case Choose():
            found |= {"outcome": None, "reason": None}
    return found


def _record(kiosk: KnownKiosk, attempt: Attempt, decision: Decision, at: datetime) -> None:
    if not isinstance(decision, Admitted):
        return
    by = Method.STAFF if attempt.kind is AttemptKind.STAFF else Method.SELF
    cause = Cause(
        by=by,
        staff_id=staff_in(kiosk.organization_id, attempt.actor.staff_id),
        because=attempt.actor.because or "card shown",
        attempt_id=attempt.attempt_id,
    )
    word = Welcome(
        organization_id=kiosk.organization_id,
        attempt_id=attempt.attempt_id,
        visit_key=decision.visit_key,
        member_id=decision.member_id,
        session_id=decision.session.id,
        reservation_id=decision.reservation_id,
        pass_id=decision.pass_id,
        method=by,
        device_id=kiosk.id,
    )
    welcome(word, at, cause)


def _is_about(row: AttemptRow, attempt: Attempt) -> bool:
    """Whether this is the attempt that is known, before or after a session was tapped."""
    return same_question(row, attempt) or same_but_for_the_choice(row, attempt) or asked_before_the_choice(row, attempt)
