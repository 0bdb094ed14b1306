"""Policies: each change makes the next version; no version is ever changed."""

from dataclasses import replace
from datetime import datetime, timedelta

from core import wire
from core.errors import Invalid
from core.policy import ClassRule, Policy
from server.services.door.changes import POLICY, touch
from server.services.door.policies import policy_in_force
from server.services.people import words
from server.services.people.rights import Asker, Right, require
from server.store.database import for_update, writing
from server.store.ids import new_id
from server.store.tables import OrganizationRow, PolicyRow

LONGEST_WINDOW = timedelta(hours=36)
"""Sessions further away than this are not looked at when a card is shown."""
LONGEST_WAIT = timedelta(days=30)
LONGEST_SPAN = timedelta(days=366)


def change_policy(organization_id: str, policy: Policy, by: Asker, at: datetime, *, because: str = "") -> Policy:
    """The numbers in force from now on, with their version. Raises `Forbidden`, and `Invalid` for one out of bounds."""
    _refuse_impossible(policy)
    with writing():
        require(organization_id, by, Right.PLAN)
        for_update(OrganizationRow.select().where(OrganizationRow.id == organization_id)).get()
        newest = PolicyRow.select().where(PolicyRow.organization == organization_id).count()
        next_one = replace(policy, version=max(newest, policy_in_force(organization_id).version if newest else 0) + 1)
        PolicyRow.create(
            id=new_id(at),
            organization=organization_id,
            version=next_one.version,
            policy=wire.to_json(next_one),
            made_at=at,
            staff=by.staff_id,
            because=because,
        )
        touch(organization_id, POLICY, organization_id)
        return next_one


def _refuse_impossible(policy: Policy) -> None:
    """A slip of the keyboard must not close the door for everybody, or keep it open for a year."""
    windows: tuple[Policy | ClassRule, ...] = (policy, *policy.class_rules)
    for rule in windows:
        _at_most("opens_before_start", rule.opens_before_start, LONGEST_WINDOW)
        _at_most("closes_after_end", rule.closes_after_end, LONGEST_WINDOW)
    for field in (
        "no_show_delay",
        "no_show_waits_at_most",
        "free_cancel_before_start",
        "silent_kiosk_after",
        "silent_kiosk_at_rest_after",
    ):
        _at_most(field, getattr(policy, field), LONGEST_WAIT)
    for field in ("strike_span", "suspension_length"):
        _at_most(field, getattr(policy, field), LONGEST_SPAN)
    for field in ("walk_in_list_age", "reservation_list_age"):
        _at_most(field, getattr(policy.offline, field), LONGEST_WAIT)
    words.count("strikes", policy.strikes, least=0, most=100)
    words.count("walk_ins_per_pass_a_day", policy.offline.walk_ins_per_pass_a_day, least=0, most=100)


def _at_most(field: str, given: timedelta | None, most: timedelta) -> None:
    if given is not None and not timedelta(0) <= given <= most:
        minutes = timedelta(minutes=1)
        raise Invalid("field.out_of_range", field=field, given=given // minutes, least=0, most=most // minutes)
