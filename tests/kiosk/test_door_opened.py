"""Who is let in finds the door open; nobody else does, nobody twice, and no lock that hangs holds up the screen."""

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Event, Thread
from time import monotonic, sleep

import pytest

from core.decisions import Admitted, Choose, Decision, Refused
from core.health import HealthWord as W
from core.protocol import AttemptState, ClockQuality
from core.refusals import RefusalReason as R
from kiosk import door_set_up
from kiosk.desk import Shown
from kiosk.door import Doorkeeper, Outlet, lamp_of
from kiosk.door_settings import DoorSettings, GpioAct, HttpAct, Sign
from kiosk.timekeeping import TimeReading
from tests.kiosk.at_the_desk import ANAS_CARD, GLAZING, SIX_PM, STRANGERS_CARD, WHEEL, Kiosk, a_kiosk

SECRET = "Bearer let-me-open-it"
ADMITTED = Admitted(member_id="ana", session=WHEEL, visit_key="ana wheel", pass_id="ten", pass_title="Ten")


@dataclass
class Lock:
    """A lock on the network, as locks are: it does what the story wants of it."""

    does: Callable[[BaseHTTPRequestHandler], None]
    asked: list[tuple[str, str, dict[str, str], bytes]] = field(default_factory=list)


@contextmanager
def a_lock(does: Callable[[BaseHTTPRequestHandler], None]) -> Iterator[tuple[Lock, str]]:
    lock = Lock(does)

    class Answering(BaseHTTPRequestHandler):
        def answer(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
            lock.asked.append((self.command, self.path, dict(self.headers), body))
            lock.does(self)

        do_GET = do_POST = do_PUT = answer

        def log_message(self, format: str, *args: object) -> None:
            """Quiet."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Answering)
    Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield lock, f"http://127.0.0.1:{server.server_address[1]}"
    finally:
        server.shutdown()
        server.server_close()


def status(number: int, **headers: str) -> Callable[[BaseHTTPRequestHandler], None]:
    def does(request: BaseHTTPRequestHandler) -> None:
        request.send_response(number)
        for name, value in headers.items():
            request.send_header(name, value)
        request.send_header("Content-Length", "0")
        request.end_headers()

    return does


def set_up(acts: dict[Sign, HttpAct | GpioAct], **settings: object) -> tuple[Doorkeeper, DoorSettings]:
    chosen = DoorSettings(acts=acts, **settings)  # type: ignore[arg-type]
    keeper = door_set_up.doorkeeper(chosen, kiosk="Front door", clock=monotonic, reference=lambda: "a1b2")
    return keeper, chosen


@contextmanager
def running(keeper: Doorkeeper) -> Iterator[None]:
    stopping = Event()
    threads = door_set_up.start(keeper, stopping)
    yield
    stopping.set()
    for thread in threads:
        thread.join(5)


def until(holds: Callable[[], bool]) -> None:
    gives_up_at = monotonic() + 20
    while not holds():
        assert monotonic() < gives_up_at, "It did not happen"
        sleep(0.01)


def at_a_kiosk(tmp_path: Path, keeper: Doorkeeper) -> Kiosk:
    kiosk = a_kiosk(tmp_path, is_online=False)
    kiosk.desk.on_answer = keeper.answered
    return kiosk


def test_who_is_let_in_finds_the_door_open_and_the_lock_is_told_no_name(tmp_path: Path) -> None:
    with a_lock(status(204)) as (lock, address):
        act = HttpAct(
            url=f"{address}/open?door=1", header=("Authorization", SECRET),
            body='{"for": {seconds}, "why": "{sign}", "by": "{kiosk}"}',
        )  # fmt: skip
        keeper, _ = set_up({Sign.OPEN: act})
        assert keeper.as_health() == {W.DOOR: "unused"}
        with running(keeper):
            at_a_kiosk(tmp_path, keeper).desk.show_card(ANAS_CARD.text)
            until(lambda: keeper.as_health() == {W.DOOR: "ok"})
    ((verb, path, headers, body),) = lock.asked
    assert (verb, path, headers["Authorization"]) == ("POST", "/open?door=1", SECRET)
    assert json.loads(body) == {"for": 5, "why": "OPEN", "by": "Front door"}
    assert headers["Content-Type"] == "application/json"


class Outlets:
    """A doorkeeper whose lock and lamps only remember what was wished of them."""

    def __init__(self, **settings: object) -> None:
        self.wishes: list[Sign] = []
        self.rested: list[Sign] = []
        self.mono = 100.0
        chosen = DoorSettings(acts={}, **settings)  # type: ignore[arg-type]
        outlets = {sign: self._remembering(sign) for sign in Sign}
        self.keeper = Doorkeeper(chosen, outlets, clock=lambda: self.mono)

    def _remembering(self, sign: Sign) -> Outlet:
        outlet = Outlet(sign, Silent(), timeout=2, clock=lambda: self.mono, reference=str)
        outlet.wish = self.wishes.append  # type: ignore[assignment, method-assign]
        outlet.rest = lambda: self.rested.append(sign)  # type: ignore[method-assign]
        return outlet


class Silent:
    def act(self, sign: Sign) -> None:
        raise AssertionError("only wished")

    def rest(self) -> None:
        raise AssertionError("only wished")


@pytest.mark.parametrize("opens_again", [True, False])
def test_nobody_is_let_in_twice_on_one_opening_and_a_slow_bag_gets_a_second_one(
    tmp_path: Path, opens_again: bool
) -> None:
    outlets = Outlets(opens_again=opens_again)
    kiosk = at_a_kiosk(tmp_path, outlets.keeper)
    kiosk.desk.show_card(ANAS_CARD.text)
    outlets.mono += 4.9
    kiosk.desk.show_card(ANAS_CARD.text)
    assert outlets.wishes.count(Sign.OPEN) == 1, "the lock is still open for this visit"
    outlets.mono += 0.1
    kiosk.desk.show_card(ANAS_CARD.text)
    assert outlets.wishes.count(Sign.OPEN) == (2 if opens_again else 1)
    assert outlets.wishes.count(Sign.GOOD) == 3, "the lamp says good each time"


def test_the_next_person_does_not_wait_for_the_last_ones_opening() -> None:
    outlets = Outlets()
    shown = at_the_desk(ADMITTED)
    outlets.keeper.answered(shown)
    outlets.keeper.answered(replace(shown, decision=replace(ADMITTED, visit_key="ben wheel")))
    assert outlets.wishes.count(Sign.OPEN) == 2


@pytest.mark.parametrize("card", [STRANGERS_CARD.text, "WIFI:S:Kiln;P:secret;;"])
def test_whoever_is_refused_finds_the_door_shut(tmp_path: Path, card: str) -> None:
    outlets = Outlets()
    at_a_kiosk(tmp_path, outlets.keeper).desk.show_card(card)
    assert outlets.wishes == [Sign.NO]


def test_a_question_opens_nothing_and_the_answer_to_it_does(tmp_path: Path) -> None:
    outlets = Outlets()
    kiosk = a_kiosk(tmp_path, sessions=(WHEEL, GLAZING), is_online=False)
    kiosk.desk.on_answer = outlets.keeper.answered
    shown = kiosk.desk.show_card(ANAS_CARD.text)
    assert isinstance(shown.decision, Choose) and outlets.wishes == []
    kiosk.desk.choose(shown.attempt_id, GLAZING.id)
    assert outlets.wishes == [Sign.OPEN, Sign.GOOD] and outlets.rested == [Sign.WAIT, Sign.NO]


@pytest.mark.parametrize(
    "decision, lamp",
    [
        (ADMITTED, Sign.GOOD),
        (replace(ADMITTED, again_since=SIX_PM), Sign.GOOD),
        (Refused(reason=R.TOO_EARLY, session=WHEEL, until=SIX_PM), Sign.WAIT),
        (Refused(reason=R.SUSPENDED), Sign.WAIT),
        (Refused(reason=R.TOO_LATE, session=WHEEL), Sign.NO),
        (Choose(sessions=(WHEEL, GLAZING)), None),
    ],
    ids=["in", "already-in", "early", "private", "late", "which-one"],
)
def test_each_family_of_answers_has_its_lamp_and_a_private_one_gives_nothing_away(
    decision: Admitted | Refused | Choose, lamp: Sign | None
) -> None:
    assert lamp_of(decision) is lamp


def at_the_desk(decision: Decision) -> Shown:
    """An answer as the desk gives it."""
    time = TimeReading(at=SIX_PM, quality=ClockQuality.SYNCED, error=timedelta(0))
    return Shown(
        attempt_id="1", number=1, decision=decision, person=None, decided_by=AttemptState.LOCAL, time=time
    )  # fmt: skip


def never(request: BaseHTTPRequestHandler) -> None:
    sleep(5)


def vanishes(request: BaseHTTPRequestHandler) -> None:
    request.connection.close()


def drips(request: BaseHTTPRequestHandler) -> None:
    """A byte now and then, so that no single wait is ever too long."""
    try:
        for letter in b"HTTP/1.1 200 OK\r\nX: " + b"." * 40:
            request.wfile.write(bytes([letter]))
            request.wfile.flush()
            sleep(0.1)
    except OSError:
        return


@pytest.mark.parametrize(
    "does, why",
    [
        (never, "no answer"),
        (vanishes, "no answer"),
        (drips, "no answer in time"),
        (status(500), "answered 500"),
        (status(403), "answered 403"),
        (status(302, Location="http://127.0.0.1:1/elsewhere"), "answered 302"),
    ],
    ids=["slow", "vanished", "dripping", "500", "403", "redirect"],
)
def test_a_lock_that_does_not_open_is_counted_logged_and_told(
    does: Callable[[BaseHTTPRequestHandler], None], why: str, caplog: pytest.LogCaptureFixture
) -> None:
    with a_lock(does) as (lock, address):
        act = HttpAct(url=address, header=("X-Key", SECRET))
        keeper, _ = set_up({Sign.OPEN: act}, timeout=timedelta(seconds=0.5))
        with running(keeper):
            keeper.answered(at_the_desk(ADMITTED))
            until(lambda: W.DOOR_FAILED.value in keeper.as_health())
    assert keeper.as_health() == {W.DOOR: "failing", W.DOOR_FAILED: "1", W.DOOR_REFERENCE: "a1b2"}
    (said,) = [record.message for record in caplog.records if record.levelname == "ERROR"]
    assert why in said and "reference a1b2" in said and SECRET not in caplog.text
    assert len(lock.asked) == 1, "and no redirect was followed"


def test_a_lock_that_refuses_the_connection_works_again_when_it_is_back(caplog: pytest.LogCaptureFixture) -> None:
    with a_lock(status(200)) as (_, address):
        pass
    keeper, _ = set_up({Sign.OPEN: HttpAct(url=address)})
    with running(keeper):
        for visit in ("ana", "ben"):
            keeper.answered(at_the_desk(replace(ADMITTED, visit_key=visit)))
        until(lambda: keeper.as_health().get(W.DOOR_FAILED) == "2")
    port = int(address.rpartition(":")[2])
    server = ThreadingHTTPServer(("127.0.0.1", port), _answering_200)
    Thread(target=server.serve_forever, daemon=True).start()
    with running(keeper):
        keeper.answered(at_the_desk(replace(ADMITTED, visit_key="cleo")))
        until(lambda: keeper.as_health() == {W.DOOR: "ok"})
    server.shutdown()
    server.server_close()


class _answering_200(BaseHTTPRequestHandler):
    def do_POST(self) -> None:
        status(200)(self)

    def log_message(self, format: str, *args: object) -> None:
        """Quiet."""


class Hanging:
    """A lock whose driver never comes back."""

    def __init__(self) -> None:
        self.begun = 0
        self.free = Event()

    def act(self, sign: Sign) -> None:
        self.begun += 1
        self.free.wait(30)

    def rest(self) -> None:
        """Nothing."""


def test_a_lock_that_hangs_holds_up_nobody_and_nothing_piles_up(tmp_path: Path) -> None:
    hanging = Hanging()
    lock = Outlet("door", hanging, timeout=0.05, clock=monotonic, reference=lambda: "ff00")
    keeper = Doorkeeper(DoorSettings(acts={}), {Sign.OPEN: lock}, clock=monotonic)
    kiosk = at_a_kiosk(tmp_path, keeper)
    with running(keeper):
        shown = kiosk.desk.show_card(ANAS_CARD.text)
        assert isinstance(shown.decision, Admitted), "answered while nobody works the lock yet"
        for number in range(8):
            keeper.answered(at_the_desk(replace(ADMITTED, visit_key=str(number))))
            until(lambda number=number: lock.failed >= number + 2)  # type: ignore[misc]
    assert hanging.begun <= 3
    hanging.free.set()


class Working:
    def __init__(self) -> None:
        self.done: list[Sign] = []

    def act(self, sign: Sign) -> None:
        self.done.append(sign)

    def rest(self) -> None:
        """Nothing."""


def test_what_would_come_too_late_is_not_done_at_all() -> None:
    """An opening that nobody waits for any more would let in whoever comes by."""
    mono, worked = [100.0], Working()
    lock = Outlet("door", worked, timeout=2.0, clock=lambda: mono[0], reference=lambda: "ff00")
    lock.wish(Sign.OPEN)
    lock.wish(Sign.OPEN)
    mono[0] = 101.9
    lock.do(lock._wishes.get_nowait())
    assert (len(worked.done), lock.failed) == (1, 0)
    mono[0] = 102.0
    lock.do(lock._wishes.get_nowait())
    assert (len(worked.done), lock.failed) == (1, 1)
