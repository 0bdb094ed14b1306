"""What a member sees of their own days: passes, month, offers, places, absences, and the calendar on their phone."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from icalendar import Calendar
from peewee import Database

from core import wire
from core.decisions import Admitted
from core.errors import Forbidden, Invalid, NotFound, TesseraError
from core.messages import say
from core.model import PassType
from core.penalties import AbsenceState, MayContest
from core.policy import Policy
from core.portal import calendar_uid, month_before, month_named, next_month, wait_until, weeks_of
from core.refusals import RefusalReason as R
from server.pages.my.wording import MyWords
from server.services.door.at_the_desk import AtTheDesk, check_in, undo
from server.services.fleet.phone_links import give_phone_link, phone_page
from server.services.passes.ending import cancel_pass
from server.services.people.rights import member_asking, the_house
from server.services.people.sessions import call_off_session
from server.services.portal.feed import feed, feed_secret, renew_feed
from server.services.portal.months import Mark, month_of
from server.services.portal.offers import offers
from server.services.portal.overview import overview
from server.services.portal.past import past
from server.services.portal.places import place
from server.services.portal.wishes import set_language
from server.services.reserving.cancel import cancel
from server.services.reserving.reserve import Wish, reserve
from server.services.reserving.values import Cancelled, Reserved
from server.store.database import reading, writing
from server.store.tables import CardRow, CoursePartRow, MemberRow, PolicyRow
from tests.server.portal_stories import DAY, MINUTE, NOON, Full, full_month, visit_of
from tests.server.studio import SIX_PM, VAULT, open_studio

NOVEMBER = date(2026, 11, 1)


def day_of(instant_days: int) -> date:
    return date(2026, 11, 21) + timedelta(days=instant_days)


def marks(full: Full, member: str) -> dict[date, list[Mark]]:
    found = month_of(visit_of(full.studio, member), NOVEMBER, NOON).days
    return {day: [entry.mark for entry in entries] for day, entries in found.items()}


def test_the_overview_says_what_is_next_what_is_left_and_why_somebody_is_suspended(database: Database) -> None:
    full = full_month()
    seen = overview(visit_of(full.studio, full.alice), NOON)
    assert seen.next is not None and seen.next.place.id == full.place
    assert (seen.next.window.opens_at, seen.next.may_check_in, seen.next.is_in) == (SIX_PM - 120 * MINUTE, False, False)
    ten, course = seen.passes
    assert (ten.status.punches_left, ten.status.punches_included, ten.status.reserved_ahead) == (9, 10, 1)
    assert (ten.status.max_reservations_ahead, ten.status.sessions_attended) == (3, 1)
    assert [(part.number, part.opens_after) for part in course.parts] == [(1, None), (2, 1), (3, 1)]
    assert seen.suspension is None and not seen.has_phone_code
    dans = overview(visit_of(full.studio, full.dan), NOON)
    assert dans.suspension is not None and dans.suspension.seen.suspended.ends_at == NOON + 10 * DAY
    assert [session.id for session in dans.suspension.missed] == [full.sessions["missed"]]
    assert overview(visit_of(full.studio, full.dan, NOON + 10 * DAY), NOON + 10 * DAY).suspension is None


def test_a_course_opens_part_after_part_as_the_offers_say_too(database: Database) -> None:
    full = full_month()
    visit = visit_of(full.studio, full.alice)
    took = reserve(
        full.studio.organization, Wish(session_id=full.sessions["part 1"], member_id=full.alice), visit.asker, NOON
    )
    assert isinstance(took, Reserved)
    course = overview(visit, NOON).passes[1]
    assert [(p.is_reserved, p.opens_after) for p in course.parts] == [(True, None), (False, None), (False, 2)]
    shown = {one.session.id: one for one in offers(visit, NOON, NOON + 30 * DAY, NOON).sessions}
    assert shown[full.sessions["part 1"]].place_id == took.place.id
    assert shown[full.sessions["part 2"]].refused is None


def test_offers_say_what_pays_what_is_free_and_why_not(database: Database) -> None:
    full = full_month()
    visit = visit_of(full.studio, full.alice)
    found = offers(visit, NOON, NOON + 30 * DAY, NOON)
    shown = {one.session.id: one for one in found.sessions}
    named = {name: shown[id_] for name, id_ in full.sessions.items() if id_ in shown}
    assert set(named) == {"tonight", "tomorrow", "full", "part 1", "part 2", "next week", "weeks later"}
    assert (named["tonight"].place_id, named["tomorrow"].refused, named["tomorrow"].takes_punch) == (
        full.place,
        None,
        True,
    )
    assert (named["full"].refused, named["full"].free_places) == (R.SESSION_FULL, 0)
    assert (named["part 2"].refused, named["part 2"].opens_after) == (R.PART_OUT_OF_ORDER, 1)
    assert [kind.name for kind in found.kinds] == ["Glazing", "Wheel throwing"]
    only = offers(visit, NOON, NOON + 30 * DAY, NOON, class_type_id=full.studio.glazing)
    assert [one.session.id for one in only.sessions] == [full.sessions["tomorrow"]] and len(only.kinds) == 2
    assert {one.refused for one in offers(visit_of(full.studio, full.dan), NOON, NOON + 5 * DAY, NOON).sessions} == {
        R.SUSPENDED
    }
    assert offers(visit_of(full.studio, full.studio.member("Passless")), NOON, NOON + DAY, NOON).sessions == ()
    with pytest.raises(Invalid):
        offers(visit, NOON, NOON + 94 * DAY, NOON)


def test_a_month_marks_each_day_by_what_it_was_or_will_be(database: Database) -> None:
    full = full_month()
    seen = marks(full, full.alice)
    assert seen == {
        day_of(-9): [Mark.CAME],
        day_of(-5): [Mark.MISSED],
        day_of(0): [Mark.RESERVED],
        day_of(1): [Mark.OPEN],
        day_of(3): [Mark.OPEN],
        day_of(7): [Mark.OPEN],
        day_of(10): [Mark.OPEN],
    }
    visit = visit_of(full.studio, full.alice)
    assert isinstance(cancel(full.studio.organization, full.place, visit.asker, NOON), Cancelled)
    assert marks(full, full.alice)[day_of(0)] == [Mark.GIVEN_UP]
    again = reserve(
        full.studio.organization, Wish(session_id=full.sessions["tonight"], member_id=full.alice), visit.asker, NOON
    )
    assert isinstance(again, Reserved)
    assert marks(full, full.alice)[day_of(0)] == [Mark.RESERVED]
    assert month_of(visit, NOVEMBER, NOON).days[day_of(0)][0].place_id == again.place.id
    assert day_of(-9) not in marks(full, full.dan)


def test_a_session_at_midnight_stands_on_the_day_of_the_wall_calendar_there(database: Database) -> None:
    studio = open_studio(zone="America/New_York")
    alice = studio.member()
    studio.unlimited(alice)
    studio.session(NOON.replace(day=25, hour=3))
    seen = month_of(visit_of(studio, alice), NOVEMBER, NOON)
    assert list(seen.days) == [date(2026, 11, 24)]


def test_a_place_says_whether_giving_it_up_comes_too_late(database: Database) -> None:
    full = full_month()
    visit = visit_of(full.studio, full.alice)
    ahead = reserve(
        full.studio.organization, Wish(session_id=full.sessions["next week"], member_id=full.alice), visit.asker, NOON
    )
    assert isinstance(ahead, Reserved)
    starts_at = SIX_PM + 7 * DAY
    early, late = (place(visit, ahead.place.id, starts_at - DAY + moment) for moment in (timedelta(0), MINUTE))
    assert [(one.may_give_up, one.keeps_hold) for one in (early, late)] == [(True, False), (True, True)]
    assert not place(visit, ahead.place.id, starts_at).may_give_up
    for others in (full.place, "nothing"):
        with pytest.raises(NotFound):
            place(visit_of(full.studio, full.dan), others, NOON)


def test_a_check_in_that_staff_took_back_is_no_visit(database: Database) -> None:
    studio = open_studio()
    alice = studio.member()
    studio.unlimited(alice)
    session = studio.session(SIX_PM, class_type=studio.glazing)
    came = check_in(studio.organization, AtTheDesk(venue_id=studio.venue, member_id=alice, session_id=session), SIX_PM)
    assert isinstance(came, Admitted)

    def shown() -> list[Mark]:
        (day,) = month_of(visit_of(studio, alice), NOVEMBER, NOON).days.values()
        return [entry.mark for entry in day]

    assert shown() == [Mark.CAME]
    undo(studio.organization, came.visit_key, studio.staff, "it was Alicia", SIX_PM)
    assert shown() == [Mark.OPEN] and past(visit_of(studio, alice), SIX_PM).came == ()


def test_a_cancelled_pass_and_one_that_is_over_are_not_shown(database: Database) -> None:
    studio = open_studio()
    alice = studio.member()
    kept, cancelled = studio.unlimited(alice, valid_until=NOON + MINUTE), studio.unlimited(alice)
    studio.unlimited(alice, valid_until=NOON)
    cancel_pass(studio.organization, cancelled, "sold twice", the_house(studio.organization), NOON)
    assert [one.status.pass_id for one in overview(visit_of(studio, alice), NOON).passes] == [kept]


def test_a_page_promises_what_giving_up_does_also_after_the_numbers_changed(database: Database) -> None:
    """A place is judged by the version it was reserved under, and the page must not say otherwise."""
    studio = open_studio()
    alice = studio.member()
    studio.punch_pass(alice)
    visit, starts_at = visit_of(studio, alice), SIX_PM + 7 * DAY
    wish = Wish(session_id=studio.session(starts_at), member_id=alice)
    ahead = reserve(studio.organization, wish, visit.asker, NOON)
    assert isinstance(ahead, Reserved)
    stricter = Policy(version=1, free_cancel_before_start=2 * DAY)
    with writing():
        PolicyRow.create(
            id="stricter", organization=studio.organization, version=1, policy=wire.to_json(stricter),
            starts_at=NOON + DAY, made_at=NOON + DAY,
        )  # fmt: skip
    at = starts_at - DAY - MINUTE
    promised = place(visit, ahead.place.id, at).keeps_hold
    given_up = cancel(studio.organization, ahead.place.id, visit.asker, at)
    assert isinstance(given_up, Cancelled) and (promised, given_up.keeps_hold) == (False, False)


def test_the_past_is_what_was_come_to_and_every_absence_explained(database: Database) -> None:
    full = full_month()
    seen = past(visit_of(full.studio, full.dan), NOON)
    (told,) = seen.absences
    assert (told.noted.state, told.may_contest, seen.came) == (AbsenceState.STANDS, MayContest.YES, ())
    assert told.suspension is not None and told.suspension.ends_at == NOON + 10 * DAY
    hers = past(visit_of(full.studio, full.alice), NOON)
    assert [one.session.id for one in hers.came] == [full.sessions["came"]]
    assert [one.noted.member_id for one in hers.absences] == [full.alice]


def events_of(secret: str, at: object = NOON) -> dict[str, tuple[str, int]]:
    read = Calendar.from_ical(feed(secret, at).text)  # type: ignore[arg-type]
    return {str(e["uid"]): (str(e["status"]), int(e["sequence"])) for e in read.walk("VEVENT")}


def test_a_phones_calendar_follows_places_and_forgets_them_after_a_month(database: Database) -> None:
    full = full_month()
    by = visit_of(full.studio, full.alice).asker
    organization = full.studio.organization
    secret = feed_secret(organization, by, NOON, VAULT)
    assert feed_secret(organization, by, NOON, VAULT) == secret
    before = feed(secret, NOON)
    tonight = calendar_uid(full.place)
    assert events_of(secret)[tonight] == ("CONFIRMED", 0)
    assert feed(secret, NOON + MINUTE) == before
    cancel(organization, full.place, by, NOON)
    assert events_of(secret)[tonight] == ("CANCELLED", 1)
    assert feed(secret, NOON).etag != before.etag
    assert tonight in events_of(secret, NOON + 30 * DAY - MINUTE)
    assert tonight not in events_of(secret, NOON + 30 * DAY)
    took = reserve(organization, Wish(session_id=full.sessions["next week"], member_id=full.alice), by, NOON)
    assert isinstance(took, Reserved)
    call_off_session(organization, full.sessions["next week"], "The kiln broke", the_house(organization), NOON)
    assert events_of(secret)[calendar_uid(took.place.id)][0] == "CANCELLED"
    newer = renew_feed(organization, by, NOON, VAULT)
    for over in (secret, "", "made up"):
        with pytest.raises(NotFound):
            feed(over, NOON)
    assert {tonight, calendar_uid(took.place.id)} <= set(events_of(newer))
    with pytest.raises(Forbidden):
        feed_secret(organization, the_house(organization), NOON, VAULT)
    with writing():
        MemberRow.update({MemberRow.is_active: False}).where(MemberRow.id == full.alice).execute()
    with pytest.raises(NotFound):
        feed(newer, NOON)


def test_alice_chooses_a_language_and_puts_her_code_on_her_phone(database: Database) -> None:
    studio = open_studio()
    alice, bob = studio.member(), studio.member("Bob")
    studio.card(alice)
    by = member_asking(studio.organization, alice, "Alice")
    given = give_phone_link(studio.organization, alice, by, NOON, VAULT)
    with reading():
        sealed = {row.id: row.sealed_name for row in CardRow.select()}
    set_language(studio.organization, "pl", by, NOON, VAULT)
    assert phone_page(given.token, NOON, VAULT).language == "pl"
    with reading():
        assert all(row.sealed_name != sealed[row.id] for row in CardRow.select())
    assert visit_of(studio, alice).language == "pl" and visit_of(studio, bob).language == "en"
    whys: list[Callable[[], object]] = [
        lambda: set_language(studio.organization, "tlh", by, NOON, VAULT),
        lambda: give_phone_link(studio.organization, bob, by, NOON, VAULT),
        lambda: set_language(studio.organization, "de", the_house(studio.organization), NOON, VAULT),
    ]
    for what in whys:
        with pytest.raises(TesseraError):
            what()


def test_a_course_without_an_order_opens_all_its_parts(database: Database) -> None:
    studio = open_studio()
    alice, course = studio.member(), studio.course(2)
    studio.pass_of(alice, PassType.FULL_COURSE, course=course)
    with reading():
        assert CoursePartRow.select().where(CoursePartRow.course == course).count() == 2
    (shown,) = overview(visit_of(studio, alice), NOON).passes
    assert [part.opens_after for part in shown.parts] == [None, None]


@pytest.mark.parametrize(
    ("asked", "most", "waits"),
    [
        ((), 1, None),
        ((0,), 1, 60),
        ((0, 30), 3, None),
        ((0, 30), 2, 60),
        ((0, 30), 1, 90),
        ((-59,), 1, 1),
        ((-60,), 1, None),
    ],
)
def test_nobody_asks_more_often_than_so_within_an_hour(asked: tuple[int, ...], most: int, waits: int | None) -> None:
    until = wait_until([NOON + minutes * MINUTE for minutes in asked], most, NOON)
    assert until == (None if waits is None else NOON + waits * MINUTE)


def test_months_are_whole_weeks_and_follow_one_another() -> None:
    weeks = weeks_of(NOVEMBER)
    assert (weeks[0][0], weeks[-1][-1]) == (date(2026, 10, 26), date(2026, 12, 6))
    assert next_month(date(2026, 12, 31)) == date(2027, 1, 1)
    assert month_before(date(2027, 1, 31)) == date(2026, 12, 1)
    assert month_named("2027-02", NOVEMBER) == date(2027, 2, 1)
    assert month_named("2036-12", NOVEMBER) == date(2036, 12, 1)
    for odd in ("", "2037-01", "9999-12", "0001-01", "2026-13", "11-2026", "2026-1x", "0000-00", "x" * 90):
        assert month_named(odd, date(2026, 11, 21)) == NOVEMBER


def test_a_day_within_an_arabic_sentence_runs_from_the_right_though_it_begins_with_a_value() -> None:
    day = MyWords(language="ar", zone="UTC", at=NOON).day_named(date(2026, 11, 21))
    said = say("ar", "desk.span", from_=day, to="18:00")
    assert f"\u2067{day}\u2069" in said and "\u206818:00\u2069" in said
    assert say("en", "desk.span", from_="a", to="b") == "a to b"
