"""Rows of passes: each of a plan that is here, by its title, or of one that is made for it; with what is left of it."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time
from functools import cached_property

from core import clocktime
from core.import_values import Record
from core.importing import Kind
from core.model import PassType
from core.validity import end_of_days
from server.services.door.validity import zone_of
from server.services.importing.deciding import Decided, Doing
from server.services.importing.known import Known, row_hash, their_key
from server.services.importing.values import Remark, Unclear, Verdict
from server.services.passes.taking_over import TakenOver, take_over_pass
from server.services.people import words
from server.services.people.pass_plans import NewPlan, add_plan, list_plans

MOST_PUNCHES = 1000


@dataclass(frozen=True, kw_only=True, slots=True)
class PlanFound:
    """`id` empty: it is still to be made."""

    id: str
    title: str
    type: PassType
    punches: int | None


@dataclass(frozen=True, kw_only=True, slots=True)
class Span:
    """From when and up to but not including when."""

    starts_at: datetime
    ends_at: datetime | None


class PassesImport:
    """See `deciding.Importer`. A pass that was taken over is never changed by a file again."""

    def __init__(self, doing: Doing) -> None:
        self._doing = doing
        self._known = Known(doing.organization_id, doing.source, Kind.PASSES)

    def key_of(self, record: Record) -> str:
        who = record.text("member_id") or record.text("member_email") or record.text("member_number")
        return their_key(record, who, record.text("title"), record.day("valid_from"))

    def look_up(self, keyed: Iterable[tuple[str, Record]], *, locked: bool) -> None:
        keyed = list(keyed)
        self._known.look_up((key for key, _ in keyed), (record for _, record in keyed), locked=locked)

    def decide(self, record: Record, key: str) -> Decided:
        link = self._known.links.get(key)
        if link is not None:
            if link.row_hash != row_hash(record):
                raise Unclear("pass_changed")
            return Decided(verdict=Verdict.SAME, key=key, called=record.text("title"), writes=False)
        person = self._known.whose(record)
        plan = self._plan_of(record)
        punches = _punches(record, plan)
        span = self._span(record)
        if punches == 0 or (span.ends_at is not None and span.ends_at <= self._doing.at):
            raise Unclear("pass_over")
        if span.ends_at is not None:
            words.span(span.starts_at, span.ends_at)
        remarks = () if plan.id else (Remark(key="makes_plan", values={"title": plan.title}),)
        return Decided(verdict=Verdict.NEW, key=key, called=f"{person.name}: {plan.title}", remarks=remarks)

    def imagine(self, record: Record, decided: Decided) -> None:
        self._note_plan(self._plan_of(record), f"row {record.row}")
        self._known.note_link(decided.key, f"row {record.row}", record)

    def apply(self, record: Record, decided: Decided) -> None:
        doing, plan, span = self._doing, self._plan_of(record), self._span(record)
        plan_id = plan.id or self._make(plan)
        taken = TakenOver(
            member_id=self._known.whose(record).id,
            plan_id=plan_id,
            punches_left=_punches(record, plan),
            valid_from=span.starts_at,
            valid_until=span.ends_at,
            key=f"{doing.organization_id}:{doing.source}:{decided.key}",
        )
        id_ = take_over_pass(doing.organization_id, taken, doing.house, doing.at)
        self._note_plan(plan, plan_id)
        self._known.note_link(decided.key, id_, record)
        self._known.keep_link(decided.key, doing.by.staff_id, doing.at)

    @cached_property
    def _plans(self) -> defaultdict[str, list[PlanFound]]:
        """Those that are sold, by title."""
        found: defaultdict[str, list[PlanFound]] = defaultdict(list)
        for plan in list_plans(self._doing.organization_id, self._doing.house, self._doing.at):
            found[plan.title.casefold()].append(
                PlanFound(id=plan.id, title=plan.title, type=plan.type, punches=plan.punches)
            )
        return found

    def _plan_of(self, record: Record) -> PlanFound:
        """The one with that title, and that type and number of punches where the row says them. Raises `Unclear`."""
        title = words.required("title", record.text("title"))
        type_, sold = record.values.get("type"), record.count("punches_sold")
        titled = self._plans[title.casefold()]
        found = [plan for plan in titled if type_ in (None, plan.type)]
        if titled and not found:
            raise Unclear("plan_of_another_type", title=title)
        if len(found) > 1:
            found = [plan for plan in found if plan.punches == sold]
        if len(found) == 1:
            return found[0]
        if titled:
            raise Unclear("plan_twice", title=title)
        if not isinstance(type_, PassType) or type_ is PassType.FULL_COURSE:
            raise Unclear("plan_unknown", title=title)
        punches = (sold or record.count("punches_left")) if type_ is PassType.PUNCH_PASS else None
        if punches is not None:
            words.count("punches_sold", punches, most=MOST_PUNCHES)
        elif type_ is PassType.PUNCH_PASS:
            raise Unclear("punches_missing", title=title)
        return PlanFound(id="", title=title, type=type_, punches=punches)

    def _note_plan(self, plan: PlanFound, id_: str) -> None:
        if not plan.id:
            made = PlanFound(id=id_, title=plan.title, type=plan.type, punches=plan.punches)
            self._plans[plan.title.casefold()].append(made)

    def _make(self, plan: PlanFound) -> str:
        new = NewPlan(title=plan.title, type=plan.type, punches=plan.punches)
        return add_plan(self._doing.organization_id, new, self._doing.house, self._doing.at)

    @cached_property
    def _zone(self) -> str:
        return zone_of(self._doing.organization_id)

    def _span(self, record: Record) -> Span:
        """From the beginning of the first day to the end of the last; from now, and for good, where none is said."""
        first, last = record.day("valid_from"), record.day("valid_until")
        starts_at = self._midnight(first) if first else self._doing.at
        return Span(starts_at=starts_at, ends_at=end_of_days(self._midnight(last), 1, self._zone) if last else None)

    def _midnight(self, day: date) -> datetime:
        return clocktime.at_wall_clock(day, time(), clocktime.zone_named(self._zone))


def _punches(record: Record, plan: PlanFound) -> int | None:
    """What is left, for a pass that is paid by the punch. Raises `Unclear`, `Invalid`."""
    left = record.count("punches_left")
    if plan.type is PassType.PUNCH_PASS:
        if left is None:
            raise Unclear("punches_missing", title=plan.title)
        return words.count("punches_left", left, least=0, most=MOST_PUNCHES)
    if left:
        raise Unclear("punches_not_for_this", title=plan.title)
    return None
