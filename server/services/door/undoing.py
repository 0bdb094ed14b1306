"""Takes back what the night did to somebody who had come after all: strike, penalty punch, suspension, lost places."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from datetime import datetime

from peewee import Expression

from core import clocktime
from core.attendance import Absence, Versions, suspension_due
from core.events import EventKind
from core.features import Feature, Switched, features_at
from core.model import ReservationStatus
from core.paying import why_not_good_at
from core.refusals import RefusalReason
from server.services.door import history, ledger
from server.services.door.as_core import as_pass
from server.services.door.causes import Cause
from server.services.door.changes import touch_session
from server.services.door.features import switches_of
from server.services.door.places import has_free_place, lock_session
from server.services.door.policies import policy_in_force, versions_judging
from server.services.door.validity import pauses_of
from server.services.events.announcing import Event, announce
from server.services.waiting.ending import has_a_place
from server.store.many import among, found_by
from server.store.tables import AttemptRow, NoShowRow, PassRow, ReservationRow, SessionRow, SuspensionRow

AMNESTY = "AMNESTY"
"""The step in a reservation's history."""
EXCUSED = "EXCUSED"
"""The same by staff's word."""


def undo_no_show(reservation: ReservationRow, at: datetime, cause: Cause, **metadata: object) -> None:
    """Everything the night made of this absence. The member is locked; the reservation's own status is the caller's.

    `metadata` is told with the news.
    """
    standing = NoShowRow.select().where(NoShowRow.reservation == reservation.id, NoShowRow.reversed_at.is_null())
    for no_show in standing.order_by(NoShowRow.id):
        no_show.reversed_at, no_show.reversed_because = at, cause.because
        no_show.save()
        undone = Event(
            organization_id=no_show.organization_id,
            kind=EventKind.NO_SHOW_UNDONE,
            member_id=no_show.member_id,
            session_id=no_show.session_id,
            reservation_id=no_show.reservation_id,
            subject=no_show.id,
            data={"because": cause.because, "took_punch": no_show.took_punch, **metadata},
        )
        announce(undone, at)
        _take_back_what_it_cost(no_show, at, cause)


def excuse_no_show(
    no_show: NoShowRow, at: datetime, cause: Cause, *, action: str = AMNESTY, **metadata: object
) -> None:
    """The absence stands, and costs nothing any more: no punch, no strike, no place. The member is locked.

    `metadata` is kept with the step in the reservation's history. For one that is not excused yet.
    """
    no_show.amnesty_because = cause.because
    no_show.save()
    _take_back_what_it_cost(no_show, at, cause)
    reservation = ReservationRow.get_by_id(no_show.reservation_id)
    history.note(reservation, action, at, cause, no_show_id=no_show.id, **metadata)


def _take_back_what_it_cost(no_show: NoShowRow, at: datetime, cause: Cause) -> None:
    ledger.give_penalty_back(no_show.id, at, cause)
    policy = policy_in_force(no_show.organization_id, None, at)
    versions = versions_judging(no_show.organization_id, policy)
    for suspension in _weighed(no_show.organization_id, no_show.member_id, versions)[0]:
        lift(suspension, at, cause)
    _give_back_all(ReservationRow.cancelled_by_no_show == no_show.id, at, cause)


def lift(suspension: SuspensionRow, at: datetime, cause: Cause) -> None:
    """End a suspension now and give back the places it took away, where they are still free."""
    suspension.lifted_at, suspension.lifted_by, suspension.lifted_because = at, cause.staff_id, cause.because
    suspension.save()
    announce(suspension_news(suspension, EventKind.REINSTATED, cause.because), at)
    _give_back_all(ReservationRow.cancelled_by_suspension == suspension.id, at, cause)


def suspension_news(suspension: SuspensionRow, kind: EventKind, because: str) -> Event:
    """SUSPENDED or REINSTATED. `no_show_id` says whether the night made it, and of which absence."""
    return Event(
        organization_id=suspension.organization_id,
        kind=kind,
        member_id=suspension.member_id,
        subject=suspension.id,
        data={
            "because": because,
            "starts_at": clocktime.to_ms(suspension.starts_at),
            "ends_at": clocktime.to_ms(suspension.ends_at),
            "no_show_id": suspension.no_show_id,
        },
    )


def answered_until(organization_id: str, member_ids: Collection[str], versions: Versions) -> dict[str, datetime]:
    """By member, when the last suspension with ground for absences was made: what was noted until then is answered.

    Members of whom none is answered are left out.
    """
    made = _made_by_night(member_ids)
    switched, absences = switches_of(organization_id), absences_of_all(tuple(made))
    weighed = {id_: _weigh(absences[id_], own, versions, switched)[1] for id_, own in made.items()}
    return {id_: answered_at for id_, answered_at in weighed.items() if answered_at is not None}


def _weighed(
    organization_id: str, member_id: str, versions: Versions
) -> tuple[list[SuspensionRow], datetime | None]:  # fmt: skip
    """(suspensions without ground that still stand; when the last with ground was made).

    Without ground are those that the night would not have made, had it known what is known now. The rule is its own.
    """
    made = _made_by_night((member_id,)).get(member_id, ())
    return _weigh(absences_of(member_id), made, versions, switches_of(organization_id))


def _weigh(
    absences: Sequence[Absence],
    made_by_night: Iterable[SuspensionRow],
    versions: Versions,
    switched: Iterable[Switched],
) -> tuple[list[SuspensionRow], datetime | None]:
    groundless: list[SuspensionRow] = []
    answered_at: datetime | None = None
    for suspension in made_by_night:
        features = features_at(switched, suspension.made_at)
        known_then = [
            absence
            for absence in absences
            if absence.noted_at <= suspension.made_at and features.reaches(Feature.SUSPENSIONS, absence.noted_at)
        ]
        if suspension_due(known_then, answered_at, versions, suspension.made_at) is not None:
            answered_at = suspension.made_at
        elif suspension.lifted_at is None:
            groundless.append(suspension)
    return groundless, answered_at


def _made_by_night(member_ids: Iterable[str]) -> dict[str, list[SuspensionRow]]:
    """By member, in the order they were made."""
    rows = SuspensionRow.select().where(
        among(SuspensionRow.member, tuple(member_ids)), SuspensionRow.no_show_id.is_null(False)
    )
    found: dict[str, list[SuspensionRow]] = defaultdict(list)
    for row in rows.order_by(SuspensionRow.made_at, SuspensionRow.id):
        found[row.member_id].append(row)
    return found


def absences_of(member_id: str) -> list[Absence]:
    """The member's no-shows that were not reversed."""
    return absences_of_all((member_id,))[member_id]


def absences_of_all(
    member_ids: Collection[str], ended_after: datetime | None = None
) -> dict[str, list[Absence]]:  # fmt: skip
    """The same for many, in one query; only those from sessions that ended after that, where it is given."""
    which = among(NoShowRow.member, member_ids) & NoShowRow.reversed_at.is_null()
    rows = (
        NoShowRow.select(
            NoShowRow.member,
            NoShowRow.id,
            NoShowRow.reservation,
            ReservationRow.pass_,
            SessionRow.ends_at,
            NoShowRow.noted_at,
            NoShowRow.is_counted,
            NoShowRow.is_unconfirmed,
            NoShowRow.amnesty_because,
            NoShowRow.policy_version,
        )
        .join(SessionRow, on=NoShowRow.session == SessionRow.id)
        .join(ReservationRow, on=NoShowRow.reservation == ReservationRow.id)
        .where(which if ended_after is None else which & (SessionRow.ends_at > ended_after))
    )
    found: dict[str, list[Absence]] = {id_: [] for id_ in member_ids}
    for member_id, id_, reservation, pass_, ended, noted, is_counted, is_unsure, amnesty, version in found_by(rows):
        found[member_id].append(
            Absence(
                no_show_id=id_,
                reservation_id=reservation,
                pass_id=pass_,
                session_ends_at=clocktime.from_ms(ended),
                noted_at=clocktime.from_ms(noted),
                is_counted=bool(is_counted),
                is_confirmed=not is_unsure,
                is_excused=bool(amnesty),
                policy_version=version,
            )
        )
    return found


def _give_back_all(lost_to_it: Expression, at: datetime, cause: Cause) -> None:
    """The places still to come that were lost to it, where they are free and can be paid."""
    lost = (
        ReservationRow.select()
        .join(SessionRow)
        .where(
            lost_to_it,
            ReservationRow.status == ReservationStatus.AUTO_CANCELLED.value,
            SessionRow.starts_at > _known_at(at, cause),
            SessionRow.cancelled_at.is_null(),
        )
        .order_by(ReservationRow.session, ReservationRow.id)
    )
    for reservation in lost:
        lock_session(reservation.session_id)
        if why_not_back(reservation) is None:
            give_back(reservation, at, cause)


def _known_at(at: datetime, cause: Cause) -> datetime:
    """When the house learned of it. What a kiosk tells late happened before sessions that are over by now: a place
    given back there would be missed anew, by a member who never had the chance to come.
    """
    row = AttemptRow.get_or_none(AttemptRow.id == cause.attempt_id) if cause.attempt_id else None
    return at if row is None else max(at, row.received_at, row.told_at or at)


def why_not_back(reservation: ReservationRow) -> RefusalReason | None:
    """Why a place that was taken away cannot stand again, None if it can. Its session is locked and still to come."""
    if _has_another(reservation):
        return RefusalReason.ALREADY_RESERVED
    if not has_free_place(reservation.session_id, reservation.member_id):
        return RefusalReason.SESSION_FULL
    if not _is_payable(reservation.pass_id):
        return RefusalReason.PASS_USED_UP
    return _why_not_good_any_more(reservation)


def _has_another(reservation: ReservationRow) -> bool:
    """The member took a place there again in the meantime."""
    gone = (ReservationStatus.CANCELLED.value, ReservationStatus.AUTO_CANCELLED.value)
    same = (ReservationRow.member == reservation.member_id) & (ReservationRow.session == reservation.session_id)
    return bool(ReservationRow.select().where(same, ReservationRow.status.not_in(gone)).exists())


def _why_not_good_any_more(reservation: ReservationRow) -> RefusalReason | None:
    """Meanwhile the pass was cancelled, paused, or its end came nearer."""
    row = PassRow.get_by_id(reservation.pass_id)
    if row.cancelled_at is not None:
        return RefusalReason.NO_PASS
    pass_ = as_pass(row, ledger.balance(row.id), pauses_of(row.id))
    return why_not_good_at(pass_, SessionRow.get_by_id(reservation.session_id).starts_at)


def _is_payable(pass_id: str) -> bool:
    return not ledger.is_punched(pass_id) or ledger.can_hold(pass_id)


def give_back(reservation: ReservationRow, at: datetime, cause: Cause) -> None:
    """The place stands again, with a punch set aside if punches pay for it. For one of which nothing says why not.

    Its session is locked: whoever waited there waits no more.
    """
    reservation.has_hold = ledger.can_hold_for(reservation)
    reservation.cancelled_at, reservation.cancelled_because = None, ""
    reservation.cancelled_by_suspension = reservation.cancelled_by_no_show = None
    history.move(reservation, ReservationStatus.PENDING, at, cause, action="GIVEN_BACK")
    has_a_place(reservation.member_id, reservation.session_id, at, reservation.id)
    touch_session(reservation.organization_id, reservation.session_id)
