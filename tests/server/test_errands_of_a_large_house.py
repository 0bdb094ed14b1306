"""What the house does every few seconds must not take longer with each year that it remembers, and each list of people
for whom there is nothing to be had just now."""

import pytest
from peewee import Database

from core.model import ReservationStatus as S
from core.refusals import RefusalReason as R
from core.waiting import WaitingStatus as W
from server.errands import Errand, hook_errands, house_errands, letter_errands
from server.services.passes.expiring import Endings, see_to_endings
from server.services.people.suspensions import lift_suspension, suspend
from server.services.waiting.giving import TRIED_AGAIN_AFTER, FreePlaces
from server.services.waiting.releasing import release_places
from server.services.waiting.values import Given
from server.store.database import reading, writing
from server.store.tables import PassRow, PolicyRow, SuspensionRow
from tests.server.letter_stories import RememberingPost, sender_with
from tests.server.query_plans import read_whole, statements_of
from tests.server.studio import SIX_PM, VAULT, after, open_studio
from tests.server.test_places_let_go_of import lets_go_after_ten_minutes
from tests.server.test_webhooks import POST
from tests.server.waiting_stories import DAY, NOON, FullClass, full_class, later

SMALL = {"organizations", "venues", "rooms", "class_types", "devices", "policies", "webhook_endpoints"}
SMALL |= {"feature_switches", "passes", "pass_pauses"}
"""Tables that do not grow with each class. Passes are gone through three times an hour."""
EVERY = (*house_errands(), *letter_errands(sender_with(RememberingPost())), *hook_errands(VAULT, POST))
SECONDS = 0.25
"""Of a minute: the errand looks every fifteen seconds."""


@pytest.mark.parametrize("errand", EVERY, ids=lambda errand: errand.name)
def test_no_errand_reads_all_that_ever_was(sqlite_database: Database, errand: Errand) -> None:
    studio = open_studio()
    lets_go_after_ten_minutes(studio)
    alice, session = studio.member(), studio.session()
    studio.reservation(alice, session, studio.punch_pass(alice))
    full = full_class(studio)
    full.waits("Anna")
    full.gives_up(later(1))
    assert read_whole(sqlite_database, lambda: errand.run(after(11))) <= SMALL


def suspended(full: FullClass, name: str) -> tuple[str, str]:
    """(the member, the suspension); they wait, and could not take a place."""
    member = full.waits(name)
    suspend(full.studio.organization, member, SIX_PM + DAY, "broke the kiln", full.mira, later(2))
    with reading():
        return member, SuspensionRow.select().where(SuspensionRow.member == member).get().id


def test_a_list_that_was_tried_in_vain_is_left_alone_until_something_about_it_changes(database: Database) -> None:
    full = full_class(open_studio(), places=2)
    anna, suspension = suspended(full, "Anna")
    places = FreePlaces()
    full.gives_up(later(10))

    def locks(at: float) -> int:
        """How many lists were weighed at that minute."""
        asked = statements_of(lambda: places.offer(later(at)))
        return sum("suspensions" in sql for sql in asked)

    assert [locks(10 + beat * SECONDS) for beat in range(4)] == [1, 0, 0, 0]
    assert full.passed_over(anna) is R.SUSPENDED
    full.studio.member("Somebody else")
    full.gives_up(later(11))
    assert (locks(11), locks(11 + SECONDS)) == (1, 0), "another place is free"
    five = TRIED_AGAIN_AFTER.total_seconds() / 60
    assert (locks(11 + five - SECONDS), locks(11 + five)) == (0, 1), "time alone may have changed it"
    lift_suspension(full.studio.organization, suspension, "mended it", full.mira, later(17))
    assert places.offer(later(17)) == Given(offered=1)
    assert full.entry(anna).status is W.OFFERED


def test_what_cannot_wait_is_done_for_a_list_that_was_tried_in_vain_too(database: Database) -> None:
    full = full_class(open_studio(), places=2)
    bea = full.waits("Bea")
    suspended(full, "Anna")
    places = FreePlaces()
    full.gives_up(later(10))
    assert places.offer(later(10)) == Given(offered=1)
    full.gives_up(later(11))
    assert places.offer(later(39)) == Given(), "nobody else can take the second place"
    assert places.offer(later(39 + SECONDS)) == Given()
    assert places.offer(later(40)) == Given(offered=1, ran_out=1)
    assert full.entry(bea).status is W.OFFERED
    assert places.offer(SIX_PM) == Given(ended=2)


def test_trouble_with_one_list_keeps_no_other_waiting(database: Database, caplog: pytest.LogCaptureFixture) -> None:
    broken, sound = full_class(open_studio()), full_class(open_studio("Loom"))
    broken.waits("Bea")
    anna = sound.waits("Anna")
    for full in (broken, sound):
        full.gives_up(later(1))
    with writing():
        PolicyRow.create(
            id="bad", organization=broken.studio.organization, version=1, policy="{", starts_at=NOON, made_at=NOON
        )
    assert FreePlaces().offer(later(2)) == Given(offered=1)
    assert sound.entry(anna).status is W.OFFERED
    assert f"the waiting list of session {broken.session}" in caplog.text


def test_trouble_with_one_place_keeps_nobodys_passes_and_places_waiting(
    database: Database, caplog: pytest.LogCaptureFixture
) -> None:
    """Of the first studio all is told but the one place that cannot be weighed; the second has its turn."""
    ends = SIX_PM + 30 * DAY
    broken, behind = open_studio(), dict[str, str]()
    for studio in (broken, open_studio("Loom")):
        for name in ("Anna", "Bea"):
            member = studio.member(name)
            pass_ = studio.unlimited(member, valid_until=ends)
            behind[member] = studio.reservation(member, studio.session(ends + DAY), pass_)
            with writing():
                PassRow.update(days_from_first_use=30).where(PassRow.id == pass_).execute()
    anna = next(iter(behind))
    with writing():
        PassRow.update(class_type_ids="{").where(PassRow.member == anna).execute()
    at = ends - DAY
    assert see_to_endings(at) == Endings(run_out=4, places=3)
    assert [broken.status(place) for place in behind.values()] == [S.PENDING, *[S.AUTO_CANCELLED] * 3]
    assert f"place {behind[anna]}; it goes on at its next turn" in caplog.text


def test_trouble_with_one_studio_keeps_no_other_from_letting_go_of_places(
    database: Database, caplog: pytest.LogCaptureFixture
) -> None:
    broken, sound = open_studio(), open_studio("Loom")
    for studio in (broken, sound):
        member = studio.member()
        studio.reservation(member, studio.session(), studio.unlimited(member))
        lets_go_after_ten_minutes(studio)
    with writing():
        PolicyRow.update(policy="{").where(PolicyRow.organization == broken.organization).execute()
    assert release_places(after(10)) == 1
    assert f"places nobody came for at venue {broken.venue}" in caplog.text
