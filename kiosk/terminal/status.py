"""`tessera kiosk status`: how one kiosk stands, from its folder and, while it runs, from itself."""

import json
from collections.abc import Callable, Iterator, Mapping
from datetime import datetime, timedelta

from rich.markup import escape
from rich.table import Table

from kiosk.settings import KioskSettings
from kiosk.store.seen import Contents, FolderSeen, folder_seen

LITTLE_DISK = 200_000_000
"""Bytes. A busy kiosk writes a tenth of it in a year."""
LONG_AGO = timedelta(hours=24)
Health = Mapping[str, object]
HealthOf = Callable[[int], Health | None]
"""What a kiosk that runs on this machine says of itself, by its port; None: nobody answers there."""


def status_table(settings: KioskSettings, health_of: HealthOf, at: datetime) -> Table:
    """What there is to say, in the order in which it is worth reading. Raises `NotFound` for an empty folder."""
    seen, health = _seen(settings, health_of)
    table = Table(show_header=False, box=None, pad_edge=False)
    table.add_column(style="bold")
    for what, words, is_well in _lines(seen, health, settings, at):
        table.add_row(what, escape(words) if is_well else f"[red]{escape(words)}[/]")
    return table


def status_json(settings: KioskSettings, health_of: HealthOf, at: datetime) -> str:
    """The same for programs: instants in ISO 8601, lengths in seconds, sizes in bytes; no token."""
    seen, health = _seen(settings, health_of)
    contents = seen.contents
    told: dict[str, object] = {
        "folder": str(seen.folder),
        "device_id": seen.identity.device_id if seen.identity else None,
        "organization": seen.identity.organization_name if seen.identity else None,
        "venue": seen.identity.venue_name if seen.identity else None,
        "running": seen.is_running,
        "sqlite_version": seen.sqlite_version,
        "disk_free_bytes": seen.disk_free,
        "damaged": seen.trouble or None,
        "set_aside": list(seen.set_aside),
        "copy_made_at": _iso(seen.copy_made_at),
        "health": dict(health) if health is not None else None,
    }
    if contents is not None:
        told |= {
            "last_contact_at": _iso(contents.last_contact_at),
            "unsent": contents.untold,
            "oldest_unsent_at": _iso(contents.oldest_untold_at),
            "epochs": [
                {"epoch": one.epoch, "number": one.number, "last_seq": one.last_seq, "have_upto": one.have_upto,
                 "unsent": one.untold} for one in contents.epochs
            ],
            "replica_version": contents.replica_version,
            "members": contents.members,
            "list_age_seconds": (at - contents.synced_at).total_seconds() if contents.synced_at else None,
            "policy_version": contents.policy_version,
            "interrupted": 0 if seen.is_running else contents.open_attempts,
            "doubted_at": _iso(contents.doubted_at),
        }  # fmt: skip
    return json.dumps(told, ensure_ascii=False, indent=2)


def _seen(settings: KioskSettings, health_of: HealthOf) -> tuple[FolderSeen, Health | None]:
    seen = folder_seen(settings.data)
    return seen, health_of(settings.port) if seen.is_running else None


def _lines(
    seen: FolderSeen, health: Health | None, settings: KioskSettings, at: datetime
) -> Iterator[tuple[str, str, bool]]:
    identity = seen.identity
    if identity is None:
        yield "Paired", "no; `tessera pair` on the server makes a code", False
    else:
        place = ", ".join(name for name in (identity.organization_name, identity.venue_name) if name)
        yield "Paired", f"as {identity.device_id}{f' with {place}' if place else ''}", True
    yield from _running(seen, health, settings.port)
    if seen.contents is None:
        yield "Data", f"damaged: {seen.trouble}. The next start sets it aside and saves what can be read.", False
    else:
        yield from _contents(seen.contents, at, is_running=seen.is_running)
    yield "SQLite", seen.sqlite_version, True
    yield "Disk", f"{seen.disk_free / 1e9:.1f} GB free", seen.disk_free >= LITTLE_DISK
    yield "Copy", f"made {_ago(seen.copy_made_at, at)}" if seen.copy_made_at else "none yet; one is made by night", True
    if seen.set_aside:
        yield "Set aside", f"{', '.join(seen.set_aside)}: what could be read of them is in the journal", False


def _running(seen: FolderSeen, health: Health | None, port: int) -> Iterator[tuple[str, str, bool]]:
    if not seen.is_running:
        yield "Running", "no", True
        return
    if health is None:
        yield "Running", f"yes, but nothing answers at http://127.0.0.1:{port}; TESSERA_KIOSK_PORT says where", False
        return
    contact = "in touch with the server" if health.get("online") else "without the server"
    rejected = f", which says {health['rejected_as']}" if health.get("rejected_as") else ""
    yield "Running", f"yes, shows {health.get('face', '?')}, {contact}{rejected}", not rejected
    camera = str(health.get("camera", "?"))
    yield "Camera", camera.lower(), True
    if health.get("file_trouble"):
        yield "By night", str(health["file_trouble"]), False
    yield "Clock", str(health.get("clock", "?")), health.get("clock") != "unsure"


def _contents(contents: Contents, at: datetime, *, is_running: bool) -> Iterator[tuple[str, str, bool]]:
    contact = contents.last_contact_at
    yield "Last contact", _ago(contact, at) if contact else "never", contact is not None and at - contact < LONG_AGO
    oldest = contents.oldest_untold_at
    if oldest is None:
        yield "Unsent", "nothing", True
    else:
        yield "Unsent", f"{contents.untold}, the oldest {_ago(oldest, at)}", at - oldest < LONG_AGO
    for one in contents.epochs:
        saved = ", saved out of a damaged file" if one.number < 1 else ""
        words = f"{one.epoch}: {one.last_seq} numbers, the server has up to {one.have_upto}, {one.untold} unsent{saved}"
        yield "Epoch", words, True
    if contents.synced_at is None:
        yield "Member list", "none", False
    else:
        people = "1 member" if contents.members == 1 else f"{contents.members} members"
        version = f"version {contents.replica_version}, {people}"
        is_fresh = at - contents.synced_at < LONG_AGO
        yield "Member list", f"{version}, whole {_ago(contents.synced_at, at)}", is_fresh
    yield "Policy", f"version {contents.policy_version}" if contents.policy_version else "none yet", True
    if not is_running and contents.open_attempts:
        yield "Interrupted", f"{contents.open_attempts}; the next start concludes it", True
    if contents.doubted_at is not None:
        yield "Doubted", f"attempts from before {contents.doubted_at:%Y-%m-%d %H:%M} UTC may have been lost", False


def _ago(then: datetime, at: datetime) -> str:
    """How long ago, and when."""
    passed = at - then
    when = f"{then:%Y-%m-%d %H:%M} UTC"
    if passed < timedelta(0):
        return f"{when}, which this machine's clock has not reached"
    minutes = passed // timedelta(minutes=1)
    days, hours = minutes // 1440, minutes % 1440 // 60
    words = f"{days} d {hours} h" if days else f"{hours} h {minutes % 60} min" if hours else f"{minutes} min"
    return f"{words} ago ({when})"


def _iso(instant: datetime | None) -> str | None:
    return instant.isoformat().replace("+00:00", "Z") if instant is not None else None
