"""A member without a card is found at a kiosk by number and PIN, or by number and birthday, as the policy says.

Tries are rows, counted for the kiosk and for the number before anything is looked at. A number that nobody has and a
secret that is wrong get the same answer after the same work.
"""

import hmac
from datetime import datetime

from argon2 import PasswordHasher

from core.errors import Invalid
from core.finding import (
    KIOSK_RESTS,
    NUMBER_RESTS,
    TRIES_A_KIOSK,
    TRIES_A_NUMBER,
    Find,
    FindAnswer,
    Finding,
    FindRefusal,
    FindTries,
    FindWait,
    FoundMember,
    birthday_of,
    is_number,
    is_secret,
    one_less,
    one_more,
)
from core.pins import is_pin, is_too_easy
from server.services.door.facts import lock_member
from server.services.door.kiosks import KnownKiosk
from server.services.door.policies import policy_in_force
from server.services.door.tickets import give_ticket, secret_of
from server.services.door.vault import CodeVault
from server.services.people import hashing
from server.services.people.rights import Asker, Right, require
from server.store.database import for_update, reading, writing
from server.store.ids import new_id
from server.store.tables import FindTryRow, MemberRow, OrganizationRow


def find(
    kiosk: KnownKiosk, typed: Find, at: datetime, vault: CodeVault, *, hasher: PasswordHasher | None = None
) -> FindAnswer:
    """A ticket for one attempt, or why there is none. Blocks for the time that hashing takes.

    Raises `Invalid` for what no keypad gives.
    """
    with reading():
        by = policy_in_force(kiosk.organization_id, kiosk.venue_id, at).finding
    if by is Finding.OFF:
        return FindAnswer(refused=FindRefusal.OFF)
    if not is_number(typed.number) or not is_secret(typed.secret, by):
        raise Invalid("wire.not_understood", kind="Find", why="a number or a secret that no keypad gives")
    waits = _count(kiosk, typed.number, at)
    if waits is not None:
        return FindAnswer(refused=FindRefusal.WAIT, until=waits)
    member = _with_number(kiosk.organization_id, typed.number)
    if not _is_right(member, typed.secret, by, vault, hasher) or member is None:
        return FindAnswer(refused=FindRefusal.NOT_FOUND)
    with writing():
        _uncount(kiosk, typed.number)
        ticket = give_ticket(kiosk, member.id, by, at)
        language = member.language
        return FindAnswer(
            found=FoundMember(
                ticket=ticket.id,
                secret=secret_of(ticket.id, vault),
                first_name=member.first_name,
                language=language,
                ends_at=ticket.ends_at,
            )
        )


def set_find_pin(organization_id: str, member_id: str, pin: str, by: Asker, at: datetime, vault: CodeVault) -> None:
    """A member's own PIN for kiosks; empty takes it away. Blocks for the time that hashing takes.

    Raises `Invalid` for what is no PIN or the first that anybody would try, `NotFound`, `Forbidden`.
    """
    if pin and not is_pin(pin):
        raise Invalid("find.not_a_pin")
    if pin and is_too_easy(pin):
        raise Invalid("pin.too_easy")
    with reading():
        require(organization_id, by, Right.SERVE)
    hashed = hashing.hashed(vault.keyed_pin(pin)) if pin else ""
    with writing():
        require(organization_id, by, Right.SERVE)
        row = lock_member(organization_id, member_id)
        MemberRow.update({MemberRow.find_pin_hash: hashed}).where(MemberRow.id == row.id).execute()
        FindTryRow.delete().where(
            FindTryRow.organization == organization_id, FindTryRow.subject == _of_number(row.number)
        ).execute()


def _is_right(
    member: MemberRow | None, secret: str, by: Finding, vault: CodeVault, hasher: PasswordHasher | None
) -> bool:
    """One hash is looked at in any case, whoever it is and whatever proves it."""
    pin_hash = member.find_pin_hash if member is not None and by is Finding.PIN else ""
    fits_pin = hashing.fits(pin_hash or hashing.nobodys(), vault.keyed_pin(secret), hasher) and pin_hash != ""
    birthday = birthday_of(member.birth_date) if member is not None else ""
    fits_birthday = hmac.compare_digest(birthday, secret)
    return fits_pin if by is Finding.PIN else fits_birthday


def _with_number(organization_id: str, number: str) -> MemberRow | None:
    with reading():
        is_it = (MemberRow.organization == organization_id) & (MemberRow.number == number)
        return MemberRow.get_or_none(is_it)


def _count(kiosk: KnownKiosk, number: str, at: datetime) -> datetime | None:
    """One more for the kiosk and for the number, committed when this returns; or until when neither is looked at."""
    counted: list[tuple[str, FindTries]] = []
    with writing():
        _queue(kiosk.organization_id)
        for subject, most, rests in (
            (_of_kiosk(kiosk), TRIES_A_KIOSK, KIOSK_RESTS),
            (_of_number(number), TRIES_A_NUMBER, NUMBER_RESTS),
        ):
            step = one_more(_tries(kiosk.organization_id, subject), at, most, rests)
            if isinstance(step, FindWait):
                return step.until
            counted.append((subject, step))
        for subject, tries in counted:
            _note(kiosk.organization_id, subject, tries, at)
    return None


def _uncount(kiosk: KnownKiosk, number: str) -> None:
    """It was right. The number begins anew; the kiosk has one less, so that nobody wins tries by their own number."""
    _queue(kiosk.organization_id)
    FindTryRow.delete().where(
        FindTryRow.organization == kiosk.organization_id, FindTryRow.subject == _of_number(number)
    ).execute()
    at_kiosk = one_less(_tries(kiosk.organization_id, _of_kiosk(kiosk)))
    FindTryRow.update({FindTryRow.count: at_kiosk.count}).where(
        FindTryRow.organization == kiosk.organization_id, FindTryRow.subject == _of_kiosk(kiosk)
    ).execute()


def _queue(organization_id: str) -> None:
    """Tries come one after another, or two at once would be counted as one."""
    for_update(OrganizationRow.select().where(OrganizationRow.id == organization_id)).get()


def _tries(organization_id: str, subject: str) -> FindTries:
    row = FindTryRow.get_or_none(FindTryRow.organization == organization_id, FindTryRow.subject == subject)
    return FindTries(count=row.count, since_at=row.since_at) if row else FindTries()


def _note(organization_id: str, subject: str, tries: FindTries, at: datetime) -> None:
    same = (FindTryRow.organization == organization_id) & (FindTryRow.subject == subject)
    changes = {FindTryRow.count: tries.count, FindTryRow.since_at: tries.since_at}
    if not FindTryRow.update(changes).where(same).execute():
        FindTryRow.create(
            id=new_id(at), organization=organization_id, subject=subject, count=tries.count, since_at=tries.since_at
        )


def _of_kiosk(kiosk: KnownKiosk) -> str:
    return f"kiosk:{kiosk.id}"


def _of_number(number: str) -> str:
    return f"number:{number}"
