"""A kiosk that is nobody's yet: a pairing code is typed or shown, and staff compare the signs of two screens.

It knows why the last try did not do; it refuses to talk to the server, which `kiosk.pairing` does.
"""

from collections.abc import Callable
from dataclasses import dataclass

from core import cards
from core.cards import NotACard
from core.pairing import code_in
from kiosk.faces import PairingTrouble
from kiosk.pairing import Promised


@dataclass(kw_only=True, slots=True)
class Unpaired:
    """`pair` tries a code; `confirming` gives whom staff have still to confirm, `agree` is told what they said here;
    `why_not_paired` says what became of an earlier promise."""

    pair: Callable[[str], PairingTrouble | None]
    confirming: Callable[[], Promised | None]
    agree: Callable[[bool], None]
    why_not_paired: Callable[[], PairingTrouble | None]
    tried: PairingTrouble | None = None

    @property
    def trouble(self) -> PairingTrouble | None:
        """Why it is still nobody's, where that is known."""
        return self.tried or self.why_not_paired()

    def typed(self, code: str) -> None:
        self.tried = self.pair(code.strip())

    def agreed(self, is_same: bool) -> None:
        self.agree(is_same)
        self.tried = None

    def shown(self, payload: str | bytes) -> None:
        """A pairing code is meant; for a card or anything else the screen says what is missing."""
        if code := code_in(payload):
            self.tried = self.pair(code)
        else:
            is_other = isinstance(cards.read(payload), NotACard)
            self.tried = PairingTrouble.OTHER_CODE if is_other else PairingTrouble.A_CARD
