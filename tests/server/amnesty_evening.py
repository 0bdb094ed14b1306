"""An evening at which a kiosk was out of order and Alice did not come: what tests of amnesties share."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from core.clocktime import to_ms
from core.model import ReservationStatus
from core.outages import Span
from core.policy import Policy
from core.protocol import Hello, Outage, Stamp
from server.jobs import auto_cancel, lift, no_shows, suspend
from server.services.door.kiosks import KnownKiosk
from server.services.fleet.policies import change_policy
from server.services.night.amnesty import declare_outage, hear_outages
from server.services.night.work import NightWork
from server.services.people.rights import the_house
from server.store.database import reading, writing
from server.store.tables import (
    ChangeRow,
    DeviceRow,
    NoShowRow,
    OutageRow,
    PunchRow,
    ReservationHistoryRow,
    ReservationRow,
    SuspensionRow,
)
from tests.server.studio import SIX_PM, Studio, open_studio

S = ReservationStatus
EIGHT_PM = SIX_PM + timedelta(hours=2)
ONE_AM = datetime(2026, 11, 22, 0, 0, tzinfo=UTC)
DAY = timedelta(days=1)
HALF_PAST_FIVE = SIX_PM - timedelta(minutes=30)
TAKES = Policy(no_show_takes_punch=True)
BOOT = "the kiosk's start of that day"


def stamp(at: datetime, boot: str = BOOT) -> Stamp:
    """The kiosk started at midnight; its clocks are right."""
    midnight = to_ms(SIX_PM.replace(hour=0))
    return Stamp(boot=boot, t_mono=to_ms(at) - midnight, t_wall=to_ms(at))


def span(from_at: datetime, minutes: float) -> Span:
    return Span(from_at=from_at, until_at=from_at + timedelta(minutes=minutes))


@dataclass(kw_only=True)
class Evening:
    """Alice has a place at six and does not come. At the door stands a kiosk."""

    studio: Studio
    alice: str
    pass_: str
    reservation: str
    kiosk: KnownKiosk

    def tell(
        self, at: datetime, from_at: datetime, until_at: datetime | None, *, id_: str = "1", why: str = "CAMERA"
    ) -> tuple[str, ...]:
        outage = Outage(id=id_, why=why, began=stamp(from_at), ended=stamp(until_at) if until_at else None)
        return hear_outages(self.kiosk, self.hello(at, outage), at)

    def hello(self, at: datetime, *outages: Outage) -> Hello:
        now = stamp(at)
        return Hello(boot=BOOT, t_mono=now.t_mono, t_wall=now.t_wall, epoch="e", max_seq=0, outages=outages)

    def declare(self, which: Span, at: datetime = ONE_AM) -> str:
        asker = the_house(self.studio.organization)
        return declare_outage(self.studio.organization, self.studio.venue, which, "the kiosk burnt down", asker, at)

    def night(self, as_of: datetime = ONE_AM) -> None:
        for number, job in enumerate((no_shows, auto_cancel, suspend, lift)):
            job.run(self.work(as_of + timedelta(hours=number)))

    def work(self, as_of: datetime = ONE_AM) -> NightWork:
        with writing():
            told_everything = {DeviceRow.nothing_unsent_before: as_of}
            DeviceRow.update(told_everything).where(DeviceRow.organization == self.studio.organization).execute()
        return NightWork(
            organization_id=self.studio.organization, venue_id=self.studio.venue, policy=TAKES, as_of=as_of
        )

    def missed(self, *days_ago: int) -> list[str]:
        """Alice misses a session on each of those days, most days ago first."""
        made = []
        for days in days_ago:
            session = self.studio.session(SIX_PM - days * DAY)
            made.append(self.studio.reservation(self.alice, session, self.pass_, made_at=SIX_PM - (days + 1) * DAY))
            self.night(ONE_AM - days * DAY)
        return made

    @property
    def punches(self) -> int:
        return self.studio.punches_left(self.pass_)

    def absence(self) -> NoShowRow:
        with reading():
            return NoShowRow.get(NoShowRow.reservation == self.reservation)

    def steps(self, reservation: str | None = None) -> list[tuple[str, str]]:
        with reading():
            mine = ReservationHistoryRow.reservation == (reservation or self.reservation)
            rows = ReservationHistoryRow.select().where(mine).order_by(ReservationHistoryRow.step)
            return [(row.action, row.to_status) for row in rows]


def an_evening() -> Evening:
    """In an empty database."""
    studio = open_studio()
    change_policy(studio.organization, TAKES, the_house(studio.organization), SIX_PM - 60 * DAY)
    alice = studio.member()
    pass_ = studio.punch_pass(alice, 8)
    reservation = studio.reservation(alice, studio.session(), pass_)
    kiosk = KnownKiosk(id=studio.kiosk(), organization_id=studio.organization, venue_id=studio.venue)
    return Evening(studio=studio, alice=alice, pass_=pass_, reservation=reservation, kiosk=kiosk)


def everything() -> list[object]:
    """Every row that an amnesty may touch."""
    with reading():
        tables = (NoShowRow, PunchRow, SuspensionRow, ReservationRow, ReservationHistoryRow, OutageRow, ChangeRow)
        return [list(table.select().order_by(*table._meta.get_primary_keys()).tuples()) for table in tables]
