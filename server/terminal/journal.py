"""`tessera journal import`: what a kiosk held that had to be emptied by hand, taken in as if it had told it."""

from datetime import datetime
from pathlib import Path

from rich.console import Console
from rich.progress import track
from rich.table import Table

from core.errors import Invalid, NotFound
from core.protocol import Effect
from server.services.door.vault import CodeVault
from server.services.fleet.emptied import Emptied, take_in_export
from server.services.people.organizations import only_organization
from server.services.people.rights import the_house
from server.settings import Settings
from server.terminal.database import opened

WORDS = {
    Effect.APPLIED: "recorded, and settled",
    Effect.DISPUTED: "recorded as shown; staff look at it, since the server would have refused",
    Effect.DUPLICATE: "known already",
    Effect.QUARANTINED: "kept in quarantine for staff to look at",
}


def import_journal(settings: Settings, file: Path, at: datetime, progress: Console) -> tuple[Table, str]:
    """(a line an effect, what to do now). Raises `Invalid` for another file, `NotFound` for another studio's."""
    lines = _lines(file)
    with opened(settings):
        organization_id = only_organization()
        if organization_id is None:
            raise NotFound("organization.none")
        told = track(lines, "Taking in", console=progress, transient=True, disable=not progress.is_terminal)
        emptied = take_in_export(organization_id, told, the_house(organization_id), at, CodeVault(settings.secret_key))
    table = Table("Attempts", "Became")
    for effect, words in WORDS.items():
        if effect in emptied.effects:
            table.add_row(str(emptied.effects[effect]), words)
    if emptied.unreadable:
        table.add_row(str(emptied.unreadable), "lines that are no attempts; each is in quarantine as it stands")
    return table, _in_words(emptied)


def _lines(file: Path) -> list[str]:
    try:
        return file.read_text("utf-8", errors="backslashreplace").splitlines()
    except OSError as trouble:
        raise Invalid("file.cannot_be_read", file=str(file), why=trouble.strerror or str(trouble)) from trouble


def _in_words(emptied: Emptied) -> str:
    count = sum(emptied.effects.values()) + emptied.unreadable
    said = [f"{count} lines of {emptied.kiosk_name} are held now; importing the file again changes nothing."]
    if emptied.missing:
        said.append(f"The file says it had {emptied.missing} more: it was cut off on the way.")
    if emptied.is_revoked:
        said.append("The kiosk was revoked, so nothing it says counts by itself.")
    elif not emptied.missing:
        said.append("If the kiosk does not come back, retire it on its page, so that the night waits for it no more.")
    return " ".join(said)
