"""Every kind of letter in every language: whole sentences, text and HTML alike, nothing typed is read as markup."""

import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from html import unescape

import pytest

from core.events import EventKind as K
from core.letter_layout import as_html, as_text
from core.letter_words import LOST_WITH_PASS, About, Class, Written, write
from core.letters import LETTERS, Channel
from core.messages import LANGUAGES, say

SIX_PM = datetime(2026, 11, 21, 17, tzinfo=UTC)
WHEEL = Class(
    title="Wheel <throwing> & more",
    starts_at=SIX_PM,
    ends_at=SIX_PM + timedelta(hours=2),
    where="Harbour, Wheel room",
    people=("Marta Silva",),
)
ABOUT = About(
    kind=K.RESERVED,
    language="en",
    zone="Europe/Berlin",
    name="Alice",
    studio="Kiln & Co.",
    page="https://kiln.example.org/my",
    happened_at=SIX_PM - timedelta(days=3),
    session=WHEEL,
    moment=SIX_PM - timedelta(days=1),
    since=SIX_PM - timedelta(days=2),
    explained=("It was missed.", "It counts.", "Say so until Friday."),
    because="the kiln is <b>hot</b>",
    pass_title="Ten times",
    punches_left=3,
    is_punched=True,
)
STOP = "https://kiln.example.org/unsubscribe/a.b"
MAILS = [kind for kind, letter in LETTERS.items() if letter.channel is Channel.MAIL]
TEXTS = [kind for kind, letter in LETTERS.items() if letter.channel is Channel.SMS]
ISOLATES = re.compile(r"[\u2066-\u2069]")


def letter(kind: K, language: str = "en", **more: object) -> Written:
    about = replace(ABOUT, kind=kind, language=language, **more)  # type: ignore[arg-type]
    if LETTERS[kind].group.value == "ACCOUNT" or "PASS" in kind.name or kind in (K.SUSPENDED, K.REINSTATED):
        about = replace(about, session=None, missed=(WHEEL,) if kind is K.SUSPENDED else ())
    return write(about, unsubscribe=STOP)


def words_of(html: str) -> str:
    """What a person reads of the page."""
    body = re.sub(r"(?s)<style>.*?</style>|<title>.*?</title>", " ", html)
    return " ".join(unescape(re.sub(r"(?s)<[^>]+>", " ", body)).split())


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", MAILS)
def test_text_and_html_say_the_same_and_read_nothing_as_markup(kind: K, language: str) -> None:
    written = letter(kind, language)
    text, html = as_text(written), as_html(written)
    read = words_of(html)
    for line in (written.subject, *written.before, *written.after, *(value for _, value in written.facts)):
        assert " ".join(line.split()) in read, line
        assert line == written.subject or line in text, line
    assert written.subject and written.before and "{" not in text
    assert written.button is not None and written.button.address in text and f'href="{written.button.address}"' in html
    assert STOP in text and STOP in html
    assert "<throwing>" not in html and "<b>hot" not in html
    assert f'lang="{language}" dir="{"rtl" if language == "ar" else "ltr"}"' in html
    assert not re.search(r"<(img|script|link)\b|url\(|https?://(?!kiln\.example\.org)", html)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", TEXTS)
def test_a_text_message_is_one_sentence_with_the_time_and_a_link(kind: K, language: str) -> None:
    written = letter(kind, language, session=replace(WHEEL, title="Wheel"))
    (said,) = written.before
    assert "18:00" in said and ABOUT.page in said and len(ISOLATES.sub("", said)) <= 160


@pytest.mark.parametrize(
    ("about", "said"),
    [
        ({}, "Until Friday, 20 November, 18:00 its punch is free again at once"),
        ({"moment": ABOUT.happened_at}, "Its punch is free again in the night after the class."),
        ({"is_punched": False}, "so that somebody else can have it."),
    ],
)
def test_a_confirmation_says_what_giving_it_up_costs(about: dict[str, object], said: str) -> None:
    assert said in as_text(letter(K.RESERVED, "en", **about))


@pytest.mark.parametrize(
    ("kind", "about", "said"),
    [
        (K.CANCELLED, {}, "Your place is given up"),
        (K.CANCELLED, {"is_by_staff": True}, "The studio gave up your place."),
        (K.CANCELLED, {"is_late": True}, "until the night after the class"),
        (K.AUTO_CANCELLED, {"is_for_absence": True}, "the time to explain has run out"),
        (K.AUTO_CANCELLED, {}, "pause for you until Friday, 20 November, 18:00"),
        (K.AUTO_CANCELLED, {"moment": None}, "This place is no longer reserved for you."),
        (K.AUTO_CANCELLED, {"lost_with_pass": "PASS_PAUSED"}, "Your pass Ten times is paused at that time"),
        (K.NO_SHOW_EXCUSED, {}, "did not work at that time"),
        (K.NO_SHOW_EXCUSED, {"is_by_staff": True}, "The studio has excused your absence."),
        (K.NO_SHOW_UNDONE, {"took_punch": True}, "The punch it took is back on Ten times."),
        (K.NO_SHOW_UNDONE, {}, "The penalty is taken back"),
        (K.SUSPENDED, {"because": ""}, "Classes were missed without a word"),
        (K.REINSTATED, {"is_served": True}, "The pause is over."),
        (K.REINSTATED, {}, "The pause has been lifted."),
        (K.SIGN_IN_WANTED, {"link": "https://kiln.example.org/my/sign-in/x"}, "https://kiln.example.org/my/sign-in/x"),
    ],
)
def test_each_case_has_its_own_sentence(kind: K, about: dict[str, object], said: str) -> None:
    assert said in as_text(letter(kind, "en", **about))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("step", sorted(LOST_WITH_PASS))
def test_a_place_lost_with_its_pass_says_what_became_of_the_pass(step: str, language: str) -> None:
    said = as_text(letter(K.AUTO_CANCELLED, language, lost_with_pass=step, because=""))
    assert "Ten times" in said and "{" not in said


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", [K.NO_SHOW, K.SUSPENDED, K.AUTO_CANCELLED])
def test_every_penalty_says_how_to_contest_it(kind: K, language: str) -> None:
    """An absence by the sentence that explains it, with its last day; what follows from one by a sentence of ours."""
    written = letter(kind, language)
    contest = ABOUT.explained[-1] if kind is K.NO_SHOW else say(language, "letter.contest")
    assert written.after[-1] == contest
    assert written.button is not None and written.button.address == ABOUT.page
