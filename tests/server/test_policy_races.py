"""Two owners change the policy at the same moment: two versions, and neither change is lost from the record."""

from concurrent.futures import ThreadPoolExecutor

from peewee import Database

from core.policy import Policy
from server.services.door.policies import policy_in_force
from server.services.fleet.policies import change_policy
from server.services.people.rights import the_house
from server.store.database import reading
from server.store.tables import PolicyRow
from tests.server.studio import SIX_PM, open_studio

OWNERS = 8


def test_changes_at_once_make_a_version_each(database: Database) -> None:
    studio = open_studio()

    def change(strikes: int) -> Policy:
        return change_policy(studio.organization, Policy(strikes=strikes), the_house(studio.organization), SIX_PM)

    with ThreadPoolExecutor(OWNERS) as owners:
        made = list(owners.map(change, range(1, OWNERS + 1)))
    assert sorted(policy.version for policy in made) == list(range(1, OWNERS + 1))
    assert {policy.strikes for policy in made} == set(range(1, OWNERS + 1))
    with reading():
        assert PolicyRow.select().count() == OWNERS
        newest = max(made, key=lambda policy: policy.version)
        assert policy_in_force(studio.organization, studio.venue, SIX_PM) == newest
