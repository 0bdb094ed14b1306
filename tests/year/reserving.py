"""What members do from home: they wish for places, wait for them, take what is offered, and give places up."""

from datetime import datetime, timedelta

from core.decisions import Refused
from core.refusals import RefusalReason as R
from server.services.people.rights import Asker
from server.services.reserving.cancel import cancel
from server.services.reserving.reserve import Wish, reserve
from server.services.reserving.values import Cancelled, Reserved
from server.services.waiting import answering
from server.services.waiting.joining import WaitingWish, join, leave
from server.store.database import reading
from server.store.tables import ReservationRow, SessionRow, WaitingRow
from tests.year import arriving
from tests.year.people import Fate, Habit, Person
from tests.year.town import DAY, Planned
from tests.year.world import World

NEEDS_A_PASS = (R.NO_PASS, R.PASS_EXPIRED, R.PASS_USED_UP, R.PASS_NOT_FOR_THIS)
HOUR = timedelta(hours=1)


def wish(world: World, person: Person, at: datetime) -> None:
    """Reserve something they like; buy a pass if that is missing; wait where it is full."""
    session = _choice(world, person, at)
    if session is None:
        return
    person.wanted.add(session.id)
    answer = _reserve(world, person, session, at)
    if isinstance(answer, Refused) and answer.reason in NEEDS_A_PASS:
        buy(world, person, at)
        answer = _reserve(world, person, session, at)
    if isinstance(answer, Refused) and answer.reason is R.PART_OUT_OF_ORDER:
        person.lost_course = session.course or ""
    if isinstance(answer, Refused) and answer.reason is R.SESSION_FULL and world.dice.random() < 0.7:
        _wait(world, person, session, at)
    if isinstance(answer, Reserved) and session.starts_at - at < timedelta(hours=14):
        live_out(world, answer.place.id, person, session.starts_at)


def _wait(world: World, person: Person, session: Planned, at: datetime) -> None:
    place = Wish(session_id=session.id, member_id=person.id)
    wanted = WaitingWish(place=place, is_auto_book=world.dice.random() < 0.4)
    told = join(world.town.organization, wanted, world.asking(person.id), at)
    if isinstance(told, Refused) and told.reason in NEEDS_A_PASS:
        buy(world, person, at)
        told = join(world.town.organization, wanted, world.asking(person.id), at)
    world.count("waits", told)


def buy(world: World, person: Person, at: datetime) -> None:
    """What suits their habit."""
    town, dice = world.town, world.dice
    match person.habit:
        case Habit.LEARNER:
            plan = town.course_plan
        case Habit.NEWCOMER:
            plan = town.plans["five"]
        case _:
            plan = town.plans[dice.choice(("ten", "ten", "month"))]
    town.sell(person.id, plan, at)
    world.seen["passes sold"] += 1


def give_up(world: World, reservation: str, member: str, at: datetime) -> None:
    told = cancel(world.town.organization, reservation, world.asking(member), at)
    late = isinstance(told, Cancelled) and told.place.is_late_cancel
    world.count("cancelled late" if late else "cancelled", told)


def live_out(world: World, reservation: str, person: Person, starts_at: datetime) -> None:
    """What becomes of a place on its day is drawn once, that morning."""
    fate = person.fate(world.dice)
    match fate:
        case Fate.MISSES:
            world.seen["stays away"] += 1
        case Fate.CANCELS_LATE:
            when = starts_at - world.dice.uniform(0.2, 5) * HOUR
            world.later(when, lambda at: give_up(world, reservation, person.id, at))
        case _:
            when = starts_at + person.arrives(fate, world.dice)
            world.later(when, lambda at: arriving.arrive(world, person, reservation, at))


def look_at_places(world: World, from_: datetime, to: datetime) -> None:
    """Every morning: what is today is lived out, what is in two days is perhaps given up."""
    for reservation, member, starts_at in _places(world, from_, to):
        live_out(world, reservation, world.people[member], starts_at)
    for reservation, member, starts_at in _places(world, from_ + 2 * DAY, to + 2 * DAY):
        if world.people[member].gives_up_early(world.dice):
            when = from_ + world.dice.uniform(0, 14) * HOUR
            if starts_at - when > DAY:
                world.later(when, lambda at, r=reservation, m=member: give_up(world, r, m, at))  # type: ignore[misc]


def answer_offers(world: World, at: datetime) -> None:
    """Those who were offered a place since the last look say yes, or no, or nothing. Some lose patience with it all."""
    for row in _offered(world):
        drawn = world.dice.random()
        who = world.asking(row.member_id)
        if drawn < 0.6:
            when = at + world.dice.uniform(1, 25) * timedelta(minutes=1)
            world.later(when, lambda at, id_=row.id, who=who: _accept(world, id_, who, at))  # type: ignore[misc]
        elif drawn < 0.75:
            world.later(at, lambda at, id_=row.id, who=who: _decline(world, id_, who, at))  # type: ignore[misc]
        elif drawn < 0.8:
            world.later(at, lambda at, id_=row.id, who=who: _leave(world, id_, who, at))  # type: ignore[misc]
        else:
            world.seen["offer let run out"] += 1


def _accept(world: World, waiting: str, who: Asker, at: datetime) -> None:
    answer = answering.accept(world.town.organization, waiting, who, at)
    world.count("offer accepted", answer)
    if isinstance(answer, Reserved) and answer.place.session.starts_at - at < timedelta(hours=14):
        place = answer.place
        live_out(world, place.id, world.people[place.member_id], place.session.starts_at)


def _decline(world: World, waiting: str, who: Asker, at: datetime) -> None:
    answering.decline(world.town.organization, waiting, who, at)
    world.seen["offer declined"] += 1


def _leave(world: World, waiting: str, who: Asker, at: datetime) -> None:
    leave(world.town.organization, waiting, who, at)
    world.seen["left the list"] += 1


def _reserve(world: World, person: Person, session: Planned, at: datetime) -> Reserved | Refused:
    wanted = Wish(session_id=session.id, member_id=person.id)
    answer = reserve(world.town.organization, wanted, world.asking(person.id), at)
    world.count("reserved", answer)
    return answer


def _choice(world: World, person: Person, at: datetime) -> Planned | None:
    """Learners want the next part; the others something at an hour they like, most often in the next days."""
    near = (one for one in world.town.calendar.values() if at + HOUR < one.starts_at < at + 9 * DAY)
    ahead = [one for one in near if one.id not in person.wanted]
    if person.habit is Habit.LEARNER:
        parts = [one for one in ahead if one.course and one.course != person.lost_course]
        return min(parts, key=lambda one: one.starts_at) if parts else None
    mine = [one for one in ahead if not one.course and one.hour in person.likes]
    return world.dice.choice(mine) if mine else None


def _places(world: World, from_: datetime, to: datetime) -> list[tuple[str, str, datetime]]:
    """(reservation, member, start) of what is still to be come to."""
    with reading():
        query = (
            ReservationRow.select(ReservationRow.id, ReservationRow.member, SessionRow.starts_at)
            .join(SessionRow)
            .where(ReservationRow.status == "PENDING", SessionRow.starts_at >= from_, SessionRow.starts_at < to)
            .order_by(SessionRow.starts_at, ReservationRow.id)
        )
        return list(query.tuples())


def _offered(world: World) -> list[WaitingRow]:
    """Offers nobody has thought about yet."""
    with reading():
        rows = list(WaitingRow.select().where(WaitingRow.status == "OFFERED").order_by(WaitingRow.id))
    new = [row for row in rows if (row.id, row.offered_at) not in world.offers_seen]
    world.offers_seen = {(row.id, row.offered_at) for row in rows}
    return new
