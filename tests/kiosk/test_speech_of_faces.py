"""What each face says aloud: never a name, never a title, never a private reason; and always something."""

import re
from dataclasses import replace

import pytest

from core.model import Session
from core.refusals import RefusalReason
from kiosk.faces import No
from kiosk.pages.drawing import draw
from kiosk.pages.gallery import AT, WHEEL, samples, stand_for, stay
from kiosk.pages.heard import heard, with_labels
from kiosk.pages.markup import Html
from kiosk.pages.refusals import TOLD
from kiosk.pages.speech import Voice, voice_of

SPOKEN = stand_for(mode="speech")
FACES = samples(SPOKEN)
ONLY_STAFF = {"notpaired", "notpaired-again", "notpaired-no", "confirming", "confirming-agreed"}
ENGLISH = voice_of("en")
TEXTS = {clip: text for text, clip in ENGLISH.clips.items()}
SAID = re.compile(r'data-speech=|data-tap="staff')
"""Only staff know what the buttons for staff are for."""
SMALL = Voice(language="en", clips={text: text for text in ("Come in.", "at", "17", "30", "05", "o’clock", "8", "Go")})


def said(name: str, session: Session = WHEEL, person: str = "Ana") -> list[str]:
    return [TEXTS[clip] for clip in draw(samples(SPOKEN, person, session)[name], AT).speech]


def test_nothing_is_said_where_nobody_asked_for_it() -> None:
    for face in samples(stand_for()).values():
        drawn = draw(face, AT)
        assert drawn.speech == () and drawn.switching == {}
        assert 'data-tap="call_staff" data-speech' not in drawn.html


@pytest.mark.parametrize("name", sorted(name for name in FACES if type(FACES[name]).__module__ == "kiosk.faces"))
def test_every_face_of_a_member_says_its_sentence_first(name: str) -> None:
    if name in ONLY_STAFF:
        assert said(name) == []
    else:
        assert len(said(name)) >= 2


def test_welcome_tells_the_punches_and_how_to_undo_and_no_name() -> None:
    assert said("welcome") == [
        "Welcome", "You are checked in.", "Enjoy your time.", "18", "o’clock", "8", "punches before, now", "7",
        "Not you? Undo",
    ]  # fmt: skip


def test_choose_tells_the_time_of_each() -> None:
    assert said("choose") == [
        "Which one today?", "You can join any of these. Tap yours.", "18", "o’clock", "19", "o’clock", "19", "15",
        "None of these", "More time",
    ]  # fmt: skip


def test_not_yet_tells_when() -> None:
    assert said("notyet")[:5] == [
        "You are early", "Check-in opens at", "17", "54", "Have a seat, and show your card again then."
    ]  # fmt: skip


def test_staff_is_coming_tells_the_number() -> None:
    assert "Your number is" in said("staffcoming") and "14" in said("staffcoming")


@pytest.mark.parametrize("reason", sorted(TOLD))
def test_every_refusal_says_what_and_what_to_do(reason: RefusalReason) -> None:
    face = No(stand=SPOKEN, reason=reason, first_name="Ana", session=WHEEL, stay=stay(8, 7))
    assert len(draw(face, AT).speech) >= 3, "what, what happened, what to do"


@pytest.mark.parametrize("name", ["Welcome", "Done", "17"])
def test_a_name_that_is_also_a_word_is_not_said(name: str) -> None:
    assert said("welcome", person=name) == said("welcome", person="Ana")


def test_a_title_with_a_number_in_it_is_not_said_in_pieces() -> None:
    assert said("choose", replace(WHEEL, title="Raku 8", room="Studio 17")) == said("choose")


@pytest.mark.parametrize(
    "html, clips",
    [
        ("<p>Come in.</p>", ["Come in."]),
        ("<p>Come in. Ana is here.</p>", ["Come in."]),
        ("<p>Ana is here. Come in.</p>", ["Come in."]),
        ("<p>at 17:30</p>", ["at", "17", "30"]),
        ("<p>at <time>17:05</time></p>", ["at", "17", "05"]),
        ("<p>at 17:00</p>", ["at", "17", "o’clock"]),
        ("<p>at 18:30</p>", []),
        ("<p>Ana at 17:30</p>", []),
        ('<p aria-hidden="true">Come in.</p>', []),
        ('<p><i aria-hidden="true"><b>8</b></i>Come in.</p>', ["Come in."]),
        ('<p data-spoken="Come in.">Go</p>', ["Come in."]),
        ('<p data-spoken="">Go</p><p>Go</p>', ["Go"]),
        ("<button><span>17:30</span><span>Raku</span></button>", ["17", "30"]),
        ('<p><img alt="Go">Come in.</p>', ["Come in."]),
        ("<p>&#x43;ome in.</p>", ["Come in."]),
    ],
)
def test_only_what_is_there_for_everybody_and_has_a_sound_is_heard(html: str, clips: list[str]) -> None:
    assert list(heard(html, SMALL)) == clips


def test_a_button_carries_what_it_says_when_it_gets_the_focus() -> None:
    html = Html('<button class="a">Go</button><button aria-label="Come in."><svg></svg></button><button>Ana</button>')
    assert with_labels(html, SMALL) == (
        '<button class="a" data-speech="Go">Go</button>'
        '<button aria-label="Come in." data-speech="Come in."><svg></svg></button><button>Ana</button>'
    )


@pytest.mark.parametrize("digit", ["1", "8"])
def test_the_digits_of_a_pad_are_not_said_to_a_queue(digit: str) -> None:
    html = Html(f'<button class="key">{digit}</button>')
    assert with_labels(html, ENGLISH) == html


@pytest.mark.parametrize("language", ["en", "de"])
def test_every_button_a_member_meets_has_something_to_say(language: str) -> None:
    for name, face in samples(stand_for(language, "speech")).items():
        if name in ONLY_STAFF or type(face).__module__ != "kiosk.faces":
            continue
        buttons = draw(face, AT).html.split("<button")[1:]
        silent = [button[:150] for button in buttons if not SAID.search(button.split(">")[0])]
        assert silent == [], name
