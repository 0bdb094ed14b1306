"""What people do at a kiosk in a simulated day. Each act draws what it needs from its operation's own dice."""

from random import Random

from core.cards import new_code
from core.decisions import Choose
from kiosk.store.database import DISK_FAILURES
from tests.simulation.acting import called, kiosk_of, unless_full, visit_of
from tests.simulation.faults import Stopped
from tests.simulation.kiosk import SimulatedKiosk
from tests.simulation.studio import Person
from tests.simulation.world import World


@called("show")
def show(world: World, dice: Random) -> None:
    kiosk = kiosk_of(world, dice)
    often = (*world.town.people[:12], *world.town.learners)
    person = dice.choice(often if dice.random() < 0.8 else world.town.people)
    if kiosk is not None:
        show_at(world, dice, kiosk, person, person.card.text)


@called("stranger")
def stranger(world: World, dice: Random) -> None:
    """Somebody of the other organization, here or there."""
    person = dice.choice(world.town.strangers)
    kiosk = dice.choice(world.kiosks)
    if not kiosk.is_down:
        show_at(world, dice, kiosk, person, person.card.text)


@called("unknown card")
def unknown_card(world: World, dice: Random) -> None:
    kiosk = kiosk_of(world, dice)
    if kiosk is not None:
        show_at(world, dice, kiosk, None, new_code(dice.getrandbits).text)


@called("garbage")
def garbage(world: World, dice: Random) -> None:
    kiosk = kiosk_of(world, dice)
    if kiosk is not None:
        show_at(world, dice, kiosk, None, dice.choice(("https://example.org", "", "TESSERA1:", "☃" * 40)))


def show_at(world: World, dice: Random, kiosk: SimulatedKiosk, person: Person | None, text: str) -> None:
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
    kiosk = kiosk_of(world, dice)
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
    kiosk = kiosk_of(world, dice)
    if kiosk is None:
        return

    session = dice.choice(world.town.sessions[:2])
    world.guard(kiosk, lambda: choose_another(world, kiosk, session))


def choose_another(world: World, kiosk: SimulatedKiosk, session: str) -> None:
    """Another session than the one on the screen, or one more."""
    began_at = world.at
    undone = visit_of(world, kiosk)
    try:
        shown = kiosk.desk.choose_instead(kiosk.last_shown, session)
    except DISK_FAILURES:
        world.undone |= undone
        return
    except Stopped:
        world.undone |= undone  # or not yet: what was on the disk before the plug was pulled, either is right
        raise
    if shown is not None:
        world.seen["chosen instead"] += 1
        world.undone |= undone
        world.shown(kiosk, None, shown, began_at)


@called("undo")
def undo(world: World, dice: Random) -> None:
    kiosk = kiosk_of(world, dice)
    if kiosk is None:
        return

    def act() -> None:
        undone = visit_of(world, kiosk)
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
    kiosk = kiosk_of(world, dice)
    if kiosk is not None:
        world.guard(kiosk, lambda: unless_full(kiosk.desk.leave))


@called("sync")
def sync(world: World, dice: Random) -> None:
    kiosk = kiosk_of(world, dice)
    if kiosk is not None:
        world.guard(kiosk, lambda: unless_full(lambda: world.sync(kiosk)))


@called("sync all")
def sync_all(world: World, dice: Random) -> None:
    for kiosk in world.up:
        world.guard(kiosk, lambda kiosk=kiosk: unless_full(lambda: world.sync(kiosk)))  # type: ignore[misc]
