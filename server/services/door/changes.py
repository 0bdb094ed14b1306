"""What kiosks must hear of: every change of a subject gets the organization's next version, in the same transaction."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from server.store.database import at_the_end
from server.store.ids import new_mark
from server.store.many import put_all
from server.store.tables import ChangeRow, OrganizationRow, ReplicaMarkRow

MEMBER = "member"
SESSION = "session"
POLICY = "policy"
VENUE = "venue"
STAFF = "staff"


def touch_member(organization_id: str, member_id: str) -> None:
    """Something a kiosk knows of this member changed: facts, cards, language. Call it wherever that happens."""
    touch(organization_id, MEMBER, member_id)


def touch_members(organization_id: str, member_ids: Iterable[str]) -> None:
    """`touch_member` for many at once, each with a version of its own."""
    _touch_all(organization_id, MEMBER, member_ids)


def touch_session(organization_id: str, session_id: str) -> None:
    """A session was made, moved, cancelled, or its places taken changed."""
    touch(organization_id, SESSION, session_id)


def touch_sessions(organization_id: str, session_ids: Iterable[str]) -> None:
    """`touch_session` for many at once."""
    _touch_all(organization_id, SESSION, session_ids)


def touch(organization_id: str, kind: str, subject_id: str) -> None:
    """The version is taken as the transaction ends, so that versions become visible in their order, none left out."""
    _touch_all(organization_id, kind, (subject_id,))


@dataclass(slots=True)
class _Touched:
    """What one transaction changed of an organization; as it ends, each subject gets a version."""

    organization_id: str
    subjects: set[tuple[str, str]] = field(default_factory=set)

    def __call__(self) -> None:
        _give_next_versions(self.organization_id, sorted(self.subjects))


def _touch_all(organization_id: str, kind: str, subject_ids: Iterable[str]) -> None:
    subjects = {(kind, subject_id) for subject_id in subject_ids}
    if subjects:
        touched = at_the_end((_Touched, organization_id), lambda: _Touched(organization_id))
        touched.subjects |= subjects


def version_of(organization_id: str) -> int:
    """The newest version there is. 0: nothing changed yet."""
    found = OrganizationRow.select(OrganizationRow.replica_version).where(OrganizationRow.id == organization_id)
    return int(found.scalar() or 0)


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


def _give_next_versions(organization_id: str, subjects: Sequence[tuple[str, str]]) -> None:
    counter = OrganizationRow.replica_version
    counted = OrganizationRow.update({counter: counter + len(subjects)}).where(OrganizationRow.id == organization_id)
    [newest] = (int(row.replica_version) for row in counted.returning(counter).execute())
    ReplicaMarkRow.insert(organization=organization_id, version=newest, mark=new_mark()).execute()
    first = newest - len(subjects) + 1
    put_all(
        ChangeRow,
        {ChangeRow.organization: organization_id},
        (ChangeRow.kind, ChangeRow.subject_id, ChangeRow.version),
        [(kind, subject_id, first + place) for place, (kind, subject_id) in enumerate(subjects)],
    )
