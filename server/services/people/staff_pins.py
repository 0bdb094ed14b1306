"""Staff cards and PINs: what proves a member of staff at a kiosk, with the server and without it.

A PIN is six digits, so it never leaves the server in a form that could be guessed: kiosks get it keyed by the staff
card's own code, which is on no kiosk. A try is counted before the PIN is looked at.
"""

from datetime import datetime
from itertools import islice

from core import staff_cards
from core.errors import Conflict, Invalid, NotFound, Unauthenticated
from core.pins import MOST_TRIES, PinRefusal, PinRefused, Tries, counted, is_pin, is_too_easy, rebased
from core.staff_cards import StaffCardCode
from server.services.door.changes import STAFF, touch
from server.services.door.vault import CodeVault
from server.services.fleet.sealing import sealed_name
from server.services.people.hashing import fits, hashed
from server.services.people.ours import ours
from server.services.people.rights import Asker, Right, require
from server.services.people.words import required
from server.store.database import for_update, reading, writing
from server.store.ids import new_id, random_bits
from server.store.tables import StaffCardRow, StaffRow


def give_staff_card(organization_id: str, staff_id: str, by: Asker, at: datetime, vault: CodeVault) -> StaffCardCode:
    """A new card; the one before opens nothing any more. It serves once a PIN is set while it is held.

    Raises `NotFound`, `Forbidden`.
    """
    code = staff_cards.new_code(random_bits)
    with writing():
        require(organization_id, by, Right.RUN)
        staff = _working(organization_id, staff_id)
        _end_cards(staff_id, "replaced", at)
        StaffCardRow.create(
            id=new_id(at),
            organization=organization_id,
            staff=staff_id,
            fingerprint=code.fingerprint,
            code_encrypted=vault.seal_staff_card(code),
            sealed_name=sealed_name(code, staff.name.split(" ")[0], staff.language),
            issued_at=at,
        )
        touch(organization_id, STAFF, staff_id)
    return code


def take_away_staff_card(organization_id: str, staff_id: str, because: str, by: Asker, at: datetime) -> None:
    """Lost, or not to be used any more: kiosks forget it when they next hear from the server.

    Raises `NotFound`, also where there is no card, `Forbidden`, and `Invalid` without a reason.
    """
    with writing():
        require(organization_id, by, Right.RUN)
        staff = _working(organization_id, staff_id)
        why = required("because", because)
        if not _cards_of(staff_id):
            raise NotFound("staff_card.none", name=staff.name)
        _end_cards(staff_id, why, at)
        touch(organization_id, STAFF, staff_id)


def set_pin(organization_id: str, staff_id: str, pin: str, by: Asker, at: datetime, vault: CodeVault) -> None:
    """One's own, or anybody's by an owner; tries begin at nothing. Blocks for the time that hashing takes.

    Raises `Invalid` for what is no PIN or the first that anybody would try, `NotFound`, `Forbidden`, and `Conflict`
    if the card was changed meanwhile.
    """
    if not is_pin(pin):
        raise Invalid("pin.not_a_pin")
    if is_too_easy(pin):
        raise Invalid("pin.too_easy")
    with reading():
        require(organization_id, by, Right.WELCOME if by.staff_id == staff_id else Right.RUN)
        _working(organization_id, staff_id)
        held = {row.id: vault.open_staff_card(row.code_encrypted) for row in _cards_of(staff_id)}
    # Slow on purpose, so not while holding the database.
    pin_hash = hashed(vault.keyed_pin(pin))
    verifiers = {card_id: hashed(code.keyed(pin)) for card_id, code in held.items()}
    with writing():
        require(organization_id, by, Right.WELCOME if by.staff_id == staff_id else Right.RUN)
        _locked(organization_id, staff_id)
        if {row.id for row in _cards_of(staff_id)} != set(held):
            raise Conflict("pin.card_changed")
        for card_id, verifier in verifiers.items():
            StaffCardRow.update({StaffCardRow.verifier: verifier}).where(StaffCardRow.id == card_id).execute()
        fresh = {StaffRow.pin_hash: pin_hash, StaffRow.pin_tries: 0, StaffRow.pin_tried_at: None}
        StaffRow.update(fresh).where(StaffRow.id == staff_id).execute()
        touch(organization_id, STAFF, staff_id)


def check_pin(organization_id: str, staff_id: str, pin: str, at: datetime, vault: CodeVault) -> None:
    """Nothing, if it is theirs: for a kiosk that asks the server, where no card is needed.

    Raises `Unauthenticated` (`pin.wrong`, `pin.wait` with `until`, `pin.is_over`, `pin.none`), `NotFound`.
    """
    pin_hash = _count_a_try(organization_id, staff_id, at)
    if not is_pin(pin) or not fits(pin_hash, vault.keyed_pin(pin)):
        raise Unauthenticated("pin.wrong")
    _cleared(staff_id, pin_hash)


def check_card_and_pin(organization_id: str, fingerprint: str, keyed: str, at: datetime) -> StaffRow:
    """Whose card it is, if the PIN keyed by its code is theirs: for a kiosk that has both and asks for names.

    Counted before it is looked at, as `check_pin`, and raises the same.
    """
    with reading():
        is_it = (StaffCardRow.fingerprint == fingerprint) & (StaffCardRow.organization == organization_id)
        card = StaffCardRow.get_or_none(is_it, StaffCardRow.revoked_at.is_null())
    if card is None or not card.verifier:
        raise Unauthenticated("pin.wrong")
    pin_hash = _count_a_try(organization_id, card.staff_id, at)
    if not fits(card.verifier, keyed):
        raise Unauthenticated("pin.wrong")
    return _cleared(card.staff_id, pin_hash)


def whose_pin(organization_id: str, pin: str, vault: CodeVault) -> tuple[StaffRow, ...]:
    """Everybody working here whose PIN it is, two at most: more need not be known. Blocks for many hashings.

    The caller has counted the try. Whoever's PIN is over is not looked at.
    """
    if not is_pin(pin):
        return ()
    with reading():
        theirs = (StaffRow.organization == organization_id) & StaffRow.left_at.is_null() & (StaffRow.pin_hash != "")
        rows = list(StaffRow.select().where(theirs, StaffRow.pin_tries < MOST_TRIES).order_by(StaffRow.id))
    keyed = vault.keyed_pin(pin)
    return tuple(islice((row for row in rows if fits(row.pin_hash, keyed)), 2))


def _cleared(staff_id: str, pin_hash: str) -> StaffRow:
    """Tries begin at nothing, unless the PIN was changed meanwhile: then it was the wrong one."""
    with writing():
        is_unchanged = (StaffRow.id == staff_id) & (StaffRow.pin_hash == pin_hash) & StaffRow.left_at.is_null()
        if not StaffRow.update({StaffRow.pin_tries: 0, StaffRow.pin_tried_at: None}).where(is_unchanged).execute():
            raise Unauthenticated("pin.wrong")
        return StaffRow.get_by_id(staff_id)


def _count_a_try(organization_id: str, staff_id: str, at: datetime) -> str:
    """The hash to look at. What stands in the way is raised after the transaction, so that all that was noted stays."""
    with writing():
        row = _locked(organization_id, staff_id)
        if not row.pin_hash:
            raise Unauthenticated("pin.none")
        tries = rebased(Tries(count=row.pin_tries, last_at=row.pin_tried_at), at)
        step = counted(tries, at)
        noted = step if isinstance(step, Tries) else tries
        StaffRow.update({StaffRow.pin_tries: noted.count, StaffRow.pin_tried_at: noted.last_at}).where(
            StaffRow.id == staff_id
        ).execute()
    match step:
        case PinRefused(reason=PinRefusal.PIN_IS_OVER):
            raise Unauthenticated("pin.is_over")
        case PinRefused(until=until):
            raise Unauthenticated("pin.wait", until=until.isoformat() if until else "")
    return str(row.pin_hash)


def _working(organization_id: str, staff_id: str) -> StaffRow:
    row = ours(StaffRow, organization_id, staff_id, "staff")
    if row.left_at is not None:
        raise NotFound("staff.not_found", id=staff_id)
    return row


def _locked(organization_id: str, staff_id: str) -> StaffRow:
    is_it = (StaffRow.id == staff_id) & (StaffRow.organization == organization_id) & StaffRow.left_at.is_null()
    row = for_update(StaffRow.select().where(is_it)).first()
    if row is None:
        raise NotFound("staff.not_found", id=staff_id)
    return row


def _cards_of(staff_id: str) -> list[StaffCardRow]:
    held = StaffCardRow.select().where(StaffCardRow.staff == staff_id, StaffCardRow.revoked_at.is_null())
    return list(held.order_by(StaffCardRow.issued_at, StaffCardRow.id))


def _end_cards(staff_id: str, because: str, at: datetime) -> None:
    StaffCardRow.update({StaffCardRow.revoked_at: at, StaffCardRow.because: because}).where(
        StaffCardRow.staff == staff_id, StaffCardRow.revoked_at.is_null()
    ).execute()
