"""Facts that nobody would think of, for hypothesis: few ids, so that they meet; times around one evening."""

from datetime import datetime, timedelta

from hypothesis import strategies as st

from core.facts import Facts, Knowledge, Source
from core.model import (
    CardState,
    CheckIn,
    CourseProgress,
    Method,
    Override,
    Pass,
    PassType,
    Reservation,
    ReservationStatus,
    Session,
    Suspension,
)
from core.refusals import RefusalReason
from core.validity import Pause
from tests.personas import SIX_PM

SESSION_IDS = st.sampled_from(["s1", "s2", "s3", "s4"])
PASS_IDS = st.sampled_from(["p1", "p2", "p3"])
VENUES = st.sampled_from(["here"] * 6 + ["elsewhere"])
ZONES = st.sampled_from(["UTC", "Europe/Berlin", "Pacific/Apia", "America/New_York"])
COUNTS = st.integers(min_value=-1, max_value=3)
SELDOM = st.sampled_from([False] * 9 + [True])
MOSTLY = SELDOM.map(lambda seldom: not seldom)
NAMES = st.sampled_from(["", "Töpfern", "轮", "a" * 80])


def instants() -> st.SearchStrategy[datetime]:
    """Within two days of the evening, mostly in it, often on a full hour, so that boundaries are met."""
    on_the_hour = st.integers(-48, 48).map(lambda hours: SIX_PM + timedelta(hours=hours))
    anywhere = st.integers(-172_800_000, 172_800_000).map(lambda ms: SIX_PM + timedelta(milliseconds=ms))
    return this_evening() | on_the_hour | anywhere


def this_evening() -> st.SearchStrategy[datetime]:
    return st.integers(-4, 4).map(lambda hours: SIX_PM + timedelta(hours=hours))


def sessions() -> st.SearchStrategy[Session]:
    def made(start: datetime, length: int, fields: dict[str, object]) -> Session:
        return Session(starts_at=start, ends_at=start + timedelta(hours=length), **fields)  # type: ignore[arg-type]

    fields = st.fixed_dictionaries(
        {
            "id": SESSION_IDS,
            "venue_id": VENUES,
            "zone": ZONES,
            "class_type_id": st.sampled_from(["c1", "c2"]),
            "title": NAMES,
            "capacity": st.integers(1, 3),
            "taken": COUNTS,
            "course_id": st.sampled_from([None, None, "k1"]),
            "part": st.sampled_from([None, 0, 1, 2, 3]),
            "is_makeup": st.booleans(),
            "is_open_studio": st.booleans(),
            "is_cancelled": SELDOM,
            "is_free": SELDOM,
            "drop_in_cents": st.sampled_from([None, None, 0, 1800]),
        }
    )
    return st.builds(made, this_evening() | instants(), st.integers(0, 5), fields)


def passes() -> st.SearchStrategy[Pass]:
    return st.builds(
        Pass,
        id=PASS_IDS,
        type=st.sampled_from(PassType),
        title=NAMES,
        valid_from=st.just(SIX_PM - timedelta(days=9)) | instants(),
        valid_until=st.none() | instants(),
        class_type_ids=st.frozensets(st.sampled_from(["c1", "c2"])),
        course_id=st.sampled_from([None, "k1"]),
        is_in_order=st.booleans(),
        punches_left=st.none() | COUNTS,
        punches_held=COUNTS,
        max_reservations_ahead=COUNTS,
        days_from_first_use=st.sampled_from([None, None, 1, 30]),
        pauses=st.lists(st.builds(Pause, starts_at=instants(), ends_at=instants(), zone=ZONES), max_size=1).map(tuple),
    )


def knowledge() -> st.SearchStrategy[Knowledge]:
    return st.builds(
        Knowledge,
        source=st.sampled_from([Source.SERVER, *Source]),
        has_member_list=MOSTLY,
        synced_at=st.none() | instants(),
        is_clock_sure=MOSTLY,
        kiosks_at_venue=st.integers(0, 2),
        passes_walked_in_on_today=st.lists(PASS_IDS, max_size=2).map(tuple),
    )


def facts() -> st.SearchStrategy[Facts]:
    def some(strategy: st.SearchStrategy[object]) -> st.SearchStrategy[tuple[object, ...]]:
        return st.lists(strategy, max_size=3).map(tuple)

    return st.builds(
        Facts,
        venue_id=st.just("here"),
        zone=ZONES,
        card=st.sampled_from([CardState.ACTIVE] * 30 + list(CardState)),
        by=st.sampled_from(Method),
        chosen_session_id=st.none() | st.none() | SESSION_IDS,
        member_id=st.sampled_from(["m1"] * 20 + [None]),
        is_member_active=MOSTLY,
        passes=st.lists(passes(), max_size=3, unique_by=lambda pass_: pass_.id).map(tuple),
        sessions=st.lists(sessions(), min_size=1, max_size=4, unique_by=lambda session: session.id).map(tuple),
        reservations=some(
            st.builds(
                Reservation,
                id=st.sampled_from(["r1", "r2", "r3"]),
                session_id=SESSION_IDS,
                pass_id=PASS_IDS,
                status=st.sampled_from(ReservationStatus),
                has_hold=st.booleans(),
            )
        ),
        suspensions=st.lists(
            st.builds(
                Suspension,
                id=st.just("x1"),
                starts_at=st.just(SIX_PM + timedelta(days=3)) | instants(),
                ends_at=instants(),
                lifted_at=st.none() | instants(),
            ),
            max_size=1,
        ).map(tuple),
        overrides=some(
            st.builds(
                Override,
                id=st.sampled_from(["o1", "o2", "o3"]),
                reason=st.sampled_from(RefusalReason),
                starts_at=instants(),
                ends_at=instants(),
                session_id=st.none() | SESSION_IDS,
                staff_id=st.just("sam"),
                because=NAMES,
            )
        ),
        check_ins=st.lists(
            st.builds(
                CheckIn,
                visit_key=st.sampled_from(["R:r1", "W:m1:s1", "O:m1:here:2026-11-20"]),
                session_id=SESSION_IDS,
                session_ends_at=instants(),
                checked_in_at=instants(),
                pass_id=st.none() | PASS_IDS,
                reservation_id=st.none(),
            ),
            max_size=2,
        ).map(tuple),
        courses=st.lists(
            st.builds(
                CourseProgress,
                course_id=st.just("k1"),
                parts_attended=st.frozensets(st.integers(0, 3)),
                parts_reserved=st.frozensets(st.integers(0, 3)),
            ),
            max_size=1,
        ).map(tuple),
        knowledge=knowledge(),
        is_paid_at_desk=SELDOM,
    )
