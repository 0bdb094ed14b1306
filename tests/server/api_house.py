"""A studio with something of everything, for tests that ask every route of the API: names of ids, and who can ask."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from core.events import EventKind
from core.model import PassType
from core.scopes import EVERYTHING
from server.services.events.announcing import Event, announce
from server.services.hooks import registering
from server.services.hooks.values import Wanted
from server.services.people.api_tokens import NewToken, make_member_token, make_token
from server.services.people.pass_plans import NewPlan, add_plan
from server.services.people.rights import Role, asker_of_staff
from server.store.database import reading, writing
from server.store.ids import new_id
from server.store.tables import (
    EventRow,
    LetterRow,
    NoShowRow,
    SuspensionRow,
    WaitingRow,
    WebhookCallRow,
)
from tests.server.studio import SIX_PM, VAULT, Studio, open_studio

NOON = SIX_PM - timedelta(hours=6)
A_DAY = timedelta(days=1)


@dataclass(kw_only=True)
class ApiHouse:
    """`ids`: by the name that paths give them, one that is there, and is Alice's where it is anybody's."""

    studio: Studio
    alice: str
    bob: str
    ids: dict[str, str]

    def program(self, role: Role, *scopes: str, at: datetime = NOON) -> str:
        """What a program with that role and those scopes sends."""
        with reading():
            owner = asker_of_staff(self.studio.organization, self.studio.staff)
        new = NewToken(name=f"{role.value} {' '.join(scopes)}", role=role, scopes=scopes or (EVERYTHING,))
        return make_token(self.studio.organization, new, owner, at).secret

    def member(self, member_id: str, *scopes: str, at: datetime = NOON) -> str:
        """What that member's own app sends."""
        with reading():
            owner = asker_of_staff(self.studio.organization, self.studio.staff)
        new = NewToken(name="App", scopes=scopes or (EVERYTHING,))
        return make_member_token(self.studio.organization, member_id, new, owner, at).secret


def api_house(name: str = "Kiln") -> ApiHouse:
    """Alice and Bob, each with a pass; sessions today and tomorrow, with a place of Alice's in both."""
    studio = open_studio(name)
    alice, bob = studio.member("Alice"), studio.member("Bob")
    pass_ = studio.punch_pass(alice)
    studio.punch_pass(bob)
    today, tomorrow = studio.session(), studio.session(SIX_PM + A_DAY)
    place = studio.reservation(alice, tomorrow, pass_)
    studio.reservation(alice, today, pass_)
    ids = {
        "member_id": alice,
        "registration_id": pass_,
        "session_id": tomorrow,
        "reservation_id": place,
        "venue_id": studio.venue,
    }
    return ApiHouse(studio=studio, alice=alice, bob=bob, ids=ids)


def furnished_house(name: str = "Kiln") -> ApiHouse:
    """As `api_house`, and of all else that has an id, one."""
    house = api_house(name)
    studio, ids, organization = house.studio, house.ids, house.studio.organization
    with reading():
        owner = asker_of_staff(organization, studio.staff)
    ids["plan_id"] = add_plan(organization, NewPlan(title="Ten", type=PassType.PUNCH_PASS, punches=10), owner, NOON)
    new = NewToken(name="App")
    ids["token_id"] = make_member_token(organization, house.alice, new, owner, NOON).token.id
    hook = registering.register(organization, Wanted(url="https://studio.example/hook"), owner, NOON, VAULT)
    ids["webhook_id"] = hook.endpoint.id
    missed = studio.session(NOON - 3 * A_DAY)
    absence = studio.reservation(house.alice, missed, ids["registration_id"], made_at=NOON - 9 * A_DAY)
    full = studio.session(SIX_PM + 2 * A_DAY, capacity=1)
    # Full of somebody whose place is nobody's business here.
    carol = studio.member("Carol")
    studio.reservation(carol, full, studio.unlimited(carol))
    with writing():
        for name_ in ("no_show_id", "suspension_id", "waiting_id", "call_id", "letter_id"):
            ids[name_] = new_id(NOON)
        common = {"organization": organization, "member": house.alice}
        NoShowRow.create(
            id=ids["no_show_id"], session=missed, reservation=absence, noted_at=NOON - 2 * A_DAY, **common
        )  # fmt: skip
        SuspensionRow.create(
            id=ids["suspension_id"],
            starts_at=NOON - 9 * A_DAY,
            ends_at=NOON - 5 * A_DAY,
            made_at=NOON - 9 * A_DAY,
            **common,
        )
        WaitingRow.create(id=ids["waiting_id"], session=full, status="WAITING", joined_at=NOON - A_DAY, **common)
        announce(Event(kind=EventKind.RESERVED, organization_id=organization, member_id=house.alice), NOON)
        event = EventRow.select().order_by(EventRow.noted_at.desc()).get()
        LetterRow.create(
            id=ids["letter_id"],
            event=event.id,
            channel="MAIL",
            kind=EventKind.RESERVED.value,
            language="en",
            state="SENT",
            good_until=NOON + A_DAY,
            made_at=NOON,
            **common,
        )
        WebhookCallRow.create(
            id=ids["call_id"],
            organization=organization,
            endpoint=ids["webhook_id"],
            event=event.id,
            kind=EventKind.RESERVED.value,
            state="GIVEN_UP",
            made_at=NOON,
            next_try_at=NOON,
            until_at=NOON + 3 * A_DAY,
        )
    return house
