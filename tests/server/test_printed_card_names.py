"""Names as people have them: long, single, missing, and in the world's scripts. None becomes a row of boxes."""

import itertools
import random
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.cards import new_code
from core.errors import Invalid
from server.printing.artwork import CardFace, draw_png, letters_missing_on, text_shaping_report
from server.printing.card_face import checked
from server.printing.layout import GAP_BEFORE_CODE, LABEL_BASELINE, LEFT, shapes_of
from server.printing.lettering import Slot, fit, line_of
from server.printing.shapes import CARD_WIDTH, Lettering
from server.printing.typeface import SHIPPED, Weight, letters_without_a_font, printable, typefaces

ANA = CardFace(
    studio_name="Kiln & Co.",
    colour="#c8553d",
    first_name="Ana",
    last_name="Ferreira",
    member_number="0417",
    since_year=2024,
    code=new_code(random.Random(1).getrandbits),
)
EDGE = (CARD_WIDTH - 33) / 2
COLUMN = EDGE - LEFT - GAP_BEFORE_CODE

NAMES = {
    "Latin": ("Þórdís", "Åsgårdsstrand-Ñuñoa"),
    "Vietnamese": ("Quỳnh", "Nguyễn"),
    "Cyrillic": ("Александр", "Солженицын"),
    "Greek": ("Αλέξανδρος", "Παπαδόπουλος"),
    "Arabic": ("محمد", "بن عبد الرحمن"),
    "Persian": ("علی‌رضا", "پژمان"),
    "Urdu": ("نجمہ", "ٹیپو"),
    "Hebrew": ("דוד", "בן־גוריון"),
    "Devanagari": ("अमृता", "श्रीवास्तव"),
    "Bengali": ("রবীন্দ্রনাথ", "ঠাকুর"),
    "Gurmukhi": ("ਗੁਰਪ੍ਰੀਤ", "ਸਿੰਘ"),
    "Gujarati": ("મોહનદાસ", "ગાંધી"),
    "Tamil": ("தமிழ்ச்செல்வி", "சுப்பிரமணியன்"),
    "Telugu": ("రామకృష్ణ", "రెడ్డి"),
    "Kannada": ("ಕೃಷ್ಣ", "ಮೂರ್ತಿ"),
    "Malayalam": ("ശ്രീദേവി", "നായർ"),
    "Sinhala": ("ශ්‍රීමාලි", "පෙරේරා"),
    "Thai": ("สมชาย", "วงศ์สุวรรณ"),
    "Lao": ("ສົມສັກ", "ວົງສາ"),
    "Burmese": ("မောင်မောင်", "ကျော်"),
    "Khmer": ("សុភា", "ចាន់"),
    "Amharic": ("አበበ", "ቢቂላ"),
    "Armenian": ("Արամ", "Խաչատրյան"),
    "Georgian": ("შოთა", "რუსთაველი"),
    "Chinese": ("小明", "歐陽"),
    "Japanese": ("さくら", "渡邊"),
    "Korean": ("민준", "김"),
}


def lettering_of(face: CardFace) -> list[Lettering]:
    return [shape for shape in shapes_of(checked(face), module=1.0, bleed=0.0) if isinstance(shape, Lettering)]


def names_on(face: CardFace) -> list[Lettering]:
    """The lines between the studio's name and the figures."""
    studio = {
        line.text
        for line in fit(
            face.studio_name, Slot(width=COLUMN, largest=3.1, smallest=2.3, most_lines=3, weight=Weight.STRONG)
        ).lines
    }
    return [s for s in lettering_of(face) if s.x < EDGE and s.y < LABEL_BASELINE - 1 and s.line.text not in studio]


@pytest.mark.parametrize("script", NAMES)
def test_every_script_has_its_letters(script: str) -> None:
    first, last = NAMES[script]
    face = replace(ANA, first_name=first, last_name=last)
    assert letters_missing_on(face) == ""
    glyphs = [placed.glyph for one in lettering_of(face) for run in one.line.runs for placed in run.glyphs]
    assert glyphs
    assert 0 not in glyphs, "glyph 0 is the box"
    assert "".join(run.text for run in line_of(first, Weight.STRONG).runs) == first, "no letter is passed over"
    assert draw_png(face) != draw_png(replace(ANA, first_name="", last_name=""))


def test_arabic_letters_join_and_run_from_right_to_left() -> None:
    name = "محمد"
    joined = [placed.glyph for placed in line_of(name, Weight.PLAIN).runs[0].glyphs]
    apart = [line_of(letter, Weight.PLAIN).runs[0].glyphs[0].glyph for letter in name]
    assert joined != apart[::-1], "joined letters have other shapes"
    assert joined[0] == line_of("ـد", Weight.PLAIN).runs[0].glyphs[0].glyph, (
        "the last letter stands leftmost, in its final form"
    )


def test_two_directions_on_one_line_each_keep_their_own() -> None:
    line = line_of("علي Ali", Weight.PLAIN)
    assert line.is_rtl
    assert [run.text.strip() for run in line.runs] == ["Ali", "علي"], "what is read second stands left"
    other = line_of("Ali علي", Weight.PLAIN)
    assert not other.is_rtl
    assert [run.text.strip() for run in other.runs] == ["Ali", "علي"]


def test_a_name_read_from_the_right_begins_at_the_right() -> None:
    right = LEFT + COLUMN
    for one in names_on(replace(ANA, first_name="محمد", last_name="O'Brien")):
        assert one.x + one.line.width * one.size == pytest.approx(right), "both lines follow the first name"
    assert {one.x for one in names_on(ANA)} == {LEFT}


def test_a_joiner_inside_a_name_is_kept() -> None:
    with_joiner, without = line_of("علی‌رضا", Weight.PLAIN), line_of("علیرضا", Weight.PLAIN)
    assert [p.glyph for r in with_joiner.runs for p in r.glyphs] != [p.glyph for r in without.runs for p in r.glyphs]


@pytest.mark.parametrize(
    ("first", "last"),
    [
        ("Wolfgang-Maximilian", "von Hohenlohe-Schillingsfürst-Waldenburg"),
        ("Anna-Katharina Elisabeth", "Wolfeschlegelsteinhausenbergerdorff"),
        ("محمد عبد الرحمن", "العبد الله بن خليفة آل ثاني المنصوري"),
        ("诸葛孔明司马懿欧阳修上官婉儿", "欧阳"),
        ("สมเกียรติยศ", "ศรีสุวรรณวงศ์ประเสริฐ ณ อยุธยา"),
    ],
)
def test_a_long_name_is_printed_whole(first: str, last: str) -> None:
    lines = [one.line.text for one in names_on(replace(ANA, first_name=first, last_name=last))]
    for name in (first, last):
        letters = "".join(name.split()).replace("-", "")
        assert letters in "".join("".join(line.split()) for line in lines).replace("-", "")


@pytest.mark.parametrize(
    ("given", "printed"),
    [
        (("Ana", "Ferreira"), ["Ana", "Ferreira"]),
        (("Madonna", ""), ["Madonna"]),
        (("", "Prince"), ["Prince"]),
        (("  ", " "), []),
        ((" Ana   Lúcia ", "Ferreira\n"), ["Ana Lúcia", "Ferreira"]),
    ],
)
def test_a_person_may_have_one_name_or_none(given: tuple[str, str], printed: list[str]) -> None:
    assert [one.line.text for one in names_on(replace(ANA, first_name=given[0], last_name=given[1]))] == printed


def test_a_single_name_is_large_whichever_field_it_was_written_in() -> None:
    sizes = [names_on(replace(ANA, first_name=f, last_name=s))[0].size for f, s in (("Mo", ""), ("", "Mo"))]
    assert sizes == [4.4, 4.4]


def test_a_name_far_too_long_ends_in_an_ellipsis() -> None:
    lines = names_on(replace(ANA, last_name="Abcdefghij" * 12))
    assert lines[-1].line.text.endswith("…")
    assert not any(one.line.text.endswith("…") for one in names_on(replace(ANA, last_name="Abcdefghij" * 3)))


@pytest.mark.parametrize(("number", "years"), [("0417", 1), ("123456", 1), ("MBR-2024-000123", 0)])
def test_a_member_number_is_never_cut_and_may_take_the_years_room(number: str, years: int) -> None:
    texts = [one.line.text for one in lettering_of(replace(ANA, member_number=number))]
    assert number in texts
    assert texts.count("2024") == years


def test_where_there_is_no_room_for_both_the_studios_name_gives_way() -> None:
    long = {"first_name": "ح小WWWWaa..्小小", "last_name": "WWWWWWWWح小", "studio_name": "ح小WWaaW...्’김 小"}
    lettering = [one for one in lettering_of(replace(ANA, **long)) if one.x < EDGE]
    boxes = sorted((one.y - one.line.above * one.size, one.y + one.line.below * one.size) for one in lettering)
    assert all(upper[1] <= lower[0] for upper, lower in itertools.pairwise(boxes[:-4])), boxes
    assert not any("…" in one.line.text for one in lettering)


letters = st.text(alphabet=st.sampled_from("aWiЖéمحدןקश्री小山김 -'’.Á"), max_size=60)


@settings(max_examples=60, deadline=None)
@given(studio=letters, first=letters, last=letters, number=st.text(alphabet="0123456789AB-", max_size=24))
def test_no_text_leaves_its_column_or_touches_another(studio: str, first: str, last: str, number: str) -> None:
    face = replace(ANA, studio_name=studio, first_name=first, last_name=last, member_number=number)
    left = [one for one in lettering_of(face) if one.x < EDGE]
    for one in left:
        assert one.x >= LEFT - 1e-6
        assert one.x + one.line.width * one.size <= EDGE - 0.5
    stacked = [one for one in left if one.y <= LABEL_BASELINE]
    for upper, lower in itertools.pairwise(stacked):
        if upper.y < lower.y:
            assert upper.y + upper.line.below * upper.size <= lower.y - lower.line.above * lower.size + 0.35


def test_a_letter_no_font_has_is_named_and_not_drawn_as_a_box() -> None:
    face = replace(ANA, first_name="Ana 𓀀𓀁", member_number="0417")
    assert letters_missing_on(face) == "𓀀𓀁"
    with pytest.raises(Invalid) as refusal:
        draw_png(face)
    assert refusal.value.code == "card.letters_without_a_font"
    assert refusal.value.values == {"letters": "𓀀𓀁", "member_number": "0417"}


def test_pictures_in_a_name_are_left_off_the_card() -> None:
    assert printable("José 🎨\u200d👩🏽 María ❤️‍🔥").startswith("José")
    assert letters_without_a_font("José 🎨 María") == ""
    assert [one.line.text for one in names_on(replace(ANA, first_name="Mo 🎨", last_name=""))] == ["Mo"]


def test_one_and_the_same_name_typed_in_two_ways_is_printed_alike() -> None:
    assert printable("Zoe\u0308") == printable("Zoë")


def test_every_shipped_font_is_there_and_the_report_says_so() -> None:
    assert len(typefaces(Weight.PLAIN)) >= len(SHIPPED)
    report = text_shaping_report()
    assert "HarfBuzz" in report
    assert f"{len(typefaces(Weight.PLAIN))} fonts" in report
