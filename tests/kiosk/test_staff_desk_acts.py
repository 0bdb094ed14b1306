"""What staff do at a kiosk that is alone: it is on the disk first, counts here at once, and is told once."""

from collections import Counter
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from random import Random

import apsw
import pytest

from core import cards
from core.decisions import Admitted, Refused
from core.model import Pass, PassType, Reservation, ReservationStatus, Suspension
from core.protocol import AttemptKind, AttemptState, Outcome, StaffVerifier
from core.refusals import RefusalReason as R
from kiosk.desk import Desk
from kiosk.staff_values import Standing
from kiosk.store.database import open_database
from tests.kiosk.at_the_desk import ANA, ANA_RESERVED, ANAS_CARD, EIGHT_LEFT, SIX_PM, WHEEL, reopened
from tests.kiosk.staff_at_the_kiosk import StaffedKiosk, a_staffed_kiosk, listed, staff_desk_of
from tests.kiosk.test_staff_proved import verifier
from tests.simulation.faults import FragileKioskFile, Trap, Where, kiosk_points

VISIT = "W:ana:wheel"
BANNED = Suspension(id="ban", starts_at=SIX_PM - timedelta(days=1), ends_at=SIX_PM + timedelta(days=6))
EXPIRED = replace(EIGHT_LEFT, valid_until=SIX_PM - timedelta(hours=1))
AN_HOUR_ON, EIGHT_DAYS_ON = SIX_PM + timedelta(hours=1), SIX_PM + timedelta(days=8)
TEN_TO_EIGHT = WHEEL.starts_at + timedelta(minutes=80)


def signed_in(folder: Path, **how: object) -> StaffedKiosk:
    here = a_staffed_kiosk(folder, **how)  # type: ignore[arg-type]
    here.sign_in()
    return here


def last(here: StaffedKiosk) -> object:
    return here.kiosk.store.journal.next_batch(100, here.kiosk.clocks.at).attempts[-1]


def test_a_check_in_is_written_with_who_and_why_and_counts_at_once(tmp_path: Path) -> None:
    here = signed_in(tmp_path)
    done = here.staff.check_in("ana", "wheel", "forgot the card")
    assert done.is_done and done.key == "staff.done.check_in_punch" and done.values["punches"] == 7
    [told] = here.kiosk.store.journal.next_batch(9, here.kiosk.clocks.at).attempts
    assert (told.kind, told.state, told.outcome) == (AttemptKind.STAFF, AttemptState.LOCAL, Outcome.WELCOME)
    assert (told.actor.staff_id, told.actor.because, told.visit_key) == ("mira", "forgot the card", VISIT)
    assert told.actor.proof and told.card == "" and told.chain
    again = here.anas_card_is()
    assert isinstance(again, Admitted) and again.again_since is not None, "her card says she is in"
    assert here.staff.check_in("ana", "wheel").key == "staff.done.again"


def test_the_server_is_asked_when_it_is_there_and_hears_first_what_staff_did(tmp_path: Path) -> None:
    here = signed_in(tmp_path, is_online=True)
    here.staff.override("ana", R.TOO_LATE, None, SIX_PM + timedelta(hours=1), "spoke with her")
    here.staff.check_in("ana", "wheel")
    asked = here.kiosk.server.asked[-1]
    assert asked.attempt.kind is AttemptKind.STAFF and [one.act.reason for one in asked.unsent] == [R.TOO_LATE]  # type: ignore[union-attr]
    here.anas_card_is()
    assert len(here.kiosk.server.asked[-1].unsent) == 2, "with her card too: what staff did about her"


def test_the_rules_for_staff_say_no_too_and_an_override_makes_it_yes_here_at_once(tmp_path: Path) -> None:
    here = signed_in(tmp_path, facts=replace(ANA, passes=(EXPIRED,)))
    no = here.staff.check_in("ana", "wheel")
    assert not no.is_done and no.key == "staff.not.refused" and no.values["reason"] is R.PASS_EXPIRED
    person = here.staff.person("ana")
    assert person is not None and person.sessions[0].liftable is R.PASS_EXPIRED
    ends_at = SIX_PM + timedelta(hours=2)
    assert here.staff.override("ana", R.PASS_EXPIRED, "wheel", ends_at, "pays tomorrow").is_done
    assert isinstance(here.anas_card_is(), Admitted), "her own card, at the same kiosk, alone"


def test_an_override_ends(tmp_path: Path) -> None:
    here = signed_in(tmp_path, facts=replace(ANA, passes=(EXPIRED,)))
    here.staff.override("ana", R.PASS_EXPIRED, "wheel", SIX_PM + timedelta(seconds=50), "pays tomorrow")
    here.kiosk.clocks.pass_by(50)
    refused = here.anas_card_is()
    assert isinstance(refused, Refused) and refused.reason is R.PASS_EXPIRED


@pytest.mark.parametrize(("seconds", "key"), [(600, "staff.done.undo_punch"), (601, "staff.not.undo_too_late")])
def test_a_check_in_is_taken_back_within_ten_minutes_with_its_punch_and_not_after(
    tmp_path: Path, seconds: int, key: str
) -> None:
    here = signed_in(tmp_path)
    here.anas_card_is()
    here.kiosk.clocks.pass_by(seconds)
    here.sign_in()
    assert here.staff.undo("ana", VISIT, "wrong person").key == key
    person = here.staff.person("ana")
    assert person is not None
    is_out = person.sessions[0].visit_key is None
    assert is_out is (seconds == 600)
    decision = here.anas_card_is()
    assert isinstance(decision, Admitted)
    assert decision.punches_before == (8 if is_out else None), "the punch is back, and is used anew"


def test_a_visit_begun_at_another_kiosk_gives_its_punch_back_here_too(tmp_path: Path) -> None:
    here = signed_in(tmp_path)
    here.anas_card_is()
    facts = here.kiosk.store.people.known(["ana"], SIX_PM)[0].facts
    (tmp_path / "other").mkdir()
    there = signed_in(tmp_path / "other", facts=facts)
    assert there.staff.undo("ana", VISIT, "not staying").key == "staff.done.undo_punch"
    after = there.kiosk.store.people.known(["ana"], SIX_PM)[0].facts
    assert after.check_ins == () and after.passes[0].punches_left == 8


def test_a_place_is_marked_as_missed_once_it_began_and_coming_after_all_takes_it_back(tmp_path: Path) -> None:
    here = signed_in(tmp_path, facts=ANA_RESERVED)
    assert here.staff.mark_no_show("ana", "place", "nobody came").key == "staff.not.not_begun"
    here.kiosk.clocks.pass_by(30 * 60)
    here.sign_in()
    assert here.staff.mark_no_show("ana", "place", "nobody came").is_done
    assert here.staff.roster().sessions[0].people[0].standing is Standing.NO_SHOW
    assert here.staff.mark_no_show("ana", "place", "nobody came").key == "staff.not.no_place"
    assert isinstance(here.anas_card_is(), Admitted)
    assert here.staff.roster().sessions[0].people[0].standing is Standing.IN


def test_a_suspension_is_lifted_here_at_once_also_from_a_denied_card(tmp_path: Path) -> None:
    suspended = replace(ANA, suspensions=(BANNED,))
    here = a_staffed_kiosk(tmp_path, facts=suspended)
    here.kiosk.store.replica.apply(replace(listed(suspended, version=2), denied=(ANAS_CARD.fingerprint,)), SIX_PM)
    here.sign_in()
    refused = here.anas_card_is()
    assert isinstance(refused, Refused) and refused.reason is R.SUSPENDED
    assert here.staff.lift_suspension("ana", "other", "spoke").key == "staff.not.no_suspension"
    assert here.staff.lift_suspension("ana", "ban", "spoke with her").is_done
    here.kiosk.clocks.pass_by(5)
    assert isinstance(here.anas_card_is(), Admitted)


def test_a_card_handed_out_opens_this_door_at_once_until_its_end(tmp_path: Path) -> None:
    here = signed_in(tmp_path)
    code, ends_at = cards.new_code(Random("paper").getrandbits), SIX_PM + timedelta(minutes=5)
    here.staff.person_of_card(ANAS_CARD.text)
    assert here.staff.hand_out_card("ana", code, SIX_PM, "lost").key == "staff.not.card_end"
    assert here.staff.hand_out_card("ana", code, ends_at, "lost it").is_done
    shown = here.kiosk.desk.show_card(code.text)
    assert isinstance(shown.decision, Admitted) and shown.person is not None and shown.person.first_name == "Ana"
    here.kiosk.clocks.pass_by(300)
    late = here.kiosk.desk.show_card(code.text).decision
    assert isinstance(late, Refused) and late.reason is R.CARD_EXPIRED
    here.kiosk.store.close()
    written = b"".join(path.read_bytes() for path in tmp_path.rglob("*") if path.is_file())
    assert code.text.encode() not in written


def test_out_of_order_survives_a_power_cycle_and_back_in_order_ends_it(tmp_path: Path) -> None:
    here = signed_in(tmp_path)
    assert here.staff.out_of_order("").key == "staff.not.no_reason" and not here.staff.is_out_of_order
    assert here.staff.out_of_order("does not read").is_done and here.kiosk.desk.health().is_out_of_order
    after = here.standing_again(reopened(tmp_path, here.kiosk.clocks, here.kiosk.server, boot="boot-2"))
    assert after.staff.is_out_of_order
    after.sign_in()
    assert after.staff.back_in_order().is_done and not after.staff.is_out_of_order


@pytest.mark.parametrize(
    ("act", "key"),
    [
        (lambda staff: staff.undo("ana", VISIT, " "), "staff.not.no_reason"),
        (lambda staff: staff.override("ana", R.TOO_LATE, None, AN_HOUR_ON, ""), "staff.not.no_reason"),
        (lambda staff: staff.override("ana", R.CARD_UNKNOWN, None, AN_HOUR_ON, "x"), "staff.not.no_override"),
        (lambda staff: staff.override("ana", R.TOO_LATE, None, EIGHT_DAYS_ON, "x"), "staff.not.no_override"),
        (lambda staff: staff.undo("ana", VISIT, "wrong"), "staff.not.no_visit"),
        (lambda staff: staff.undo("nobody", VISIT, "wrong"), "staff.not.not_known_here"),
        (lambda staff: staff.mark_no_show("ana", "place", "x"), "staff.not.no_place"),
    ],
)  # fmt: skip
def test_what_cannot_be_done_says_why_and_writes_nothing(tmp_path: Path, act: object, key: str) -> None:
    here = signed_in(tmp_path)
    result = act(here.staff)  # type: ignore[operator]
    assert (result.is_done, result.key, result.attempt_id) == (False, key, "")
    assert here.kiosk.store.journal.waiting() == 0


def test_who_may_only_welcome_lets_in_and_takes_back_and_nothing_more(tmp_path: Path) -> None:
    instructor = StaffVerifier(
        card=verifier().card, staff_id="mira", verifier=verifier().verifier, sealed="", may_serve=False
    )
    here = signed_in(tmp_path, staff=(instructor,))
    ends_at = SIX_PM + timedelta(hours=1)
    assert here.staff.override("ana", R.TOO_LATE, None, ends_at, "x").key == "staff.not.may_not"
    assert here.staff.lift_suspension("ana", "ban", "x").key == "staff.not.may_not"
    assert here.staff.check_in("ana", "wheel").is_done and here.staff.undo("ana", VISIT, "x").is_done


def test_several_are_let_in_one_after_the_other_each_with_their_own_answer(tmp_path: Path) -> None:
    here = signed_in(tmp_path)
    many = here.staff.check_in_many(["ana", "nobody", "ana"], "wheel", "came together")
    assert (many.count, many.of) == (1, 2)
    assert many.each["ana"].is_done and many.each["nobody"].key == "staff.not.not_known_here"


def test_every_act_is_told_once_in_its_order_and_the_chain_holds(tmp_path: Path) -> None:
    here = signed_in(tmp_path, facts=replace(ANA_RESERVED, suspensions=(BANNED,)))
    here.staff.lift_suspension("ana", "ban", "spoke")
    here.staff.check_in("ana", "wheel")
    here.staff.undo("ana", "R:place", "wrong person")
    here.kiosk.server.is_up = True
    here.kiosk.clocks.pass_by(20)
    assert [here.kiosk.desk.sync().told for _ in range(3)] == [3, 0, 0]
    outcomes = [one.outcome for one in here.kiosk.server.stored.values()]
    assert outcomes == [Outcome.DONE, Outcome.WELCOME, Outcome.DONE]


class PowerCut(BaseException):
    """The plug is pulled."""


def test_an_act_cut_off_between_intent_and_outcome_never_was(tmp_path: Path) -> None:
    here = signed_in(tmp_path, facts=replace(ANA, passes=(EXPIRED,)))

    class CutDesk(Desk):
        def staff_end(self, attempt: object, admitted: object = None) -> object:  # type: ignore[override]
            raise PowerCut

    here.kiosk.desk.__class__ = CutDesk
    with pytest.raises(PowerCut):
        here.staff.override("ana", R.PASS_EXPIRED, None, SIX_PM + timedelta(hours=2), "pays tomorrow")
    after = here.standing_again(reopened(tmp_path, here.kiosk.clocks, here.kiosk.server, boot="boot-2"))
    assert after.kiosk.store.interrupted == 1
    refused = after.anas_card_is()
    assert isinstance(refused, Refused) and refused.reason is R.PASS_EXPIRED
    first = after.kiosk.store.journal.next_batch(9, SIX_PM).attempts[0]
    assert (first.state, first.outcome, first.reason) == (AttemptState.UNKNOWN, Outcome.ABORTED, R.INTERRUPTED)
    assert first.act is not None, "the server is told what was begun"


@pytest.mark.parametrize("commits", [0, 1])
def test_a_full_disk_lets_nothing_be_done_and_leaves_nothing_open(tmp_path: Path, commits: int) -> None:
    here = a_staffed_kiosk(tmp_path, facts=replace(ANA, passes=(EXPIRED,)))
    here.kiosk.store.close()
    points = kiosk_points(Counter())
    kiosk = reopened(
        tmp_path, here.kiosk.clocks, here.kiosk.server, boot="boot-2",
        open_file=lambda path: open_database(path, kind=lambda connection: FragileKioskFile(connection, points)),
    )  # fmt: skip
    here = StaffedKiosk(kiosk, here.server, staff_desk_of(kiosk, here.server))
    here.sign_in()
    points.trap = Trap(Where.DISK_FULL, commits=commits)
    with pytest.raises(apsw.FullError):
        here.staff.override("ana", R.PASS_EXPIRED, None, SIX_PM + timedelta(hours=2), "pays tomorrow")
    points.trap = None
    assert not kiosk.store.people.known(["ana"], SIX_PM)[0].facts.overrides
    kiosk.server.is_up = True
    kiosk.clocks.pass_by(20)
    kiosk.desk.sync()
    assert kiosk.store.journal.waiting() == 0
    assert all(one.outcome is Outcome.ABORTED for one in kiosk.server.stored.values())
    assert here.staff.override("ana", R.PASS_EXPIRED, None, SIX_PM + timedelta(hours=2), "pays tomorrow").is_done


def test_what_staff_did_stays_laid_over_the_list_until_the_list_knows(tmp_path: Path) -> None:
    lapsed = replace(ANA, passes=(EXPIRED,))
    here = signed_in(tmp_path, facts=lapsed)
    here.staff.override("ana", R.PASS_EXPIRED, None, SIX_PM + timedelta(hours=2), "pays tomorrow")
    here.kiosk.store.replica.apply(listed(lapsed, version=2), SIX_PM)
    assert len(here.kiosk.store.people.known(["ana"], SIX_PM)[0].facts.overrides) == 1, "an older list hides nothing"
    here.kiosk.server.is_up = True
    here.kiosk.server.facts = lapsed
    here.kiosk.clocks.pass_by(20)
    here.kiosk.desk.sync()
    here.kiosk.desk.sync()
    known = here.kiosk.store.people.known(["ana"], SIX_PM)[0].facts.overrides
    assert known == (), "the server has it and gave a list without: it did not take it"


def test_roster_and_person_say_what_can_be_done(tmp_path: Path) -> None:
    unlimited = Pass(id="u", type=PassType.UNLIMITED_SERIES, title="All", valid_from=SIX_PM - timedelta(days=1))
    place = Reservation(id="place", session_id="wheel", pass_id="u", status=ReservationStatus.PENDING)
    here = signed_in(tmp_path, facts=replace(ANA, passes=(unlimited,), reservations=(place,)))
    [session] = here.staff.roster().sessions
    assert session.is_on and [one.standing for one in session.people] == [Standing.EXPECTED]
    person = here.staff.person("ana")
    assert person is not None and isinstance(person.sessions[0].decision, Admitted)
    assert not person.sessions[0].may_mark_no_show
    here.kiosk.clocks.pass_by((TEN_TO_EIGHT - SIX_PM).total_seconds())
    here.sign_in()
    [session] = here.staff.roster().sessions
    assert [one.standing for one in session.people] == [Standing.MISSING]
    person = here.staff.person("ana")
    assert person is not None and person.sessions[0].may_mark_no_show
    here.staff.check_in("ana", "wheel")
    person = here.staff.person("ana")
    assert person is not None and person.sessions[0].decision is None
    assert person.sessions[0].undo_until_at == TEN_TO_EIGHT + timedelta(minutes=10)
    assert here.staff.roster().sessions[0].people[0].standing is Standing.LATE
