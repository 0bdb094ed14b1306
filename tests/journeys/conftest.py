"""One demo studio with a camera that sees nothing, for the journeys of one file."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from tests.journeys.running import Studio, demo

PORTRAIT = {"width": 1080, "height": 1920}
LANDSCAPE = {"width": 1280, "height": 800}


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(viewport=PORTRAIT)
    yield context.new_page()
    context.close()


@pytest.fixture(scope="module")
def studio(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Studio]:
    folder = Path(tmp_path_factory.mktemp("kiln")) / "studio"
    with demo(folder, "--camera", "none") as running:
        yield running
