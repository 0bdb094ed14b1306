"""A pass or some of its punches goes to somebody else, or ends: the books agree, and nothing is lost unseen."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from peewee import Database, fn

from core.errors import Conflict, Forbidden, Invalid, NotFound, TesseraError
from core.events import EventKind
from core.model import PassType
from core.model import ReservationStatus as S
from core.refusals import RefusalReason as R
from server.services.passes.ending import cancel_pass, extend_pass
from server.services.passes.pausing import pause_pass
from server.services.passes.transferring import transfer_pass
from server.services.people.passes import correct_punches
from server.services.people.rights import member_asking
from server.services.reserving.cancel import cancel
from server.services.reserving.looking import passes_of
from server.services.reserving.values import Cancelled
from server.store.database import reading, writing
from server.store.tables import ChangeRow, MemberRow, PassRow, PunchRow, ReservationRow
from tests.server.pass_stories import DAY, Holder
from tests.server.studio import SIX_PM, open_studio

WHY, HOUR = "a present", timedelta(hours=1)


@pytest.fixture
def holder(database: Database) -> Holder:
    studio = open_studio()
    return Holder(studio=studio, alice=studio.member())


def give(holder: Holder, pass_: str, to: str, punches: int | None = None) -> str:
    return transfer_pass(holder.organization, pass_, to, WHY, holder.mira(), SIX_PM, punches=punches)


def test_three_punches_go_to_bob_in_two_lines_of_one_root(holder: Holder) -> None:
    studio, bob = holder.studio, holder.studio.member("Bob")
    pass_ = holder.buys(type=PassType.PUNCH_PASS, punches=8, valid_days=30)
    place = holder.reserves(pass_, SIX_PM + DAY)
    with pytest.raises(Conflict, match=r"pass\.punches_not_there"):
        give(holder, pass_, bob, 8)
    new = give(holder, pass_, bob, 3)
    assert (studio.punches_left(pass_), studio.punches_available(pass_), studio.punches_left(new)) == (5, 4, 3)
    assert studio.status(str(place)) is S.PENDING
    with reading():
        lines = PunchRow.select().where(PunchRow.kind == "TRANSFER").order_by(PunchRow.delta)
        found = [(line.key, line.delta, line.because, line.staff_id) for line in lines]
        assert {row.subject_id for row in ChangeRow.select()} >= {holder.alice, bob}
    root = f"transfer:{new}"
    assert found == [(f"{root}:out", -3, WHY, studio.staff), (f"{root}:in", 3, WHY, studio.staff)]
    (bobs,) = passes_of(holder.organization, bob, holder.mira(), SIX_PM)
    assert (bobs.pass_id, bobs.punches_left, bobs.valid_until) == (new, 3, holder.ends_at(pass_))
    assert Holder(studio=studio, alice=bob).comes(SIX_PM) == f"W:{bob}:" + _session_of(new)


def _session_of(pass_: str) -> str:
    """Where the only visit on it was."""
    with reading():
        line = PunchRow.get(PunchRow.pass_ == pass_, PunchRow.kind == "VISIT")
        return str(line.visit_key).rsplit(":", 1)[1]


def test_a_whole_pass_goes_once_its_places_are_given_up(holder: Holder) -> None:
    studio, bob = holder.studio, holder.studio.member("Bob")
    pass_ = holder.buys(valid_days=30)
    holder.comes(SIX_PM - DAY)
    holder.reserves(pass_, SIX_PM + DAY)
    with pytest.raises(Conflict, match=r"pass\.has_reservations"):
        give(holder, pass_, bob)
    cancelled = holder.buys(valid_days=30)
    new = give(holder, cancelled, bob)
    assert holder.status(cancelled).cancelled_at == SIX_PM and not holder.status(cancelled).is_valid
    assert not isinstance(Holder(studio=studio, alice=bob).comes(SIX_PM), R)
    assert holder.status(new).sessions_attended == 1
    assert holder.news(EventKind.PASS_CHANGED) == ["pass.changed"]
    with pytest.raises(Conflict, match=r"pass\.is_not_punched"):
        give(holder, new, holder.alice, 2)


def test_days_that_run_run_on_and_days_that_wait_wait_for_the_new_member(holder: Holder) -> None:
    studio, bob = holder.studio, holder.studio.member("Bob")
    runs = holder.buys(valid_days=30, begins_with_first_use=True)
    holder.comes(SIX_PM - DAY)
    ends_at = holder.ends_at(runs)
    waits = holder.buys(valid_days=30, begins_with_first_use=True)
    given, waiting = give(holder, runs, bob), give(holder, waits, bob)
    assert (holder.ends_at(given), holder.ends_at(waiting)) == (ends_at, None)
    Holder(studio=studio, alice=bob).comes(SIX_PM)
    assert (holder.ends_at(given), holder.ends_at(waiting)) == (ends_at, None), "the one that runs pays first"


def test_what_may_not_go_stays(holder: Holder) -> None:
    bob = holder.studio.member("Bob")
    stranger, nobody = open_studio("Loom").member(), holder.studio.member("Nobody")
    with writing():
        MemberRow.update(erased_at=SIX_PM).where(MemberRow.id == nobody).execute()
    over = holder.studio.punch_pass(holder.alice, 4, valid_until=SIX_PM)
    away, fine = holder.buys(valid_days=30), holder.studio.punch_pass(holder.alice, 4)
    pause_pass(holder.organization, away, SIX_PM + 9 * DAY, WHY, holder.mira(), SIX_PM, from_=SIX_PM + DAY)
    refused = [
        (over, bob, None, Conflict("pass.has_ended")),
        (away, bob, None, Conflict("pass.is_paused")),
        (fine, holder.alice, None, Conflict("pass.same_member")),
        (fine, stranger, None, NotFound("member.not_found")),
        (fine, nobody, None, Conflict("member.erased")),
        (fine, bob, 5, Conflict("pass.punches_not_there")),
        (fine, bob, 0, Invalid("field.out_of_range")),
    ]
    for pass_, to, punches, error in refused:
        with pytest.raises(type(error), match=error.code):
            give(holder, pass_, to, punches)
    herself = member_asking(holder.organization, holder.alice, "Alice")
    for act in (
        lambda: transfer_pass(holder.organization, fine, bob, WHY, herself, SIX_PM),
        lambda: cancel_pass(holder.organization, fine, WHY, herself, SIX_PM),
        lambda: correct_punches(holder.organization, fine, 9, WHY, herself, SIX_PM),
    ):
        with pytest.raises(Forbidden):
            act()
    with reading():
        assert PunchRow.select().where(PunchRow.kind != "GRANT").count() == 0


def test_ten_who_give_the_same_punches_away_at_once_give_them_once(holder: Holder) -> None:
    friends = [holder.studio.member(f"Friend {number}") for number in range(10)]
    pass_ = holder.studio.punch_pass(holder.alice, 4)

    def try_to_give(friend: str) -> bool:
        try:
            give(holder, pass_, friend, 2)
        except TesseraError as error:
            assert error.code == "pass.punches_not_there"
            return False
        return True

    with ThreadPoolExecutor(5) as many:
        given = list(many.map(try_to_give, friends))
    assert (given.count(True), holder.studio.punches_left(pass_)) == (2, 0)


def test_a_cancelled_pass_gives_up_its_places_and_keeps_what_was_come_to(holder: Holder) -> None:
    """A session that is over is the night's to judge: a pass cancelled in time before it would undo any absence."""
    pass_ = holder.buys(type=PassType.PUNCH_PASS, punches=8)
    holder.comes(SIX_PM - DAY)
    place = holder.reserves(pass_, SIX_PM + DAY)
    studio, alice = holder.studio, holder.alice
    missed, going_on = (studio.reservation(alice, studio.session(SIX_PM - hours * HOUR), pass_) for hours in (2, 1))
    with reading():
        knew = ChangeRow.select(fn.MAX(ChangeRow.version)).scalar()
    cancel_pass(holder.organization, pass_, "moves away", holder.mira(), SIX_PM)
    assert holder.studio.status(str(place)) is S.AUTO_CANCELLED
    with reading():
        free_again = ReservationRow.get_by_id(str(place)).session_id
        assert ChangeRow.get(ChangeRow.subject_id == free_again).version > knew, "kiosks hear that the place is free"
    assert [holder.studio.status(one) for one in (missed, going_on)] == [S.PENDING, S.AUTO_CANCELLED]
    told = holder.status(pass_)
    assert (told.sessions_attended, told.punches_left, told.punches_held) == (1, 7, 1)
    assert holder.comes(SIX_PM) is R.NO_PASS
    with reading():
        assert PassRow.get_by_id(pass_).cancelled_at == SIX_PM


def test_a_pass_does_not_go_while_a_punch_of_it_waits_for_the_night(holder: Holder) -> None:
    """Given up too late: the night may take that punch, and what the old pass no longer has nobody could take."""
    bob, pass_ = holder.studio.member("Bob"), holder.studio.punch_pass(holder.alice, 4)
    place = holder.reserves(pass_, SIX_PM + HOUR)
    herself = member_asking(holder.organization, holder.alice, "Alice")
    given_up = cancel(holder.organization, str(place), herself, SIX_PM)
    assert isinstance(given_up, Cancelled) and given_up.keeps_hold
    with pytest.raises(Conflict, match=r"pass\.has_reservations"):
        give(holder, pass_, bob)
    assert holder.studio.punches_left(give(holder, pass_, bob, 3)) == 3


def test_five_who_extend_a_pass_at_once_extend_it_by_five_days(holder: Holder) -> None:
    pass_ = holder.buys(valid_days=30)
    ends_at, by = holder.ends_at(pass_), holder.mira()
    with ThreadPoolExecutor(5) as many:
        list(many.map(lambda _: extend_pass(holder.organization, pass_, 1, WHY, by, SIX_PM), range(5)))
    assert ends_at is not None and holder.ends_at(pass_) == ends_at + 5 * DAY
