"""The house keeps its plan: who may import whom, who holds which power, and how a file is formed.

Every import counts, also one inside a function. A new room needs a row in `MAY_IMPORT`; that is meant to be noticed.
"""

import ast
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
HOUSES = ("core", "server", "kiosk", "assets")
LONGEST_FILE = 400

MAY_IMPORT: dict[str, frozenset[str]] = {
    "core": frozenset({"core"}),
    "assets": frozenset(),
    "server": frozenset(),
    # the studio's memory
    "server.settings": frozenset({"core"}),
    "server.store": frozenset({"core"}),
    "server.printing": frozenset({"core"}),
    "server.services": frozenset({"core", "server.store", "server.printing"}),
    "server.api": frozenset({"core", "server.services"}),
    "server.pages": frozenset({"core", "server.services"}),
    "server.jobs": frozenset({"core", "server.services"}),
    "server.scheduler": frozenset({"core", "server.services", "server.jobs", "server.errands"}),
    "server.errands": frozenset({"core", "server.services", "server.jobs", "server.post"}),
    "server.post": frozenset({"core"}),
    "server.__main__": frozenset({"core", "server"}),
    "server.terminal": frozenset({"core", "server"}),
    "server.demo": frozenset({"core", "server"}),
    # the front door
    "kiosk.settings": frozenset({"core", "kiosk.door_settings", "kiosk.modes"}),
    "kiosk.store": frozenset({"core"}),
    "kiosk.camera": frozenset({"core"}),
    "kiosk.server_client": frozenset({"core"}),
    "kiosk.pages": frozenset(
        {"core", "kiosk.camera", "kiosk.faces", "kiosk.faces_member", "kiosk.faces_staff", "kiosk.faces_selftest"}
        | {"kiosk.greeter", "kiosk.modes", "kiosk.staff_values", "kiosk.stand", "kiosk.taps"}
    ),
    "kiosk": frozenset({"core", "kiosk"}),
    # the command line
    "tessera": frozenset({"core", "server", "kiosk"}),
}
"""By room: the rooms it may import, each with all that is in it. The longest name that fits a file counts."""

ROOMS_OF_ROOMS = frozenset({"server"})
"""The row holds for the package itself; each room in it has its own."""

NOT_FROM_BELOW = {
    "kiosk.drafting": frozenset({"kiosk.desk", "kiosk.greeter", "kiosk.pages", "kiosk.camera"}),
    "kiosk.desk_health": frozenset({"kiosk.desk", "kiosk.greeter", "kiosk.pages", "kiosk.camera"}),
    "kiosk.desk": frozenset({"kiosk.greeter", "kiosk.pages", "kiosk.camera"}),
    "kiosk.on_screen": frozenset({"kiosk.greeter", "kiosk.at_rest", "kiosk.talk", "kiosk.pages", "kiosk.camera"}),
    "kiosk.at_rest": frozenset({"kiosk.greeter", "kiosk.talk", "kiosk.pages"}),
    "kiosk.greeter": frozenset({"kiosk.pages"}),
}
"""Arrows inside the kiosk that must not turn round."""

OUTSIDERS: dict[str, frozenset[str]] = {
    "peewee": frozenset({"server.services", "server.store", "server.terminal.check"}),
    "playhouse": frozenset({"server.store"}),
    "psycopg": frozenset({"server.store"}),
    "apsw": frozenset({"server.store", "kiosk.store", "server.terminal.check"}),
    "sqlite3": frozenset({"server.store", "kiosk.store"}),
    "httpx": frozenset({"kiosk.server_client", "kiosk.door_http", "server.demo", "server.post"}),
    "smtplib": frozenset({"server.post"}),
    "apprise": frozenset({"server.post"}),
    "cv2": frozenset({"kiosk.camera", "kiosk.camera_check", "kiosk.scan_command", "kiosk.pages.gallery"}),
    "zxingcpp": frozenset({"kiosk.camera"}),
    "nicegui": frozenset({"kiosk.pages", "kiosk.__main__", "server.pages", "server.__main__"}),
    "schedule": frozenset({"server.scheduler"}),
}
"""Libraries that are a power, and the rooms that hold it."""

READS_THE_CLOCK = frozenset(
    {
        "tessera",
        "server.__main__",
        "kiosk.__main__",
        "kiosk.camera_check",
        "server.scheduler",
        "server.demo.processes",
        "server.demo.run",
    }
)
"""Those who start something and wait for it. Everybody else is told `at`, or handed a clock."""

READS_THE_ENVIRONMENT = frozenset({"server.settings", "kiosk.settings", "tessera"})
"""tessera hands the environment on to the processes that the demo starts."""

CLOCKS = frozenset(
    {
        "datetime.now",
        "datetime.utcnow",
        "datetime.today",
        "date.today",
        "time.time",
        "time.time_ns",
        "time.monotonic",
        "time.monotonic_ns",
        "time.perf_counter",
        "time.perf_counter_ns",
        "time.clock_gettime",
        "time.localtime",
        "time.gmtime",
    }
)
IMPURE = frozenset({"asyncio", "io", "logging", "os", "pathlib", "random", "secrets", "shutil", "socket", "subprocess"})
IMPURE |= {"tempfile", "threading", "time", "urllib"}
LEFT_FOR_LATER = ("TO" + "DO", "FIX" + "ME")
BANNED_WORDS = frozenset({"util", "utils", "common", "helper", "helpers", "base", "manager", "managers", "misc"})


@dataclass(frozen=True, kw_only=True, slots=True)
class Module:
    name: str
    path: Path
    text: str
    tree: ast.Module

    def where(self, node: ast.AST) -> str:
        return f"{self.path}:{getattr(node, 'lineno', 1)}"


def read_modules() -> tuple[Module, ...]:
    paths = sorted(path for house in HOUSES for path in (ROOT / house).rglob("*.py"))
    found = []
    for path in (*paths, ROOT / "tessera.py"):
        name = ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")
        text = path.read_text(encoding="utf-8")
        found.append(Module(name=name, path=path.relative_to(ROOT), text=text, tree=ast.parse(text)))
    return tuple(found)


MODULES = read_modules()
NAMES = frozenset(module.name for module in MODULES)


def imports_of(module: Module) -> Iterator[tuple[str, ast.AST]]:
    """Every module imported anywhere in a file, in full. `from core import cards` is `core.cards`."""
    for node in ast.walk(module.tree):
        if isinstance(node, ast.Import):
            yield from ((alias.name, node) for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.level == 0:
            for alias in node.names:
                whole = f"{node.module}.{alias.name}"
                yield (whole if whole in NAMES else str(node.module)), node


def is_in(name: str, room: str) -> bool:
    return name == room or name.startswith(f"{room}.")


def room_of(name: str) -> str:
    """The row of the table that holds for a module."""
    rooms = [room for room in MAY_IMPORT if (is_in(name, room) and room not in ROOMS_OF_ROOMS) or name == room]
    return max(rooms, key=len, default="")


def dotted_names_of(module: Module) -> Iterator[tuple[str, ast.AST]]:
    """Whatever is used by a dotted name, such as `datetime.now`, by its last two names."""
    for node in ast.walk(module.tree):
        if isinstance(node, ast.Attribute):
            owner = node.value
            if isinstance(owner, ast.Name | ast.Attribute):
                yield f"{owner.id if isinstance(owner, ast.Name) else owner.attr}.{node.attr}", node


Rule = Callable[[Module], Iterator[str]]


def arrows_point_the_right_way(module: Module) -> Iterator[str]:
    room = room_of(module.name)
    if not room:
        yield f"{module.name} is in no room of MAY_IMPORT: give the new room a row."
        return
    for imported, node in imports_of(module):
        is_ours = imported.split(".")[0] in (*HOUSES, "tessera")
        if is_ours and not any(is_in(imported, allowed) for allowed in (room, *MAY_IMPORT[room])):
            yield f"{module.where(node)}: {room} may not import {imported}, only {sorted(MAY_IMPORT[room])}."
        for lower, above in NOT_FROM_BELOW.items():
            if is_in(module.name, lower) and any(is_in(imported, upper) for upper in above):
                yield f"{module.where(node)}: {lower} lies below {imported} and may not know it."


def server_and_kiosk_never_import_each_other(module: Module) -> Iterator[str]:
    other = {"server": "kiosk", "kiosk": "server"}.get(module.name.split(".")[0])
    for imported, node in imports_of(module):
        if other and is_in(imported, other):
            yield f"{module.where(node)}: {imported} is the other house; they meet over HTTP only."


def imports_are_written_in_full(module: Module) -> Iterator[str]:
    for node in ast.walk(module.tree):
        if isinstance(node, ast.ImportFrom) and node.level:
            yield f"{module.where(node)}: write the import from its house on."


def core_knows_the_standard_library_only(module: Module) -> Iterator[str]:
    for imported, node in imports_of(module):
        top = imported.split(".")[0]
        if is_in(module.name, "core") and top != "core" and top not in sys.stdlib_module_names:
            yield f"{module.where(node)}: core may not know {top}."


def core_is_pure(module: Module) -> Iterator[str]:
    """No randomness, disk, network, process or log behind a rule's back."""
    if not is_in(module.name, "core"):
        return
    for imported, node in imports_of(module):
        if imported.split(".")[0] in IMPURE:
            yield f"{module.where(node)}: core may not use {imported}."
    for node in ast.walk(module.tree):
        if isinstance(node, ast.Name) and node.id in ("open", "print", "input"):
            yield f"{module.where(node)}: core may not use {node.id}."


def values_of_core_cannot_change(module: Module) -> Iterator[str]:
    classes = (node for node in ast.walk(module.tree) if isinstance(node, ast.ClassDef) and is_in(module.name, "core"))
    for node in classes:
        for decorator in node.decorator_list:
            name = decorator.func if isinstance(decorator, ast.Call) else decorator
            if isinstance(name, ast.Name) and name.id == "dataclass":
                given = {k.arg for k in decorator.keywords} if isinstance(decorator, ast.Call) else set()
                if not {"frozen", "slots"} <= given:
                    yield f"{module.where(node)}: {node.name} must be frozen and have slots."


def powers_stay_in_their_rooms(module: Module) -> Iterator[str]:
    for imported, node in imports_of(module):
        holders = OUTSIDERS.get(imported.split(".")[0])
        if holders is not None and not any(is_in(module.name, holder) for holder in holders):
            yield f"{module.where(node)}: {imported} belongs to {sorted(holders)}, not to {module.name}."


def only_a_main_reads_the_clock(module: Module) -> Iterator[str]:
    if module.name in READS_THE_CLOCK:
        return
    read = [(name, node) for name, node in dotted_names_of(module) if name in CLOCKS]
    for node in ast.walk(module.tree):
        if isinstance(node, ast.ImportFrom) and node.module == "time":
            read += [(f"time.{alias.name}", node) for alias in node.names if f"time.{alias.name}" in CLOCKS]
    for name, node in read:
        yield f"{module.where(node)}: {name} reads a clock; take `at`, or a clock, from whoever calls."


def only_settings_read_the_environment(module: Module) -> Iterator[str]:
    for name, node in dotted_names_of(module):
        if name in ("os.environ", "os.getenv", "os.putenv") and module.name not in READS_THE_ENVIRONMENT:
            yield f"{module.where(node)}: only settings.py reads the environment."


def a_file_says_what_it_is_for_and_stays_short(module: Module) -> Iterator[str]:
    if (length := module.text.count("\n")) > LONGEST_FILE:
        yield f"{module.path} has {length} lines; {LONGEST_FILE} is the most."
    if not ast.get_docstring(module.tree):
        yield f"{module.path} needs a docstring that says what it is for."


def names_say_what_is_inside(module: Module) -> Iterator[str]:
    words = {word for part in module.name.split(".") for word in part.split("_")}
    if words & BANNED_WORDS:
        yield f"{module.path}: {sorted(words & BANNED_WORDS)} says nothing."


def nothing_is_forced_silenced_or_left_for_later(module: Module) -> Iterator[str]:
    for node in ast.walk(module.tree):
        if isinstance(node, ast.keyword) and node.arg == "force":
            yield f"{module.where(node.value)}: an override is a fact, not a flag."
        if isinstance(node, ast.ExceptHandler):
            is_broad = node.type is None or (isinstance(node.type, ast.Name) and "Exception" in node.type.id)
            if is_broad and all(isinstance(step, ast.Pass) for step in node.body):
                yield f"{module.where(node)}: silence is the worst sentence."
        if isinstance(node, ast.Name) and node.id == "NotImplementedError":
            yield f"{module.where(node)}: write it, or leave it out."
    for number, line in enumerate(module.text.splitlines(), start=1):
        if any(mark in line for mark in LEFT_FOR_LATER):
            yield f"{module.path}:{number}: that is for a note of yours, not for here."


RULES: tuple[Rule, ...] = (
    arrows_point_the_right_way,
    server_and_kiosk_never_import_each_other,
    imports_are_written_in_full,
    core_knows_the_standard_library_only,
    core_is_pure,
    values_of_core_cannot_change,
    powers_stay_in_their_rooms,
    only_a_main_reads_the_clock,
    only_settings_read_the_environment,
    a_file_says_what_it_is_for_and_stays_short,
    names_say_what_is_inside,
    nothing_is_forced_silenced_or_left_for_later,
)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.__name__)
def test_the_house_keeps_its_plan(rule: Rule) -> None:
    complaints = [complaint for module in MODULES for complaint in rule(module)]
    assert not complaints, "\n".join(["", *complaints])


def test_the_whole_house_is_looked_at() -> None:
    assert {"core.checkin", "server.store.database", "kiosk.desk", "tessera"} <= NAMES


@pytest.mark.parametrize(
    ("rule", "name", "text"),
    [
        (arrows_point_the_right_way, "core.checkin", "from server.store import database"),
        (arrows_point_the_right_way, "server.store.rows", "def f():\n    import server.services.door"),
        (arrows_point_the_right_way, "server.pages.today", "from server.store.tables import MemberRow"),
        (arrows_point_the_right_way, "kiosk.desk", "from kiosk import greeter"),
        (arrows_point_the_right_way, "garden.gate", ""),
        (arrows_point_the_right_way, "server.garden", "import core"),
        (server_and_kiosk_never_import_each_other, "server.api.kiosk", "import kiosk.desk"),
        (imports_are_written_in_full, "kiosk.desk", "from . import greeter"),
        (core_knows_the_standard_library_only, "core.wire", "import pydantic"),
        (core_is_pure, "core.ids", "import secrets"),
        (core_is_pure, "core.cards", "open('cards')"),
        (values_of_core_cannot_change, "core.model", "@dataclass\nclass Member: ..."),
        (powers_stay_in_their_rooms, "server.pages.today", "import peewee"),
        (powers_stay_in_their_rooms, "kiosk.desk", "def ask():\n    import httpx"),
        (only_a_main_reads_the_clock, "server.services.door.checkin", "at = datetime.now(UTC)"),
        (only_a_main_reads_the_clock, "kiosk.greeter", "clock = time.monotonic"),
        (only_a_main_reads_the_clock, "kiosk.greeter", "from time import time"),
        (only_settings_read_the_environment, "server.services.people", "os.environ['HOME']"),
        (a_file_says_what_it_is_for_and_stays_short, "core.checkin", "x = 1"),
        (a_file_says_what_it_is_for_and_stays_short, "core.checkin", '"""Rules."""' + "\n" * 401),
        (names_say_what_is_inside, "server.date_utils", ""),
        (nothing_is_forced_silenced_or_left_for_later, "kiosk.desk", "check_in(card, force=True)"),
        (nothing_is_forced_silenced_or_left_for_later, "kiosk.desk", "try: f()\nexcept Exception: pass"),
        (nothing_is_forced_silenced_or_left_for_later, "kiosk.desk", "raise NotImplementedError"),
        (nothing_is_forced_silenced_or_left_for_later, "kiosk.desk", "# TO" + "DO later"),
    ],
)
def test_each_rule_notices_what_breaks_it(rule: Rule, name: str, text: str) -> None:
    assert list(rule(Module(name=name, path=Path(f"{name}.py"), text=text, tree=ast.parse(text))))


def test_styles_scripts_and_tests_stay_short_too() -> None:
    looked_at = [path for kind in ("*.py", "*.js", "*.css") for path in (ROOT / "tests").rglob(kind)]
    looked_at += [path for kind in ("*.js", "*.css") for room in HOUSES for path in (ROOT / room).rglob(kind)]
    long = {str(path.relative_to(ROOT)): path.read_text("utf-8").count("\n") for path in looked_at}
    assert len(long) > 200 and {name: lines for name, lines in long.items() if lines > LONGEST_FILE} == {}
