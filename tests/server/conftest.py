"""A browser at the desk, for the tests of the staff's pages. A file may bring its own instead."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext

from tests.server.desk_evening import Evening
from tests.server.desk_server import running_desk


@pytest.fixture(scope="module")
def house(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Evening, str]]:
    """(a full evening, the address of a server that shows it)."""
    with running_desk(sqlite_template, tmp_path_factory.mktemp("desk")) as running:
        yield running


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    """Of somebody who has not signed in yet."""
    # Without motion, so that no colour is looked at on its way to another.
    made = browser.new_context(
        viewport={"width": 1440, "height": 900}, color_scheme="light", locale="en-GB", reduced_motion="reduce"
    )
    yield made
    made.close()
