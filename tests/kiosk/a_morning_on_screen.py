"""The morning of a kiosk in a process of its own, with its real page: `morning_on_screen(folder)`.

Its clocks run, and as in life what is due asks to begin every second. `do("test")` is staff's tap, `do("card")` the
test card before the camera; `told()` says what is on the screen and what was kept.
"""

from contextlib import AbstractContextManager
from pathlib import Path
from threading import Event

from kiosk.faces_selftest import SelfTesting
from kiosk.running import started
from kiosk.selftest import OPEN
from tests.kiosk.a_kiosk_with_a_screen import RunningClocks
from tests.kiosk.a_screen import Screen, asked_for, screen_of, serve
from tests.kiosk.at_the_desk import a_kiosk
from tests.kiosk.test_selftest_at_the_kiosk import Morning


def morning_on_screen(folder: Path) -> AbstractContextManager[Screen]:
    """Ready for a browser."""
    return screen_of(__name__, {"folder": str(folder)})


def main() -> None:
    given = asked_for()
    kiosk = a_kiosk(Path(given["folder"]), clocks=RunningClocks())
    kiosk.desk.sync()
    morning = Morning(kiosk)

    def told() -> dict[str, object]:
        face = morning.greeter.face
        found = [[each.check, each.verdict, each.word] for each in face.findings] if is_testing(face) else []
        kept = [[each.is_attended, each.verdict] for each in morning.kept()]
        return {"face": type(face).__name__, "found": found, "kept": kept}

    started("self-tests", stopping := Event(), lambda: morning.tests.run(stopping))
    serve(
        lambda serving: morning.greeter,
        now=kiosk.clocks.now,
        port=given["port"],
        told=told,
        doings={"test": lambda: morning.tap(OPEN), "card": morning.show_test_card},
    )


def is_testing(face: object) -> bool:
    return isinstance(face, SelfTesting)


if __name__ == "__main__":
    main()
