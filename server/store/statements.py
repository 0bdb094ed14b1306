"""How peewee's queries become text, quicker.

Half of the server's time went into writing SQL: peewee walks five nodes to write `"t1"."id"`, and ten for
`"t1"."id" = ?`. Here what nearly every query is made of is written at once, and all the rest is left to peewee;
`tests/server/test_statements.py` holds the text to peewee's own.
"""

from datetime import datetime
from typing import Any

from peewee import SCOPE_VALUES, Context, Expression, Field, NodeList, Value

PLAIN = frozenset({str, int, float, bool, datetime})
"""What stands for itself in a query: a `?` and a value."""
LISTED = frozenset({list, tuple, set, frozenset})


class QuickContext(Context):
    """Writes every query as peewee's own does, letter by letter."""

    __slots__ = ()

    def sql(self, obj: Any) -> Any:
        kind = type(obj)
        if kind is Expression:
            is_written = self._wrote_condition(obj)
        elif kind is NodeList:
            is_written = self._wrote_list(obj)
        elif isinstance(obj, Field):
            is_written = self._wrote_column(obj)
        else:
            is_written = False
        return self if is_written else super().sql(obj)

    def _wrote_column(self, field: Field) -> bool:
        """A column, by its table's alias where it is not about to be written."""
        if not _is_plain_column(field):
            return False
        if self.state.scope == SCOPE_VALUES:
            self._sql.append(f'"{field.column_name}"')
        else:
            self._sql.append(f'"{self.alias_manager[field.model._meta.table]}"."{field.column_name}"')
        return True

    def _wrote_list(self, listed: NodeList) -> bool:
        """`a, b`, or `(a, b)` of nothing but values and columns."""
        nodes = listed.nodes
        if not nodes or self.state.parentheses or (listed.parens and not all(map(_stands_alone, nodes))):
            return False
        if listed.parens:
            self._sql.append("(")
        is_first = True
        for node in nodes:
            if not is_first:
                self._sql.append(listed.glue)
            self.sql(node)
            is_first = False
        if listed.parens:
            self._sql.append(")")
        return True

    def _wrote_condition(self, condition: Expression) -> bool:
        """`(a AND b)` of two conditions, and `(column = ?)`."""
        left, right = condition.lhs, condition.rhs
        if condition.flat:
            return False
        if type(left) is Expression and type(right) is Expression:
            self._sql.append("(")
            self.sql(left)
            self._sql.append(f" {self._operator(condition)} ")
            self.sql(right)
            self._sql.append(")")
            return True
        if not isinstance(left, Field) or not left._coerce or not _is_plain_column(left) or self.state.value_literals:
            return False
        if type(right) in PLAIN:
            values, marks = [right], self._mark()
        elif type(right) in LISTED and right and PLAIN.issuperset(map(type, right)):
            values = list(right)
            marks = f"({', '.join([self._mark()] * len(values))})"
        else:
            return False
        self._sql.append("(")
        self._wrote_column(left)
        self._sql.append(f" {self._operator(condition)} {marks})")
        self._values.extend(map(left.db_value, values))
        return True

    def _operator(self, condition: Expression) -> str:
        return str((self.state.operations or {}).get(condition.op, condition.op))

    def _mark(self) -> str:
        return str(self.state.param or "?")


def _is_plain_column(field: Field) -> bool:
    return field.model._meta.table._alias is None and type(field).__sql__ is Field.__sql__


def _stands_alone(node: Any) -> bool:
    return (type(node) is Value and not node.multi) or isinstance(node, Field)
