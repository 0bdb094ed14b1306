"""What staff or a program asked for and cannot have: an exception with a code, and values for its sentence.

An everyday "no" at the door is not an error but a `Refused`; a bug or a broken disk is neither.
Each code has a sentence and what to do in `core.messages`, under `error.<code>`.
"""


class TesseraError(Exception):
    """Something asked for cannot be done. `code` is stable and public; `values` fill its sentence."""

    def __init__(self, code: str, **values: object) -> None:
        super().__init__(code, values)
        self.code = code
        self.values = values

    def __str__(self) -> str:
        details = ", ".join(f"{name}={value!r}" for name, value in self.values.items())
        return f"{self.code}({details})" if details else self.code


class Invalid(TesseraError):
    """What was given cannot be understood."""


class NotFound(TesseraError):
    """It does not exist, or not in this organization."""


class Conflict(TesseraError):
    """It is understood and exists, but the state of things forbids it."""


class Forbidden(TesseraError):
    """Whoever asks may not do this."""


class Unauthenticated(TesseraError):
    """Whoever asks did not say convincingly who they are."""
