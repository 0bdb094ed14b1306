"""Who leads whom in: members whose card brings others with it. Staff say so; kiosks learn it sealed to the card.

A kiosk that lacks the network opens the names, and who they are, with the leading card's own code and nothing else.
"""

from collections.abc import Sequence
from datetime import datetime

from core import phone_codes
from core.cards import CardKind
from core.errors import Conflict, Invalid
from core.household import MOST_LED
from server.services.door.changes import touch_member
from server.services.door.facts import lock_member
from server.services.door.vault import CodeVault
from server.services.fleet.sealing import Led, sealed_name, sealed_under
from server.services.people.members import Member, as_member
from server.services.people.ours import ours
from server.services.people.rights import Asker, Right, require
from server.store.database import reading, writing
from server.store.ids import new_id
from server.store.tables import CardRow, HouseholdRow, MemberRow, PhoneLinkRow


def set_household(
    organization_id: str, leader_id: str, led_ids: Sequence[str], by: Asker, at: datetime, vault: CodeVault
) -> None:
    """From now on the leader's cards bring in exactly these, in this order. None: the leader comes alone again.

    Raises `Invalid` for the leader themselves or too many, `NotFound`, `Forbidden`.
    """
    led = tuple(dict.fromkeys(led_ids))
    if leader_id in led:
        raise Invalid("household.with_oneself")
    if len(led) > MOST_LED:
        raise Invalid("household.too_many", most=MOST_LED)
    with writing():
        require(organization_id, by, Right.SERVE)
        for member_id in sorted({leader_id, *led}):
            lock_member(organization_id, member_id)
        kept = {row.led_id: row for row in _rows(leader_id)}
        HouseholdRow.delete().where(HouseholdRow.leader == leader_id, HouseholdRow.led.not_in(led)).execute()
        for place, member_id in enumerate(led):
            if member_id in kept:
                HouseholdRow.update({HouseholdRow.place: place}).where(HouseholdRow.id == kept[member_id].id).execute()
                continue
            HouseholdRow.create(
                id=new_id(at), organization=organization_id, leader=leader_id, led=member_id, place=place,
                made_at=at, made_by=by.staff_id,
            )  # fmt: skip
        seal_household(organization_id, leader_id, vault)


def household_of(organization_id: str, leader_id: str, by: Asker) -> tuple[Member, ...]:
    """Whom this member's cards bring in besides them. Raises `NotFound`, `Forbidden`."""
    with reading():
        require(organization_id, by, Right.WELCOME)
        ours(MemberRow, organization_id, leader_id, "member")
        return tuple(as_member(row) for row in _led(leader_id))


def seal_household(organization_id: str, leader_id: str, vault: CodeVault) -> None:
    """Seal names anew to each card of the leader that still opens something. Inside a transaction.

    A card whose code the server never saw (a kiosk handed it out) leads nobody.
    """
    member = MemberRow.get_by_id(leader_id)
    led = tuple(Led(member_id=row.id, first_name=row.first_name) for row in _led(leader_id))
    open_cards = CardRow.select().where(
        CardRow.member == leader_id, CardRow.replaced_at.is_null(), CardRow.revoked_at.is_null()
    )
    for card in open_cards:
        sealed = _sealed(card, member, led, vault)
        if sealed is not None:
            CardRow.update({CardRow.sealed_name: sealed}).where(CardRow.id == card.id).execute()
    touch_member(organization_id, leader_id)


def seal_if_leads(organization_id: str, member_id: str, vault: CodeVault) -> None:
    """A new card of somebody who leads others brings those in too. Inside a transaction."""
    if _rows(member_id):
        seal_household(organization_id, member_id, vault)


def _sealed(card: CardRow, member: MemberRow, led: tuple[Led, ...], vault: CodeVault) -> str | None:
    if card.kind == CardKind.PHONE.value:
        link = PhoneLinkRow.get_or_none(PhoneLinkRow.card == card.id)
        if link is None:
            return None
        key = phone_codes.name_key_of(vault.open_phone(link.secret_encrypted))
        return sealed_under(key, card.fingerprint, member.first_name, member.language, led)
    try:
        code = vault.open(card.code_encrypted)
    except Conflict:
        return None
    return sealed_name(code, member.first_name, member.language, led)


def _rows(leader_id: str) -> list[HouseholdRow]:
    return list(HouseholdRow.select().where(HouseholdRow.leader == leader_id).order_by(HouseholdRow.place))


def _led(leader_id: str) -> list[MemberRow]:
    query = MemberRow.select().join(HouseholdRow, on=(HouseholdRow.led == MemberRow.id))
    return list(query.where(HouseholdRow.leader == leader_id).order_by(HouseholdRow.place, HouseholdRow.id))
