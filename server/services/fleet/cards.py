"""Cards: issued, replaced when lost, revoked, and drawn again from the code that only this installation can open."""

from collections.abc import Sequence
from datetime import datetime

from core import cards
from core.cards import CardCode, CardKind
from core.errors import Conflict, NotFound
from server.printing.artwork import CardFace, CardWords
from server.services.door.changes import touch_member
from server.services.door.facts import lock_member
from server.services.door.vault import CodeVault
from server.services.fleet.households import seal_if_leads
from server.services.fleet.sealing import sealed_name
from server.services.people.ours import ours
from server.services.people.rights import Asker, Right, require
from server.store.database import reading, writing
from server.store.ids import new_id, random_bits
from server.store.tables import CardRow, MemberRow, OrganizationRow

PLAIN_COLOUR = "#c8553d"
WORDS = CardWords()


def issue_card(organization_id: str, member_id: str, by: Asker, at: datetime, vault: CodeVault) -> CardCode:
    """A new card for a member; cards they have go on working. Raises `NotFound`, `Forbidden`."""
    with writing():
        require(organization_id, by, Right.SERVE)
        member = lock_member(organization_id, member_id)
        return _issue(organization_id, member, at, vault)


def replace_lost_card(organization_id: str, member_id: str, by: Asker, at: datetime, vault: CodeVault) -> CardCode:
    """A new card; whoever shows an old one is told that it was replaced. Their phone's page goes on.

    Raises `NotFound`, `Forbidden`.
    """
    with writing():
        require(organization_id, by, Right.SERVE)
        member = lock_member(organization_id, member_id)
        CardRow.update({CardRow.replaced_at: at, CardRow.because: "lost"}).where(
            CardRow.member == member_id,
            CardRow.kind != CardKind.PHONE.value,
            CardRow.replaced_at.is_null(),
            CardRow.revoked_at.is_null(),
        ).execute()
        return _issue(organization_id, member, at, vault)


def give_instead(
    organization_id: str, card_id: str, because: str, by: Asker, at: datetime, vault: CodeVault | None
) -> None:  # fmt: skip
    """This card is replaced, and the member has a new one to print; a phone's link only ends, since it must be shown.

    Raises `NotFound`, `Forbidden`, `Conflict` without the installation's key.
    """
    with writing():
        require(organization_id, by, Right.SERVE)
        row = ours(CardRow, organization_id, card_id, "card")
        member = lock_member(organization_id, row.member_id)
        CardRow.update({CardRow.replaced_at: at, CardRow.because: because}).where(
            CardRow.id == card_id, CardRow.replaced_at.is_null(), CardRow.revoked_at.is_null()
        ).execute()
        if row.kind == CardKind.PRINTED.value:
            if vault is None:
                raise Conflict("card.key_does_not_fit")
            _issue(organization_id, member, at, vault)
        touch_member(organization_id, row.member_id)


def revoke_card(organization_id: str, card_id: str, because: str, by: Asker, at: datetime) -> None:
    """It opens nothing any more, and is on every kiosk's deny list. Raises `NotFound`, `Forbidden`."""
    with writing():
        require(organization_id, by, Right.SERVE)
        row = ours(CardRow, organization_id, card_id, "card")
        lock_member(organization_id, row.member_id)
        CardRow.update({CardRow.revoked_at: at, CardRow.because: because}).where(
            CardRow.id == card_id, CardRow.revoked_at.is_null()
        ).execute()
        touch_member(organization_id, row.member_id)


def faces_to_print(organization_id: str, member_ids: Sequence[str], vault: CodeVault) -> list[CardFace]:
    """Each member's newest active card, in the order given. Raises `NotFound` for one without a card."""
    with reading():
        organization = OrganizationRow.get_by_id(organization_id)
        members = {
            row.id: row
            for row in MemberRow.select().where(
                MemberRow.organization == organization_id, MemberRow.id.in_(list(member_ids))
            )
        }
        newest: dict[str, CardRow] = {}
        for card in _active_of(member_ids).order_by(CardRow.issued_at, CardRow.id):
            newest[card.member_id] = card
        for member_id in member_ids:
            if member_id not in members:
                raise NotFound("member.not_found", id=member_id)
            if member_id not in newest:
                raise NotFound("card.none_issued", member_number=members[member_id].number)
        return [face_with(organization, members[id_], vault.open(newest[id_].code_encrypted)) for id_ in member_ids]


def face_of_code(code: CardCode, vault: CodeVault) -> CardFace | None:
    """The card with this code as it is printed; None if nobody has it."""
    with reading():
        card = CardRow.get_or_none(CardRow.fingerprint == code.fingerprint)
        if card is None:
            return None
        return face_with(OrganizationRow.get_by_id(card.organization_id), MemberRow.get_by_id(card.member_id), code)


def _issue(organization_id: str, member: MemberRow, at: datetime, vault: CodeVault) -> CardCode:
    code = cards.new_code(random_bits)
    CardRow.create(
        id=new_id(at),
        organization=organization_id,
        member=member.id,
        fingerprint=code.fingerprint,
        code_encrypted=vault.seal(code),
        sealed_name=sealed_name(code, member.first_name, member.language),
        issued_at=at,
    )
    touch_member(organization_id, member.id)
    seal_if_leads(organization_id, member.id, vault)
    return code


def _active_of(member_ids: Sequence[str]):  # type: ignore[no-untyped-def]
    """Their own cards, which last."""
    return CardRow.select().where(
        CardRow.member.in_(list(member_ids)),
        CardRow.kind == CardKind.PRINTED.value,
        CardRow.replaced_at.is_null(),
        CardRow.revoked_at.is_null(),
    )


def face_with(
    organization: OrganizationRow,
    member: MemberRow,
    code: CardCode,
    *,
    words: CardWords = WORDS,
    good_until: str = "",
) -> CardFace:
    """What stands on a card with this code. `good_until`: on a temporary one."""
    return CardFace(
        studio_name=organization.name,
        colour=organization.colour or PLAIN_COLOUR,
        first_name=member.first_name,
        last_name=member.last_name,
        member_number=member.number,
        since_year=int(member.member_since[:4]),
        code=code,
        words=words,
        good_until=good_until,
    )
