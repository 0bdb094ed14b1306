"""A kiosk's screen on the air that shows a name made of markup: `python -m tests.kiosk.a_hostile_name_on_screen`.

It prints its port, and ends when it is told to.
"""

import socket
import sys

import uvicorn
from fastapi import FastAPI

from kiosk import pages
from kiosk.__main__ import HOST
from kiosk.pages.gallery import AT, samples, stand_for
from tests.kiosk.fake_greeter import FakeGreeter, is_a_greeter

EVIL_NAME = '<img src="x" onerror="window.evil = 1"><script>window.evil = 2</script>'


def main() -> None:
    with socket.socket() as listening:
        listening.bind((HOST, 0))
        listening.listen()  # whoever asks before it is ready waits
        port = int(listening.getsockname()[1])
        sys.stdout.write(f"{port}\n")
        sys.stdout.flush()
        app = FastAPI(docs_url=None, redoc_url=None, openapi_url=None)
        app.add_api_route("/health", lambda: {"status": "ok"})
        greeter = FakeGreeter(samples(stand_for(), EVIL_NAME)["welcome"])
        pages.attach(app, is_a_greeter(greeter), None, now=lambda: AT, hosts=pages.this_machine(port))
        config = uvicorn.Config(app, log_level="warning", timeout_graceful_shutdown=1, server_header=False)
        uvicorn.Server(config).run(sockets=[listening])


if __name__ == "__main__":
    main()
