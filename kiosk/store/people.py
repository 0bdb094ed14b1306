"""Members as staff at the kiosk look for them: by number, by session, by a card; names are not among what is here."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from core.facts import Facts
from kiosk.store.acts_here import handed_out_here, why_out_of_order
from kiosk.store.database import Database, first_row, rows
from kiosk.store.replica import Replica


@dataclass(frozen=True, kw_only=True, slots=True)
class KnownMember:
    """Facts about a member whose card is not there, and the number printed on it."""

    member_id: str
    number: str
    facts: Facts


class People:
    """Reads the tables `member`, `card` and `attempt`."""

    def __init__(self, database: Database, replica: Replica) -> None:
        self._database = database
        self._replica = replica

    def known(
        self, member_ids: Collection[str], at: datetime, *, is_clock_sure: bool = True
    ) -> tuple[KnownMember, ...]:  # fmt: skip
        """Those of them who are on the list, with what happened here laid over what it says."""
        found = []
        with self._database.reading() as connection:
            for member_id in member_ids:
                row = first_row(connection, "SELECT number, facts FROM member WHERE member_id = ?", (member_id,))
                if row is not None:
                    facts = self._replica.facts_of_member(connection, row[1], at, is_clock_sure=is_clock_sure)
                    found.append(KnownMember(member_id=member_id, number=row[0], facts=facts))
        return tuple(found)

    def with_number(self, number: str) -> str | None:
        """Whose card says this number."""
        with self._database.reading() as connection:
            row = first_row(connection, "SELECT member_id FROM member WHERE number = ? AND number <> ''", (number,))
        return str(row[0]) if row else None

    def of_card(self, card: str) -> str | None:
        """Whose the card with this fingerprint is, also one that was handed out here."""
        with self._database.reading() as connection:
            row = first_row(connection, "SELECT member_id FROM card WHERE card = ?", (card,))
            here = handed_out_here(connection, card) if row is None else None
        return str(row[0]) if row else here.member_id if here else None

    def in_sessions(self, session_ids: Collection[str]) -> tuple[str, ...]:
        """Who has to do with any of these sessions, by the list or by what happened here."""
        if not session_ids:
            return ()
        ids = list(session_ids)
        named, marks = " OR ".join("instr(facts, ?)" for _ in ids), ", ".join("?" for _ in ids)
        with self._database.reading() as connection:
            found = rows(
                connection,
                f"SELECT member_id FROM member WHERE {named} UNION SELECT member_id FROM attempt WHERE is_reflected = 0"
                f" AND member_id IS NOT NULL AND json_extract(body, '$.session_id') IN ({marks})",
                (*ids, *ids),
            )
        return tuple(str(member_id) for (member_id,) in found)

    @property
    def why_out_of_order(self) -> str | None:
        """Staff's reason for putting this kiosk out of order; None: they did not."""
        with self._database.reading() as connection:
            return why_out_of_order(connection)
