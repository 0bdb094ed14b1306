"""The desk's pages on their own, for tests with a browser: `python -m tests.server.desk_server <database url> <port>`.

Its clock stands at 18:24 of the story's evening.
"""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.request import urlopen

import uvicorn
from fastapi import FastAPI

from server.pages import attach
from server.pages.context import PagesContext
from server.store.database import bind, open_database
from tests.databases import fresh_sqlite
from tests.server.desk_evening import NOW, Evening, full_house
from tests.server.studio import VAULT

STARTS_WITHIN = 60.0
"""Seconds, on a busy machine of two cores."""


@contextmanager
def running_desk(
    sqlite_template: Path, folder: Path, house: Callable[[], Evening] = full_house
) -> Iterator[tuple[Evening, str]]:
    """(a full evening, the address of a process that shows it). What the test records, the process sees."""
    with fresh_sqlite(sqlite_template, folder):
        evening, port = house(), free_port()
        server = subprocess.Popen(
            [sys.executable, "-m", "tests.server.desk_server", f"sqlite:///{folder / 'tessera.db'}", str(port)],
            env={key: value for key, value in os.environ.items() if not key.startswith(("PYTEST", "NICEGUI"))},
        )
        try:
            address = f"http://127.0.0.1:{port}"
            wait_until_up(server, f"{address}/sign-in")
            yield evening, address
        finally:
            server.terminate()
            server.wait()


def free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


def wait_until_up(server: subprocess.Popen[bytes], address: str) -> None:
    deadline = time.monotonic() + STARTS_WITHIN
    while True:
        try:
            urlopen(address, timeout=5).close()
            return
        except OSError:
            if server.poll() is not None or time.monotonic() > deadline:
                raise
            time.sleep(0.1)


def main() -> None:
    bind(open_database(sys.argv[1]))
    app = FastAPI()
    attach(app, PagesContext(now=lambda: NOW, vault=VAULT))
    uvicorn.run(app, host="127.0.0.1", port=int(sys.argv[2]), log_level="warning")


if __name__ == "__main__":
    main()
