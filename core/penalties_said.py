"""An explained penalty in sentences, in the order a person would be told. For letters, pages and programs alike."""

from collections.abc import Callable
from datetime import datetime, timedelta
from enum import StrEnum

from core import clocktime
from core.messages import say
from core.penalties import AbsenceState, Answer, Explanation, MayContest, Rule, Suspended
from core.policy import Enforcement, Policy

When = Callable[[datetime], str]
"""How an instant reads, on the venue's clock."""
A_DAY = timedelta(days=1)


class Reader(StrEnum):
    """Who reads. A member is not shown what staff wrote for each other; the answer to a contest is for both."""

    MEMBER = "MEMBER"
    STAFF = "STAFF"


def on_the_clock(zone: str) -> When:
    """`2026-11-21 18:00`, as a clock and a calendar on the wall show it there."""
    there = clocktime.zone_named(zone)
    return lambda at: f"{clocktime.local_day(at, there).isoformat()} {clocktime.wall_clock(at, there)}"


def absence_said(told: Explanation, language: str, reader: Reader, when: When | None = None) -> tuple[str, ...]:
    """What happened, how it stands, what it cost, by which rule, and what can be said against it."""
    when = when or on_the_clock(told.noted.session.zone)
    noted = told.noted
    said = [
        say(language, "penalty.missed", session=noted.session.title, when=when(noted.session.starts_at)),
        *_how_it_stands(told, language, reader),
        *_what_it_costs(told, language, when),
        *rule_said(told.rule, language, when, noted.session.class_type_id),
        *_what_to_do(told, language, when),
    ]
    return tuple(said)


def suspension_said(
    suspended: Suspended, rule: Rule | None, language: str, reader: Reader, when: When
) -> tuple[str, ...]:  # fmt: skip
    """From when until when, why, whether it was lifted, and for the night's own the rule. `rule` None: staff made it.

    The reason that staff wrote is told to the member, too: it is why they may not come in.
    """
    since, until = when(suspended.starts_at), when(suspended.ends_at)
    if rule is None:
        said = [say(language, "penalty.suspended.by_staff", since=since, until=until, because=suspended.because)]
    else:
        said = [say(language, "penalty.suspended.by_night", since=since, until=until)]
    if suspended.lifted_at is not None and suspended.was_lifted_early:
        lifted = when(suspended.lifted_at)
        if reader is Reader.STAFF and suspended.lifted_because:
            said.append(
                say(language, "penalty.suspended.lifted_why", when=lifted, because=suspended.lifted_because)
            )  # fmt: skip
        else:
            said.append(say(language, "penalty.suspended.lifted", when=lifted))
    if rule is not None:
        said += rule_said(rule, language, when)
    return tuple(said)


def rule_said(rule: Rule, language: str, when: When, class_type_id: str = "") -> tuple[str, ...]:
    """Which version it is, and its numbers; for one class type where it has numbers of its own."""
    policy, own = rule.policy, rule.policy.rule_for(class_type_id)
    if policy.version:
        said = [say(language, "penalty.rule", version=policy.version, since=when(rule.since))]
    else:
        said = [say(language, "penalty.rule.defaults")]
    if policy.enforcement is not Enforcement.STRICT:
        is_soft = policy.enforcement is Enforcement.SOFT
        said.append(say(language, "penalty.rule.warns" if is_soft else "penalty.rule.grace"))
    said += _suspends(policy, language) if own.counts_strikes else [say(language, "penalty.rule.not_counted")]
    said.append(say(language, "penalty.rule.punch" if own.no_show_takes_punch else "penalty.rule.no_punch"))
    if policy.is_first_free:
        said.append(say(language, "penalty.rule.first_free"))
    return tuple(said)


def _suspends(policy: Policy, language: str) -> list[str]:
    if not policy.strikes:
        return [say(language, "penalty.rule.never_suspends")]
    numbers = {"strikes": policy.strikes, "span": policy.strike_span // A_DAY}
    said = [say(language, "penalty.rule.suspends", length=policy.suspension_length // A_DAY, **numbers)]
    if policy.lifted_after_attended:
        said.append(say(language, "penalty.rule.made_good", count=policy.lifted_after_attended))
    return said


def _how_it_stands(told: Explanation, language: str, reader: Reader) -> list[str]:
    noted, contest = told.noted, told.noted.contest
    answered = contest.answered_because if contest and contest.answer else ""
    if noted.state is AbsenceState.UNDONE:
        if contest and contest.answer is Answer.WERE_THERE:
            return [say(language, "penalty.undone.contested", because=answered)]
        if reader is Reader.STAFF and noted.undone_because:
            return [say(language, "penalty.undone.why", because=noted.undone_because)]
        return [say(language, "penalty.undone")]
    if noted.excused_because:
        if contest and contest.answer is Answer.EXCUSED:
            return [say(language, "penalty.excused.contested", because=answered)]
        if reader is Reader.STAFF:
            return [say(language, "penalty.excused.why", because=noted.excused_because)]
        return [say(language, "penalty.excused")]
    if noted.is_unconfirmed:
        return [say(language, "penalty.unconfirmed")]
    if not noted.is_counted:
        return [say(language, "penalty.free")]
    return []


def _what_it_costs(told: Explanation, language: str, when: When) -> list[str]:
    noted, suspension, said = told.noted, told.suspension, []
    if told.strike is not None and told.rule.policy.strikes:
        days = told.rule.policy.strike_span // A_DAY
        said.append(
            say(language, "penalty.strike", number=told.strike, span=days, strikes=told.rule.policy.strikes)
        )  # fmt: skip
    if noted.took_punch:
        key = "penalty.punch_back" if noted.is_punch_back else "penalty.punch"
        said.append(say(language, key, title=noted.pass_title))
    said += [
        say(language, "penalty.place", session=place.title, when=when(place.starts_at)) for place in noted.places_lost
    ]
    if told.places_go_at is not None:
        said.append(say(language, "penalty.places_go", title=noted.pass_title, when=when(told.places_go_at)))
    if suspension is not None:
        key = "penalty.suspension_lifted" if suspension.was_lifted_early else "penalty.suspension"
        until = suspension.lifted_at if suspension.was_lifted_early else suspension.ends_at
        assert until is not None
        said.append(say(language, key, since=when(suspension.starts_at), until=when(until)))
    return said


def _what_to_do(told: Explanation, language: str, when: When) -> list[str]:
    contest, until = told.noted.contest, when(told.contest_ends_at)
    match told.may_contest:
        case MayContest.YES:
            return [say(language, "penalty.contest.until", until=until)]
        case MayContest.TOO_LATE:
            return [say(language, "penalty.contest.over", until=until)]
        case MayContest.ASKED if contest is not None:
            return [say(language, "penalty.contest.open", when=when(contest.made_at))]
        case MayContest.ANSWERED if contest is not None and contest.answer is Answer.STANDS:
            return [say(language, "penalty.contest.stands", because=contest.answered_because)]
    return []
