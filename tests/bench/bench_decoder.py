"""How much the decoder costs beside bare zxing-cpp, on the same frames: `python -m tests.bench.bench_decoder`.

It prints rates and their ratio. It asserts nothing about time in seconds: machines differ, ratios less.
"""

from collections.abc import Callable
from itertools import islice
from random import Random
from time import perf_counter

import cv2
import numpy as np
import qrcode
import zxingcpp
from rich.console import Console
from rich.table import Table

from core import cards
from kiosk.camera.decoder import Decoder
from kiosk.camera.demo import film

LIMIT = 6.0
"""Times the cost of bare zxing-cpp that the fast pass may have, over a visit of a card and the pauses around it."""
FRAMES = 60
ROUNDS = 5


def main() -> float:
    """Print the table; the ratio of costs, decoder to bare zxing-cpp, is returned."""
    frames = [cv2.cvtColor(frame, cv2.COLOR_BGR2GRAY) for frame in islice(film([_card()], Random(1)), FRAMES)]
    decoder = Decoder()
    ways: dict[str, Callable[[np.ndarray], bool]] = {
        "zxing-cpp alone": lambda frame: bool(_bare(frame)),
        "Tessera, fast pass": lambda frame: bool(decoder.read(frame).codes),
        "Tessera, thorough": lambda frame: bool(decoder.read(frame, thorough=True).codes),
    }
    # Turn by turn, and the best of each: whatever else this computer does then falls on all alike.
    seconds = {name: min(_cost(way, frames) for _ in range(ROUNDS)) for name, way in ways.items()}
    bare = seconds["zxing-cpp alone"]
    table = Table(title=f"{FRAMES} frames of 1280 x 720, grey")
    for heading in ("Reader", "Frames a second", "Cost", "Frames read"):
        table.add_column(heading, justify="left" if heading == "Reader" else "right")
    for name, way in ways.items():
        read = sum(way(frame) for frame in frames)
        table.add_row(name, f"{FRAMES / seconds[name]:.0f}", f"{seconds[name] / bare:.1f} x", str(read))
    ratio = seconds["Tessera, fast pass"] / bare
    console = Console()
    console.print(table)
    console.print(f"The fast pass costs {ratio:.1f} times bare zxing-cpp; the limit is {LIMIT:.0f}.")
    return ratio


def _cost(way: Callable[[np.ndarray], bool], frames: list[np.ndarray]) -> float:
    begun = perf_counter()
    for frame in frames:
        way(frame)
    return perf_counter() - begun


def _bare(frame: np.ndarray) -> list[zxingcpp.Barcode]:
    return zxingcpp.read_barcodes(frame, formats=zxingcpp.BarcodeFormats(zxingcpp.BarcodeFormat.QRCodeModel2))


def _card() -> np.ndarray:
    code = qrcode.QRCode(version=2, error_correction=qrcode.constants.ERROR_CORRECT_Q, border=0)
    code.add_data(cards.new_code(Random(1).getrandbits).text)
    code.make(fit=False)
    dark = np.kron(np.array(code.get_matrix(), np.uint8), np.ones((12, 12), np.uint8))
    face = np.full((638, 1012, 3), 250, np.uint8)
    face[169:469, 356:656][dark > 0] = 20
    return face


if __name__ == "__main__":
    raise SystemExit(0 if main() <= LIMIT else 1)
