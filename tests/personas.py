"""People for tests: Alice is fine; everyone else has exactly one thing wrong. One Friday evening in Berlin."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from core.facts import Facts, Knowledge, Source
from core.model import (
    CardState,
    CheckIn,
    CourseProgress,
    Override,
    Pass,
    PassType,
    Reservation,
    ReservationStatus,
    Session,
    Suspension,
)
from core.policy import Policy
from core.refusals import RefusalReason
from core.validity import Pause

POLICY = Policy()
BERLIN = "Europe/Berlin"
SIX_PM = datetime(2026, 11, 20, 17, 0, tzinfo=UTC)
"""18:00 on Berlin's clocks: when Alice's class begins. It ends at 20:00."""
EIGHT_PM = SIX_PM + timedelta(hours=2)
A_YEAR = timedelta(days=365)
HERE, ELSEWHERE = "venue-kiln", "venue-loom"


def minutes(count: float) -> timedelta:
    return timedelta(minutes=count)


def hours(count: float) -> timedelta:
    return timedelta(hours=count)


def before_class(count: float) -> datetime:
    """So many minutes before 18:00."""
    return SIX_PM - minutes(count)


WHEEL = Session(
    id="wheel-friday",
    venue_id=HERE,
    zone=BERLIN,
    class_type_id="wheel",
    title="Wheel throwing",
    starts_at=SIX_PM,
    ends_at=EIGHT_PM,
    capacity=8,
    taken=3,
    room="Studio 1",
    instructors=("Mara",),
)
GLAZE = replace(WHEEL, id="glaze-friday", class_type_id="glaze", title="Glazing", room="Studio 2")
LATER = replace(WHEEL, id="wheel-late", starts_at=EIGHT_PM + hours(1), ends_at=EIGHT_PM + hours(3))
ABROAD = replace(WHEEL, id="wheel-loom", venue_id=ELSEWHERE)
OPEN_STUDIO = replace(
    WHEEL, id="open-friday", class_type_id="open", title="Open studio", is_open_studio=True, capacity=20
)
PART_1 = replace(WHEEL, id="mug-1", class_type_id="mug", title="Mugs 1", course_id="mugs", part=1)
PART_2 = replace(PART_1, id="mug-2", title="Mugs 2", part=2)
PART_3 = replace(PART_1, id="mug-3", title="Mugs 3", part=3)

PUNCHES = Pass(
    id="punches",
    type=PassType.PUNCH_PASS,
    title="Eight evenings",
    valid_from=SIX_PM - A_YEAR / 2,
    valid_until=SIX_PM + A_YEAR / 2,
    punches_included=8,
    punches_left=8,
)
SERIES = Pass(
    id="series",
    type=PassType.UNLIMITED_SERIES,
    title="All you can throw",
    valid_from=SIX_PM - A_YEAR / 2,
    valid_until=SIX_PM + A_YEAR / 2,
)
COURSE = Pass(
    id="course",
    type=PassType.FULL_COURSE,
    title="Mug building",
    valid_from=SIX_PM - A_YEAR / 2,
    valid_until=SIX_PM + A_YEAR / 2,
    course_id="mugs",
    is_in_order=True,
)
HELD = replace(PUNCHES, punches_held=1)

PLACE = Reservation(
    id="place", session_id=WHEEL.id, pass_id=PUNCHES.id, status=ReservationStatus.PENDING, has_hold=True
)


def place_in(session: Session, pass_: Pass = PUNCHES, *, id: str = "", **changes: object) -> Reservation:
    """A pending place in a session, with a hold if the pass has punches."""
    made = replace(
        PLACE,
        id=id or f"place-{session.id}",
        session_id=session.id,
        pass_id=pass_.id,
        has_hold=pass_.type is PassType.PUNCH_PASS,
    )
    return replace(made, **changes)  # type: ignore[arg-type]


def visit_to(session: Session, key: str, *, at: datetime = SIX_PM, **changes: object) -> CheckIn:
    """Somebody came in."""
    made = CheckIn(visit_key=key, session_id=session.id, session_ends_at=session.ends_at, checked_in_at=at)
    return replace(made, **changes)  # type: ignore[arg-type]


def lifted(reason: RefusalReason, session: Session | None = None, **changes: object) -> Override:
    """Staff lifted a reason from 17:00 to 19:00."""
    made = Override(
        id=f"lift-{reason}",
        reason=reason,
        starts_at=SIX_PM - hours(1),
        ends_at=SIX_PM + hours(1),
        session_id=session.id if session else None,
        staff_id="sam",
        because="she called ahead",
    )
    return replace(made, **changes)  # type: ignore[arg-type]


def suspended(starts_at: datetime, ends_at: datetime, lifted_at: datetime | None = None) -> Suspension:
    return Suspension(id="suspension", starts_at=starts_at, ends_at=ends_at, lifted_at=lifted_at)


ALICE = Facts(
    venue_id=HERE,
    zone=BERLIN,
    card=CardState.ACTIVE,
    member_id="alice",
    passes=(HELD,),
    sessions=(WHEEL,),
    reservations=(PLACE,),
)
"""She has a card, a punch pass, and a place at 18:00."""

WALTER_WHO_WALKS_IN = replace(ALICE, member_id="walter", passes=(PUNCHES,), reservations=())
"""As fine as Alice, only without a place."""

STRANGER = replace(ALICE, member_id=None, card=CardState.UNKNOWN, passes=(), reservations=())
REBECCA_WITH_THE_OLD_CARD = replace(ALICE, card=CardState.REPLACED)
LEO_WHO_LOST_HIS_CARD = replace(ALICE, card=CardState.REVOKED)
INA_WHO_LEFT = replace(ALICE, is_member_active=False)
DAN_SUSPENDED = replace(ALICE, suspensions=(suspended(SIX_PM - hours(24), SIX_PM + hours(24)),))
OLGA_AT_THE_OTHER_VENUE = replace(ALICE, sessions=(ABROAD,), reservations=(place_in(ABROAD),))
CARL_WHOSE_CLASS_IS_OFF = replace(ALICE, sessions=(replace(WHEEL, is_cancelled=True),))
FRED_BEFORE_A_FULL_ROOM = replace(WALTER_WHO_WALKS_IN, sessions=(replace(WHEEL, taken=8),))
NORA_WITHOUT_A_PASS = replace(WALTER_WHO_WALKS_IN, passes=())
GUS_WITH_A_GLAZING_PASS = replace(WALTER_WHO_WALKS_IN, passes=(replace(PUNCHES, class_type_ids=frozenset({"glaze"})),))
EVE_WHO_STARTS_TOMORROW = replace(WALTER_WHO_WALKS_IN, passes=(replace(PUNCHES, valid_from=SIX_PM + hours(24)),))
XAVER_WHOSE_PASS_RAN_OUT = replace(WALTER_WHO_WALKS_IN, passes=(replace(PUNCHES, valid_until=SIX_PM),))
PAULA_WHO_IS_AWAY = replace(
    WALTER_WHO_WALKS_IN,
    passes=(replace(PUNCHES, pauses=(Pause(starts_at=SIX_PM, ends_at=SIX_PM + hours(24), zone=BERLIN),)),),
)
BOB_WITH_NO_PUNCHES = replace(WALTER_WHO_WALKS_IN, passes=(replace(PUNCHES, punches_left=0),))
PIA_WHO_SKIPS_A_PART = replace(
    WALTER_WHO_WALKS_IN,
    passes=(COURSE,),
    sessions=(PART_3,),
    courses=(CourseProgress(course_id="mugs", parts_attended=frozenset({1})),),
)
TOM_WHO_TAKES_IT_TWICE = replace(PIA_WHO_SKIPS_A_PART, sessions=(PART_1,))


def alone(facts: Facts, **known: object) -> Facts:
    """The same person before a kiosk without the server: a list one hour old, a sure clock, two kiosks."""
    made = Knowledge(source=Source.REPLICA, synced_at=SIX_PM - hours(1), kiosks_at_venue=2)
    return replace(facts, knowledge=replace(made, **known))  # type: ignore[arg-type]
