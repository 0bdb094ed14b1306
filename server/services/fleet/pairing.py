"""How a kiosk becomes a venue's: a code that staff read to it, good once, for ten minutes, against five wrong tries.

A code made in a browser only makes it wait there (`fleet/confirming.py`), since anybody may have seen that screen. One
made in a terminal is confirmed already: whoever reads it holds the server's shell.
"""

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import count

from core.cards import ALPHABET
from core.errors import Conflict, NotFound
from core.pairing import CODE_LENGTH, as_made
from core.protocol import Pair, Paired
from server.services.door.changes import VENUE, touch
from server.services.people.ours import ours
from server.services.people.rights import Asker, Right, require
from server.store.database import for_update, writing
from server.store.ids import hash_of, new_id
from server.store.tables import DeviceRow, OrganizationRow, PairingCodeRow, VenueRow

CODE_LASTS = timedelta(minutes=10)
BEGINNING = 3
"""Characters by which a try finds the code it means. A stranger cannot use up a code whose beginning they do not know;
whoever does know it still has five guesses at 25 random bits."""
MOST_TRIES = 5


@dataclass(frozen=True, kw_only=True, slots=True)
class OpenPairing:
    """For a demo on one machine: kiosks of this venue pair without a code. Never for a studio."""

    venue_id: str


@dataclass(frozen=True, kw_only=True, slots=True, repr=False)
class Invitation:
    """A code on a browser's screen, and until when it is good."""

    code: str
    venue_name: str
    expires_at: datetime


def open_pairing(organization_id: str, venue_id: str, by: Asker, at: datetime) -> str:
    """A code of 8 characters, good once and for 10 minutes. Raises `NotFound`, `Forbidden`."""
    return _code_for(organization_id, venue_id, by, at, is_to_confirm=False)[0]


def invite(organization_id: str, venue_id: str, by: Asker, at: datetime) -> Invitation:
    """The same for a browser: what uses the code waits until staff confirm it. Raises `NotFound`, `Forbidden`."""
    code, venue_name = _code_for(organization_id, venue_id, by, at, is_to_confirm=True)
    return Invitation(code=code, venue_name=venue_name, expires_at=at + CODE_LASTS)


def _code_for(organization_id: str, venue_id: str, by: Asker, at: datetime, *, is_to_confirm: bool) -> tuple[str, str]:
    code = "".join(secrets.choice(ALPHABET) for _ in range(CODE_LENGTH))
    with writing():
        require(organization_id, by, Right.PLAN)
        venue = ours(VenueRow, organization_id, venue_id, "venue")
        PairingCodeRow.create(
            id=hash_of(code),
            organization=organization_id,
            venue=venue_id,
            made_by=by.staff_id,
            made_at=at,
            expires_at=at + CODE_LASTS,
            begins_with=code[:BEGINNING],
            is_to_confirm=is_to_confirm,
        )
        return code, str(venue.name)


def pair(asked: Pair, at: datetime) -> Paired:
    """A new device's identity. Raises `Conflict` for a code that is wrong, used or too old: one answer for all."""
    code = as_made(asked.code)
    # The transaction ends before the error is raised, so that a wrong try stays counted.
    with writing():
        paired = _pair(code, asked.name, at)
    if paired is None:
        raise Conflict("pairing.code_not_valid")
    return paired


def pair_openly(opening: OpenPairing, asked: Pair, at: datetime) -> Paired:
    """For the demo: no code. Raises `NotFound`."""
    with writing():
        venue = VenueRow.get_or_none(VenueRow.id == opening.venue_id)
        if venue is None:
            raise NotFound("venue.not_found", id=opening.venue_id)
        paired = _identity(venue, at)
        enter_device(venue, paired.device_id, hash_of(paired.token), asked.name, at)
        return paired


def enter_device(venue: VenueRow, device_id: str, token_hash: str, name: str, at: datetime) -> None:
    """From now on it may ask, tell and fetch. Inside `writing()`."""
    DeviceRow.create(
        id=device_id,
        organization=venue.organization_id,
        venue=venue.id,
        name=_own_name(venue.id, _name_of(name)),
        token_hash=token_hash,
        paired_at=at,
        nothing_unsent_before=at,
    )
    touch(venue.organization_id, VENUE, venue.id)  # the others there learn that they are not alone


def _pair(code: str, name: str, at: datetime) -> Paired | None:
    if len(code) != CODE_LENGTH:
        return None
    open_ones = PairingCodeRow.select().where(
        PairingCodeRow.begins_with == code[:BEGINNING],
        PairingCodeRow.used_at.is_null(),
        PairingCodeRow.expires_at > at,
        PairingCodeRow.tries < MOST_TRIES,
    )
    meant = list(for_update(open_ones.order_by(PairingCodeRow.id)))
    right = next((row for row in meant if row.id == hash_of(code)), None)
    if right is None:
        ids = [row.id for row in meant]
        PairingCodeRow.update({PairingCodeRow.tries: PairingCodeRow.tries + 1}).where(
            PairingCodeRow.id.in_(ids)
        ).execute()
        return None
    venue = VenueRow.get_by_id(right.venue_id)
    paired = _identity(venue, at, is_confirmed=not right.is_to_confirm)
    right.used_at = at
    if right.is_to_confirm:
        right.asked_device, right.asked_name = paired.device_id, _name_of(name)
        right.asked_token_hash = hash_of(paired.token)
    else:
        enter_device(venue, paired.device_id, hash_of(paired.token), name, at)
        right.device = paired.device_id
    right.save()
    return paired


def _identity(venue: VenueRow, at: datetime, *, is_confirmed: bool = True) -> Paired:
    return Paired(
        device_id=new_id(at),
        token=secrets.token_urlsafe(32),
        venue_id=venue.id,
        organization_name=OrganizationRow.get_by_id(venue.organization_id).name,
        venue_name=venue.name,
        is_confirmed=is_confirmed,
    )


def _own_name(venue_id: str, wanted: str) -> str:
    """The name, numbered where another kiosk in use at the venue bears it: staff must know which one is silent."""
    in_use = DeviceRow.select(DeviceRow.name).where(
        DeviceRow.venue == venue_id, DeviceRow.retired_at.is_null(), DeviceRow.revoked_at.is_null()
    )
    taken = {name for (name,) in in_use.tuples()}
    numbered = (f"{wanted} {number}" for number in count(2))
    return wanted if wanted not in taken else next(name for name in numbered if name not in taken)


def _name_of(told: str) -> str:
    return (told.strip() or "Kiosk")[:80]
