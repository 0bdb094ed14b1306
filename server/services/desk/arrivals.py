"""Who came in lately, and what stood on their punch pass before and after."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace

from core.model import PassType
from server.services.desk.values import Arrival, SessionToday
from server.store.tables import PunchRow

SHOWN = 12


def newest_arrivals(sessions: Iterable[SessionToday]) -> tuple[Arrival, ...]:
    """The last dozen, newest first, with their punches."""
    came = [person.arrival for session in sessions for person in session.people if person.arrival]
    newest = sorted(came, key=lambda arrival: (arrival.came_at, arrival.visit_key), reverse=True)[:SHOWN]
    return with_punches(newest)


def with_punches(arrivals: Iterable[Arrival]) -> tuple[Arrival, ...]:
    """Counted from the ledger's lines up to each visit's last one, in one query."""
    arrivals = tuple(arrivals)
    punched = {a.pass_id for a in arrivals if a.pass_id and a.pass_type is PassType.PUNCH_PASS}
    if not punched:
        return arrivals
    after: dict[str, int] = {}
    taken: dict[str, int] = defaultdict(int)
    left: dict[str, int] = defaultdict(int)
    lines = (
        PunchRow.select(PunchRow.pass_, PunchRow.delta, PunchRow.visit_key)
        .where(PunchRow.pass_.in_(sorted(punched)))
        .order_by(PunchRow.at, PunchRow.id)
    )
    for pass_id, delta, visit_key in lines.tuples():
        left[pass_id] += delta
        if visit_key:
            taken[visit_key] += delta
            after[visit_key] = left[pass_id]
    return tuple(
        replace(a, punches_before=after[a.visit_key] - taken[a.visit_key], punches_after=after[a.visit_key])
        if taken.get(a.visit_key)
        else a
        for a in arrivals
    )
