"""Which form of a sentence goes with a number, by language. Whole numbers only; `many` is the form for all the rest.

The categories are Unicode's, except that the general form is called `many` wherever a language has no other of that
name: English and its kin have `one` and `many`, Polish `few` besides, Arabic all six.
"""

from collections.abc import Callable, Mapping

Form = str


def _one_or_many(count: int) -> Form:
    return "one" if count == 1 else "many"


def _french(count: int) -> Form:
    """Nothing is singular there: `0 entrée`."""
    return "one" if count in (0, 1) else "many"


def _polish(count: int) -> Form:
    if count == 1:
        return "one"
    return "few" if count % 10 in (2, 3, 4) and count % 100 not in (12, 13, 14) else "many"


def _arabic(count: int) -> Form:
    if count in (0, 1, 2):
        return ("zero", "one", "two")[count]
    if 3 <= count % 100 <= 10:
        return "few"
    return "many" if count % 100 >= 11 else "other"


_RULES: Mapping[str, tuple[tuple[Form, ...], Callable[[int], Form]]] = {
    "fr": (("one", "many"), _french),
    "pl": (("one", "few", "many"), _polish),
    "ar": (("zero", "one", "two", "few", "many", "other"), _arabic),
}


def forms(language: str) -> tuple[Form, ...]:
    """The forms that a counted sentence needs in this language."""
    return _RULES[language][0] if language in _RULES else ("one", "many")


def form_for(language: str, count: int) -> Form:
    """The form that goes with `count`; a number below nothing goes like the same number above it."""
    return (_RULES[language][1] if language in _RULES else _one_or_many)(abs(count))
