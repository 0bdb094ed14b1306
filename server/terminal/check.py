"""`tessera check` and `tessera migrate`: what the server understood and found on this machine. Secrets are masked."""

import importlib.util
from pathlib import Path
from urllib.parse import urlsplit

import apsw
from peewee import PeeweeException

from core.chains import Trouble
from server.printing.artwork import text_shaping_report
from server.services.fleet.chains import in_words, verify_chains
from server.services.people.organizations import organizations
from server.settings import Settings
from server.store.database import OLDEST_SQLITE, SqliteTooOld, bind, open_database, refuse_old_sqlite, release
from server.store.migrating import is_behind, migrate

Finding = tuple[str, str, bool]
"""What was looked at, what was found in words, and whether it is well."""


def findings(settings: Settings) -> list[Finding]:
    """All there is to say, in the order in which it is worth reading. Nothing is changed."""
    return [
        ("Data", str(settings.data), settings.data.is_dir()),
        ("Address", f"http://{settings.host}:{settings.port}", True),
        ("Key for card codes", f"{len(settings.secret_key) * 8} bits, not shown", True),
        _sqlite(),
        _database(settings),
        _journals(settings),
        ("Letters on cards", text_shaping_report(), True),
        _fonts(),
    ]


def migrate_database(settings: Settings) -> str:
    """Brings the tables up to date and says what was done."""
    database = open_database(settings.database_url)
    try:
        done = migrate(database)
    finally:
        release(database)
    return f"Applied: {', '.join(done)}" if done else "The database is up to date."


def masked(url: str) -> str:
    """A database's address without its password."""
    parts = urlsplit(url)
    if not parts.password:
        return url
    return url.replace(f":{parts.password}@", ":…@", 1)


def _sqlite() -> Finding:
    version = apsw.sqlite_lib_version()
    try:
        refuse_old_sqlite(version)
    except SqliteTooOld as trouble:
        return "SQLite", str(trouble), False
    return "SQLite", f"{version}, {'.'.join(map(str, OLDEST_SQLITE))} or newer is needed", True


def _database(settings: Settings) -> Finding:
    address = masked(settings.database_url)
    try:
        database = open_database(settings.database_url)
        try:
            with database.connection_context():
                tables = len(database.get_tables())
        finally:
            release(database)
    except (PeeweeException, apsw.Error, OSError) as trouble:
        return "Database", f"{address} does not open: {trouble}", False
    found = f"{tables} tables" if tables else "empty; `tessera migrate` or the server's start makes its tables"
    return "Database", f"{address}, {found}", True


def _journals(settings: Settings) -> Finding:
    """Whether every attempt that kiosks told is there and is what was written."""
    what = "Journals of kiosks"
    try:
        database = open_database(settings.database_url)
        bind(database)
        try:
            if is_behind(database):
                return what, "looked at once the database is of this version: `tessera migrate`", True
            found = [one for organization in organizations() for one in verify_chains(organization)]
        finally:
            release(database)
    except (PeeweeException, apsw.Error, OSError) as trouble:
        return what, f"cannot be looked at: {trouble}", False
    if amiss := [in_words(one) for one in found if not one.report.is_sound]:
        return what, "; ".join(amiss), False
    held = sum(one.report.held for one in found)
    coming = [in_words(one) for one in found if any(at.trouble is Trouble.WAITING for at in one.report.findings)]
    rest = f"; not here yet: {'; '.join(coming)}" if coming else ", no number missing"
    return what, f"{held} attempts held, every chain as it was written{rest}", True


def _fonts() -> Finding:
    spec = importlib.util.find_spec("assets")
    folders = [Path(place) / "fonts" for place in (spec.submodule_search_locations or [])] if spec else []
    found = sum(len(list(folder.glob("print/*.ttf"))) for folder in folders)
    return "Fonts", f"{found} to print with", found > 0
