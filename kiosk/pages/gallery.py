"""Every face there is, with people who do not exist, for tests and for looking at: `python -m kiosk.pages.gallery`.

It needs no camera, no greeter and no clock: here it is always 17:42 on one evening.
"""

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from io import BytesIO

import uvicorn
from fastapi import FastAPI, Response
from fastapi.responses import HTMLResponse
from fastapi.staticfiles import StaticFiles
from PIL import Image

from core.model import Session
from core.policy import Window
from core.refusals import RefusalReason
from kiosk import faces
from kiosk.camera.studio import Studio
from kiosk.faces import Face, Stand, Stay, Upcoming
from kiosk.modes import modes_named
from kiosk.pages.drawing import draw
from kiosk.pages.gallery_member import member_samples
from kiosk.pages.gallery_selftest import self_tests
from kiosk.pages.gallery_staff import staff_samples
from kiosk.pages.page import ASSETS, STYLES
from kiosk.pages.pieces import CAMERA
from kiosk.stand import stay as stay_from

AT = datetime(2026, 11, 21, 16, 42, 12, tzinfo=UTC)
ZONE = "Europe/Berlin"
PORT = 8091


def at_clock(clock: str) -> datetime:
    """That time on the evening of the gallery, `18:00`."""
    hour, minute = clock.split(":")
    return datetime(2026, 11, 21, int(hour) - 1, int(minute), tzinfo=UTC)


def session(clock: str, title: str, room: str, *instructors: str, is_open_studio: bool = False) -> Session:
    """A session of two hours."""
    starts_at = at_clock(clock)
    return Session(
        id=f"session-{clock}-{room}",
        venue_id="venue",
        zone=ZONE,
        class_type_id=title,
        title=title,
        starts_at=starts_at,
        ends_at=starts_at + timedelta(hours=2),
        capacity=8,
        room=room,
        instructors=instructors,
        is_open_studio=is_open_studio,
    )


WHEEL = session("18:00", "Wheel throwing", "Studio 2", "Mira")
GLAZING = session("19:00", "Glazing evening", "Studio 1", "Jonas")
OPEN_STUDIO = session("19:15", "Open studio", "Studio 3", is_open_studio=True)
LONG = session(
    "18:00", "Oberflächengestaltung für Fortgeschrittene", "Werkstatt im Hinterhaus", "Friederike", "Bartholomäus"
)


def upcoming(*sessions: Session) -> tuple[Upcoming, ...]:
    """With windows that open half an hour before."""
    opening = timedelta(minutes=30)
    return tuple(
        Upcoming(session=each, window=Window(opens_at=each.starts_at - opening, closes_at=each.ends_at))
        for each in sessions
    )


def stay(seconds: int, left: int) -> Stay:
    """So many seconds left of so many."""
    return stay_from(AT - timedelta(seconds=seconds - left), seconds)


def samples(stand: Stand, name: str = "Ana", wheel: Session = WHEEL) -> dict[str, Face]:
    """Every face once or more, by a short name."""
    coming = upcoming(wheel, GLAZING, OPEN_STUDIO)
    welcome = faces.Welcome(
        stand=stand,
        first_name=name,
        session=wheel,
        pass_title="Ten classes",
        punches_before=8,
        punches_after=7,
        punches_included=10,
        undo=stay(15, 12),
        stay=stay(4, 3),
    )
    already = faces.AlreadyIn(stand=stand, first_name=name, session=wheel, since_at=at_clock("17:38"), stay=stay(4, 3))
    in_twelve_minutes = AT + timedelta(minutes=11, seconds=48)
    quad = ((0.62, 0.22), (0.42, 0.24), (0.43, 0.6), (0.63, 0.58))
    choose = faces.Choose(stand=stand, first_name=name, options=(wheel, GLAZING, OPEN_STUDIO), stay=stay(30, 26))
    confirming = faces.Confirming(stand=stand, sign="K7-4P", organization=stand.organization, venue="Harbour Street")
    return {
        "starting": faces.Starting(stand=stand),
        "notpaired": faces.NotPaired(stand=stand),
        "notpaired-again": faces.NotPaired(stand=stand, trouble=faces.PairingTrouble.SERVER_UNREACHABLE),
        "notpaired-no": faces.NotPaired(stand=stand, trouble=faces.PairingTrouble.TURNED_AWAY),
        "confirming": confirming,
        "confirming-agreed": replace(confirming, is_agreed=True),
        "waiting": faces.Waiting(stand=stand, upcoming=coming),
        "waiting-undo": faces.Waiting(stand=stand, upcoming=coming, undo=stay(15, 9)),
        "waiting-alone": faces.Waiting(
            stand=stand, upcoming=coming, out_of_touch=faces.OutOfTouch(since_at=at_clock("11:20"), waiting=31)
        ),
        "waiting-nothing": faces.Waiting(stand=stand),
        "reading": faces.Reading(stand=stand, hint=faces.Hint.CLOSER, quad=quad, upcoming=coming),
        "welcome": welcome,
        "welcome-unlimited": replace(welcome, punches_before=None, punches_after=None, is_late=True),
        "welcome-also": replace(welcome, also=(GLAZING, OPEN_STUDIO), punches_included=20, punches_before=14,
                                punches_after=13),
        "welcome-nameless": replace(welcome, first_name=""),
        "already": already,
        "already-also": replace(already, also=(GLAZING, OPEN_STUDIO)),
        "choose": choose,
        "choose-four": replace(choose, options=(*choose.options, replace(LONG, id="long"))),
        "notyet": faces.NotYet(
            stand=stand, first_name=name, session=wheel, opens_at=in_twelve_minutes, stay=stay(8, 7)
        ),
        "no": faces.No(stand=stand, reason=RefusalReason.TOO_LATE, first_name=name, session=wheel, stay=stay(8, 7)),
        "no-card": faces.No(stand=stand, reason=RefusalReason.NOT_A_MEMBERSHIP_CARD, stay=stay(8, 7)),
        "undone": faces.Undone(stand=stand, stay=stay(4, 4)),
        "staffcoming": faces.StaffIsComing(stand=stand, number=14, stay=stay(60, 58)),
        "outoforder": faces.OutOfOrder(stand=stand, trouble=faces.Trouble.CAMERA, reference="7F3K"),
        **member_samples(stand, AT, (wheel, GLAZING, OPEN_STUDIO), name),
        "waiting-find": faces.Waiting(stand=stand, upcoming=coming, may_find=True),
        **self_tests(stand, at_clock("07:30")),
        **staff_samples(stand, AT, (wheel, GLAZING, OPEN_STUDIO), name),
        "outoforder-staff": faces.OutOfOrder(stand=stand, trouble=faces.Trouble.BY_STAFF, may_scan=False),
        "outoforder-list": faces.OutOfOrder(stand=stand, trouble=faces.Trouble.NO_MEMBER_LIST, may_scan=False),
    }  # fmt: skip


def stand_for(language: str = "en", mode: str = "", organization: str = "Kiln & Co.") -> Stand:
    """A stand in a language; `mode` is any of `kiosk.modes.FIELDS` with spaces between."""
    return Stand(organization=organization, zone=ZONE, language=language, modes=modes_named(mode.split()))


def document(face: Face, at: datetime = AT) -> str:
    """A whole page that shows one face, without a server behind it."""
    shown = {**draw(face, at).as_props(), "version": 1, "now": round(at.timestamp() * 1000)}
    picture = json.dumps(shown).replace("<", "\\u003c")
    styles = "".join(f'<link rel="stylesheet" href="/assets/{style}">' for style in STYLES)
    head = f'<meta charset="utf-8"><title>Tessera</title>{styles}'
    sprite = (ASSETS / "icons" / "kiosk.svg").read_text("utf-8")
    return (
        f'<!doctype html><html lang="en"><head>{head}</head><body>{sprite}'
        '<main><div id="stand" class="kiosk"></div></main><script type="module">'
        'import { Stand } from "/assets/kiosk.js"; window.taps = [];'
        'window.stand = new Stand(document.getElementById("stand"), (tap) => window.taps.push(tap));'
        f"window.stand.show({picture});</script></body></html>"
    )


def app(picture: Callable[[], bytes] | None = None) -> FastAPI:
    """Serves `/welcome?language=de&mode=hc&name=Ana`; `picture` is what the camera sees, a JPEG."""
    shows = FastAPI(docs_url=None, redoc_url=None, openapi_url=None)
    shows.mount("/assets", StaticFiles(directory=ASSETS))
    seen = (picture or empty_room)()

    @shows.get(CAMERA)
    def camera() -> Response:
        return Response(seen, media_type="image/jpeg")

    @shows.get("/{which}", response_class=HTMLResponse)
    def face(which: str, language: str = "en", mode: str = "", name: str = "Ana", long: bool = False) -> Response:
        all_of_them = samples(stand_for(language, mode), name, LONG if long else WHEEL)
        if which not in all_of_them:
            return HTMLResponse("".join(f'<p><a href="/{each}">{each}</a>' for each in all_of_them), 404)
        return HTMLResponse(document(all_of_them[which]))

    return shows


def empty_room() -> bytes:
    """The painted studio of the demo camera, mirrored."""
    blue_green_red = Studio().empty
    jpeg = BytesIO()
    Image.fromarray(blue_green_red[:, ::-1, ::-1]).save(jpeg, "JPEG", quality=85)
    return jpeg.getvalue()


if __name__ == "__main__":
    uvicorn.run(app(), host="127.0.0.1", port=PORT, log_level="warning")
