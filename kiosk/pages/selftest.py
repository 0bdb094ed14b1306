"""Draws the self-test: one sentence how it is, what to do, and a row for each thing that was looked at."""

from core.messages import has
from core.selftest import Check, Finding, Verdict, verdict_of
from kiosk.faces_selftest import SelfTesting
from kiosk.pages.drawn import Parts
from kiosk.pages.markup import Html, icon, join, tag
from kiosk.pages.pieces import actions, sentence, tap
from kiosk.pages.words import Words

TONES = {Verdict.FINE: "good", Verdict.WISH: "wait", Verdict.FAILED: "bad", Verdict.UNTRIED: "none"}
SECONDS = frozenset({(Check.CLOCK, "off")})
"""What is measured in milliseconds and read in seconds."""


def self_testing(face: SelfTesting, words: Words) -> Parts:
    verdict = verdict_of(face.findings)
    headline = words.say("selftest.title", day=_day(face, words))
    about = tag("p", tag("i"), headline, cls=f"tag {TONES[verdict]}")
    return Parts(
        tone="face-idle no-window full selftest",
        say=sentence(_main(face.findings, verdict, words), _what_to_do(face, words), under=None, over=about),
        do=tag("ul", *(_row(found, words) for found in face.findings), cls="tests"),
        after=_buttons(face, words),
        invites=False,
        has_own_help=True,
        sound="welcome",
    )


def said(found: Finding, words: Words) -> Html:
    """What was found, with its figures: `Test card read in 38 ms`."""
    figures = {name: str(number) for name, number in zip("ab", found.numbers, strict=False)}
    if (found.check, found.word) in SECONDS:
        figures = {"a": f"{found.numbers[0] / 1000:.1f}"}
    return words.say(
        f"selftest.{found.check}.{found.word}", **{name: tag("bdi", text) for name, text in figures.items()}
    )


def _main(findings: tuple[Finding, ...], verdict: Verdict, words: Words) -> Html:
    if verdict is Verdict.FAILED:
        return words.say("selftest.main.failed")
    wished = sum(found.verdict is Verdict.WISH for found in findings)
    if not wished:
        return words.say("selftest.main.fine")
    return words.say("selftest.main.wish") if wished == 1 else words.say("selftest.main.wishes", count=str(wished))


def _what_to_do(face: SelfTesting, words: Words) -> Html:
    """How many are fine, and the first thing somebody could do."""
    fine = sum(found.verdict is Verdict.FINE for found in face.findings)
    count = tag("span", words.say("selftest.count", fine=str(fine), all=str(len(face.findings))), " ", cls="spare")
    return join(count, _wish(face, words))


def _wish(face: SelfTesting, words: Words) -> Html | None:
    for verdict in (Verdict.FAILED, Verdict.WISH):
        for found in face.findings:
            key = f"selftest.ask.{found.check}.{found.word}"
            if found.verdict is verdict and has(key):
                return words.say(key)
    if face.asks_whether_heard:
        return words.say("selftest.ask.sound")
    return words.say("selftest.ask.card") if face.wants_card else None


def _row(found: Finding, words: Words) -> Html:
    what = tag("b", words.say(f"selftest.check.{found.check}"))
    return tag(
        "li",
        tag("div", what, tag("span", said(found, words), cls="spare" if found.verdict is Verdict.FINE else None)),
        tag("em", tag("i"), words.say(f"selftest.verdict.{found.verdict}"), cls=f"tag {TONES[found.verdict]}"),
    )


def _buttons(face: SelfTesting, words: Words) -> Html:
    again = tap("test.again", icon("again"), words.say("selftest.again"), cls="button wide")
    done = tap("test.done", words.say("selftest.done"), cls="button first wide")
    if not face.asks_whether_heard:
        return actions(again, done)
    heard = tap("test.heard", icon("check"), words.say("selftest.heard"), value="yes", cls="button wide")
    silent = tap("test.heard", words.say("selftest.unheard"), value="no", cls="button wide")
    return actions(heard, silent, done)


def _day(face: SelfTesting, words: Words) -> Html:
    return join(words.digits_of_day(face.at), " ", words.time(face.at))
