"""Absences, suspensions and their explanations as the API's shapes. It decides only who reads what staff wrote."""

from core.penalties import Contest, Explanation, NotedAbsence
from core.penalties_said import Reader, absence_said, on_the_clock, suspension_said
from server.api import penalty_shapes as shapes
from server.api import telling
from server.services.penalties.values import NoShow, SuspensionSeen
from server.services.people.rights import Asker


def reader(by: Asker) -> Reader:
    return Reader.STAFF if by.member_id is None else Reader.MEMBER


def suspension(given: SuspensionSeen, language: str, to: Reader) -> shapes.SuspensionSeenTold:
    told, is_staff = given.suspended, to is Reader.STAFF
    return shapes.SuspensionSeenTold(
        id=told.id,
        member_id=given.who.member_id,
        member_number=given.who.number,
        member_name=given.who.name,
        standing=given.standing,
        starts_at=told.starts_at,
        ends_at=told.ends_at,
        because=told.because,
        no_show_id=told.no_show_id,
        policy_version=given.rule.policy.version if given.rule else None,
        made_at=given.made_at,
        made_by_name=given.made_by_name if is_staff else "",
        lifted_at=told.lifted_at,
        lifted_by_name=given.lifted_by_name if is_staff else "",
        lifted_because=told.lifted_because if is_staff else "",
        sentences=list(suspension_said(told, given.rule, language, to, on_the_clock(given.zone))),
    )


def no_show_seen(given: NoShow) -> shapes.NoShowSeenTold:
    """For staff, with whose it is."""
    told = no_show(given.noted, Reader.STAFF)
    return shapes.NoShowSeenTold(**dict(told), member_number=given.who.number, member_name=given.who.name)


def no_show(noted: NotedAbsence, to: Reader) -> shapes.NoShowTold:
    return shapes.NoShowTold(
        id=noted.no_show_id,
        member_id=noted.member_id,
        reservation_id=noted.reservation_id,
        registration_id=noted.pass_id,
        session=telling.session(noted.session),
        state=noted.state,
        noted_at=noted.noted_at,
        is_counted=noted.is_counted,
        took_punch=noted.took_punch,
        is_punch_back=noted.is_punch_back,
        places_lost=[
            shapes.LostPlaceTold(reservation_id=place.reservation_id, title=place.title, starts_at=place.starts_at)
            for place in noted.places_lost
        ],
        excused_because=noted.excused_because if to is Reader.STAFF else "",
        undone_at=noted.undone_at,
        contest=_contest(noted.contest, to) if noted.contest else None,
    )


def explanation(given: Explanation, language: str, to: Reader) -> shapes.ExplanationTold:
    suspended = given.suspension
    return shapes.ExplanationTold(
        no_show=no_show(given.noted, to),
        rule=shapes.RuleTold(version=given.rule.policy.version, since=given.rule.since),
        strike=given.strike,
        suspension_id=suspended.id if suspended else None,
        suspended_until=min(suspended.ends_at, suspended.lifted_at or suspended.ends_at) if suspended else None,
        places_go_at=given.places_go_at,
        may_contest=given.may_contest,
        contest_ends_at=given.contest_ends_at,
        sentences=list(absence_said(given, language, to)),
    )


def _contest(given: Contest, to: Reader) -> shapes.ContestTold:
    return shapes.ContestTold(
        id=given.id,
        words=given.words,
        made_at=given.made_at,
        by_name=given.by_name if to is Reader.STAFF else "",
        answer=given.answer,
        answered_at=given.answered_at,
        because=given.answered_because,
    )
