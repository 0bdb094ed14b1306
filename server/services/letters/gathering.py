"""From a piece of news to what its letter says: everything is looked up here, and nothing decided but what is told.

Some news is told by another letter, or is news no more when its turn comes; then there is none.
"""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from core import clocktime
from core.days import moment_in_words
from core.events import EventKind as K
from core.features import Feature
from core.letter_words import LOST_WITH_PASS, About, Class
from core.letters import LETTERS, News, good_until
from core.messages import language_for
from core.model import Method, PassType, ReservationStatus, Session
from core.penalties import Answer, Explanation
from core.penalties_said import Reader, absence_said, rule_said
from core.reserving import free_cancel_until
from core.waiting import WaitingStatus
from server.services.door import ledger
from server.services.door.day import sessions_with_ids
from server.services.door.features import is_on
from server.services.door.policies import policy_in_force, policy_of_version
from server.services.letters.calendar_file import Entry, calendar_file
from server.services.letters.values import House
from server.services.penalties.explaining import absence_explained, absence_of_place, suspension_explained
from server.services.portal.links import sign_in_link
from server.services.waiting.ending import SESSION_CANCELLED
from server.store.tables import (
    EventRow,
    MemberRow,
    MemberSignInRow,
    NoShowRow,
    OrganizationRow,
    PassRow,
    ReservationHistoryRow,
    ReservationRow,
    SessionRow,
    SuspensionRow,
    VenueRow,
    VisitRow,
    WaitingRow,
)

MY_PAGE = "/my"
_ENDS_IT = frozenset({K.CANCELLED, K.AUTO_CANCELLED, K.SESSION_CANCELLED})


@dataclass(frozen=True, kw_only=True, slots=True)
class Gathered:
    """What a letter is made of. `good_until`: afterwards it is not sent any more."""

    about: About
    member: MemberRow
    good_until: datetime
    calendar: str = ""


@dataclass(kw_only=True, slots=True)
class _Case:
    """One piece of news with the rows it names."""

    event: EventRow
    house: House
    at: datetime
    member: MemberRow
    studio: OrganizationRow
    venue: VenueRow | None
    session: Session | None
    reservation: ReservationRow | None
    about: About
    over_at: datetime | None = None

    @property
    def kind(self) -> K:
        return K(self.event.kind)

    @property
    def data(self) -> Mapping[str, object]:
        found: Mapping[str, object] = json.loads(self.event.data)
        return found

    @property
    def is_by_staff(self) -> bool:
        return self.data.get("by") == Method.STAFF.value

    def instant(self, name: str) -> datetime | None:
        found = self.data.get(name)
        return clocktime.from_ms(found) if isinstance(found, int) else None

    def say(self, **known: object) -> None:
        """What the letter is about becomes clearer."""
        self.about = replace(self.about, **known)  # type: ignore[arg-type]

    def moment(self, instant: datetime) -> str:
        return moment_in_words(self.about.language, instant, clocktime.zone_named(self.about.zone))


def gather(event: EventRow, house: House, at: datetime) -> Gathered | None:
    """None: nothing is to be written of it. Inside `reading()`."""
    # A newer version may have told news of kinds that this one does not know.
    if event.kind not in LETTERS or event.member_id is None:
        return None
    case = _case(event, house, at)
    if case.member.erased_at is not None or not _FILLS.get(case.kind, _nothing_more)(case):
        return None
    until = good_until(
        News(
            kind=case.kind,
            happened_at=event.happened_at,
            noted_at=event.noted_at,
            session_starts_at=case.session.starts_at if case.session else None,
            session_ends_at=case.session.ends_at if case.session else None,
            over_at=case.over_at,
        )
    )
    if at >= until:
        return None
    calendar = _calendar(case) if LETTERS[case.kind].has_calendar else ""
    return Gathered(about=case.about, member=case.member, good_until=until, calendar=calendar)


def _case(event: EventRow, house: House, at: datetime) -> _Case:
    member = MemberRow.get_by_id(event.member_id)
    studio = OrganizationRow.get_by_id(event.organization_id)
    ids = [event.session_id] if event.session_id else []
    session = sessions_with_ids(studio.id, ids).get(event.session_id)
    venues = VenueRow.select().where(VenueRow.organization == studio.id).order_by(VenueRow.id)
    venue = VenueRow.get_by_id(session.venue_id) if session else venues.first()
    about = About(
        kind=K(event.kind),
        language=language_for(member.language or studio.language),
        zone=venue.zone if venue else "UTC",
        name=member.first_name,
        studio=studio.name,
        page=house.address(MY_PAGE),
        happened_at=event.happened_at,
        session=_as_class(session, venue.name if venue else "") if session else None,
    )
    reservation = ReservationRow.get_by_id(event.reservation_id) if event.reservation_id else None
    case = _Case(
        event=event,
        house=house,
        at=at,
        member=member,
        studio=studio,
        venue=venue,
        session=session,
        reservation=reservation,
        about=about,
    )
    _pass_of(case)
    return case


def _as_class(session: Session, venue: str) -> Class:
    return Class(
        title=session.title,
        starts_at=session.starts_at,
        ends_at=session.ends_at,
        where=", ".join(part for part in (venue, session.room) if part),
        people=session.instructors,
    )


def _pass_of(case: _Case) -> None:
    if case.reservation is not None:
        row = PassRow.get_by_id(case.reservation.pass_id)
        case.say(pass_title=row.title, is_punched=row.type == PassType.PUNCH_PASS.value)


def _calendar(case: _Case) -> str:
    """Of the place. Its sequence is that of the step the news tells of."""
    if case.session is None or case.reservation is None or case.about.session is None:
        return ""
    told = ReservationHistoryRow.select().where(
        ReservationHistoryRow.reservation == case.reservation.id, ReservationHistoryRow.at <= case.event.noted_at
    )
    entry = Entry(
        reservation_id=case.reservation.id,
        session=case.session,
        sequence=max(0, told.count() - 1),
        is_cancelled=case.kind in _ENDS_IT,
        where=case.about.session.where,
        studio=case.about.studio,
        sender=case.house.sender,
        page=case.about.page,
        at=case.event.noted_at,
    )
    return calendar_file(entry)


def _nothing_more(case: _Case) -> bool:
    return True


def _place_taken(case: _Case) -> bool:
    """A place that was booked for somebody who waited is told of once, as that."""
    session, reservation = case.session, case.reservation
    if session is None or reservation is None:
        return False
    if case.kind is K.RESERVED:
        booked = EventRow.select().where(EventRow.member == case.member.id, EventRow.kind == K.PLACE_BOOKED.value)
        if booked.where(EventRow.reservation == reservation.id).exists():
            return False
    policy = policy_in_force(case.studio.id, session.venue_id, case.at)
    made_under = policy_of_version(case.studio.id, reservation.policy_version)
    case.say(moment=free_cancel_until(session, policy, made_under))
    return True


def _given_up(case: _Case) -> bool:
    reservation = case.reservation
    if reservation is not None and case.is_by_staff:
        case.say(is_by_staff=True, because=reservation.cancelled_because)
    case.say(is_late=bool(case.data.get("late")))
    return True


def _taken_away(case: _Case) -> bool:
    reservation = case.reservation
    if reservation is None:
        return False
    if (step := str(case.data.get("action"))) in LOST_WITH_PASS:
        case.say(lost_with_pass=step)
    elif case.is_by_staff:
        case.say(because=str(case.data.get("because", "")))
    if reservation.cancelled_by_no_show is not None:
        missed = NoShowRow.get_by_id(reservation.cancelled_by_no_show)
        case.say(is_for_absence=True, missed=_classes(case, [missed.session_id]))
    elif reservation.cancelled_by_suspension_id is not None:
        case.say(moment=SuspensionRow.get_by_id(reservation.cancelled_by_suspension_id).ends_at)
    return True


def _classes(case: _Case, session_ids: list[str]) -> tuple[Class, ...]:
    found = sessions_with_ids(case.studio.id, session_ids).values()
    return tuple(_as_class(session, "") for session in sorted(found, key=lambda one: one.starts_at))


def _called_off(case: _Case) -> bool:
    if case.session is not None:
        case.say(because=SessionRow.get_by_id(case.session.id).cancelled_because)
    return True


def _waited_in_vain(case: _Case) -> bool:
    """Who waits no more since the session is called off is written like those who had a place there.

    Whoever left knows it; that a session began with somebody in line is no news to them; the last offer that ran out
    has a letter of its own.
    """
    row = WaitingRow.get_by_id(case.event.subject)
    is_called_off = row.status == WaitingStatus.ENDED.value and row.ended_because == SESSION_CANCELLED
    return is_called_off and _called_off(case)


def _offered(case: _Case) -> bool:
    """Not of an offer that was answered meanwhile, or taken back since the session is called off."""
    if WaitingRow.get_by_id(case.event.subject).status != WaitingStatus.OFFERED.value:
        return False
    until = case.instant("until")
    case.say(moment=until)
    case.over_at = until
    return True


def _missed(case: _Case) -> bool:
    """What was excused or undone meanwhile is told as that, by its own news."""
    told = _absence(case)
    if told is None or told.noted.undone_at is not None or told.noted.excused_because:
        return False
    case.say(explained=absence_said(told, case.about.language, Reader.MEMBER, case.moment))
    return True


def _absence(case: _Case) -> Explanation | None:
    if case.event.reservation_id is None:
        return None
    return absence_of_place(case.studio.id, case.event.reservation_id, case.at)


def _excused(case: _Case) -> bool:
    case.say(is_by_staff=case.is_by_staff, because=str(case.data.get("because", "")) if case.is_by_staff else "")
    return True


def _undone(case: _Case) -> bool:
    case.say(took_punch=bool(case.data.get("took_punch")))
    return True


def _answered(case: _Case) -> bool:
    """Any other answer than that it stands has news of its own, which says what was taken back."""
    if case.data.get("answer") != Answer.STANDS.value:
        return False
    told = absence_explained(case.studio.id, case.event.subject, case.at)
    said = absence_said(told, case.about.language, Reader.MEMBER, case.moment)
    case.say(because=str(case.data.get("because", "")), explained=said[:-1])
    return True


def _suspended(case: _Case) -> bool:
    seen = suspension_explained(case.studio.id, case.event.subject, case.at)
    case.say(since=seen.suspended.starts_at, moment=seen.suspended.ends_at)
    if seen.rule is None:
        case.say(because=seen.suspended.because)
        return True
    strikes = NoShowRow.select().where(
        NoShowRow.member == case.member.id,
        NoShowRow.reversed_at.is_null(),
        NoShowRow.is_counted,
        NoShowRow.amnesty_because == "",
        NoShowRow.noted_at <= seen.made_at,
    )
    since = seen.made_at - seen.rule.policy.strike_span
    missed = _classes(case, [row.session_id for row in strikes])
    case.say(
        missed=tuple(one for one in missed if since < one.ends_at <= seen.made_at),
        explained=rule_said(seen.rule, case.about.language, case.moment),
    )
    return True


def _reinstated(case: _Case) -> bool:
    """Staff's reason is for staff; that it is over is told in either case."""
    case.say(is_served=case.data.get("because") == "served")
    return True


def _asked_to_come(case: _Case) -> bool:
    is_open = case.reservation is not None and case.reservation.status == ReservationStatus.PENDING.value
    return is_open and is_on(case.studio.id, Feature.REMINDERS, case.at)


def _came(case: _Case) -> bool:
    """Not of a check-in that was taken back meanwhile."""
    visit = VisitRow.get_or_none(VisitRow.id == case.event.subject, VisitRow.is_live)
    if visit is None or not is_on(case.studio.id, Feature.CHECK_IN_MAIL, case.at):
        return False
    if visit.pass_id is not None:
        row = PassRow.get_by_id(visit.pass_id)
        is_punched = row.type == PassType.PUNCH_PASS.value
        case.say(pass_title=row.title, punches_left=ledger.balance(row.id).left if is_punched else None)
    return True


def _pass_news(case: _Case) -> bool:
    left = case.data.get("punches_left")
    case.say(
        pass_title=str(case.data.get("title", "")),
        moment=case.instant("valid_until"),
        punches_left=left if isinstance(left, int) else None,
    )
    return True


def _sign_in(case: _Case) -> bool:
    row = MemberSignInRow.get_or_none(MemberSignInRow.id == case.event.subject, MemberSignInRow.used_at.is_null())
    if row is None:
        return False
    link = sign_in_link(case.event.subject, case.house.vault, case.house.public_url)
    case.say(link=link, moment=row.expires_at)
    case.over_at = row.expires_at
    return True


_FILLS: Mapping[K, Callable[[_Case], bool]] = {
    K.RESERVED: _place_taken,
    K.PLACE_BOOKED: _place_taken,
    K.GIVEN_BACK: _place_taken,
    K.CANCELLED: _given_up,
    K.AUTO_CANCELLED: _taken_away,
    K.SESSION_CANCELLED: _called_off,
    K.PLACE_OFFERED: _offered,
    K.WAITING_LEFT: _waited_in_vain,
    K.NO_SHOW: _missed,
    K.NO_SHOW_EXCUSED: _excused,
    K.NO_SHOW_UNDONE: _undone,
    K.CONTEST_ANSWERED: _answered,
    K.SUSPENDED: _suspended,
    K.REINSTATED: _reinstated,
    K.REMINDER: _asked_to_come,
    K.CHECK_IN_SOON: _asked_to_come,
    K.LAST_CALL: _asked_to_come,
    K.CHECKED_IN: _came,
    K.PASS_RUNS_OUT: _pass_news,
    K.PASS_RAN_OUT: _pass_news,
    K.SIGN_IN_WANTED: _sign_in,
}
"""What each kind of news wants to know besides; False: there is no letter of it."""
