"""Who works here and what they hold for a kiosk: all for those who plan, oneself for everybody, a PIN for nobody."""

from datetime import timedelta

import pytest
from peewee import Database

from core import staff_cards
from core.errors import Forbidden, Invalid, NotFound
from core.pins import MOST_TRIES
from server.services.people.accounts import close_account
from server.services.people.rights import Asker, Role, asker_of_staff, the_house
from server.services.people.staff_cards import (
    PinState,
    StaffPerson,
    face_of_staff_card,
    staff_card_pdf,
    staff_with_email,
    team,
)
from server.services.people.staff_pins import check_pin, give_staff_card, set_pin, take_away_staff_card
from server.store.database import reading, writing
from server.store.tables import OrganizationRow, StaffCardRow, StaffRow
from tests.server.staff_stories import A_WEEK_AGO, StaffedStudio
from tests.server.studio import SIX_PM, VAULT, after, open_studio

PIN = "704182"


class Team:
    """Olga and Mira own the studio, Max manages, Finn is at the front desk, Ines teaches; no PIN yet."""

    def __init__(self) -> None:
        self.staffed = StaffedStudio()
        self.organization = self.staffed.studio.organization
        self.house = the_house(self.organization)
        self.ids = {"Finn": self.staffed.finn}
        for name, role in (("Olga Ode", Role.OWNER), ("Max Marsh", Role.MANAGER), ("Ines Ito", Role.INSTRUCTOR)):
            self.ids[name.split()[0]] = self.staffed.hired(name, role)[0]

    def asker(self, first_name: str) -> Asker:
        with reading():
            return asker_of_staff(self.organization, self.ids[first_name])

    def seen_by(self, first_name: str) -> tuple[StaffPerson, ...]:
        return team(self.organization, self.asker(first_name), SIX_PM).people

    def finn(self) -> StaffPerson:
        (found,) = self.seen_by("Finn")
        return found

    def pin(self, first_name: str = "Finn") -> None:
        set_pin(self.organization, self.ids[first_name], PIN, self.house, SIX_PM, VAULT)


@pytest.mark.parametrize(
    ("who", "seen", "may_run"),
    [
        ("Olga", ["Olga Ode", "Finn Fox", "Ines Ito", "Max Marsh", "Mira"], True),
        ("Max", ["Max Marsh", "Finn Fox", "Ines Ito", "Mira", "Olga Ode"], False),
        ("Finn", ["Finn Fox"], False),
        ("Ines", ["Ines Ito"], False),
    ],
)
def test_who_plans_sees_everybody_and_others_see_themselves(
    database: Database, who: str, seen: list[str], may_run: bool
) -> None:
    made = Team()
    shown = team(made.organization, made.asker(who), SIX_PM)
    assert [one.name for one in shown.people] == seen, "whoever looks stands first"
    assert [one.is_asker for one in shown.people] == [True] + [False] * (len(seen) - 1)
    assert shown.may_run is may_run


def test_a_card_and_a_pin_are_told_apart_by_state_and_never_told(database: Database) -> None:
    made = Team()
    assert (made.finn().card_given_at, made.finn().pin) == (A_WEEK_AGO, PinState.NONE)
    assert not made.finn().is_ready
    made.pin()
    assert made.finn().pin is PinState.SET and made.finn().is_ready
    code = give_staff_card(made.organization, made.ids["Finn"], made.house, SIX_PM, VAULT)
    assert made.finn().pin is PinState.NEWER_CARD and not made.finn().is_ready
    assert made.finn().card_given_at == SIX_PM
    made.pin()
    assert made.finn().is_ready
    take_away_staff_card(made.organization, made.ids["Finn"], "lost", made.house, SIX_PM)
    assert (made.finn().card_given_at, made.finn().pin) == (None, PinState.SET)
    assert not made.finn().is_ready
    assert PIN not in repr(made.finn()) and code.text not in repr(made.finn())


def test_a_pin_that_was_tried_too_often_is_seen_to_be_over(database: Database) -> None:
    made = Team()
    made.pin()
    with writing():
        StaffRow.update(pin_tries=MOST_TRIES - 1).where(StaffRow.id == made.ids["Finn"]).execute()
    assert made.finn().pin is PinState.SET
    with writing():
        StaffRow.update(pin_tries=MOST_TRIES).where(StaffRow.id == made.ids["Finn"]).execute()
    assert made.finn().pin is PinState.OVER
    made.pin()
    assert made.finn().pin is PinState.SET
    check_pin(made.organization, made.ids["Finn"], PIN, SIX_PM, VAULT)


def test_whoever_left_is_not_on_the_list_and_another_studios_staff_never_was(database: Database) -> None:
    made, others = Team(), open_studio("Other")
    close_account(made.organization, made.ids["Finn"], made.house, SIX_PM)
    assert "Finn Fox" not in [one.name for one in made.seen_by("Olga")]
    assert [one.email for one in team(others.organization, the_house(others.organization), SIX_PM).people] == [
        "mira@other.example.org"
    ]
    with pytest.raises(Forbidden):
        team(others.organization, made.asker("Olga"), SIX_PM)
    with pytest.raises(NotFound):
        staff_with_email(others.organization, "olga@kiln.example.org", the_house(others.organization))


@pytest.mark.parametrize(("who", "may"), [("Olga", True), ("Max", False), ("Finn", False), ("Ines", False)])
def test_only_an_owner_may_print_a_staff_card_even_ones_own(database: Database, who: str, may: bool) -> None:
    made = Team()
    asker, staff_id = made.asker(who), made.ids[who]
    if may:
        face = face_of_staff_card(made.organization, staff_id, asker, VAULT)
        assert isinstance(staff_cards.read(face.code.text), staff_cards.StaffCardCode)
        assert staff_card_pdf(made.organization, staff_id, asker, VAULT).startswith(b"%PDF")
    else:
        with pytest.raises(Forbidden):
            face_of_staff_card(made.organization, staff_id, asker, VAULT)
        with pytest.raises(Forbidden):
            staff_with_email(made.organization, "olga@kiln.example.org", asker)


def test_the_newest_card_is_drawn_in_the_studios_language(database: Database) -> None:
    made = Team()
    with writing():
        OrganizationRow.update(language="de", name="Töpferei").where(OrganizationRow.id == made.organization).execute()
    code = give_staff_card(made.organization, made.ids["Finn"], made.house, after(5), VAULT)
    face = face_of_staff_card(made.organization, made.ids["Finn"], made.house, VAULT)
    assert face.code == code
    assert (face.studio_name, face.first_name, face.last_name, face.team) == ("Töpferei", "Finn", "Fox", "Personal")


def test_there_is_nothing_to_print_without_a_card_and_after_leaving(database: Database) -> None:
    made = Team()
    take_away_staff_card(made.organization, made.ids["Ines"], "lost", made.house, SIX_PM)
    close_account(made.organization, made.ids["Finn"], made.house, SIX_PM)
    for who in ("Ines", "Finn"):
        with pytest.raises(NotFound) as told:
            face_of_staff_card(made.organization, made.ids[who], made.house, VAULT)
        assert told.value.code == "staff_card.none"


def test_a_card_is_taken_away_once_and_with_a_reason(database: Database) -> None:
    made = Team()
    with pytest.raises(Invalid):
        take_away_staff_card(made.organization, made.ids["Finn"], "  ", made.house, SIX_PM)
    assert made.finn().card_given_at is not None
    take_away_staff_card(made.organization, made.ids["Finn"], " in the river ", made.house, SIX_PM)
    with reading():
        row = StaffCardRow.get(StaffCardRow.staff == made.ids["Finn"])
        assert (row.because, row.revoked_at) == ("in the river", SIX_PM)
    with pytest.raises(NotFound) as told:
        take_away_staff_card(made.organization, made.ids["Finn"], "again", made.house, SIX_PM + timedelta(hours=1))
    assert told.value.code == "staff_card.none"
