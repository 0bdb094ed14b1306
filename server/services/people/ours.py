"""Rows of this organization, or `NotFound`: what belongs to another is not there at all."""

from typing import TypeVar

from core.errors import NotFound
from server.store.tables import Row

T = TypeVar("T", bound=Row)


def ours(table: type[T], organization_id: str, id_: str, noun: str) -> T:
    """The row. `noun` names it in the error's code, such as `member` in `member.not_found`."""
    is_it = (table.id == id_) & (table.organization == organization_id)
    row = table.get_or_none(is_it)
    if row is None:
        raise NotFound(f"{noun}.not_found", id=id_)
    return row


def all_ours(table: type[T], organization_id: str, ids: tuple[str, ...], noun: str) -> None:
    """Nothing, if each is there and ours. Raises `NotFound` with the first that is not."""
    for id_ in ids:
        ours(table, organization_id, id_, noun)
