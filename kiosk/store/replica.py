"""The kiosk's copy of what decides who comes in: applied part by part, and read as `Facts`.

It refuses to hold a name in the clear, and to decide.
"""

from dataclasses import dataclass, replace
from datetime import datetime
from threading import Lock

import apsw

from core import clocktime, wire
from core.facts import Facts, Knowledge, Source, is_near
from core.model import CardState, Session
from core.phone_codes import PhonePeriod
from core.policy import Policy
from core.protocol import MemberRecord, ReplicaPart, SealedCard
from kiosk.store import visits_here
from kiosk.store.acts_here import handed_out_here, own_acts
from kiosk.store.database import Database, first_row, number, rows
from kiosk.store.notes import Note, drop_notes, instant_noted, note, number_noted, put_instant, put_note
from kiosk.store.overlay import with_own_acts, with_own_visits, with_own_walk_ins
from kiosk.store.pins import put_staff


@dataclass(frozen=True, kw_only=True, slots=True)
class Venue:
    """Where this kiosk stands, as its screen shows it."""

    venue_id: str = ""
    name: str = ""
    organization_name: str = ""
    zone: str = "UTC"
    colour: str = ""
    kiosks: int = 1


@dataclass(frozen=True, kw_only=True, slots=True)
class Known:
    """Facts about a card, and the sealed name that only the shown card opens."""

    facts: Facts
    sealed: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class _Common:
    """What is the same for every card, read once after each change."""

    venue: Venue
    policy: Policy
    sessions: tuple[Session, ...]


_CARD = "SELECT c.state, c.sealed, c.expires_at, m.facts FROM card c JOIN member m USING (member_id) WHERE c.card = ?"


class Replica:
    """The tables `member`, `card`, `denied` and the notes beside them."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._common: _Common | None = None
        self._common_lock = Lock()

    @property
    def version(self) -> int:
        with self._database.reading() as connection:
            return number_noted(connection, Note.REPLICA_VERSION)

    @property
    def mark(self) -> str:
        """What came with the version, and tells it from another of the same number."""
        with self._database.reading() as connection:
            return note(connection, Note.REPLICA_MARK) or ""

    @property
    def synced_at(self) -> datetime | None:
        """When the copy was last known to be whole; None: there is no member list."""
        with self._database.reading() as connection:
            return instant_noted(connection, Note.REPLICA_SYNCED_AT)

    @property
    def policy(self) -> Policy:
        return self._read_common().policy

    @property
    def venue(self) -> Venue:
        return self._read_common().venue

    @property
    def sessions(self) -> tuple[Session, ...]:
        """Of this venue around now, in the order of the day."""
        return self._read_common().sessions

    def members(self) -> int:
        with self._database.reading() as connection:
            return number(connection, "SELECT COUNT(*) FROM member")

    def apply(self, part: ReplicaPart, at: datetime) -> None:
        """Take in one part, all of it or nothing; the next is asked for from its version on. `at` is the server's."""
        with self._database.writing() as connection:
            generation = number_noted(connection, Note.REPLICA_GENERATION)
            connection.execute("DELETE FROM denied")
            connection.executemany("INSERT OR IGNORE INTO denied VALUES (?)", [(card,) for card in part.denied])
            put_staff(connection, part.staff)
            for record in part.members:
                _put_member(connection, record, generation)
            if part.sessions is not None:
                put_note(connection, Note.SESSIONS, wire.to_json(part.sessions))
            if part.policy is not None:
                put_note(connection, Note.POLICY, wire.to_json(part.policy))
            if part.venue_id:
                put_note(connection, Note.VENUE, wire.to_json(_venue(part)))
            put_instant(connection, Note.DENIED_AT, at)
            put_note(connection, Note.REPLICA_VERSION, str(part.version))
            put_note(connection, Note.REPLICA_MARK, part.mark)
            if part.is_complete:
                connection.execute("DELETE FROM member WHERE generation <> ?", (generation,))
                put_instant(connection, Note.REPLICA_SYNCED_AT, at)
                drop_notes(connection, Note.IS_STARTING_OVER)
            put_note(connection, Note.REPLICA_SUM, sum_of_list(connection))
        self._forget_common()

    def still_whole(self, at: datetime) -> bool:
        """The server has nothing newer. False where there is no whole list for it to be newer than."""
        with self._database.writing() as connection:
            is_whole = instant_noted(connection, Note.REPLICA_SYNCED_AT) is not None
            is_whole = is_whole and not number_noted(connection, Note.IS_STARTING_OVER)
            if is_whole:
                put_instant(connection, Note.REPLICA_SYNCED_AT, at)
            return is_whole

    def start_over(self) -> None:
        """The server's versions went back (a backup): fetch all anew, and until then keep what there is."""
        with self._database.writing() as connection:
            put_note(connection, Note.REPLICA_VERSION, "0")
            put_note(connection, Note.IS_STARTING_OVER, "1")
            generation = number_noted(connection, Note.REPLICA_GENERATION)
            put_note(connection, Note.REPLICA_GENERATION, str(generation + 1))

    def wipe(self) -> None:
        """Forget everybody, for a device that was revoked. The journal stays."""
        with self._database.writing() as connection:
            for table in ("card", "member", "denied", "staff"):
                connection.execute(f"DELETE FROM {table}")
            drop_notes(connection, Note.REPLICA_VERSION, Note.REPLICA_MARK, Note.REPLICA_SYNCED_AT, Note.DENIED_AT)
            drop_notes(connection, Note.SESSIONS, Note.POLICY, Note.VENUE, Note.REPLICA_SUM)
        self._database.compact()
        self._forget_common()

    def known_of(self, card: str, at: datetime, *, chosen: str | None = None, is_clock_sure: bool = True) -> Known:
        """What is known of the card with this fingerprint, with what happened here laid over it."""
        with self._database.reading() as connection:
            row = first_row(connection, _CARD, (card,)) or _handed_out(connection, card)
            is_denied = first_row(connection, "SELECT 1 FROM denied WHERE card = ?", (card,)) is not None
            if row is None:
                venue = self._read_common().venue
                knowledge = _knowledge(connection, venue, is_clock_sure)
                return Known(facts=_unknown(venue, knowledge, chosen, is_denied))
            state, sealed, expires_at, text = row
            listed = wire.from_json(Facts, text)
            facts = self.facts_of_member(connection, text, at, chosen=chosen, is_clock_sure=is_clock_sure)
            denied_at = instant_noted(connection, Note.DENIED_AT) if is_denied else None
        state = CardState.EXPIRED if _is_over(state, expires_at, at) else CardState(state)
        # What explained a denial when the list was made still does, also once staff here lifted it.
        facts = replace(facts, card=_card_state(state, denied_at, listed, at))
        return Known(facts=facts, sealed=sealed)

    def facts_of_member(
        self, connection: apsw.Connection, text: str, at: datetime, *, chosen: str | None = None,
        is_clock_sure: bool = True,
    ) -> Facts:  # fmt: skip
        """A member's record as facts of this moment and this venue, with what happened here laid over it."""
        common = self._read_common()
        knowledge = _knowledge(connection, common.venue, is_clock_sure)
        facts = replace(wire.from_json(Facts, text), chosen_session_id=chosen)
        facts = _placed(facts, common, visits_here.own_walk_ins(connection), at)
        return _with_what_happened_here(connection, facts, knowledge, common.venue, at)

    def phone_periods(self, card: str) -> tuple[PhonePeriod, ...]:
        """By which this phone's codes are known here; none for a phone that is not, or opens nothing any more."""
        with self._database.reading() as connection:
            row = first_row(connection, "SELECT phone FROM card WHERE card = ?", (card,))
        return wire.from_json(tuple[PhonePeriod, ...], row[0]) if row and row[0] else ()

    def _read_common(self) -> _Common:
        with self._common_lock:
            if self._common is None:
                self._common = self._common_now()
            return self._common

    def _common_now(self) -> _Common:
        with self._database.reading() as connection:
            venue, policy = note(connection, Note.VENUE), note(connection, Note.POLICY)
            sessions = note(connection, Note.SESSIONS)
        return _Common(
            venue=wire.from_json(Venue, venue) if venue else Venue(),
            policy=wire.from_json(Policy, policy) if policy else Policy(),
            sessions=wire.from_json(tuple[Session, ...], sessions) if sessions else (),
        )

    def _forget_common(self) -> None:
        with self._common_lock:
            self._common = None


def sum_of_list(connection: apsw.Connection) -> str:
    """How many members of which versions there are, how many cards, and how many that open nothing."""
    found = rows(
        connection,
        "SELECT COUNT(*), COALESCE(SUM(version), 0), (SELECT COUNT(*) FROM card), (SELECT COUNT(*) FROM denied)"
        " FROM member",
    )
    return " ".join(map(str, found[0]))


def _put_member(connection: apsw.Connection, record: MemberRecord, generation: int) -> None:
    connection.execute("DELETE FROM card WHERE member_id = ?", (record.member_id,))
    if record.facts is None:
        connection.execute("DELETE FROM member WHERE member_id = ?", (record.member_id,))
        return
    connection.execute(
        "INSERT INTO member (member_id, version, generation, facts, number) VALUES (?, ?, ?, ?, ?)"
        " ON CONFLICT (member_id) DO UPDATE SET version = excluded.version, generation = excluded.generation,"
        " facts = excluded.facts, number = excluded.number",
        (record.member_id, record.version, generation, wire.to_json(record.facts), record.number),
    )
    connection.executemany(
        "INSERT OR REPLACE INTO card (card, member_id, state, sealed, expires_at, phone) VALUES (?, ?, ?, ?, ?, ?)",
        [_card_row(card, record.member_id) for card in record.cards],
    )


def _card_row(card: SealedCard, member_id: str) -> tuple[str, str, str, str, int | None, str]:
    expires_at = clocktime.to_ms(card.expires_at) if card.expires_at else None
    return card.card, member_id, card.state, card.sealed, expires_at, wire.to_json(card.phone) if card.phone else ""


def _placed(facts: Facts, common: _Common, walked_in: tuple[str, ...], at: datetime) -> Facts:
    """The record's own sessions (other days, other venues) and the venue's around now, which are newer.

    The copy reaches further ahead than a decision looks, since the kiosk may be alone for days.
    """
    named = {reservation.session_id for reservation in facts.reservations} | {facts.chosen_session_id}
    named |= {check_in.session_id for check_in in facts.check_ins}
    here = tuple(session for session in common.sessions if is_near(session, at) or session.id in named)
    known = {session.id for session in here}
    sessions = (*here, *(session for session in facts.sessions if session.id not in known))
    return replace(
        facts,
        venue_id=common.venue.venue_id or facts.venue_id,
        zone=common.venue.zone,
        sessions=with_own_walk_ins(sessions, walked_in),
    )


def _with_what_happened_here(
    connection: apsw.Connection, facts: Facts, knowledge: Knowledge, venue: Venue, at: datetime
) -> Facts:
    member_id = facts.member_id or ""
    zone = clocktime.zone_named(venue.zone)
    today = clocktime.day_span(clocktime.local_day(at, zone), zone)
    walked_in = visits_here.passes_walked_in_on(connection, member_id, *today)
    facts = replace(facts, knowledge=replace(knowledge, passes_walked_in_on_today=walked_in))
    facts = with_own_acts(facts, own_acts(connection, member_id))
    return with_own_visits(facts, visits_here.own_visits(connection, member_id))


def _handed_out(connection: apsw.Connection, card: str) -> tuple[str, str, int, str] | None:
    """As a row of the list would say it."""
    here = handed_out_here(connection, card)
    facts = here and first_row(connection, "SELECT facts FROM member WHERE member_id = ?", (here.member_id,))
    return (CardState.ACTIVE.value, here.sealed, clocktime.to_ms(here.ends_at), facts[0]) if here and facts else None


def _is_over(state: str, expires_at: int | None, at: datetime) -> bool:
    return state == CardState.ACTIVE.value and expires_at is not None and expires_at <= clocktime.to_ms(at)


def _card_state(known: CardState, denied_at: datetime | None, facts: Facts, at: datetime) -> CardState:
    """A denied card opens nothing; where the facts say why (a suspension), that is what the decision says.

    A suspension that explained it when the list was made and is over by now denies no more.
    """
    is_explained = not facts.is_member_active or any(
        suspension.covers(moment) for suspension in facts.suspensions for moment in (at, denied_at) if moment
    )
    return CardState.REVOKED if denied_at and known is CardState.ACTIVE and not is_explained else known


def _knowledge(connection: apsw.Connection, venue: Venue, is_clock_sure: bool) -> Knowledge:
    synced_at = instant_noted(connection, Note.REPLICA_SYNCED_AT)
    return Knowledge(
        source=Source.REPLICA,
        has_member_list=synced_at is not None,
        synced_at=synced_at,
        is_clock_sure=is_clock_sure,
        kiosks_at_venue=venue.kiosks,
    )


def _unknown(venue: Venue, knowledge: Knowledge, chosen: str | None, is_denied: bool) -> Facts:
    return Facts(
        venue_id=venue.venue_id,
        zone=venue.zone,
        card=CardState.REVOKED if is_denied else CardState.UNKNOWN,
        chosen_session_id=chosen,
        knowledge=knowledge,
    )


def _venue(part: ReplicaPart) -> Venue:
    return Venue(
        venue_id=part.venue_id,
        name=part.venue_name,
        organization_name=part.organization_name,
        zone=part.zone,
        colour=part.colour,
        kiosks=part.kiosks_at_venue,
    )
