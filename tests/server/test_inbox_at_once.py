"""Two people answer the same item at the same moment: one answer counts, both are told it."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

from peewee import Database

from server.services.desk.inbox.settling import settle
from server.services.desk.inbox.values import Settled, Way, Wish
from server.store.database import reading
from server.store.tables import InboxSettlementRow, PunchRow
from tests.server.inbox_stories import mira, waiting
from tests.server.studio import VAULT, after, open_studio
from tests.server.test_inbox_services import alice_disputed, overdrawn


def test_of_two_answers_at_once_one_counts(database: Database) -> None:
    studio = open_studio()
    _, pass_ = alice_disputed(studio)
    (item,) = waiting(studio, after(10))
    by, line = mira(studio), Barrier(2)

    def answer(way: Way) -> Settled:
        wish = Wish(kind=item.kind, key=item.key, because=way.value, way=way)
        line.wait()
        return settle(studio.organization, wish, by, after(11), VAULT)

    with ThreadPoolExecutor(2) as two:
        first, second = two.map(answer, (Way.LET_STAND, Way.UNDO))
    assert first == second
    assert studio.punches_left(pass_) == (9 if first.way is Way.LET_STAND else 10)
    with reading():
        assert InboxSettlementRow.select().count() == 1


def test_punches_given_by_two_at_once_are_given_once(database: Database) -> None:
    studio = open_studio()
    _, _, pass_ = overdrawn(studio)
    item = next(item for item in waiting(studio, after(200)) if item.subject == pass_)
    by, line = mira(studio), Barrier(3)

    def answer(_: int) -> Settled:
        wish = Wish(kind=item.kind, key=item.key, because="Our mistake", way=Way.FORGIVE)
        line.wait()
        return settle(studio.organization, wish, by, after(201), VAULT)

    with ThreadPoolExecutor(3) as three:
        assert len(set(three.map(answer, range(3)))) == 1
    assert studio.punches_available(pass_) == 0
    with reading():
        assert PunchRow.select().where(PunchRow.kind == "CORRECTION").count() == 1
