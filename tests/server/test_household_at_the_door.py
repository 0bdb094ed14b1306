"""Alice's card brings Ben and Mia: asked and told, each with a visit of their own, on both databases."""

import base64
import json
from dataclasses import replace
from datetime import timedelta

import pytest
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from peewee import Database

from core.cards import CardCode
from core.decisions import Admitted, Refused
from core.errors import Forbidden, Invalid, NotFound
from core.protocol import Effect
from core.refusals import RefusalReason as R
from server.services.fleet.cards import issue_card, replace_lost_card, revoke_card
from server.services.fleet.households import household_of, set_household
from server.services.fleet.replica import replica_since
from server.services.people.rights import Asker, Role, the_house
from server.services.people.suspensions import suspend
from server.store.database import reading
from server.store.tables import AttemptRow, CardRow, HouseholdRow, PunchRow, QuarantineRow
from tests.server.door_stories import kiosk_of, live_visits, undoing, welcomed
from tests.server.studio import SIX_PM, VAULT, Studio, after, before, open_studio


class Family:
    """Alice and Ben have ten punches each, Mia none; there is one session, at six."""

    def __init__(self) -> None:
        self.studio: Studio = open_studio()
        self.alice, self.ben, self.mia = (self.studio.member(name) for name in ("Alice", "Ben", "Mia"))
        self.passes = {who: self.studio.punch_pass(who) for who in (self.alice, self.ben)}
        self.session = self.studio.session()
        self.house = the_house(self.studio.organization)
        self.card = issue_card(self.studio.organization, self.alice, self.house, before(600), VAULT)
        self.kiosk = kiosk_of(self.studio)

    def lead(self, *led: str) -> None:
        set_household(self.studio.organization, self.alice, led, self.house, before(300), VAULT)

    def sealed(self, card: CardCode | None = None) -> list[dict[str, str]]:
        """Whom the replica says the card leads, opened with its code."""
        code = card or self.card
        part = replica_since(self.kiosk.known, 0, SIX_PM)
        text = next(c.sealed for m in part.members for c in m.cards if c.card == code.fingerprint)
        raw = base64.b64decode(text)
        plain = AESGCM(code.seal_key()).decrypt(raw[:12], raw[12:], code.fingerprint.encode())
        return json.loads(plain).get("leads", [])


def punches_taken() -> list[str]:
    with reading():
        return [row.pass_id for row in PunchRow.select().where(PunchRow.delta < 0)]


def test_each_is_asked_for_on_one_card_and_has_a_visit_and_a_punch_of_their_own(database: Database) -> None:
    family = Family()
    family.lead(family.ben, family.mia)
    said = {}
    for led in (None, family.ben, family.mia):
        answer = family.kiosk.ask(family.kiosk.show(family.card, SIX_PM, led_member_id=led), SIX_PM)
        said[led] = answer
    assert {visit.member_id for visit in live_visits()} == {family.alice, family.ben}
    assert sorted(punches_taken()) == sorted(family.passes.values())
    ben, mia = said[family.ben].decision, said[family.mia].decision
    assert isinstance(ben, Admitted)
    assert (ben.visit_key, ben.member_id) == (f"W:{family.ben}:{family.session}", family.ben)
    assert isinstance(mia, Refused)
    assert mia.reason is R.NO_PASS
    assert [one.person.first_name for one in said.values() if one.person] == ["Alice", "Ben", "Mia"]


def test_one_who_leads_is_refused_and_the_others_come_in(database: Database) -> None:
    family = Family()
    suspend(family.studio.organization, family.alice, after(600), "Missed three", family.house, before(200))
    family.lead(family.ben)
    alone = family.kiosk.ask(family.kiosk.show(family.card, SIX_PM), SIX_PM)
    assert isinstance(alone.decision, Refused)
    assert alone.decision.reason is R.SUSPENDED
    answer = family.kiosk.ask(family.kiosk.show(family.card, SIX_PM, led_member_id=family.ben), SIX_PM)
    assert isinstance(answer.decision, Admitted)


def test_nobody_comes_in_on_the_card_of_somebody_who_does_not_lead_them(database: Database) -> None:
    family = Family()
    family.lead(family.ben)
    family.lead()
    answer = family.kiosk.ask(family.kiosk.show(family.card, SIX_PM, led_member_id=family.ben), SIX_PM)
    assert isinstance(answer.decision, Refused)
    assert (answer.decision.reason, answer.person) == (R.NOT_LED_BY_CARD, None)
    assert live_visits() == []


@pytest.mark.parametrize("how", ["revoked", "replaced"])
def test_a_card_that_is_good_no_more_brings_nobody(database: Database, how: str) -> None:
    family = Family()
    family.lead(family.ben)
    if how == "revoked":
        with reading():
            card_id = CardRow.get(CardRow.fingerprint == family.card.fingerprint).id
        revoke_card(family.studio.organization, card_id, "stolen", family.house, before(60))
    else:
        replace_lost_card(family.studio.organization, family.alice, family.house, before(60), VAULT)
    answer = family.kiosk.ask(family.kiosk.show(family.card, SIX_PM, led_member_id=family.ben), SIX_PM)
    assert isinstance(answer.decision, Refused)
    assert answer.decision.reason is (R.CARD_REVOKED if how == "revoked" else R.CARD_REPLACED)


def test_what_a_kiosk_alone_showed_is_settled_for_each_and_told_twice_changes_nothing(database: Database) -> None:
    family = Family()
    family.lead(family.ben)
    shown = [
        welcomed(family.kiosk.show(family.card, SIX_PM), family.alice, family.session),
        welcomed(
            family.kiosk.show(family.card, SIX_PM, led_member_id=family.ben),
            family.ben,
            family.session,
            pass_=family.passes[family.ben],
        ),
    ]
    later = SIX_PM + timedelta(hours=1)
    told, have_upto = family.kiosk.tell(later, *shown)
    assert ([one.effect for one in told], have_upto) == ([Effect.APPLIED, Effect.APPLIED], 2)
    again, _ = family.kiosk.tell(later, *shown)
    assert [one.effect for one in again] == [Effect.DUPLICATE, Effect.DUPLICATE]
    assert sorted(punches_taken()) == sorted(family.passes.values())
    back, _ = family.kiosk.tell(later, *[undoing(family.kiosk, family.card, one, SIX_PM) for one in shown])
    assert [one.effect for one in back] == [Effect.APPLIED, Effect.APPLIED]
    assert live_visits() == []


def test_who_is_led_no_more_is_let_in_by_the_screen_and_disputed(database: Database) -> None:
    family = Family()
    family.lead(family.ben)
    shown = welcomed(family.kiosk.show(family.card, SIX_PM, led_member_id=family.ben), family.ben, family.session)
    family.lead()
    told, _ = family.kiosk.tell(SIX_PM + timedelta(hours=1), shown)
    assert [(one.effect, one.reason) for one in told] == [(Effect.DISPUTED, R.NOT_LED_BY_CARD)]
    assert [visit.member_id for visit in live_visits()] == [family.ben]
    with reading():
        assert AttemptRow.get_by_id(shown.attempt_id).disputed_reason == R.NOT_LED_BY_CARD.value


def test_a_forged_proof_or_another_members_visit_goes_to_quarantine(database: Database) -> None:
    family = Family()
    family.lead(family.ben)
    shown = welcomed(family.kiosk.show(family.card, SIX_PM, led_member_id=family.ben), family.ben, family.session)
    forged = replace(shown, proof="0" * 64)
    other = welcomed(family.kiosk.show(family.card, SIX_PM, led_member_id=family.ben), family.mia, family.session)
    told, _ = family.kiosk.tell(SIX_PM, forged, other)
    assert [one.effect for one in told] == [Effect.QUARANTINED, Effect.QUARANTINED]
    assert live_visits() == []
    with reading():
        assert QuarantineRow.select().count() == 2


def test_kiosks_learn_who_is_led_sealed_to_each_card_of_the_leader(database: Database) -> None:
    family = Family()
    family.lead(family.ben, family.mia)
    led = [{"member_id": family.ben, "first_name": "Ben"}, {"member_id": family.mia, "first_name": "Mia"}]
    assert family.sealed() == led
    another = issue_card(family.studio.organization, family.alice, family.house, before(60), VAULT)
    assert family.sealed(another) == led
    version = replica_since(family.kiosk.known, 0, SIX_PM).version
    family.lead(family.mia)
    assert [m.member_id for m in replica_since(family.kiosk.known, version, SIX_PM).members] == [family.alice]
    assert family.sealed() == led[1:]
    family.lead()
    assert family.sealed() == []


def test_staff_say_who_leads_whom_and_nobody_else_does(database: Database) -> None:
    family = Family()
    me = family.studio.organization
    family.lead(family.mia, family.ben, family.mia)
    assert [one.first_name for one in household_of(me, family.alice, family.house)] == ["Mia", "Ben"]
    with pytest.raises(Invalid):
        family.lead(family.alice)
    with pytest.raises(Invalid):
        set_household(me, family.alice, [f"m{n}" for n in range(8)], family.house, SIX_PM, VAULT)
    with pytest.raises(NotFound):
        family.lead("nobody")
    instructor = Asker(organization_id=me, role=Role.INSTRUCTOR, name="Ivo")
    assert len(household_of(me, family.alice, instructor)) == 2
    with pytest.raises(Forbidden):
        set_household(me, family.alice, [family.ben], instructor, SIX_PM, VAULT)
    with reading():
        assert HouseholdRow.select().count() == 2


def test_another_organization_leads_nobody_of_ours(database: Database) -> None:
    family = Family()
    other = open_studio("Loom")
    with pytest.raises(NotFound):
        set_household(other.organization, other.member(), [family.ben], the_house(other.organization), SIX_PM, VAULT)
    with pytest.raises(NotFound):
        household_of(other.organization, family.alice, the_house(other.organization))
