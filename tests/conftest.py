"""Fixtures that many tests share. `database` runs a test twice: on SQLite and on PostgreSQL."""

import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from peewee import Database
from playwright.sync_api import Browser, sync_playwright

from tests import databases
from tests.browser import FLAGS, get_browser


@pytest.fixture(scope="session")
def anyio_backend() -> str:
    return "asyncio"


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
def postgresql_template(postgresql_url: str) -> str:
    return databases.postgresql_template(postgresql_url)


@pytest.fixture(params=databases.KINDS)
def database(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Database]:
    """A migrated, empty database of the test's own, bound as the server's."""
    if request.param == "sqlite":
        with databases.fresh_sqlite(request.getfixturevalue("sqlite_template"), tmp_path) as made:
            yield made
    else:
        url = request.getfixturevalue("postgresql_url")
        with databases.fresh_postgresql(url, request.getfixturevalue("postgresql_template")) as made:
            yield made


@pytest.fixture
def sqlite_database(sqlite_template: Path, tmp_path: Path) -> Iterator[Database]:
    """For what has nothing to do with which database it is, and is slow enough to run once."""
    with databases.fresh_sqlite(sqlite_template, tmp_path) as made:
        yield made
