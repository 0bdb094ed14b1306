"""A pass is paused: it pays for nothing meanwhile, its places are given up and told, and its end moves by as long."""

from datetime import UTC, datetime, timedelta

import pytest
from peewee import Database

from core.clocktime import to_ms
from core.errors import Conflict, Invalid
from core.events import EventKind
from core.model import PassType
from core.model import ReservationStatus as S
from core.refusals import RefusalReason as R
from server.services.door.kiosks import KnownKiosk
from server.services.fleet.replica import replica_since
from server.services.passes.changing import PassChangeKind, changes_of
from server.services.passes.ending import cancel_pass, extend_pass
from server.services.passes.expiring import see_to_endings
from server.services.passes.pausing import pause_pass, resume_pass
from server.services.people.passes import correct_punches
from server.services.people.rights import member_asking, the_house
from server.services.people.suspensions import lift_suspension, suspend
from server.services.reserving import looking
from server.store.database import reading
from server.store.tables import ReservationHistoryRow
from tests.server.letter_stories import write_letters
from tests.server.pass_stories import DAY, Holder
from tests.server.studio import SIX_PM, open_studio

ENDS = datetime(2026, 12, 14, 23, tzinfo=UTC)
"""The end of thirty days that began on 15 November, a midnight in Berlin."""
AWAY = datetime(2026, 11, 30, 23, tzinfo=UTC)
BACK = AWAY + 7 * DAY
A_MOMENT = timedelta(milliseconds=1)


@pytest.fixture
def holder(database: Database) -> Holder:
    studio = open_studio()
    return Holder(studio=studio, alice=studio.member())


@pytest.fixture
def pass_(holder: Holder) -> str:
    return holder.buys(SIX_PM - 6 * DAY, type=PassType.PUNCH_PASS, punches=8, valid_days=30)


def pause(holder: Holder, pass_: str, from_: datetime = AWAY, until: datetime = BACK, at: datetime = SIX_PM) -> str:
    return pause_pass(holder.organization, pass_, until, "a broken arm", holder.mira(), at, from_=from_)


def history_of(reservation: str) -> list[str]:
    with reading():
        rows = ReservationHistoryRow.select().where(ReservationHistoryRow.reservation == reservation)
        return [row.action for row in rows.order_by(ReservationHistoryRow.step)]


def test_a_week_away_gives_up_the_places_in_it_and_adds_a_week(holder: Holder, pass_: str) -> None:
    before, first, last = (holder.reserves(pass_, at) for at in (AWAY - A_MOMENT, AWAY, BACK - A_MOMENT))
    assert holder.status(pass_).punches_held == 3
    pause(holder, pass_)
    states = [holder.studio.status(str(place)) for place in (before, first, last)]
    assert states == [S.PENDING, S.AUTO_CANCELLED, S.AUTO_CANCELLED]
    assert history_of(str(first)) == ["CREATED", "PASS_PAUSED"]
    told = holder.status(pass_)
    assert (told.punches_held, told.punches_left, told.valid_until) == (1, 8, ENDS + 7 * DAY)
    assert (told.is_valid, told.is_paused, len(told.pauses)) == (True, False, 1)
    assert holder.status(pass_, AWAY).is_paused and not holder.status(pass_, AWAY).is_valid
    assert holder.news(EventKind.AUTO_CANCELLED, EventKind.PASS_CHANGED).count("reservation.auto_cancelled") == 2
    assert holder.reserves(pass_, BACK - A_MOMENT, SIX_PM) is R.PASS_PAUSED
    assert holder.comes(AWAY) is R.PASS_PAUSED
    assert not isinstance(holder.comes(BACK), R)
    assert not isinstance(holder.comes(ENDS + 7 * DAY - A_MOMENT), R)
    assert holder.comes(ENDS + 7 * DAY) is R.PASS_EXPIRED


def test_whoever_comes_back_early_gets_back_only_what_was_lost(holder: Holder, pass_: str) -> None:
    pause(holder, pass_)
    mira = holder.mira()
    late = holder.reserves(pass_, ENDS + 5 * DAY, SIX_PM)
    assert not isinstance(late, R)
    resume_pass(holder.organization, pass_, "healed", mira, AWAY + 2 * DAY)
    told = holder.status(pass_, AWAY + 2 * DAY)
    assert (told.valid_until, told.is_paused, told.pauses) == (ENDS + 2 * DAY, False, ())
    assert not isinstance(holder.comes(AWAY + 2 * DAY), R)
    with pytest.raises(Conflict, match=r"pass\.not_paused"):
        resume_pass(holder.organization, pass_, "healed", mira, AWAY + 3 * DAY)
    assert see_to_endings(AWAY + 2 * DAY).places == 1, "the place lies behind the end now"
    assert history_of(str(late)) == ["CREATED", "PASS_ENDED"]
    assert see_to_endings(AWAY + 2 * DAY).places == 0


def test_a_pause_ahead_is_called_off_and_costs_nothing(holder: Holder, pass_: str) -> None:
    pause(holder, pass_)
    resume_pass(holder.organization, pass_, "stays after all", holder.mira(), SIX_PM + DAY)
    assert holder.status(pass_).pauses == () and holder.ends_at(pass_) == ENDS
    assert not isinstance(holder.comes(AWAY + DAY), R)
    pause(holder, pass_, at=SIX_PM + 2 * DAY)
    assert holder.ends_at(pass_) == ENDS + 7 * DAY


def test_two_pauses_and_an_extension_add_up_in_any_order(holder: Holder) -> None:
    ends = set()
    mira = holder.mira()
    for first in ("pause", "extend"):
        pass_ = holder.buys(SIX_PM - 6 * DAY, valid_days=30)
        for act in (first, "pause again", "pause" if first == "extend" else "extend"):
            match act:
                case "extend":
                    extend_pass(holder.organization, pass_, 3, "a present", mira, SIX_PM)
                case "pause":
                    pause(holder, pass_)
                case _:
                    pause(holder, pass_, SIX_PM + DAY, SIX_PM + 2 * DAY)
        ends.add(holder.ends_at(pass_))
    assert ends == {ENDS + 11 * DAY}


def test_what_cannot_be_paused_is_told(holder: Holder, pass_: str) -> None:
    pause(holder, pass_)
    for from_, until in ((AWAY - DAY, AWAY + A_MOMENT), (BACK - A_MOMENT, BACK + DAY), (AWAY + DAY, BACK - DAY)):
        with pytest.raises(Conflict, match=r"pass\.paused_already"):
            pause(holder, pass_, from_, until)
    pause(holder, pass_, AWAY - DAY, AWAY)
    pause(holder, pass_, BACK, BACK + DAY)
    with pytest.raises(Conflict, match=r"pass\.has_ended"):
        pause(holder, pass_, ENDS + 9 * DAY, ENDS + 10 * DAY)
    with pytest.raises(Invalid, match=r"pause\.in_the_past"):
        pause(holder, pass_, SIX_PM - A_MOMENT, SIX_PM + DAY)
    with pytest.raises(Invalid, match=r"time\.span_too_long"):
        pause(holder, pass_, SIX_PM, SIX_PM + 366 * DAY + A_MOMENT)
    cancel_pass(holder.organization, pass_, "moves away", holder.mira(), SIX_PM)
    with pytest.raises(Conflict, match=r"pass\.is_cancelled"):
        pause(holder, pass_, ENDS, ENDS + DAY)


def test_kiosks_hear_of_a_pause_and_of_its_end(holder: Holder, pass_: str) -> None:
    studio = holder.studio
    kiosk = KnownKiosk(id=studio.kiosk(), organization_id=studio.organization, venue_id=studio.venue)
    before = replica_since(kiosk, 0, SIX_PM)
    pause(holder, pass_)
    after = replica_since(kiosk, before.version, SIX_PM, mark=before.mark)
    (known,) = [one for record in after.members if record.facts for one in record.facts.passes]
    assert [(one.starts_at, one.ends_at) for one in known.pauses] == [(AWAY, BACK)]
    assert known.valid_until == ENDS + 7 * DAY
    resume_pass(holder.organization, pass_, "stays after all", holder.mira(), SIX_PM + DAY)
    again = replica_since(kiosk, after.version, SIX_PM, mark=after.mark)
    (known,) = [one for record in again.members if record.facts for one in record.facts.passes]
    assert (known.pauses, known.valid_until) == ((), ENDS)


def test_who_did_what_and_why_stays_readable(holder: Holder, pass_: str) -> None:
    pause(holder, pass_)
    resume_pass(holder.organization, pass_, "stays after all", holder.mira(), SIX_PM + DAY)
    done = changes_of(holder.organization, pass_, the_house(holder.organization))
    assert [(one.kind, one.because, one.staff_id) for one in done] == [
        (PassChangeKind.ISSUED, "pass sold", None),
        (PassChangeKind.PAUSED, "a broken arm", holder.studio.staff),
        (PassChangeKind.RESUMED, "stays after all", holder.studio.staff),
    ]
    assert (done[1].data["starts_at"], done[1].data["ends_at"]) == (to_ms(AWAY), to_ms(BACK))


def test_a_member_reads_what_was_done_to_a_pass_and_not_what_staff_noted_about_it(holder: Holder, pass_: str) -> None:
    punched = holder.studio.punch_pass(holder.alice)
    pause(holder, pass_)
    correct_punches(holder.organization, punched, -2, "she quarrelled again", holder.mira(), SIX_PM)
    alice = member_asking(holder.organization, holder.alice, "Alice")
    read = changes_of(holder.organization, pass_, alice)
    assert [(one.kind.value, one.by, one.staff_id, one.because) for one in read] == [
        ("ISSUED", "AUTO", None, ""),
        ("PAUSED", "STAFF", None, ""),
    ]
    assert read[1].data == changes_of(holder.organization, pass_, holder.mira())[1].data
    lines = looking.ledger_of(holder.organization, punched, alice).lines
    assert [(line.kind, line.delta, line.because) for line in lines] == [("GRANT", 10, ""), ("CORRECTION", -2, "")]
    assert looking.ledger_of(holder.organization, punched, holder.mira()).lines[1].because == "she quarrelled again"


def test_who_loses_a_place_reads_that_the_pass_is_paused_and_not_why(holder: Holder, pass_: str) -> None:
    place = str(holder.reserves(pass_, AWAY))
    pause(holder, pass_)
    told = [letter for letter in write_letters(SIX_PM) if letter.reservation_id == place]
    said = told[-1].text
    assert "is paused at that time, so this place goes to others" in said and "broken arm" not in said
    alice = member_asking(holder.organization, holder.alice, "Alice")
    read = looking.reservations_of(holder.organization, pass_, alice, SIX_PM)
    assert [one.cancelled_because for one in read.future] == ["PASS_PAUSED"]
    with reading():
        step = ReservationHistoryRow.get(ReservationHistoryRow.action == "PASS_PAUSED")
    assert (step.cause, step.staff_id) == ("a broken arm", holder.studio.staff)


def test_a_place_lost_to_a_suspension_does_not_come_back_into_a_pause(holder: Holder, pass_: str) -> None:
    in_it, after_it = (holder.reserves(pass_, at) for at in (AWAY, BACK))
    mira = holder.mira()
    suspension = suspend(holder.organization, holder.alice, BACK + DAY, "broke the kiln", mira, SIX_PM)
    pause(holder, pass_)
    lift_suspension(holder.organization, suspension, "a mistake", mira, SIX_PM)
    assert [holder.studio.status(str(place)) for place in (in_it, after_it)] == [S.AUTO_CANCELLED, S.PENDING]
