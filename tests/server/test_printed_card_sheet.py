"""Ten cards on paper: all codes read back, everything in its measure, and text that is text."""

import random
from collections.abc import Iterator
from dataclasses import replace

import pypdfium2
import pytest
import zxingcpp
from PIL import Image
from pypdfium2.raw import FPDF_PAGEOBJ_IMAGE

from core.cards import new_code
from core.errors import Invalid
from server.printing.artwork import CARDS_A_PAGE, CardFace, Sheet, draw_sheet
from server.printing.shapes import CARD_HEIGHT, CARD_WIDTH
from server.printing.sheet import BLEED, PAPERS, Paper, crop_marks, scale_strokes

DOTS_PER_MM = 8
RANDOM = random.Random(7)
NAMES = [
    *(("Ana", "Ferreira"), ("محمد", "بن عبد الرحمن"), ("דוד", "כהן"), ("小明", "王"), ("Александр", "Солженицын")),
    *(("Αλέξανδρος", "Παπάς"), ("अमृता", "राव"), ("สมชาย", "วงศ์"), ("민준", "김"), ("Madonna", "")),
    *(("Bob", "Tanaka"), ("Priscilla", "Okoye"), ("Tomás", "Herrera")),
]
FACES = [
    CardFace(
        studio_name="Kiln & Co.",
        colour="#c8553d",
        first_name=first,
        last_name=last,
        member_number=f"{number:04}",
        since_year=2024,
        code=new_code(RANDOM.getrandbits),
    )
    for number, (first, last) in enumerate(NAMES, start=1)
]


def pages_of(pdf: bytes) -> list[Image.Image]:
    return [page.render(scale=DOTS_PER_MM * 25.4 / 72).to_pil().convert("RGB") for page in pypdfium2.PdfDocument(pdf)]


@pytest.fixture(scope="module", params=list(Sheet), ids=lambda sheet: sheet.value)
def printed(request: pytest.FixtureRequest) -> Iterator[tuple[Paper, list[Image.Image]]]:
    yield PAPERS[request.param], pages_of(draw_sheet(FACES, request.param))


def pixel(picture: Image.Image, x: float, y: float) -> tuple[int, ...]:
    found = picture.getpixel((int(x * DOTS_PER_MM), int(y * DOTS_PER_MM)))
    assert isinstance(found, tuple)
    return found


def is_dark_near(picture: Image.Image, x: float, y: float) -> bool:
    """Something dark within an eighth of a millimetre: a hairline falls between pixels."""
    around = [pixel(picture, x + dx / DOTS_PER_MM, y + dy / DOTS_PER_MM) for dx in (-1, 0, 1) for dy in (-1, 0, 1)]
    return min(sum(one) for one in around) < 450


def test_all_codes_of_a_page_are_read_back_each_from_its_own_card(printed: tuple[Paper, list[Image.Image]]) -> None:
    paper, pages = printed
    assert len(pages) == 2
    for number, page in enumerate(pages):
        faces = FACES[number * CARDS_A_PAGE : (number + 1) * CARDS_A_PAGE]
        assert len(zxingcpp.read_barcodes(page)) == len(faces)
        for face, (left, top) in zip(faces, paper.cards(), strict=False):
            right, bottom = left + CARD_WIDTH, top + CARD_HEIGHT
            card = page.crop((left * DOTS_PER_MM, top * DOTS_PER_MM, right * DOTS_PER_MM, bottom * DOTS_PER_MM))
            (found,) = zxingcpp.read_barcodes(card)
            assert found.text == face.code.text
            corner, opposite = found.position.top_left, found.position.bottom_right
            assert (opposite.x - corner.x) / DOTS_PER_MM == pytest.approx(25.0, abs=0.4)
            assert (opposite.y - corner.y) / DOTS_PER_MM == pytest.approx(25.0, abs=0.4)
            assert (opposite.x + corner.x) / 2 / DOTS_PER_MM == pytest.approx(CARD_WIDTH / 2, abs=0.3)


def test_the_paper_has_its_size_and_ten_cards_that_do_not_overlap(printed: tuple[Paper, list[Image.Image]]) -> None:
    paper, pages = printed
    assert pages[0].size == pytest.approx((paper.width * DOTS_PER_MM, paper.height * DOTS_PER_MM), abs=2)
    cards = paper.cards()
    assert len(set(cards)) == CARDS_A_PAGE == 10
    for left, top in cards:
        assert left >= 0
        assert top >= 4.5, "what most printers leave white"
        assert left + CARD_WIDTH <= paper.width
        assert top + CARD_HEIGHT <= paper.height - 4.5
    assert cards[1][0] - cards[0][0] == pytest.approx(CARD_WIDTH + 8)
    assert cards[2][1] - cards[0][1] == pytest.approx(CARD_HEIGHT + paper.row_gap)


def test_a4_leaves_two_millimetres_between_rows() -> None:
    assert PAPERS[Sheet.A4].row_gap == 2.0


def test_every_cut_has_its_marks_outside_the_cards(printed: tuple[Paper, list[Image.Image]]) -> None:
    paper, pages = printed
    marks = crop_marks(paper)
    for left, top in paper.cards():
        for y in (top, top + CARD_HEIGHT):
            beside = [m for m in marks if m[1] == m[3] == pytest.approx(y)]
            assert any(m[2] <= left - BLEED for m in beside)
            assert any(m[0] >= left + CARD_WIDTH + BLEED for m in beside)
        for x in (left, left + CARD_WIDTH):
            upright = [m for m in marks if m[0] == m[2] == pytest.approx(x)]
            assert min(m[3] for m in upright) <= paper.top - BLEED
            assert max(m[1] for m in upright) >= paper.height - paper.top + BLEED
    for x1, y1, x2, y2 in marks:
        assert is_dark_near(pages[0], (x1 + x2) / 2, (y1 + y2) / 2), "and it is really drawn"
        assert abs(x2 - x1) + abs(y2 - y1) >= 1.5, "long enough to lay a ruler on"
        for left, top in paper.cards():
            is_inside = left - BLEED < (x1 + x2) / 2 < left + CARD_WIDTH + BLEED
            assert not (is_inside and top - BLEED < (y1 + y2) / 2 < top + CARD_HEIGHT + BLEED)


def test_panels_run_one_millimetre_over_the_cut(printed: tuple[Paper, list[Image.Image]]) -> None:
    paper, pages = printed
    for left, top in paper.cards():
        assert pixel(pages[0], left - BLEED + 0.3, top + 2) == (247, 243, 234)
        assert pixel(pages[0], left - BLEED - 0.3, top + 2) == (255, 255, 255)
        assert pixel(pages[0], left + CARD_WIDTH + BLEED - 0.3, top + 2) == (15, 27, 45)
        assert pixel(pages[0], left + CARD_WIDTH + BLEED + 0.3, top + 2) == (255, 255, 255)
        assert pixel(pages[0], left + 2, top - BLEED + 0.3) == (247, 243, 234)


def test_the_scale_line_measures_fifty_millimetres_on_paper(printed: tuple[Paper, list[Image.Image]]) -> None:
    paper, pages = printed
    x1, y1, x2, y2 = scale_strokes(paper)[0]
    assert (x2 - x1) + (y2 - y1) == pytest.approx(50.0)
    step = (1 if x2 > x1 else 0, 1 if y2 > y1 else 0)
    for page in pages:
        dark = [n / 4 for n in range(-8, 208) if is_dark_near(page, x1 + step[0] * n / 4, y1 + step[1] * n / 4)]
        assert dark[-1] - dark[0] == pytest.approx(50.0, abs=0.8)
        assert len(dark) >= 198, "without a gap"


def test_names_are_real_text_in_embedded_fonts() -> None:
    document = pypdfium2.PdfDocument(draw_sheet(FACES, Sheet.A4))
    text = document[0].get_textpage().get_text_bounded()
    for word in ("Ana", "Ferreira", "Александр", "小明", "민준", "0001", "Kiln & Co."):
        assert word in text
    for letters in ("محمد", "דוד", "अमृता"):
        assert set(letters) <= set(text)


def test_codes_and_panels_are_vectors_not_pictures() -> None:
    document = pypdfium2.PdfDocument(draw_sheet(FACES, Sheet.A4))
    assert [thing for page in document for thing in page.get_objects() if thing.type == FPDF_PAGEOBJ_IMAGE] == []


@pytest.mark.parametrize(("cards", "pages"), [(1, 1), (10, 1), (11, 2), (20, 2), (21, 3)])
def test_a_sheet_more_is_begun_with_the_eleventh_card(cards: int, pages: int) -> None:
    faces = [FACES[0]] * cards
    assert len(pypdfium2.PdfDocument(draw_sheet(faces, Sheet.LETTER))) == pages


def test_the_same_cards_make_the_same_file() -> None:
    assert draw_sheet(FACES[:3], Sheet.A4) == draw_sheet(FACES[:3], Sheet.A4)


def test_nothing_to_print_is_said_so() -> None:
    with pytest.raises(Invalid) as refusal:
        draw_sheet([], Sheet.A4)
    assert refusal.value.code == "card.none_to_print"


def test_one_name_that_cannot_be_drawn_is_named_by_its_member_number() -> None:
    with pytest.raises(Invalid) as refusal:
        draw_sheet([*FACES[:3], replace(FACES[3], first_name="𓀀")], Sheet.A4)
    assert refusal.value.values["member_number"] == "0004"
