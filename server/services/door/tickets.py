"""Who was found at a kiosk without a card: a ticket for one attempt there. Without one no kiosk checks anybody in.

A ticket's secret is given once, to the kiosk that found somebody; only it makes the proof.
"""

import hmac
from datetime import datetime

from core import cards
from core.errors import Forbidden
from core.finding import TICKET_LASTS, Finding
from core.protocol import Attempt, AttemptKind, Outcome
from server.services.door.kiosks import KnownKiosk
from server.services.door.vault import CodeVault
from server.store.database import for_update
from server.store.ids import new_id
from server.store.tables import FindTicketRow


def give_ticket(kiosk: KnownKiosk, member_id: str, proved_by: Finding, at: datetime) -> FindTicketRow:
    """For one attempt at this kiosk, within `TICKET_LASTS`. Inside a transaction."""
    return FindTicketRow.create(
        id=new_id(at),
        organization=kiosk.organization_id,
        device=kiosk.id,
        member=member_id,
        proved_by=proved_by.value,
        made_at=at,
        ends_at=at + TICKET_LASTS,
    )


def secret_of(ticket_id: str, vault: CodeVault) -> str:
    """64 hex digits; nothing is kept of it."""
    return vault.grant_secret(f"find.{ticket_id}")


def member_by_ticket(kiosk: KnownKiosk, attempt: Attempt, at: datetime, vault: CodeVault) -> str | None:
    """Whom the ticket of an attempt that is asked stands for, and from now on it is that attempt's alone.

    None: it is for another kiosk, over, used by another attempt, or not proved.
    """
    row = _ticket(kiosk, attempt, vault)
    if row is None or row.attempt_id not in ("", attempt.attempt_id):
        return None
    if not row.attempt_id:
        if at >= row.ends_at:
            return None
        FindTicketRow.update({FindTicketRow.attempt_id: attempt.attempt_id}).where(FindTicketRow.id == row.id).execute()
    return str(row.member_id)


def member_told(kiosk: KnownKiosk, attempt: Attempt, believed: str | None, vault: CodeVault) -> str | None:
    """Whose an attempt without a card is, that is told. Raises `Forbidden` for a welcome that no ticket was for."""
    if attempt.kind is not AttemptKind.SELF or attempt.card:
        return believed
    row = _ticket(kiosk, attempt, vault)
    if row is not None and row.attempt_id == attempt.attempt_id:
        return str(row.member_id)
    if attempt.outcome is Outcome.WELCOME:
        raise Forbidden("attempt.proof_does_not_fit")
    return None


def _ticket(kiosk: KnownKiosk, attempt: Attempt, vault: CodeVault) -> FindTicketRow | None:
    if attempt.kind is not AttemptKind.SELF or attempt.card or not attempt.actor.grant:
        return None
    is_it = (FindTicketRow.id == attempt.actor.grant) & (FindTicketRow.device == kiosk.id)
    row = for_update(FindTicketRow.select().where(is_it)).first()
    if row is None:
        return None
    expected = cards.proof(bytes.fromhex(secret_of(row.id, vault)), attempt.attempt_id)
    return row if hmac.compare_digest(expected, attempt.actor.proof) else None
