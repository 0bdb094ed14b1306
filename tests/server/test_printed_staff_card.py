"""A staff card as a picture: a kiosk's camera reads it, and nobody takes it for a member's."""

from dataclasses import replace
from io import BytesIO
from random import Random

import cv2
import numpy as np
import pytest
from PIL import Image

from core import cards, messages, staff_cards
from core.cards import NotACard
from core.errors import Invalid
from kiosk.camera.decoder import Decoder
from server.printing import colours
from server.printing.artwork import CardFace, CardWords, Sheet, draw_png, draw_sheet
from server.printing.shapes import CARD_HEIGHT, CARD_WIDTH, Box, Lettering
from server.printing.staff_layout import shapes_of_staff, shapes_on

LENA = CardFace(
    studio_name="Kiln & Co.",
    colour="#c8553d",
    first_name="Lena",
    last_name="Brandt",
    member_number="",
    since_year=None,
    code=staff_cards.new_code(Random(1).getrandbits),
    team="Staff",
)
ANA = replace(
    LENA, first_name="Ana", member_number="0417", team="", code=cards.new_code(Random(2).getrandbits), since_year=2024
)
MODULE = 25.4 / 25


def frame_of(face: CardFace) -> np.ndarray:
    """As a camera sees it on a grey table."""
    picture = cv2.imdecode(np.frombuffer(draw_png(face), np.uint8), cv2.IMREAD_COLOR)
    return cv2.copyMakeBorder(picture, 40, 40, 60, 60, cv2.BORDER_CONSTANT, value=(120, 120, 120))


def in_words(language: str) -> CardFace:
    words = CardWords(hold=messages.say(language, "card.hold"), scale=messages.say(language, "card.scale"))
    return replace(LENA, words=words, team=messages.say(language, "face.staff.open"))


@pytest.mark.parametrize("seed", range(8))
def test_a_kiosks_camera_reads_a_staff_card_as_one_and_never_as_a_members(seed: int) -> None:
    face = replace(LENA, code=staff_cards.new_code(Random(seed).getrandbits))
    (read,) = Decoder().read(frame_of(face)).codes
    assert staff_cards.read(read.text) == face.code
    assert isinstance(cards.read(read.text), NotACard)


def test_a_staff_card_is_as_large_as_a_members_and_holds_its_code_in_the_same_place() -> None:
    with Image.open(BytesIO(draw_png(LENA))) as staffs, Image.open(BytesIO(draw_png(ANA))) as members:
        assert staffs.size == members.size == (1012, 638)
    (theirs,), (hers,) = (Decoder().read(frame_of(face)).codes for face in (LENA, ANA))
    assert [(round(x), round(y)) for x, y in theirs.corners] == [(round(x), round(y)) for x, y in hers.corners]


def test_a_staff_card_is_told_from_a_members_at_a_glance() -> None:
    with Image.open(BytesIO(draw_png(LENA))) as staffs, Image.open(BytesIO(draw_png(ANA))) as members:
        sides = [[face.convert("RGB").getpixel((x, 320)) for x in (20, 720)] for face in (staffs, members)]
    assert sides[0] == [colours.rgb_of(colours.NIGHT), colours.rgb_of(colours.AMBER)]
    assert sides[1] == [colours.rgb_of(colours.PAPER), colours.rgb_of(colours.NIGHT)]


@pytest.mark.parametrize("language", messages.LANGUAGES)
def test_the_word_for_staff_is_the_largest_on_the_card_and_whole(language: str) -> None:
    face = in_words(language)
    lettering = [shape for shape in shapes_on(face, module=MODULE, bleed=0.0) if isinstance(shape, Lettering)]
    largest = max(lettering, key=lambda one: one.size)
    assert largest.line.text == face.team
    written = " ".join(one.line.text for one in lettering)
    for text in (face.first_name, face.last_name, face.studio_name, face.words.hold):
        assert text in written


@pytest.mark.parametrize("language", messages.LANGUAGES)
def test_nothing_is_written_over_the_code_the_tiles_or_the_cards_edge(language: str) -> None:
    shapes = shapes_of_staff(in_words(language), module=MODULE, bleed=0.0)
    tiles = [shape for shape in shapes if isinstance(shape, Box) and shape.corner]
    code_begins, code_ends = CARD_WIDTH / 2 - 16.5 * MODULE, CARD_WIDTH / 2 + 16.5 * MODULE
    for one in (shape for shape in shapes if isinstance(shape, Lettering)):
        left, right = one.x, one.x + one.line.width * one.size
        top, bottom = one.y - one.line.above * one.size, one.y + one.line.below * one.size
        assert (left > 0 and right < code_begins) or (code_ends < left and right < CARD_WIDTH), one.line.text
        assert top > 0 and bottom < CARD_HEIGHT
        for tile in tiles:
            is_beside = right < tile.x or left > tile.x + tile.width
            assert is_beside or bottom < tile.y or top > tile.y + tile.height, (one.line.text, tile)


def test_every_word_stands_out_from_what_is_under_it() -> None:
    for one in (shape for shape in shapes_of_staff(LENA, module=MODULE, bleed=0.0) if isinstance(shape, Lettering)):
        ground = colours.NIGHT if one.x < CARD_WIDTH / 2 else colours.AMBER
        assert colours.contrast(one.colour, ground) >= 4.5, one.line.text


def test_a_staff_card_is_printed_on_a_sheet_too() -> None:
    assert draw_sheet([LENA], Sheet.A4).startswith(b"%PDF")


def test_letters_that_cannot_be_printed_are_told_by_name() -> None:
    with pytest.raises(Invalid) as refused:
        draw_png(replace(LENA, last_name="Brandt\U00013000"))
    assert refused.value.code == "staff_card.letters_without_a_font"
    assert "Lena" in messages.error_sentence("en", refused.value)
