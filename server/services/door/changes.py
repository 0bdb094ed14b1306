"""What kiosks must hear of: every change of a subject gets the organization's next version, in the same transaction."""

from collections.abc import Collection, Sequence

from peewee import EXCLUDED

from server.store.database import at_the_end
from server.store.ids import new_mark
from server.store.tables import ChangeRow, OrganizationRow, ReplicaMarkRow

MEMBER = "member"
SESSION = "session"
POLICY = "policy"
VENUE = "venue"
STAFF = "staff"


def touch_member(organization_id: str, member_id: str) -> None:
    """Something a kiosk knows of this member changed: facts, cards, language. Call it wherever that happens."""
    touch(organization_id, MEMBER, member_id)


def touch_members(organization_id: str, member_ids: Collection[str]) -> None:
    """`touch_member` for many at once, each with a version of its own."""
    ids = tuple(sorted(set(member_ids)))
    if ids:
        at_the_end((organization_id, MEMBER, ids), lambda: _give_next_versions(organization_id, MEMBER, ids))


def touch_session(organization_id: str, session_id: str) -> None:
    """A session was made, moved, cancelled, or its places taken changed."""
    touch(organization_id, SESSION, session_id)


def touch(organization_id: str, kind: str, subject_id: str) -> None:
    """The version is taken as the transaction ends, so that versions become visible in their order, none left out."""
    at_the_end((organization_id, kind, subject_id), lambda: _give_next_version(organization_id, kind, subject_id))


def version_of(organization_id: str) -> int:
    """The newest version there is. 0: nothing changed yet."""
    row = OrganizationRow.get_or_none(OrganizationRow.id == organization_id)
    return int(row.replica_version) if row else 0


def mark_of(organization_id: str, version: int) -> str:
    """What tells this version from another of the same number. Empty: it is not among those that are remembered.

    One mark stands for all the versions that one change gave.
    """
    row = (
        ReplicaMarkRow.select(ReplicaMarkRow.mark)
        .where(ReplicaMarkRow.organization == organization_id, ReplicaMarkRow.version >= version)
        .order_by(ReplicaMarkRow.version)
        .first()
    )
    return str(row.mark) if row else ""


def version_of_member(organization_id: str, member_id: str) -> int:
    """The version at which a member last changed, 0 if never."""
    row = ChangeRow.get_or_none(
        (ChangeRow.organization == organization_id) & (ChangeRow.kind == MEMBER) & (ChangeRow.subject_id == member_id)
    )
    return int(row.version) if row else 0


def _give_next_version(organization_id: str, kind: str, subject_id: str) -> None:
    _give_next_versions(organization_id, kind, (subject_id,))


def _give_next_versions(organization_id: str, kind: str, subject_ids: Sequence[str]) -> None:
    counter = OrganizationRow.replica_version
    OrganizationRow.update({counter: counter + len(subject_ids)}).where(OrganizationRow.id == organization_id).execute()
    newest = version_of(organization_id)
    first = newest - len(subject_ids) + 1
    ReplicaMarkRow.insert(organization=organization_id, version=newest, mark=new_mark()).execute()
    ChangeRow.insert_many(
        [
            {"organization": organization_id, "kind": kind, "subject_id": subject_id, "version": first + place}
            for place, subject_id in enumerate(subject_ids)
        ]
    ).on_conflict(
        conflict_target=[ChangeRow.organization, ChangeRow.kind, ChangeRow.subject_id],
        update={ChangeRow.version: EXCLUDED.version},
    ).execute()
