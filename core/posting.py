"""What is handed to the post and what it answers: a mail, a text message, and how its delivery went. Values only."""

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol


@dataclass(frozen=True, kw_only=True, slots=True)
class Mail:
    """`message_id` is the same at every try. `calendar`: an iCalendar file, or empty. `unsubscribe`: an address or
    empty. `at` is what the mail says of when it was written."""

    to: str
    to_name: str
    message_id: str
    subject: str
    text: str
    html: str
    language: str
    at: datetime
    from_name: str = ""
    calendar: str = ""
    unsubscribe: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class TextMessage:
    """`to` is a number as networks want it."""

    to: str
    text: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Delivered:
    """Whoever comes next on the way has taken it."""


@dataclass(frozen=True, kw_only=True, slots=True)
class TryLater:
    """Not now. `is_for_all`: it is the post itself that does not work, so nothing else would go either."""

    why: str
    is_for_all: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class Never:
    """It will never go. `is_address`: because nobody has that address."""

    why: str
    is_address: bool = False


Delivery = Delivered | TryLater | Never


class MailPost(Protocol):
    """Takes mail. `sender` is the address in its `From`."""

    @property
    def sender(self) -> str: ...

    def send(self, mail: Mail) -> Delivery:
        """Hand it over. Every trouble of the outside world is an answer, not an exception."""
        ...


class TextPost(Protocol):
    """Takes text messages."""

    def send(self, message: TextMessage) -> Delivery:
        """As `MailPost.send`."""
        ...
