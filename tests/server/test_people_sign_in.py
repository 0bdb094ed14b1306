"""Staff sign in with a password, programs with a token; guessing is slow, leaving ends it, roles hold."""

import threading
from datetime import timedelta

import pytest
from peewee import Database

from core.errors import Conflict, Forbidden, Invalid, Unauthenticated
from server.services.people import accounts, api_tokens, class_types, signing_in
from server.services.people.accounts import NewAccount
from server.services.people.rights import Role, the_house
from server.store.database import reading
from server.store.tables import ApiTokenRow, StaffRow, StaffSessionRow
from tests.server.studio import SIX_PM, Studio, after, before, open_studio

PASSWORD = "clay on my hands"
MIRA = "mira@kiln.studio"


def hired(studio: Studio, role: Role = Role.OWNER, email: str = MIRA) -> str:
    new = NewAccount(email=email, name="Mira", password=PASSWORD, role=role)
    return accounts.open_account(studio.organization, new, the_house(studio.organization), before(999))


def test_mira_signs_in_however_she_writes_her_address(database: Database) -> None:
    staff_id = hired(open_studio())
    signed_in = signing_in.sign_in("  Mira@KILN.studio ", PASSWORD, SIX_PM)
    assert signing_in.staff_signed_in(signed_in.token, after(1)).staff_id == staff_id
    with reading():
        assert signed_in.token not in StaffSessionRow.select().get().token_hash
        assert StaffRow.get_by_id(staff_id).password_hash.startswith("$argon2id$")


@pytest.mark.parametrize("email, password", [(MIRA, "clay on my Hands"), ("nobody@kiln.studio", PASSWORD), ("", "")])
def test_a_wrong_password_and_an_unknown_address_are_answered_alike(
    database: Database, email: str, password: str
) -> None:
    hired(open_studio())
    with pytest.raises(Unauthenticated) as refused:
        signing_in.sign_in(email, password, SIX_PM)
    assert refused.value.code == "sign_in.wrong"


def test_after_five_wrong_passwords_even_the_right_one_waits_a_minute(database: Database) -> None:
    hired(open_studio())
    for _ in range(5):
        with pytest.raises(Unauthenticated, match="wrong"):
            signing_in.sign_in(MIRA, "guess", SIX_PM)
    with pytest.raises(Unauthenticated, match="wait"):
        signing_in.sign_in(MIRA, PASSWORD, after(1) - timedelta(milliseconds=1))
    assert signing_in.sign_in(MIRA, PASSWORD, after(1)).asker.role is Role.OWNER


def test_the_fifth_try_may_still_be_right_and_wipes_the_count(database: Database) -> None:
    staff_id = hired(open_studio())
    for _ in range(4):
        with pytest.raises(Unauthenticated, match="wrong"):
            signing_in.sign_in(MIRA, "guess", SIX_PM)
    signing_in.sign_in(MIRA, PASSWORD, SIX_PM)
    with reading():
        row = StaffRow.get_by_id(staff_id)
        assert (row.wrong_passwords, row.locked_until) == (0, None)


def test_guessing_in_parallel_gets_no_more_than_five_tries(database: Database) -> None:
    hired(open_studio())
    answers: list[str] = []

    def guess() -> None:
        try:
            signing_in.sign_in(MIRA, "guess", SIX_PM)
        except Unauthenticated as refused:
            answers.append(refused.code)

    threads = [threading.Thread(target=guess) for _ in range(12)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(answers) == ["sign_in.wait"] * 7 + ["sign_in.wrong"] * 5


def test_a_session_ends_after_twelve_hours(database: Database) -> None:
    hired(open_studio())
    signed_in = signing_in.sign_in(MIRA, PASSWORD, SIX_PM)
    last = SIX_PM + timedelta(hours=12)
    signing_in.staff_signed_in(signed_in.token, last - timedelta(milliseconds=1))
    with pytest.raises(Unauthenticated):
        signing_in.staff_signed_in(signed_in.token, last)


def test_signing_in_again_in_the_same_browser_ends_the_session_before(database: Database) -> None:
    hired(open_studio())
    first = signing_in.sign_in(MIRA, PASSWORD, SIX_PM)
    second = signing_in.sign_in(MIRA, PASSWORD, after(1), previous_token=first.token)
    assert first.token != second.token
    with pytest.raises(Unauthenticated):
        signing_in.staff_signed_in(first.token, after(2))
    signing_in.staff_signed_in(second.token, after(2))
    signing_in.sign_out(second.token, after(3))
    with pytest.raises(Unauthenticated):
        signing_in.staff_signed_in(second.token, after(3))


def test_whoever_leaves_is_signed_out_and_cannot_come_back(database: Database) -> None:
    studio = open_studio()
    leaving = hired(studio, Role.MANAGER)
    signed_in = signing_in.sign_in(MIRA, PASSWORD, SIX_PM)
    accounts.close_account(studio.organization, leaving, the_house(studio.organization), after(1))
    with pytest.raises(Unauthenticated):
        signing_in.staff_signed_in(signed_in.token, after(2))
    with pytest.raises(Unauthenticated, match="wrong"):
        signing_in.sign_in(MIRA, PASSWORD, after(2))
    with pytest.raises(Forbidden):
        class_types.add_class_type(studio.organization, "Raku", signed_in.asker, after(2))


def test_the_last_owner_cannot_leave(database: Database) -> None:
    studio = open_studio()
    with pytest.raises(Conflict, match="last_owner"):
        accounts.close_account(studio.organization, studio.staff, the_house(studio.organization), SIX_PM)
    hired(studio)
    accounts.close_account(studio.organization, studio.staff, the_house(studio.organization), SIX_PM)


def test_a_role_taken_away_is_gone_where_they_are_signed_in(database: Database) -> None:
    studio = open_studio()
    staff_id = hired(studio, Role.MANAGER)
    asker = signing_in.sign_in(MIRA, PASSWORD, SIX_PM).asker
    class_types.add_class_type(studio.organization, "Raku", asker, SIX_PM)
    accounts.change_role(studio.organization, staff_id, Role.FRONT_DESK, the_house(studio.organization))
    with pytest.raises(Forbidden):
        class_types.add_class_type(studio.organization, "Glaze", asker, SIX_PM)
    with pytest.raises(Conflict, match="last_owner"):
        accounts.change_role(studio.organization, studio.staff, Role.MANAGER, the_house(studio.organization))


def test_another_password_signs_out_everywhere(database: Database) -> None:
    studio = open_studio()
    staff_id = hired(studio)
    signed_in = signing_in.sign_in(MIRA, PASSWORD, SIX_PM)
    accounts.change_password(studio.organization, staff_id, "a longer one still", signed_in.asker, after(1))
    with pytest.raises(Unauthenticated):
        signing_in.staff_signed_in(signed_in.token, after(2))
    signing_in.sign_in(MIRA, "a longer one still", after(2))


@pytest.mark.parametrize("length, is_fine", [(9, False), (10, True), (200, True), (201, False)])
def test_passwords_have_a_length(database: Database, length: int, is_fine: bool) -> None:
    studio = open_studio()
    new = NewAccount(email=MIRA, name="Mira", password="x" * length, role=Role.OWNER)
    if is_fine:
        accounts.open_account(studio.organization, new, the_house(studio.organization), SIX_PM)
        return
    with pytest.raises(Invalid):
        accounts.open_account(studio.organization, new, the_house(studio.organization), SIX_PM)


@pytest.mark.parametrize("role, may", [(Role.OWNER, True), (Role.MANAGER, True), (Role.FRONT_DESK, False)])
def test_the_programme_is_made_by_managers(database: Database, role: Role, may: bool) -> None:
    studio = open_studio()
    hired(studio, role)
    asker = signing_in.sign_in(MIRA, PASSWORD, SIX_PM).asker
    if may:
        assert class_types.add_class_type(studio.organization, "Raku", asker, SIX_PM)
        return
    with pytest.raises(Forbidden):
        class_types.add_class_type(studio.organization, "Raku", asker, SIX_PM)


def test_a_manager_makes_no_accounts(database: Database) -> None:
    studio = open_studio()
    hired(studio, Role.MANAGER)
    asker = signing_in.sign_in(MIRA, PASSWORD, SIX_PM).asker
    new = NewAccount(email="eve@kiln.studio", name="Eve", password=PASSWORD, role=Role.OWNER)
    with pytest.raises(Forbidden):
        accounts.open_account(studio.organization, new, asker, SIX_PM)


def test_nobody_has_a_right_in_another_studio(database: Database) -> None:
    kiln, loom = open_studio("Kiln"), open_studio("Loom")
    hired(kiln)
    asker = signing_in.sign_in(MIRA, PASSWORD, SIX_PM).asker
    with pytest.raises(Forbidden):
        class_types.add_class_type(loom.organization, "Raku", asker, SIX_PM)


def test_an_api_token_is_good_until_it_is_revoked(database: Database) -> None:
    studio = open_studio()
    house = the_house(studio.organization)
    token = api_tokens.make_api_token(studio.organization, "Member app", house, SIX_PM)
    assert token.startswith("tessera_")
    asker = api_tokens.api_token_of(token, SIX_PM)
    assert (asker.organization_id, asker.role) == (studio.organization, Role.FRONT_DESK)
    with reading():
        row = ApiTokenRow.select().get()
        assert token not in (row.token_hash, row.name, row.scopes)
    api_tokens.revoke_api_token(studio.organization, row.id, house, after(1))
    with pytest.raises(Unauthenticated):
        api_tokens.api_token_of(token, after(1))
    with pytest.raises(Unauthenticated):
        api_tokens.api_token_of("", SIX_PM)


def test_a_token_acts_for_its_maker_until_they_leave_and_then_for_nobody(database: Database) -> None:
    studio = open_studio()
    house = the_house(studio.organization)
    maker = hired(studio)
    by_mira = signing_in.sign_in(MIRA, PASSWORD, SIX_PM).asker
    token = api_tokens.make_api_token(studio.organization, "Till", by_mira, SIX_PM)
    assert api_tokens.api_token_of(token, SIX_PM).staff_id == maker
    accounts.close_account(studio.organization, maker, house, after(1))
    assert api_tokens.api_token_of(token, after(1)).staff_id is None
