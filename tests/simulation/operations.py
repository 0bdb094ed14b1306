"""What people, machines and nights do in a simulated day. Each operation draws what it needs from its own dice."""

from collections.abc import Callable
from datetime import timedelta
from random import Random

from core.cards import new_code
from core.decisions import Choose, Refused
from core.errors import TesseraError
from core.policy import OfflineLimits, Policy
from core.refusals import RefusalReason as R
from kiosk.store.database import DISK_FAILURES
from server.scheduler import TIMETABLE
from server.services.door import at_the_desk
from server.services.door.at_the_desk import AtTheDesk
from server.services.fleet.cards import replace_lost_card, revoke_card
from server.services.fleet.devices import retire_device, revoke_device
from server.services.fleet.policies import change_policy
from server.services.night import runs
from server.services.night.work import NightWork
from server.services.people.overrides import NewOverride, override
from server.services.people.rights import Asker, asker_of_staff
from server.services.people.sessions import call_off_session
from server.services.people.suspensions import lift_suspension, suspend
from server.services.reserving.cancel import cancel
from server.services.reserving.reserve import Wish, reserve
from server.store.database import reading
from server.store.tables import ReservationRow, SuspensionRow, VisitRow
from tests.server.studio import VAULT
from tests.simulation.faults import Stopped
from tests.simulation.kiosk import SimulatedKiosk
from tests.simulation.plan import Operation
from tests.simulation.studio import Person
from tests.simulation.world import World

Act = Callable[[World, Random], None]
ACTS: dict[str, Act] = {}


def called(kind: str) -> Callable[[Act], Act]:
    def keep(act: Act) -> Act:
        ACTS[kind] = act
        return act

    return keep


def do(world: World, operation: Operation) -> None:
    """One operation, with whatever goes wrong meanwhile."""
    dice = Random(operation.dice)
    world.pass_time(operation.after)
    world.say(operation.kind)
    world.seen[f"act: {operation.kind}"] += 1
    world.troubled_by(dice)
    if operation.after > 600:
        _a_while_passed(world, dice)
    ACTS[operation.kind](world, dice)


def _a_while_passed(world: World, dice: Random) -> None:
    """In a longer time kiosks that are up will have synced, and the scheduler will have looked."""
    for kiosk in world.up:
        if dice.random() < 0.7:
            world.guard(kiosk, lambda kiosk=kiosk: world.sync(kiosk))  # type: ignore[misc]
    if dice.random() < 0.5:
        world.beat()


# ---- at the door


@called("show")
def show(world: World, dice: Random) -> None:
    kiosk = _kiosk(world, dice)
    person = dice.choice(world.town.people[:12] if dice.random() < 0.8 else world.town.people)
    if kiosk is not None:
        _show(world, dice, kiosk, person, person.card.text)


@called("stranger")
def stranger(world: World, dice: Random) -> None:
    """Somebody of the other organization, here or there."""
    person = dice.choice(world.town.strangers)
    kiosk = dice.choice(world.kiosks)
    if not kiosk.is_down:
        _show(world, dice, kiosk, person, person.card.text)


@called("unknown card")
def unknown_card(world: World, dice: Random) -> None:
    kiosk = _kiosk(world, dice)
    if kiosk is not None:
        _show(world, dice, kiosk, None, new_code(dice.getrandbits).text)


@called("garbage")
def garbage(world: World, dice: Random) -> None:
    kiosk = _kiosk(world, dice)
    if kiosk is not None:
        _show(world, dice, kiosk, None, dice.choice(("https://example.org", "", "TESSERA1:", "☃" * 40)))


def _show(world: World, dice: Random, kiosk: SimulatedKiosk, person: Person | None, text: str) -> None:
    def act() -> None:
        began_at = world.at
        try:
            shown = kiosk.desk.show_card(text)
        except DISK_FAILURES:
            world.seen["screen: out of order"] += 1
            world.say(f"  {kiosk.name} is out of order")
            return
        world.shown(kiosk, person, shown, began_at)
        kiosk.last_shown = shown.attempt_id
        if isinstance(shown.decision, Choose) and dice.random() < 0.6:
            world.pass_time(3)
            _choose(world, kiosk, dice.choice(shown.decision.sessions).id, person)

    world.guard(kiosk, act)


@called("choose")
def choose(world: World, dice: Random) -> None:
    kiosk = _kiosk(world, dice)
    if kiosk is not None:
        world.guard(kiosk, lambda: _choose(world, kiosk, dice.choice(world.town.sessions), None))


def _choose(world: World, kiosk: SimulatedKiosk, session: str, person: Person | None) -> None:
    began_at = world.at
    try:
        shown = kiosk.desk.choose(kiosk.last_shown, session)
    except DISK_FAILURES:
        world.seen["screen: out of order"] += 1
        return
    if shown is not None:
        world.seen["chosen"] += 1
        world.shown(kiosk, person, shown, began_at)


@called("choose instead")
def choose_instead(world: World, dice: Random) -> None:
    kiosk = _kiosk(world, dice)
    if kiosk is None:
        return

    def act() -> None:
        began_at = world.at
        undone = _visit_of(world, kiosk)
        try:
            shown = kiosk.desk.choose_instead(kiosk.last_shown, dice.choice(world.town.sessions[:2]))
        except DISK_FAILURES:
            world.undone |= undone
            return
        if shown is not None:
            world.seen["chosen instead"] += 1
            world.undone |= undone
            world.shown(kiosk, None, shown, began_at)

    world.guard(kiosk, act)


@called("undo")
def undo(world: World, dice: Random) -> None:
    kiosk = _kiosk(world, dice)
    if kiosk is None:
        return

    def act() -> None:
        undone = _visit_of(world, kiosk)
        # Whether it is on the disk before the plug is pulled, only the journal knows: either is right.
        world.undone |= undone
        try:
            if kiosk.desk.undo(kiosk.last_shown):
                world.seen["undone by member"] += 1
                world.say(f"  {kiosk.name} undoes {undone}")
        except DISK_FAILURES:
            return

    world.guard(kiosk, act)


@called("leave")
def leave(world: World, dice: Random) -> None:
    kiosk = _kiosk(world, dice)
    if kiosk is not None:
        world.guard(kiosk, lambda: _unless_full(kiosk.desk.leave))


@called("sync")
def sync(world: World, dice: Random) -> None:
    kiosk = _kiosk(world, dice)
    if kiosk is not None:
        world.guard(kiosk, lambda: _unless_full(lambda: world.sync(kiosk)))


@called("sync all")
def sync_all(world: World, dice: Random) -> None:
    for kiosk in world.up:
        world.guard(kiosk, lambda kiosk=kiosk: _unless_full(lambda: world.sync(kiosk)))  # type: ignore[misc]


# ---- staff and members in a browser


@called("staff check in")
def staff_check_in(world: World, dice: Random) -> None:
    kiln, person = world.town.kiln, dice.choice(world.town.people)
    wish = AtTheDesk(
        venue_id=kiln.venue, member_id=person.id, session_id=dice.choice(world.town.sessions), staff_id=kiln.staff
    )

    def act() -> None:
        decision = at_the_desk.check_in(kiln.organization, wish, world.at)
        _count_refusal(world, decision)
        world.say(f"  staff for {person.name}: {type(decision).__name__}")
        key = getattr(decision, "visit_key", None)
        world.undone.discard(key or "")

    _in_browser(world, act)


@called("staff undo")
def staff_undo(world: World, dice: Random) -> None:
    kiln = world.town.kiln
    with reading():
        live = [row.id for row in VisitRow.select().where(VisitRow.is_live).order_by(VisitRow.id)]
    if not live:
        return
    key = dice.choice(live)
    world.undone.add(key)
    _in_browser(world, lambda: at_the_desk.undo(kiln.organization, key, kiln.staff, "a mistake", world.at))
    world.seen["undone by staff"] += 1


@called("reserve")
def reserve_a_place(world: World, dice: Random) -> None:
    person = dice.choice(world.town.people)
    wish = Wish(session_id=dice.choice(world.town.sessions), member_id=person.id)

    def act() -> None:
        answer = reserve(world.town.kiln.organization, wish, world.house.for_member(), world.at)
        _count_refusal(world, answer)
        world.say(f"  {person.name} reserves: {type(answer).__name__}")

    _in_browser(world, act)


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
        _count_refusal(world, answer)
        if getattr(answer, "keeps_hold", False):
            world.seen["late cancel keeps its hold"] += 1
        world.say(f"  cancelled: {type(answer).__name__}")

    _in_browser(world, act)


@called("suspend")
def suspend_somebody(world: World, dice: Random) -> None:
    person = dice.choice(world.town.people[:12])
    until = world.at + timedelta(hours=dice.choice((1, 10, 48)))
    _in_browser(
        world,
        lambda: suspend(world.town.kiln.organization, person.id, until, "simulated", _staff(world), world.at) and None,
    )


@called("lift")
def lift(world: World, dice: Random) -> None:
    with reading():
        standing = [row.id for row in SuspensionRow.select().where(SuspensionRow.lifted_at.is_null())]
    if standing:
        chosen = dice.choice(sorted(standing))
        _in_browser(
            world, lambda: lift_suspension(world.town.kiln.organization, chosen, "simulated", _staff(world), world.at)
        )


@called("override")
def lift_a_reason(world: World, dice: Random) -> None:
    new = NewOverride(
        member_id=dice.choice(world.town.people).id,
        reason=dice.choice((R.PASS_USED_UP, R.TOO_EARLY, R.TOO_LATE, R.SUSPENDED, R.SESSION_FULL, R.NO_PASS)),
        ends_at=world.at + timedelta(hours=2),
        because="simulated",
    )
    _in_browser(world, lambda: override(world.town.kiln.organization, new, _staff(world), world.at) and None)


@called("revoke card")
def revoke_a_card(world: World, dice: Random) -> None:
    person = dice.choice(world.town.people[8:])
    _in_browser(
        world, lambda: revoke_card(world.town.kiln.organization, person.card_id, "lost", _staff(world), world.at)
    )


@called("replace card")
def replace_a_card(world: World, dice: Random) -> None:
    person = dice.choice(world.town.people[8:])

    def act() -> None:
        replace_lost_card(world.town.kiln.organization, person.id, _staff(world), world.at, VAULT)

    _in_browser(world, act)


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
    _in_browser(world, lambda: change_policy(world.town.kiln.organization, policy, _staff(world), world.at) and None)


@called("call off")
def call_off(world: World, dice: Random) -> None:
    session = dice.choice(world.town.sessions)

    def act() -> None:
        call_off_session(world.town.kiln.organization, session, "burst pipe", _staff(world), world.at)

    _in_browser(world, act)


# ---- trouble


@called("cut off")
def cut_off(world: World, dice: Random) -> None:
    dice.choice(world.kiosks).is_cut_off = True


@called("plug in")
def plug_in(world: World, dice: Random) -> None:
    for kiosk in world.kiosks:
        kiosk.is_cut_off = False
        if kiosk.is_down:
            kiosk.boot_now()


@called("kiosk stops")
def kiosk_stops(world: World, dice: Random) -> None:
    kiosk = _kiosk(world, dice)
    if kiosk is not None:
        kiosk.lose_power()
        if dice.random() < 0.7:
            world.pass_time(20)
            kiosk.boot_now()


@called("program stops")
def program_stops(world: World, dice: Random) -> None:
    kiosk = _kiosk(world, dice)
    if kiosk is not None:
        kiosk.end_program()
        world.pass_time(3)
        kiosk.is_down = False
        kiosk.start_program()


@called("server falls")
def server_falls(world: World, dice: Random) -> None:
    world.server.fall()


@called("server away")
def server_away(world: World, dice: Random) -> None:
    world.server.is_pulled = True


@called("server back")
def server_back(world: World, dice: Random) -> None:
    world.server.is_pulled = False


@called("clock jumps")
def clock_jumps(world: World, dice: Random) -> None:
    hours = dice.choice((-30, -7, -1, 0, 0, 2, 9))
    dice.choice(world.kiosks).is_off_by = timedelta(hours=hours, seconds=dice.uniform(-90, 90))


@called("disk full")
def disk_full(world: World, dice: Random) -> None:
    kiosk = _kiosk(world, dice)
    if kiosk is not None:
        kiosk.points.is_full = True


@called("disk freed")
def disk_freed(world: World, dice: Random) -> None:
    world.server.points.is_full = False
    for kiosk in world.kiosks:
        kiosk.points.is_full = False


@called("server disk full")
def server_disk_full(world: World, dice: Random) -> None:
    world.server.points.is_full = True


@called("proxy refuses")
def proxy_refuses(world: World, dice: Random) -> None:
    """Something in one attempt displeases somebody on the way, until all is mended."""
    if world.screens:
        world.network.cannot_pass.add(world.screens[-1].attempt_id)


@called("back up")
def back_up(world: World, dice: Random) -> None:
    world.server.back_up()


@called("restore")
def restore(world: World, dice: Random) -> None:
    if world.server.restore():
        world.was_restored = True
        world.seen["server restored from a backup"] += 1


@called("clone")
def clone(world: World, dice: Random) -> None:
    """A kiosk's disk goes back to what it was a while ago: from then on two histories bear one name."""
    kiosk = dice.choice(world.kiosks)
    copy = world.folder / f"{kiosk.name} copied"
    if kiosk.is_down:
        return
    kiosk.end_program()
    kiosk.disk.unplug()
    if copy.exists():
        for file in kiosk.folder.iterdir():
            file.unlink()
        for file in copy.iterdir():
            (kiosk.folder / file.name).write_bytes(file.read_bytes())
        kiosk.is_poisoned = True
        world.seen["cloned disk"] += 1
    else:
        kiosk.copy_disk_to(copy)
    kiosk.boot_now()


@called("revoke kiosk")
def revoke_kiosk(world: World, dice: Random) -> None:
    kiosk = world.kiosks[1]

    def act() -> None:
        revoke_device(world.town.kiln.organization, kiosk.here.known.id, _staff(world), world.at)
        kiosk.is_poisoned = True

    _in_browser(world, act)


@called("retire kiosk")
def retire_kiosk(world: World, dice: Random) -> None:
    kiosk = dice.choice(world.kiosks[:2])
    _in_browser(
        world, lambda: retire_device(world.town.kiln.organization, kiosk.here.known.id, _staff(world), world.at)
    )


# ---- the night


@called("night")
def night(world: World, dice: Random) -> None:
    if not world.server.is_pulled:
        world.beat()


@called("jobs again")
def jobs_again(world: World, dice: Random) -> None:
    """By hand, as of now, whatever the ledger of runs says."""
    if world.server.is_pulled:
        return
    job = dice.choice(TIMETABLE)
    for venue in runs.night_venues():

        def act(venue: runs.NightVenue = venue) -> None:
            policy = runs.policy_of(venue)
            job.run(
                NightWork(organization_id=venue.organization_id, venue_id=venue.venue_id, policy=policy, as_of=world.at)
            )

        _in_browser(world, act)


def _in_browser(world: World, act: Callable[[], object]) -> None:
    """An act on the server that a person started: refused with a sentence, or cut short with the server."""
    if world.server.is_pulled:
        return
    try:
        act()
    except TesseraError as error:
        world.seen[f"browser: {error.code}"] += 1
    except Stopped:
        world.server.fall()
        world.say("  the server falls")
    except Exception as error:
        if "full" not in str(error) and type(error).__name__ != "NightInterrupted":
            raise


def _unless_full(act: Callable[[], object]) -> None:
    try:
        act()
    except DISK_FAILURES:
        return


def _count_refusal(world: World, answer: object) -> None:
    if isinstance(answer, Refused):
        world.seen[f"refusal: {answer.reason.value}"] += 1


def _kiosk(world: World, dice: Random) -> SimulatedKiosk | None:
    """One of Kiln's, most often at its front; None if that one is down."""
    kiosk = dice.choices(world.kiosks[:3], (5, 4, 1))[0]
    return None if kiosk.is_down else kiosk


def _visit_of(world: World, kiosk: SimulatedKiosk) -> set[str]:
    return {screen.visit_key for screen in world.screens if screen.attempt_id == kiosk.last_shown and screen.visit_key}


def _staff(world: World) -> Asker:
    with reading():
        return asker_of_staff(world.town.kiln.organization, world.town.kiln.staff)
