"""Plugs one kiosk together and runs it: store, desk, greeter, camera, threads, and the screen on 127.0.0.1.

The clocks are read here, and nowhere else in the kiosk.
"""

import fcntl
import logging
import secrets
import signal
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from random import Random
from threading import Event, Thread
from types import FrameType
from typing import NoReturn

import uvicorn
from fastapi import FastAPI

from core.errors import Conflict, Invalid
from core.messages import LANGUAGES
from core.outages import OutageWhy
from kiosk import door_set_up, pages
from kiosk.camera.browser import BrowserSource
from kiosk.camera.named import source_named
from kiosk.camera.scanner import Scanner, ScannerEvents
from kiosk.camera.sources import CameraSourceInvalid, Source, Timing
from kiosk.desk import Desk
from kiosk.door import Doorkeeper
from kiosk.finding_talk import JsonFindServer, finding_opener
from kiosk.greeter import Greeter
from kiosk.household_talk import household_opener
from kiosk.on_air import GRACE, Screen
from kiosk.outages import OutageWatch
from kiosk.pairing import Pairing
from kiosk.printing import printer_named
from kiosk.running import JOIN_TIMEOUT, Serving, every_tick, started
from kiosk.selftest import MORNING, OPEN, Plugs, SelfTests
from kiosk.server_client import HttpServerClient
from kiosk.settings import KioskSettings
from kiosk.staff_print import printed
from kiosk.staff_server import JsonStaffServer
from kiosk.staff_set_up import staff_at
from kiosk.standing import Installation, health_shown, health_told, installation
from kiosk.store.looking import LOCK
from kiosk.store.store import KioskStore
from kiosk.timekeeping import Moment
from kiosk.troubles import trouble_of
from kiosk.upkeep import Upkeep
from kiosk.watchdog import CARDS, GREETER, Watchdog, WatchedSource, line_to

log = logging.getLogger(__name__)

HOST = "127.0.0.1"
BOOT_ID = Path("/proc/sys/kernel/random/boot_id")


@dataclass(frozen=True, kw_only=True, slots=True)
class Parts:
    """One kiosk, plugged together and not yet started."""

    settings: KioskSettings
    store: KioskStore
    client: HttpServerClient
    desk: Desk
    greeter: Greeter
    source: Source
    scanner: Scanner
    pairing: Pairing
    serving: Serving
    upkeep: Upkeep
    outages: OutageWatch
    here: Installation
    watchdog: Watchdog
    door: Doorkeeper
    self_tests: SelfTests


def run(settings: KioskSettings) -> None:
    """Until SIGTERM or Ctrl-C. Raises `Invalid` or `Conflict` for what cannot be set up so."""
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(name)s: %(message)s")
    logging.getLogger("httpx").setLevel(logging.WARNING)
    settings.data.mkdir(mode=0o700, parents=True, exist_ok=True)
    with _only_kiosk_in(settings.data):
        parts = plugged_together(settings)
        stopping = Event()
        threads = _start(parts, stopping)
        try:
            _show(parts, stopping)
        finally:
            _stop(parts, stopping, threads)


def plugged_together(settings: KioskSettings) -> Parts:
    """All of one kiosk, from its settings."""
    store = KioskStore(settings.data, at=_now().at, random_bits=secrets.randbits)
    client = HttpServerClient(
        settings.server,
        lambda: store.identity.token if store.identity else "",
        clock=_mono,
        ask_deadline=settings.ask_deadline,
    )
    boot = _boot()
    desk = Desk(store, client, now=_now, boot=boot, random_bits=secrets.randbits)
    upkeep = Upkeep(store, lambda: desk.time().at)
    pairing, serving = (
        Pairing(
            store, client, name=settings.name, clock=_mono, paired=desk.paired,
            rejected_as=lambda: desk.health().rejected_as,
        ),
        Serving(),
    )  # fmt: skip
    door = door_set_up.doorkeeper(
        settings.door, kiosk=settings.name, clock=_mono, reference=lambda: secrets.token_hex(2)
    )
    desk.on_answer = door.answered
    watchdog = Watchdog(line_to(settings.notify_socket), _mono, settings.watchdog)
    source = _source(settings)
    camera = WatchedSource(source, watchdog)
    here = installation(settings.camera, settings.data)
    self_tests = SelfTests(
        Plugs(
            desk=desk,
            door=door,
            now=_now,
            state=lambda: scanner.state,
            newest=lambda: camera.newest,
            disk_free=here.disk_free,
            ask_to_open=lambda: greeter.tap(OPEN, MORNING, greeter.version),
            fixed=settings.self_test_at,
            is_wanted=settings.is_self_tested,
        )
    )
    prints = partial(printed, desk, printer_named(settings.printer), settings.language)
    staff = staff_at(
        desk, JsonStaffServer(client), mono=_mono, random_bits=secrets.randbits, self_test=self_tests.opener,
        prints=prints if settings.printer else None,
    )  # fmt: skip
    greeter = Greeter(
        desk,
        now=_now,
        serve=serving.serve,
        pair=pairing.pair,
        languages=LANGUAGES,
        language=settings.language,
        modes=settings.easier,
        frame_size=lambda: scanner.frame_size,
        confirming=pairing.confirming,
        agree=pairing.agree,
        why_not_paired=lambda: pairing.why_not,
        openers=(
            staff,
            self_tests.opener,
            household_opener(desk, _mono, LANGUAGES),
            finding_opener(desk, JsonFindServer(client), _mono),
        ),
    )
    events = ScannerEvents(
        on_card=greeter.on_card,
        on_candidate=greeter.on_candidate,
        on_nothing=greeter.on_nothing,
        on_health=greeter.camera_health,
    )
    scanner = Scanner(camera, events, clock=_mono)
    desk.telling.health = lambda: {
        **health_told(desk, greeter, scanner, here),
        **upkeep.as_health(),
        **door.as_health(),
        **self_tests.as_health(),
    }
    outages = OutageWatch(
        store, boot=boot, now=_now, time=desk.time, trouble=lambda: _in_the_way(desk, scanner),
        random_bits=secrets.randbits,
    )  # fmt: skip
    return Parts(
        settings=settings, store=store, client=client, desk=desk, greeter=greeter, scanner=scanner, pairing=pairing,
        serving=serving, upkeep=upkeep, outages=outages, source=source, here=here, watchdog=watchdog,
        door=door, self_tests=self_tests,
    )  # fmt: skip


def _in_the_way(desk: Desk, scanner: Scanner) -> OutageWhy | None:
    """A kiosk that the server no longer wants is not missed."""
    trouble = trouble_of(desk.health(), scanner.state)
    return OutageWhy(trouble.value) if trouble and trouble.value in OutageWhy.__members__ else None


def _source(settings: KioskSettings) -> Source:
    timing = Timing(clock=_mono, sleep=time.sleep)
    try:
        return source_named(settings.camera, timing, random=Random(), demo_cards=settings.demo_cards)
    except CameraSourceInvalid as sentence:
        raise Invalid("camera.not_usable", why=str(sentence)) from sentence


def _start(parts: Parts, stopping: Event) -> list[Thread]:
    parts.scanner.start()

    def keep_in_touch() -> None:
        while not stopping.is_set():
            parts.pairing.run(parts.settings.pairing_code, stopping)
            parts.desk.run_sync(stopping, until=parts.pairing.is_turned_away)
            if parts.pairing.is_turned_away():
                parts.pairing.start_over()

    def pass_time() -> None:
        parts.greeter.tick()
        parts.watchdog.went_round(GREETER)

    return [
        started(
            "cards",
            stopping,
            lambda: parts.serving.run(stopping, went_round=lambda: parts.watchdog.went_round(CARDS)),
        ),
        started("time", stopping, lambda: every_tick(pass_time, stopping)),
        started("sync", stopping, keep_in_touch),
        started("outages", stopping, lambda: every_tick(parts.outages.look, stopping)),
        started("upkeep", stopping, lambda: parts.upkeep.run(stopping)),
        started("watchdog", stopping, lambda: parts.watchdog.run(stopping)),
        *door_set_up.start(parts.door, stopping),
        started("self-test", stopping, lambda: parts.self_tests.run(stopping)),
    ]


def _show(parts: Parts, stopping: Event) -> None:
    app = FastAPI(title="Tessera kiosk", docs_url=None, redoc_url=None, openapi_url=None)
    app.add_api_route(
        "/health",
        lambda: {
            **health_shown(parts.desk, parts.greeter, parts.scanner, parts.here),
            **parts.upkeep.as_health(),
            **parts.door.as_health(),
        },
    )
    pages.attach(
        app,
        parts.greeter,
        parts.scanner,
        now=lambda: parts.desk.time().at,
        hosts=pages.this_machine(parts.settings.port),
        painted=lambda version: parts.greeter.latencies.painted(version, _mono()),
        browser_camera=parts.source if isinstance(parts.source, BrowserSource) else None,
    )
    config = uvicorn.Config(
        app, host=HOST, port=parts.settings.port, log_level="warning", timeout_graceful_shutdown=GRACE,
        server_header=False,
    )  # fmt: skip
    log.info("The kiosk's screen is at http://%s:%d/", HOST, parts.settings.port)
    if signal.getsignal(signal.SIGTERM) is signal.SIG_DFL:
        signal.signal(signal.SIGTERM, _end)
    Screen(config, lambda: _hang_up(parts, stopping), parts.watchdog).run()


def _hang_up(parts: Parts, stopping: Event) -> None:
    stopping.set()
    parts.desk.wake()
    Thread(target=parts.scanner.stop, name="camera-end", daemon=True).start()


def _stop(parts: Parts, stopping: Event, threads: list[Thread]) -> None:
    """What was shown is on the disk already; nothing here may take long."""
    _hang_up(parts, stopping)
    parts.client.close()
    for thread in threads:
        thread.join(JOIN_TIMEOUT)
    if any(thread.is_alive() for thread in threads):
        log.warning("A thread did not end in time and is left behind")
        return
    parts.outages.turned_off()
    parts.store.close()


@contextmanager
def _only_kiosk_in(folder: Path) -> Iterator[None]:
    """Two kiosks writing one journal would number it twice."""
    with (folder / LOCK).open("w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise Conflict("kiosk.already_running", folder=str(folder)) from None
        yield


def _now() -> Moment:
    return Moment(datetime.now(UTC), _mono())


def _mono() -> float:
    """Seconds since the machine started, also counting while it slept, where the system tells."""
    boottime = getattr(time, "CLOCK_BOOTTIME", None)
    return time.clock_gettime(boottime) if boottime is not None else time.monotonic()


def _boot() -> str:
    """Names this start of the machine, of which `_mono` counts; where the system has no name, this start of ours."""
    try:
        return BOOT_ID.read_text("ascii").strip()
    except OSError:
        return secrets.token_hex(8)


def _end(number: int, frame: FrameType | None) -> NoReturn:
    raise SystemExit(0)


if __name__ == "__main__":
    run(KioskSettings.from_environment())
