"""That a pass soon ends, and that it ended, is said once each; places behind its end are given up in time."""

from datetime import UTC, datetime, timedelta

import pytest
from peewee import Database

from core.events import EventKind
from core.model import PassType
from core.model import ReservationStatus as S
from core.refusals import RefusalReason as R
from server.services.door import history
from server.services.passes.ending import cancel_pass, extend_pass
from server.services.passes.expiring import LOOKED_BACK, Endings, see_to_endings
from server.services.people.passes import correct_punches
from server.store.database import writing
from server.store.tables import ReservationRow
from tests.server.pass_stories import DAY, Holder
from tests.server.studio import HOUSE, SIX_PM, open_studio

ENDS = datetime(2026, 12, 20, 23, tzinfo=UTC)
A_WEEK_BEFORE = ENDS - 7 * DAY
A_MOMENT = timedelta(milliseconds=1)
BOTH = (EventKind.PASS_RUNS_OUT, EventKind.PASS_RAN_OUT)
NOTHING = Endings()


@pytest.fixture
def holder(database: Database) -> Holder:
    studio = open_studio()
    return Holder(studio=studio, alice=studio.member())


def test_it_is_said_a_week_ahead_and_at_the_end_and_once_each(holder: Holder) -> None:
    pass_ = holder.buys(SIX_PM, valid_days=30)
    assert see_to_endings(A_WEEK_BEFORE - A_MOMENT) == NOTHING
    assert see_to_endings(A_WEEK_BEFORE) == Endings(run_out=1)
    assert see_to_endings(ENDS - A_MOMENT) == NOTHING
    extend_pass(holder.organization, pass_, 1, "a present", holder.mira(), ENDS - DAY)
    assert see_to_endings(ENDS) == Endings(run_out=1), "of the new end nobody was told yet"
    assert see_to_endings(ENDS + DAY) == Endings(ran_out=1)
    assert see_to_endings(ENDS + DAY) == NOTHING
    assert holder.news(*BOTH) == ["pass.runs_out", "pass.runs_out", "pass.ran_out"]


def test_the_last_punch_and_none_are_said_too(holder: Holder) -> None:
    pass_ = holder.buys(SIX_PM - DAY, type=PassType.PUNCH_PASS, punches=3)
    said = []
    for hours in range(3):
        holder.comes(SIX_PM + timedelta(hours=3 * hours))
        said.append(see_to_endings(SIX_PM + timedelta(hours=3 * hours)))
    assert said == [NOTHING, Endings(run_out=1), Endings(ran_out=1)]
    correct_punches(holder.organization, pass_, 1, "a present", holder.mira(), SIX_PM + DAY)
    assert see_to_endings(SIX_PM + DAY) == Endings(run_out=1)
    assert see_to_endings(SIX_PM + DAY) == NOTHING


def test_nobody_hears_of_what_is_long_past_or_cancelled_or_has_not_begun(holder: Holder) -> None:
    holder.studio.unlimited(holder.alice, valid_until=SIX_PM)
    assert see_to_endings(SIX_PM + LOOKED_BACK) == NOTHING
    cancelled = holder.buys(SIX_PM, valid_days=30)
    holder.buys(SIX_PM, valid_days=30, begins_with_first_use=True)
    cancel_pass(holder.organization, cancelled, "moves away", holder.mira(), SIX_PM)
    assert see_to_endings(ENDS) == NOTHING
    assert see_to_endings(SIX_PM + LOOKED_BACK - A_MOMENT) == Endings(ran_out=1)


def test_a_place_behind_the_end_that_the_first_use_made_is_given_up_unless_another_pass_pays(holder: Holder) -> None:
    pass_ = holder.buys(SIX_PM - DAY, valid_days=30, begins_with_first_use=True)
    behind, within = (holder.reserves(pass_, at, SIX_PM - DAY) for at in (ENDS, ENDS - A_MOMENT))
    assert not isinstance(behind, R) and not isinstance(within, R)
    assert see_to_endings(SIX_PM) == NOTHING, "its days have not begun"
    holder.comes(SIX_PM)
    other = holder.buys(SIX_PM, title="Another", valid_days=300)
    assert see_to_endings(SIX_PM) == NOTHING, "the other pass pays at the door"
    cancel_pass(holder.organization, other, "sold by mistake", holder.mira(), SIX_PM)
    assert see_to_endings(SIX_PM) == Endings(places=1)
    assert [holder.studio.status(place) for place in (behind, within)] == [S.AUTO_CANCELLED, S.PENDING]
    assert holder.news(EventKind.AUTO_CANCELLED) == ["reservation.auto_cancelled"]
    assert see_to_endings(SIX_PM) == NOTHING


def test_a_place_in_a_free_session_behind_the_end_stands_as_nobody_pays_for_it(holder: Holder) -> None:
    pass_ = holder.buys(SIX_PM - DAY, valid_days=30, begins_with_first_use=True)
    studio = holder.studio
    free = studio.reservation(holder.alice, studio.session(ENDS + DAY, is_free=True), pass_)
    holder.comes(SIX_PM)
    assert see_to_endings(SIX_PM) == NOTHING
    assert studio.status(free) is S.PENDING


def test_a_place_behind_the_end_for_which_staff_lifted_something_stands(holder: Holder) -> None:
    pass_ = holder.buys(SIX_PM - DAY, valid_days=30, begins_with_first_use=True)
    lifted, other = (str(holder.reserves(pass_, ENDS + more, SIX_PM - DAY)) for more in (timedelta(0), A_MOMENT))
    with writing():
        history.note(ReservationRow.get_by_id(lifted), "LIFTED", SIX_PM, HOUSE, overrides=["her last class"])
    holder.comes(SIX_PM)
    assert see_to_endings(SIX_PM) == Endings(places=1)
    assert [holder.studio.status(place) for place in (lifted, other)] == [S.PENDING, S.AUTO_CANCELLED]
