"""What a letter says: of what is known about a piece of news, a subject, sentences and facts in the member's language.

Whatever costs a member something says which session, by which rule, from when, until when, and how to contest it.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from core import clocktime
from core.days import day_in_words, moment_in_words
from core.events import EventKind as K
from core.messages import say


@dataclass(frozen=True, kw_only=True, slots=True)
class Class:
    """A session, as a letter names it. `where` may be empty, `people` are its instructors."""

    title: str
    starts_at: datetime
    ends_at: datetime
    where: str = ""
    people: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class About:
    """Everything that a letter may speak of; what does not concern its kind is left as it is.

    `page`: the address of the member's page; `link`: of what the letter is for. `because` is what staff wrote, empty
    where the house acted by itself. `moment`: until when an offer, a pass, a pause, or giving up for nothing.
    `lost_with_pass`: what was done to the pass, one of `LOST_WITH_PASS`. `missed`: the absences it is about;
    `explained`: the sentences of `core/penalties_said.py`. `is_punched`: the place is paid by a punch; `took_punch`:
    the absence took one.
    """

    kind: K
    language: str
    zone: str
    name: str
    studio: str
    page: str
    happened_at: datetime
    session: Class | None = None
    missed: tuple[Class, ...] = ()
    explained: tuple[str, ...] = ()
    moment: datetime | None = None
    since: datetime | None = None
    because: str = ""
    link: str = ""
    pass_title: str = ""
    lost_with_pass: str = ""
    punches_left: int | None = None
    is_punched: bool = False
    took_punch: bool = False
    is_late: bool = False
    is_by_staff: bool = False
    is_for_absence: bool = False
    is_served: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class Button:
    label: str
    address: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Written:
    """A letter in words. `facts` are (name, value). A text message has nothing but one sentence in `before`."""

    language: str
    subject: str
    hello: str = ""
    before: tuple[str, ...] = ()
    facts: tuple[tuple[str, str], ...] = ()
    after: tuple[str, ...] = ()
    button: Button | None = None
    studio: str = ""
    footer: str = ""
    unsubscribe: Button | None = None


@dataclass(slots=True, frozen=True)
class _Sheet:
    """A letter while it is written."""

    about: About
    before: list[str] = field(default_factory=list)
    facts: list[tuple[str, str]] = field(default_factory=list)
    after: list[str] = field(default_factory=list)

    def words(self, key: str, **values: object) -> str:
        return say(self.about.language, f"letter.{key}", **values)

    def own(self, key: str, **values: object) -> str:
        """A sentence of this kind of letter alone."""
        return self.words(f"{self.about.kind.name}.{key}", **values)

    def moment(self, instant: datetime) -> str:
        return moment_in_words(self.about.language, instant, clocktime.zone_named(self.about.zone))

    def day(self, instant: datetime) -> str:
        zone = clocktime.zone_named(self.about.zone)
        return day_in_words(self.about.language, clocktime.local_day(instant, zone))

    def clock(self, instant: datetime) -> str:
        return clocktime.wall_clock(instant, clocktime.zone_named(self.about.zone))

    def fact(self, name: str, value: str) -> None:
        if value:
            self.facts.append((self.words(f"fact.{name}"), value))


def write(about: About, *, unsubscribe: str = "") -> Written:
    """The letter. `unsubscribe`: the address at which its kind can be stopped, empty where it cannot."""
    sheet = _Sheet(about)
    if about.kind in _TEXTS:
        assert about.session is not None
        values = {"title": about.session.title, "clock": sheet.clock(about.session.starts_at), "link": about.page}
        text = sheet.own("text", studio=about.studio, **values)
        return Written(language=about.language, subject="", before=(text,))
    _BODIES[about.kind](sheet)
    stop = Button(label=sheet.words("unsubscribe"), address=unsubscribe) if unsubscribe else None
    return Written(
        language=about.language,
        subject=_subject(sheet),
        hello=sheet.words("hello", name=about.name) if about.name else "",
        before=tuple(sheet.before),
        facts=tuple(sheet.facts),
        after=tuple(sheet.after),
        button=_button(sheet),
        studio=about.studio,
        footer=sheet.words("footer", studio=about.studio),
        unsubscribe=stop,
    )


def _subject(sheet: _Sheet) -> str:
    about = sheet.about
    values: dict[str, object] = {}
    if about.session is not None:
        values = {"title": about.session.title, "day": sheet.day(about.session.starts_at)}
    elif about.kind is K.SUSPENDED and about.moment is not None:
        values = {"day": sheet.day(about.moment)}
    return sheet.own("subject", **{"title": about.pass_title, "studio": about.studio, "day": "", **values})


def _button(sheet: _Sheet) -> Button | None:
    if not sheet.about.page:
        return None
    if sheet.about.kind in (K.PLACE_OFFERED, K.SIGN_IN_WANTED):
        return Button(label=sheet.own("button"), address=sheet.about.link or sheet.about.page)
    return Button(label=sheet.words("page"), address=sheet.about.page)


def _class(sheet: _Sheet) -> None:
    session = sheet.about.session
    if session is not None:
        sheet.fact("class", session.title)
        sheet.fact("when", _when(sheet, session))
        sheet.fact("where", session.where)
        sheet.fact("with", ", ".join(session.people))


def _when(sheet: _Sheet, session: Class) -> str:
    return sheet.words("when", moment=sheet.moment(session.starts_at), until=sheet.clock(session.ends_at))


def _if_you_cannot_come(sheet: _Sheet) -> None:
    about = sheet.about
    if not about.is_punched:
        sheet.after.append(sheet.words("cannot_come"))
    elif about.moment is not None and about.moment > about.happened_at:
        sheet.after.append(sheet.words("cannot_come.free_until", moment=sheet.moment(about.moment)))
    else:
        sheet.after.append(sheet.words("cannot_come.late"))


def _staffs_reason(sheet: _Sheet) -> None:
    sheet.fact("reason", sheet.about.because)


def _contest(sheet: _Sheet) -> None:
    sheet.after.append(sheet.words("contest"))


def _reserved(sheet: _Sheet) -> None:
    sheet.before.append(sheet.own("lead"))
    _class(sheet)
    _if_you_cannot_come(sheet)


def _cancelled(sheet: _Sheet) -> None:
    about = sheet.about
    sheet.before.append(sheet.own("staff") if about.is_by_staff else sheet.own("lead"))
    _class(sheet)
    _staffs_reason(sheet)
    if about.is_punched:
        sheet.after.append(sheet.words("punch.waits") if about.is_late else sheet.words("punch.free"))


def _auto_cancelled(sheet: _Sheet) -> None:
    about = sheet.about
    if about.is_for_absence:
        sheet.before.append(sheet.own("absence"))
    elif about.lost_with_pass:
        sheet.before.append(sheet.own(about.lost_with_pass, pass_title=about.pass_title))
    elif about.moment is not None:
        sheet.before.append(sheet.own("pause", moment=sheet.moment(about.moment)))
    else:
        sheet.before.append(sheet.own("lead"))
    _class(sheet)
    _missed(sheet)
    _staffs_reason(sheet)
    if about.is_punched:
        sheet.after.append(sheet.words("punch.free"))
    _contest(sheet)


def _missed(sheet: _Sheet) -> None:
    for session in sheet.about.missed:
        sheet.fact("missed", f"{session.title}, {sheet.moment(session.starts_at)}")


def _session_cancelled(sheet: _Sheet) -> None:
    sheet.before.append(sheet.own("lead"))
    _class(sheet)
    _staffs_reason(sheet)
    if sheet.about.is_punched:
        sheet.after.append(sheet.words("punch.free"))
    sheet.after.append(sheet.own("others"))


def _waited_in_vain(sheet: _Sheet) -> None:
    """The session is called off, told to those who stood in line or held an offer."""
    sheet.before.append(sheet.words("SESSION_CANCELLED.lead"))
    sheet.before.append(sheet.own("line"))
    _class(sheet)
    _staffs_reason(sheet)
    sheet.after.append(sheet.words("SESSION_CANCELLED.others"))


def _place_offered(sheet: _Sheet) -> None:
    sheet.before.append(sheet.own("lead"))
    _class(sheet)
    if sheet.about.moment is not None:
        sheet.fact("held_until", sheet.moment(sheet.about.moment))
    sheet.after.append(sheet.own("else"))


def _plain(sheet: _Sheet) -> None:
    sheet.before.append(sheet.own("lead"))
    _class(sheet)


def _no_show(sheet: _Sheet) -> None:
    """What happened, what it cost, by which rule, and until when it may be contested: said elsewhere, for all alike."""
    what, *more = sheet.about.explained
    sheet.before.append(what)
    _class(sheet)
    sheet.after.extend(more)


def _contest_answered(sheet: _Sheet) -> None:
    sheet.before.append(sheet.own("lead"))
    _class(sheet)
    _staffs_reason(sheet)
    sheet.after.extend(sheet.about.explained[1:])


def _excused(sheet: _Sheet) -> None:
    sheet.before.append(sheet.own("lead") if sheet.about.is_by_staff else sheet.own("outage"))
    _class(sheet)
    _staffs_reason(sheet)
    sheet.after.append(sheet.own("back"))


def _undone(sheet: _Sheet) -> None:
    sheet.before.append(sheet.own("lead"))
    _class(sheet)
    sheet.after.append(sheet.own("back"))
    if sheet.about.took_punch:
        sheet.after.append(sheet.own("punch", title=sheet.about.pass_title))


def _suspended(sheet: _Sheet) -> None:
    about = sheet.about
    sheet.before.append(sheet.own("lead") if about.because else sheet.own("night"))
    if about.since is not None and about.moment is not None:
        sheet.fact("from", sheet.moment(about.since))
        sheet.fact("until", sheet.moment(about.moment))
    _missed(sheet)
    _staffs_reason(sheet)
    sheet.after.extend(about.explained)
    sheet.after.append(sheet.own("places"))
    _contest(sheet)


def _reinstated(sheet: _Sheet) -> None:
    sheet.before.append(sheet.own("served") if sheet.about.is_served else sheet.own("lifted"))
    _staffs_reason(sheet)
    sheet.after.append(sheet.own("again"))


def _reminder(sheet: _Sheet) -> None:
    assert sheet.about.session is not None
    sheet.before.append(sheet.own("lead", clock=sheet.clock(sheet.about.session.starts_at)))
    _class(sheet)
    sheet.after.append(sheet.own("door"))
    sheet.after.append(sheet.words("cannot_come"))


def _checked_in(sheet: _Sheet) -> None:
    about = sheet.about
    sheet.before.append(sheet.own("lead", clock=sheet.clock(about.happened_at)))
    _class(sheet)
    _pass(sheet)
    sheet.after.append(sheet.own("not_you"))


def _pass(sheet: _Sheet) -> None:
    about = sheet.about
    sheet.fact("pass", about.pass_title)
    if about.punches_left is not None:
        sheet.fact("punches", str(about.punches_left))


def _pass_news(sheet: _Sheet) -> None:
    sheet.before.append(sheet.own("lead"))
    _pass(sheet)
    if sheet.about.moment is not None:
        sheet.fact("until", sheet.moment(sheet.about.moment))
    sheet.after.append(sheet.words("pass.new"))


def _sign_in(sheet: _Sheet) -> None:
    about = sheet.about
    sheet.before.append(sheet.own("lead", clock=sheet.clock(about.moment or about.happened_at)))
    sheet.after.append(sheet.own("not_you"))


LOST_WITH_PASS = frozenset({"PASS_PAUSED", "PASS_CANCELLED", "PASS_ENDED"})
"""Steps in a place's history by which it is lost. Why that was done to the pass is staff's; that it was is told."""
_TEXTS = frozenset({K.CHECK_IN_SOON, K.LAST_CALL})
_BODIES: Mapping[K, Callable[[_Sheet], None]] = {
    K.RESERVED: _reserved,
    K.PLACE_BOOKED: _reserved,
    K.GIVEN_BACK: _reserved,
    K.CANCELLED: _cancelled,
    K.AUTO_CANCELLED: _auto_cancelled,
    K.SESSION_CANCELLED: _session_cancelled,
    K.PLACE_OFFERED: _place_offered,
    K.OFFER_RAN_OUT: _plain,
    K.WAITING_LEFT: _waited_in_vain,
    K.NO_SHOW: _no_show,
    K.CONTEST_ANSWERED: _contest_answered,
    K.NO_SHOW_EXCUSED: _excused,
    K.NO_SHOW_UNDONE: _undone,
    K.SUSPENDED: _suspended,
    K.REINSTATED: _reinstated,
    K.REMINDER: _reminder,
    K.CHECKED_IN: _checked_in,
    K.PASS_RUNS_OUT: _pass_news,
    K.PASS_RAN_OUT: _pass_news,
    K.SIGN_IN_WANTED: _sign_in,
    K.DATA_WANTED: _plain,
}
