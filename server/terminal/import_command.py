"""The command `tessera import`. Without `--really` it only looks."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from core.import_systems import SYSTEMS
from core.import_values import DateOrder
from core.importing import Kind
from server.settings import Settings

File = Annotated[Path, typer.Argument(metavar="FILE.csv", help="As the other system exported it.")]
What = Annotated[str, typer.Option("--kind", help=f"What its rows are: {', '.join(Kind)}.")]
System = Annotated[str, typer.Option(metavar="NAME", help=f"Who wrote it, if it is one of {', '.join(SYSTEMS)}.")]
Choices = Annotated[
    list[str] | None, typer.Option("--map", metavar="COLUMN=FIELD", help="Once or more; COLUMN=- leaves it out.")
]
Dates = Annotated[str, typer.Option(metavar="ORDER", help=f"How it writes days: {', '.join(DateOrder)}. Else told.")]
Report = Annotated[Path | None, typer.Option(metavar="OUT.csv", help="A line for every row.")]


def add_import(app: typer.Typer, show: Console, now: Callable[[], datetime]) -> None:
    """Joins the command to the front door, which shows and reads the clock."""

    @app.command("import")
    def import_(
        file: File,
        kind: What,
        system: System = "",
        chosen: Choices = None,
        dates: Dates = "",
        really: Annotated[bool, typer.Option("--really", help="Do it.")] = False,
        report: Report = None,
    ) -> None:
        """Members, passes or places ahead from another system: the columns, a dry run, and, if asked for, the doing."""
        from server.terminal.importing import Asked, import_file

        asked = Asked(
            file=file,
            kind=kind,
            system=system,
            choices=tuple(chosen or ()),
            order=dates,
            really=really,
            report=report,
        )
        import_file(Settings.from_environment(), asked, now(), show)
