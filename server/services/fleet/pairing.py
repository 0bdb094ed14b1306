"""How a kiosk becomes a venue's: a code that staff read to it, good once, for ten minutes, against five wrong tries."""

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from core.cards import ALPHABET
from core.errors import Conflict, NotFound
from core.protocol import Pair, Paired
from server.services.door.changes import VENUE, touch
from server.services.people.ours import ours
from server.services.people.rights import Asker, Right, require
from server.store.database import for_update, writing
from server.store.ids import hash_of, new_id
from server.store.tables import DeviceRow, OrganizationRow, PairingCodeRow, VenueRow

CODE_LENGTH = 8
CODE_LASTS = timedelta(minutes=10)
BEGINNING = 3
"""Characters by which a try finds the code it means. A stranger cannot use up a code whose beginning they do not know;
whoever does know it still has five guesses at 25 random bits."""
MOST_TRIES = 5


@dataclass(frozen=True, kw_only=True, slots=True)
class OpenPairing:
    """For a demo on one machine: kiosks of this venue pair without a code. Never for a studio."""

    venue_id: str


def open_pairing(organization_id: str, venue_id: str, by: Asker, at: datetime) -> str:
    """A code of 8 characters, good once and for 10 minutes. Raises `NotFound`, `Forbidden`."""
    code = "".join(secrets.choice(ALPHABET) for _ in range(CODE_LENGTH))
    with writing():
        require(organization_id, by, Right.PLAN)
        ours(VenueRow, organization_id, venue_id, "venue")
        PairingCodeRow.create(
            id=hash_of(code),
            organization=organization_id,
            venue=venue_id,
            made_by=by.staff_id,
            made_at=at,
            expires_at=at + CODE_LASTS,
            begins_with=code[:BEGINNING],
        )
    return code


def pair(asked: Pair, at: datetime) -> Paired:
    """A new device's identity. Raises `Conflict` for a code that is wrong, used or too old: one answer for all."""
    code = _as_made(asked.code)
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
        return _new_device(venue.organization_id, venue.id, asked.name, at)


def _as_made(typed: str) -> str:
    """What people type, as the code was made: capitals, no blanks or dashes, O for 0 and I or L for 1 forgiven."""
    return "".join(typed.upper().replace("-", "").split()).translate(str.maketrans("OIL", "011"))


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
    paired = _new_device(right.organization_id, right.venue_id, name, at)
    right.used_at, right.device = at, paired.device_id
    right.save()
    return paired


def _new_device(organization_id: str, venue_id: str, name: str, at: datetime) -> Paired:
    token = secrets.token_urlsafe(32)
    device_id = new_id(at)
    venue = VenueRow.get_by_id(venue_id)
    DeviceRow.create(
        id=device_id,
        organization=organization_id,
        venue=venue_id,
        name=(name.strip() or "Kiosk")[:80],
        token_hash=hash_of(token),
        paired_at=at,
        nothing_unsent_before=at,
    )
    touch(organization_id, VENUE, venue_id)  # the others there learn that they are not alone
    return Paired(
        device_id=device_id,
        token=token,
        venue_id=venue_id,
        organization_name=OrganizationRow.get_by_id(organization_id).name,
        venue_name=venue.name,
    )
