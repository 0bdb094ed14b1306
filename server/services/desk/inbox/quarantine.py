"""Records that a kiosk told and nobody could take in. They are kept as they came; staff try again or set them aside."""

import re

from core import messages, wire
from core.errors import Invalid
from core.protocol import Attempt, AttemptKind, Outcome
from server.services.desk.inbox.places import MOST, Door, House, names_of
from server.services.desk.inbox.values import InboxItem, InboxKind, Offer, Sentence, Way, sentence
from server.services.people.rights import Right
from server.store.tables import QuarantineRow

_CODE = re.compile(r"\b[a-z_]+\.[a-z_]+\b")
SAID_BY_ASK = {
    "another attempt has its number": "attempt.seq_taken",
    "another attempt is known under this id": "attempt.other_under_same_id",
    "the proof does not fit the card": "attempt.proof_does_not_fit",
}


def open_quarantine(house: House) -> list[InboxItem]:
    """One for each record that staff have not closed."""
    rows = list(
        QuarantineRow.select()
        .where(QuarantineRow.organization == house.organization_id, QuarantineRow.looked_at.is_null())
        .order_by(QuarantineRow.received_at.desc(), QuarantineRow.seq.desc(), QuarantineRow.id)
        .limit(MOST)
    )
    records = {row.id: _parsed(row.record) for row in rows}
    names = names_of(house.organization_id, {r.member_id for r in records.values() if r and r.member_id})
    return [_item(house, row, records[row.id], names) for row in rows]


def why_in_words(row: QuarantineRow) -> Sentence:
    """Why it could not be taken in, the last time it was tried."""
    said = row.tried_why or row.why
    code = SAID_BY_ASK.get(said) or next(iter(_CODE.findall(said)), "")
    key = f"desk.inbox.why.{code}"
    return sentence(key if messages.has(key) else "desk.inbox.why.other", seq=row.seq)


def _item(house: House, row: QuarantineRow, record: Attempt | None, names: dict[str, str]) -> InboxItem:
    door = house.doors.get(row.device_id or "")
    who = names.get((record.member_id if record else None) or "", "")
    is_last_words = door is not None and door.is_revoked
    return InboxItem(
        kind=InboxKind.QUARANTINE,
        key=row.id,
        subject=row.id,
        at=row.received_at,
        title=_title(record, who, door.name if door else ""),
        who=who,
        where=door.name if door else "",
        zone=house.zone_of_door(row.device_id),
        knew=sentence("desk.inbox.quarantine.last_words") if is_last_words else None,
        now=why_in_words(row),
        offers=_offers(door, record),
        otherwise=sentence("desk.inbox.quarantine.otherwise"),
    )


def _offers(door: Door | None, record: Attempt | None) -> tuple[Offer, ...]:
    """What a kiosk told after it was closed is for those who may close one."""
    right = Right.PLAN if door and door.is_revoked else Right.SERVE
    aside = Offer(way=Way.SET_ASIDE, price=sentence("desk.inbox.price.set_aside"), right=right)
    if door is None or record is None:
        return (aside,)
    return Offer(way=Way.TRY_AGAIN, price=sentence("desk.inbox.price.try_again"), right=right), aside


def _title(record: Attempt | None, who: str, door: str) -> Sentence:
    if record is None:
        return sentence("desk.inbox.quarantine.unreadable", door=door)
    if record.kind is AttemptKind.UNDO:
        return sentence("desk.inbox.quarantine.undo", door=door)
    if record.outcome is Outcome.WELCOME and who:
        return sentence("desk.inbox.quarantine.welcome", door=door, who=who)
    if record.outcome is Outcome.WELCOME:
        return sentence("desk.inbox.quarantine.welcome_somebody", door=door)
    return sentence("desk.inbox.quarantine.record", door=door, seq=record.seq)


def _parsed(record: str) -> Attempt | None:
    try:
        return wire.from_json(Attempt, record)
    except Invalid:
        return None
