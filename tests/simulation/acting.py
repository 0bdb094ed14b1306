"""The table of what can happen in a simulated day, by name, and what every act needs: somebody, and somewhere."""

from collections.abc import Callable
from random import Random

from core.decisions import Refused
from core.errors import TesseraError
from kiosk.store.database import DISK_FAILURES
from server.services.people.rights import Asker, asker_of_staff
from server.store.database import reading
from tests.simulation.faults import Stopped
from tests.simulation.kiosk import SimulatedKiosk
from tests.simulation.world import World

Act = Callable[[World, Random], None]
ACTS: dict[str, Act] = {}


def called(kind: str) -> Callable[[Act], Act]:
    def keep(act: Act) -> Act:
        ACTS[kind] = act
        return act

    return keep


def in_browser(world: World, act: Callable[[], object]) -> None:
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


def unless_full(act: Callable[[], object]) -> None:
    try:
        act()
    except DISK_FAILURES:
        return


def count_refusal(world: World, answer: object) -> None:
    if isinstance(answer, Refused):
        world.seen[f"refusal: {answer.reason.value}"] += 1


def kiosk_of(world: World, dice: Random) -> SimulatedKiosk | None:
    """One of Kiln's, most often at its front; None if that one is down."""
    kiosk = dice.choices(world.kiosks[:3], (5, 4, 1))[0]
    return None if kiosk.is_down else kiosk


def visit_of(world: World, kiosk: SimulatedKiosk) -> set[str]:
    return {screen.visit_key for screen in world.screens if screen.attempt_id == kiosk.last_shown and screen.visit_key}


def staff_of(world: World) -> Asker:
    with reading():
        return asker_of_staff(world.town.kiln.organization, world.town.kiln.staff)
