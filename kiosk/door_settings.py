"""Which lock and which lamps a kiosk works, as its settings say: an address to ask, or a line of a GPIO chip.

Everything is looked at when the kiosk starts, so that a slip of the pen is a sentence then and no closed door later.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from pathlib import Path
from urllib.parse import urlsplit

from core.errors import Invalid

LONGEST_BODY = 500
LONGEST_HEADER = 1000
METHODS = ("GET", "POST", "PUT", "PATCH")
DEFAULT_TIMEOUT = 2.0
DEFAULT_SECONDS = 5.0
PLACES = frozenset({"sign", "seconds", "kiosk"})
"""What may stand in braces in a body. Nothing about a person: a lock need not know who comes."""
_PLACE = re.compile(r"\{(\w*)\}")
_GPIO = re.compile(r"gpio:(/dev/gpiochip\d{1,2})/(\d{1,3})(\?low)?")


class Sign(StrEnum):
    """What is to be done: open the door, or light the lamp of a family of answers."""

    OPEN = "OPEN"
    GOOD = "GOOD"
    WAIT = "WAIT"
    NO = "NO"


NAMES = {
    Sign.OPEN: "TESSERA_DOOR",
    Sign.GOOD: "TESSERA_LAMP_GOOD",
    Sign.WAIT: "TESSERA_LAMP_WAIT",
    Sign.NO: "TESSERA_LAMP_NO",
}
LAMPS = (Sign.GOOD, Sign.WAIT, Sign.NO)


@dataclass(frozen=True, kw_only=True, slots=True, repr=False)
class HttpAct:
    """One request. `header` is a name and its secret value, or empty; `body` is a template, see `PLACES`."""

    url: str
    method: str = "POST"
    header: tuple[str, str] | None = None
    body: str = ""

    def __repr__(self) -> str:
        return f"HttpAct({self.method} {urlsplit(self.url).hostname})"


@dataclass(frozen=True, kw_only=True, slots=True)
class GpioAct:
    """A line of a chip, held active for a while. `is_active_low`: the relay closes on 0 volts."""

    chip: str
    line: int
    is_active_low: bool = False


Act = HttpAct | GpioAct


@dataclass(frozen=True, kw_only=True, slots=True)
class DoorSettings:
    """What is done for which sign; nothing for a sign that is missing.

    `timeout`: within so long it has worked or failed. `held`: how long the lock stays open, and the time in which
    the same visit does not open it again. `opens_again`: also for somebody who is already in.
    """

    acts: Mapping[Sign, Act]
    timeout: timedelta = timedelta(seconds=DEFAULT_TIMEOUT)
    held: timedelta = timedelta(seconds=DEFAULT_SECONDS)
    opens_again: bool = True


NO_DOOR = DoorSettings(acts={})


def door_settings(found: Mapping[str, str]) -> DoorSettings:
    """From the environment's words. Raises `Invalid` with the name of what cannot be."""
    header = _header(found)
    method = (found.get("TESSERA_DOOR_METHOD") or "POST").upper()
    if method not in METHODS:
        raise _wrong("TESSERA_DOOR_METHOD", method)
    body = found.get("TESSERA_DOOR_BODY") or ""
    if len(body) > LONGEST_BODY or not PLACES.issuperset(_PLACE.findall(body)):
        raise _wrong("TESSERA_DOOR_BODY", body)
    acts = {
        sign: _act(name, text, method=method, header=header, body=body)
        for sign, name in NAMES.items()
        if (text := found.get(name))
    }
    return DoorSettings(
        acts=acts,
        timeout=_seconds(found, "TESSERA_DOOR_TIMEOUT", DEFAULT_TIMEOUT, at_most=10),
        held=_seconds(found, "TESSERA_DOOR_SECONDS", DEFAULT_SECONDS, at_most=60),
        opens_again=_yes_or_no(found, "TESSERA_DOOR_OPENS_AGAIN", default=True),
    )


def filled(body: str, sign: Sign, held: timedelta, kiosk: str) -> str:
    """The body to send. What stands for the kiosk's name cannot break out of a JSON string."""
    name = re.sub(r"[^\w .-]", "", kiosk)[:60]
    values = {"sign": sign.value, "seconds": f"{held.total_seconds():g}", "kiosk": name}
    return _PLACE.sub(lambda place: values[place[1]], body)


def _act(name: str, text: str, *, method: str, header: tuple[str, str] | None, body: str) -> Act:
    if text.startswith("gpio:"):
        if not (line := _GPIO.fullmatch(text)):
            raise _wrong(name, text)
        return GpioAct(chip=line[1], line=int(line[2]), is_active_low=bool(line[3]))
    try:
        parts = urlsplit(text)
        is_one = parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0
    except ValueError:
        is_one = False
    if not is_one or "@" in parts.netloc:
        raise _wrong(name, text)
    return HttpAct(url=text, method=method, header=header, body=body)


def _header(found: Mapping[str, str]) -> tuple[str, str] | None:
    """`Name: secret`, from a file or from the environment itself; the secret is in no message."""
    text, name = found.get("TESSERA_DOOR_HEADER") or "", "TESSERA_DOOR_HEADER"
    if path := found.get("TESSERA_DOOR_HEADER_FILE"):
        name = "TESSERA_DOOR_HEADER_FILE"
        try:
            text = Path(path).read_text("utf-8")
        except (OSError, UnicodeDecodeError):
            raise _wrong(name, path) from None
    text = text.strip()
    if not text:
        return None
    key, colon, value = text.partition(":")
    value = value.strip()
    is_one = re.fullmatch(r"[\w-]{1,60}", key) and colon and value.isascii() and value.isprintable()
    if not is_one or len(text) > LONGEST_HEADER:
        raise _wrong(name, "…")
    return key, value


def _seconds(found: Mapping[str, str], name: str, default: float, at_most: float) -> timedelta:
    text = found.get(name)
    try:
        seconds = float(text) if text else default
    except ValueError:
        raise _wrong(name, text or "") from None
    if not 0.1 <= seconds <= at_most:
        raise _wrong(name, text or "")
    return timedelta(seconds=seconds)


def _yes_or_no(found: Mapping[str, str], name: str, *, default: bool) -> bool:
    text = (found.get(name) or "").lower()
    if text not in ("", "yes", "no"):
        raise _wrong(name, text)
    return default if not text else text == "yes"


def _wrong(name: str, given: str) -> Invalid:
    return Invalid("settings.not_understood", name=name, given=given[:80])
