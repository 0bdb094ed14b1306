"""All that one member may show at a door: their cards, a card for today, a page on their phone. For staff's page."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from core import cards, clocktime, messages
from core.cards import CardCode, CardKind
from core.errors import Conflict, NotFound
from core.model import CardState
from core.temporary_cards import good_until
from server.printing.artwork import CardFace, CardWords, Sheet, draw_sheet
from server.services.desk.inbox.copied import members_in_doubt
from server.services.door.as_core import card_state_at
from server.services.door.changes import touch_member
from server.services.door.facts import lock_member
from server.services.door.vault import CodeVault
from server.services.fleet.cards import face_with
from server.services.fleet.sealing import sealed_name
from server.services.people.ours import ours
from server.services.people.rights import Asker, Right, require
from server.store.database import reading, writing
from server.store.ids import new_id, random_bits
from server.store.tables import CardRow, MemberRow, OrganizationRow, VenueRow


@dataclass(frozen=True, kw_only=True, slots=True)
class HeldCard:
    """One card of a member's. `may_print`: its code is known here; a phone's is not, nor one that a kiosk made."""

    id: str
    kind: CardKind
    state: CardState
    issued_at: datetime
    expires_at: datetime | None
    may_print: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class MembersCards:
    """Newest first. `is_copied`: one of them was at two places at once, and nobody has answered that yet."""

    member_id: str
    name: str
    number: str
    zone: str
    held: tuple[HeldCard, ...]
    is_copied: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class LentCard:
    """A card for a while. Its code is on what is printed or shown, and lies encrypted in the vault's keeping."""

    card_id: str
    code: CardCode
    first_name: str
    expires_at: datetime


def cards_of_member(organization_id: str, member_id: str, by: Asker, at: datetime, vault: CodeVault) -> MembersCards:
    """Raises `NotFound`, `Forbidden`."""
    with reading():
        require(organization_id, by, Right.SERVE)
        member = ours(MemberRow, organization_id, member_id, "member")
        rows = CardRow.select().where(CardRow.member == member_id).order_by(CardRow.issued_at.desc(), CardRow.id.desc())
        return MembersCards(
            member_id=member_id,
            name=f"{member.first_name} {member.last_name}".strip(),
            number=member.number,
            zone=_zone(organization_id),
            held=tuple(_held(row, at, vault) for row in rows),
            is_copied=member_id in members_in_doubt(organization_id, at),
        )


def lend_card(
    organization_id: str, member_id: str, by: Asker, at: datetime, vault: CodeVault, *, until: datetime | None = None
) -> LentCard:  # fmt: skip
    """A temporary card; their own goes on working. Raises `NotFound`, `Forbidden`, and `Invalid` for another end."""
    with writing():
        require(organization_id, by, Right.SERVE)
        member = lock_member(organization_id, member_id)
        expires_at = good_until(at, _zone(organization_id), until)
        code, card_id = cards.new_code(random_bits), new_id(at)
        CardRow.create(
            id=card_id,
            organization=organization_id,
            member=member_id,
            kind=CardKind.TEMPORARY.value,
            fingerprint=code.fingerprint,
            code_encrypted=vault.seal(code),
            sealed_name=sealed_name(code, member.first_name, member.language),
            issued_at=at,
            expires_at=expires_at,
            because=f"lent by {by.name}",
        )
        touch_member(organization_id, member_id)
    return LentCard(card_id=card_id, code=code, first_name=member.first_name, expires_at=expires_at)


def face_of_card(
    organization_id: str, card_id: str, by: Asker, at: datetime, vault: CodeVault, language: str
) -> CardFace:  # fmt: skip
    """As it is printed; a temporary one says that it is, and until when. Raises `NotFound`, `Forbidden`, `Conflict`."""
    with reading():
        require(organization_id, by, Right.SERVE)
        row = ours(CardRow, organization_id, card_id, "card")
        if row.kind == CardKind.PHONE.value or card_state_at(row, at) is not CardState.ACTIVE:
            raise NotFound("card.not_found", id=card_id)
        member, organization = MemberRow.get_by_id(row.member_id), OrganizationRow.get_by_id(organization_id)
        code = vault.open(row.code_encrypted)
        if row.expires_at is None:
            return face_with(organization, member, code)
        zone = _zone(organization_id)
        words = CardWords(until=messages.say(language, "card.temporary.label"))
        return face_with(organization, member, code, words=words, good_until=_moment(row.expires_at, zone))


def card_pdf(organization_id: str, card_id: str, by: Asker, at: datetime, vault: CodeVault, language: str) -> bytes:
    """The card on a sheet of A4, where a whole sheet's first card stands. Raises as `face_of_card`."""
    return draw_sheet([face_of_card(organization_id, card_id, by, at, vault, language)], Sheet.A4)


def _held(row: CardRow, at: datetime, vault: CodeVault) -> HeldCard:
    state = card_state_at(row, at)
    return HeldCard(
        id=row.id,
        kind=CardKind(row.kind),
        state=state,
        issued_at=row.issued_at,
        expires_at=row.expires_at,
        may_print=state is CardState.ACTIVE and row.kind != CardKind.PHONE.value and _is_known(row, vault),
    )


def _is_known(row: CardRow, vault: CodeVault) -> bool:
    try:
        vault.open(row.code_encrypted)
    except Conflict:
        return False
    return True


def _zone(organization_id: str) -> str:
    venue = VenueRow.select().where(VenueRow.organization == organization_id).order_by(VenueRow.id).first()
    return str(venue.zone) if venue else "UTC"


def _moment(at: datetime, zone_name: str) -> str:
    """`21.11. 23:59`: the last minute it is good, as short as a card needs it."""
    local = (at - timedelta(minutes=1)).astimezone(clocktime.zone_named(zone_name))
    return f"{local.day}.{local.month}. {local:%H:%M}"
