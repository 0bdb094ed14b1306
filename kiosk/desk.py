"""A card in, a decision out, with or without the network; afterwards the server is told.

It refuses to show what is not yet written down, and to know a rule: `core.checkin.decide` decides, here or there.
"""

import logging
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, replace
from threading import Event, RLock

from core import cards
from core.checkin import decide
from core.decisions import Admitted, Choose, Decision, Refused
from core.finding import FoundMember
from core.pins import PinRefused, StaffProof
from core.protocol import Actor, Answer, Attempt, AttemptKind, AttemptState, Person
from core.refusals import RefusalReason
from kiosk.asking import Link, asked
from kiosk.desk_health import DeskHealth, health_of
from kiosk.drafting import Drafts
from kiosk.names import unsealed
from kiosk.outcomes import as_aborted, as_undo_of, with_outcome
from kiosk.server_client import ServerClient
from kiosk.showing import CardShown, code_shown, judged
from kiosk.staff import prove_staff
from kiosk.store.store import KioskStore
from kiosk.telling import SyncReport, Telling
from kiosk.timekeeping import Moment, Timekeeper, TimeReading

log = logging.getLogger(__name__)

UNDO_WITHIN = 15.0
"""Seconds in which the member may say "not me". Staff have longer."""
SYNC_EVERY = 10.0
SYNC_SOON = 1.0
"""Seconds to the next sync, and after something happened."""
NOT_CONFIRMED = "device.not_confirmed"
"""What the server says until staff compared the signs on both screens."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Shown:
    """What the person in front of the kiosk is to be shown, written down already.

    `number` is short and only tells staff which attempt a person stands there with.
    """

    attempt_id: str
    number: int
    decision: Decision
    person: Person | None
    decided_by: AttemptState
    time: TimeReading


@dataclass(frozen=True, kw_only=True, slots=True)
class _Open:
    """The person at the desk: an attempt that has no outcome yet, or may still be undone."""

    attempt: Attempt
    code: CardShown | None
    shown_at: float


class Desk:
    """One kiosk's desk. Cards are served one at a time; `sync` may run beside them in another thread.

    `now` reads both clocks; `boot` names this start of the kiosk; `random_bits` as `secrets.randbits`.
    """

    def __init__(
        self, store: KioskStore, client: ServerClient, *, now: Callable[[], Moment], boot: str,
        random_bits: Callable[[int], int],
    ) -> None:  # fmt: skip
        self.store = store
        self._client = client
        self._now = now
        self._timekeeper = Timekeeper(store.journal.latest_at())
        self._link = Link(store, self._timekeeper)
        self._drafts = Drafts(store, self._link, self._timekeeper, boot=boot, random_bits=random_bits)
        self.telling = Telling(store, client, self._link, self._timekeeper, boot=boot, now=now)
        self.on_answer: Callable[[Shown], None] = lambda shown: None
        """Hears every answer once it is on the disk: the door and the lamp. It returns at once."""
        self.number = 0
        """Tells staff which attempt whoever is before the kiosk stands there with; 0: nobody was there yet."""
        self._choosing: _Open | None = None
        self._undoable: _Open | None = None
        self._last: _Open | None = None
        """Who was let in last. Their card code is in memory only, until the next card."""
        self._one_at_a_time = RLock()
        self._something_happened = Event()

    def show_card(self, text: str | bytes) -> Shown:
        """What was read, answered. It is on the disk when this returns; raises only if the disk fails."""
        with self._one_at_a_time:
            self._forget_whoever_was_here()
            code = code_shown(text, self.store.replica, self.time())
            if isinstance(code, RefusalReason):
                return self._not_a_card(code)
            moment = self._now()
            attempt = self._drafts.begun(self._drafts.draft(moment, AttemptKind.SELF, code), moment)
            return self._answered(attempt, code)

    def choose(self, attempt_id: str, session_id: str) -> Shown | None:
        """The session that was tapped, for a card that was answered with a choice; None if that is over."""
        with self._one_at_a_time:
            choosing = self._choosing
            if choosing is None or choosing.attempt.attempt_id != attempt_id:
                return None
            self._choosing = None
            attempt = replace(choosing.attempt, chosen_session_id=session_id)
            self.store.journal.write_choice(attempt)
            return self._answered(attempt, choosing.code)

    def choose_instead(self, attempt_id: str, session_id: str) -> Shown | None:
        """Another session than the one the member was just let in to; None if that is over.

        A check-in made a moment ago is undone first; one made earlier stays, and this is one more.
        """
        with self._one_at_a_time:
            shown = self._last
            if shown is None or shown.attempt.attempt_id != attempt_id:
                return None
            self.undo(attempt_id)
            moment = self._now()
            draft = replace(self._drafts.draft(moment, AttemptKind.SELF, shown.code), chosen_session_id=session_id)
            return self._answered(self._drafts.begun(draft, moment), shown.code)

    def leave(self) -> None:
        """Whoever was to choose has gone, or waited too long. Without anybody there it does nothing."""
        with self._one_at_a_time:
            if self._choosing is None:
                return
            aborted = as_aborted(self._choosing.attempt, RefusalReason.CHOICE_NOT_MADE)
            self.store.journal.write_outcome(aborted)
            self._choosing = None
            self._something_happened.set()

    def undo(self, attempt_id: str, *, within: float = UNDO_WITHIN) -> bool:
        """The member says: not me. True when it is written down; False when too late, or when nothing is to be undone.

        `within`: seconds since it was shown; more than `UNDO_WITHIN` for those who asked for more time.
        """
        with self._one_at_a_time:
            undone, moment = self._undoable, self._now()
            if undone is None or undone.attempt.attempt_id != attempt_id:
                return False
            if moment.mono - undone.shown_at > within:
                return False
            self._undoable = None
            draft = as_undo_of(undone.attempt, self._drafts.draft(moment, AttemptKind.UNDO, undone.code))
            written = self._drafts.begun(draft, moment)
            self.store.journal.write_outcome(as_aborted(written, RefusalReason.UNDONE_BY_MEMBER))
            self._something_happened.set()
            return True

    def prove_staff(self, card_text: str | bytes, pin: str) -> StaffProof | PinRefused:
        """A member of staff by their card and PIN, without asking anybody; the try is counted on the disk first."""
        return prove_staff(self.store.pins, card_text, pin, self.time().at)

    def show_found(self, found: FoundMember) -> Shown:
        """Somebody without a card, whom the server found by number: asked, or refused; never decided here alone."""
        with self._one_at_a_time:
            self._forget_whoever_was_here()
            moment = self._now()
            draft = self._drafts.draft(moment, AttemptKind.SELF, None)
            proof = cards.proof(bytes.fromhex(found.secret), draft.attempt_id)
            actor = Actor(proved_by="find", grant=found.ticket, proof=proof)
            return self._answered(self._drafts.begun(replace(draft, actor=actor), moment), None)

    def begin_each(
        self, kind: AttemptKind, code: CardShown | None, made: Sequence[Callable[[Attempt], Attempt]]
    ) -> tuple[Attempt, ...]:  # fmt: skip
        """What several people on one card do, all written down as begun in one commit. Call it `alone`, as below."""
        self._forget_whoever_was_here()
        moment = self._now()
        drafts = [one(self._drafts.draft(moment, kind, code)) for one in made]
        begun = self.store.journal.write_intents(drafts, self.time().at)
        self.number = _number_of(begun[0])
        return begun

    def end_each(self, ended: Sequence[tuple[Attempt, Admitted | None]]) -> tuple[Attempt, ...]:
        """What became of them, written down in one commit; the server is told soon."""
        self._something_happened.set()
        return self.store.journal.write_outcomes(ended)

    def staff_begin(self, made: Callable[[Attempt], Attempt], code: CardShown | None = None) -> Attempt:
        """What staff do, written down as begun; `made` fills the draft in. Call it, and what follows, `alone`.

        `code`: of a card that is in the hands of whoever acts, and that the act is about.
        """
        self._forget_whoever_was_here()
        moment = self._now()
        return self._drafts.begun(made(self._drafts.draft(moment, AttemptKind.STAFF, code)), moment)

    def staff_end(self, attempt: Attempt, admitted: Admitted | None = None) -> Attempt:
        """What became of it, written down; the server is told soon."""
        self._something_happened.set()
        return self.store.journal.write_outcome(attempt, admitted)

    def staff_ask(self, attempt: Attempt) -> Answer | None:
        """The server's answer, or None as for a card."""
        return asked(self._link, self._client, attempt, self.store, self._now)

    @property
    def alone(self) -> AbstractContextManager[bool]:
        """Held while one thing happens at this desk: no card is answered meanwhile."""
        return self._one_at_a_time

    @property
    def may_ask(self) -> bool:
        """Whether the server is worth a question just now."""
        return self.is_paired and self._link.breaker.may_ask(self._now().mono)

    def sync(self) -> SyncReport:
        """Tell the server all it does not know, and fetch what is new."""
        self._something_happened.clear()
        self._close_what_failed()
        return self.telling.sync()

    def run_sync(self, stopping: Event, until: Callable[[], bool] = lambda: False) -> None:
        """Sync again and again until `stopping`, or `until`: soon after something happened, else every ten seconds."""
        last_why = ""
        while not stopping.is_set() and not until():
            try:
                report = self.sync()
                if report.why != last_why:
                    log.info("Not in touch with the server: %s" if report.why else "In touch again%s", report.why)
                last_why = report.why
            except Exception:
                log.exception("Syncing stumbled and goes on")
            pause = SYNC_SOON if self._link.rejected_as == NOT_CONFIRMED else SYNC_EVERY
            if self._something_happened.wait(pause) and not stopping.is_set():
                stopping.wait(SYNC_SOON)

    def paired(self) -> None:
        """It has a new identity: what the server said of an older one is over."""
        self._link.rejected_as = ""
        self.wake()

    def wake(self) -> None:
        """Sync soon; also lets `run_sync` see that it should stop."""
        self._something_happened.set()

    @property
    def is_paired(self) -> bool:
        """Whether the server knows this kiosk."""
        return self.store.identity is not None

    @property
    def is_online(self) -> bool:
        """Whether the server answered when it was last spoken to."""
        return self._link.is_online

    def health(self) -> DeskHealth:
        """How things stand at this moment."""
        return health_of(self.store, self._link, self.time())

    def time(self) -> TimeReading:
        """The best time there is."""
        return self._timekeeper.reading(self._now())

    def _forget_whoever_was_here(self) -> None:
        self.leave()
        self._undoable = self._last = None

    def _close_what_failed(self) -> None:
        """An attempt whose outcome could not be written (a full disk) is not left open until the next card."""
        with self._one_at_a_time:
            if self._choosing is None:
                self.store.journal.close_open_intents()

    def _not_a_card(self, reason: RefusalReason) -> Shown:
        """Written down without a trace of what it said."""
        moment = self._now()
        attempt = self._drafts.begun(self._drafts.draft(moment, AttemptKind.NOTE, None), moment)
        decision = Refused(reason=reason)
        written = self.store.journal.write_outcome(with_outcome(attempt, decision, AttemptState.LOCAL, None))
        return self._shown(written, decision, None)

    def _answered(self, attempt: Attempt, code: CardShown | None) -> Shown:
        """Ask; decide here if there was no answer and a card is there; write down what will be shown."""
        answer = asked(self._link, self._client, attempt, self.store, self._now)
        time = self.time()
        known = self.store.replica.known_of(
            attempt.card, time.at, chosen=attempt.chosen_session_id, is_clock_sure=time.is_sure
        )
        if answer is not None:
            decision, person, state = answer.decision, answer.person, AttemptState.SERVER
        elif code is None:
            decision, person, state = Refused(reason=RefusalReason.FINDING_NEEDS_SERVER), None, AttemptState.LOCAL
        else:
            facts = judged(known.facts, code)
            decision, person, state = decide(facts, self.store.replica.policy, time.at), None, AttemptState.LOCAL
        if code is not None:
            person = person or unsealed(known.sealed, code)
        elif isinstance(decision, Admitted):
            decision = replace(decision, also=())  # A ticket is for one attempt.
        if isinstance(decision, Choose):
            self._choosing = _Open(attempt=attempt, code=code, shown_at=self._now().mono)
            return self._shown(replace(attempt, state=state), decision, person)
        admitted = decision if isinstance(decision, Admitted) else None
        concluded = with_outcome(attempt, decision, state, known.facts.member_id)
        written = self.store.journal.write_outcome(concluded, admitted)
        self._something_happened.set()
        if admitted is not None:
            self._last = _Open(attempt=written, code=code, shown_at=self._now().mono)
            self._undoable = self._last if admitted.again_since is None else None
        return self._shown(written, decision, person)

    def _shown(self, attempt: Attempt, decision: Decision, person: Person | None) -> Shown:
        self.number = _number_of(attempt)
        shown = Shown(
            attempt_id=attempt.attempt_id,
            number=self.number,
            decision=decision,
            person=person,
            decided_by=attempt.state,
            time=self.time(),
        )
        self.on_answer(shown)
        return shown


def _number_of(attempt: Attempt) -> int:
    """Short enough to be called across a room."""
    return attempt.seq % 100
