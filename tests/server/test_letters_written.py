"""Letters are made of the news: each once, in the member's language, with what explains it, or held with the reason."""

import re
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from icalendar import Calendar

from core.events import EventKind as K
from core.letters import Channel, Group, HeldBecause, LetterState
from core.portal import calendar_uid
from server.services.events.announcing import Event, announce
from server.services.letters.making import make_letters
from server.services.letters.reminding import remind
from server.services.letters.values import Choice
from server.services.letters.wishes import choose
from server.services.penalties.no_shows import excuse
from server.services.people.sessions import call_off_session
from server.services.people.suspensions import suspend
from server.services.portal.links import ask_for_link
from server.services.reserving.cancel import cancel
from server.services.reserving.reserve import Wish
from server.services.waiting.giving import offer_free_places
from server.services.waiting.joining import WaitingWish, join
from server.services.waiting.values import InLine
from server.store.database import reading, writing
from server.store.tables import NoShowRow
from tests.server.door_stories import kiosk_of, undoing, welcomed
from tests.server.letter_stories import HOUSE, events, has, kinds, letters, write_letters
from tests.server.studio import SIX_PM, after, before
from tests.server.test_news_announced import DAY, ONE_AM, House, no_shows, suspend_job
from tests.server.test_news_announced import house as house  # the fixture

NOON = SIX_PM - 3 * DAY
SECOND, MINUTE = timedelta(seconds=1), timedelta(minutes=1)
ISOLATES = re.compile(r"[\u2066-\u2069]")


def test_a_confirmation_says_what_when_where_and_until_when_it_can_be_given_up(house: House) -> None:
    place = house.reserve(house.studio.session())
    for _ in range(2):
        write_letters(SIX_PM - 3 * DAY)
    (letter,) = letters()
    assert (letter.state, letter.channel, letter.address) == (LetterState.WAITING, Channel.MAIL, "alice@example.org")
    assert letter.subject == "Your place: Wheel throwing, Saturday, 21 November"
    for said in ("Hello Alice,", "Kiln House, Wheel room", "18:00 to 20:00", "Until Friday, 20 November, 18:00"):
        assert said in letter.text, said
    assert "https://kiln.example.org/my" in letter.text
    (entry,) = Calendar.from_ical(letter.calendar).walk("VEVENT")
    assert (str(entry["uid"]), entry["sequence"], str(entry["status"])) == (calendar_uid(place), 0, "CONFIRMED")
    assert (entry.decoded("dtstart"), str(entry["organizer"])) == (SIX_PM, f"mailto:{HOUSE.sender}")


def test_giving_it_up_takes_it_out_of_the_calendar(house: House) -> None:
    place = house.reserve(house.studio.session())
    cancel(house.studio.organization, place, house.us.for_member(), SIX_PM - 2 * DAY)
    write_letters(SIX_PM - 2 * DAY)
    (letter,) = letters(K.CANCELLED)
    assert "Its punch is free again." in letter.text
    calendar = Calendar.from_ical(letter.calendar)
    (entry,) = calendar.walk("VEVENT")
    assert str(calendar["method"]) == "CANCEL"
    assert (str(entry["uid"]), entry["sequence"], str(entry["status"])) == (calendar_uid(place), 1, "CANCELLED")


def test_giving_it_up_late_says_when_the_punch_is_free(house: House) -> None:
    place = house.reserve(house.studio.session())
    cancel(house.studio.organization, place, house.us.for_member(), before(60))
    write_letters(before(59))
    assert "until the night after the class" in letters(K.CANCELLED)[0].text


def test_an_absence_is_explained_and_one_taken_back_meanwhile_is_told_as_that_alone(house: House) -> None:
    place = house.reserve(house.studio.session())
    no_shows.run(house.night(strikes=3))
    (letter,) = [one for one in write_letters(ONE_AM + MINUTE) if one.kind == K.NO_SHOW.value]
    for said in ("was reserved, and nobody came", "Whoever was there can say so until", "The rule is the one"):
        assert said in letter.text, said
    house.reserve(house.studio.session(SIX_PM + 2 * DAY), ONE_AM + DAY)
    no_shows.run(house.night(ONE_AM + 2 * DAY, strikes=3))
    (_, second) = [row for row in events(house.studio) if row.kind == K.NO_SHOW.value]
    assert second.reservation_id != place
    with reading():
        no_show = NoShowRow.get(NoShowRow.reservation == second.reservation_id)
    excuse(house.studio.organization, no_show.id, "was ill", house.mira, ONE_AM + 2 * DAY)
    made = kinds(write_letters(ONE_AM + 2 * DAY + MINUTE))
    assert made.count(K.NO_SHOW) == 1
    assert "was ill" in letters(K.NO_SHOW_EXCUSED)[0].text


def test_a_suspension_says_for_which_absences_by_which_rule_and_until_when(house: House) -> None:
    house.reserve(house.studio.session())
    ahead = house.reserve(house.studio.session(SIX_PM + 4 * DAY))
    no_shows.run(house.night())
    suspend_job.run(house.night())
    write_letters(ONE_AM)
    (letter,) = letters(K.SUSPENDED)
    assert letter.subject == "Reserving and checking in pause until Sunday, 6 December"
    for said in ("Missed: Wheel throwing, Saturday, 21 November, 18:00", "Until: Sunday, 6 December, 01:00"):
        assert said in letter.text, said
    (lost,) = letters(K.AUTO_CANCELLED)
    assert "pause for you until Sunday, 6 December, 01:00" in lost.text
    assert lost.reservation_id == ahead


def test_what_staff_wrote_is_told_where_it_concerns_the_member(house: House) -> None:
    session = house.studio.session()
    house.reserve(session)
    suspend(house.studio.organization, house.alice, SIX_PM - DAY, "broke the kiln", house.mira, SIX_PM - 2 * DAY)
    call_off_session(house.studio.organization, session, "the <kiln> is broken", house.mira, SIX_PM - DAY)
    write_letters(SIX_PM - DAY)
    assert "Reason: broke the kiln" in letters(K.SUSPENDED)[0].text
    (off,) = letters(K.SESSION_CANCELLED)
    assert "Reason: the <kiln> is broken" in off.text
    assert "the &lt;kiln&gt; is broken" in off.html and "<kiln>" not in off.html


def test_a_letter_is_written_in_the_members_language_and_by_the_venues_clock(house: House) -> None:
    has(house.alice, language="ar")
    house.reserve(house.studio.session())
    (letter,) = write_letters(SIX_PM - 3 * DAY)
    assert letter.language == "ar"
    words = ISOLATES.sub("", letter.text)
    assert 'dir="rtl"' in letter.html and "21 نوفمبر" in words and "18:00" in words


def test_a_check_in_told_hours_late_is_confirmed_to_nobody(house: House) -> None:
    card, kiosk = house.studio.card(house.alice), kiosk_of(house.studio)
    session = house.studio.session()
    place = house.reserve(session)
    came = welcomed(kiosk.show(card, before(5)), house.alice, session, reservation=place, pass_=house.pass_)
    kiosk.tell(before(4), came)
    assert K.CHECKED_IN not in kinds(write_letters(before(5) + timedelta(seconds=29)))
    assert events(house.studio)[-1].letters_at is None, "it may still be undone at the kiosk"
    (letter,) = [one for one in write_letters(before(4)) if one.kind == K.CHECKED_IN.value]
    assert "You checked in at 17:55." in letter.text and "Punches left: 7" in letter.text
    ben = house.studio.member("Ben")
    shown = kiosk.show(house.studio.card(ben), before(3))
    later = welcomed(shown, ben, session, pass_=house.studio.punch_pass(ben))
    kiosk.tell(after(180), later)
    mia = house.studio.member("Mia")
    mias = house.studio.card(mia)
    shown = kiosk.show(mias, after(170))
    undone = welcomed(shown, mia, session, pass_=house.studio.punch_pass(mia))
    kiosk.tell(after(181), undone, undoing(kiosk, mias, undone, after(171)))
    write_letters(after(182))
    assert {row.member_id for row in letters(K.CHECKED_IN)} == {house.alice}
    assert all(row.letters_at for row in events(house.studio))


def test_nobody_is_written_what_they_do_not_want_or_without_an_address(house: House) -> None:
    has(house.alice, phone="+49 (0)30 123 456")
    no_thanks = Choice(group=Group.REMINDERS, channel=Channel.SMS, is_wanted=False)
    choose(house.studio.organization, house.alice, [no_thanks], house.us, SIX_PM - 3 * DAY)
    house.reserve(house.studio.session())
    remind(SIX_PM - DAY)
    remind(before(120))
    has(house.alice, email="")
    call_off_session(house.studio.organization, events(house.studio)[0].session_id, "ill", house.mira, before(119))
    made = {K(row.kind): row for row in write_letters(before(119))}
    assert made[K.SESSION_CANCELLED].held_because == HeldBecause.NO_ADDRESS.value
    assert K.CHECK_IN_SOON not in made, "the place is gone"
    ben = house.studio.member("Ben")
    has(ben, phone="030/123456")
    for whom, kind, state in (
        (ben, K.CHECK_IN_SOON, LetterState.WAITING),
        (house.alice, K.LAST_CALL, LetterState.HELD),
    ):
        session = house.studio.session(SIX_PM + DAY)
        place = house.studio.reservation(whom, session, house.studio.unlimited(whom))
        with writing():
            announce(
                Event(
                    organization_id=house.studio.organization,
                    kind=kind,
                    member_id=whom,
                    session_id=session,
                    reservation_id=place,
                ),
                before(118),
            )
        write_letters(before(117))
        (letter,) = letters(kind)
        assert (letter.state, letter.channel, letter.html) == (state, Channel.SMS, "")
    assert letters(K.CHECK_IN_SOON)[0].address == "030123456"
    assert letters(K.LAST_CALL)[0].held_because == HeldBecause.NOT_WANTED.value


def test_a_link_to_sign_in_is_made_of_no_table_and_of_nothing_once_it_is_over(house: House) -> None:
    ask_for_link("alice@example.org", SIX_PM)
    (letter,) = write_letters(SIX_PM + timedelta(seconds=5))
    assert "https://kiln.example.org/my/sign-in/" in letter.text and "It works once, and until 18:15." in letter.text
    ask_for_link("alice@example.org", SIX_PM + 20 * MINUTE)
    assert len(write_letters(SIX_PM + 36 * MINUTE)) == 1, "fifteen minutes later it opens nothing"


def test_news_that_cannot_be_worded_holds_up_no_other(house: House) -> None:
    with writing():
        announce(
            Event(
                organization_id=house.studio.organization,
                kind=K.SUSPENDED,
                member_id=house.alice,
                subject="no such suspension",
            ),
            SIX_PM - 3 * DAY,
        )
    house.reserve(house.studio.session(), SIX_PM - 3 * DAY + MINUTE)
    bad, good = write_letters(SIX_PM - 2 * DAY)
    assert (bad.state, bad.text) == (LetterState.FAILED.value, "") and "NotFound" in bad.last_trouble
    assert good.state == LetterState.WAITING.value


def test_who_waited_is_offered_the_place_or_told_once_that_they_have_it(house: House) -> None:
    org, session = house.studio.organization, house.studio.session(capacity=1)
    ben, mia = house.studio.member("Ben"), house.studio.member("Mia")
    place = house.reserve(session)
    for turn, (member, is_auto_book) in enumerate(((ben, True), (mia, False))):
        wish = Wish(session_id=session, pass_id=house.studio.unlimited(member))
        joined = join(org, WaitingWish(place=wish, is_auto_book=is_auto_book), house.us, NOON + turn * SECOND)
        assert isinstance(joined, InLine), joined
    cancel(org, place, house.us.for_member(), NOON + MINUTE)
    offer_free_places(NOON + MINUTE)
    write_letters(NOON + MINUTE)
    (booked,) = [letter for letter in letters() if letter.member_id == ben]
    assert (booked.kind, booked.state) == (K.PLACE_BOOKED.value, LetterState.WAITING)
    assert "BEGIN:VEVENT" in booked.calendar and "as you had asked" in booked.text
    cancel(org, booked.reservation_id, house.us.for_member(), NOON + 2 * MINUTE)
    offer_free_places(NOON + 2 * MINUTE)
    write_letters(NOON + 2 * MINUTE)
    (offer,) = letters(K.PLACE_OFFERED)
    assert offer.member_id == mia and "Held for you until: Wednesday, 18 November, 18:32" in offer.text
    assert offer.good_until == NOON + 32 * MINUTE, "afterwards nobody is offered what is gone"


def test_a_kiosk_that_tells_ten_days_late_undoes_the_penalty_and_the_mail_says_so(house: House) -> None:
    session = house.studio.session()
    place, kiosk = house.reserve(session), kiosk_of(house.studio)
    shown = kiosk.show(house.studio.card(house.alice), before(10))
    no_shows.run(house.night(ONE_AM + 3 * DAY, no_show_waits_at_most=timedelta(0), no_show_takes_punch=True))
    write_letters(ONE_AM + 3 * DAY)
    came = welcomed(shown, house.alice, session, reservation=place, pass_=house.pass_)
    kiosk.tell(ONE_AM + 10 * DAY, came)
    new = {K(row.kind): row for row in write_letters(ONE_AM + 10 * DAY)}
    assert "The penalty is taken back" in new[K.NO_SHOW_UNDONE].text
    assert K.CHECKED_IN not in new


@pytest.mark.parametrize("kind", [K.PASS_RUNS_OUT, K.PASS_RAN_OUT])
def test_a_pass_that_ends_is_told_with_what_is_left(house: House, kind: K) -> None:
    data = {"title": "8 classes", "valid_until": None, "punches_left": 1}
    with writing():
        announce(
            Event(
                organization_id=house.studio.organization,
                kind=kind,
                member_id=house.alice,
                subject=house.pass_,
                data=data,
            ),
            SIX_PM,
        )
    (letter,) = write_letters(SIX_PM)
    assert "8 classes" in letter.subject and "Punches left: 1" in letter.text
    assert "/unsubscribe/" in letter.text


def test_two_who_write_letters_at_once_write_each_once(house: House) -> None:
    for number in range(60):
        member = house.studio.member(f"Member{number}")
        with writing():
            announce(
                Event(organization_id=house.studio.organization, kind=K.DATA_WANTED, member_id=member), SIX_PM
            )  # fmt: skip
    with ThreadPoolExecutor(3) as pool:
        list(pool.map(lambda _: make_letters(SIX_PM, HOUSE), range(3)))
    assert len(letters()) == len({row.member_id for row in letters()}) == 60
