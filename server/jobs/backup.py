"""Each day. The copy of the database.

* Once a day (UTC) the whole database is copied while everybody works, read back, and only then called a copy.
* Seven daily copies stay, and before them the first of each of four weeks.
"""

from datetime import datetime
from pathlib import Path

from server.services.keeping.backing_up import copy_of_the_day


def run(folder: Path, at: datetime) -> str:
    copy = copy_of_the_day(folder, at)
    return f"the database is copied to {copy.name}, and the copy was read back" if copy else ""
