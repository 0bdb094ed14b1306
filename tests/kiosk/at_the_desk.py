"""A studio evening for the kiosk's tests: Ana with her card, two clocks in hand, and an honest fake server."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random

from core import cards
from core.checkin import decide
from core.facts import Facts
from core.model import CardState, Pass, PassType, Reservation, ReservationStatus, Session
from core.policy import Policy
from core.protocol import (
    Answer,
    Ask,
    Attempt,
    Effect,
    Heard,
    MemberRecord,
    Person,
    ReplicaPart,
    SealedCard,
    Tell,
    Told,
)
from kiosk.desk import Desk
from kiosk.server_client import ServerUnreachable
from kiosk.store.database import Database, open_database
from kiosk.store.identity import Identity
from kiosk.store.store import KioskStore
from kiosk.timekeeping import Moment

SIX_PM = datetime(2026, 11, 21, 18, 0, tzinfo=UTC)
ANAS_CARD = cards.new_code(Random("Ana").getrandbits)
STRANGERS_CARD = cards.new_code(Random("nobody").getrandbits)
WHEEL = Session(
    id="wheel", venue_id="kiln", zone="Europe/Berlin", class_type_id="pottery", title="Wheel throwing",
    starts_at=SIX_PM + timedelta(minutes=30), ends_at=SIX_PM + timedelta(hours=2), capacity=8,
)  # fmt: skip
GLAZING = replace(WHEEL, id="glazing", title="Glazing")
EIGHT_LEFT = Pass(
    id="ten-punches", type=PassType.PUNCH_PASS, title="Ten evenings", valid_from=SIX_PM - timedelta(days=30),
    punches_included=10, punches_left=8,
)  # fmt: skip
ANA = Facts(venue_id="kiln", zone="Europe/Berlin", card=CardState.ACTIVE, member_id="ana", passes=(EIGHT_LEFT,))
ANA_RESERVED = replace(
    ANA,
    passes=(replace(EIGHT_LEFT, punches_held=1),),
    reservations=(
        Reservation(
            id="place", session_id="wheel", pass_id="ten-punches", status=ReservationStatus.PENDING, has_hold=True
        ),
    ),
)


def member_list(
    facts: Facts = ANA, *, version: int = 1, sessions: tuple[Session, ...] | None = (WHEEL,), sealed: str = ""
) -> ReplicaPart:
    """A whole list with Ana in it."""
    card = SealedCard(card=ANAS_CARD.fingerprint, member_id="ana", state="ACTIVE", sealed=sealed)
    ana = MemberRecord(member_id="ana", version=version, facts=facts, cards=(card,))
    return ReplicaPart(
        version=version, is_complete=True, members=(ana,), sessions=sessions, policy=Policy(), venue_id="kiln",
        venue_name="The Kiln", organization_name="Kiln & Co.", zone="Europe/Berlin", kiosks_at_venue=2,
    )  # fmt: skip


@dataclass
class Clocks:
    """Both clocks of a machine; the test moves them."""

    at: datetime = SIX_PM
    mono: float = 1000.0

    def now(self) -> Moment:
        return Moment(self.at, self.mono)

    def pass_by(self, seconds: float) -> None:
        self.at += timedelta(seconds=seconds)
        self.mono += seconds


@dataclass
class FakeServer:
    """Decides by the same rules on what it knows, keeps what it is told, and is sometimes away."""

    clocks: Clocks
    facts: Facts = ANA
    sessions: tuple[Session, ...] = (WHEEL,)
    is_up: bool = True
    asked: list[Ask] = field(default_factory=list)
    tells: list[Tell] = field(default_factory=list)
    stored: dict[str, Attempt] = field(default_factory=dict)
    parts: list[ReplicaPart] = field(default_factory=list)
    news: ReplicaPart | None = None
    """Given with the reply to each tell."""
    given: list[int] = field(default_factory=list)
    refuses_batch: Callable[[Tell], int | None] = field(default=lambda tell: None)

    def ask(self, ask: Ask) -> Answer:
        self.asked.append(ask)
        self._be_there()
        facts = replace(
            self.facts, sessions=self.sessions, chosen_session_id=ask.attempt.chosen_session_id,
            card=CardState.ACTIVE if ask.attempt.card == ANAS_CARD.fingerprint else CardState.UNKNOWN,
        )  # fmt: skip
        decision = decide(facts, Policy(), self.clocks.at)
        ana = Person(first_name="Ana", language="de") if facts.card is CardState.ACTIVE else None
        return Answer(attempt_id=ask.attempt.attempt_id, decision=decision, person=ana, server_at=self.clocks.at)

    def tell(self, tell: Tell) -> Heard:
        self.tells.append(tell)
        self._be_there()
        if status := self.refuses_batch(tell):
            raise ServerUnreachable("Too much.", status)
        told = []
        for attempt in tell.attempts:
            effect = Effect.DUPLICATE if attempt.attempt_id in self.stored else Effect.APPLIED
            self.stored.setdefault(attempt.attempt_id, attempt)
            told.append(Told(attempt_id=attempt.attempt_id, effect=effect))
        upto = self.have_upto(tell.hello.epoch)
        return Heard(told=tuple(told), have_upto=upto, server_at=self.clocks.at, replica=self.news)

    def replica(self, since: int, mark: str) -> ReplicaPart:
        self._be_there()
        self.given.append(since)
        return self.parts.pop(0) if self.parts else member_list(self.facts, sessions=self.sessions)

    def have_upto(self, epoch: str) -> int:
        seqs, upto = {a.seq for a in self.stored.values() if a.epoch == epoch}, 0
        while upto + 1 in seqs:
            upto += 1
        return upto

    def _be_there(self) -> None:
        if not self.is_up:
            raise ServerUnreachable("Nobody is there.")


@dataclass
class Kiosk:
    """One kiosk: a folder, its store and its desk."""

    folder: Path
    clocks: Clocks
    server: FakeServer
    store: KioskStore
    desk: Desk


def a_kiosk(
    folder: Path, *, facts: Facts | None = ANA, sessions: tuple[Session, ...] = (WHEEL,), is_online: bool = True,
    sealed: str = "", clocks: Clocks | None = None,
) -> Kiosk:  # fmt: skip
    """A paired kiosk with a fresh member list; `facts=None`: it has none yet."""
    clocks = clocks or Clocks()
    server = FakeServer(clocks, facts=facts or ANA, sessions=sessions, is_up=is_online)
    kiosk = reopened(folder, clocks, server)
    kiosk.store.remember(Identity(device_id="door-1", token="let me in"))
    if facts is not None:
        kiosk.store.replica.apply(member_list(facts, sessions=sessions, sealed=sealed), clocks.at)
    return kiosk


def reopened(
    folder: Path, clocks: Clocks, server: FakeServer, *, boot: str = "boot-1", seed: int = 7,
    open_file: Callable[[Path], Database] = open_database,
) -> Kiosk:  # fmt: skip
    """The kiosk that a new process makes of a folder."""
    random = Random(f"{boot} {seed} {clocks.mono}")
    store = KioskStore(folder, at=clocks.at, random_bits=random.getrandbits, open_file=open_file)
    desk = Desk(store, server, now=clocks.now, boot=boot, random_bits=random.getrandbits)
    return Kiosk(folder, clocks, server, store, desk)
