"""Places ahead that an absence takes away once its grace has run out, unless the member came after all."""

from dataclasses import dataclass
from datetime import timedelta

from core.attendance import Absence, PlaceAhead, Versions, places_lost
from core.features import Feature
from core.model import ReservationStatus
from server.services.door import history
from server.services.door.changes import touch_member, touch_session
from server.services.door.facts import lock_member
from server.services.door.features import features_of
from server.services.door.policies import versions_judging
from server.services.door.undoing import absences_of
from server.services.night.work import NightWork, by_night
from server.store.database import reading, writing
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
    places = passes = 0
    for pass_id, member_id in _passes_with_absences(work):
        with writing():
            lock_member(work.organization_id, member_id)
            absences = [one for one in absences_of(member_id) if features.reaches(Feature.AUTO_CANCEL, one.noted_at)]
            lost = _cancel(work, pass_id, member_id, absences, versions)
        places, passes = places + lost, passes + bool(lost)
        work.between_chunks(1)
    return CancelReport(places=places, passes=passes)


def _passes_with_absences(work: NightWork) -> list[tuple[str, str]]:
    """Passes with an absence at this venue that counts, and a place still ahead."""
    missed, ahead = ReservationRow.alias(), ReservationRow.alias()
    later = SessionRow.alias()
    with reading():
        query = (
            NoShowRow.select(missed.pass_, missed.member)
            .join(missed, on=NoShowRow.reservation == missed.id)
            .join(SessionRow, on=NoShowRow.session == SessionRow.id)
            .join(ahead, on=ahead.pass_ == missed.pass_)
            .join(later, on=ahead.session == later.id)
            .where(
                NoShowRow.organization == work.organization_id,
                SessionRow.venue == work.venue_id,
                NoShowRow.reversed_at.is_null(),
                NoShowRow.is_counted,
                ~NoShowRow.is_unconfirmed,
                NoShowRow.amnesty_because == "",
                ahead.status == ReservationStatus.PENDING.value,
                later.starts_at > work.as_of,
            )
            .distinct()
        )
        return sorted((str(pass_id), str(member_id)) for pass_id, member_id in query.tuples())


def _cancel(work: NightWork, pass_id: str, member_id: str, absences: list[Absence], versions: Versions) -> int:
    ahead = {row.id: row for row in _places_ahead(work, pass_id)}
    grace = timedelta(minutes=PassRow.get_by_id(pass_id).absence_grace_minutes)
    places = [
        PlaceAhead(
            reservation_id=row.id,
            pass_id=pass_id,
            status=ReservationStatus(row.status),
            session_starts_at=row.session.starts_at,
            made_at=row.restored_at or row.made_at,
        )
        for row in ahead.values()
    ]
    lost = places_lost(absences, places, grace, work.as_of, versions)
    for one in lost:
        row = ahead[one.reservation_id]
        row.has_hold, row.cancelled_at, row.cancelled_because = False, work.as_of, BECAUSE
        row.cancelled_by_no_show = one.no_show_id
        history.move(row, ReservationStatus.AUTO_CANCELLED, work.as_of, by_night(BECAUSE), no_show_id=one.no_show_id)
        touch_session(work.organization_id, row.session_id)
    if lost:
        touch_member(work.organization_id, member_id)
    return len(lost)


def _places_ahead(work: NightWork, pass_id: str) -> list[ReservationRow]:
    return list(
        ReservationRow.select(ReservationRow, SessionRow)
        .join(SessionRow)
        .where(
            ReservationRow.pass_ == pass_id,
            ReservationRow.status == ReservationStatus.PENDING.value,
            SessionRow.starts_at > work.as_of,
        )
        .order_by(SessionRow.starts_at, ReservationRow.id)
    )
