"""eSpeak NG through ctypes: a text in a language, and out come samples. It knows nothing of kiosks."""

import ctypes
from pathlib import Path

import espeakng_loader
import numpy as np

VOICES = {"en": "gmw/en", "de": "gmw/de", "fr": "roa/fr", "es": "roa/es", "pl": "zlw/pl", "ar": "sem/ar"}
WORDS_A_MINUTE = 150
_SYNCHRONOUS, _RATE, _CHARACTERS, _UTF8 = 2, 1, 1, 1
_HEARD = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.POINTER(ctypes.c_short), ctypes.c_int, ctypes.c_void_p)


class Synthesiser:
    """One in a process: the library keeps its voice to itself. `samples_a_second` is of what it gives."""

    def __init__(self) -> None:
        self._library = ctypes.CDLL(espeakng_loader.get_library_path())
        data = str(Path(espeakng_loader.get_data_path()).parent).encode()
        self.samples_a_second: int = self._library.espeak_Initialize(_SYNCHRONOUS, 0, data, 0)
        if self.samples_a_second <= 0:
            raise OSError("The synthesiser could not be started.")
        self._heard: list[np.ndarray] = []
        self._callback = _HEARD(self._hear)
        self._library.espeak_SetSynthCallback(self._callback)

    def say(self, text: str, language: str) -> np.ndarray:
        """The samples, from -1 to 1, without silence at either end. Raises `OSError` for a voice that is not there."""
        if self._library.espeak_SetVoiceByName(VOICES[language].encode()) != 0:
            raise OSError(f"There is no voice for {language}.")
        self._library.espeak_SetParameter(_RATE, WORDS_A_MINUTE, 0)
        self._heard = []
        words = text.encode() + b"\0"
        self._library.espeak_Synth(words, len(words), 0, _CHARACTERS, 0, _UTF8, None, None)
        self._library.espeak_Synchronize()
        samples = np.concatenate([np.zeros(1), *self._heard])
        loud = np.flatnonzero(np.abs(samples) > 0.004)
        return samples[loud[0] : loud[-1] + 1] if len(loud) else samples

    def _hear(self, samples: "ctypes._Pointer[ctypes.c_short]", count: int, events: object) -> int:
        if samples and count > 0:
            self._heard.append(np.ctypeslib.as_array(samples, shape=(count,)).astype(float) / 32768)
        return 0
