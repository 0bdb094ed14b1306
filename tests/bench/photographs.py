"""Pictures on this computer with the texts that stand in them, by a manifest.csv beside them.

Two kinds of manifest are understood: `file, set, category, expected_texts_json` of photographs, and
`file, axis, …, payload` of rendered frames. It refuses to fetch or keep a picture.
"""

import csv
import json
import sys
from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np

WITHOUT_A_CODE = "negative"
"""The set of pictures that show no QR code at all."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Photograph:
    """`texts`: any one of them read is a read; empty where nobody knows, which counts as not read."""

    path: Path
    kind: str
    texts: frozenset[str]
    has_code: bool

    def grey(self) -> np.ndarray:
        """Its pixels (h, w), 8 bits. Raises OSError with a sentence."""
        image = cv2.imread(str(self.path), cv2.IMREAD_GRAYSCALE)
        if image is None:
            raise OSError(f"{self.path} is not a picture.")
        return image


def photographs_in(folder: Path) -> list[Photograph]:
    """All that its manifest names, in order. Raises OSError when there is none."""
    with (folder / "manifest.csv").open(newline="", encoding="utf-8") as file:
        return [_photograph(folder, row) for row in csv.DictReader(file)]


def folder_given(what: str) -> Path | None:
    """The folder named as the only argument; None, and a sentence on the screen, when there is none."""
    arguments = sys.argv[1:]
    if len(arguments) != 1:
        print(f"{what}: give the folder with the pictures and their manifest.csv. Nothing was measured.")
        return None
    return Path(arguments[0])


def in_one_spelling(text: str) -> str:
    """Manifests write every end of a line as one character, codes often as two."""
    return text.replace("\r\n", "\n")


def _photograph(folder: Path, row: dict[str, str]) -> Photograph:
    if "payload" in row:
        return Photograph(path=folder / row["file"], kind=row["axis"], texts=frozenset({row["payload"]}), has_code=True)
    return Photograph(
        path=folder / row["file"],
        kind=f"{row['set']} {row['category']}",
        texts=frozenset(in_one_spelling(text) for text in json.loads(row["expected_texts_json"])),
        has_code=row["set"] != WITHOUT_A_CODE,
    )
