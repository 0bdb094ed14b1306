"""A household before the kiosk: they tap who is with them, say which session where several fit, and come in at once.

It refuses to check in anybody who was not tapped, and to name a private reason.
"""

from collections.abc import Callable, Collection
from dataclasses import replace
from datetime import datetime

from core.decisions import Admitted, Choose, Decision, Refused
from core.refusals import PRIVATE_REASONS, RefusalReason
from kiosk import faces, taps
from kiosk.conversation import CARD, Conversation, Opener, Opening
from kiosk.desk import UNDO_WITHIN, Desk
from kiosk.faces import Face, Stand, Stay
from kiosk.faces_member import CameIn, Coming, Person
from kiosk.faces_member import Household as HouseholdFace
from kiosk.household import CameTogether, Household, HouseholdDesk, Someone
from kiosk.stand import stay

CHOOSING = 30.0
"""Seconds without a tap until the household is left."""


def household_opener(desk: Desk, mono: Callable[[], float], languages: Collection[str]) -> Opener:
    """Opens for a card that leads others. At a kiosk that staff put out of order it is a card like any other."""
    here = HouseholdDesk(desk)

    def opened(opening: Opening) -> Conversation | None:
        if opening.what != CARD or not desk.is_paired or desk.health().is_out_of_order:
            return None
        household = here.of_card(opening.value)
        return HouseholdTalk(desk, here, household, opening, mono, languages) if household else None

    return opened


class HouseholdTalk:
    """A `Conversation`. `_asked` is who is being asked which session; `_came` what became of them all."""

    def __init__(
        self, desk: Desk, here: HouseholdDesk, household: Household, opening: Opening, mono: Callable[[], float],
        languages: Collection[str],
    ) -> None:  # fmt: skip
        self._desk = desk
        self._here = here
        self._household = household
        self._opening = opening
        self._mono = mono
        self._languages = languages
        holder = household.people[0]
        self._chosen: dict[str, str | None] = {holder.member_id: None} if _may_come(holder.decision) else {}
        self._asked: Someone | None = None
        self._came: CameTogether | None = None
        self._is_over = False
        self._stay_for(CHOOSING)

    @property
    def face(self) -> Face | None:
        if self._is_over:
            return None
        stand = self._stand()
        if self._came is not None:
            people = self._people(self._came.people)
            return CameIn(stand=stand, people=people, undo=self._undo(self._came), stay=self._stay)
        if self._asked is not None and isinstance(self._asked.decision, Choose):
            options = self._asked.decision.sessions
            return faces.Choose(stand=stand, first_name=self._asked.first_name, options=options, stay=self._stay)
        return HouseholdFace(stand=stand, people=self._people(self._household.people), stay=self._stay)

    def tap(self, what: str, value: str) -> None:
        match what:
            case "household.person" if self._came is None and self._asked is None:
                self._toggle(value)
            case "household.go" if self._came is None and self._chosen:
                self._go()
            case "choose" if self._asked is not None and isinstance(self._asked.decision, Choose):
                if faces_has(self._asked.decision, value):
                    self._chosen[self._asked.member_id] = value
                    self._go()
            case "next" if self._asked is not None:
                del self._chosen[self._asked.member_id]
                self._asked = None
                self._stay_for(CHOOSING)
            case "household.undo" | "undo" if self._came is not None:
                self._here.undo(self._came, self._mono(), within=self._undo_within)
                self._is_over = True
            case "more_time":
                self._stay_for(self._seconds, self._stay.began_at)
            case "next" | taps.CALL_STAFF:
                self._leave()

    def card(self, payload: bytes | str) -> bool:
        """The next card never waits; the same one again changes nothing while they are choosing."""
        again = self._here.of_card(payload)
        if self._came is None and again is not None and again.code.fingerprint == self._household.code.fingerprint:
            return True
        self._leave()
        return False

    def tick(self, mono: float) -> None:
        if not self._is_over and mono >= self._ends_at:
            self._leave()

    def _toggle(self, member_id: str) -> None:
        someone = next((one for one in self._household.people if one.member_id == member_id), None)
        if someone is None or not _may_come(someone.decision):
            return
        if member_id in self._chosen:
            del self._chosen[member_id]
        else:
            self._chosen[member_id] = None
        self._stay_for(CHOOSING)

    def _go(self) -> None:
        """Ask whoever has several sessions; then all come in at once."""
        undecided = {member_id for member_id, session_id in self._chosen.items() if session_id is None}
        to_ask = (one for one in self._household.people if one.member_id in undecided)
        self._asked = next((one for one in to_ask if isinstance(one.decision, Choose)), None)
        if self._asked is None:
            self._came = self._here.check_in(self._household, self._chosen, self._mono())
        self._stay_for(UNDO_WITHIN if self._came is not None else CHOOSING)

    def _leave(self) -> None:
        self._is_over = True
        if self._came is None:
            self._here.leave(self._household)

    @property
    def _undo_within(self) -> float:
        return UNDO_WITHIN * self._opening.stand().modes.patience

    def _undo(self, came: CameTogether) -> Stay | None:
        """For as long as it can be taken back; more time for reading is no more time for that."""
        if not came.welcomed or self._mono() - came.at_mono > self._undo_within:
            return None
        return stay(self._stay.began_at, self._undo_within)

    def _stay_for(self, seconds: float, began_at: datetime | None = None) -> None:
        """From now on; `began_at`: of a face that is there already."""
        self._seconds = seconds
        lasts = seconds * self._opening.stand().modes.patience
        self._ends_at = self._mono() + lasts
        from_now = stay(self._desk.time().at, lasts)
        self._stay = replace(from_now, began_at=began_at or from_now.began_at)

    def _stand(self) -> Stand:
        stand, theirs = self._opening.stand(), self._household.language
        return replace(stand, language=theirs) if theirs in self._languages else stand

    def _people(self, people: tuple[Someone, ...]) -> tuple[Person, ...]:
        places = {one.member_id: place for place, one in enumerate(self._household.people, start=1)}
        return tuple(
            replace(
                _as_person(one.decision),
                member_id=one.member_id,
                first_name=one.first_name,
                place=places[one.member_id],
                is_chosen=one.member_id in self._chosen,
            )
            for one in people
        )


def faces_has(choose: Choose, session_id: str) -> bool:
    """Whether it is one of those that were shown."""
    return any(session.id == session_id for session in choose.sessions)


def _may_come(decision: Decision) -> bool:
    return isinstance(decision, Choose) or (isinstance(decision, Admitted) and decision.again_since is None)


def _as_person(decision: Decision) -> Person:
    """What everybody may read of it."""
    match decision:
        case Admitted(again_since=None) as admitted:
            return Person(member_id="", place=0, first_name="", coming=Coming.MAY_COME, session=admitted.session)
        case Admitted() as admitted:
            since, session = admitted.again_since, admitted.session
            return Person(member_id="", place=0, first_name="", coming=Coming.IS_IN, session=session, since_at=since)
        case Choose():
            return Person(member_id="", place=0, first_name="", coming=Coming.MAY_COME, has_several=True)
        case Refused(reason=reason, session=session):
            public: RefusalReason | None = None if reason in PRIVATE_REASONS else reason
            return Person(member_id="", place=0, first_name="", coming=Coming.MAY_NOT, session=session, reason=public)
