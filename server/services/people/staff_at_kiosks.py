"""Staff sign in at a kiosk with the server: by a PIN alone, or by the card and PIN that the kiosk proved already.

A PIN alone may be anybody's, so its tries are counted for the kiosk, as a row, before the PIN is looked at. What staff
get is a grant for this kiosk and an hour; nothing is kept of its secret.
"""

from datetime import datetime, timedelta

from core.errors import Unauthenticated
from core.pins import PinRefusal, PinRefused, Tries, counted, rebased
from core.staff_talk import StaffGrant, StaffSignedIn, StaffSignIn
from server.services.door.kiosks import KnownKiosk
from server.services.door.staff_proof import grant_of
from server.services.door.vault import CodeVault
from server.services.people.rights import RIGHTS, Right, Role
from server.services.people.staff_pins import check_card_and_pin, whose_pin
from server.store.database import for_update, writing
from server.store.tables import DeviceRow, StaffRow

GRANTED_FOR = timedelta(hours=1)
_AS_TOLD = {"pin.wrong": PinRefusal.PIN_WRONG, "pin.wait": PinRefusal.WAIT, "pin.is_over": PinRefusal.PIN_IS_OVER}


def sign_in_at_kiosk(kiosk: KnownKiosk, given: StaffSignIn, at: datetime, vault: CodeVault) -> StaffSignedIn:
    """A grant, or why there is none. Blocks for the time that hashing takes."""
    if given.card:
        return _by_card(kiosk, given, at, vault)
    step = _count_a_try(kiosk, at)
    if isinstance(step, PinRefused):
        over = step.reason is PinRefusal.PIN_IS_OVER
        return StaffSignedIn(refused=PinRefusal.PIN_ALONE_IS_OVER if over else step.reason, until=step.until)
    match whose_pin(kiosk.organization_id, given.pin, vault):
        case ():
            return StaffSignedIn(refused=PinRefusal.PIN_WRONG)
        case (staff,):
            return _granted(kiosk, staff, at, vault)
        case _:
            return StaffSignedIn(refused=PinRefusal.PIN_OF_TWO)


def _by_card(kiosk: KnownKiosk, given: StaffSignIn, at: datetime, vault: CodeVault) -> StaffSignedIn:
    try:
        staff = check_card_and_pin(kiosk.organization_id, given.card, given.keyed, at)
    except Unauthenticated as no:
        until = str(no.values.get("until") or "")
        return StaffSignedIn(
            refused=_AS_TOLD.get(no.code, PinRefusal.PIN_WRONG), until=datetime.fromisoformat(until) if until else None
        )
    return _granted(kiosk, staff, at, vault)


def _granted(kiosk: KnownKiosk, staff: StaffRow, at: datetime, vault: CodeVault) -> StaffSignedIn:
    """Whoever stands there is of the staff, so tries of a PIN alone begin at nothing at this kiosk."""
    with writing():
        _note(kiosk, Tries())
    grant = grant_of(staff.id, kiosk, at + GRANTED_FOR)
    return StaffSignedIn(
        grant=StaffGrant(
            staff_id=staff.id,
            first_name=staff.name.split(" ")[0],
            may_serve=Right.SERVE in RIGHTS[Role(staff.role)],
            grant=grant,
            secret=vault.grant_secret(grant),
            ends_at=at + GRANTED_FOR,
        )
    )


def _count_a_try(kiosk: KnownKiosk, at: datetime) -> Tries | PinRefused:
    """One more, committed when this returns; or why the PIN is not looked at now."""
    with writing():
        row = for_update(DeviceRow.select().where(DeviceRow.id == kiosk.id)).get()
        before = rebased(Tries(count=row.pin_tries, last_at=row.pin_tried_at), at)
        step = counted(before, at)
        _note(kiosk, step if isinstance(step, Tries) else before)
    return step


def _note(kiosk: KnownKiosk, tries: Tries) -> None:
    DeviceRow.update({DeviceRow.pin_tries: tries.count, DeviceRow.pin_tried_at: tries.last_at}).where(
        DeviceRow.id == kiosk.id
    ).execute()
