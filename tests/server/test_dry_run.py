"""A dry run says exactly what the real nights would have done with the same reservations, member by member."""

from datetime import timedelta
from random import Random

from peewee import Database, SqliteDatabase

from core.policy import ClassRule, Enforcement, Policy
from server.services.people.rights import the_house
from server.services.rehearsing.dry_run import DryRun, dry_run
from server.store.database import reading
from server.store.ids import drawn_from
from server.store.tables import ClassTypeRow
from tests.server.rehearsed_lives import DAYS, NOON, THE_END, a_life, lived_again, made_by_nights, remembered

DAY, HOUR = timedelta(days=1), timedelta(hours=1)
MILD = Policy(no_show_takes_punch=True, strikes=3, suspension_length=4 * DAY)
THEN = Policy(strikes=4, is_first_free=True)
HARSH = Policy(
    no_show_takes_punch=True,
    strikes=2,
    strike_span=8 * DAY,
    suspension_length=5 * DAY,
    is_first_free=True,
    closes_after_end=HOUR,
    no_show_waits_at_most=24 * HOUR,
)


def patient(glazing: str) -> Policy:
    return Policy(
        enforcement=Enforcement.GRACE,
        grace_absences=1,
        grace_span=2 * DAY,
        strikes=2,
        suspension_length=6 * DAY,
        lifted_after_attended=1,
        no_show_delay=5 * HOUR,
        class_rules=(ClassRule(class_type_id=glazing, counts_strikes=False, no_show_takes_punch=True),),
    )


NOTHING: tuple[object, ...] = (set(), set(), set(), set(), [])
SEED = 3


def as_told(run: DryRun) -> dict[str, tuple[object, ...]]:
    return {
        one.member_id: (
            {place.reservation_id for place in one.would.missed},
            {place.reservation_id for place in one.would.counted},
            {place.reservation_id for place in one.would.punches},
            {place.reservation_id for place in one.would.places},
            [(s.starts_at, s.ends_at, s.strikes[-1].reservation_id) for s in one.would.suspensions],
        )
        for one in run.members
    }


def test_a_dry_run_is_what_the_real_nights_do_with_the_same_data(database: Database) -> None:
    with drawn_from(Random(SEED).getrandbits):
        life = a_life(SEED, MILD, THEN)
        life.live()
        with reading():
            glazing = ClassTypeRow.get(ClassTypeRow.name == "Glazing").id
        # Whether the rehearsal's rules are the night's is asked twice on one database, and once whether it can be read
        # from the other.
        candidates = (patient(glazing), HARSH) if isinstance(database, SqliteDatabase) else (HARSH,)
        house, known = the_house(life.organization), remembered()
        told = [dry_run(life.organization, candidate, house, THE_END, DAYS) for candidate in candidates]
        assert told[0].since == NOON
        for candidate, run in zip(candidates, told, strict=True):
            lived_again(database, life, known, candidate)
            made = made_by_nights()
            would = as_told(run)
            assert {member: would.get(member, NOTHING) for member in made} == made
            assert all(any(of[kind] for of in made.values()) for kind in range(4)), "nothing happened"
            assert any(of[4] for of in made.values()), "nobody was suspended"
