"""Whether somebody of the staff really did what a kiosk tells: by their card's code, or by what the server granted.

A stolen kiosk holds neither, so it can act in nobody's name.
"""

import hmac
from datetime import datetime

from core import acts, cards, clocktime
from core.errors import Forbidden
from core.protocol import Attempt
from server.services.door.kiosks import KnownKiosk
from server.services.door.vault import CodeVault
from server.services.people.rights import RIGHTS, Asker, Right, asker_of
from server.store.tables import StaffCardRow, StaffRow


def proven_staff(kiosk: KnownKiosk, attempt: Attempt, at: datetime, vault: CodeVault) -> Asker:
    """Who did it, if they worked here at that moment and may. Inside a transaction.

    Raises `Forbidden` with `staff.unknown`, `staff.not_proven` or `staff.may_not`.
    """
    row = StaffRow.get_or_none(
        StaffRow.id == (attempt.actor.staff_id or ""), StaffRow.organization == kiosk.organization_id
    )
    if row is None or (row.left_at is not None and row.left_at <= at):
        raise Forbidden("staff.unknown")
    key = _key_of_card(row, attempt, at, vault) or _key_of_grant(kiosk, row, attempt, at, vault)
    if key is None or not hmac.compare_digest(cards.proof(key, attempt.attempt_id), attempt.actor.proof):
        raise Forbidden("staff.not_proven")
    asker = asker_of(row)
    needed = Right.SERVE if attempt.act is not None and acts.needs_serve(attempt.act) else Right.WELCOME
    if needed not in RIGHTS[asker.role]:
        raise Forbidden("staff.may_not", right=needed.value, role=asker.role.value)
    return asker


def grant_of(staff_id: str, kiosk: KnownKiosk, ends_at: datetime) -> str:
    """Names whom the server believed, where and until when. It proves nothing: its secret does."""
    return f"{staff_id}.{kiosk.id}.{clocktime.to_ms(ends_at)}"


def staff_of_grant(kiosk: KnownKiosk, grant: str, at: datetime) -> str | None:
    """Whom it names, if it is for this kiosk and not over. Nobody has proved anything by it yet."""
    staff_id, _, rest = grant.partition(".")
    device_id, _, ends = rest.partition(".")
    is_for_it = device_id == kiosk.id and ends.isascii() and ends.isdigit() and len(ends) <= 15
    return staff_id if is_for_it and clocktime.to_ms(at) < int(ends) else None


def _key_of_card(staff: StaffRow, attempt: Attempt, at: datetime, vault: CodeVault) -> bytes | None:
    """Of a card that was theirs then."""
    if not attempt.actor.card:
        return None
    is_it = (StaffCardRow.fingerprint == attempt.actor.card) & (StaffCardRow.staff == staff.id)
    card = StaffCardRow.get_or_none(is_it)
    if card is None or (card.revoked_at is not None and card.revoked_at <= at):
        return None
    return vault.open_staff_card(card.code_encrypted).proof_key()


def _key_of_grant(kiosk: KnownKiosk, staff: StaffRow, attempt: Attempt, at: datetime, vault: CodeVault) -> bytes | None:
    if staff_of_grant(kiosk, attempt.actor.grant, at) != staff.id:
        return None
    return bytes.fromhex(vault.grant_secret(attempt.actor.grant))
