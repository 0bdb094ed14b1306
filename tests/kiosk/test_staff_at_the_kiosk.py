"""An evening with staff at the kiosk, from the card and the PIN to signing out: which face follows which tap."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from core.acts import ActWord
from core.pins import PinRefusal
from core.protocol import AttemptKind
from kiosk import faces
from kiosk import faces_staff as staff
from kiosk.faces import Face, Trouble
from kiosk.faces_staff import Said
from kiosk.greeter import Greeter
from kiosk.staff_values import Standing
from tests.kiosk.at_the_desk import ANAS_CARD, Kiosk
from tests.kiosk.at_the_staff_desk import BENS_CARD, NamingServer, a_staffed_kiosk, staffed_greeter
from tests.kiosk.test_staff_proved import FINNS, MIRAS, PIN, WRONG

Evening = tuple[Kiosk, Greeter, NamingServer]


@pytest.fixture
def evening(tmp_path: Path) -> Evening:
    kiosk, server = a_staffed_kiosk(tmp_path), NamingServer()
    return kiosk, staffed_greeter(kiosk, server), server


def tap(greeter: Greeter, what: str, value: str = "") -> Face:
    greeter.tap(f"staff.{what}", value, greeter.version)
    return greeter.face


def typed(greeter: Greeter, text: str) -> Face:
    for sign in text:
        tap(greeter, "key", sign)
    return greeter.face


def sign_in(greeter: Greeter, pin: str = PIN) -> staff.StaffRoster:
    greeter.scanner_typed(MIRAS.text)
    face = typed(greeter, pin)
    assert isinstance(face, staff.StaffRoster)
    return face


def standing(face: Face, member_id: str) -> Standing:
    assert isinstance(face, staff.StaffRoster)
    session = next(each for each in face.roster.sessions if each.session.id == face.session_id)
    return next(person.standing for person in session.people if person.member_id == member_id)


def told(face: Face) -> str:
    said = getattr(face, "said", None)
    return said.key if isinstance(said, Said) else ""


def acts_of(kiosk: Kiosk) -> list[str]:
    batch = kiosk.store.journal.next_batch(100, kiosk.clocks.at)
    return [type(each.act).__name__ for each in batch.attempts if each.kind is AttemptKind.STAFF]


def test_a_card_and_six_digits_show_today_and_never_a_digit(evening: Evening) -> None:
    _, greeter, _ = evening
    greeter.scanner_typed(MIRAS.text)
    face = greeter.face
    assert isinstance(face, staff.StaffPin) and (face.first_name, face.entered) == ("Mira", 0)
    face = typed(greeter, PIN[:5])
    assert isinstance(face, staff.StaffPin) and face.entered == 5
    assert PIN[:5] not in repr(face)
    today = typed(greeter, PIN[5])
    assert isinstance(today, staff.StaffRoster) and today.roster.has_names
    assert standing(today, "ana") is Standing.EXPECTED


def test_whoever_signs_out_is_signed_out_though_another_face_of_staffs_came_meanwhile(evening: Evening) -> None:
    _, greeter, _ = evening
    greeter.scanner_typed(MIRAS.text)
    seen = greeter.version
    assert isinstance(typed(greeter, PIN), staff.StaffRoster)
    greeter.tap("staff.kiosk", "", seen)
    assert isinstance(greeter.face, staff.StaffRoster), "any other tap was meant for what was to be seen before"
    greeter.tap("staff.leave", "", seen)
    assert isinstance(greeter.face, faces.Waiting)


def test_a_wrong_pin_is_said_and_the_pad_is_empty_again(evening: Evening) -> None:
    _, greeter, _ = evening
    greeter.scanner_typed(MIRAS.text)
    face = typed(greeter, WRONG)
    assert isinstance(face, staff.StaffPin) and (face.refused, face.entered) == (PinRefusal.PIN_WRONG, 0)
    for _ in range(5):
        face = typed(greeter, WRONG)
    assert isinstance(face, staff.StaffPin) and face.refused is PinRefusal.WAIT and face.until_at is not None
    face = tap(greeter, "key", "7")
    assert isinstance(face, staff.StaffPin) and face.refused is None


def test_a_card_that_is_not_known_here_is_told_so_at_the_first_try(evening: Evening) -> None:
    _, greeter, _ = evening
    greeter.scanner_typed(FINNS.text)
    face = typed(greeter, PIN)
    assert isinstance(face, staff.StaffPin) and face.refused is PinRefusal.CARD_NOT_KNOWN_HERE


def test_without_the_card_the_pin_alone_opens_while_the_server_is_there(evening: Evening) -> None:
    _, greeter, server = evening
    greeter.tap_call_staff()
    assert isinstance(greeter.face, faces.StaffIsComing)
    face = tap(greeter, "open")
    assert isinstance(face, staff.StaffPin) and face.is_alone
    server.is_up = False
    face = typed(greeter, PIN)
    assert isinstance(face, staff.StaffPin) and face.has_no_network
    server.is_up = True
    assert isinstance(typed(greeter, PIN), staff.StaffRoster)


def test_digits_can_be_taken_back(evening: Evening) -> None:
    _, greeter, _ = evening
    greeter.scanner_typed(MIRAS.text)
    typed(greeter, "12")
    face = tap(greeter, "delete")
    assert isinstance(face, staff.StaffPin) and face.entered == 1
    face = tap(greeter, "clear")
    assert isinstance(face, staff.StaffPin) and face.entered == 0
    assert isinstance(tap(greeter, "leave"), faces.Waiting)


def test_a_member_is_checked_in_with_a_reason_and_undone_with_another(evening: Evening) -> None:
    kiosk, greeter, _ = evening
    sign_in(greeter)
    face = tap(greeter, "check_in", "ana wheel")
    assert isinstance(face, staff.StaffWhy) and (face.word, face.name) == (ActWord.CHECK_IN, "Ana K.")
    face = tap(greeter, "why", "staff.because.forgot_card")
    assert told(face).startswith("staff.done.check_in") and standing(face, "ana") is Standing.IN
    tap(greeter, "undo", "ana wheel")
    face = tap(greeter, "why", "staff.because.wrong_person")
    assert told(face).startswith("staff.done.undo") and standing(face, "ana") is Standing.EXPECTED
    assert acts_of(kiosk) == ["CheckIn", "Undo"]


def test_after_ten_minutes_nothing_is_undone_here(evening: Evening) -> None:
    kiosk, greeter, _ = evening
    sign_in(greeter)
    tap(greeter, "check_in", "ana wheel")
    tap(greeter, "why", "staff.because.forgot_card")
    kiosk.clocks.pass_by(601)
    sign_in(greeter)
    tap(greeter, "undo", "ana wheel")
    assert told(tap(greeter, "why", "staff.because.wrong_person")) == "staff.not.undo_too_late"


def test_a_reason_can_be_typed(evening: Evening) -> None:
    _, greeter, _ = evening
    sign_in(greeter)
    tap(greeter, "check_in", "ana wheel")
    face = tap(greeter, "other")
    assert isinstance(face, staff.StaffTyping) and face.why is ActWord.CHECK_IN
    face = tap(greeter, "typed")
    assert isinstance(face, staff.StaffTyping), "without a word there is no reason"
    typed(greeter, "HER DOG")
    assert told(tap(greeter, "typed")).startswith("staff.done.check_in")


def test_who_needs_a_word_is_marked_and_the_reason_stands_only_on_their_own_face(evening: Evening) -> None:
    _, greeter, _ = evening
    today = sign_in(greeter)
    assert "dan" in today.need_word and "ana" not in today.need_word
    face = tap(greeter, "person", "dan")
    assert isinstance(face, staff.StaffMember) and face.person.refused is not None
    tap(greeter, "lift", "dan s1")
    face = tap(greeter, "why", "staff.because.spoke_with_them")
    assert isinstance(face, staff.StaffMember) and face.person.refused is None
    assert told(face) == "staff.done.lift_suspension"


def test_a_refusal_is_lifted_until_an_end_for_a_reason_and_then_the_door_opens(evening: Evening) -> None:
    kiosk, greeter, _ = evening
    sign_in(greeter)
    tap(greeter, "person", "ben")
    face = tap(greeter, "override", "ben wheel")
    assert isinstance(face, staff.StaffUntil)
    assert [ending.key.rsplit(".", 1)[1] for ending in face.endings] == ["session", "today", "week"]
    face = tap(greeter, "until", "staff.face.until.session")
    assert isinstance(face, staff.StaffWhy)
    face = tap(greeter, "why", "staff.because.paid_at_the_desk")
    assert told(face) == "staff.done.override" and isinstance(face, staff.StaffMember)
    tap(greeter, "check_in", "ben wheel")
    assert told(tap(greeter, "why", "staff.because.forgot_card")).startswith("staff.done.check_in")
    assert acts_of(kiosk) == ["Override", "CheckIn"]


def test_several_are_marked_and_those_who_may_not_stay_marked(evening: Evening) -> None:
    _, greeter, _ = evening
    sign_in(greeter)
    tap(greeter, "mark")
    tap(greeter, "pick", "ana")
    face = tap(greeter, "pick", "dan")
    assert isinstance(face, staff.StaffRoster) and face.marked == {"ana", "dan"}
    face = tap(greeter, "many")
    assert isinstance(face, staff.StaffWhy) and face.count == 2
    face = tap(greeter, "why", "staff.because.came_with_others")
    assert isinstance(face, staff.StaffRoster) and face.marked == {"dan"}
    assert face.said is not None and (face.said.values["count"], face.said.values["of"]) == (1, 2)


def test_nobody_came_is_marked_once_the_session_has_begun(evening: Evening) -> None:
    kiosk, greeter, _ = evening
    kiosk.clocks.pass_by(31 * 60)
    face = sign_in(greeter)
    assert standing(face, "ana") is Standing.MISSING
    tap(greeter, "person", "ana")
    tap(greeter, "no_show", "ana wheel")
    assert told(tap(greeter, "why", "staff.because.nobody_came")) == "staff.done.no_show"


def test_a_temporary_card_is_shown_and_opens_the_door(evening: Evening) -> None:
    _, greeter, _ = evening
    sign_in(greeter)
    tap(greeter, "person", "ana")
    face = tap(greeter, "card", "ana")
    assert isinstance(face, staff.StaffUntil)
    tap(greeter, "until", "staff.face.until.today")
    face = tap(greeter, "why", "staff.because.lost_card")
    assert isinstance(face, staff.StaffCard) and told(face) == "staff.done.hand_out_card" and not face.may_print
    text = face.text
    tap(greeter, "leave")
    greeter.scanner_typed(text)
    assert isinstance(greeter.face, faces.Welcome)


def test_a_card_is_printed_where_there_is_a_printer(tmp_path: Path) -> None:
    printed: list[str] = []

    def prints(text: str, name: str, until_at: object) -> Said:
        printed.append(name)
        return Said(key="staff.face.card.printed", is_good=True)

    greeter = staffed_greeter(a_staffed_kiosk(tmp_path), NamingServer(), prints=prints)
    sign_in(greeter)
    tap(greeter, "card", "ana")
    tap(greeter, "until", "staff.face.until.week")
    tap(greeter, "why", "staff.because.lost_card")
    assert told(tap(greeter, "print")) == "staff.face.card.printed" and printed == ["Ana K."]


def test_the_search_finds_names_with_the_server_and_numbers_without(evening: Evening) -> None:
    _, greeter, server = evening
    sign_in(greeter)
    tap(greeter, "search")
    typed(greeter, "BEN")
    face = tap(greeter, "typed")
    assert isinstance(face, staff.StaffFound) and [each.member_id for each in face.result.people] == ["ben"]
    server.is_up = False
    tap(greeter, "search")
    typed(greeter, "1042")
    face = tap(greeter, "typed")
    assert isinstance(face, staff.StaffFound) and not face.result.is_whole
    assert isinstance(tap(greeter, "person", "ana"), staff.StaffMember)
    assert isinstance(tap(greeter, "back"), staff.StaffFound)


def test_where_staff_look_for_somebody_a_card_opens_that_member_and_else_it_is_served(evening: Evening) -> None:
    _, greeter, _ = evening
    sign_in(greeter)
    tap(greeter, "search")
    greeter.scanner_typed(BENS_CARD.text)
    face = greeter.face
    assert isinstance(face, staff.StaffMember) and face.person.member_id == "ben"
    greeter.scanner_typed(ANAS_CARD.text)
    assert isinstance(greeter.face, faces.Welcome)
    assert isinstance(tap(greeter, "person", "ben"), faces.Welcome), "staff were signed out"


def test_a_kiosk_out_of_order_serves_only_staff_who_put_it_back(evening: Evening) -> None:
    _, greeter, _ = evening
    sign_in(greeter)
    face = tap(greeter, "kiosk")
    assert isinstance(face, staff.StaffKiosk) and not face.is_out_of_order and not face.has_self_test
    tap(greeter, "out_of_order")
    face = tap(greeter, "why", "staff.because.being_cleaned")
    assert isinstance(face, staff.StaffKiosk) and face.is_out_of_order
    face = tap(greeter, "leave")
    assert isinstance(face, faces.OutOfOrder) and face.trouble is Trouble.BY_STAFF
    greeter.scanner_typed(ANAS_CARD.text)
    assert isinstance(greeter.face, faces.OutOfOrder)
    sign_in(greeter)
    tap(greeter, "kiosk")
    tap(greeter, "in_order")
    assert isinstance(tap(greeter, "leave"), faces.Waiting)


def test_a_minute_without_a_touch_signs_out_and_a_touch_begins_it_anew(evening: Evening) -> None:
    kiosk, greeter, _ = evening
    face = sign_in(greeter)
    assert face.stay.until_at == kiosk.clocks.at + timedelta(seconds=60)
    kiosk.clocks.pass_by(59.9)
    greeter.tick()
    assert isinstance(greeter.face, staff.StaffRoster)
    version = greeter.version
    greeter.tick()
    assert greeter.version == version, "the same countdown is the same face"
    tap(greeter, "mark")
    kiosk.clocks.pass_by(59.9)
    greeter.tick()
    assert isinstance(greeter.face, staff.StaffRoster)
    kiosk.clocks.pass_by(0.1)
    greeter.tick()
    assert isinstance(greeter.face, faces.Waiting)


def test_the_pad_goes_after_a_minute_too(evening: Evening) -> None:
    kiosk, greeter, _ = evening
    greeter.scanner_typed(MIRAS.text)
    kiosk.clocks.pass_by(59.9)
    greeter.tick()
    assert isinstance(greeter.face, staff.StaffPin)
    kiosk.clocks.pass_by(0.1)
    greeter.tick()
    assert isinstance(greeter.face, faces.Waiting)


def test_who_only_welcomes_gets_no_serving_buttons_and_no_serving_act(tmp_path: Path) -> None:
    kiosk, server = a_staffed_kiosk(tmp_path, may_serve=False), NamingServer(is_up=False)
    greeter = staffed_greeter(kiosk, server)
    sign_in(greeter)
    face = tap(greeter, "person", "dan")
    assert isinstance(face, staff.StaffMember) and not face.may_serve
    tap(greeter, "lift", "dan s1")
    assert told(tap(greeter, "why", "staff.because.spoke_with_them")) == "staff.not.may_not"
    assert acts_of(kiosk) == []


def test_another_staff_card_asks_for_its_own_pin_and_the_same_one_in_view_changes_nothing(evening: Evening) -> None:
    _, greeter, _ = evening
    today = sign_in(greeter)
    greeter.scanner_typed(MIRAS.text)
    assert isinstance(greeter.face, staff.StaffRoster) and greeter.face == replace(today, stay=greeter.face.stay)
    greeter.scanner_typed(FINNS.text)
    assert isinstance(greeter.face, staff.StaffPin)


@pytest.mark.parametrize("what", ["many", "lift", "typed", "until", "why", "pick", "print", "nonsense"])
def test_a_tap_that_nobody_drew_does_nothing(evening: Evening, what: str) -> None:
    kiosk, greeter, _ = evening
    today = sign_in(greeter)
    assert tap(greeter, what, "ana wheel") == replace(today, stay=greeter.face.stay)  # type: ignore[union-attr]
    assert acts_of(kiosk) == []
