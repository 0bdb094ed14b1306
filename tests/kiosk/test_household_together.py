"""Ana's card brings Ben and Mia: one tap, one commit, a visit each; a power cut takes nobody in by half."""

import base64
import json
from collections import Counter
from dataclasses import dataclass, replace
from pathlib import Path

import apsw
import pytest
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from core.checkin import decide
from core.decisions import Admitted, Choose, Refused
from core.facts import Facts
from core.model import Session, Suspension
from core.policy import Policy
from core.protocol import Answer, Ask, AttemptKind, AttemptState, MemberRecord, Outcome, Person, ReplicaPart
from core.refusals import RefusalReason as R
from kiosk.household import CameTogether, Household, HouseholdDesk
from kiosk.store.database import open_database
from tests.kiosk.at_the_desk import (
    ANA,
    ANAS_CARD,
    EIGHT_LEFT,
    GLAZING,
    SIX_PM,
    STRANGERS_CARD,
    WHEEL,
    FakeServer,
    Kiosk,
    a_kiosk,
    member_list,
    reopened,
)
from tests.simulation.faults import FragileKioskFile, Points, Stopped, Trap, Where, kiosk_points

BEN = replace(ANA, member_id="ben", passes=(replace(EIGHT_LEFT, id="bens"),))
MIA = replace(ANA, member_id="mia", passes=())
SUSPENDED = replace(ANA, suspensions=(Suspension(id="s", starts_at=SIX_PM, ends_at=SIX_PM.replace(hour=23)),))


@dataclass
class FamilyServer(FakeServer):
    """Knows the family; decides about whom the attempt is."""

    ben: Facts = BEN

    def ask(self, ask: Ask) -> Answer:
        self.asked.append(ask)
        self._be_there()
        who = {None: self.facts, "ben": self.ben, "mia": MIA}[ask.attempt.led_member_id]
        facts = replace(who, sessions=self.sessions, chosen_session_id=ask.attempt.chosen_session_id)
        return Answer(
            attempt_id=ask.attempt.attempt_id,
            decision=decide(facts, Policy(), self.clocks.at),
            person=Person(first_name=facts.member_id or ""),
            server_at=self.clocks.at,
        )


def sealed() -> str:
    led = [{"member_id": "ben", "first_name": "Ben"}, {"member_id": "mia", "first_name": "Mia"}]
    plain = json.dumps({"first_name": "Ana", "language": "de", "leads": led}).encode()
    nonce = bytes(12)
    return base64.b64encode(
        nonce + AESGCM(ANAS_CARD.seal_key()).encrypt(nonce, plain, ANAS_CARD.fingerprint.encode())
    ).decode()


def family_list(ana: Facts, sessions: tuple[Session, ...]) -> ReplicaPart:
    part = member_list(ana, sessions=sessions, sealed=sealed())
    others = tuple(MemberRecord(member_id=f.member_id or "", version=1, facts=f) for f in (BEN, MIA))
    return replace(part, members=(*part.members, *others))


def a_family(
    folder: Path, *, is_online: bool = False, ana: Facts = ANA, sessions: tuple[Session, ...] = (WHEEL,)
) -> tuple[Kiosk, Points]:
    """At a kiosk whose power can be cut."""
    kiosk = a_kiosk(folder, is_online=is_online)
    kiosk.store.replica.apply(family_list(ana, sessions), kiosk.clocks.at)
    kiosk.store.close()
    points = kiosk_points(Counter())
    server = FamilyServer(kiosk.clocks, facts=ana, sessions=sessions, is_up=is_online)
    again = reopened(
        folder, kiosk.clocks, server, boot="boot-2",
        open_file=lambda path: open_database(path, kind=lambda connection: FragileKioskFile(connection, points)),
    )  # fmt: skip
    return again, points


def shown(kiosk: Kiosk) -> Household:
    household = HouseholdDesk(kiosk.desk).of_card(ANAS_CARD.text)
    assert household is not None
    return household


def check_in(kiosk: Kiosk, *who: str, **chosen: str) -> CameTogether:
    wanted = {**dict.fromkeys(who), **chosen}
    return HouseholdDesk(kiosk.desk).check_in(shown(kiosk), wanted, kiosk.clocks.mono)


def journaled(kiosk: Kiosk) -> list[tuple[str | None, Outcome | None, R | None, str]]:
    batch = kiosk.store.journal.next_batch(100, kiosk.clocks.at)
    return [(a.member_id, a.outcome, a.reason, a.state.value) for a in batch.attempts]


def test_the_card_says_who_comes_with_it_by_name_and_what_the_door_would_say(tmp_path: Path) -> None:
    kiosk, _ = a_family(tmp_path)
    household = shown(kiosk)
    assert [(one.member_id, one.first_name) for one in household.people] == [
        ("ana", "Ana"),
        ("ben", "Ben"),
        ("mia", "Mia"),
    ]
    assert household.language == "de"
    assert [type(one.decision) for one in household.people] == [Admitted, Admitted, Refused]
    assert kiosk.store.journal.waiting() == 0


def test_a_card_of_nobody_or_of_one_alone_is_no_household(tmp_path: Path) -> None:
    kiosk, _ = a_family(tmp_path)
    here = HouseholdDesk(kiosk.desk)
    assert here.of_card(STRANGERS_CARD.text) is None
    assert here.of_card("https://example.org") is None
    kiosk.store.replica.apply(member_list(ANA), kiosk.clocks.at)
    assert here.of_card(ANAS_CARD.text) is None


@pytest.mark.parametrize("is_online", [True, False])
def test_each_has_an_attempt_a_visit_and_a_reason_of_their_own(tmp_path: Path, is_online: bool) -> None:
    kiosk, _ = a_family(tmp_path, is_online=is_online)
    came = check_in(kiosk, "ana", "ben", "mia")
    assert [type(one.decision) for one in came.people] == [Admitted, Admitted, Refused]
    state = "SERVER" if is_online else "LOCAL"
    assert journaled(kiosk) == [
        ("ana", Outcome.WELCOME, None, state),
        ("ben", Outcome.WELCOME, None, state),
        ("mia", Outcome.REFUSED, R.NO_PASS, state),
    ]
    kiosk.server.is_up = True
    kiosk.desk.sync()
    told = list(kiosk.server.stored.values())
    assert [a.visit_key for a in told] == ["W:ana:wheel", "W:ben:wheel", None]
    assert [a.led_member_id for a in told] == [None, "ben", "mia"]
    assert all(a.card == ANAS_CARD.fingerprint and a.proof for a in told)
    assert len({a.proof for a in told}) == 3
    assert kiosk.store.journal.waiting() == 0


def test_who_leads_is_refused_and_the_others_come_in(tmp_path: Path) -> None:
    kiosk, _ = a_family(tmp_path, ana=SUSPENDED)
    came = check_in(kiosk, "ana", "ben")
    assert [(one.member_id, type(one.decision)) for one in came.people] == [("ana", Refused), ("ben", Admitted)]


def test_only_those_who_were_tapped_come_in(tmp_path: Path) -> None:
    kiosk, _ = a_family(tmp_path)
    check_in(kiosk, "ben")
    assert journaled(kiosk) == [("ben", Outcome.WELCOME, None, "LOCAL")]


def test_alone_the_last_place_goes_to_one_of_them(tmp_path: Path) -> None:
    kiosk, _ = a_family(tmp_path, sessions=(replace(WHEEL, taken=7),))
    came = check_in(kiosk, "ana", "ben")
    assert isinstance(came.people[0].decision, Admitted)
    assert isinstance(came.people[1].decision, Refused)
    assert came.people[1].decision.reason is R.SESSION_FULL


def test_who_has_several_sessions_comes_in_to_the_one_they_tapped_and_to_none_without(tmp_path: Path) -> None:
    kiosk, _ = a_family(tmp_path, sessions=(WHEEL, GLAZING))
    assert isinstance(shown(kiosk).people[1].decision, Choose)
    came = check_in(kiosk, "ana", ben=GLAZING.id)
    assert isinstance(came.people[0].decision, Choose)
    assert isinstance(came.people[1].decision, Admitted)
    assert came.people[1].decision.session.id == GLAZING.id
    assert journaled(kiosk) == [
        ("ben", Outcome.WELCOME, None, "LOCAL"),
        ("ana", Outcome.ABORTED, R.CHOICE_NOT_MADE, "LOCAL"),
    ] or journaled(kiosk) == [
        ("ana", Outcome.ABORTED, R.CHOICE_NOT_MADE, "LOCAL"),
        ("ben", Outcome.WELCOME, None, "LOCAL"),
    ]


@pytest.mark.parametrize("where", [Where.BEFORE, Where.AFTER])
@pytest.mark.parametrize("commit", [0, 1])
def test_a_power_cut_takes_in_all_of_them_or_none(tmp_path: Path, where: Where, commit: int) -> None:
    """The first commit is that they began, the second what became of them. Only after it the screen shows anything."""
    kiosk, points = a_family(tmp_path)
    household = shown(kiosk)
    points.trap = Trap(where, commits=commit)
    with pytest.raises(Stopped):
        HouseholdDesk(kiosk.desk).check_in(household, {"ana": None, "ben": None}, kiosk.clocks.mono)
    again = reopened(tmp_path, kiosk.clocks, kiosk.server, boot="boot-3")
    outcomes = [(who, outcome) for who, outcome, _, _ in journaled(again)]
    if (where, commit) == (Where.BEFORE, 0):
        assert outcomes == []
    elif (where, commit) == (Where.AFTER, 1):
        assert outcomes == [("ana", Outcome.WELCOME), ("ben", Outcome.WELCOME)]
    else:
        assert [outcome for _, outcome in outcomes] == [Outcome.ABORTED, Outcome.ABORTED]
    again.server.is_up = True
    again.desk.sync()
    assert again.server.have_upto(next(iter(again.server.stored.values())).epoch if again.server.stored else "") == len(
        outcomes
    )


def test_a_full_disk_takes_in_nobody_and_leaves_nothing_open(tmp_path: Path) -> None:
    kiosk, points = a_family(tmp_path)
    household = shown(kiosk)
    points.trap = Trap(Where.DISK_FULL, commits=1)
    with pytest.raises(apsw.FullError):
        HouseholdDesk(kiosk.desk).check_in(household, {"ana": None, "ben": None}, kiosk.clocks.mono)
    kiosk.server.is_up = True
    kiosk.clocks.pass_by(60)
    kiosk.desk.sync()
    assert {a.outcome for a in kiosk.server.stored.values()} == {Outcome.ABORTED}
    kiosk.store.replica.apply(family_list(ANA, (WHEEL,)), kiosk.clocks.at)
    came = check_in(kiosk, "ana", "ben")
    assert all(isinstance(one.decision, Admitted) for one in came.people)


@pytest.mark.parametrize("seconds, is_undone", [(15.0, True), (15.1, False)])
def test_all_of_it_is_taken_back_within_fifteen_seconds(tmp_path: Path, seconds: float, is_undone: bool) -> None:
    kiosk, _ = a_family(tmp_path)
    came = check_in(kiosk, "ana", "ben", "mia")
    kiosk.clocks.pass_by(seconds)
    assert HouseholdDesk(kiosk.desk).undo(came, kiosk.clocks.mono) is is_undone
    kiosk.server.is_up = True
    kiosk.clocks.pass_by(60)
    kiosk.desk.sync()
    undone = [a for a in kiosk.server.stored.values() if a.kind is AttemptKind.UNDO]
    assert [a.undoes for a in undone] == ([a.attempt_id for a in came.welcomed] if is_undone else [])
    assert len(came.welcomed) == 2


def test_who_was_in_before_is_not_taken_back(tmp_path: Path) -> None:
    kiosk, _ = a_family(tmp_path)
    check_in(kiosk, "ana")
    came = check_in(kiosk, "ana", "ben")
    assert [a.member_id for a in came.welcomed] == ["ben"]
    assert isinstance(came.people[0].decision, Admitted)
    assert came.people[0].decision.again_since is not None


def test_the_door_opens_once_for_all(tmp_path: Path) -> None:
    kiosk, _ = a_family(tmp_path, ana=SUSPENDED)
    heard: list[str] = []
    kiosk.desk.on_answer = lambda answer: heard.append(type(answer.decision).__name__)
    check_in(kiosk, "ana", "ben")
    assert heard == ["Admitted"]


def test_a_card_that_was_shown_and_left_is_noted_as_left(tmp_path: Path) -> None:
    kiosk, _ = a_family(tmp_path)
    HouseholdDesk(kiosk.desk).leave(shown(kiosk))
    assert [entry[1:3] for entry in journaled(kiosk)] == [(Outcome.ABORTED, R.CHOICE_NOT_MADE)]


def test_a_server_that_answers_about_somebody_else_is_not_believed(tmp_path: Path) -> None:
    """An older one takes everybody on the card for its holder."""
    kiosk, _ = a_family(tmp_path, is_online=True)
    assert isinstance(kiosk.server, FamilyServer)
    kiosk.server.ben = ANA
    came = check_in(kiosk, "ben")
    assert isinstance(came.people[0].decision, Admitted)
    assert (came.people[0].decision.member_id, came.welcomed[0].state) == ("ben", AttemptState.LOCAL)
