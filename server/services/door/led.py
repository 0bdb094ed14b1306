"""Whom a card brings in: its holder, or somebody of their household.

It refuses to take a kiosk's word for who leads whom.
"""

from core.errors import Conflict
from core.protocol import Attempt, AttemptKind
from core.refusals import RefusalReason
from server.services.door.attempts import member_in
from server.services.door.kiosks import KnownKiosk
from server.store.tables import CardRow, HouseholdRow


def is_led(organization_id: str, leader_id: str, member_id: str) -> bool:
    """Whether the leader's cards bring this member in now."""
    is_it = (HouseholdRow.leader == leader_id) & (HouseholdRow.led == member_id)
    return bool(HouseholdRow.select().where(is_it, HouseholdRow.organization == organization_id).exists())


def whom(kiosk: KnownKiosk, card: CardRow, attempt: Attempt) -> str:
    """Whom an attempt with a card of ours is about. Raises `Conflict` for one that names nobody here."""
    if attempt.led_member_id is None or attempt.kind is not AttemptKind.SELF:
        return str(card.member_id)
    led = member_in(kiosk.organization_id, attempt.led_member_id)
    if led is None:
        raise Conflict("attempt.subject_is_unknown", member=attempt.led_member_id, session=attempt.session_id)
    return led


def not_led(kiosk: KnownKiosk, attempt: Attempt, card: CardRow | None) -> RefusalReason | None:
    """Why an attempt about somebody whom this card leads is refused, or disputed: its holder does not lead them."""
    if attempt.led_member_id is None or attempt.kind is not AttemptKind.SELF:
        return None
    leads = card is not None and is_led(kiosk.organization_id, card.member_id, attempt.led_member_id)
    return None if leads else RefusalReason.NOT_LED_BY_CARD
