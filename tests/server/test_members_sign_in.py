"""Members sign in by a link: asked for without telling who is a member, good once, ended wherever they say."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from functools import partial

import pytest
from peewee import Database

from core.errors import Conflict, Forbidden, Invalid, NotFound, TesseraError, Unauthenticated
from core.portal import LINK_LASTS, MOST_FOR_ONE_ADDRESS, MOST_FROM_ONE_PLACE, SESSION_LASTS
from server.services.people.correcting import Correction, correct_member
from server.services.people.members import set_active
from server.services.people.rights import asker_of_staff, member_asking, the_house
from server.services.portal.erasing import erase
from server.services.portal.feed import feed, feed_secret
from server.services.portal.links import ask_for_link, count_asking, send_link, sign_in_link, token_of, whose_link
from server.services.portal.signing_in import (
    end_all,
    member_signed_in,
    sign_in_with,
    sign_out,
    sign_out_everywhere,
)
from server.store.database import reading, writing
from server.store.tables import EventRow, MemberRow, MemberSessionRow, MemberSignInRow
from tests.server.letter_stories import write_letters
from tests.server.portal_stories import HOST, MINUTE, NOON, Clock, browser, link_of, links_in_letters
from tests.server.studio import VAULT, open_studio
from tests.server.test_reserving_races import at_once


def why(what: Callable[[], object]) -> str:
    with pytest.raises(TesseraError) as raised:
        what()
    return raised.value.code


def test_alice_asks_is_written_to_and_signs_in_once_with_that_link(database: Database) -> None:
    kiln, barn = open_studio(), open_studio("Barn")
    alice, alice_too = kiln.member(), barn.member()
    kiln.member("Bob")
    gone = barn.member("Gone", is_active=False)
    ask_for_link(" Alice@Example.org ", NOON)
    ask_for_link("stranger@example.org", NOON)
    ask_for_link("gone@example.org", NOON)
    with reading():
        wanted = {row.member_id: row for row in EventRow.select()}
        assert {row.kind for row in wanted.values()} == {"member.sign_in_wanted"}
        assert set(wanted) == {alice, alice_too} and EventRow.select().count() == 2
        assert not MemberSignInRow.select().where(MemberSignInRow.member == gone).exists()
    here, there = (token_of(wanted[member].subject, VAULT) for member in (alice, alice_too))
    assert sign_in_link(wanted[alice].subject, VAULT, f"{HOST}/") == f"{HOST}/my/sign-in/{here}"
    assert whose_link(here, NOON, VAULT) == ("Alice", "Kiln")
    signed_in = sign_in_with(here, NOON + LINK_LASTS - MINUTE / 60, VAULT)
    visit = member_signed_in(signed_in.token, NOON)
    assert (visit.member_id, visit.asker.organization_id, visit.studio) == (alice, kiln.organization, "Kiln")
    assert why(lambda: sign_in_with(here, NOON, VAULT)) == "portal.link_over"
    assert why(lambda: whose_link(here, NOON, VAULT)) == "portal.link_over"
    assert why(lambda: sign_in_with(there, NOON + LINK_LASTS, VAULT)) == "portal.link_over"
    assert signed_in.token not in repr(signed_in)


def test_no_link_is_made_up_and_no_table_holds_one(database: Database) -> None:
    studio = open_studio()
    alice, bob = studio.member(), studio.member("Bob")
    hers, his = link_of(studio, alice), link_of(studio, bob)
    mixed = f"{hers.partition('.')[0]}.{his.partition('.')[2]}"
    for made_up in ("", ".", hers.partition(".")[0], f"{hers[:-1]}_", mixed, f"{hers}é", "x" * 5000):
        assert why(lambda made_up=made_up: sign_in_with(made_up, NOON, VAULT)) == "portal.link_over"  # type: ignore[misc]
    with reading():
        kept = " ".join(str(row.__data__) for row in MemberSignInRow.select())
    assert hers.partition(".")[2] not in kept
    with writing():
        MemberRow.update({MemberRow.is_active: False}).where(MemberRow.id == alice).execute()
    assert why(lambda: sign_in_with(hers, NOON, VAULT)) == "portal.link_over"


def test_two_taps_at_once_are_one_signing_in(database: Database) -> None:
    studio = open_studio()
    token = link_of(studio, studio.member())

    def tap(_: int) -> bool:
        try:
            sign_in_with(token, NOON, VAULT)
        except NotFound:
            return False
        return True

    with ThreadPoolExecutor(8) as many:
        assert sorted(many.map(tap, range(8)))[-2:] == [False, True]
    with reading():
        assert MemberSessionRow.select().count() == 1


def test_a_session_slides_while_it_is_used_and_ends_for_good(database: Database) -> None:
    studio = open_studio()
    alice = studio.member()
    by = member_asking(studio.organization, alice, "Alice")
    phone, laptop = (sign_in_with(link_of(studio, alice), NOON, VAULT).token for _ in range(2))
    assert member_signed_in(phone, NOON + MINUTE).renewed_until is None
    late = NOON + SESSION_LASTS - MINUTE
    assert member_signed_in(phone, late).renewed_until == late + SESSION_LASTS
    assert why(lambda: member_signed_in(laptop, NOON + SESSION_LASTS)) == "portal.sign_in_needed"
    member_signed_in(phone, late + SESSION_LASTS - MINUTE)
    sign_out(phone, late)
    assert why(lambda: member_signed_in(phone, late)) == "portal.sign_in_needed"
    again = sign_in_with(link_of(studio, alice), NOON, VAULT).token
    rotated = sign_in_with(link_of(studio, alice), NOON, VAULT, previous_token=again).token
    assert why(lambda: member_signed_in(again, NOON)) == "portal.sign_in_needed"
    under_way = link_of(studio, alice)
    bobs = sign_in_with(link_of(studio, studio.member("Bob")), NOON, VAULT).token
    assert sign_out_everywhere(studio.organization, by, NOON) == 2
    assert why(lambda: member_signed_in(rotated, NOON)) == "portal.sign_in_needed"
    assert why(lambda: sign_in_with(under_way, NOON, VAULT)) == "portal.link_over"
    assert member_signed_in(bobs, NOON).first_name == "Bob"
    assert why(lambda: sign_out_everywhere(studio.organization, the_house(studio.organization), NOON)) == (
        "portal.themselves"
    )
    with writing():
        assert end_all(alice, NOON) == 0


def ask(email: str, place: str, at: datetime = NOON) -> None:
    count_asking(email, place, at, VAULT)


def test_asking_too_often_waits_whether_or_not_there_is_such_a_member(database: Database) -> None:
    studio = open_studio()
    studio.member()
    for address in ("alice@example.org", "nobody@example.org"):
        for number in range(MOST_FOR_ONE_ADDRESS):
            ask(address.upper() if number % 2 else address, f"place {number}")
        with pytest.raises(Unauthenticated) as raised:
            ask(address, "yet another place", NOON + MINUTE)
        assert raised.value.code == "portal.wait"
        assert raised.value.values["until"] == (NOON + 60 * MINUTE).isoformat()
        ask(address, "yet another place", NOON + 60 * MINUTE)
    for number in range(30):
        ask(f"somebody{number}@example.org", "one café", NOON + 120 * MINUTE)
    assert why(lambda: ask("another@example.org", "one café", NOON + 121 * MINUTE)) == "portal.wait"
    ask("another@example.org", "another café", NOON + 121 * MINUTE)
    with pytest.raises(Invalid):
        ask("no address", "one café")


def test_asking_many_times_at_once_gains_nothing(database: Database) -> None:
    """Letters for one address, or from one place, are few however many ask at the same moment."""

    def got_through(email: str, place: str) -> bool:
        try:
            ask(email, place)
        except Unauthenticated:
            return False
        return True

    for name in ("alice", "bob", "nobody"):
        to_one = [partial(got_through, f"{name}@example.org", f"{name}'s place {number}") for number in range(12)]
        assert at_once(*to_one).count(True) == MOST_FOR_ONE_ADDRESS
    many = range(MOST_FROM_ONE_PLACE + 8)
    from_one = [partial(got_through, f"member{number}@example.org", "one café") for number in many]
    assert at_once(*from_one).count(True) == MOST_FROM_ONE_PLACE


def test_the_answer_is_the_same_whoever_has_the_address(database: Database) -> None:
    """A member, somebody who left, somebody who was erased, and nobody: word by word, header by header, also once it
    was asked too often."""
    studio, clock = open_studio(), Clock()
    studio.member("Alice"), studio.member("Lefty", is_active=False)
    erased = studio.member("Erica")
    erase(studio.organization, erased, the_house(studio.organization), NOON, VAULT)
    stranger = browser(clock, language="fr")

    def answers(name: str) -> list[tuple[int, str, dict[str, str]]]:
        tries = [stranger.post("/my/sign-in", data={"email": f"{name}@example.org"}) for _ in range(7)]
        return [(one.status_code, one.text.replace(name, "who"), dict(one.headers)) for one in tries]

    told = {name: answers(name) for name in ("alice", "lefty", "erica", "nobdy")}
    statuses = [200] * MOST_FOR_ONE_ADDRESS + [429, 429]
    assert {tuple(status for status, _, _ in tries) for tries in told.values()} == {tuple(statuses)}
    assert all(tries == told["alice"] for tries in told.values())
    assert len(links_in_letters()) == MOST_FOR_ONE_ADDRESS


def test_staff_send_a_link_to_who_has_an_address(database: Database) -> None:
    studio = open_studio()
    alice, nameless = studio.member(), studio.member("Nemo")
    with writing():
        MemberRow.update({MemberRow.email: ""}).where(MemberRow.id == nameless).execute()
    with reading():
        mira = asker_of_staff(studio.organization, studio.staff)
    send_link(studio.organization, alice, mira, NOON)
    assert whose_link(links_in_letters()[0], NOON, VAULT)[0] == "Alice"
    with pytest.raises(Conflict):
        send_link(studio.organization, nameless, mira, NOON)
    with pytest.raises(Forbidden):
        send_link(studio.organization, alice, member_asking(studio.organization, alice, "Alice"), NOON)
    with pytest.raises(NotFound):
        send_link(studio.organization, open_studio("Barn").member(), mira, NOON)


def test_who_does_not_belong_any_more_is_signed_in_nowhere(database: Database) -> None:
    studio = open_studio()
    alice, house = studio.member(), the_house(studio.organization)
    phone, under_way = sign_in_with(link_of(studio, alice), NOON, VAULT).token, link_of(studio, alice)
    calendar = feed_secret(studio.organization, member_asking(studio.organization, alice, "Alice"), NOON, VAULT)
    set_active(studio.organization, alice, False, house)
    assert why(lambda: member_signed_in(phone, NOON)) == "portal.sign_in_needed"
    assert why(lambda: sign_in_with(under_way, NOON, VAULT)) == "portal.link_over"
    assert why(lambda: send_link(studio.organization, alice, house, NOON)) == "portal.no_address"
    assert why(lambda: feed(calendar, NOON)) == "portal.no_calendar"
    ask_for_link("alice@example.org", NOON)
    assert links_in_letters() == []
    set_active(studio.organization, alice, True, house)
    assert feed(calendar, NOON).text


def test_another_address_ends_what_the_old_one_opened(database: Database) -> None:
    """Her address was written wrong, and whoever has that mailbox had asked for a link and signed in with it."""
    studio = open_studio()
    alice, bob, house = studio.member(), studio.member("Bob"), the_house(studio.organization)
    strangers = sign_in_with(link_of(studio, alice), NOON, VAULT).token
    bobs = sign_in_with(link_of(studio, bob), NOON, VAULT).token
    ask_for_link("alice@example.org", NOON)
    (under_way,) = links_in_letters()

    def correct(**fields: str) -> None:
        correct_member(studio.organization, alice, Correction(**fields), house, NOON + MINUTE, VAULT)

    correct(email=" Alice@EXAMPLE.org", phone="030 123456")
    assert member_signed_in(strangers, NOON + MINUTE).first_name == "Alice", "that is the same address"
    correct(email="ally@example.org")
    assert why(lambda: member_signed_in(strangers, NOON + MINUTE)) == "portal.sign_in_needed"
    assert why(lambda: sign_in_with(under_way, NOON + MINUTE, VAULT)) == "portal.link_over"
    assert write_letters(NOON + MINUTE) == [], "nor is that link written to anybody"
    assert member_signed_in(bobs, NOON + MINUTE).first_name == "Bob"
    ask_for_link("ally@example.org", NOON + MINUTE)
    hers = sign_in_with(links_in_letters()[-1], NOON + 2 * MINUTE, VAULT).token
    assert member_signed_in(hers, NOON + 2 * MINUTE).first_name == "Alice"
