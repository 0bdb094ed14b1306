"""A studio moves in from another system: looked at first, done once, repeated without doubles, corrected row by row."""

import json
from datetime import timedelta
from itertools import count

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from peewee import Database

from core.errors import Forbidden, Invalid
from core.import_values import DateOrder
from core.importing import Kind
from core.model import PassType
from server.services.door.changes import version_of_member
from server.services.importing.going import carry_out, plan_import
from server.services.people.pass_plans import NewPlan, add_plan, list_plans
from server.services.people.rights import Asker, Role, the_house
from server.services.portal.erasing import erase
from server.store.database import reading, writing
from server.store.tables import CardRow, ImportedRecordRow, MemberRow, PassRow, PunchRow, ReservationRow
from tests.server.moving_in import CHANGED, NEW, PROBLEM, SAME, Move, wanted
from tests.server.studio import SIX_PM, VAULT, open_studio

ROSTER = """Client ID;First name;Last name;E-mail;Phone;Member number;Joined;Active
c1;Ada;Byron;Ada@Example.org;+49 30 1234;;03.04.2021;yes
c2;Bo;;;;77;;no
c3;Cleo;Ray;cleo@example.org;;;;yes
c4;Di;Ray;cleo@example.org;;;;yes
c1;Ada;Byron;ada@example.org;;;;yes
;Eve;;;;;;
c6;=1+1;;;;;;
c7;Gus;;gus@nowhere;;;;
"""
PASSES = """Pass ID,Member ID,Title,Type,Remaining,Valid from,Valid until
p1,c1,Ten classes,,7,2026-10-01,2026-12-31
p2,c2,Monthly,membership,,2026-11-01,
p3,c3,Ten classes,,0,,
p4,c3,Old,punch card,3,,2026-11-20
p5,c9,Ten classes,,3,,
p6,c3,Gold,,3,,
p7,c3,Five classes,punch card,"4,0",,2027-01-31
"""


def test_a_studio_moves_in_repeats_itself_and_corrects_one_row(database: Database) -> None:
    studio = open_studio()
    alice = studio.member("Alice")
    card = studio.card(alice)
    move = Move(studio)
    verdicts = [NEW, NEW, NEW, PROBLEM, PROBLEM, PROBLEM, PROBLEM, PROBLEM]
    assert move.members(ROSTER) == verdicts
    assert "Cleo Ray has the e-mail cleo@example.org" in move.says(5) and "Line 2" in move.says(6)
    assert "formula" in move.says(8) and "gus@nowhere" in move.says(9)
    there = move.everybody()
    assert there == [
        "0001 Alice Ackerman alice@example.org",
        "0002 Ada Byron ada@example.org +49301234",
        "0004 Cleo Ray cleo@example.org",
        "77 Bo",
    ]
    with reading():
        ada, bo = (MemberRow.get(MemberRow.first_name == name) for name in ("Ada", "Bo"))
        assert (ada.member_since, ada.is_active, bo.is_active) == ("2021-04-03", True, False)
        assert CardRow.select().where(CardRow.member != alice).count() == 0, "cards are not issued"
    assert move.members(ROSTER) == [SAME, SAME, SAME, *verdicts[3:]] and move.everybody() == there

    # Staff correct both by hand; the file corrects Ada, too, and knows a number that is not its to change.
    with writing():
        MemberRow.update(phone="+4940777").where(MemberRow.id == bo.id).execute()
        MemberRow.update(first_name="Adah").where(MemberRow.id == ada.id).execute()
    before = version_of(ada.id, studio.organization)
    corrected = ROSTER.replace("Ada;Byron;Ada@Example.org;+49 30 1234;;", "Ada;King;ada@example.org;+49 30 1235;9;")
    assert move.members(corrected) == [CHANGED, SAME, SAME, *verdicts[3:]]
    assert (
        move.says(2) == "Now different: last_name, phone. Also different in the file, and changed by hand only: number."
    )
    assert version_of(ada.id, studio.organization) > before, "kiosks hear of it"
    assert move.everybody()[1] == "0002 Adah King ada@example.org +49301235"
    assert "77 Bo   +4940777" in move.everybody(), "what staff corrected is not taken back"
    assert move.members(corrected)[:2] == [SAME, SAME]
    # Somebody who was here before is known by her e-mail; her name on her card is sealed anew.
    with reading():
        sealed = CardRow.get(CardRow.member == alice).sealed_name
    assert move.members("Id,First name,E-mail\nc9,Alicia,ALICE@example.org\n") == [CHANGED]
    assert "Is here already, as number 0001." in move.says(2)
    with reading():
        assert CardRow.get(CardRow.member == alice).sealed_name != sealed and card.fingerprint

    plans(studio.organization)
    assert move.passes(PASSES) == [NEW, NEW, PROBLEM, PROBLEM, NEW, PROBLEM, NEW]
    assert "is made for it" in move.says(3) and "used up" in move.says(4) and "ended" in move.says(5)
    assert "No plan is called “Gold”" in move.says(7)
    with reading():
        ten = PassRow.get(PassRow.title == "Ten Classes", PassRow.member == ada.id)
        assert (ten.valid_from.isoformat(), ten.valid_until.isoformat()) == (
            "2026-09-30T22:00:00+00:00",
            "2026-12-31T23:00:00+00:00",
        )
        (line,) = PunchRow.select().where(PunchRow.pass_ == ten.id)
        assert (line.delta, line.kind, line.key) == (7, "GRANT", f"import:{studio.organization}:file:id:p1")
        lines = PunchRow.select().count()
        made = {
            plan.title: (plan.type, plan.punches) for plan in list_plans(studio.organization, house(studio), SIX_PM)
        }
    assert made["Monthly"] == (PassType.UNLIMITED_SERIES, None) and made["Five classes"] == (PassType.PUNCH_PASS, 4)
    assert move.passes(PASSES.replace("Ten classes,,7", "Ten classes,,6")) == [
        PROBLEM, SAME, PROBLEM, PROBLEM, SAME, PROBLEM, SAME,
    ]  # fmt: skip
    assert "What is here stays" in move.says(2)
    with reading():
        assert PunchRow.select().count() == lines, "no line of the ledger is ever written again"

    # Whoever had themselves erased does not come back by the same file.
    erase(studio.organization, ada.id, house(studio), SIX_PM, VAULT)
    with reading():
        kept = ImportedRecordRow.get(ImportedRecordRow.our_id == ada.id)
        assert (kept.row_hash, json.loads(kept.field_hashes)) == ("", {})
    assert move.members(ROSTER)[0] == PROBLEM and "own wish" in move.says(2)


def test_places_ahead_are_reserved_as_any_other(database: Database) -> None:
    studio = open_studio()
    studio.another_venue()
    alice, bob, carol = (studio.member(name) for name in ("Alice", "Bob", "Carol"))
    pass_ = studio.punch_pass(alice, 2)
    studio.unlimited(bob)
    for days in (1, 2, 3):
        studio.session(SIX_PM + timedelta(days=days), capacity=1 if days == 1 else 8)
    rows = """Email,Class,Date,Time,Location
alice@example.org,wheel throwing,11/22/2026,6:00 pm,
bob@example.org,Wheel throwing,11/22/2026,6:00 pm,
alice@example.org,Wheel throwing,11/23/2026,18:00,kiln house
alice@example.org,Wheel throwing,11/24/2026,18:00,
bob@example.org,Wheel throwing,11/24/2026,18:00,Barn
bob@example.org,Glazing,11/24/2026,18:00,
bob@example.org,Wheel throwing,11/20/2026,18:00,
carol@example.org,Wheel throwing,11/23/2026,18:00,Attic
carol@example.org,Wheel throwing,11/23/2026,18:00,
zed@example.org,Wheel throwing,11/23/2026,18:00,
"""
    move = Move(studio)
    told = [NEW, PROBLEM, NEW, *[PROBLEM] * 7]
    assert move.reservations(rows) == told
    reasons = (
        (3, "No free place"),
        (5, "punch"),
        (6, "There is no “Wheel throwing” on 2026-11-24 18:00"),
        (7, "There is no “Glazing”"),
        (8, "is over"),
        (9, "No venue is called “Attic”"),
        (10, "no pass"),
        (11, "Nobody here is “zed@example.org”"),
    )
    for row, says in reasons:
        assert says in move.says(row), (row, move.says(row))
    assert studio.punches_available(pass_) == 0 and studio.punches_left(pass_) == 2
    assert move.reservations(rows) == [SAME, PROBLEM, SAME, *told[3:]]
    with reading():
        places = ReservationRow.select().where(ReservationRow.organization == studio.organization)
        assert [(row.member_id, row.made_by) for row in places] == [(alice, "AUTO")] * 2
    assert carol


PUNCHPASS = (
    """First name,Last name,Email,Phone number,Birthday
Ada,Byron,ada@example.org,+1 415 555 0101,1990-12-10
""",
    """Email,Pass name,Active date,Expiration date,Number of visits
ada@example.org,Ten classes,2026-11-01,2027-11-01,4
ada@example.org,Gold,2026-11-01,2027-11-01,4
""",
)
ACUITY = (
    """First Name,Last Name,Phone,Email,Notes
Bo,Diddley,,bo@example.org,likes glaze
""",
    """Start Time,End Time,First Name,Last Name,Phone,Email,Type,Calendar,Paid?,Date Scheduled,Appointment ID
"November 22, 2026 6:00 pm","November 22, 2026 8:00 pm",Bo,Diddley,,bo@example.org,Wheel throwing,Mira,no,2026-11-01,777
"November 22, 2026 9:00 pm","November 22, 2026 9:30 pm",Bo,Diddley,,bo@example.org,Wheel throwing,Mira,no,2026-11-01,778
""",
)


def test_studios_come_over_from_punchpass_and_acuity_with_their_exports_as_they_are(database: Database) -> None:
    studio = open_studio()
    studio.session(SIX_PM + timedelta(days=1))
    plans(studio.organization)
    move = Move(studio)
    for again in (False, True):
        done = SAME if again else NEW
        assert move.members(PUNCHPASS[0], "punchpass") == [done]
        assert move.passes(PUNCHPASS[1], "punchpass") == [done, PROBLEM]
        assert "No plan is called “Gold”" in move.says(3)
        assert move.members(ACUITY[0], "acuity") == [done]
        if not again:
            with reading():
                bo = MemberRow.get(MemberRow.email == "bo@example.org").id
            studio.unlimited(bo)
        assert move.reservations(ACUITY[1], "acuity") == [done, PROBLEM]
        assert "There is no “Wheel throwing” on 2026-11-22 21:00" in move.says(3)
    assert move.everybody() == ["0001 Ada Byron ada@example.org +14155550101", "0002 Bo Diddley bo@example.org"]
    with reading():
        (line,) = PunchRow.select()
        (place,) = ReservationRow.select()
        assert (line.delta, line.kind, place.member_id) == (4, "GRANT", bo)
        assert PassRow.get(PassRow.title == "Ten Classes").valid_from.isoformat() == "2026-10-31T23:00:00+00:00", (
            "the first day in Berlin"
        )


def test_an_import_that_was_interrupted_goes_on_where_it_stopped(database: Database) -> None:
    studio = open_studio()
    move = Move(studio)
    names = "".join(f"{n},Ada {n},a{n}@example.org\n" for n in range(60))
    file = wanted(Kind.MEMBERS, f"Client ID,First name,Email\n{names}")
    assert len(move.do(file, stop_after=25)) == 25
    with reading():
        done = MemberRow.select().where(MemberRow.organization == studio.organization).count()
        assert done == ImportedRecordRow.select().count() == 30, "whole chunks, each with what was written of it"
    assert move.do(file) == [SAME] * 30 + [NEW] * 30
    assert move.do(file) == [SAME] * 60


def test_twice_as_many_rows_ask_the_database_twice_as_often(sqlite_database: Database) -> None:
    """Planned and carried out, of members and of their passes."""
    studio = open_studio()
    move = Move(studio)
    plans(studio.organization)
    asked: list[int] = []

    def count_one(event: object) -> None:
        asked[-1] += 1

    sqlite_database.query_hooks.append(count_one)
    for first, rows in ((0, 10), (10, 20), (30, 40)):
        asked.append(0)
        names = range(first, first + rows)
        move.members("Id,First name,Email\n" + "".join(f"{n},Ada {n},a{n}@example.org\n" for n in names))
        move.passes("Id,Member ID,Title,Remaining\n" + "".join(f"p{n},{n},Ten classes,7\n" for n in names))
    assert asked[0] > 50 and asked[1] <= 2.1 * asked[0] and asked[2] <= 2.1 * asked[1]


class Cut(Exception):
    """The machine stops."""


def test_a_chunk_that_is_cut_off_leaves_nothing_behind(sqlite_database: Database) -> None:
    studio = open_studio()
    move = Move(studio)
    file = wanted(Kind.PASSES, PASSES)
    move.members(ROSTER)
    plans(studio.organization)
    with pytest.raises(Cut), writing():
        move.do(file)
        raise Cut
    with reading():
        assert PassRow.select().count() == PunchRow.select().count() == 0
    assert move.do(file)[0] == NEW


def test_nobody_but_an_owner_imports_and_other_studios_know_nothing_of_it(sqlite_database: Database) -> None:
    studio, other = open_studio("Kiln"), open_studio("Loom")
    file = wanted(Kind.MEMBERS, ROSTER)
    manager = Asker(organization_id=studio.organization, role=Role.MANAGER, name="Max")
    for verb in (plan_import, carry_out):
        for asker in (manager, the_house(other.organization)):
            with pytest.raises(Forbidden):
                verb(studio.organization, file, asker, SIX_PM, VAULT)
    Move(studio).do(file)
    assert Move(other).do(file)[:3] == [NEW, NEW, NEW], "the same ids are other people there"


def test_members_without_an_id_are_known_by_address_and_number_and_two_of_one_address_by_neither(
    sqlite_database: Database,
) -> None:
    studio = open_studio()
    studio.member("Alice")
    move = Move(studio)
    with writing():
        for number in ("8", "9"):
            twin = {"first_name": "Twin", "last_name": "", "email": "twin@example.org", "member_since": "2026-01-01"}
            MemberRow.create(id=f"twin {number}", organization=studio.organization, number=number, **twin)
    text = "First name,Last name,Email,Member number\n"
    assert move.members(f"{text}Alice,Ackerman,new@example.org,0001\n") == [CHANGED], "moved, and still number 0001"
    assert move.members(f"{text}Mallory,,mallory@example.org,0001\n") == [PROBLEM]
    assert move.says(2) == "Alice Ackerman has the number 0001. Please correct one of the two."
    assert move.members(f"{text}Twin,,twin@example.org,\n") == [PROBLEM] and "Several members" in move.says(2)
    assert move.members(f"{text}Zoe,,,\n") == [PROBLEM] and "nobody would know" in move.says(2)
    assert move.members(f"{text},,z@example.org,\n") == [PROBLEM] and "first_name" in move.says(2)


def test_days_that_can_be_read_in_two_ways_are_not_read_until_somebody_says_how(sqlite_database: Database) -> None:
    text = "Id,First name,Birthday\n1,Ada,03/04/1990\n"
    with pytest.raises(Invalid, match=r"days_ambiguous.*03/04/1990"):
        wanted(Kind.MEMBERS, text)
    studio = open_studio()
    assert Move(studio).do(wanted(Kind.MEMBERS, text, order=DateOrder.MONTH_FIRST)) == [NEW]
    with reading():
        assert MemberRow.get(MemberRow.first_name == "Ada").birth_date == "1990-03-04"


_number = count(1)
ROWS = st.lists(
    st.tuples(
        st.sampled_from(["", "1", "2", "3"]),
        st.sampled_from(["Ada", "Bo", ""]),
        st.sampled_from(["", "a@x.org", "b@x.org", "nobody"]),
        st.sampled_from(["", "0001", "0002", "0003", "9"]),
        st.sampled_from(["", "+49301", "x", "12345"]),
    ),
    max_size=8,
)


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(files=st.lists(ROWS, min_size=1, max_size=2))
def test_whatever_a_file_says_the_dry_run_says_what_will_be_done(
    sqlite_database: Database, files: list[list[tuple[str, ...]]]
) -> None:
    """`Move` compares; a second time nothing is new."""
    move = Move(open_studio(f"Kiln {next(_number)}"))
    for rows in files:
        text = "Id,First name,Email,Member number,Phone\n" + "".join(f"{','.join(row)}\n" for row in rows)
        move.members(text)
        assert not {NEW, CHANGED} & set(move.members(text))


def plans(organization_id: str) -> None:
    ten = NewPlan(title="Ten Classes", type=PassType.PUNCH_PASS, punches=10)
    add_plan(organization_id, ten, the_house(organization_id), SIX_PM)


def house(studio: object) -> Asker:
    return the_house(studio.organization)  # type: ignore[attr-defined]


def version_of(member_id: str, organization_id: str) -> int:
    with reading():
        return version_of_member(organization_id, member_id)


def test_the_same_id_of_another_system_is_somebody_else(sqlite_database: Database) -> None:
    move, text = Move(open_studio()), "Client ID,First name,Email\n7,{name},{name}@example.org\n"
    for name, system in (("Ada", ""), ("Bo", "punchpass")):
        assert move.members(text.format(name=name), system=system) == [NEW]
    assert [one.split()[1] for one in move.everybody()] == ["Ada", "Bo"]


def test_no_pass_is_taken_over_for_somebody_who_was_erased(sqlite_database: Database) -> None:
    studio = open_studio()
    move = Move(studio)
    add_plan(
        studio.organization,
        NewPlan(title="Ten classes", type=PassType.PUNCH_PASS, punches=10),
        the_house(studio.organization),
        SIX_PM,
    )
    assert move.members(ROSTER)[0] is NEW
    with reading():
        ada = MemberRow.get(MemberRow.first_name == "Ada").id
    erase(studio.organization, ada, the_house(studio.organization), SIX_PM, VAULT)
    assert move.passes(PASSES)[0] is PROBLEM and "erased" in move.says(2)
