"""Every sentence is there in every language, says what to do, and keeps private what is private."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from core import messages
from core.errors import Conflict, Invalid, TesseraError
from core.model import Method, PassType, ReservationStatus
from core.refusals import PRIVATE_REASONS, RefusalReason

ROOT = Path(__file__).resolve().parent.parent.parent
KINDS = {"Invalid", "NotFound", "Conflict", "Forbidden", "Unauthenticated", "TesseraError"}
RULES = (
    "refusal.",
    "error.",
    "status.",
    "history.",
    "method.",
    "pass_type.",
    "card.",
    "face.",
    "my.",
    "desk.",
    "pin.",
    "phone.",
    "print.",
    "spoken.",
    "staff.",
)
ANSWERED = re.compile(r"http\.[a-z_]+")
"""Codes that the API looks up by status before it raises them."""
PLACE = re.compile(r"\{(\w*)\}")

ENGLISH = {key: said for catalogue in messages.CATALOGUES["en"] for key, said in catalogue.items()}


def sources() -> Iterator[tuple[str, ast.Module]]:
    for path in (*(ROOT / house for house in ("core", "server", "kiosk")), ROOT / "tessera.py"):
        for file in sorted(path.rglob("*.py")) if path.is_dir() else [path]:
            yield str(file.relative_to(ROOT)), ast.parse(file.read_text(encoding="utf-8"))


def codes_raised() -> Iterator[tuple[str, str, frozenset[str]]]:
    """Where, which code, and the values given. A code made of a noun is followed to those who name the noun."""
    for where, tree in sources():
        for node in ast.walk(tree):
            if (
                where == "server/api/errors.py"
                and isinstance(node, ast.Constant)
                and ANSWERED.fullmatch(str(node.value))
            ):
                yield f"{where}:{node.lineno}", str(node.value), frozenset({"**"})
            if not isinstance(node, ast.Call) or not node.args:
                continue
            called = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            first = node.args[0]
            if called in KINDS and isinstance(first, ast.Constant):
                named = frozenset(keyword.arg or "**" for keyword in node.keywords)
                yield f"{where}:{node.lineno}", str(first.value), named
            if called == "ours" and isinstance(node.args[-1], ast.Constant):
                yield f"{where}:{node.lineno}", f"{node.args[-1].value}.not_found", frozenset({"id"})


@pytest.mark.parametrize("language", messages.LANGUAGES)
def test_no_key_stands_in_two_catalogues(language: str) -> None:
    keys = [key for catalogue in messages.CATALOGUES[language] for key in catalogue]
    assert sorted(keys) == sorted(set(keys))


@pytest.mark.parametrize("language", messages.LANGUAGES)
@pytest.mark.parametrize("reason", RefusalReason)
def test_every_refusal_says_what_what_to_do_and_why(language: str, reason: RefusalReason) -> None:
    what, do = messages.refusal_sentences(language, reason)
    staff = messages.refusal_for_staff(language, reason)
    assert len({what, do, staff}) == 3
    assert all(sentence.endswith(".") for sentence in (what, do, staff))


@pytest.mark.parametrize("language", messages.LANGUAGES)
def test_private_reasons_all_look_the_same_to_the_queue(language: str) -> None:
    shown = {messages.refusal_sentences(language, reason) for reason in PRIVATE_REASONS}
    assert len(shown) == 1
    others = {messages.refusal_sentences(language, reason) for reason in set(RefusalReason) - PRIVATE_REASONS}
    assert not shown & others


BLAME = re.compile(r"\b(errors?|invalid|illegal|denied|failed|failure|Fehler|ungültig|verboten|abgelehnt)\b|!", re.I)


@pytest.mark.parametrize("language", messages.LANGUAGES)
def test_no_sentence_blames_or_shouts(language: str) -> None:
    said = [s for catalogue in messages.CATALOGUES[language] for s in catalogue.values() if BLAME.search(s)]
    assert said == []


@pytest.mark.parametrize("language", messages.LANGUAGES)
def test_every_name_the_outside_knows_has_words(language: str) -> None:
    for prefix, names in (("status", ReservationStatus), ("method", Method), ("pass_type", PassType)):
        for name in names:
            assert messages.say(language, f"{prefix}.{name.value}")
    for word in ("member", "since", "hold", "scale"):
        assert messages.say(language, f"card.{word}")


def test_everything_that_cannot_be_done_has_a_sentence() -> None:
    found = list(codes_raised())
    assert len(found) > 50
    silent = [f"{where}: error.{code}" for where, code, _ in found if not messages.has(f"error.{code}")]
    assert silent == [], "\n".join(["", *silent])


def test_every_such_sentence_gets_the_values_it_names() -> None:
    lacking = [
        f"{where}: error.{code} wants {missing}"
        for where, code, given in codes_raised()
        if "**" not in given and (missing := set(PLACE.findall(ENGLISH.get(f"error.{code}", ""))) - given)
    ]
    assert lacking == [], "\n".join(["", *lacking])


def test_every_step_of_a_history_has_words() -> None:
    actions = {
        str(keyword.value.value)
        for _, tree in sources()
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and getattr(node.func, "attr", "") != "on_conflict"  # that is SQL's word
        for keyword in node.keywords
        if keyword.arg == "action" and isinstance(keyword.value, ast.Constant) and keyword.value.value
    }
    assert "GIVEN_BACK" in actions
    wordless = [action for action in sorted(actions) if action.isupper() and not messages.has(f"history.{action}")]
    assert wordless == []


def test_an_error_becomes_one_sentence() -> None:
    assert messages.error_sentence("en", Invalid("card.colour_unreadable", colour="teal-ish")) == (
        "“teal-ish” is not a colour. Write it like #a84a2a."
    )
    assert messages.error_sentence("de-CH", Conflict("plan.retired", title="Zehnerkarte")).startswith("„Zehnerkarte“")


@pytest.mark.parametrize("error", [TesseraError("nobody.wrote_this"), Invalid("field.missing"), Invalid("")])
def test_there_is_always_a_sentence(error: TesseraError) -> None:
    for language in (*messages.LANGUAGES, "xx", ""):
        assert len(messages.error_sentence(language, error)) > 20


@pytest.mark.parametrize(
    ("wanted", "spoken"),
    [("de", "de"), ("de-AT", "de"), ("DE", "de"), ("en-GB", "en"), ("pl-PL", "pl"), ("it", "en"), ("", "en")],
)
def test_the_nearest_language_is_spoken(wanted: str, spoken: str) -> None:
    assert messages.language_for(wanted) == spoken


def test_values_are_put_in_as_they_are() -> None:
    said = messages.say("en", "error.field.missing", field="{given} {0} %s <b>")
    assert said == "“{given} {0} %s <b>” is empty. Please fill it in."


def test_a_value_that_was_forgotten_is_noticed() -> None:
    with pytest.raises(KeyError):
        messages.say("en", "error.field.missing")
    with pytest.raises(KeyError):
        messages.say("en", "no.such.key")


def test_one_and_many_are_told_apart() -> None:
    assert messages.say_count("en", "desk.arrival.late", 1, title="Wheel") == "Wheel, 1 minute late"
    assert messages.say_count("de", "desk.arrival.late", 12, title="Wheel").endswith("12 Minuten zu spät")
