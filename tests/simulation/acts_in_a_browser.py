"""What staff and members do in a browser in a simulated day."""

from datetime import timedelta
from random import Random

from core.policy import OfflineLimits, Policy
from core.refusals import RefusalReason as R
from server.services.door import at_the_desk
from server.services.door.at_the_desk import AtTheDesk
from server.services.fleet.cards import replace_lost_card, revoke_card
from server.services.fleet.policies import change_policy
from server.services.passes.pausing import pause_pass, resume_pass
from server.services.people.overrides import NewOverride, override
from server.services.people.sessions import call_off_session
from server.services.people.suspensions import lift_suspension, suspend
from server.services.reserving.cancel import cancel
from server.services.reserving.reserve import Wish, reserve
from server.store.database import reading
from server.store.tables import PassPauseRow, ReservationRow, SuspensionRow, VisitRow
from tests.server.studio import VAULT
from tests.simulation.acting import called, count_refusal, in_browser, staff_of
from tests.simulation.world import World


@called("staff check in")
def staff_check_in(world: World, dice: Random) -> None:
    kiln, person = world.town.kiln, dice.choice(world.town.people)
    wish = AtTheDesk(
        venue_id=kiln.venue, member_id=person.id, session_id=dice.choice(world.town.sessions), staff_id=kiln.staff
    )

    def act() -> None:
        decision = at_the_desk.check_in(kiln.organization, wish, world.at)
        count_refusal(world, decision)
        world.say(f"  staff for {person.name}: {type(decision).__name__}")
        key = getattr(decision, "visit_key", None)
        world.undone.discard(key or "")

    in_browser(world, act)


@called("staff undo")
def staff_undo(world: World, dice: Random) -> None:
    kiln = world.town.kiln
    with reading():
        live = [row.id for row in VisitRow.select().where(VisitRow.is_live).order_by(VisitRow.id)]
    if not live:
        return
    key = dice.choice(live)
    world.undone.add(key)
    in_browser(world, lambda: at_the_desk.undo(kiln.organization, key, kiln.staff, "a mistake", world.at))
    world.seen["undone by staff"] += 1


@called("reserve")
def reserve_a_place(world: World, dice: Random) -> None:
    person = dice.choice(world.town.people)
    wish = Wish(session_id=dice.choice(world.town.sessions), member_id=person.id)

    def act() -> None:
        answer = reserve(world.town.kiln.organization, wish, world.house.for_member(), world.at)
        count_refusal(world, answer)
        world.say(f"  {person.name} reserves: {type(answer).__name__}")

    in_browser(world, act)


@called("cancel")
def cancel_a_place(world: World, dice: Random) -> None:
    with reading():
        pending = [
            row.id
            for row in ReservationRow.select().where(ReservationRow.status == "PENDING").order_by(ReservationRow.id)
        ]
    if not pending:
        return
    reservation = dice.choice(pending)

    def act() -> None:
        answer = cancel(world.town.kiln.organization, reservation, world.house.for_member(), world.at)
        count_refusal(world, answer)
        if getattr(answer, "keeps_hold", False):
            world.seen["late cancel keeps its hold"] += 1
        world.say(f"  cancelled: {type(answer).__name__}")

    in_browser(world, act)


@called("suspend")
def suspend_somebody(world: World, dice: Random) -> None:
    person = dice.choice(world.town.people[:12])
    until = world.at + timedelta(hours=dice.choice((1, 10, 48)))
    in_browser(
        world,
        lambda: (
            suspend(world.town.kiln.organization, person.id, until, "simulated", staff_of(world), world.at) and None
        ),
    )


@called("pause a pass")
def pause_a_pass(world: World, dice: Random) -> None:
    """Of the first few, so that a card is shown on it while it rests."""
    kiln, pass_ = world.town.kiln, dice.choice([one for person in world.town.people[:10] for one in person.passes])
    until = world.at + timedelta(hours=dice.choice((2, 30)))
    in_browser(world, lambda: pause_pass(kiln.organization, pass_, until, "away", staff_of(world), world.at) and None)


@called("end a pause")
def end_a_pause(world: World, dice: Random) -> None:
    with reading():
        resting = [row.pass_id for row in PassPauseRow.select().where(PassPauseRow.resumed_at.is_null())]
    if resting:
        pass_ = dice.choice(sorted(resting))
        in_browser(world, lambda: resume_pass(world.town.kiln.organization, pass_, "back", staff_of(world), world.at))


@called("lift")
def lift(world: World, dice: Random) -> None:
    with reading():
        standing = [row.id for row in SuspensionRow.select().where(SuspensionRow.lifted_at.is_null())]
    if standing:
        chosen = dice.choice(sorted(standing))
        in_browser(
            world, lambda: lift_suspension(world.town.kiln.organization, chosen, "simulated", staff_of(world), world.at)
        )


@called("override")
def lift_a_reason(world: World, dice: Random) -> None:
    new = NewOverride(
        member_id=dice.choice(world.town.people).id,
        reason=dice.choice((R.PASS_USED_UP, R.TOO_EARLY, R.TOO_LATE, R.SUSPENDED, R.SESSION_FULL, R.NO_PASS)),
        ends_at=world.at + timedelta(hours=2),
        because="simulated",
    )
    in_browser(world, lambda: override(world.town.kiln.organization, new, staff_of(world), world.at) and None)


@called("revoke card")
def revoke_a_card(world: World, dice: Random) -> None:
    person = dice.choice(world.town.people[8:])
    in_browser(
        world, lambda: revoke_card(world.town.kiln.organization, person.card_id, "lost", staff_of(world), world.at)
    )


@called("replace card")
def replace_a_card(world: World, dice: Random) -> None:
    person = dice.choice(world.town.people[8:])

    def act() -> None:
        replace_lost_card(world.town.kiln.organization, person.id, staff_of(world), world.at, VAULT)

    in_browser(world, act)


@called("change policy")
def change_the_policy(world: World, dice: Random) -> None:
    policy = Policy(
        no_show_takes_punch=dice.random() < 0.7,
        strikes=dice.choice((0, 1, 2)),
        is_first_free=dice.random() < 0.3,
        may_walk_in=dice.random() < 0.8,
        no_show_delay=timedelta(hours=dice.choice((0, 0, 5))),
        free_cancel_before_start=timedelta(hours=dice.choice((1, 24))),
        offline=OfflineLimits(walk_ins_per_pass_a_day=dice.choice((1, 1, 2))),
    )
    in_browser(world, lambda: change_policy(world.town.kiln.organization, policy, staff_of(world), world.at) and None)


@called("call off")
def call_off(world: World, dice: Random) -> None:
    session = dice.choice(world.town.sessions)

    def act() -> None:
        call_off_session(world.town.kiln.organization, session, "burst pipe", staff_of(world), world.at)

    in_browser(world, act)
