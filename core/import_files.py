"""A CSV file as another program wrote it: which letters, which delimiter, its header, and its rows one by one.

Read from the start each time it is gone through, so that a large file takes little memory. What cannot be such a file
is refused with a sentence.
"""

import codecs
import csv
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from core.errors import Invalid

Chunks = Callable[[], Iterable[bytes]]
"""Gives the file's bytes from the start, in pieces of any size, each time it is called."""

LONGEST_LINE = 100_000
"""Characters. Ten times what a row of forty long cells has."""
MOST_COLUMNS = 300
DELIMITERS = ",;\t"
_ZIP, _OLD_EXCEL = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
_UTF_16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_TOLD = "sep="
"""A first line by which some spreadsheets say their delimiter."""


@dataclass(frozen=True, kw_only=True, slots=True)
class CsvFile:
    """`encoding` as Python names it. A row is the line it begins at, counted from 1, and its cells."""

    chunks: Chunks
    encoding: str
    delimiter: str
    headers: tuple[str, ...]

    def rows(self) -> Iterator[tuple[int, list[str]]]:
        """All but the header, however often it stands there, and rows in which nothing stands. Raises `Invalid`."""
        wanted = [head.strip() for head in self.headers]
        for line, cells in _rows(_lines(self.chunks(), self.encoding), self.delimiter):
            if [cell.strip() for cell in cells] != wanted:
                yield line, cells


def open_csv(chunks: Chunks) -> CsvFile:
    """Looks through the whole file once. Raises `Invalid` for what is no text, or has no header."""
    encoding = _encoding_of(chunks())
    lines = _lines(chunks(), encoding)
    first = next((line for line in lines if line.strip()), "")
    if first.lower().startswith(_TOLD) and len(first.strip()) <= len(_TOLD) + 1:
        delimiter = first.rstrip("\n")[len(_TOLD) :] or ","
    else:
        delimiter = _delimiter_of(first)
    if delimiter not in DELIMITERS:
        raise Invalid("import.no_header")
    found = next(_rows(_lines(chunks(), encoding), delimiter), None)
    if found is None or not any(cell.strip() for cell in found[1]):
        raise Invalid("import.empty")
    if len(found[1]) > MOST_COLUMNS:
        raise Invalid("import.too_many_columns", most=MOST_COLUMNS)
    headers = tuple(cell.strip() for cell in found[1])
    return CsvFile(chunks=chunks, encoding=encoding, delimiter=delimiter, headers=headers)


def of_bytes(content: bytes) -> CsvFile:
    """A file that is in memory already."""
    return open_csv(lambda: (content,))


def _encoding_of(chunks: Iterable[bytes]) -> str:
    """UTF-8 if all of it is, else Windows-1252 if all of it may be."""
    utf_8 = codecs.getincrementaldecoder("utf-8")()
    is_utf_8 = may_be_windows = True
    is_first = True
    for chunk in chunks:
        if is_first and chunk:
            _refuse_other_files(chunk)
            is_first = False
        if b"\0" in chunk:
            raise Invalid("import.not_text")
        is_utf_8 = is_utf_8 and _decodes(utf_8, chunk)
        may_be_windows = may_be_windows and not any(sign in chunk for sign in b"\x81\x8d\x8f\x90\x9d")
    if is_utf_8 and _decodes(utf_8, b"", final=True):
        return "utf-8-sig"
    if not may_be_windows:
        raise Invalid("import.not_text")
    return "cp1252"


def _decodes(decoder: codecs.IncrementalDecoder, chunk: bytes, *, final: bool = False) -> bool:
    try:
        decoder.decode(chunk, final)
    except UnicodeDecodeError:
        return False
    return True


def _refuse_other_files(start: bytes) -> None:
    if start.startswith((_ZIP, _OLD_EXCEL)):
        raise Invalid("import.spreadsheet")
    if start.startswith(_UTF_16):
        raise Invalid("import.utf_16")


def _lines(chunks: Iterable[bytes], encoding: str) -> Iterator[str]:
    """Each with its end, whichever of the three kinds that is in the file. Raises `Invalid` for one without an end."""
    decoder = codecs.getincrementaldecoder(encoding)()
    rest, number = "", 1
    for chunk in _and_none(chunks):
        text = rest + (decoder.decode(b"", True) if chunk is None else decoder.decode(chunk))
        held = ""
        if chunk is not None and text.endswith("\r"):
            text, held = text[:-1], "\r"
        *whole, rest = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
        for line in whole:
            _refuse_endless(line, number)
            yield line + "\n"
            number += 1
        _refuse_endless(rest, number)
        rest += held
    if rest:
        yield rest


def _and_none(chunks: Iterable[bytes]) -> Iterator[bytes | None]:
    yield from chunks
    yield None


def _refuse_endless(line: str, number: int) -> None:
    if len(line) > LONGEST_LINE:
        raise Invalid("import.line_too_long", row=number, most=LONGEST_LINE)


def _delimiter_of(line: str) -> str:
    """The one that stands most often outside of quotes; a comma where none does."""
    outside = "".join(line.split('"')[::2])
    return max(DELIMITERS, key=outside.count)


def _rows(lines: Iterator[str], delimiter: str) -> Iterator[tuple[int, list[str]]]:
    """Rows in which something stands, with the line they begin at. The line `sep=…` is none of them."""
    reader = csv.reader(lines, delimiter=delimiter, strict=True)
    begins_at = 1
    while True:
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error:
            raise Invalid("import.quotes", row=begins_at) from None
        is_told = begins_at == 1 and delimiter.join(cells).lower().startswith(_TOLD) and sum(map(len, cells)) <= 5
        if any(cell.strip() for cell in cells) and not is_told:
            yield begins_at, cells
        begins_at = reader.line_num + 1
