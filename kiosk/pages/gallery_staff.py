"""What staff see, for the gallery: an evening with people who do not exist."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from core.acts import ActWord
from core.decisions import Admitted, Refused
from core.health import HealthWord as W
from core.model import Session, Suspension
from core.pins import PinRefusal
from core.refusals import RefusalReason
from kiosk import faces_staff as faces
from kiosk.faces_staff import Ending, Said, StaffFace
from kiosk.staff_values import (
    QUICK_REASONS,
    Found,
    PersonSession,
    Roster,
    RosterPerson,
    RosterSession,
    SearchResult,
    StaffPerson,
    Standing,
)
from kiosk.stand import Stand
from kiosk.stand import stay as stay_from

HEALTH = {
    W.CAMERA: "WORKING",
    W.ONLINE: "yes",
    W.UNSENT: "0",
    W.LIST_AGE: "180",
    W.CLOCK: "TRUSTED",
    W.DISK: "ok",
    W.ANSWER_P50: "96",
    W.ANSWER_P95: "138",
}
NAMES = ("Ana K.", "Ben T.", "Dan R.", "Eva S.", "Finn O.", "Gita P.", "Hugo L.", "Ines V.", "Jonas W.", "Kim A.")


def staff_samples(stand: Stand, at: datetime, sessions: tuple[Session, ...], name: str) -> dict[str, StaffFace]:
    """Every face of staff once or more, by a short name. `sessions` are the evening's, three of them."""
    stay = stay_from(at - timedelta(seconds=3), 60)
    pin = faces.StaffPin(stand=stand, stay=stay, first_name="Mira", entered=2)
    today = _roster(at, stand.zone, sessions, name)
    roster = faces.StaffRoster(
        stand=stand, stay=stay, roster=today, session_id=sessions[0].id, need_word=frozenset({"m2", "m3"}),
        health={str(word): text for word, text in HEALTH.items()},
    )  # fmt: skip
    person = _person(at, sessions, name)
    member = faces.StaffMember(stand=stand, stay=stay, person=person, may_serve=True)
    typing = faces.StaffTyping(stand=stand, stay=stay, text="An")
    people = tuple(
        Found(member_id=f"m{place}", number=f"10{place}", name=each, is_known_here=place != 2)
        for place, each in enumerate((f"{name} K.", "Anabel T.", "Anatol R."))
    )
    found = faces.StaffFound(stand=stand, stay=stay, result=SearchResult(text="An", people=people, is_whole=True))
    in_a_week = at + timedelta(days=7)
    endings = (
        Ending(key="staff.face.until.session", at=sessions[0].ends_at, is_one_session=True),
        Ending(key="staff.face.until.today", at=at + timedelta(hours=6)),
        Ending(key="staff.face.until.week", at=in_a_week),
    )
    why = faces.StaffWhy(
        stand=stand, stay=stay, word=ActWord.UNDO, reasons=QUICK_REASONS[ActWord.UNDO], name=f"{name} K.",
        title=sessions[0].title,
    )  # fmt: skip
    kiosk = faces.StaffKiosk(
        stand=stand, stay=stay, health=roster.health, has_self_test=True,
    )  # fmt: skip
    done = Said(key="staff.done.undo_punch", values={"name": f"{name} K."}, is_good=True)
    no = Said(key="staff.not.refused", values={"name": "Ben T.", "title": sessions[0].title,
                                               "reason": RefusalReason.PASS_USED_UP})  # fmt: skip
    return {
        "staff-pin": pin,
        "staff-pin-wrong": faces.StaffPin(stand=stand, stay=stay, first_name="Mira", refused=PinRefusal.PIN_WRONG),
        "staff-pin-wait": faces.StaffPin(
            stand=stand, stay=stay, first_name="Mira", refused=PinRefusal.WAIT, until_at=at + timedelta(minutes=4)
        ),
        "staff-pin-over": faces.StaffPin(stand=stand, stay=stay, refused=PinRefusal.PIN_IS_OVER),
        "staff-pin-unknown": faces.StaffPin(stand=stand, stay=stay, refused=PinRefusal.CARD_NOT_KNOWN_HERE),
        "staff-pin-alone": faces.StaffPin(stand=stand, stay=stay, is_alone=True, has_no_network=True),
        "staff-roster": roster,
        "staff-roster-done": replace(roster, said=done),
        "staff-roster-not": replace(roster, said=no),
        "staff-roster-marking": replace(roster, marked=frozenset({"m1", "m3"}), need_word=frozenset()),
        "staff-roster-numbers": replace(roster, roster=_roster(at, stand.zone, sessions, "", has_names=False),
                                      is_out_of_order=True),
        "staff-roster-empty": replace(roster, roster=Roster(at=at, zone=stand.zone, has_names=True, sessions=()),
                                    session_id=""),
        "staff-search": typing,
        "staff-search-empty": faces.StaffTyping(stand=stand, stay=stay),
        "staff-found": found,
        "staff-found-none": faces.StaffFound(
            stand=stand, stay=stay, result=SearchResult(text="XYZ", people=(), is_whole=False)
        ),
        "staff-member": member,
        "staff-member-suspended": faces.StaffMember(
            stand=stand, stay=stay, may_serve=True, person=_suspended(at, sessions, name)
        ),
        "staff-until": faces.StaffUntil(
            stand=stand, stay=stay, word=ActWord.OVERRIDE, name=f"{name} K.", endings=endings,
            reason=RefusalReason.PASS_USED_UP,
        ),
        "staff-why": why,
        "staff-why-other": faces.StaffTyping(stand=stand, stay=stay, text="Came with her sister", why=ActWord.CHECK_IN),
        "staff-card": faces.StaffCard(
            stand=stand, stay=stay, name=f"{name} K.", text="T1" + "7K2M9QXW4D" * 2 + "RT5VB8N", until_at=in_a_week,
        ),
        "staff-card-printer": faces.StaffCard(
            stand=stand, stay=stay, name=f"{name} K.", text="T1" + "7K2M9QXW4D" * 2 + "RT5VB8N", until_at=in_a_week,
            may_print=True, said=Said(key="staff.face.card.printed", is_good=True),
        ),
        "staff-kiosk": kiosk,
        "staff-kiosk-out": _out_of_order(kiosk),
    }  # fmt: skip


def _out_of_order(kiosk: faces.StaffKiosk) -> faces.StaffKiosk:
    health = {
        **kiosk.health,
        W.CAMERA: "MISSING",
        W.ONLINE: "no",
        W.UNSENT: "31",
        W.LIST_AGE: "9000",
        W.CLOCK: "UNSURE",
    }
    said = Said(key="staff.done.out_of_order", is_good=True)
    return faces.StaffKiosk(
        stand=kiosk.stand, stay=kiosk.stay, health=health, is_out_of_order=True, has_self_test=True, said=said
    )


def _roster(at: datetime, zone: str, sessions: tuple[Session, ...], name: str, *, has_names: bool = True) -> Roster:
    standings = (Standing.IN, Standing.EXPECTED, Standing.EXPECTED, Standing.EXPECTED, Standing.LATE, Standing.IN,
                 Standing.IN, Standing.MISSING, Standing.NO_SHOW, Standing.IN)  # fmt: skip
    names = (f"{name} K.", *NAMES[1:])
    people = tuple(
        RosterPerson(
            member_id=f"m{place}",
            number=f"10{place}",
            name=each if has_names else "",
            standing=standing,
            visit_key=f"v{place}" if standing in (Standing.IN, Standing.LATE) else None,
            came_at=at - timedelta(minutes=4 * place) if standing in (Standing.IN, Standing.LATE) else None,
        )
        for place, (each, standing) in enumerate(zip(names, standings, strict=True))
    )
    return Roster(
        at=at,
        zone=zone,
        has_names=has_names,
        sessions=tuple(
            RosterSession(session=session, is_on=place == 0, people=people[: 10 - 3 * place])
            for place, session in enumerate(sessions)
        ),
    )


def _person(at: datetime, sessions: tuple[Session, ...], name: str) -> StaffPerson:
    wheel, glazing, open_studio = sessions
    return StaffPerson(
        member_id="m0",
        number="1042",
        name=f"{name} K.",
        is_active=True,
        suspensions=(),
        sessions=(
            PersonSession(session=wheel, standing=Standing.IN, decision=None, visit_key="v0", came_at=at,
                          undo_until_at=at + timedelta(minutes=9)),
            PersonSession(session=glazing, standing=Standing.MISSING, may_mark_no_show=True, reservation_id="r",
                          decision=Refused(reason=RefusalReason.PASS_USED_UP, session=glazing),
                          liftable=RefusalReason.PASS_USED_UP),
            PersonSession(session=open_studio, standing=None,
                          decision=Admitted(visit_key="v", member_id="m0", session=open_studio)),
        ),
    )  # fmt: skip


def _suspended(at: datetime, sessions: tuple[Session, ...], name: str) -> StaffPerson:
    until = datetime(2026, 11, 28, tzinfo=UTC)
    sessions_ = tuple(
        PersonSession(session=each, standing=Standing.EXPECTED if place == 0 else None,
                      decision=Refused(reason=RefusalReason.SUSPENDED, session=each, until=until),
                      liftable=RefusalReason.SUSPENDED)
        for place, each in enumerate(sessions)
    )  # fmt: skip
    return StaffPerson(
        member_id="m0", number="1042", name=f"{name} K.", is_active=True, sessions=sessions_,
        suspensions=(Suspension(id="s", starts_at=at - timedelta(days=3), ends_at=until),),
        refused=RefusalReason.SUSPENDED,
    )  # fmt: skip
