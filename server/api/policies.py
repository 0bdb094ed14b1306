"""Versions of the policy over HTTP: which there are, what is in force, the next one, and what it would have done."""

from typing import Annotated

from fastapi import APIRouter, Query

from core.scopes import Subject
from server.api import policy_shapes as shapes
from server.api.asking import By, Now, needs
from server.api.described import noes
from server.services.fleet.policies import NewVersion, make_version
from server.services.fleet.policies_shown import policy_now, policy_versions
from server.services.rehearsing.dry_run import Concerned, MemberRehearsed, Penalties, dry_run

router = APIRouter(prefix="/api/policies", tags=["policies"], dependencies=[needs(Subject.POLICIES)])
SomeId = Annotated[str | None, Query(min_length=1, max_length=80)]


@router.get("", response_model=shapes.PolicyVersionsTold, responses=noes())
def versions(by: By, at: Now) -> shapes.PolicyVersionsTold:
    """Every version there ever was and those still to begin, the newest first: for what, since when, by whom, why."""
    return shapes.PolicyVersionsTold(
        versions=[
            shapes.VersionTold(
                version=one.policy.version,
                venue_id=one.venue_id,
                starts_at=one.starts_at,
                made_at=one.made_at,
                by_name=one.by_name,
                because=one.because,
                is_in_force=one.is_in_force,
                numbers=shapes.numbers_of(one.policy),
            )
            for one in policy_versions(by.organization_id, by, at)
        ]
    )


@router.get(
    "/current", response_model=shapes.InForceTold, responses=noes("venue.not_found", "class_type.not_found")
)  # fmt: skip
def in_force(
    by: By,
    at: Now,
    venue_id: Annotated[SomeId, Query(alias="venueId", description="Unless given, the organization's own.")] = None,
    class_type_id: Annotated[SomeId, Query(alias="classTypeId")] = None,
) -> shapes.InForceTold:
    """What holds now at a venue. Places that are reserved already are judged by the version they were made under."""
    shown = policy_now(by.organization_id, venue_id, class_type_id, by, at)
    return shapes.InForceTold(
        version=shown.policy.version,
        numbers=shapes.numbers_of(shown.policy),
        rule=shapes.numbers_of(shown.rule) if shown.rule else None,
    )


@router.post(
    "",
    status_code=201,
    response_model=shapes.MadeTold,
    responses=noes("venue.not_found", "class_type.not_found"),
)
def version_made(by: By, at: Now, wanted: shapes.VersionWanted) -> shapes.MadeTold:
    """Make the next version. It begins at once or at midnight of a day to come; no place reserved before is changed."""
    before = policy_now(by.organization_id, wanted.venue_id, None, by, at).policy
    new = NewVersion(
        policy=shapes.with_numbers(before, wanted.numbers),
        venue_id=wanted.venue_id,
        starts_on=wanted.starts_on,
        because=wanted.because,
    )
    made = make_version(by.organization_id, new, by, at)
    return shapes.MadeTold(version=made.version, numbers=shapes.numbers_of(made))


@router.post("/dry-run", response_model=shapes.DryRunTold, responses=noes("venue.not_found"))
def rehearsed(by: By, at: Now, wanted: shapes.DryRunWanted) -> shapes.DryRunTold:
    """Whom these numbers would have suspended in the last days, and what they would have taken, beside what happened.

    Nothing changes. What people did is taken as it was; places that a penalty took away then count as given up.
    """
    before = policy_now(by.organization_id, wanted.venue_id, None, by, at).policy
    policy = shapes.with_numbers(before, wanted.numbers)
    run = dry_run(by.organization_id, policy, by, at, wanted.days, venue_id=wanted.venue_id)
    return shapes.DryRunTold(
        since=run.since,
        until=run.until,
        would_suspend=sum(bool(one.would.suspensions) for one in run.members),
        really_suspended=sum(bool(one.really.suspensions) for one in run.members),
        members=[_member(one) for one in run.members],
    )


def _member(one: MemberRehearsed) -> shapes.MemberRehearsedTold:
    return shapes.MemberRehearsedTold(
        member_id=one.member_id,
        number=one.number,
        name=one.name,
        would=_penalties(one.would),
        really=_penalties(one.really),
    )


def _penalties(of: Penalties) -> shapes.RehearsedPenaltiesTold:
    return shapes.RehearsedPenaltiesTold(
        missed=_places(of.missed),
        counted=_places(of.counted),
        punches=_places(of.punches),
        places=_places(of.places),
        suspensions=[
            shapes.SuspendedTold(starts_at=one.starts_at, ends_at=one.ends_at, strikes=_places(one.strikes))
            for one in of.suspensions
        ],
    )


def _places(found: tuple[Concerned, ...]) -> list[shapes.PlaceConcernedTold]:
    return [
        shapes.PlaceConcernedTold(
            reservation_id=one.reservation_id, session_id=one.session_id, title=one.title, starts_at=one.starts_at
        )
        for one in found
    ]
