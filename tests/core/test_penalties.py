"""A penalty is explained: how it stands, which strike it is, how long it may be contested, and all of it in words."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from core import messages
from core.attendance import Absence
from core.model import PassType, Session
from core.penalties import (
    AbsenceState,
    Answer,
    Contest,
    Explanation,
    LostPlace,
    MayContest,
    NotedAbsence,
    Rule,
    Suspended,
    explain,
    may_contest,
    strike_of,
)
from core.penalties_said import Reader, absence_said, on_the_clock, suspension_said
from core.policy import ClassRule, Enforcement, Policy

SIX_PM = datetime(2026, 11, 21, 17, 0, tzinfo=UTC)
ENDS = SIX_PM + timedelta(hours=2)
ONE_AM = datetime(2026, 11, 22, 0, 0, tzinfo=UTC)
A_MOMENT = timedelta(milliseconds=1)
DAY = timedelta(days=1)
POLICY = Policy(version=4, no_show_takes_punch=True)
RULE = Rule(policy=POLICY, since=SIX_PM - 90 * DAY)
WHEEL = Session(
    id="wheel", venue_id="kiln", zone="Europe/Berlin", class_type_id="throwing", title="Wheel throwing",
    starts_at=SIX_PM, ends_at=ENDS, capacity=8,
)  # fmt: skip
MISSED = NotedAbsence(
    no_show_id="n3", reservation_id="r3", member_id="alice", session=WHEEL, pass_id="p", pass_title="Ten evenings",
    pass_type=PassType.PUNCH_PASS, absence_grace=DAY, noted_at=ONE_AM, is_counted=True, is_unconfirmed=False,
    took_punch=True,
)  # fmt: skip
ASKED = Contest(id="c", words="I was there", made_at=ONE_AM + DAY)
STANDS = replace(ASKED, answer=Answer.STANDS, answered_at=ONE_AM + 2 * DAY, answered_because="Nobody saw them")
BAN = Suspended(
    id="s", starts_at=ONE_AM, ends_at=ONE_AM + 14 * DAY, because="3 missed sessions within 30 days", no_show_id="n3"
)  # fmt: skip


def absence(number: int, ended_at: datetime, **options: object) -> Absence:
    kept = {"is_counted": True, "is_confirmed": True, "is_excused": False, **options}
    return Absence(
        no_show_id=f"n{number}", reservation_id=f"r{number}", pass_id="p", session_ends_at=ended_at,
        noted_at=ended_at + timedelta(hours=5), **kept,  # type: ignore[arg-type]
    )  # fmt: skip


@pytest.mark.parametrize(
    ("noted", "state", "costs"),
    [
        (MISSED, AbsenceState.STANDS, True),
        (replace(MISSED, contest=ASKED), AbsenceState.CONTESTED, True),
        (replace(MISSED, contest=STANDS), AbsenceState.STANDS, True),
        (replace(MISSED, excused_because="the kiosk was broken"), AbsenceState.EXCUSED, False),
        (replace(MISSED, excused_because="ill", contest=ASKED), AbsenceState.CONTESTED, False),
        (replace(MISSED, is_unconfirmed=True, is_counted=False), AbsenceState.UNCONFIRMED, False),
        (replace(MISSED, is_counted=False), AbsenceState.STANDS, False),
        (replace(MISSED, undone_at=ONE_AM, contest=ASKED), AbsenceState.UNDONE, False),
    ],
)
def test_how_an_absence_stands_and_whether_it_costs(noted: NotedAbsence, state: AbsenceState, costs: bool) -> None:
    assert (noted.state, noted.has_consequences) == (state, costs)


@pytest.mark.parametrize(
    ("noted", "at", "answer"),
    [
        (MISSED, ONE_AM + 14 * DAY - A_MOMENT, MayContest.YES),
        (MISSED, ONE_AM + 14 * DAY, MayContest.TOO_LATE),
        (replace(MISSED, excused_because="ill"), ONE_AM, MayContest.YES),
        (replace(MISSED, contest=ASKED), ONE_AM + 20 * DAY, MayContest.ASKED),
        (replace(MISSED, contest=STANDS), ONE_AM + 3 * DAY, MayContest.ANSWERED),
        (replace(MISSED, undone_at=ONE_AM + DAY), ONE_AM + 2 * DAY, MayContest.UNDONE),
    ],
)
def test_an_absence_is_contested_once_and_in_time(noted: NotedAbsence, at: datetime, answer: MayContest) -> None:
    assert may_contest(noted, POLICY, at) is answer


@pytest.mark.parametrize(
    ("others", "strike"),
    [
        ([], 1),
        ([absence(3, ENDS)], 1),
        ([absence(1, ENDS - 30 * DAY + A_MOMENT)], 2),
        ([absence(1, ENDS - 30 * DAY)], 1),
        ([absence(1, ENDS - DAY), absence(2, ENDS - 2 * DAY)], 3),
        ([absence(1, ENDS - DAY, is_excused=True), absence(2, ENDS - DAY, is_counted=False)], 1),
        ([absence(4, ENDS + A_MOMENT)], 1),
    ],
)
def test_which_strike_it_is_within_the_span_that_ends_with_it(others: list[Absence], strike: int) -> None:
    assert strike_of(MISSED, POLICY, others) == strike


@pytest.mark.parametrize(
    ("policy", "at", "goes"),
    [
        (POLICY, ENDS + DAY - A_MOMENT, True),
        (POLICY, ENDS + DAY, False),
        (replace(POLICY, no_show_takes_places=False), ONE_AM, False),
    ],
)
def test_places_ahead_go_when_the_grace_of_the_pass_has_run_out(policy: Policy, at: datetime, goes: bool) -> None:
    told = explain(MISSED, replace(RULE, policy=policy), [], None, at)
    assert told.places_go_at == (ENDS + DAY if goes else None)


def test_alice_reads_what_it_was_what_it_cost_by_which_rule_and_what_she_can_say() -> None:
    lost = LostPlace(reservation_id="r9", title="Glazing", starts_at=SIX_PM + 7 * DAY)
    others = [absence(1, ENDS - 3 * DAY), absence(2, ENDS - 2 * DAY), absence(3, ENDS)]
    told = explain(replace(MISSED, places_lost=(lost,)), RULE, others, BAN, ONE_AM + 2 * DAY)
    assert absence_said(told, "en", Reader.MEMBER) == (
        "Wheel throwing on 2026-11-21 18:00 was reserved, and nobody came.",
        "It counts, as number 3 within 30 days. 3 make a suspension.",
        "It took one punch from Ten evenings.",
        "The place in Glazing on 2026-11-28 18:00 was taken away.",
        "It led to a suspension from 2026-11-22 01:00 until 2026-12-06 01:00.",
        "The rule is version 4, in force since 2026-08-23 19:00.",
        "3 missed sessions within 30 days suspend for 14 days.",
        "A missed session takes a punch from a punch pass.",
        "Whoever was there can say so until 2026-12-06 01:00, at the desk or in the app.",
    )


def test_a_member_does_not_read_what_staff_wrote_for_each_other() -> None:
    excused = replace(MISSED, excused_because="divorce, poor soul", is_punch_back=True)
    undone = replace(MISSED, undone_at=ONE_AM + DAY, undone_because="seen on the camera")
    for noted, secret in ((excused, "divorce"), (undone, "camera")):
        told = explain(noted, RULE, [], None, ONE_AM + DAY)
        assert secret not in " ".join(absence_said(told, "en", Reader.MEMBER))
        assert secret in " ".join(absence_said(told, "en", Reader.STAFF))
    lifted = replace(BAN, lifted_at=ONE_AM + DAY, lifted_because="her mother called")
    when = on_the_clock("Europe/Berlin")
    assert "mother" not in " ".join(suspension_said(lifted, RULE, "en", Reader.MEMBER, when))
    assert "mother" in " ".join(suspension_said(lifted, RULE, "en", Reader.STAFF, when))


@pytest.mark.parametrize(
    ("policy", "said"),
    [
        (Policy(), "The rule is the one that Tessera begins with, and nobody has changed it."),
        (replace(POLICY, strikes=0), "Missed sessions never suspend."),
        (replace(POLICY, enforcement=Enforcement.SOFT), "Missed sessions only warn."),
        (replace(POLICY, enforcement=Enforcement.GRACE, grace_absences=1), "At first missed sessions only warn."),
        (replace(POLICY, lifted_after_attended=2), "It ends early after 2 sessions attended meanwhile."),
        (replace(POLICY, is_first_free=True), "The first missed session costs nothing."),
        (
            replace(POLICY, class_rules=(ClassRule(class_type_id="throwing", counts_strikes=False),)),
            "Missed sessions of this kind do not count.",
        ),
        (
            replace(POLICY, class_rules=(ClassRule(class_type_id="throwing", no_show_takes_punch=False),)),
            "A missed session takes no punch.",
        ),
    ],
)
def test_the_rule_is_told_with_what_is_special_about_it(policy: Policy, said: str) -> None:
    told = explain(MISSED, replace(RULE, policy=policy), [], None, ONE_AM)
    assert said in absence_said(told, "en", Reader.STAFF)


def every_case() -> list[Explanation]:
    answered = [replace(ASKED, answer=answer, answered_because="asked the instructor") for answer in Answer]
    noted = [
        MISSED,
        replace(MISSED, is_counted=False, took_punch=False),
        replace(MISSED, is_unconfirmed=True, is_counted=False, took_punch=False),
        replace(MISSED, contest=ASKED),
        replace(MISSED, excused_because="ill", is_punch_back=True),
        replace(MISSED, undone_at=ONE_AM + DAY, undone_because="late report"),
        replace(MISSED, undone_at=ONE_AM + DAY, contest=answered[0]),
        replace(MISSED, excused_because="ill", contest=answered[1]),
        replace(MISSED, contest=answered[2]),
    ]
    return [
        explain(one, RULE, [], ban, at)
        for one in noted
        for ban in (None, BAN, replace(BAN, lifted_at=ONE_AM + DAY))
        for at in (ONE_AM, ONE_AM + 30 * DAY)
    ]


@pytest.mark.parametrize("language", messages.LANGUAGES)
@pytest.mark.parametrize("reader", Reader)
def test_every_case_is_told_in_every_language(language: str, reader: Reader) -> None:
    for told in every_case():
        said = absence_said(told, language, reader)
        assert "Wheel throwing" in said[0] and all("{" not in one for one in said)
    when = on_the_clock("Europe/Berlin")
    for suspended in (BAN, replace(BAN, lifted_at=ONE_AM + DAY, lifted_because="enough")):
        assert len(suspension_said(suspended, RULE, language, reader, when)) >= 4
        assert len(suspension_said(suspended, None, language, reader, when)) >= 1
