"""A kiosk's evenings that are old by now, and the archive they go into."""

from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

from core import wire
from core.archives import SPAN
from core.cards import CardCode
from core.protocol import Attempt, AttemptState, Outcome
from core.refusals import RefusalReason as R
from server.services.archiving.looking import verify_archive
from server.services.archiving.putting_away import put_away_old
from server.services.door import at_the_desk
from server.services.door.at_the_desk import AtTheDesk
from server.services.fleet.chains import in_words, verify_chains
from server.services.people.rights import the_house
from server.store.archive import Archive, keep_archive
from server.store.database import reading
from server.store.tables import AttemptRow
from tests.server.door_stories import StoryKiosk, kiosk_of, refused
from tests.server.studio import SIX_PM, Studio, after, open_studio

DAY = timedelta(days=1)
LATER = SIX_PM + 401 * DAY
"""The evening is old by then, whatever happened on it."""
WORDS = "threw clay at the wall"


class Journal:
    """A kiosk's, in which each record is linked to the one before."""

    def __init__(self, kiosk: StoryKiosk) -> None:
        self.kiosk = kiosk
        self.last = ""

    def wrote(self, attempt: Attempt) -> Attempt:
        linked = replace(attempt, chain=wire.chain(attempt, self.last))
        self.last = linked.chain
        return linked


class Story:
    """Alice was at the door in the last night of November and the first of December; staff let her in once."""

    def __init__(self, folder: Path) -> None:
        self.archive = Archive(folder / "archive")
        keep_archive(self.archive)
        self.studio: Studio = open_studio()
        self.me = self.studio.organization
        self.house = the_house(self.me)
        self.alice = self.studio.member("Alice")
        self.card: CardCode = self.studio.card(self.alice)
        self.pass_ = self.studio.punch_pass(self.alice)
        self.tonight = self.studio.session(SIX_PM)
        self.kiosk = kiosk_of(self.studio)
        journal = Journal(self.kiosk)
        shown = self.kiosk.show(self.card, SIX_PM)
        self.answer = self.kiosk.ask(shown, SIX_PM)
        self.asked = journal.wrote(
            replace(
                shown, state=AttemptState.SERVER, outcome=Outcome.WELCOME, member_id=self.alice, session_id=self.tonight
            )
        )
        days = (SIX_PM, SIX_PM + 8 * DAY, SIX_PM + 10 * DAY, SIX_PM + 11 * DAY)
        self.told = [self.asked] + [
            journal.wrote(refused(self.kiosk.show(self.card, at + timedelta(hours=4)), R.NO_RESERVATION)) for at in days
        ]
        for at, attempt in zip((SIX_PM, *days), self.told, strict=True):
            _, self.have_upto = self.kiosk.tell(at + timedelta(hours=5), attempt)
        self.journal = journal
        by_staff = AtTheDesk(
            venue_id=self.studio.venue,
            member_id=self.alice,
            session_id=self.tonight,
            staff_id=self.studio.staff,
            because=f"Alice {WORDS}",
        )
        at_the_desk.check_in(self.me, by_staff, after(5))

    def put_away(self, at: datetime = LATER) -> int:
        return put_away_old(at, SPAN)

    def file(self, month: str = "2026-11") -> Path:
        return self.archive.file(self.me, month)

    def chain(self) -> tuple[str, int]:
        [only] = verify_chains(self.me)
        return in_words(only), only.report.proven

    def troubles(self) -> list[str]:
        return [trouble for one in verify_archive(self.me, self.house) for trouble in one.troubles]

    def rows(self) -> dict[str, tuple[str, str | None]]:
        with reading():
            return {row.id: (row.record, row.answer) for row in AttemptRow.select()}
