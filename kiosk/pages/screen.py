"""The one element of the kiosk's page: it shows a drawing, keeps the camera's picture alive, and passes taps on."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from nicegui import ui
from nicegui.events import GenericEventArguments

from kiosk.pages.drawn import Drawn


@dataclass(frozen=True, kw_only=True, slots=True)
class Tap:
    """What was touched, as the browser says it: nothing in it is to be believed."""

    what: str
    value: str
    version: int
    """Of the drawing that was touched."""


class Screen(ui.element, component=Path(__file__).with_name("screen.js")):
    """Fills the page. `on_tap` hears every tap, also what a hand scanner typed."""

    def __init__(self, *, on_tap: Callable[[Tap], None]) -> None:
        super().__init__()
        self._on_tap = on_tap
        self.on("tap", self._tapped)

    def show(self, drawn: Drawn, *, version: int, at: datetime) -> None:
        """Show this from now on. `at` is what the clock says; the browser counts on from there."""
        self.props["picture"] = {**drawn.as_props(), "version": version, "now": round(at.timestamp() * 1000)}
        self.props["text"] = drawn.html
        self.update()

    def _tapped(self, event: GenericEventArguments) -> None:
        given = event.args if isinstance(event.args, dict) else {}
        what, value, version = given.get("what"), given.get("value"), given.get("version")
        if isinstance(what, str) and isinstance(value, str) and isinstance(version, int):
            self._on_tap(Tap(what=what[:20], value=value[:128], version=version))
