"""A temporary card goes to the printer through the system's `lp`; what goes wrong there is said in plain words."""

import sys
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from random import Random

import numpy as np
import pypdfium2
import pytest

from core import cards, messages
from kiosk.camera.decoder import Decoder
from kiosk.card_paper import CardPaper, paper_of, paper_pdf
from kiosk.printing import THE_SYSTEMS, CupsPrinter, NoPrinter, NotPrinted, printer_named
from kiosk.settings import KioskSettings
from kiosk.staff_print import printed
from kiosk.store.replica import Venue
from tests.kiosk.at_the_desk import a_kiosk

CODE = cards.new_code(Random("Ana").getrandbits)
PAPER = CardPaper(
    code=CODE, title="Temporary card", name="Ana", studio="Kiln & Co.", until="Good until 21 November, 23:59"
)


def fake_lp(folder: Path, monkeypatch: pytest.MonkeyPatch, script: str) -> Path:
    """An `lp` that is first on the PATH, writes down what it was asked, and then does as the script says."""
    lp = folder / "lp"
    lp.write_text(
        f"#!{sys.executable}\nimport pathlib, sys, time\nhere = pathlib.Path({str(folder)!r})\n"
        "(here / 'asked').write_text(' '.join(sys.argv[1:]))\n"
        f"(here / 'printed.pdf').write_bytes(sys.stdin.buffer.read())\n{script}\n"
    )
    lp.chmod(0o755)
    monkeypatch.setenv("PATH", str(folder))
    return folder


def why_not(printer: CupsPrinter | NoPrinter) -> tuple[str, dict[str, str]]:
    with pytest.raises(NotPrinted) as no:
        printer.print_pdf(b"%PDF", "Temporary card")
    return no.value.key, no.value.values


def test_the_document_reaches_the_printer_that_the_settings_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fake_lp(tmp_path, monkeypatch, "print('request id is Desk-12 (1 file(s))')")
    document = paper_pdf(PAPER)
    CupsPrinter("Desk").print_pdf(document, "Temporary card")
    assert (tmp_path / "printed.pdf").read_bytes() == document
    assert (tmp_path / "asked").read_text().startswith("-d Desk -t Temporary card")


def test_the_systems_own_printer_is_not_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    fake_lp(tmp_path, monkeypatch, "")
    CupsPrinter(THE_SYSTEMS).print_pdf(b"%PDF", "Temporary card")
    assert "-d" not in (tmp_path / "asked").read_text().split()


@pytest.mark.parametrize(
    "said, key, values",
    [
        ("lp: The printer or class does not exist.", "print.unknown_printer", {"name": "Desk"}),
        ("lp: Error - no default destination available.", "print.unknown_printer", {"name": "Desk"}),
        ("lp: Out of paper", "print.refused", {"why": "Out of paper"}),
        ("", "print.refused", {"why": "lp"}),
    ],
)
def test_a_printer_that_says_no_is_told_in_plain_words(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, said: str, key: str, values: dict[str, str]
) -> None:
    fake_lp(tmp_path, monkeypatch, f"print({said!r}, file=sys.stderr)\nsys.exit(1)")
    assert why_not(CupsPrinter("Desk")) == (key, values)
    for language in messages.LANGUAGES:
        assert messages.say(language, key, **values)


def test_a_printer_that_hangs_is_not_waited_for(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    fake_lp(tmp_path, monkeypatch, "time.sleep(600)")
    assert why_not(CupsPrinter("Desk", deadline=1.0)) == ("print.too_slow", {})


def test_a_machine_without_a_printing_system_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    assert why_not(CupsPrinter("Desk")) == ("print.not_found", {})


def test_an_lp_that_cannot_run_is_no_crash(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    fake_lp(tmp_path, monkeypatch, "")
    (tmp_path / "lp").write_bytes(b"\x00 no program")
    key, values = why_not(CupsPrinter("Desk"))
    assert (key, bool(values["why"])) == ("print.refused", True)


def test_what_the_settings_say() -> None:
    assert isinstance(printer_named(""), NoPrinter)
    assert printer_named("default") == CupsPrinter(THE_SYSTEMS)
    assert why_not(NoPrinter()) == ("print.no_printer", {})
    assert KioskSettings.from_environment(environment={"HOME": "/", "TESSERA_PRINTER": " Desk "}).printer == "Desk"
    assert KioskSettings.from_environment(environment={"HOME": "/"}).printer == ""


@pytest.mark.parametrize(
    "name", ["Ana", "Łucja Żółć", "مريم", "גילה", "Анна", "美咲", "", "Wilhelmina-Theodora von der Heide"]
)
def test_the_paper_bears_a_code_that_the_kiosk_reads_and_words_that_fit(name: str) -> None:
    """Twice as large as a card's, on the smallest sheet there is; and the same paper in whatever script."""
    document = pypdfium2.PdfDocument(paper_pdf(replace(PAPER, name=name)))
    assert len(document) == 1
    picture = np.array(document[0].render(scale=150 / 72).to_pil().convert("L"))
    (read,) = Decoder().read(picture).codes
    assert read.payload.decode() == CODE.text
    assert (picture[:, :20] == 255).all() and (picture[:, -20:] == 255).all(), "nothing is cut off at the sides"
    if name.isascii():
        assert name in document[0].get_textpage().get_text_range()


@pytest.mark.parametrize("language", messages.LANGUAGES)
def test_it_says_that_it_is_temporary_and_its_last_minute(language: str) -> None:
    """Until midnight in Berlin is 23:59, whatever UTC says."""
    midnight = datetime(2026, 11, 21, 23, 0, tzinfo=UTC)
    venue = Venue(zone="Europe/Berlin", organization_name="Kiln & Co.")
    paper = paper_of(CODE, "Ana", midnight, venue, language)
    assert "21" in paper.until and "23:59" in paper.until
    assert paper.title == messages.say(language, "card.temporary")
    assert paper_pdf(paper).startswith(b"%PDF")


@pytest.mark.parametrize("is_there", [True, False])
def test_staff_are_told_whether_it_is_on_its_way(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, is_there: bool
) -> None:
    lp = tmp_path / "bin"
    lp.mkdir()
    fake_lp(lp, monkeypatch, "")
    if not is_there:
        (lp / "lp").unlink()
    until = datetime(2026, 11, 21, 23, 0, tzinfo=UTC)
    said = printed(a_kiosk(tmp_path / "kiosk").desk, CupsPrinter("Desk"), "en", CODE.text, "Ana", until)
    assert said.is_good is is_there
    assert messages.say("en", said.key, **dict(said.values))
    assert (lp / "printed.pdf").exists() is is_there
