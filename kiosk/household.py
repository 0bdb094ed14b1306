"""Several people on one card: who they are, and their check-in together, asked one by one and written down as one.

It refuses to show anything before all of it is on the disk, and to let one refusal stand in another's way.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import partial

from core.checkin import decide
from core.decisions import Admitted, Choose, Decision
from core.facts import Facts
from core.household import Coming, after, in_fair_order
from core.model import CardState
from core.protocol import Attempt, AttemptKind, AttemptState, Outcome
from core.refusals import RefusalReason
from kiosk.desk import UNDO_WITHIN, Desk, Shown
from kiosk.names import led_by, unsealed
from kiosk.outcomes import as_aborted, as_undo_of, with_outcome
from kiosk.showing import CardShown, code_shown, judged


@dataclass(frozen=True, kw_only=True, slots=True)
class Someone:
    """One of those on the card. `decision` is what the door would say now, by what this kiosk knows."""

    member_id: str
    first_name: str
    decision: Decision


@dataclass(frozen=True, kw_only=True, slots=True)
class Household:
    """Whom a card brings in, its holder first; `language` is theirs."""

    code: CardShown
    people: tuple[Someone, ...]
    language: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class CameTogether:
    """What each was shown, in the order of the household; `at_mono` is when."""

    code: CardShown
    people: tuple[Someone, ...]
    welcomed: tuple[Attempt, ...]
    at_mono: float


class HouseholdDesk:
    """One a kiosk. Raises only what a failing disk raises; then nobody is in."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def of_card(self, text: str | bytes) -> Household | None:
        """Whom this card brings in. None: it is no good card, or its holder comes alone."""
        time = self._desk.time()
        code = code_shown(text, self._desk.store.replica, time)
        if isinstance(code, RefusalReason):
            return None
        known = self._desk.store.replica.known_of(code.fingerprint, time.at, is_clock_sure=time.is_sure)
        led = led_by(known.sealed, code)
        facts = judged(known.facts, code)
        if not led or facts.card is not CardState.ACTIVE or facts.member_id is None:
            return None
        holder = unsealed(known.sealed, code)
        names = {facts.member_id: holder.first_name if holder else "", **{one.member_id: one.first_name for one in led}}
        policy = self._desk.store.replica.policy
        people = tuple(
            Someone(
                member_id=one.member_id, first_name=names[one.member_id], decision=decide(one.facts, policy, time.at)
            )
            for one in self._coming(code, tuple(names), {})
        )
        return Household(code=code, people=people, language=holder.language if holder else "")

    def check_in(self, household: Household, chosen: Mapping[str, str | None], now_mono: float) -> CameTogether:
        """All of `chosen` (member ids, each with the session they tapped if they were asked), in one commit."""
        with self._desk.alone:
            policy, holder = self._desk.store.replica.policy, household.people[0].member_id
            people = in_fair_order(self._coming(household.code, tuple(chosen), chosen), policy, self._desk.time().at)
            begun = self._desk.begin_each(
                AttemptKind.SELF,
                household.code,
                [_drafting(one.member_id, holder, chosen[one.member_id]) for one in people],
            )
            waiting, said = list(people), {}
            ended: list[tuple[Attempt, Admitted | None]] = []
            for attempt in begun:
                one = waiting.pop(0)
                answer = self._desk.staff_ask(attempt)
                if answer is not None and _is_about(answer.decision, one.member_id):
                    decision, state = answer.decision, AttemptState.SERVER
                else:
                    decision, state = decide(one.facts, policy, self._desk.time().at), AttemptState.LOCAL
                waiting = [replace(other, facts=after(other.facts, decision)) for other in waiting]
                said[one.member_id] = decision
                ended.append(_ended(attempt, decision, state, one.member_id))
            written = self._desk.end_each(ended)
            self._open_the_door(written, said)
        return CameTogether(
            code=household.code,
            people=tuple(
                replace(one, decision=said[one.member_id]) for one in household.people if one.member_id in said
            ),
            welcomed=tuple(attempt for attempt in written if _is_new(attempt, said[attempt.member_id or ""])),
            at_mono=now_mono,
        )

    def undo(self, came: CameTogether, now_mono: float, *, within: float = UNDO_WITHIN) -> bool:
        """Take back all of it, in one commit. False: too late, or there is nothing to take back."""
        if not came.welcomed or now_mono - came.at_mono > within:
            return False
        with self._desk.alone:
            undoing = [partial(as_undo_of, one) for one in came.welcomed]
            begun = self._desk.begin_each(AttemptKind.UNDO, came.code, undoing)
            self._desk.end_each([(as_aborted(one, RefusalReason.UNDONE_BY_MEMBER), None) for one in begun])
        return True

    def leave(self, household: Household) -> None:
        """The card was shown, and nobody was checked in on it."""
        with self._desk.alone:
            begun = self._desk.begin_each(AttemptKind.SELF, household.code, [lambda draft: draft])
            self._desk.end_each([(as_aborted(one, RefusalReason.CHOICE_NOT_MADE), None) for one in begun])

    def _coming(
        self, code: CardShown, member_ids: tuple[str, ...], chosen: Mapping[str, str | None]
    ) -> tuple[Coming, ...]:
        """Each with facts of this moment, and the card of whoever leads them."""
        time, replica = self._desk.time(), self._desk.store.replica
        card = judged(replica.known_of(code.fingerprint, time.at, is_clock_sure=time.is_sure).facts, code)
        known = self._desk.store.people.known(member_ids, time.at, is_clock_sure=time.is_sure)
        facts = {one.member_id: replace(one.facts, card=card.card) for one in known}
        nobody = Facts(venue_id=card.venue_id, zone=card.zone, card=CardState.UNKNOWN, knowledge=card.knowledge)
        return tuple(
            Coming(member_id=id_, facts=replace(facts.get(id_, nobody), chosen_session_id=chosen.get(id_)))
            for id_ in member_ids
        )

    def _open_the_door(self, written: tuple[Attempt, ...], said: Mapping[str, Decision]) -> None:
        """Once, for the first who is in; nobody is: as for the first who is not."""
        first = next((one for one in written if one.outcome is Outcome.WELCOME), written[0])
        self._desk.on_answer(
            Shown(
                attempt_id=first.attempt_id,
                number=first.seq % 100,
                decision=said[first.member_id or ""] if first.member_id in said else next(iter(said.values())),
                person=None,
                decided_by=first.state,
                time=self._desk.time(),
            )
        )


def _drafting(member_id: str, holder: str, chosen: str | None) -> Callable[[Attempt], Attempt]:
    led = None if member_id == holder else member_id
    return lambda draft: replace(draft, led_member_id=led, chosen_session_id=chosen)


def _ended(
    attempt: Attempt, decision: Decision, state: AttemptState, member_id: str
) -> tuple[Attempt, Admitted | None]:
    """Whoever would have to choose was not asked for it in time, and is not in."""
    if isinstance(decision, Choose):
        aborted = as_aborted(attempt, RefusalReason.CHOICE_NOT_MADE)
        return replace(aborted, state=state, member_id=member_id), None
    admitted = decision if isinstance(decision, Admitted) else None
    return with_outcome(attempt, decision, state, member_id), admitted


def _is_about(decision: Decision, member_id: str) -> bool:
    """A server that is older than this kiosk knows nobody but the card's holder."""
    return not isinstance(decision, Admitted) or decision.member_id == member_id


def _is_new(attempt: Attempt, decision: Decision) -> bool:
    return isinstance(decision, Admitted) and decision.again_since is None and attempt.outcome is Outcome.WELCOME
