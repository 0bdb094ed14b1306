"""Cards are issued, lost, revoked and printed again; policies are changed by making the next version."""

from dataclasses import replace
from datetime import timedelta

import pytest
from peewee import Database

from core import cards
from core.cards import CardCode
from core.errors import Conflict, Forbidden, Invalid, NotFound
from core.model import CardState
from core.policy import ClassRule, OfflineLimits, Policy
from server.services.door.changes import version_of_member
from server.services.door.facts import Asking, facts_of_card
from server.services.door.policies import policy_in_force
from server.services.door.vault import CodeVault
from server.services.fleet.cards import (
    face_of_code,
    faces_to_print,
    issue_card,
    replace_lost_card,
    revoke_card,
)
from server.services.fleet.policies import change_policy
from server.services.people.rights import Asker, Role, the_house
from server.store.database import reading, writing
from server.store.tables import CardRow, PolicyRow
from tests.server.studio import SIX_PM, VAULT, Studio, after, open_studio

MINUTE = timedelta(minutes=1)


def house(studio: Studio) -> Asker:
    return the_house(studio.organization)


def issue(studio: Studio, member: str) -> CardCode:
    return issue_card(studio.organization, member, house(studio), SIX_PM, VAULT)


def state_of(studio: Studio, code: CardCode) -> CardState:
    with writing():
        return facts_of_card(studio.organization, code.fingerprint, Asking(venue_id=studio.venue, at=SIX_PM)).card


def version(studio: Studio, member: str) -> int:
    with reading():
        return version_of_member(studio.organization, member)


def test_a_card_opens_for_its_member_and_its_code_is_kept_sealed(database: Database) -> None:
    studio = open_studio()
    alice = studio.member()
    code = issue(studio, alice)
    assert cards.read(code.text) == code
    with reading():
        row = CardRow.get()
        assert code.text not in str(row.__data__)
        assert code.text[2:] not in str(row.__data__)
        assert VAULT.open(row.code_encrypted) == code
        with pytest.raises(Conflict) as no:
            CodeVault(bytes(32)).open(row.code_encrypted)
    assert no.value.code == "card.key_does_not_fit"
    with writing():
        facts = facts_of_card(studio.organization, code.fingerprint, Asking(venue_id=studio.venue, at=SIX_PM))
    assert (facts.member_id, facts.card) == (alice, CardState.ACTIVE)


def test_no_two_cards_are_alike(database: Database) -> None:
    studio = open_studio()
    alice = studio.member()
    assert len({issue(studio, alice).text for _ in range(20)}) == 20


def test_a_lost_card_is_replaced_and_every_kiosk_hears_of_it(database: Database) -> None:
    studio = open_studio()
    alice, bob = studio.member(), studio.member("Bob")
    lost, spare, bobs = issue(studio, alice), issue(studio, alice), issue(studio, bob)
    known = version(studio, alice)
    found = replace_lost_card(studio.organization, alice, house(studio), after(1), VAULT)
    assert [state_of(studio, code) for code in (lost, spare, found, bobs)] == [
        CardState.REPLACED,
        CardState.REPLACED,
        CardState.ACTIVE,
        CardState.ACTIVE,
    ]
    assert version(studio, alice) > known


def test_a_revoked_card_stays_revoked_for_the_first_reason(database: Database) -> None:
    studio = open_studio()
    alice = studio.member()
    code = issue(studio, alice)
    with reading():
        card = CardRow.get().id
    known = version(studio, alice)
    revoke_card(studio.organization, card, "found on the street", house(studio), after(1))
    revoke_card(studio.organization, card, "something else", house(studio), after(2))
    replace_lost_card(studio.organization, alice, house(studio), after(3), VAULT)
    assert state_of(studio, code) is CardState.REVOKED
    assert version(studio, alice) > known
    with reading():
        row = CardRow.get_by_id(card)
        assert (row.because, row.revoked_at, row.replaced_at) == ("found on the street", after(1), None)


def test_only_who_serves_members_issues_their_cards_and_only_here(database: Database) -> None:
    studio, other = open_studio(), open_studio("Loom")
    alice = studio.member()
    issue(studio, alice)
    with reading():
        card = CardRow.get().id
    teacher = Asker(organization_id=studio.organization, role=Role.INSTRUCTOR, name="Tom")
    with pytest.raises(Forbidden):
        issue_card(studio.organization, alice, teacher, SIX_PM, VAULT)
    with pytest.raises(Forbidden):
        revoke_card(studio.organization, card, "", teacher, SIX_PM)
    with pytest.raises(NotFound):
        issue_card(other.organization, alice, house(other), SIX_PM, VAULT)
    with pytest.raises(NotFound):
        revoke_card(other.organization, card, "", house(other), SIX_PM)
    with reading():
        assert CardRow.select().count() == 1


def test_what_is_printed_is_the_newest_card_that_opens(database: Database) -> None:
    studio = open_studio()
    alice, bob, cara = studio.member(), studio.member("Bob"), studio.member("Cara")
    issue(studio, alice)
    newest = replace_lost_card(studio.organization, alice, house(studio), after(1), VAULT)
    bobs = issue(studio, bob)
    faces = faces_to_print(studio.organization, [bob, alice], VAULT)
    assert [(face.first_name, face.code) for face in faces] == [("Bob", bobs), ("Alice", newest)]
    assert (faces[0].studio_name, faces[0].member_number, faces[0].since_year) == ("Kiln", "0002", 2025)
    with pytest.raises(NotFound) as no:
        faces_to_print(studio.organization, [alice, cara], VAULT)
    assert (no.value.code, no.value.values) == ("card.none_issued", {"member_number": "0003"})
    with pytest.raises(NotFound) as no:
        faces_to_print(open_studio("Loom").organization, [alice], VAULT)
    assert no.value.code == "member.not_found"
    found = face_of_code(newest, VAULT)
    assert found is not None and found.member_number == "0001"
    assert face_of_code(cards.new_code(lambda bits: 7), VAULT) is None


def test_each_change_of_the_policy_is_a_version_and_none_is_ever_changed(database: Database) -> None:
    studio, other = open_studio(), open_studio("Loom")
    first = change_policy(studio.organization, Policy(strikes=2), house(studio), SIX_PM)
    second = change_policy(studio.organization, replace(first, may_walk_in=False), house(studio), after(1))
    assert (first.version, second.version) == (1, 2)
    with reading():
        assert policy_in_force(studio.organization, studio.venue, after(1)) == second
        assert policy_in_force(other.organization, other.venue, after(1)) == Policy()
        rows = PolicyRow.select().order_by(PolicyRow.version)
        assert [(row.version, row.made_at) for row in rows] == [(1, SIX_PM), (2, after(1))]
    assert second == replace(first, version=2, may_walk_in=False)


def test_only_who_plans_changes_the_policy(database: Database) -> None:
    studio = open_studio()
    front = Asker(organization_id=studio.organization, role=Role.FRONT_DESK, name="Front")
    with pytest.raises(Forbidden):
        change_policy(studio.organization, Policy(strikes=0), front, SIX_PM)
    with reading():
        assert policy_in_force(studio.organization, studio.venue, after(1)) == Policy()


LONGEST = timedelta(hours=36)


@pytest.mark.parametrize(
    ("policy", "field"),
    [
        (Policy(opens_before_start=LONGEST), None),
        (Policy(opens_before_start=LONGEST + MINUTE), "opens_before_start"),
        (Policy(closes_after_end=timedelta(0)), None),
        (Policy(closes_after_end=-MINUTE), "closes_after_end"),
        (Policy(class_rules=(ClassRule(class_type_id="w", closes_after_end=LONGEST),)), None),
        (Policy(class_rules=(ClassRule(class_type_id="w", closes_after_end=LONGEST + MINUTE),)), "closes_after_end"),
        (Policy(strikes=0), None),
        (Policy(strikes=-1), "strikes"),
        (Policy(suspension_length=timedelta(days=366)), None),
        (Policy(suspension_length=timedelta(days=367)), "suspension_length"),
        (Policy(no_show_delay=timedelta(days=30)), None),
        (Policy(no_show_delay=timedelta(days=30) + MINUTE), "no_show_delay"),
        (Policy(offline=OfflineLimits(walk_ins_per_pass_a_day=0)), None),
        (Policy(offline=OfflineLimits(walk_ins_per_pass_a_day=-1)), "walk_ins_per_pass_a_day"),
        (Policy(offline=OfflineLimits(reservation_list_age=-MINUTE)), "reservation_list_age"),
    ],
)
def test_a_slip_of_the_keyboard_is_refused(sqlite_database: Database, policy: Policy, field: str | None) -> None:
    studio = open_studio()
    rules = tuple(replace(rule, class_type_id=studio.wheel) for rule in policy.class_rules)
    policy = replace(policy, class_rules=rules)
    if field is None:
        assert replace(change_policy(studio.organization, policy, house(studio), SIX_PM), version=0) == policy
        return
    with pytest.raises(Invalid) as no:
        change_policy(studio.organization, policy, house(studio), SIX_PM)
    assert (no.value.code, no.value.values["field"]) == ("field.out_of_range", field)
    with reading():
        assert PolicyRow.select().count() == 0
