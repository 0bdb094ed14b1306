"""The card as a picture: what a camera needs of it, to the pixel, and what a person may ask of it."""

import random
from dataclasses import replace
from io import BytesIO

import pytest
import zxingcpp
from PIL import Image

from core.cards import CardCode, new_code
from core.errors import Invalid
from server.printing import colours
from server.printing.artwork import CardFace, draw_png
from server.printing.code_modules import black_runs, modules_of
from server.printing.layout import shapes_of
from server.printing.shapes import CARD_WIDTH, Box, Lettering, Picture

MODULE = 12
SIDE = 25 * MODULE
LEFT, TOP = (1012 - SIDE) // 2, (638 - SIDE) // 2
QUIET = 4 * MODULE


def a_code(seed: int) -> CardCode:
    return new_code(random.Random(seed).getrandbits)


ANA = CardFace(
    studio_name="Kiln & Co.",
    colour="#c8553d",
    first_name="Ana",
    last_name="Ferreira",
    member_number="0417",
    since_year=2024,
    code=a_code(1),
)


def drawn(face: CardFace) -> Image.Image:
    """The picture as it lies on a white table."""
    with Image.open(BytesIO(draw_png(face))) as picture:
        table = Image.new("RGBA", picture.size, "white")
        table.alpha_composite(picture.convert("RGBA"))
        return table.convert("RGB")


def a_logo(width: int, height: int, kind: str = "PNG") -> bytes:
    stream = BytesIO()
    Image.new("RGB", (width, height), "#00aa44").save(stream, kind)
    return stream.getvalue()


def test_a_card_printer_gets_a_card_of_the_right_size() -> None:
    with Image.open(BytesIO(draw_png(ANA))) as picture:
        assert picture.size == (1012, 638)
        assert tuple(round(dots) for dots in picture.info["dpi"]) == (300, 300)
        assert picture.format == "PNG"


@pytest.mark.parametrize("seed", range(8))
def test_a_printed_code_is_read_back(seed: int) -> None:
    face = replace(ANA, code=a_code(seed))
    (found,) = zxingcpp.read_barcodes(drawn(face))
    assert found.text == face.code.text


def test_a_code_is_version_two_level_q_in_alphanumeric_mode_only() -> None:
    (found,) = zxingcpp.read_barcodes(drawn(ANA))
    assert found.ec_level == "Q"
    assert len(modules_of(ANA.code)) == 25
    assert {len(row) for row in modules_of(ANA.code)} == {25}


def test_every_module_is_twelve_whole_pixels_of_pure_black_or_white() -> None:
    picture = drawn(ANA)
    modules = modules_of(ANA.code)
    for row in range(25):
        for column in range(25):
            corner = (LEFT + column * MODULE, TOP + row * MODULE)
            tile = picture.crop((*corner, corner[0] + MODULE, corner[1] + MODULE))
            expected = (0, 0, 0) if modules[row][column] else (255, 255, 255)
            assert tile.getcolors() == [(MODULE * MODULE, expected)], (column, row)


def test_the_quiet_zone_is_white_on_all_four_sides() -> None:
    picture = drawn(ANA)
    around = picture.crop((LEFT - QUIET, TOP - QUIET, LEFT + SIDE + QUIET, TOP + SIDE + QUIET))
    around.paste("white", (QUIET, QUIET, QUIET + SIDE, QUIET + SIDE))
    assert around.getcolors() == [(around.width * around.height, (255, 255, 255))]
    assert picture.getpixel((LEFT - QUIET - 1, 319)) != (255, 255, 255), "the panel begins where the quiet zone ends"
    assert picture.getpixel((LEFT + SIDE + QUIET, 319)) != (255, 255, 255)


def test_the_code_stands_in_the_middle_third() -> None:
    assert LEFT >= 1012 / 3
    assert LEFT + SIDE <= 1012 * 2 / 3
    (found,) = zxingcpp.read_barcodes(drawn(ANA))
    corners = (found.position.top_left, found.position.bottom_right)
    assert abs((corners[0].x + corners[1].x) / 2 - 506) <= 2
    assert abs((corners[0].y + corners[1].y) / 2 - 319) <= 2


def test_joined_modules_cover_exactly_the_black_ones() -> None:
    modules = modules_of(ANA.code)
    covered = [(column + n, row) for column, row, length in black_runs(modules) for n in range(length)]
    black = {(column, row) for row in range(25) for column in range(25) if modules[row][column]}
    assert len(covered) == len(set(covered))
    assert set(covered) == black


def test_a_card_turned_round_reads_as_well() -> None:
    (found,) = zxingcpp.read_barcodes(drawn(ANA).rotate(180))
    assert found.text == ANA.code.text


@pytest.mark.parametrize("colour", ["#ffffff", "#000000", "#0f1b2d", "#f7f3ea", "#f2b134", "#00ff00", "#c53", "C8553D"])
def test_any_studio_colour_can_be_seen_where_it_stands(colour: str) -> None:
    for ground in (colours.PAPER, colours.NIGHT):
        assert colours.contrast(colours.seen_on(ground, colour), ground) >= colours.LEAST_TILE_CONTRAST


def test_a_studio_colour_that_is_seen_already_is_not_touched() -> None:
    assert colours.seen_on(colours.PAPER, "#c8553d") == "#c8553d"
    assert drawn(ANA).getpixel((73, 78)) == colours.rgb_of("#c8553d")


@pytest.mark.parametrize("colour", ["#ffffff", "#000000", "#14202f", "#c8553d", "#d5dbe3"])
def test_all_text_on_a_card_is_readable_whatever_the_colour(colour: str) -> None:
    """Text stands on paper or night only; its contrast is WCAG AA, and its ground is the last box drawn under it."""
    shapes = shapes_of(replace(ANA, colour=colour), module=1.0, bleed=0.0)
    texts = [shape for shape in shapes if isinstance(shape, Lettering)]
    assert len(texts) == 9
    for text in texts:
        x, y = text.x + text.line.width * text.size / 2, text.y - 0.3 * text.size
        boxes = [s for s in shapes if isinstance(s, Box) and s.x <= x <= s.x + s.width and s.y <= y <= s.y + s.height]
        ground = colours.NIGHT_DISC if x > CARD_WIDTH - 9 else boxes[-1].colour
        assert colours.contrast(text.colour, ground) >= 4.5
        assert text.size >= 2.1


@pytest.mark.parametrize("colour", ["", "red", "#12345", "#gggggg", "#1234567"])
def test_a_colour_that_is_none_is_named(colour: str) -> None:
    with pytest.raises(Invalid) as refusal:
        draw_png(replace(ANA, colour=colour))
    assert (refusal.value.code, refusal.value.values) == ("card.colour_unreadable", {"colour": colour})


@pytest.mark.parametrize(("width", "height"), [(400, 100), (100, 400), (64, 64), (3000, 20)])
def test_a_logo_keeps_its_shape_inside_its_corner(width: int, height: int) -> None:
    face = replace(ANA, logo=a_logo(width, height))
    (picture,) = [s for s in shapes_of(face, module=1.0, bleed=0.0) if isinstance(s, Picture)]
    assert picture.width / picture.height == pytest.approx(width / height)
    assert picture.width <= 19.0 + 1e-9
    assert picture.height <= 6.4 + 1e-9
    (found,) = zxingcpp.read_barcodes(drawn(face))
    assert found.text == face.code.text


def test_a_logo_is_drawn_in_place_of_the_mark() -> None:
    green = (0, 170, 68)
    assert drawn(replace(ANA, logo=a_logo(64, 64, "JPEG"))).getpixel((92, 96)) == pytest.approx(green, abs=3)
    assert drawn(ANA).getpixel((92, 96)) != green


@pytest.mark.parametrize("logo", [b"", b"GIF89a not a picture", a_logo(64, 64)[:60], a_logo(5000, 5000)])
def test_a_broken_or_huge_logo_is_said_so(logo: bytes) -> None:
    with pytest.raises(Invalid) as refusal:
        draw_png(replace(ANA, logo=logo))
    assert refusal.value.code == "card.logo_unreadable"


def test_a_picture_of_a_face_does_not_give_its_code_away() -> None:
    assert ANA.code.text not in repr(ANA)
