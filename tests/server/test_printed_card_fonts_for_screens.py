"""The fonts the screens load: all there, all licensed, all local, and composed so that a browser finds every script."""

import re
from collections import defaultdict
from pathlib import Path

import pytest

FONTS = Path(__file__).resolve().parents[2] / "assets" / "fonts"
FACES = re.findall(r"@font-face \{(.+?)\}", (FONTS / "fonts.css").read_text(encoding="utf-8"))


def stated(face: str, name: str) -> str:
    found = re.search(rf"{name}: ([^;]+);", face)
    return found.group(1).strip('"') if found else ""


def covers(face: str, character: str) -> bool:
    for part in stated(face, "unicode-range").split(", "):
        first, _, last = part.removeprefix("U+").partition("-")
        if int(first, 16) <= ord(character) <= int(last or first, 16):
            return True
    return False


def test_every_font_the_pages_ask_for_is_in_the_box_and_no_address_leaves_it() -> None:
    assert len(FACES) > 50
    for face in FACES:
        address = re.search(r'url\("([^"]+)"\)', face)
        assert address
        assert re.match(r"(web|print)/[\w.-]+$", address.group(1))
        assert (FONTS / address.group(1)).stat().st_size > 1000


def test_every_font_file_of_the_screens_is_used() -> None:
    css = (FONTS / "fonts.css").read_text(encoding="utf-8")
    assert [file.name for file in (FONTS / "web").iterdir() if f"web/{file.name}" not in css] == []


def test_all_faces_of_a_family_have_the_same_weights() -> None:
    """A browser chooses by weight before it looks for letters: a face with other weights hides the rest."""
    weights: dict[str, set[str]] = defaultdict(set)
    for face in FACES:
        weights[stated(face, "font-family")].add(stated(face, "font-weight"))
    assert set(weights) == {
        "Inter",
        "Inter Variable",
        "Source Serif 4 Variable",
        "Noto Kufi Arabic",
        "Noto Sans Arabic",
    }
    assert {family for family, found in weights.items() if len(found) > 1} == set()


@pytest.mark.parametrize("family", ["Inter", "Inter Variable", "Source Serif 4 Variable"])
@pytest.mark.parametrize("character", list("aéřЖλễمדअกԱშ小あ민அအអ"))
def test_a_name_in_any_script_is_found_under_the_family_of_the_page(family: str, character: str) -> None:
    assert any(covers(face, character) for face in FACES if stated(face, "font-family") == family)


@pytest.mark.parametrize("sign", list("←→↑↓−✓✗●▲"))
def test_signs_on_buttons_come_from_the_file_that_has_them(sign: str) -> None:
    last = [face for face in FACES if stated(face, "font-family") == "Inter" and covers(face, sign)][-1]
    assert "inter-signs" in last


def test_the_fonts_stay_small_and_every_one_has_its_licence() -> None:
    files = [file for folder in ("web", "print") for file in (FONTS / folder).iterdir()]
    assert sum(file.stat().st_size for file in files) < 12_000_000
    licences = " ".join(file.name for file in (FONTS / "licences").iterdir())
    for beginning in (
        "Inter",
        "SourceSerif4",
        "NotoKufiArabic",
        "NotoSansArabic",
        "NotoSansHebrew",
        "NotoSans",
        "Droid",
    ):
        assert beginning in licences
