"""What is read in photographs, beside other readers: `python -m tests.bench.bench_photographs FOLDER`.

For each reader: pictures read, false reads, and milliseconds a frame with and without a code in view. It asserts
nothing about seconds; that a picture without a code is read as one is the only thing that ends it with 1.
"""

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from statistics import median
from time import perf_counter

import cv2
import numpy as np
import zxingcpp
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn
from rich.table import Table

from kiosk.camera.decoder import Decoder
from tests.bench.photographs import Photograph, folder_given, in_one_spelling, photographs_in

Reader = Callable[[np.ndarray], Iterable[str]]
OURS = ("Tessera, fast pass", "Tessera, fast and slow pass")


@dataclass(slots=True)
class Score:
    """What one reader did."""

    read: Counter[str] = field(default_factory=Counter)
    false: list[str] = field(default_factory=list)
    with_code: list[float] = field(default_factory=list)
    without_code: list[float] = field(default_factory=list)
    """Milliseconds, one for each picture."""

    def note(self, photograph: Photograph, texts: set[str], milliseconds: float) -> None:
        (self.with_code if photograph.has_code else self.without_code).append(milliseconds)
        if photograph.texts & texts:
            self.read[photograph.kind] += 1
        if texts - photograph.texts and (photograph.texts or not photograph.has_code):
            self.false.append(photograph.path.name)


def main() -> int:
    """Print the tables; how many pictures without a code one of our passes read something in."""
    folder = folder_given("Photographs read")
    if folder is None:
        return 0
    console = Console()
    photographs = photographs_in(folder)
    scores = _measured(photographs, console)
    console.print(_summary(photographs, scores))
    console.print(_by_kind(photographs, scores))
    without = {each.path.name for each in photographs if not each.has_code}
    for name, score in scores.items():
        if score.false:
            console.print(f"{name}, false: {', '.join(score.false)}")
    return sum(len(without.intersection(scores[name].false)) for name in OURS)


def readers() -> dict[str, Reader]:
    """Each by its name; a reader takes a grey picture and gives the texts it found."""
    decoder, plain, aruco = Decoder(), cv2.QRCodeDetector(), cv2.QRCodeDetectorAruco()
    return {
        OURS[0]: lambda grey: (code.text for code in decoder.read(grey).codes),
        OURS[1]: lambda grey: (code.text for code in decoder.read(grey, thorough=True).codes),
        "zxing-cpp alone": lambda grey: (seen.text for seen in zxingcpp.read_barcodes(grey, formats=_QR)),
        "OpenCV QRCodeDetector": lambda grey: _of_opencv(plain, grey),
        "OpenCV QRCodeDetectorAruco": lambda grey: _of_opencv(aruco, grey),
    }


_QR = zxingcpp.BarcodeFormats(zxingcpp.BarcodeFormat.QRCodeModel2)


def _of_opencv(detector: "cv2.QRCodeDetector | cv2.QRCodeDetectorAruco", grey: np.ndarray) -> list[str]:
    try:
        return [text for text in detector.detectAndDecodeMulti(grey)[1] if text]
    except (cv2.error, UnicodeDecodeError):
        return []  # it raises on codes that are not UTF-8, and on some that it only half sees


def _measured(photographs: list[Photograph], console: Console) -> dict[str, Score]:
    ways = readers()
    scores = {name: Score() for name in ways}
    bar = Progress(
        TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn(), console=console
    )
    with bar:
        task = bar.add_task("Reading", total=len(photographs))
        for photograph in photographs:
            grey = photograph.grey()
            for name, read in ways.items():
                begun = perf_counter()
                texts = set(read(grey))
                took = (perf_counter() - begun) * 1000
                scores[name].note(photograph, {in_one_spelling(text) for text in texts}, took)
            bar.advance(task)
    return scores


def _summary(photographs: list[Photograph], scores: dict[str, Score]) -> Table:
    codes = sum(photograph.has_code for photograph in photographs)
    table = Table(title=f"{codes} pictures with a code, {len(photographs) - codes} without")
    headings = ("Reader", "Read", "", "False", "ms with a code, median", "p95", "without, median", "p95")
    for heading in headings:
        table.add_column(heading, justify="left" if heading == "Reader" else "right")
    for name, score in scores.items():
        read = score.read.total()
        times = [f"{value:.1f}" for part in (score.with_code, score.without_code) for value in _median_and_p95(part)]
        table.add_row(name, str(read), f"{read / max(1, codes):.1%}", str(len(score.false)), *times)
    return table


def _by_kind(photographs: list[Photograph], scores: dict[str, Score]) -> Table:
    kinds = Counter(photograph.kind for photograph in photographs if photograph.has_code)
    table = Table(title="By kind of picture")
    for heading in ("Kind", "Pictures", *scores):
        table.add_column(heading, justify="left" if heading == "Kind" else "right")
    for kind, count in kinds.items():
        table.add_row(kind, str(count), *(f"{score.read[kind]}" for score in scores.values()))
    return table


def _median_and_p95(milliseconds: list[float]) -> tuple[float, float]:
    if not milliseconds:
        return float("nan"), float("nan")
    return median(milliseconds), sorted(milliseconds)[int(0.95 * (len(milliseconds) - 1))]


if __name__ == "__main__":
    raise SystemExit(1 if main() else 0)
