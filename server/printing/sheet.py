"""Ten cards on a sheet of paper: where each stands, where to cut, and a line to check the scale with.

On A4 rows are 2 mm apart and bleed 1 mm each. Letter is too short for that: there the rows touch and one cut parts
two cards, which does no harm since the panels run straight through.
"""

from dataclasses import dataclass
from enum import Enum

from server.printing.shapes import CARD_HEIGHT, CARD_WIDTH

COLUMNS, ROWS = 2, 5
CARDS_A_PAGE = COLUMNS * ROWS
COLUMN_GAP = 8.0
BLEED = 1.0
MODULE = 1.0
SCALE_LINE = 50.0
MARK_LENGTH, MARK_DISTANCE = 4.0, 2.0
"""All in mm."""


class Sheet(Enum):
    A4 = "A4"
    LETTER = "letter"


@dataclass(frozen=True, kw_only=True, slots=True)
class Paper:
    """In mm. The scale line stands under the cards, or, where there is no room, upright beside them."""

    width: float
    height: float
    row_gap: float
    is_scale_upright: bool

    @property
    def left(self) -> float:
        return (self.width - COLUMNS * CARD_WIDTH - (COLUMNS - 1) * COLUMN_GAP) / 2

    @property
    def top(self) -> float:
        return (self.height - ROWS * CARD_HEIGHT - (ROWS - 1) * self.row_gap) / 2

    def column_at(self, column: int) -> float:
        return self.left + column * (CARD_WIDTH + COLUMN_GAP)

    def row_at(self, row: int) -> float:
        return self.top + row * (CARD_HEIGHT + self.row_gap)

    def cards(self) -> list[tuple[float, float]]:
        """Upper left corners, row by row."""
        return [(self.column_at(column), self.row_at(row)) for row in range(ROWS) for column in range(COLUMNS)]


PAPERS = {
    Sheet.A4: Paper(width=210.0, height=297.0, row_gap=2.0, is_scale_upright=False),
    Sheet.LETTER: Paper(width=215.9, height=279.4, row_gap=0.0, is_scale_upright=True),
}

Stroke = tuple[float, float, float, float]


def crop_marks(paper: Paper) -> list[Stroke]:
    """Strokes x1, y1, x2, y2 in line with every cut, outside the bleed."""
    return [*_marks_beside(paper), *_marks_above_and_below(paper)]


def _marks_beside(paper: Paper) -> list[Stroke]:
    cuts = sorted({round(paper.row_at(row) + edge, 4) for row in range(ROWS) for edge in (0.0, CARD_HEIGHT)})
    right = paper.column_at(COLUMNS - 1) + CARD_WIDTH
    starts = [paper.left - MARK_DISTANCE - MARK_LENGTH, right + MARK_DISTANCE]
    starts += [paper.column_at(column) - COLUMN_GAP + MARK_DISTANCE for column in range(1, COLUMNS)]
    return [(x, y, x + MARK_LENGTH, y) for y in cuts for x in starts]


def _marks_above_and_below(paper: Paper) -> list[Stroke]:
    bottom = paper.height - paper.top
    length = min(MARK_LENGTH, paper.top - MARK_DISTANCE - 0.5)
    cuts = [paper.column_at(column) + edge for column in range(COLUMNS) for edge in (0.0, CARD_WIDTH)]
    above = [(x, paper.top - MARK_DISTANCE - length, x, paper.top - MARK_DISTANCE) for x in cuts]
    below = [(x, bottom + MARK_DISTANCE, x, bottom + MARK_DISTANCE + length) for x in cuts]
    return above + below


def scale_strokes(paper: Paper) -> list[Stroke]:
    """A line of exactly 50 mm with a tick at each end."""
    if paper.is_scale_upright:
        x, y = 8.5, paper.row_at(ROWS - 1)
        ends = [(x - 0.9, y, x + 0.9, y), (x - 0.9, y + SCALE_LINE, x + 0.9, y + SCALE_LINE)]
        return [(x, y, x, y + SCALE_LINE), *ends]
    x, y = paper.column_at(1) + 4.8, paper.height - 4.8
    ends = [(x, y - 0.9, x, y + 0.9), (x + SCALE_LINE, y - 0.9, x + SCALE_LINE, y + 0.9)]
    return [(x, y, x + SCALE_LINE, y), *ends]
