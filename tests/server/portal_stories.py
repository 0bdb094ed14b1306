"""A member who looks after their own things, for stories: Alice with ten punches, and a browser of hers."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from fastapi import FastAPI
from fastapi.testclient import TestClient

from core.model import PassType, ReservationStatus
from server.pages.context import PagesContext
from server.pages.headers import SafeAnswers
from server.pages.languages import language_routes
from server.pages.my import my_routes
from server.services.door import history
from server.services.door.at_the_desk import AtTheDesk, check_in
from server.services.people.rights import the_house
from server.services.portal.links import own_link, token_of
from server.services.portal.signing_in import MemberVisit, member_signed_in, sign_in_with
from server.store.database import reading, writing
from server.store.ids import new_id
from server.store.tables import EventRow, NoShowRow, ReservationRow, SuspensionRow
from tests.server.studio import HOUSE, SIX_PM, VAULT, Studio, open_studio

NOON = SIX_PM - timedelta(hours=6)
HOST = "https://studio.example"
MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)


@dataclass
class Clock:
    """The time of a story, which moves when the story says so."""

    at: datetime = NOON

    def now(self) -> datetime:
        return self.at


def link_of(studio: Studio, member: str, at: datetime = NOON) -> str:
    """The token of a link that was just made for them."""
    made = own_link(studio.organization, member, the_house(studio.organization), at, VAULT, HOST)
    return made.rpartition("/")[2]


def visit_of(studio: Studio, member: str, at: datetime = NOON) -> MemberVisit:
    """They sign in, and look."""
    return member_signed_in(sign_in_with(link_of(studio, member, at), at, VAULT).token, at)


def links_in_letters() -> list[str]:
    """The tokens that letters would carry, oldest first."""
    with reading():
        wanted = EventRow.select().where(EventRow.kind == "member.sign_in_wanted").order_by(EventRow.id)
        return [token_of(row.subject, VAULT) for row in wanted]


def browser(clock: Clock, *, language: str = "en") -> TestClient:
    """Of somebody who has not signed in yet. It follows redirections, as browsers do."""
    app = FastAPI()
    app.add_middleware(SafeAnswers)
    app.include_router(language_routes())
    app.include_router(my_routes(PagesContext(now=clock.now, vault=VAULT), VAULT))
    return TestClient(app, base_url=HOST, headers={"accept-language": language})


def signed_in(studio: Studio, member: str, clock: Clock, *, language: str = "en") -> TestClient:
    made = browser(clock, language=language)
    made.post(f"/my/sign-in/{link_of(studio, member, clock.at)}")
    return made


@dataclass(frozen=True)
class Full:
    """Alice's busy November: ten classes with some used, a course, one place ahead, one absence that suspended Dan."""

    studio: Studio
    alice: str
    dan: str
    place: str
    sessions: dict[str, str]


def full_month() -> Full:
    """At `NOON`. Her place tonight (`tonight`) is the only one whose check-in opens that day."""
    studio = open_studio("Kiln & Co.")
    alice, dan = studio.member(), studio.member("Dan")
    ten = studio.punch_pass(alice, 10, valid_until=NOON + 80 * DAY)
    course = studio.course(3)
    studio.pass_of(alice, PassType.FULL_COURSE, course=course, is_in_order=True)
    sessions = {
        "came": studio.session(NOON - 9 * DAY),
        "missed": studio.session(NOON - 5 * DAY),
        "tonight": studio.session(SIX_PM),
        "tomorrow": studio.session(SIX_PM + DAY, class_type=studio.glazing),
        "full": studio.session(SIX_PM + 2 * DAY, capacity=1),
        "part 1": studio.session(SIX_PM + 3 * DAY, course=course, part=1),
        "part 2": studio.session(SIX_PM + 10 * DAY, course=course, part=2),
        "next week": studio.session(SIX_PM + 7 * DAY),
        "weeks later": studio.session(SIX_PM + 20 * DAY),
    }
    studio.reservation(dan, sessions["full"], studio.unlimited(dan))
    comes = AtTheDesk(venue_id=studio.venue, member_id=alice, session_id=sessions["came"])
    check_in(studio.organization, comes, NOON - 9 * DAY)
    for member, pass_ in ((alice, ten), (dan, studio.unlimited(dan))):
        _miss(studio, member, sessions["missed"], pass_)
    place = studio.reservation(alice, sessions["tonight"], ten)
    _suspend(studio, dan)
    return Full(studio, alice, dan, place, sessions)


def _miss(studio: Studio, member: str, session: str, pass_: str) -> None:
    missed = studio.reservation(member, session, pass_, made_at=NOON - 8 * DAY)
    with writing():
        row = ReservationRow.get_by_id(missed)
        history.move(row, ReservationStatus.NO_SHOW, NOON - 4 * DAY, HOUSE, action="NO_SHOW")
        NoShowRow.create(
            id=f"{member}-absence",
            organization=studio.organization,
            member=member,
            session=session,
            reservation=missed,
            noted_at=NOON - 4 * DAY,
        )


def _suspend(studio: Studio, member: str) -> None:
    with writing():
        SuspensionRow.create(
            id=new_id(NOON),
            organization=studio.organization,
            member=member,
            starts_at=NOON - 4 * DAY,
            ends_at=NOON + 10 * DAY,
            because="1 absence",
            no_show_id=f"{member}-absence",
            made_at=NOON - 4 * DAY,
        )
