"""Staff sign in at the kiosk with or without the server, and are signed out when a minute passes without them."""

from pathlib import Path

from core.pins import PinRefusal, PinRefused
from kiosk.staff_signing import IDLE
from kiosk.staff_values import NoNetwork, StaffSession
from tests.kiosk.at_the_desk import ANAS_CARD
from tests.kiosk.staff_at_the_kiosk import NUMBER, a_staffed_kiosk
from tests.kiosk.test_staff_proved import MIRAS, PIN, WRONG, verifier


def test_card_and_pin_are_enough_without_anybody_to_ask(tmp_path: Path) -> None:
    here = a_staffed_kiosk(tmp_path)
    session = here.sign_in()
    assert (session.staff_id, session.first_name, session.may_serve) == ("mira", "Mira", True)
    assert not session.sees_names and here.staff.session == session


def test_a_wrong_pin_signs_nobody_in_and_signs_out_who_was(tmp_path: Path) -> None:
    here = a_staffed_kiosk(tmp_path)
    here.sign_in()
    assert here.staff.sign_in(MIRAS.text, WRONG) == PinRefused(reason=PinRefusal.PIN_WRONG)
    assert here.staff.session is None and here.kiosk.store.pins.tries("mira").count == 1


def test_who_may_only_welcome_is_known_without_asking(tmp_path: Path) -> None:
    instructor = verifier().__class__(**{**_fields(verifier()), "may_serve": False})
    here = a_staffed_kiosk(tmp_path, staff=(instructor,))
    assert not here.sign_in().may_serve


def test_a_minute_without_a_touch_signs_out_and_a_touch_begins_it_anew(tmp_path: Path) -> None:
    here = a_staffed_kiosk(tmp_path)
    here.sign_in()
    here.kiosk.clocks.pass_by(IDLE - 1)
    assert not here.staff.tick(here.kiosk.clocks.mono)
    here.staff.touch(here.kiosk.clocks.mono)
    here.kiosk.clocks.pass_by(IDLE - 1)
    assert not here.staff.tick(here.kiosk.clocks.mono) and here.staff.session is not None
    here.kiosk.clocks.pass_by(1)
    assert here.staff.tick(here.kiosk.clocks.mono), "it says so once"
    assert not here.staff.tick(here.kiosk.clocks.mono) and here.staff.session is None
    here.staff.touch(here.kiosk.clocks.mono)
    assert here.staff.session is None, "a touch brings nobody back"


def test_nobody_acts_after_the_minute_even_if_nobody_looked(tmp_path: Path) -> None:
    here = a_staffed_kiosk(tmp_path)
    here.sign_in()
    here.kiosk.clocks.pass_by(IDLE)
    before = here.kiosk.store.journal.waiting()
    assert here.staff.check_in("ana", "wheel").key == "staff.signed_out"
    assert here.kiosk.store.journal.waiting() == before
    assert here.staff.roster().sessions[0].people == () and here.staff.search(NUMBER).people == ()
    assert here.staff.person("ana") is None and here.staff.person_of_card(ANAS_CARD.text) is None


def test_a_pin_alone_needs_the_server(tmp_path: Path) -> None:
    here = a_staffed_kiosk(tmp_path)
    assert here.staff.sign_in_online(PIN) == NoNetwork()
    here.server.is_up = True
    assert here.staff.sign_in_online(WRONG) == PinRefused(reason=PinRefusal.PIN_WRONG)
    assert here.staff.sign_in_online("12") == PinRefused(reason=PinRefusal.PIN_NOT_WHOLE)
    session = here.staff.sign_in_online(PIN)
    assert isinstance(session, StaffSession) and session.sees_names and session.staff_id == "mira"


def test_names_come_from_the_server_and_go_when_staff_do(tmp_path: Path) -> None:
    here = a_staffed_kiosk(tmp_path)
    here.sign_in()
    here.staff.check_in("ana", "wheel")
    [person] = here.staff.roster().sessions[0].people
    assert (person.name, person.number) == ("", NUMBER), "alone a kiosk knows nobody's name"
    here.server.is_up = True
    here.kiosk.clocks.pass_by(20)
    roster = here.staff.roster()
    assert roster.has_names and roster.sessions[0].people[0].name == "Ana K."
    here.staff.sign_out()
    here.server.is_up = False
    here.sign_in()
    assert here.staff.roster().sessions[0].people[0].name == ""


def test_a_server_that_believes_no_more_takes_the_names_away(tmp_path: Path) -> None:
    here = a_staffed_kiosk(tmp_path, is_online=True)
    here.server.believes = False
    assert here.sign_in().sees_names
    assert not here.staff.roster().has_names
    session = here.staff.session
    assert session is not None and not session.sees_names


def test_who_shows_a_card_has_its_name_also_alone(tmp_path: Path) -> None:
    here = a_staffed_kiosk(tmp_path)
    here.sign_in()
    person = here.staff.person_of_card(ANAS_CARD.text)
    assert person is not None and (person.name, person.number, person.member_id) == ("Ana", NUMBER, "ana")
    assert here.staff.person_of_card(MIRAS.text) is None


def test_alone_a_search_finds_the_whole_number_and_says_that_it_is_not_whole(tmp_path: Path) -> None:
    here = a_staffed_kiosk(tmp_path)
    here.sign_in()
    found = here.staff.search(f" {NUMBER} ")
    assert [one.member_id for one in found.people] == ["ana"] and not found.is_whole
    assert here.staff.search("Ana").people == () and here.staff.search("004").people == ()
    here.server.is_up = True
    found = here.staff.search("an")
    assert found.is_whole and [(one.name, one.is_known_here) for one in found.people] == [("Ana K.", True)]


def test_nothing_that_proves_staff_or_names_anybody_is_on_the_disk(tmp_path: Path) -> None:
    here = a_staffed_kiosk(tmp_path, is_online=True)
    here.sign_in()
    here.staff.roster()
    here.staff.check_in("ana", "wheel", "forgot it")
    here.staff.sign_in_online(PIN)
    here.staff.undo("ana", "W:ana:wheel", "wrong person")
    here.kiosk.store.close()
    written = b"".join(path.read_bytes() for path in tmp_path.rglob("*") if path.is_file())
    for secret in ("Ana K.", MIRAS.text, MIRAS.keyed(PIN), "ab" * 32, MIRAS.proof_key().hex()):
        assert secret.encode() not in written, secret


def _fields(one: object) -> dict[str, object]:
    return {name: getattr(one, name) for name in one.__dataclass_fields__}  # type: ignore[attr-defined]
