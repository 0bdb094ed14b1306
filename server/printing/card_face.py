"""What stands on one card, as given by whoever prints, checked and cleaned before anything is drawn."""

from dataclasses import dataclass, replace
from io import BytesIO

from PIL import Image, UnidentifiedImageError

from core.cards import Code
from core.errors import Invalid
from server.printing.colours import rgb_of
from server.printing.typeface import letters_without_a_font, printable

MOST_LOGO_PIXELS = 16_000_000


@dataclass(frozen=True, kw_only=True, slots=True)
class CardWords:
    """The few printed words, in the studio's language. `hold` stands at the dark edge, `scale` under a sheet."""

    member: str = "Member"
    since: str = "Since"
    hold: str = "Hold here"
    scale: str = "50 mm, at 100 %"
    until: str = "Temporary, until"


@dataclass(frozen=True, kw_only=True, slots=True)
class CardFace:
    """One card. `colour` is the studio's, `#rrggbb`; `logo` the bytes of a PNG or JPEG, drawn in place of the mark.

    Either name may be empty; `since_year` may be unknown. `good_until`: a temporary card says it in place of both.
    `team`: what the studio calls its staff; with it this is a staff card, which has neither number nor year.
    """

    studio_name: str
    colour: str
    first_name: str
    last_name: str
    member_number: str
    since_year: int | None
    code: Code
    logo: bytes | None = None
    words: CardWords = CardWords()
    good_until: str = ""
    team: str = ""


def letters_missing_on(face: CardFace) -> str:
    """The characters on this card that no font here can draw; empty when it can be printed as it is."""
    words = face.words
    everything = (face.studio_name, face.first_name, face.last_name, face.member_number, face.team)
    return letters_without_a_font(
        "".join((*everything, words.member, words.since, words.hold, words.scale, words.until))
    )


def checked(face: CardFace) -> CardFace:
    """The face with its texts made printable. `Invalid` for a letter without a font, a bad colour, a broken logo."""
    rgb_of(face.colour)
    if missing := letters_missing_on(face):
        if face.team:
            raise Invalid("staff_card.letters_without_a_font", letters=missing, name=face.first_name)
        raise Invalid("card.letters_without_a_font", letters=missing, member_number=face.member_number)
    if face.logo is not None:
        picture_of(face.logo)
    first, last = printable(face.first_name), printable(face.last_name)
    return replace(
        face,
        studio_name=printable(face.studio_name),
        first_name=first or last,
        last_name=last if first else "",
        member_number=printable(face.member_number),
        team=printable(face.team),
    )


def picture_of(logo: bytes) -> Image.Image:
    """The logo, opened, with transparency. `Invalid` if it is no picture or larger than 16 megapixels."""
    try:
        with Image.open(BytesIO(logo), formats=("PNG", "JPEG", "WEBP")) as picture:
            if picture.width * picture.height > MOST_LOGO_PIXELS:
                raise Invalid("card.logo_unreadable")
            return picture.convert("RGBA")
    except (UnidentifiedImageError, OSError, ValueError, Image.DecompressionBombError) as cause:
        raise Invalid("card.logo_unreadable") from cause
