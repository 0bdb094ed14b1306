"""The database for as long as one command runs."""

from collections.abc import Iterator
from contextlib import contextmanager

from server.settings import Settings
from server.store.archive import Archive, keep_archive
from server.store.database import bind, open_database, release
from server.store.migrating import migrate


@contextmanager
def opened(settings: Settings) -> Iterator[None]:
    """Bound, brought up to date, and let go at the end."""
    database = open_database(settings.database_url, has_long_work=True)
    bind(database)
    keep_archive(Archive(settings.archive))
    try:
        migrate(database)
        yield
    finally:
        release(database)
