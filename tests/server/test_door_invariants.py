"""Random evenings: two kiosks, on and off line, staff, undos, a night that comes early. The books always agree."""

import random
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

import pytest
from peewee import Database, fn

from core.cards import CardCode
from core.decisions import Admitted
from core.model import ReservationStatus
from core.protocol import Attempt, AttemptState, Effect
from server.services.door import ledger
from server.services.door.at_the_desk import AtTheDesk, check_in, undo
from server.services.door.facts import lock_member
from server.services.door.history import ALLOWED, move
from server.services.door.places import taken_in
from server.store.database import reading, writing
from server.store.tables import (
    AttemptRow,
    PunchRow,
    QuarantineRow,
    ReservationHistoryRow,
    ReservationRow,
    SupportRow,
    VisitRow,
)
from tests.server.door_stories import StoryKiosk, kiosk_of, undoing, welcomed
from tests.server.studio import HOUSE, SIX_PM, Studio, open_studio

S = ReservationStatus
CAPACITY = 6


@dataclass(kw_only=True)
class Person:
    id: str
    card: CardCode
    pass_: str
    is_punched: bool
    reservation: str | None = None


@dataclass(kw_only=True)
class Evening:
    studio: Studio
    dice: random.Random
    session: str
    people: list[Person]
    kiosks: list[StoryKiosk]
    outbox: dict[str, list[Attempt]] = field(default_factory=dict)
    at: datetime = SIX_PM - timedelta(minutes=60)

    def step(self) -> None:
        self.at += timedelta(seconds=self.dice.randint(1, 40))
        kiosk, person = self.dice.choice(self.kiosks), self.dice.choice(self.people)
        acts = (self.ask, self.ask, self.alone, self.alone, self.tell, self.retell, self.undo, self.staff, self.night)
        self.dice.choice(acts)(kiosk, person)

    def ask(self, kiosk: StoryKiosk, person: Person) -> None:
        """Sometimes the answer does not arrive, and the kiosk lets the person in on its own word, or not at all."""
        attempt = kiosk.show(person.card, self.at)
        mine = self.outbox.setdefault(kiosk.known.id, [])
        answer = kiosk.ask(attempt, self.at, *[a for a in mine if a.card == person.card.fingerprint])
        if self.dice.random() < 0.3:
            mine.append(self._as_shown(attempt, person))
        elif isinstance(answer.decision, Admitted):
            shown = welcomed(attempt, person.id, answer.decision.session.id, reservation=answer.decision.reservation_id)
            visit = answer.decision.visit_key
            mine.append(replace(shown, visit_key=visit, pass_id=answer.decision.pass_id, state=AttemptState.SERVER))
        else:
            mine.append(replace(attempt, state=AttemptState.UNKNOWN))

    def alone(self, kiosk: StoryKiosk, person: Person) -> None:
        attempt = kiosk.show(person.card, self.at)
        self.outbox.setdefault(kiosk.known.id, []).append(self._as_shown(attempt, person))

    def _as_shown(self, attempt: Attempt, person: Person) -> Attempt:
        knows_of_it = person.reservation if self.dice.random() < 0.7 else None
        return welcomed(attempt, person.id, self.session, reservation=knows_of_it, pass_=person.pass_)

    def tell(self, kiosk: StoryKiosk, person: Person) -> None:
        mine = self.outbox.setdefault(kiosk.known.id, [])
        told, have_upto = kiosk.tell(self.at, *mine)
        assert all(one.effect is not Effect.QUARANTINED for one in told), told
        assert have_upto == kiosk.seq
        mine.clear()

    def retell(self, kiosk: StoryKiosk, person: Person) -> None:
        """The reply was lost: told once, and kept to be told again."""
        kiosk.tell(self.at, *self.outbox.setdefault(kiosk.known.id, []))

    def undo(self, kiosk: StoryKiosk, person: Person) -> None:
        mine = self.outbox.setdefault(kiosk.known.id, [])
        own = [attempt for attempt in mine if attempt.card == person.card.fingerprint and attempt.visit_key]
        if own:
            mine.append(undoing(kiosk, person.card, own[-1], self.at))

    def staff(self, kiosk: StoryKiosk, person: Person) -> None:
        with reading():
            visit = VisitRow.select().where(VisitRow.member == person.id, VisitRow.is_live).first()
        if visit:
            undo(self.studio.organization, visit.id, self.studio.staff, "random", self.at)
        else:
            wish = AtTheDesk(
                venue_id=self.studio.venue, member_id=person.id, session_id=self.session, staff_id=self.studio.staff
            )
            check_in(self.studio.organization, wish, self.at)

    def night(self, kiosk: StoryKiosk, person: Person) -> None:
        """A place is given up, or found empty."""
        if person.reservation is None:
            return
        with writing():
            lock_member(self.studio.organization, person.id)
            row = ReservationRow.get_by_id(person.reservation)
            if row.status == S.PENDING.value:
                row.has_hold = False
                move(row, self.dice.choice((S.CANCELLED, S.NO_SHOW)), self.at, HOUSE)


def an_evening(seed: int) -> Evening:
    studio, dice = open_studio(), random.Random(seed)
    session = studio.session(capacity=CAPACITY)
    people = []
    for number in range(8):
        member = studio.member(f"Member{number}")
        is_punched = number % 4 != 3
        pass_ = studio.punch_pass(member, 1 + number % 2) if is_punched else studio.unlimited(member)
        reservation = studio.reservation(member, session, pass_) if number < 4 else None
        card = studio.card(member)
        people.append(Person(id=member, card=card, pass_=pass_, is_punched=is_punched, reservation=reservation))
    kiosks = [kiosk_of(studio, "Front"), kiosk_of(studio, "Back")]
    return Evening(studio=studio, dice=dice, session=session, people=people, kiosks=kiosks)


def the_books_agree(evening: Evening) -> None:
    with reading():
        for visit in VisitRow.select():
            paid, _ = ledger.paid_for(visit.id)
            person = next(one for one in evening.people if one.id == visit.member_id)
            assert (
                visit.is_live
                == SupportRow.select().where(SupportRow.visit_key == visit.id, SupportRow.says_welcome).exists()
            ), "a visit is live while somebody says welcome"
            assert paid == (-1 if visit.is_live and person.is_punched else 0), f"I2 {visit.id}"
            if visit.is_live and visit.reservation_id:
                status = ReservationRow.get_by_id(visit.reservation_id).status
                assert status in (S.CHECKED_IN.value, S.ATTENDED.value), f"I9 {status}"
        for person in evening.people:
            visits = list(VisitRow.select().where(VisitRow.member == person.id, VisitRow.is_live))
            assert len(visits) <= 1, "one person, one session, one visit"
            waiting = ReservationRow.select().where(
                ReservationRow.member == person.id, ReservationRow.status == S.PENDING.value
            )
            assert not (visits and waiting.exists()), "nobody is waited for who is in"
            available = ledger.balance(person.pass_).available
            excused = any(v.is_offline_walk_in or v.is_stale or v.method == "STAFF" for v in visits)
            assert available >= 0 or not person.is_punched or excused, f"I3 {available}"
        over = VisitRow.select().where(VisitRow.is_live, VisitRow.is_over_capacity).count()
        assert taken_in([evening.session])[evening.session] <= CAPACITY + over, "I10"
        total = PunchRow.select(fn.SUM(PunchRow.delta)).scalar()
        assert total == sum(ledger.balance(one.pass_).left for one in evening.people), "I8"
        history_gives_the_status()


def history_gives_the_status() -> None:
    for reservation in ReservationRow.select():
        status = None
        steps = ReservationHistoryRow.select().where(ReservationHistoryRow.reservation == reservation.id)
        for number, step in enumerate(steps.order_by(ReservationHistoryRow.step), start=1):
            before, after = S(step.from_status) if step.from_status else None, S(step.to_status)
            assert (step.step, before) == (number, status), "I6"
            assert after in ALLOWED[before]
            assert step.cause
            status = after
        assert S(reservation.status) is status


@pytest.mark.parametrize("seed", range(6))
def test_the_books_agree_after_every_step(sqlite_database: Database, seed: int) -> None:
    evening = an_evening(seed)
    for _ in range(45):
        evening.step()
        the_books_agree(evening)
    for kiosk in evening.kiosks:
        evening.tell(kiosk, evening.people[0])
    the_books_agree(evening)
    with reading():
        assert QuarantineRow.select().count() == 0
        assert AttemptRow.select().where(AttemptRow.outcome.is_null()).count() == 0


def test_the_books_agree_when_everything_happens_at_once(database: Database) -> None:
    evening = an_evening(99)
    evening.at = SIX_PM
    for _ in range(6):
        for kiosk in evening.kiosks:
            for person in evening.people:
                evening.alone(kiosk, person)
    batches = [(kiosk, kiosk.seq, evening.outbox[kiosk.known.id]) for kiosk in evening.kiosks] * 2
    asks = [(kiosk, kiosk.show(person.card, SIX_PM)) for kiosk in evening.kiosks for person in evening.people]
    with ThreadPoolExecutor(8) as pool:
        told = [pool.submit(kiosk.tell, SIX_PM, *batch) for kiosk, _, batch in batches]
        asked = [pool.submit(kiosk.ask, attempt, SIX_PM) for kiosk, attempt in asks]
        staffed = [pool.submit(evening.staff, evening.kiosks[0], person) for person in evening.people]
        for future in (*told, *asked, *staffed):
            future.result()
    the_books_agree(evening)
    with reading():
        assert QuarantineRow.select().count() == 0
