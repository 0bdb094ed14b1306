"""What changed while somebody waited for a lock counts: it is read again once the lock is theirs."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from time import monotonic, sleep

import pytest
from peewee import Database, Query

from core.decisions import Refused
from core.refusals import RefusalReason
from server.services.door.facts import lock_member
from server.services.door.places import lock_session
from server.services.people.rights import the_house
from server.services.reserving.reserve import Wish, reserve
from server.store.database import proxy, writing
from server.store.tables import CardRow, MemberRow, SessionRow
from tests import databases
from tests.databases import OwnPostgresql
from tests.server.door_stories import kiosk_of
from tests.server.studio import SIX_PM, before, open_studio


@pytest.fixture
def postgresql(own_postgresql: OwnPostgresql) -> Iterator[Database]:
    """SQLite has one writer, so nobody waits there with a transaction begun."""
    with databases.emptied_postgresql(own_postgresql) as made:
        yield made


def until_somebody_waits() -> None:
    """For a lock that this transaction holds."""
    ends_at = monotonic() + 30
    waiting = "SELECT COUNT(*) FROM pg_locks WHERE NOT granted"
    while not next(iter(proxy.obj.execute_sql(waiting)))[0]:
        assert monotonic() < ends_at, "nobody waits"
        sleep(0.01)


def refused_after(meanwhile: Callable[[str], Query]) -> RefusalReason:
    """Alice shows her card while somebody else holds her row, and does something about her (her id) before they end."""
    studio = open_studio()
    alice, session = studio.member(), studio.session()
    card = studio.card(alice)
    studio.reservation(alice, session, studio.punch_pass(alice))
    kiosk = kiosk_of(studio)
    attempt = kiosk.show(card, before(10))
    with ThreadPoolExecutor(1) as door:
        with writing():
            lock_member(studio.organization, alice)
            answer = door.submit(kiosk.ask, attempt, before(10))
            until_somebody_waits()
            meanwhile(alice).execute()
        decision = answer.result().decision
    assert isinstance(decision, Refused)
    return decision.reason


def test_a_card_that_is_blocked_while_its_member_is_awaited_opens_nothing(postgresql: Database) -> None:
    def block(alice: str) -> Query:
        return CardRow.update(revoked_at=before(11)).where(CardRow.member == alice)

    assert refused_after(block) is RefusalReason.CARD_REVOKED


def test_a_member_who_left_while_they_were_awaited_does_not_come_in(postgresql: Database) -> None:
    def leave(alice: str) -> Query:
        return MemberRow.update(is_active=False).where(MemberRow.id == alice)

    assert refused_after(leave) is RefusalReason.MEMBER_INACTIVE


def test_a_session_that_shrank_while_it_was_awaited_takes_nobody_too_many(postgresql: Database) -> None:
    studio = open_studio()
    session = studio.session(SIX_PM, capacity=2)
    bea, alice = studio.member("Bea"), studio.member()
    studio.reservation(bea, session, studio.punch_pass(bea))
    wish, asker = Wish(session_id=session, pass_id=studio.punch_pass(alice)), the_house(studio.organization)
    with ThreadPoolExecutor(1) as page:
        with writing():
            lock_session(session)
            decided = page.submit(reserve, studio.organization, wish, asker.for_member(), before(600))
            until_somebody_waits()
            SessionRow.update(capacity=1).where(SessionRow.id == session).execute()
        answer = decided.result()
    assert isinstance(answer, Refused)
    assert answer.reason is RefusalReason.SESSION_FULL
