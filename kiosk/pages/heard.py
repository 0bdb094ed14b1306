"""What of a drawing is heard: its sentences in their order, and the label of each button. Pure.

A text that has no sound is left out: names, titles, codes. `data-spoken` says another text than the one shown.
"""

import re
from dataclasses import dataclass, field
from html.parser import HTMLParser

from kiosk.pages.markup import Html
from kiosk.pages.speech import Voice

BLOCKS = frozenset({"p", "h1", "h2", "h3", "div", "li", "ul", "ol", "section", "button", "label"})
LONE = frozenset({"img", "input", "br", "use", "rect", "polygon", "path", "circle"})
_BUTTON = re.compile(r"<button\b([^>]*)>(.*?)</button>", re.DOTALL)
_DIGIT = re.compile(r"\d")
_LABEL = re.compile(r'\baria-label="([^"]*)"')


@dataclass
class _Pieces(HTMLParser):
    """The texts of a drawing that are there for everybody: one for each block; in a button, for each run of letters."""

    by_run: bool = False
    found: list[str] = field(default_factory=list)
    _hidden: int = 0
    _buttons: int = 0
    _open: list[bool] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self._begin()

    def _begin(self) -> None:
        self.found.append("")

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in LONE:
            return
        given = dict(attrs)
        instead = given.get("data-spoken")
        hides = given.get("aria-hidden") == "true" or instead is not None
        if tag in BLOCKS and not self._hidden:
            self._begin()
        if instead and not self._hidden:
            self.found.append(instead)
            self._begin()
        self._open.append(hides)
        self._buttons += tag == "button"
        self._hidden += hides

    def handle_endtag(self, tag: str) -> None:
        if tag in LONE or not self._open:
            return
        self._hidden -= self._open.pop()
        self._buttons -= tag == "button"
        if tag in BLOCKS and not self._hidden:
            self._begin()

    def handle_data(self, data: str) -> None:
        if self._hidden:
            return
        if self.by_run or self._buttons:
            self._begin()
        self.found[-1] += data


def _texts(html: str, *, by_run: bool = False) -> list[str]:
    pieces = _Pieces(by_run=by_run)
    pieces.feed(html)
    pieces.close()
    return [text for text in pieces.found if text.strip()]


def heard(html: str, voice: Voice) -> tuple[str, ...]:
    """The sounds of all sentences in a drawing, one after another."""
    return tuple(clip for text in _texts(html) for clip in voice.says(text))


def label_heard(attributes: str, inside: str, voice: Voice) -> tuple[str, ...]:
    """The sounds of a button's label: whole where it can be, else of those of its parts that can be said.

    The digits of a pad have none: a queue would hear what is typed. They are typed on real keys instead.
    """
    if _DIGIT.fullmatch("".join(_texts(inside)).strip()):
        return ()
    if named := _LABEL.search(attributes):
        inside = named[1]
    whole = voice.says(" ".join(_texts(inside)))
    return whole or tuple(clip for text in _texts(inside, by_run=True) for clip in voice.says(text))


def with_labels(html: Html, voice: Voice) -> Html:
    """The drawing, with `data-speech` on each button that has something to say when it gets the focus."""

    def labelled(button: re.Match[str]) -> str:
        if "data-speech=" in button[1]:
            return button[0]
        clips = label_heard(button[1], button[2], voice)
        said = f' data-speech="{" ".join(clips)}"' if clips else ""
        return f"<button{button[1]}{said}>{button[2]}</button>"

    return Html(_BUTTON.sub(labelled, html))
