"""A member's browsers: each a row, known by a random token of which only the hash is kept, for ninety days of use."""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from core.errors import Forbidden, Unauthenticated
from core.portal import SESSION_LASTS, is_fresh
from server.services.door.vault import CodeVault
from server.services.people.rights import Asker, member_asking
from server.services.portal.links import link_over, open_link, sign_in_link
from server.store.database import for_update, reading, writing
from server.store.ids import hash_of, new_id
from server.store.tables import MemberRow, MemberSessionRow, MemberSignInRow, OrganizationRow, VenueRow

SEEN_EVERY = timedelta(hours=1)
"""How often it is worth a write, and a newer cookie, that somebody is still there."""

__all__ = ["MemberVisit", "SignedIn", "member_signed_in", "sign_in_link", "sign_in_with", "sign_out"]


@dataclass(frozen=True, kw_only=True, slots=True)
class SignedIn:
    """`token` is shown once: it belongs in the browser's cookie."""

    token: str
    expires_at: datetime

    def __repr__(self) -> str:
        return f"SignedIn(expires_at={self.expires_at!r})"


@dataclass(frozen=True, kw_only=True, slots=True)
class MemberVisit:
    """A member looks at their own pages. `renewed_until`: the cookie is to last so long from now on; None: as it is.

    `zone` is that of the studio's first venue; sessions elsewhere carry their own. `venues`: the names of all, by id.
    """

    asker: Asker
    member_id: str
    signed_in_at: datetime
    first_name: str
    language: str
    studio: str
    zone: str
    venues: Mapping[str, str] = field(default_factory=dict)
    renewed_until: datetime | None = None

    def in_language(self, language: str) -> "MemberVisit":
        """The same, read in another language: one that was chosen in that browser."""
        return replace(self, language=language)


def sign_in_with(token: str, at: datetime, vault: CodeVault, *, previous_token: str = "") -> SignedIn:
    """Uses the link up. The browser's earlier session ends. Raises `NotFound` for a link that is over."""
    fresh = secrets.token_urlsafe(32)
    with writing():
        link, _ = open_link(token, at, vault)
        # Two taps at once: whoever marks it first has it.
        unused = MemberSignInRow.update({MemberSignInRow.used_at: at}).where(
            MemberSignInRow.id == link.id, MemberSignInRow.used_at.is_null()
        )
        if not unused.execute():
            raise link_over()
        _end(MemberSessionRow.token_hash == hash_of(previous_token), at)
        MemberSessionRow.create(
            id=new_id(at),
            organization=link.organization_id,
            member=link.member_id,
            token_hash=hash_of(fresh),
            started_at=at,
            last_seen_at=at,
            expires_at=at + SESSION_LASTS,
        )
    return SignedIn(token=fresh, expires_at=at + SESSION_LASTS)


def member_signed_in(token: str, at: datetime) -> MemberVisit:
    """Whose browser this is. Raises `Unauthenticated` for a session that ended, ran out, or never was."""
    with reading():
        row = MemberSessionRow.get_or_none(
            MemberSessionRow.token_hash == hash_of(token),
            MemberSessionRow.ended_at.is_null(),
            MemberSessionRow.expires_at > at,
        )
        member = MemberRow.get_by_id(row.member_id) if row else None
        if row is None or member is None or not member.is_active:
            raise Unauthenticated("portal.sign_in_needed")
        organization = OrganizationRow.get_by_id(row.organization_id)
        venues = list(VenueRow.select().where(VenueRow.organization == organization.id).order_by(VenueRow.id))
    is_renewed = at - row.last_seen_at >= SEEN_EVERY
    if is_renewed:
        seen = {MemberSessionRow.last_seen_at: at, MemberSessionRow.expires_at: at + SESSION_LASTS}
        with writing():
            MemberSessionRow.update(seen).where(MemberSessionRow.id == row.id).execute()
    return MemberVisit(
        asker=member_asking(organization.id, member.id, f"{member.first_name} {member.last_name}".strip()),
        member_id=member.id,
        signed_in_at=row.started_at,
        first_name=member.first_name,
        language=member.language or organization.language,
        studio=organization.name,
        zone=venues[0].zone if venues else "UTC",
        venues={venue.id: venue.name for venue in venues},
        renewed_until=at + SESSION_LASTS if is_renewed else None,
    )


def sign_out(token: str, at: datetime) -> None:
    """Ends this browser's session; a token nobody has is no error."""
    with writing():
        _end(MemberSessionRow.token_hash == hash_of(token), at)


def sign_out_everywhere(organization_id: str, by: Asker, at: datetime) -> int:
    """Ends every session of the member who asks; how many. Links on their way end too."""
    with writing():
        member_id = _themselves(organization_id, by)
        return end_all(member_id, at)


def end_all(member_id: str, at: datetime) -> int:
    """Inside a transaction: this member is signed in nowhere, and no letter under way signs them in."""
    MemberSignInRow.update({MemberSignInRow.used_at: at}).where(
        MemberSignInRow.member == member_id, MemberSignInRow.used_at.is_null()
    ).execute()
    return _end(MemberSessionRow.member == member_id, at)


def require_fresh(visit: MemberVisit, at: datetime) -> None:
    """For what cannot be taken back. Raises `Forbidden`: sign in once more first."""
    if not is_fresh(visit.signed_in_at, at):
        raise Forbidden("portal.sign_in_again")


def themselves(organization_id: str, by: Asker) -> MemberRow:
    """The member who asks, locked; nobody else does this for them. Inside `writing()`. Raises `Forbidden`."""
    member_id = _themselves(organization_id, by)
    row = for_update(MemberRow.select().where(MemberRow.id == member_id)).first()
    if row is None or row.organization_id != organization_id:
        raise Forbidden("portal.themselves")
    return row


def _themselves(organization_id: str, by: Asker) -> str:
    if by.member_id is None or by.organization_id != organization_id:
        raise Forbidden("portal.themselves")
    return by.member_id


def _end(which: object, at: datetime) -> int:
    ended = MemberSessionRow.update({MemberSessionRow.ended_at: at}).where(which, MemberSessionRow.ended_at.is_null())
    return int(ended.execute())
