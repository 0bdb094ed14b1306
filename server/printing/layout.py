"""Where everything stands on a card: who on the left, the code in the middle, a dark edge to hold on the right.

Pure geometry in millimetres, the same for the picture and for the sheet. Turned round, it is a left-hander's card.
"""

from dataclasses import dataclass

from server.printing import colours
from server.printing.card_face import CardFace, picture_of
from server.printing.code_modules import MODULES, QUIET_ZONE, modules_of
from server.printing.lettering import Setting, Slot, fit, line_of
from server.printing.shapes import CARD_HEIGHT, CARD_WIDTH, Box, CodeField, Disc, Lettering, Picture, Shape
from server.printing.typeface import Weight

LEFT, TOP = 4.6, 5.0
MARK = 6.4
GAP_BEFORE_CODE = 1.5
LEADING = 1.14
COLUMN_GAP = 3.2
AIR_BETWEEN_LINES = 0.14
"""Tall scripts get more than the leading: at least this much, in em, between ink and ink."""
AIR_BELOW_STUDIO = 1.6

FIGURE_BASELINE = CARD_HEIGHT - 5.7
LABEL_BASELINE = FIGURE_BASELINE - 3.35
LAST_NAME_BASELINE = LABEL_BASELINE - 6.2
SMALLEST_TEXT = 2.1

TILE, TILE_STEP = 3.6, 4.4
MOSAIC: tuple[tuple[int, float, str], ...] = (
    *((1, 0.0, "own"), (0, 0.0, "dim"), (1, 4.4, "dim"), (1, 8.8, "amber")),
    *((1, 35.2, "dim"), (1, 39.6, "own"), (0, 39.6, "dim")),
)
"""Column, distance from the top in mm, colour."""


def shapes_of(face: CardFace, *, module: float, bleed: float) -> list[Shape]:
    """Everything on one checked card, in painting order. `module` and `bleed` in mm; panels run over by the bleed."""
    edge = (CARD_WIDTH - (MODULES + 2 * QUIET_ZONE) * module) / 2
    return [
        *_panels(edge, bleed),
        *_perforation(edge, bleed),
        *sign(face, colours.PAPER),
        *who(face, edge - LEFT - GAP_BEFORE_CODE),
        *_hold(face),
        CodeField(modules=modules_of(face.code)),
    ]


def _panels(edge: float, bleed: float) -> list[Shape]:
    high, tall = -bleed, CARD_HEIGHT + 2 * bleed
    return [
        Box(x=-bleed, y=high, width=edge + bleed, height=tall, colour=colours.PAPER),
        Box(x=edge, y=high, width=CARD_WIDTH - 2 * edge, height=tall, colour=colours.WHITE),
        Box(x=CARD_WIDTH - edge, y=high, width=edge + bleed, height=tall, colour=colours.NIGHT),
        Disc(x=CARD_WIDTH, y=CARD_HEIGHT / 2, radius=9, colour=colours.NIGHT_DISC),
    ]


def _perforation(edge: float, bleed: float) -> list[Shape]:
    dots = int((CARD_HEIGHT + 2 * bleed) / 0.8) + 1
    first = CARD_HEIGHT / 2 - (dots - 1) / 2 * 0.8
    return [Disc(x=edge - 0.2, y=first + 0.8 * n, radius=0.2, colour=colours.PERFORATION) for n in range(dots)]


def sign(face: CardFace, ground: str) -> list[Shape]:
    """The studio's logo, or the four tiles with one in its colour, to stand on this ground."""
    if face.logo is not None:
        picture = picture_of(face.logo)
        scale = min(MARK / picture.height, 19.0 / picture.width)
        width, height = picture.width * scale, picture.height * scale
        return [Picture(x=LEFT, y=TOP + (MARK - height) / 2, width=width, height=height, content=face.logo)]
    unit = MARK / 28
    shapes: list[Shape] = []
    for column, row, is_full in ((0, 0, True), (1, 0, False), (0, 1, False), (1, 1, True)):
        x, y = LEFT + (1 + 14 * column) * unit, TOP + (1 + 14 * row) * unit
        colour = colours.seen_on(ground, face.colour) if (column, row) == (0, 0) else colours.INK
        shapes.append(Box(x=x, y=y, width=12 * unit, height=12 * unit, colour=colour, corner=1.6 * unit))
        if not is_full:
            rim = 1.8 * unit
            inner = 12 * unit - 2 * rim
            shapes.append(Box(x=x + rim, y=y + rim, width=inner, height=inner, colour=colours.PAPER, corner=0.3 * unit))
    return shapes


def who(face: CardFace, width: float) -> list[Shape]:
    """The studio above, the person below. Where there is no room for both, the studio's name gives way."""
    shapes: list[Lettering] = []
    for lines in (3, 2, 1):
        slot = Slot(width=width, largest=3.1, smallest=2.3, most_lines=lines, weight=Weight.STRONG)
        studio = _from_top(fit(face.studio_name, slot), TOP + MARK + 2.4, width)
        highest = max((one.y + one.line.below * one.size for one in studio), default=TOP + MARK) + AIR_BELOW_STUDIO
        name = _name(face, width, highest)
        shapes = [*studio, *name]
        if _ink_begins(name) >= highest:
            break
    return [*shapes, *_figures(face, width)]


def _ink_begins(lettering: list[Lettering]) -> float:
    return min((one.y - one.line.above * one.size for one in lettering), default=CARD_HEIGHT)


def _name(face: CardFace, width: float, highest: float) -> list[Lettering]:
    """First name large, last name under it, standing on the figures; smaller, if they would reach what is above."""
    lettering: list[Lettering] = []
    for share in (1.0, 0.9, 0.8, 0.7, 0.62):
        first = fit(face.first_name, _slot(width, 4.4 * share, 2.6, Weight.STRONG))
        last = fit(face.last_name, _slot(width, 3.0 * share, SMALLEST_TEXT, Weight.PLAIN))
        lettering = _from_bottom((first, last), width)
        if _ink_begins(lettering) >= highest:
            break
    return lettering


def _slot(width: float, largest: float, smallest: float, weight: Weight) -> Slot:
    return Slot(width=width, largest=max(largest, smallest), smallest=smallest, most_lines=3, weight=weight)


def _figures(face: CardFace, width: float) -> list[Shape]:
    """Label above, figure below, boarding-pass fashion. A long number takes the year's room; it is never cut."""
    if face.good_until:
        return list(_column(face.words.until, face.good_until, LEFT, width).shapes)
    number = (face.words.member, face.member_number)
    since = (face.words.since, "" if face.since_year is None else str(face.since_year))
    year = _column(*since, LEFT, width / 2)
    room_beside_year = width - COLUMN_GAP - year.width
    beside = _column(*number, LEFT, room_beside_year)
    if beside.is_cut or not since[1]:
        return list(_column(*number, LEFT, width).shapes)
    x = LEFT + (beside.width + COLUMN_GAP if beside.shapes else 0.0)
    return [*beside.shapes, *_column(*since, x, width / 2).shapes]


@dataclass(frozen=True, kw_only=True, slots=True)
class _Column:
    shapes: tuple[Lettering, ...]
    width: float
    is_cut: bool


def _column(label: str, figure: str, x: float, room: float) -> _Column:
    """A label over its figure; nothing, if there is no figure."""
    if not figure:
        return _Column(shapes=(), width=0.0, is_cut=False)
    named = fit(label, Slot(width=room, largest=2.1, smallest=1.8, most_lines=1, weight=Weight.PLAIN))
    smallest = next((size for size in (2.1, 1.6) if line_of(figure, Weight.STRONG).width * size <= room), 1.2)
    counted = fit(figure, Slot(width=room, largest=2.9, smallest=smallest, most_lines=1, weight=Weight.STRONG))
    shapes = (
        *_row(named, x, LABEL_BASELINE, colours.QUIET_INK),
        *_row(counted, x, FIGURE_BASELINE, colours.INK),
    )
    is_cut = smallest < SMALLEST_TEXT or any(line.text != label for line in named.lines)
    return _Column(shapes=shapes, width=max(one.line.width * one.size for one in shapes), is_cut=is_cut)


def _hold(face: CardFace) -> list[Shape]:
    own = colours.seen_on(colours.NIGHT, face.colour)
    paint = {"own": own, "dim": colours.NIGHT_TILE, "amber": _second(face.colour)}
    right = CARD_WIDTH - 4.6 - TILE
    mosaic: list[Shape] = [
        Box(x=right - (1 - column) * TILE_STEP, y=TOP + down, width=TILE, height=TILE, colour=paint[name], corner=0.4)
        for column, down, name in MOSAIC
    ]
    said = fit(face.words.hold, Slot(width=5.9, largest=2.1, smallest=1.8, most_lines=2, weight=Weight.PLAIN))
    leading = 1.3 * said.size
    top = CARD_HEIGHT / 2 - leading * (len(said.lines) - 1) / 2 + 0.36 * said.size
    for row, line in enumerate(said.lines):
        x = CARD_WIDTH - 2.4 - line.width * said.size
        y = top + row * leading
        mosaic.append(Lettering(x=x, y=y, size=said.size, line=line, colour=colours.HOLD_INK))
    return mosaic


def _second(colour: str) -> str:
    """Amber, unless the studio's colour is much the same; then the colour of paper."""
    pairs = zip(colours.rgb_of(colour), colours.rgb_of(colours.AMBER), strict=True)
    return colours.PAPER if sum(abs(one - other) for one, other in pairs) < 90 else colours.AMBER


def _row(setting: Setting, x: float, y: float, colour: str) -> list[Lettering]:
    return [Lettering(x=x, y=y, size=setting.size, line=line, colour=colour) for line in setting.lines[:1]]


def _from_top(setting: Setting, top: float, width: float) -> list[Lettering]:
    """Lines downwards, the first with its capitals' tops at `top`."""
    y = top + 0.73 * setting.size
    lettering: list[Lettering] = []
    for row, line in enumerate(setting.lines):
        if row == 0:
            y = max(y, top + line.above * setting.size - 0.3)
        else:
            above = setting.lines[row - 1]
            y += setting.size * max(LEADING, above.below + line.above + AIR_BETWEEN_LINES)
        x = _start(line.is_rtl, line.width * setting.size, width)
        lettering.append(Lettering(x=x, y=y, size=setting.size, line=line, colour=colours.INK))
    return lettering


def _from_bottom(settings: tuple[Setting, ...], width: float) -> list[Lettering]:
    """Lines upwards, the last on the last name's baseline, or a little higher if its ink hangs low.

    The first name says on which side both begin.
    """
    rows = [(line, setting.size) for setting in settings for line in setting.lines]
    is_rtl = bool(rows) and rows[0][0].is_rtl
    lettering: list[Lettering] = []
    y = LAST_NAME_BASELINE
    for line, size in reversed(rows):
        if lettering:
            under = lettering[-1]
            ink = line.below * size + under.line.above * under.size + AIR_BETWEEN_LINES * size
            y = under.y - max(LEADING * under.size + 0.33 * (size - under.size), ink)
        else:
            y -= max(0.0, (line.below - 0.35) * size)
        x = _start(is_rtl, line.width * size, width)
        lettering.append(Lettering(x=x, y=y, size=size, line=line, colour=colours.INK))
    return lettering[::-1]


def _start(is_rtl: bool, length: float, width: float) -> float:
    """A name that reads from the right starts at the right of its column."""
    return LEFT + (width - length if is_rtl else 0.0)
