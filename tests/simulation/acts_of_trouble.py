"""What goes wrong with machines in a simulated day, and what the nights do."""

from datetime import timedelta
from random import Random

from server.scheduler import TIMETABLE
from server.services.fleet.devices import retire_device, revoke_device
from server.services.night import runs
from server.services.night.work import NightWork
from server.store.database import reading
from server.store.tables import DeviceRow
from tests.simulation.acting import called, in_browser, kiosk_of, staff_of
from tests.simulation.kiosk import SimulatedKiosk
from tests.simulation.world import World


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
    kiosk = kiosk_of(world, dice)
    if kiosk is not None:
        kiosk.lose_power()
        if dice.random() < 0.7:
            world.pass_time(20)
            kiosk.boot_now()


@called("program stops")
def program_stops(world: World, dice: Random) -> None:
    kiosk = kiosk_of(world, dice)
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
    kiosk = kiosk_of(world, dice)
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
    copy_or_put_back(world, dice.choice(world.kiosks))


def copy_or_put_back(world: World, kiosk: SimulatedKiosk) -> None:
    """A kiosk's disk goes back to what it was a while ago: from then on two histories bear one name."""
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

    in_browser(
        world, lambda: revoke_device(world.town.kiln.organization, kiosk.here.known.id, staff_of(world), world.at)
    )
    with reading():  # the server may have fallen right after its commit
        kiosk.is_poisoned |= DeviceRow.get_by_id(kiosk.here.known.id).revoked_at is not None


@called("retire kiosk")
def retire_kiosk(world: World, dice: Random) -> None:
    kiosk = dice.choice(world.kiosks[:2])
    in_browser(
        world, lambda: retire_device(world.town.kiln.organization, kiosk.here.known.id, staff_of(world), world.at)
    )


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
            policy = runs.policy_of(venue, world.at)
            job.run(
                NightWork(organization_id=venue.organization_id, venue_id=venue.venue_id, policy=policy, as_of=world.at)
            )

        in_browser(world, act)
