"""Looks through every byte of a folder for thousands of secrets at once, in every dress they may have been put into."""

import base64
from collections import defaultdict
from collections.abc import Iterator, Mapping
from pathlib import Path

import numpy as np

WINDOW = 8
"""Bytes that are compared at once; a dress that is shorter would be found everywhere by chance."""


def dresses(secret: str) -> dict[str, bytes]:
    """The forms in which a secret may lie somewhere, by what they are called."""
    raw = secret.encode()
    found = {
        "utf-8": raw,
        "lower case": secret.lower().encode(),
        "upper case": secret.upper().encode(),
        "title case": secret.title().encode(),
        "backwards": raw[::-1],
        "utf-16-le": secret.encode("utf-16-le"),
        "utf-16-be": secret.encode("utf-16-be"),
        "utf-16-le, lower case": secret.lower().encode("utf-16-le"),
        "hex": raw.hex().encode(),
        "HEX": raw.hex().upper().encode(),
        "json": "".join(f"\\u{ord(sign):04x}" for sign in secret).encode(),
        "url": "".join(f"%{byte:02X}" for byte in raw).encode(),
    }
    for skipped in range(3):
        whole = base64.b64encode(bytes(skipped) + raw)
        # Only what depends on the secret alone: neither the bytes before it nor those after it.
        found[f"base64, {skipped} bytes in"] = whole[-(-skipped * 8 // 6) : (skipped + len(raw)) * 8 // 6]
    return found


class Search:
    """Secrets to look for, by what they are; each at least eight bytes long in every dress."""

    def __init__(self, secrets: Mapping[str, str]) -> None:
        self._by_window: dict[int, list[tuple[bytes, str]]] = defaultdict(list)
        for what, secret in secrets.items():
            for dress, needle in dresses(secret).items():
                assert len(needle) >= WINDOW, (what, dress, needle)
                window = int.from_bytes(needle[:WINDOW], "little")
                self._by_window[window].append((needle, f"{what}, {dress}"))
        self._windows = np.array(sorted(self._by_window), dtype=np.uint64)

    def in_folder(self, folder: Path) -> list[str]:
        """What was found, and in which file."""
        files = sorted(path for path in folder.rglob("*") if path.is_file())
        return [f"{path.name}: {what}" for path in files for what in self.in_bytes(path.read_bytes())]

    def in_bytes(self, content: bytes) -> list[str]:
        found = set()
        for place, window in self._candidates(content):
            for needle, what in self._by_window[window]:
                if content.startswith(needle, place):
                    found.add(what)
        return sorted(found)

    def _candidates(self, content: bytes) -> Iterator[tuple[int, int]]:
        """Every place whose eight bytes begin a secret."""
        for shift in range(WINDOW):
            count = (len(content) - shift) // WINDOW
            if count <= 0:
                return
            values = np.frombuffer(content, dtype="<u8", count=count, offset=shift)
            places = np.searchsorted(self._windows, values)
            places[places == len(self._windows)] = 0
            for index in np.nonzero(self._windows[places] == values)[0]:
                yield shift + int(index) * WINDOW, int(values[index])


def sizes(folder: Path) -> dict[str, int]:
    """How much there was to look through."""
    return {path.name: path.stat().st_size for path in sorted(folder.rglob("*")) if path.is_file()}
