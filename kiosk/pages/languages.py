"""Choosing the language of the screen: a button that names the present one, and a tile for each that is spoken here.

Each tile says its language in that language, in letters and in sound, so that nobody has to read another one first.
"""

from core import messages
from kiosk.pages.markup import Html, icon, tag
from kiosk.pages.speech import voice_of
from kiosk.pages.words import Words

NAME = "face.language"


def language_button(words: Words) -> Html:
    """Opens the tiles; the browser does that by itself."""
    name = words.say(NAME)
    return tag("button", icon("globe"), name, cls="button plain", type="button", data_do="languages")


def language_tiles(words: Words) -> Html:
    """One tile a language, the present one pressed, and one to leave things as they are."""
    tiles = [_tile(language, is_spoken=language == words.language) for language in messages.LANGUAGES]
    done = tag("button", icon("check"), words.say("face.help.done"), cls="button plain", type="button", data_do="eased")
    return tag("div", *tiles, done, cls="bar ways-to-speak")


def _tile(language: str, *, is_spoken: bool) -> Html:
    return tag(
        "button",
        messages.say(language, NAME),
        cls="button plain",
        type="button",
        lang=language,
        dir=messages.direction(language),
        data_tap="language",
        data_value=language,
        data_speech=" ".join(voice_of(language).key(NAME)) or None,
        aria_pressed="true" if is_spoken else "false",
    )
