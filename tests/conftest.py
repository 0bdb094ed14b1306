"""Fixtures that many tests share. `database` runs a test twice: on SQLite and on PostgreSQL."""

import gc
import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from argon2 import PasswordHasher
from hypothesis import Phase, settings
from peewee import Database
from playwright.sync_api import Browser, sync_playwright

from server.services.people.hashing import hashed_by
from tests import databases
from tests.browser import FLAGS, get_browser
from tests.databases import OwnPostgresql

MEMORY = Path("/dev/shm")
ROOM_NEEDED = 4 * 1024**3
"""Bytes. A container's is often 64 MB; the disk will do then."""

# Its phase that explains a failure traces every line of every example, for failures that hardly ever come.
PHASES = [phase for phase in Phase if phase is not Phase.explain]
settings.register_profile("one commit, one verdict", derandomize=True, deadline=None, phases=PHASES)
settings.register_profile("anew", deadline=None, phases=PHASES)
settings.load_profile("anew" if os.environ.get("HYPOTHESIS_PROFILE") == "anew" else "one commit, one verdict")


def pytest_configure() -> None:
    """What tests write lies in memory if there is room: SQLite syncs as in a studio, and waits for no disk."""
    if MEMORY.is_dir() and shutil.disk_usage(MEMORY).free >= ROOM_NEEDED:
        os.environ.setdefault("PYTEST_DEBUG_TEMPROOT", str(MEMORY))


LONGEST = (
    "tests/simulation/test_simulated_days.py",
    "tests/journeys/test_every_face.py",
    "tests/year",
    "tests/soak",
    "tests/simulation",
    "tests/journeys",
    "tests/kiosk/test_stolen_disk.py",
    "tests/kiosk/test_sound_only.py",
    "tests/power",
)
"""They begin first, so that no worker is left with one of them when the others are done."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    def rank(item: pytest.Item) -> int:
        return next((place for place, name in enumerate(LONGEST) if item.nodeid.startswith(name)), len(LONGEST))

    items.sort(key=rank)


def pytest_collection_finish() -> None:
    """What is imported by now stays. NiceGUI collects garbage after each test of a page, and need not look at it."""
    gc.collect()
    gc.freeze()


@pytest.fixture(scope="session")
def anyio_backend() -> str:
    return "asyncio"


@pytest.fixture(scope="session", autouse=True)
def quick_hashing() -> Iterator[None]:
    """Stories hash as cheaply as Argon2id goes; what hashing costs in a studio has tests of its own."""
    with hashed_by(PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)):
        yield


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """A real Chromium. For one file only: while it is open, asynchronous tests cannot run on this worker."""
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=get_browser(), args=list(FLAGS))
        yield chromium
        chromium.close()


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return databases.sqlite_template(tmp_path_factory.mktemp("sqlite"))


@pytest.fixture(scope="session")
def postgresql_url(testrun_uid: str) -> str:
    """One server for all of pytest-xdist's workers of this run."""
    return databases.postgresql_server(Path(tempfile.gettempdir()) / f"tessera-tests-{testrun_uid[:12]}")


@pytest.fixture(scope="session")
def own_postgresql(postgresql_url: str) -> Iterator[OwnPostgresql]:
    """This worker's database."""
    own = OwnPostgresql(postgresql_url)
    yield own
    own.close()


@pytest.fixture(params=databases.KINDS)
def database(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Database]:
    """A migrated, empty database that nobody else is connected to, bound as the server's."""
    if request.param == "sqlite":
        with databases.fresh_sqlite(request.getfixturevalue("sqlite_template"), tmp_path) as made:
            yield made
    else:
        with databases.emptied_postgresql(request.getfixturevalue("own_postgresql")) as made:
            yield made


@pytest.fixture
def sqlite_database(sqlite_template: Path, tmp_path: Path) -> Iterator[Database]:
    """For what has nothing to do with which database it is, and is slow enough to run once."""
    with databases.fresh_sqlite(sqlite_template, tmp_path) as made:
        yield made
