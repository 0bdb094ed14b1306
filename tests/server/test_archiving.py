"""Old attempts are put away, and nobody who asks for one notices: kiosks, members, staff, and whoever verifies."""

import gzip
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from threading import Event
from typing import Any

import pytest
from peewee import Database

from core import wire
from core.archives import NOBODY, SPAN, old_before
from core.exported import ExportHeader
from core.protocol import Answer, AttemptState, Effect, Outcome
from core.refusals import RefusalReason as R
from server.errands import archive_errand
from server.services.archiving import putting_away
from server.services.archiving.looking import archived_months, attempt_as_put_away, verify_archive
from server.services.archiving.putting_away import BUNDLE, gather, put_away, put_away_old, write_file
from server.services.fleet.emptied import take_in_export
from server.services.portal.erasing import erase
from server.services.portal.own_data import data_about
from server.store.archive import DamagedArchive, Place
from server.store.database import for_update, reading, writing
from server.store.tables import ArchiveBundleRow, AttemptRow, DeviceRow, QuarantineRow
from tests.databases import OwnPostgresql, emptied_postgresql
from tests.server.archive_stories import DAY, LATER, WORDS, Story
from tests.server.door_stories import refused
from tests.server.studio import SIX_PM, VAULT

MS = timedelta(milliseconds=1)


@pytest.fixture
def story(database: Database, tmp_path: Path) -> Story:
    return Story(tmp_path)


def test_what_is_old_is_put_away_and_everybody_who_asks_is_answered_as_before(story: Story) -> None:
    whole = story.rows()
    sound = story.chain()
    with reading():
        known_of_alice = data_about(story.me, story.alice)["attempts"]
    assert story.put_away(SIX_PM + 400 * DAY) == 0, "the evening is not over yet, that long ago"
    assert story.put_away(SIX_PM.replace(hour=0) + 401 * DAY) == 2, "now it is"
    assert story.put_away() == 0 == story.put_away()
    assert story.put_away(SIX_PM + 420 * DAY) == 3
    emptied = {id_ for id_, row in story.rows().items() if row == ("", None)}
    assert emptied == {one.attempt_id for one in story.told}, "what staff wrote about Alice stays in its row"
    assert [(one.month, one.attempts) for one in archived_months(story.me, story.house)] == [
        ("2026-11", 3),
        ("2026-12", 2),
    ]

    # The kiosk asks and tells once more, its export is carried in by hand, and somebody forges what it says.
    assert story.kiosk.ask(story.told[0], LATER) == story.answer
    for again in (story.told, story.told[:2]):
        told, upto = story.kiosk.tell(LATER, *again)
        assert {one.effect for one in told} == {Effect.DUPLICATE} and upto == story.have_upto == len(story.told)
    carried = take_in_export(story.me, exported(story), story.house, LATER, VAULT)
    assert carried.effects == {Effect.DUPLICATE: len(story.told)}
    [forged], _ = story.kiosk.tell(LATER, replace(story.told[2], err_ms=999))
    same_number = refused(replace(story.kiosk.show(story.card, LATER), seq=4), R.NO_PASS)
    [forked], _ = story.kiosk.tell(LATER, same_number)
    assert forged.effect is forked.effect is Effect.QUARANTINED
    with writing():
        assert DeviceRow.get_by_id(story.kiosk.known.id).forked_at == LATER
        assert QuarantineRow.delete().execute() == 2

    # Alice, staff, and whoever verifies.
    with reading():
        given = data_about(story.me, story.alice)["attempts"]
    assert [_but_for_the_place(one) for one in given] == [_but_for_the_place(one) for one in known_of_alice]
    assert attempt_as_put_away(story.me, story.asked.attempt_id, story.house).record == whole[story.asked.attempt_id][0]
    assert story.chain() == sound and sound[1] == len(story.told)
    assert story.troubles() == []


def exported(story: Story) -> list[str]:
    """The file of a kiosk that is emptied by hand, with all that it ever told."""
    header = ExportHeader(
        device_id=story.kiosk.known.id,
        organization_name="Kiln",
        venue_name="Kiln House",
        made_at=LATER,
        is_all=True,
        is_salvaged=False,
        count=len(story.told),
        epochs=(),
    )
    return [wire.to_json(header), *map(wire.to_json, story.told)]


def _but_for_the_place(told: Any) -> dict[str, object]:
    plain = {name: value for name, value in told.items() if name not in ("put_away_at", "archived_in_id", "answer")}
    return plain | {"answer": told["answer"] and wire.from_json(Answer, told["answer"])}


def test_what_was_put_away_names_nobody_so_that_being_forgotten_leaves_nothing_in_it(story: Story) -> None:
    with writing():
        AttemptRow.update({AttemptRow.put_away_at: None}).execute()
    story.put_away(LATER + 30 * DAY)
    texts = "".join(gzip.decompress(story.file(month).read_bytes()).decode() for month in ("2026-11", "2026-12"))
    assert "Alice" not in texts and WORDS not in texts and story.asked.attempt_id in texts
    with reading():
        assert any(WORDS in row.record for row in AttemptRow.select())
    erase(story.me, story.alice, story.house, LATER, VAULT)
    with reading():
        assert not any(WORDS in row.record for row in AttemptRow.select())
    greeted = story.kiosk.ask(story.told[0], LATER).person
    assert greeted is not None and greeted.first_name == NOBODY
    assert story.chain()[1] == len(story.told) and story.troubles() == []


def test_what_was_said_of_lately_stays_whenever_it_happened(story: Story) -> None:
    late = story.journal.wrote(
        replace(refused(story.kiosk.show(story.card, SIX_PM + 12 * DAY), R.NO_PASS), boot="boot-0")
    )
    story.kiosk.tell(LATER, late)
    with writing():
        AttemptRow.update({AttemptRow.happened_at: SIX_PM}).where(AttemptRow.id == late.attempt_id).execute()
    assert story.put_away(LATER + 30 * DAY) == 5
    assert story.rows()[late.attempt_id][0], "staff may still be asked about it"
    assert story.put_away(LATER + 400 * DAY) == 0
    midnight = old_before(LATER + 401 * DAY, SPAN)
    moments = (AttemptRow.happened_at, AttemptRow.received_at, AttemptRow.decided_at, AttemptRow.told_at)
    for said in moments:
        with writing():
            changed = {**dict.fromkeys(moments, SIX_PM), said: midnight}
            AttemptRow.update(changed).where(AttemptRow.id == late.attempt_id).execute()
        assert story.put_away(LATER + 401 * DAY) == 0, "not before the day is over"
    with writing():
        AttemptRow.update({AttemptRow.told_at: midnight - MS}).where(AttemptRow.id == late.attempt_id).execute()
    assert story.put_away(LATER + 401 * DAY) == 1
    assert story.rows()[late.attempt_id] == ("", None) and story.chain()[1] == 6


def test_a_question_that_is_told_only_after_it_was_put_away_is_believed(story: Story) -> None:
    asked = story.kiosk.show(story.card, SIX_PM + 12 * DAY)
    story.kiosk.ask(asked, SIX_PM + 12 * DAY)
    assert story.put_away(LATER + 30 * DAY) == 6
    final = story.journal.wrote(replace(asked, state=AttemptState.SERVER, outcome=Outcome.REFUSED, reason=R.NO_PASS))
    for _ in range(2):
        [told], _ = story.kiosk.tell(LATER + 31 * DAY, final)
        assert told.effect is Effect.DUPLICATE
    held = attempt_as_put_away(story.me, final.attempt_id, story.house)
    assert held.record == wire.to_json(final) and held.answer
    assert story.chain()[1] == 6 and story.troubles() == []
    assert story.put_away(LATER + 500 * DAY) == 0


def test_whoever_is_at_work_on_an_old_attempt_keeps_it_and_nobody_waits(
    own_postgresql: OwnPostgresql, tmp_path: Path
) -> None:
    """SQLite has one writer anyway."""
    with emptied_postgresql(own_postgresql):
        story = Story(tmp_path)
        with ThreadPoolExecutor(1) as elsewhere, writing():
            for_update(AttemptRow.select().where(AttemptRow.id == story.asked.attempt_id)).get()
            assert elsewhere.submit(story.put_away).result(timeout=20) == 1
        assert story.rows()[story.asked.attempt_id][0]
        assert story.put_away() == 1 and story.troubles() == [] and story.chain()[1] == 5


def test_a_cut_between_file_and_rows_writes_nothing_twice(story: Story) -> None:
    old = gather(story.me, old_before(LATER, SPAN))
    assert old is not None
    before = story.rows()
    assert isinstance(write_file(story.archive, old, LATER), Place)
    lying = story.file().read_bytes()
    assert story.rows() == before and story.chain()[1] == 5
    assert any("belong to no row" in said for one in verify_archive(story.me, story.house) for said in one.besides)
    assert story.put_away() == 2 and story.file().read_bytes() == lying
    assert story.put_away() == 0 and story.troubles() == [] and story.chain()[1] == 5


def test_what_changes_between_file_and_rows_keeps_its_row(story: Story) -> None:
    old = gather(story.me, old_before(LATER, SPAN))
    assert old is not None
    changed = story.told[1].attempt_id
    with writing():
        AttemptRow.update({AttemptRow.record: '{"seq":2}'}).where(AttemptRow.id == changed).execute()
    assert put_away(story.archive, old, LATER) == 1
    assert story.rows()[changed] == ('{"seq":2}', None) and story.rows()[story.asked.attempt_id] == ("", None)
    assert story.put_away() == 1 and story.troubles() == []
    assert [(one.attempts, one.bundles) for one in archived_months(story.me, story.house)] == [(2, 2)]

    old = gather(story.me, old_before(LATER + 9 * DAY, SPAN))
    assert old is not None and len(old.going) == 1
    write_file(story.archive, old, LATER)
    changed = old.going[0].attempt_id
    with writing():
        AttemptRow.update({AttemptRow.record: '{"seq":3}'}).where(AttemptRow.id == changed).execute()
    assert story.put_away(LATER + 9 * DAY) == 1 and story.troubles() == []
    assert attempt_as_put_away(story.me, changed, story.house).record == '{"seq":3}', "what lay there was not taken up"


def test_a_database_put_back_to_an_earlier_day_takes_up_what_lies_there(story: Story) -> None:
    whole = story.rows()
    assert story.put_away(LATER + 30 * DAY) == 5
    lying = {month: story.file(month).read_bytes() for month in ("2026-11", "2026-12")}
    with writing():
        for id_, (record, answer) in whole.items():
            AttemptRow.update(
                {
                    AttemptRow.record: record,
                    AttemptRow.answer: answer,
                    AttemptRow.put_away_at: None,
                    AttemptRow.archived_in: None,
                }
            ).where(AttemptRow.id == id_).execute()
        ArchiveBundleRow.delete().execute()
    assert story.chain()[1] == 5
    assert sum(story.put_away(LATER + 30 * DAY) for _ in range(3)) == 5
    assert {month: story.file(month).read_bytes() for month in lying} == lying
    assert story.troubles() == [] and story.chain()[1] == 5


def test_in_bundles_and_none_more_once_the_process_is_to_end(
    sqlite_database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert BUNDLE == 250
    monkeypatch.setattr(putting_away, "BUNDLE", 1)
    story = Story(tmp_path)
    allowed = iter([True, True, False])
    assert put_away_old(LATER + 30 * DAY, SPAN, lambda: next(allowed)) == 1, "and one that stays"
    assert put_away_old(LATER + 30 * DAY, SPAN, most=1) == 1
    ending = Event()
    ending.set()
    assert archive_errand(SPAN, ending).run(LATER + 30 * DAY) == ""
    with story.archive.turn() as is_ours:
        assert is_ours and put_away_old(LATER + 30 * DAY, SPAN) == 0, "another process is at it"
    assert put_away_old(LATER + 30 * DAY, SPAN) == 3
    assert story.troubles() == [] and story.chain()[1] == 5
    assert [one.bundles for one in archived_months(story.me, story.house)] == [3, 2]


def test_a_damaged_month_holds_back_no_other(story: Story) -> None:
    with writing():
        first = {AttemptRow.happened_at: datetime(2026, 12, 1, tzinfo=UTC)}
        AttemptRow.update(first).where(AttemptRow.id == story.told[3].attempt_id).execute()
    assert story.put_away() == 2
    whole = story.file().read_bytes()
    story.file().write_bytes(whole[:-1])
    december = story.file("2026-12")
    december.mkdir(parents=True)
    with pytest.raises(DamagedArchive, match=r"2026-11.* is shorter") as told:
        story.put_away(LATER + 30 * DAY)
    [note] = told.value.__notes__
    assert "2026-12" in note and "cannot be read" in note
    december.rmdir()
    for _ in range(2):
        with pytest.raises(DamagedArchive, match="2026-11"):
            story.put_away(LATER + 30 * DAY)
        assert [(one.month, one.attempts) for one in archived_months(story.me, story.house)] == [
            ("2026-11", 2),
            ("2026-12", 2),
        ]
    story.file().write_bytes(whole)
    assert story.put_away(LATER + 30 * DAY) == 1
    assert story.troubles() == [] and story.chain()[1] == 5
