"""`docs/webhooks.md`, made from the code, so that it cannot lie. `python -m tests.hooks_page` writes it."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path

from core import hooks
from core.events import EventKind
from core.hooks import HookTrouble, News
from core.messages import say

PAGE = Path(__file__).resolve().parent.parent / "docs" / "webhooks.md"
K = EventKind
MEANS: Mapping[EventKind, str] = {
    K.RESERVED: "A place was reserved",
    K.CANCELLED: "A place was given up",
    K.AUTO_CANCELLED: "A place was taken away: after an absence, or by a suspension",
    K.GIVEN_BACK: "A place that was taken away stands again",
    K.NO_SHOW: "Nobody came for a place",
    K.NO_SHOW_EXCUSED: "The absence stands and costs nothing",
    K.NO_SHOW_UNDONE: "The member had come after all",
    K.CONTESTED: "The member says that they were there",
    K.CONTEST_ANSWERED: "Staff answered that",
    K.CHECKED_IN: "A member came in; without a reservation, too",
    K.CHECK_IN_UNDONE: "A check-in was taken back",
    K.REMINDER: "The session of a place is a day away",
    K.CHECK_IN_SOON: "Check-in for a place opens soon",
    K.LAST_CALL: "The session of a place begins, and its member has not come yet",
    K.SUSPENDED: "A member was suspended",
    K.REINSTATED: "A suspension ended or was lifted",
    K.WAITING: "A member waits for a place",
    K.WAITING_LEFT: "A member waits no more",
    K.PLACE_OFFERED: "A place that became free is kept for a member, until `until`",
    K.OFFER_RAN_OUT: "Nobody answered the offer",
    K.PLACE_BOOKED: "A place that became free was reserved for whoever had asked for that",
    K.PASS_ISSUED: "A pass was issued",
    K.PASS_CHANGED: "A pass was paused, adjusted, extended, transferred or cancelled",
    K.PASS_RUNS_OUT: "A pass soon runs out",
    K.PASS_RAN_OUT: "A pass ran out",
    K.SESSION_CANCELLED: "A session was called off",
    K.ERASED: "A member was erased at their wish: erase what you keep of them, too",
    K.SUSPENSION_SPIKE: "A night suspended far more members than usual",
}
EXAMPLE = News(
    id="019aa75b-c280-7e98-b099-b36df75e2785",
    kind=K.NO_SHOW.value,
    organization_id="019a0b1c-0000-7000-8000-000000000001",
    happened_at=datetime(2026, 11, 22, tzinfo=UTC),
    member_id="019a0b1c-0000-7000-8000-000000000002",
    session_id="019a0b1c-0000-7000-8000-000000000003",
    reservation_id="019a0b1c-0000-7000-8000-000000000004",
    data={"action": "NO_SHOW", "by": "AUTO"},
)
CHECKING = '''import base64
import hmac
import time


def is_genuine(headers: dict[str, str], body: bytes, secret: str) -> bool:
    """`body` as it came, before it is parsed; `secret` begins with whsec_."""
    sent_at = headers["webhook-timestamp"]
    if abs(time.time() - int(sent_at)) > 300:
        return False
    signed = f"{headers['webhook-id']}.{sent_at}.".encode() + body
    key = base64.b64decode(secret.removeprefix("whsec_"))
    right = "v1," + base64.b64encode(hmac.digest(key, signed, "sha256")).decode()
    return any(hmac.compare_digest(right, one) for one in headers["webhook-signature"].split())
'''


def page() -> str:
    """The whole of docs/webhooks.md."""
    pauses = ", ".join(_length(pause) for pause in hooks.PAUSES)
    return f"""# Webhooks

Another program is told what happens in the studio, a moment after it happened. Made from the code by
`python -m tests.hooks_page`; a test holds it.

An owner's token registers an address: `POST /api/webhooks` with `url`, and `kinds` if it is not to hear everything. The
answer has the secret, once. `POST /api/webhooks/{{id}}/test` sends a call of kind `{hooks.TEST}`, and
`GET /api/webhooks/{{id}}/calls` says what came of each call. Every route is at `/docs` on your server.

## What comes

A POST with JSON:

```json
{_wrapped(hooks.payload(EXAMPLE).decode())}
```

Ids, instants, numbers and words of closed lists: never a name, an address, a telephone number, or what somebody wrote.
Ask the API for what you may know. A new field in `data` is no new `version`; take what you know and leave the rest.

| `kind` | What happened |
| --- | --- |
{_events()}

Signing in, and a member's wish to have their data, are told to nobody.

## Who sent it

As [Standard Webhooks](https://www.standardwebhooks.com) say: `webhook-id`, `webhook-timestamp` (seconds) and
`webhook-signature`. Without this check anybody who knows your address can tell you anything:

```python
{CHECKING}```

`POST /api/webhooks/{{id}}/secret` makes a new secret. For {_length(hooks.OLD_SECRET_LASTS)} calls carry two signatures,
one of each; a receiver takes a call if one of them is right.

## How often it comes

At least once. `webhook-id` and `id` are the event's, the same however often it is sent: remember it, and leave what you
had. Calls come in the order of what happened as far as none fails; `happenedAt` says when it was.

Answer with any 2xx within ten seconds, and work afterwards. Nothing of an answer's body is read, and no redirect is
followed. Anything else is tried again after {pauses}
and so on, for {_length(hooks.TRIED_FOR)}. Then the call is given up; `POST …/calls/{{callId}}/try-again` sends it once
more. After a failure an address rests for a minute.

An address at which nothing arrived for {_length(hooks.PAUSED_AFTER)} is paused, and stands in the staff's inbox. One
that answers 410 is paused at once. What happens during a pause waits for {_length(hooks.TRIED_FOR)}; `POST …/resume`
sends it.

| `trouble` | What to do |
| --- | --- |
{_troubles()}

## Where it may go

To https, port and path as you like, with a certificate that is good for the name. Never to an address inside a network:
private, shared, this machine's, this link's, multicast, a cloud's metadata, IPv4 in IPv6's clothes. The name is looked
up at each call, all its addresses must be public, and the call goes to the one that was looked at.
"""


def _events() -> str:
    return "\n".join(f"| `{kind.value}` | {MEANS[kind]} |" for kind in hooks.SENDABLE)


def _troubles() -> str:
    kinds = [trouble for trouble in HookTrouble if trouble.value]
    return "\n".join(
        f"| `{trouble.value}` | {say('en', f'desk.webhook.trouble.{trouble.value}')} |" for trouble in kinds
    )


def _length(length: timedelta) -> str:
    hours, minutes = divmod(int(length.total_seconds()) // 60, 60)
    if hours and hours % 24 == 0 and hours > 24:
        return f"{hours // 24} days"
    return f"{hours} hours" if hours > 1 else f"{hours * 60 + minutes} minutes" if minutes != 1 else "1 minute"


def _wrapped(text: str) -> str:
    """A line for each part, as somebody would write it down."""
    return text.replace(',"', ',\n "').replace('":', '": ')


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
