"""The desk's pages on their own, for tests with a browser: `python -m tests.server.desk_server <database url> <port>`.

Its clock stands at 18:24 of the story's evening.
"""

import sys

import uvicorn
from fastapi import FastAPI

from server.pages import attach
from server.pages.context import PagesContext
from server.store.database import bind, open_database
from tests.server.desk_evening import NOW


def main() -> None:
    bind(open_database(sys.argv[1]))
    app = FastAPI()
    attach(app, PagesContext(now=lambda: NOW))
    uvicorn.run(app, host="127.0.0.1", port=int(sys.argv[2]), log_level="warning")


if __name__ == "__main__":
    main()
