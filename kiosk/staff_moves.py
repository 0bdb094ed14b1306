"""What a tap of signed-in staff does: where they go next, and which act is done, once it has its reason.

It refuses a tap that does not fit where they are: then nothing happens.
"""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta

from core import clocktime, messages
from core.acts import LONGEST_OVERRIDE, LONGEST_REASON, ActWord, is_reason
from core.cards import CardCode
from kiosk.faces_staff import Ending, Said
from kiosk.staff_desk import StaffDesk
from kiosk.staff_steps import (
    AtCard,
    AtFound,
    AtKiosk,
    AtMember,
    AtRoster,
    AtTyping,
    AtUntil,
    AtWhy,
    Pending,
    Step,
    said_of,
    session_shown,
)
from kiosk.staff_values import QUICK_REASONS, ActResult, ManyResult, PersonSession, StaffPerson

Steps = tuple[Step, ...]
After = tuple[Steps, Said | None]
LONGEST_SEARCH = 40
NOT_KNOWN_HERE = Said(key="staff.not.not_known_here")
ON_THE_WAY = AtWhy | AtTyping | AtUntil
"""Steps between a tap and its act."""


class Moves:
    """`language` is the one reasons are written in; `new_card` makes a code; `prints` what became of it."""

    def __init__(
        self, staff: StaffDesk, at: Callable[[], datetime], *, language: Callable[[], str], zone: Callable[[], str],
        new_card: Callable[[], CardCode], prints: Callable[[str, str, datetime], Said] | None,
    ) -> None:  # fmt: skip
        self._staff = staff
        self._at = at
        self._language = language
        self._zone = zone
        self._new_card = new_card
        self._prints = prints

    def after(self, steps: Steps, what: str, value: str) -> After:
        """Where they are then, and what is said there."""
        before, step = steps[:-1], steps[-1]
        match what, step:
            case "staff.back", _:
                return before or (AtRoster(),), None
            case "staff.search", _:
                return (*steps, AtTyping()), None
            case "staff.kiosk", AtRoster():
                return (*steps, AtKiosk()), None
            case "staff.from", AtRoster() | AtFound() | AtMember() if value.isascii() and value.isdigit():
                return (*before, replace(step, first=int(value))), None
            case "staff.person", _:
                return self._opened(steps, value)
            case (("staff.session" | "staff.mark" | "staff.pick"), AtRoster()):
                return (*before, _marking(step, what, value)), None
            case (("staff.key" | "staff.delete" | "staff.clear"), AtTyping()):
                return (*before, replace(step, text=_typed(step.text, what, value, step.pending))), None
            case "staff.typed", AtTyping(text=text, pending=None) if text.strip():
                return (*before, AtFound(result=self._staff.search(text))), None
            case "staff.typed", AtTyping(text=text, pending=Pending() as pending) if is_reason(text):
                return self._done(steps, pending, text.strip())
            case "staff.why", AtWhy(pending=pending) if value in QUICK_REASONS[pending.word]:
                return self._done(steps, pending, messages.say(self._language(), value))
            case "staff.other", AtWhy(pending=pending):
                return (*before, AtTyping(pending=pending)), None
            case "staff.until", AtUntil(endings=endings, chosen=chosen):
                found = [each for each in endings if each.key == value]
                return ((*steps, AtWhy(pending=chosen(found[0]))) if found else steps), None
            case "staff.print", AtCard(text=text, name=name, until_at=until_at) if self._prints is not None:
                return steps, self._prints(text, name, until_at)
        return self._begun(steps, what, value)

    def opened_by_card(self, steps: Steps, payload: str | bytes) -> Steps | None:
        """Where staff look for somebody, a card opens its member. None: it does not here."""
        if not isinstance(steps[-1], AtTyping | AtFound) or (
            isinstance(steps[-1], AtTyping) and steps[-1].pending is not None
        ):
            return None
        person = self._staff.person_of_card(payload)
        return (*steps[:-1], AtMember(member_id=person.member_id)) if person else None

    def _opened(self, steps: Steps, member_id: str) -> After:
        if self._staff.person(member_id) is None:
            return steps, NOT_KNOWN_HERE
        return (*steps, AtMember(member_id=member_id)), None

    def _begun(self, steps: Steps, what: str, value: str) -> After:
        """An act was tapped: it wants an end, a reason, or nothing more."""
        member_id, _, other_id = value.partition(" ")
        match what, steps[-1]:
            case "staff.many", AtRoster(marked=frozenset() as marked) if marked:
                return self._many(steps, steps[-1])
            case "staff.out_of_order", AtKiosk():
                return _asking(steps, Pending(word=ActWord.OUT_OF_ORDER, does=self._staff.out_of_order))
            case "staff.in_order", AtKiosk() | AtRoster():
                return steps, said_of(self._staff.back_in_order())
            case (
                ("staff.check_in" | "staff.undo" | "staff.no_show" | "staff.override" | "staff.lift" | "staff.card"),
                (AtRoster() | AtMember()),
            ):
                person = self._staff.person(member_id)
                if person is None:
                    return steps, NOT_KNOWN_HERE
                return self._about(steps, what, person, other_id)
        return steps, None

    def _about(self, steps: Steps, what: str, person: StaffPerson, other_id: str) -> After:
        staff, who = self._staff, person.name or person.number
        if what == "staff.card":
            return (*steps, self._card_until(person, who)), None
        if what == "staff.lift":
            if all(each.id != other_id for each in person.suspensions):
                return steps, None
            return _asking(steps, Pending(
                word=ActWord.LIFT_SUSPENSION, name=who,
                does=lambda because: staff.lift_suspension(person.member_id, other_id, because),
            ))  # fmt: skip
        at = next((each for each in person.sessions if each.session.id == other_id), None)
        if at is None:
            return steps, None
        if what == "staff.override":
            until = self._override_until(person, who, at)
            return ((*steps, until) if until else steps), None
        pending = self._pending(what, person, who, at)
        return _asking(steps, pending) if pending else (steps, None)

    def _pending(self, what: str, person: StaffPerson, who: str, at: PersonSession) -> Pending | None:
        staff, member_id, title = self._staff, person.member_id, at.session.title
        match what, at:
            case "staff.check_in", _:
                return Pending(
                    word=ActWord.CHECK_IN, name=who, title=title,
                    does=lambda because: staff.check_in(member_id, at.session.id, because),
                )  # fmt: skip
            case "staff.undo", PersonSession(visit_key=str() as visit_key):
                return Pending(
                    word=ActWord.UNDO, name=who, title=title,
                    does=lambda because: staff.undo(member_id, visit_key, because),
                )  # fmt: skip
            case "staff.no_show", PersonSession(reservation_id=str() as reservation_id):
                return Pending(
                    word=ActWord.NO_SHOW, name=who, title=title,
                    does=lambda because: staff.mark_no_show(member_id, reservation_id, because),
                )  # fmt: skip
        return None

    def _many(self, steps: Steps, step: AtRoster) -> After:
        """Those who are marked, in the order of the list, into the session that is shown."""
        roster = self._staff.roster()
        shown = session_shown(step.session_id, tuple((each.session, each.is_on) for each in roster.sessions))
        now = next((each for each in roster.sessions if each.session.id == shown), None)
        if now is None or step.marked is None:
            return steps, None
        ids = [row.member_id for row in now.people if row.member_id in step.marked]
        return _asking(steps, Pending(
            word=ActWord.CHECK_IN, title=now.session.title, count=len(ids),
            does=lambda because: self._staff.check_in_many(ids, shown, because),
        ))  # fmt: skip

    def _override_until(self, person: StaffPerson, who: str, here: PersonSession) -> AtUntil | None:
        reason = here.liftable
        if reason is None:
            return None
        at, session = self._at(), here.session

        def chosen(ending: Ending) -> Pending:
            session_id = session.id if ending.is_one_session else None
            return Pending(
                word=ActWord.OVERRIDE, name=who, title=session.title,
                does=lambda because: self._staff.override(person.member_id, reason, session_id, ending.at, because),
            )  # fmt: skip

        once = Ending(key="staff.face.until.session", at=session.ends_at, is_one_session=True)
        endings = (*((once,) if at < session.ends_at else ()), *self._ends("today", "week"))
        return AtUntil(word=ActWord.OVERRIDE, name=who, endings=endings, chosen=chosen, reason=reason)

    def _card_until(self, person: StaffPerson, who: str) -> AtUntil:
        def chosen(ending: Ending) -> Pending:
            code = self._new_card()
            return Pending(
                word=ActWord.HAND_OUT_CARD, name=who,
                does=lambda because: self._staff.hand_out_card(person.member_id, code, ending.at, because),
                shows=AtCard(member_id=person.member_id, name=who, text=code.text, until_at=ending.at),
            )  # fmt: skip

        return AtUntil(
            word=ActWord.HAND_OUT_CARD, name=who, endings=self._ends("today", "days", "week"), chosen=chosen
        )  # fmt: skip

    def _ends(self, *names: str) -> tuple[Ending, ...]:
        at = self._at()
        zone = clocktime.zone_named(self._zone())
        ends = {
            "today": clocktime.day_span(clocktime.local_day(at, zone), zone)[1],
            "days": at + timedelta(days=3),
            "week": at + LONGEST_OVERRIDE,
        }
        return tuple(Ending(key=f"staff.face.until.{name}", at=ends[name]) for name in names)

    def _done(self, steps: Steps, pending: Pending, because: str) -> After:
        """The act; afterwards they are where they tapped it."""
        result = pending.does(because)
        while isinstance(steps[-1], ON_THE_WAY):
            steps = steps[:-1]
        if isinstance(result, ManyResult) and isinstance(steps[-1], AtRoster):
            left = frozenset(member_id for member_id, each in result.each.items() if not each.is_done)
            steps = (*steps[:-1], replace(steps[-1], marked=left or None))
        if pending.shows is not None and isinstance(result, ActResult) and result.is_done:
            steps = (*steps, pending.shows)
        return steps, said_of(result)


def _asking(steps: Steps, pending: Pending) -> After:
    return (*steps, AtWhy(pending=pending)), None


def _marking(step: AtRoster, what: str, value: str) -> AtRoster:
    marked = step.marked
    match what:
        case "staff.session":
            return AtRoster(session_id=value, marked=None if marked is None else frozenset())
        case "staff.mark":
            return replace(step, marked=frozenset() if marked is None else None)
    return step if marked is None else replace(step, marked=marked ^ {value})


def _typed(text: str, what: str, value: str, pending: Pending | None) -> str:
    longest = LONGEST_SEARCH if pending is None else LONGEST_REASON
    match what:
        case "staff.delete":
            return text[:-1]
        case "staff.clear":
            return ""
    sign = value if not text or text.endswith(" ") else value.lower()
    return text + sign if len(value) == 1 and value.isprintable() and len(text) < longest else text
