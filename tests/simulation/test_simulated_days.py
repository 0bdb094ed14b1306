"""Three hundred days lived in virtual time: every promise is kept, and everything that can go wrong went wrong.

`make simulate SEEDS=10000` lives more of them; `python -m tests.simulation --replay SEED --shrink` tells one of them.
"""

import os
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.simulation.counters import never_happened
from tests.simulation.mutants import ROOT, apply
from tests.simulation.mutations import MUTANTS
from tests.simulation.plan import plan_of
from tests.simulation.running import Laboratory, Outcome, live_all, shrunk

SEEDS = 300


@pytest.fixture(scope="module")
def days() -> list[Outcome]:
    """On one core among other workers: what they test waits for a person, and must not be starved."""
    cores = 1 if "PYTEST_XDIST_WORKER" in os.environ else os.cpu_count() or 1
    return [outcome for outcomes in live_all(range(SEEDS), cores) for outcome in outcomes]


@pytest.fixture(scope="module")
def laboratory() -> Iterator[Laboratory]:
    made = Laboratory()
    yield made
    made.close()


@pytest.mark.timeout(3000)
def test_every_promise_is_kept_on_every_day(days: list[Outcome]) -> None:
    broken = [f"seed {day.seed}: {day.trouble} {day.where}" for day in days if day.trouble]
    assert len(days) == SEEDS
    assert not broken, "\n".join(broken)


@pytest.mark.timeout(3000)
def test_everything_that_can_go_wrong_went_wrong(days: list[Outcome]) -> None:
    seen: Counter[str] = Counter()
    for day in days:
        seen += day.seen
    assert never_happened(seen, len(days)) == []


@pytest.mark.parametrize("seed", [3, 11])
def test_one_seed_is_one_history_in_whichever_process(laboratory: Laboratory, seed: int) -> None:
    here = laboratory.live(plan_of(seed)).digest
    program = (
        "from tests.simulation.running import *; from tests.simulation.plan import plan_of\n"
        f"laboratory = Laboratory(); print(laboratory.live(plan_of({seed})).digest); laboratory.close()"
    )
    environment = {**os.environ, "PYTHONHASHSEED": "4711", "PYTHONPATH": str(ROOT)}
    there = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, env=environment, capture_output=True, text=True, check=True
    )
    assert here and there.stdout.split() == [here]
    assert laboratory.live(plan_of(seed + 1)).digest != here


def test_a_failing_day_is_shrunk_to_what_it_takes(laboratory: Laboratory) -> None:
    """With a promise nobody can keep: that no kiosk is ever cut off."""
    plan = next(plan for seed in range(100) if _cuts_off(plan := plan_of(seed)))

    class Strict(Laboratory):
        def live(self, plan, tells=None):  # type: ignore[no-untyped-def]
            lived = laboratory.live(plan, tells)
            trouble = "X1 cut off" if lived.seen["act: cut off"] else ""
            return Outcome(lived.seed, trouble, lived.digest, lived.seen)

    short = shrunk(Strict.__new__(Strict), plan, "X1")
    assert [operation.kind for operation in short.operations] == ["cut off"]


def _cuts_off(plan: object) -> bool:
    return any(operation.kind == "cut off" for operation in plan.operations)  # type: ignore[attr-defined]


@pytest.mark.parametrize("mutant", MUTANTS, ids=lambda mutant: mutant.name)
def test_every_mutant_still_fits_the_product(mutant, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    """That each is caught costs minutes: `make mutants`. That each can be made is seen here."""
    for change in mutant.changes:
        copy = tmp_path / change.file
        if not copy.exists():
            copy.parent.mkdir(parents=True, exist_ok=True)
            copy.write_text((ROOT / change.file).read_text("utf-8"), "utf-8")
        apply(change, tmp_path)
        compile(copy.read_text("utf-8"), change.file, "exec")
