"""What each face says and does not say, as markup: no browser, no greeter."""

from dataclasses import replace
from datetime import timedelta
from html.parser import HTMLParser

import pytest

from core.errors import Invalid
from core.messages import LANGUAGES
from core.refusals import PRIVATE_REASONS, RefusalReason
from kiosk import faces
from kiosk.faces import Hint, Line, PairingTrouble, Trouble
from kiosk.pages.drawing import draw, render
from kiosk.pages.gallery import AT, GLAZING, LONG, OPEN_STUDIO, WHEEL, samples, stand_for, stay, upcoming
from kiosk.pages.refusals import TOLD

NAMES = sorted(samples(stand_for()))
MODES = ("", "large", "hc", "reach", "large hc reach")
HOSTILE = "<img src=x onerror=alert(1)>\"'&lt;</h1><script>alert(1)</script>"
LONE_TAGS = {"img", "input"}
SECOND = timedelta(seconds=1)
EN, DE = stand_for("en"), stand_for("de")


class Reader(HTMLParser):
    """Reads markup as a browser would, and notices what does not close."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.words: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag not in LONE_TAGS:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.words.append(data)


def read(markup: str) -> Reader:
    reader = Reader()
    reader.feed(markup)
    reader.close()
    assert reader.open == []
    return reader


def words_of(face: faces.Face) -> str:
    return " ".join("".join(read(render(face, AT)).words).split())


def refused(reason: RefusalReason, stand: faces.Stand = EN) -> faces.No:
    return faces.No(stand=stand, reason=reason, stay=stay(8, 8))


@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", NAMES)
def test_every_face_can_be_drawn_in_every_language_and_mode(name: str, language: str, mode: str) -> None:
    drawn = draw(samples(stand_for(language, mode))[name], AT)
    assert read(drawn.html).tags
    assert "{" not in drawn.html and "\ue000" not in drawn.html
    assert drawn.language == language
    assert set(drawn.mode.split()) == set(mode.split())


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_kind_of_trouble_hint_or_refusal_lacks_a_sentence(language: str) -> None:
    stand = stand_for(language)
    for trouble in Trouble:
        assert words_of(faces.OutOfOrder(stand=stand, trouble=trouble))
    for hint in Hint:
        assert words_of(faces.Reading(stand=stand, hint=hint))
    for problem in PairingTrouble:
        assert words_of(faces.NotPaired(stand=stand, trouble=problem))
    for reason in RefusalReason:
        about = refused(reason, stand)
        assert words_of(about)
        assert words_of(replace(about, session=WHEEL, until_at=AT + timedelta(days=3)))


@pytest.mark.parametrize("name", NAMES)
def test_a_hostile_name_is_words_and_nothing_else(name: str) -> None:
    hostile = replace(LONG, title=HOSTILE, room=HOSTILE, instructors=(HOSTILE,), id=HOSTILE)
    stand = stand_for("en", organization=HOSTILE)
    harmless = read(render(samples(stand_for("en"), "Ana", LONG)[name], AT))
    attacked = read(render(samples(stand, HOSTILE, hostile)[name], AT))
    assert [tag for tag, _ in attacked.tags] == [tag for tag, _ in harmless.tags]
    assert [set(attributes) for _, attributes in attacked.tags] == [set(given) for _, given in harmless.tags]
    assert HOSTILE in "".join(attacked.words)


def test_a_colour_that_is_not_a_colour_is_left_out() -> None:
    waiting = faces.Waiting(stand=replace(EN, colour="#1a2b3c"))
    assert draw(waiting, AT).colour == "#1a2b3c"
    for wrong in ("red", "#1a2b3c;}", "#12345", "url(x)", "#1a2b3c\n"):
        assert draw(replace(waiting, stand=replace(EN, colour=wrong)), AT).colour == ""


def test_a_zone_nobody_knows_is_refused_with_a_sentence() -> None:
    with pytest.raises(Invalid):
        draw(faces.Waiting(stand=replace(EN, zone="Studio/Nowhere")), AT)


@pytest.mark.parametrize("reason", sorted(PRIVATE_REASONS))
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_private_reason_is_not_told_even_if_it_gets_as_far_as_the_screen(
    reason: RefusalReason, language: str
) -> None:
    neutral = words_of(refused(RefusalReason.INTERRUPTED, stand_for(language)))
    assert words_of(refused(reason, stand_for(language))) == neutral
    assert reason not in TOLD


def test_welcome_says_who_what_where_and_what_is_left() -> None:
    said = words_of(samples(EN)["welcome"])
    for words in ("Welcome, Ana", "18:00", "Wheel throwing", "Studio 2 · with Mira", "7 left", "Not you? Undo"):
        assert words in said
    assert "8 punches before, now 7" in said


def test_a_pass_without_punches_shows_no_punches() -> None:
    assert "left" not in words_of(samples(EN)["welcome-unlimited"])


def test_punches_are_tiles_up_to_twenty_and_only_digits_above() -> None:
    welcome = samples(EN)["welcome"]
    assert isinstance(welcome, faces.Welcome)
    twenty = render(replace(welcome, punches_before=20, punches_after=19, punches_included=20), AT)
    more = render(replace(welcome, punches_before=21, punches_after=20, punches_included=21), AT)
    assert (twenty.count("<li"), twenty.count('class="cut"')) == (20, 1)
    assert "<li" not in more and "20</bdi> left" in more


def test_a_pass_in_debt_is_digits_and_no_tiles() -> None:
    welcome = samples(EN)["welcome"]
    assert isinstance(welcome, faces.Welcome)
    said = render(replace(welcome, punches_before=0, punches_after=-1), AT)
    assert "<li" not in said and "-1</bdi> left" in said


def test_undo_is_offered_only_while_it_can_be_done() -> None:
    welcome, waiting = samples(EN)["welcome"], samples(EN)["waiting-undo"]
    assert isinstance(welcome, faces.Welcome) and isinstance(waiting, faces.Waiting)
    assert 'data-tap="undo"' in render(welcome, AT) and 'data-tap="undo"' in render(waiting, AT)
    assert 'data-tap="undo"' not in render(replace(welcome, undo=None), AT)
    assert 'data-tap="undo"' not in render(replace(waiting, undo=None), AT)


def test_every_choice_is_a_button_that_names_its_session() -> None:
    buttons = [attributes for tag, attributes in read(render(samples(EN)["choose"], AT)).tags if tag == "button"]
    chosen = [button["data-value"] for button in buttons if button.get("data-tap") == "choose"]
    assert chosen == [WHEEL.id, GLAZING.id, OPEN_STUDIO.id]


def test_the_agenda_turns_open_at_the_very_second() -> None:
    opens_at = upcoming(GLAZING)[0].window.opens_at
    waiting = faces.Waiting(stand=EN, upcoming=upcoming(GLAZING))
    assert "Check-in is open" not in render(waiting, opens_at - SECOND)
    assert "Check-in is open" in render(waiting, opens_at)
    assert "Check-in is open" in render(waiting, GLAZING.ends_at - SECOND)
    assert "Check-in has closed" in render(waiting, GLAZING.ends_at)


def test_a_window_that_opens_tomorrow_says_so() -> None:
    waiting = faces.Waiting(stand=EN, upcoming=upcoming(WHEEL))
    assert "tomorrow" in render(waiting, WHEEL.starts_at - timedelta(days=1))
    assert "tomorrow" not in render(waiting, WHEEL.starts_at - timedelta(hours=3))


def test_the_countdown_says_hours_from_the_first_whole_hour() -> None:
    early = samples(EN)["notyet"]
    assert isinstance(early, faces.NotYet)
    assert "59:59" in render(replace(early, opens_at=AT + timedelta(minutes=60) - SECOND), AT)
    in_an_hour = render(replace(early, opens_at=AT + timedelta(minutes=60)), AT)
    assert ">1:00<" in in_an_hour and ">hours<" in in_an_hour


def test_already_in_knows_whether_it_has_begun() -> None:
    already = samples(EN)["already"]
    assert "It begins at" in render(already, WHEEL.starts_at - SECOND)
    assert "It has begun" in render(already, WHEEL.starts_at)


def test_a_face_without_a_name_greets_without_one() -> None:
    assert words_of(samples(EN)["welcome-nameless"]).count("Welcome") == 1
    assert "Welcome," not in words_of(samples(EN)["welcome-nameless"])


def test_a_kiosk_on_its_own_says_so_quietly() -> None:
    assert "Offline" in words_of(faces.Waiting(stand=replace(EN, line=Line.ALONE)))
    assert "Verbunden" in words_of(faces.Waiting(stand=DE))


def test_the_hand_scanner_is_named_only_where_it_helps() -> None:
    assert "hand scanner" in words_of(faces.OutOfOrder(stand=EN, trouble=Trouble.CAMERA))
    assert "hand scanner" not in words_of(faces.OutOfOrder(stand=EN, trouble=Trouble.CAMERA, may_scan=False))
    assert "hand scanner" not in words_of(faces.OutOfOrder(stand=EN, trouble=Trouble.NO_MEMBER_LIST))


def test_the_code_is_outlined_where_a_mirror_shows_it() -> None:
    left_top = ((0.1, 0.2), (0.3, 0.2), (0.3, 0.4), (0.1, 0.4))
    drawn = draw(faces.Reading(stand=EN, quad=left_top, frame_ratio=2.0), AT)
    assert drawn.outline == (1800, 200, 1400, 200, 1400, 400, 1800, 400)
    assert draw(faces.Reading(stand=EN), AT).outline == ()


def test_a_sound_belongs_to_what_happens_and_not_to_how_it_is_said() -> None:
    welcome = draw(samples(EN)["welcome"], AT)
    in_german, bens = draw(samples(DE)["welcome"], AT), samples(EN, "Ben")["welcome"]
    assert isinstance(bens, faces.Welcome)
    assert welcome.occasion == in_german.occasion
    assert welcome.occasion != draw(replace(bens, stay=stay(4, 4)), AT).occasion
    sounds = {name: draw(face, AT).sound for name, face in samples(EN).items()}
    assert len({sounds[name] for name in ("welcome", "already", "choose", "notyet", "no", "staffcoming")}) == 6
    assert sounds["waiting"] == ""


def test_being_out_of_touch_is_one_line_for_staff_and_only_then() -> None:
    alone = samples(EN)["waiting-alone"]
    assert isinstance(alone, faces.Waiting) and alone.out_of_touch
    assert "Not in touch since 11:20. 31 visits wait to be told." in words_of(alone)
    one = replace(alone, out_of_touch=replace(alone.out_of_touch, waiting=1))
    assert "1 visit waits" in words_of(one)
    assert "Not in touch" not in words_of(samples(EN)["waiting"])


def test_the_sign_is_large_and_its_answers_end_once_staff_agreed() -> None:
    asked, agreed = samples(EN)["confirming"], samples(EN)["confirming-agreed"]
    assert "Does the browser show K7-4P?" in words_of(asked) and "Kiln & Co., Harbour Street" in words_of(asked)
    buttons = [attributes for tag, attributes in read(render(asked, AT)).tags if tag == "button"]
    assert [button["data-value"] for button in buttons if button.get("data-tap") == "agree"] == ["yes", "no"]
    assert "K7-4P" in words_of(agreed) and 'data-tap="agree"' not in render(agreed, AT)


def test_staff_see_what_the_camera_sees_while_they_hold_the_code_before_it() -> None:
    assert 'data-keep="camera"' in render(samples(EN)["notpaired"], AT)


@pytest.mark.parametrize("trouble", faces.PairingTrouble)
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_way_of_not_being_paired_has_a_sentence(trouble: faces.PairingTrouble, language: str) -> None:
    stand = stand_for(language)
    said, plain = (words_of(faces.NotPaired(stand=stand, trouble=why)) for why in (trouble, None))
    assert len(said) > len(plain) and "face." not in said
