"""However members come, undo and come again: counting this kiosk's walk-ins in one go gives what each visit says."""

from collections import Counter
from dataclasses import replace
from pathlib import Path
from random import Random

import pytest

from core.protocol import Attempt, AttemptKind, AttemptState, Outcome
from core.refusals import RefusalReason as R
from kiosk.store import visits_here
from kiosk.store.files import FILE
from kiosk.store.looking import looked_at
from tests.kiosk.at_the_desk import SIX_PM, Kiosk, a_kiosk

MEMBERS, SESSIONS = ("ana", "bob", "cem"), ("wheel", "glazing")


def live_through(kiosk: Kiosk, random: Random) -> None:
    """Welcomes with and without a reservation, refusals, undoes; some of it in the replica already."""
    journal = kiosk.store.journal
    draft = Attempt(attempt_id="", device_id="door-1", epoch="", seq=0, t_mono=1, boot="b", t_wall=2)
    for number in range(40):
        member, session = random.choice(MEMBERS), random.choice(SESSIONS)
        is_walk_in = random.random() < 0.7
        subject = replace(
            draft, attempt_id=f"a{number}", member_id=member, session_id=session, is_walk_in=is_walk_in,
            visit_key=f"W:{member}:{session}",
        )  # fmt: skip
        what = random.choice(["welcome", "welcome", "undo", "refused"])
        written = journal.write_intent(
            replace(subject, kind=AttemptKind.UNDO) if what == "undo" else subject, SIX_PM
        )  # fmt: skip
        ended = {
            "welcome": replace(written, outcome=Outcome.WELCOME),
            "undo": replace(written, outcome=Outcome.ABORTED, reason=R.UNDONE_BY_MEMBER),
            "refused": replace(written, outcome=Outcome.REFUSED, reason=R.NO_PASS),
        }[what]
        state = random.choice([AttemptState.LOCAL, AttemptState.SERVER])
        journal.write_outcome(replace(ended, state=state))
        if random.random() < 0.1:
            journal.mark_reflected(journal.settled_mark())


@pytest.mark.parametrize("seed", range(25))
def test_counting_all_at_once_gives_what_each_visit_says(tmp_path: Path, seed: int) -> None:
    kiosk = a_kiosk(tmp_path, is_online=False)
    live_through(kiosk, Random(seed))
    with looked_at(tmp_path / FILE) as connection:
        counted = Counter(visits_here.own_walk_ins(connection))
        said = Counter(
            visit.session_id
            for member in MEMBERS
            for visit in visits_here.own_visits(connection, member)
            if visit.is_live and visit.is_walk_in
        )
    assert counted == said


def test_the_stories_told_above_do_have_walk_ins(tmp_path: Path) -> None:
    total = 0
    for seed in range(5):
        kiosk = a_kiosk(tmp_path / str(seed), is_online=False)
        live_through(kiosk, Random(seed))
        with looked_at(tmp_path / str(seed) / FILE) as connection:
            total += len(visits_here.own_walk_ins(connection))
    assert total >= 10
