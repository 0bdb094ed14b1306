"""The kiosk's disk fills up in the middle of a person: nothing is shown that is not written, and nothing stays open."""

from collections import Counter
from pathlib import Path

import apsw
import pytest

from core.decisions import Admitted, Choose
from core.model import Session
from core.protocol import Outcome
from core.refusals import RefusalReason
from kiosk.store.database import open_database
from tests.kiosk.at_the_desk import ANA, ANAS_CARD, GLAZING, WHEEL, Kiosk, a_kiosk, reopened
from tests.simulation.faults import FragileKioskFile, Points, Trap, Where, kiosk_points


def a_kiosk_with_a_small_disk(folder: Path, *sessions: Session) -> tuple[Kiosk, Points]:
    points = kiosk_points(Counter())
    kiosk = a_kiosk(folder, sessions=sessions, facts=ANA)
    kiosk.store.close()
    kiosk = reopened(
        folder, kiosk.clocks, kiosk.server, boot="boot-2",
        open_file=lambda path: open_database(path, kind=lambda connection: FragileKioskFile(connection, points)),
    )  # fmt: skip
    return kiosk, points


def last_told(kiosk: Kiosk) -> tuple[Outcome | None, RefusalReason | None]:
    told = list(kiosk.server.stored.values())[-1]
    return told.outcome, told.reason


def test_a_choice_that_could_not_be_closed_is_closed_when_there_is_room_again(tmp_path: Path) -> None:
    kiosk, points = a_kiosk_with_a_small_disk(tmp_path, WHEEL, GLAZING)
    assert isinstance(kiosk.desk.show_card(ANAS_CARD.text).decision, Choose)
    points.is_full = True
    with pytest.raises(apsw.FullError):
        kiosk.desk.leave()
    points.is_full = False
    kiosk.desk.leave()
    kiosk.desk.sync()
    assert last_told(kiosk) == (Outcome.ABORTED, RefusalReason.CHOICE_NOT_MADE)


def test_an_attempt_whose_outcome_could_not_be_written_was_not_shown_and_is_told_with_the_next_sync(
    tmp_path: Path,
) -> None:
    kiosk, points = a_kiosk_with_a_small_disk(tmp_path, WHEEL)
    points.trap = Trap(Where.DISK_FULL, commits=1)
    with pytest.raises(apsw.FullError):
        kiosk.desk.show_card(ANAS_CARD.text)
    kiosk.desk.sync()
    assert last_told(kiosk) == (Outcome.ABORTED, RefusalReason.INTERRUPTED)
    assert kiosk.store.journal.waiting() == 0


def test_somebody_who_is_choosing_is_not_sent_away_by_a_sync(tmp_path: Path) -> None:
    kiosk, _ = a_kiosk_with_a_small_disk(tmp_path, WHEEL, GLAZING)
    shown = kiosk.desk.show_card(ANAS_CARD.text)
    kiosk.desk.sync()
    chosen = kiosk.desk.choose(shown.attempt_id, WHEEL.id)
    assert chosen is not None and isinstance(chosen.decision, Admitted)
