"""What a kiosk is given to know: all that a decision needs, in the order of versions, and nobody's name to read."""

import logging
from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from peewee import Database

from core import wire
from core.cards import CardCode
from core.checkin import decide
from core.facts import Facts, is_near
from core.model import PassType
from core.policy import Policy
from core.protocol import MemberRecord, ReplicaPart
from core.refusals import RefusalReason
from kiosk.names import unsealed
from server.services.door.changes import touch_members
from server.services.door.facts import Asking, facts_of_card
from server.services.door.kiosks import KnownKiosk
from server.services.fleet.cards import issue_card, replace_lost_card, revoke_card
from server.services.fleet.policies import change_policy
from server.services.fleet.replica import is_news, replica_since
from server.services.people.members import NewMember, add_member, set_active
from server.services.people.overrides import NewOverride, override
from server.services.people.rights import asker_of_staff, the_house
from server.services.people.suspensions import suspend
from server.store.database import reading, writing
from server.store.tables import CardRow, MemberRow
from tests.server.studio import SIX_PM, VAULT, Studio, after, before, open_studio

DAY = timedelta(days=1)
MANY = 200


def kiosk_at(studio: Studio) -> KnownKiosk:
    return KnownKiosk(id=studio.kiosk(), organization_id=studio.organization, venue_id=studio.venue)


def new_member(studio: Studio, first_name: str = "Alice", number: int = 0) -> tuple[str, CardCode]:
    """As staff do it: a member with everything known about them, and a card."""
    house = the_house(studio.organization)
    new = NewMember(
        first_name=first_name,
        last_name=f"Canarylast{number:03}",
        email=f"canarymail{number:03}@example.org",
        phone=f"+49 555 {number:07}",
        birth_date="1961-02-03",
    )
    id_ = add_member(studio.organization, new, house, SIX_PM)
    return id_, issue_card(studio.organization, id_, house, SIX_PM, VAULT)


def whole(kiosk: KnownKiosk, *, limit: int = 500, at: datetime = SIX_PM) -> list[ReplicaPart]:
    parts = [replica_since(kiosk, 0, at, limit=limit)]
    while not parts[-1].is_complete:
        parts.append(replica_since(kiosk, parts[-1].version, at, limit=limit))
    return parts


def record_of(part: ReplicaPart, member: str) -> MemberRecord:
    [record] = [record for record in part.members if record.member_id == member]
    return record


def test_a_stolen_member_list_tells_nobodys_name(database: Database) -> None:
    studio = open_studio()
    people = [new_member(studio, f"Canaryfirst{n:03}", n) for n in range(MANY)]
    [part] = whole(kiosk_at(studio))
    text = wire.to_json(part)
    assert len(part.members) == MANY
    for secret in ("canary", "1961-02-03", "555 0", "@example", *(code.text for _, code in people)):
        assert secret.lower() not in text.lower(), secret
    for n, (member, code) in enumerate(people):
        [sealed] = record_of(part, member).cards
        assert sealed.card == code.fingerprint
        person = unsealed(sealed.sealed, code)
        assert person is not None and person.first_name == f"Canaryfirst{n:03}"
        stranger = people[(n + 1) % MANY][1]
        assert unsealed(sealed.sealed, stranger) is None


def test_two_names_that_are_equal_do_not_look_equal(database: Database) -> None:
    studio = open_studio()
    for n in range(2):
        new_member(studio, "Alice", n)
    [part] = whole(kiosk_at(studio))
    assert len({record.cards[0].sealed for record in part.members}) == 2


def test_why_staff_lifted_a_reason_stays_on_the_server(database: Database) -> None:
    studio = open_studio()
    alice, _ = new_member(studio)
    with reading():
        mira = asker_of_staff(studio.organization, studio.staff)
    new = NewOverride(
        member_id=alice, reason=RefusalReason.TOO_LATE, ends_at=SIX_PM + DAY, because="her mother is in hospital"
    )
    override(studio.organization, new, mira, SIX_PM)
    [part] = whole(kiosk_at(studio))
    facts = record_of(part, alice).facts
    assert facts is not None and [lifted.reason for lifted in facts.overrides] == [RefusalReason.TOO_LATE]
    assert "hospital" not in wire.to_json(part)


def test_one_change_makes_a_part_with_just_that_member(database: Database) -> None:
    studio = open_studio()
    people = [new_member(studio, number=n)[0] for n in range(20)]
    kiosk = kiosk_at(studio)
    known = replica_since(kiosk, 0, SIX_PM).version
    assert not is_news(kiosk, known)
    assert replica_since(kiosk, known, SIX_PM).members == ()
    set_active(studio.organization, people[7], False, the_house(studio.organization))
    assert is_news(kiosk, known)
    part = replica_since(kiosk, known, SIX_PM)
    assert [record.member_id for record in part.members] == [people[7]]
    assert part.is_complete and part.version > known
    facts = part.members[0].facts
    assert facts is not None and not facts.is_member_active


@pytest.mark.parametrize("limit", [1, 4, 11, 12, 13])
def test_page_by_page_everybody_comes_once_in_the_order_of_versions(database: Database, limit: int) -> None:
    studio = open_studio()
    people = {new_member(studio, number=n)[0] for n in range(12)}
    kiosk = kiosk_at(studio)
    parts = whole(kiosk, limit=limit)
    records = [record for part in parts for record in part.members]
    assert sorted(record.member_id for record in records) == sorted(people)
    versions = [record.version for record in records]
    assert versions == sorted(set(versions))
    assert all(len(part.members) <= limit for part in parts)
    assert [part.is_complete for part in parts] == [False] * (len(parts) - 1) + [True]
    assert parts[-1].version == replica_since(kiosk, 0, SIX_PM).version


def test_whoever_changes_between_two_pages_comes_again(database: Database) -> None:
    studio = open_studio()
    people = [new_member(studio, number=n)[0] for n in range(4)]
    kiosk = kiosk_at(studio)
    first = replica_since(kiosk, 0, SIX_PM, limit=2)
    early = first.members[0].member_id
    set_active(studio.organization, early, False, the_house(studio.organization))
    rest = replica_since(kiosk, first.version, SIX_PM, limit=10)
    assert {record.member_id for record in (*first.members, *rest.members)} == set(people)
    facts = record_of(rest, early).facts
    assert facts is not None and not facts.is_member_active


def test_a_kiosk_that_knows_more_than_the_server_begins_again(database: Database) -> None:
    """The server was put back to a backup."""
    studio = open_studio()
    alice, _ = new_member(studio)
    part = replica_since(kiosk_at(studio), 1_000_000, SIX_PM)
    assert [record.member_id for record in part.members] == [alice]
    assert part.version < 1_000_000


def test_a_member_who_is_gone_is_told_as_gone(database: Database) -> None:
    studio = open_studio()
    alice, _ = new_member(studio)
    with writing():
        CardRow.delete().where(CardRow.member == alice).execute()
        MemberRow.delete().where(MemberRow.id == alice).execute()
    record = record_of(replica_since(kiosk_at(studio), 0, SIX_PM), alice)
    assert (record.facts, record.cards) == (None, ())


def test_nobody_of_another_organization_is_in_it(database: Database) -> None:
    studio, other = open_studio(), open_studio("Loom")
    alice, _ = new_member(studio)
    stranger, card = new_member(other, number=1)
    other.session()
    with reading():
        cards = [row.id for row in CardRow.select().where(CardRow.member == stranger)]
    revoke_card(other.organization, cards[0], "stolen", the_house(other.organization), SIX_PM)
    part = replica_since(kiosk_at(studio), 0, SIX_PM)
    assert [record.member_id for record in part.members] == [alice]
    assert (part.denied, part.sessions, part.organization_name) == ((), (), "Kiln")
    assert card.fingerprint not in wire.to_json(part)


def test_lost_and_revoked_cards_and_suspended_members(database: Database) -> None:
    studio = open_studio()
    house = the_house(studio.organization)
    alice, lost = new_member(studio, "Alice", 1)
    bob, revoked = new_member(studio, "Bob", 2)
    cara, resting = new_member(studio, "Cara", 3)
    found = replace_lost_card(studio.organization, alice, house, SIX_PM, VAULT)
    with reading():
        card_id = CardRow.get(CardRow.fingerprint == revoked.fingerprint).id
    revoke_card(studio.organization, card_id, "found on the street", house, SIX_PM)
    suspend(studio.organization, cara, SIX_PM + DAY, "no-shows", house, SIX_PM)
    kiosk = kiosk_at(studio)
    part = replica_since(kiosk, 0, SIX_PM)
    assert {card.card: card.state for card in record_of(part, alice).cards} == {
        lost.fingerprint: "REPLACED",
        found.fingerprint: "ACTIVE",
    }
    assert record_of(part, bob).cards[0].state == "REVOKED"
    assert set(part.denied) == {revoked.fingerprint, resting.fingerprint}
    last_moment, first_moment = SIX_PM + DAY - timedelta(milliseconds=1), SIX_PM + DAY
    assert resting.fingerprint in replica_since(kiosk, part.version, last_moment).denied
    assert resting.fingerprint not in replica_since(kiosk, part.version, first_moment).denied


def test_the_deny_list_comes_before_the_members(database: Database) -> None:
    """So that whoever reads a part that breaks off has it."""
    studio = open_studio()
    new_member(studio)
    text = wire.to_json(replica_since(kiosk_at(studio), 0, SIX_PM))
    assert 0 < text.index('"denied"') < text.index('"members"')


@pytest.mark.parametrize(
    ("starts", "is_there"),
    [
        (timedelta(hours=72), True),
        (timedelta(hours=108) - timedelta(milliseconds=1), True),
        (timedelta(hours=108), False),
        (timedelta(hours=-36), True),
        (timedelta(hours=-38), False),  # they last two hours
    ],
)
def test_sessions_reach_as_far_as_a_kiosk_may_be_alone(database: Database, starts: timedelta, is_there: bool) -> None:
    studio = open_studio()
    session = studio.session(SIX_PM + starts)
    sessions = replica_since(kiosk_at(studio), 0, SIX_PM).sessions or ()
    assert [found.id for found in sessions] == ([session] if is_there else [])


def test_the_newest_policy_comes_along(database: Database) -> None:
    studio = open_studio()
    kiosk = kiosk_at(studio)
    assert replica_since(kiosk, 0, SIX_PM).policy == Policy()
    known = replica_since(kiosk, 0, SIX_PM).version
    change_policy(studio.organization, Policy(may_walk_in=False), the_house(studio.organization), SIX_PM)
    assert is_news(kiosk, known)
    policy = replica_since(kiosk, known, SIX_PM).policy
    assert policy is not None and not policy.may_walk_in


def test_the_copy_survives_the_way_over_the_wire(database: Database) -> None:
    studio = open_studio()
    alice, _ = new_member(studio)
    studio.reservation(alice, studio.session(), studio.punch_pass(alice))
    part = replica_since(kiosk_at(studio), 0, SIX_PM)
    assert wire.from_json(ReplicaPart, wire.to_json(part)) == part


def as_a_kiosk_lays_it_out(part: ReplicaPart, member: str, at: datetime) -> Facts:
    """The record and the venue's sessions around now, put together."""
    facts = record_of(part, member).facts
    assert facts is not None
    here = tuple(session for session in part.sessions or () if is_near(session, at))
    known = {session.id for session in here}
    others = tuple(session for session in facts.sessions if session.id not in known)
    return replace(facts, zone=part.zone, venue_id=part.venue_id, sessions=(*here, *others))


@pytest.mark.parametrize("at", [before(121), before(120), SIX_PM, after(239), after(240), SIX_PM + DAY])
def test_the_same_facts_decide_the_same_on_both_sides(database: Database, at: datetime) -> None:
    studio = open_studio()
    house = the_house(studio.organization)
    tonight = studio.session()
    studio.session(SIX_PM + timedelta(hours=50))
    cards = {}
    for n, first in enumerate(("reserved", "walks in", "used up", "suspended", "expired", "away")):
        cards[first] = new_member(studio, first.title(), n)
    studio.reservation(cards["reserved"][0], tonight, studio.punch_pass(cards["reserved"][0]))
    studio.unlimited(cards["walks in"][0])
    studio.pass_of(cards["used up"][0], PassType.PUNCH_PASS, punches=0)
    studio.unlimited(cards["suspended"][0])
    suspend(studio.organization, cards["suspended"][0], SIX_PM + 2 * DAY, "no-shows", house, SIX_PM - DAY)
    studio.unlimited(cards["expired"][0], valid_until=SIX_PM - DAY)
    set_active(studio.organization, cards["away"][0], False, house)
    part = replica_since(kiosk_at(studio), 0, at)
    policy = part.policy
    assert policy is not None
    told = set()
    for member, code in cards.values():
        with writing():
            here = facts_of_card(studio.organization, code.fingerprint, Asking(venue_id=studio.venue, at=at))
        ours, theirs = decide(here, policy, at), decide(as_a_kiosk_lays_it_out(part, member, at), policy, at)
        assert ours == theirs
        told.add(type(ours).__name__ + str(getattr(ours, "reason", "")))
    assert len(told) >= 3, "the story should tell several answers"


def test_many_members_cost_as_few_queries_as_one(database: Database, caplog: pytest.LogCaptureFixture) -> None:
    def queries_for(members: int) -> int:
        studio = open_studio(f"Kiln {members}")
        session = studio.session(capacity=members)
        for n in range(members):
            member, _ = new_member(studio, number=n)
            studio.reservation(member, session, studio.punch_pass(member))
        kiosk = kiosk_at(studio)
        caplog.clear()
        with caplog.at_level(logging.DEBUG, logger="peewee"):
            assert len(replica_since(kiosk, 0, SIX_PM).members) == members
        return sum("SELECT" in record.getMessage() for record in caplog.records)

    few, many = queries_for(2), queries_for(60)
    assert 5 < few == many


def test_a_number_given_twice_is_noticed_by_its_mark(database: Database) -> None:
    """The server was restored from a backup, and then so much happened that its versions caught up again."""
    studio = open_studio()
    kiosk = kiosk_at(studio)
    new_member(studio)
    ours = replica_since(kiosk, 0, SIX_PM)
    lost = replace(ours, mark="f" * 16)
    assert ours.mark and not is_news(kiosk, ours.version, ours.mark)
    assert not replica_since(kiosk, ours.version, SIX_PM, mark=ours.mark).is_anew
    assert is_news(kiosk, lost.version, lost.mark)
    again = replica_since(kiosk, lost.version, SIX_PM, mark=lost.mark)
    assert again.is_anew and again.members == ours.members


def test_a_part_in_the_middle_has_the_mark_of_what_it_is_part_of(database: Database) -> None:
    studio = open_studio()
    kiosk = kiosk_at(studio)
    people = [studio.member(name) for name in ("Alice", "Bob", "Cleo")]
    with writing():
        touch_members(studio.organization, people)
    first = replica_since(kiosk, 0, SIX_PM, limit=2)
    assert not first.is_complete
    assert not replica_since(kiosk, first.version, SIX_PM, mark=first.mark, limit=2).is_anew
