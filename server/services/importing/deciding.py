"""What every kind of row has in common: a decision, and somebody who imagines or applies it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from core.import_values import Record
from server.services.door.vault import CodeVault
from server.services.importing.values import Remark, Verdict
from server.services.people.rights import Asker, the_house


@dataclass(frozen=True, kw_only=True, slots=True)
class Doing:
    """In which organization, by whom, when. All is done in the house's name; who asked for it is kept with each row."""

    organization_id: str
    source: str
    by: Asker
    at: datetime
    vault: CodeVault

    @property
    def house(self) -> Asker:
        return the_house(self.organization_id)


@dataclass(frozen=True, kw_only=True, slots=True)
class Decided:
    """What is to become of a row. `writes` False: nothing at all is to be written."""

    verdict: Verdict
    key: str = ""
    called: str = ""
    remarks: tuple[Remark, ...] = ()
    writes: bool = True


class Importer(Protocol):
    """One kind of rows. `decide` raises `Unclear` or a `TesseraError` for a row that cannot be taken."""

    def key_of(self, record: Record) -> str: ...

    def look_up(self, keyed: Iterable[tuple[str, Record]], *, locked: bool) -> None: ...

    def decide(self, record: Record, key: str) -> Decided: ...

    def imagine(self, record: Record, decided: Decided) -> Remark | None:
        """Go on as if it were done. A remark: it would not be, and why."""

    def apply(self, record: Record, decided: Decided) -> Remark | None:
        """Do it, inside a transaction. A remark: it was not done, and why."""
