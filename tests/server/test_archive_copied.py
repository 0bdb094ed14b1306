"""The archive beside the copies: whole after the copy of the day, and never worse than it was."""

import logging
import os
import shutil
import subprocess
from datetime import timedelta
from pathlib import Path
from threading import Event
from typing import IO

import psycopg
import pytest
from peewee import Database

from server.errands import Day, copy_errand
from server.jobs import backup
from server.services.archiving.looking import verify_archive
from server.services.archiving.reading import place_of
from server.services.keeping.backing_up import copies
from server.services.keeping.copying_archive import AS_OF, FOLDER, archive_of_the_day
from server.store.archive import Archive, DamagedArchive, keep_archive
from server.store.archive_copying import bring_over
from server.store.copies import one_at_a_time
from server.store.database import bind, open_database, reading, release, writing
from server.store.tables import ArchiveBundleRow
from tests.databases import named
from tests.server.archive_stories import DAY, LATER, Story
from tests.server.test_archive_kept_safe import LyingDisk, flipped
from tests.server.test_backups import programs as programs

MONTHS = ("2026-11", "2026-12")


@pytest.fixture
def story(database: Database, tmp_path: Path) -> Story:
    return Story(tmp_path)


@pytest.fixture
def here(sqlite_database: Database, tmp_path: Path) -> Story:
    return Story(tmp_path)


def copied(folder: Path, story: Story, month: str = "2026-11") -> Path:
    return Archive(folder / FOLDER).file(story.me, month)


def sound_in(folder: Path, story: Story) -> bool:
    """Whether the house would be answered as before if the copy took the archive's place."""
    keep_archive(Archive(folder / FOLDER))
    try:
        return not any(one.troubles or one.besides for one in verify_archive(story.me, story.house))
    finally:
        keep_archive(story.archive)


def test_once_a_day_the_copy_is_given_what_it_lacks(story: Story, tmp_path: Path, programs: None) -> None:
    folder = tmp_path / "copies"
    assert story.put_away() == 2
    assert "1 bundles" in backup.run(folder, LATER) and sound_in(folder, story)
    first = copied(folder, story).read_bytes()
    assert first == story.file().read_bytes()
    assert copied(folder, story).stat().st_mode & 0o777 == 0o600
    assert copied(folder, story).parent.stat().st_mode & 0o777 == 0o700

    assert story.put_away(LATER + 30 * DAY) == 3
    assert backup.run(folder, LATER + timedelta(minutes=15)) == "", "the copies of the day are there"
    assert copied(folder, story).read_bytes() == first
    # A power cut ended the copying of the archive of the day before it was said to be done.
    (folder / FOLDER / AS_OF).write_text("2026")
    assert backup.run(folder, LATER + timedelta(minutes=30)) == "2 bundles of old attempts are copied"
    assert copied(folder, story).read_bytes() == story.file().read_bytes() and sound_in(folder, story)
    assert backup.run(folder, LATER + timedelta(minutes=45)) == ""
    assert "archive-copy" not in {path.name for path in copies(folder).values()}
    assert len(list(folder.rglob("attempts*"))) == 2, "nothing unfinished or replaced is left"


def test_a_copy_of_the_database_with_the_copy_of_the_archive_is_the_whole_house(
    story: Story, database: Database, tmp_path: Path, programs: None
) -> None:
    """As docs/install.md says it is put back, at another place."""
    story.put_away()
    backup.run(tmp_path / "copies", LATER)
    story.put_away(LATER + 30 * DAY)
    archive_of_the_day(tmp_path / "copies", LATER + DAY)
    [copy] = copies(tmp_path / "copies").values()
    there = tmp_path / "there"
    shutil.copytree(tmp_path / "copies" / FOLDER, there / "archive")
    other = open_database(put_back(copy, database, there))
    bind(other)
    keep_archive(Archive(there / "archive"))
    try:
        assert story.chain()[1] == len(story.told) and story.troubles() == []
        lying = {path.name: path.read_bytes() for path in (there / "archive").rglob("attempts-*")}
        assert len(lying) == 2
        assert sum(story.put_away(LATER + 30 * DAY) for _ in range(3)) == 3, "what lies there is taken up again"
        assert {path.name: path.read_bytes() for path in (there / "archive").rglob("attempts-*")} == lying
        assert story.troubles() == []
    finally:
        release(other)
        bind(database)


def put_back(copy: Path, database: Database, folder: Path) -> str:
    """The address of a new database that was made of a copy."""
    if copy.suffix == ".db":
        shutil.copy(copy, folder / "tessera.db")
        return f"sqlite:///{folder / 'tessera.db'}"
    name = f"put_back_{os.getpid()}"
    url = named(str(database.database), name)
    with psycopg.connect(str(database.database), autocommit=True) as connection:
        connection.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
        connection.execute(f'CREATE DATABASE "{name}"')
    subprocess.run(["pg_restore", "--no-owner", f"--dbname={url}", str(copy)], check=True)
    return url


def until_all_were_read(folder: Path, story: Story) -> list[str]:
    """A week of copies; what was told of each day."""
    told = []
    for day in range(1, 8):
        try:
            archive_of_the_day(folder, LATER + (40 + day) * DAY)
        except DamagedArchive as trouble:
            told.append(str(trouble))
    return told


@pytest.mark.parametrize("damage", ["flipped", "shorter", "gone"])
def test_what_is_damaged_at_its_source_replaces_nothing_and_is_told(
    here: Story, tmp_path: Path, damage: str
) -> None:  # fmt: skip
    folder = tmp_path / "copies"
    here.put_away(LATER + 30 * DAY)
    archive_of_the_day(folder, LATER)
    sound = {month: copied(folder, here, month).read_bytes() for month in MONTHS}
    written = here.file().read_bytes()
    here.file().write_bytes({"flipped": flipped(written), "shorter": written[:-40], "gone": b""}[damage])
    told = until_all_were_read(folder, here)
    assert len(told) == (1 if damage == "flipped" else 7), "a file that is too short is seen each day"
    assert all(str(here.file()) in one and f"sound in {copied(folder, here)}" in one for one in told)
    assert all("1, of which 1 are sound" in one for one in told)
    assert {month: copied(folder, here, month).read_bytes() for month in MONTHS} == sound

    shutil.copy(copied(folder, here), here.file())
    assert here.troubles() == [] and until_all_were_read(folder, here) == []


def test_a_damaged_copy_is_made_sound_again_and_what_it_was_is_kept(here: Story, tmp_path: Path) -> None:
    folder = tmp_path / "copies"
    here.put_away(LATER + 30 * DAY)
    archive_of_the_day(folder, LATER)
    copied(folder, here).write_bytes(broken := flipped(here.file().read_bytes()))
    assert not sound_in(folder, here) and until_all_were_read(folder, here) == []
    assert sound_in(folder, here)
    [kept] = copied(folder, here).parent.glob("*.replaced-*")
    assert kept.read_bytes() == broken


def test_what_came_behind_a_damaged_bundle_is_copied_all_the_same(here: Story, tmp_path: Path) -> None:
    folder = tmp_path / "copies"
    here.put_away()
    first = here.file().read_bytes()
    here.put_away(LATER + 9 * DAY)
    second = here.file().read_bytes()[len(first) :]
    here.file().write_bytes(flipped(first) + second)
    with pytest.raises(DamagedArchive, match="1, of which 0 are sound"):
        archive_of_the_day(folder, LATER)
    assert copied(folder, here).read_bytes() == flipped(first) + second
    here.file().write_bytes(first + second)
    assert until_all_were_read(folder, here) == [] and sound_in(folder, here)


def test_what_was_copied_in_time_stays_sound_when_more_is_put_away(here: Story, tmp_path: Path) -> None:
    folder = tmp_path / "copies"
    here.put_away()
    archive_of_the_day(folder, LATER)
    first = here.file().read_bytes()
    here.file().write_bytes(flipped(first))
    here.put_away(LATER + 9 * DAY)
    second = here.file().read_bytes()[len(first) :]
    assert second and archive_of_the_day(folder, LATER + 2 * DAY) == 1
    assert copied(folder, here).read_bytes() == first + second


def test_a_disk_that_keeps_something_else_gives_no_copy_its_name(here: Story, tmp_path: Path) -> None:
    def opened(path: Path, mode: str) -> IO[bytes]:
        return LyingDisk(path, mode.replace("b", ""))  # type: ignore[return-value]

    here.put_away()
    with reading():
        places = [place_of(row) for row in ArchiveBundleRow.select()]
    copy = Archive(tmp_path / "copy", open_file=opened)
    with pytest.raises(DamagedArchive, match="disk of the copies"):
        bring_over(here.archive, copy, places, is_read=False)
    assert not copy.file(here.me, "2026-11").exists()
    whole = Archive(tmp_path / "copy")
    assert bring_over(here.archive, whole, places, is_read=False).brought == 1
    assert whole.file(here.me, "2026-11").read_bytes() == here.file().read_bytes()


def test_while_another_process_is_at_it_nobody_else_is(here: Story, tmp_path: Path) -> None:
    here.put_away()
    with one_at_a_time(tmp_path) as is_ours:
        assert is_ours and archive_of_the_day(tmp_path, LATER) is None
    assert archive_of_the_day(tmp_path, LATER) == 1


def test_a_house_put_back_to_an_earlier_day_takes_nothing_from_the_copy(here: Story, tmp_path: Path) -> None:
    """Its newer copies of the database point to what it does not know any more."""
    folder = tmp_path / "copies"
    here.put_away()
    first = here.file().read_bytes()
    here.put_away(LATER + 9 * DAY)
    archive_of_the_day(folder, LATER)
    of_then = copied(folder, here).read_bytes()
    with reading():
        _, last = ArchiveBundleRow.select().order_by(ArchiveBundleRow.starts)
    with writing():
        ArchiveBundleRow.update({ArchiveBundleRow.month: "2026-10"}).where(ArchiveBundleRow.id == last.id).execute()
    here.file("2026-10").write_bytes(here.file().read_bytes())
    assert archive_of_the_day(folder, LATER + DAY) == 1
    assert copied(folder, here).read_bytes() == of_then, "it stays as long as it was"

    # From there on the house wrote something else, at the same place.
    other = here.archive.add(here.me, "2026-09", "something else")
    here.file().write_bytes(first + here.file("2026-09").read_bytes())
    with writing():
        changed = {ArchiveBundleRow.month: "2026-11", ArchiveBundleRow.length: other.length}
        ArchiveBundleRow.update({**changed, ArchiveBundleRow.digest: other.digest}).where(
            ArchiveBundleRow.id == last.id
        ).execute()
    assert until_all_were_read(folder, here) == []
    assert copied(folder, here).read_bytes().startswith(here.file().read_bytes())
    [kept] = copied(folder, here).parent.glob("*.replaced-*")
    assert kept.read_bytes() == of_then


def test_a_disk_without_room_is_told_and_tried_again(
    here: Story, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    folder = tmp_path / "copies"
    here.put_away()
    (folder / FOLDER).mkdir(parents=True)
    (folder / FOLDER / here.me).write_text("a file where a folder should be")
    at = [LATER]
    day = Day([copy_errand(folder)], lambda: at[0], Event())
    assert day.beat() == 0 and "failure" in caplog.text and len(copies(folder)) == 1
    (folder / FOLDER / here.me).unlink()
    at[0] += timedelta(minutes=15)
    with caplog.at_level(logging.INFO):
        assert day.beat() == 1
    assert "1 bundles of old attempts are copied" in caplog.text and sound_in(folder, here)
