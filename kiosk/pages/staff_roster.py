"""Draws today: its sessions, who is in, expected or missing, and how the kiosk is. Names are short, reasons are not
here."""

from core.acts import UNDO_WITHIN
from kiosk.faces_staff import StaffRoster
from kiosk.pages.drawn import Parts
from kiosk.pages.markup import Html, icon, join, tag
from kiosk.pages.pieces import tap
from kiosk.pages.staff_kiosk import health_lines
from kiosk.pages.staff_pieces import TONE, band, mark, paged, row, said, say, staff_parts
from kiosk.pages.words import Words
from kiosk.staff_values import RosterPerson, RosterSession, Standing

TABS = 3
SIGNS = {
    Standing.IN: "good",
    Standing.LATE: "good",
    Standing.EXPECTED: "idle",
    Standing.MISSING: "wait",
    Standing.NO_SHOW: "bad",
}


def roster(face: StaffRoster, words: Words) -> Parts:
    now = next((each for each in face.roster.sessions if each.session.id == face.session_id), None)
    people = [_row(person, now, face, words) for person in now.people] if now else []
    if face.is_out_of_order:
        notice = mark("bad", words.say("staff.face.kiosk.is_out_of_order"))
    elif not face.roster.has_names:
        notice = mark("idle", words.say("staff.face.no_names"))
    else:
        notice = None
    told = said(face.said, words) or (tag("p", notice, cls="said") if notice else None)
    search = tap("staff.search", icon("search"), words.say("staff.face.search"), cls="button field")
    none = words.say("staff.face.nobody" if now else "staff.face.no_session")
    listed = paged(people, face.first, face.stand.modes, words, fewer=1 if told else 0)
    return staff_parts(
        tone=f"{TONE} roster",
        say=say(
            band(words.say("staff.face.today"), face.stay, words),
            _tabs(face, words),
            told,
            tag("div", *health_lines(face.health, words, is_short=True), cls="health only-lying") if not told else None,
        ),
        do=join(
            search,
            listed if people else tag("p", none, cls="lead quiet"),
            tag("div", *health_lines(face.health, words, is_short=True), cls="health push only-up spare"),
        ),
        after=_after(face, words),
    )


def _after(face: StaffRoster, words: Words) -> Html:
    kiosk = tap("staff.kiosk", icon("scanner"), words.say("staff.face.kiosk"), cls="button wide")
    if face.marked is None:
        several = tap("staff.mark", icon("check"), words.say("staff.face.mark"), cls="button wide")
        return tag("div", several, kiosk, cls="actions")
    stop = tap("staff.mark", icon("cross"), words.say("staff.face.mark.stop"), cls="button wide")
    count = str(len(face.marked))
    go = tap("staff.many", icon("check"), words.say("staff.face.mark.go", count=count), cls="button first wide")
    return tag("div", stop, go if face.marked else None, cls="actions")


def _tabs(face: StaffRoster, words: Words) -> Html | None:
    """Three sessions, or two and the way to the next ones: a tap there goes round."""
    sessions = face.roster.sessions
    if not sessions:
        return None
    here = next((place for place, each in enumerate(sessions) if each.session.id == face.session_id), 0)
    if len(sessions) <= TABS:
        return tag("div", *(_tab(each, face, words) for each in sessions), cls="sessions")
    begin = here - here % (TABS - 1)
    shown = sessions[begin : begin + TABS - 1]
    after = sessions[(begin + TABS - 1) % len(sessions)] if begin + TABS - 1 < len(sessions) else sessions[0]
    more = tap(
        "staff.session",
        tag("b", words.say("staff.face.more_sessions")),
        tag("span", words.time(after.session.starts_at), icon("arrow", turns=True), cls="when"),
        value=after.session.id,
    )
    return tag("div", *(_tab(each, face, words) for each in shown), more, cls="sessions")


def _tab(each: RosterSession, face: StaffRoster, words: Words) -> Html:
    session = each.session
    title = tag("b", words.time(session.starts_at), " ", session.title)
    count = words.say("staff.face.count", count=str(each.came), of=str(len(each.people)))
    is_shown = session.id == face.session_id
    made = tap("staff.session", title, tag("span", count), value=session.id)
    return Html(made.replace("<button", f'<button aria-pressed="{str(is_shown).lower()}"', 1))


def _row(person: RosterPerson, now: RosterSession | None, face: StaffRoster, words: Words) -> Html:
    name = tag("bdi", person.name or person.number)
    needs_word = person.member_id in face.need_word
    state = mark("wait", words.say("staff.face.needs_word")) if needs_word else _state(person, words)
    value = f"{person.member_id} {now.session.id}" if now else ""
    is_waiting = person.standing in (Standing.EXPECTED, Standing.MISSING)
    if face.marked is not None:
        button = _mark_button(person, face, words) if is_waiting else None
    elif is_waiting and not needs_word:
        button = tap("staff.check_in", words.say("staff.face.check_in"), value=value, cls="button first")
    elif person.visit_key and person.came_at and words.at - person.came_at <= UNDO_WITHIN:
        button = tap("staff.undo", words.say("staff.face.undo"), value=value)
    else:
        button = tap("staff.person", words.say("staff.face.open"), value=person.member_id)
    return row(name, state, button, opens=person.member_id)


def _mark_button(person: RosterPerson, face: StaffRoster, words: Words) -> Html:
    is_marked = face.marked is not None and person.member_id in face.marked
    said_ = words.say("staff.face.marked" if is_marked else "staff.face.mark_one")
    made = tap(
        "staff.pick",
        icon("check") if is_marked else None,
        said_,
        value=person.member_id,
        cls="button marked" if is_marked else "button",
    )
    return Html(made.replace("<button", f'<button aria-pressed="{str(is_marked).lower()}"', 1))


def _state(person: RosterPerson, words: Words) -> Html:
    key = f"staff.face.standing.{person.standing}"
    if person.came_at is not None:
        return mark(SIGNS[person.standing], words.say(f"{key}.at", time=words.time(person.came_at)))
    return mark(SIGNS[person.standing], words.say(key))
