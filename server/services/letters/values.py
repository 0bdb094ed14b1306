"""What letters need of the installation, and what the log shows of them: values, never rows."""

from dataclasses import dataclass
from datetime import datetime

from core.events import EventKind
from core.letters import Channel, Group, HeldBecause, LetterState
from server.services.door.vault import CodeVault


@dataclass(frozen=True, kw_only=True, slots=True)
class House:
    """`public_url`: where members reach this server. `sender`: the address mails come from; empty where none is."""

    public_url: str
    vault: CodeVault
    sender: str = ""

    def address(self, path: str) -> str:
        """Of one of our pages, as it stands in a letter."""
        return f"{self.public_url.rstrip('/')}{path}"


@dataclass(frozen=True, kw_only=True, slots=True)
class LetterSeen:
    """A letter in the log. `text` is empty where only the member may read it, or nothing of it is kept.

    `tries` of this `round`; `last_trouble`: what the post said when it did not go; `next_try_at`: while it waits.
    """

    id: str
    member_id: str
    reservation_id: str | None
    kind: EventKind
    channel: Channel
    language: str
    address: str
    subject: str
    text: str
    state: LetterState
    held_because: HeldBecause | None
    round: int
    tries: int
    next_try_at: datetime | None
    last_trouble: str
    made_at: datetime
    sent_at: datetime | None


@dataclass(frozen=True, kw_only=True, slots=True)
class PostStanding:
    """How many letters of one channel are where. `waits_since`: when the oldest that waits was written."""

    channel: Channel
    waiting: int
    sent: int
    failed: int
    held: int
    waits_since: datetime | None


@dataclass(frozen=True, kw_only=True, slots=True)
class Choice:
    """Whether a member gets letters of one group by one channel."""

    group: Group
    channel: Channel
    is_wanted: bool
