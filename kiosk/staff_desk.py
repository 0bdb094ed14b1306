"""Staff at the kiosk: signed in by card and PIN (or by a PIN alone, with the server), they see today and act on it.

Every act is an attempt of kind STAFF in this kiosk's journal and works without a network. Names do not: the disk holds
them sealed to their cards, so without the server people are their member numbers, and whoever shows a card has its
name. Names that the server gives stay in memory until whoever is signed in leaves.
"""

from collections.abc import Callable, Sequence
from datetime import datetime

from core import acts, cards
from core.cards import CardCode, NotACard
from core.pins import PinRefused
from core.refusals import RefusalReason
from kiosk.desk import Desk
from kiosk.names import unsealed
from kiosk.staff_acts import StaffActs
from kiosk.staff_looking import Member, kept_out, person_session, roster_session, sessions_of_today
from kiosk.staff_names import Names
from kiosk.staff_server import StaffServer
from kiosk.staff_signing import SignedIn, Signing
from kiosk.staff_values import (
    ActResult,
    Found,
    ManyResult,
    NoNetwork,
    Roster,
    SearchResult,
    StaffPerson,
    StaffSession,
)
from kiosk.store.people import KnownMember

SIGNED_OUT = ActResult(is_done=False, key="staff.signed_out")


class StaffDesk:
    """One a kiosk. `mono` gives monotonic seconds; `random_bits` as `secrets.randbits`. Every verb may block.

    Verbs raise what a failing disk raises; then nothing has changed.
    """

    def __init__(
        self, desk: Desk, server: StaffServer, *, mono: Callable[[], float], random_bits: Callable[[int], int]
    ) -> None:  # fmt: skip
        self._desk = desk
        self._mono = mono
        self._signing = Signing(desk, server, mono)
        self._names = Names(desk, server, self._signing, mono)
        self._acts = StaffActs(desk, self._names, random_bits)

    @property
    def session(self) -> StaffSession | None:
        """Who is signed in. Nobody is once a minute has passed without a touch."""
        signed_in = self._signing.signed_in
        return signed_in.session if signed_in else None

    def sign_in(self, card_text: str | bytes, pin: str) -> StaffSession | PinRefused:
        """With card and PIN, also where nobody can be asked; the try is counted on the disk first."""
        self._names.forget()
        return self._signing.with_card(card_text, pin)

    def sign_in_online(self, pin: str) -> StaffSession | PinRefused | NoNetwork:
        """With a PIN alone: the server counts the try for this kiosk, then finds whose it is."""
        self._names.forget()
        return self._signing.with_pin(pin)

    def sign_out(self) -> None:
        """Everything that proves somebody, and every name, is forgotten."""
        self._signing.sign_out()
        self._names.forget()

    def touch(self, mono: float) -> None:
        """Somebody tapped, or showed a card."""
        self._signing.touch(mono)

    def tick(self, mono: float) -> bool:
        """True: a minute passed without a touch, and they are signed out just now."""
        is_over = self._signing.is_over(mono)
        if is_over:
            self.sign_out()
        return is_over

    def seconds_left(self, mono: float) -> float:
        """Until they are signed out by themselves."""
        return self._signing.seconds_left(mono)

    def roster(self) -> Roster:
        """Today here, as this kiosk knows it, in the order of the day."""
        replica, time = self._desk.store.replica, self._desk.time()
        venue, policy = replica.venue, replica.policy
        if self.session is not None:
            self._names.today()
        today = sessions_of_today(replica.sessions, venue.zone, time.at)
        ids = self._desk.store.people.in_sessions([session.id for session in today]) if self.session else ()
        members = [self._named(one) for one in self._desk.store.people.known(ids, time.at, is_clock_sure=time.is_sure)]
        return Roster(
            at=time.at,
            zone=venue.zone,
            has_names=self._names.has_today,
            sessions=tuple(roster_session(session, members, policy, time.at) for session in today),
        )

    def search(self, text: str) -> SearchResult:
        """By name or number with the server; without it by the whole number alone. Nobody signed in finds nobody."""
        text = text.strip()
        if self.session is None or not text:
            return SearchResult(text=text, people=(), is_whole=self.session is not None)
        named = self._names.found_by(text)
        if named is not None:
            known = {one.member_id for one in self._known([person.member_id for person in named])}
            people = tuple(
                Found(member_id=one.member_id, number=one.number, name=one.name, is_known_here=one.member_id in known)
                for one in named
            )
            return SearchResult(text=text, people=people, is_whole=True)
        member_id = self._desk.store.people.with_number(text)
        people = (
            Found(member_id=member_id, number=text, name=self._names.of(member_id), is_known_here=True),
        ) if member_id else ()  # fmt: skip
        return SearchResult(text=text, people=people, is_whole=False)

    def person(self, member_id: str) -> StaffPerson | None:
        """One member, with today's sessions here and what may be done. None: not on this kiosk's list."""
        known = next(iter(self._known([member_id])), None)
        if known is None or self.session is None:
            return None
        replica, at = self._desk.store.replica, self._desk.time().at
        today = sessions_of_today(replica.sessions, replica.venue.zone, at)
        return StaffPerson(
            member_id=member_id,
            number=known.number,
            name=self._names.of(member_id),
            is_active=known.facts.is_member_active,
            sessions=tuple(person_session(session, known.facts, replica.policy, at) for session in today),
            suspensions=tuple(one for one in known.facts.suspensions if one.covers(at)),
            refused=kept_out(known.facts, replica.policy, at),
        )

    def person_of_card(self, card_text: str | bytes) -> StaffPerson | None:
        """The member whose card is shown, with the name that it opens. None: no card of ours, or not on the list."""
        code = cards.read(card_text)
        if isinstance(code, NotACard) or self.session is None:
            return None
        member_id = self._desk.store.people.of_card(code.fingerprint)
        if member_id is None:
            return None
        time = self._desk.time()
        sealed = self._desk.store.replica.known_of(code.fingerprint, time.at, is_clock_sure=time.is_sure).sealed
        person = unsealed(sealed, code)
        self._names.keep(member_id, "", person.first_name if person else "")
        return self.person(member_id)

    def check_in(self, member_id: str, session_id: str, because: str = "") -> ActResult:
        """Let them in to that session, if the rules for staff allow it. The server is asked, if it is there."""
        act = acts.CheckIn(member_id=member_id, session_id=session_id, because=because)
        return self._by(lambda by: self._acts.check_in(by, act))

    def check_in_many(self, member_ids: Sequence[str], session_id: str, because: str = "") -> ManyResult:
        """Each as `check_in`, one after the other: what one meets is theirs alone."""
        many = acts.CheckInMany(member_ids=tuple(member_ids), session_id=session_id, because=because)
        each = {one.member_id: self.check_in(one.member_id, one.session_id, one.because) for one in many.each()}
        count = sum(result.is_done for result in each.values())
        return ManyResult(key="staff.done.many", count=count, of=len(each), each=each)

    def undo(self, member_id: str, visit_key: str, because: str) -> ActResult:
        """Take a visit back, within ten minutes of the check-in. A punch that paid for it returns."""
        act = acts.Undo(member_id=member_id, visit_key=visit_key, because=because)
        return self._by(lambda by: self._acts.undo(by, act))

    def override(
        self, member_id: str, reason: RefusalReason, session_id: str | None, ends_at: datetime, because: str
    ) -> ActResult:
        """This reason does not count for them until `ends_at`: here at once, elsewhere after the next sync."""
        act = acts.Override(
            member_id=member_id, reason=reason, session_id=session_id, ends_at=ends_at, because=because
        )  # fmt: skip
        return self._by(lambda by: self._acts.override(by, act))

    def mark_no_show(self, member_id: str, reservation_id: str, because: str) -> ActResult:
        """Nobody came on this place. Whoever comes after all takes it back."""
        act = acts.MarkNoShow(member_id=member_id, reservation_id=reservation_id, because=because)
        return self._by(lambda by: self._acts.mark_no_show(by, act))

    def lift_suspension(self, member_id: str, suspension_id: str, because: str) -> ActResult:
        """It ends now."""
        act = acts.LiftSuspension(member_id=member_id, suspension_id=suspension_id, because=because)
        return self._by(lambda by: self._acts.lift_suspension(by, act))

    def hand_out_card(self, member_id: str, code: CardCode, ends_at: datetime, because: str) -> ActResult:
        """A temporary card with this fresh code is theirs until `ends_at`, within seven days."""
        return self._by(lambda by: self._acts.hand_out_card(by, member_id, code, ends_at, because))

    def out_of_order(self, because: str) -> ActResult:
        """This kiosk serves nobody until staff put it back, also after a power cycle."""
        return self._by(lambda by: self._acts.set_order(by, acts.OutOfOrder(because=because)))

    def back_in_order(self, because: str = "") -> ActResult:
        """It serves again."""
        return self._by(lambda by: self._acts.set_order(by, acts.BackInOrder(because=because)))

    @property
    def is_out_of_order(self) -> bool:
        return self._desk.store.people.why_out_of_order is not None

    def _by(self, act: Callable[[SignedIn], ActResult]) -> ActResult:
        """Whoever acts is there, before and after: acting can take longer than they would be waited for."""
        self.touch(self._mono())
        by = self._signing.signed_in
        if by is None:
            self.sign_out()
            return SIGNED_OUT
        try:
            return act(by)
        finally:
            self._signing.stay(self._mono())

    def _known(self, member_ids: Sequence[str]) -> tuple[KnownMember, ...]:
        time = self._desk.time()
        return self._desk.store.people.known(member_ids, time.at, is_clock_sure=time.is_sure)

    def _named(self, known: KnownMember) -> Member:
        name = self._names.of(known.member_id)
        return Member(member_id=known.member_id, number=known.number, name=name, facts=known.facts)
