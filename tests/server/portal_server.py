"""Members' pages on their own, for tests with a browser: `python -m tests.server.portal_server <database url> <port>`.

Its clock stands at noon of the story's day.
"""

import sys

import uvicorn
from fastapi import FastAPI

from server.pages import attach
from server.pages.context import PagesContext
from server.store.database import bind, open_database
from tests.server.portal_stories import NOON
from tests.server.studio import VAULT


def main() -> None:
    bind(open_database(sys.argv[1]))
    app = FastAPI()
    attach(app, PagesContext(now=lambda: NOON, vault=VAULT))
    uvicorn.run(app, host="127.0.0.1", port=int(sys.argv[2]), log_level="warning")


if __name__ == "__main__":
    main()
