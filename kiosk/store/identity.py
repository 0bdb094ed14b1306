"""Which device this kiosk is: one small file that only its owner may read, apart from the database.

So a damaged database costs no pairing, and wiping the member list does not either.
"""

import json
import os
from dataclasses import asdict, dataclass
from pathlib import Path

FILE = "device.json"


@dataclass(frozen=True, kw_only=True, slots=True)
class Identity:
    """Device id and token as the server gave them at pairing. The token is never logged."""

    device_id: str
    token: str
    organization_name: str = ""
    venue_name: str = ""

    def __repr__(self) -> str:
        return f"Identity({self.device_id})"


def read_identity(folder: Path) -> Identity | None:
    """None where this kiosk was never paired, or its identity file cannot be read as one."""
    try:
        told = json.loads((folder / FILE).read_text("utf-8"))
        return Identity(**{key: str(told[key]) for key in Identity.__dataclass_fields__ if key in told})
    except FileNotFoundError:
        return None
    except (ValueError, TypeError, AttributeError):
        return None


def write_identity(folder: Path, identity: Identity) -> None:
    """All of it or nothing, with mode 0600, on the disk when it returns."""
    new = folder / f"{FILE}.new"
    new.unlink(missing_ok=True)
    handle = os.open(new, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        json.dump(asdict(identity), file)
        file.flush()
        os.fsync(file.fileno())
    new.replace(folder / FILE)
    sync_folder(folder)


def forget_identity(folder: Path) -> None:
    """This kiosk was never that device. On the disk when it returns."""
    (folder / FILE).unlink(missing_ok=True)
    sync_folder(folder)


def sync_folder(folder: Path) -> None:
    """A new name is on the disk only when its folder is."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
