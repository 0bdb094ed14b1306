"""What letters need in a story: a house with an address, a post that remembers, and looks at what was written."""

from dataclasses import dataclass, field
from datetime import datetime

from core.events import EventKind
from core.letters import LETTERS
from core.posting import Delivered, Delivery, Mail, TextMessage
from server.services.letters.making import make_letters
from server.services.letters.sending import LetterSender
from server.services.letters.values import House
from server.store.database import reading, writing
from server.store.tables import EventRow, LetterRow, MemberRow
from tests.server.studio import SIX_PM, VAULT, Studio

HOUSE = House(public_url="https://kiln.example.org", vault=VAULT, sender="studio@kiln.example.org")


@dataclass
class RememberingPost:
    """Takes everything, or answers what it was told to answer next."""

    sender: str = HOUSE.sender
    answers: list[Delivery] = field(default_factory=list)
    taken: list[Mail] = field(default_factory=list)

    def send(self, mail: Mail) -> Delivery:
        self.taken.append(mail)
        return self.answers.pop(0) if self.answers else Delivered()


@dataclass
class RememberingTexts:
    answers: list[Delivery] = field(default_factory=list)
    taken: list[TextMessage] = field(default_factory=list)

    def send(self, message: TextMessage) -> Delivery:
        self.taken.append(message)
        return self.answers.pop(0) if self.answers else Delivered()


def sender_with(post: RememberingPost | None = None, texts: RememberingTexts | None = None) -> LetterSender:
    return LetterSender(house=HOUSE, now=lambda: SIX_PM, mail=post, text=texts)


def write_letters(at: datetime) -> list[LetterRow]:
    """Write what is news, and give all letters there are, in the order of the news."""
    make_letters(at, HOUSE)
    return letters()


def letters(kind: EventKind | None = None) -> list[LetterRow]:
    with reading():
        rows = LetterRow.select() if kind is None else LetterRow.select().where(LetterRow.kind == kind.value)
        return list(rows.order_by(LetterRow.event))


def events(studio: Studio) -> list[EventRow]:
    with reading():
        return list(EventRow.select().where(EventRow.organization == studio.organization).order_by(EventRow.id))


def told(studio: Studio) -> list[tuple[EventKind, str | None]]:
    """(what, whom) of the news that members can be written of, in its order."""
    return [(EventKind(row.kind), row.member_id) for row in events(studio) if EventKind(row.kind) in LETTERS]


def has(member: str, **changes: object) -> None:
    """The member has another address, number, language."""
    with writing():
        MemberRow.update(changes).where(MemberRow.id == member).execute()


def kinds(rows: list[LetterRow]) -> list[EventKind]:
    return [EventKind(row.kind) for row in rows]
