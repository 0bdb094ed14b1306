"""The front door: the `tessera` command. It names the sub-commands and hands over; nothing is decided here.

Exit codes: 0 done; 1 something failed; 2 what was asked for cannot be done.
"""

import logging
import os
import secrets
import signal
import sys
import tempfile
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, NoReturn

import typer
from rich.console import Console, RenderableType

from core.clocktime import as_kept
from core.errors import TesseraError
from server.terminal.archive_commands import archive_commands
from server.terminal.import_command import add_import
from server.terminal.staff_commands import staff_commands

log = logging.getLogger("tessera")
shout = Console(stderr=True, highlight=False)
show = Console(highlight=False)

app = typer.Typer(
    help="Tessera: self-service check-in for studios, gyms and workshops.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
jobs = typer.Typer(help="The night's jobs: what there is, and one of them now.", no_args_is_help=True)
cards = typer.Typer(help="Membership cards: sheets to print, one picture.", no_args_is_help=True)
journal = typer.Typer(help="What happened at a kiosk: proven, and carried to the server by hand.", no_args_is_help=True)
replica = typer.Typer(help="A kiosk's copy of the member list.", no_args_is_help=True)
kiosk = typer.Typer(invoke_without_command=True)
app.add_typer(jobs, name="jobs")
app.add_typer(cards, name="cards")
app.add_typer(kiosk, name="kiosk")
app.add_typer(journal, name="journal")
app.add_typer(replica, name="replica")
app.add_typer(staff_commands(lambda said: show.print(said, markup=False), lambda: _now()), name="staff")
app.add_typer(
    archive_commands(show, lambda table, words, is_sound: _show_verdict(table, words, is_sound=is_sound)),
    name="archive",
)
add_import(app, show, lambda: _now())

Camera = Annotated[
    str,
    typer.Option(
        metavar="SOURCE",
        help="A device number or path, a picture or video file, a stream address, `demo` or `none`.",
    ),
]
KioskFolder = Annotated[
    Path | None, typer.Option("--data", metavar="DIR", help="The kiosk's own folder; else TESSERA_KIOSK_DATA.")
]
Port = Annotated[int | None, typer.Option(min=1, max=65535, help="Where to listen.")]


@app.command()
def demo(
    data: Annotated[
        Path | None, typer.Option(metavar="DIR", help="Keep the demo here; without it, start afresh.")
    ] = None,
    port: Annotated[int | None, typer.Option(min=1, max=65534, help="The server's; the kiosk takes the next.")] = None,
    camera: Camera = "demo",
    browser: Annotated[bool, typer.Option("--browser/--no-browser", help="Open the kiosk and the staff page.")] = True,
    flaky: Annotated[
        bool,
        typer.Option(
            "--flaky",
            help="Pull the network between kiosk and server for a while, again and again and in every way it breaks:"
            " refused, hanging, cut off, a captive portal, 502, 429. Says what it does.",
        ),
    ] = False,
) -> None:
    """A studio with a fake day: server, scheduler, and one kiosk with a virtual camera. Ctrl-C ends it."""
    from server.demo.run import run_demo

    raise typer.Exit(
        run_demo(
            data=data,
            port=port,
            camera=camera,
            opens_browser=browser,
            is_flaky=flaky,
            environment=os.environ,
            show=show,
            now=_now,
        )
    )


@app.command()
def server() -> None:
    """The studio's memory: database, API and staff pages. Settings come from the environment, see `tessera check`."""
    from server.__main__ import run
    from server.settings import Settings

    run(Settings.from_environment())


@app.command()
def scheduler(
    once: Annotated[bool, typer.Option("--once", help="Do what is due now, then end.")] = False,
) -> None:
    """The night: runs each job when it is due, and makes up for nights slept through."""
    from server.settings import Settings
    from server.terminal.watching import run

    run(Settings.from_environment(), once=once, now=_now)


@kiosk.callback()
def kiosk_itself(
    context: typer.Context,
    server: Annotated[str | None, typer.Option(metavar="URL", help="The server's address.")] = None,
    camera: Annotated[str | None, typer.Option(metavar="SOURCE", help="As for `demo`; without it, device 0.")] = None,
    port: Port = None,
    pair: Annotated[str | None, typer.Option(metavar="CODE", help="The pairing code staff were shown.")] = None,
    data: Annotated[Path | None, typer.Option(metavar="DIR", help="Where this kiosk keeps its journal.")] = None,
) -> None:
    """The stand at the door: reads cards, decides, and tells the server what happened. `status` only looks."""
    if context.invoked_subcommand is not None:
        return
    from kiosk.__main__ import run
    from kiosk.settings import KioskSettings

    run(KioskSettings.from_environment(server=server, camera=camera, port=port, pairing_code=pair, data=data))


@kiosk.command("status")
def kiosk_status(
    data: KioskFolder = None,
    as_json: Annotated[bool, typer.Option("--json", help="For programs.")] = False,
) -> None:
    """How one kiosk stands: paired, in touch, unsent, member list, disk. It need not run, and is not disturbed."""
    from kiosk.server_client import own_health
    from kiosk.settings import KioskSettings
    from kiosk.terminal.status import status_json, status_table

    settings = KioskSettings.from_environment(data=data)
    if as_json:
        typer.echo(status_json(settings, own_health, _now()))
    else:
        show.print(status_table(settings, own_health, _now()))


@kiosk.command("test-card")
def kiosk_test_card(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="FILE.pdf or FILE.png.")],
    language: Annotated[str, typer.Option(help="Of its few words: en, de, …")] = "en",
) -> None:
    """The card that a kiosk's self-test wants to see: print it once, and hold it to the camera."""
    from kiosk.terminal.printed_test_card import write_test_card

    show.print(write_test_card(file, language), markup=False)


@journal.command("verify")
def journal_verify(data: KioskFolder = None) -> None:
    """Every attempt of every epoch: no number missing, and each record as it was written. Exit code 1 if not."""
    from kiosk.settings import KioskSettings
    from kiosk.terminal.journal import verify_journal

    table, words, is_sound = verify_journal(KioskSettings.from_environment(data=data).data)
    _show_verdict(table, words, is_sound=is_sound)


@journal.command("export")
def journal_export(
    out: Annotated[Path, typer.Argument(metavar="OUT.jsonl", help="Where it goes.")],
    data: KioskFolder = None,
    is_all: Annotated[bool, typer.Option("--all", help="Also what the server has confirmed.")] = False,
) -> None:
    """The unsent attempts as a file for `tessera journal import`. Works on a damaged journal and without the kiosk."""
    from kiosk.settings import KioskSettings
    from kiosk.terminal.journal import export

    show.print(export(KioskSettings.from_environment(data=data).data, out, _now(), is_all=is_all), markup=False)


@journal.command("import")
def journal_import(file: Annotated[Path, typer.Argument(metavar="FILE", help="As `export` wrote it.")]) -> None:
    """On the server: take in what a kiosk held that cannot tell it any more. Doing it again changes nothing."""
    from server.settings import Settings
    from server.terminal.journal import import_journal

    table, words = import_journal(Settings.from_environment(), file, _now(), shout)
    show.print(table)
    show.print(words, markup=False)


@replica.command("verify")
def replica_verify(
    data: KioskFolder = None,
    server: Annotated[str | None, typer.Option(metavar="URL", help="Compare with this server's list.")] = None,
) -> None:
    """A kiosk's member list: whole, in its shape, naming nobody, and the same as the server's. Exit code 1 if not."""
    import time

    from kiosk.server_client import HttpServerClient
    from kiosk.settings import KioskSettings
    from kiosk.store.identity import read_identity
    from kiosk.terminal.replica import verify_replica

    settings = KioskSettings.from_environment(data=data, server=server)
    identity = read_identity(settings.data)
    client = None
    if identity is not None:
        token = identity.token
        client = HttpServerClient(settings.server, lambda: token, clock=time.monotonic, ask_deadline=5.0)
    table, sentences, is_sound = verify_replica(settings.data, client, _now(), must_compare=server is not None)
    _show_verdict(table, "\n".join(sentences), is_sound=is_sound)


@jobs.command("list")
def jobs_list() -> None:
    """Each job, when it runs, when it last did, and when it is due next."""
    from server.settings import Settings
    from server.terminal.jobs import job_table

    show.print(job_table(Settings.from_environment(), at=_now()))


@jobs.command("run")
def jobs_run(
    name: Annotated[str, typer.Argument(help="no-shows, auto-cancel, suspend or lift.")],
    as_of: Annotated[str | None, typer.Option(metavar="INSTANT", help="Such as 2026-11-21T01:00:00+01:00.")] = None,
) -> None:
    """Make things right as of a moment (now, unless given). Doing it again changes nothing."""
    from server.settings import Settings
    from server.terminal.jobs import run_job

    for line in run_job(Settings.from_environment(), name, as_of, now=_now):
        show.print(line, markup=False)


@app.command()
def scan(
    files: Annotated[list[Path], typer.Argument(metavar="FILE…", help="Pictures or films.")],
    slow: Annotated[bool, typer.Option(help="Look harder where the fast pass reads nothing.")] = True,
) -> None:
    """Read every QR code in pictures or films, as the kiosk does: one line of JSON a file."""
    import time

    from kiosk.scan_command import scan_files

    has_failed = False
    for line in scan_files(files, clock=time.perf_counter, slow=slow):
        typer.echo(line)
        has_failed = has_failed or '"error"' in line
    if has_failed:
        raise typer.Exit(1)


@cards.command("print")
def cards_print(
    out: Annotated[Path, typer.Option(metavar="FILE.pdf", help="Where the sheets go.")],
    sheet: Annotated[str, typer.Option(help="a4 or letter; ten cards on each.")] = "a4",
    member: Annotated[list[str] | None, typer.Option(help="A member's number; once or more. Else all.")] = None,
) -> None:
    """Sheets of membership cards with crop marks, for scissors and card stock."""
    from server.settings import Settings
    from server.terminal.cards import print_sheets

    show.print(print_sheets(Settings.from_environment(), out, sheet, member or [], at=_now()), markup=False)


@cards.command("png")
def cards_png(
    code: Annotated[str, typer.Argument(help="The card's 29 characters.")],
    out: Annotated[Path, typer.Option(metavar="FILE.png", help="Where the picture goes.")],
) -> None:
    """One card as a picture for a card printer: CR80 at 300 dpi."""
    from server.settings import Settings
    from server.terminal.cards import draw_picture

    show.print(draw_picture(Settings.from_environment(), code, out), markup=False)


@app.command("open")
def open_studio(
    name: Annotated[str, typer.Argument(help="What the studio is called.")],
    email: Annotated[str, typer.Option(help="What its owner signs in with.")],
    venue: Annotated[str, typer.Option(help="Its first venue.")] = "Studio",
    zone: Annotated[str, typer.Option(help="The venue's time zone, such as Europe/Berlin.")] = "UTC",
    owner_name: Annotated[str, typer.Option(help="The owner's name.")] = "Owner",
    password: Annotated[str, typer.Option(prompt=True, hide_input=True, confirmation_prompt=True)] = "",
) -> None:
    """A new studio in an empty database, with an account to sign in with. Asks for the password."""
    from server.settings import Settings
    from server.terminal.opening import open_first_studio, owner

    account = owner(owner_name, email, password)
    show.print(open_first_studio(Settings.from_environment(), name, venue, zone, account, _now()), markup=False)


@app.command()
def pair(
    venue: Annotated[str | None, typer.Option(help="Which venue, where there are several.")] = None,
) -> None:
    """A pairing code for a new kiosk: good once, for 10 minutes."""
    from server.settings import Settings
    from server.terminal.opening import pairing_code

    show.print(pairing_code(Settings.from_environment(), venue, _now()), markup=False)


@app.command()
def migrate() -> None:
    """Bring the database to this version's tables. An SQLite file is copied first."""
    from server.settings import Settings
    from server.terminal.check import migrate_database

    show.print(migrate_database(Settings.from_environment()), markup=False)


@app.command()
def check() -> None:
    """What Tessera understood and found: settings, database, fonts, SQLite, camera."""
    from kiosk.camera_check import camera_findings
    from kiosk.settings import KioskSettings
    from server.settings import Settings
    from server.terminal.check import findings

    found = [*findings(Settings.from_environment()), *camera_findings(KioskSettings.from_environment())]
    for what, words, is_well in found:
        show.print("[green]well [/]" if is_well else "[red]amiss[/]", f"[bold]{what}[/]", end="  ")
        show.print(words, markup=False, soft_wrap=True)
    if not all(is_well for _, _, is_well in found):
        raise typer.Exit(1)


def _show_verdict(table: RenderableType, words: str, *, is_sound: bool) -> None:
    """Exit code 1 for what is not sound."""
    show.print(table)
    show.print(words, style="green" if is_sound else "red", markup=False)
    if not is_sound:
        raise typer.Exit(1)


def _now() -> datetime:
    return as_kept(datetime.now(UTC))


def main() -> NoReturn:
    """Run a command; errors become one sentence, failures a reference number and a line in the log."""
    from core import messages

    signal.signal(signal.SIGTERM, _end_on_sigterm)
    try:
        app()
    except TesseraError as error:
        shout.print(messages.error_sentence("en", error), markup=False)
        sys.exit(2)
    except KeyboardInterrupt:
        sys.exit(130)
    except Exception:
        reference, where = secrets.token_hex(4), _log_file()
        log.addHandler(logging.FileHandler(where, delay=True))
        log.propagate = False
        log.exception("failure %s", reference)
        shout.print(f"Something went wrong that should not. Reference {reference}; {where} says more.", markup=False)
        sys.exit(1)
    sys.exit(0)


def _log_file() -> Path:
    return Path(tempfile.gettempdir()) / f"tessera-{os.getuid()}.log"


def _end_on_sigterm(signum: int, frame: object) -> NoReturn:
    raise SystemExit(128 + signum)


if __name__ == "__main__":
    main()
