"""Many members at once wait in line: by their ids, so that two who lock the same never wait for each other."""

from collections.abc import Collection

from peewee import ModelSelect

from server.store.database import for_update, is_postgresql
from server.store.many import among
from server.store.tables import MemberRow


def lock_members(ids: Collection[str] | ModelSelect) -> None:
    """Everything about them queues here, as `lock_member` does it for one. On SQLite whoever writes is alone."""
    if is_postgresql():
        which = MemberRow.id.in_(ids) if isinstance(ids, ModelSelect) else among(MemberRow.id, ids)
        list(for_update(MemberRow.select(MemberRow.id).where(which).order_by(MemberRow.id)).tuples())
