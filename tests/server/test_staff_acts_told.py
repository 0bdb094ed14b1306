"""What staff did at a kiosk, heard by the server: once, proven, as of when they did it, and with a trail."""

from dataclasses import replace
from datetime import timedelta

import pytest
from peewee import Database

from core import acts, cards
from core.errors import Forbidden
from core.model import ReservationStatus as S
from core.protocol import Effect, Outcome
from core.refusals import RefusalReason as R
from server.services.desk.audit import Wanted, audit
from server.services.door.changes import version_of_member
from server.services.door.staff_audit import CameOf
from server.services.fleet.replica import replica_since
from server.services.people.accounts import close_account
from server.services.people.rights import Role, asker_of_staff
from server.services.people.suspensions import suspend
from server.store.database import reading
from server.store.tables import AttemptRow, CardRow, NoShowRow, OverrideRow, SuspensionRow, VisitRow
from tests.server.door_stories import kiosk_of, live_visits, welcomed
from tests.server.staff_stories import ALL, StaffedStudio, held_back
from tests.server.studio import SIX_PM, after, before

AN_HOUR_ON = after(60)


def came_of(house: StaffedStudio) -> list[CameOf]:
    return [line.came_of for line in house.trail()]


def test_an_override_made_offline_is_in_force_from_when_it_was_made_and_reaches_the_other_kiosks(
    database: Database,
) -> None:
    house = StaffedStudio()
    alice = house.studio.member()
    act = acts.Override(member_id=alice, reason=R.PASS_EXPIRED, ends_at=AN_HOUR_ON, because="pays tomorrow")
    attempt = house.did(act, before(10))
    with reading():
        known = version_of_member(house.studio.organization, alice)
    assert house.told(SIX_PM, attempt) == [Effect.APPLIED]
    with reading():
        row = OverrideRow.get_by_id(attempt.attempt_id)
    assert (row.starts_at, row.ends_at, row.staff_id, row.because) == (
        before(10), AN_HOUR_ON, house.finn, "pays tomorrow",
    )  # fmt: skip
    other = kiosk_of(house.studio, "Back door")
    [record] = replica_since(other.known, known, SIX_PM).members
    assert record.facts is not None and [one.id for one in record.facts.overrides] == [attempt.attempt_id]
    assert record.number == "0001"
    [line] = house.trail()
    assert (line.who, line.happened_at, line.where, line.because, line.whom) == (
        "Finn Fox", before(10), "Front door · Kiln House", "pays tomorrow", "Alice Ackerman",
    )  # fmt: skip
    assert line.came_of is CameOf.DONE and line.subject == R.PASS_EXPIRED.value


def test_told_twice_it_is_carried_out_once(database: Database) -> None:
    house = StaffedStudio()
    alice = house.studio.member()
    act = acts.Override(member_id=alice, reason=R.TOO_LATE, ends_at=AN_HOUR_ON, because="spoke with her")
    attempt = house.did(act, before(10))
    assert house.told(SIX_PM, attempt) == [Effect.APPLIED]
    assert house.told(after(1), attempt) == [Effect.DUPLICATE]
    with reading():
        assert OverrideRow.select().count() == 1
    assert came_of(house) == [CameOf.DONE] and held_back() == []


def test_another_act_under_the_same_id_is_kept_aside_and_changes_nothing(sqlite_database: Database) -> None:
    house = StaffedStudio()
    alice = house.studio.member()
    act = acts.Override(member_id=alice, reason=R.TOO_LATE, ends_at=AN_HOUR_ON, because="spoke with her")
    attempt = house.did(act, before(10))
    house.told(SIX_PM, attempt)
    longer = replace(attempt, act=replace(act, ends_at=after(600)))
    assert house.told(after(1), longer) == [Effect.QUARANTINED]
    with reading():
        assert OverrideRow.get_by_id(attempt.attempt_id).ends_at == AN_HOUR_ON
    assert came_of(house) == [CameOf.DONE], "the trail says what stands"


@pytest.mark.parametrize(
    "reason, lasts, in_one_session_of, effect",
    [
        (R.TOO_LATE, timedelta(days=7, minutes=2), "us", Effect.APPLIED),
        (R.TOO_LATE, timedelta(days=7, minutes=2, milliseconds=1), "us", Effect.QUARANTINED),
        (R.CARD_UNKNOWN, timedelta(hours=1), "us", Effect.QUARANTINED),
        (R.TOO_LATE, timedelta(hours=1), "nobody", Effect.QUARANTINED),
    ],
)
def test_a_kiosk_lifts_what_the_desk_lifts_and_a_clock_that_is_apart_is_no_reason_to_refuse(
    database: Database, reason: R, lasts: timedelta, in_one_session_of: str, effect: Effect
) -> None:
    house = StaffedStudio()
    session = house.studio.session() if in_one_session_of == "us" else "nobody's"
    made_at, alice = before(10), house.studio.member()
    act = acts.Override(
        member_id=alice, reason=reason, ends_at=made_at + lasts, because="spoke with her", session_id=session
    )
    assert house.told(SIX_PM, house.did(act, made_at)) == [effect]
    with reading():
        assert OverrideRow.select().count() == (1 if effect is Effect.APPLIED else 0)


@pytest.mark.parametrize("seconds, made_of_it", [(0, CameOf.WITHOUT_EFFECT), (1, CameOf.DONE)])
def test_an_override_that_ends_as_it_begins_changes_nothing(
    database: Database, seconds: int, made_of_it: CameOf
) -> None:
    house = StaffedStudio()
    made_at, alice = before(10), house.studio.member()
    act = acts.Override(
        member_id=alice, reason=R.TOO_LATE, ends_at=made_at + timedelta(seconds=seconds), because="spoke with her"
    )
    assert house.told(SIX_PM, house.did(act, made_at)) == [Effect.APPLIED]
    with reading():
        assert OverrideRow.select().count() == seconds
    assert came_of(house) == [made_of_it]


@pytest.mark.parametrize(
    ("minutes", "effect", "left"), [(10, Effect.APPLIED, 8), (13, Effect.QUARANTINED, 7)]
)  # fmt: skip
def test_a_check_in_is_undone_within_ten_minutes_with_its_punch_and_not_after(
    database: Database, minutes: int, effect: Effect, left: int
) -> None:
    house = StaffedStudio()
    alice = house.studio.member()
    pass_, session, card = house.studio.punch_pass(alice, 8), house.studio.session(), house.studio.card(alice)
    came = welcomed(house.door.show(card, before(20)), alice, session, pass_=pass_)
    house.told(before(15), came)
    assert house.studio.punches_left(pass_) == 7
    act = acts.Undo(member_id=alice, visit_key=came.visit_key or "", because="wrong person")
    undone = house.did(act, before(20 - minutes), session_id=session, visit_key=came.visit_key)
    assert house.told(SIX_PM, undone) == [effect]
    assert house.studio.punches_left(pass_) == left and len(live_visits()) == (left == 7)
    line = house.trail()[-1]
    assert (line.came_of, line.why_held_back) == (
        (CameOf.DONE, "") if left == 8 else (CameOf.HELD_BACK, "act.undo_too_late")
    )
    if left == 8:
        assert house.told(after(1), undone) == [Effect.DUPLICATE]
        assert house.studio.punches_left(pass_) == 8, "given back once"


def test_an_undo_of_the_same_visit_under_its_other_name_finds_it(sqlite_database: Database) -> None:
    house = StaffedStudio()
    alice = house.studio.member()
    pass_, session, card = house.studio.punch_pass(alice, 8), house.studio.session(), house.studio.card(alice)
    place = house.studio.reservation(alice, session, pass_)
    house.told(before(15), welcomed(house.door.show(card, before(16)), alice, session, reservation=place, pass_=pass_))
    key = f"W:{alice}:{session}"
    act = acts.Undo(member_id=alice, visit_key=key, because="wrong person")
    assert house.told(SIX_PM, house.did(act, before(14), session_id=session, visit_key=key)) == [Effect.APPLIED]
    assert live_visits() == [] and house.studio.status(place) is S.PENDING


def test_a_place_marked_as_missed_costs_as_the_night_would_and_a_late_word_takes_it_back(database: Database) -> None:
    house = StaffedStudio()
    alice = house.studio.member()
    pass_, session, card = house.studio.punch_pass(alice, 8), house.studio.session(), house.studio.card(alice)
    place = house.studio.reservation(alice, session, pass_)
    other = kiosk_of(house.studio, "Back door")
    late_word = welcomed(other.show(card, before(5)), alice, session, reservation=place, pass_=pass_)
    act = acts.MarkNoShow(member_id=alice, reservation_id=place, because="nobody came")
    assert house.told(after(40), house.did(act, after(30), session_id=session)) == [Effect.APPLIED]
    assert house.studio.status(place) is S.NO_SHOW
    with reading():
        [absence] = NoShowRow.select()
    assert (absence.noted_at, absence.reversed_at) == (after(30), None)
    assert house.told(after(60), late_word, kiosk=other) == [Effect.APPLIED]
    assert house.studio.status(place) is S.CHECKED_IN and house.studio.punches_left(pass_) == 7
    with reading():
        assert NoShowRow.get_by_id(absence.id).reversed_at is not None


def test_whoever_came_elsewhere_meanwhile_is_not_marked(sqlite_database: Database) -> None:
    house = StaffedStudio()
    alice = house.studio.member()
    pass_, session, card = house.studio.punch_pass(alice, 8), house.studio.session(), house.studio.card(alice)
    place = house.studio.reservation(alice, session, pass_)
    other = kiosk_of(house.studio, "Back door")
    came = welcomed(other.show(card, before(5)), alice, session, reservation=place, pass_=pass_)
    house.told(SIX_PM, came, kiosk=other)
    act = acts.MarkNoShow(member_id=alice, reservation_id=place, because="nobody came")
    assert house.told(after(40), house.did(act, after(30), session_id=session)) == [Effect.APPLIED]
    assert house.studio.status(place) is S.CHECKED_IN and came_of(house) == [CameOf.WITHOUT_EFFECT]


def test_nobody_misses_what_had_not_begun(sqlite_database: Database) -> None:
    house = StaffedStudio()
    alice = house.studio.member()
    place = house.studio.reservation(alice, house.studio.session(), house.studio.punch_pass(alice, 8))
    act = acts.MarkNoShow(member_id=alice, reservation_id=place, because="nobody came")
    assert house.told(SIX_PM, house.did(act, before(5))) == [Effect.QUARANTINED]
    assert house.studio.status(place) is S.PENDING and house.trail()[0].why_held_back == "act.session_not_begun"


def test_a_suspension_is_lifted_as_of_when_staff_did_it(database: Database) -> None:
    house = StaffedStudio()
    alice = house.studio.member()
    ban = suspend(house.studio.organization, alice, after(24 * 60), "missed three", house.house, before(60))
    act = acts.LiftSuspension(member_id=alice, suspension_id=ban, because="spoke with her")
    assert house.told(SIX_PM, house.did(act, before(10))) == [Effect.APPLIED]
    with reading():
        row = SuspensionRow.get_by_id(ban)
    assert (row.lifted_at, row.lifted_because) == (before(10), "spoke with her")
    assert house.told(after(5), house.did(act, before(9))) == [Effect.APPLIED]
    assert came_of(house) == [CameOf.DONE, CameOf.WITHOUT_EFFECT], "the second found it lifted"


def test_a_card_handed_out_at_a_kiosk_is_a_card_whose_proofs_are_believed(database: Database) -> None:
    house = StaffedStudio()
    alice = house.studio.member()
    house.studio.punch_pass(alice, 8)
    house.studio.session()
    code = cards.new_code(lambda bits: 12345678901234567890)
    act = acts.HandOutCard(
        member_id=alice, card=code.fingerprint, proof_key=code.proof_key().hex(), ends_at=after(120), because="lost"
    )
    handed = house.did(act, before(20))
    proof = cards.proof(code.proof_key(), handed.attempt_id)
    handed = replace(handed, card=code.fingerprint, proof=proof)
    assert house.told(before(10), handed) == [Effect.APPLIED]
    assert house.told(before(9), handed) == [Effect.DUPLICATE]
    with reading():
        [row] = CardRow.select()
    assert (row.kind, row.expires_at, row.member_id) == ("temporary", after(120), alice)
    assert code.proof_key().hex() not in row.code_encrypted
    other = kiosk_of(house.studio, "Back door")
    answer = other.ask(other.show(code, before(5)), before(5))
    assert answer.person is not None and answer.person.first_name == "Alice"
    forged = replace(other.show(code, before(4)), proof="00" * 32)
    assert other.ask(forged, before(4)).person is None
    bob = house.studio.member("Bob")
    again = house.did(replace(act, member_id=bob), before(3))
    assert house.told(SIX_PM, again) == [Effect.QUARANTINED], "nobody else gets the same card"


def test_a_check_in_by_staff_is_the_visit_it_always_was_and_stands_in_the_trail(database: Database) -> None:
    house = StaffedStudio()
    alice = house.studio.member()
    pass_, session = house.studio.punch_pass(alice, 8), house.studio.session()
    act = acts.CheckIn(member_id=alice, session_id=session, because="forgot the card")
    attempt = house.did(act, before(10))
    came = replace(welcomed(attempt, alice, session, pass_=pass_), actor=attempt.actor)
    assert house.told(SIX_PM, came) == [Effect.APPLIED]
    assert house.told(after(1), came) == [Effect.DUPLICATE]
    [visit] = live_visits()
    assert (visit.method, visit.disputed_reason) == ("STAFF", None) and house.studio.punches_left(pass_) == 7
    [line] = house.trail()
    assert (line.came_of, line.session_id, line.because) == (CameOf.DONE, session, "forgot the card")


def test_somebody_let_in_by_nobody_who_may_stays_in_and_is_disputed(database: Database) -> None:
    house = StaffedStudio()
    alice = house.studio.member()
    pass_, session = house.studio.punch_pass(alice, 8), house.studio.session()
    close_account(house.studio.organization, house.finn, house.house, before(60))
    act = acts.CheckIn(member_id=alice, session_id=session, because="forgot the card")
    came = welcomed(house.did(act, before(10)), alice, session, pass_=pass_)
    [told] = house.door.tell(SIX_PM, came)[0]
    assert (told.effect, told.reason) == (Effect.DISPUTED, R.STAFF_NOT_ALLOWED)
    [visit] = live_visits()
    assert visit.disputed_reason == R.STAFF_NOT_ALLOWED.value and came_of(house) == [CameOf.DISPUTED]


def test_what_staff_did_before_they_left_still_holds(sqlite_database: Database) -> None:
    house = StaffedStudio()
    alice = house.studio.member()
    act = acts.Override(member_id=alice, reason=R.TOO_LATE, ends_at=AN_HOUR_ON, because="spoke with her")
    made = house.did(act, before(10))
    close_account(house.studio.organization, house.finn, house.house, before(9))
    assert house.told(SIX_PM, made) == [Effect.APPLIED]
    assert house.told(after(1), house.did(act, before(9))) == [Effect.QUARANTINED]
    assert [line.why_held_back for line in house.trail()] == ["", "staff.unknown"]


@pytest.mark.parametrize("how", ["no proof", "another attempt's", "another's card", "nobody", "an instructor"])
def test_what_nobody_proved_is_not_carried_out_and_never_lost(sqlite_database: Database, how: str) -> None:
    house = StaffedStudio()
    alice = house.studio.member()
    act = acts.Override(member_id=alice, reason=R.TOO_LATE, ends_at=AN_HOUR_ON, because="let me in")
    made = house.did(act, before(10))
    forged = {
        "no proof": lambda: replace(made, actor=replace(made.actor, proof="")),
        "another attempt's": lambda: replace(made, actor=house.did(act, before(10)).actor),
        "another's card": lambda: replace(made, actor=replace(made.actor, staff_id=house.studio.staff)),
        "nobody": lambda: replace(made, actor=replace(made.actor, staff_id="nobody")),
        "an instructor": lambda: house.did(act, before(10), by=house.hired("Ines Ink", Role.INSTRUCTOR)),
    }[how]()
    assert house.told(SIX_PM, forged) == [Effect.QUARANTINED]
    assert len(held_back()) == 1
    with reading():
        assert not OverrideRow.select().exists()
        assert not AttemptRow.select().where(AttemptRow.id == forged.attempt_id).exists()
    [line] = house.trail()
    assert line.came_of is CameOf.HELD_BACK and line.why_held_back.startswith("staff.")


def test_an_instructor_lets_in_and_takes_back(sqlite_database: Database) -> None:
    house = StaffedStudio()
    alice, ines = house.studio.member(), house.hired("Ines Ink", Role.INSTRUCTOR)
    pass_, session = house.studio.punch_pass(alice, 8), house.studio.session()
    act = acts.CheckIn(member_id=alice, session_id=session, because="forgot it")
    came = welcomed(house.did(act, before(10), by=ines), alice, session, pass_=pass_)
    undo = acts.Undo(member_id=alice, visit_key=came.visit_key or "", because="wrong person")
    assert house.told(SIX_PM, came, house.did(undo, before(9), by=ines, session_id=session)) == [Effect.APPLIED] * 2
    with reading():
        assert not VisitRow.get().is_live
    assert house.studio.punches_left(pass_) == 8


def test_an_act_that_nobody_was_shown_is_only_a_broken_off_attempt(sqlite_database: Database) -> None:
    house = StaffedStudio()
    alice = house.studio.member()
    act = acts.Override(member_id=alice, reason=R.TOO_LATE, ends_at=AN_HOUR_ON, because="spoke with her")
    cut = replace(house.did(act, before(10), outcome=Outcome.ABORTED), reason=R.INTERRUPTED)
    assert house.told(SIX_PM, cut) == [Effect.APPLIED]
    with reading():
        assert not OverrideRow.select().exists()
    assert house.trail() == []


def test_the_trail_is_asked_by_day_and_person_and_only_by_those_who_may(database: Database) -> None:
    house = StaffedStudio()
    alice, bob = house.studio.member(), house.studio.member("Bob")
    mira = house.hired("Max Moss", Role.MANAGER)
    yesterday, length = before(24 * 60), timedelta(hours=30)

    def override(member: str) -> acts.Override:
        ends_at = yesterday + length
        return acts.Override(member_id=member, reason=R.TOO_LATE, ends_at=ends_at, because="spoke with them")

    first, second = house.did(override(alice), yesterday), house.did(override(bob), before(30), by=mira)
    third = house.did(acts.OutOfOrder(because="does not read"), before(20))
    house.told(SIX_PM, first, second, third)
    ids = [first.attempt_id, second.attempt_id, third.attempt_id]
    assert [line.id for line in house.trail()] == ids
    assert [line.id for line in house.trail(day=yesterday.date())] == ids[:1]
    assert [line.id for line in house.trail(day=SIX_PM.date())] == ids[1:]
    assert [line.id for line in house.trail(staff_id=mira[0])] == ids[1:2]
    assert [line.id for line in house.trail(member_id=alice)] == ids[:1]
    assert house.trail()[-1].whom == "" and house.trail()[-1].act is acts.ActWord.OUT_OF_ORDER
    teacher, _ = house.hired("Ines Ink", Role.INSTRUCTOR)
    with reading():
        ines = asker_of_staff(house.studio.organization, teacher)
    with pytest.raises(Forbidden):
        audit(house.studio.organization, ines, Wanted(), ALL)
