"""A studio with one member and what happens to her passes: sold from plans, used, asked about."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from core.decisions import Refused
from core.events import EventKind
from core.model import PassType
from core.refusals import RefusalReason as R
from server.services.people.pass_plans import NewPlan, add_plan
from server.services.people.passes import sell_pass
from server.services.people.rights import Asker, asker_of_staff, the_house
from server.services.reserving import arriving, looking
from server.services.reserving.reserve import Wish, reserve
from server.services.reserving.values import PassStatus, Reserved
from server.store.database import reading
from server.store.tables import EventRow
from tests.server.studio import SIX_PM, Studio

DAY = timedelta(days=1)
A_WEEK_AGO = SIX_PM - 7 * DAY


@dataclass(kw_only=True)
class Holder:
    """Alice, what she does, and what Mira does for her."""

    studio: Studio
    alice: str

    @property
    def organization(self) -> str:
        return self.studio.organization

    def mira(self) -> Asker:
        with reading():
            return asker_of_staff(self.organization, self.studio.staff)

    def buys(self, at: datetime = A_WEEK_AGO, **plan: object) -> str:
        house = the_house(self.organization)
        given = {"title": "Pass", "type": PassType.UNLIMITED_SERIES, **plan}
        plan_id = add_plan(self.organization, NewPlan(**given), house, at)  # type: ignore[arg-type]
        return sell_pass(self.organization, self.alice, plan_id, house, at)

    def comes(self, at: datetime, session: str = "") -> str | R | None:
        """To a session that starts then: its visit's key, or why not."""
        session = session or self.studio.session(at)
        (one,) = arriving.check_in_many(self.organization, session, self.mira(), at, member_ids=[self.alice])
        assert one.error is None and one.decision is not None, one.error
        return one.decision.reason if isinstance(one.decision, Refused) else one.decision.visit_key  # type: ignore[union-attr]

    def reserves(self, pass_: str, starts_at: datetime, at: datetime = A_WEEK_AGO) -> str | R:
        """A place in a session that starts then: its id, or why not."""
        wish = Wish(session_id=self.studio.session(starts_at), pass_id=pass_)
        outcome = reserve(self.organization, wish, the_house(self.organization).for_member(), at)
        return outcome.place.id if isinstance(outcome, Reserved) else outcome.reason

    def status(self, pass_: str, at: datetime = SIX_PM) -> PassStatus:
        return looking.status(self.organization, pass_, the_house(self.organization), at)

    def ends_at(self, pass_: str) -> datetime | None:
        return self.status(pass_).valid_until

    def news(self, *kinds: EventKind) -> list[str]:
        """The kinds of what was announced, in order, among those."""
        with reading():
            rows = EventRow.select().where(EventRow.kind.in_([kind.value for kind in kinds])).order_by(EventRow.id)
            return [row.kind for row in rows]
