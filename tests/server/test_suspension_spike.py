"""A night that suspends far more members than usual: staff are told once, and what began lately stands beside it."""

import json
from datetime import datetime, timedelta

from peewee import Database

from core.events import EventKind
from core.hooks import Answer, HookTrouble
from core.policy import Policy
from server.jobs import spike
from server.scheduler import TIMETABLE
from server.services.desk.inbox import finding
from server.services.desk.inbox.settling import settle
from server.services.desk.inbox.values import InboxKind, Wish
from server.services.fleet.policies import change_policy
from server.services.hooks.calling import make_calls
from server.services.night.work import NightWork
from server.store.database import reading, writing
from server.store.ids import new_id
from server.store.tables import EventRow, SuspensionRow
from tests.server.studio import SIX_PM, VAULT, Studio, open_studio
from tests.server.test_reserving_a_place import mira
from tests.server.test_webhooks import Receives, beat, registered

HALF_PAST_FOUR = SIX_PM + timedelta(hours=10, minutes=30)
"""04:30 in Berlin, the night after."""
DAY = timedelta(days=1)


def work(studio: Studio, as_of: datetime = HALF_PAST_FOUR) -> NightWork:
    return NightWork(organization_id=studio.organization, venue_id=studio.venue, policy=Policy(), as_of=as_of)


def suspended(studio: Studio, members: int, at: datetime, *, by_night: bool = True) -> None:
    """At 03:00 of the night that ends with `at`."""
    made_at = at - timedelta(minutes=90)
    for number in range(members):
        member = studio.member(f"Dan{number}")
        with writing():
            SuspensionRow.create(
                id=new_id(made_at),
                organization=studio.organization,
                member=member,
                starts_at=made_at,
                ends_at=made_at + 14 * DAY,
                no_show_id="an absence" if by_night else None,
                made_at=made_at,
            )


def told(studio: Studio) -> list[dict[str, object]]:
    with reading():
        rows = EventRow.select().where(
            EventRow.organization == studio.organization, EventRow.kind == EventKind.SUSPENSION_SPIKE.value
        )
        return [json.loads(row.data) for row in rows.order_by(EventRow.id)]


def test_staff_are_told_once_and_see_which_version_began_lately(database: Database) -> None:
    studio, other = open_studio(), open_studio("Clay")
    suspended(studio, 2, HALF_PAST_FOUR - DAY)
    suspended(studio, 26, HALF_PAST_FOUR - 27 * DAY)
    suspended(studio, 30, HALF_PAST_FOUR - 29 * DAY)
    suspended(studio, 7, HALF_PAST_FOUR, by_night=False)
    suspended(other, 9, HALF_PAST_FOUR)
    suspended(studio, 4, HALF_PAST_FOUR)
    assert spike.run(work(studio)) == "as usual"
    made = change_policy(studio.organization, Policy(strikes=1), mira(studio), SIX_PM - 2 * DAY)
    hook = registered(studio, EventKind.SUSPENSION_SPIKE)
    suspended(studio, 1, HALF_PAST_FOUR)
    assert spike.run(work(studio)) == "5 suspensions, 1.0 are usual: staff are told"
    assert spike.run(work(studio)) == "as usual"
    (data,) = told(studio)
    assert (data["count"], data["usual"], data["policy_version"]) == (5, 1.0, made.version)
    assert told(other) == []
    receives = Receives()
    beat(HALF_PAST_FOUR, receives)
    assert json.loads(receives.got[0].body)["data"]["policyVersion"] == made.version and hook
    (item,) = finding.inbox(studio.organization, mira(studio), HALF_PAST_FOUR).items
    assert (item.kind, item.now and item.now.key) == (InboxKind.SUSPENSION_SPIKE, "desk.inbox.spike.policy")
    wish = Wish(kind=item.kind, key=item.key, because="strikes were to be 3")
    settle(studio.organization, wish, mira(studio), HALF_PAST_FOUR, VAULT)
    assert finding.inbox(studio.organization, mira(studio), HALF_PAST_FOUR).items == ()


def test_what_is_usual_is_no_news_and_the_next_night_is_another(sqlite_database: Database) -> None:
    studio = open_studio()
    for days in range(1, 29):
        suspended(studio, 2, HALF_PAST_FOUR - days * DAY)
    suspended(studio, 5, HALF_PAST_FOUR)
    assert spike.run(work(studio)) == "as usual"
    suspended(studio, 7, HALF_PAST_FOUR + DAY)
    assert spike.run(work(studio, HALF_PAST_FOUR + DAY)).startswith("7 suspensions")
    with reading():
        (item,) = finding.inbox(studio.organization, mira(studio), HALF_PAST_FOUR + DAY).items
    assert item.now and item.now.key == "desk.inbox.spike.no_policy"
    later = HALF_PAST_FOUR + 16 * DAY
    assert finding.inbox(studio.organization, mira(studio), later).items == ()
    assert make_calls(later) == 0


def test_it_is_looked_for_when_the_night_has_suspended(sqlite_database: Database) -> None:
    order = [job.name for job in sorted(TIMETABLE, key=lambda job: job.clock)]
    assert order.index("spike") > order.index("suspend") and order == [job.name for job in TIMETABLE]


def test_a_webhook_that_was_paused_by_itself_waits_in_the_inbox(sqlite_database: Database) -> None:
    studio = open_studio()
    registered(studio)
    suspended(studio, 5, HALF_PAST_FOUR)
    spike.run(work(studio))
    beat(HALF_PAST_FOUR, Receives(Answer(status=410, trouble=HookTrouble.REFUSED)))
    items = finding.inbox(studio.organization, mira(studio), HALF_PAST_FOUR).items
    assert {item.kind for item in items} == {InboxKind.SUSPENSION_SPIKE, InboxKind.WEBHOOK_PAUSED}
