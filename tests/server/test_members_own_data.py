"""A member takes their data with them, and is forgotten: afterwards no table says who they were."""

import io
import json
import zipfile
from collections.abc import Callable

import pytest
from peewee import Database

from core.decisions import Admitted
from core.errors import Conflict, Forbidden, NotFound, TesseraError
from core.events import EventKind
from core.model import PassType, ReservationStatus
from core.portal import FRESH_FOR
from core.protocol import Effect
from core.refusals import RefusalReason as R
from server.services.door.at_the_desk import AtTheDesk, check_in
from server.services.door.welcoming import DropIn
from server.services.events.announcing import Event, announce
from server.services.fleet.households import set_household
from server.services.fleet.phone_links import give_phone_link, phone_page
from server.services.people.members import NewMember, add_member, find_members, set_active
from server.services.people.overrides import NewOverride, override
from server.services.people.pass_plans import NewPlan, add_plan
from server.services.people.passes import sell_pass
from server.services.people.rights import Asker, Role, asker_of_staff, member_asking, the_house
from server.services.people.suspensions import suspend
from server.services.portal.erasing import NOBODY, erase, erase_oneself
from server.services.portal.feed import feed, feed_secret
from server.services.portal.own_data import as_archive, own_data
from server.services.portal.signing_in import member_signed_in, sign_in_with
from server.services.reserving.cancel import cancel
from server.services.reserving.reserve import Wish
from server.services.waiting.joining import WaitingWish, join
from server.store.database import reading, writing
from server.store.ids import new_id
from server.store.tables import (
    TABLES,
    AttemptRow,
    CardRow,
    ChangeRow,
    EventRow,
    HouseholdRow,
    InboxSettlementRow,
    LetterRow,
    MemberRow,
    ReservationRow,
    WaitingRow,
)
from tests.server.door_stories import StoryKiosk, kiosk_of, live_visits, welcomed
from tests.server.portal_stories import DAY, MINUTE, NOON, link_of, visit_of
from tests.server.studio import SIX_PM, VAULT, Studio, open_studio

FIRST, LAST, EMAIL, PHONE, BORN = EVERYTHING = (
    "Zéphyrine", "Quillfeather", "zq@canary.example", "+49 30 7777777", "1984-02-29",
)  # fmt: skip
WORDS = "threw clay at the wall"


class Story:
    """Zéphyrine has been everywhere: cards, phone, a household, the door, letters, words of staff, the inbox."""

    def __init__(self) -> None:
        self.studio: Studio = open_studio()
        self.me = self.studio.organization
        house = the_house(self.me)
        self.bob = self.studio.member("Bob")
        new = NewMember(first_name=FIRST, last_name=LAST, email=EMAIL, phone=PHONE, birth_date=BORN, language="de")
        self.member = add_member(self.me, new, house, NOON - 30 * DAY)
        self.by = member_asking(self.me, self.member, FIRST)
        self.bobs_card, self.card = self.studio.card(self.bob), self.studio.card(self.member)
        set_household(self.me, self.bob, (self.member,), house, NOON, VAULT)
        self.phone = give_phone_link(self.me, self.member, house, NOON, VAULT).token
        self.pass_ = self.studio.punch_pass(self.member)
        self.kiosk: StoryKiosk = kiosk_of(self.studio)
        self.earlier, self.tonight = self.studio.session(SIX_PM - DAY), self.studio.session(SIX_PM)
        self.kiosk.ask(self.kiosk.show(self.card, SIX_PM - DAY), SIX_PM - DAY)
        self._pays_at_the_desk()
        self.ahead = self.studio.reservation(self.member, self.studio.session(SIX_PM + 9 * DAY), self.pass_)
        given_up = self.studio.reservation(self.member, self.studio.session(SIX_PM + 10 * DAY), self.pass_)
        cancel(self.me, given_up, house, NOON, because=f"{FIRST} {WORDS}")
        full = Wish(session_id=self.studio.session(SIX_PM + 2 * DAY, capacity=0), member_id=self.member)
        join(self.me, WaitingWish(place=full, notes=f"{FIRST} {WORDS}"), self.by, NOON)
        with reading():
            self.mira = asker_of_staff(self.me, self.studio.staff)
        suspend(self.me, self.member, NOON + DAY, f"{FIRST} {WORDS}", self.mira, NOON)
        lifted = NewOverride(member_id=self.member, reason=R.TOO_LATE, ends_at=NOON + DAY, because=f"{LAST} called")
        override(self.me, lifted, self.mira, NOON)
        self.feed = feed_secret(self.me, self.by, NOON, VAULT)
        with writing():
            self._letter_and_inbox()

    def _pays_at_the_desk(self) -> None:
        """For a class that no pass of theirs pays, with a word of staff on it."""
        session, at = self.studio.session(SIX_PM - 2 * DAY, drop_in_cents=1500), SIX_PM - 2 * DAY
        wish = AtTheDesk(
            venue_id=self.studio.venue,
            member_id=self.member,
            session_id=session,
            staff_id=self.studio.staff,
            because=f"{FIRST} {WORDS}",
            drop_in=DropIn(cents=1500, note=f"{LAST} paid in coins"),
        )
        assert isinstance(check_in(self.me, wish, at), Admitted)

    def _letter_and_inbox(self) -> None:
        told = Event(
            organization_id=self.me,
            kind=EventKind.REMINDER,
            member_id=self.member,
            data={"because": f"{FIRST} {WORDS}"},
        )
        announce(told, NOON)
        event = EventRow.select().where(EventRow.member == self.member).order_by(EventRow.id.desc()).first()
        LetterRow.create(
            id=new_id(NOON), organization=self.me, event=event.id, member=self.member, channel="MAIL", kind="x",
            language="de", address=EMAIL, subject=f"Hallo {FIRST}", text=f"{FIRST} {LAST}", html=f"<p>{FIRST}</p>",
            calendar=f"ATTENDEE:{EMAIL}", state="WAITING", last_trouble=f"550 {EMAIL}", good_until=NOON + DAY,
            made_at=NOON,
        )  # fmt: skip
        InboxSettlementRow.create(
            id=new_id(NOON), organization=self.me, kind="dispute", subject="a visit", way="seen",
            because=f"{FIRST} {LAST} {WORDS}", about=json.dumps({"who": f"{FIRST} {LAST}"}), by_name="Mira",
            settled_at=NOON,
        )  # fmt: skip


def found_of(texts: tuple[str, ...]) -> list[str]:
    """Where in the whole database one of them stands, in whatever way JSON writes it."""
    forms = {form for text in texts for form in (text, json.dumps(text)[1:-1])}
    with reading():
        return [
            f"{table.__name__}.{name}"
            for table in TABLES
            for row in table.select()
            for name, value in row.__data__.items()
            if any(form in str(value) for form in forms)
        ]


def test_after_somebody_is_erased_nothing_says_who_they_were_and_what_was_counted_stays(database: Database) -> None:
    story = Story()
    places = set(found_of((*EVERYTHING, WORDS)))
    assert {"MemberRow.first_name", "LetterRow.html", "EventRow.data", "InboxSettlementRow.about"} <= places
    assert {
        "SuspensionRow.because",
        "OverrideRow.because",
        "AttemptRow.answer",
        "AttemptRow.record",
        "VisitRow.drop_in_note",
        "ReservationHistoryRow.cause",
    } <= places
    token = sign_in_with(link_of(story.studio, story.member), NOON, VAULT).token
    ten = NewPlan(title="Ten", type=PassType.PUNCH_PASS, punches=10)
    plan = add_plan(story.me, ten, the_house(story.me), NOON)
    under_way = link_of(story.studio, story.member)
    left = story.studio.punches_left(story.pass_)
    with reading():
        sealed = {row.id: row.sealed_name for row in CardRow.select()}
    with reading():
        freed = str(ReservationRow.get_by_id(story.ahead).session_id)
        knew = {row.subject_id: row.version for row in ChangeRow.select()}
    erase_oneself(member_signed_in(token, NOON), NOON, VAULT)
    with reading():
        heard = {row.subject_id: row.version for row in ChangeRow.select()}
    assert all(heard[subject] > knew.get(subject, 0) for subject in (story.member, freed)), "kiosks hear of it"
    assert found_of((*EVERYTHING, WORDS)) == []
    with reading():
        row = MemberRow.get_by_id(story.member)
        assert (row.first_name, row.is_active, row.erased_at, row.birth_date) == (NOBODY, False, NOON, None)
        assert not HouseholdRow.select().exists()
        assert LetterRow.get().state == "HELD"
        assert WaitingRow.get().status == "LEFT"
        for card in CardRow.select():
            is_theirs = card.member_id == story.member
            assert (card.revoked_at == NOON, card.sealed_name == "") == (is_theirs, is_theirs)
            assert is_theirs or card.sealed_name != sealed[card.id]
        news = EventRow.select().where(EventRow.kind == EventKind.ERASED.value)
        assert [(one.member_id, one.data) for one in news] == [(story.member, "{}")]
    assert story.studio.status(story.ahead) is ReservationStatus.CANCELLED
    assert story.studio.punches_left(story.pass_) == left == story.studio.punches_available(story.pass_)
    assert len(live_visits()) == 2
    shut: list[Callable[[], object]] = [
        lambda: member_signed_in(token, NOON),
        lambda: sign_in_with(under_way, NOON, VAULT),
        lambda: phone_page(story.phone, NOON, VAULT),
        lambda: feed(story.feed, NOON),
        lambda: erase(story.me, story.member, story.by, NOON, VAULT),
        lambda: set_active(story.me, story.member, True, the_house(story.me)),
        lambda: sell_pass(story.me, story.member, plan, the_house(story.me), NOON),
    ]
    for way in shut:
        with pytest.raises(TesseraError):
            way()
    with reading():
        assert not MemberRow.get_by_id(story.member).is_active
    assert find_members(story.me, FIRST, story.mira) == ()
    answer = story.kiosk.ask(story.kiosk.show(story.card, SIX_PM), SIX_PM)
    assert answer.decision.reason is R.CARD_REVOKED  # type: ignore[union-attr]


def test_a_kiosk_that_was_offline_still_tells_of_a_visit_before(database: Database) -> None:
    story = Story()
    shown = welcomed(story.kiosk.show(story.card, NOON - MINUTE), story.member, story.tonight, pass_=story.pass_)
    erase(story.me, story.member, story.by, NOON, VAULT)
    told, _ = story.kiosk.tell(NOON + MINUTE, shown)
    assert [one.effect for one in told] != [Effect.QUARANTINED]
    assert found_of(EVERYTHING) == []
    with reading():
        assert AttemptRow.get_by_id(shown.attempt_id).member_id == story.member


def test_only_they_themselves_soon_after_signing_in_or_whoever_runs_the_house(database: Database) -> None:
    story = Story()
    visit = visit_of(story.studio, story.member)
    desk = Asker(organization_id=story.me, role=Role.FRONT_DESK, name="Desk")
    barn = open_studio("Barn")
    for by, error in (
        (desk, Forbidden),
        (member_asking(story.me, story.bob, "Bob"), NotFound),
        (the_house(barn.organization), Forbidden),
    ):
        with pytest.raises(error):
            erase(story.me, story.member, by, NOON, VAULT)
    with pytest.raises(NotFound):
        erase(barn.organization, story.member, the_house(barn.organization), NOON, VAULT)
    late = NOON + FRESH_FOR
    for what in (lambda: erase_oneself(visit, late, VAULT), lambda: own_data(visit, late)):
        with pytest.raises(Forbidden) as raised:
            what()
        assert raised.value.code == "portal.sign_in_again"
    assert own_data(visit, late - MINUTE)
    erase(story.me, story.member, the_house(story.me), late, VAULT)
    with pytest.raises(Conflict):
        erase(story.me, story.member, the_house(story.me), late, VAULT)


def test_the_archive_holds_all_of_theirs_nothing_of_others_and_no_key(database: Database) -> None:
    story = Story()
    visit = visit_of(story.studio, story.member)
    data = own_data(visit, NOON)
    assert {
        "members",
        "cards",
        "passes",
        "punches",
        "reservations",
        "reservation_history",
        "visits",
        "attempts",
    } <= set(data)
    assert {"letters", "events", "suspensions", "overrides", "households", "member_sessions"} <= set(data)
    archive = zipfile.ZipFile(io.BytesIO(as_archive(data, visit, "ar", NOON)))
    assert archive.namelist() == ["data.json", "data.html"]
    read = json.loads(archive.read("data.json"))
    assert read["members"][0]["birth_date"] == BORN
    assert read["reservations"][0]["made_at"].endswith("+00:00")
    page = archive.read("data.html").decode()
    assert 'lang="ar" dir="rtl"' in page and FIRST in page
    assert "2026-11-21 11:00" in page and "2026-11-21 12:00" not in page, "noon in Berlin, and the page speaks of UTC"
    assert "<p>Z" not in page and "&lt;p&gt;Z" in page
    whole = archive.read("data.json").decode()
    assert story.bobs_card.fingerprint not in whole and "bob@example.org" not in whole
    for part in ("hash", "sealed", "encrypted", "secret", story.card.text, story.phone):
        assert part not in whole, part
