"""What the pages need of a greeter, and nothing more: one face to draw, and the taps it understands."""

from typing import Protocol

from kiosk.faces import Face
from kiosk.modes import ModeName


class GreeterView(Protocol):
    """A greeter as its screen sees it. Taps may write to the disk and ask the server: the page calls them in a thread.

    A tap that no longer fits the face (it changed a moment before) does nothing.
    """

    @property
    def face(self) -> Face:
        """What is to be seen now."""

    @property
    def version(self) -> int:
        """A number that changes whenever `face` does."""

    def tap(self, what: str, value: str, version: int) -> None:
        """Of a conversation, or beginning one; returns at once. `version`: of the drawing that was touched."""

    def tap_choose(self, session_id: str) -> None:
        """This session is meant: on Choose, or one of `also` on Welcome and AlreadyIn."""

    def tap_undo(self) -> None:
        """Take the check-in that is shown back."""

    def tap_call_staff(self) -> None:
        """Someone wants help."""

    def tap_next(self) -> None:
        """Done with this face: none of these, no longer in need of help."""

    def tap_more_time(self) -> None:
        """Let the face that is shown stay for its full time once more."""

    def tap_pair(self, code: str) -> None:
        """Staff typed a pairing code on NotPaired."""

    def tap_agree(self, is_same: bool) -> None:
        """On Confirming: whether the browser shows the same sign."""

    def scanner_typed(self, text: str) -> None:
        """A hand scanner that types like a keyboard read something; at most 128 characters."""

    def set_language(self, language: str) -> None:
        """The screen speaks this language until nobody has been here for a while."""

    def toggle_mode(self, name: ModeName) -> None:
        """Switch one way of making the screen easier to use on or off."""
