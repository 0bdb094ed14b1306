"""Every sentence a member meets has its sound, and every sound its sentence: `make speech` mends what fails here."""

import json
from pathlib import Path

import pytest
import soundfile

from core import messages
from kiosk.pages.speech import FOLDER, LIST, clip_name, parts_of, texts_spoken
from tests.speech.__main__ import voice_named, write
from tests.speech.synthesiser import Synthesiser

RENDERED = sorted(listed.parent.name for listed in FOLDER.glob(f"*/{LIST}"))
MOST_BYTES = 8_000_000
SHORTEST, LONGEST = 0.15, 25.0
"""Seconds of sound."""


def clips(language: str) -> dict[str, str]:
    found: dict[str, str] = json.loads((FOLDER / language / LIST).read_text("utf-8"))["clips"]
    return found


def test_every_language_of_the_house_has_a_voice() -> None:
    assert sorted(messages.LANGUAGES) == RENDERED


@pytest.mark.parametrize("language", RENDERED)
def test_a_sentence_that_changed_has_a_new_sound(language: str) -> None:
    assert sorted(texts_spoken(language)) == sorted(clips(language).values()), "`make speech` renders what is missing"
    assert {name: clip_name(text) for name, text in clips(language).items()} == {name: name for name in clips(language)}
    listed = json.loads((FOLDER / language / LIST).read_text("utf-8"))
    assert listed["voice"] == voice_named(language)


@pytest.mark.parametrize("language", RENDERED)
def test_each_sound_on_the_list_is_there_and_says_something(language: str) -> None:
    assert {file.name for file in (FOLDER / language).glob("*.ogg")} == set(clips(language))
    for name, text in clips(language).items():
        seconds = soundfile.info(str(FOLDER / language / name)).duration
        assert SHORTEST < seconds < LONGEST, (text, seconds)
        assert seconds > len(text) / 40, (text, seconds)


def test_all_voices_together_are_small() -> None:
    assert sum(file.stat().st_size for file in FOLDER.rglob("*") if file.is_file()) < MOST_BYTES


@pytest.mark.parametrize(
    "sentence, parts",
    [
        ("You are checked in.", ("You are checked in.",)),
        ("Checked in at {time}. Nothing more is taken.", ("Checked in at", "Nothing more is taken.")),
        ("{count} left", ("left",)),
        ("{hour} {minute}", ()),
        ("Welcome, {name}", ()),
        ("{title} began at {time}.", ()),
    ],
)
def test_a_sentence_with_a_name_or_a_title_in_it_is_never_rendered(sentence: str, parts: tuple[str, ...]) -> None:
    assert parts_of(sentence) == parts


def test_a_text_becomes_a_sound_without_a_network(tmp_path: Path) -> None:
    synthesiser = Synthesiser()
    short = synthesiser.say("Yes.", "en")
    long = synthesiser.say("It is not your card: this kiosk is not sure what time it is.", "en")
    assert len(long) > 4 * len(short) > 0
    write(tmp_path / "said.ogg", long, synthesiser.samples_a_second)
    info = soundfile.info(str(tmp_path / "said.ogg"))
    assert (info.format, info.subtype, info.channels) == ("OGG", "OPUS", 1)
    assert info.duration == pytest.approx(len(long) / synthesiser.samples_a_second + 0.12, abs=0.05)
