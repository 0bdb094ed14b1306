"""What web pages elsewhere, names that point here, and markup in a name can do to a kiosk that runs: nothing."""

import http.client
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser
from websockets.exceptions import InvalidStatus
from websockets.sync.client import connect
from websockets.typing import Origin

from kiosk.__main__ import HOST
from kiosk.pages.gallery import ASSETS
from kiosk.settings import KioskSettings
from tests.kiosk.a_hostile_name_on_screen import EVIL_NAME

ROOT = Path(__file__).parents[2]
SOCKET = "/_nicegui_ws/socket.io/?EIO=4&transport="
Headers = dict[str, str]


@pytest.fixture(scope="module")
def port() -> Iterator[int]:
    """A kiosk's screen as `kiosk.__main__` puts it on the air, in a process of its own: NiceGUI has one app in each."""
    command = [sys.executable, "-m", "tests.kiosk.a_hostile_name_on_screen"]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as kiosk:
        assert kiosk.stdout
        yield int(kiosk.stdout.readline())
        kiosk.terminate()


def asked(port: int, path: str, headers: Headers, verb: str = "GET") -> tuple[int, dict[str, str]]:
    connection = http.client.HTTPConnection(HOST, port, timeout=10)
    connection.request(verb, path, headers=headers)
    answer = connection.getresponse()
    answer.read()
    return answer.status, {name.lower(): value for name, value in answer.getheaders()}


def websocket_opens(port: int, host: str, origin: str | None) -> bool:
    with socket.create_connection((HOST, port), timeout=10) as to_kiosk:
        try:
            with connect(f"ws://{host}{SOCKET}websocket", sock=to_kiosk, origin=Origin(origin) if origin else None):
                return True
        except InvalidStatus:
            return False


@pytest.mark.parametrize(
    "host, origin, opens",
    [
        ("127.0.0.1:{port}", "http://127.0.0.1:{port}", True),
        ("localhost:{port}", "http://localhost:{port}", True),
        ("127.0.0.1:{port}", None, False),
        ("127.0.0.1:{port}", "null", False),
        ("127.0.0.1:{port}", "file://", False),
        ("127.0.0.1:{port}", "http://127.0.0.1:8080", False),
        ("127.0.0.1:{port}", "https://127.0.0.1:{port}", False),
        ("127.0.0.1:{port}", "https://evil.example", False),
        ("evil.example:{port}", "http://evil.example:{port}", False),
        ("127.0.0.1.nip.example:{port}", "http://127.0.0.1:{port}", False),
    ],
    ids=["own", "by-name", "no-origin", "null", "file", "other-port", "tls", "elsewhere", "rebinding", "half-rebound"],
)
def test_the_websocket_opens_for_the_kiosks_own_page_alone(
    port: int, host: str, origin: str | None, opens: bool
) -> None:
    assert websocket_opens(port, host.format(port=port), origin and origin.format(port=port)) is opens


@pytest.mark.parametrize("verb", ["GET", "POST"])
def test_polling_instead_of_the_websocket_is_no_way_round(port: int, verb: str) -> None:
    here = f"{HOST}:{port}"
    hostile: list[Headers] = [
        {"Host": here, "Origin": "https://evil.example"},
        {"Host": here, "Origin": "null"},
        {"Host": here, "Origin": "http://127.0.0.1:1"},
        {"Host": f"evil.example:{port}", "Origin": f"http://evil.example:{port}"},
        {"Host": here, "Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "no-cors"},
    ]
    assert [asked(port, f"{SOCKET}polling", headers, verb)[0] for headers in hostile] == [403] * 5
    if verb == "GET":
        assert asked(port, f"{SOCKET}polling", {"Host": here, "Sec-Fetch-Site": "same-origin"})[0] == 200


@pytest.mark.parametrize("path", ["/", "/health", "/camera.mjpg", "/assets/kiosk.js", "/_nicegui/3/static/x.js", "/no"])
def test_a_name_that_points_at_this_machine_is_told_nothing(port: int, path: str) -> None:
    assert asked(port, path, {"Host": f"rebound.example:{port}"})[0] == 403


@pytest.mark.parametrize("path", ["/", "/health", "/assets/kiosk.js", "/not-there"])
def test_every_answer_says_what_may_be_done_with_it(port: int, path: str) -> None:
    _, headers = asked(port, path, {"Host": f"{HOST}:{port}", "Accept-Encoding": "gzip"})
    assert headers["cache-control"] == "no-store" and headers["x-frame-options"] == "DENY"
    assert headers["x-content-type-options"] == "nosniff" and headers["referrer-policy"] == "same-origin"
    assert "microphone=()" in headers["permissions-policy"]
    policy = headers["content-security-policy"]
    assert "default-src 'none'" in policy and "frame-ancestors 'none'" in policy and "server" not in headers
    scripts = next((part for part in policy.split("; ") if part.startswith("script-src")), "")
    assert "unsafe-inline" not in scripts
    assert ("sha256-" in scripts) is headers["content-type"].startswith("text/html")


def test_refusals_carry_the_same_headers(port: int) -> None:
    status, headers = asked(port, "/", {"Host": "evil.example"})
    assert (status, headers["cache-control"], headers["x-frame-options"]) == (403, "no-store", "DENY")


def test_the_page_lives_within_its_policy_and_a_name_never_becomes_a_script(port: int, browser: Browser) -> None:
    page = browser.new_page(viewport={"width": 1080, "height": 1920})
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text) if "Policy" in message.text else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.goto(f"http://{HOST}:{port}/")
    page.wait_for_selector(".face")
    page.wait_for_function("window.socket && window.socket.connected")
    assert complaints == [] and page.evaluate("window.evil") is None
    page.evaluate("(name) => { document.querySelector('.say').innerHTML = name }", EVIL_NAME)
    page.wait_for_timeout(300)
    assert page.evaluate("window.evil") is None, "also where markup slipped through, nothing in it runs"
    assert any("inline event handler" in each for each in complaints)
    page.close()


def test_another_page_on_this_machine_reaches_nothing(port: int, browser: Browser) -> None:
    """A page of another port is `same-site` to a browser: frames, pictures, scripts and sockets all fail."""
    elsewhere = browser.new_page()
    elsewhere.route("http://127.0.0.1:9/*", lambda route: route.fulfill(body="<h1>x</h1>", content_type="text/html"))
    elsewhere.goto("http://127.0.0.1:9/")
    found: dict[str, Any] = elsewhere.evaluate(
        """async ([kiosk, path]) => {
          const came = (made) => new Promise((tell) => {
            made.onload = () => tell("came"); made.onerror = () => tell("refused"); document.body.append(made); });
          const script = Object.assign(document.createElement("script"), { src: kiosk + "/assets/kiosk.js" });
          const socket = new Promise((tell) => { const s = new WebSocket(kiosk.replace("http", "ws") + path);
            s.onopen = () => tell("came"); s.onerror = () => tell("refused"); });
          const frame = document.createElement("iframe"); frame.src = kiosk; document.body.append(frame);
          await new Promise((tell) => (frame.onload = tell));
          let framed; try { framed = frame.contentDocument === null ? "refused" : "came" } catch { framed = "refused" }
          return { script: await came(script), socket: await socket, framed,
                   read: await fetch(kiosk + "/health").then(() => "came", () => "refused") };
        }""",
        [f"http://{HOST}:{port}", f"{SOCKET}websocket"],
    )
    elsewhere.close()
    assert found == {"script": "refused", "socket": "refused", "framed": "refused", "read": "refused"}


def test_the_file_that_waits_finds_the_kiosk(port: int, browser: Browser) -> None:
    page = browser.new_page()
    page.goto(f"{(ASSETS / 'wait_for_kiosk.html').as_uri()}?port={port}")
    page.wait_for_url(f"http://{HOST}:{port}/")
    page.wait_for_selector(".face")
    page.close()


def test_the_kiosk_listens_on_loopback_whatever_the_environment_says() -> None:
    """The address is no setting; one that asks for another is refused aloud (`test_kiosk_settings`)."""
    assert HOST == "127.0.0.1"
    assert not any("host" in name for name in KioskSettings.__dataclass_fields__)
