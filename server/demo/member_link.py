"""A link by which whoever looks at the demo signs in as one of its members, made anew each time the demo starts."""

from datetime import datetime
from pathlib import Path

from server.services.door.vault import CodeVault
from server.services.people.rights import the_house
from server.services.portal.links import own_link
from server.settings import Settings
from server.store.database import bind, open_database, release
from server.store.migrating import migrate


def write_member_link(folder: Path, organization_id: str, member_id: str, *, server: str, at: datetime) -> str:
    """Into `member-link.txt`, for its owner's eyes; also the text. Good once, for a quarter of an hour.

    Empty for a folder without a database.
    """
    if not (folder / "tessera.db").exists():
        return ""
    settings = Settings.from_environment({"TESSERA_DATA": str(folder)})
    database = open_database(settings.database_url)
    bind(database)
    try:
        migrate(database)
        vault = CodeVault(settings.secret_key)
        link = own_link(organization_id, member_id, the_house(organization_id), at, vault, server)
    finally:
        release(database)
    written = folder / "member-link.txt"
    written.touch(mode=0o600)
    written.write_text(f"{link}\n", encoding="utf-8")
    return link
