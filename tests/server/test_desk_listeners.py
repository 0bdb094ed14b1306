"""An open page's live connection is for the browser that opened it, and for nobody who learned its number."""

import re
from pathlib import Path
from uuid import uuid4

import anyio
import httpx
import pytest
import socketio

from server.pages.live import EVERY
from server.pages.visits import COOKIE
from server.services.people import signing_in
from tests.server.desk_evening import EMAIL, NOW, PASSWORD, at_clock
from tests.server.desk_server import running_desk


@pytest.mark.parametrize("brings_cookie", [True, False])
async def test_only_the_browser_that_opened_a_page_hears_what_happens_on_it(
    sqlite_template: Path, tmp_path: Path, brings_cookie: bool
) -> None:
    with running_desk(sqlite_template, tmp_path) as (evening, address):
        token = signing_in.sign_in(EMAIL, PASSWORD, NOW).token
        cookie = {"cookie": f"{COOKIE}={token}"}
        async with httpx.AsyncClient() as fetched:
            page = (await fetched.get(address, headers=cookie)).text
        found = re.search(r"'client_id': '([0-9a-f-]+)'", page)
        assert found
        heard: list[str] = []
        listener = socketio.AsyncClient()
        listener.on("*", lambda event, data=None: heard.append(str(data)))
        ids = {"client_id": found[1], "tab_id": str(uuid4()), "document_id": str(uuid4()), "next_message_id": 0}
        query = "&".join(f"{key}={value}" for key, value in {**ids, "implicit_handshake": "true"}.items())
        await listener.connect(
            f"{address}?{query}",
            headers=cookie if brings_cookie else {},
            transports=["websocket"],
            socketio_path="/_nicegui_ws/socket.io",
        )
        name = f"Xenia Quiet {brings_cookie}"
        await anyio.to_thread.run_sync(evening.comes, "open", at_clock("18:24"), name)
        await anyio.sleep(3 * EVERY)
        await listener.disconnect()
        assert any(name in message for message in heard) == brings_cookie
