"""Finds the browser that tests drive, and gets one where there is none. `python -m tests.browser` says which."""

import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

NAMES = ("chromium", "chromium-browser", "google-chrome-stable", "google-chrome", "chrome")
FLAGS = (
    "--no-sandbox",  # tests may run as root, where Chromium refuses its sandbox
    "--disable-background-networking",  # a closed network must not slow the tests down
    "--disable-component-update",
    "--disable-sync",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--autoplay-policy=no-user-gesture-required",
)
HELP = (
    "Tessera's tests need a Chromium or Chrome and could not get one. "
    "Install one (`apt-get install chromium`, or from google.com/chrome), "
    "or name yours in TESSERA_TEST_BROWSER, and run `make test` again."
)


def browser_path() -> Path | None:
    """The browser named in TESSERA_TEST_BROWSER, an installed one, or Playwright's own; None if there is none."""
    named = os.environ.get("TESSERA_TEST_BROWSER")
    if named:
        return Path(named) if Path(named).exists() else None
    for name in NAMES:
        if found := shutil.which(name):
            return Path(found)
    return _playwrights_own()


def get_browser() -> Path:
    """A browser, installed now if need be. Raises SystemExit with what to do if none can be had."""
    for install in (None, _apt_get, _playwright_install):
        if install is not None:
            install()
        if path := browser_path():
            return path
    raise SystemExit(HELP)


def _apt_get() -> None:
    if not shutil.which("apt-get"):
        return
    prefix = [] if os.geteuid() == 0 else ["sudo", "-n"]
    _try([*prefix, "apt-get", "update", "-q"])
    _try([*prefix, "apt-get", "install", "-y", "-q", "--no-install-recommends", "chromium"])


def _playwright_install() -> None:
    _try([sys.executable, "-m", "playwright", "install", "chromium"])


def _playwrights_own() -> Path | None:
    folder = Path(os.environ.get("PLAYWRIGHT_BROWSERS_PATH", Path.home() / ".cache" / "ms-playwright"))
    found = sorted(folder.glob("chromium-*/chrome-linux*/chrome")) + sorted(
        folder.glob("chromium-*/chrome-mac*/**/Chromium")
    )
    return found[-1] if found else None


def _try(command: Sequence[str]) -> None:
    if not shutil.which(command[0]):
        return
    print("No browser yet:", *command, flush=True)
    subprocess.run(command, check=False, timeout=600)


if __name__ == "__main__":
    print("Tests will drive", get_browser())
