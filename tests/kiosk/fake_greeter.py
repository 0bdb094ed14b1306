"""A greeter that shows what a test puts on, and remembers every tap. Checked against the protocol by its type."""

from kiosk.faces import Face
from kiosk.modes import ModeName
from kiosk.pages.greeter_view import GreeterView


class FakeGreeter:
    def __init__(self, face: Face) -> None:
        self.face, self.version = face, 1
        self.taps: list[tuple[str, ...]] = []

    def show(self, face: Face) -> None:
        self.face, self.version = face, self.version + 1

    def tap(self, what: str, value: str, version: int) -> None:
        self.taps.append((what, value, str(version)))

    def tap_choose(self, session_id: str) -> None:
        self.taps.append(("choose", session_id))

    def tap_undo(self) -> None:
        self.taps.append(("undo",))

    def tap_call_staff(self) -> None:
        self.taps.append(("call_staff",))

    def tap_next(self) -> None:
        self.taps.append(("next",))

    def tap_more_time(self) -> None:
        self.taps.append(("more_time",))

    def tap_pair(self, code: str) -> None:
        self.taps.append(("pair", code))

    def tap_agree(self, is_same: bool) -> None:
        self.taps.append(("agree", str(is_same)))

    def scanner_typed(self, text: str) -> None:
        self.taps.append(("scanned", text))

    def set_language(self, language: str) -> None:
        self.taps.append(("language", language))

    def toggle_mode(self, name: ModeName) -> None:
        self.taps.append(("mode", name))


def is_a_greeter(fake: FakeGreeter) -> GreeterView:
    """Only so that mypy compares the two."""
    return fake
