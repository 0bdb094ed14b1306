"""What differs between installations of the server, read once from the environment. Nothing else reads it."""

import base64
import binascii
import os
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from core import archives
from core.errors import Invalid
from core.letters import Channel
from core.proxies import Proxies, proxies_in

KEY_FILE = "secret.key"
KEY_BYTES = 32
LONGEST_DAYS = 36_500


@dataclass(frozen=True, kw_only=True, slots=True)
class Settings:
    """`secret_key` (32 bytes) encrypts card codes; whoever has it and the database can print every card again.

    `open_pairing_venue` is for a demo: kiosks on the same machine join that venue without a code.
    `public_url`: where members reach this server, for links in letters. `smtp_url` and `mail_from`: how mail goes and
    from which address; `mail_folder` instead: into files, for a demo. `sms_url`: how text messages go. Each may be
    empty; then such letters wait. `copies`: the folder of the database's daily copies. `archive`: the folder of old
    attempts, put away once they are `archive_after` old (None: never); a matter of this machine's disk and of no rule,
    so it is no studio's policy. `proxies`: those that are believed about who asks.
    """

    data: Path
    database_url: str
    host: str
    port: int
    secret_key: bytes
    open_pairing_venue: str = ""
    public_url: str = ""
    smtp_url: str = ""
    mail_from: str = ""
    mail_folder: str = ""
    sms_url: str = ""
    copies: Path = Path("copies")
    archive: Path = Path("archive")
    archive_after: timedelta | None = archives.SPAN
    proxies: Proxies = ()

    def __repr__(self) -> str:
        return f"Settings(data={str(self.data)!r}, host={self.host!r}, port={self.port})"

    @property
    def ways(self) -> frozenset[Channel]:
        """By which of them letters can be sent from here."""
        has = {Channel.MAIL: self.smtp_url or self.mail_folder, Channel.SMS: self.sms_url}
        return frozenset(channel for channel, is_set_up in has.items() if is_set_up)

    @classmethod
    def from_environment(cls, environment: Mapping[str, str] | None = None) -> "Settings":
        """The settings named TESSERA_… ; makes the data folder, and a secret key in it at the first start.

        Raises `Invalid` with the variable's name for a value that cannot be understood.
        """
        found = os.environ if environment is None else environment
        data = Path(found.get("TESSERA_DATA") or "data").absolute()
        data.mkdir(parents=True, exist_ok=True)
        host, port = found.get("TESSERA_HOST") or "127.0.0.1", _port(found.get("TESSERA_PORT") or "8080")
        return cls(
            data=data,
            database_url=found.get("TESSERA_DATABASE_URL") or f"sqlite:///{data / 'tessera.db'}",
            host=host,
            port=port,
            open_pairing_venue=found.get("TESSERA_OPEN_PAIRING_VENUE") or "",
            public_url=_address(found.get("TESSERA_PUBLIC_URL") or f"http://{host}:{port}"),
            smtp_url=found.get("TESSERA_SMTP_URL") or "",
            mail_from=found.get("TESSERA_MAIL_FROM") or "",
            mail_folder=found.get("TESSERA_MAIL_FOLDER") or "",
            sms_url=found.get("TESSERA_SMS_URL") or "",
            copies=Path(found.get("TESSERA_COPIES") or data / "copies").absolute(),
            archive=Path(found.get("TESSERA_ARCHIVE") or data / "archive").absolute(),
            proxies=_proxies(found.get("TESSERA_PROXIES") or ""),
            archive_after=_span(found.get("TESSERA_ARCHIVE_AFTER_DAYS") or str(archives.SPAN.days)),
            secret_key=_key(found.get("TESSERA_SECRET_KEY")) or _key_kept_in(data),
        )


def _port(text: str) -> int:
    if not text.isascii() or not text.isdigit() or not 0 < int(text) < 65536:
        raise Invalid("settings.not_understood", name="TESSERA_PORT", given=text[:40])
    return int(text)


def _span(text: str) -> timedelta | None:
    """`never`, or days: no fewer than anybody may still look back, no more than a calendar has."""
    if text == "never":
        return None
    if not text.isascii() or not text.isdigit() or not archives.SHORTEST.days <= int(text) <= LONGEST_DAYS:
        raise Invalid("settings.not_understood", name="TESSERA_ARCHIVE_AFTER_DAYS", given=text[:40])
    return timedelta(days=int(text))


def _proxies(text: str) -> Proxies:
    try:
        return proxies_in(text)
    except ValueError:
        raise Invalid("settings.not_understood", name="TESSERA_PROXIES", given=text[:40]) from None


def _address(text: str) -> str:
    """Of this server as others see it, without a slash at its end."""
    if not text.startswith(("http://", "https://")) or any(sign.isspace() for sign in text):
        raise Invalid("settings.not_understood", name="TESSERA_PUBLIC_URL", given=text[:40])
    return text.rstrip("/")


def _key(text: str | None) -> bytes | None:
    """32 bytes in base64, or hex."""
    if not text:
        return None
    for decode in (bytes.fromhex, base64.urlsafe_b64decode, base64.b64decode):
        try:
            key = decode(text.strip())
        except (ValueError, binascii.Error):
            continue
        if len(key) == KEY_BYTES:
            return key
    raise Invalid("settings.not_understood", name="TESSERA_SECRET_KEY", given="…")


def _key_kept_in(data: Path) -> bytes:
    """The key in the data folder. Two processes starting at once agree: only one can create the file."""
    path = data / KEY_FILE
    if not path.exists():
        fresh = path.with_name(f"{KEY_FILE}.{os.getpid()}.{secrets.token_hex(4)}")
        descriptor = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w", encoding="ascii") as file:
            file.write(secrets.token_hex(KEY_BYTES))
            file.flush()
            os.fsync(file.fileno())
        try:
            os.link(fresh, path)
        except FileExistsError:
            pass  # another process was first; its key is the one that counts
        finally:
            fresh.unlink()
    key = _key(path.read_text(encoding="ascii").strip())
    if key is None:
        raise Invalid("settings.not_understood", name=str(path), given="")
    return key
