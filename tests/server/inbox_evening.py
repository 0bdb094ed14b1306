"""The full evening with its troubles: a disputed visit, an overdraft, a record held back, a fork, a silent night."""

from dataclasses import replace
from datetime import timedelta

from core.protocol import Basis
from core.refusals import RefusalReason
from server.services.people.rights import Role
from server.store.database import writing
from server.store.ids import new_id
from server.store.tables import DeviceRow, JobRunRow, PassRow, StaffRow
from tests.server.desk_evening import NOW, Evening, at_clock, full_house
from tests.server.door_stories import StoryKiosk, kiosk_of, refused, welcomed
from tests.server.studio import A_YEAR_AGO

YESTERDAY = timedelta(days=1)


def troubled_house(language: str = "en") -> Evening:
    """Lena, who manages tonight, finds one of each kind at her inbox."""
    house = full_house(language)
    with writing():
        StaffRow.update(role=Role.MANAGER.value).where(StaffRow.id == house.lena.staff_id).execute()
    cellar = kiosk_of(house.studio, "Cellar door")
    sofia_came_on_a_pass_that_had_run_out(house, cellar)
    _marcus_used_one_punch_twice(house, cellar)
    _a_record_is_held_back(house, cellar)
    _the_night_waited_for_the_cellar(house, cellar)
    return house


def sofia_came_on_a_pass_that_had_run_out(house: Evening, kiosk: StoryKiosk) -> str:
    """The visit's member."""
    sofia = house.member("Sofia Rossi")
    card = house.studio.card(sofia)
    pass_ = house.studio.punch_pass(sofia, 5, valid_until=NOW - YESTERDAY)
    with writing():
        PassRow.update(title="Autumn evenings").where(PassRow.id == pass_).execute()
    shown = welcomed(kiosk.show(card, at_clock("17:41")), sofia, house.sessions["open"], pass_=pass_)
    basis = Basis(replica_version=1, last_contact_at=at_clock("09:10") - YESTERDAY)
    kiosk.tell(at_clock("18:20"), replace(shown, basis=basis))
    return sofia


def _marcus_used_one_punch_twice(house: Evening, kiosk: StoryKiosk) -> None:
    marcus = house.member("Marcus Lee")
    card, pass_ = house.studio.card(marcus), house.studio.punch_pass(marcus, 1)
    with writing():
        PassRow.update(title="Single evening").where(PassRow.id == pass_).execute()
    for session, clock in (("wheel", "17:52"), ("glaze", "18:11")):
        shown = welcomed(kiosk.show(card, at_clock(clock)), marcus, house.sessions[session], pass_=pass_)
        kiosk.tell(at_clock("18:20"), shown)


def _a_record_is_held_back(house: Evening, kiosk: StoryKiosk) -> None:
    """Its session was made on a server that was put back from a backup since; and a clone spoke up."""
    june = house.member("June Lee")
    card, pass_ = house.studio.card(june), house.studio.unlimited(june)
    kiosk.tell(at_clock("18:21"), welcomed(kiosk.show(card, at_clock("18:02")), june, new_id(NOW), pass_=pass_))
    clone = StoryKiosk(known=kiosk.known)
    kiosk.tell(at_clock("18:21"), refused(clone.show(card, at_clock("18:03")), RefusalReason.TOO_EARLY))


def _the_night_waited_for_the_cellar(house: Evening, kiosk: StoryKiosk) -> None:
    """Last evening three people did not come as far as is known."""
    studio = house.studio
    session = studio.session(at_clock("17:00") - YESTERDAY)
    for _ in range(3):
        member = house.member()
        studio.reservation(member, session, studio.unlimited(member), made_at=A_YEAR_AGO)
    with writing():
        DeviceRow.update(nothing_unsent_before=NOW).execute()
        stuck = {DeviceRow.nothing_unsent_before: at_clock("15:00") - YESTERDAY, DeviceRow.max_seq: 9}
        DeviceRow.update(stuck).where(DeviceRow.id == kiosk.known.id).execute()
        JobRunRow.create(
            id=new_id(NOW),
            job="no-shows",
            scope=studio.organization,
            venue=studio.venue,
            local_day="2026-11-18",
            state="DONE",
            finished_at=at_clock("01:00"),
        )
