"""Whether a card was really shown: only its code yields the proof, and a stolen kiosk holds no codes."""

import hmac

from core import cards
from core.protocol import Attempt
from server.services.door.vault import CodeVault
from server.store.tables import CardRow


def card_of(organization_id: str, fingerprint: str) -> CardRow | None:
    if not fingerprint:
        return None
    is_it = (CardRow.fingerprint == fingerprint) & (CardRow.organization == organization_id)
    return CardRow.get_or_none(is_it)


def was_shown(card: CardRow, attempt: Attempt, vault: CodeVault) -> bool:
    expected = cards.proof(vault.open(card.code_encrypted).proof_key(), attempt.attempt_id)
    return hmac.compare_digest(expected, attempt.proof)
