"""Whatever people, staff and machines do: the server's books are those of a model of thirty lines.

Hypothesis looks for a sequence in which they differ, and shortens it.
"""

import tempfile
from collections import defaultdict
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from core.decisions import Admitted, Choose
from core.model import PassType
from kiosk.desk import Shown
from server.services.door import at_the_desk, ledger
from server.services.door.at_the_desk import AtTheDesk
from server.store.database import reading
from server.store.ids import drawn_from
from server.store.tables import PassRow, PunchRow, ReservationRow, VisitRow
from tests.simulation.kiosk import SimulatedKiosk
from tests.simulation.network import Net
from tests.simulation.plan import Plan, Weights
from tests.simulation.running import Laboratory, quietly
from tests.simulation.world import World

GUESTS = (0, 1, 2, 4, 8, 9, 10)
"""Of the town's people: with and without a place at six, with ten punches, two, one, and a pass without any."""
CALM = Plan(0, Weights({Net.FINE: 1}, 0, 0, 0), (), True)
AN_HOUR_BEFORE = 75 * 60.0

kiosks = st.sampled_from([0, 1])
guests = st.sampled_from(GUESTS)

pytestmark = pytest.mark.timeout(600)
"""Seconds: forty sequences, on a machine that has other tests to run."""


@dataclass
class Books:
    """What must be so, from what screens said and when the server heard of it."""

    supports: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    outbox: dict[str, list[tuple[str, str, str, str]]] = field(default_factory=lambda: defaultdict(list))
    """By kiosk: (welcome or undo, whose card, attempt, visit)."""

    def welcomed(self, attempt: str, visit: str) -> None:
        self.supports[visit].add(attempt)

    def hear(self, kiosk: str, card: str | None = None) -> None:
        """The server is told what a kiosk holds; all of it, or what happened with one card."""
        kept = []
        for word, whose, attempt, visit in self.outbox[kiosk]:
            if card not in (None, whose):
                kept.append((word, whose, attempt, visit))
            elif word == "welcome":
                self.welcomed(attempt, visit)
            else:
                self.supports[visit].discard(attempt)
        self.outbox[kiosk] = kept

    def live(self) -> set[str]:
        return {visit for visit, attempts in self.supports.items() if attempts}


class Evening(RuleBasedStateMachine):
    """Two kiosks at one door, an hour before class; either may be cut off, lose its power, or be plugged in again."""

    laboratory: Laboratory | None = None

    def __init__(self) -> None:
        super().__init__()
        if Evening.laboratory is None:
            Evening.laboratory = Laboratory()
        self._folder = tempfile.TemporaryDirectory()
        self._meanwhile = ExitStack()
        self._meanwhile.enter_context(drawn_from(Random(1).getrandbits))
        self._meanwhile.enter_context(quietly())
        self.world: World = self.laboratory.world(CALM, Path(self._folder.name))  # type: ignore[union-attr]
        self.world.pass_time(AN_HOUR_BEFORE)
        self.books = Books()
        self.last: dict[str, tuple[str, str, str]] = {}

    def teardown(self) -> None:
        self.world.heal()
        for kiosk in self.world.kiosks:
            self.books.hear(kiosk.name)
        self._they_agree()
        self.world.close()
        self._meanwhile.close()
        self._folder.cleanup()

    @rule(at=kiosks, who=guests, pause=st.integers(1, 40), choice=st.integers(0, 1))
    def show(self, at: int, who: int, pause: int, choice: int) -> None:
        self.world.pass_time(pause)
        kiosk, person = self.world.kiosks[at], self.world.town.people[who]
        if kiosk.is_down:
            return
        shown = kiosk.desk.show_card(person.card.text)
        if isinstance(shown.decision, Choose):
            sessions = shown.decision.sessions
            shown = kiosk.desk.choose(shown.attempt_id, sessions[choice % len(sessions)].id)  # type: ignore[assignment]
        self._note(kiosk, person.id, shown)

    @rule(at=kiosks)
    def not_me(self, at: int) -> None:
        kiosk = self.world.kiosks[at]
        if kiosk.is_down or kiosk.name not in self.last:
            return
        attempt, visit, card = self.last.pop(kiosk.name)
        if kiosk.desk.undo(attempt):
            self.books.outbox[kiosk.name].append(("undo", card, attempt, visit))

    @rule(at=kiosks)
    def sync(self, at: int) -> None:
        kiosk = self.world.kiosks[at]
        if not kiosk.is_down and not kiosk.desk.sync().why:
            self.books.hear(kiosk.name)

    @rule(at=kiosks)
    def cut_off(self, at: int) -> None:
        self.world.kiosks[at].is_cut_off = True

    @rule()
    def plug_in(self) -> None:
        for kiosk in self.world.kiosks:
            kiosk.is_cut_off = False
            if kiosk.is_down:
                kiosk.boot_now()

    @rule(at=kiosks)
    def lose_power(self, at: int) -> None:
        kiosk = self.world.kiosks[at]
        self.last.pop(kiosk.name, None)
        if not kiosk.is_down:
            kiosk.lose_power()

    @rule()
    def server_falls(self) -> None:
        self.world.server.fall()

    @rule(who=guests)
    def staff_let_in(self, who: int) -> None:
        kiln, person = self.world.town.kiln, self.world.town.people[who]
        wish = AtTheDesk(
            venue_id=kiln.venue, member_id=person.id, session_id=self.world.town.sessions[0], staff_id=kiln.staff
        )
        decision = at_the_desk.check_in(kiln.organization, wish, self.world.at)
        if isinstance(decision, Admitted):
            self.books.welcomed(f"staff {len(self.world.lines)} {self.world.at}", decision.visit_key)

    @precondition(lambda self: self.books.live())
    @rule(which=st.integers(0, 20))
    def staff_undo(self, which: int) -> None:
        live = sorted(self.books.live())
        visit = live[which % len(live)]
        kiln = self.world.town.kiln
        at_the_desk.undo(kiln.organization, visit, kiln.staff, "a mistake", self.world.at)
        self.books.supports[visit].clear()

    @invariant()
    def the_books_agree(self) -> None:
        self._they_agree()

    def _note(self, kiosk: SimulatedKiosk, card: str, shown: Shown) -> None:
        self.last.pop(kiosk.name, None)
        if shown.decided_by.value == "SERVER":
            self.books.hear(kiosk.name, card)
        if not isinstance(shown.decision, Admitted):
            return
        visit = shown.decision.visit_key
        if shown.decided_by.value == "SERVER":
            self.books.welcomed(shown.attempt_id, visit)
        else:
            self.books.outbox[kiosk.name].append(("welcome", card, shown.attempt_id, visit))
        if shown.decision.again_since is None:
            self.last[kiosk.name] = (shown.attempt_id, visit, card)

    def _they_agree(self) -> None:
        expected = self.books.live()
        with reading():
            live = {row.id: row for row in VisitRow.select().where(VisitRow.is_live)}
            assert set(live) == expected
            for who in GUESTS:
                for pass_ in self.world.town.people[who].passes:
                    if PassRow.get_by_id(pass_).type != PassType.PUNCH_PASS.value:
                        continue
                    granted = PunchRow.get(PunchRow.pass_ == pass_, PunchRow.kind == "GRANT").delta
                    used = sum(1 for row in live.values() if row.pass_id == pass_)
                    assert ledger.balance(pass_).left == granted - used
            for row in ReservationRow.select():
                is_here = f"R:{row.id}" in expected
                assert (row.status == "CHECKED_IN") is is_here, row.status


EveningOfTwoKiosks = Evening.TestCase
EveningOfTwoKiosks.settings = settings(
    max_examples=40,
    stateful_step_count=22,
    deadline=None,
    derandomize=True,
    suppress_health_check=list(HealthCheck),
)
