"""Places ahead that an absence takes away once its grace has run out, unless the member came after all."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from peewee import fn

from core import clocktime
from core.attendance import PlaceAhead, Versions, places_lost, takes_after
from core.features import Feature, Features
from core.model import ReservationStatus
from server.services.door import history
from server.services.door.changes import touch_members, touch_sessions
from server.services.door.features import features_of
from server.services.door.policies import versions_judging
from server.services.door.undoing import absences_of_all
from server.services.night.locking import lock_members
from server.services.night.work import CHUNK, NightWork, by_night
from server.store.database import reading, writing
from server.store.many import among, found_by, set_each
from server.store.tables import NoShowRow, PassRow, ReservationRow, SessionRow

BECAUSE = "a session on this pass was missed, and the time to explain has run out"


@dataclass(frozen=True, kw_only=True, slots=True)
class CancelReport:
    """How many places were cancelled, of how many passes."""

    places: int = 0
    passes: int = 0


def cancel_places_ahead(work: NightWork) -> CancelReport:
    """Nothing, where the studio has it switched off. Raises `NightInterrupted`."""
    with reading():
        features = features_of(work.organization_id, work.as_of)
        versions = versions_judging(work.organization_id, work.policy)
    if not features.is_on(Feature.AUTO_CANCEL):
        return CancelReport()
    since = _nothing_is_taken_before(work)
    if since is None:
        return CancelReport()
    judging = _Judging(work=work, features=features, versions=versions, since=since)
    places = passes = 0
    looked_at = _passes_with_absences(work, since)
    for start in range(0, len(looked_at), CHUNK):
        chunk = looked_at[start : start + CHUNK]
        with reading():
            taken = {place.pass_id for place, _ in judging.lost_on(chunk)}
        if taken:
            concerned = [pair for pair in chunk if pair[0] in taken]
            with writing():
                lock_members({member_id for _, member_id in concerned})
                lost = judging.lost_on(concerned)
                _cancel(work, lost)
            places, passes = places + len(lost), passes + len({place.pass_id for place, _ in lost})
        work.between_chunks(len(chunk))
    return CancelReport(places=places, passes=passes)


def _nothing_is_taken_before(work: NightWork) -> datetime | None:
    """No absence from a session that ended until then takes any place there is, so none need be read. None: no place.

    A place that is made while the night goes on is younger; an old one given back then waits for the next night.
    """
    made_at = fn.COALESCE(ReservationRow.restored_at, ReservationRow.made_at)
    with reading():
        [(oldest, longest)] = found_by(
            ReservationRow.select(fn.MIN(made_at), fn.MAX(PassRow.absence_grace_minutes))
            .join(SessionRow, on=ReservationRow.session == SessionRow.id)
            .join(PassRow, on=ReservationRow.pass_ == PassRow.id)
            .where(
                ReservationRow.organization == work.organization_id,
                ReservationRow.status == ReservationStatus.PENDING.value,
                SessionRow.starts_at > work.as_of,
            )
        )
    return None if oldest is None else takes_after(clocktime.from_ms(oldest), timedelta(minutes=longest))


def _passes_with_absences(work: NightWork, since: datetime) -> list[tuple[str, str]]:
    """Passes with an absence at this venue that counts, and a place still ahead."""
    missed, ahead, later = ReservationRow.alias(), ReservationRow.alias(), SessionRow.alias()
    passes_ahead = (
        ahead.select(ahead.pass_)
        .join(later, on=ahead.session == later.id)
        .where(ahead.status == ReservationStatus.PENDING.value, later.starts_at > work.as_of)
    )
    with reading():
        query = (
            NoShowRow.select(missed.pass_, missed.member)
            .join(SessionRow, on=NoShowRow.session == SessionRow.id)
            .join(missed, on=NoShowRow.reservation == missed.id)
            .where(
                NoShowRow.organization == work.organization_id,
                SessionRow.venue == work.venue_id,
                SessionRow.ends_at > since,
                NoShowRow.reversed_at.is_null(),
                NoShowRow.is_counted,
                ~NoShowRow.is_unconfirmed,
                NoShowRow.amnesty_because == "",
                missed.pass_.in_(passes_ahead),
            )
            .distinct()
        )
        return sorted((str(pass_id), str(member_id)) for pass_id, member_id in found_by(query))


@dataclass(slots=True)
class _Place:
    """A place ahead, as far as it may be lost."""

    id: str
    organization_id: str
    member_id: str
    session_id: str
    status: str
    pass_id: str
    starts_at: datetime
    made_at: datetime


@dataclass(frozen=True, kw_only=True, slots=True)
class _Judging:
    """What `places_lost` says of many passes, and what it is asked with."""

    work: NightWork
    features: Features
    versions: Versions
    since: datetime

    def lost_on(self, passes: Sequence[tuple[str, str]]) -> list[tuple[_Place, str]]:
        """(place, the no-show that takes it) on these passes, each with a member who missed on it. In three queries."""
        absences = {
            member_id: [one for one in known if self.features.reaches(Feature.AUTO_CANCEL, one.noted_at)]
            for member_id, known in absences_of_all({member_id for _, member_id in passes}, self.since).items()
        }
        ids = {pass_id for pass_id, _ in passes}
        ahead = _places_ahead(self.work, ids)
        graces = dict(PassRow.select(PassRow.id, PassRow.absence_grace_minutes).where(among(PassRow.id, ids)).tuples())
        found: dict[str, tuple[_Place, str]] = {}
        for pass_id, member_id in passes:
            places = {place.id: place for place in ahead[pass_id] if place.id not in found}
            lost = places_lost(
                absences[member_id],
                map(_as_place_ahead, places.values()),
                timedelta(minutes=graces[pass_id]),
                self.work.as_of,
                self.versions,
            )
            found |= {one.reservation_id: (places[one.reservation_id], one.no_show_id) for one in lost}
        return list(found.values())


def _as_place_ahead(place: _Place) -> PlaceAhead:
    return PlaceAhead(
        reservation_id=place.id,
        pass_id=place.pass_id,
        status=ReservationStatus(place.status),
        session_starts_at=place.starts_at,
        made_at=place.made_at,
    )


def _cancel(work: NightWork, lost: list[tuple[_Place, str]]) -> None:
    """Their members are locked."""
    places = [place for place, _ in lost]
    history.move_many(
        places,
        ReservationStatus.AUTO_CANCELLED,
        work.as_of,
        by_night(BECAUSE),
        told={place.id: {"no_show_id": no_show_id} for place, no_show_id in lost},
        has_hold=False,
        cancelled_at=work.as_of,
        cancelled_because=BECAUSE,
    )
    set_each(ReservationRow.cancelled_by_no_show, {place.id: no_show_id for place, no_show_id in lost})
    touch_sessions(work.organization_id, [place.session_id for place in places])
    touch_members(work.organization_id, [place.member_id for place in places])


def _places_ahead(work: NightWork, pass_ids: Collection[str]) -> Mapping[str, list[_Place]]:
    """By pass, the earliest session first. A place that staff gave back counts as made then."""
    row = ReservationRow
    places = (
        row.select(
            row.id,
            row.organization,
            row.member,
            row.session,
            row.status,
            row.pass_,
            SessionRow.starts_at,
            fn.COALESCE(row.restored_at, row.made_at),
        )
        .join(SessionRow)
        .where(
            among(row.pass_, pass_ids),
            row.status == ReservationStatus.PENDING.value,
            SessionRow.starts_at > work.as_of,
        )
        .order_by(SessionRow.starts_at, row.id)
    )
    found: dict[str, list[_Place]] = defaultdict(list)
    for id_, organization_id, member_id, session_id, status, pass_id, starts_at, made_at in found_by(places):
        place = _Place(
            id=id_,
            organization_id=organization_id,
            member_id=member_id,
            session_id=session_id,
            status=status,
            pass_id=pass_id,
            starts_at=clocktime.from_ms(starts_at),
            made_at=clocktime.from_ms(made_at),
        )
        found[pass_id].append(place)
    return found
