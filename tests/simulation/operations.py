"""One operation of a simulated day, with whatever goes wrong meanwhile."""

from random import Random

from tests.simulation import acts_at_the_door, acts_in_a_browser, acts_in_stories, acts_of_trouble
from tests.simulation.acting import ACTS
from tests.simulation.plan import Operation
from tests.simulation.world import World

ROOMS = (acts_at_the_door, acts_in_a_browser, acts_in_stories, acts_of_trouble)
"""Importing them fills the table."""


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
