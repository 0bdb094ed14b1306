"""Cards that were shown at two venues sooner than anybody gets from one to the other."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from core.cards import CardKind
from server.services.desk.inbox.places import LATELY, MOST, House, names_of
from server.services.desk.inbox.values import InboxItem, InboxKind, Offer, Sentence, Way, sentence
from server.store.tables import AttemptRow, CardRow, CopiedCardRow, InboxSettlementRow, VenueRow


def open_copied(house: House) -> list[InboxItem]:
    """One for each card, by the last time it happened. A card that opens nothing any more needs no answer."""
    rows = list(
        CopiedCardRow.select(CopiedCardRow, CardRow)
        .join(CardRow)
        .where(
            CopiedCardRow.organization == house.organization_id,
            CopiedCardRow.second_at > house.at - LATELY,
            CardRow.replaced_at.is_null(),
            CardRow.revoked_at.is_null(),
        )
        .order_by(CopiedCardRow.second_at, CopiedCardRow.id)
    )
    last = {row.card_id: row for row in rows}
    newest = sorted(last.values(), key=lambda row: row.second_at, reverse=True)[:MOST]
    names = names_of(house.organization_id, {row.member_id for row in newest})
    places = _places(house, newest)
    return [_item(house, row, names[row.member_id], places) for row in newest]


def members_in_doubt(organization_id: str, at: datetime) -> frozenset[str]:
    """Whose card was, and nobody has answered. Inside `reading()`; one query."""
    answered = InboxSettlementRow.select(InboxSettlementRow.subject).where(
        InboxSettlementRow.organization == organization_id,
        InboxSettlementRow.kind == InboxKind.COPIED_CARD.value,
    )
    rows = (
        CopiedCardRow.select(CopiedCardRow.member)
        .join(CardRow)
        .where(
            CopiedCardRow.organization == organization_id,
            CopiedCardRow.second_at > at - LATELY,
            CopiedCardRow.id.not_in(answered),
            CardRow.replaced_at.is_null(),
            CardRow.revoked_at.is_null(),
        )
    )
    return frozenset(member_id for (member_id,) in rows.tuples())


def _item(house: House, row: CopiedCardRow, who: str, places: dict[str, str]) -> InboxItem:
    minutes = -(-(row.second_at - row.first_at) // timedelta(minutes=1))
    is_phone = row.card.kind == CardKind.PHONE.value
    price = sentence("desk.inbox.price.new_link" if is_phone else "desk.inbox.price.new_card")
    return InboxItem(
        kind=InboxKind.COPIED_CARD,
        key=row.id,
        subject=row.card_id,
        at=row.second_at,
        title=_title(who, places[row.first_attempt_id], places[row.second_attempt_id], minutes),
        who=who,
        where=places[row.second_attempt_id],
        zone=house.zones.get(row.second_venue_id, house.first_zone),
        now=sentence("desk.inbox.copied.now"),
        offers=(
            Offer(way=Way.NEW_CARD, price=price),
            Offer(way=Way.SEEN, price=sentence("desk.inbox.price.seen")),
        ),
        otherwise=sentence("desk.inbox.copied.otherwise"),
    )


def _title(who: str, one: str, other: str, minutes: int) -> Sentence:
    return sentence("desk.inbox.copied", max(1, minutes), who=who, one=one, other=other)


def _places(house: House, rows: Iterable[CopiedCardRow]) -> dict[str, str]:
    """By attempt, where it was: the kiosk and its venue, as staff call them."""
    ids = [id_ for row in rows for id_ in (row.first_attempt_id, row.second_attempt_id)]
    if not ids:
        return {}
    found = AttemptRow.select(AttemptRow.id, AttemptRow.device, VenueRow.name).join(VenueRow)
    named = {}
    for id_, device_id, venue in found.where(AttemptRow.id.in_(ids)).tuples():
        door = house.door_name(device_id)
        named[id_] = f"{door} ({venue})" if door else venue
    return named
