"""Cards that a door did not know: nobody's at all, or a member's whose card had not reached that kiosk yet."""

from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby

from core import clocktime
from core.protocol import AttemptKind, Outcome
from core.refusals import RefusalReason
from server.services.desk.inbox.places import LATELY, MOST, House, names_of
from server.services.desk.inbox.values import InboxItem, InboxKind, Offer, Way, sentence
from server.store.tables import AttemptRow, VisitRow

NOT_KNOWN = (RefusalReason.CARD_UNKNOWN.value, RefusalReason.CARD_NOT_ON_THIS_KIOSK.value)


@dataclass(frozen=True, kw_only=True, slots=True)
class _Shown:
    card: str
    day: date
    at: datetime
    device_id: str | None
    member_id: str | None
    zone: str


def open_unknown_cards(house: House) -> list[InboxItem]:
    """One for each card and local day, unless its member came in later that day after all."""
    shown = _shown(house)
    members = {one.member_id for one in shown if one.member_id}
    names, came = names_of(house.organization_id, members), _came(house, members)
    items = []
    for (card, day), group in groupby(sorted(shown, key=_by_card_and_day), key=lambda one: (one.card, one.day)):
        same = list(group)
        last = same[-1]
        who = names.get(last.member_id or "", "")
        if any(one.at <= at and clocktime.local_day(at, clocktime.zone_named(one.zone)) == day
               for one in same[-1:] for at in came.get(one.member_id or "", ())):  # fmt: skip
            continue
        door = house.door_name(last.device_id)
        items.append(
            InboxItem(
                kind=InboxKind.UNKNOWN_CARD,
                key=f"{card}.{day.isoformat()}",
                subject=card,
                at=last.at,
                title=sentence(
                    "desk.inbox.unknown.member" if who else "desk.inbox.unknown.card", len(same), who=who, door=door
                ),
                who=who,
                where=door,
                zone=last.zone,
                now=sentence("desk.inbox.unknown.now_theirs" if who else "desk.inbox.unknown.now_nobodys", who=who),
                offers=(Offer(way=Way.SEEN, price=sentence("desk.inbox.price.seen")),),
                otherwise=sentence("desk.inbox.unknown.otherwise", days=LATELY.days),
            )
        )
    return sorted(items, key=lambda item: item.at, reverse=True)[:MOST]


def _by_card_and_day(shown: _Shown) -> tuple[str, date, datetime]:
    return shown.card, shown.day, shown.at


def _shown(house: House) -> list[_Shown]:
    rows = AttemptRow.select(
        AttemptRow.card, AttemptRow.happened_at, AttemptRow.device, AttemptRow.member, AttemptRow.venue
    ).where(
        AttemptRow.organization == house.organization_id,
        AttemptRow.happened_at > house.at - LATELY,
        AttemptRow.kind == AttemptKind.SELF.value,
        AttemptRow.outcome == Outcome.REFUSED.value,
        AttemptRow.reason.in_(NOT_KNOWN),
        AttemptRow.card != "",
    )
    found = []
    for card, at, device_id, member_id, venue_id in rows.tuples():
        zone = house.zones[venue_id]
        day = clocktime.local_day(at, clocktime.zone_named(zone))
        found.append(_Shown(card=card, day=day, at=at, device_id=device_id, member_id=member_id, zone=zone))
    return found


def _came(house: House, member_ids: set[str]) -> dict[str, list[datetime]]:
    """When each of them came in lately."""
    if not member_ids:
        return {}
    rows = VisitRow.select(VisitRow.member, VisitRow.first_at).where(
        VisitRow.organization == house.organization_id,
        VisitRow.member.in_(sorted(member_ids)),
        VisitRow.is_live,
        VisitRow.first_at > house.at - LATELY,
    )
    found: dict[str, list[datetime]] = {}
    for member_id, at in rows.tuples():
        found.setdefault(member_id, []).append(at)
    return found
