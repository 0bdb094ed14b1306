"""Links by which members sign in: asked for by an address or sent by staff, told by mail, good once.

What is told in the letter stands in no table: the vault makes it of the row's id. Whoever asks learns nothing of who
has an address here: the answer, and the work before it, is the same for all.
"""

import hmac
from datetime import datetime

from core.errors import Conflict, Invalid, NotFound, TesseraError, Unauthenticated
from core.events import EventKind
from core.portal import ASKED_WITHIN, LINK_LASTS, MOST_FOR_ONE_ADDRESS, MOST_FROM_ONE_PLACE, wait_until
from server.services.door.vault import CodeVault
from server.services.events.announcing import Event, announce
from server.services.people import words
from server.services.people.ours import ours
from server.services.people.rights import Asker, Right, require
from server.store.database import reading, writing
from server.store.ids import new_id
from server.store.queueing import queue_for
from server.store.tables import MemberRow, MemberSignInRow, OrganizationRow, SignInAskedRow

SIGN_IN_LINK = "/my/sign-in/"
USE = "sign-in link"
ASKING = "links to sign in"


def sign_in_link(subject: str, vault: CodeVault, public_url: str) -> str:
    """The address for the letter. `subject` is the event's; `public_url` is where members reach this server."""
    return f"{public_url.rstrip('/')}{SIGN_IN_LINK}{token_of(subject, vault)}"


def token_of(sign_in_id: str, vault: CodeVault) -> str:
    """What only whoever got the letter has: the row's id, a dot, its secret."""
    return f"{sign_in_id}.{vault.member_secret(USE, sign_in_id)}"


def count_asking(email: str, place: str, at: datetime, vault: CodeVault) -> None:
    """Before anything is looked up. `place` is where it was asked from, such as a network address. Whoever asks at the
    same moment is counted one after another, so that asking in parallel gains nothing.

    Raises `Invalid` for what is no address, `Unauthenticated` (`portal.wait`, with `until`) for asking too often.
    """
    address = words.email(email, is_required=True)
    limits = [(vault.member_secret("asked for", address), MOST_FOR_ONE_ADDRESS)]
    limits += [(vault.member_secret("asked from", place), MOST_FROM_ONE_PLACE)] if place else []
    with writing():
        queue_for(ASKING)
        SignInAskedRow.delete().where(SignInAskedRow.asked_at <= at - ASKED_WITHIN).execute()
        for subject, most in limits:
            asked = SignInAskedRow.select(SignInAskedRow.asked_at).where(SignInAskedRow.subject == subject)
            if until := wait_until([moment for (moment,) in asked.tuples()], most, at):
                raise Unauthenticated("portal.wait", until=until.isoformat())
        for subject, _ in limits:
            SignInAskedRow.create(id=new_id(at), subject=subject, asked_at=at)


def ask_for_link(email: str, at: datetime) -> None:
    """A link for each active member with this address, one in each organization; for nobody's address, nothing.

    The door answers before it calls this, so that no clock tells the two apart. Raises `Invalid`.
    """
    address = words.email(email, is_required=True)
    with writing():
        mine = MemberRow.select().where(MemberRow.email == address, MemberRow.is_active)
        for row in mine.order_by(MemberRow.id):
            _write(row, "SELF", at)


def send_link(organization_id: str, member_id: str, by: Asker, at: datetime) -> None:
    """Staff have a link sent to a member. Raises `NotFound`, `Forbidden`, `Conflict` without an address."""
    with writing():
        require(organization_id, by, Right.SERVE)
        row = ours(MemberRow, organization_id, member_id, "member")
        if not row.email or not row.is_active:
            raise Conflict("portal.no_address", name=row.first_name)
        _write(row, "STAFF", at)


def own_link(organization_id: str, member_id: str, by: Asker, at: datetime, vault: CodeVault, public_url: str) -> str:
    """A link handed over at once, without a letter: a demo's, or a shell's. Raises `NotFound`, `Forbidden`."""
    with writing():
        require(organization_id, by, Right.RUN)
        row = ours(MemberRow, organization_id, member_id, "member")
        return sign_in_link(_make(row, at), vault, public_url)


def whose_link(token: str, at: datetime, vault: CodeVault) -> tuple[str, str]:
    """(first name, the studio's name) of a link that is still good; looking does not use it up.

    Raises `NotFound` for one that was used, is over, or never was: nobody learns which.
    """
    with reading():
        row, member = open_link(token, at, vault)
        return member.first_name, OrganizationRow.get_by_id(row.organization_id).name


def open_link(token: str, at: datetime, vault: CodeVault) -> tuple[MemberSignInRow, MemberRow]:
    """The link and whose it is, inside a transaction. Raises `NotFound` as `whose_link`."""
    sign_in_id, _, secret = token.partition(".")
    row = MemberSignInRow.get_or_none(MemberSignInRow.id == sign_in_id)
    is_right = hmac.compare_digest(vault.member_secret(USE, sign_in_id), secret) if secret.isascii() else False
    if row is None or not is_right or row.used_at is not None or at >= row.expires_at:
        raise link_over()
    member = MemberRow.get_by_id(row.member_id)
    if not member.is_active:
        raise link_over()
    return row, member


def is_address(text: str) -> bool:
    """Whether mail could be sent there at all."""
    try:
        words.email(text, is_required=True)
    except Invalid:
        return False
    return True


def link_over() -> TesseraError:
    """The same for a link that was used, ran out, or never was."""
    return NotFound("portal.link_over")


def _write(member: MemberRow, by: str, at: datetime) -> None:
    wanted = Event(
        organization_id=member.organization_id,
        kind=EventKind.SIGN_IN_WANTED,
        member_id=member.id,
        subject=_make(member, at),
        data={"by": by},
    )
    announce(wanted, at)


def _make(member: MemberRow, at: datetime) -> str:
    id_ = new_id(at)
    MemberSignInRow.create(
        id=id_, organization=member.organization_id, member=member.id, asked_at=at, expires_at=at + LINK_LASTS
    )
    return id_
