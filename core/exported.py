"""The file by which a kiosk is emptied by hand: a line that says what follows, then one attempt a line, all JSON."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, kw_only=True, slots=True)
class EpochExported:
    """`count` attempts of one epoch are in the file, from `first_seq` to `last_seq`; `end` is the last one's chain."""

    epoch: str
    count: int
    first_seq: int
    last_seq: int
    end: str


@dataclass(frozen=True, kw_only=True, slots=True)
class ExportHeader:
    """The first line. `is_all`: attempts that the server has confirmed are in the file too.

    `is_salvaged`: the kiosk's file was damaged, and this is what could be read out of it.
    """

    device_id: str
    organization_name: str
    venue_name: str
    made_at: datetime
    is_all: bool
    is_salvaged: bool
    count: int
    epochs: tuple[EpochExported, ...]
