"""What the house does by day, every few seconds or minutes, besides the nights: letters, offers, reminders.

Each errand makes things right as of now and claims what it does row by row, so that a beat that is missed, repeated or
done by two schedulers at once does no harm.
"""

import logging
import secrets
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from threading import Event

from server.jobs import backup, put_away
from server.post.hooks import HookPost
from server.services.door.unheard import end_unheard
from server.services.door.vault import CodeVault
from server.services.fleet.marks import forget_old_marks
from server.services.fleet.policies import tell_started
from server.services.hooks import calling, sending
from server.services.letters.making import make_letters
from server.services.letters.reminding import remind
from server.services.letters.sending import LetterSender
from server.services.passes.expiring import see_to_endings
from server.services.programs.kept_answers import forget_old_answers
from server.services.waiting.giving import FreePlaces
from server.services.waiting.releasing import release_places

log = logging.getLogger(__name__)


@dataclass(frozen=True, kw_only=True, slots=True)
class Errand:
    """One line of the day's timetable: how often at most, and what. `run` says what it did, or nothing."""

    name: str
    every: timedelta
    run: Callable[[datetime], str]


def _offer_places(places: FreePlaces, at: datetime) -> str:
    given = places.offer(at)
    return f"{given.offered} places offered, {given.booked} booked, {given.ran_out} offers ran out" if given.did else ""


def _release_places(at: datetime) -> str:
    released = release_places(at)
    return f"{released} places let go of, since nobody came" if released else ""


def _see_to_passes(at: datetime) -> str:
    done = see_to_endings(at)
    return f"{done.run_out} passes soon run out, {done.ran_out} did, {done.places} places given up" if done.did else ""


def _end_unheard(at: datetime) -> str:
    ended = end_unheard(at)
    return f"{ended} questions of kiosks that are gone noted as interrupted" if ended else ""


def _forget_old_marks(at: datetime) -> str:
    forgot = forget_old_marks(at)
    return f"{forgot} marks of old member lists forgotten" if forgot else ""


def house_errands() -> tuple[Errand, ...]:
    """Those of every installation. Made once: the one for waiting lists remembers which it looked at in vain."""
    return (
        Errand(name="reminders", every=timedelta(seconds=30), run=remind),
        Errand(name="policies", every=timedelta(minutes=1), run=tell_started),
        Errand(name="released-places", every=timedelta(seconds=15), run=_release_places),
        Errand(name="waiting-lists", every=timedelta(seconds=15), run=partial(_offer_places, FreePlaces())),
        Errand(name="passes", every=timedelta(minutes=20), run=_see_to_passes),
        Errand(name="kept-answers", every=timedelta(hours=1), run=forget_old_answers),
        Errand(name="unheard-of", every=timedelta(hours=6), run=_end_unheard),
        Errand(name="old-marks", every=timedelta(hours=6), run=_forget_old_marks),
    )


def letter_errands(sender: LetterSender) -> tuple[Errand, ...]:
    """Letters to members: written of the news, then handed to the post."""
    return (
        Errand(name="letters-written", every=timedelta(seconds=4), run=partial(make_letters, house=sender.house)),
        Errand(name="letters-sent", every=timedelta(seconds=4), run=sender.send),
    )


def copy_errand(folder: Path) -> Errand:
    """The database's copy of the day."""
    return Errand(name="backup", every=timedelta(minutes=15), run=partial(backup.run, folder))


def archive_errand(span: timedelta, stopping: Event) -> Errand:
    """What is older than `span` goes into the archive, a little at a turn, none once the process is to end."""
    run = partial(put_away.run, span, lambda: not stopping.is_set())
    return Errand(name="archive", every=timedelta(minutes=5), run=run)


def hook_errands(vault: CodeVault, post: HookPost) -> tuple[Errand, ...]:
    """Webhooks: `vault` opens their secrets, `post` sends."""

    def called(at: datetime) -> str:
        calling.make_calls(at)
        sent = sending.send_due(at, vault, post.send)
        return f"{sent.delivered} calls delivered, {sent.failed} failed" if sent.delivered or sent.failed else ""

    def forgotten(at: datetime) -> str:
        forgot = calling.forget_old_calls(at)
        return f"{forgot} old calls forgotten" if forgot else ""

    return (
        Errand(name="webhooks", every=timedelta(seconds=5), run=called),
        Errand(name="old-webhook-calls", every=timedelta(hours=6), run=forgotten),
    )


class Day:
    """Does the errands whose turn it is. `now` reads the clock; `stopping` is looked at between two of them."""

    def __init__(self, errands: Sequence[Errand], now: Callable[[], datetime], stopping: Event) -> None:
        self._errands, self._now, self._stopping = tuple(errands), now, stopping
        self._ran_at: dict[str, datetime] = {}

    def beat(self) -> int:
        """Whichever is due now, in order; how many ran. Trouble with one is that one's alone."""
        ran = 0
        for errand in self._errands:
            at = self._now()
            last = self._ran_at.get(errand.name)
            # A clock that was set back must not make an errand wait until it has caught up.
            if self._stopping.is_set() or (last is not None and timedelta(0) <= at - last < errand.every):
                continue
            self._ran_at[errand.name] = at
            try:
                report = errand.run(at)
            except Exception:
                log.exception("failure %s in %s: it goes on at its next turn", secrets.token_hex(4), errand.name)
                continue
            ran += 1
            if report:
                log.info("%s: %s", errand.name, report)
        return ran
