"""An inbox item: what is so, what each answer does and costs, what happens if nobody answers. Values only."""

import json
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from core import clocktime
from server.services.desk.values import Kiosk
from server.services.people.rights import Right

Value = str | int | datetime


class InboxKind(StrEnum):
    """What an item is about. The words are stored, and part of addresses."""

    DISPUTE = "dispute"
    OVERDRAFT = "overdraft"
    UNKNOWN_CARD = "unknown-card"
    QUARANTINE = "quarantine"
    FORK = "fork"
    DEFERRED = "deferred"
    SILENT_KIOSK = "silent-kiosk"
    SELF_TEST = "self-test"
    COPIED_CARD = "copied-card"
    SUSPENSION_SPIKE = "suspension-spike"
    WEBHOOK_PAUSED = "webhook-paused"
    CONTEST = "contest"


class Way(StrEnum):
    """How an item can be settled. The words are stored."""

    LET_STAND = "let-stand"
    UNDO = "undo"
    FORGIVE = "forgive"
    SEEN = "seen"
    TRY_AGAIN = "try-again"
    SET_ASIDE = "set-aside"
    KNOW_WHICH = "know-which"
    DECIDE_NOW = "decide-now"
    STOP_WAITING = "stop-waiting"
    LOOKED = "looked"
    NEW_CARD = "new-card"
    WERE_THERE = "were-there"
    EXCUSE = "excuse"


@dataclass(frozen=True, kw_only=True, slots=True)
class Sentence:
    """A sentence of `core.messages` not yet said: instants are put into words by whoever says it, in a venue's zone."""

    key: str
    values: tuple[tuple[str, Value], ...] = ()
    count: int | None = None

    def to_json(self) -> str:
        """For a row: an instant is `{"ms": …}`."""
        values = {
            name: {"ms": clocktime.to_ms(value)} if isinstance(value, datetime) else value
            for name, value in self.values
        }
        return json.dumps({"key": self.key, "values": values, "count": self.count}, sort_keys=True)


def sentence(key: str, count: int | None = None, /, **values: Value) -> Sentence:
    """`count` chooses between the sentence for one and the one for many."""
    return Sentence(key=key, values=tuple(sorted(values.items())), count=count)


def sentence_from_json(text: str) -> Sentence:
    kept = json.loads(text)
    values = {
        name: clocktime.from_ms(value["ms"]) if isinstance(value, dict) else value
        for name, value in kept["values"].items()
    }
    return Sentence(key=kept["key"], values=tuple(sorted(values.items())), count=kept["count"])


@dataclass(frozen=True, kw_only=True, slots=True)
class Offer:
    """One answer: what it does, what it costs, and the right it takes."""

    way: Way
    price: Sentence
    right: Right = Right.SERVE


@dataclass(frozen=True, kw_only=True, slots=True)
class InboxItem:
    """One thing that waits. `key` names it and its cause, so that the same trouble from a new cause is a new item.

    `subject` is the id of the row it is about. The first of `offers` is the button, the others are quieter.
    `knew` is what the door went by, `now` what is known; `otherwise` what happens if nobody answers.
    """

    kind: InboxKind
    key: str
    subject: str
    at: datetime
    title: Sentence
    offers: tuple[Offer, ...]
    otherwise: Sentence
    who: str = ""
    where: str = ""
    zone: str = "UTC"
    knew: Sentence | None = None
    now: Sentence | None = None
    session_id: str | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Wish:
    """Staff's answer to one item. `way` None: the button's."""

    kind: InboxKind
    key: str
    because: str
    way: Way | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Settled:
    """An item that was answered: how, why, by whom, when."""

    kind: InboxKind
    key: str
    way: Way
    because: str
    by_name: str
    settled_at: datetime
    title: Sentence


@dataclass(frozen=True, kw_only=True, slots=True)
class Inbox:
    """What is open, newest first, and what was settled lately. `zone`: of the organization's first venue."""

    at: datetime
    zone: str
    items: tuple[InboxItem, ...]
    settled: tuple[Settled, ...]
    kiosks: tuple[Kiosk, ...] = ()
