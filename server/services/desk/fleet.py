"""`fleet(…)`: every kiosk as staff want to see it: in touch, what it holds, how it is; and those waiting outside."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from core.health import HealthWord
from server.services.desk.kiosks import kiosks_at
from server.services.desk.rights import venues_of
from server.services.desk.values import Kiosk, Place
from server.services.fleet.confirming import WaitingKiosk, waiting_kiosks
from server.services.fleet.devices import Device, devices_of
from server.services.fleet.self_tests import SelfTestSeen, last_self_tests
from server.services.fleet.silence import is_out_of_touch, silent_kiosks
from server.services.people.rights import Asker, Right, require
from server.store.database import reading


@dataclass(frozen=True, kw_only=True, slots=True)
class Working:
    """A door or its lamps: `how` is ok, unused or failing, so many times in a row, with the log's last reference."""

    how: str
    failed: int
    reference: str


@dataclass(frozen=True, kw_only=True, slots=True)
class KioskCard:
    """One device. `calls`: silent for so long that somebody should look; `clock_offset`: by which it is fast.

    `list_age` is as of when it was last heard; None where the kiosk has not said.
    """

    id: str
    name: str
    venue_name: str
    zone: str
    paired_at: datetime
    heard_at: datetime | None
    is_silent: bool
    calls: bool
    waiting: int
    clock_offset: timedelta | None
    list_age: timedelta | None
    disk_free: int | None
    is_disk_failing: bool
    camera: str
    camera_source: str
    p50: int | None
    p95: int | None
    interrupted: int
    damaged_file: str
    file_trouble: str
    help_called: str
    door: Working | None
    lamp: Working | None
    self_test: SelfTestSeen | None
    versions: tuple[str, str]
    forked_at: datetime | None
    revoked_at: datetime | None
    retired_at: datetime | None

    @property
    def is_in_use(self) -> bool:
        return self.revoked_at is None and self.retired_at is None


@dataclass(frozen=True, kw_only=True, slots=True)
class Fleet:
    """All of an organization's kiosks. `kiosks` are those in use, for the frame."""

    at: datetime
    zone: str
    venues: tuple[Place, ...]
    waiting: tuple[WaitingKiosk, ...]
    in_use: tuple[KioskCard, ...]
    gone: tuple[KioskCard, ...]
    kiosks: tuple[Kiosk, ...]


def fleet(organization_id: str, by: Asker, at: datetime) -> Fleet:
    """Raises `Forbidden` for whoever may not serve members."""
    with reading():
        require(organization_id, by, Right.SERVE)
        venues = venues_of(organization_id)
        calling, tested = silent_kiosks(organization_id, at), last_self_tests(organization_id)
        places = {venue.id: venue for venue in venues}
        cards = [
            _card(device, places[device.venue_id], at, device.id in calling, tested.get(device.id))
            for device in devices_of(organization_id, by)
        ]
        return Fleet(
            at=at,
            zone=venues[0].zone if venues else "UTC",
            venues=venues,
            waiting=waiting_kiosks(organization_id, at),
            in_use=tuple(card for card in cards if card.is_in_use),
            gone=tuple(card for card in cards if not card.is_in_use),
            kiosks=tuple(kiosk for venue in venues for kiosk in kiosks_at(organization_id, venue.id, at)),
        )


def _card(device: Device, venue: Place, at: datetime, calls: bool, tested: SelfTestSeen | None) -> KioskCard:
    told, heard_at = device.health, device.last_heard_at
    offset, age = _number(told, HealthWord.CLOCK_OFFSET), _number(told, HealthWord.LIST_AGE)
    return KioskCard(
        id=device.id,
        name=device.name,
        venue_name=venue.name,
        zone=venue.zone,
        paired_at=device.paired_at,
        heard_at=heard_at,
        is_silent=is_out_of_touch(heard_at, at),
        calls=calls,
        waiting=device.waiting,
        clock_offset=None if offset is None else timedelta(milliseconds=offset),
        list_age=None if age is None else timedelta(seconds=age),
        disk_free=_number(told, HealthWord.DISK_FREE),
        is_disk_failing=_text(told, HealthWord.DISK) == "failing",
        camera=_text(told, HealthWord.CAMERA),
        camera_source=_text(told, HealthWord.CAMERA_SOURCE),
        p50=_number(told, HealthWord.PAINTED_P50) or _number(told, HealthWord.ANSWER_P50),
        p95=_number(told, HealthWord.PAINTED_P95) or _number(told, HealthWord.ANSWER_P95),
        interrupted=_number(told, HealthWord.INTERRUPTED) or 0,
        damaged_file=_text(told, HealthWord.DAMAGED_FILE),
        file_trouble=_text(told, HealthWord.FILE_TROUBLE),
        help_called=_text(told, HealthWord.HELP_CALLED),
        door=_working(told, HealthWord.DOOR, HealthWord.DOOR_FAILED, HealthWord.DOOR_REFERENCE),
        lamp=_working(told, HealthWord.LAMP, HealthWord.LAMP_FAILED, HealthWord.LAMP_REFERENCE),
        self_test=tested,
        versions=(_text(told, HealthWord.TESSERA), _text(told, HealthWord.SQLITE)),
        forked_at=device.forked_at,
        revoked_at=device.revoked_at,
        retired_at=device.retired_at,
    )


def _text(told: Mapping[str, str], word: HealthWord) -> str:
    """At most 80 characters: a kiosk may say anything."""
    return str(told.get(word, ""))[:80]


def _working(told: Mapping[str, str], how: HealthWord, failed: HealthWord, reference: HealthWord) -> Working | None:
    """None where the kiosk has none, or says something nobody here knows."""
    if (said := _text(told, how)) not in ("ok", "unused", "failing"):
        return None
    return Working(how=said, failed=_number(told, failed) or 0, reference=_text(told, reference)[:20])


def _number(told: Mapping[str, str], word: HealthWord) -> int | None:
    """None for what is not there or is no number of a length that means anything."""
    text = _text(told, word)
    digits = text.removeprefix("-")
    return int(text) if digits.isascii() and digits.isdecimal() and len(digits) <= 15 else None
