"""Gives the free places of a session to whoever is next, and takes back the offers that ran out."""

from collections.abc import Iterator, Sequence
from datetime import datetime

from core import clocktime, waiting
from core.events import EventKind
from core.features import Feature
from core.model import Session
from core.policy import Policy
from core.refusals import RefusalReason
from core.waiting import Offered, Waiting, WaitingStatus
from server.services.door.changes import touch_session
from server.services.door.day import sessions_with_ids
from server.services.door.features import is_on
from server.services.door.places import taken_in
from server.services.door.policies import policy_in_force
from server.services.events.announcing import announce
from server.services.reserving.asked import facts_for_places
from server.services.waiting import ending
from server.services.waiting.finding import as_waiting, open_rows
from server.services.waiting.values import Given
from server.store.tables import WaitingRow

WEIGHED_AT_ONCE = 20
"""Most often the first in line can take the place; nobody looks at a hundred for that."""


def offer_in(organization_id: str, session_id: str, at: datetime) -> Given:
    """Make one session's list right as of now. The session is locked. Doing it again changes nothing.

    Where waiting lists were switched off nothing more is offered; what was offered stands until it runs out.

    Places that are to be reserved at once are only held here (`BOOKING`): reserving locks the member before the
    session, and here it is the other way round.
    """
    rows = open_rows([session_id])
    if not rows:
        return Given()
    session = sessions_with_ids(organization_id, [session_id])[session_id]
    if session.is_cancelled or at >= session.starts_at:
        given = _end_all(rows, session, at)
    else:
        policy = policy_in_force(organization_id, session.venue_id, at)
        given = _take_back_what_ran_out(rows, policy, at)
        if is_on(organization_id, Feature.WAITING_LIST, at):
            given += _give(organization_id, open_rows([session_id]), session, policy, at)
    if given.did:
        touch_session(organization_id, session_id)
    return given


def taken_after_offers(organization_id: str, session_id: str, capacity: int, at: datetime) -> int:
    """How many places are taken once those who wait were offered what is free. The session is locked.

    Counted first and offered then, until there is nothing to offer: places are given up without waiting for the lock,
    and one that became free in between must not go to somebody who has only just come.
    """
    while True:
        taken = taken_in([session_id])[session_id]
        if taken >= capacity or not offer_in(organization_id, session_id, at).did:
            return taken


def make_offer(row: WaitingRow, offered: Offered, at: datetime) -> None:
    """Hold a place for them, and tell them until when. The session is locked."""
    status = WaitingStatus.BOOKING if offered.until is None else WaitingStatus.OFFERED
    row.status, row.offered_at, row.offer_ends_at, row.passed_over = status.value, at, offered.until, None
    row.save()
    if offered.until is not None:
        announce(ending.news(row, EventKind.PLACE_OFFERED, until=clocktime.to_ms(offered.until)), at)


def _end_all(rows: Sequence[WaitingRow], session: Session, at: datetime) -> Given:
    because = ending.SESSION_CANCELLED if session.is_cancelled else ending.SESSION_STARTED
    for row in rows:
        ending.end_for_good(row, because, at)
    return Given(ended=len(rows))


def _take_back_what_ran_out(rows: Sequence[WaitingRow], policy: Policy, at: datetime) -> Given:
    ran_out = ended = 0
    for row in rows:
        entry = as_waiting(row)
        if entry.status is not WaitingStatus.OFFERED or waiting.is_offer_open(entry, at):
            continue
        after = waiting.after_missed_offer(entry, policy.waiting)
        is_off = after.status is WaitingStatus.ENDED
        row.status, row.offers_missed, row.offer_ends_at = after.status.value, after.offers_missed, None
        if is_off:
            row.ended_at, row.ended_because = at, ending.OFFERS_MISSED
        row.save()
        announce(ending.news(row, EventKind.OFFER_RAN_OUT, is_off_the_list=is_off), at)
        ran_out, ended = ran_out + 1, ended + is_off
    return Given(ran_out=ran_out, ended=ended)


def _give(organization_id: str, rows: Sequence[WaitingRow], session: Session, policy: Policy, at: datetime) -> Given:
    session = sessions_with_ids(organization_id, [session.id])[session.id]
    free = waiting.free_places(session)
    if free == 0 or waiting.offer_ends_at(session, policy.waiting, at) is None:
        return Given()
    by_id = {row.id: row for row in rows}
    weighed = _weighed(organization_id, by_id, session, policy, at)
    offers = waiting.next_offers(weighed, free, session, policy.waiting, at)
    for offered in offers:
        make_offer(by_id[offered.waiting_id], offered, at)
    return Given(offered=len(offers))


def _weighed(
    organization_id: str, by_id: dict[str, WaitingRow], session: Session, policy: Policy, at: datetime
) -> list[Waiting]:
    """In order, each with whether they could take a place; no further than there are places to give."""
    line = [one for one in waiting.in_order(map(as_waiting, by_id.values())) if one.status is WaitingStatus.WAITING]
    weighed: list[Waiting] = []
    while line and sum(one.refused is None for one in weighed) < waiting.free_places(session):
        some, line = line[:WEIGHED_AT_ONCE], line[WEIGHED_AT_ONCE:]
        rows = [by_id[one.id] for one in some]
        weighed += [as_waiting(row, refused) for row, refused in _noted(organization_id, rows, session, policy, at)]
    return weighed


def _noted(
    organization_id: str, rows: Sequence[WaitingRow], session: Session, policy: Policy, at: datetime
) -> Iterator[tuple[WaitingRow, RefusalReason | None]]:
    """Who could take a place and who could not, the reason kept with the entry."""
    wished = {row.member_id: row.pass_id for row in rows}
    facts = facts_for_places(organization_id, session.id, wished, at)
    for row in rows:
        refused = waiting.why_not_wait(facts[row.member_id][0], session, policy, at)
        reason = refused.reason if refused else None
        if reason is RefusalReason.ALREADY_RESERVED:
            # They got a place another way, such as one that was given back to them.
            ending.end(row, WaitingStatus.BOOKED, "", at)
            continue
        if row.passed_over != reason:
            row.passed_over = reason
            row.save()
        yield row, reason
