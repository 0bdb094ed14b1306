"""Signing in: a row for each browser, known by a random token of which only the hash is kept.

A try is counted before the password is looked at, so guessing in parallel gains nothing.
"""

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from core.errors import Unauthenticated
from server.services.people import hashing
from server.services.people.accounts import LONGEST_PASSWORD
from server.services.people.rights import Asker, asker_of
from server.store.database import reading, writing
from server.store.ids import hash_of, new_id
from server.store.tables import StaffRow, StaffSessionRow

LASTS = timedelta(hours=12)
FREE_TRIES = 5
FIRST_WAIT = timedelta(minutes=1)
LONGEST_WAIT = timedelta(hours=1)
SEEN_EVERY = timedelta(minutes=1)
"""How often it is worth a write that somebody is still there."""


@dataclass(frozen=True, kw_only=True, slots=True)
class SignedIn:
    """`token` is shown once: it belongs in the browser's cookie. It is worth something until `expires_at`."""

    token: str
    asker: Asker
    expires_at: datetime


@dataclass(frozen=True, slots=True)
class _Try:
    staff_id: str
    password_hash: str


def sign_in(email: str, password: str, at: datetime, *, previous_token: str = "") -> SignedIn:
    """A new session; the browser's earlier one ends. Raises `Unauthenticated`: `sign_in.wrong`, or `sign_in.wait`
    with `until` after too many tries. Blocks for the time a password takes: call it off the event loop."""
    counted = _count_a_try(email.strip().lower(), at)
    is_right = _is_right(counted.password_hash if counted else hashing.nobodys(), password)
    if counted is None or not is_right:
        raise Unauthenticated("sign_in.wrong")
    return _begin(counted, previous_token, at)


def staff_signed_in(token: str, at: datetime) -> Asker:
    """Whose browser this is. Raises `Unauthenticated` for a session that ended, ran out, or never was."""
    with reading():
        row = _session(token, at)
        staff = StaffRow.get_by_id(row.staff_id) if row else None
    if row is None or staff is None or staff.left_at is not None:
        raise Unauthenticated("sign_in.needed")
    if at - row.last_seen_at >= SEEN_EVERY:
        with writing():
            StaffSessionRow.update({StaffSessionRow.last_seen_at: at}).where(StaffSessionRow.id == row.id).execute()
    return asker_of(staff)


def sign_out(token: str, at: datetime) -> None:
    """Ends this session; a token nobody has is no error."""
    with writing():
        _end(token, at)


def _count_a_try(email: str, at: datetime) -> _Try | None:
    """None: nobody has this address. The wait begins with the count, and goes away with the right password."""
    with writing():
        mine = (StaffRow.email == email) & StaffRow.left_at.is_null()
        is_free = StaffRow.locked_until.is_null() | (StaffRow.locked_until <= at)
        counter = StaffRow.wrong_passwords
        counted = StaffRow.update({counter: counter + 1}).where(mine, is_free).execute()
        row = StaffRow.get_or_none(mine)
        if row is None:
            return None
        if not counted:
            raise Unauthenticated("sign_in.wait", until=row.locked_until.isoformat())
        if row.wrong_passwords >= FREE_TRIES:
            StaffRow.update({StaffRow.locked_until: at + _wait(row.wrong_passwords)}).where(mine).execute()
        return _Try(row.id, row.password_hash)


def _wait(tries: int) -> timedelta:
    """One minute after the fifth, doubled with each further one, up to an hour."""
    return min(LONGEST_WAIT, FIRST_WAIT * 2 ** min(tries - FREE_TRIES, 10))


def _is_right(password_hash: str, password: str) -> bool:
    return len(password) <= LONGEST_PASSWORD and hashing.fits(password_hash, password)


def _begin(counted: _Try, previous_token: str, at: datetime) -> SignedIn:
    token = secrets.token_urlsafe(32)
    with writing():
        is_unchanged = (StaffRow.password_hash == counted.password_hash) & StaffRow.left_at.is_null()
        forgiven = {StaffRow.wrong_passwords: 0, StaffRow.locked_until: None}
        if not StaffRow.update(forgiven).where(StaffRow.id == counted.staff_id, is_unchanged).execute():
            raise Unauthenticated("sign_in.wrong")
        staff = StaffRow.get_by_id(counted.staff_id)
        _end(previous_token, at)
        StaffSessionRow.create(
            id=new_id(at),
            organization=staff.organization_id,
            staff=staff.id,
            token_hash=hash_of(token),
            started_at=at,
            last_seen_at=at,
            expires_at=at + LASTS,
        )
    return SignedIn(token=token, asker=asker_of(staff), expires_at=at + LASTS)


def _session(token: str, at: datetime) -> StaffSessionRow | None:
    return StaffSessionRow.get_or_none(
        StaffSessionRow.token_hash == hash_of(token),
        StaffSessionRow.ended_at.is_null(),
        StaffSessionRow.expires_at > at,
    )


def _end(token: str, at: datetime) -> None:
    StaffSessionRow.update({StaffSessionRow.ended_at: at}).where(
        StaffSessionRow.token_hash == hash_of(token), StaffSessionRow.ended_at.is_null()
    ).execute()
