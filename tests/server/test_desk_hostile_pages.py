"""The staff's pages say what a browser may do with them, live within it, and hear no page of another site."""

from pathlib import Path

import httpx
import pytest
from playwright.sync_api import Browser
from starlette.datastructures import Headers
from websockets.exceptions import InvalidStatus
from websockets.sync.client import connect
from websockets.typing import Origin

from server.pages.headers import comes_from_our_page
from tests.server.desk_evening import EMAIL, PASSWORD
from tests.server.desk_server import running_desk

SOCKET = "/_nicegui_ws/socket.io/?EIO=4&transport=websocket"


@pytest.mark.parametrize(
    "said, is_ours",
    [
        ([("host", "desk.example"), ("origin", "https://desk.example")], True),
        ([("host", "127.0.0.1:8080"), ("origin", "http://127.0.0.1:8080")], True),
        ([("host", "10.0.0.5:8080"), ("x-forwarded-host", "desk.example"), ("origin", "https://desk.example")], True),
        ([("host", "desk.example")], True),
        ([("host", "desk.example"), ("origin", "https://evil.example")], False),
        ([("host", "127.0.0.1:8080"), ("origin", "http://127.0.0.1:8081")], False),
        ([("host", "desk.example"), ("origin", "null")], False),
        ([("host", "desk.example"), ("origin", "file://desk.example")], False),
        ([("host", "desk.example"), ("origin", "http://[::1")], False),
        ([("host", "desk.example"), ("origin", "https://desk.example"), ("origin", "https://evil.example")], False),
    ],
)
def test_a_websocket_belongs_to_the_page_of_its_own_host(said: list[tuple[str, str]], is_ours: bool) -> None:
    raw = [(name.encode(), value.encode()) for name, value in said]
    assert comes_from_our_page(Headers(raw=raw)) is is_ours


def test_a_running_desk_says_what_may_be_done_with_it_and_lives_within_that(
    sqlite_template: Path, tmp_path: Path, browser: Browser
) -> None:
    with running_desk(sqlite_template, tmp_path) as (_, address):
        for path in ("/sign-in", "/not-there"):
            headers = httpx.get(f"{address}{path}").headers
            assert headers["x-frame-options"] == "DENY" and headers["cache-control"] == "no-store"
            scripts = next(each for each in headers["content-security-policy"].split("; ") if "script-src" in each)
            assert "unsafe-inline" not in scripts and "sha256-" in scripts
        assert "no-store" not in httpx.get(f"{address}/assets/desk.css").headers.get("cache-control", "")
        assert not _opens(address, "https://evil.example") and _opens(address, address)
        page = browser.new_page()
        complaints: list[str] = []
        page.on("console", lambda said: complaints.append(said.text) if "Policy" in said.text else None)
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.goto(f"{address}/sign-in")
        page.fill("#email", EMAIL)
        page.fill("#password", PASSWORD)
        page.click("button[type=submit]")
        page.wait_for_selector("main h1")
        page.wait_for_function("window.socket && window.socket.connected")
        theme = page.evaluate("document.documentElement.dataset.theme")
        page.locator(".btn.bare.icon").first.click()
        page.wait_for_function("(was) => document.documentElement.dataset.theme !== was", arg=theme)
        page.goto(f"{address}/kiosks")
        page.wait_for_selector("main h1")
        page.close()
        assert complaints == []


def _opens(address: str, origin: str) -> bool:
    try:
        with connect(address.replace("http", "ws") + SOCKET, origin=Origin(origin)):
            return True
    except InvalidStatus:
        return False
