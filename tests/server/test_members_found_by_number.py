"""Alice left her card at home: her number and PIN, or birthday, are a ticket for one attempt at this kiosk."""

from datetime import datetime, timedelta

import pytest
from argon2 import PasswordHasher
from argon2.exceptions import VerifyMismatchError
from peewee import Database

from core import cards
from core.decisions import Admitted, Choose, Refused
from core.errors import Forbidden, Invalid
from core.finding import KIOSK_RESTS, NUMBER_RESTS, TICKET_LASTS, Find, FindAnswer, Finding, FindRefusal, FoundMember
from core.policy import Policy
from core.protocol import Actor, Attempt, Effect, Outcome
from core.refusals import RefusalReason as R
from server.services.door.finding import find, set_find_pin
from server.services.fleet.policies import change_policy
from server.services.fleet.replica import replica_since
from server.services.people.hashing import HASHER
from server.services.people.rights import Asker, Role, the_house
from server.store.database import reading, writing
from server.store.tables import AttemptRow, FindTicketRow, FindTryRow, MemberRow
from tests.server.door_stories import StoryKiosk, kiosk_of, live_visits, refused, welcomed
from tests.server.studio import SIX_PM, VAULT, Studio, after, before, open_studio

PIN, BIRTHDAY = "830514", "0312"
NO_CARD = cards.new_code(lambda bits: 1)
A_MOMENT = timedelta(milliseconds=1)


class Evening:
    """Alice (0001) has a PIN and was born on the third of December; Ben (0002) has neither."""

    def __init__(self, by: Finding) -> None:
        self.studio: Studio = open_studio()
        self.house = the_house(self.studio.organization)
        self.alice, self.ben = self.studio.member(), self.studio.member("Ben")
        self.studio.unlimited(self.alice)
        self.session = self.studio.session()
        with writing():
            MemberRow.update({MemberRow.birth_date: "1990-12-03"}).where(MemberRow.id == self.alice).execute()
        if by is Finding.PIN:
            set_find_pin(self.studio.organization, self.alice, PIN, self.house, before(600), VAULT)
        change_policy(self.studio.organization, Policy(finding=by), self.house, before(600))
        self.kiosk = kiosk_of(self.studio)

    def find(
        self, number: str, secret: str, at: datetime = SIX_PM, kiosk: StoryKiosk | None = None,
        hasher: PasswordHasher | None = None,
    ) -> FindAnswer:  # fmt: skip
        return find((kiosk or self.kiosk).known, Find(number=number, secret=secret), at, VAULT, hasher=hasher)

    def found(self, at: datetime = SIX_PM) -> FoundMember:
        answer = self.find("0001", BIRTHDAY, at)
        assert answer.found is not None
        return answer.found


def by_ticket(kiosk: StoryKiosk, found: FoundMember, at: datetime = SIX_PM, **changes: object) -> Attempt:
    """As the kiosk writes it down."""
    drafted = kiosk.show(NO_CARD, at)
    proof = cards.proof(bytes.fromhex(found.secret), drafted.attempt_id)
    actor = Actor(proved_by="BIRTHDAY", grant=found.ticket, proof=proof)
    given: dict[str, object] = {"card": "", "proof": "", "actor": actor, **changes}
    return type(drafted)(**{**{f: getattr(drafted, f) for f in drafted.__dataclass_fields__}, **given})


@pytest.mark.parametrize("by, secret", [(Finding.PIN, PIN), (Finding.BIRTHDAY, BIRTHDAY)])
def test_what_the_policy_asks_for_opens_the_door_and_names_no_more_than_a_first_name(
    database: Database, by: Finding, secret: str
) -> None:
    evening = Evening(by)
    answer = evening.find("0001", secret)
    assert answer.found is not None
    assert (answer.found.first_name, answer.refused) == ("Alice", None)
    said = evening.kiosk.ask(by_ticket(evening.kiosk, answer.found), SIX_PM)
    assert isinstance(said.decision, Admitted)
    assert [visit.member_id for visit in live_visits()] == [evening.alice]


def test_where_the_policy_says_no_nobody_is_found_and_nothing_counted(database: Database) -> None:
    evening = Evening(Finding.OFF)
    assert evening.find("0001", BIRTHDAY) == FindAnswer(refused=FindRefusal.OFF)
    with reading():
        assert FindTryRow.select().count() == 0


@pytest.mark.parametrize("number, secret", [("", BIRTHDAY), ("A1", BIRTHDAY), ("0001", "031"), ("0001", PIN)])
def test_what_no_keypad_gives_is_not_understood(database: Database, number: str, secret: str) -> None:
    evening = Evening(Finding.BIRTHDAY)
    with pytest.raises(Invalid):
        evening.find(number, secret)


class Counting(PasswordHasher):
    """Counts how often it works, since that is what takes time."""

    def __init__(self) -> None:
        super().__init__()
        self.looked: int = 0

    def verify(self, hash: str | bytes, password: str | bytes) -> bool:  # type: ignore[override]
        self.looked += 1
        return HASHER.verify(hash, password)


@pytest.mark.parametrize("by, secret", [(Finding.PIN, "270915"), (Finding.BIRTHDAY, "0101")])
def test_a_number_that_nobody_has_gets_the_same_answer_after_the_same_work(
    database: Database, by: Finding, secret: str
) -> None:
    evening = Evening(by)
    answers, work = set(), []
    for number in ("0001", "0002", "9999"):
        hasher = Counting()
        answer = find(evening.kiosk.known, Find(number=number, secret=secret), SIX_PM, VAULT, hasher=hasher)
        answers.add(answer)
        work.append(hasher.looked)
    assert answers == {FindAnswer(refused=FindRefusal.NOT_FOUND)}
    assert work == [1, 1, 1]


def test_a_number_rests_after_five_wrong_tries_also_at_another_kiosk_and_with_the_right_one(
    database: Database,
) -> None:
    evening = Evening(Finding.BIRTHDAY)
    for _ in range(5):
        assert evening.find("0001", "0101").refused is FindRefusal.NOT_FOUND
    until = SIX_PM + NUMBER_RESTS
    back_door = kiosk_of(evening.studio, "Back door")
    waits = FindAnswer(refused=FindRefusal.WAIT, until=until)
    assert evening.find("0001", BIRTHDAY, after(5)) == waits
    assert evening.find("0001", BIRTHDAY, until - A_MOMENT, back_door) == waits
    assert evening.find("0001", BIRTHDAY, until, back_door).found is not None


def test_a_try_is_counted_before_it_is_looked_at(database: Database) -> None:
    evening = Evening(Finding.PIN)

    class PowerCut(PasswordHasher):
        def verify(self, hash: str | bytes, password: str | bytes) -> bool:  # type: ignore[override]
            raise OSError("the power went")

    with pytest.raises(OSError, match="power"):
        find(evening.kiosk.known, Find(number="0001", secret="270915"), SIX_PM, VAULT, hasher=PowerCut())
    with reading():
        assert sorted((row.subject.split(":")[0], row.count) for row in FindTryRow.select()) == [
            ("kiosk", 1),
            ("number", 1),
        ]


class Quick(PasswordHasher):
    """Where a birthday proves it, no PIN is ever right, and thirty slow looks prove nothing more."""

    def verify(self, hash: str | bytes, password: str | bytes) -> bool:  # type: ignore[override]
        raise VerifyMismatchError


def test_a_kiosk_rests_after_thirty_tries_at_any_numbers_and_one_right_wins_none_back(database: Database) -> None:
    evening, quick = Evening(Finding.BIRTHDAY), Quick()
    for number in range(29):
        assert evening.find(f"{5000 + number}", "0101", hasher=quick).refused is FindRefusal.NOT_FOUND
    assert evening.find("0001", BIRTHDAY, hasher=quick).found is not None
    assert evening.find("6000", "0101", hasher=quick).refused is FindRefusal.NOT_FOUND
    assert evening.find("0001", BIRTHDAY, hasher=quick) == FindAnswer(
        refused=FindRefusal.WAIT, until=SIX_PM + KIOSK_RESTS
    )
    back_door = kiosk_of(evening.studio, "Back door")
    assert evening.find("0001", BIRTHDAY, SIX_PM, back_door, quick).found is not None


def test_a_ticket_is_for_one_attempt_and_asked_again_it_is_the_same(database: Database) -> None:
    evening = Evening(Finding.BIRTHDAY)
    found = evening.found()
    attempt = by_ticket(evening.kiosk, found)
    first = evening.kiosk.ask(attempt, SIX_PM)
    assert evening.kiosk.ask(attempt, after(10)) == first
    second = evening.kiosk.ask(by_ticket(evening.kiosk, found), SIX_PM)
    assert isinstance(second.decision, Refused)
    assert second.decision.reason is R.CARD_UNKNOWN


@pytest.mark.parametrize("late, comes_in", [(TICKET_LASTS - A_MOMENT, True), (TICKET_LASTS, False)])
def test_a_ticket_lasts_two_minutes(database: Database, late: timedelta, comes_in: bool) -> None:
    evening = Evening(Finding.BIRTHDAY)
    at = SIX_PM + late
    said = evening.kiosk.ask(by_ticket(evening.kiosk, evening.found(), at), at)
    assert isinstance(said.decision, Admitted) is comes_in


def test_a_choice_goes_on_with_the_same_ticket(database: Database) -> None:
    evening = Evening(Finding.BIRTHDAY)
    glazing = evening.studio.session(class_type=evening.studio.glazing)
    attempt = by_ticket(evening.kiosk, evening.found())
    assert isinstance(evening.kiosk.ask(attempt, SIX_PM).decision, Choose)
    chosen = type(attempt)(
        **{**{f: getattr(attempt, f) for f in attempt.__dataclass_fields__}, "chosen_session_id": glazing}
    )
    said = evening.kiosk.ask(chosen, after(1)).decision
    assert isinstance(said, Admitted)
    assert said.session.id == glazing


def test_a_stolen_kiosk_checks_nobody_in(database: Database) -> None:
    """Not by a ticket of another kiosk, not by one whose secret it does not have, and not by telling a welcome."""
    evening = Evening(Finding.BIRTHDAY)
    found, thief = evening.found(), kiosk_of(evening.studio, "Stolen")
    elsewhere = thief.ask(by_ticket(thief, found), SIX_PM)
    assert isinstance(elsewhere.decision, Refused)
    guessed = FoundMember(ticket=found.ticket, secret="0" * 64, first_name="", language="", ends_at=found.ends_at)
    assert isinstance(evening.kiosk.ask(by_ticket(evening.kiosk, guessed), SIX_PM).decision, Refused)
    bare = thief.show(NO_CARD, SIX_PM)
    told, _ = thief.tell(
        SIX_PM,
        welcomed(by_ticket(thief, found, actor=Actor()), evening.alice, evening.session),
        welcomed(by_ticket(thief, found), evening.alice, evening.session),
    )
    assert bare.seq == 2
    assert [one.effect for one in told] == [Effect.QUARANTINED, Effect.QUARANTINED]
    assert live_visits() == []


def test_a_check_in_whose_answer_was_lost_is_taken_back_by_what_the_screen_showed(database: Database) -> None:
    evening = Evening(Finding.BIRTHDAY)
    attempt = by_ticket(evening.kiosk, evening.found())
    assert isinstance(evening.kiosk.ask(attempt, SIX_PM).decision, Admitted)
    told, _ = evening.kiosk.tell(after(1), refused(attempt, R.FINDING_NEEDS_SERVER))
    assert [one.effect for one in told] == [Effect.APPLIED]
    assert live_visits() == []
    with reading():
        assert AttemptRow.get_by_id(attempt.attempt_id).outcome == Outcome.REFUSED.value


def test_what_the_screen_showed_of_a_ticket_is_told_and_held(database: Database) -> None:
    evening = Evening(Finding.BIRTHDAY)
    attempt = by_ticket(evening.kiosk, evening.found())
    evening.kiosk.ask(attempt, SIX_PM)
    told, have_upto = evening.kiosk.tell(after(1), welcomed(attempt, evening.alice, evening.session))
    assert ([one.effect for one in told], have_upto) == ([Effect.DUPLICATE], 1)
    assert [visit.member_id for visit in live_visits()] == [evening.alice]


def test_a_pin_is_set_by_staff_who_serve_and_frees_the_number(database: Database) -> None:
    evening = Evening(Finding.PIN)
    me = evening.studio.organization
    for _ in range(6):
        waits = evening.find("0001", "270915")
    assert waits.refused is FindRefusal.WAIT
    for bad in ("12345", "111111", "123456"):
        with pytest.raises(Invalid):
            set_find_pin(me, evening.alice, bad, evening.house, SIX_PM, VAULT)
    with pytest.raises(Forbidden):
        instructor = Asker(organization_id=me, role=Role.INSTRUCTOR, name="Ivo")
        set_find_pin(me, evening.alice, PIN, instructor, SIX_PM, VAULT)
    set_find_pin(me, evening.alice, "270915", evening.house, SIX_PM, VAULT)
    assert evening.find("0001", "270915").found is not None
    set_find_pin(me, evening.alice, "", evening.house, SIX_PM, VAULT)
    assert evening.find("0001", "270915").refused is FindRefusal.NOT_FOUND


def test_nothing_that_finds_a_member_is_given_to_a_kiosk(database: Database) -> None:
    evening = Evening(Finding.PIN)
    evening.find("0001", PIN)
    with reading():
        hashed = MemberRow.get_by_id(evening.alice).find_pin_hash
        ticket = FindTicketRow.get().id
    given = repr(replica_since(evening.kiosk.known, 0, SIX_PM))
    assert hashed
    assert not any(secret in given for secret in (hashed, "1990-12-03", "12-03", PIN, ticket))


def test_a_number_of_another_organization_is_nobodys_here(database: Database) -> None:
    evening = Evening(Finding.BIRTHDAY)
    other = open_studio("Loom")
    change_policy(other.organization, Policy(finding=Finding.BIRTHDAY), the_house(other.organization), before(60))
    said = find(kiosk_of(other).known, Find(number="0001", secret=BIRTHDAY), SIX_PM, VAULT)
    assert said.refused is FindRefusal.NOT_FOUND
    assert evening.found().first_name == "Alice"
