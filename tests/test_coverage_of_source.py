"""The list of what the source asks for names tests that are there."""

import ast
import re
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PAGE = ROOT / "docs" / "coverage-of-source.md"
NAMED = re.compile(r"`(tests/[\w/]+\.py)::(\w+|\*)`")
LEAST = 200
"""Tests named; fewer means that the page is read wrongly."""


def names_in(path: Path) -> set[str]:
    tree = ast.parse(path.read_text("utf-8"))
    made = (node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef))
    return {node.name for node in made if node.name.startswith("test_")}


def test_each_row_names_tests_that_are_there() -> None:
    named = NAMED.findall(PAGE.read_text("utf-8"))
    assert len(named) >= LEAST
    missing = [
        f"{file}::{name}"
        for file, name in named
        if not (ROOT / file).is_file()
        or not (names_in(ROOT / file) & {name} or (name == "*" and names_in(ROOT / file)))
    ]
    assert not missing


def test_each_row_names_at_least_one() -> None:
    rows = [line for line in PAGE.read_text("utf-8").splitlines() if line.startswith("| ")]
    bare = [row for row in rows if not NAMED.search(row) and not row.endswith("| Held by |")]
    assert not bare
