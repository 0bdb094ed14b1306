"""How people come in: at the kiosk with the server or without it, in the app, by staff, and without a reservation."""

from dataclasses import replace
from datetime import datetime

from core.decisions import Admitted, Choose, Refused
from core.protocol import Attempt, AttemptState, Basis, Outcome
from server.services.door.changes import version_of
from server.services.reserving import arriving
from server.services.reserving.arriving import Visitor
from server.store.database import reading
from server.store.tables import ReservationRow
from tests.server.door_stories import welcomed
from tests.year.people import Person
from tests.year.world import World

AT_ONCE = 100
"""Attempts in one tell."""


def arrive(world: World, person: Person, reservation: str, at: datetime) -> None:
    """With a place: most show their card."""
    drawn = world.dice.random()
    organization = world.town.organization
    if world.is_cut_off:
        _welcome_alone(world, person, reservation, at)
    elif drawn < 0.8:
        _show(world, person, at)
    elif drawn < 0.92:
        world.count("staff let in", arriving.check_in_by_staff(organization, reservation, world.town.staff, at))
    else:
        asked = arriving.check_in_by_member(organization, reservation, world.asking(person.id), at)
        world.count("app let in", asked)


def walk_in(world: World, person: Person, at: datetime) -> None:
    if not world.is_cut_off:
        _show(world, person, at, name="walk-in")


def drop_in(world: World, person: Person, session: str, at: datetime) -> None:
    """They pay at the desk."""
    visitor = Visitor(session_id=session, member_id=person.id)
    world.count("drop-in", arriving.check_in_drop_in(world.town.organization, visitor, world.town.staff, at))


def tell(world: World, at: datetime) -> None:
    """The kiosk tells what happened there, and that there is nothing else."""
    if world.is_cut_off:
        return
    while len(world.untold) > AT_ONCE:
        world.kiosk.tell(at, *world.untold[:AT_ONCE])
        del world.untold[:AT_ONCE]
    told, _ = world.kiosk.tell(at, *world.untold, nothing_unsent_before=at)
    world.seen["told"] += len(told)
    world.untold.clear()


def _show(world: World, person: Person, at: datetime, name: str = "kiosk") -> None:
    attempt = world.kiosk.show(world.town.cards[person.id], at)
    decision = world.kiosk.ask(attempt, at).decision
    if isinstance(decision, Choose):
        world.seen["kiosk offered a choice"] += 1
        attempt = replace(attempt, chosen_session_id=world.dice.choice(decision.sessions).id)
        decision = world.kiosk.ask(attempt, at).decision
    world.count(f"{name} let in", decision)
    world.untold.append(_as_shown(attempt, decision))


def _as_shown(attempt: Attempt, decision: Admitted | Refused | Choose) -> Attempt:
    """The record as the kiosk writes it once its screen has said so."""
    shown = replace(attempt, state=AttemptState.SERVER)
    match decision:
        case Admitted():
            return replace(
                shown,
                outcome=Outcome.WELCOME,
                member_id=decision.member_id,
                session_id=decision.session.id,
                reservation_id=decision.reservation_id,
                pass_id=decision.pass_id,
                visit_key=decision.visit_key,
                is_walk_in=decision.reservation_id is None,
            )
        case Refused():
            return replace(shown, outcome=Outcome.REFUSED, reason=decision.reason)
        case Choose():
            raise AssertionError("asked again with a session, and offered a choice again")


def _welcome_alone(world: World, person: Person, reservation: str, at: datetime) -> None:
    """By its own list, on which the reservation stands."""
    with reading():
        row = ReservationRow.get_by_id(reservation)
        basis = Basis(replica_version=version_of(world.town.organization))
    if row.status != "PENDING":
        return
    attempt = world.kiosk.show(world.town.cards[person.id], at, basis=basis)
    alone = welcomed(attempt, person.id, row.session_id, reservation=reservation, pass_=row.pass_id)
    world.untold.append(alone)
    world.seen["kiosk alone let in"] += 1
