"""What became of the places of each week, counted from the rows and by habit; and that the reports say the same."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from core import clocktime
from server.services.reports.reservations import reservation_report
from server.store.database import reading
from server.store.tables import ReservationRow, SessionRow, SuspensionRow
from tests.year.books import Untrue
from tests.year.people import Habit, Person
from tests.year.town import DAY, HERE, Town

CAME = ("ATTENDED", "CHECKED_IN")


@dataclass
class Week:
    """Of the sessions that started in it. `suspended`: by the nights, in it."""

    came: int = 0
    missed: int = 0
    cancelled_late: int = 0
    suspended: int = 0
    missed_by: Counter[Habit] = field(default_factory=Counter)
    came_by: Counter[Habit] = field(default_factory=Counter)

    @property
    def no_show_rate(self) -> float:
        """As the reports have it: of the places that stood until the session."""
        return self.missed / max(1, self.missed + self.came)

    @property
    def late_rate(self) -> float:
        """Of the places that stood a day before."""
        return self.cancelled_late / max(1, self.missed + self.came + self.cancelled_late)


def weeks_of(first_day: date, days: int, people: Mapping[str, Person]) -> list[Week]:
    """Whole weeks only; the last days of a year belong to none."""
    weeks = [Week() for _ in range(max(1, days // 7))]

    def week(at: datetime) -> Week | None:
        number = (clocktime.local_day(at, HERE) - first_day).days // 7
        return weeks[number] if 0 <= number < len(weeks) else None

    with reading():
        places = (
            ReservationRow.select(
                ReservationRow.status, ReservationRow.is_late_cancel, ReservationRow.member, SessionRow.starts_at
            )
            .join(SessionRow)
            .where(SessionRow.cancelled_at.is_null())
        )
        for status, is_late, member, starts_at in places.tuples():
            if (here := week(starts_at)) is None:
                continue
            habit = people[member].habit
            if status in CAME:
                here.came += 1
                here.came_by[habit] += 1
            elif status == "NO_SHOW":
                here.missed += 1
                here.missed_by[habit] += 1
            elif status == "CANCELLED" and is_late:
                here.cancelled_late += 1
        by_night = SuspensionRow.select(SuspensionRow.made_at).where(SuspensionRow.no_show_id.is_null(False))
        for (made_at,) in by_night.tuples():
            if (here := week(made_at)) is not None:
                here.suspended += 1
    return weeks


def together(weeks: list[Week]) -> Week:
    """All of them as one."""
    whole = Week()
    for week in weeks:
        whole.came += week.came
        whole.missed += week.missed
        whole.cancelled_late += week.cancelled_late
        whole.suspended += week.suspended
        whole.missed_by += week.missed_by
        whole.came_by += week.came_by
    return whole


def hold_against_the_report(town: Town, weeks: list[Week], first_day: date, at: datetime) -> None:
    """The studio's own report of these weeks counts the same. Raises `Untrue`."""
    until = first_day + 7 * len(weeks) * DAY
    report = reservation_report(town.organization, town.staff, at, from_day=first_day, until_day=until)
    whole = together(weeks)
    said, counted = (report.places.came, report.places.no_shows), (whole.came, whole.missed)
    if said != counted:
        raise Untrue(f"the report says (came, missed) {said}, the rows {counted}")
