"""Members who say that they were there, where the night noted that nobody came."""

from peewee import Query

from core.model import PassType
from core.penalties import NotedAbsence
from server.services.desk.inbox.places import MOST, House, names_of
from server.services.desk.inbox.values import InboxItem, InboxKind, Offer, Way, sentence
from server.services.penalties.gathering import noted_absences
from server.store.tables import ContestRow, NoShowRow


def open_contests(house: House) -> list[InboxItem]:
    """One for each that waits, however long: somebody asked. One whose absence was undone meanwhile needs no answer."""
    rows = list(_waiting(house.organization_id).order_by(NoShowRow.noted_at.desc(), NoShowRow.id).limit(MOST))
    names = names_of(house.organization_id, {row.member_id for row in rows})
    return [_item(noted, names[noted.member_id]) for noted in noted_absences(house.organization_id, rows)]


def waiting_contests(organization_id: str) -> int:
    """How many wait. Inside `reading()`; one query."""
    return int(_waiting(organization_id).count())


def _waiting(organization_id: str) -> Query:
    return (
        NoShowRow.select(NoShowRow)
        .join(ContestRow, on=ContestRow.no_show == NoShowRow.id)
        .where(
            ContestRow.organization == organization_id,
            ContestRow.answered_at.is_null(),
            NoShowRow.reversed_at.is_null(),
        )
    )


def _item(noted: NotedAbsence, who: str) -> InboxItem:
    assert noted.contest is not None  # it was found by its contest
    return InboxItem(
        kind=InboxKind.CONTEST,
        key=noted.contest.id,
        subject=noted.contest.id,
        at=noted.contest.made_at,
        title=sentence("desk.inbox.contest", who=who, session=noted.session.title, since=noted.session.starts_at),
        who=who,
        zone=noted.session.zone,
        now=sentence("desk.inbox.contest.now", words=noted.contest.words, when=noted.contest.made_at),
        offers=_offers(noted),
        otherwise=sentence("desk.inbox.contest.otherwise"),
        session_id=noted.session.id,
    )


def _offers(noted: NotedAbsence) -> tuple[Offer, ...]:
    """To a session that was called off nobody came; what is excused already need not be excused."""
    offers = []
    if not noted.session.is_cancelled:
        price = sentence("desk.inbox.price.were_there")
        if noted.pass_type is PassType.PUNCH_PASS:
            price = sentence("desk.inbox.price.were_there_punch", title=noted.pass_title)
        offers.append(Offer(way=Way.WERE_THERE, price=price))
    if not noted.excused_because:
        offers.append(Offer(way=Way.EXCUSE, price=sentence("desk.inbox.price.excuse")))
    offers.append(Offer(way=Way.LET_STAND, price=sentence("desk.inbox.price.stands")))
    return tuple(offers)
