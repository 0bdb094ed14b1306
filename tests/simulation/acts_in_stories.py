"""Stories that chance alone tells too seldom: a few acts in a row, each of which means something only after the last.

Whatever else goes wrong in a simulated day goes wrong in them, too.
"""

from datetime import timedelta
from random import Random

from core.model import ReservationStatus
from core.policy import Policy
from server.services.fleet.devices import retire_device
from server.services.fleet.policies import change_policy
from server.services.people.suspensions import lift_suspension, suspend
from server.services.reserving.cancel import cancel
from server.services.reserving.reserve import Wish, reserve
from server.store.database import reading
from server.store.tables import ReservationRow, SuspensionRow
from tests.server.studio import SIX_PM
from tests.simulation.acting import called, count_refusal, in_browser, staff_of
from tests.simulation.acts_at_the_door import choose_another, show_at
from tests.simulation.acts_of_trouble import copy_or_put_back
from tests.simulation.network import Net
from tests.simulation.studio import Person
from tests.simulation.world import World

SOON = timedelta(minutes=10)
"""Before six: check-in is open, and a cancellation is late."""
NIGHT_WATCH = timedelta(hours=3)


@called("story: late cancel")
def late_cancel(world: World, dice: Random) -> None:
    """Somebody with one punch is welcomed by a kiosk that is cut off, cancels late, and wants another place."""
    kiosk, person = world.kiosks[0], dice.choice((world.town.people[2], world.town.people[3]))
    if kiosk.is_down:
        return
    _wait_for_six(world)
    kiosk.is_cut_off = True
    show_at(world, dice, kiosk, person, person.card.text)
    world.pass_time(60)
    reservation = _place_of(world, person)
    if reservation is not None:
        organization, asker = world.town.kiln.organization, world.house.for_member()
        in_browser(world, lambda: cancel(organization, reservation, asker, world.at))
    wish = Wish(session_id=dice.choice(world.town.sessions[2:4]), member_id=person.id)
    in_browser(world, lambda: reserve(world.town.kiln.organization, wish, world.house.for_member(), world.at))
    world.pass_time(30)
    kiosk.is_cut_off = False
    if not kiosk.is_down:
        world.guard(kiosk, lambda: world.sync(kiosk))


@called("story: two disks, one name")
def two_disks_one_name(world: World, dice: Random) -> None:
    """A kiosk tells of two cards, then its disk from before them is put in and shows two others, cut off."""
    kiosk = world.kiosks[dice.choice((0, 1))]
    for is_put_back in (False, True):
        copy_or_put_back(world, kiosk)
        kiosk.is_cut_off = is_put_back
        for person in dice.sample(world.town.people[:12], 2):
            if not kiosk.is_down:
                show_at(world, dice, kiosk, person, person.card.text)
                world.pass_time(20)
        kiosk.is_cut_off = False
        if not kiosk.is_down:
            world.guard(kiosk, lambda: world.sync(kiosk))


@called("story: answer lost")
def answer_lost(world: World, dice: Random) -> None:
    """The server lets somebody in whom the kiosk, which never hears of it, must refuse by itself."""
    kiosk, person = world.kiosks[dice.choice((0, 1))], dice.choice(world.town.people[:12])
    kiln = world.town.kiln
    if kiosk.is_down:
        return
    _wait_for_six(world)
    until = world.at + timedelta(hours=48)
    in_browser(world, lambda: suspend(kiln.organization, person.id, until, "simulated", staff_of(world), world.at))
    world.guard(kiosk, lambda: world.sync(kiosk))
    with reading():
        standing = [
            row.id for row in SuspensionRow.select().where(
                SuspensionRow.member == person.id, SuspensionRow.lifted_at.is_null()
            )
        ]  # fmt: skip
    for suspension in sorted(standing):
        in_browser(
            world,
            lambda suspension=suspension: lift_suspension(  # type: ignore[misc]
                kiln.organization, suspension, "simulated", staff_of(world), world.at
            ),
        )
    if kiosk.is_down:
        return
    world.weather.kinds, world.weather.weights = (Net.LOST_ANSWER,), (1,)
    show_at(world, dice, kiosk, person, person.card.text)
    world.weather.kinds, world.weather.weights = (Net.FINE,), (1,)


@called("story: cut off over night")
def cut_off_over_night(world: World, dice: Random) -> None:
    """A kiosk that nobody hears of welcomes somebody, and the night comes before it can tell."""
    kiosk, person = world.kiosks[0], dice.choice(world.town.people[:6])
    if kiosk.is_down:
        return
    if dice.random() < 0.7:
        policy = Policy(no_show_takes_punch=True, strikes=dice.choice((0, 1)))
        in_browser(world, lambda: change_policy(world.town.kiln.organization, policy, staff_of(world), world.at))
    _wait_for_six(world)
    kiosk.is_cut_off = True
    show_at(world, dice, kiosk, person, person.card.text)
    if dice.random() < 0.5:
        organization, device = world.town.kiln.organization, kiosk.here.known.id
        in_browser(world, lambda: retire_device(organization, device, staff_of(world), world.at))
    for _ in range(dice.choice((3, 4, 5))):
        world.pass_time(NIGHT_WATCH.total_seconds())
        for other in world.up:
            world.guard(other, lambda other=other: world.sync(other))  # type: ignore[misc]
        if not world.server.is_pulled:
            world.beat()


@called("story: two walk-ins")
def two_walk_ins(world: World, dice: Random) -> None:
    """Somebody without a place walks in twice at a kiosk that is cut off."""
    kiosk, person = world.kiosks[0], world.town.people[9]
    if kiosk.is_down:
        return
    _wait_for_six(world)
    kiosk.is_cut_off = True
    show_at(world, dice, kiosk, person, person.card.text)
    for session in world.town.sessions[:2]:
        world.pass_time(40)
        if not kiosk.is_down:
            world.guard(kiosk, lambda session=session: choose_another(world, kiosk, session))  # type: ignore[misc]
    kiosk.is_cut_off = dice.random() < 0.5


@called("story: clock without battery")
def clock_without_battery(world: World, dice: Random) -> None:
    """The plug is pulled, the clock begins years ago, and nobody can be asked what time it is."""
    kiosk, person = world.kiosks[dice.choice((0, 1))], dice.choice(world.town.people[8:12])
    if kiosk.is_down:
        return
    _wait_for_six(world)
    show_at(world, dice, kiosk, person, person.card.text)
    kiosk.lose_power()
    kiosk.is_cut_off = True
    kiosk.is_off_by = timedelta(hours=-7)
    world.pass_time(30)
    kiosk.boot_now()
    for other in (person, dice.choice(world.town.people)):
        if not kiosk.is_down:
            show_at(world, dice, kiosk, other, other.card.text)


@called("story: far ahead")
def far_ahead(world: World, dice: Random) -> None:
    """Somebody with an unlimited pass wants every evening there is."""
    person = world.town.people[dice.choice((4, 10))]
    for session in world.town.sessions[2:10]:
        wish = Wish(session_id=session, member_id=person.id)

        def act(wish: Wish = wish) -> None:
            answer = reserve(world.town.kiln.organization, wish, world.house.for_member(), world.at)
            count_refusal(world, answer)

        in_browser(world, act)


@called("story: the same part")
def the_same_part(world: World, dice: Random) -> None:
    """Somebody on a course checks in to its first part, and wants it again another evening."""
    kiosk, person = world.kiosks[0], world.town.learners[0]
    if kiosk.is_down:
        return
    _wait_for_six(world)
    show_at(world, dice, kiosk, person, person.card.text)
    world.pass_time(5)
    if not kiosk.is_down:
        world.guard(kiosk, lambda: choose_another(world, kiosk, world.town.sessions[-3]))
    for session in world.town.sessions[-3:-2]:
        wish = Wish(session_id=session, member_id=person.id)

        def act(wish: Wish = wish) -> None:
            answer = reserve(world.town.kiln.organization, wish, world.house.for_member(), world.at)
            count_refusal(world, answer)

        in_browser(world, act)


@called("story: one cannot pass")
def one_cannot_pass(world: World, dice: Random) -> None:
    """Somebody on the way refuses one of three attempts, for good: the other two must not wait behind it."""
    kiosk = world.kiosks[0]
    if kiosk.is_down:
        return
    _wait_for_six(world)
    kiosk.is_cut_off = True
    for person in dice.sample(world.town.people[:12], 3):
        if not kiosk.is_down:
            show_at(world, dice, kiosk, person, person.card.text)
            world.pass_time(20)
    shown = [screen.attempt_id for screen in world.screens if screen.kiosk == kiosk.name]
    world.network.cannot_pass.update(shown[-3:][:1])
    kiosk.is_cut_off = False


@called("story: restored behind a kiosk's back")
def restored(world: World, dice: Random) -> None:
    """What a kiosk told is gone with the server's disk, and the next that it tells is newer than all of it."""
    kiosk, people = world.kiosks[0], dice.sample(world.town.people[:12], 3)
    if kiosk.is_down or world.server.is_pulled:
        return
    _wait_for_six(world)
    world.server.back_up()
    for person in people[:2]:
        if not kiosk.is_down:
            show_at(world, dice, kiosk, person, person.card.text)
            world.pass_time(15)
    if not kiosk.is_down:
        world.guard(kiosk, lambda: world.sync(kiosk))
    world.was_restored |= world.server.restore()
    if not kiosk.is_down:
        show_at(world, dice, kiosk, people[2], people[2].card.text)
    if not kiosk.is_down:
        world.guard(kiosk, lambda: world.sync(kiosk))


def _wait_for_six(world: World) -> None:
    """Until ten minutes before the session that most have a place in; not at all if that has passed."""
    world.pass_time(max(0.0, (SIX_PM - SOON - world.at).total_seconds()))


def _place_of(world: World, person: Person) -> str | None:
    with reading():
        row = (
            ReservationRow.select()
            .where(ReservationRow.member == person.id, ReservationRow.status == ReservationStatus.PENDING)
            .order_by(ReservationRow.id)
            .first()
        )
    return row.id if row else None
