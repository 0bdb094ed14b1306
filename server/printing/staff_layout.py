"""Where everything stands on a staff card: a member's in the colours of its night side, and one large word on amber.

Who picks one up from the floor sees from across the room which of the two it is. The code stands where a member's does.
"""

from dataclasses import replace

from server.printing import colours
from server.printing.card_face import CardFace
from server.printing.code_modules import MODULES, QUIET_ZONE, modules_of
from server.printing.layout import GAP_BEFORE_CODE, LEFT, MOSAIC, TILE, TILE_STEP, TOP, shapes_of, sign, who
from server.printing.lettering import Slot, fit
from server.printing.shapes import CARD_HEIGHT, CARD_WIDTH, Box, CodeField, Lettering, Shape
from server.printing.typeface import Weight

AT_NIGHT = {colours.INK: colours.PAPER, colours.QUIET_INK: colours.HOLD_INK, colours.PAPER: colours.NIGHT}
"""What is drawn in ink on paper for a member, on a staff card is drawn in paper on night."""
MARGIN = 2.6


def shapes_on(face: CardFace, *, module: float, bleed: float) -> list[Shape]:
    """Everything on one checked card, whosever it is."""
    of_them = shapes_of_staff if face.team else shapes_of
    return of_them(face, module=module, bleed=bleed)


def shapes_of_staff(face: CardFace, *, module: float, bleed: float) -> list[Shape]:
    """Everything on one checked staff card, in painting order. `module` and `bleed` in mm, as on a member's card."""
    edge = (CARD_WIDTH - (MODULES + 2 * QUIET_ZONE) * module) / 2
    at_night = [*sign(face, colours.NIGHT), *who(face, edge - LEFT - GAP_BEFORE_CODE)]
    return [
        *_panels(edge, bleed),
        *(_turned(shape) for shape in at_night),
        *_tiles(),
        *_word(face.team, edge),
        *_hold(face.words.hold, edge),
        CodeField(modules=modules_of(face.code)),
    ]


def _panels(edge: float, bleed: float) -> list[Shape]:
    high, tall = -bleed, CARD_HEIGHT + 2 * bleed
    return [
        Box(x=-bleed, y=high, width=edge + bleed, height=tall, colour=colours.NIGHT),
        Box(x=edge, y=high, width=CARD_WIDTH - 2 * edge, height=tall, colour=colours.WHITE),
        Box(x=CARD_WIDTH - edge, y=high, width=edge + bleed, height=tall, colour=colours.AMBER),
    ]


def _turned(shape: Shape) -> Shape:
    """The studio's own colour and a logo stay as they are."""
    if isinstance(shape, Box | Lettering):
        return replace(shape, colour=AT_NIGHT.get(shape.colour, shape.colour))
    return shape


def _tiles() -> list[Shape]:
    """The member's mosaic, all in night: no studio's colour can be counted on beside amber."""
    right = CARD_WIDTH - LEFT - TILE
    return [
        Box(x=right - (1 - column) * TILE_STEP, y=TOP + down, width=TILE, height=TILE, colour=colours.NIGHT, corner=0.4)
        for column, down, _ in MOSAIC
    ]


def _word(team: str, edge: float) -> list[Shape]:
    """As large as the edge is wide, in the middle of its height."""
    slot = Slot(width=edge - 2 * MARGIN, largest=7.6, smallest=2.4, most_lines=2, weight=Weight.STRONG)
    said = fit(team, slot)
    top = CARD_HEIGHT / 2 + (0.36 - 0.57 * (len(said.lines) - 1)) * said.size
    return [
        Lettering(
            x=CARD_WIDTH - edge / 2 - line.width * said.size / 2,
            y=top + row * 1.14 * said.size,
            size=said.size,
            line=line,
            colour=colours.INK,
        )
        for row, line in enumerate(said.lines)
    ]


def _hold(words: str, edge: float) -> list[Shape]:
    """Under the large word, at the left of the tiles at the bottom."""
    width = edge - MARGIN - LEFT - 2 * TILE_STEP
    said = fit(words, Slot(width=width, largest=2.1, smallest=1.8, most_lines=2, weight=Weight.PLAIN))
    bottom = TOP + MOSAIC[-1][1] + TILE
    return [
        Lettering(
            x=CARD_WIDTH - edge + MARGIN + (width - line.width * said.size if line.is_rtl else 0.0),
            y=bottom - 1.3 * said.size * (len(said.lines) - 1 - row) - 0.2 * said.size,
            size=said.size,
            line=line,
            colour=colours.INK,
        )
        for row, line in enumerate(said.lines)
    ]
