"""What a drawing of a face consists of, before and after it is put together."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from kiosk.faces import Stay
from kiosk.pages.markup import Html


@dataclass(frozen=True, kw_only=True, slots=True)
class Parts:
    """A face in parts: what it says, what its window holds, what can be done. `tone` is its CSS class.

    `after`: what lies under `do` upright, and under `say` on its side.
    `invites`: the next card may come already. `undo`: the answer before this face can still be taken back.
    `may_find`: whoever has no card may be found by number.
    `sound`: a file in assets/sounds, or silence.
    `is_spoken`: members meet this face, so it is said aloud to those who ask for it.
    `has_foot`: the next card, and the ways to help; staff have their own.
    `outline`: four corners of a code as x, y, x, y … in the window's own drawing.
    """

    tone: str
    say: Html
    window: Html | None = None
    do: Html | None = None
    after: Html | None = None
    invites: bool = True
    has_own_help: bool = False
    undo: Stay | None = None
    may_find: bool = False
    sound: str = ""
    outline: tuple[int, ...] = ()
    is_spoken: bool = True
    has_foot: bool = True


@dataclass(frozen=True, kw_only=True, slots=True)
class Drawn:
    """A face as the browser needs it. `occasion` changes when something new happens; then `sound` is heard.

    `until_at`: when it leaves by itself.
    `speech`: the clips that say this face aloud, below assets/speech; `switching`: those heard when speech or another
    mode is switched. Both are empty where speech is off.
    """

    name: str
    html: Html
    tone: str
    language: str
    direction: str
    mode: str
    colour: str
    sound: str
    occasion: str
    outline: tuple[int, ...]
    until_at: datetime | None = None
    speech: tuple[str, ...] = ()
    switching: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def as_props(self) -> dict[str, object]:
        """Plain values, for the browser."""
        return {
            "name": self.name,
            "html": str(self.html),
            "tone": self.tone,
            "language": self.language,
            "direction": self.direction,
            "mode": self.mode,
            "colour": self.colour,
            "sound": self.sound,
            "occasion": self.occasion,
            "outline": list(self.outline),
            "until": round(self.until_at.timestamp() * 1000) if self.until_at else 0,
            "speech": list(self.speech),
            "switching": {name: list(clips) for name, clips in self.switching.items()},
        }
