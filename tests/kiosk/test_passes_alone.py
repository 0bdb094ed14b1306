"""A kiosk alone with passes that are paused, that wait for their first use, and with sessions that are free."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from core.decisions import Admitted, Refused
from core.facts import Facts
from core.protocol import Tell
from core.refusals import REASONS_KNOWN
from core.refusals import RefusalReason as R
from core.validity import Pause
from tests.kiosk.at_the_desk import ANA, ANAS_CARD, EIGHT_LEFT, SIX_PM, WHEEL, Kiosk, a_kiosk

DAY = timedelta(days=1)
AWAY = Pause(starts_at=SIX_PM - DAY, ends_at=SIX_PM + DAY, zone="Europe/Berlin")
NO_PASS = replace(ANA, passes=())
FREE = replace(WHEEL, id="free", is_free=True)


def holding(**changes: object) -> Facts:
    return replace(ANA, passes=(replace(EIGHT_LEFT, **changes),))  # type: ignore[arg-type]


def shown(kiosk: Kiosk) -> R | Admitted:
    decision = kiosk.desk.show_card(ANAS_CARD.text).decision
    assert isinstance(decision, Admitted | Refused)
    return decision if isinstance(decision, Admitted) else decision.reason


def test_it_holds_and_decides_what_the_server_would(tmp_path: Path) -> None:
    paused = a_kiosk(tmp_path / "paused", facts=holding(pauses=(AWAY,)), is_online=False)
    assert shown(paused) is R.PASS_PAUSED
    over = a_kiosk(tmp_path / "over", facts=holding(pauses=(replace(AWAY, ends_at=WHEEL.starts_at),)), is_online=False)
    assert isinstance(shown(over), Admitted)
    free = a_kiosk(tmp_path / "free", facts=NO_PASS, sessions=(FREE,), is_online=False)
    came = shown(free)
    assert isinstance(came, Admitted) and (came.pass_id, came.takes_punch) == (None, False)
    assert shown(a_kiosk(tmp_path / "no pass", facts=NO_PASS, is_online=False)) is R.NO_PASS


def test_a_pass_for_one_day_that_began_here_ends_here_though_nobody_else_knows(tmp_path: Path) -> None:
    yesterday = replace(WHEEL, id="yesterday", starts_at=WHEEL.starts_at - DAY, ends_at=WHEEL.ends_at - DAY)
    facts = holding(days_from_first_use=1, valid_until=None)
    kiosk = a_kiosk(tmp_path, facts=facts, sessions=(yesterday, WHEEL), is_online=False)
    kiosk.clocks.at = SIX_PM - DAY
    came = shown(kiosk)
    assert isinstance(came, Admitted) and came.session.id == "yesterday"
    kiosk.clocks.pass_by(DAY.total_seconds())
    assert shown(kiosk) is R.PASS_EXPIRED


def test_it_says_which_reasons_it_can_read(tmp_path: Path) -> None:
    kiosk = a_kiosk(tmp_path)
    heard: list[Tell] = []
    tell = kiosk.server.tell

    def told(said: Tell) -> object:
        heard.append(said)
        return tell(said)

    kiosk.server.tell = told  # type: ignore[method-assign,assignment]
    kiosk.desk.show_card(ANAS_CARD.text)
    kiosk.desk.sync()
    assert [one.reasons for one in kiosk.server.asked] == [REASONS_KNOWN]
    assert {one.hello.reasons for one in heard} == {REASONS_KNOWN}
