"""A page on which faces are shown one after the other, for the tests of one file. A file may bring its own instead."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

from kiosk.pages.gallery import app, samples, stand_for
from tests.faces.panel import UPRIGHT, begin, panel
from tests.faces.serving import served


@pytest.fixture(scope="module")
def gallery() -> Iterator[str]:
    """Its address."""
    with served(app()) as address:
        yield address


@pytest.fixture(scope="module")
def loaded(browser: Browser, gallery: str) -> Iterator[Page]:
    with panel(browser, gallery, UPRIGHT) as shown:
        yield shown


@pytest.fixture
def page(loaded: Page) -> Page:
    """As just loaded: waiting for a card."""
    begin(loaded, samples(stand_for())["waiting"])
    return loaded
