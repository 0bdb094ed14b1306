"""A member's phone in stories: a link that staff gave, and the code it shows at a moment."""

from dataclasses import dataclass, replace
from datetime import datetime

from core import cards, phone_codes
from core.phone_codes import PhoneCode
from core.protocol import Attempt
from server.services.fleet.phone_links import GivenLink, give_phone_link
from server.services.people.rights import the_house
from server.store.database import reading
from server.store.tables import CardRow, PhoneLinkRow
from tests.server.door_stories import StoryKiosk
from tests.server.studio import SIX_PM, VAULT, Studio, before

FIVE_PM = before(60)


@dataclass(frozen=True, kw_only=True, slots=True)
class StoryPhone:
    """`secret` is the server's; the phone itself gets links of the chain only."""

    link: GivenLink
    phone_id: str
    secret: bytes

    def code(self, at: datetime = SIX_PM) -> PhoneCode:
        return phone_codes.code_at(self.secret, self.phone_id, phone_codes.step_at(at))

    def held_up(
        self, kiosk: StoryKiosk, at: datetime, *, code_of: datetime | None = None, is_known: bool = True
    ) -> Attempt:
        """As the kiosk writes it down; `code_of`: a picture of another code. A kiosk that knows it names the step."""
        shown_of = code_of or at
        code = self.code(shown_of)
        step = phone_codes.step_at(shown_of) if is_known else None
        drafted = kiosk.show(cards.new_code(lambda bits: 1), at)
        proof = cards.proof(code.proof_key(), drafted.attempt_id)
        return replace(drafted, card=code.fingerprint, proof=proof, phone_step=step)


def phone_of(studio: Studio, member: str, at: datetime = FIVE_PM) -> StoryPhone:
    link = give_phone_link(studio.organization, member, the_house(studio.organization), at, VAULT)
    with reading():
        row = PhoneLinkRow.get(PhoneLinkRow.card == link.card_id)
        assert CardRow.get_by_id(link.card_id).member_id == member
    return StoryPhone(link=link, phone_id=row.phone_id, secret=VAULT.open_phone(row.secret_encrypted))
