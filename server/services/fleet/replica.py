"""What a kiosk is given to know: the inputs of the decision for its venue, as deltas by version.

Names are sealed to their cards; e-mail, phone, birth date and last name never leave the server.
"""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from core.cards import CardKind
from core.facts import AROUND, Facts
from core.model import CardState
from core.phone_codes import PhonePeriod
from core.protocol import MemberRecord, ReplicaPart, SealedCard, StaffVerifier
from server.services.door.as_core import card_state
from server.services.door.changes import MEMBER, mark_of, version_of
from server.services.door.day import rows_around
from server.services.door.facts import Asking, FactsOfMany, facts_of_many
from server.services.door.kiosks import KnownKiosk
from server.services.door.policies import policy_in_force
from server.services.fleet.phone_links import periods_by_card
from server.services.people.rights import RIGHTS, Right, Role
from server.store.database import reading
from server.store.tables import (
    CardRow,
    ChangeRow,
    DeviceRow,
    MemberRow,
    OrganizationRow,
    SessionRow,
    StaffCardRow,
    StaffRow,
    SuspensionRow,
    VenueRow,
)

MEMBERS_A_PART = 500


def replica_since(
    kiosk: KnownKiosk, since: int, at: datetime, *, mark: str = "", limit: int = MEMBERS_A_PART
) -> ReplicaPart:
    """What changed after version `since`, at most `limit` members of it, in the order of versions.

    `mark` came with that version; if it is not ours, the kiosk learned it from a server that was since restored from
    a backup, and is told to begin again. Sessions reach as far ahead as the kiosk may answer alone, and 36 hours more.
    """
    with reading():
        venue = (
            VenueRow.select(VenueRow, OrganizationRow).join(OrganizationRow).where(VenueRow.id == kiosk.venue_id).get()
        )
        newest = int(venue.organization.replica_version)
        is_ours = _is_ours(kiosk.organization_id, since, mark, newest)
        since = since if is_ours else 0
        changed = _changed(kiosk.organization_id, since, limit)
        policy = policy_in_force(kiosk.organization_id, kiosk.venue_id, at)
        is_complete = len(changed) < limit
        version = newest if is_complete else changed[-1][1]
        ahead = policy.offline.reservation_list_age + AROUND
        around = rows_around(kiosk.organization_id, kiosk.venue_id, at, ahead=ahead)
        found, members = _looked_up(kiosk, changed, around, at)
        return ReplicaPart(
            version=version,
            mark=mark_of(kiosk.organization_id, version),
            is_anew=not is_ours,
            is_complete=is_complete,
            denied=_denied(kiosk.organization_id, at),
            staff=_staff(kiosk.organization_id),
            members=members,
            sessions=tuple(found.sessions[row.id] for row in around),
            policy=policy,
            venue_id=venue.id,
            venue_name=venue.name,
            organization_name=venue.organization.name,
            zone=venue.zone,
            colour=venue.organization.colour,
            kiosks_at_venue=_kiosks(venue.id),
        )


def is_news(kiosk: KnownKiosk, since: int, mark: str = "") -> bool:
    """Whether anything changed since that version, or it is another than ours of the same number."""
    with reading():
        newest = version_of(kiosk.organization_id)
        return newest != since or not _is_ours(kiosk.organization_id, since, mark, newest)


def _is_ours(organization_id: str, version: int, mark: str, newest: int) -> bool:
    """A kiosk of an older make knows no marks: of it only a version that lies ahead of ours is seen to be foreign."""
    return version <= newest and (not mark or version == 0 or mark_of(organization_id, version) == mark)


def _changed(organization_id: str, since: int, limit: int) -> list[tuple[str, int]]:
    query = (
        ChangeRow.select(ChangeRow.subject_id, ChangeRow.version)
        .where(ChangeRow.organization == organization_id, ChangeRow.kind == MEMBER, ChangeRow.version > since)
        .order_by(ChangeRow.version)
        .limit(limit)
    )
    return [(str(subject), int(version)) for subject, version in query.tuples()]


def _looked_up(
    kiosk: KnownKiosk, changed: list[tuple[str, int]], around: list[SessionRow], at: datetime
) -> tuple[FactsOfMany, tuple[MemberRecord, ...]]:
    """(the facts of those who changed, with the sessions around; what the kiosk is given of each)."""
    ids = [member_id for member_id, _ in changed]
    is_ours = MemberRow.organization == kiosk.organization_id
    rows = list(MemberRow.select().where(is_ours, MemberRow.id.in_(ids))) if ids else []
    found = facts_of_many(kiosk.organization_id, rows, Asking(venue_id=kiosk.venue_id, at=at), around)
    numbers = {row.id: row.number for row in rows}
    return found, _records(changed, found.facts, numbers) if ids else ()


def _records(
    changed: list[tuple[str, int]], facts: Mapping[str, Facts], numbers: Mapping[str, str]
) -> tuple[MemberRecord, ...]:
    ids = [member_id for member_id, _ in changed]
    cards: dict[str, list[SealedCard]] = defaultdict(list)
    rows = list(CardRow.select().where(CardRow.member.in_(ids)).order_by(CardRow.issued_at, CardRow.id))
    phones = periods_by_card([row.id for row in rows if row.kind == CardKind.PHONE.value])
    for row in rows:
        cards[row.member_id].append(_sealed(row, phones.get(row.id, ())))
    return tuple(
        MemberRecord(
            member_id=member_id,
            version=version,
            number=numbers.get(member_id, ""),
            facts=_unexplained(facts[member_id]) if member_id in facts else None,
            cards=tuple(cards[member_id]),
        )
        for member_id, version in changed
    )


def _sealed(row: CardRow, phone: tuple[PhonePeriod, ...]) -> SealedCard:
    """Of a phone's link that is over only that it is over."""
    state = card_state(row)
    is_over = row.kind == CardKind.PHONE.value and state is not CardState.ACTIVE
    return SealedCard(
        card=row.fingerprint,
        member_id=row.member_id,
        state=state.value,
        sealed="" if is_over else row.sealed_name,
        expires_at=row.expires_at,
        phone=() if is_over else phone,
    )


def _unexplained(facts: Facts) -> Facts:
    """Why staff lifted a reason is between them and the member, and no kiosk's business."""
    return replace(facts, overrides=tuple(replace(one, because="") for one in facts.overrides))


def _denied(organization_id: str, at: datetime) -> tuple[str, ...]:
    suspended = SuspensionRow.select(SuspensionRow.member).where(
        SuspensionRow.organization == organization_id,
        SuspensionRow.starts_at <= at,
        SuspensionRow.ends_at > at,
        SuspensionRow.lifted_at.is_null() | (SuspensionRow.lifted_at > at),
    )
    rows = CardRow.select(CardRow.fingerprint).where(
        CardRow.organization == organization_id, CardRow.revoked_at.is_null(False) | CardRow.member.in_(suspended)
    )
    return tuple(sorted(row.fingerprint for row in rows))


def _staff(organization_id: str) -> tuple[StaffVerifier, ...]:
    """Of everybody who works here now, has a card and set a PIN for it."""
    rows = (
        StaffCardRow.select(StaffCardRow, StaffRow)
        .join(StaffRow)
        .where(
            StaffCardRow.organization == organization_id,
            StaffCardRow.revoked_at.is_null(),
            StaffCardRow.verifier != "",
            StaffRow.left_at.is_null(),
        )
        .order_by(StaffCardRow.id)
    )
    return tuple(
        StaffVerifier(
            card=row.fingerprint,
            staff_id=row.staff_id,
            verifier=row.verifier,
            sealed=row.sealed_name,
            may_serve=Right.SERVE in RIGHTS[Role(row.staff.role)],
        )
        for row in rows
    )


def _kiosks(venue_id: str) -> int:
    return int(
        DeviceRow.select()
        .where(DeviceRow.venue == venue_id, DeviceRow.revoked_at.is_null(), DeviceRow.retired_at.is_null())
        .count()
    )
