"""Reports of a small studio that was counted by hand: each figure by its one definition, both databases."""

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest
from peewee import Database

from core.errors import Forbidden, Invalid, NotFound
from core.model import Method
from core.model import ReservationStatus as S
from core.policy import Policy
from server.services.door import ledger
from server.services.fleet.policies import change_policy
from server.services.people.rights import Role
from server.services.reports.passes import pass_report
from server.services.reports.policies import policy_report
from server.services.reports.reservations import reservation_report
from server.services.reports.values import ClassFigures, PlaceFigures, PopularTime, Source
from server.store.database import writing
from server.store.ids import new_id
from server.store.tables import PassRow, PolicyRow, PunchRow, ReservationRow, SessionRow, SuspensionRow, VisitRow
from tests.server.studio import SIX_PM, Studio, open_studio
from tests.server.test_api_reservations import program_of
from tests.server.test_reserving_a_place import mira

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
SATURDAY = date(2026, 11, 21)
MONDAY = SIX_PM - 5 * DAY
"""16 November, 18:00 in Berlin."""
AFTER = SIX_PM + 100 * DAY


def place(studio: Studio, session: str, status: S, *, ahead: timedelta = DAY, member: str = "") -> str:
    """A place that came to this, whichever way."""
    member = member or studio.member()
    with writing():
        starts_at = SessionRow.get_by_id(session).starts_at
        pass_ = PassRow.get_or_none(PassRow.member == member)
    made = studio.reservation(
        member, session, pass_.id if pass_ else studio.unlimited(member), made_at=starts_at - ahead
    )
    with writing():
        ReservationRow.update(status=status.value).where(ReservationRow.id == made).execute()
    return member


def visit(
    studio: Studio,
    session: str,
    method: Method = Method.SELF,
    *,
    kiosk: str | None = None,
    member: str = "",
    is_live: bool = True,
    pass_: str | None = None,
) -> None:
    with writing():
        at = SessionRow.get_by_id(session).starts_at
        VisitRow.create(
            id=new_id(at),
            organization=studio.organization,
            member=member or studio.member(),
            session=session,
            pass_=pass_,
            device=kiosk,
            is_live=is_live,
            method=method.value,
            first_at=at,
        )


def suspension(
    studio: Studio, member: str, starts_at: datetime, *, days: int = 14, lifted_at: datetime | None = None
) -> None:
    with writing():
        SuspensionRow.create(
            id=new_id(starts_at),
            organization=studio.organization,
            member=member,
            starts_at=starts_at,
            ends_at=starts_at + days * DAY,
            made_at=starts_at,
            lifted_at=lifted_at,
        )


def week_of(studio: Studio) -> None:
    """Monday and Saturday wheel, Tuesday glazing; what lies outside of the week counts nowhere."""
    monday, saturday = studio.session(MONDAY), studio.session(SIX_PM)
    tuesday = studio.session(MONDAY + DAY + HOUR, class_type=studio.glazing)
    called_off = studio.session(MONDAY + 2 * DAY)
    for status in (S.CHECKED_IN, S.ATTENDED, S.NO_SHOW, S.CANCELLED):
        place(studio, monday, status, ahead=2 * DAY)
    place(studio, saturday, S.PENDING, ahead=4 * DAY)
    for status in (S.CHECKED_IN, S.NO_SHOW, S.AUTO_CANCELLED):
        place(studio, tuesday, status, ahead=DAY)
    place(studio, called_off, S.CANCELLED, ahead=30 * DAY)
    with writing():
        SessionRow.update(cancelled_at=MONDAY).where(SessionRow.id == called_off).execute()
    kiosk = studio.kiosk()
    visit(studio, monday, kiosk=kiosk)
    visit(studio, monday, kiosk=kiosk)
    visit(studio, monday, Method.STAFF)
    visit(studio, monday, kiosk=kiosk, is_live=False)
    visit(studio, tuesday, Method.SELF)
    for outside in (MONDAY - 8 * DAY, SIX_PM + DAY):
        session = studio.session(outside)
        place(studio, session, S.NO_SHOW, ahead=DAY)
        visit(studio, session, Method.STAFF)


WEEK = {"from_day": date(2026, 11, 15), "until_day": date(2026, 11, 22)}


def test_how_places_are_reserved_kept_and_missed(database: Database) -> None:
    studio, other = open_studio(), open_studio("Clay")
    week_of(studio)
    place(other, other.session(MONDAY), S.NO_SHOW)
    visit(other, other.session(MONDAY))
    found = reservation_report(studio.organization, mira(studio), AFTER, **WEEK)
    wheel = PlaceFigures(reserved=5, cancelled=1, auto_cancelled=0, came=2, no_shows=1)
    glazing = PlaceFigures(reserved=3, cancelled=0, auto_cancelled=1, came=1, no_shows=1)
    assert found.by_class == (
        ClassFigures(class_type_id=studio.glazing, name="Glazing", places=glazing),
        ClassFigures(class_type_id=studio.wheel, name="Wheel throwing", places=wheel),
    )
    assert found.places == PlaceFigures(reserved=8, cancelled=1, auto_cancelled=1, came=3, no_shows=2)
    assert (wheel.no_show_rate, wheel.cancellation_rate, glazing.no_show_rate) == (1 / 3, 1 / 5, 1 / 2)
    assert glazing.auto_cancellation_rate == 1 / 3
    assert found.advance == (4 * 2 * DAY + 4 * DAY + 3 * DAY) / 8
    assert [(one.method, one.source, one.visits, one.share) for one in found.methods] == [
        (Method.SELF, Source.ELSEWHERE, 1, 0.25),
        (Method.SELF, Source.KIOSK, 2, 0.5),
        (Method.STAFF, Source.ELSEWHERE, 1, 0.25),
    ]
    assert found.popular == (
        PopularTime(weekday=1, hour=18, sessions=1, visits=3),
        PopularTime(weekday=2, hour=19, sessions=1, visits=1),
    )
    assert found.made == 5, "those of Tuesday and Saturday, and Sunday's of the week after; Monday's were made before"
    nothing = reservation_report(studio.organization, mira(studio), AFTER, from_day=date(2027, 1, 1))
    assert (nothing.advance, nothing.methods, nothing.places.no_show_rate) == (None, (), None)


def test_a_venue_of_its_own_and_its_own_days(database: Database) -> None:
    studio = open_studio()
    barn = studio.another_venue()
    session = studio.session(MONDAY)
    place(studio, session, S.NO_SHOW)
    midnight = SIX_PM - 18 * HOUR
    for starts_at in (midnight - timedelta(milliseconds=1), midnight):
        late = studio.session(starts_at)
        place(studio, late, S.NO_SHOW)
        with writing():
            SessionRow.update(venue=barn).where(SessionRow.id == late).execute()
    both = reservation_report(studio.organization, mira(studio), AFTER, **WEEK)
    there = reservation_report(studio.organization, mira(studio), AFTER, **WEEK, venue_id=barn)
    friday = replace_days(WEEK, until_day=SATURDAY)
    before = reservation_report(studio.organization, mira(studio), AFTER, **friday, venue_id=barn)
    assert [one.places.no_shows for one in (both, there, before)] == [3, 2, 1]
    assert (there.made, both.made) == (2, 3)


def replace_days(days: dict[str, date], **others: date) -> dict[str, date]:
    return {**days, **others}


def test_what_became_of_punch_passes(database: Database) -> None:
    studio = open_studio()
    ends = SIX_PM - DAY
    used_up, half, untouched = (studio.punch_pass(studio.member(), punches, valid_until=ends) for punches in (2, 4, 10))
    session = studio.session(MONDAY)
    for pass_, visits in ((used_up, 2), (half, 1)):
        for _ in range(visits):
            visit(studio, session, pass_=pass_)
            with writing():
                PunchRow.create(
                    id=new_id(MONDAY),
                    organization=studio.organization,
                    pass_=pass_,
                    delta=-1,
                    kind=ledger.PunchKind.VISIT.value,
                    key=new_id(MONDAY),
                    at=MONDAY,
                )
    visit(studio, session, pass_=half, is_live=False)
    studio.punch_pass(studio.member(), valid_until=SIX_PM + 2 * DAY)
    studio.punch_pass(studio.member())
    studio.unlimited(studio.member(), valid_until=ends)
    given_back = studio.punch_pass(studio.member(), valid_until=ends)
    with writing():
        PassRow.update(cancelled_at=ends - DAY).where(PassRow.id == given_back).execute()
    found = pass_report(studio.organization, mira(studio), AFTER, **WEEK)
    assert (found.ended, found.sessions_used, found.ended_with_punches_left, found.punches_left) == (3, 3, 2, 13)
    assert (found.mean_sessions_used, found.expiry_rate) == (1.0, 2 / 3)
    assert untouched
    nothing = pass_report(studio.organization, mira(studio), AFTER, from_day=date(2027, 1, 1))
    assert (nothing.ended, nothing.mean_sessions_used, nothing.expiry_rate) == (0, None, None)


def test_what_the_policy_does(database: Database) -> None:
    studio = open_studio()
    monday = studio.session(MONDAY)
    dan = place(studio, monday, S.NO_SHOW)
    place(studio, monday, S.AUTO_CANCELLED)
    visit(studio, monday, member=dan)
    visit(studio, monday)
    for starts_at in (MONDAY, MONDAY + DAY):
        suspension(studio, dan, starts_at)
    suspension(studio, studio.member("Eve"), MONDAY - 30 * DAY)
    found = policy_report(studio.organization, mira(studio), AFTER, **WEEK)
    assert (found.active_members, found.suspended_members, found.suspensions) == (3, 1, 2)
    assert (found.suspension_rate, found.places.auto_cancellation_rate) == (1 / 3, 1 / 2)
    assert found.versions is None


def test_no_shows_before_and_after_a_version_began(database: Database) -> None:
    studio = open_studio()
    made = change_policy(studio.organization, Policy(no_show_takes_punch=True), mira(studio), MONDAY)
    for days, kept, missed in ((-28, 1, 1), (-1, 1, 1), (0, 3, 1), (27, 4, 0), (28, 0, 5), (-29, 0, 5)):
        session = studio.session(MONDAY + days * DAY)
        for status, places in ((S.ATTENDED, kept), (S.NO_SHOW, missed)):
            for _ in range(places):
                place(studio, session, status)
    versions = policy_report(studio.organization, mira(studio), AFTER).versions
    assert versions is not None
    assert (versions.version, versions.began_at, versions.length) == (made.version, MONDAY, 28 * DAY)
    assert (versions.before.no_show_rate, versions.after.no_show_rate, versions.reduction) == (1 / 2, 1 / 8, 0.75)
    soon = policy_report(studio.organization, mira(studio), MONDAY + 2 * DAY, version=made.version).versions
    assert soon is not None and (soon.length, soon.before.no_shows, soon.after.no_shows) == (2 * DAY, 1, 1)
    with pytest.raises(NotFound):
        policy_report(studio.organization, mira(studio), AFTER, version=made.version + 1)
    with pytest.raises(NotFound):
        policy_report(studio.organization, mira(studio), MONDAY - DAY, version=made.version)
    with writing():
        assert PolicyRow.select().count() == 1


def test_who_comes_again_after_a_suspension(database: Database) -> None:
    studio = open_studio()
    ended = MONDAY + DAY
    for late, lifted in ((60 * DAY - HOUR, None), (60 * DAY, None), (-HOUR, None), (DAY, ended - 2 * DAY)):
        member = studio.member()
        suspension(studio, member, ended - 14 * DAY, lifted_at=lifted)
        visit(studio, studio.session(ended + late), member=member)
    suspension(studio, studio.member(), SIX_PM)
    undone = studio.member()
    suspension(studio, undone, ended - 14 * DAY)
    visit(studio, studio.session(ended + DAY), member=undone, is_live=False)
    retention = policy_report(studio.organization, mira(studio), ended + 60 * DAY, **WEEK).retention
    assert (retention.ended, retention.came_again, retention.too_early, retention.rate) == (5, 2, 0, 0.4)
    early = policy_report(studio.organization, mira(studio), ended + 60 * DAY - HOUR, **WEEK).retention
    assert (early.ended, early.came_again, early.too_early) == (1, 1, 4)


def test_a_program_reads_them_over_http(sqlite_database: Database) -> None:
    studio, other = open_studio(), open_studio("Clay")
    week_of(studio)
    days = {"from_": "2026-11-15", "until": "2026-11-22"}
    with program_of(studio, Role.MANAGER) as app:
        report = app.at(AFTER).get("/api/reports/reservations", **days)
        assert (report["advanceHours"], report["places"]["noShowRate"]) == (45.0, 0.4)
        assert report["span"]["fromAt"] == "2026-11-14T23:00:00Z"
        assert [one["share"] for one in report["checkInMethods"]] == [0.25, 0.5, 0.25]
        assert report["popularTimes"][0] == {"weekday": 1, "hour": 18, "sessions": 1, "visits": 3}
        assert app.get("/api/reports/passes", **days)["expiryRate"] is None
        policy = app.get("/api/reports/policy", **days)
        assert (policy["activeMembers"], policy["noShowsBeforeAndAfter"]) == (12, None)
        app.get("/api/reports/policy", 404, version=7)
        app.get("/api/reports/reservations", 404, venueId=other.venue)
        app.get("/api/reports/reservations", 422, from_="2026-11-22", until="2026-11-22")
        app.get("/api/reports/reservations", 422, from_="2020-01-01")
    with program_of(studio) as desk:
        desk.get("/api/reports/passes", 403)


def test_who_may_read_them_and_how_long_a_time_they_cover(sqlite_database: Database) -> None:
    studio, other = open_studio(), open_studio("Clay")
    with pytest.raises(Forbidden):
        reservation_report(other.organization, mira(studio), AFTER)
    first = SATURDAY - timedelta(days=400)
    assert reservation_report(studio.organization, mira(studio), AFTER, from_day=first, until_day=SATURDAY)
    with pytest.raises(Invalid) as told:
        pass_report(studio.organization, mira(studio), AFTER, from_day=first - DAY, until_day=SATURDAY)
    assert told.value.code == "report.span_too_long"
    usual = reservation_report(studio.organization, mira(studio), SIX_PM).span
    midnight = SIX_PM - 18 * HOUR
    assert (usual.from_at, usual.until_at) == (midnight - 28 * DAY - HOUR, midnight), "summer time ended meanwhile"
    assert replace(usual, venue_id=studio.venue) == (
        reservation_report(studio.organization, mira(studio), SIX_PM, venue_id=studio.venue).span
    )
