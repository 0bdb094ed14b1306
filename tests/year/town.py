"""The studio of the year: opened, furnished and run through the real services, with a kiosk at its door."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from core import clocktime
from core.cards import CardCode
from core.model import PassType
from core.policy import Policy
from server.services.door.kiosks import KnownKiosk
from server.services.fleet.cards import issue_card
from server.services.fleet.policies import change_policy
from server.services.people import class_types, courses, members, pass_plans, passes, sessions, venues
from server.services.people.accounts import NewAccount, open_account
from server.services.people.members import NewMember
from server.services.people.organizations import open_organization
from server.services.people.pass_plans import NewPlan
from server.services.people.rights import Asker, Role, asker_of_staff, the_house
from server.services.people.sessions import NewSession
from server.store.database import reading, writing
from server.store.ids import new_id
from server.store.tables import DeviceRow
from tests.server.studio import VAULT
from tests.year.people import Habit

ZONE = "Europe/Berlin"
HERE = ZoneInfo(ZONE)
DAY = timedelta(days=1)
PARTS = 6
"""Of a course, one a week; then the next course begins."""
COURSE_HOUR = 18
COURSE_CAPACITY = 20
LENGTH = timedelta(hours=2)
HOURS = (9, 11, 14, 16, 18, 20)
WINTER = Policy(strikes=4, suspension_length=timedelta(days=7), no_show_takes_places=False)
SPRING = Policy(strikes=2, suspension_length=timedelta(days=14), no_show_takes_punch=True)
AUTUMN = Policy(strikes=3, suspension_length=timedelta(days=10))


@dataclass(frozen=True, kw_only=True, slots=True)
class Scale:
    """How large a year. `people`: how many members of each habit; `capacities`: of the rooms, open at each of `hours`.
    `eagerness`: how much more than their habit says they want to come."""

    days: int
    people: Mapping[Habit, int]
    hours: tuple[int, ...]
    capacities: tuple[int, ...]
    errands_every: timedelta
    eagerness: float = 1.0
    versions: Mapping[int, Policy] = field(default_factory=dict)
    """By day of the year, counted from 0, the policy that begins then."""


YEAR = Scale(
    days=365,
    people={Habit.REGULAR: 270, Habit.CHAOTIC: 90, Habit.NEWCOMER: 110, Habit.LEARNER: 30},
    hours=HOURS,
    capacities=(6, 4, 3),
    errands_every=timedelta(minutes=30),
    versions={0: WINTER, 105: SPRING, 259: AUTUMN},
)


def for_fewer(scale: Scale, members: int) -> Scale:
    """The same year with so many members, one room, and the errands less often: a tenth of the work."""
    share = members / sum(scale.people.values())
    people = {habit: max(1, round(count * share)) for habit, count in scale.people.items()}
    return replace(scale, people=people, capacities=scale.capacities[1:2], errands_every=timedelta(hours=6))


SMALL = Scale(
    days=21,
    people=dict.fromkeys(Habit, 5),
    hours=(11, 18),
    capacities=(3, 2),
    errands_every=timedelta(hours=3),
    eagerness=3,
    versions={0: WINTER, 7: SPRING},
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Planned:
    """A session on the calendar."""

    id: str
    starts_at: datetime
    ends_at: datetime
    hour: int
    course: str | None = None


@dataclass(kw_only=True)
class Town:
    """Ids, and the verbs by which a studio is kept going."""

    organization: str
    venue: str
    class_type: str
    course_type: str
    plans: dict[str, str]
    house: Asker
    mira: str
    kiosk: KnownKiosk
    scale: Scale
    cards: dict[str, CardCode] = field(default_factory=dict)
    course: str = ""
    course_plan: str = ""
    calendar: dict[str, Planned] = field(default_factory=dict)
    _numbers: int = 0

    @property
    def staff(self) -> Asker:
        with reading():
            return asker_of_staff(self.organization, self.mira)

    def change_policy(self, policy: Policy, at: datetime) -> None:
        change_policy(self.organization, policy, self.staff, at, because="a new year's numbers")

    def join(self, habit: Habit, at: datetime) -> str:
        """A new member's id; they have a card, and most of them an address."""
        self._numbers += 1
        name = f"{habit.value.title()} {self._numbers}"
        email = f"{habit.value.lower()}.{self._numbers}@example.org" if self._numbers % 9 else ""
        phone = "" if self._numbers % 5 else f"+4930555{self._numbers:05}"
        new = NewMember(first_name=name, last_name="Ackerman", email=email, phone=phone)
        id_ = members.add_member(self.organization, new, self.house, at)
        self.cards[id_] = issue_card(self.organization, id_, self.house, at, VAULT)
        return id_

    def sell(self, member: str, plan: str, at: datetime) -> str:
        return passes.sell_pass(self.organization, member, plan, self.staff, at)

    def plan_day(self, day: date, since: date, at: datetime) -> None:
        """Put a day's sessions on the calendar; on Tuesdays one of them is the next part of the course."""
        self.calendar = {id_: one for id_, one in self.calendar.items() if one.ends_at > at - 2 * DAY}
        week = (day - since).days // 7
        if day.weekday() == 1 and week % PARTS == 0:
            self._begin_course(at)
        for hour in self.scale.hours:
            for room, capacity in enumerate(self.scale.capacities):
                if (day.weekday(), hour, room) in CLOSED:
                    continue
                is_course = day.weekday() == 1 and hour == COURSE_HOUR and room == 0 and bool(self.course)
                starts_at = clocktime.at_wall_clock(day, time(hour), HERE)
                new = NewSession(
                    venue_id=self.venue,
                    class_type_id=self.course_type if is_course else self.class_type,
                    starts_at=starts_at,
                    ends_at=starts_at + LENGTH,
                    capacity=COURSE_CAPACITY if is_course else capacity,
                    course_id=self.course if is_course else None,
                    part=week % PARTS + 1 if is_course else None,
                    drop_in_cents=2500 if hour == min(self.scale.hours) else None,
                )
                id_ = sessions.plan_session(self.organization, new, self.house, at)
                course = self.course if is_course else None
                ends_at = starts_at + LENGTH
                self.calendar[id_] = Planned(id=id_, starts_at=starts_at, ends_at=ends_at, hour=hour, course=course)

    def _begin_course(self, at: datetime) -> None:
        titles = [f"Part {part}" for part in range(1, PARTS + 1)]
        self.course = courses.add_course(self.organization, "Throwing", self.course_type, titles, self.house, at)
        new = NewPlan(
            title="Throwing, six evenings", type=PassType.FULL_COURSE, course_id=self.course, is_in_order=True
        )
        self.course_plan = pass_plans.add_plan(self.organization, new, self.house, at)


CLOSED = frozenset(
    {(day, hour, 2) for day in range(5) for hour in (14,)}
    | {(day, 20, room) for day in (5, 6) for room in (1, 2)}
    | {(6, 9, 2), (6, 16, 2)}
)
"""(weekday, hour, room) without a session: 6,000 are left in a year."""


def open_town(scale: Scale, at: datetime) -> Town:
    """A studio whose first night is the one after `at`."""
    organization = open_organization("Kiln", at)
    house = the_house(organization)
    new = NewAccount(email="mira@kiln.example.org", name="Mira", password="a kiln burns hot", role=Role.OWNER)
    mira = open_account(organization, new, house, at)
    venue = venues.open_venue(organization, "Kiln House", ZONE, house, at)
    wheel = class_types.add_class_type(organization, "Wheel throwing", house, at)
    course = class_types.add_class_type(organization, "Courses", house, at)
    plans = {
        name: pass_plans.add_plan(organization, plan, house, at)
        for name, plan in {
            "ten": NewPlan(title="Ten classes", type=PassType.PUNCH_PASS, punches=10, valid_days=120),
            "five": NewPlan(
                title="Five to begin with",
                type=PassType.PUNCH_PASS,
                punches=5,
                valid_days=60,
                begins_with_first_use=True,
                class_type_ids=(wheel,),
            ),
            "month": NewPlan(title="A month of clay", type=PassType.UNLIMITED_SERIES, valid_days=30),
        }.items()
    }
    return Town(
        organization=organization,
        venue=venue,
        class_type=wheel,
        course_type=course,
        plans=plans,
        house=house,
        mira=mira,
        kiosk=_kiosk(organization, venue, at),
        scale=scale,
    )


def _kiosk(organization: str, venue: str, at: datetime) -> KnownKiosk:
    """Paired already: pairing has tests of its own."""
    with writing():
        id_ = new_id(at)
        DeviceRow.create(
            id=id_, organization=organization, venue=venue, name="Front door", token_hash=f"of {id_}", paired_at=at
        )
    return KnownKiosk(id=id_, organization_id=organization, venue_id=venue)
