"""What a member settles by themselves: the language they are spoken to in, and the code on their phone."""

from datetime import datetime

from core.errors import Invalid
from core.messages import LANGUAGES
from server.services.door.facts import lock_member
from server.services.door.vault import CodeVault
from server.services.fleet.households import seal_household
from server.services.people.rights import Asker
from server.services.portal.signing_in import themselves
from server.store.database import writing


def set_language(organization_id: str, language: str, by: Asker, at: datetime, vault: CodeVault) -> None:
    """From now on pages, letters and kiosks speak it, also a kiosk that is alone: it stands in the card's seal.

    Raises `Invalid` for one that is not spoken here, `Forbidden`.
    """
    if language not in LANGUAGES:
        raise Invalid("field.not_understood", field="language", given=language[:40])
    with writing():
        member = themselves(organization_id, by)
        row = lock_member(organization_id, member.id)
        row.language = language
        row.save()
        seal_household(organization_id, member.id, vault)
