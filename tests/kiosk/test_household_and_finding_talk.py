"""At the greeter: a household taps who is there; a member without a card types; the screen says what became of it."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import timedelta
from pathlib import Path

import pytest

from core import acts
from core.finding import Find, FindAnswer, Finding, FindRefusal, FoundMember
from core.messages import LANGUAGES
from core.policy import Policy
from core.protocol import AttemptKind, AttemptState, Outcome
from core.refusals import RefusalReason as R
from kiosk import faces
from kiosk.desk import UNDO_WITHIN
from kiosk.faces_member import CameIn, Coming, FindByNumber, Household
from kiosk.finding_talk import TYPING, finding_opener
from kiosk.greeter import Greeter
from kiosk.household_talk import CHOOSING, household_opener
from kiosk.pages.drawing import occasion_of
from kiosk.server_client import ServerUnreachable
from tests.kiosk.at_the_desk import ANA, ANAS_CARD, GLAZING, STRANGERS_CARD, WHEEL, Kiosk
from tests.kiosk.test_household_together import SUSPENDED, a_family, family_list

SECRET = "ab" * 32


@dataclass
class Numbers:
    """The server's side of finding: 0417 was born on the third of December."""

    is_up: bool = True
    typed: list[Find] = field(default_factory=list)

    def find(self, find: Find) -> FindAnswer:
        if not self.is_up:
            raise ServerUnreachable("Nobody is there.")
        self.typed.append(find)
        if (find.number, find.secret) != ("0417", "0312"):
            return FindAnswer(refused=FindRefusal.NOT_FOUND)
        ends_at = WHEEL.starts_at + timedelta(hours=1)
        return FindAnswer(
            found=FoundMember(ticket="ticket", secret=SECRET, first_name="Ana", language="", ends_at=ends_at)
        )


def a_door(kiosk: Kiosk, numbers: Numbers | None = None) -> Greeter:
    mono: Callable[[], float] = lambda: kiosk.clocks.mono  # noqa: E731
    greeter = Greeter(
        kiosk.desk,
        now=kiosk.clocks.now,
        serve=lambda work: work(),
        pair=lambda code: None,
        languages=LANGUAGES,
        openers=(
            household_opener(kiosk.desk, mono, LANGUAGES),
            finding_opener(kiosk.desk, numbers or Numbers(), mono),
        ),
    )
    greeter.tick()
    return greeter


def tap(greeter: Greeter, what: str, value: str = "") -> None:
    greeter.tap(what, value, greeter.version)


def show(kiosk: Kiosk, greeter: Greeter, text: str = ANAS_CARD.text) -> None:
    greeter.on_card(text.encode(), ((0, 0), (1, 0), (1, 1), (0, 1)), kiosk.clocks.mono)


def household(greeter: Greeter) -> Household:
    assert isinstance(greeter.face, Household), greeter.face
    return greeter.face


def told(kiosk: Kiosk) -> list[tuple[str | None, Outcome | None]]:
    kiosk.server.is_up = True
    kiosk.clocks.pass_by(60)
    kiosk.desk.sync()
    return [(a.member_id, a.outcome) for a in kiosk.server.stored.values()]


def test_a_card_that_leads_asks_who_is_here_in_its_holders_language_and_takes_nobody_in(tmp_path: Path) -> None:
    kiosk, _ = a_family(tmp_path)
    greeter = a_door(kiosk)
    show(kiosk, greeter)
    face = household(greeter)
    assert [(one.first_name, one.coming, one.is_chosen) for one in face.people] == [
        ("Ana", Coming.MAY_COME, True),
        ("Ben", Coming.MAY_COME, False),
        ("Mia", Coming.MAY_NOT, False),
    ]
    assert (face.people[2].reason, face.stand.language, face.stay.seconds) == (R.NO_PASS, "de", 30)
    assert kiosk.store.journal.waiting() == 0


def test_tapped_and_checked_in_at_once_and_taken_back_at_once(tmp_path: Path) -> None:
    kiosk, _ = a_family(tmp_path)
    greeter = a_door(kiosk)
    show(kiosk, greeter)
    tap(greeter, "household.person", "ben")
    tap(greeter, "household.person", "mia")
    assert [one.is_chosen for one in household(greeter).people] == [True, True, False]
    tap(greeter, "household.go")
    assert isinstance(greeter.face, CameIn)
    assert [(one.first_name, one.coming) for one in greeter.face.people] == [
        ("Ana", Coming.MAY_COME),
        ("Ben", Coming.MAY_COME),
    ]
    tap(greeter, "household.undo")
    assert isinstance(greeter.face, faces.Waiting)
    assert told(kiosk) == [
        ("ana", Outcome.WELCOME),
        ("ben", Outcome.WELCOME),
        ("ana", Outcome.ABORTED),
        ("ben", Outcome.ABORTED),
    ]


def came_in(greeter: Greeter) -> CameIn:
    assert isinstance(greeter.face, CameIn), greeter.face
    return greeter.face


def test_more_time_says_nothing_twice_and_takes_nothing_back_for_longer(tmp_path: Path) -> None:
    kiosk, _ = a_family(tmp_path)
    greeter = a_door(kiosk)
    show(kiosk, greeter)
    tap(greeter, "household.go")
    first = came_in(greeter)
    assert first.undo == first.stay
    kiosk.clocks.pass_by(UNDO_WITHIN - 1)
    greeter.tap_more_time()
    longer = came_in(greeter)
    assert longer.stay.until_at - first.stay.until_at == timedelta(seconds=UNDO_WITHIN - 1)
    assert occasion_of(longer) == occasion_of(first)
    assert longer.undo == first.undo
    kiosk.clocks.pass_by(1.1)
    greeter.tick()
    assert came_in(greeter).undo is None
    show(kiosk, greeter)
    tap(greeter, "household.person", "ben")
    tap(greeter, "household.go")
    assert occasion_of(came_in(greeter)) != occasion_of(first)


@pytest.mark.parametrize("have_gone_in", [False, True])
def test_a_household_that_calls_staff_is_on_record_and_called_by_its_own_number(
    tmp_path: Path, have_gone_in: bool
) -> None:
    kiosk, _ = a_family(tmp_path)
    greeter = a_door(kiosk)
    show(kiosk, greeter, STRANGERS_CARD.text)
    show(kiosk, greeter)
    if have_gone_in:
        tap(greeter, "household.go")
    greeter.tap_call_staff()
    assert isinstance(greeter.face, faces.StaffIsComing)
    strangers, theirs = kiosk.store.journal.next_batch(100, kiosk.clocks.at).attempts
    assert theirs.outcome is (Outcome.WELCOME if have_gone_in else Outcome.ABORTED)
    assert greeter.face.number == theirs.seq % 100 != strangers.seq % 100


def test_a_kiosk_that_staff_put_out_of_order_takes_no_household_in(tmp_path: Path) -> None:
    kiosk, _ = a_family(tmp_path)
    greeter = a_door(kiosk)
    with kiosk.desk.alone:
        act = acts.OutOfOrder(because="does not read")
        begun = kiosk.desk.staff_begin(lambda draft: replace(draft, act=act))
        kiosk.desk.staff_end(replace(begun, state=AttemptState.LOCAL, outcome=Outcome.DONE))
    assert kiosk.desk.health().is_out_of_order
    kiosk.clocks.pass_by(1)
    greeter.tick()
    waiting = kiosk.store.journal.waiting()
    show(kiosk, greeter)
    assert isinstance(greeter.face, faces.OutOfOrder)
    assert kiosk.store.journal.waiting() == waiting


def test_a_private_reason_is_on_no_face(tmp_path: Path) -> None:
    kiosk, _ = a_family(tmp_path, ana=SUSPENDED)
    greeter = a_door(kiosk)
    show(kiosk, greeter)
    assert household(greeter).people[0].reason is None
    assert household(greeter).people[0].coming is Coming.MAY_NOT
    assert "SUSPENDED" not in repr(greeter.face)


def test_whoever_has_several_sessions_is_asked_which(tmp_path: Path) -> None:
    kiosk, _ = a_family(tmp_path, sessions=(WHEEL, GLAZING))
    greeter = a_door(kiosk)
    show(kiosk, greeter)
    tap(greeter, "household.person", "ben")
    tap(greeter, "household.go")
    for name in ("Ana", "Ben"):
        assert isinstance(greeter.face, faces.Choose)
        assert greeter.face.first_name == name
        greeter.tap_choose("not one of them")
        greeter.tap_choose(GLAZING.id)
    assert isinstance(greeter.face, CameIn)
    assert [one.session.title for one in greeter.face.people if one.session] == ["Glazing", "Glazing"]


@pytest.mark.parametrize("seconds, is_there", [(CHOOSING - 0.1, True), (CHOOSING, False)])
def test_the_household_waits_thirty_seconds_for_a_tap_and_the_journal_says_that_nobody_did(
    tmp_path: Path, seconds: float, is_there: bool
) -> None:
    kiosk, _ = a_family(tmp_path)
    greeter = a_door(kiosk)
    show(kiosk, greeter)
    kiosk.clocks.pass_by(seconds)
    greeter.tick()
    assert isinstance(greeter.face, Household) is is_there
    assert [outcome for _, outcome in told(kiosk)] == ([] if is_there else [Outcome.ABORTED])


def test_the_next_card_never_waits_and_the_same_one_changes_nothing(tmp_path: Path) -> None:
    kiosk, _ = a_family(tmp_path)
    greeter = a_door(kiosk)
    show(kiosk, greeter)
    tap(greeter, "household.person", "ben")
    show(kiosk, greeter)
    assert [one.is_chosen for one in household(greeter).people] == [True, True, False]
    show(kiosk, greeter, STRANGERS_CARD.text)
    assert isinstance(greeter.face, faces.No)


def test_nobody_tapped_is_nobody_checked_in(tmp_path: Path) -> None:
    kiosk, _ = a_family(tmp_path)
    greeter = a_door(kiosk)
    show(kiosk, greeter)
    tap(greeter, "household.person", "ana")
    tap(greeter, "household.go")
    assert isinstance(greeter.face, Household)
    assert kiosk.store.journal.waiting() == 0


def without_a_card(folder: Path, by: Finding = Finding.BIRTHDAY) -> tuple[Kiosk, Numbers, Greeter]:
    """A kiosk in touch with the server, whose studio finds members by number."""
    kiosk, _ = a_family(folder, is_online=True)
    kiosk.store.replica.apply(replace(family_list(ANA, (WHEEL,)), policy=Policy(finding=by)), kiosk.clocks.at)
    kiosk.desk.sync()
    kiosk.store.replica.apply(replace(family_list(ANA, (WHEEL,)), policy=Policy(finding=by)), kiosk.clocks.at)
    numbers = Numbers()
    return kiosk, numbers, a_door(kiosk, numbers)


def typed(greeter: Greeter, digits: str) -> None:
    for digit in digits:
        tap(greeter, "find.key", digit)


def test_a_number_and_a_birthday_are_a_welcome_and_an_attempt_without_a_card(tmp_path: Path) -> None:
    kiosk, numbers, greeter = without_a_card(tmp_path)
    assert isinstance(greeter.face, faces.Waiting)
    assert greeter.face.may_find
    tap(greeter, "find.open")
    typed(greeter, "0417")
    assert isinstance(greeter.face, FindByNumber)
    assert greeter.face.number == "0417"
    tap(greeter, "find.next")
    typed(greeter, "031")
    assert "031" not in repr(greeter.face)
    typed(greeter, "2")
    assert numbers.typed == [Find(number="0417", secret="0312")]
    assert isinstance(greeter.face, faces.Welcome)
    asked = kiosk.server.asked[-1].attempt
    assert (asked.card, asked.member_id, asked.actor.grant) == ("", None, "ticket")
    assert asked.actor.proof
    assert SECRET not in repr(asked)
    greeter.tap_undo()
    assert isinstance(greeter.face, faces.Undone)
    kiosk.desk.sync()
    kinds = [(a.kind, a.outcome) for a in kiosk.server.stored.values()]
    assert kinds == [(AttemptKind.SELF, Outcome.WELCOME), (AttemptKind.UNDO, Outcome.ABORTED)]


def test_a_wrong_secret_says_the_same_as_a_wrong_number_and_the_pad_begins_anew(tmp_path: Path) -> None:
    _, numbers, greeter = without_a_card(tmp_path)
    said = []
    for number in ("0417", "9999"):
        tap(greeter, "find.open")
        typed(greeter, number)
        tap(greeter, "find.next")
        typed(greeter, "0101")
        assert isinstance(greeter.face, FindByNumber)
        said.append((greeter.face.refused, greeter.face.entered, greeter.face.is_secret))
        tap(greeter, "find.leave")
    assert said == [(FindRefusal.NOT_FOUND, 0, True)] * 2
    assert len(numbers.typed) == 2


def test_where_the_policy_says_no_there_is_no_control_and_no_keypad(tmp_path: Path) -> None:
    _, _, greeter = without_a_card(tmp_path, Finding.OFF)
    assert isinstance(greeter.face, faces.Waiting)
    assert not greeter.face.may_find
    tap(greeter, "find.open")
    assert isinstance(greeter.face, faces.Waiting)


def test_alone_the_face_says_so_and_takes_no_digit(tmp_path: Path) -> None:
    kiosk, numbers, greeter = without_a_card(tmp_path)
    kiosk.server.is_up = False
    kiosk.desk.sync()
    tap(greeter, "find.open")
    typed(greeter, "0417")
    assert isinstance(greeter.face, FindByNumber)
    assert (greeter.face.refused, greeter.face.number) == (FindRefusal.NO_NETWORK, "")
    assert numbers.typed == []


def test_a_server_that_goes_before_the_check_in_lets_nobody_in_by_the_kiosks_word(tmp_path: Path) -> None:
    kiosk, _, greeter = without_a_card(tmp_path)
    tap(greeter, "find.open")
    typed(greeter, "0417")
    tap(greeter, "find.next")
    kiosk.server.is_up = False
    typed(greeter, "0312")
    assert isinstance(greeter.face, faces.No)
    assert greeter.face.reason is R.FINDING_NEEDS_SERVER
    assert told(kiosk) == [(None, Outcome.REFUSED)]


@pytest.mark.parametrize("seconds, is_there", [(TYPING - 0.1, True), (TYPING, False)])
def test_the_keypad_goes_after_thirty_seconds_and_forgets_what_was_typed(
    tmp_path: Path, seconds: float, is_there: bool
) -> None:
    kiosk, _, greeter = without_a_card(tmp_path)
    tap(greeter, "find.open")
    typed(greeter, "0417")
    kiosk.clocks.pass_by(seconds)
    greeter.tick()
    assert isinstance(greeter.face, FindByNumber) is is_there
    tap(greeter, "find.leave")
    greeter.tick()
    tap(greeter, "find.open")
    assert isinstance(greeter.face, FindByNumber)
    assert greeter.face.number == ""


def test_a_card_that_is_found_after_all_ends_the_typing(tmp_path: Path) -> None:
    kiosk, _, greeter = without_a_card(tmp_path)
    tap(greeter, "find.open")
    show(kiosk, greeter, STRANGERS_CARD.text)
    assert not isinstance(greeter.face, FindByNumber)
