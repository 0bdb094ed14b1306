"""Makes the kiosk's sounds, short notes on wooden bars, one family for each answer: `python -m assets.make_sounds`.

The answers differ by contour (rising, falling, twice the same), not by pitch alone, and by nothing that hurts.
"""

import wave
from pathlib import Path

import numpy as np

FOLDER = Path(__file__).parent / "sounds"
RATE = 22050
G4, C5, E5, G5, C6 = 392.0, 523.25, 659.26, 783.99, 1046.5
LOW = 146.83
MELODIES: dict[str, tuple[tuple[float, float, float], ...]] = {
    "welcome": ((C5, 0.0, 0.8), (G5, 0.14, 0.9)),
    "already": ((G5, 0.0, 0.7), (G5, 0.16, 0.7)),
    "choose": ((E5, 0.0, 0.8),),
    "not_yet": ((E5, 0.0, 0.8), (E5, 0.24, 0.8)),
    "no": ((E5, 0.0, 0.8), (G4, 0.17, 0.9)),
    "staff": ((C6, 0.0, 0.6),),
    "broken": ((LOW, 0.0, 0.9),),
    "reading": ((C6, 0.0, 0.12),),
}
"""Each note: its pitch in hertz, when it begins in seconds, how loud it is."""
RINGING = {"staff": 0.5, "broken": 0.28, "reading": 0.03}
"""Seconds until a note has lost most of its sound, where it is not a wooden bar's."""
WOODEN = 0.13
PARTIALS = ((1.0, 1.0), (3.93, 0.28), (9.2, 0.09))
"""A wooden bar's overtones and how loud they are; the higher, the sooner they die."""
BELL = ((1.0, 1.0), (2.76, 0.5), (5.4, 0.25))


def melody(name: str) -> np.ndarray:
    """The samples of one sound, from -1 to 1."""
    ringing = RINGING.get(name, WOODEN)
    notes = MELODIES[name]
    length = max(begins for _, begins, _ in notes) + ringing * 4.5
    sound = np.zeros(round(length * RATE))
    for pitch, begins, loudness in notes:
        start = round(begins * RATE)
        time = np.arange(len(sound) - start) / RATE
        sound[start:] += loudness * _note(pitch, time, ringing, BELL if name == "staff" else PARTIALS)
    fade = np.minimum(1.0, np.arange(len(sound), 0, -1) / (0.02 * RATE))
    return 0.5 * sound * fade / max(1.0, float(np.abs(sound).max()))


def _note(pitch: float, time: np.ndarray, ringing: float, partials: tuple[tuple[float, float], ...]) -> np.ndarray:
    attack = np.minimum(1.0, time / 0.003)
    sound = np.zeros_like(time)
    for factor, loudness in partials:
        if pitch * factor < RATE / 2:
            sound += loudness * np.sin(2 * np.pi * pitch * factor * time) * np.exp(-time * factor**0.5 / ringing)
    return attack * sound


def write(name: str, folder: Path) -> Path:
    """One sound as a mono 16-bit file."""
    path = folder / f"{name}.wav"
    with wave.open(str(path), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(RATE)
        file.writeframes((melody(name) * 32767).astype("<i2").tobytes())
    return path


if __name__ == "__main__":
    FOLDER.mkdir(exist_ok=True)
    for each in MELODIES:
        write(each, FOLDER)
