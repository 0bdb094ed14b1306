"""The commands of `tessera staff`. A PIN is asked for, never an argument: a shell remembers what was typed into it."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from server.settings import Settings

Email = Annotated[str, typer.Argument(metavar="EMAIL", help="What they sign in with.")]


def staff_commands(say: Callable[[str], None], now: Callable[[], datetime]) -> typer.Typer:
    """To be joined to the front door, which says sentences and reads the clock."""
    staff = typer.Typer(help="Staff at the kiosk: their cards and PINs.", no_args_is_help=True)

    @staff.command("card")
    def card(
        email: Email,
        to: Annotated[Path, typer.Option("--to", metavar="FILE", help="FILE.pdf to cut out, or FILE.png.")],
    ) -> None:
        """A new card, drawn to be printed; the one before ends. It serves once a PIN is set."""
        from server.terminal.staff import give_card

        say(give_card(Settings.from_environment(), email, to, now()))

    @staff.command("pin")
    def pin(email: Email) -> None:
        """A new PIN of six digits. Asks for it twice; nothing is shown."""
        from server.terminal.staff import known_here, set_pin_of

        name = known_here(Settings.from_environment(), email)
        typed = typer.prompt(f"New PIN of {name}", hide_input=True, confirmation_prompt="The same once more")
        say(set_pin_of(Settings.from_environment(), email, typed, now()))

    @staff.command("card-lost")
    def card_lost(
        email: Email,
        because: Annotated[str, typer.Option("--because", metavar="TEXT", help="Why; it is kept with the card.")],
    ) -> None:
        """Their card opens nothing any more."""
        from server.terminal.staff import take_card

        say(take_card(Settings.from_environment(), email, because, now()))

    return staff
