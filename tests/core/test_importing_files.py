"""Files as other programs write them: letters, delimiters, quotes, and what is no such file at all."""

import tracemalloc
from collections.abc import Iterator
from functools import partial

import pytest

from core.errors import Invalid
from core.import_files import LONGEST_LINE, CsvFile, of_bytes, open_csv
from core.messages import error_sentence

HEADER = "Vorname;E-Mail"
ROWS = "Zoë;zoe@example.org\r\nJürgen „der Große“;j@example.org\r\n"


def in_pieces(content: bytes, size: int) -> Iterator[bytes]:
    return (content[place : place + size] for place in range(0, len(content), size))


def rows(file: CsvFile) -> list[list[str]]:
    return [cells for _, cells in file.rows()]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252"])
def test_a_file_is_read_in_the_letters_it_is_written_in(encoding: str) -> None:
    file = of_bytes(f"{HEADER}\r\n{ROWS}".encode(encoding))
    assert file.headers == ("Vorname", "E-Mail")
    assert rows(file) == [["Zoë", "zoe@example.org"], ["Jürgen „der Große“", "j@example.org"]]


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_the_delimiter_and_the_ends_of_lines_are_the_files_own(delimiter: str, end: str) -> None:
    lines = [("name", "mail"), ("Ada", "1"), ("", ""), ("name", "mail"), ("Bo", "2")]
    text = end.join(delimiter.join(line) for line in lines)
    for size in (1, 3, 1000):
        file = open_csv(partial(in_pieces, text.encode(), size))
        assert list(file.rows()) == [(2, ["Ada", "1"]), (5, ["Bo", "2"])], "neither empty rows nor headers are rows"


def test_quotes_hold_delimiters_and_lines_and_a_spreadsheet_may_tell_its_delimiter() -> None:
    file = of_bytes(b'name,"note, long"\n"Ada ""the first""","one\ntwo"\nBo,x\n')
    assert file.headers == ("name", "note, long")
    assert list(file.rows()) == [(2, ['Ada "the first"', "one\ntwo"]), (4, ["Bo", "x"])]
    assert of_bytes(b"sep=;\nname;mail, or none\nAda;1\n").headers == ("name", "mail, or none")


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "import.empty"),
        (b"\n\n ,\n", "import.empty"),
        (b"PK\x03\x04 a workbook", "import.spreadsheet"),
        (b"\xd0\xcf\x11\xe0 an old one", "import.spreadsheet"),
        ("name,mail\n".encode("utf-16"), "import.utf_16"),
        (b"name,mail\nA\x00da,1\n", "import.not_text"),
        (b"name,mail\n\x81\x8d,1\n", "import.not_text"),
        (b"name" + b"a" * LONGEST_LINE, "import.line_too_long"),
        (b"name,mail\n" + b"a" * (LONGEST_LINE + 1), "import.line_too_long"),
        (b'name,mail\n"Ada,1\nBo,2\n', "import.quotes"),
        (b'name,mail\n"Ada"x,1\n', "import.quotes"),
        (b'name,mail\n"' + b"never closed\n" * 20_000, "import.quotes"),
        (b"," * 400 + b"x", "import.too_many_columns"),
    ],
)
def test_what_is_no_such_file_is_refused_with_a_sentence(content: bytes, code: str) -> None:
    with pytest.raises(Invalid) as refused:
        list(of_bytes(content).rows())
    assert refused.value.code == code
    assert "{" not in error_sentence("en", refused.value)


def test_a_hundred_thousand_rows_take_little_memory() -> None:
    def chunks() -> Iterator[bytes]:
        yield b"name,mail\n"
        for number in range(1000):
            yield b"".join(b"Ada %d,ada%d@example.org\n" % (number, place) for place in range(100))

    tracemalloc.start()
    try:
        assert sum(1 for _ in open_csv(chunks).rows()) == 100_000
        assert tracemalloc.get_traced_memory()[1] < 1_000_000
    finally:
        tracemalloc.stop()
