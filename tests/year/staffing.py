"""What staff do in the year besides letting people in: they excuse, answer, suspend, lift, pause, correct, call off."""

from datetime import datetime, timedelta

from core.penalties import Answer
from server.services.door.at_the_desk import undo
from server.services.passes.ending import extend_pass
from server.services.passes.pausing import pause_pass, resume_pass
from server.services.penalties.contesting import answer, contest
from server.services.penalties.no_shows import excuse
from server.services.penalties.restoring import restore
from server.services.people.passes import correct_punches
from server.services.people.sessions import call_off_session
from server.services.people.suspensions import lift_suspension, suspend
from server.store.database import reading
from server.store.tables import ContestRow, NoShowRow, PassRow, ReservationRow, SuspensionRow, VisitRow
from tests.year.town import DAY
from tests.year.world import World

HOUR = timedelta(hours=1)
A_YEAR = 365


def after_the_night(world: World, at: datetime) -> None:
    """What the last night noted is contested by some, excused for some; a few places are given back."""
    for row in _noted_since(at - DAY):
        drawn = world.dice.random()
        if drawn < 0.06:
            world.later(at + 4 * HOUR, lambda at, r=row: _contest(world, r, at))  # type: ignore[misc]
        elif drawn < 0.10:
            world.later(at + 5 * HOUR, lambda at, r=row: _excuse(world, r.id, at))  # type: ignore[misc]
    for reservation in _taken_away_since(at - DAY):
        if world.dice.random() < 0.1:
            told = restore(world.town.organization, reservation, "a good customer", world.town.staff, at)
            world.count("place restored", told)


def run_the_house(world: World, at: datetime) -> None:
    """Each of these happens every so often, as in a studio with five hundred members."""
    share = len(world.people) / 500
    chances = (
        (_suspend, 20), (_lift, 40), (_pause, 80), (_resume, 20), (_correct, 50), (_call_off, 30), (_undo, 120),
        (_extend, 30),
    )  # fmt: skip
    for does, times in chances:
        if world.dice.random() < max(times * share, 18) / A_YEAR:
            world.later(at + world.dice.uniform(1, 15) * HOUR, lambda at, does=does: does(world, at))  # type: ignore[misc]


def _contest(world: World, row: NoShowRow, at: datetime) -> None:
    town = world.town
    said = contest(town.organization, row.id, "I was there, on the left wheel", world.asking(row.member_id), at)
    world.seen["contested"] += 1
    with reading():
        asked = ContestRow.get(ContestRow.no_show == row.id)
    how = world.dice.choice((Answer.WERE_THERE, Answer.EXCUSED, Answer.STANDS))
    world.later(at + 3 * HOUR, lambda at: _answer(world, asked.id, how, at))
    assert said.answer is None


def _answer(world: World, contest_id: str, how: Answer, at: datetime) -> None:
    answer(world.town.organization, contest_id, how, "we looked at the roll", world.town.staff, at)
    world.seen[f"contest answered: {how.value}"] += 1


def _excuse(world: World, no_show: str, at: datetime) -> None:
    excuse(world.town.organization, no_show, "was ill", world.town.staff, at)
    world.seen["excused"] += 1


def _suspend(world: World, at: datetime) -> None:
    member = world.dice.choice(list(world.people))
    suspend(world.town.organization, member, at + 5 * DAY, "broke the wheel", world.town.staff, at)
    world.seen["suspended by staff"] += 1


def _lift(world: World, at: datetime) -> None:
    with reading():
        standing = (SuspensionRow.lifted_at.is_null()) & (SuspensionRow.ends_at > at)
        row = SuspensionRow.select().where(standing).order_by(SuspensionRow.id).first()
    if row is not None:
        lift_suspension(world.town.organization, row.id, "said sorry", world.town.staff, at)
        world.seen["lifted by staff"] += 1


def _pause(world: World, at: datetime) -> None:
    if pass_ := _some_pass(world, at):
        pause_pass(world.town.organization, pass_, at + 14 * DAY, "on holiday", world.town.staff, at)
        world.seen["paused"] += 1


def _resume(world: World, at: datetime) -> None:
    if pass_ := _some_pass(world, at):
        resume_pass(world.town.organization, pass_, "back already", world.town.staff, at)
        world.seen["resumed"] += 1


def _extend(world: World, at: datetime) -> None:
    if pass_ := _some_pass(world, at):
        extend_pass(world.town.organization, pass_, 7, "the kiln was broken", world.town.staff, at)
        world.seen["extended"] += 1


def _correct(world: World, at: datetime) -> None:
    if pass_ := _some_pass(world, at, "PUNCH_PASS"):
        correct_punches(world.town.organization, pass_, world.dice.choice((1, 1, -1)), "counted", world.town.staff, at)
        world.seen["punches corrected"] += 1


def _call_off(world: World, at: datetime) -> None:
    ahead = [one for one in world.town.calendar.values() if at + DAY < one.starts_at < at + 4 * DAY and not one.course]
    if ahead:
        given_up = call_off_session(
            world.town.organization, world.dice.choice(ahead).id, "the teacher is ill", world.town.staff, at
        )
        world.seen["sessions called off"] += 1
        world.seen["places called off"] += given_up


def _undo(world: World, at: datetime) -> None:
    with reading():
        row = VisitRow.select().where(VisitRow.is_live, VisitRow.first_at > at - DAY).order_by(VisitRow.id).first()
    if row is not None:
        undo(world.town.organization, row.id, world.town.mira, "the wrong person", at)
        world.seen["check-in undone"] += 1


def _some_pass(world: World, at: datetime, type_: str | None = None) -> str | None:
    with reading():
        mine = PassRow.select(PassRow.id).where(PassRow.issued_at > at - 60 * DAY).order_by(PassRow.id)
        found = [id_ for (id_,) in (mine if type_ is None else mine.where(PassRow.type == type_)).tuples()]
    return world.dice.choice(found) if found else None


def _noted_since(since: datetime) -> list[NoShowRow]:
    with reading():
        return list(NoShowRow.select().where(NoShowRow.noted_at >= since).order_by(NoShowRow.reservation))


def _taken_away_since(since: datetime) -> list[str]:
    with reading():
        lost = (ReservationRow.status == "AUTO_CANCELLED") & (ReservationRow.cancelled_at >= since)
        return [row.id for row in ReservationRow.select().where(lost).order_by(ReservationRow.id)]
