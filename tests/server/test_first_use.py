"""A pass whose days begin with its first use: begun by a check-in, taken back with it, in whatever order it is told."""

import random
from datetime import UTC, datetime, timedelta

import pytest
from peewee import Database

from core.model import Method, PassType
from core.refusals import RefusalReason as R
from server.services.door.at_the_desk import undo
from server.services.door.causes import Cause
from server.services.door.facts import lock_member
from server.services.door.welcoming import Welcome, welcome, withdraw
from server.services.passes.ending import extend_pass
from server.services.passes.pausing import pause_pass
from server.store.database import writing
from server.store.tables import AttemptRow, PassRow
from tests.server.pass_stories import DAY, Holder
from tests.server.studio import SIX_PM, open_studio

LAST_MIDNIGHT = datetime(2026, 12, 20, 23, tzinfo=UTC)
"""The end of thirty days in Berlin, 21 November the first of them."""
A_MOMENT = timedelta(milliseconds=1)
TOLD = Cause(by=Method.SELF, because="told")


@pytest.fixture
def holder(database: Database) -> Holder:
    studio = open_studio()
    return Holder(studio=studio, alice=studio.member())


def test_thirty_days_begin_with_the_first_check_in_and_not_with_the_sale(holder: Holder) -> None:
    pass_ = holder.buys(valid_days=30, begins_with_first_use=True)
    told = holder.status(pass_)
    assert (told.days_from_first_use, told.first_used_at, told.valid_until, told.is_valid) == (30, None, None, True)
    far = holder.reserves(pass_, SIX_PM + 100 * DAY)
    assert isinstance(far, str) and not isinstance(far, R), "as far as anybody knows she comes then for the first time"
    visit = holder.comes(SIX_PM)
    told = holder.status(pass_)
    assert (told.first_used_at, told.valid_until) == (SIX_PM, LAST_MIDNIGHT)
    assert holder.comes(LAST_MIDNIGHT) is R.PASS_EXPIRED
    assert holder.reserves(pass_, LAST_MIDNIGHT, SIX_PM) is R.PASS_EXPIRED
    later = holder.comes(LAST_MIDNIGHT - A_MOMENT)
    assert not isinstance(later, R)
    undo(holder.organization, str(visit), holder.studio.staff, "wrong Alice", SIX_PM + DAY)
    assert holder.status(pass_).first_used_at == LAST_MIDNIGHT - A_MOMENT, "the other visit remains"
    undo(holder.organization, str(later), holder.studio.staff, "wrong Alice", LAST_MIDNIGHT)
    told = holder.status(pass_)
    assert (told.first_used_at, told.valid_until) == (None, None)


def test_a_punch_pass_with_days_runs_out_of_whichever_is_first(holder: Holder) -> None:
    pass_ = holder.buys(type=PassType.PUNCH_PASS, punches=2, valid_days=30, begins_with_first_use=True)
    assert not isinstance(holder.comes(SIX_PM), R)
    assert (holder.studio.punches_left(pass_), holder.ends_at(pass_)) == (1, LAST_MIDNIGHT)
    assert holder.comes(LAST_MIDNIGHT) is R.PASS_EXPIRED


def test_staff_extend_a_pass_before_and_after_it_begins(holder: Holder) -> None:
    pass_ = holder.buys(valid_days=30, begins_with_first_use=True)
    extend_pass(holder.organization, pass_, 1, "a present", holder.mira(), SIX_PM)
    assert holder.ends_at(pass_) is None
    visit = holder.comes(SIX_PM)
    assert holder.ends_at(pass_) == LAST_MIDNIGHT + DAY
    extend_pass(holder.organization, pass_, 2, "a present", holder.mira(), SIX_PM)
    assert holder.ends_at(pass_) == LAST_MIDNIGHT + 3 * DAY
    undo(holder.organization, str(visit), holder.studio.staff, "wrong Alice", SIX_PM + DAY)
    holder.comes(SIX_PM + DAY)
    assert holder.ends_at(pass_) == LAST_MIDNIGHT + 4 * DAY, "what was given stays given"


def test_a_pause_before_the_first_use_moves_nothing_and_one_after_it_does(holder: Holder) -> None:
    pass_ = holder.buys(valid_days=30, begins_with_first_use=True)
    for days in (1, 10):
        from_, until = SIX_PM + days * DAY, SIX_PM + (days + 5) * DAY
        pause_pass(holder.organization, pass_, until, "away", holder.mira(), SIX_PM, from_=from_)
    assert holder.ends_at(pass_) is None
    visit = holder.comes(SIX_PM + 7 * DAY)
    assert holder.ends_at(pass_) == LAST_MIDNIGHT + 7 * DAY + 5 * DAY
    undo(holder.organization, str(visit), holder.studio.staff, "wrong Alice", SIX_PM + 8 * DAY)
    assert holder.ends_at(pass_) is None


def test_in_whatever_order_kiosks_tell_a_pass_begins_at_the_same_moment(holder: Holder) -> None:
    """Two kiosks let her in on three days, twice to one session, and one of them was undone: told in any order."""
    studio, alice = holder.studio, holder.alice
    sessions = [studio.session(SIX_PM + day * DAY) for day in range(3)]
    # (which session, how much later than its start): the first two are one visit, told by two kiosks
    shown = ((0, 300), (0, -300), (1, 0), (2, 0), (0, -1800))
    undone = 4
    seen = set()
    for seed in range(12):
        pass_ = studio.pass_of(alice, PassType.UNLIMITED_SERIES, class_types=(studio.wheel,))
        with writing():
            PassRow.update(days_from_first_use=30).where(PassRow.id == pass_).execute()
        told = [*range(len(shown)), "undo"]
        random.Random(seed).shuffle(told)
        if told.index("undo") < told.index(undone):  # an undo of what is not known yet waits in quarantine
            told.remove("undo")
            told.append("undo")
        for one in told:
            with writing():
                lock_member(studio.organization, alice)
                if one == "undo":
                    withdraw(f"{seed}-{undone}", SIX_PM, TOLD)
                    continue
                place, seconds = shown[int(one)]
                at = SIX_PM + place * DAY + timedelta(seconds=seconds)
                _attempt(holder, f"{seed}-{one}", at)
                word = Welcome(
                    organization_id=studio.organization,
                    attempt_id=f"{seed}-{one}",
                    visit_key=f"W:{alice}:{sessions[place]}:{seed}",
                    member_id=alice,
                    session_id=sessions[place],
                    reservation_id=None,
                    pass_id=pass_,
                    method=Method.SELF,
                )
                welcome(word, at, TOLD)
        row = holder.status(pass_)
        seen.add((row.first_used_at, row.valid_until))
        with writing():  # away, so that the next order begins with nobody there
            for number in range(len(shown)):
                withdraw(f"{seed}-{number}", SIX_PM, TOLD)
        assert holder.status(pass_).first_used_at is None
        sessions = [studio.session(SIX_PM + day * DAY) for day in range(3)]
    assert seen == {(SIX_PM - timedelta(seconds=300), LAST_MIDNIGHT)}


def _attempt(holder: Holder, id_: str, at: datetime) -> None:
    AttemptRow.create(
        id=id_,
        organization=holder.organization,
        venue=holder.studio.venue,
        member=holder.alice,
        kind="self",
        state="LOCAL",
        record="{}",
        happened_at=at,
        received_at=at,
        decided_at=at,
    )
