"""What is only ever heard, never read, in English. No names, and no reason that a queue may not hear."""

SENTENCES: dict[str, str] = {
    "spoken.on": (
        "Speech is on. Go from button to button with the Tab key or the arrow keys, and choose with Enter. "
        "F8 says it again, F2 ends speech."
    ),
    "spoken.off": "Speech is off.",
    "spoken.switched_on": "is on",
    "spoken.switched_off": "is off",
    "spoken.time": "{hour} {minute}",
    "spoken.time.whole": "{hour} o’clock",
    "spoken.not_yet": "Check-in opens at {time}. Have a seat, and show your card again then.",
    "spoken.staff.number": "Your number is {count}.",
    "face.help.speech": "Speak",
    "face.help.slow": "Three times as long",
    "face.help.still": "No motion",
    "face.help.steps": "Step by itself",
}
