"""Writes letters of the news, in its order, each once: news × channel × member. Twice at once makes none twice.

What is looked up and worded happens before the transaction that writes, so that nobody at the door waits for it.
"""

import logging
import secrets
from datetime import datetime

from peewee import PeeweeException

from core.events import PRIVATE, EventKind
from core.letter_layout import as_html, as_text
from core.letter_words import write
from core.letters import LETTERS, NEWS_FOR, OPTIONAL, RESTS_FOR, Channel, LetterState, dialable, hold_for
from server.services.letters.gathering import Gathered, gather
from server.services.letters.values import House
from server.services.letters.wishes import STOP_PAGE, is_wanted, stop_token
from server.store.database import for_update, reading, writing
from server.store.ids import new_id
from server.store.tables import BouncingAddressRow, EventRow, LetterRow

CHUNK = 25
MOST_AT_ONCE = 40
"""Chunks in one go; the rest has its turn at the next."""

log = logging.getLogger(__name__)
Values = dict[str, object]


def make_letters(at: datetime, house: House) -> str:
    """All that is news, in words; nothing where there is none."""
    made = 0
    for _ in range(MOST_AT_ONCE):
        with reading():
            events = _not_looked_at(at)
            letters = [values for event in events if (values := _letter(event, house, at)) is not None]
        if not events:
            break
        made += _keep([event.id for event in events], letters, at)
    return f"{made} letters written" if made else ""


def _not_looked_at(at: datetime) -> list[EventRow]:
    waits = [(EventRow.kind != kind.value) | (EventRow.noted_at <= at - rest) for kind, rest in RESTS_FOR.items()]
    query = EventRow.select().where(EventRow.letters_at.is_null(), *waits)
    return list(query.order_by(EventRow.id).limit(CHUNK))


def _keep(event_ids: list[str], letters: list[Values], at: datetime) -> int:
    """Only of news that nobody else has dealt with since."""
    with writing():
        is_open = EventRow.id.in_(event_ids) & EventRow.letters_at.is_null()
        mine = {row.id for row in for_update(EventRow.select(EventRow.id).where(is_open))}
        rows = [values for values in letters if values["event"] in mine]
        if rows:
            LetterRow.insert_many(rows).on_conflict_ignore().execute()
        if mine:
            EventRow.update(letters_at=at).where(EventRow.id.in_(mine)).execute()
        return len(rows)


def _letter(event: EventRow, house: House, at: datetime) -> Values | None:
    """One that cannot be worded takes none of the others along: it stands in the log with a reference."""
    try:
        gathered = gather(event, house, at)
        return _worded(event, gathered, house, at) if gathered else None
    except PeeweeException:
        raise
    except Exception as trouble:
        reference = secrets.token_hex(4)
        log.exception("failure %s: no letter could be made of the news %s (%s)", reference, event.id, event.kind)
        return {
            **_empty(event, at),
            "state": LetterState.FAILED.value,
            "last_trouble": f"{reference}: {type(trouble).__name__}",
        }


def _empty(event: EventRow, at: datetime) -> Values:
    kind = EventKind(event.kind)
    return {
        "id": new_id(at),
        "organization": event.organization_id,
        "event": event.id,
        "member": event.member_id,
        "reservation": event.reservation_id,
        "channel": LETTERS[kind].channel.value,
        "kind": kind.value,
        "language": "",
        "address": "",
        "subject": "",
        "text": "",
        "html": "",
        "calendar": "",
        "state": LetterState.WAITING.value,
        "held_because": "",
        "next_try_at": None,
        "good_until": event.noted_at + NEWS_FOR,
        "last_trouble": "",
        "made_at": at,
    }


def _worded(event: EventRow, gathered: Gathered, house: House, at: datetime) -> Values:
    about, member = gathered.about, gathered.member
    kind = LETTERS[about.kind]
    is_mail = kind.channel is Channel.MAIL
    stop = ""
    if is_mail and kind.group in OPTIONAL:
        stop = house.address(STOP_PAGE + stop_token(member.id, kind.group, kind.channel, house.vault))
    written = write(about, unsubscribe=stop)
    address = member.email if is_mail else dialable(member.phone)
    held = hold_for(
        address,
        is_wanted=kind.group not in OPTIONAL or is_wanted(member.id, kind.group, kind.channel),
        is_bouncing=is_bouncing(member.id, kind.channel, address),
    )
    is_kept = held is None or about.kind not in PRIVATE
    text = as_text(written) if is_mail else written.before[0]
    return {
        **_empty(event, at),
        "language": about.language,
        "address": address,
        "subject": written.subject,
        "text": text if is_kept else "",
        "html": as_html(written) if is_mail and is_kept else "",
        "calendar": gathered.calendar,
        "state": (LetterState.HELD if held else LetterState.WAITING).value,
        "held_because": held.value if held else "",
        "next_try_at": None if held else at,
        "good_until": gathered.good_until,
    }


def is_bouncing(member_id: str, channel: Channel, address: str) -> bool:
    """Whether its own mail server said that nobody has this address."""
    is_it = (BouncingAddressRow.member == member_id) & (BouncingAddressRow.channel == channel.value)
    return bool(address) and BouncingAddressRow.select().where(is_it, BouncingAddressRow.address == address).exists()
