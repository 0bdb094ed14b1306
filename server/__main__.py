"""Plugs the server together and runs it: database, API, pages. The clock is read here, and nowhere else in it."""

import logging
import signal
from datetime import UTC, datetime

import uvicorn

from core import clocktime
from server import pages
from server.api.app import make_app
from server.api.proxied import Proxied
from server.pages.context import PagesContext
from server.services.door.vault import CodeVault
from server.services.fleet.pairing import OpenPairing
from server.settings import Settings
from server.store.archive import Archive, keep_archive
from server.store.database import bind, open_database, release
from server.store.migrating import migrate

log = logging.getLogger(__name__)

GRACE = 2
"""Seconds that open pages and requests get to end."""


def run(settings: Settings) -> None:
    """Until SIGTERM or Ctrl-C. Raises `Invalid` for settings that cannot be followed."""
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(name)s: %(message)s")
    logging.getLogger("httpx").setLevel(logging.WARNING)
    database = open_database(settings.database_url)
    bind(database)
    keep_archive(Archive(settings.archive))
    try:
        if done := migrate(database):
            log.info("Brought the database up to date: %s", ", ".join(done))
        opening = OpenPairing(venue_id=settings.open_pairing_venue) if settings.open_pairing_venue else None
        vault = CodeVault(settings.secret_key)
        app = make_app(now=_now, vault=vault, open_pairing=opening)
        app.state.ways = settings.ways
        pages.attach(app, PagesContext(now=_now, vault=vault))
        log.info("The server is at http://%s:%d/", settings.host, settings.port)
        # uvicorn raises the signal again when it has ended; by then everything is closed in order.
        signal.signal(signal.SIGTERM, lambda number, frame: None)
        uvicorn.run(
            Proxied(app, settings.proxies),
            host=settings.host,
            port=settings.port,
            log_level="warning",
            server_header=False,
            proxy_headers=False,
            timeout_graceful_shutdown=GRACE,
        )
    except KeyboardInterrupt:
        log.info("The server has ended")
    finally:
        release(database)


def _now() -> datetime:
    return clocktime.as_kept(datetime.now(UTC))


if __name__ == "__main__":
    run(Settings.from_environment())
