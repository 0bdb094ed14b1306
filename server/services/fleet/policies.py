"""Policies: each change makes the next version, with its place and its start; no version is ever changed."""

from dataclasses import dataclass, replace
from datetime import date, datetime

from peewee import fn

from core import clocktime, versions, wire
from core.errors import Invalid
from core.policy import Policy
from server.services.door.changes import POLICY, touch
from server.services.door.policies import policy_in_force
from server.services.fleet.policy_bounds import LONGEST_SPAN, refuse_impossible
from server.services.people import words
from server.services.people.ours import all_ours, ours
from server.services.people.rights import Asker, Right, require
from server.store.database import for_update, reading, writing
from server.store.ids import new_id
from server.store.tables import ChangeRow, ClassTypeRow, OrganizationRow, PolicyRow, VenueRow


@dataclass(frozen=True, kw_only=True, slots=True)
class NewVersion:
    """Numbers for a venue, or for the whole organization (None), from that local day's midnight on; None: from now on.

    Midnight is the venue's, and the organization's first venue's for a version of the whole organization.
    """

    policy: Policy
    venue_id: str | None = None
    starts_on: date | None = None
    because: str = ""


def change_policy(organization_id: str, policy: Policy, by: Asker, at: datetime, *, because: str = "") -> Policy:
    """`make_version` for the whole organization, from now on."""
    return make_version(organization_id, NewVersion(policy=policy, because=because), by, at)


def make_version(organization_id: str, new: NewVersion, by: Asker, at: datetime) -> Policy:
    """The numbers, with their version. Places that are reserved already are judged by the version they were made under.

    Raises `Forbidden`, `NotFound` for a venue or class type that is not ours, `Invalid` for numbers out of bounds, and
    for a start in the past or more than a year ahead.
    """
    refuse_impossible(new.policy)
    because = words.optional("because", new.because)
    with writing():
        require(organization_id, by, Right.PLAN)
        for_update(OrganizationRow.select().where(OrganizationRow.id == organization_id)).get()
        if new.venue_id is not None:
            ours(VenueRow, organization_id, new.venue_id, "venue")
        types = tuple(rule.class_type_id for rule in new.policy.class_rules)
        all_ours(ClassTypeRow, organization_id, types, "class_type")
        starts_at = _start(organization_id, new, at)
        before = policy_in_force(organization_id, new.venue_id, starts_at)
        made = replace(
            new.policy,
            version=newest_version(organization_id) + 1,
            grace_from_at=versions.grace_from(new.policy, starts_at, before),
        )
        PolicyRow.create(
            id=new_id(at),
            organization=organization_id,
            venue=new.venue_id,
            version=made.version,
            policy=wire.to_json(made),
            starts_at=starts_at,
            made_at=at,
            staff=by.staff_id,
            because=because,
        )
        if starts_at == at:
            touch(organization_id, POLICY, organization_id)
        return made


def tell_started(at: datetime) -> str:
    """Kiosks are given what is in force now; a version that began since it was made is one of the news they hear.

    By day, every minute, and not by the night's first look: a version begins at midnight, and for an hour kiosks would
    go on opening the door by the old one. Each is told once: its own line among the changes says that it was.
    """
    told = ChangeRow.select(ChangeRow.subject_id).where(
        ChangeRow.organization == PolicyRow.organization, ChangeRow.kind == POLICY
    )
    begun = PolicyRow.select(PolicyRow.id, PolicyRow.organization).where(
        PolicyRow.starts_at > PolicyRow.made_at, PolicyRow.starts_at <= at, PolicyRow.id.not_in(told)
    )
    with reading():
        found = [(str(id_), str(organization_id)) for id_, organization_id in begun.order_by(PolicyRow.id).tuples()]
    for id_, organization_id in found:
        with writing():
            touch(organization_id, POLICY, id_)
    return f"{len(found)} versions began" if found else ""


def _start(organization_id: str, new: NewVersion, at: datetime) -> datetime:
    if new.starts_on is None:
        return at
    venues = VenueRow.select().where(VenueRow.organization == organization_id).order_by(VenueRow.id)
    venue = venues.where(VenueRow.id == new.venue_id).first() if new.venue_id else venues.first()
    zone = clocktime.zone_named(venue.zone if venue else "UTC")
    today = clocktime.local_day(at, zone)
    if not today <= new.starts_on <= today + LONGEST_SPAN:
        latest = (today + LONGEST_SPAN).isoformat()
        raise Invalid("policy.starts_when", given=new.starts_on.isoformat(), least=today.isoformat(), most=latest)
    return max(at, clocktime.day_span(new.starts_on, zone)[0])


def newest_version(organization_id: str) -> int:
    """The highest number given so far; 0 if none was."""
    newest = PolicyRow.select(fn.MAX(PolicyRow.version)).where(PolicyRow.organization == organization_id)
    return int(newest.scalar() or 0)
