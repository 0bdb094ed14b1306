"""A kiosk with staff in a process of its own, with its real page and a server that gives names: `staffed_screen`."""

from contextlib import AbstractContextManager
from pathlib import Path
from random import Random

from core.messages import LANGUAGES
from core.protocol import AttemptKind
from kiosk.greeter import Greeter
from kiosk.staff_set_up import staff_at
from tests.kiosk.a_kiosk_with_a_screen import RunningClocks
from tests.kiosk.a_screen import Screen, asked_for, screen_of, serve
from tests.kiosk.at_the_desk import SIX_PM
from tests.kiosk.at_the_staff_desk import NamingServer, a_staffed_kiosk


def staffed_screen(folder: Path) -> AbstractContextManager[Screen]:
    """Ready for a browser. `told()` gives (act, member, why) of each act of staff."""
    return screen_of(__name__, {"folder": str(folder)})


def main() -> None:
    given = asked_for()
    kiosk = a_staffed_kiosk(Path(given["folder"]), clocks=RunningClocks())
    opener = staff_at(
        kiosk.desk, NamingServer(), mono=lambda: kiosk.clocks.now().mono, random_bits=Random(1).getrandbits
    )

    def told() -> list[list[str]]:
        batch = kiosk.store.journal.next_batch(100, SIX_PM)
        return [
            [type(each.act).__name__, str(getattr(each.act, "member_id", "")), each.actor.because if each.actor else ""]
            for each in batch.attempts
            if each.kind is AttemptKind.STAFF
        ]

    serve(
        lambda serving: Greeter(
            kiosk.desk,
            now=kiosk.clocks.now,
            serve=serving.serve,
            pair=lambda code: None,
            languages=LANGUAGES,
            openers=(opener,),
        ),
        now=kiosk.clocks.now,
        port=given["port"],
        told=told,
    )


if __name__ == "__main__":
    main()
