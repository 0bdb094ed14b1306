"""Passes of which more punches were used, or are set aside, than there are."""

from peewee import fn

from server.services.desk.inbox.places import LOOKS_BACK, MOST, House, names_of
from server.services.desk.inbox.values import InboxItem, InboxKind, Offer, Way, sentence
from server.services.door.ledger import balances
from server.store.tables import DeviceRow, PassRow, PunchRow, ReservationRow, VisitRow


def open_overdrafts(house: House) -> list[InboxItem]:
    """One for each pass that stands below nothing; each further punch taken while it does is a new cause."""
    ids = _overdrawn(house)
    rows = {row.id: row for row in PassRow.select().where(PassRow.id.in_(ids))} if ids else {}
    names = names_of(house.organization_id, {row.member_id for row in rows.values()})
    counted, causes = balances(ids), _causes(ids)
    doors = _doors([cause.visit_key for cause in causes.values() if cause.visit_key])
    items = []
    for id_, cause in causes.items():
        row, balance = rows[id_], counted[id_]
        who, device_id = names[row.member_id], doors.get(cause.visit_key or "")
        items.append(
            InboxItem(
                kind=InboxKind.OVERDRAFT,
                key=f"{id_}.{cause.id}",
                subject=id_,
                at=cause.at,
                title=sentence("desk.inbox.overdraft", who=who, title=row.title),
                who=who,
                where=house.door_name(device_id),
                zone=house.zone_of_door(device_id),
                now=sentence("desk.inbox.overdraft.now", left=_signed(balance.left), held=balance.held),
                offers=(
                    Offer(
                        way=Way.LET_STAND, price=sentence("desk.inbox.price.stays_at", left=_signed(balance.available))
                    ),
                    Offer(way=Way.FORGIVE, price=sentence("desk.inbox.price.given", -balance.available)),
                ),
                otherwise=sentence("desk.inbox.overdraft.otherwise"),
            )
        )
    return items


def _overdrawn(house: House) -> list[str]:
    """Counted by the database, and only for passes of which a punch was taken lately."""
    used = PunchRow.select(PunchRow.pass_).where(
        PunchRow.organization == house.organization_id, PunchRow.at > house.at - LOOKS_BACK, PunchRow.delta < 0
    )
    held = ReservationRow.select(fn.COUNT(ReservationRow.id)).where(
        ReservationRow.pass_ == PunchRow.pass_, ReservationRow.has_hold
    )
    rows = PunchRow.select(PunchRow.pass_).where(PunchRow.pass_.in_(used)).group_by(PunchRow.pass_)
    overdrawn = rows.having(fn.SUM(PunchRow.delta) < held).order_by(PunchRow.pass_).limit(MOST)
    return [id_ for (id_,) in overdrawn.tuples()]


def _causes(pass_ids: list[str]) -> dict[str, PunchRow]:
    """The last punch taken from each."""
    if not pass_ids:
        return {}
    taken = PunchRow.select().where(PunchRow.pass_.in_(pass_ids), PunchRow.delta < 0)
    return {row.pass_id: row for row in taken.order_by(PunchRow.at, PunchRow.id)}


def _doors(visit_keys: list[str]) -> dict[str, str]:
    """Which kiosk let each visit in."""
    if not visit_keys:
        return {}
    rows = VisitRow.select(VisitRow.id, DeviceRow.id).join(DeviceRow).where(VisitRow.id.in_(visit_keys))
    return dict(rows.tuples())


def _signed(number: int) -> str:
    """With a minus as long as a plus is wide."""
    return str(number).replace("-", "−")
