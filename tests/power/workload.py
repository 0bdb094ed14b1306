"""A kiosk's evening on a disk whose power goes: attempts begun, shown and told, and a member list that keeps changing.

It keeps, apart from the disk, what had been promised when the power went.
"""

from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from pathlib import Path
from random import Random

import apsw

from core.facts import Facts
from core.model import CardState
from core.policy import Policy
from core.protocol import (
    Attempt,
    AttemptKind,
    AttemptState,
    Effect,
    MemberRecord,
    Outcome,
    ReplicaPart,
    SealedCard,
    Told,
)
from core.refusals import RefusalReason
from kiosk.store.database import Database, open_database
from kiosk.store.store import KioskStore
from tests.kiosk.at_the_desk import SIX_PM, WHEEL
from tests.power.disk import Disk

MEMBERS = 40


@dataclass
class Promised:
    """What was said to be on the disk. `shown`: a screen was shown for it; `begun`: its number was given."""

    begun: dict[str, tuple[str, int]] = field(default_factory=dict)
    shown: dict[str, Attempt] = field(default_factory=dict)
    told: set[str] = field(default_factory=set)
    members: dict[int, dict[str, int]] = field(default_factory=lambda: {0: {}})
    """For each version of the member list that was under way: in which version each member was last given."""
    at: datetime = SIX_PM


def opened(folder: Path, disk: Disk, at: datetime, dice: Random) -> KioskStore:
    """The real store, on that disk. If the power goes before it is open, nothing of it stays open."""
    files: list[Database] = []

    def open_file(path: Path) -> Database:
        files.append(open_database(path, vfs=disk.name))
        return files[-1]

    try:
        return KioskStore(folder, at=at, random_bits=dice.getrandbits, open_file=open_file)
    except apsw.Error:
        for file in files:
            with suppress(apsw.IOError):
                file.close()
        raise


def work(store: KioskStore, promised: Promised, dice: Random, *, attempts: int) -> None:
    """Card after card, until that many have been shown or the power goes."""
    for _ in range(attempts):
        promised.at += timedelta(seconds=dice.randint(1, 90))
        match dice.randint(0, 19):
            case 0:
                _tell(store, promised, dice)
            case 1:
                _hear_of_members(store, promised, dice)
            case _:
                _show(store, promised, dice)


def _show(store: KioskStore, promised: Promised, dice: Random) -> None:
    draft = a_draft(dice, promised.at)
    begun = store.journal.write_intent(draft, promised.at)
    promised.begun[begun.attempt_id] = (begun.epoch, begun.seq)
    if dice.random() < 0.1:
        return  # a choice nobody made: the next attempt closes it
    if dice.random() < 0.2:
        begun = replace(begun, chosen_session_id="wheel")
        store.journal.write_choice(begun)
    shown = store.journal.write_outcome(_concluded(begun, dice))
    promised.shown[shown.attempt_id] = shown


def a_draft(dice: Random, at: datetime) -> Attempt:
    return Attempt(
        attempt_id=f"{dice.getrandbits(122):032x}",
        device_id="door-1",
        epoch="",
        seq=0,
        kind=AttemptKind.SELF,
        card=f"{dice.getrandbits(256):064x}",
        proof=f"{dice.getrandbits(256):064x}",
        t_mono=dice.getrandbits(40),
        boot="boot",
        t_wall=int(at.timestamp() * 1000),
    )


def _concluded(begun: Attempt, dice: Random) -> Attempt:
    member = f"member-{dice.randrange(MEMBERS)}"
    state = dice.choice((AttemptState.SERVER, AttemptState.LOCAL))
    if dice.random() < 0.3:
        reason = RefusalReason.PASS_USED_UP
        return replace(begun, state=state, outcome=Outcome.REFUSED, reason=reason, member_id=member)
    return replace(
        begun, state=state, outcome=Outcome.WELCOME, member_id=member, session_id="wheel",
        visit_key=f"W:{member}:wheel", is_walk_in=True,
    )  # fmt: skip


def _tell(store: KioskStore, promised: Promised, dice: Random) -> None:
    batch = store.journal.next_batch(dice.choice((1, 20, 100)), promised.at)
    told = [Told(attempt_id=attempt.attempt_id, effect=Effect.APPLIED) for attempt in batch.attempts]
    store.journal.heard(told, promised.at)
    promised.told |= {one.attempt_id for one in told}
    store.note_contact(promised.at)


def _hear_of_members(store: KioskStore, promised: Promised, dice: Random) -> None:
    version = max(promised.members) + 1  # never one that was under way when the power went
    changed = dice.sample(range(MEMBERS), dice.randint(1, MEMBERS))
    promised.members[version] = promised.members[store.replica.version] | {f"member-{n}": version for n in changed}
    store.replica.apply(
        ReplicaPart(
            version=version, is_complete=True, members=tuple(_member(n, version) for n in changed), sessions=(WHEEL,),
            policy=Policy(), venue_id="kiln", venue_name="The Kiln", zone="Europe/Berlin",
        ),
        promised.at,
    )  # fmt: skip


def _member(number: int, version: int) -> MemberRecord:
    member = f"member-{number}"
    facts = Facts(venue_id="kiln", zone="Europe/Berlin", card=CardState.ACTIVE, member_id=member)
    card = SealedCard(card=f"{number:064x}", member_id=member, state="ACTIVE", sealed="c2VhbGVk" * 20)
    return MemberRecord(member_id=member, version=version, facts=facts, cards=(card,))
