"""Columns by their words and cells as values, with what is not read since it could be two things."""

from datetime import UTC, date, datetime, time, timedelta, timezone

import pytest

from core.errors import Invalid
from core.import_systems import SYSTEMS
from core.import_values import DateOrder, Trouble, orders_told, read_row
from core.import_words import WORDS, plain
from core.importing import FIELDS, ColumnMap, Kind, guess_mapping, require_columns, with_choices
from core.model import PassType

D, M = DateOrder.DAY_FIRST, DateOrder.MONTH_FIRST


def read(kind: Kind, field: str, cell: str, order: DateOrder = D) -> object:
    """The value of one cell, its trouble, or None for an empty one."""
    mapping = ColumnMap(kind=kind, headers=("Theirs",), fields=(field,))
    record = read_row(mapping, 2, [cell], {field: order})
    return record.problems[0].trouble if record.problems else record.values.get(field)


@pytest.mark.parametrize(
    ("cell", "order", "value"),
    [
        ("2026-04-03", M, date(2026, 4, 3)),
        ("2026/4/3", D, date(2026, 4, 3)),
        ("03/04/2026", D, date(2026, 4, 3)),
        ("03/04/2026", M, date(2026, 3, 4)),
        ("13/04/2026", M, Trouble.NOT_A_DAY),
        ("3.4.2026", M, date(2026, 4, 3)),
        ("03-04-2026", DateOrder.ISO, Trouble.NOT_A_DAY),
        ("April 3, 2026", D, date(2026, 4, 3)),
        ("3 Apr 2026", M, date(2026, 4, 3)),
        ("3 Brumaire 2026", D, Trouble.NOT_A_DAY),
        ("29.02.2026", D, Trouble.NOT_A_DAY),
        ("29.02.2028", D, date(2028, 2, 29)),
        ("03/04/26", D, Trouble.NOT_A_DAY),
        ("46115", D, Trouble.NOT_A_DAY),
        ("", D, None),
    ],
)
def test_a_day_is_read_in_the_order_of_the_file(cell: str, order: DateOrder, value: object) -> None:
    assert read(Kind.PASSES, "valid_until", cell, order) == value


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        ("2026-11-21 18:00", datetime.fromisoformat("2026-11-21T18:00")),
        ("2026-11-21T18:00:00Z", datetime(2026, 11, 21, 18, tzinfo=UTC)),
        ("2026-11-21T18:00:00+01:00", datetime(2026, 11, 21, 18, tzinfo=timezone(timedelta(hours=1)))),
        ("November 21, 2026 6:00 pm", datetime.fromisoformat("2026-11-21T18:00")),
        ("21/11/2026, 12:30 am", datetime.fromisoformat("2026-11-21T00:30")),
        ("21.11.2026 18.30 Uhr", datetime.fromisoformat("2026-11-21T18:30")),
        ("21/11/2026 18h", datetime.fromisoformat("2026-11-21T18:00")),
        ("21/11/2026", Trouble.NOT_A_MOMENT),
        ("21/11/2026 13:00 pm", Trouble.NOT_A_MOMENT),
        ("21/11/2026 24:00", Trouble.NOT_A_MOMENT),
    ],
)
def test_a_moment_is_a_day_and_a_time(cell: str, value: object) -> None:
    assert read(Kind.RESERVATIONS, "starts_at", cell) == value


@pytest.mark.parametrize(
    ("kind", "field", "cell", "value"),
    [
        (Kind.RESERVATIONS, "clock", "18:00", time(18)),
        (Kind.RESERVATIONS, "clock", "0:00", time(0)),
        (Kind.RESERVATIONS, "clock", "18", Trouble.NOT_A_CLOCK),
        (Kind.PASSES, "punches_left", "10", 10),
        (Kind.PASSES, "punches_left", "10,0", 10),
        (Kind.PASSES, "punches_left", "9,5", Trouble.NOT_A_COUNT),
        (Kind.PASSES, "punches_left", "1.000", Trouble.NOT_A_COUNT),
        (Kind.PASSES, "punches_left", "-1", Trouble.NOT_A_COUNT),
        (Kind.PASSES, "punches_left", "Unlimited", None),
        (Kind.PASSES, "type", "Punch Card", PassType.PUNCH_PASS),
        (Kind.PASSES, "type", "Abonnement", PassType.UNLIMITED_SERIES),
        (Kind.PASSES, "type", "gold", Trouble.NOT_A_PASS_TYPE),
        (Kind.MEMBERS, "is_active", "Sí", True),
        (Kind.MEMBERS, "is_active", "nein", False),
        (Kind.MEMBERS, "is_active", "maybe", Trouble.NOT_YES_OR_NO),
        (Kind.MEMBERS, "language", "de-AT", "de"),
        (Kind.MEMBERS, "language", "it", Trouble.NOT_A_LANGUAGE),
        (Kind.MEMBERS, "phone", "+49 (0)30 / 12-34", "+490301234"),
        (Kind.MEMBERS, "phone", '="0301234"', "0301234"),
        (Kind.MEMBERS, "phone", "4,91E+11", Trouble.NOT_A_PHONE),
        (Kind.MEMBERS, "phone", "12", Trouble.NOT_A_PHONE),
        (Kind.MEMBERS, "email", " <Ada@Example.ORG> ", "ada@example.org"),
        (Kind.MEMBERS, "first_name", '=HYPERLINK("http://x","Ada")', Trouble.FORMULA),
        (Kind.MEMBERS, "first_name", "@SUM(A1)", Trouble.FORMULA),
        (Kind.MEMBERS, "first_name", "-2+3", Trouble.FORMULA),
        (Kind.MEMBERS, "first_name", "A\tda", Trouble.SIGNS),
        (Kind.MEMBERS, "first_name", "Anne-Marie ", "Anne-Marie"),
    ],
)
def test_a_cell_is_a_value_or_a_problem(kind: Kind, field: str, cell: str, value: object) -> None:
    assert read(kind, field, cell) == value


@pytest.mark.parametrize(
    ("cells", "order"),
    [
        (["03/04/2026", "13/04/2026"], D),
        (["03/04/2026", "03/13/2026"], M),
        (["3.4.2026", "2026-04-03", ""], D),
        (["03/04/2026", "04/03/2026"], "import.days_ambiguous"),
        (["13/04/2026", "04/13/2026"], "import.days_mixed"),
    ],
)
def test_a_column_tells_the_order_of_its_days_or_nothing_is_read(cells: list[str], order: object) -> None:
    mapping = guess_mapping(["Valid until"], Kind.PASSES)
    try:
        found: object = orders_told(mapping, ([cell] for cell in cells))["valid_until"]
    except Invalid as refused:
        found = refused.code
    assert found == order


@pytest.mark.parametrize(
    ("headers", "kind", "system", "fields"),
    [
        (["First Name", "LAST NAME", "e-mail", "Shoe size"], Kind.MEMBERS, "", "first_name last_name email -"),
        (["Vorname", "Nachname", "E-Mail-Adresse", "Handy"], Kind.MEMBERS, "", "first_name last_name email phone"),
        (["Prénom", "Nom", "Courriel"], Kind.MEMBERS, "", "first_name last_name email"),
        (["Nombre", "Apellidos", "Correo electrónico"], Kind.MEMBERS, "", "first_name last_name email"),
        (["Imię", "Nazwisko", "Numer członkowski"], Kind.MEMBERS, "", "first_name last_name number"),
        (["الاسم الأول", "اسم العائلة", "البريد الإلكتروني"], Kind.MEMBERS, "", "first_name last_name email"),
        (["Email", "Mail", "Name"], Kind.MEMBERS, "", "- - -"),
        (["Email", "Pass name", "Number of visits"], Kind.PASSES, "", "member_email title -"),
        (["Email", "Pass name", "Number of visits"], Kind.PASSES, "punchpass", "member_email title punches_left"),
        (["Start Time", "Type", "Email", "Phone"], Kind.RESERVATIONS, "acuity", "starts_at title member_email -"),
    ],
)
def test_columns_are_known_by_their_words_or_not_at_all(
    headers: list[str], kind: Kind, system: str, fields: str
) -> None:
    mapping = guess_mapping(headers, kind, system)
    assert " ".join(field or "-" for field in mapping.fields) == fields


def test_what_somebody_says_of_a_column_is_worth_more_than_a_guess() -> None:
    guessed = guess_mapping(["Email", "Mail", "First name", "Nickname"], Kind.MEMBERS)
    assert guessed.doubtful == (("Email", "email"), ("Mail", "email"))
    with pytest.raises(Invalid, match=r"columns_missing.*Email, Mail"):
        require_columns(guessed)
    said = with_choices(guessed, {"MAIL": "email", "Nickname": "first_name", "first name": "-"})
    assert said.fields == (None, "email", None, "first_name") and said.doubtful == ()
    require_columns(said)
    assert with_choices(guessed, {"Mail": "-"}).fields == ("email", None, "first_name", None), "the other is left"
    for choices, code in (
        ({"Shoe size": "email"}, "no_such_column"),
        ({"Mail": "shoe"}, "no_such_field"),
        ({"Mail": "email", "Email": "email"}, "field_twice"),
    ):
        with pytest.raises(Invalid, match=code):
            with_choices(guessed, choices)
    with pytest.raises(Invalid, match="no_such_system"):
        guess_mapping(["Mail"], Kind.MEMBERS, "abacus")


def test_no_word_stands_for_two_fields_and_every_field_is_one_that_there_is() -> None:
    for kind in Kind:
        assert set(WORDS[kind.value]) <= set(FIELDS[kind])
        plains = [one for words in WORDS[kind.value].values() for one in {plain(word) for word in words}]
        assert [word for word in plains if plains.count(word) > 1] == []
        for system in SYSTEMS.values():
            assert set(system.get(kind.value, {}).values()) <= set(FIELDS[kind])


def test_a_row_with_more_cells_than_columns_is_a_problem_and_one_with_fewer_is_not() -> None:
    mapping = guess_mapping(["First name", "Email"], Kind.MEMBERS)
    assert read_row(mapping, 2, ["Ada"], {}).values == {"first_name": "Ada"}
    (problem,) = read_row(mapping, 2, ["Ada", "a@example.org", "", "London"], {}).problems
    assert (problem.trouble, problem.given) == (Trouble.TOO_MANY_CELLS, "London")
