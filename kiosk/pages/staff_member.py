"""Draws one member for staff, with today's sessions and what may be done; only here a private reason is read."""

from core import messages
from core.decisions import Refused
from core.model import Suspension
from kiosk.faces_staff import StaffFound, StaffMember
from kiosk.pages.drawn import Parts
from kiosk.pages.markup import Html, icon, join, tag
from kiosk.pages.pieces import tap
from kiosk.pages.staff_pieces import TONE, back, band, mark, moment, paged, row, said, say, staff_parts
from kiosk.pages.words import Words
from kiosk.staff_values import PersonSession, StaffPerson, Standing

LONG_NAME = 14


def member(face: StaffMember, words: Words) -> Parts:
    person = face.person
    number = tag("p", words.say("staff.face.number", number=tag("bdi", person.number)), cls="lead")
    reason = Html(messages.refusal_for_staff(words.language, person.refused)) if person.refused else None
    notice = tag("p", mark("wait", reason), cls="said") if reason and not person.suspensions else None
    told = said(face.said, words)
    rows = [_suspension(each, person, words, may_serve=face.may_serve) for each in person.suspensions]
    ordered = sorted(person.sessions, key=lambda each: each.standing is None)
    rows += [_session(each, person, words, may_serve=face.may_serve) for each in ordered]
    card = tap("staff.card", icon("card"), words.say("staff.face.card"), value=person.member_id, cls="button wide")
    name = person.name or person.number
    return staff_parts(
        tone=f"{TONE} member",
        say=say(
            band(tag("bdi", name), face.stay, words, is_long=len(name) > LONG_NAME),
            number if person.name else None,
            told or notice,
        ),
        do=paged(rows, face.first, face.stand.modes, words, fewer=1)
        if rows
        else tag("p", words.say("staff.face.no_session"), cls="lead quiet"),
        after=back(words, card if face.may_serve and person.is_active else None),
    )


def found(face: StaffFound, words: Words) -> Parts:
    rows = []
    for each in face.result.people:
        text = words.say("staff.face.number", number=tag("bdi", each.number))
        state = mark("idle", text) if each.is_known_here else mark("wait", words.say("staff.face.not_here_yet"))
        button = tap("staff.person", words.say("staff.face.open"), value=each.member_id) if each.is_known_here else None
        rows.append(row(tag("bdi", each.name or each.number), state, button))
    main = words.say("staff.face.found" if rows else "staff.face.found.none", text=tag("bdi", face.result.text))
    alone = None if face.result.is_whole else tag("p", mark("idle", words.say("staff.face.found.alone")), cls="said")
    again = tap("staff.search", icon("search"), words.say("staff.face.search.again"), cls="button first wide")
    return staff_parts(
        tone=f"{TONE} found",
        say=say(band(main, face.stay, words, is_long=len(face.result.text) > 6), said(face.said, words) or alone),
        do=paged(rows, face.first, face.stand.modes, words, fewer=1)
        if rows
        else tag("p", words.say("staff.face.found.try"), cls="lead quiet"),
        after=back(words, again),
    )


def _suspension(each: Suspension, person: StaffPerson, words: Words, *, may_serve: bool) -> Html:
    until = moment(each.ends_at, words) if each.ends_at else None
    name = words.say("staff.face.suspended.until", until=until) if until else words.say("staff.face.suspended")
    lift = tap("staff.lift", words.say("staff.face.lift"), value=f"{person.member_id} {each.id}")
    state = mark("bad", words.say("staff.face.suspended.more"))
    return row(name, state, lift if may_serve else None)


def _session(each: PersonSession, person: StaffPerson, words: Words, *, may_serve: bool) -> Html:
    name = join(words.time(each.session.starts_at), " ", each.session.title)
    value = f"{person.member_id} {each.session.id}"
    buttons: list[Html] = []
    if each.came_at is not None or each.visit_key is not None:
        if each.undo_until_at is not None and words.at <= each.undo_until_at:
            buttons.append(tap("staff.undo", words.say("staff.face.undo"), value=value))
    elif isinstance(each.decision, Refused):
        if each.liftable and may_serve:
            buttons.append(tap("staff.override", words.say("staff.face.override"), value=value))
    elif each.decision is not None:
        buttons.append(tap("staff.check_in", words.say("staff.face.check_in"), value=value, cls="button first"))
    if each.may_mark_no_show and may_serve:
        buttons.append(tap("staff.no_show", words.say("staff.face.no_show"), value=value))
    return row(name, _state(each, words), *buttons)


def _state(each: PersonSession, words: Words) -> Html:
    if each.came_at is not None:
        key = "LATE" if each.standing is Standing.LATE else "IN"
        return mark("good", words.say(f"staff.face.standing.{key}.at", time=words.time(each.came_at)))
    if isinstance(each.decision, Refused):
        return mark("wait", Html(messages.refusal_for_staff(words.language, each.decision.reason)))
    if each.standing is None:
        return mark("idle", words.say("staff.face.standing.none"))
    kind = {Standing.MISSING: "wait", Standing.NO_SHOW: "bad"}.get(each.standing, "idle")
    return mark(kind, words.say(f"staff.face.standing.{each.standing}"))
