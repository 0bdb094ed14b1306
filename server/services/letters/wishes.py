"""What members want to be written: their choices, and the link at the foot of a mail that makes one of them.

The link is good without signing in, for that one choice, and nothing is kept of it: the vault knows its own.
"""

import hmac
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime

from core.errors import Invalid, NotFound
from core.letters import CHOICES, LETTERS, Channel, Group, HeldBecause, LetterState
from core.messages import language_for
from server.services.door.facts import lock_member
from server.services.door.vault import CodeVault
from server.services.letters.values import Choice
from server.services.people.ours import ours
from server.services.people.rights import Asker, Right, require_for_member
from server.store.database import reading, writing
from server.store.ids import new_id
from server.store.tables import LetterRow, LetterWishRow, MemberRow, OrganizationRow

STOP_PAGE = "/unsubscribe/"
USE = "letters"


@dataclass(frozen=True, kw_only=True, slots=True)
class StopLink:
    """Whose choice a link makes, and which. `language` is the member's."""

    member_id: str
    studio: str
    language: str
    choice: Choice


def choices_of(organization_id: str, member_id: str, by: Asker) -> tuple[Choice, ...]:
    """All that may be chosen, for staff who serve and for the member themselves. Raises `NotFound`, `Forbidden`."""
    with reading():
        _require(organization_id, member_id, by)
        return _choices(member_id)


def choose(
    organization_id: str, member_id: str, chosen: Collection[Choice], by: Asker, at: datetime
) -> tuple[Choice, ...]:  # fmt: skip
    """Change those named, leave the others; what stands then. Letters that wait follow what was chosen last.

    Raises `Invalid` for what nobody can choose, `NotFound`, `Forbidden`.
    """
    for choice in chosen:
        if (choice.group, choice.channel) not in CHOICES:
            raise Invalid("letter.no_choice", group=choice.group.value, channel=choice.channel.value)
    with writing():
        _require(organization_id, member_id, by)
        lock_member(organization_id, member_id)
        for choice in chosen:
            _write(organization_id, member_id, choice, at)
        return _choices(member_id)


def is_wanted(member_id: str, group: Group, channel: Channel) -> bool:
    """Inside a transaction: what they chose, else yes."""
    return next((c.is_wanted for c in _choices(member_id) if (c.group, c.channel) == (group, channel)), True)


def stop_token(member_id: str, group: Group, channel: Channel, vault: CodeVault) -> str:
    """What stands at the end of the link: who, what, and a mark that only this installation can make."""
    subject = f"{member_id}.{group.value}.{channel.value}"
    return f"{subject}.{vault.member_secret(USE, subject)}"


def read_stop_link(token: str, vault: CodeVault) -> StopLink:
    """Raises `NotFound` for a link that this house never made, or of a member who is gone."""
    with reading():
        return _read(token, vault)


def follow_stop_link(token: str, vault: CodeVault, at: datetime, *, is_wanted: bool = False) -> StopLink:
    """Make its choice, or take it back; twice is once. Raises `NotFound` as `read_stop_link`."""
    with writing():
        link = _read(token, vault)
        row = MemberRow.get_by_id(link.member_id)
        lock_member(row.organization_id, row.id)
        choice = Choice(group=link.choice.group, channel=link.choice.channel, is_wanted=is_wanted)
        _write(row.organization_id, row.id, choice, at)
        return StopLink(member_id=row.id, studio=link.studio, language=link.language, choice=choice)


def _read(token: str, vault: CodeVault) -> StopLink:
    subject, _, mark = token.rpartition(".")
    named = subject.split(".")
    is_right = mark.isascii() and hmac.compare_digest(vault.member_secret(USE, subject), mark)
    row = MemberRow.get_or_none(MemberRow.id == named[0]) if is_right and len(named) == 3 else None
    if row is None:
        raise NotFound("letter.link_unknown")
    studio = OrganizationRow.get_by_id(row.organization_id)
    group, channel = Group(named[1]), Channel(named[2])
    return StopLink(
        member_id=row.id,
        studio=studio.name,
        language=language_for(row.language or studio.language),
        choice=Choice(group=group, channel=channel, is_wanted=is_wanted(row.id, group, channel)),
    )


def _require(organization_id: str, member_id: str, by: Asker) -> None:
    require_for_member(organization_id, by, Right.SERVE, member_id, NotFound("member.not_found", id=member_id))
    ours(MemberRow, organization_id, member_id, "member")


def _choices(member_id: str) -> tuple[Choice, ...]:
    rows = LetterWishRow.select().where(LetterWishRow.member == member_id)
    chosen: Mapping[tuple[str, str], bool] = {(row.group, row.channel): row.is_wanted for row in rows}
    return tuple(
        Choice(group=group, channel=channel, is_wanted=chosen.get((group.value, channel.value), True))
        for group, channel in CHOICES
    )


def _write(organization_id: str, member_id: str, choice: Choice, at: datetime) -> None:
    """The member is locked. What waits and is not wanted any more is held; what was held stays so."""
    group, channel = choice.group.value, choice.channel.value
    is_it = (LetterWishRow.member == member_id) & (LetterWishRow.group == group) & (LetterWishRow.channel == channel)
    row = LetterWishRow.get_or_none(is_it)
    if row is None:
        row = LetterWishRow(id=new_id(at), organization=organization_id, member=member_id, group=group, channel=channel)
        row.is_wanted, row.changed_at = choice.is_wanted, at
        row.save(force_insert=True)
    else:
        row.is_wanted, row.changed_at = choice.is_wanted, at
        row.save()
    if not choice.is_wanted:
        kinds = [kind.value for kind, letter in LETTERS.items() if letter.group is choice.group]
        held = {"state": LetterState.HELD.value, "held_because": HeldBecause.NOT_WANTED.value, "next_try_at": None}
        LetterRow.update(held).where(
            LetterRow.member == member_id,
            LetterRow.channel == channel,
            LetterRow.kind.in_(kinds),
            LetterRow.state == LetterState.WAITING.value,
        ).execute()
