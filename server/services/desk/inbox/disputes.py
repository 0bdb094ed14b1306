"""Visits that a screen welcomed and the server's fuller facts would have refused. They stand; staff say so, or undo."""

from peewee import JOIN, fn

from core import clocktime, messages, wire
from core.errors import Invalid
from core.protocol import Attempt
from server.services.desk.inbox.places import LOOKS_BACK, MOST, House, names_of
from server.services.desk.inbox.values import InboxItem, InboxKind, Offer, Sentence, Way, sentence
from server.services.door.day import sessions_with_ids
from server.store.tables import AttemptRow, PassRow, PunchRow, VisitRow


def open_disputes(house: House) -> list[InboxItem]:
    """One for each live disputed visit; begun again after it was undone, it is a new one."""
    rows = list(
        VisitRow.select(VisitRow, PassRow.title.alias("pass_title"))
        .join(PassRow, JOIN.LEFT_OUTER, on=VisitRow.pass_ == PassRow.id)
        .where(
            VisitRow.organization == house.organization_id,
            VisitRow.first_at > house.at - LOOKS_BACK,
            VisitRow.is_live,
            VisitRow.disputed_reason.is_null(False),
        )
        .order_by(VisitRow.first_at.desc(), VisitRow.id)
        .limit(MOST)
        .objects()
    )
    keys = [row.id for row in rows]
    names = names_of(house.organization_id, {row.member_id for row in rows})
    sessions = sessions_with_ids(house.organization_id, {row.session_id for row in rows})
    told, paid = _as_told(house, keys), _paid(keys)
    items = []
    for row in rows:
        session, who, reason = sessions[row.session_id], names[row.member_id], row.disputed_reason
        title = f"desk.inbox.dispute.{reason}"
        items.append(
            InboxItem(
                kind=InboxKind.DISPUTE,
                key=f"{row.id}.{clocktime.to_ms(row.first_at)}",
                subject=row.id,
                at=row.first_at,
                title=sentence(
                    title if messages.has(title) else "desk.inbox.dispute.other", who=who, session=session.title
                ),
                who=who,
                where=house.door_name(row.device_id),
                zone=session.zone,
                knew=_knew(told.get(row.id), row.pass_title),
                now=sentence(f"refusal.{reason}.staff"),
                offers=_offers(row.pass_title or "", paid.get(row.id, 0) < 0),
                otherwise=sentence("desk.inbox.dispute.otherwise"),
                session_id=session.id,
            )
        )
    return items


def _offers(pass_title: str, is_paid: bool) -> tuple[Offer, ...]:
    stands = (
        sentence("desk.inbox.price.punch_stays", title=pass_title) if is_paid else sentence("desk.inbox.price.nothing")
    )
    back = sentence("desk.inbox.price.punch_back", title=pass_title) if is_paid else sentence("desk.inbox.price.undone")
    return Offer(way=Way.LET_STAND, price=stands), Offer(way=Way.UNDO, price=back)


def _knew(attempt: Attempt | None, pass_title: str | None) -> Sentence | None:
    """By what the door went: the pass it saw, and how old its member list was."""
    if attempt is None:
        return None
    since = attempt.basis.last_contact_at
    if pass_title and since:
        return sentence("desk.inbox.dispute.knew", title=pass_title, since=since)
    return (
        sentence("desk.inbox.dispute.knew_list", since=since) if since else sentence("desk.inbox.dispute.knew_nothing")
    )


def _as_told(house: House, visit_keys: list[str]) -> dict[str, Attempt]:
    """The last disputed attempt of each visit."""
    if not visit_keys:
        return {}
    rows = AttemptRow.select(AttemptRow.visit_key, AttemptRow.record).where(
        AttemptRow.organization == house.organization_id,
        AttemptRow.visit_key.in_(visit_keys),
        AttemptRow.disputed_reason.is_null(False),
    )
    found = {}
    for visit_key, record in rows.order_by(AttemptRow.happened_at, AttemptRow.id).tuples():
        try:
            found[visit_key] = wire.from_json(Attempt, record)
        except Invalid:
            continue  # of another version of ours: the item does without
    return found


def _paid(visit_keys: list[str]) -> dict[str, int]:
    """The sum of each visit's punches, 0 or −1."""
    if not visit_keys:
        return {}
    rows = PunchRow.select(PunchRow.visit_key, fn.SUM(PunchRow.delta)).where(PunchRow.visit_key.in_(visit_keys))
    return {key: int(total) for key, total in rows.group_by(PunchRow.visit_key).tuples()}
