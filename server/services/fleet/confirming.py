"""Kiosks that used a code from a browser wait here until staff compared the signs on both screens and said yes or no.

Until then there is no device: such a kiosk can ask, tell and fetch nothing, and no night waits for it. When the code's
ten minutes are over it waits no more, so that a kiosk that lost its power leaves nothing behind.
"""

from dataclasses import dataclass
from datetime import datetime

from peewee import Expression, ModelSelect

from core.errors import NotFound, Unauthenticated
from core.pairing import sign_of
from core.protocol import Unpair, Unpaired
from server.services.fleet.pairing import enter_device
from server.services.people.rights import Asker, Right, require
from server.store.database import for_update, writing
from server.store.ids import hash_of
from server.store.tables import PairingCodeRow, VenueRow


@dataclass(frozen=True, kw_only=True, slots=True)
class WaitingKiosk:
    """`sign` is what its screen shows too, as `K7-4P`; `name` what it calls itself."""

    id: str
    name: str
    venue_name: str
    sign: str
    asked_at: datetime


def waiting_kiosks(organization_id: str, at: datetime) -> tuple[WaitingKiosk, ...]:
    """Those that staff have not settled, oldest first. Inside `reading()`."""
    rows = PairingCodeRow.select(PairingCodeRow, VenueRow).join(VenueRow)
    waiting = rows.where(PairingCodeRow.organization == organization_id, _is_waiting(at))
    return tuple(_as_waiting(row) for row in waiting.order_by(PairingCodeRow.used_at, PairingCodeRow.id))


def confirm(organization_id: str, waiting_id: str, by: Asker, at: datetime) -> str:
    """Both screens show the same: it is a device now. Its id. Raises `NotFound`, `Forbidden`."""
    with writing():
        row = _waiting(organization_id, waiting_id, by, at)
        enter_device(VenueRow.get_by_id(row.venue_id), row.asked_device, row.asked_token_hash, row.asked_name, at)
        row.settled_at, row.settled_by, row.device = at, by.staff_id, row.asked_device
        row.save()
        return str(row.asked_device)


def turn_away(organization_id: str, waiting_id: str, by: Asker, at: datetime) -> None:
    """It is not ours: what it was promised opens nothing, ever. Raises `NotFound`, `Forbidden`."""
    with writing():
        row = _waiting(organization_id, waiting_id, by, at)
        row.settled_at, row.settled_by = at, by.staff_id
        row.save()


def take_back(asked: Unpair, at: datetime) -> Unpaired:
    """Staff said no at the kiosk itself. A device's token takes nothing back: only staff close a kiosk.

    Asking twice does no harm. Raises `Unauthenticated` for a token that was never promised to a kiosk.
    """
    with writing():
        row = for_update(_promised_as(hash_of(asked.token))).first()
        if row is None:
            raise Unauthenticated("device.unknown")
        was_waiting = row.settled_at is None and at < row.expires_at
        if was_waiting:
            row.settled_at = at
            row.save()
        return Unpaired(was_waiting=was_waiting)


def refuse_unconfirmed(token_hash: str, at: datetime) -> None:
    """For a token that is no device's. Inside `reading()`.

    Raises `Unauthenticated` where a kiosk was promised it: staff have still to say, said no, or said nothing in time.
    """
    row = _promised_as(token_hash).first()
    if row is None:
        return
    if row.settled_at is not None:
        raise Unauthenticated("device.turned_away")
    raise Unauthenticated("device.not_confirmed" if at < row.expires_at else "device.confirmed_too_late")


def _promised_as(token_hash: str) -> ModelSelect:
    return PairingCodeRow.select().where(PairingCodeRow.asked_token_hash == token_hash)


def _waiting(organization_id: str, waiting_id: str, by: Asker, at: datetime) -> PairingCodeRow:
    require(organization_id, by, Right.PLAN)
    mine = (PairingCodeRow.organization == organization_id) & (PairingCodeRow.id == waiting_id)
    row = for_update(PairingCodeRow.select().where(mine, _is_waiting(at))).first()
    if row is None:
        raise NotFound("pairing.not_waiting")
    return row


def _is_waiting(at: datetime) -> Expression:
    is_open = (PairingCodeRow.asked_token_hash != "") & PairingCodeRow.settled_at.is_null()
    return is_open & (PairingCodeRow.expires_at > at)


def _as_waiting(row: PairingCodeRow) -> WaitingKiosk:
    return WaitingKiosk(
        id=row.id,
        name=row.asked_name,
        venue_name=row.venue.name,
        sign=sign_of(row.asked_device, row.asked_token_hash),
        asked_at=row.used_at,
    )
