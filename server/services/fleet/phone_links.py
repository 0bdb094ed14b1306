"""Links to members' code pages: made by staff, opened by whoever has the link, ended by a new one or by blocking.

The token is in the link alone; here lies its hash. What makes the codes opens only with this installation's key.
"""

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from core import phone_codes, wire
from core.cards import CardKind
from core.errors import NotFound
from core.phone_codes import STEP, PhonePeriod
from server.services.door.changes import touch_member
from server.services.door.facts import lock_member
from server.services.door.policies import policy_in_force
from server.services.door.vault import CodeVault
from server.services.fleet.households import seal_if_leads
from server.services.fleet.sealing import sealed_under
from server.services.people.rights import Asker, Right, require_for_member
from server.store.database import reading, writing
from server.store.ids import hash_of, new_id, random_bits
from server.store.tables import CardRow, MemberRow, OrganizationRow, PhoneLinkRow, VenueRow

SECRET_BYTES = 32
AHEAD = timedelta(days=14)
"""For so long a phone that was online once shows codes without a network, and a copy of what it holds does too."""


@dataclass(frozen=True, kw_only=True, slots=True)
class GivenLink:
    """A link that was made. The token is told once, to whoever gives it on."""

    token: str
    card_id: str
    first_name: str
    expires_at: datetime

    def __repr__(self) -> str:
        return f"GivenLink(card_id={self.card_id!r})"


@dataclass(frozen=True, kw_only=True, slots=True)
class PhonePage:
    """What a member's phone makes its codes from, for the next days. `posts`: see `core.phone_codes.posts_between`."""

    phone_id: str
    posts: tuple[tuple[int, str], ...]
    first_name: str
    language: str
    studio: str
    zone: str
    expires_at: datetime
    at: datetime

    def __repr__(self) -> str:
        return f"PhonePage(phone_id={self.phone_id!r})"


def give_phone_link(organization_id: str, member_id: str, by: Asker, at: datetime, vault: CodeVault) -> GivenLink:
    """A new link; an earlier one of this member is replaced by it. Members make their own.

    Raises `NotFound`, `Forbidden`.
    """
    token, secret = secrets.token_urlsafe(24), secrets.token_bytes(SECRET_BYTES)
    phone_id = phone_codes.new_phone_id(random_bits)
    with reading():
        expires_at = at + policy_in_force(organization_id, None, at).phone_link_length
    first, last = (phone_codes.period_of(phone_codes.step_at(moment)) for moment in (at - STEP, expires_at + STEP))
    periods = phone_codes.periods_between(secret, phone_id, first, last)
    fingerprint = phone_codes.fingerprint_of(phone_id)
    with writing():
        missing = NotFound("member.not_found", id=member_id)
        require_for_member(organization_id, by, Right.SERVE, member_id, missing)
        member = lock_member(organization_id, member_id)
        _replace_earlier(member_id, at)
        card_id = new_id(at)
        name = sealed_under(phone_codes.name_key_of(secret), fingerprint, member.first_name, member.language)
        CardRow.create(
            id=card_id,
            organization=organization_id,
            member=member_id,
            kind=CardKind.PHONE.value,
            fingerprint=fingerprint,
            code_encrypted="",
            sealed_name=name,
            issued_at=at,
            expires_at=expires_at,
        )
        PhoneLinkRow.create(
            id=new_id(at),
            organization=organization_id,
            card=card_id,
            phone_id=phone_id,
            token_hash=hash_of(token),
            secret_encrypted=vault.seal_phone(secret),
            periods=wire.to_json(periods),
            made_at=at,
            made_by=by.staff_id,
        )
        touch_member(organization_id, member_id)
        seal_if_leads(organization_id, member_id, vault)
    return GivenLink(token=token, card_id=card_id, first_name=member.first_name, expires_at=expires_at)


def phone_page(token: str, at: datetime, vault: CodeVault) -> PhonePage:
    """For whoever holds the link. Raises `NotFound` for one that is over, or never was: nobody learns which."""
    with reading():
        link = PhoneLinkRow.get_or_none(PhoneLinkRow.token_hash == hash_of(token))
        card = CardRow.get_by_id(link.card_id) if link else None
        if link is None or card is None or not _is_open(card, at):
            raise NotFound("phone_link.over")
        member = MemberRow.get_by_id(card.member_id)
        if not member.is_active:
            raise NotFound("phone_link.over")
        studio = OrganizationRow.get_by_id(card.organization_id).name
        venue = VenueRow.select().where(VenueRow.organization == card.organization_id).order_by(VenueRow.id).first()
    with writing():
        PhoneLinkRow.update({PhoneLinkRow.last_opened_at: at}).where(PhoneLinkRow.id == link.id).execute()
    secret = vault.open_phone(link.secret_encrypted)
    until = min(at + AHEAD, card.expires_at)
    return PhonePage(
        phone_id=link.phone_id,
        posts=phone_codes.posts_between(
            secret, link.phone_id, phone_codes.step_at(at - STEP), phone_codes.step_at(until)
        ),
        first_name=member.first_name,
        language=member.language,
        studio=studio,
        zone=venue.zone if venue else "UTC",
        expires_at=card.expires_at,
        at=at,
    )


def periods_by_card(card_ids: list[str]) -> dict[str, tuple[PhonePeriod, ...]]:
    """What kiosks hold of each of these phones. Inside `reading()`."""
    if not card_ids:
        return {}
    rows = PhoneLinkRow.select(PhoneLinkRow.card, PhoneLinkRow.periods).where(PhoneLinkRow.card.in_(card_ids))
    return {card_id: wire.from_json(tuple[PhonePeriod, ...], periods) for card_id, periods in rows.tuples()}


def _is_open(card: CardRow, at: datetime) -> bool:
    return card.revoked_at is None and card.replaced_at is None and at < card.expires_at


def _replace_earlier(member_id: str, at: datetime) -> None:
    CardRow.update({CardRow.replaced_at: at, CardRow.because: "a new link"}).where(
        CardRow.member == member_id,
        CardRow.kind == CardKind.PHONE.value,
        CardRow.replaced_at.is_null(),
        CardRow.revoked_at.is_null(),
    ).execute()
