"""Files of old attempts that are torn, full, changed or gone: found, said, and never made up for."""

import errno
import gzip
import hashlib
import io
import json
from collections.abc import Callable
from itertools import count
from pathlib import Path
from threading import Event
from typing import IO, Any

import pytest
from peewee import Database

from core.archives import SPAN, bundled, old_before
from core.errors import Forbidden, NotFound
from core.protocol import Effect
from core.refusals import RefusalReason as R
from server.errands import Day, archive_errand
from server.services.archiving.looking import archived_lines, archived_months, attempt_as_put_away, verify_archive
from server.services.archiving.putting_away import gather, put_away, write_file
from server.services.people.rights import Asker, Role, the_house
from server.store.archive import Archive, DamagedArchive, keep_archive
from server.store.database import reading, writing
from server.store.ids import drawn_from
from server.store.tables import ArchiveBundleRow, AttemptRow
from tests.server.archive_stories import DAY, LATER, Story
from tests.server.door_stories import kiosk_of, refused
from tests.server.studio import SIX_PM, after, open_studio


@pytest.fixture
def story(sqlite_database: Database, tmp_path: Path) -> Story:
    return Story(tmp_path)


@pytest.mark.parametrize("kept", [0.0, 0.3, 0.99], ids=["zeros", "a third", "almost all"])
def test_a_bundle_torn_by_a_power_cut_is_set_aside_and_written_again(story: Story, kept: float) -> None:
    assert story.put_away() == 2
    sound = story.file().read_bytes()
    old = gather(story.me, old_before(LATER + 9 * DAY, SPAN))
    assert old is not None
    write_file(story.archive, old, LATER)
    whole = story.file().read_bytes()[len(sound) :]
    torn = whole[: int(len(whole) * kept)] or b"\0" * 512
    story.file().write_bytes(sound + torn)
    assert story.put_away(LATER + 9 * DAY) == 1
    assert story.file().read_bytes()[: len(sound)] == sound
    assert len(gzip.decompress(story.file().read_bytes()).splitlines()) == 2 + 1 + 1 + 1, "any program reads it"
    [aside] = story.file().parent.glob("*.torn-*")
    assert aside.read_bytes() == torn
    assert story.troubles() == [] and story.chain()[1] == 5


class FullDisk(io.FileIO):
    """Takes the first hundred bytes."""

    def write(self, data: Any) -> int:
        super().write(bytes(data)[:100])
        raise OSError(errno.ENOSPC, "No space left on device")


def test_a_full_disk_is_a_failure_and_no_row_is_touched(
    story: Story, caplog: pytest.LogCaptureFixture
) -> None:  # fmt: skip
    backwards = count(1)
    with drawn_from(lambda bits: (1 << bits) - next(backwards)):
        barn = open_studio("Barn")
    assert barn.organization > story.me, "its turn comes after"
    kiosk = kiosk_of(barn)
    kiosk.tell(after(5), refused(kiosk.show(barn.card(barn.member("Bob")), SIX_PM), R.NO_PASS))

    def opened(path: Path, mode: str) -> IO[bytes]:
        return FullDisk(path, mode.replace("b", "")) if story.me in str(path) else path.open(mode)  # type: ignore[return-value]

    before = {id_: row for id_, row in story.rows().items() if row[0]}
    keep_archive(Archive(story.archive.folder, open_file=opened))
    assert Day([archive_errand(SPAN, Event())], lambda: LATER, Event()).beat() == 0
    assert "failure" in caplog.text and "No space left" in caplog.text
    assert archived_months(story.me, story.house) == () and story.file().read_bytes() == b""
    assert len(archived_months(barn.organization, the_house(barn.organization))) == 1, "trouble is one studio's alone"
    with reading():
        mine = AttemptRow.select().where(AttemptRow.organization == story.me)
        assert all(before[row.id] == (row.record, row.answer) for row in mine)
    keep_archive(story.archive)
    assert story.put_away() == 2 and story.troubles() == []
    assert story.file().stat().st_mode & 0o777 == 0o600 and story.file().parent.stat().st_mode & 0o777 == 0o700


def test_a_bundle_that_speaks_of_another_studios_attempts_empties_none_of_their_rows(story: Story) -> None:
    barn = open_studio("Barn")
    kiosk = kiosk_of(barn)
    kiosk.tell(after(5), refused(kiosk.show(barn.card(barn.member("Bob")), SIX_PM), R.NO_PASS))
    old = gather(story.me, old_before(LATER, SPAN))
    bobs = gather(barn.organization, old_before(LATER, SPAN))
    assert old is not None and bobs is not None
    before = story.rows()
    story.archive.add(barn.organization, "2026-11", bundled(barn.organization, "2026-11", old.going, "", LATER))
    assert put_away(story.archive, bobs, LATER) == 1
    assert {id_ for id_, row in story.rows().items() if row != before[id_]} == {bobs.going[0].attempt_id}
    [checked] = verify_archive(barn.organization, the_house(barn.organization))
    assert not checked.troubles and len(checked.besides) == 1


class LyingDisk(io.FileIO):
    """Says that it took everything, and keeps something else."""

    def write(self, data: Any) -> int:
        return super().write(flipped(bytes(data)))


def test_a_disk_that_keeps_something_else_is_found_before_any_row_is_emptied(story: Story) -> None:
    before = story.rows()

    def opened(path: Path, mode: str) -> IO[bytes]:
        return LyingDisk(path, mode.replace("b", ""))  # type: ignore[return-value]

    keep_archive(Archive(story.archive.folder, open_file=opened))
    with pytest.raises(DamagedArchive):
        story.put_away()
    assert story.rows() == before and archived_months(story.me, story.house) == ()
    keep_archive(story.archive)
    assert story.put_away() == 2 and story.troubles() == []
    assert len(list(story.file().parent.glob("*.torn-*"))) == 1


def flipped(content: bytes) -> bytes:
    middle = len(content) // 2
    return content[:middle] + bytes([content[middle] ^ 1]) + content[middle + 1 :]


def rewritten(content: bytes) -> bytes:
    """By somebody who knows how a file is made: whole again, and shorter by nothing."""
    return gzip.compress(gzip.decompress(content).replace(b"NO_RESERVATION", b"NO_PASS_AT_ALL"), mtime=0)


@pytest.mark.parametrize("tampered", [flipped, rewritten, lambda content: content[:-40], lambda content: b""])
def test_an_archive_that_somebody_changed_is_found_and_nothing_is_made_up(
    story: Story, tampered: Callable[[bytes], bytes]
) -> None:
    story.put_away()
    written = story.file().read_bytes()
    story.file().write_bytes(tampered(written))
    words, proven = story.chain()
    assert "unreadable 1 to 2" in words and proven == 2, "what follows can only be believed, then it goes on"
    assert len(story.troubles()) == 1
    with pytest.raises(DamagedArchive):
        list(archived_lines(story.me, "2026-11", story.house))
    with pytest.raises(DamagedArchive):
        story.kiosk.ask(story.told[0], LATER)
    [told], _ = story.kiosk.tell(LATER, story.told[1])
    assert told.effect is Effect.QUARANTINED, "it is kept until the file is there again"
    before = story.file().read_bytes()
    if len(before) < len(written):
        with pytest.raises(DamagedArchive):
            story.put_away(LATER + 30 * DAY)
        assert story.file().read_bytes() == before
    story.file().unlink()
    assert len(story.troubles()) == 1 and "unreadable 1 to 2" in story.chain()[0]


def test_a_line_forged_together_with_its_digest_still_breaks_the_kiosks_chain(story: Story) -> None:
    story.put_away()
    with reading():
        bundle = ArchiveBundleRow.get()
    heading, *lines = gzip.decompress(story.file().read_bytes()).decode().splitlines()
    lines[1] = lines[1].replace("NO_RESERVATION", "NO_PASS")
    story.file().unlink()
    body = "".join(f"{line}\n" for line in lines)
    forged = json.loads(heading) | {"sha256": hashlib.sha256(body.encode()).hexdigest()}
    place = story.archive.add(story.me, "2026-11", f"{json.dumps(forged)}\n{body}")
    with writing():
        ArchiveBundleRow.update({ArchiveBundleRow.digest: place.digest, ArchiveBundleRow.length: place.length}).where(
            ArchiveBundleRow.id == bundle.id
        ).execute()
    assert story.troubles() == [] and "broken 2" in story.chain()[0]


def test_rows_that_somebody_deleted_or_moved_are_missed(story: Story) -> None:
    story.put_away()
    with writing():
        AttemptRow.update({AttemptRow.archived_in: None}).where(
            AttemptRow.id == story.told[1].attempt_id
        ).execute()  # fmt: skip
    [trouble] = story.troubles()
    assert "of 2 attempts" in trouble and "1 are where they belong" in trouble


def test_only_whoever_runs_the_house_looks_and_only_at_their_own(story: Story) -> None:
    barn = open_studio("Barn")
    story.put_away()
    desk = Asker(organization_id=story.me, role=Role.FRONT_DESK, name="Desk")
    for look in (archived_months, verify_archive):
        with pytest.raises(Forbidden):
            look(story.me, desk)
        with pytest.raises(Forbidden):
            look(story.me, the_house(barn.organization))
        assert look(barn.organization, the_house(barn.organization)) == ()
    with pytest.raises(NotFound):
        attempt_as_put_away(barn.organization, story.asked.attempt_id, the_house(barn.organization))
    with pytest.raises(NotFound):
        list(archived_lines(barn.organization, "2026-11", the_house(barn.organization)))
