"""Each day, a little at a turn. Old attempts go into the archive.

* What happened more than 400 days ago (or what the installation says), and was not spoken of since, is old.
* Its record and its answer go into the month's file of its organization, are synced and read back; then its row is
  emptied. The row itself stays, and whoever asks for the attempt is answered as before.
* What holds somebody's own words stays where it is.
"""

from collections.abc import Callable
from datetime import datetime, timedelta

from server.services.archiving.putting_away import put_away_old


def run(span: timedelta, may_go_on: Callable[[], bool], at: datetime) -> str:
    count = put_away_old(at, span, may_go_on)
    return f"{count} old attempts put away" if count else ""
