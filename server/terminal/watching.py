"""`tessera scheduler`: the night watch as a process, ended by SIGTERM or Ctrl-C between two chunks of work."""

import logging
import os
import secrets
import signal
import socket
from collections.abc import Callable
from datetime import datetime
from threading import Event

from server.errands import Day, archive_errand, copy_errand, hook_errands, house_errands, letter_errands
from server.post.hooks import HookPost
from server.post.mail import mail_post
from server.post.text import text_post
from server.scheduler import NightWatch, watch_over
from server.services.door.vault import CodeVault
from server.services.letters.sending import LetterSender
from server.services.letters.values import House
from server.settings import Settings
from server.terminal.database import opened

log = logging.getLogger(__name__)


def run(settings: Settings, *, once: bool, now: Callable[[], datetime]) -> None:
    """Until told to end; with `once`, what is due now."""
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(name)s: %(message)s")
    stopping = Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda signum, frame: stopping.set())
    with opened(settings):
        watch = NightWatch(now, stopping, this_process())
        vault = CodeVault(settings.secret_key)
        letters, hooks = letter_errands(letter_sender(settings, vault, now)), hook_errands(vault, HookPost())
        kept = [copy_errand(settings.copies)]
        if settings.archive_after is not None:
            kept.append(archive_errand(settings.archive_after, stopping))
        errands = (*house_errands(), *letters, *hooks, *kept)
        day = Day(errands, now, stopping)
        if once:
            log.info("%d jobs were due, %d errands were done", watch.beat(), day.beat())
        else:
            watch_over(watch, day, stopping)


def letter_sender(settings: Settings, vault: CodeVault, now: Callable[[], datetime]) -> LetterSender:
    """With the ways of posting that the settings name. Raises `Invalid` for one that cannot be understood."""
    mail = mail_post(settings.smtp_url, settings.mail_from, settings.mail_folder)
    house = House(public_url=settings.public_url, vault=vault, sender=mail.sender if mail else "")
    return LetterSender(house=house, now=now, mail=mail, text=text_post(settings.sms_url))


def this_process() -> str:
    """A name for leases that no other process has."""
    return f"{socket.gethostname()[:40]}:{os.getpid()}:{secrets.token_hex(4)}"
