"""What a kiosk found when it looked at itself: believed as signed, shown on its card, and in the inbox if it failed."""

import json
from datetime import datetime, timedelta

import pytest
from peewee import Database

from core import clocktime, selftest
from core.health import HealthWord
from core.messages import has
from core.selftest import Check, Finding, SelfTest, Verdict
from server.pages.kiosk_card import facts_of, troubles_of
from server.pages.words import Words
from server.services.desk.fleet import KioskCard, fleet
from server.services.desk.inbox.values import InboxKind, Way
from server.services.people.rights import the_house
from server.store.database import reading
from server.store.tables import DeviceRow, SelfTestRow
from tests.server.door_stories import StoryKiosk, kiosk_of
from tests.server.inbox_stories import answered, waiting
from tests.server.studio import SIX_PM, Studio, open_studio

SEVEN = SIX_PM - timedelta(hours=11)
FINE = Finding(check=Check.DISK, verdict=Verdict.FINE, word="good", numbers=(41,))
DIM = Finding(check=Check.LIGHT, verdict=Verdict.WISH, word="dim", numbers=(40,))
BLACK = Finding(check=Check.CAMERA, verdict=Verdict.FAILED, word="black")
EN = Words(language="en", zone="Europe/Berlin")


def told(
    kiosk: StoryKiosk, at: datetime, *findings: Finding, made_at: datetime = SEVEN, key: bytes | None = None
) -> None:
    """A heartbeat with a self-test, signed as that kiosk signs."""
    with reading():
        token_hash = DeviceRow.get_by_id(kiosk.known.id).token_hash
    test = SelfTest(device_id=kiosk.known.id, at=made_at, is_attended=False, findings=findings)
    kiosk.tell(at, health={HealthWord.SELF_TEST.value: selftest.to_text(test, key or selftest.key_of(token_hash))})


def kept() -> list[tuple[str, datetime, str]]:
    with reading():
        return [(row.device_id, row.made_at, row.verdict) for row in SelfTestRow.select().order_by(SelfTestRow.made_at)]


def card(studio: Studio, at: datetime) -> KioskCard:
    return fleet(studio.organization, the_house(studio.organization), at).in_use[0]


def said(shown: KioskCard, at: datetime) -> str:
    return next(value for label, value, _ in facts_of(shown, EN, at) if label == "Self-test")


def test_a_self_test_is_kept_once_however_often_it_is_told(database: Database) -> None:
    studio = open_studio()
    kiosk = kiosk_of(studio)
    for minute in range(3):
        told(kiosk, SEVEN + timedelta(minutes=minute), FINE)
    kiosk.tell(SEVEN + timedelta(minutes=4))
    told(kiosk, SEVEN + timedelta(minutes=5), FINE)
    assert kept() == [(kiosk.known.id, SEVEN, "fine")]
    told(kiosk, SEVEN + timedelta(minutes=9), FINE, DIM, made_at=SEVEN + timedelta(minutes=8))
    assert [verdict for _, _, verdict in kept()] == ["fine", "wish"]
    with reading():
        last = SelfTestRow.select().order_by(SelfTestRow.made_at.desc()).get()
    assert json.loads(last.findings)[1] == ["light", "wish", "dim", [40]]


def test_nobody_else_can_say_that_a_kiosk_is_well(database: Database, caplog: pytest.LogCaptureFixture) -> None:
    studio = open_studio()
    kiosk, other = kiosk_of(studio), kiosk_of(studio, "Back door")
    told(kiosk, SEVEN, FINE, key=selftest.key_of_token("guessed"))
    with reading():
        others_key = selftest.key_of(DeviceRow.get_by_id(other.known.id).token_hash)
    told(kiosk, SEVEN, FINE, key=others_key)
    kiosk.tell(SEVEN, health={HealthWord.SELF_TEST.value: "all is well"})
    assert kept() == [] and len(caplog.records) == 3
    assert said(card(studio, SEVEN), SEVEN) == "not yet"


@pytest.mark.parametrize(
    "findings, words, is_loud",
    [
        ((FINE,), "07:00: all is well", False),
        ((FINE, DIM), "07:00: ready, look at Light", False),
        ((BLACK, DIM), "07:00: not ready, Camera", True),
    ],
)
def test_the_kiosks_card_says_how_this_morning_was(
    database: Database, findings: tuple[Finding, ...], words: str, is_loud: bool
) -> None:
    studio = open_studio()
    told(kiosk_of(studio), SEVEN, *findings)
    shown = card(studio, SIX_PM)
    assert said(shown, SIX_PM).removeprefix("today, ").endswith(words), said(shown, SIX_PM)
    assert any("self-test" in loud for loud, _ in troubles_of(shown, EN, SIX_PM)) is is_loud


def test_a_kiosk_that_failed_calls_from_the_inbox_until_it_is_well_again(database: Database) -> None:
    studio = open_studio()
    kiosk = kiosk_of(studio, "Front door")
    told(kiosk, SEVEN, BLACK)
    (item,) = waiting(studio, SIX_PM, InboxKind.SELF_TEST)
    assert item.at == SEVEN and item.title.key == "desk.inbox.self_test.camera" and item.where == "Front door"
    told(kiosk, SEVEN + timedelta(hours=1), FINE, DIM, made_at=SEVEN + timedelta(hours=1))
    assert waiting(studio, SIX_PM, InboxKind.SELF_TEST) == []


def test_what_staff_looked_at_is_not_asked_again_but_the_next_failure_is(database: Database) -> None:
    studio = open_studio()
    kiosk = kiosk_of(studio)
    told(kiosk, SEVEN, BLACK)
    (item,) = waiting(studio, SIX_PM, InboxKind.SELF_TEST)
    assert answered(studio, item, SIX_PM).way is Way.LOOKED
    assert waiting(studio, SIX_PM, InboxKind.SELF_TEST) == []
    tomorrow = SEVEN + timedelta(days=1)
    told(kiosk, tomorrow, BLACK, made_at=tomorrow)
    (again,) = waiting(studio, tomorrow, InboxKind.SELF_TEST)
    assert again.key == f"{kiosk.known.id}.{clocktime.to_ms(tomorrow)}"


def test_each_check_that_can_fail_has_its_sentence(database: Database) -> None:
    studio = open_studio()
    kiosk = kiosk_of(studio)
    for hour, check in enumerate(Check):
        made_at = SEVEN - timedelta(days=1) + timedelta(hours=hour)
        told(kiosk, made_at, Finding(check=check, verdict=Verdict.FAILED, word="x"), made_at=made_at)
        (item,) = waiting(studio, SIX_PM, InboxKind.SELF_TEST)
        assert has(item.title.key), item.title.key


def test_a_door_that_fails_stands_on_the_card_with_its_reference(database: Database) -> None:
    studio = open_studio()
    kiosk = kiosk_of(studio)
    kiosk.tell(SEVEN, health={"door": "failing", "door_failed": "3", "door_reference": "a1b2", "lamp": "ok"})
    facts = {label: (value, hot) for label, value, hot in facts_of(card(studio, SEVEN), EN, SEVEN)}
    assert facts["Door"] == ("did not open 3 times in a row, reference a1b2 in the kiosk’s log", True)
    assert facts["Lamps"] == ("work", False)
    kiosk.tell(SEVEN, health={"door": "ajar"})
    assert "Door" not in {label for label, _, _ in facts_of(card(studio, SEVEN), EN, SEVEN)}
