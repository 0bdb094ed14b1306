"""Staff at the kiosk: who is signed in goes from face to face, and each tap becomes an act with its reason.

It refuses to know a rule or a row: `kiosk.staff_desk` acts. A member's card ends it, because the next card never
waits; only where staff look for somebody a card opens that member.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from core import staff_cards
from core.cards import CardCode, NotACard
from core.pins import PIN_LENGTH, PinRefused
from kiosk.conversation import CARD, Conversation, Opener, Opening
from kiosk.faces import Face
from kiosk.faces_staff import Said, StaffFace
from kiosk.staff_desk import StaffDesk
from kiosk.staff_moves import Moves
from kiosk.staff_showing import Seen, face_at, pin_face
from kiosk.staff_signing import IDLE
from kiosk.staff_steps import AtRoster, Step
from kiosk.staff_values import NoNetwork
from kiosk.stand import stay
from kiosk.taps import CALL_STAFF

PIN_WAITS = 60.0
"""Seconds without a digit until the pad goes."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Around:
    """What staff at the kiosk need besides the staff desk.

    `first_name` opens the name that is sealed to a staff card; `health` is in words of `core.health`; `new_card` makes
    a fresh card code; `self_test` opens one; `prints` prints a temporary card (its text, a name, its end), and what it
    says says whether it could.
    """

    mono: Callable[[], float]
    at: Callable[[], datetime]
    first_name: Callable[[str | bytes], str]
    health: Callable[[], Mapping[str, str]]
    new_card: Callable[[], CardCode]
    self_test: Opener | None = None
    prints: Callable[[str, str, datetime], Said] | None = None


def staff_opener(staff: StaffDesk, around: Around) -> Opener:
    """Opens for a staff card, and for staff who have none with them (`staff.open`, on "Someone is on the way")."""

    def opened(opening: Opening) -> Conversation | None:
        if opening.what == "staff.open":
            return StaffRoom(staff, around, opening, card=None)
        if opening.what == CARD and not isinstance(staff_cards.read(opening.value), NotACard):
            return StaffRoom(staff, around, opening, card=opening.value)
        return None

    return opened


class StaffRoom:
    """A `Conversation`. Before the right PIN there is no step; afterwards the last step is the one that is shown."""

    def __init__(self, staff: StaffDesk, around: Around, opening: Opening, card: str | bytes | None) -> None:
        self._staff = staff
        self._around = around
        self._opening = opening
        self._is_over = False
        self._test: Conversation | None = None
        self._steps: tuple[Step, ...] = ()
        self._said: Said | None = None
        self._moves = Moves(
            staff, around.at, language=lambda: opening.stand().language, zone=lambda: opening.stand().zone,
            new_card=around.new_card, prints=around.prints,
        )  # fmt: skip
        staff.sign_out()
        self._ask_for_pin(card)

    @property
    def face(self) -> Face | None:
        if self._is_over:
            return None
        if self._test is not None and (testing := self._test.face) is not None:
            return testing
        return replace(self._face, stand=self._opening.stand())

    def tap(self, what: str, value: str) -> None:
        mono = self._around.mono()
        self._staff.touch(mono)
        if self._test is not None:
            self._test.tap(what, value)
            self._go_on_after_test()
            if what != CALL_STAFF:
                return
        if what in ("staff.leave", CALL_STAFF):
            self._leave()
        elif not self._steps:
            self._pin_tapped(what, value)
        elif self._staff.session is None:
            self._leave()
        elif what == "staff.test" and self._around.self_test is not None:
            self._test = self._around.self_test(replace(self._opening, what="test.open", value="", mono=mono))
        else:
            self._steps, self._said = self._moves.after(self._steps, what, value)
        if not self._is_over:
            self._look()

    def card(self, payload: bytes | str) -> bool:
        """A staff card begins with that card; the same one, still in view, changes nothing."""
        if self._test is not None:
            if not (is_for_test := self._test.card(payload)):
                self._leave()
            return is_for_test
        code = staff_cards.read(payload)
        if not isinstance(code, NotACard):
            is_signed_out = bool(self._steps) and self._staff.session is None
            if code.text != self._card_text or is_signed_out:
                self._staff.sign_out()
                self._ask_for_pin(payload)
            return True
        self._staff.touch(self._around.mono())
        if self._steps and (steps := self._moves.opened_by_card(self._steps, payload)) is not None:
            self._steps, self._said = steps, None
            self._look()
            return True
        self._leave()
        return False

    def tick(self, mono: float) -> None:
        if self._test is not None:
            self._test.tick(mono)
            self._go_on_after_test()
        elif self._steps:
            if self._staff.tick(mono) or self._staff.session is None:
                self._leave()
        elif mono - self._pin_touched >= PIN_WAITS:
            self._leave()

    def _leave(self) -> None:
        self._staff.sign_out()
        self._is_over = True

    def _go_on_after_test(self) -> None:
        if self._test is not None and self._test.face is None:
            self._test = None
            if self._staff.session is None:
                self._leave()
            else:
                self._look()

    # ---- the PIN

    def _ask_for_pin(self, card: str | bytes | None) -> None:
        code = staff_cards.read(card or "")
        self._card, self._card_text = card, "" if isinstance(code, NotACard) else code.text
        self._first_name = self._around.first_name(card) if card is not None else ""
        self._entered = ""
        self._refused: PinRefused | NoNetwork | None = None
        self._steps, self._said = (), None
        self._pin_touched = self._around.mono()
        self._look()

    def _pin_tapped(self, what: str, value: str) -> None:
        self._pin_touched = self._around.mono()
        match what:
            case "staff.key" if len(value) == 1 and value.isascii() and value.isdigit():
                self._refused = None
                self._entered += value
                if len(self._entered) == PIN_LENGTH:
                    self._try_pin()
            case "staff.delete":
                self._entered = self._entered[:-1]
            case "staff.clear":
                self._entered = ""

    def _try_pin(self) -> None:
        pin, self._entered = self._entered, ""
        found = self._staff.sign_in_online(pin) if self._card is None else self._staff.sign_in(self._card, pin)
        self._pin_touched = self._around.mono()
        if isinstance(found, PinRefused | NoNetwork):
            self._refused = found
        else:
            self._steps = (AtRoster(),)

    # ---- what is shown

    def _look(self) -> None:
        """Make the face of where they are now. Its countdown begins anew only here: till then the face is the same."""
        at, stand = self._around.at(), self._opening.stand()
        if not self._steps:
            self._face: StaffFace = pin_face(
                stand,
                stay(at, PIN_WAITS),
                self._first_name,
                len(self._entered),
                self._refused,
                is_alone=self._card is None,
            )
            return
        idle_for = timedelta(seconds=IDLE - self._staff.seconds_left(self._around.mono()))
        seen = Seen(
            stand=stand,
            stay=stay(at - idle_for, IDLE),
            said=self._said,
            health=self._around.health(),
            has_self_test=self._around.self_test is not None,
            may_print=self._around.prints is not None,
        )
        if (made := face_at(self._staff, self._steps[-1], seen)) is None:
            self._leave()
        else:
            self._face = made
