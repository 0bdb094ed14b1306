"""Every sentence a person reads, by language and key. It says what it is asked to say, and decides nothing.

A language that is not there is answered in English. A sentence that is not there is a defect, which tests find.
"""

import re
from collections.abc import Mapping

from core.errors import TesseraError
from core.locale import (
    all_ar,
    all_es,
    all_fr,
    all_pl,
    api_de,
    api_en,
    archive_de,
    archive_en,
    de,
    desk_de,
    desk_en,
    en,
    faces_de,
    faces_en,
    fleet_de,
    fleet_en,
    hooks_de,
    hooks_en,
    imports_de,
    imports_en,
    inbox_de,
    inbox_en,
    letters_de,
    letters_en,
    machine_de,
    machine_en,
    members_de,
    members_en,
    passes_de,
    passes_en,
    penalties_de,
    penalties_en,
    phone_de,
    phone_en,
    policies_de,
    policies_en,
    portal_de,
    portal_en,
    spoken_de,
    spoken_en,
    staff_desk_de,
    staff_desk_en,
    staff_faces_de,
    staff_faces_en,
    team_de,
    team_en,
    tools_de,
    tools_en,
    waiting_de,
    waiting_en,
)
from core.plurals import form_for
from core.refusals import RefusalReason

FALLBACK = "en"
CATALOGUES: Mapping[str, tuple[Mapping[str, str], ...]] = {
    "en": (
        en.SENTENCES,
        api_en.SENTENCES,
        archive_en.SENTENCES,
        faces_en.SENTENCES,
        desk_en.SENTENCES,
        hooks_en.SENTENCES,
        imports_en.SENTENCES,
        inbox_en.SENTENCES,
        letters_en.SENTENCES,
        fleet_en.SENTENCES,
        spoken_en.SENTENCES,
        staff_desk_en.SENTENCES,
        staff_faces_en.SENTENCES,
        machine_en.SENTENCES,
        members_en.SENTENCES,
        penalties_en.SENTENCES,
        passes_en.SENTENCES,
        phone_en.SENTENCES,
        policies_en.SENTENCES,
        portal_en.SENTENCES,
        team_en.SENTENCES,
        tools_en.SENTENCES,
        waiting_en.SENTENCES,
    ),
    "de": (
        de.SENTENCES,
        api_de.SENTENCES,
        archive_de.SENTENCES,
        faces_de.SENTENCES,
        desk_de.SENTENCES,
        hooks_de.SENTENCES,
        imports_de.SENTENCES,
        inbox_de.SENTENCES,
        letters_de.SENTENCES,
        fleet_de.SENTENCES,
        spoken_de.SENTENCES,
        staff_desk_de.SENTENCES,
        staff_faces_de.SENTENCES,
        machine_de.SENTENCES,
        members_de.SENTENCES,
        penalties_de.SENTENCES,
        passes_de.SENTENCES,
        phone_de.SENTENCES,
        policies_de.SENTENCES,
        portal_de.SENTENCES,
        team_de.SENTENCES,
        tools_de.SENTENCES,
        waiting_de.SENTENCES,
    ),
    "fr": all_fr.CATALOGUES,
    "es": all_es.CATALOGUES,
    "pl": all_pl.CATALOGUES,
    "ar": all_ar.CATALOGUES,
}
"""By language: the catalogue of the house, then those of its rooms. No key stands in two."""

_SENTENCES = {
    language: {key: sentence for catalogue in catalogues for key, sentence in catalogue.items()}
    for language, catalogues in CATALOGUES.items()
}
LANGUAGES = tuple(_SENTENCES)
_PLACE = re.compile(r"\{(\w+)\}")
_RIGHT_TO_LEFT = frozenset({"ar"})
_ISOLATE, _FROM_THE_RIGHT, _END_OF_ISOLATE = "\u2068", "\u2067", "\u2069"


def direction(language: str) -> str:
    """Which way it is written: `rtl` or `ltr`, as in markup."""
    return "rtl" if language_for(language) in _RIGHT_TO_LEFT else "ltr"


def language_for(wanted: str) -> str:
    """The language spoken here that comes nearest to `wanted` (`de-AT`, `DE`, empty, anything)."""
    short = wanted[:2].lower()
    return short if short in _SENTENCES else FALLBACK


def language_asked_for(accept_language: str) -> str:
    """The first of an `Accept-Language` that is spoken here; English where none is."""
    wishes = (wish.split(";")[0].strip()[:2].lower() for wish in accept_language.split(","))
    return next((wish for wish in wishes if wish in _SENTENCES), FALLBACK)


def has(key: str) -> bool:
    """Whether there is a sentence under this key."""
    return key in _SENTENCES[FALLBACK]


def all_keys() -> frozenset[str]:
    """Every key under which there is a sentence."""
    return frozenset(_SENTENCES[FALLBACK])


def sentence(language: str, key: str) -> str:
    """The sentence as it stands in the catalogue, with its `{values}` still open. Raises `KeyError`."""
    return _SENTENCES[language_for(language)].get(key) or _SENTENCES[FALLBACK][key]


def say(language: str, key: str, /, **values: object) -> str:
    """The sentence with its `{values}` filled in. Raises `KeyError` for a key, or a value, that is not there.

    In a language that is written from the right, each value is isolated, so that a name or a time in other letters
    keeps its own direction and does not turn its neighbours around.
    """
    return _PLACE.sub(lambda place: _isolated(language, str(values[place[1]])), sentence(language, key))


def say_count(language: str, key: str, count: int, /, **values: object) -> str:
    """The sentence in the form that goes with the number: `<key>.one`, `<key>.few` … `<key>.many`, see `core.plurals`.

    `{count}` is filled in. Raises `KeyError` for a key, or a value, that is not there.
    """
    spoken = language_for(language)
    counted = f"{key}.{form_for(spoken, count)}"
    if counted not in _SENTENCES[spoken]:
        counted = f"{key}.{form_for(FALLBACK, count)}"
    return say(language, counted, count=count, **values)


def refusal_sentences(language: str, reason: RefusalReason) -> tuple[str, str]:
    """What happened, and what to do now: fit for a screen that others can read, so private reasons are not named."""
    return say(language, f"refusal.{reason.value}.what"), say(language, f"refusal.{reason.value}.do")


def refusal_for_staff(language: str, reason: RefusalReason) -> str:
    """The plain reason, whole. Not for a screen that members see."""
    return say(language, f"refusal.{reason.value}.staff")


def error_sentence(language: str, error: TesseraError) -> str:
    """What could not be done and what would help. Always a sentence, even for a code nobody has written one for."""
    key = f"error.{error.code}"
    found = _SENTENCES[language_for(language)].get(key) or say(language, "error.other")
    return _PLACE.sub(lambda place: _isolated(language, str(error.values.get(place[1], "…"))), found)


def _isolated(language: str, value: str) -> str:
    if direction(language) != "rtl":
        return value
    # A value that holds isolates is words of ours: browsers look past those for which way it runs, and would guess.
    return f"{_FROM_THE_RIGHT if _ISOLATE in value else _ISOLATE}{value}{_END_OF_ISOLATE}"
