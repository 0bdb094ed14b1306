"""Whether the member list lies on this disk as it should: whole, in its shape, and with nothing that names anybody."""

import base64
import binascii
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime

import apsw

from core import clocktime, wire
from core.errors import TesseraError
from core.facts import Facts
from core.model import CardState, Session
from core.phone_codes import PhonePeriod
from core.policy import Policy
from core.protocol import MemberRecord, SealedCard, StaffVerifier
from kiosk.store.database import number, rows
from kiosk.store.looking import troubles, version_of
from kiosk.store.notes import Note, instant_noted, note, number_noted
from kiosk.store.replica import Venue

STEP_WITH_STAFF, STEP_WITH_PHONES, STEP_WITH_NUMBERS = 3, 5, 6
SHORTEST_SEAL = 12 + 16 + 2
"""Bytes: nonce, tag, and the least there can be inside."""
_FINGERPRINT = re.compile(r"[0-9a-f]{64}")
_EMAIL = re.compile(r"[^\s\"@]{1,64}@[^\s\"@]{1,190}\.[A-Za-z]{2,}")
_CARD_CODE = re.compile(r"[TSP]1[0-9A-HJKMNP-TV-Z]{27}")
_FORBIDDEN_FIELD = re.compile(r'"(e?mail|phone|birth_date|first_name|last_name|password|pin|code)"\s*:')
_TEXTS = (
    ("member", "SELECT member_id, facts FROM member"),
    ("note", "SELECT key, value FROM note"),
    ("attempt", "SELECT attempt_id, body FROM attempt"),
)


@dataclass(frozen=True, kw_only=True, slots=True)
class ReplicaSeen:
    """`faults` are sentences; none: the list is as it should be. `synced_at` None: there is no member list."""

    version: int
    members: int
    cards: int
    denied: int
    sessions: int
    synced_at: datetime | None
    is_starting_over: bool
    faults: tuple[str, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Listed:
    """A whole member list, a kiosk's or the server's, to lay one beside the other. `synced_at`: it was whole then."""

    version: int
    synced_at: datetime
    members: dict[str, MemberRecord]
    denied: frozenset[str]
    staff: frozenset[StaffVerifier]
    sessions: tuple[Session, ...]
    policy: Policy | None


def replica_seen(connection: apsw.Connection) -> ReplicaSeen:
    """Reads all of it, and the whole file with SQLite's thorough check."""
    if damage := troubles(connection, thorough=True):
        return ReplicaSeen(
            version=0, members=0, cards=0, denied=0, sessions=0, synced_at=None, is_starting_over=False,
            faults=tuple(f"The file is damaged: {one}" for one in damage),
        )  # fmt: skip
    faults = (*_shapeless(connection), *_naming(connection))
    sessions = note(connection, Note.SESSIONS)
    return ReplicaSeen(
        version=number_noted(connection, Note.REPLICA_VERSION),
        members=number(connection, "SELECT COUNT(*) FROM member"),
        cards=number(connection, "SELECT COUNT(*) FROM card"),
        denied=number(connection, "SELECT COUNT(*) FROM denied"),
        sessions=_count(sessions),
        synced_at=instant_noted(connection, Note.REPLICA_SYNCED_AT),
        is_starting_over=bool(number_noted(connection, Note.IS_STARTING_OVER)),
        faults=faults,
    )


def listed(connection: apsw.Connection, synced_at: datetime) -> Listed:
    """The kiosk's own list, whole as of `synced_at`. Raises `Invalid` for a record that `replica_seen` complains of."""
    cards: dict[str, list[SealedCard]] = {}
    for held in _cards(connection):
        cards.setdefault(held.member_id, []).append(held)
    named = "number" if version_of(connection) >= STEP_WITH_NUMBERS else "''"
    members = {
        str(member_id): MemberRecord(
            member_id=str(member_id),
            version=int(str(version)),
            number=str(number),
            facts=wire.from_json(Facts, str(facts)),
            cards=tuple(cards.get(str(member_id), ())),
        )
        for member_id, version, facts, number in rows(
            connection, f"SELECT member_id, version, facts, {named} FROM member"
        )
    }
    sessions, policy = note(connection, Note.SESSIONS), note(connection, Note.POLICY)
    return Listed(
        version=number_noted(connection, Note.REPLICA_VERSION),
        synced_at=synced_at,
        members=members,
        denied=frozenset(str(card) for (card,) in connection.execute("SELECT card FROM denied")),
        staff=frozenset(_staff(connection)),
        sessions=wire.from_json(tuple[Session, ...], sessions) if sessions else (),
        policy=wire.from_json(Policy, policy) if policy else None,
    )


def _cards(connection: apsw.Connection) -> Iterator[SealedCard]:
    more = "expires_at, phone" if version_of(connection) >= STEP_WITH_PHONES else "NULL, ''"
    for row in rows(connection, f"SELECT card, member_id, state, sealed, {more} FROM card"):
        card, member_id, state, sealed, expires_at, phone = row
        yield SealedCard(
            card=str(card),
            member_id=str(member_id),
            state=str(state),
            sealed=str(sealed),
            expires_at=clocktime.from_ms(int(expires_at)) if expires_at is not None else None,
            phone=wire.from_json(tuple[PhonePeriod, ...], str(phone)) if phone else (),
        )


def _staff(connection: apsw.Connection) -> Iterator[StaffVerifier]:
    if version_of(connection) < STEP_WITH_STAFF:
        return
    only_welcome = wire.from_json(tuple[str, ...], note(connection, Note.ONLY_WELCOME) or "[]")
    for card, staff_id, verifier, sealed in rows(connection, "SELECT card, staff_id, verifier, sealed FROM staff"):
        may_serve = staff_id not in only_welcome
        yield StaffVerifier(card=card, staff_id=staff_id, verifier=verifier, sealed=sealed, may_serve=may_serve)


def _shapeless(connection: apsw.Connection) -> Iterator[str]:
    for member_id, text in connection.execute("SELECT member_id, facts FROM member"):
        try:
            facts = wire.from_json(Facts, str(text))
        except TesseraError as trouble:
            yield f"Member {member_id}: the facts cannot be read ({trouble})."
            continue
        if facts.member_id != member_id:
            yield f"Member {member_id}: the facts are about somebody else."
        if any(override.because for override in facts.overrides):
            yield f"Member {member_id}: why staff lifted a reason is written here, and should not be."
    for card, state, sealed, owner in rows(
        connection, "SELECT c.card, c.state, c.sealed, m.member_id FROM card c LEFT JOIN member m USING (member_id)"
    ):
        if not _FINGERPRINT.fullmatch(card):
            yield f"Card {card[:8]}…: this is no fingerprint."
        if state not in {known.value for known in CardState}:
            yield f"Card {card[:8]}…: there is no state {state}."
        if sealed and not _is_sealed(sealed):
            yield f"Card {card[:8]}…: its name is not sealed."
        if owner is None:
            yield f"Card {card[:8]}…: it is nobody's."
    for one in _staff(connection):
        if not one.verifier.startswith("$argon2id$"):
            yield f"Staff card {one.card[:8]}…: its PIN is not kept as it should be."
        if one.sealed and not _is_sealed(one.sealed):
            yield f"Staff card {one.card[:8]}…: its name is not sealed."
    for (card,) in rows(connection, "SELECT card FROM denied"):
        if not _FINGERPRINT.fullmatch(card):
            yield f"Deny list: {card[:8]}… is no fingerprint."
    kinds: dict[Note, Callable[[str], object]] = {
        Note.POLICY: lambda text: wire.from_json(Policy, text),
        Note.SESSIONS: lambda text: wire.from_json(tuple[Session, ...], text),
        Note.VENUE: lambda text: wire.from_json(Venue, text),
    }
    for key, read in kinds.items():
        text = note(connection, key)
        try:
            _ = read(text) if text else None
        except TesseraError as trouble:
            yield f"The {key.value} cannot be read ({trouble})."


def _is_sealed(text: str) -> bool:
    try:
        return len(base64.b64decode(text, validate=True)) >= SHORTEST_SEAL
    except (binascii.Error, ValueError):
        return False


def _naming(connection: apsw.Connection) -> Iterator[str]:
    """What no kiosk may hold: an e-mail address, a card's code, a field for a name or a number to reach somebody."""
    for what, query in _TEXTS:
        for key, text in connection.execute(query):
            for found, words in (
                (_EMAIL, "an e-mail address"),
                (_CARD_CODE, "a card code"),
                (_FORBIDDEN_FIELD, "a field that no kiosk may hold"),
            ):
                if found.search(str(text)):
                    yield f"{what.capitalize()} {key}: there is {words} in it."


def _count(sessions: str | None) -> int:
    try:
        return len(wire.from_json(tuple[Session, ...], sessions)) if sessions else 0
    except TesseraError:
        return 0
