"""Who was turned away a short while ago and has not come in since: they probably still stand there."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta

from peewee import JOIN

from core.model import Method, Session
from core.policy import Policy
from core.protocol import AttemptKind, Outcome
from core.refusals import RefusalReason
from server.services.desk.values import SessionToday, Standing, TurnedAway
from server.services.door.day import sessions_with_ids
from server.store.tables import AttemptRow, DeviceRow, MemberRow, SuspensionRow

STILL_HERE = timedelta(minutes=20)
ABSENT = (Standing.MISSING, Standing.EXPECTED)
AT_THE_DOOR = (AttemptKind.SELF.value, AttemptKind.STAFF.value)


@dataclass(frozen=True, kw_only=True, slots=True)
class _Answer:
    """What one attempt ended with."""

    attempt_id: str
    at: datetime
    member_id: str | None
    name: str
    card: str
    session_id: str | None
    door: str
    outcome: str | None
    reason: RefusalReason | None

    @property
    def who(self) -> str:
        """The same for the same person, or the same unknown card."""
        return self.member_id or self.card or self.attempt_id


def turned_away_lately(
    organization_id: str, venue_id: str, sessions: Collection[SessionToday], policy: Policy, at: datetime
) -> tuple[TurnedAway, ...]:
    """Each person or unknown card once, by the last answer they got; newest first."""
    last = {answer.who: answer for answer in _answers(organization_id, venue_id, at)}
    came_at = {p.member_id: p.arrival.came_at for s in sessions for p in s.people if p.arrival}
    here = [
        answer
        for answer in last.values()
        if answer.outcome == Outcome.REFUSED.value
        and answer.reason is not None
        and not (answer.member_id in came_at and came_at[answer.member_id] >= answer.at)
    ]
    about = sessions_with_ids(organization_id, {answer.session_id for answer in here if answer.session_id})
    suspended = _suspended_until(organization_id, {answer.member_id for answer in here if answer.member_id}, at)
    places = {p.member_id: s.session.title for s in sessions for p in s.people if p.standing in ABSENT}
    newest_first = sorted(here, key=lambda answer: (answer.at, answer.attempt_id), reverse=True)
    return tuple(_turned_away(answer, about, suspended, places, policy) for answer in newest_first)


def _turned_away(
    answer: _Answer,
    about: dict[str, Session],
    suspended: dict[str, datetime],
    places: dict[str, str],
    policy: Policy,
) -> TurnedAway:
    session = about.get(answer.session_id or "")
    until = None
    if answer.reason is RefusalReason.SUSPENDED:
        until = suspended.get(answer.member_id or "")
    elif answer.reason is RefusalReason.TOO_EARLY and session:
        until = policy.window(session, Method.SELF).opens_at
    return TurnedAway(
        attempt_id=answer.attempt_id,
        name=answer.name,
        at=answer.at,
        door=answer.door,
        reason=answer.reason or RefusalReason.INTERRUPTED,
        until=until,
        session_title=session.title if session else "",
        has_place_in=places.get(answer.member_id or "", ""),
    )


def _answers(organization_id: str, venue_id: str, at: datetime) -> list[_Answer]:
    """Of the last twenty minutes, in the order in which they were given."""
    rows = (
        AttemptRow.select(
            AttemptRow.id,
            AttemptRow.happened_at,
            AttemptRow.member,
            MemberRow.first_name,
            MemberRow.last_name,
            AttemptRow.card,
            AttemptRow.session,
            DeviceRow.name,
            AttemptRow.outcome,
            AttemptRow.reason,
        )
        .join(MemberRow, JOIN.LEFT_OUTER)
        .switch(AttemptRow)
        .join(DeviceRow, JOIN.LEFT_OUTER, on=AttemptRow.device == DeviceRow.id)
        .where(
            AttemptRow.organization == organization_id,
            AttemptRow.venue == venue_id,
            AttemptRow.kind.in_(AT_THE_DOOR),
            AttemptRow.happened_at > at - STILL_HERE,
            AttemptRow.happened_at <= at + STILL_HERE,
            AttemptRow.outcome.is_null(False),
        )
        .order_by(AttemptRow.happened_at, AttemptRow.id)
    )
    return [
        _Answer(
            attempt_id=id_,
            at=happened_at,
            member_id=member_id,
            name=f"{first or ''} {last or ''}".strip(),
            card=card,
            session_id=session_id,
            door=door or "",
            outcome=outcome,
            reason=RefusalReason(reason) if reason else None,
        )
        for id_, happened_at, member_id, first, last, card, session_id, door, outcome, reason in rows.tuples()
    ]


def _suspended_until(organization_id: str, member_ids: set[str], at: datetime) -> dict[str, datetime]:
    """When each suspension ends that covers now."""
    if not member_ids:
        return {}
    rows = SuspensionRow.select(SuspensionRow.member, SuspensionRow.ends_at).where(
        SuspensionRow.organization == organization_id,
        SuspensionRow.member.in_(sorted(member_ids)),
        SuspensionRow.starts_at <= at,
        SuspensionRow.ends_at > at,
        SuspensionRow.lifted_at.is_null(),
    )
    return dict(rows.order_by(SuspensionRow.ends_at).tuples())
