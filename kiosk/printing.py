"""Prints at the desk's printer, over the system's own printing (CUPS). Call it where blocking harms nobody.

It refuses to wait long for a printer, and to say anything but plain words about one that does not print.
"""

import logging
import subprocess
from dataclasses import dataclass
from typing import Protocol

log = logging.getLogger(__name__)

DEADLINE = 10.0
"""Seconds for handing a document over; the printing itself is the system's business afterwards."""
LONGEST_WHY = 120
"""Characters of what the system says."""
THE_SYSTEMS = "default"
"""As the printer's name in the settings: whichever the system prints to."""


class NotPrinted(Exception):
    """`key` and `values` are a sentence of `core.messages`, which says what to do instead."""

    def __init__(self, key: str, **values: str) -> None:
        super().__init__(key)
        self.key, self.values = key, values


class Printer(Protocol):
    """Takes a document, or says why not."""

    def print_pdf(self, document: bytes, title: str) -> None:
        """Blocks until the document was taken, for `DEADLINE` at most. Raises `NotPrinted`."""
        ...


class NoPrinter:
    """None is set up: the code is shown on the screen instead."""

    def print_pdf(self, document: bytes, title: str) -> None:
        raise NotPrinted("print.no_printer")


@dataclass(frozen=True, slots=True)
class CupsPrinter:
    """The system's printer of that name, or its default one. Hands over with `lp`, which reads the document."""

    name: str = THE_SYSTEMS
    deadline: float = DEADLINE

    def print_pdf(self, document: bytes, title: str) -> None:
        to = () if self.name == THE_SYSTEMS else ("-d", self.name)
        command = ["lp", *to, "-t", title, "-o", "media=A6,A4", "-o", "fit-to-page"]
        try:
            done = subprocess.run(command, input=document, capture_output=True, timeout=self.deadline, check=False)
        except FileNotFoundError:
            raise NotPrinted("print.not_found") from None
        except (subprocess.TimeoutExpired, BrokenPipeError) as error:
            raise NotPrinted("print.too_slow") from error
        except OSError as error:
            raise NotPrinted("print.refused", why=error.strerror or type(error).__name__) from error
        if done.returncode != 0:
            raise self._refused(done.stderr.decode("utf-8", errors="replace"))

    def _refused(self, said: str) -> NotPrinted:
        why = next((line.strip() for line in said.splitlines() if line.strip()), "lp")
        log.warning("The printer did not take it: %s", why[:LONGEST_WHY])
        if "does not exist" in why or "default destination" in why:
            return NotPrinted("print.unknown_printer", name=self.name)
        return NotPrinted("print.refused", why=why.removeprefix("lp: ")[:LONGEST_WHY])


def printer_named(name: str) -> Printer:
    """As the settings name it; empty: none."""
    return CupsPrinter(name) if name else NoPrinter()
