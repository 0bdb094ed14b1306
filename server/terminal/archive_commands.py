"""The commands of `tessera archive`: what there is, what stands in it, and whether it is as it was written."""

from collections.abc import Callable
from typing import Annotated

import typer
from rich.console import Console, RenderableType

from server.settings import Settings

What = Annotated[str, typer.Argument(metavar="MONTH|ATTEMPT", help="Such as 2025-10, in UTC; or one attempt's id.")]
ShowVerdict = Callable[[RenderableType, str, bool], None]


def archive_commands(show: Console, show_verdict: ShowVerdict) -> typer.Typer:
    """To be joined to the front door, which says what is sound and what is not."""
    archive = typer.Typer(help="Old attempts that were put away into files.", no_args_is_help=True)

    @archive.command("list")
    def list_() -> None:
        """A line a month: how many attempts, from when to when, and which file."""
        from server.terminal.archive import archive_table

        show.print(archive_table(Settings.from_environment()))

    @archive.command("show")
    def show_(what: What) -> None:
        """What was put away, as lines of JSON: a whole month, or one attempt wherever it is."""
        from server.terminal.archive import archived_json

        for line in archived_json(Settings.from_environment(), what):
            typer.echo(line)

    @archive.command("verify")
    def verify_() -> None:
        """Every file read and laid beside the rows it was taken from. Exit code 1 if it is not as it was written."""
        from server.terminal.archive import verify

        show_verdict(*verify(Settings.from_environment()))

    return archive
