"""The kiosk's member list laid beside the server's, record by record, and the differences in words. Pure.

What time alone changes (a session long over, a suspension that ended) is no difference.
"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime

from core.facts import AROUND, Facts, Knowledge
from core.model import Session
from core.policy import Policy
from core.protocol import MemberRecord
from kiosk.store.replica_seen import Listed

NAMED_AT_MOST = 5


def differences(mine: Listed, theirs: Listed, at: datetime) -> list[str]:
    """Sentences, none if both say the same. `at` is when they are compared."""
    found: list[str] = []
    missing = sorted(theirs.members.keys() - mine.members.keys())
    extra = sorted(mine.members.keys() - theirs.members.keys())
    found += _named("on the server and not here", missing)
    found += _named("here and not on the server", extra)
    for what, ids in _differing(mine, theirs, at):
        found += _named(what, ids)
    found += _denied(mine, theirs)
    if mine.staff != theirs.staff:
        found.append(f"{len(mine.staff ^ theirs.staff)} staff cards, or their PINs, are not the same here and there.")
    found += _sessions(mine, theirs, at)
    if mine.policy != theirs.policy:
        versions = [str(policy.version) if policy else "none" for policy in (mine.policy, theirs.policy)]
        found.append(f"The policy here is {versions[0]}, the server's {versions[1]}.")
    return found


def faded(facts: Facts, at: datetime) -> Facts:
    """What of a member's facts still matters at that moment, without what the venue's own list of sessions says."""
    recent = {session.id for session in facts.sessions if session.ends_at > at - AROUND}
    return replace(
        facts,
        sessions=tuple(
            replace(session, taken=0)
            for session in facts.sessions
            if session.id in recent and session.venue_id != facts.venue_id
        ),
        reservations=tuple(one for one in facts.reservations if one.session_id in recent),
        check_ins=tuple(one for one in facts.check_ins if one.session_ends_at > at - AROUND),
        suspensions=tuple(one for one in facts.suspensions if one.ends_at > at),
        overrides=tuple(one for one in facts.overrides if one.ends_at > at),
        knowledge=Knowledge(),
    )


def _differing(mine: Listed, theirs: Listed, at: datetime) -> Iterator[tuple[str, list[str]]]:
    both = sorted(mine.members.keys() & theirs.members.keys())
    older = [id_ for id_ in both if mine.members[id_].version < theirs.members[id_].version]
    newer = [id_ for id_ in both if mine.members[id_].version > theirs.members[id_].version]
    same = [id_ for id_ in both if mine.members[id_].version == theirs.members[id_].version]
    yield "known here in an older version", older
    yield "known here in a version the server has not given", newer
    yield (
        "of the same version but with other facts",
        [id_ for id_ in same if _facts(mine.members[id_], at) != _facts(theirs.members[id_], at)],
    )
    yield (
        "of the same version but with other cards",
        [id_ for id_ in same if set(mine.members[id_].cards) != set(theirs.members[id_].cards)],
    )
    yield (
        "of the same version but with another number",
        [id_ for id_ in same if mine.members[id_].number != theirs.members[id_].number],
    )


def _facts(record: MemberRecord, at: datetime) -> Facts | None:
    return faded(record.facts, at) if record.facts is not None else None


def _denied(mine: Listed, theirs: Listed) -> Iterator[str]:
    for where, cards in (("there", theirs.denied - mine.denied), ("here", mine.denied - theirs.denied)):
        if cards:
            yield f"{len(cards)} cards are on the deny list only {where}."


def _sessions(mine: Listed, theirs: Listed, at: datetime) -> Iterator[str]:
    """Both look a few days ahead, from when they were made on; only what lies in both spans can differ."""
    policy = theirs.policy or Policy()
    ahead = min(mine.synced_at, theirs.synced_at) + policy.offline.reservation_list_age + AROUND

    def near(one: Listed) -> dict[str, Session]:
        kept = (session for session in one.sessions if session.ends_at > at - AROUND and session.starts_at < ahead)
        return {session.id: session for session in kept}

    here, there = near(mine), near(theirs)
    yield from _named("sessions", sorted(id_ for id_ in here.keys() | there.keys() if here.get(id_) != there.get(id_)))


def _named(what: str, ids: list[str]) -> list[str]:
    if not ids:
        return []
    more = f" and {len(ids) - NAMED_AT_MOST} more" if len(ids) > NAMED_AT_MOST else ""
    noun = "Sessions that differ" if what == "sessions" else f"Members {what}"
    return [f"{noun}: {', '.join(ids[:NAMED_AT_MOST])}{more}."]
