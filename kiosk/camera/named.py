"""From what the settings or the command line call a camera to the source itself, or to a sentence why not."""

from pathlib import Path
from random import Random

from kiosk.camera.browser import BrowserSource
from kiosk.camera.demo import DemoSource, cards_in
from kiosk.camera.files import file_named
from kiosk.camera.sources import (
    CameraSourceInvalid,
    NoSource,
    Source,
    Timing,
    device_named,
    looks_like_a_stream,
    stream_named,
)


def source_named(
    text: str, timing: Timing, *, random: Random, demo_cards: Path | None = None, looped: bool = True
) -> Source:
    """The camera called `text`: a number or /dev path, a picture or video file, a stream address, or a word.

    The words are `demo`, which shows the card pictures (*.png) in the folder `demo_cards`; `browser`, where the page
    films; and `none`. `looped` is about films and pictures. Nothing is opened for good yet. Raises
    CameraSourceInvalid, whose text is a sentence for whoever set it.
    """
    text = text.strip()
    if not text:
        raise CameraSourceInvalid("No camera is named. Give a camera number such as 0, or 'none'.")
    if "\0" in text:
        raise CameraSourceInvalid("The camera's name contains a character that no file or device has.")
    match text.lower():
        case "none":
            return NoSource()
        case "browser":
            return BrowserSource(timing)
        case "demo":
            if demo_cards is None:
                raise CameraSourceInvalid("The demo camera needs a folder with pictures of cards to show.")
            return DemoSource(cards_in(demo_cards), random, timing)
    if looks_like_a_stream(text):
        return stream_named(text, timing)
    if _is_a_device(text):
        return device_named(text, timing)
    return file_named(text, timing, looped=looped)


def _is_a_device(text: str) -> bool:
    """A number, or a path under /dev: also of one that is unplugged, but not of a film that lies in /dev/shm."""
    return (text.isascii() and text.isdecimal()) or (text.startswith("/dev/") and not Path(text).is_file())
