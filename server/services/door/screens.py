"""A welcome that was shown without asking: found in the rows, checked against what the server would have said."""

from dataclasses import dataclass
from datetime import datetime

from core.checkin import decide
from core.decisions import Admitted, Refused
from core.errors import Conflict
from core.facts import Facts
from core.model import CardState, Method
from core.policy import Policy
from core.protocol import Attempt, AttemptKind, AttemptState
from core.refusals import RefusalReason
from server.services.door import as_core
from server.services.door.attempts import Placed, staff_in
from server.services.door.causes import Cause
from server.services.door.changes import version_of_member
from server.services.door.facts import Asking, facts_of_locked
from server.services.door.kiosks import KnownKiosk
from server.services.door.policies import PolicyBook
from server.services.door.proving import LATE_TOLD, state_by_step
from server.services.door.welcoming import Welcome, welcome
from server.store.tables import AttemptRow, CardRow, MemberRow, PassRow, ReservationRow, SessionRow


def method_of(attempt: Attempt) -> Method:
    return Method.STAFF if attempt.kind is AttemptKind.STAFF or attempt.actor.staff_id else Method.SELF


@dataclass(frozen=True, kw_only=True, slots=True)
class Subject:
    """Whom an attempt is about, and where, as far as the server knows. Of a welcome: the rows, locked; its card."""

    policies: PolicyBook
    session_id: str | None
    member: MemberRow | None = None
    card: CardRow | None = None
    session: SessionRow | None = None


def welcome_as_shown(
    kiosk: KnownKiosk, placed: Placed, subject: Subject, *, refused_when_asked: RefusalReason | None = None
) -> RefusalReason | None:
    """Record that the screen said welcome. Returns why the server would not have, None if it would have too.

    Raises `Conflict` for a welcome that names nobody, no session here, or a visit that is not this member's.
    """
    attempt, member, session = placed.attempt, subject.member, subject.session
    if member is None or session is None or session.venue_id != kiosk.venue_id:
        raise Conflict("attempt.subject_is_unknown", member=attempt.member_id, session=attempt.session_id)
    member_id = str(member.id)
    at = placed.happened_at
    reservation = _reservation(attempt, member_id, session)
    _refuse_other_key(attempt, member_id, session, reservation)
    facts = _facts_then(kiosk, placed, member, subject.card)
    disputed, would_pay = _what_the_server_says(facts, subject.policies.in_force(kiosk.venue_id, at), at)
    disputed = refused_when_asked or disputed
    word = Welcome(
        organization_id=kiosk.organization_id,
        attempt_id=attempt.attempt_id,
        visit_key=attempt.visit_key or "",
        member_id=member_id,
        session_id=session.id,
        reservation_id=reservation.id if reservation else None,
        pass_id=_own_pass(attempt.pass_id, facts) or would_pay,
        method=method_of(attempt),
        device_id=kiosk.id,
        disputed=disputed,
        is_offline_walk_in=attempt.state is AttemptState.LOCAL and reservation is None,
        is_stale=version_of_member(kiosk.organization_id, member_id) > attempt.basis.replica_version,
    )
    visit = welcome(word, at, _cause(kiosk, attempt))
    if visit.id != attempt.visit_key:
        AttemptRow.update({AttemptRow.visit_key: visit.id}).where(AttemptRow.id == attempt.attempt_id).execute()
    return disputed


def _facts_then(kiosk: KnownKiosk, placed: Placed, member: MemberRow, card: CardRow | None) -> Facts:
    """As they count for the moment that is told of."""
    attempt, when = placed.attempt, placed.happened_at
    asking = Asking(venue_id=kiosk.venue_id, at=when, by=method_of(attempt), chosen=attempt.session_id)
    return facts_of_locked(
        member, asking, card=_card_state(card, attempt, when, is_time_clamped=placed.is_time_clamped)
    )


def _what_the_server_says(facts: Facts, policy: Policy, at: datetime) -> tuple[RefusalReason | None, str | None]:
    """(why it would have refused at that moment, which pass it would have taken a punch from)."""
    match decide(facts, policy, at):
        case Refused(reason=reason):
            return reason, None
        case Admitted(pass_id=pass_id):
            return None, pass_id
    return None, None


def _card_state(card: CardRow | None, attempt: Attempt, when: datetime, *, is_time_clamped: bool) -> CardState:
    """What the card was then. Staff need none."""
    if card is None:
        return CardState.ACTIVE if method_of(attempt) is Method.STAFF else CardState.UNKNOWN
    ended = [ended_at for ended_at in (card.replaced_at, card.revoked_at) if ended_at is not None]
    if ended and min(ended) <= when:
        return as_core.card_state(card)
    is_over = card.expires_at is not None and card.expires_at <= when
    if is_over:
        return CardState.EXPIRED
    return CardState.ACTIVE if is_time_clamped else state_by_step(attempt.phone_step, when, LATE_TOLD)


def _reservation(attempt: Attempt, member_id: str, session: SessionRow) -> ReservationRow | None:
    if attempt.reservation_id is None:
        return None
    row = ReservationRow.get_or_none(ReservationRow.id == attempt.reservation_id)
    if row is None or row.member_id != member_id or row.session_id != session.id:
        raise Conflict("attempt.reservation_is_not_theirs", id=attempt.reservation_id)
    return row


def _refuse_other_key(
    attempt: Attempt, member_id: str, session: SessionRow, reservation: ReservationRow | None
) -> None:
    """A visit key is made of the ids it stands for; any other would settle somebody else's visit."""
    key = attempt.visit_key or ""
    fits = {f"W:{member_id}:{session.id}"} | ({f"R:{reservation.id}"} if reservation else set())
    is_open_studio = session.is_open_studio and key.startswith(f"O:{member_id}:{session.venue_id}:")
    if key not in fits and not is_open_studio:
        raise Conflict("attempt.visit_key_is_not_theirs", key=key[:120])


def _own_pass(pass_id: str | None, facts: Facts) -> str | None:
    """The pass the screen counted down, if it is this member's: one that was cancelled since, too."""
    if pass_id is None or any(pass_.id == pass_id for pass_ in facts.passes):
        return pass_id
    is_theirs = (PassRow.id == pass_id) & (PassRow.member == facts.member_id)
    return pass_id if PassRow.select().where(is_theirs).exists() else None


def _cause(kiosk: KnownKiosk, attempt: Attempt) -> Cause:
    return Cause(
        by=method_of(attempt),
        staff_id=staff_in(kiosk.organization_id, attempt.actor.staff_id),
        because=attempt.actor.because or "told by the kiosk",
        attempt_id=attempt.attempt_id,
    )
