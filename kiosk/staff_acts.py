"""What signed-in staff do at the kiosk: each is written down as begun, carried out, and written down as done.

It refuses to act without a reason, for somebody who may not, or on what this kiosk does not know.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime

from core import acts
from core.acts import Act
from core.cards import CardCode
from core.checkin import decide
from core.decisions import Admitted, Choose, Refused
from core.model import PassType
from core.protocol import Attempt, AttemptState, Outcome, Person
from core.refusals import RefusalReason
from core.temporary_cards import LONGEST_TEMPORARY
from kiosk.desk import Desk
from kiosk.names import sealed_to
from kiosk.outcomes import with_outcome
from kiosk.staff_looking import as_staff
from kiosk.staff_names import Names
from kiosk.staff_signing import SignedIn
from kiosk.staff_values import ActResult
from kiosk.store.people import KnownMember


@dataclass(frozen=True, kw_only=True, slots=True)
class Subject:
    """What the kiosk believes an act to be about, besides the member."""

    chosen_session_id: str | None = None
    session_id: str | None = None
    reservation_id: str | None = None
    pass_id: str | None = None
    visit_key: str | None = None


NOTHING_MORE = Subject()


class StaffActs:
    """One a kiosk. Raises only what a failing disk raises; then nothing has changed."""

    def __init__(self, desk: Desk, names: Names, random_bits: Callable[[int], int]) -> None:
        self._desk = desk
        self._names = names
        self._random_bits = random_bits

    def check_in(self, by: SignedIn, act: acts.CheckIn) -> ActResult:
        """The server is asked, if it is there; the rules for staff decide, here or there."""
        with self._desk.alone:
            attempt = self._begun(by, act, Subject(chosen_session_id=act.session_id))
            answer = self._desk.staff_ask(attempt)
            member = self._member(act.member_id)
            time = self._desk.time()
            if answer is not None:
                decision, state = answer.decision, AttemptState.SERVER
                self._names.keep(act.member_id, member.number if member else "", _first_name(answer.person))
            elif member is not None:
                facts = as_staff(member.facts, act.session_id)
                decision, state = decide(facts, self._desk.store.replica.policy, time.at), AttemptState.LOCAL
            else:
                decision, state = Refused(reason=RefusalReason.CARD_NOT_ON_THIS_KIOSK), AttemptState.LOCAL
            if isinstance(decision, Choose):
                aborted = replace(attempt, outcome=Outcome.ABORTED, reason=RefusalReason.CHOICE_NOT_MADE)
                self._desk.staff_end(replace(aborted, state=state))
                return ActResult(is_done=False, key="staff.not.choose", attempt_id=attempt.attempt_id)
            admitted = decision if isinstance(decision, Admitted) else None
            self._desk.staff_end(with_outcome(attempt, decision, state, act.member_id), admitted)
        return self._checked_in(decision, act, member, attempt.attempt_id)

    def undo(self, by: SignedIn, act: acts.Undo) -> ActResult:
        with self._desk.alone:
            member, at = self._member(act.member_id), self._desk.time().at
            visits = member.facts.check_ins if member else ()
            visit = next((one for one in visits if one.visit_key == act.visit_key), None)
            if (why_not := self._not(by, act, member)) is not None:
                return why_not
            if member is None or visit is None:
                return self._no("no_visit", act.member_id, member)
            if not acts.may_undo(visit, at):
                return self._no("undo_too_late", act.member_id, member)
            paid_by = next((one for one in member.facts.passes if one.id == visit.pass_id), None)
            has_punch = paid_by is not None and paid_by.type is PassType.PUNCH_PASS
            about = Subject(
                session_id=visit.session_id,
                reservation_id=visit.reservation_id,
                pass_id=visit.pass_id,
                visit_key=visit.visit_key,
            )
            done = self._done(by, act, about, reason=RefusalReason.UNDONE_BY_STAFF)
            return self._yes("undo_punch" if has_punch else "undo", done, act.member_id, member)

    def override(self, by: SignedIn, act: acts.Override) -> ActResult:
        with self._desk.alone:
            member, at = self._member(act.member_id), self._desk.time().at
            if (why_not := self._not(by, act, member)) is not None:
                return why_not
            if not acts.may_override(act.reason, act.ends_at, at):
                return self._no("no_override", act.member_id, member)
            done = self._done(by, act, Subject(session_id=act.session_id))
            return self._yes("override", done, act.member_id, member, until_at=act.ends_at)

    def mark_no_show(self, by: SignedIn, act: acts.MarkNoShow) -> ActResult:
        with self._desk.alone:
            member, at = self._member(act.member_id), self._desk.time().at
            if (why_not := self._not(by, act, member)) is not None:
                return why_not
            places = member.facts.reservations if member else ()
            place = next((one for one in places if one.id == act.reservation_id), None)
            session = member.facts.session(place.session_id) if member and place else None
            if member is None or place is None or session is None:
                return self._no("no_place", act.member_id, member)
            if not acts.may_mark_no_show(session, place, at):
                is_open = acts.may_mark_no_show(session, place, session.ends_at)
                return self._no("not_begun" if is_open else "no_place", act.member_id, member)
            done = self._done(by, act, Subject(session_id=session.id, reservation_id=place.id, pass_id=place.pass_id))
            return self._yes("no_show", done, act.member_id, member)

    def lift_suspension(self, by: SignedIn, act: acts.LiftSuspension) -> ActResult:
        with self._desk.alone:
            member, at = self._member(act.member_id), self._desk.time().at
            if (why_not := self._not(by, act, member)) is not None:
                return why_not
            suspensions = member.facts.suspensions if member else ()
            if not any(one.id == act.suspension_id and one.covers(at) for one in suspensions):
                return self._no("no_suspension", act.member_id, member)
            return self._yes("lift_suspension", self._done(by, act), act.member_id, member)

    def hand_out_card(
        self, by: SignedIn, member_id: str, code: CardCode, ends_at: datetime, because: str
    ) -> ActResult:  # fmt: skip
        """`code` is a fresh one that nobody has. It opens the door here at once, and elsewhere after the next sync."""
        with self._desk.alone:
            member, at, name = self._member(member_id), self._desk.time().at, self._names.of(member_id)
            act = acts.HandOutCard(
                member_id=member_id,
                card=code.fingerprint,
                proof_key=code.proof_key().hex(),
                ends_at=ends_at,
                because=because,
                sealed=sealed_to(code, Person(first_name=name.split(" ")[0]), self._random_bits) if name else "",
            )
            if (why_not := self._not(by, act, member)) is not None:
                return why_not
            if not at < ends_at <= at + LONGEST_TEMPORARY:
                return self._no("card_end", member_id, member)
            done = self._done(by, act, code=code)
            return self._yes("hand_out_card", done, member_id, member, until_at=ends_at)

    def set_order(self, by: SignedIn, act: acts.OutOfOrder | acts.BackInOrder) -> ActResult:
        with self._desk.alone:
            is_out = isinstance(act, acts.OutOfOrder)
            if is_out and not acts.is_reason(act.because):
                return ActResult(is_done=False, key="staff.not.no_reason")
            done = self._done(by, act)
            key = "staff.done.out_of_order" if is_out else "staff.done.back_in_order"
            return ActResult(is_done=True, key=key, attempt_id=done.attempt_id)

    def _not(self, by: SignedIn, act: Act, member: KnownMember | None) -> ActResult | None:
        """What stands in the way of any act about a member. None: nothing does."""
        member_id = acts.member_of(act) or ""
        if acts.needs_serve(act) and not by.session.may_serve:
            return self._no("may_not", member_id, member)
        if not acts.is_reason(act.because):
            return self._no("no_reason", member_id, member)
        return self._no("not_known_here", member_id, member) if member is None else None

    def _begun(
        self, by: SignedIn, act: Act, subject: Subject = NOTHING_MORE, code: CardCode | None = None
    ) -> Attempt:  # fmt: skip
        because = act.because.strip()
        return self._desk.staff_begin(
            lambda draft: replace(
                draft,
                act=act,
                member_id=acts.member_of(act),
                chosen_session_id=subject.chosen_session_id,
                session_id=subject.session_id,
                reservation_id=subject.reservation_id,
                pass_id=subject.pass_id,
                visit_key=subject.visit_key,
                actor=by.actor(draft.attempt_id, because),
            ),
            code,
        )

    def _done(
        self, by: SignedIn, act: Act, subject: Subject = NOTHING_MORE, *, reason: RefusalReason | None = None,
        code: CardCode | None = None,
    ) -> Attempt:  # fmt: skip
        """Begun and done, each on the disk before the next; what stands between may be a power cut."""
        begun = self._begun(by, act, subject, code)
        return self._desk.staff_end(replace(begun, state=AttemptState.LOCAL, outcome=Outcome.DONE, reason=reason))

    def _member(self, member_id: str) -> KnownMember | None:
        time = self._desk.time()
        return next(iter(self._desk.store.people.known([member_id], time.at, is_clock_sure=time.is_sure)), None)

    def _called(self, member_id: str, member: KnownMember | None) -> str:
        return self._names.of(member_id) or (member.number if member else "") or "…"

    def _no(self, key: str, member_id: str, member: KnownMember | None, **values: object) -> ActResult:
        said = {"name": self._called(member_id, member), **values}
        return ActResult(is_done=False, key=f"staff.not.{key}", values=said)

    def _yes(
        self, key: str, done: Attempt, member_id: str, member: KnownMember | None, **values: object
    ) -> ActResult:  # fmt: skip
        said = {"name": self._called(member_id, member), **values}
        return ActResult(is_done=True, key=f"staff.done.{key}", values=said, attempt_id=done.attempt_id)

    def _checked_in(
        self, decision: Admitted | Refused, act: acts.CheckIn, member: KnownMember | None, attempt_id: str
    ) -> ActResult:  # fmt: skip
        name = self._called(act.member_id, member)
        if isinstance(decision, Refused):
            title = decision.session.title if decision.session else self._title(act.session_id)
            said = {"name": name, "title": title, "reason": decision.reason}
            is_unknown = decision.reason is RefusalReason.CARD_NOT_ON_THIS_KIOSK
            key = "staff.not.not_known_here" if is_unknown else "staff.not.refused"
            return ActResult(is_done=False, key=key, values=said, attempt_id=attempt_id, decision=decision)
        values: dict[str, object] = {"name": name, "title": decision.session.title}
        key = "staff.done.check_in"
        if decision.again_since is not None:
            key = "staff.done.again"
        elif decision.punches_after is not None:
            key, values = "staff.done.check_in_punch", {**values, "punches": decision.punches_after}
        return ActResult(is_done=True, key=key, values=values, attempt_id=attempt_id, decision=decision)

    def _title(self, session_id: str) -> str:
        return next((one.title for one in self._desk.store.replica.sessions if one.id == session_id), "…")


def _first_name(person: Person | None) -> str:
    return person.first_name if person else ""
