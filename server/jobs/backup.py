"""Each day. The copy of the database, and of the archive.

* Once a day (UTC) the whole database is copied while everybody works, read back, and only then called a copy.
* Seven daily copies stay, and before them the first of each of four weeks.
* Then the archive beside the copies is given whatever it lacks of what was put away; there is one for all copies, since
  what is in it never changes. What is damaged at its source replaces nothing.
"""

from datetime import datetime
from pathlib import Path

from server.services.keeping.backing_up import copy_of_the_day
from server.services.keeping.copying_archive import archive_of_the_day


def run(folder: Path, at: datetime) -> str:
    copy = copy_of_the_day(folder, at)
    brought = archive_of_the_day(folder, at)
    said = [f"the database is copied to {copy.name}, and the copy was read back"] if copy else []
    return "; ".join(said + ([f"{brought} bundles of old attempts are copied"] if brought else []))
