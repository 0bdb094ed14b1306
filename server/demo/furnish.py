"""Makes rows of the fake day, through the same services a studio uses: nothing is written behind their back.

What lies in the past happened in the past: reservations and check-ins are made as of their own moment.
"""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from core import clocktime
from core.cards import CardCode
from core.finding import Finding
from core.model import PassType
from core.policy import ClassRule, Policy
from server.demo import day
from server.services.door.at_the_desk import AtTheDesk, check_in
from server.services.door.vault import CodeVault
from server.services.fleet.cards import issue_card
from server.services.fleet.households import set_household
from server.services.fleet.policies import change_policy
from server.services.people.class_types import add_class_type, add_instructor
from server.services.people.courses import add_course
from server.services.people.members import NewMember, add_member
from server.services.people.organizations import open_organization
from server.services.people.pass_plans import NewPlan, add_plan
from server.services.people.passes import correct_punches, sell_pass
from server.services.people.rights import Asker, the_house
from server.services.people.sessions import NewSession, plan_session
from server.services.people.suspensions import suspend
from server.services.people.venues import open_room, open_venue
from server.services.reserving.reserve import Wish, reserve

LONG_AGO = timedelta(days=30)
SOLD_AGO = timedelta(days=20)
RESERVED_BEFORE = timedelta(days=2)
CAME_BEFORE_START = timedelta(minutes=12)


@dataclass(frozen=True, kw_only=True, slots=True)
class Furnished:
    """One member of the demo, with ids."""

    planned: day.PlannedMember
    member_id: str
    pass_id: str | None
    code: CardCode


@dataclass
class House:
    """What has been made so far, by name."""

    organization_id: str
    zone: ZoneInfo
    now: datetime
    house: Asker
    venues: dict[str, str] = field(default_factory=dict)
    rooms: dict[tuple[str, str], str] = field(default_factory=dict)
    instructors: dict[str, str] = field(default_factory=dict)
    class_types: dict[str, str] = field(default_factory=dict)
    course_id: str = ""
    plans: dict[str, str] = field(default_factory=dict)
    sessions: dict[str, str] = field(default_factory=dict)

    def at(self, minutes: int) -> datetime:
        """That many minutes from now, on the five minutes."""
        instant = self.now + timedelta(minutes=minutes)
        return instant - timedelta(minutes=instant.minute % 5, seconds=instant.second, microseconds=instant.microsecond)


def furnish(at: datetime, vault: CodeVault) -> tuple[House, list[Furnished]]:
    """The whole studio around `at`; the members who carry a demo card first."""
    zone = studio_zone(at)
    began = at - LONG_AGO
    organization_id = open_organization(day.ORGANIZATION, began, colour=day.COLOUR)
    house = House(organization_id, zone, at, the_house(organization_id))
    _rooms_and_people(house, began)
    _what_is_sold(house, began)
    for session in day.SESSIONS:
        _plan(house, session, began)
    members = []
    for planned in day.MEMBERS:
        members.append(_join(house, planned, vault))
    _lead(house, members, vault)
    _live_the_day(house, members)
    return house, members


def _lead(house: House, members: list[Furnished], vault: CodeVault) -> None:
    """Whose card brings others in."""
    named = {member.planned.first_name: member.member_id for member in members}
    for member in members:
        if member.planned.leads:
            led = [named[name] for name in member.planned.leads]
            set_household(house.organization_id, member.member_id, led, house.house, house.now - SOLD_AGO, vault)


def studio_zone(at: datetime) -> ZoneInfo:
    """Where it is afternoon at that moment: see `day.ZONES`."""
    zones = [clocktime.zone_named(name) for name in day.ZONES]
    return min(zones, key=lambda zone: abs(at.astimezone(zone).hour - 14))


def _rooms_and_people(house: House, at: datetime) -> None:
    me = house.organization_id
    for venue, rooms in day.ROOMS.items():
        house.venues[venue] = open_venue(
            me, venue, house.zone.key, house.house, at + timedelta(seconds=len(house.venues))
        )
        for room in rooms:
            house.rooms[venue, room] = open_room(me, house.venues[venue], room, house.house, at)
    for name in day.INSTRUCTORS:
        house.instructors[name] = add_instructor(me, name, house.house, at)
    for class_type in day.CLASS_TYPES:
        house.class_types[class_type.name] = add_class_type(me, class_type.name, house.house, at)
    house.course_id = add_course(me, day.COURSE, house.class_types[day.COURSE], day.COURSE_PARTS, house.house, at)
    rules = tuple(
        ClassRule(class_type_id=house.class_types[one.name], may_walk_in=False)
        for one in day.CLASS_TYPES
        if not one.may_walk_in
    )
    change_policy(me, Policy(class_rules=rules, finding=Finding.BIRTHDAY), house.house, at)


def _what_is_sold(house: House, at: datetime) -> None:
    for plan in day.PLANS:
        is_course = plan.type is PassType.FULL_COURSE
        house.plans[plan.key] = add_plan(
            house.organization_id,
            NewPlan(
                title=plan.title,
                type=plan.type,
                class_type_ids=tuple(house.class_types[name] for name in plan.class_types),
                course_id=house.course_id if is_course else None,
                punches=plan.punches,
                valid_days=plan.valid_days,
                is_in_order=is_course,
            ),
            house.house,
            at,
        )


def _plan(house: House, session: day.PlannedSession, at: datetime) -> None:
    starts_at = house.at(session.starts)
    house.sessions[session.key] = plan_session(
        house.organization_id,
        NewSession(
            venue_id=house.venues[session.venue],
            class_type_id=house.class_types[session.class_type],
            starts_at=starts_at,
            ends_at=starts_at + timedelta(minutes=session.lasts),
            capacity=session.capacity,
            room_id=house.rooms[session.venue, session.room],
            instructor_ids=(house.instructors[session.instructor],),
            course_id=house.course_id if session.part else None,
            part=session.part,
            is_open_studio=session.is_open_studio,
        ),
        house.house,
        at,
    )


def _join(house: House, planned: day.PlannedMember, vault: CodeVault) -> Furnished:
    """A member with card and pass, as they stand today."""
    me, sold_at = house.organization_id, house.now - SOLD_AGO
    new = NewMember(
        first_name=planned.first_name,
        last_name=planned.last_name,
        language=planned.language,
        email=planned.email,
        birth_date=planned.born,
    )
    member_id = add_member(me, new, house.house, sold_at)
    code = issue_card(me, member_id, house.house, sold_at, vault)
    if planned.is_suspended:
        until = house.now + timedelta(days=12)
        because = "Three missed sessions in October"
        suspend(me, member_id, until, because, house.house, house.now - timedelta(hours=3))
    pass_id = None
    if planned.plan is not None:
        ends_at = house.now - timedelta(days=2) if planned.has_expired else None
        pass_id = sell_pass(me, member_id, house.plans[planned.plan], house.house, sold_at, valid_until=ends_at)
        included = next(plan.punches for plan in day.PLANS if plan.key == planned.plan)
        if planned.punches is not None and planned.punches != included:
            used = planned.punches - (included or 0)
            correct_punches(me, pass_id, used, "Used before this day", house.house, sold_at)
    return Furnished(planned=planned, member_id=member_id, pass_id=pass_id, code=code)


def _live_the_day(house: House, members: list[Furnished]) -> None:
    """Reservations and check-ins in the order in which they happened."""
    planned = {session.key: session for session in day.SESSIONS}
    happenings: list[tuple[datetime, int, Furnished, str, bool]] = []
    for place, member in enumerate(members):
        for key in (*member.planned.came, *member.planned.reserved):
            starts_at = house.at(planned[key].starts)
            happenings.append((min(house.now, starts_at) - RESERVED_BEFORE, place, member, key, False))
        for key in member.planned.came:
            happenings.append((house.at(planned[key].starts) - CAME_BEFORE_START, place, member, key, True))
    for moment, _, member, key, is_arrival in sorted(happenings, key=lambda happening: happening[:2]):
        session_id = house.sessions[key]
        if is_arrival:
            venue_id = house.venues[planned[key].venue]
            arrival = AtTheDesk(venue_id=venue_id, member_id=member.member_id, session_id=session_id)
            check_in(house.organization_id, arrival, moment)
        elif member.pass_id is not None:
            wish = Wish(session_id=session_id, pass_id=member.pass_id)
            reserve(house.organization_id, wish, house.house, moment)
