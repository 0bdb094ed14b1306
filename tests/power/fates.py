"""What becomes of a write that was not synced when the power went."""

from collections.abc import Sequence
from dataclasses import dataclass
from random import Random

SECTOR = 512


@dataclass(frozen=True, slots=True)
class Written:
    """Bytes at an offset."""

    offset: int
    data: bytes

    def apply(self, image: bytearray) -> None:
        if len(image) < self.offset:
            image.extend(bytes(self.offset - len(image)))
        image[self.offset : self.offset + len(self.data)] = self.data

    def sectors(self) -> list["Written"]:
        """The same bytes, cut where the disk's sectors begin."""
        starts = [0, *range(SECTOR - self.offset % SECTOR, len(self.data), SECTOR)]
        ends = [*starts[1:], len(self.data)]
        return [Written(self.offset + start, self.data[start:end]) for start, end in zip(starts, ends, strict=True)]


@dataclass(frozen=True, slots=True)
class Truncated:
    """The file became shorter, or longer by zeros."""

    size: int

    def apply(self, image: bytearray) -> None:
        if len(image) < self.size:
            image.extend(bytes(self.size - len(image)))
        del image[self.size :]


Pending = Written | Truncated


@dataclass(frozen=True, slots=True)
class Mood:
    """How this power cut went about it: chances of 0 to 1, and whether new bytes that never arrived are noise."""

    arrives: float
    breaks: float
    is_noisy: bool

    @staticmethod
    def drawn(dice: Random) -> "Mood":
        """Now and then all is lost or all arrives; those are the cases that look sound."""
        arrives = dice.choice((0.0, 0.1, 0.5, 0.9, 1.0, dice.random()))
        return Mood(arrives, breaks=dice.choice((0.0, 0.3, 0.8)), is_noisy=dice.random() < 0.3)


def found_after(durable: bytes, pending: Sequence[Pending], mood: Mood, dice: Random) -> bytes:
    """The file's bytes after the cut: everything durable for certain, of the rest what the dice say."""
    arriving = [part for one in pending for part in _parts_that_arrive(one, mood, dice)]
    if mood.breaks:
        dice.shuffle(arriving)
    image = bytearray(durable)
    for part in arriving:
        grows_from, written_at = len(image), part.offset if isinstance(part, Written) else part.size
        part.apply(image)
        if mood.is_noisy and written_at > grows_from:
            image[grows_from:written_at] = dice.randbytes(written_at - grows_from)
    return bytes(image)


def _parts_that_arrive(one: Pending, mood: Mood, dice: Random) -> list[Pending]:
    if isinstance(one, Truncated):
        return [one] if dice.random() < mood.arrives else []
    if dice.random() >= mood.breaks:
        return [one] if dice.random() < mood.arrives else []
    sectors = one.sectors()
    if dice.random() < 0.5:
        return list(sectors[: len(sectors) // 2])
    return [sector for sector in sectors if dice.random() < mood.arrives]
