"""`settle(…)`: staff answer one item. What the answer does and its trace are one transaction.

Answered twice, or by two at once, the first answer stands and both are told it.
"""

from datetime import datetime

from peewee import Query

from core.errors import Conflict, Forbidden, NotFound, TesseraError
from core.penalties import Answer
from server.services.desk.inbox import retrying
from server.services.desk.inbox.deferred import decide_now, unconfirmed_at
from server.services.desk.inbox.finding import as_settled, open_items
from server.services.desk.inbox.places import House, house_of
from server.services.desk.inbox.values import InboxItem, InboxKind, Offer, Settled, Way, Wish
from server.services.door import at_the_desk
from server.services.door.ledger import balance
from server.services.door.policies import policy_in_force
from server.services.door.vault import CodeVault
from server.services.fleet.cards import give_instead
from server.services.fleet.devices import retire_device
from server.services.penalties.contesting import answer
from server.services.people import words
from server.services.people.passes import correct_punches
from server.services.people.rights import Asker, Right, require
from server.store.database import for_update, writing
from server.store.ids import new_id
from server.store.tables import DeviceRow, InboxSettlementRow, QuarantineRow

ANSWERS = {Way.WERE_THERE: Answer.WERE_THERE, Way.EXCUSE: Answer.EXCUSED, Way.LET_STAND: Answer.STANDS}
"""What each way says to "I was there"."""


def settle(organization_id: str, wish: Wish, by: Asker, at: datetime, vault: CodeVault | None) -> Settled:
    """What the item was settled with: now, or before by somebody else, whose answer then stands.

    Raises `Invalid` without a reason, `Forbidden`, `NotFound` for what does not wait here, and for a record that still
    cannot be taken in the error that says why; it then stays where it is.
    """
    because = words.required("because", wish.because)
    try:
        with writing():
            require(organization_id, by, Right.SERVE)
            return _settle(organization_id, wish, because, by, at, vault)
    except _StillNot as still:
        retrying.note_failure(still.quarantine_id, still.error, at)
        raise still.error from still


class _StillNot(Exception):
    """A try failed. The transaction is undone; only then is it written down that it was tried."""

    def __init__(self, quarantine_id: str, error: TesseraError) -> None:
        super().__init__(quarantine_id)
        self.quarantine_id, self.error = quarantine_id, error


def _settle(
    organization_id: str, wish: Wish, because: str, by: Asker, at: datetime, vault: CodeVault | None
) -> Settled:
    if earlier := _trace(organization_id, wish.kind, wish.key).first():
        return as_settled(earlier)
    house = house_of(organization_id, at)
    items = (item for item in open_items(house) if (item.kind, item.key) == (wish.kind, wish.key))
    item = next(items, None)
    if item is None:
        if meanwhile := _trace(organization_id, wish.kind, wish.key).first():
            return as_settled(meanwhile)  # somebody else's answer was committed while we looked for the question
        raise NotFound("inbox.not_found", id=wish.key)
    offer = _offer(organization_id, item, wish.way, by)
    if _write(item, offer.way, because, by, at, organization_id):
        _act(house, item, offer.way, because, by, vault)
    return as_settled(_trace(organization_id, wish.kind, wish.key).get())


def _offer(organization_id: str, item: InboxItem, way: Way | None, by: Asker) -> Offer:
    """The answer chosen, or the button's. Raises `NotFound` for one that is not offered, `Forbidden`."""
    offer = next((offer for offer in item.offers if way in (None, offer.way)), None)
    if offer is None:
        raise NotFound("inbox.no_such_way", way=way.value if way else "")
    require(organization_id, by, offer.right)
    return offer


def _write(item: InboxItem, way: Way, because: str, by: Asker, at: datetime, organization_id: str) -> bool:
    """The trace. False: somebody else was quicker. Of two at once, the second waits here for the first."""
    id_ = new_id(at)
    InboxSettlementRow.insert(
        id=id_,
        organization=organization_id,
        kind=item.kind.value,
        subject=item.key,
        way=way.value,
        because=because,
        about=item.title.to_json(),
        staff=by.staff_id,
        by_name=by.name,
        settled_at=at,
    ).on_conflict_ignore().execute()
    return bool(InboxSettlementRow.select().where(InboxSettlementRow.id == id_).exists())


def _act(house: House, item: InboxItem, way: Way, because: str, by: Asker, vault: CodeVault | None) -> None:
    """What the answer does besides being written down. The others do nothing more."""
    organization_id, at = house.organization_id, house.at
    match way:
        case Way.UNDO:
            if by.staff_id is None:
                raise Forbidden("api_token.names_nobody")
            at_the_desk.undo(organization_id, item.subject, by.staff_id, because, at)
        case Way.FORGIVE:
            missing = -balance(item.subject).available
            if missing > 0:
                correct_punches(organization_id, item.subject, missing, because, by, at)
        case Way.TRY_AGAIN | Way.SET_ASIDE:
            _close(item.subject, way, at, vault)
        case Way.KNOW_WHICH:
            DeviceRow.update({DeviceRow.forked_at: None}).where(DeviceRow.id == item.subject).execute()
        case Way.STOP_WAITING:
            retire_device(organization_id, item.subject, by, at)
        case Way.NEW_CARD:
            give_instead(organization_id, item.subject, because, by, at, vault)
        case Way.DECIDE_NOW:
            _decide(house, item, because, by)
        case Way.WERE_THERE | Way.EXCUSE:
            answer(organization_id, item.subject, ANSWERS[way], because, by, at)
        case Way.LET_STAND if item.kind is InboxKind.CONTEST:
            answer(organization_id, item.subject, ANSWERS[way], because, by, at)


def _close(quarantine_id: str, way: Way, at: datetime, vault: CodeVault | None) -> None:
    row = for_update(QuarantineRow.select().where(QuarantineRow.id == quarantine_id)).get()
    if way is Way.SET_ASIDE:
        retrying.close(row, at, None)
        return
    try:
        if vault is None:
            raise Conflict("card.key_does_not_fit")
        retrying.try_again(row, at, vault)
    except TesseraError as error:
        raise _StillNot(quarantine_id, error) from error


def _decide(house: House, item: InboxItem, because: str, by: Asker) -> None:
    """What is noted by this answer has been answered by it, and is not put before staff again."""
    venue_id = house.doors[item.subject].venue_id
    known = {noted.key for noted in unconfirmed_at(house, venue_id)}
    decide_now(house, venue_id, policy_in_force(house.organization_id, venue_id, house.at))
    for noted in unconfirmed_at(house, venue_id):
        if noted.key not in known:
            _write(noted, Way.LET_STAND, because, by, house.at, house.organization_id)


def _trace(organization_id: str, kind: InboxKind, key: str) -> Query:
    """The settlement of one item, if there is one."""
    return InboxSettlementRow.select().where(
        InboxSettlementRow.organization == organization_id,
        InboxSettlementRow.kind == kind.value,
        InboxSettlementRow.subject == key,
    )
