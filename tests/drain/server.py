"""The server of a drain, in a process of its own: the real app, whose clock begins at the instant it is given."""

import sys
import time
from datetime import datetime, timedelta
from pathlib import Path

import uvicorn

from server.api.app import make_app
from server.store.database import bind, open_database
from tests.server.studio import VAULT


def main(file: Path, port: int, begins_at: datetime) -> None:
    started = time.monotonic()
    bind(open_database(f"sqlite:///{file}"))
    app = make_app(now=lambda: begins_at + timedelta(seconds=time.monotonic() - started), vault=VAULT)
    uvicorn.run(app, host="127.0.0.1", port=port, log_level="error")


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]), datetime.fromisoformat(sys.argv[3]))
