"""The kiosk's looks at itself, each as it was signed, for as long as anybody may ask for them."""

from datetime import datetime, timedelta

from core import clocktime
from kiosk.store.database import Database, rows

KEPT_FOR = timedelta(days=400)


class SelfTests:
    """One for each store."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def keep(self, at: datetime, text: str) -> None:
        """Add one, and forget those that are older than a year."""
        oldest = clocktime.to_ms(at - KEPT_FOR)
        with self._database.writing() as connection:
            connection.execute("INSERT OR REPLACE INTO self_test VALUES (?, ?)", (clocktime.to_ms(at), text))
            connection.execute("DELETE FROM self_test WHERE at < ?", (oldest,))

    def all(self) -> tuple[str, ...]:
        """The newest first."""
        with self._database.reading() as connection:
            return tuple(str(text) for (text,) in rows(connection, "SELECT text FROM self_test ORDER BY at DESC"))

    def newest(self) -> str:
        """Empty where there was none."""
        with self._database.reading() as connection:
            found = connection.execute("SELECT text FROM self_test ORDER BY at DESC LIMIT 1").fetchone()
        return str(found[0]) if found else ""
