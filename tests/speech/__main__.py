"""Renders every sentence that has no sound yet, and takes away the sounds of sentences that are no more."""

import json
import sys
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import soundfile

from core.messages import LANGUAGES
from kiosk.pages.speech import FOLDER, LIST, clip_name, texts_spoken
from tests.speech.synthesiser import VOICES, WORDS_A_MINUTE, Synthesiser

SAMPLES_A_SECOND = 24000
"""One of those that Opus knows."""
PAUSE = 0.12
"""Seconds of silence after each clip, so that parts do not run into each other."""
SMALLEST = 0.975
"""How much is saved: twelve kilobits a second, plain enough for a voice that is plain itself."""


def voice_named(language: str) -> str:
    """What the list says it was rendered with: another voice makes every sound anew."""
    return f"espeak-ng {VOICES[language]}, {WORDS_A_MINUTE} words a minute, Opus {SMALLEST}"


def render(language: str, synthesiser: Synthesiser) -> int:
    """All of one language; how many sounds were made."""
    folder = FOLDER / language
    folder.mkdir(parents=True, exist_ok=True)
    listed = folder / LIST
    before = json.loads(listed.read_text("utf-8")) if listed.exists() else {}
    clips = {clip_name(text): text for text in sorted(texts_spoken(language))}
    is_same_voice = before.get("voice") == voice_named(language)
    made = 0
    for name, text in clips.items():
        if not is_same_voice or not (folder / name).exists():
            write(folder / name, synthesiser.say(text, language), synthesiser.samples_a_second)
            made += 1
    for file in folder.glob("*.ogg"):
        if file.name not in clips:
            file.unlink()
    said = {"voice": voice_named(language), "clips": dict(sorted(clips.items(), key=lambda clip: clip[1]))}
    listed.write_text(json.dumps(said, ensure_ascii=False, indent=0) + "\n", "utf-8")
    return made


def write(path: Path, samples: np.ndarray, samples_a_second: int) -> None:
    """As Ogg Opus, all equally loud."""
    wanted = np.arange(0, len(samples), samples_a_second / SAMPLES_A_SECOND)
    sound = np.interp(wanted, np.arange(len(samples)), samples)
    sound = 0.7 * sound / max(0.05, float(np.abs(sound).max()))
    sound = np.concatenate([sound, np.zeros(round(PAUSE * SAMPLES_A_SECOND))])
    soundfile.write(path, sound, SAMPLES_A_SECOND, format="OGG", subtype="OPUS", compression_level=SMALLEST)


def main(languages: Sequence[str]) -> None:
    synthesiser = Synthesiser()
    for language in languages or LANGUAGES:
        made = render(language, synthesiser)
        size = sum(file.stat().st_size for file in (FOLDER / language).iterdir())
        print(f"{language}: {made} made, {size / 1e6:.2f} MB in all")


if __name__ == "__main__":
    main(sys.argv[1:])
