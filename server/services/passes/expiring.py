"""Passes that soon run out or ran out are announced once each; places that no pass pays for any more are given up."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from peewee import fn

from core import clocktime
from core.events import EventKind
from core.model import Method, PassType, ReservationStatus
from core.paying import Unpaid, pass_that_pays
from core.refusals import RefusalReason
from core.validity import SOON, Lasting, PassNews, news_of
from server.services.door import ledger
from server.services.door.as_core import as_reservation
from server.services.door.causes import Cause
from server.services.door.changes import touch_member
from server.services.door.facts import lock_member
from server.services.events.announcing import Event, announce
from server.services.one_by_one import one_by_one
from server.services.passes.changing import give_up
from server.services.reserving.finding import facts_about, session_of
from server.store.database import reading, writing
from server.store.tables import (
    OrganizationRow,
    PassPauseRow,
    PassRow,
    PunchRow,
    ReservationHistoryRow,
    ReservationRow,
    SessionRow,
)

LOOKED_BACK = timedelta(days=14)
"""What ended longer ago is no news: a server that was off does not write to people about last summer."""
BECAUSE = "the pass ends before this session"


@dataclass(frozen=True, kw_only=True, slots=True)
class Endings:
    """How many were announced, and how many places given up."""

    run_out: int = 0
    ran_out: int = 0
    places: int = 0

    @property
    def did(self) -> bool:
        return bool(self.run_out or self.ran_out or self.places)

    def __add__(self, other: "Endings") -> "Endings":
        return Endings(
            run_out=self.run_out + other.run_out,
            ran_out=self.ran_out + other.ran_out,
            places=self.places + other.places,
        )


def see_to_endings(at: datetime) -> Endings:
    """All organizations, pass by pass, each in a transaction of its own. Doing it again announces nothing again.

    Trouble with one is that one's alone.
    """
    with reading():
        organizations = [row.id for row in OrganizationRow.select(OrganizationRow.id)]
    return sum(one_by_one("the passes of organization", organizations, lambda id_: _see_to(id_, at)), Endings())


def _see_to(organization_id: str, at: datetime) -> Endings:
    passes = dict(_passes_to_look_at(organization_id, at))
    news = list(one_by_one("pass", passes, lambda id_: _announce(organization_id, id_, passes[id_], at)))
    beyond = dict(_places_beyond_their_pass(organization_id, at))
    given_up = one_by_one("place", beyond, lambda id_: _give_up_if_unpaid(organization_id, id_, beyond[id_], at))
    return Endings(run_out=news.count(PassNews.RUNS_OUT), ran_out=news.count(PassNews.RAN_OUT), places=sum(given_up))


def _passes_to_look_at(organization_id: str, at: datetime) -> list[tuple[str, str]]:
    """Those of which there is something to say: (pass, member), in order.

    Looked for among those whose end is near or was lately, and those of which a punch was lately taken, in few queries
    and without a lock: of hundreds of passes hardly one has news, and each would keep a writer waiting.
    """
    ours = (
        (PassRow.organization == organization_id) & PassRow.cancelled_at.is_null() & PassRow.ran_out_told_at.is_null()
    )
    ends_at = PassRow.valid_until
    is_over = (ends_at <= at) & (ends_at > at - LOOKED_BACK)
    is_near = (ends_at > at) & (ends_at <= at + SOON) & PassRow.runs_out_told_at.is_null()
    punched = PunchRow.select(PunchRow.pass_).where(
        PunchRow.organization == organization_id, PunchRow.at > at - LOOKED_BACK, PunchRow.delta < 0
    )
    is_used = (PassRow.type == PassType.PUNCH_PASS.value) & PassRow.id.in_(punched)
    with reading():
        rows = list(PassRow.select().where(ours, is_over | is_near | is_used).order_by(PassRow.id))
        counted = ledger.balances([row.id for row in rows if row.type == PassType.PUNCH_PASS.value])
    left = {id_: balance.left for id_, balance in counted.items()}
    return [(row.id, row.member_id) for row in rows if _still_to_say(row, left.get(row.id), at)]


def _still_to_say(row: PassRow, left: int | None, at: datetime) -> PassNews | None:
    """What is new about a pass. None: nothing, or it was said already. `left`: its punches, if it is punched."""
    begins_at = row.first_used_at or row.valid_from
    news = news_of(Lasting(begins_at=begins_at, ends_at=row.valid_until, punches_left=left), at)
    was_told = row.ran_out_told_at if news is PassNews.RAN_OUT else row.runs_out_told_at
    return None if was_told is not None or row.cancelled_at is not None else news


def _announce(organization_id: str, pass_id: str, member_id: str, at: datetime) -> PassNews | None:
    """None: nothing new. What is to be said is decided, said and noted while the member is locked."""
    with writing():
        lock_member(organization_id, member_id)
        row = PassRow.get_by_id(pass_id)
        left = ledger.balance(pass_id).left if ledger.is_punched(pass_id) else None
        news = _still_to_say(row, left, at)
        if news is None:
            return None
        row.runs_out_told_at = row.runs_out_told_at or at
        row.ran_out_told_at = at if news is PassNews.RAN_OUT else None
        row.save()
        announce(_event(row, news, left), at)
        return news


def _event(row: PassRow, news: PassNews, left: int | None) -> Event:
    return Event(
        organization_id=row.organization_id,
        kind=EventKind.PASS_RAN_OUT if news is PassNews.RAN_OUT else EventKind.PASS_RUNS_OUT,
        member_id=row.member_id,
        subject=row.id,
        data={
            "title": row.title,
            "valid_until": clocktime.to_ms(row.valid_until) if row.valid_until is not None else None,
            "punches_left": left,
        },
    )


def _places_beyond_their_pass(organization_id: str, at: datetime) -> list[tuple[str, str]]:
    """Reserved before it was known when the pass would end: before its first use, or before a pause was ended early.

    A place for which staff lifted something stands.
    """
    paused = PassPauseRow.select(PassPauseRow.pass_).where(PassPauseRow.organization == organization_id)
    lifted = ReservationHistoryRow.select().where(
        ReservationHistoryRow.reservation == ReservationRow.id, ReservationHistoryRow.action == "LIFTED"
    )
    with reading():
        query = (
            ReservationRow.select(ReservationRow.id, ReservationRow.member)
            .join(PassRow, on=(ReservationRow.pass_ == PassRow.id))
            .join(SessionRow, on=(ReservationRow.session == SessionRow.id))
            .where(
                # By the sessions to come, which are few: places are remembered for years.
                SessionRow.organization == organization_id,
                SessionRow.starts_at > at,
                ReservationRow.status == ReservationStatus.PENDING.value,
                SessionRow.starts_at >= PassRow.valid_until,
                PassRow.days_from_first_use.is_null(False) | PassRow.id.in_(paused),
                ~fn.EXISTS(lifted),
            )
        )
        return sorted((str(id_), str(member)) for id_, member in query.tuples())


def _give_up_if_unpaid(organization_id: str, reservation_id: str, member_id: str, at: datetime) -> int:
    """Another of the member's passes may pay for it at the door; then it stands."""
    with writing():
        lock_member(organization_id, member_id)
        row = ReservationRow.get_by_id(reservation_id)
        if row.status != ReservationStatus.PENDING.value:
            return 0
        session = session_of(organization_id, row.session_id)
        pays = pass_that_pays(facts_about(organization_id, member_id, at), session, as_reservation(row))
        if session.is_free or not isinstance(pays, Unpaid) or pays.reason is not RefusalReason.PASS_EXPIRED:
            return 0
        touch_member(organization_id, member_id)
        return give_up([row], "PASS_ENDED", at, Cause(by=Method.AUTO, because=BECAUSE))
