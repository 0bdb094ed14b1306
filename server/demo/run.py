"""`tessera demo`: makes the studio, starts server, scheduler and kiosk as processes, and says where they are."""

import os
import shutil
import socket
import sys
import tempfile
import time
import webbrowser
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from threading import Event, Thread

import httpx
from rich.console import Console
from rich.panel import Panel
from rich.table import Table

from core.errors import Conflict, Invalid
from server.demo.line import Line
from server.demo.processes import Household, Kept
from server.demo.studio import DemoStudio, open_studio
from server.demo.weather import let_it_change

FIRST_PORT = 8080
UP_WITHIN = 60.0
"""Seconds for the three to answer before the demo says that something is wrong."""


def run_demo(
    *,
    data: Path | None,
    port: int | None,
    camera: str,
    opens_browser: bool,
    is_flaky: bool = False,
    environment: Mapping[str, str],
    show: Console,
    now: Callable[[], datetime],
) -> int:
    """Runs until Ctrl-C; gives the exit code. Raises `Invalid` or `Conflict` for what cannot be done.

    `is_flaky`: the network between kiosk and server is pulled for a while, again and again.
    Of the `environment` all that is Tessera's is left out: a demo must never meet a real studio's database.
    """
    folder = _folder(data)
    server_port = _free_pair(port)
    server, kiosk = f"http://127.0.0.1:{server_port}", f"http://127.0.0.1:{server_port + 1}"
    with show.status("Making a studio with a fake day …"):
        studio = open_studio(folder, server=server, kiosk=kiosk, at=now())
    outside = {name: value for name, value in environment.items() if not name.startswith("TESSERA_")}
    line = Line(server_port) if is_flaky else None
    kiosks_server = f"http://127.0.0.1:{line.port}" if line else server
    household = Household(_processes(folder, studio, outside, kiosks_server, server_port, camera), show.print)
    household.start()
    try:
        with show.status("Starting server, scheduler and kiosk …"):
            _wait_until_up(household, server, kiosk)
        _say_where(show, studio, folder, server, kiosk)
        if opens_browser and _has_screen(environment):
            webbrowser.open(f"{kiosk}/")
            webbrowser.open(f"{server}/")
        with _changing(line, show):
            household.run_until_told()
    except KeyboardInterrupt:
        pass
    finally:
        household.end()
        if line is not None:
            line.end()
    show.print("The demo has ended." + (f" Its studio stays in {folder}." if data else ""), highlight=False)
    return 0


@contextmanager
def _changing(line: Line | None, show: Console) -> Iterator[None]:
    """The line's weather changes for as long as the block lasts."""
    if line is None:
        yield
        return
    over = Event()
    changing = Thread(target=let_it_change, args=(line, show.print, over.wait), name="weather", daemon=True)
    show.print("The network between kiosk and server will be pulled now and then, from half a minute on.")
    changing.start()
    try:
        yield
    finally:
        over.set()
        changing.join()


def _folder(data: Path | None) -> Path:
    """The folder given, or one of the demo's own, emptied: nobody else's files are ever in that one."""
    if data is None:
        data = Path(tempfile.gettempdir()) / f"tessera-demo-{os.getuid() if hasattr(os, 'getuid') else 'here'}"
        if data.is_symlink() or (data.exists() and not data.is_dir()):
            raise Conflict("demo.folder_not_ours", folder=str(data))
        shutil.rmtree(data, ignore_errors=True)
    if data.exists() and not data.is_dir():
        raise Invalid("demo.not_a_folder", folder=str(data))
    data.mkdir(parents=True, exist_ok=True, mode=0o700)
    return data.resolve()


def _free_pair(port: int | None) -> int:
    """The port asked for, if it and the next are free; without one, the first such pair from 8080 on."""
    if port is not None:
        for wanted in (port, port + 1):
            if not _is_free(wanted):
                raise Conflict("demo.port_taken", port=wanted)
        return port
    for candidate in range(FIRST_PORT, FIRST_PORT + 200, 2):
        if _is_free(candidate) and _is_free(candidate + 1):
            return candidate
    raise Conflict("demo.port_taken", port=FIRST_PORT)


def _is_free(port: int) -> bool:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
        return True


def _processes(
    folder: Path, studio: DemoStudio, outside: Mapping[str, str], server: str, server_port: int, camera: str
) -> list[Kept]:
    logs = folder / "logs"
    logs.mkdir(exist_ok=True)
    at_the_server = {
        **outside,
        "TESSERA_DATA": str(folder),
        "TESSERA_HOST": "127.0.0.1",
        "TESSERA_PORT": str(server_port),
        "TESSERA_OPEN_PAIRING_VENUE": studio.venue_id,
        "TESSERA_MAIL_FOLDER": str(folder / "mail"),
    }
    at_the_kiosk = {
        **outside,
        "TESSERA_KIOSK_DATA": str(folder / "kiosk"),
        "TESSERA_DEMO_CARDS": str(folder / "cards"),
        "TESSERA_SELF_TEST_AT": "never",  # who looks at a demo wants to see the door
    }
    kiosk = ["kiosk", "--server", server, "--camera", camera, "--port", str(server_port + 1)]
    return [
        Kept("server", ["server"], at_the_server, logs / "server.log"),
        Kept("scheduler", ["scheduler"], at_the_server, logs / "scheduler.log"),
        Kept("kiosk", kiosk, at_the_kiosk, logs / "kiosk.log"),
    ]


def _wait_until_up(household: Household, server: str, kiosk: str) -> None:
    deadline = time.monotonic() + UP_WITHIN
    waited_for = [f"{server}/api/health", f"{kiosk}/health"]
    while waited_for:
        if fallen := household.fallen():
            raise Conflict("demo.process_fell", name=fallen[0].name, log=str(fallen[0].log_file))
        if time.monotonic() > deadline:
            raise Conflict("demo.not_up", address=waited_for[0], seconds=int(UP_WITHIN))
        if _answers(waited_for[0]):
            waited_for.pop(0)
        else:
            time.sleep(0.1)


def _has_screen(environment: Mapping[str, str]) -> bool:
    """Without one a text browser would take the terminal."""
    return sys.platform in ("darwin", "win32") or "DISPLAY" in environment or "WAYLAND_DISPLAY" in environment


def _answers(address: str) -> bool:
    try:
        return httpx.get(address, timeout=2.0).status_code == 200
    except httpx.HTTPError:
        return False


def _say_where(show: Console, studio: DemoStudio, folder: Path, server: str, kiosk: str) -> None:
    where = Table.grid(padding=(0, 2))
    where.add_row("[bold]Kiosk", f"{kiosk}/", "what a member sees; its camera is shown card after card")
    where.add_row("[bold]Staff", f"{server}/", f"sign in as {studio.staff_email} with {studio.staff_password}")
    if studio.staff_pin:
        where.add_row(
            "[bold]Staff at the kiosk", studio.staff_card, f"PIN {studio.staff_pin}, with this card or without it"
        )
    if studio.member_link:
        where.add_row(f"[bold]{studio.member_name}", studio.member_link, "a member's own pages; good once, 15 minutes")
    where.add_row("[bold]API", f"{server}/docs", "the token is in demo.json")
    where.add_row("[bold]Cards", str(folder / "cards.pdf"), "print these, and hold one to a real camera")
    where.add_row("[bold]Letters", str(folder / "mail"), "what members are written; nothing leaves this machine")
    where.add_row("[bold]All of it", str(folder / "demo.json"), f"the studio's clock runs in {studio.zone}")
    show.print(Panel(where, title="Kiln & Co. is open", subtitle="Ctrl-C ends it", border_style="dim"))
