"""A card as a picture for a card printer: 1012 x 638 pixels, 300 dots to the inch.

Panels and tiles are drawn larger and averaged down; letters are rasterised by HarfBuzz; the code is drawn last, in
whole pixels, and nothing is ever resized after that.
"""

from io import BytesIO

import uharfbuzz
from PIL import Image, ImageDraw

from server.printing.card_face import CardFace, picture_of
from server.printing.code_modules import MODULES, QUIET_ZONE, black_runs
from server.printing.lettering import Run
from server.printing.shapes import CARD_WIDTH, CORNER, Box, CodeField, Disc, Lettering, Picture
from server.printing.staff_layout import shapes_on

WIDTH, HEIGHT = 1012, 638
DOTS_PER_INCH = 300
MODULE = 12
"""Pixels. 25 modules are 300 pixels, 25.4 mm."""
SCALE = WIDTH / CARD_WIDTH
FINER = 4


def paint(face: CardFace) -> bytes:
    """The checked card as PNG; its corners are transparent, as a card's are round."""
    shapes = shapes_on(face, module=MODULE / SCALE, bleed=0.0)
    picture = _ground([shape for shape in shapes if isinstance(shape, Box | Disc)])
    for shape in shapes:
        match shape:
            case Lettering():
                _paint_lettering(picture, shape)
            case Picture():
                _paint_picture(picture, shape)
            case CodeField():
                _paint_code(picture, shape)
    picture.putalpha(_round_corners())
    stream = BytesIO()
    picture.save(stream, "PNG", dpi=(DOTS_PER_INCH, DOTS_PER_INCH), optimize=True)
    return stream.getvalue()


def _ground(shapes: list[Box | Disc]) -> Image.Image:
    large = Image.new("RGB", (WIDTH * FINER, HEIGHT * FINER), "white")
    draw = ImageDraw.Draw(large)
    scale = SCALE * FINER
    for shape in shapes:
        if isinstance(shape, Disc):
            draw.ellipse(
                _corners(shape.x - shape.radius, shape.y - shape.radius, 2 * shape.radius, 2 * shape.radius),
                fill=shape.colour,
            )
        else:
            draw.rounded_rectangle(
                _corners(shape.x, shape.y, shape.width, shape.height), radius=shape.corner * scale, fill=shape.colour
            )
    return large.resize((WIDTH, HEIGHT), Image.Resampling.BOX)


def _corners(x: float, y: float, width: float, height: float) -> tuple[int, int, int, int]:
    """Millimetres as fine pixels, first and last; Pillow paints the last one too."""
    scale = SCALE * FINER
    return round(x * scale), round(y * scale), round((x + width) * scale) - 1, round((y + height) * scale) - 1


def _paint_lettering(picture: Image.Image, lettering: Lettering) -> None:
    size = lettering.size * SCALE
    for run in lettering.line.runs:
        mask, left, top = _mask_of(run, size, (lettering.x * SCALE + run.x * size, lettering.y * SCALE))
        if mask is not None:
            picture.paste(lettering.colour, (left, top), mask)


def _mask_of(run: Run, size: float, origin: tuple[float, float]) -> tuple[Image.Image | None, int, int]:
    """How much of each pixel the run covers, and where that mask's upper left corner belongs."""
    raster = uharfbuzz.RasterDraw()
    scale = size / run.typeface.em
    for placed in run.glyphs:
        dx, dy = origin[0] + placed.x * size, placed.y * size - origin[1]
        raster.transform = (scale, 0.0, 0.0, scale, dx, dy)
        raster.draw_glyph(run.typeface.font, placed.glyph)
    image = raster.render()
    if image is None or not image.extents.width or not image.extents.height:
        return None, 0, 0
    extents = image.extents
    size_in_pixels = (extents.width, extents.height)
    mask = Image.frombytes("L", size_in_pixels, image.buffer, "raw", "L", extents.stride, -1)
    return mask, extents.x_origin, -(extents.y_origin + extents.height)


def _paint_picture(picture: Image.Image, shape: Picture) -> None:
    size = (max(1, round(shape.width * SCALE)), max(1, round(shape.height * SCALE)))
    logo = picture_of(shape.content).resize(size, Image.Resampling.LANCZOS)
    picture.paste(logo, (round(shape.x * SCALE), round(shape.y * SCALE)), logo)


def _paint_code(picture: Image.Image, field: CodeField) -> None:
    draw = ImageDraw.Draw(picture)
    side = MODULES * MODULE
    left, top = (WIDTH - side) // 2, (HEIGHT - side) // 2
    quiet = QUIET_ZONE * MODULE
    draw.rectangle((left - quiet, top - quiet, left + side + quiet - 1, top + side + quiet - 1), fill="white")
    for column, row, length in black_runs(field.modules):
        x, y = left + column * MODULE, top + row * MODULE
        draw.rectangle((x, y, x + length * MODULE - 1, y + MODULE - 1), fill="black")


def _round_corners() -> Image.Image:
    large = Image.new("L", (WIDTH * FINER, HEIGHT * FINER), 0)
    box = (0, 0, WIDTH * FINER - 1, HEIGHT * FINER - 1)
    ImageDraw.Draw(large).rounded_rectangle(box, radius=CORNER * SCALE * FINER, fill=255)
    return large.resize((WIDTH, HEIGHT), Image.Resampling.BOX)
