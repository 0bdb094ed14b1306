"""Takes a picture of every face in every language, upright and lying: `make faces`, then look at build/faces."""

from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

import typer
from playwright.sync_api import Page, sync_playwright
from rich.console import Console
from rich.progress import Progress

from core.messages import LANGUAGES
from kiosk.pages.gallery import app, samples, stand_for
from tests.browser import FLAGS, get_browser
from tests.faces.panel import PANELS, panel, show
from tests.faces.serving import served
from tests.faces.sheet import Column, contact_sheet, index_page

MODES = ("large", "hc", "reach")
LOOKED_AT_IN_EACH_MODE = ("en", "ar")
"""Languages: one of each direction."""


def columns_of(languages: list[str]) -> Iterator[Column]:
    for panel_name in PANELS:
        for language in languages:
            yield Column(panel=panel_name, language=language)
        for language in LOOKED_AT_IN_EACH_MODE:
            if language in languages:
                for mode in MODES:
                    yield Column(panel=panel_name, language=language, mode=mode)


def take(page: Page, column: Column, names: list[str], folder: Path) -> Iterator[tuple[tuple[str, Column], Path]]:
    """One picture after the other, as each is taken."""
    faces = samples(stand_for(column.language, column.mode))
    for name in names:
        show(page, faces[name])
        path = folder / f"{name}-{column.name}.jpg"
        page.screenshot(path=path, type="jpeg", quality=82, animations="disabled")
        yield (name, column), path


def main(
    to: Annotated[Path, typer.Option(help="The folder for the pictures.")] = Path("build/faces"),
    only: Annotated[
        list[str] | None, typer.Option(help="A face, or the beginning of its name; again for more.")
    ] = None,
    language: Annotated[list[str] | None, typer.Option(help="A language; again for more.")] = None,
) -> None:
    """Every face in every language, upright and lying, and in three modes in English and Arabic."""
    languages = [each for each in LANGUAGES if not language or each in language]
    names = [name for name in samples(stand_for()) if not only or name.startswith(tuple(only))]
    if not languages or not names:
        raise typer.BadParameter(f"Languages are {', '.join(LANGUAGES)}; faces are {', '.join(samples(stand_for()))}.")
    columns = list(columns_of(languages))
    to.mkdir(parents=True, exist_ok=True)
    taken: dict[tuple[str, Column], Path] = {}
    with sync_playwright() as driver, served(app()) as gallery, Progress() as progress:
        browser = driver.chromium.launch(executable_path=str(get_browser()), args=list(FLAGS))
        shots = progress.add_task("Faces", total=len(columns) * len(names))
        for panel_name, size in PANELS.items():
            with panel(browser, gallery, size) as page:
                for column in (each for each in columns if each.panel == panel_name):
                    progress.update(shots, description=column.name)
                    for key, path in take(page, column, names, to):
                        taken[key] = path
                        progress.advance(shots)
        browser.close()
    contact_sheet(columns, taken, names).save(to / "sheet.jpg", quality=80)
    (to / "index.html").write_text(index_page(columns, taken, names), "utf-8")
    Console().print(f"{len(taken)} pictures. Look at {to / 'index.html'}, or at all of them on {to / 'sheet.jpg'}.")


if __name__ == "__main__":
    typer.run(main)
