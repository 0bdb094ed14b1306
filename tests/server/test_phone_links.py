"""Staff give Alice a link; her phone's codes are proved at the door, asked and told; the link ends when it should."""

import hashlib
import json
from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from peewee import Database

from core import phone_codes
from core.decisions import Admitted, Choose, Refused
from core.errors import Conflict, Forbidden, NotFound
from core.phone_codes import STEP
from core.policy import Policy
from core.protocol import Effect
from core.refusals import RefusalReason as R
from server.services.door.kiosks import KnownKiosk
from server.services.door.vault import CodeVault
from server.services.fleet.cards import faces_to_print, issue_card, replace_lost_card, revoke_card
from server.services.fleet.phone_links import AHEAD, give_phone_link, phone_page
from server.services.fleet.policies import change_policy
from server.services.fleet.replica import replica_since
from server.services.people.rights import Asker, Role, the_house
from server.store.database import reading, writing
from server.store.tables import AttemptRow, CardRow, MemberRow, PhoneLinkRow, QuarantineRow
from tests.server.door_stories import StoryKiosk, kiosk_of, live_visits, refused, welcomed
from tests.server.phone_stories import StoryPhone, phone_of
from tests.server.studio import SIX_PM, VAULT, Studio, after, before, open_studio

A_MOMENT = timedelta(milliseconds=1)


def evening() -> tuple[Studio, str, str, StoryPhone, StoryKiosk]:
    """(the studio, Alice, her session, her phone, the kiosk). She has an unlimited pass."""
    studio = open_studio()
    alice = studio.member()
    studio.unlimited(alice)
    return studio, alice, studio.session(), phone_of(studio, alice), kiosk_of(studio)


def quarantined() -> list[str]:
    with reading():
        return [row.why for row in QuarantineRow.select()]


@pytest.mark.parametrize("is_known", [True, False])
def test_a_phone_opens_as_a_card_does_even_where_the_kiosk_has_not_heard_of_it(
    database: Database, is_known: bool
) -> None:
    _, alice, session, phone, kiosk = evening()
    answer = kiosk.ask(phone.held_up(kiosk, SIX_PM, is_known=is_known), SIX_PM)
    assert isinstance(answer.decision, Admitted)
    assert (answer.decision.member_id, answer.decision.session.id) == (alice, session)
    assert answer.person is not None
    assert answer.person.first_name == "Alice"


@pytest.mark.parametrize("is_known", [True, False])
@pytest.mark.parametrize(
    "later, is_good",
    [(2 * STEP - A_MOMENT, True), (2 * STEP, False), (timedelta(hours=1), False), (-STEP, True)],
)
def test_a_picture_of_a_code_is_refused_after_its_step(
    database: Database, later: timedelta, is_good: bool, is_known: bool
) -> None:
    """`later` than it began. It names nobody on the screen, while staff can read whose it is."""
    _, alice, _, phone, kiosk = evening()
    attempt = phone.held_up(kiosk, SIX_PM + later, code_of=SIX_PM, is_known=is_known)
    answer = kiosk.ask(attempt, SIX_PM + later)
    if is_good:
        assert isinstance(answer.decision, Admitted)
        return
    assert isinstance(answer.decision, Refused)
    assert (answer.decision.reason, answer.person) == (R.PHONE_CODE_OLD, None)
    with reading():
        assert AttemptRow.get_by_id(attempt.attempt_id).member_id == alice
    assert quarantined() == []


def test_a_code_of_a_step_to_come_proves_nothing(database: Database) -> None:
    _, _, _, phone, kiosk = evening()
    attempt = phone.held_up(kiosk, SIX_PM, code_of=SIX_PM + 2 * STEP)
    decision = kiosk.ask(attempt, SIX_PM).decision
    assert isinstance(decision, Refused)
    assert decision.reason is R.CARD_UNKNOWN
    assert quarantined() == ["the proof does not fit the card"]


def test_a_stolen_kiosk_that_never_saw_a_code_can_ask_for_nobody(database: Database) -> None:
    """It has the fingerprint and the anchor; neither makes the proof."""
    _, _, _, phone, kiosk = evening()
    attempt = replace(phone.held_up(kiosk, SIX_PM), proof=hashlib.sha256(b"guess").hexdigest())
    decision = kiosk.ask(attempt, SIX_PM).decision
    assert isinstance(decision, Refused)
    assert decision.reason is R.CARD_UNKNOWN
    told, _ = kiosk.tell(after(1), replace(phone.held_up(kiosk, SIX_PM), proof="00" * 32))
    assert told[0].effect is Effect.QUARANTINED


def test_another_steps_code_does_not_prove_the_step_it_claims(database: Database) -> None:
    _, _, _, phone, kiosk = evening()
    old = phone.held_up(kiosk, SIX_PM, code_of=before(30))
    decision = kiosk.ask(replace(old, phone_step=phone_codes.step_at(SIX_PM)), SIX_PM).decision
    assert isinstance(decision, Refused)
    assert decision.reason is R.CARD_UNKNOWN


@pytest.mark.parametrize("later, is_good", [(timedelta(seconds=75), True), (timedelta(seconds=121), False)])
def test_who_is_asked_which_session_may_take_a_moment_to_tap(
    database: Database, later: timedelta, is_good: bool
) -> None:
    studio, _, _, phone, kiosk = evening()
    other = studio.session(class_type=studio.glazing)
    attempt = phone.held_up(kiosk, SIX_PM)
    assert isinstance(kiosk.ask(attempt, SIX_PM).decision, Choose)
    decision = kiosk.ask(replace(attempt, chosen_session_id=other), SIX_PM + later).decision
    assert isinstance(decision, Admitted) is is_good


def test_what_a_kiosk_alone_let_in_by_phone_is_told_and_undisputed(database: Database) -> None:
    _, alice, session, phone, kiosk = evening()
    shown = welcomed(phone.held_up(kiosk, SIX_PM), alice, session)
    told, _ = kiosk.tell(after(600), shown)
    assert [one.effect for one in told] == [Effect.APPLIED]
    assert live_visits()[0].first_at == SIX_PM


@pytest.mark.parametrize(
    "old_by, effect", [(timedelta(minutes=5), Effect.APPLIED), (timedelta(minutes=7), Effect.DISPUTED)]
)
def test_a_kiosk_that_let_an_old_picture_in_is_disputed(database: Database, old_by: timedelta, effect: Effect) -> None:
    _, alice, session, phone, kiosk = evening()
    shown = welcomed(phone.held_up(kiosk, SIX_PM, code_of=SIX_PM - old_by), alice, session)
    told, _ = kiosk.tell(after(600), shown)
    assert told[0].effect is effect
    assert told[0].reason is (R.PHONE_CODE_OLD if effect is Effect.DISPUTED else None)
    assert len(live_visits()) == 1


def test_a_kiosk_that_did_not_know_the_phone_tells_it_days_later(database: Database) -> None:
    _, _, _, phone, kiosk = evening()
    shown = refused(phone.held_up(kiosk, SIX_PM, is_known=False), R.CARD_NOT_ON_THIS_KIOSK)
    told, _ = kiosk.tell(SIX_PM + timedelta(days=3), shown)
    assert told[0].effect is Effect.APPLIED
    assert quarantined() == []


def test_kiosks_get_what_knows_the_codes_and_nothing_that_makes_them(database: Database) -> None:
    _, alice, _, phone, kiosk = evening()
    part = replica_since(kiosk.known, 0, SIX_PM)
    card = next(card for record in part.members for card in record.cards)
    assert (card.member_id, card.expires_at) == (alice, phone.link.expires_at)
    found = phone_codes.recognized(phone.code(), card.phone, SIX_PM)
    assert found is not None
    assert found.name_key == phone_codes.name_key_of(phone.secret)
    weeks = [period.number for period in card.phone]
    assert weeks[0] <= phone_codes.period_of(phone_codes.step_at(before(61)))
    assert weeks[-1] == phone_codes.period_of(phone_codes.step_at(phone.link.expires_at + STEP))
    given = repr(part)
    for secret in (phone.secret.hex(), phone.link.token, found.name_key.hex(), "Alice"):
        assert secret not in given


def test_the_page_gets_codes_for_two_weeks_and_no_more(database: Database) -> None:
    _, _, _, phone, _ = evening()
    page = phone_page(phone.link.token, SIX_PM, VAULT)
    assert (page.first_name, page.studio, page.zone, page.at) == ("Alice", "Kiln", "Europe/Berlin", SIX_PM)
    last, link = next((step, link) for step, link in page.posts if step >= phone_codes.step_at(SIX_PM))
    assert phone_codes.code_with(page.phone_id, bytes.fromhex(link)) == phone.code(phone_codes.begins_at(last))
    days = len(page.posts)
    assert days == AHEAD.days + 1
    assert phone.secret.hex() not in json.dumps(page.posts)
    assert phone.link.token not in repr(page) + repr(phone.link)
    with reading():
        assert PhoneLinkRow.get().last_opened_at == SIX_PM


def test_what_lies_in_the_database_opens_no_page_and_makes_no_code(database: Database) -> None:
    _, _, _, phone, _ = evening()
    with reading():
        sealed = PhoneLinkRow.get().secret_encrypted
        rows = str([row.__data__ for row in (*PhoneLinkRow.select(), *CardRow.select())])
    assert phone.link.token not in rows
    assert phone.secret.hex() not in rows
    with pytest.raises(Conflict):
        CodeVault(bytes(32)).open_phone(sealed)


@pytest.mark.parametrize("how", ["replaced", "blocked", "over", "never was", "left"])
def test_a_link_that_is_over_opens_no_page_and_does_not_say_why(database: Database, how: str) -> None:
    studio, alice, _, phone, _ = evening()
    token, at = phone.link.token, SIX_PM
    match how:
        case "replaced":
            phone_of(studio, alice, SIX_PM)
        case "blocked":
            revoke_card(studio.organization, phone.link.card_id, "lost phone", the_house(studio.organization), SIX_PM)
        case "over":
            assert phone_page(token, phone.link.expires_at - A_MOMENT, VAULT)
            at = phone.link.expires_at
        case "never was":
            token = "guess"
        case "left":
            leave(alice)
    with pytest.raises(NotFound) as no:
        phone_page(token, at, VAULT)
    assert no.value.code == "phone_link.over"


def leave(member: str) -> None:
    with writing():
        MemberRow.update({MemberRow.is_active: False}).where(MemberRow.id == member).execute()


@pytest.mark.parametrize(
    "how, reason", [("replaced", R.CARD_REPLACED), ("blocked", R.CARD_REVOKED), ("over", R.CARD_EXPIRED)]
)
def test_the_door_says_what_became_of_a_link(database: Database, how: str, reason: R) -> None:
    studio, alice, _, phone, kiosk = evening()
    at: datetime = SIX_PM
    if how == "replaced":
        phone_of(studio, alice, SIX_PM)
    if how == "blocked":
        revoke_card(studio.organization, phone.link.card_id, "lost phone", the_house(studio.organization), SIX_PM)
    if how == "over":
        at = phone.link.expires_at
        before_it = at - STEP
        assert isinstance(kiosk.ask(phone.held_up(kiosk, before_it), before_it).decision, Refused)
    decision = kiosk.ask(phone.held_up(kiosk, at), at).decision
    assert isinstance(decision, Refused)
    assert decision.reason is reason


def test_a_phone_and_a_card_live_beside_each_other(database: Database) -> None:
    """Losing the card leaves the phone, a new link leaves the card, and only the card is ever printed."""
    studio, alice, _, phone, kiosk = evening()
    house = the_house(studio.organization)
    card = issue_card(studio.organization, alice, house, SIX_PM, VAULT)
    phone = phone_of(studio, alice, after(1))
    assert [face.code for face in faces_to_print(studio.organization, [alice], VAULT)] == [card]
    replace_lost_card(studio.organization, alice, house, after(2), VAULT)
    assert isinstance(kiosk.ask(phone.held_up(kiosk, after(3)), after(3)).decision, Admitted)
    old = kiosk.ask(kiosk.show(card, after(4)), after(4)).decision
    assert isinstance(old, Refused)
    assert old.reason is R.CARD_REPLACED


def test_how_long_a_link_is_good_is_the_studios_own(database: Database) -> None:
    studio, alice, _, _, _ = evening()
    house = the_house(studio.organization)
    change_policy(studio.organization, Policy(phone_link_length=timedelta(days=7)), house, SIX_PM)
    link = give_phone_link(studio.organization, alice, house, SIX_PM, VAULT)
    assert link.expires_at == SIX_PM + timedelta(days=7)


def test_only_who_serves_members_gives_links_and_only_to_their_own(database: Database) -> None:
    studio, other = open_studio(), open_studio("Loom")
    alice = studio.member()
    teacher = Asker(organization_id=studio.organization, role=Role.INSTRUCTOR, name="Tom", staff_id=studio.staff)
    with pytest.raises(Forbidden):
        give_phone_link(studio.organization, alice, teacher, SIX_PM, VAULT)
    with pytest.raises(NotFound):
        give_phone_link(other.organization, alice, the_house(other.organization), SIX_PM, VAULT)
    phone = phone_of(studio, alice)
    there = StoryKiosk(known=KnownKiosk(id=other.kiosk(), organization_id=other.organization, venue_id=other.venue))
    decision = there.ask(phone.held_up(there, SIX_PM), SIX_PM).decision
    assert isinstance(decision, Refused)
    assert decision.reason is R.CARD_UNKNOWN
