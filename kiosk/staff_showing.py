"""From where staff are to the face that shows it: looks at the staff desk, and changes nothing."""

from collections.abc import Mapping
from dataclasses import dataclass

from core.decisions import Refused
from core.pins import PinRefused
from core.refusals import PRIVATE_REASONS
from kiosk import faces_staff as faces
from kiosk.faces_staff import Said, StaffFace
from kiosk.staff_desk import StaffDesk
from kiosk.staff_steps import (
    AtCard,
    AtFound,
    AtKiosk,
    AtMember,
    AtRoster,
    AtTyping,
    AtUntil,
    AtWhy,
    Step,
    session_shown,
)
from kiosk.staff_values import QUICK_REASONS, NoNetwork, RosterSession, Standing
from kiosk.stand import Stand, Stay

AT_ONCE = 8
"""As many rows as the largest page has: only for these is it asked whether they need a word."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Seen:
    """What every face of staff shares."""

    stand: Stand
    stay: Stay
    said: Said | None
    health: Mapping[str, str]
    has_self_test: bool
    may_print: bool


def pin_face(
    stand: Stand, stay: Stay, first_name: str, entered: int, refused: PinRefused | NoNetwork | None, *, is_alone: bool
) -> faces.StaffPin:
    """The pad, before anybody is signed in."""
    is_refused = isinstance(refused, PinRefused)
    return faces.StaffPin(
        stand=stand,
        stay=stay,
        first_name=first_name,
        entered=entered,
        refused=refused.reason if isinstance(refused, PinRefused) else None,
        until_at=refused.until if isinstance(refused, PinRefused) else None,
        is_alone=is_alone,
        has_no_network=refused is not None and not is_refused,
    )


def face_at(staff: StaffDesk, step: Step, seen: Seen) -> StaffFace | None:
    """None: nobody is signed in any more."""
    session = staff.session
    if session is None:
        return None
    stand, stay, said = seen.stand, seen.stay, seen.said
    match step:
        case AtRoster():
            return _roster(staff, step, seen)
        case AtTyping(text=text, pending=pending):
            return faces.StaffTyping(stand=stand, stay=stay, text=text, why=pending.word if pending else None)
        case AtFound(result=result, first=first):
            return faces.StaffFound(stand=stand, stay=stay, result=result, first=first, said=said)
        case AtMember(member_id=member_id, first=first):
            person = staff.person(member_id)
            if person is None:
                return None
            return faces.StaffMember(
                stand=stand, stay=stay, person=person, may_serve=session.may_serve, first=first, said=said
            )
        case AtUntil(word=word, name=name, endings=endings, reason=reason):
            return faces.StaffUntil(stand=stand, stay=stay, word=word, name=name, endings=endings, reason=reason)
        case AtWhy(pending=pending):
            return faces.StaffWhy(
                stand=stand,
                stay=stay,
                word=pending.word,
                reasons=QUICK_REASONS[pending.word],
                name=pending.name,
                title=pending.title,
                count=pending.count,
            )
        case AtCard(name=name, text=text, until_at=until_at):
            return faces.StaffCard(
                stand=stand, stay=stay, name=name, text=text, until_at=until_at, may_print=seen.may_print, said=said
            )
        case AtKiosk():
            return faces.StaffKiosk(
                stand=stand,
                stay=stay,
                health=seen.health,
                is_out_of_order=staff.is_out_of_order,
                has_self_test=seen.has_self_test,
                said=said,
            )


def _roster(staff: StaffDesk, step: AtRoster, seen: Seen) -> faces.StaffRoster:
    roster = staff.roster()
    shown = session_shown(step.session_id, tuple((each.session, each.is_on) for each in roster.sessions))
    now = next((each for each in roster.sessions if each.session.id == shown), None)
    return faces.StaffRoster(
        stand=seen.stand,
        stay=seen.stay,
        roster=roster,
        session_id=shown,
        first=step.first,
        marked=step.marked,
        need_word=_need_word(staff, now, step.first) if now else frozenset(),
        health=seen.health,
        is_out_of_order=staff.is_out_of_order,
        said=seen.said,
    )


def _need_word(staff: StaffDesk, now: RosterSession, first: int) -> frozenset[str]:
    """Of those on the page who did not come: whom the door would refuse for what only they may read."""
    found = set()
    for row in now.people[first : first + AT_ONCE]:
        if row.standing not in (Standing.EXPECTED, Standing.MISSING):
            continue
        person = staff.person(row.member_id)
        decisions = [each.decision for each in person.sessions if each.session.id == now.session.id] if person else []
        reasons = [each.reason for each in decisions if isinstance(each, Refused)]
        if person and (person.refused or any(reason in PRIVATE_REASONS for reason in reasons)):
            found.add(row.member_id)
    return frozenset(found)
