"""What must be true once everything is mended and ten minutes have passed; and that the night, run again, rests."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from random import Random

import apsw

from core.chains import UNSOUND
from core.checkin import decide
from core.decisions import Admitted, Choose, Decision, Refused
from core.facts import Knowledge, Source
from server.scheduler import TIMETABLE
from server.services.door.facts import Asking, facts_of_card
from server.services.door.policies import policy_in_force
from server.services.fleet.chains import verify_chains
from server.services.night import runs
from server.services.night.work import NightWork
from server.store.database import reading
from tests.simulation.invariants import check_after_each
from tests.simulation.kiosk import SimulatedKiosk
from tests.simulation.world import Broken, Screen, World

LOOKED_AT = (timedelta(0), timedelta(minutes=50), timedelta(hours=3))
"""From the end on: moments at which kiosk and server must decide alike."""
LOOKED_FOR = 1
"""People for each kiosk."""
RESTS = 0.25
"""Of the days that are followed by nights; the others end where everything is mended."""
NOT_THE_STATE = ("job_runs", "changes", "replica_marks", "devices", "organizations")
"""Tables that say how things became as they are, not how they are."""


def check_at_the_end(world: World) -> None:
    """Heal, and look at everything. Raises Broken."""
    world.heal()
    check_after_each(world)
    with world.server.look() as rows:
        for trouble in (*_promises(world, rows), *_outboxes(world, rows)):
            raise Broken(trouble)
    for trouble in (*_chains(world), *_replicas(world)):
        raise Broken(trouble)
    if Random(f"rests {world.plan.seed}").random() < RESTS:
        _rests(world)
    _count(world)


def _promises(world: World, rows: apsw.Connection) -> Iterator[str]:
    """I1, I4, I5 and I9."""
    poisoned = {kiosk.name for kiosk in world.kiosks if kiosk.is_poisoned}
    last_said = {screen.attempt_id: screen for screen in world.screens}
    for screen in last_said.values():
        row = rows.execute("SELECT outcome, visit_key FROM attempts WHERE id = ?", (screen.attempt_id,)).fetchone()
        if row is None:
            kept = rows.execute("SELECT 1 FROM quarantine WHERE attempt_id = ?", (screen.attempt_id,)).fetchone()
            if not kept and screen.kiosk not in poisoned:
                yield f"I1 {screen.attempt_id}, {screen.said} at {screen.kiosk}, is not held"
            continue
        if screen.said == "CHOOSE" or screen.kiosk in poisoned:
            continue  # what a revoked or copied kiosk says last lies in quarantine, for staff to decide
        if row[0] != screen.said:
            yield f"I1 {screen.attempt_id} showed {screen.said}, and the server holds {row[0]}"
        supports = rows.execute(
            "SELECT says_welcome FROM supports WHERE attempt_id = ?", (screen.attempt_id,)
        ).fetchone()
        if screen.said == "REFUSED" and supports and supports[0]:
            yield f"I1 {screen.attempt_id} was refused, and the visit {row[1]} stands on it"
        if screen.said == "WELCOME" and row[1] not in world.undone:
            yield from _is_live(rows, screen, row[1])
    yield from _words(world, rows)


def _is_live(rows: apsw.Connection, screen: Screen, visit_key: str) -> Iterator[str]:
    visit = rows.execute("SELECT is_live, reservation_id, session_id FROM visits WHERE id = ?", (visit_key,)).fetchone()
    if visit is None or not visit[0]:
        yield f"I1 {screen.attempt_id} showed WELCOME, and its visit {visit_key} is not live"
    elif visit[2] != screen.session_id and not visit_key.startswith("O:"):
        yield f"I1 {screen.attempt_id} showed WELCOME to {screen.session_id}, and its visit is to {visit[2]}"
    elif visit[1]:
        (status,) = rows.execute("SELECT status FROM reservations WHERE id = ?", (visit[1],)).fetchone()
        if status not in ("CHECKED_IN", "ATTENDED"):
            yield f"I9 {visit[1]} is {status}, and its member was welcomed for it"


def _words(world: World, rows: apsw.Connection) -> Iterator[str]:
    # What a disk that is gone had only asked, nobody tells. The server ends it after two days; none lasts so long here.
    gone = {kiosk.here.known.id for kiosk in world.kiosks if kiosk.is_poisoned}
    for attempt_id, device, outcome, told_at in rows.execute(
        "SELECT id, device_id, outcome, told_at FROM attempts"
        " WHERE (outcome IS NULL OR (outcome <> 'WELCOME' AND reason IS NULL))"
        " AND id NOT IN (SELECT attempt_id FROM quarantine)"
    ):
        if device not in gone or outcome is not None or told_at is not None:
            yield f"I5 {attempt_id} has no outcome, or no reason for it"
    for (visit,) in rows.execute("SELECT id FROM visits WHERE NOT is_live AND undone_because = ''"):
        yield f"I5 {visit} was undone and nobody said why"
    for (suspension,) in rows.execute(
        "SELECT s.id FROM suspensions s JOIN no_shows n ON n.id = s.no_show_id"
        " WHERE s.lifted_at IS NULL AND n.reversed_at IS NOT NULL"
    ):
        yield f"I9 suspension {suspension} stands on a no-show that was taken back"
    for attempt_id, reason in rows.execute(
        "SELECT a.id, CASE"
        "   WHEN s.id IS NOT NULL THEN 'suspended' WHEN c.revoked_at <= a.decided_at THEN 'card revoked'"
        "   WHEN c.replaced_at <= a.decided_at THEN 'card replaced' WHEN d.revoked_at <= a.decided_at THEN 'device' END"
        " FROM attempts a JOIN devices d ON d.id = a.device_id LEFT JOIN cards c ON c.fingerprint = a.card"
        " LEFT JOIN suspensions s ON s.member_id = a.member_id AND s.starts_at <= a.decided_at"
        "   AND s.ends_at > a.decided_at AND (s.lifted_at IS NULL OR s.lifted_at > a.decided_at)"
        "   AND s.made_at <= a.decided_at"
        " WHERE a.state = 'SERVER' AND a.outcome = 'WELCOME' AND a.answer LIKE '%\"again_since\": null%'"
        " AND (s.id IS NOT NULL OR c.revoked_at <= a.decided_at OR c.replaced_at <= a.decided_at"
        "   OR d.revoked_at <= a.decided_at)"
        " AND NOT EXISTS (SELECT 1 FROM overrides o WHERE o.member_id = a.member_id)"
    ):
        yield f"I4 {attempt_id} was welcomed by the server: {reason}"


def _outboxes(world: World, rows: apsw.Connection) -> Iterator[str]:
    for kiosk in world.kiosks:
        if kiosk.untold() and not kiosk.is_poisoned:
            yield f"L1 {kiosk.name} still holds {kiosk.untold()} attempts"
    poisoned = {kiosk.here.known.id for kiosk in world.kiosks if kiosk.is_poisoned}
    for attempt_id, device, why in rows.execute("SELECT attempt_id, device_id, why FROM quarantine"):
        if device not in poisoned:
            yield f"L1 {attempt_id} is in quarantine: {why}"
        else:
            world.seen["quarantined"] += 1


def _chains(world: World) -> Iterator[str]:
    poisoned = {kiosk.here.known.id for kiosk in world.kiosks if kiosk.is_poisoned}
    for studio in (world.town.kiln, world.town.loom):
        for checked in verify_chains(studio.organization):
            bad = [finding for finding in checked.report.findings if finding.trouble in UNSOUND]
            if bad and checked.device_id not in poisoned:
                yield f"I7 {checked.device_name}: {bad[0]}"


def _replicas(world: World) -> Iterator[str]:
    """L2, as far as anybody can tell: the same card, the same decision, now and in a while; each seed for others."""
    dice = Random(f"looks {world.plan.seed}")
    for kiosk in world.kiosks:
        if kiosk.desk.health().rejected_as:
            world.seen["revoked kiosk knows nobody"] += int(kiosk.store.replica.members() == 0)
            if kiosk.store.replica.members():
                yield f"L2 {kiosk.name} is revoked and still knows people"
            continue
        for person in dice.sample((*world.town.people, *world.town.strangers), LOOKED_FOR):
            later = dice.choice(LOOKED_AT)
            here, there = _both_decide(world, kiosk, person.card.fingerprint, world.at + later)
            if here != there:
                yield f"L2 {kiosk.name} would tell {person.name} in {later} {here}, the server {there}"


def _both_decide(world: World, kiosk: SimulatedKiosk, card: str, at: datetime) -> tuple[str, str]:
    known = kiosk.here.known
    with reading():
        theirs = facts_of_card(known.organization_id, card, Asking(venue_id=known.venue_id, at=at))
        policy = policy_in_force(known.organization_id, known.venue_id, world.at)
    ours = replace(kiosk.store.replica.known_of(card, at).facts, knowledge=Knowledge(source=Source.SERVER))
    return _in_short(decide(ours, kiosk.store.replica.policy, at)), _in_short(decide(theirs, policy, at))


def _in_short(decision: Decision) -> str:
    match decision:
        case Admitted():
            left = f"{decision.punches_before}->{decision.punches_after}" if decision.takes_punch else ""
            return f"welcome {decision.visit_key} {decision.pass_id} {left} {decision.again_since}"
        case Choose():
            return f"choose {[session.id for session in decision.sessions]}"
        case Refused():
            # A kiosk knows no card of others; the server knows it is nobody's.
            return f"no {decision.reason} {decision.until}"


def _rests(world: World) -> None:
    """I12: a day or two later the nights run; run once more as of the same moment, every job changes nothing."""
    world.pass_time(Random(f"rests {world.plan.seed}").choice((26, 26, 26, 50)) * 3600)
    for kiosk in world.kiosks:
        world.sync(kiosk)
    world.beat()
    check_after_each(world)
    before = _state(world)
    for venue in runs.night_venues():
        for job in TIMETABLE:
            work = NightWork(
                organization_id=venue.organization_id,
                venue_id=venue.venue_id,
                policy=runs.policy_of(venue, world.at),
                as_of=world.at,
            )
            job.run(work)
    first = _state(world)
    for venue in runs.night_venues():
        for job in TIMETABLE:
            policy = runs.policy_of(venue, world.at)
            job.run(
                NightWork(organization_id=venue.organization_id, venue_id=venue.venue_id, policy=policy, as_of=world.at)
            )
    second = _state(world)
    changed = [table for table in first if first[table] != second[table]]
    if changed:
        raise Broken(f"I12 the same night again changed {', '.join(changed)}")
    world.seen["night: found all in order"] += before == first
    check_after_each(world)
    with world.server.look() as rows:
        for trouble in _promises(world, rows):
            raise Broken(trouble)


def _count(world: World) -> None:
    """What became of things, for the counters."""
    with world.server.look() as rows:
        for kind, count in rows.execute("SELECT kind, COUNT(*) FROM punches GROUP BY kind"):
            world.seen[f"ledger: {kind}"] += count
        for effect, count in rows.execute("SELECT effect, COUNT(*) FROM attempts GROUP BY effect"):
            world.seen[f"effect: {effect}"] += count
        for action, count in rows.execute("SELECT action, COUNT(*) FROM reservation_history GROUP BY action"):
            world.seen[f"history: {action}"] += count
        for (reason,) in rows.execute("SELECT reason FROM attempts WHERE reason IS NOT NULL"):
            world.seen[f"refusal: {reason}"] += 1
        (forked,) = rows.execute("SELECT COUNT(*) FROM devices WHERE forked_at IS NOT NULL").fetchone()
        world.seen["fork noticed"] += forked


def _state(world: World) -> dict[str, list[tuple[object, ...]]]:
    with world.server.look() as rows:
        tables = [name for (name,) in rows.execute("SELECT name FROM sqlite_schema WHERE type = 'table'").fetchall()]
        return {
            table: sorted(rows.execute(f"SELECT * FROM {table}").fetchall(), key=repr)
            for table in tables
            if table not in NOT_THE_STATE
        }
