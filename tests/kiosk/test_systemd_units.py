"""The units: every line says why, they name only what exists, and systemd itself finds nothing to complain about."""

import configparser
import json
import re
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
import typer.main

import tessera
from kiosk.settings import DEFAULT_PORT

ROOT = Path(__file__).parents[2]
FOLDER = ROOT / "systemd"
UNITS = sorted(FOLDER.glob("*.service"))
INSTALLED = "/opt/tessera/"
TOOL = shutil.which("systemd-analyze")
MOST_EXPOSED = {"tessera-server": 1.5, "tessera-scheduler": 1.5, "tessera-kiosk": 1.5, "tessera-display": 2.5}
"""Chromium needs memory it may run, namespaces and the screen; the others need none of these."""


def named(unit: Path) -> str:
    return unit.stem


def directives(unit: Path) -> Iterator[tuple[str, str, str]]:
    """(the line before, the key, the value), continued lines and all."""
    before, lines = "", unit.read_text("utf-8").splitlines()
    number = 0
    while number < len(lines):
        line = lines[number]
        if line and not line.startswith(("#", "[")):
            key, _, value = line.partition("=")
            while lines[number].endswith("\\") or lines[number].startswith("#"):
                number += 1
                value += "" if lines[number].startswith("#") else f"\n{lines[number]}"
            yield before, key, value.replace("\\\n", "\n")
        before = line
        number += 1


def values(unit: Path, key: str) -> list[str]:
    return [value for _, name, value in directives(unit) if name == key]


def test_there_is_a_unit_for_each_process_and_one_for_the_screen() -> None:
    assert {named(unit) for unit in UNITS} == set(MOST_EXPOSED)


@pytest.mark.parametrize("unit", UNITS, ids=named)
def test_every_directive_says_why(unit: Path) -> None:
    bare = [key for before, key, _ in directives(unit) if not re.match(r"# \S.{6,}", before)]
    assert bare == []
    assert len(list(directives(unit))) > 40


def test_every_flag_of_the_browser_says_why() -> None:
    lines = (FOLDER / "tessera-display.service").read_text("utf-8").splitlines()
    flags = [number for number, line in enumerate(lines) if line.startswith("  --")]
    assert len(flags) > 10
    assert [lines[number] for number in flags if not lines[number - 1].startswith("# ")] == []


@pytest.mark.parametrize("unit", [unit for unit in UNITS if "display" not in unit.name], ids=named)
def test_the_commands_that_are_started_exist(unit: Path) -> None:
    (start,) = values(unit, "ExecStart")
    program, *arguments = start.split()
    assert program == f"{INSTALLED}.venv/bin/tessera"
    commands = typer.main.get_command(tessera.app)
    assert arguments and arguments[0] in commands.commands  # type: ignore[attr-defined]


@pytest.mark.parametrize("unit", UNITS, ids=named)
def test_what_a_unit_names_exists(unit: Path) -> None:
    text = unit.read_text("utf-8")
    ours = {match for match in re.findall(rf"{INSTALLED}([\w./-]+)", text) if not match.startswith(".venv")}
    assert [name for name in ours if not (ROOT / name).exists()] == []
    for settings in values(unit, "EnvironmentFile"):
        assert (FOLDER / f"{Path(settings).name}.example").exists()
    users = re.findall(r"^u (\S+)", (FOLDER / "sysusers.d/tessera.conf").read_text("utf-8"), re.MULTILINE)
    groups = re.findall(r"^g (\S+)", (FOLDER / "sysusers.d/tessera.conf").read_text("utf-8"), re.MULTILINE)
    assert set(values(unit, "User")) <= set(users)
    assert {group for line in values(unit, "SupplementaryGroups") for group in line.split()} <= {*users, *groups}
    known = {f"{named(other)}.service" for other in UNITS} | {
        "network.target", "systemd-user-sessions.service", "getty@tty1.service",
    }  # fmt: skip
    assert {name for line in values(unit, "After") for name in line.split()} <= known


@pytest.mark.parametrize("example", sorted(FOLDER.glob("*.env.example")), ids=lambda path: path.name)
def test_the_example_settings_are_settings(example: Path) -> None:
    read_somewhere = "".join((ROOT / house / "settings.py").read_text("utf-8") for house in ("server", "kiosk"))
    read_somewhere += "".join(path.read_text("utf-8") for path in (ROOT / "kiosk").glob("*settings*.py"))
    names = re.findall(r"^#?(TESSERA_\w+)=", example.read_text("utf-8"), re.MULTILINE)
    assert names and [name for name in names if f'"{name}"' not in read_somewhere] == []


def test_the_kiosks_data_lies_where_its_unit_may_write() -> None:
    example = configparser.ConfigParser()
    example.optionxform = str  # type: ignore[method-assign, assignment]
    example.read_string("[_]\n" + (FOLDER / "kiosk.env.example").read_text("utf-8"))
    (state,) = values(FOLDER / "tessera-kiosk.service", "StateDirectory")
    assert example["_"]["TESSERA_KIOSK_DATA"] == f"/var/lib/{state}"


def test_the_browser_may_open_the_kiosks_page_and_the_one_that_waits_and_nothing_else() -> None:
    policy = json.loads((FOLDER / "chromium/tessera-policy.json").read_text("utf-8"))
    kiosk, waiting = f"http://127.0.0.1:{DEFAULT_PORT}", f"file://{INSTALLED}assets/wait_for_kiosk.html"
    assert policy["URLBlocklist"] == ["*"] and policy["URLAllowlist"] == [kiosk, waiting]
    assert policy["VideoCaptureAllowed"] is False and policy["VideoCaptureAllowedUrls"] == [kiosk]
    assert (policy["DeveloperToolsAvailability"], policy["DownloadRestrictions"]) == (2, 3)
    assert policy["PrintingEnabled"] is False and policy["AllowFileSelectionDialogs"] is False
    (start,) = values(FOLDER / "tessera-display.service", "ExecStart")
    assert start.split()[-1] == waiting and "--kiosk" in start.split()


def test_systemd_finds_nothing_to_complain_about(tmp_path: Path) -> None:
    """On a machine without systemd there is nobody to ask; the tests above hold there as well."""
    if TOOL is None:
        return
    installed = tmp_path / "etc/systemd/system"
    installed.mkdir(parents=True)
    shutil.copytree("/usr/lib/systemd/system", tmp_path / "usr/lib/systemd/system", symlinks=True)
    for program in ("opt/tessera/.venv/bin/tessera", "usr/bin/cage", "usr/bin/chromium"):
        (tmp_path / program).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / program).write_text("#!/bin/sh\n")
        (tmp_path / program).chmod(0o755)
    for unit in UNITS:
        shutil.copy(unit, installed)
    verify = [TOOL, "verify", "--man=no", f"--root={tmp_path}"]
    found = subprocess.run([*verify, *(unit.name for unit in UNITS)], capture_output=True, text=True, timeout=60)
    assert (found.returncode, found.stdout, found.stderr) == (0, "", "")
    (installed / "tessera-kiosk.service").write_text("[Service]\nExecStart=/nothing/here\nNoNewPriviledges=yes\n")
    spoilt = subprocess.run([*verify, "tessera-kiosk.service"], capture_output=True, text=True, timeout=60)
    assert "NoNewPriviledges" in spoilt.stderr, "and a misspelt line would be found"


@pytest.mark.parametrize("unit", UNITS, ids=named)
def test_each_unit_is_fenced_in(unit: Path) -> None:
    if TOOL is None:
        return
    most = round(MOST_EXPOSED[named(unit)] * 10)
    judge = [TOOL, "security", "--offline=yes", "--no-pager"]
    found = subprocess.run([*judge, f"--threshold={most}", str(unit)], capture_output=True, text=True, timeout=60)
    assert found.returncode == 0, found.stdout[-200:] + found.stderr
    (told,) = re.findall(r"exposure level for \S+ ([\d.]+)", found.stdout)
    assert float(told) <= MOST_EXPOSED[named(unit)] and found.stderr == ""
