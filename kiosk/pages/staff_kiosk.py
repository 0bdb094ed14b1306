"""Draws how the kiosk is, for staff: what a heartbeat tells, in words, and what they may do with the kiosk."""

from collections.abc import Mapping

from core.health import HealthWord as W
from kiosk.faces_staff import StaffKiosk
from kiosk.pages.drawn import Parts
from kiosk.pages.markup import Html, icon, join, tag
from kiosk.pages.pieces import tap
from kiosk.pages.staff_pieces import TONE, back, band, mark, said, say, staff_parts
from kiosk.pages.words import Words

CAMERAS = {"WORKING": "good", "OFF": "idle", "STARTING": "idle", "STALLED": "wait", "BLACK": "wait", "MISSING": "wait"}
OLD_LIST = 3600
"""Seconds after which a member list is no longer called fresh."""


def kiosk(face: StaffKiosk, words: Words) -> Parts:
    if face.is_out_of_order:
        order = tap("staff.in_order", icon("check"), words.say("staff.face.kiosk.back"), cls="button first wide")
    else:
        order = tap("staff.out_of_order", icon("cross"), words.say("staff.face.kiosk.out"), cls="button wide")
    test = tap("staff.test", icon("again"), words.say("staff.face.kiosk.test"), cls="button wide")
    state = "out" if face.is_out_of_order else "serves"
    lead = tag("p", words.say(f"staff.face.kiosk.{state}"), cls="lead")
    return staff_parts(
        tone=f"{TONE} kiosk-health",
        say=say(band(words.say("staff.face.kiosk"), face.stay, words), said(face.said, words) or lead),
        do=join(
            tag("ul", *(tag("li", *each) for each in _details(face.health, words)), cls="facts"),
            tag("div", order, test if face.has_self_test else None, cls="actions push"),
        ),
        after=back(words),
    )


def health_lines(health: Mapping[str, str], words: Words, *, is_short: bool = False) -> tuple[Html, ...]:
    """In a few lines: what is fine, and what is not."""
    lines = [mark(kind, text) for kind, _, text, is_first in _all(health, words) if is_first]
    wait = _latency(health, words)
    if wait is not None and is_short:
        lines.append(tag("span", wait, cls="quiet"))
    return tuple(lines)


def _details(health: Mapping[str, str], words: Words) -> list[tuple[Html, Html]]:
    rows = []
    for kind, name, text, _ in _all(health, words):
        verdict = words.say(f"staff.face.health.verdict.{kind}")
        about = tag("div", tag("b", words.say(f"staff.face.health.{name}")), tag("span", text))
        rows.append((about, mark(kind, verdict)))
    wait = _latency(health, words)
    if wait is not None:
        about = tag("div", tag("b", words.say("staff.face.health.speed")), tag("span", wait))
        rows.append((about, tag("span")))
    return rows


def _all(health: Mapping[str, str], words: Words) -> list[tuple[str, str, Html, bool]]:
    """Of each thing: good or not, its name, what is said of it, and whether it stands beside today's list."""
    camera = health.get(W.CAMERA, "STARTING")
    is_online = health.get(W.ONLINE) == "yes"
    unsent = _number(health.get(W.UNSENT))
    age = _number(health.get(W.LIST_AGE)) if W.LIST_AGE in health else None
    clock = health.get(W.CLOCK, "")
    disk = health.get(W.DISK, "ok")
    server = "on" if is_online else "off"
    return [
        (CAMERAS.get(camera, "wait"), "camera",
         words.say(f"staff.face.health.camera.{camera if camera in CAMERAS else 'MISSING'}"), True),
        ("good" if is_online else "wait", "server", words.say(f"staff.face.health.server.{server}"), True),
        ("good" if unsent == 0 or is_online else "wait", "unsent",
         words.say("staff.face.health.unsent.none") if unsent == 0
         else words.say("staff.face.health.unsent.some", count=str(unsent)), True),
        ("good" if age is not None and age <= OLD_LIST else "wait", "list",
         words.say("staff.face.health.list.none") if age is None
         else words.say("staff.face.health.list.age", minutes=str(age // 60)), False),
        ("wait" if clock == "UNSURE" else "good", "clock",
         words.say(f"staff.face.health.clock.{'unsure' if clock == 'UNSURE' else 'sure'}"), False),
        ("good" if disk == "ok" else "bad", "disk",
         words.say(f"staff.face.health.disk.{'ok' if disk == 'ok' else 'failing'}"), False),
    ]  # fmt: skip


def _latency(health: Mapping[str, str], words: Words) -> Html | None:
    for half, most in ((W.PAINTED_P50, W.PAINTED_P95), (W.ANSWER_P50, W.ANSWER_P95)):
        if half in health and most in health:
            return words.say("staff.face.health.latency", half=number(health[half]), most=number(health[most]))
    return None


def number(text: str) -> Html:
    return tag("span", text, cls="number")


def _number(text: str | None) -> int:
    return int(text) if text and text.isdecimal() else 0
