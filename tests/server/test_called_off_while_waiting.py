"""Who waits for a place hears that the session is called off, and nobody is offered a place in it any more."""

from dataclasses import replace

from peewee import Database

from core.events import EventKind as K
from core.letters import LetterState
from server.services.people.sessions import call_off_session
from server.store.tables import LetterRow
from tests.server.letter_stories import RememberingPost, has, letters, sender_with, write_letters
from tests.server.studio import SIX_PM, open_studio
from tests.server.waiting_stories import full_class, later


def of(member: str) -> list[LetterRow]:
    return [letter for letter in letters() if letter.member_id == member]


def test_all_who_wait_are_written_and_an_offer_on_its_way_stays_at_home(database: Database) -> None:
    """Anna's offer lies written in the post, Bea's is not even written, Carl stands in line, Dora had left."""
    full = full_class(open_studio(), places=2)
    anna, bea, carl, dora = (full.waits(name, later(at)) for at, name in enumerate(("Anna", "Bea", "Carl", "Dora")))
    for who, name, language in ((anna, "anna", "de"), (bea, "bea", "en"), (carl, "carl", "pl"), (dora, "dora", "en")):
        has(who, email=f"{name}@example.org", language=language)
    full.gives_up(later(5))
    full.errand(later(5))
    write_letters(later(5))
    full.gives_up(later(6))
    full.errand(later(6))
    full.leave(dora, later(6))
    for minutes in (7, 8):
        call_off_session(full.studio.organization, full.session, "the kiln is cold", full.mira, later(minutes))
    assert [full.told(one)[-2:] for one in (anna, bea)] == [[K.PLACE_OFFERED, K.WAITING_LEFT]] * 2
    write_letters(later(9))
    post = RememberingPost()
    replace(sender_with(post), now=lambda: later(9)).send(later(9))
    ours = sorted((mail for mail in post.taken if not mail.to.startswith("regular")), key=lambda mail: mail.to)
    assert [mail.to for mail in ours] == ["anna@example.org", "bea@example.org", "carl@example.org"]
    german, english, _ = ours
    assert german.subject == "Abgesagt: Wheel throwing, Samstag, 21. November"
    assert "Du standest auf der Warteliste" in german.text and "the kiln is cold" in german.text
    assert "Nothing more is held or offered there." in english.text
    assert not german.calendar
    offered, told = of(anna)
    assert (offered.kind, offered.state) == (K.PLACE_OFFERED.value, LetterState.FAILED.value)
    assert offered.last_trouble == "TOO_LATE"
    assert (told.kind, told.good_until) == (K.WAITING_LEFT.value, SIX_PM)
    assert [letter.kind for letter in (*of(bea), *of(carl))] == [K.WAITING_LEFT.value] * 2
    assert not of(dora)


def test_who_is_in_line_when_it_begins_is_not_written(database: Database) -> None:
    full = full_class(open_studio())
    anna = full.waits("Anna")
    has(anna, email="anna@example.org")
    full.errand(SIX_PM)
    write_letters(SIX_PM)
    assert full.told(anna)[-1] is K.WAITING_LEFT and not of(anna)
