"""Webhooks: what other programs are told of the news, how it is signed, when a call is tried again and given up.

A call carries ids and words of closed lists, never a name, an address, a telephone number or what somebody wrote.
"""

import base64
import hmac
import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from core import clocktime
from core.events import PRIVATE, EventKind

VERSION = 1
"""Of the payload. A new field is no new version; a field that goes or changes its meaning is."""
TEST = "webhook.test"
"""The kind of a call that an owner asked for, to see whether it arrives."""
SENDABLE = tuple(kind for kind in EventKind if kind not in PRIVATE)
SECRET_PREFIX = "whsec_"
SECRET_BYTES = 32
PAUSES = (
    timedelta(minutes=1),
    timedelta(minutes=5),
    timedelta(minutes=30),
    timedelta(hours=2),
    timedelta(hours=6),
    timedelta(hours=12),
    timedelta(hours=24),
)
"""Before a call is tried again, the longer the oftener it failed; the last is used again."""
TRIED_FOR = timedelta(days=3)
"""From when the call was made, or from when somebody wanted it tried again."""
ENDPOINT_RESTS = timedelta(minutes=1)
"""After a call that failed: a receiver that is down costs one waiting call a minute, however many wait for it."""
PAUSED_AFTER = timedelta(days=5)
"""Of nothing but failures. Then no more is sent until staff resume it."""
OLD_SECRET_LASTS = timedelta(hours=24)
"""After a secret was changed, calls are signed with both for so long."""

_WORDS = frozenset({"action", "by", "kind", "method", "reason", "status", "type", "why"})
"""Keys of news whose values are words of closed lists."""
_IS_WORD = re.compile(r"[A-Z][A-Z_]{0,39}")
_IS_ID = re.compile(r"[0-9A-Za-z:._-]{1,120}")
_IS_KEY = re.compile(r"[a-z][a-z0-9_]{0,39}")


class CallState(StrEnum):
    """Where a call is in its life."""

    WAITING = "WAITING"
    DELIVERED = "DELIVERED"
    GIVEN_UP = "GIVEN_UP"
    """Tried for three days; staff can have it tried again."""
    DROPPED = "DROPPED"
    """Its webhook was deleted before it was sent."""


class HookTrouble(StrEnum):
    """Why a call failed, as far as staff can do something about it."""

    NONE = ""
    NO_ADDRESS = "NO_ADDRESS"
    """The name is not known, or not now."""
    INSIDE = "INSIDE"
    """The name leads to an address that is not of the open internet."""
    NO_CONNECTION = "NO_CONNECTION"
    NOT_TRUSTED = "NOT_TRUSTED"
    """TLS: no valid certificate for that name."""
    TOO_SLOW = "TOO_SLOW"
    NOT_HTTP = "NOT_HTTP"
    REDIRECTED = "REDIRECTED"
    REFUSED = "REFUSED"
    """It answered with a status that is not 2xx."""
    KEY = "KEY"
    """Its secret was sealed with another installation's key."""


class PausedWhy(StrEnum):
    """Why nothing is sent to a webhook."""

    NOT_PAUSED = ""
    BY_STAFF = "BY_STAFF"
    FAILING = "FAILING"
    GONE = "GONE"
    """It answered 410: whoever runs it wants no more calls."""


@dataclass(frozen=True, kw_only=True, slots=True)
class News:
    """What is told of one event. `data` is what was noted with it, not yet sifted."""

    id: str
    kind: str
    organization_id: str
    happened_at: datetime
    member_id: str | None = None
    session_id: str | None = None
    reservation_id: str | None = None
    subject: str = ""
    data: Mapping[str, object]


@dataclass(frozen=True, kw_only=True, slots=True)
class Outgoing:
    """One call, ready to be sent as it is."""

    call_id: str
    endpoint_id: str
    url: str
    headers: Mapping[str, str]
    body: bytes


@dataclass(frozen=True, kw_only=True, slots=True)
class Answer:
    """What came of a call. `status` None: nothing that is HTTP came back."""

    status: int | None = None
    trouble: HookTrouble = HookTrouble.NONE

    @property
    def is_delivered(self) -> bool:
        return self.trouble is HookTrouble.NONE and self.status is not None and 200 <= self.status < 300


def pause_after(tries: int) -> timedelta:
    """How long to wait after that many tries have failed; `tries` is at least 1."""
    return PAUSES[min(tries, len(PAUSES)) - 1]


def next_try(tries: int, at: datetime, until: datetime) -> datetime | None:
    """When a call that has failed so often now is tried again. None: it is given up."""
    then = at + pause_after(tries)
    return then if then < until else None


def is_to_be_paused(failing_since: datetime | None, at: datetime) -> bool:
    """Whether a webhook that failed again now has failed for so long that nobody can be behind it."""
    return failing_since is not None and at - failing_since >= PAUSED_AFTER


def wants(kinds: Sequence[str], kind: str) -> bool:
    """Whether a webhook that asked for these kinds is told of this one. No kinds: of all that may be told."""
    return kind in {sendable.value for sendable in SENDABLE} and (not kinds or kind in kinds)


def payload(news: News) -> bytes:
    """The body of a call: the same bytes each time it is made of the same news."""
    ids = {
        "memberId": news.member_id,
        "sessionId": news.session_id,
        "reservationId": news.reservation_id,
        "subjectId": news.subject if _IS_ID.fullmatch(news.subject) else None,
    }
    body = {
        "version": VERSION,
        "id": news.id,
        "kind": news.kind,
        "happenedAt": _instant(news.happened_at),
        "organizationId": news.organization_id,
        "data": {**sifted(news.data), **{name: id_ for name, id_ in ids.items() if id_ is not None}},
    }
    return json.dumps(body, sort_keys=True, separators=(",", ":")).encode("ascii")


def sifted(data: Mapping[str, object]) -> dict[str, object]:
    """What other programs may know of what was noted: numbers, instants, ids, words of closed lists.

    Whatever somebody wrote stays here: a reason can name a person or an illness. Names are in camelCase; what ends in
    `_at` or `until` is milliseconds inside and ISO 8601 outside.
    """
    told: dict[str, object] = {}
    for key, value in data.items():
        if not _IS_KEY.fullmatch(key):
            continue
        if key.endswith(("_at", "until")):
            if isinstance(value, int) and not isinstance(value, bool):
                told[_camel(key)] = _instant(clocktime.from_ms(value))
        elif _may_be_told(key, value):
            told[_camel(key)] = value
    return told


def _may_be_told(key: str, value: object) -> bool:
    if isinstance(value, str):
        shape = _IS_ID if key.endswith("_id") else _IS_WORD if key in _WORDS else None
        return shape is not None and shape.fullmatch(value) is not None
    return isinstance(value, bool | int | float)


def secret_text(secret: bytes) -> str:
    """A secret as it is shown, once, to whoever registers a webhook."""
    return SECRET_PREFIX + base64.b64encode(secret).decode("ascii")


def headers(message_id: str, body: bytes, secrets: Sequence[bytes], at: datetime) -> dict[str, str]:
    """Of a call sent at that moment; a signature for each secret. Source: Standard Webhooks 1.0.0."""
    seconds = str(clocktime.to_ms(at) // 1000)
    return {
        "content-type": "application/json",
        "user-agent": "Tessera-Webhooks/1",
        "webhook-id": message_id,
        "webhook-timestamp": seconds,
        "webhook-signature": " ".join(signature(message_id, seconds, body, secret) for secret in secrets),
    }


def signature(message_id: str, seconds: str, body: bytes, secret: bytes) -> str:
    """`v1,` and the HMAC-SHA256 of id, time and body, in base64."""
    signed = f"{message_id}.{seconds}.".encode("ascii") + body
    return "v1," + base64.b64encode(hmac.digest(secret, signed, "sha256")).decode("ascii")


def _instant(at: datetime) -> str:
    return clocktime.from_ms(clocktime.to_ms(at)).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def _camel(key: str) -> str:
    first, *others = key.split("_")
    return first + "".join(other.capitalize() for other in others)
