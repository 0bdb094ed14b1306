"""The server as a process: it makes its own database, answers, and ends in order when it is told to."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import httpx
import pytest

from tests.journeys.running import eventually, free_port


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_it_starts_from_an_empty_folder_and_ends_when_told(tmp_path: Path, number: signal.Signals) -> None:
    port, log = free_port(), tmp_path / "log"
    own = {"TESSERA_DATA": str(tmp_path / "data"), "TESSERA_PORT": str(port)}
    kept = {name: value for name, value in os.environ.items() if not name.startswith("TESSERA_")}
    with log.open("wb") as words:
        server = subprocess.Popen([sys.executable, "-m", "server"], env={**kept, **own}, stdout=words, stderr=words)
    try:
        with httpx.Client(base_url=f"http://127.0.0.1:{port}", trust_env=False) as client:
            eventually(lambda: _is_well(client, server), "the server to answer")
            assert client.get("/api/nowhere").json()["error"]["code"] == "http.not_found"
            assert client.post("/api/kiosk/ask", content="{}").status_code == 401
            assert client.get("/openapi.json").json()["info"]["title"] == "Tessera"
            assert client.get("/assets/theme.css").headers["content-type"].startswith("text/css")
        server.send_signal(number)
        assert server.wait(timeout=30) == 0
    finally:
        server.kill()
        server.wait()
    said = log.read_text()
    assert "Brought the database up to date" in said and f"http://127.0.0.1:{port}/" in said
    assert "Traceback" not in said and "ERROR" not in said, said
    assert (tmp_path / "data" / "secret.key").stat().st_mode & 0o777 == 0o600
    assert not (tmp_path / "data" / "tessera.db-wal").exists(), "the database was closed in order"


def test_links_asked_for_are_counted_by_who_asks_and_not_by_what_they_write(tmp_path: Path) -> None:
    """Behind a proxy that was named, a stranger who writes another address each time is one stranger. Behind one that
    says nothing, nobody is shut out for what all the others asked for."""
    heard = [f"198.51.100.{number}, 203.0.113.9" for number in range(32)] + ["203.0.113.9, 203.0.113.10"]
    named = {"TESSERA_PROXIES": "127.0.0.1"}
    assert asked_for_links(tmp_path / "says", named, heard) == [200] * 30 + [429] * 2 + [200]
    assert asked_for_links(tmp_path / "says-nothing", named, [""] * 32) == [200] * 32


def asked_for_links(folder: Path, environment: dict[str, str], heard: list[str]) -> list[int]:
    """Answers to those whom a proxy heard, each of whom asks for another address."""
    port = free_port()
    own = {"TESSERA_DATA": str(folder), "TESSERA_PORT": str(port), **environment}
    kept = {name: value for name, value in os.environ.items() if not name.startswith("TESSERA_")}
    server = subprocess.Popen([sys.executable, "-m", "server"], env={**kept, **own}, stderr=subprocess.DEVNULL)
    try:
        with httpx.Client(base_url=f"http://127.0.0.1:{port}", trust_env=False) as client:
            eventually(lambda: _is_well(client, server), "the server to answer")
            return [
                client.post(
                    "/my/sign-in",
                    data={"email": f"{number}@example.org"},
                    headers={"X-Forwarded-For": whom} if whom else {},
                ).status_code
                for number, whom in enumerate(heard)
            ]
    finally:
        server.kill()
        server.wait()


def _is_well(client: httpx.Client, server: subprocess.Popen[bytes]) -> bool:
    assert server.poll() is None, "it ended by itself"
    try:
        return client.get("/api/health").json()["ok"] is True
    except httpx.TransportError:
        return False
