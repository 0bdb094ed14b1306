"""The member list on a kiosk: taken in part by part, resumed where it stopped, and read as facts."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from core.facts import Source
from core.model import CardState, PassType, ReservationStatus, Suspension
from core.protocol import MemberRecord, ReplicaPart, SealedCard
from kiosk.asking import Link
from kiosk.server_client import DeviceRejected
from kiosk.store.overlay import VisitHere, with_own_visits
from kiosk.telling import REFRESHED_EVERY
from kiosk.timekeeping import Timekeeper
from tests.kiosk.at_the_desk import ANA, ANA_RESERVED, ANAS_CARD, SIX_PM, WHEEL, Kiosk, a_kiosk, member_list, reopened


def member(name: str, version: int) -> MemberRecord:
    return MemberRecord(
        member_id=name,
        version=version,
        facts=replace(ANA, member_id=name),
        cards=(SealedCard(card=f"card of {name}", member_id=name, state="ACTIVE"),),
    )


def gone(name: str, version: int) -> MemberRecord:
    return MemberRecord(member_id=name, version=version)


def part(version: int, *members: MemberRecord, is_complete: bool = True, denied: tuple[str, ...] = ()) -> ReplicaPart:
    return replace(
        member_list(version=version), members=members, is_complete=is_complete, denied=denied, version=version
    )


def card_state(kiosk: Kiosk, card: str) -> CardState:
    return kiosk.store.replica.known_of(card, SIX_PM).facts.card


def test_a_list_in_parts_is_fetched_on_from_where_it_stopped(tmp_path: Path) -> None:
    kiosk = a_kiosk(tmp_path, facts=None)
    kiosk.server.parts = [
        part(5, member("a", 5), is_complete=False),
        part(9, member("b", 9)),
    ]
    kiosk.desk.sync()
    assert kiosk.server.given == [0, 5]
    assert (kiosk.store.replica.version, kiosk.store.replica.members()) == (9, 2)


def test_half_a_list_is_no_list_yet(tmp_path: Path) -> None:
    kiosk = a_kiosk(tmp_path, facts=None, is_online=False)
    kiosk.store.replica.apply(part(5, member("a", 5), is_complete=False), SIX_PM)
    assert not kiosk.store.replica.known_of("card of b", SIX_PM).facts.knowledge.has_member_list
    kiosk.store.replica.apply(part(9, member("b", 9)), SIX_PM)
    assert kiosk.store.replica.known_of("card of b", SIX_PM).facts.knowledge.has_member_list


def test_a_list_cut_off_by_a_power_cut_goes_on_after_the_start(tmp_path: Path) -> None:
    kiosk = a_kiosk(tmp_path, facts=None)
    kiosk.store.replica.apply(part(5, member("a", 5), is_complete=False), SIX_PM)
    kiosk.store.close()
    after = reopened(tmp_path, kiosk.clocks, kiosk.server)
    kiosk.server.parts = [part(9, member("b", 9))]
    after.desk.sync()
    assert (kiosk.server.given, after.store.replica.members()) == ([5], 2)


def test_who_left_is_gone_with_all_their_cards(tmp_path: Path) -> None:
    kiosk = a_kiosk(tmp_path)
    kiosk.store.replica.apply(part(2, member("a", 2)), SIX_PM)
    assert card_state(kiosk, "card of a") is CardState.ACTIVE
    kiosk.store.replica.apply(part(3, gone("a", 3)), SIX_PM)
    assert card_state(kiosk, "card of a") is CardState.UNKNOWN


def test_a_card_handed_on_opens_for_its_new_holder(tmp_path: Path) -> None:
    kiosk = a_kiosk(tmp_path)
    handed_on = replace(member("b", 3), cards=(SealedCard(card="card of a", member_id="b", state="ACTIVE"),))
    kiosk.store.replica.apply(part(2, member("a", 2)), SIX_PM)
    kiosk.store.replica.apply(part(3, replace(member("a", 3), cards=()), handed_on), SIX_PM)
    assert kiosk.store.replica.known_of("card of a", SIX_PM).facts.member_id == "b"


def test_a_denied_card_opens_nothing_before_the_rest_of_the_list_says_why(tmp_path: Path) -> None:
    kiosk = a_kiosk(tmp_path)
    kiosk.store.replica.apply(part(2, is_complete=False, denied=(ANAS_CARD.fingerprint,)), SIX_PM)
    assert card_state(kiosk, ANAS_CARD.fingerprint) is CardState.REVOKED
    suspended = replace(ANA, suspensions=(Suspension(id="s", starts_at=SIX_PM, ends_at=SIX_PM + timedelta(days=9)),))
    why = replace(member_list(suspended, version=3), denied=(ANAS_CARD.fingerprint,))
    kiosk.store.replica.apply(why, SIX_PM)
    assert card_state(kiosk, ANAS_CARD.fingerprint) is CardState.ACTIVE, "the suspension itself says no"
    kiosk.store.replica.apply(replace(member_list(version=4), denied=()), SIX_PM)
    assert card_state(kiosk, ANAS_CARD.fingerprint) is CardState.ACTIVE


@pytest.mark.parametrize("hours", [1, 3])
def test_a_suspension_that_explained_a_denial_and_is_over_by_now_denies_no_more(tmp_path: Path, hours: int) -> None:
    """Else a kiosk that hears nothing since would call a good card revoked."""
    kiosk = a_kiosk(tmp_path)
    suspended = replace(ANA, suspensions=(Suspension(id="s", starts_at=SIX_PM, ends_at=SIX_PM + timedelta(hours=2)),))
    kiosk.store.replica.apply(replace(member_list(suspended, version=2), denied=(ANAS_CARD.fingerprint,)), SIX_PM)
    later = kiosk.store.replica.known_of(ANAS_CARD.fingerprint, SIX_PM + timedelta(hours=hours))
    assert later.facts.card is CardState.ACTIVE


def test_a_list_that_went_back_is_fetched_anew_and_kept_until_it_is_whole(tmp_path: Path) -> None:
    kiosk = a_kiosk(tmp_path)
    kiosk.store.replica.apply(part(90, member("since the backup", 90)), SIX_PM)
    kiosk.store.replica.start_over()
    assert card_state(kiosk, "card of since the backup") is CardState.ACTIVE
    kiosk.server.parts = [part(3, member("a", 3), is_complete=False), part(7, member("b", 7))]
    kiosk.desk.sync()
    assert kiosk.server.given == [0, 3]
    assert card_state(kiosk, "card of since the backup") is CardState.UNKNOWN
    assert kiosk.store.replica.members() == 2


def test_a_server_whose_version_is_lower_has_lost_some(tmp_path: Path) -> None:
    kiosk = a_kiosk(tmp_path)
    kiosk.store.replica.apply(part(90, member("a", 90), is_complete=False), SIX_PM)
    kiosk.store.replica.start_over()
    kiosk.store.replica.apply(part(90, member("a", 90), is_complete=False), SIX_PM)
    kiosk.server.parts = [part(40), part(40, member("b", 40))]
    kiosk.desk.sync()
    assert kiosk.server.given == [90, 0]
    assert kiosk.store.replica.version == 40


def test_a_list_that_is_another_under_the_same_number_is_fetched_anew(tmp_path: Path) -> None:
    kiosk = a_kiosk(tmp_path)
    kiosk.store.replica.apply(replace(part(40, member("lost", 40)), mark="before the backup"), SIX_PM)
    kiosk.server.parts = [replace(part(40, member("b", 40)), is_anew=True), part(40, member("b", 40))]
    kiosk.desk.sync()
    assert kiosk.server.given == [40, 0]
    assert card_state(kiosk, "card of lost") is CardState.UNKNOWN
    assert card_state(kiosk, "card of b") is CardState.ACTIVE


def test_a_server_that_lost_attempts_is_asked_for_the_whole_list_anew(tmp_path: Path) -> None:
    kiosk = a_kiosk(tmp_path)
    kiosk.desk.show_card(ANAS_CARD.text)
    kiosk.desk.sync()
    kiosk.server.stored.clear()
    kiosk.server.given.clear()
    kiosk.desk.sync()
    assert kiosk.server.given == [0]
    assert len(kiosk.server.stored) == 1


def test_what_changes_by_time_alone_is_fetched_every_quarter_of_an_hour(tmp_path: Path) -> None:
    kiosk = a_kiosk(tmp_path)
    kiosk.desk.sync()
    kiosk.server.given.clear()
    kiosk.clocks.pass_by(REFRESHED_EVERY - 1)
    kiosk.desk.sync()
    assert kiosk.server.given == []
    tomorrow = replace(WHEEL, id="tomorrow")
    kiosk.server.sessions = (tomorrow,)
    kiosk.clocks.pass_by(1)
    kiosk.desk.sync()
    assert kiosk.store.replica.sessions == (tomorrow,)


def test_facts_say_where_they_are_from_and_how_old_they_are(tmp_path: Path) -> None:
    facts = a_kiosk(tmp_path).store.replica.known_of(ANAS_CARD.fingerprint, SIX_PM, is_clock_sure=False).facts
    assert facts.knowledge.source is Source.REPLICA
    assert (facts.knowledge.synced_at, facts.knowledge.kiosks_at_venue) == (SIX_PM, 2)
    assert not facts.knowledge.is_clock_sure
    assert facts.sessions == (WHEEL,)


def test_a_walk_in_here_takes_a_place_for_everybody(tmp_path: Path) -> None:
    kiosk = a_kiosk(tmp_path, is_online=False)
    kiosk.desk.show_card(ANAS_CARD.text)
    kiosk.store.replica.apply(part(2, member("b", 2)), SIX_PM)
    (wheel,) = kiosk.store.replica.known_of("card of b", SIX_PM).facts.sessions
    assert wheel.taken == 1


VISIT = VisitHere(
    visit_key="R:place", is_live=True, session_id="wheel", session_ends_at=WHEEL.ends_at, checked_in_at=SIX_PM,
    pass_id="ten-punches", reservation_id="place", takes_punch=True,
)  # fmt: skip


def test_a_hold_that_was_used_here_is_neither_held_nor_left() -> None:
    laid_over = with_own_visits(ANA_RESERVED, [VISIT])
    (pass_,), (reservation,) = laid_over.passes, laid_over.reservations
    assert (pass_.punches_left, pass_.punches_held) == (7, 0)
    assert (reservation.status, reservation.has_hold) == (ReservationStatus.CHECKED_IN, False)
    assert [visit.visit_key for visit in laid_over.check_ins] == ["R:place"]


def test_laying_the_same_visit_over_twice_changes_nothing_more() -> None:
    once = with_own_visits(ANA_RESERVED, [VISIT])
    assert with_own_visits(once, [VISIT]) == once


def test_an_undone_visit_gives_back_what_the_record_says_it_took() -> None:
    undone = with_own_visits(with_own_visits(ANA_RESERVED, [VISIT]), [replace(VISIT, is_live=False)])
    (pass_,), (reservation,) = undone.passes, undone.reservations
    assert (pass_.punches_left, undone.check_ins, reservation.status) == (8, (), ReservationStatus.PENDING)


def test_an_unlimited_pass_has_no_punches_to_take() -> None:
    unlimited = replace(ANA.passes[0], type=PassType.UNLIMITED_SERIES, punches_left=None)
    laid_over = with_own_visits(replace(ANA, passes=(unlimited,)), [replace(VISIT, takes_punch=False)])
    assert laid_over.passes == (unlimited,)


@pytest.mark.parametrize("code, members_left", [("device.revoked", 0), ("device.unknown", 1)])
def test_a_revoked_kiosk_forgets_everybody_and_keeps_its_journal(tmp_path: Path, code: str, members_left: int) -> None:
    kiosk = a_kiosk(tmp_path, is_online=False)
    kiosk.desk.show_card(ANAS_CARD.text)
    Link(kiosk.store, Timekeeper(None)).rejected(DeviceRejected(code))
    assert (kiosk.store.replica.members(), kiosk.store.journal.waiting()) == (members_left, 1)
    has_trace = any(b"ten-punches" in path.read_bytes() for path in tmp_path.glob("kiosk.db*"))
    assert has_trace, "the journal itself names the pass"
    assert any(b"Ten evenings" in path.read_bytes() for path in tmp_path.glob("kiosk.db*")) is bool(members_left)


@pytest.mark.parametrize(
    ("days_alone", "is_there"), [(timedelta(0), False), (timedelta(hours=36), True), (timedelta(hours=72), True)]
)
def test_three_days_alone_it_still_knows_the_evenings_class(
    tmp_path: Path, days_alone: timedelta, is_there: bool
) -> None:
    """The list reaches far ahead, and a decision looks at what is near then, as the server's does."""
    in_three_days = replace(
        WHEEL, id="later", starts_at=SIX_PM + timedelta(hours=72), ends_at=SIX_PM + timedelta(hours=74)
    )
    kiosk = a_kiosk(tmp_path)
    kiosk.store.replica.apply(replace(member_list(ANA_RESERVED, version=2), sessions=(WHEEL, in_three_days)), SIX_PM)
    at = SIX_PM + days_alone + timedelta(milliseconds=1)
    facts = kiosk.store.replica.known_of(ANAS_CARD.fingerprint, at).facts
    assert ("later" in {session.id for session in facts.sessions}) is is_there
    assert WHEEL.id in {session.id for session in facts.sessions}, "what is reserved is always there"
    tapped = kiosk.store.replica.known_of(ANAS_CARD.fingerprint, SIX_PM, chosen="later").facts
    assert tapped.session("later") is not None
