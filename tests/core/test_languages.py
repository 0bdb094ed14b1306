"""Every language says everything, in its own words, with the same values, in every form its numbers need."""

import re
from collections.abc import Mapping

import pytest

from core import messages
from core.plurals import form_for, forms

PLACE = re.compile(r"\{(\w*)\}")
WORD = re.compile(r"[^\W\d_]{2,}")
RULES = (
    "api.", "refusal.", "error.", "status.", "history.", "method.", "pass_type.", "card.", "face.", "desk.", "pin.",
    "phone.", "my.", "letter.", "penalty.", "print.", "spoken.", "staff.", "selftest.", "household.", "find.",
)  # fmt: skip
TRANSLATED = tuple(language for language in messages.LANGUAGES if language != "en")
SAME_WORDS = {
    "de": {
        "Live",
        "Kiosk",
        "Server",
        "Person {number}",
        "Offline",
        "Name",
        "in",
        "Pass",
        "Check-in",
        "PIN",
        "Status",
        "Text",
        "Test",
        "Studio",
        "Team",
    },
    "fr": {"minutes", "Pages", "Places", "Note", "min", "Type", "Date", "Message", "Test"},
    "es": {"min", "No", "Plan"},
    "pl": {"Kiosk", "Offline", "min", "Status", "Plan", "Test", "PIN"},
    "ar": set(),
}
"""Sentences that are spelled as in English and mean the same: nobody forgot to translate them."""
NAMES = {"Tessera", "SQLite", "GB", "ms", "min"}
LONGEST, ROOM = 1.6, 14
"""How much longer than in English a sentence of a face may be, and what a short one may have besides."""


def said_in(language: str) -> Mapping[str, str]:
    return {key: said for catalogue in messages.CATALOGUES[language] for key, said in catalogue.items()}


ENGLISH = said_in("en")
COUNTED = {key.removesuffix(".one") for key in ENGLISH if key.endswith(".one")} & {
    key.removesuffix(".many") for key in ENGLISH if key.endswith(".many")
}


def english_of(key: str) -> str:
    """The sentence that this one translates: any form of a counted one translates the general form."""
    family, _, form = key.rpartition(".")
    return ENGLISH[f"{family}.many"] if family in COUNTED and form in forms("ar") else ENGLISH[key]


@pytest.mark.parametrize("language", messages.LANGUAGES)
def test_every_language_says_everything_in_every_form_it_needs(language: str) -> None:
    counted = {f"{family}.{form}" for family in COUNTED for form in forms(language)}
    wanted = counted | (set(ENGLISH) - {f"{family}.{form}" for family in COUNTED for form in forms("en")})
    theirs = set(said_in(language))
    assert theirs == wanted, "\n".join(["", *sorted(theirs ^ wanted)])


@pytest.mark.parametrize("language", messages.LANGUAGES)
def test_every_sentence_has_the_same_values_as_in_english(language: str) -> None:
    for key, said in said_in(language).items():
        assert said.strip() == said != "", key
        assert key.startswith(RULES), key
        values, wanted = set(PLACE.findall(said)), set(PLACE.findall(english_of(key)))
        if key.rpartition(".")[0] in COUNTED:
            values, wanted = values - {"count"}, wanted - {"count"}
        assert values == wanted, key


@pytest.mark.parametrize("language", messages.LANGUAGES)
@pytest.mark.parametrize("family", sorted(COUNTED))
def test_a_form_that_goes_with_several_numbers_says_which(language: str, family: str) -> None:
    said = said_in(language)
    for form in forms(language):
        goes_with = [count for count in range(130) if form_for(language, count) == form]
        if len(goes_with) > 1 and "{count}" in ENGLISH[f"{family}.many"]:
            assert "{count}" in said[f"{family}.{form}"], form


@pytest.mark.parametrize("language", TRANSLATED)
def test_nothing_is_left_in_english(language: str) -> None:
    left = {
        key: said
        for key, said in said_in(language).items()
        if said == english_of(key)
        and not key.startswith("desk.month.")
        and set(WORD.findall(PLACE.sub("", said))) - NAMES
        and said.replace("{count} ", "") not in SAME_WORDS[language]
    }
    assert left == {}


@pytest.mark.parametrize("language", TRANSLATED)
def test_no_sentence_of_a_face_is_much_longer_than_in_english(language: str) -> None:
    for key, said in said_in(language).items():
        if key.startswith("face."):
            limit = max(LONGEST * len(english_of(key)), len(english_of(key)) + ROOM)
            assert len(said) <= limit, (key, said)


ARABIC_LETTERS = re.compile(r"[\u0621-\u064a]")


def test_arabic_is_written_in_its_letters_and_in_western_digits() -> None:
    for key, said in said_in("ar").items():
        words = PLACE.sub("", said)
        assert ARABIC_LETTERS.search(words) or not set(WORD.findall(words)) - NAMES, key
        assert not re.search(r"[\u0660-\u0669\u06f0-\u06f9]", said), key
        assert "," not in words and "?" not in words, key


POLISH_POLITE = re.compile(r"\b(pan|pani|państwo)\b", re.I)
FRENCH_FAMILIAR = re.compile(r"\b(tu|te|toi|ton|ta|tes)\b", re.I)
SPANISH_POLITE = re.compile(r"\b(usted|ustedes)\b", re.I)


@pytest.mark.parametrize(
    ("language", "other_address"), [("pl", POLISH_POLITE), ("fr", FRENCH_FAMILIAR), ("es", SPANISH_POLITE)]
)
def test_one_form_of_address_is_kept(language: str, other_address: re.Pattern[str]) -> None:
    assert [said for said in said_in(language).values() if other_address.search(said)] == []


@pytest.mark.parametrize(
    ("language", "by_form"),
    [
        ("en", {"one": [1], "many": [0, 2, 11, 21, 100]}),
        ("de", {"one": [1], "many": [0, 2, 11]}),
        ("es", {"one": [1], "many": [0, 2, 21]}),
        ("fr", {"one": [0, 1], "many": [2, 11, 21]}),
        ("pl", {"one": [1], "few": [2, 3, 4, 22, 34, 102], "many": [0, 5, 11, 12, 13, 14, 21, 25, 112, 114]}),
        (
            "ar",
            {
                "zero": [0],
                "one": [1],
                "two": [2],
                "few": [3, 10, 103, 110, 1003],
                "many": [11, 99, 111, 199],
                "other": [100, 101, 102, 200, 1000],
            },
        ),
    ],
)
def test_numbers_go_with_the_forms_that_unicode_names(language: str, by_form: Mapping[str, list[int]]) -> None:
    assert set(by_form) == set(forms(language))
    for form, counts in by_form.items():
        for count in counts:
            assert form_for(language, count) == form, count


@pytest.mark.parametrize(
    ("language", "count", "said"),
    [
        ("pl", 1, "1 wpis czeka, w całości"),
        ("pl", 3, "3 wpisy czekają, w całości"),
        ("pl", 12, "12 wpisów czeka, w całości"),
        ("fr", 0, "0 note attend, entière"),
        ("es", 2, "2 anotaciones esperan, enteras"),
    ],
)
def test_a_counted_sentence_is_said_in_its_form(language: str, count: int, said: str) -> None:
    assert messages.say_count(language, "desk.inbox.held", count) == said


@pytest.mark.parametrize(
    ("count", "words"), [(1, "سجل واحد"), (2, "سجلان"), (3, "سجلات"), (11, "سجلًا"), (100, "سجل تنتظر")]
)
def test_arabic_has_a_form_for_two_and_for_a_few(count: int, words: str) -> None:
    assert words in messages.say_count("ar", "desk.inbox.held", count)


def test_a_value_in_arabic_keeps_its_own_direction() -> None:
    said = messages.say("ar", "face.no.TOO_LATE.more", title="Glazing (2)", time="18:00")
    assert "\u2068Glazing (2)\u2069" in said and "\u206818:00\u2069" in said
    assert "\u2068" not in messages.say("fr", "face.no.TOO_LATE.more", title="Glazing (2)", time="18:00")


@pytest.mark.parametrize("language", messages.LANGUAGES)
def test_only_arabic_runs_from_the_right(language: str) -> None:
    assert messages.direction(language) == ("rtl" if language == "ar" else "ltr")
    assert messages.direction("ar-EG") == "rtl"
