"""`tessera replica verify`: is the member list whole and nameless, and does it say what the server says."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from rich.table import Table

from core.errors import TesseraError
from core.protocol import ReplicaPart
from kiosk.comparing import differences
from kiosk.server_client import DeviceRejected, ServerClient, ServerUnreachable
from kiosk.store.looking import looked_into
from kiosk.store.replica_seen import Listed, ReplicaSeen, listed, replica_seen

PARTS_AT_MOST = 10_000


@dataclass(frozen=True, kw_only=True, slots=True)
class Compared:
    """Beside the server's list: `why_not` says what stood in the way; `behind`: versions the kiosk has not fetched."""

    why_not: str = ""
    behind: int = 0
    differences: tuple[str, ...] = ()


def verify_replica(
    folder: Path, client: ServerClient | None, at: datetime, *, must_compare: bool = False
) -> tuple[Table, list[str], bool]:
    """(what there is, the verdict in sentences, whether it is sound). Without a client only the file is looked at.

    `must_compare`: a server that does not answer is a fault, too.

    Raises `NotFound`, and `Conflict` for a file that is not readable at all.
    """
    with looked_into(folder) as connection:
        seen = replica_seen(connection)
        mine = listed(connection, seen.synced_at) if seen.synced_at is not None and not seen.faults else None
    compared = _compared(mine, client, at) if mine is not None and client is not None else None
    is_same = compared is None or not (compared.differences or (must_compare and compared.why_not))
    return _table(seen), list(_verdict(seen, compared)), not seen.faults and is_same


def fetched(client: ServerClient, at: datetime) -> Listed:
    """The server's list for this kiosk's venue, from the beginning. Raises ServerUnreachable, DeviceRejected."""
    parts: list[ReplicaPart] = [client.replica(0, "")]
    while not parts[-1].is_complete and len(parts) < PARTS_AT_MOST:
        parts.append(client.replica(parts[-1].version, parts[-1].mark))
    records = {record.member_id: record for part in parts for record in part.members}
    last = parts[-1]
    return Listed(
        version=last.version,
        synced_at=at,
        members={id_: record for id_, record in records.items() if record.facts is not None},
        denied=frozenset(last.denied),
        staff=frozenset(last.staff),
        sessions=next((part.sessions for part in reversed(parts) if part.sessions is not None), ()),
        policy=next((part.policy for part in reversed(parts) if part.policy is not None), None),
    )


def _compared(mine: Listed, client: ServerClient, at: datetime) -> Compared:
    try:
        theirs = fetched(client, at)
    except ServerUnreachable as why:
        return Compared(why_not=str(why))
    except DeviceRejected as why:
        return Compared(why_not=f"The server says {why.code}.")
    except TesseraError as why:
        return Compared(why_not=str(why))
    return Compared(behind=theirs.version - mine.version, differences=tuple(differences(mine, theirs, at)))


def _table(seen: ReplicaSeen) -> Table:
    table = Table("Version", "Members", "Cards", "Denied", "Sessions", "Whole as of")
    as_of = f"{seen.synced_at:%Y-%m-%d %H:%M} UTC" if seen.synced_at else "never"
    counts = (seen.version, seen.members, seen.cards, seen.denied, seen.sessions)
    table.add_row(*map(str, counts), as_of)
    return table


def _verdict(seen: ReplicaSeen, compared: Compared | None) -> Iterator[str]:
    if seen.faults:
        yield from seen.faults
        return
    if seen.synced_at is None:
        yield "There is no member list here; the kiosk fetches it once it is paired and in touch."
        return
    yield "The file is whole, every record is in its shape, and none names anybody."
    if seen.is_starting_over:
        yield "The list is being fetched anew; until it is whole, what was there before stays."
    if compared is None:
        return
    if compared.why_not:
        yield f"It was not laid beside the server's list. {compared.why_not}"
        return
    if compared.behind:
        yield f"The kiosk has not fetched the newest {compared.behind} versions yet, so it may differ until it has."
    yield from compared.differences or ("It says what the server says, record by record.",)
