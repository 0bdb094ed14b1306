"""What staff, or a file they bring, correct of a member: name, e-mail and phone. All else has verbs of its own."""

from dataclasses import dataclass
from datetime import datetime

from core.errors import Conflict
from server.services.door.changes import touch_member
from server.services.door.facts import lock_member
from server.services.door.vault import CodeVault
from server.services.fleet.households import seal_household
from server.services.people import words
from server.services.people.members import member_with_email
from server.services.people.rights import Asker, Right, require
from server.services.portal.signing_in import end_all
from server.store.database import writing
from server.store.tables import HouseholdRow, MemberRow


@dataclass(frozen=True, kw_only=True, slots=True)
class Correction:
    """None: as it was."""

    first_name: str | None = None
    last_name: str | None = None
    email: str | None = None
    phone: str | None = None


def correct_member(
    organization_id: str, member_id: str, correction: Correction, by: Asker, at: datetime, vault: CodeVault
) -> None:
    """From now on so, also on their cards. With another e-mail they are signed in nowhere any more, and no link that
    went to the old one signs anybody in: its mailbox may be somebody else's.

    Raises `NotFound`, `Invalid`, `Forbidden`, and `Conflict` for an e-mail that another member has, or somebody who
    was erased.
    """
    with writing():
        require(organization_id, by, Right.SERVE)
        row = lock_member(organization_id, member_id)
        if row.erased_at is not None:
            raise Conflict("member.erased")
        before, address_before = row.first_name, row.email
        if correction.first_name is not None:
            row.first_name = words.required("first_name", correction.first_name)
        if correction.last_name is not None:
            row.last_name = words.optional("last_name", correction.last_name)
        if correction.phone is not None:
            row.phone = words.optional("phone", correction.phone, longest=40)
        if correction.email is not None:
            row.email = words.email(correction.email)
            _refuse_anothers(organization_id, row)
        row.save()
        if row.email != address_before:
            end_all(member_id, at)
        if row.first_name != before:
            for leader_id in (member_id, *_who_lead(member_id)):
                seal_household(organization_id, leader_id, vault)
        touch_member(organization_id, member_id)


def _refuse_anothers(organization_id: str, row: MemberRow) -> None:
    known = member_with_email(organization_id, row.email) if row.email else None
    if known not in (None, row.id):
        other = MemberRow.get_by_id(known)
        raise Conflict(
            "member.email_taken", email=row.email, name=f"{other.first_name} {other.last_name}".strip(), id=other.id
        )


def _who_lead(member_id: str) -> list[str]:
    return [row.leader_id for row in HouseholdRow.select().where(HouseholdRow.led == member_id)]
