"""Whether a card was really shown: only its code yields the proof, and a stolen kiosk holds no codes."""

import hmac
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from core import cards, clocktime, phone_codes
from core.cards import CardKind
from core.errors import Conflict
from core.model import CardState
from core.protocol import Attempt
from server.services.door.vault import CodeVault
from server.store.tables import CardRow, PhoneLinkRow
from server.store.written import given, written

NO_TIME = timedelta(0)
CHOOSING = timedelta(minutes=1)
"""A code that is shown, and then a session is tapped: by then it is older, and was not when it was shown."""
LATE_TOLD = timedelta(minutes=5)
"""What a kiosk says later of when it was may be off by so much."""
WEEK = phone_codes.STEPS_A_PERIOD * phone_codes.STEP


@dataclass(frozen=True, slots=True)
class Proof:
    """A card was there. `phone_step`: which step of a phone's codes; None for a card."""

    phone_step: int | None = None


def card_of(organization_id: str, fingerprint: str) -> CardRow | None:
    return _card.first(card=fingerprint, organization=organization_id) if fingerprint else None


@written
def _card() -> Any:
    is_it = (CardRow.fingerprint == given("card")) & (CardRow.organization == given("organization"))
    return CardRow.select().where(is_it)


def proved(card: CardRow, attempt: Attempt, vault: CodeVault, at: datetime) -> Proof | None:
    """None: nothing shows that this card was there. A phone's code proves nothing before its time has come."""
    if card.kind == CardKind.PHONE.value:
        return _proved_by_phone(card, attempt, vault, at)
    fits = _fits(vault.proof_key_of(card.code_encrypted), attempt)
    return Proof() if fits else None


def state_by_step(step: int | None, at: datetime, late: timedelta) -> CardState:
    """ACTIVE for a card, and for a phone's code that was fresh at `at`, give or take `late`; else CODE_OLD."""
    if step is None:
        return CardState.ACTIVE
    apart = abs(step - phone_codes.step_at(at))
    return CardState.ACTIVE if apart <= phone_codes.TOLERANCE + late // phone_codes.STEP else CardState.CODE_OLD


def _proved_by_phone(card: CardRow, attempt: Attempt, vault: CodeVault, at: datetime) -> Proof | None:
    """By the step that the kiosk names; a kiosk that did not know the phone names none, then by any lately."""
    link = PhoneLinkRow.get_or_none(PhoneLinkRow.card == card.id)
    if link is None:
        raise Conflict("phone_link.not_found")
    secret, latest = vault.open_phone(link.secret_encrypted), phone_codes.step_at(at) + phone_codes.TOLERANCE
    if attempt.phone_step is not None:
        if not 0 <= attempt.phone_step <= latest:
            return None
        code = phone_codes.code_at(secret, link.phone_id, attempt.phone_step)
        return Proof(attempt.phone_step) if _fits(code.proof_key(), attempt) else None
    for near in _weeks(attempt, at, latest):
        step = phone_codes.step_proved(secret, link.phone_id, lambda code: _fits(code.proof_key(), attempt), near)
        if step is not None:
            return Proof(step)
    return None


def _weeks(attempt: Attempt, at: datetime, latest: int) -> list[int]:
    """A late step of each week in which it may have been: now, as the kiosk's clock says, and the weeks before."""
    try:
        shown_at = min(clocktime.from_ms(attempt.t_wall), at)
    except OverflowError:
        shown_at = at
    ends: dict[int, int] = {}
    for moment in (at, at - WEEK, shown_at, shown_at - WEEK):
        week = phone_codes.period_of(phone_codes.step_at(moment))
        ends.setdefault(week, min(latest, (week + 1) * phone_codes.STEPS_A_PERIOD - 1))
    latest_week = phone_codes.period_of(latest)
    ends.setdefault(latest_week, latest)
    return [ends[week] for week in sorted(ends, reverse=True) if week >= 0]


def _fits(proof_key: bytes, attempt: Attempt) -> bool:
    return hmac.compare_digest(cards.proof(proof_key, attempt.attempt_id), attempt.proof)
