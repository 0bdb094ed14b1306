"""What kiosks told is whole: no number missing, every link as written, and whatever is not so is named."""

from dataclasses import replace

import pytest
from peewee import Database

from core import wire
from core.cards import CardCode
from core.protocol import Attempt, AttemptState, Outcome
from core.refusals import RefusalReason as R
from server.services.fleet import chains
from server.services.fleet.chains import EpochChecked, in_words, verify_chains
from server.store.database import writing
from server.store.tables import AttemptRow, QuarantineRow
from tests.server.door_stories import StoryKiosk, kiosk_of, refused, welcomed
from tests.server.studio import SIX_PM, Studio, after, open_studio


class Chaining:
    """A kiosk's journal, that links each record to the one before."""

    def __init__(self, kiosk: StoryKiosk, last: str = "") -> None:
        self.kiosk = kiosk
        self.last = last

    def concluded(self, attempt: Attempt) -> Attempt:
        linked = replace(attempt, chain=wire.chain(attempt, self.last))
        self.last = linked.chain
        return linked

    def turned_away(self, card: CardCode, minutes: int) -> Attempt:
        return self.concluded(refused(self.kiosk.show(card, after(minutes)), R.NO_RESERVATION))


def an_evening(studio: Studio) -> tuple[Chaining, CardCode]:
    return Chaining(kiosk_of(studio)), studio.card(studio.member())


def checked(studio: Studio) -> EpochChecked:
    [only] = verify_chains(studio.organization)
    return only


def said(studio: Studio) -> str:
    return ", ".join(f"{finding.trouble} {finding.numbers}" for finding in checked(studio).report.findings)


def test_what_was_told_is_held_whole_and_proven(database: Database) -> None:
    studio = open_studio()
    journal, card = an_evening(studio)
    journal.kiosk.tell(after(9), *(journal.turned_away(card, n) for n in range(5)))
    found = checked(studio)
    assert found.report.is_sound and (found.report.held, found.report.proven) == (5, 5)
    assert in_words(found) == "Front door, epoch epoch-1: 5 held up to 5, 5 proven"


def test_what_was_asked_and_never_told_is_open_until_it_is(database: Database) -> None:
    studio = open_studio()
    journal, card = an_evening(studio)
    asked = journal.kiosk.show(card, SIX_PM)
    journal.kiosk.ask(asked, SIX_PM)
    assert checked(studio).report.is_sound and said(studio) == "OPEN 1"
    final = journal.concluded(replace(asked, state=AttemptState.SERVER, outcome=Outcome.REFUSED, reason=R.NO_PASS))
    journal.kiosk.tell(after(1), final)
    assert said(studio) == "" and checked(studio).report.proven == 1


def test_what_an_ask_brought_along_waits_for_those_before_it(database: Database) -> None:
    studio = open_studio()
    journal, card = an_evening(studio)
    other = studio.card(studio.member("Bob"))
    first, second = journal.turned_away(other, 1), journal.turned_away(card, 2)
    asked = journal.kiosk.show(card, after(3))
    journal.kiosk.ask(asked, after(3), second)
    assert checked(studio).report.is_sound and said(studio) == "WAITING 1, OPEN 3"
    final = journal.concluded(refused(asked, R.NO_PASS))
    journal.kiosk.tell(after(4), first, second, final)
    assert said(studio) == "" and checked(studio).report.proven == 3


def test_a_row_that_somebody_deleted_is_missed(database: Database) -> None:
    studio = open_studio()
    journal, card = an_evening(studio)
    attempts = [journal.turned_away(card, n) for n in range(4)]
    journal.kiosk.tell(after(9), *attempts)
    with writing():
        AttemptRow.delete().where(AttemptRow.id == attempts[3].attempt_id).execute()
    assert not checked(studio).report.is_sound and said(studio) == "GAP 4"
    assert in_words(checked(studio)).endswith("; gap 4")


def test_a_record_that_somebody_rewrote_does_not_fit_its_link(database: Database) -> None:
    studio = open_studio()
    journal, card = an_evening(studio)
    attempts = [journal.turned_away(card, n) for n in range(4)]
    journal.kiosk.tell(after(9), *attempts)
    with writing():
        forged = wire.to_json(replace(attempts[1], outcome=Outcome.WELCOME))
        AttemptRow.update({AttemptRow.record: forged}).where(AttemptRow.id == attempts[1].attempt_id).execute()
    assert said(studio) == "BROKEN 2"


def test_what_lies_in_quarantine_counts_as_held(database: Database) -> None:
    studio = open_studio()
    journal, card = an_evening(studio)
    sound = journal.turned_away(card, 1)
    poisoned = journal.concluded(welcomed(journal.kiosk.show(card, after(2)), "nobody", "nothing"))
    journal.kiosk.tell(after(9), sound, poisoned, journal.turned_away(card, 3))
    with writing():
        assert QuarantineRow.select().count() == 1
    assert said(studio) == "" and checked(studio).report.proven == 3


def test_a_cloned_kiosk_is_a_fork_and_both_branches_are_followed(database: Database) -> None:
    studio = open_studio()
    journal, card = an_evening(studio)
    journal.kiosk.tell(after(2), journal.turned_away(card, 1))
    clone = Chaining(replace(journal.kiosk, boot="boot-2"), last=journal.last)
    journal.kiosk.tell(after(4), journal.turned_away(card, 3), journal.turned_away(card, 4))
    clone.kiosk.tell(after(6), clone.turned_away(card, 5), clone.turned_away(card, 6))
    assert not checked(studio).report.is_sound and said(studio) == "FORK 2 to 3"


def test_each_epoch_has_a_chain_of_its_own_and_an_old_one_has_to_be_whole(database: Database) -> None:
    studio = open_studio()
    journal, card = an_evening(studio)
    attempts = [journal.turned_away(card, n) for n in range(3)]
    journal.kiosk.tell(after(5), attempts[0])
    anew = Chaining(replace(journal.kiosk, epoch="epoch-2", boot="boot-2", seq=0))
    anew.kiosk.tell(after(9), anew.turned_away(card, 7))
    reports = {one.epoch: one.report for one in verify_chains(studio.organization)}
    assert reports["epoch-1"].is_sound and reports["epoch-2"].is_sound
    journal.kiosk.tell(after(10), attempts[2], epoch="epoch-2", max_seq=1)
    reports = {one.epoch: one.report for one in verify_chains(studio.organization)}
    assert not reports["epoch-1"].is_sound and reports["epoch-2"].is_sound


def test_a_long_row_is_read_a_few_at_a_time_and_none_is_left_out(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(chains, "AT_ONCE", 3)
    studio = open_studio()
    journal, card = an_evening(studio)
    attempts = [journal.turned_away(card, n) for n in range(10)]
    poisoned = {3, 4, 9}
    told = [replace(one, proof="00" * 32) if one.seq in poisoned else one for one in attempts]
    journal.kiosk.tell(after(20), *told)
    report = checked(studio).report
    assert (report.held, report.first, report.last) == (10, 1, 10)
    assert said(studio) == "BROKEN 3 to 4, BROKEN 9", "the proof belongs to the record, so a forged one shows"


def test_nothing_of_another_studio_is_looked_at(database: Database) -> None:
    ours, theirs = open_studio(), open_studio("Barn")
    journal, card = an_evening(theirs)
    journal.kiosk.tell(after(5), journal.turned_away(card, 1))
    assert verify_chains(ours.organization) == () and len(verify_chains(theirs.organization)) == 1
