"""`tessera check` and `tessera migrate`: what the server understood and found on this machine. Secrets are masked."""

import importlib.util
from collections.abc import Callable
from pathlib import Path
from urllib.parse import urlsplit

import apsw
from peewee import PeeweeException

from core.chains import Trouble
from server.printing.artwork import text_shaping_report
from server.services.archiving.looking import verify_archive
from server.services.fleet.chains import in_words, verify_chains
from server.services.people.organizations import organizations
from server.services.people.rights import the_house
from server.settings import Settings
from server.store.archive import Archive, keep_archive
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
        _archive(settings),
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
    return _looked_at(settings, "Journals of kiosks", _journals_there)


def _archive(settings: Settings) -> Finding:
    """Whether what was put away can still be read."""
    return _looked_at(settings, "Archive", lambda: _archive_there(settings))


def _looked_at(settings: Settings, what: str, look: Callable[[], tuple[str, bool]]) -> Finding:
    """With the database open. One that does not open, or is of another version, says so."""
    try:
        database = open_database(settings.database_url)
        bind(database)
        keep_archive(Archive(settings.archive))
        try:
            if is_behind(database):
                return what, "looked at once the database is of this version: `tessera migrate`", True
            words, is_well = look()
        finally:
            release(database)
    except (PeeweeException, apsw.Error, OSError) as trouble:
        return what, f"cannot be looked at: {trouble}", False
    return what, words, is_well


def _journals_there() -> tuple[str, bool]:
    found = [one for organization in organizations() for one in verify_chains(organization)]
    if amiss := [in_words(one) for one in found if not one.report.is_sound]:
        return "; ".join(amiss), False
    held = sum(one.report.held for one in found)
    coming = [in_words(one) for one in found if any(at.trouble is Trouble.WAITING for at in one.report.findings)]
    rest = f"; not here yet: {'; '.join(coming)}" if coming else ", no number missing"
    return f"{held} attempts held, every chain as it was written{rest}", True


def _archive_there(settings: Settings) -> tuple[str, bool]:
    found = [one for organization in organizations() for one in verify_archive(organization, the_house(organization))]
    if amiss := [f"{one.month}: {trouble}" for one in found for trouble in one.troubles]:
        return "; ".join(amiss), False
    when = "never" if settings.archive_after is None else f"after {settings.archive_after.days} days"
    return f"{settings.archive}, {when}; {sum(one.read for one in found)} attempts in it, as they were put away", True


def _fonts() -> Finding:
    spec = importlib.util.find_spec("assets")
    folders = [Path(place) / "fonts" for place in (spec.submodule_search_locations or [])] if spec else []
    found = sum(len(list(folder.glob("print/*.ttf"))) for folder in folders)
    return "Fonts", f"{found} to print with", found > 0
