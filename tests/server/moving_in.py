"""A studio moves in: files as text, looked at and carried out."""

from dataclasses import dataclass, field
from datetime import datetime

from core.import_files import of_bytes
from core.import_values import DateOrder
from core.importing import Kind
from server.services.importing.going import carry_out, plan_import
from server.services.importing.values import RowReport, Verdict, Wanted, columns_of, wanted_of
from server.services.people.rights import the_house
from server.store.database import reading
from server.store.tables import MemberRow
from tests.server.studio import SIX_PM, VAULT, Studio

NEW, SAME, CHANGED, PROBLEM = Verdict


def wanted(kind: Kind, text: str, system: str = "", order: DateOrder | None = None, **choices: str) -> Wanted:
    file = of_bytes(text.encode())
    return wanted_of(file, columns_of(file, kind, system, choices), system, order)


@dataclass
class Move:
    """Every file is looked at first, and what was foretold must be what is done, sentence by sentence."""

    studio: Studio
    at: datetime = SIX_PM
    last: list[RowReport] = field(default_factory=list)

    def plan(self, file: Wanted) -> list[RowReport]:
        house = the_house(self.studio.organization)
        return list(plan_import(self.studio.organization, file, house, self.at, VAULT))

    def do(self, file: Wanted, stop_after: int | None = None) -> list[Verdict]:
        """The verdicts. `stop_after`: pulled out after so many rows were told."""
        foretold = self.plan(file)
        house = the_house(self.studio.organization)
        self.last = []
        for report in carry_out(self.studio.organization, file, house, self.at, VAULT):
            self.last.append(report)
            if len(self.last) == stop_after:
                break
        said = [(one.row, one.verdict, one.called, one.sentence("en")) for one in self.last]
        assert said == [(one.row, one.verdict, one.called, one.sentence("en")) for one in foretold][: len(said)]
        return [one.verdict for one in self.last]

    def members(self, text: str, system: str = "", **choices: str) -> list[Verdict]:
        return self.do(wanted(Kind.MEMBERS, text, system, **choices))

    def passes(self, text: str, system: str = "") -> list[Verdict]:
        return self.do(wanted(Kind.PASSES, text, system))

    def reservations(self, text: str, system: str = "") -> list[Verdict]:
        return self.do(wanted(Kind.RESERVATIONS, text, system))

    def says(self, row: int) -> str:
        return next(one.sentence("en") for one in self.last if one.row == row)

    def everybody(self) -> list[str]:
        with reading():
            mine = MemberRow.select().where(MemberRow.organization == self.studio.organization)
            return [
                f"{row.number} {row.first_name} {row.last_name} {row.email} {row.phone}".strip()
                for row in mine.order_by(MemberRow.number)
            ]
