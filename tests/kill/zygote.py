"""A warmed-up process that makes servers and kiosks by forking: a start costs milliseconds, a kill is still a kill.

It reads commands from its standard input, one a line, and answers each with one line:
`start <name> <what> <JSON>` gives the process id, `kill <name>` ends it with SIGKILL, `wait <name>` gives its exit
code. It ends, with all it made, when its input ends. What it makes is the product's own server and desk.
"""

import json
import os
import secrets
import signal
import sys
import threading
import time
from pathlib import Path
from random import Random
from typing import Any

import kiosk.__main__ as kiosk_main
import server.__main__ as server_main
from core.decisions import Admitted, Choose, Refused
from kiosk.desk import Desk
from kiosk.server_client import HttpServerClient
from kiosk.store.store import KioskStore
from server.settings import Settings

SOON = 0.02
ASK_DEADLINE = 5.0
"""Seconds. Kills are looked at here, not speed: on a busy machine a server must still be heard."""


def serve(folder: str, port: int) -> None:
    """`tessera server` on the folder, with pages and all."""
    server_main.run(settings_in(Path(folder), port))


def settings_in(folder: Path, port: int = 1) -> Settings:
    """The key is the one with which the tests' studio encrypts its cards."""
    key = bytes(range(32)).hex()
    return Settings.from_environment(
        {"TESSERA_DATA": str(folder), "TESSERA_PORT": str(port), "TESSERA_SECRET_KEY": key}
    )


def desk_in(folder: Path, address: str) -> Desk:
    """The kiosk's desk, plugged together as `kiosk.__main__` does it, without camera and screen."""
    store = KioskStore(folder, at=kiosk_main._now().at, random_bits=secrets.randbits)
    client = HttpServerClient(
        address,
        lambda: store.identity.token if store.identity else "",
        clock=kiosk_main._mono,
        ask_deadline=ASK_DEADLINE,
    )
    return Desk(store, client, now=kiosk_main._now, boot=kiosk_main._boot(), random_bits=secrets.randbits)


def show_cards(folder: str, address: str, cards: str, screens: str, dice: float) -> None:
    """Cards at full speed, until killed. A line is written to `screens` after `show_card` returned, never before."""
    desk, deck, chance = desk_in(Path(folder), address), Path(cards).read_text().split(), Random(dice)
    started = threading.Thread(target=_sync_for_ever, args=(desk,), daemon=True)
    started.start()
    with Path(screens).open("a", buffering=1, encoding="utf-8") as paper:
        recent: list[str] = []
        while True:
            again = recent and chance.random() < 0.3
            card = chance.choice(recent) if again else chance.choice(deck)
            recent = [*recent[-8:], card]
            shown = desk.show_card(card)
            match shown.decision:
                case Admitted() as welcome:
                    line = {"welcome": shown.attempt_id, "visit": welcome.visit_key, "by": shown.decided_by}
                case Refused() as no:
                    line = {"refused": shown.attempt_id, "why": no.reason, "by": shown.decided_by}
                case Choose():
                    line = {"choose": shown.attempt_id}
            paper.write(json.dumps(line) + "\n")


def _sync_for_ever(desk: Desk) -> None:
    while True:
        desk.sync()
        time.sleep(SOON)


def tell_the_rest(folder: str, address: str) -> None:
    """Sync until the server has everything; exit code 0 then."""
    desk = desk_in(Path(folder), address)
    ends = time.monotonic() + 60
    while not (desk.sync().is_complete and desk.store.journal.waiting() == 0):
        if time.monotonic() > ends:
            raise SystemExit(1)
        time.sleep(SOON)
    desk.store.close()


WORKS = {"server": serve, "kiosk": show_cards, "tell": tell_the_rest}


def main() -> None:
    made: dict[str, int] = {}
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    for line in sys.stdin:
        verb, name, *more = line.split(maxsplit=3)
        match verb:
            case "start":
                made[name] = _forked(more[0], json.loads(more[1]), name)
                _answer(made[name])
            case "kill":
                _answer(_ended(made.pop(name), signal.SIGKILL))
            case "wait":
                _answer(_ended(made.pop(name), None))
    for pid in made.values():
        _ended(pid, signal.SIGKILL)


def _answer(number: int) -> None:
    sys.stdout.write(f"{number}\n")
    sys.stdout.flush()


def _ended(pid: int, with_signal: signal.Signals | None) -> int:
    if with_signal is not None:
        os.kill(pid, with_signal)
    return os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])


def _forked(what: str, arguments: dict[str, Any], name: str) -> int:
    if pid := os.fork():
        return pid
    code = 1
    try:
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, signal.SIG_DFL)
        with Path(os.environ["KILL_LOGS"], f"{name}.log").open("ab", buffering=0) as log:
            os.dup2(log.fileno(), 1)
            os.dup2(log.fileno(), 2)
        os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
        WORKS[what](**arguments)
        code = 0
    except SystemExit as end:
        code = int(end.code or 0)
    finally:
        sys.stderr.flush()
        os._exit(code)


if __name__ == "__main__":
    main()
