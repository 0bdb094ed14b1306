"""`tessera journal import`: a kiosk that was emptied by hand is taken in as if it had told it, once however often."""

from dataclasses import replace
from pathlib import Path

import pytest
from peewee import Database
from rich.console import Console

from core import wire
from core.errors import Forbidden, Invalid, NotFound
from core.exported import ExportHeader
from core.protocol import Attempt, Effect
from core.refusals import RefusalReason as R
from server.services.fleet.devices import revoke_device
from server.services.fleet.emptied import Emptied, take_in_export
from server.services.people.rights import Asker, Role, the_house
from server.settings import Settings
from server.store.database import reading
from server.store.tables import AttemptRow, DeviceRow, QuarantineRow
from server.terminal.journal import import_journal
from tests.server.door_stories import StoryKiosk, kiosk_of, live_visits, refused, welcomed
from tests.server.studio import VAULT, Studio, after, open_studio

MONDAY = after(60 * 40)


def a_file(kiosk: StoryKiosk, *attempts: Attempt, count: int | None = None, **header: object) -> list[str]:
    first = ExportHeader(
        device_id=kiosk.known.id, organization_name="Kiln", venue_name="Kiln House", made_at=MONDAY, is_all=False,
        is_salvaged=False, count=len(attempts) if count is None else count, epochs=(),
    )  # fmt: skip
    return [wire.to_json(replace(first, **header)), *(wire.to_json(attempt) for attempt in attempts)]  # type: ignore[arg-type]


def taken_in(studio: Studio, lines: list[str]) -> Emptied:
    return take_in_export(studio.organization, lines, the_house(studio.organization), MONDAY, VAULT)


def a_day_alone(studio: Studio) -> tuple[StoryKiosk, list[Attempt], str]:
    """Alice walks in and pays with her punch pass; somebody else is turned away."""
    kiosk, alice = kiosk_of(studio), studio.member()
    card, pass_, session = studio.card(alice), studio.punch_pass(alice), studio.session()
    came = welcomed(kiosk.show(card, after(5)), alice, session, pass_=pass_)
    went = refused(kiosk.show(studio.card(studio.member("Bob")), after(6)), R.NO_PASS)
    return kiosk, [came, went], pass_


def test_what_a_kiosk_held_is_recorded_and_settled(database: Database) -> None:
    studio = open_studio()
    kiosk, attempts, pass_ = a_day_alone(studio)
    emptied = taken_in(studio, a_file(kiosk, *attempts))
    assert emptied.effects == {Effect.APPLIED: 2} and (emptied.unreadable, emptied.missing) == (0, 0)
    [visit] = live_visits()
    assert studio.punches_left(pass_) == 9
    assert visit.first_at == after(5), "by the kiosk's own clock, since nobody knows how long the file lay about"


def test_importing_again_changes_nothing(database: Database) -> None:
    studio = open_studio()
    kiosk, attempts, pass_ = a_day_alone(studio)
    lines = [*a_file(kiosk, *attempts), "not an attempt"]
    taken_in(studio, lines)
    again = taken_in(studio, lines)
    assert again.effects == {Effect.DUPLICATE: 2}
    assert studio.punches_left(pass_) == 9 and len(live_visits()) == 1
    with reading():
        assert (AttemptRow.select().count(), QuarantineRow.select().count()) == (2, 1)


def test_the_kiosk_may_come_back_and_tell_it_all_again(database: Database) -> None:
    studio = open_studio()
    kiosk, attempts, pass_ = a_day_alone(studio)
    taken_in(studio, a_file(kiosk, *attempts))
    told, have_upto = kiosk.tell(MONDAY, *attempts)
    assert {one.effect for one in told} == {Effect.DUPLICATE} and have_upto == 2
    assert studio.punches_left(pass_) == 9


def test_staff_see_how_far_the_server_holds_it_and_that_the_kiosk_itself_was_silent(database: Database) -> None:
    studio = open_studio()
    kiosk, attempts, _ = a_day_alone(studio)
    kiosk.tell(after(1), max_seq=2)
    taken_in(studio, a_file(kiosk, *attempts))
    with reading():
        device = DeviceRow.get_by_id(kiosk.known.id)
    assert (device.have_upto, device.max_seq, device.last_heard_at) == (2, 2, after(1))
    assert device.nothing_unsent_before is None, "what it promises, it promises itself"


def test_a_damaged_line_is_kept_as_it_stands_and_hides_nothing_after_it(database: Database) -> None:
    studio = open_studio()
    kiosk, attempts, _ = a_day_alone(studio)
    first, came, went = a_file(kiosk, *attempts)
    torn, nul = came[: len(came) // 2], "\x00\udcff what a bad disk gives"
    emptied = taken_in(studio, [first, torn, nul, "", went])
    assert emptied.effects == {Effect.APPLIED: 1} and (emptied.unreadable, emptied.missing) == (2, 0)
    with reading():
        kept = [row.record for row in QuarantineRow.select().order_by(QuarantineRow.id)]
    assert sorted(kept) == sorted([torn, "\\x00\\udcff what a bad disk gives"])


def test_a_file_that_was_cut_off_says_how_much_is_missing(database: Database) -> None:
    studio = open_studio()
    kiosk, attempts, _ = a_day_alone(studio)
    assert taken_in(studio, a_file(kiosk, *attempts, count=7)).missing == 5


def test_what_cannot_be_true_goes_to_quarantine(database: Database) -> None:
    studio = open_studio()
    kiosk, [came, went], pass_ = a_day_alone(studio)
    forged = replace(came, proof="00" * 32)
    elsewhere = replace(went, device_id="another kiosk")
    emptied = taken_in(studio, a_file(kiosk, forged, elsewhere))
    assert emptied.effects == {Effect.QUARANTINED: 2}
    assert live_visits() == [] and studio.punches_left(pass_) == 10


def test_what_a_revoked_kiosk_held_is_kept_and_counts_for_nothing(database: Database) -> None:
    studio = open_studio()
    kiosk, attempts, pass_ = a_day_alone(studio)
    revoke_device(studio.organization, kiosk.known.id, the_house(studio.organization), after(10))
    emptied = taken_in(studio, a_file(kiosk, *attempts))
    assert emptied.is_revoked and emptied.effects == {Effect.QUARANTINED: 2}
    assert studio.punches_left(pass_) == 10


def test_another_studios_kiosk_is_refused_before_anything_is_taken_in(database: Database) -> None:
    ours, theirs = open_studio(), open_studio("Barn")
    kiosk, attempts, _ = a_day_alone(theirs)
    for lines in (a_file(kiosk, *attempts), a_file(kiosk, *attempts, device_id="nobody")):
        with pytest.raises(NotFound, match=r"journal\.of_another_studio"):
            taken_in(ours, lines)
    with reading():
        assert AttemptRow.select().count() == QuarantineRow.select().count() == 0


@pytest.mark.parametrize("first", ["", "{}", "[]", "PK\x03\x04", '{"attempt_id": "1"}'])
def test_another_file_is_refused(sqlite_database: Database, first: str) -> None:
    studio = open_studio()
    with pytest.raises(Invalid, match=r"journal\.not_an_export"):
        taken_in(studio, [first])


def test_it_takes_the_right_to_plan(sqlite_database: Database) -> None:
    studio = open_studio()
    kiosk, attempts, _ = a_day_alone(studio)
    front_desk = Asker(organization_id=studio.organization, role=Role.FRONT_DESK, name="Finn")
    with pytest.raises(Forbidden):
        take_in_export(studio.organization, a_file(kiosk, *attempts), front_desk, MONDAY, VAULT)


def test_the_terminal_says_what_became_of_it(sqlite_database: Database, tmp_path: Path) -> None:
    studio = open_studio()
    kiosk, attempts, _ = a_day_alone(studio)
    file = tmp_path / "out.jsonl"
    file.write_text("\n".join([*a_file(kiosk, *attempts), "torn"]), "utf-8")
    settings = Settings(
        data=tmp_path, database_url=f"sqlite:///{tmp_path / 'tessera.db'}", host="127.0.0.1", port=8080,
        secret_key=bytes(range(32)),
    )  # fmt: skip
    console = Console(record=True, width=120)
    table, words = import_journal(settings, file, MONDAY, console)
    console.print(table)
    said = console.export_text()
    assert "recorded, and settled" in said and "lines that are no attempts" in said
    assert words.startswith("3 lines of Front door are held now") and "retire it" in words
    with pytest.raises(Invalid, match=r"file\.cannot_be_read"):
        import_journal(settings, tmp_path / "nothing", MONDAY, console)
