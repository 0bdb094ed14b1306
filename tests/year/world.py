"""What everybody in the year shares: the one clock, what is still to happen today, who there is, what was counted."""

import heapq
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from random import Random

from core.decisions import Refused
from core.errors import TesseraError
from core.hooks import Answer, Outgoing
from core.posting import Delivered, Delivery, Mail, TextMessage
from core.protocol import Attempt
from server.services.people.rights import Asker, member_asking
from tests.server.door_stories import StoryKiosk
from tests.year.people import Person
from tests.year.town import Town

Act = Callable[[datetime], None]


@dataclass
class Post:
    """Takes every mail and every text, and counts them."""

    sender: str = "studio@kiln.example.org"
    mails: int = 0
    texts: int = 0

    def send(self, mail: Mail) -> Delivery:
        self.mails += 1
        return Delivered()


@dataclass
class Texts:
    post: Post

    def send(self, message: TextMessage) -> Delivery:
        self.post.texts += 1
        return Delivered()


@dataclass
class Hooks:
    """Another program that takes every call."""

    calls: int = 0

    def send(self, calls: Sequence[Outgoing]) -> Mapping[str, Answer]:
        self.calls += len(calls)
        return {call.call_id: Answer(status=204) for call in calls}


@dataclass(kw_only=True)
class World:
    """`at` only moves forwards. `is_cut_off`: the kiosk is alone, and decides and keeps by itself."""

    town: Town
    kiosk: StoryKiosk
    dice: Random
    at: datetime
    people: dict[str, Person] = field(default_factory=dict)
    seen: Counter[str] = field(default_factory=Counter)
    untold: list[Attempt] = field(default_factory=list)
    """What happened at the kiosk and the server has not heard from it yet."""
    is_cut_off: bool = False
    offers_seen: set[tuple[str, datetime]] = field(default_factory=set)
    """(entry, offered at) of those whose members have thought about it."""
    post: Post = field(default_factory=Post)
    hooks: Hooks = field(default_factory=Hooks)
    _acts: list[tuple[datetime, int, Act]] = field(default_factory=list)
    _number: int = 0

    def later(self, at: datetime, act: Act) -> None:
        """What lies behind already happens at once."""
        self._number += 1
        heapq.heappush(self._acts, (max(at, self.at), self._number, act))

    def live_until(self, until: datetime) -> None:
        """Everything that happens before then, in order; an everyday no is counted, and whatever else is raised."""
        while self._acts and self._acts[0][0] < until:
            at, _, act = heapq.heappop(self._acts)
            self.at = max(self.at, at)
            try:
                act(self.at)
            except TesseraError as error:
                self.seen[f"error: {error.code}"] += 1
        self.at = max(self.at, until)

    def asking(self, member: str) -> Asker:
        return member_asking(self.town.organization, member, "them")

    def count(self, name: str, answer: object) -> bool:
        """True: it was no refusal."""
        if isinstance(answer, Refused):
            self.seen[f"{name} refused: {answer.reason.value}"] += 1
            return False
        self.seen[name] += 1
        return True
