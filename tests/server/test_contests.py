"""Alice was there, and the night noted that nobody came: she says so, and staff answer."""

import json
from datetime import datetime, timedelta

import pytest
from peewee import Database

from core.errors import Conflict, Forbidden, Invalid, NotFound
from core.events import EventKind
from core.model import Method
from core.penalties import AbsenceState, Answer
from server.services.desk.inbox.finding import pulse
from server.services.desk.inbox.values import InboxItem, InboxKind, Way
from server.services.door.at_the_desk import undo
from server.services.penalties.contesting import answer, contest
from server.services.penalties.explaining import absence_explained
from server.services.penalties.no_shows import excuse, no_shows_on
from server.services.people.rights import Role, asker_of_staff, member_asking
from server.services.people.sessions import call_off_session
from server.services.people.suspensions import suspend
from server.store.database import reading, writing
from server.store.ids import new_id
from server.store.tables import AttemptRow, ContestRow, EventRow, NoShowRow, ReservationRow, SuspensionRow, VisitRow
from tests.server.amnesty_evening import DAY, ONE_AM, Evening, S, an_evening, everything
from tests.server.door_stories import StoryKiosk, welcomed
from tests.server.inbox_stories import answered, card_of, mira, waiting
from tests.server.studio import SIX_PM, after, before, open_studio

NOON = ONE_AM + timedelta(hours=11)
A_MOMENT = timedelta(milliseconds=1)
I_WAS_THERE = "I was there,\n the kiosk was dark."


@pytest.fixture
def evening(database: Database) -> Evening:
    """The night has noted Alice as missing, and taken a punch."""
    made = an_evening()
    made.night()
    return made


def contested(evening: Evening, at: datetime = NOON) -> InboxItem:
    alice = member_asking(evening.studio.organization, evening.alice, "Alice")
    contest(evening.studio.organization, evening.absence().id, I_WAS_THERE, alice, at)
    (item,) = waiting(evening.studio, at, InboxKind.CONTEST)
    return item


def state(evening: Evening, at: datetime = NOON) -> AbsenceState:
    with reading():
        return absence_explained(evening.studio.organization, evening.absence().id, at).noted.state


def news(evening: Evening, *kinds: EventKind) -> list[tuple[str, dict[str, object]]]:
    with reading():
        rows = EventRow.select().where(EventRow.member == evening.alice, EventRow.kind.in_([k.value for k in kinds]))
        return [(row.kind, json.loads(row.data)) for row in rows.order_by(EventRow.id)]


def test_what_alice_says_waits_at_the_inbox_and_changes_nothing_yet(evening: Evening) -> None:
    organization = evening.studio.organization
    felt = pulse(organization, NOON)
    item = contested(evening)
    assert (item.who, item.title.key, item.session_id) == (
        "Alice Ackerman",
        "desk.inbox.contest",
        evening.absence().session_id,
    )
    assert dict(item.now.values if item.now else ())["words"] == "I was there, the kiosk was dark."
    assert [offer.way for offer in item.offers] == [Way.WERE_THERE, Way.EXCUSE, Way.LET_STAND]
    assert pulse(organization, NOON) != felt
    assert (evening.punches, state(evening)) == (7, AbsenceState.CONTESTED)
    contested(evening, NOON + DAY)
    assert waiting(evening.studio, NOON + DAY, InboxKind.CONTEST) == [item]
    assert len(news(evening, EventKind.CONTESTED)) == 1


def test_they_were_there_so_it_is_as_if_they_had_been_checked_in(evening: Evening) -> None:
    item = contested(evening)
    answered(evening.studio, item, NOON + DAY, because="The instructor remembers them")
    assert evening.studio.status(evening.reservation) is S.CHECKED_IN
    absence = evening.absence()
    assert (absence.reversed_at, absence.reversed_because) == (NOON + DAY, "The instructor remembers them")
    assert evening.punches == 7  # the penalty is back, and the visit took its own
    with reading():
        visit = VisitRow.get()
        assert (visit.is_live, visit.first_at, visit.method) == (True, SIX_PM, Method.STAFF.value)
        assert (visit.reservation_id, visit.pass_id) == (evening.reservation, evening.pass_)
        attempt = AttemptRow.get()
        assert (attempt.staff_id, attempt.happened_at, attempt.received_at) == (
            evening.studio.staff,
            SIX_PM,
            NOON + DAY,
        )
    said = {"contest_id": item.key, "answer": "WERE_THERE", "because": "The instructor remembers them"}
    assert news(evening, EventKind.CONTEST_ANSWERED) == [("reservation.contest_answered", said)]
    assert news(evening, EventKind.NO_SHOW_UNDONE)[0][1]["contest_id"] == item.key
    came = news(evening, EventKind.CHECKED_IN)
    assert len(came) == 1
    assert (waiting(evening.studio, NOON + DAY, InboxKind.CONTEST), state(evening)) == ([], AbsenceState.UNDONE)
    evening.night(ONE_AM + 2 * DAY)
    assert evening.studio.status(evening.reservation) is S.ATTENDED
    undo(evening.studio.organization, f"R:{evening.reservation}", evening.studio.staff, "not them", NOON + 3 * DAY)
    assert (evening.studio.status(evening.reservation), evening.punches) == (S.PENDING, 8)


def test_with_it_goes_the_suspension_and_the_places_that_it_took(database: Database) -> None:
    evening = an_evening()
    studio, alice, pass_ = evening.studio, evening.alice, evening.pass_
    for hours in (3, 6):
        studio.reservation(alice, studio.session(after(60 * -hours)), pass_)
    ahead = studio.reservation(alice, studio.session(SIX_PM + 7 * DAY), pass_)
    evening.night()
    assert studio.status(ahead) is S.AUTO_CANCELLED
    answered(studio, contested(evening), NOON)
    with reading():
        assert SuspensionRow.get().lifted_at == NOON
    assert studio.status(ahead) is S.PENDING


def test_excused_it_stays_missed_and_costs_nothing(evening: Evening) -> None:
    item = contested(evening)
    answered(evening.studio, item, NOON, Way.EXCUSE, because="The kiosk did not work")
    assert (evening.studio.status(evening.reservation), evening.punches) == (S.NO_SHOW, 8)
    assert evening.absence().amnesty_because == "The kiosk did not work"
    assert evening.steps()[-1] == ("EXCUSED", "NO_SHOW")
    assert state(evening) is AbsenceState.EXCUSED
    (excused,) = news(evening, EventKind.NO_SHOW_EXCUSED)
    assert excused[1]["contest_id"] == item.key
    assert news(evening, EventKind.CONTEST_ANSWERED)[0][1]["answer"] == "EXCUSED"


def test_it_stands_and_alice_is_told_why_and_asks_once_only(evening: Evening) -> None:
    organization = evening.studio.organization
    answered(evening.studio, contested(evening), NOON, Way.LET_STAND, because="Nobody saw them")
    assert (evening.punches, state(evening)) == (7, AbsenceState.STANDS)
    assert news(evening, EventKind.CONTEST_ANSWERED)[0][1]["because"] == "Nobody saw them"
    alice = member_asking(organization, evening.alice, "Alice")
    with pytest.raises(Conflict) as told:
        contest(organization, evening.absence().id, "But I was!", alice, NOON)
    assert (told.value.code, told.value.values) == ("contest.answered", {"because": "Nobody saw them"})
    assert waiting(evening.studio, NOON, InboxKind.CONTEST) == []


def test_an_answer_is_given_once(evening: Evening) -> None:
    organization, by = evening.studio.organization, mira(evening.studio)
    item = contested(evening)
    first = answer(organization, item.subject, Answer.STANDS, "Nobody saw them", by, NOON)
    kept = everything()
    assert answer(organization, item.subject, Answer.WERE_THERE, "Oh well", by, NOON + DAY) == first
    assert everything() == kept
    excuse(organization, evening.absence().id, "Let us be kind", by, NOON + DAY)
    assert evening.punches == 8


def test_staff_who_excuse_it_elsewhere_have_answered_it(evening: Evening) -> None:
    organization, by = evening.studio.organization, mira(evening.studio)
    contested(evening)
    excuse(organization, evening.absence().id, "Let us be kind", by, NOON)
    assert waiting(evening.studio, NOON, InboxKind.CONTEST) == []
    assert [data["answer"] for _, data in news(evening, EventKind.CONTEST_ANSWERED)] == ["EXCUSED"]


def test_a_late_kiosk_that_saw_alice_makes_the_question_go_away(evening: Evening) -> None:
    contested(evening)
    session = evening.absence().session_id
    evening.studio.card(evening.alice)
    kiosk = StoryKiosk(known=evening.kiosk)
    shown = kiosk.show(card_of(evening.alice), before(5))
    kiosk.tell(NOON, welcomed(shown, evening.alice, session, reservation=evening.reservation))
    assert evening.studio.status(evening.reservation) is S.CHECKED_IN
    assert waiting(evening.studio, NOON, InboxKind.CONTEST) == []
    with reading():
        asked = ContestRow.get()
    with pytest.raises(Conflict, match=r"no_show\.is_undone"):
        answer(evening.studio.organization, asked.id, Answer.STANDS, "No", mira(evening.studio), NOON)


def test_a_visit_that_was_there_all_along_is_the_visit(evening: Evening) -> None:
    """She walked in before the place was reserved, and the night judged the place alone."""
    session = evening.absence().session_id
    with writing():
        VisitRow.create(
            id=f"W:{evening.alice}:{session}", organization=evening.studio.organization, member=evening.alice,
            session=session, is_live=False, method="SELF", first_at=before(30),
        )  # fmt: skip
        VisitRow.update(is_live=True).execute()
    answered(evening.studio, contested(evening), NOON)
    with reading():
        assert [(row.first_at, row.is_live) for row in VisitRow.select()] == [(before(30), True)]
    assert (evening.studio.status(evening.reservation), evening.punches) == (S.CHECKED_IN, 8)


def test_a_visit_on_another_place_of_hers_leaves_this_one_given_up(evening: Evening) -> None:
    studio, session = evening.studio, evening.absence().session_id
    with writing():
        other = ReservationRow.create(
            id=new_id(SIX_PM), organization=studio.organization, member=evening.alice, session=session,
            pass_=evening.pass_, status=S.CANCELLED.value, made_at=SIX_PM - DAY,
        )  # fmt: skip
        VisitRow.create(
            id=f"R:{other.id}", organization=studio.organization, member=evening.alice, session=session,
            reservation=other.id, is_live=True, method="SELF", first_at=before(30),
        )  # fmt: skip
    answered(studio, contested(evening), NOON)
    assert (studio.status(evening.reservation), evening.punches) == (S.CANCELLED, 8)
    assert evening.absence().reversed_at == NOON


def test_to_a_session_that_was_called_off_nobody_came(evening: Evening) -> None:
    session = evening.absence().session_id
    item = contested(evening)
    call_off_session(evening.studio.organization, session, "the kiln exploded", mira(evening.studio), NOON)
    (item,) = waiting(evening.studio, NOON, InboxKind.CONTEST)
    assert [offer.way for offer in item.offers] == [Way.EXCUSE, Way.LET_STAND]
    with pytest.raises(Conflict, match=r"contest\.session_called_off"):
        answer(evening.studio.organization, item.subject, Answer.WERE_THERE, "Yes", mira(evening.studio), NOON)


def test_two_weeks_are_time_enough_and_the_studio_can_give_more_or_less(evening: Evening) -> None:
    organization, absence = evening.studio.organization, evening.absence()
    alice = member_asking(organization, evening.alice, "Alice")
    with pytest.raises(Conflict, match=r"contest\.too_late"):
        contest(organization, absence.id, I_WAS_THERE, alice, absence.noted_at + 14 * DAY)
    contest(organization, absence.id, I_WAS_THERE, alice, absence.noted_at + 14 * DAY - A_MOMENT)


def test_who_may_contest_and_answer(evening: Evening) -> None:
    studio, id_ = evening.studio, evening.absence().id
    bob = member_asking(studio.organization, studio.member("Bob"), "Bob")
    stranger = member_asking("elsewhere", evening.alice, "Alice")
    for by in (bob, stranger):
        with pytest.raises(NotFound, match=r"no_show\.not_found"):
            contest(studio.organization, id_, I_WAS_THERE, by, NOON)
    other = open_studio("Clay")
    with reading():
        theirs = asker_of_staff(other.organization, other.staff)
    with pytest.raises(NotFound, match=r"no_show\.not_found"):
        contest(other.organization, id_, I_WAS_THERE, theirs, NOON)
    alice = member_asking(studio.organization, evening.alice, "Alice")
    for words in ("  \n ", "x" * 1001):
        with pytest.raises(Invalid):
            contest(studio.organization, id_, words, alice, NOON)
    with pytest.raises(Forbidden):
        contest(studio.organization, id_, I_WAS_THERE, mira(studio, Role.INSTRUCTOR), NOON)
    asked = contest(studio.organization, id_, "She says she was", mira(studio), NOON)
    assert asked.by_name == "Mira"
    with pytest.raises(Forbidden):
        answer(studio.organization, asked.id, Answer.EXCUSED, "please", alice, NOON)
    with pytest.raises(NotFound, match=r"contest\.not_found"):
        answer(other.organization, asked.id, Answer.EXCUSED, "please", theirs, NOON)
    with pytest.raises(Invalid):
        answer(studio.organization, asked.id, Answer.EXCUSED, " ", mira(studio), NOON)


def test_excusing_by_hand_takes_back_what_it_cost_once(evening: Evening) -> None:
    studio, id_ = evening.studio, evening.absence().id
    excused = excuse(studio.organization, id_, "She was ill", mira(studio), NOON)
    assert (excused.noted.state, excused.noted.is_punch_back, excused.who.name) == (
        AbsenceState.EXCUSED,
        True,
        "Alice Ackerman",
    )
    assert evening.punches == 8
    kept = everything()
    again = excuse(studio.organization, id_, "Another reason", mira(studio), NOON + DAY)
    assert (again.noted.excused_because, everything()) == ("She was ill", kept)
    with pytest.raises(Invalid):
        excuse(studio.organization, id_, "", mira(studio), NOON)
    with pytest.raises(Forbidden):
        excuse(studio.organization, id_, "because", member_asking(studio.organization, evening.alice, "Alice"), NOON)
    with writing():
        NoShowRow.update(reversed_at=NOON).execute()
    with pytest.raises(Conflict, match=r"no_show\.is_undone"):
        excuse(studio.organization, id_, "because", mira(studio), NOON)


def test_the_absences_of_a_day_are_those_of_the_venues_own_day(evening: Evening) -> None:
    studio, by = evening.studio, mira(evening.studio)
    late = studio.reservation(evening.alice, studio.session(after(60 * 6)), evening.pass_)  # midnight in Berlin
    evening.night(ONE_AM + DAY)
    organization, saturday = studio.organization, SIX_PM.date()
    (first,) = no_shows_on(organization, saturday, by)
    assert (first.noted.reservation_id, first.who.number, first.noted.took_punch) == (evening.reservation, "0001", True)
    (second,) = no_shows_on(organization, saturday + DAY, by, venue_id=studio.venue)
    assert second.noted.reservation_id == late
    assert no_shows_on(organization, saturday + 2 * DAY, by) == ()
    assert no_shows_on(organization, saturday, by, venue_id=studio.another_venue()) == ()
    other = open_studio("Clay")
    with pytest.raises(NotFound, match=r"venue\.not_found"):
        no_shows_on(organization, saturday, by, venue_id=other.venue)
    with reading():
        theirs = asker_of_staff(other.organization, other.staff)
    assert no_shows_on(other.organization, saturday, theirs) == ()
    with pytest.raises(Forbidden):
        no_shows_on(organization, saturday, theirs)


def test_a_suspension_by_staff_is_not_undone_by_an_answer(evening: Evening) -> None:
    studio = evening.studio
    suspend(studio.organization, evening.alice, NOON + 7 * DAY, "broke the kiln", mira(studio), NOON)
    answered(studio, contested(evening), NOON)
    with reading():
        assert SuspensionRow.get().lifted_at is None
