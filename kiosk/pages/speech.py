"""Which sounds say a sentence: each was rendered ahead, from a sentence of the catalogue. It speaks nothing else.

A name or a title has no sound, so it cannot be said by mistake. Sounds lie in assets/speech/<language>/; the list of
them, `clips.json`, tells which text each file speaks. `make speech` renders what is missing.
"""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from pathlib import Path

from core import messages

FOLDER = Path(__file__).parents[2] / "assets" / "speech"
LIST = "clips.json"
MEMBERS_MEET = ("face.", "spoken.", "household.", "find.")
"""Keys of sentences that a member meets begin so."""
ONLY_STAFF_MEET = ("face.pairing.", "face.confirming.", "face.waiting.out_of_touch.")
IN_DIGITS = frozenset({"time", "hour", "minute", "count", "before", "after", "number", "of"})
"""Values that are numbers or times of day: these are said in parts."""
LARGEST_NUMBER = 99
_PLACE = re.compile(r"\{(\w+)\}")
_DIGITS = re.compile(r"(\d{1,2}:\d{2}|\d+)")
_SENTENCE_END = re.compile(r"(?<=[.?!؟:…])\s+")
_ISOLATES = dict.fromkeys((0x2068, 0x2069))  # what keeps a value in Arabic in its own direction is not heard
_LOOSE = " \t\n.,;:·،؛"


def clip_name(text: str) -> str:
    """The file that speaks this text: another text is another file."""
    return f"{sha256(text.encode()).hexdigest()[:16]}.ogg"


def plain(text: str) -> str:
    """A text as it is looked up: one blank between words, no stray mark in front of it."""
    return " ".join(text.translate(_ISOLATES).split()).lstrip(_LOOSE)


def parts_of(sentence: str) -> tuple[str, ...]:
    """A sentence of the catalogue in the parts that are rendered; none for one with a name, a title or a code in it."""
    places = set(_PLACE.findall(sentence))
    if not places:
        return (plain(sentence),)
    if not places <= IN_DIGITS:
        return ()
    around = (plain(part) for part in _PLACE.split(sentence)[::2])
    return tuple(part for part in around if any(letter.isalpha() for letter in part))


def texts_spoken(language: str) -> frozenset[str]:
    """Every text that has to have a sound in this language: sentences, their parts, and numbers."""
    found = {str(number) for number in range(LARGEST_NUMBER + 1)} | {f"0{digit}" for digit in range(1, 10)}
    for key in messages.all_keys():
        if key.startswith(MEMBERS_MEET) and not key.startswith(ONLY_STAFF_MEET):
            found.update(parts_of(messages.sentence(language, key)))
    return frozenset(found - {""})


@dataclass(frozen=True, kw_only=True, slots=True)
class Voice:
    """What can be said in one language: `clips` is by text, each a path below assets/speech."""

    language: str
    clips: Mapping[str, str]

    def says(self, text: str) -> tuple[str, ...]:
        """The sounds for all sentences in a text that can be said whole; a sentence with a name in it is left out."""
        sentences = _SENTENCE_END.split(plain(text))
        found: list[str] = []
        begin = 0
        while begin < len(sentences):
            for end in range(len(sentences), begin, -1):
                if said := self._sentence(" ".join(sentences[begin:end])):
                    found += said
                    begin = end
                    break
            else:
                begin += 1
        return tuple(found)

    def key(self, key: str) -> tuple[str, ...]:
        """The sounds of a sentence of the catalogue without values."""
        return self.says(messages.say(self.language, key))

    def _sentence(self, text: str) -> list[str] | None:
        if clip := self.clips.get(plain(text)):
            return [clip]
        found: list[str] = []
        for part in _DIGITS.split(text):
            said = self._digits(part) if _DIGITS.fullmatch(part) else self._words(part)
            if said is None:
                return None
            found += said
        return found

    def _words(self, part: str) -> list[str] | None:
        words = plain(part)
        if not any(letter.isalnum() for letter in words):
            return []
        clip = self.clips.get(words)
        return [clip] if clip else None

    def _digits(self, digits: str) -> list[str] | None:
        texts = [str(int(digits))] if ":" not in digits else self._time(*digits.split(":"))
        found = [self.clips.get(text) for text in texts]
        return [clip for clip in found if clip] if all(found) else None

    def _time(self, hour: str, minute: str) -> list[str]:
        sentence = messages.sentence(self.language, "spoken.time" if int(minute) else "spoken.time.whole")
        values = {"hour": str(int(hour)), "minute": minute}
        parts = enumerate(_PLACE.split(sentence))
        return [text for at, part in parts if (text := values[part] if at % 2 else plain(part))]


@cache
def voice_of(language: str) -> Voice:
    """What can be said in a language: nothing, where nothing was rendered."""
    short = messages.language_for(language)
    listed = FOLDER / short / LIST
    clips: dict[str, str] = {}
    if listed.is_file():
        known = json.loads(listed.read_text("utf-8"))["clips"]
        clips = {text: f"{short}/{name}" for name, text in known.items()}
    return Voice(language=short, clips=clips)
