"""Mail by SMTP, and for a demo into files. What can never be delivered is told apart from what may go later."""

import re
import smtplib
import ssl
from contextlib import suppress
from dataclasses import dataclass
from email.errors import MessageError
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from pathlib import Path
from urllib.parse import unquote, urlsplit

from core.errors import Invalid
from core.posting import Delivered, Delivery, Mail, MailPost, Never, TryLater

PATIENCE = 20.0
"""Seconds for each answer of the other side."""
PORTS = {"smtp": 25, "smtp+starttls": 587, "smtps": 465}
NOT_THERE = frozenset({550, 551, 553})
"""What a server says of an address that nobody has. With an enhanced status it must be one of addresses, too."""
_ENHANCED = re.compile(r"\b5\.(\d{1,3})\.\d{1,3}\b")
_ADDRESSES = frozenset({"1", "2"})
_UNPRINTABLE = re.compile(r"[\x00-\x1f\x7f]+")


@dataclass(frozen=True, kw_only=True, slots=True, repr=False)
class MailServer:
    """Where mail is handed over. `scheme`: `smtp` (nothing is encrypted), `smtp+starttls` or `smtps`."""

    scheme: str
    host: str
    port: int
    user: str = ""
    password: str = ""

    def __repr__(self) -> str:
        return f"MailServer({self.scheme}://{self.host}:{self.port})"

    @classmethod
    def of(cls, url: str) -> "MailServer":
        """Of `smtp+starttls://user:password@host:587`. Raises `Invalid`, without the password in it."""
        try:
            parts = urlsplit(url)
            port = parts.port or PORTS[parts.scheme]
        except (ValueError, KeyError):
            raise Invalid("settings.not_understood", name="TESSERA_SMTP_URL", given="…") from None
        if not parts.hostname:
            raise Invalid("settings.not_understood", name="TESSERA_SMTP_URL", given="…")
        return cls(
            scheme=parts.scheme,
            host=parts.hostname,
            port=port,
            user=unquote(parts.username or ""),
            password=unquote(parts.password or ""),
        )


def sender_of(text: str) -> str:
    """The address in the setting. Raises `Invalid` for what is none."""
    try:
        return addressed(text)
    except ValueError:
        raise Invalid("settings.not_understood", name="TESSERA_MAIL_FROM", given=text[:40]) from None


class SmtpPost:
    """Opens a connection for each mail: letters are few, and a line that stood idle is the likeliest to break.

    `trusted`: whose certificates are believed; None: those of this machine.
    """

    def __init__(self, server: MailServer, sender: str, *, trusted: ssl.SSLContext | None = None) -> None:
        self._server, self._sender = server, sender
        self._trusted = trusted or ssl.create_default_context()

    @property
    def sender(self) -> str:
        return self._sender

    def send(self, mail: Mail) -> Delivery:
        try:
            message = as_message(mail, self._sender)
            recipient = addressed(mail.to)
        except ValueError as trouble:
            return Never(why=f"not an address: {type(trouble).__name__}", is_address=True)
        try:
            line = self._connected()
        except (smtplib.SMTPException, OSError) as trouble:
            # The line, the certificate, the password, what the server can do: no fault of the letter's.
            return _not_now(trouble)
        try:
            line.send_message(message, self._sender, [recipient])
        except smtplib.SMTPRecipientsRefused as refused:
            return _refused(*next(iter(refused.recipients.values())))
        except smtplib.SMTPDataError as refused:
            said = _words(refused.smtp_code, refused.smtp_error)
            return Never(why=said) if 500 <= refused.smtp_code < 600 else TryLater(why=said)
        except (smtplib.SMTPException, OSError) as trouble:
            return _not_now(trouble)
        finally:
            _say_good_bye(line)
        return Delivered()

    def _connected(self) -> smtplib.SMTP:
        server = self._server
        line: smtplib.SMTP
        if server.scheme == "smtps":
            line = smtplib.SMTP_SSL(server.host, server.port, timeout=PATIENCE, context=self._trusted)
        else:
            line = smtplib.SMTP(server.host, server.port, timeout=PATIENCE)
        try:
            if server.scheme == "smtp+starttls":
                line.starttls(context=self._trusted)
            if server.user:
                line.login(server.user, server.password)
        except BaseException:
            line.close()
            raise
        return line


def _not_now(trouble: smtplib.SMTPException | OSError) -> TryLater:
    """The post itself does not work, or refuses its sender: staff will mend it, and nothing else would go either."""
    if isinstance(trouble, smtplib.SMTPResponseException):
        return TryLater(why=_words(trouble.smtp_code, trouble.smtp_error), is_for_all=True)
    return TryLater(why=f"{type(trouble).__name__}: {trouble}"[:200], is_for_all=True)


def _say_good_bye(line: smtplib.SMTP) -> None:
    """What the server says to it changes nothing: by then it has taken the letter, or said why not."""
    with suppress(smtplib.SMTPException, OSError):
        line.quit()
    line.close()


class FolderPost:
    """Writes each mail into a file, for looking at. A demo's post: nothing leaves the machine."""

    def __init__(self, folder: Path, sender: str) -> None:
        self._folder, self._sender = folder, sender

    @property
    def sender(self) -> str:
        return self._sender

    def send(self, mail: Mail) -> Delivery:
        try:
            self._folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            name = re.sub(r"[^0-9A-Za-z-]", "-", mail.message_id.strip("<>").partition("@")[0])
            (self._folder / f"{name}.eml").write_bytes(bytes(as_message(mail, self._sender)))
        except OSError as trouble:
            return TryLater(why=f"{type(trouble).__name__}: {trouble}"[:200], is_for_all=True)
        return Delivered()


def as_message(mail: Mail, sender: str) -> EmailMessage:
    """Text, the same as HTML, and the calendar file where there is one. Raises `ValueError` for a bad address.

    Nothing anybody typed can begin a header of its own: line ends are blanks, and the library refuses what is left.
    """
    message = EmailMessage(policy=SMTP)
    message["From"] = Address(display_name=_line(mail.from_name), addr_spec=sender)
    message["To"] = Address(display_name=_line(mail.to_name), addr_spec=addressed(mail.to))
    message["Subject"] = _line(mail.subject)
    message["Date"] = mail.at
    message["Message-ID"] = mail.message_id
    message["Auto-Submitted"] = "auto-generated"
    if mail.unsubscribe:
        message["List-Unsubscribe"] = f"<{_line(mail.unsubscribe)}>"
        message["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    message.set_content(mail.text)
    message.add_alternative(mail.html, subtype="html")
    if mail.calendar:
        method = "CANCEL" if "METHOD:CANCEL" in mail.calendar else "PUBLISH"
        message.add_attachment(mail.calendar, subtype="calendar", filename="place.ics", params={"method": method})
    message["Content-Language"] = mail.language  # last: whatever begins with Content- goes along into the parts
    return message


def addressed(address: str) -> str:
    """With the host's name in letters that every server knows. Raises `ValueError` for what is no address."""
    local, _, host = address.strip().rpartition("@")
    if not local or not host or _UNPRINTABLE.search(address):
        raise ValueError("no address")
    try:
        return Address(addr_spec=f"{local}@{host.encode('idna').decode('ascii')}").addr_spec
    except (MessageError, IndexError) as trouble:
        raise ValueError("no address") from trouble


def _line(text: str) -> str:
    return _UNPRINTABLE.sub(" ", text).strip()


def _refused(code: int, said: bytes) -> Delivery:
    words = _words(code, said)
    if not 500 <= code < 600:
        return TryLater(why=words)
    enhanced = _ENHANCED.search(words)
    is_address = code in NOT_THERE and (enhanced is None or enhanced[1] in _ADDRESSES)
    return Never(why=words, is_address=is_address)


def _words(code: int, said: bytes | str) -> str:
    text = said.decode("utf-8", "replace") if isinstance(said, bytes) else said
    return f"{code} {_line(text)}"[:200]


def mail_post(smtp_url: str, sender: str, folder: str) -> MailPost | None:
    """The post that the settings name; a folder comes before a server. None: none is set up. Raises `Invalid`."""
    if folder:
        return FolderPost(Path(folder), sender_of(sender or "studio@localhost.invalid"))
    return SmtpPost(MailServer.of(smtp_url), sender_of(sender)) if smtp_url else None
