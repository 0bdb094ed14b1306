"""The demo's studio on disk: database, cards to print and to show, and `demo.json`, which says where everything is."""

import json
import secrets
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from core import clocktime
from server.demo import day
from server.demo.furnish import Furnished, furnish
from server.demo.member_link import write_member_link
from server.printing.artwork import Sheet, draw_png, draw_sheet
from server.services.door.vault import CodeVault
from server.services.fleet.cards import faces_to_print
from server.services.people.accounts import NewAccount, open_account
from server.services.people.api_tokens import make_api_token
from server.services.people.rights import Asker, Role, asker_of_staff, the_house
from server.services.people.staff_cards import face_of_staff_card
from server.services.people.staff_pins import give_staff_card, set_pin
from server.settings import Settings
from server.store.database import bind, open_database, reading, release
from server.store.migrating import migrate

STAFF_EMAIL = "lena@kiln.example"
STAFF_NAME = "Lena Brandt"


@dataclass(frozen=True, kw_only=True, slots=True)
class DemoStudio:
    """What the demo has to know to start the processes and to tell a person where to look.

    `staff_pin` and `staff_card` (a picture's path) are empty in a folder that an older demo made. `member_link` signs
    in as `member_name`, once.
    """

    venue_id: str
    zone: str
    staff_email: str
    staff_password: str
    staff_pin: str
    staff_card: str
    member_name: str = ""
    member_link: str = ""


def open_studio(folder: Path, *, server: str, kiosk: str, at: datetime) -> DemoStudio:
    """The studio kept in `folder`, or a new one around `at`. `demo.json` comes last: it is there when all is."""
    written = folder / "demo.json"
    told: dict[str, Any] = json.loads(written.read_text()) if written.exists() else {}
    if not told:
        told = _make(folder, at)
    told.update(server=server, kiosk=kiosk)
    member, whose = told["cards"][0], told["organization_id"]
    link = write_member_link(folder, whose, member["member_id"], server=server, at=at)
    told["member"] = {"name": member["member"], "link": link}
    _write_whole(written, json.dumps(told, ensure_ascii=False, indent=2))
    return DemoStudio(
        venue_id=told["venue_id"],
        zone=told["zone"],
        staff_email=told["staff"]["email"],
        staff_password=told["staff"]["password"],
        staff_pin=told["staff"].get("pin", ""),
        staff_card=told["staff"].get("card", ""),
        member_name=told["member"]["name"],
        member_link=link,
    )


def _make(folder: Path, at: datetime) -> dict[str, Any]:
    settings = Settings.from_environment({"TESSERA_DATA": str(folder)})
    database = open_database(settings.database_url)
    bind(database)
    try:
        migrate(database)
        vault = CodeVault(settings.secret_key)
        house, members = furnish(at, vault)
        password = secrets.token_urlsafe(9)
        us = the_house(house.organization_id)
        account = NewAccount(email=STAFF_EMAIL, name=STAFF_NAME, password=password, role=Role.OWNER)
        staff_id = open_account(house.organization_id, account, us, at)
        with reading():
            owner = asker_of_staff(house.organization_id, staff_id)
        token = make_api_token(house.organization_id, "demo.json", owner, at, role=Role.OWNER)
        staff = {"email": STAFF_EMAIL, "password": password, **_equip(folder, owner, staff_id, at, vault)}
        cards = _draw(folder, house.organization_id, members, vault)
    finally:
        release(database)
    return {
        "server": "",
        "kiosk": "",
        "staff": staff,
        "api_token": token,
        "cards_pdf": str(folder / "cards.pdf"),
        "cards": cards,
        "organization_id": house.organization_id,
        "venue_id": house.venues[day.HARBOUR],
        "zone": house.zone.key,
        "made_at": clocktime.wall_clock(at, house.zone),
        "sessions": house.sessions,
    }


def _equip(folder: Path, owner: Asker, staff_id: str, at: datetime, vault: CodeVault) -> dict[str, str]:
    """A card and a PIN for the owner. The picture lies beside `cards`, all of which a virtual camera is shown."""
    give_staff_card(owner.organization_id, staff_id, owner, at, vault)
    set_pin(owner.organization_id, staff_id, day.STAFF_PIN, owner, at, vault)
    picture = folder / "staff-card.png"
    picture.touch(mode=0o600)
    picture.write_bytes(draw_png(face_of_staff_card(owner.organization_id, staff_id, owner, vault)))
    return {"pin": day.STAFF_PIN, "card": str(picture)}


def _draw(folder: Path, organization_id: str, members: list[Furnished], vault: CodeVault) -> list[dict[str, Any]]:
    """A picture of each demo card, in the order in which the virtual camera shows them, and a sheet of all."""
    pictures = folder / "cards"
    pictures.mkdir(exist_ok=True, mode=0o700)
    shown = [member for member in members if member.planned.special]
    faces = faces_to_print(organization_id, [member.member_id for member in shown], vault)
    told = []
    for place, (member, face) in enumerate(zip(shown, faces, strict=True)):
        picture = pictures / f"{place + 1:02d}-{face.member_number}.png"
        picture.write_bytes(draw_png(face))
        told.append(
            {
                "member": f"{member.planned.first_name} {member.planned.last_name}",
                "special": member.planned.special,
                "code": face.code.text,
                "number": face.member_number,
                "born": member.planned.born or "",
                "png": str(picture),
                "member_id": member.member_id,
                "registration_id": member.pass_id,
            }
        )
    (folder / "cards.pdf").write_bytes(draw_sheet(faces, Sheet.A4))
    return told


def _write_whole(path: Path, text: str) -> None:
    """All of it or nothing, for its owner's eyes: it holds a password, a token and card codes."""
    unfinished = path.with_suffix(".unfinished")
    unfinished.touch(mode=0o600)
    unfinished.write_text(text, encoding="utf-8")
    unfinished.replace(path)
