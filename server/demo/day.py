"""The fake day as a list: what is on at Kiln & Co. around this moment, who belongs, and what is special about each.

Minutes count from now. Nothing here touches a row; `studio.py` makes rows of it.
"""

from dataclasses import dataclass

from core.model import PassType

ORGANIZATION, COLOUR = "Kiln & Co.", "#c8553d"
STAFF_PIN = "482917"
"""The owner's at a kiosk, with the staff card or while the server is there. Written here, so a demo's only."""
ZONES = (
    "Europe/Berlin",
    "America/New_York",
    "America/Los_Angeles",
    "Asia/Kolkata",
    "Asia/Tokyo",
    "Pacific/Auckland",
    "Pacific/Honolulu",
    "America/Sao_Paulo",
)
"""The studio stands in the first of these where it is afternoon, so that the fake day never meets midnight."""


@dataclass(frozen=True, slots=True)
class ClassType:
    """`may_walk_in`: without a reservation, too."""

    name: str
    may_walk_in: bool = True


@dataclass(frozen=True, slots=True)
class PlannedSession:
    """`starts` and `lasts` in minutes. `part` of the course, where the class type is the course's."""

    key: str
    venue: str
    room: str
    class_type: str
    instructor: str
    starts: int
    lasts: int
    capacity: int
    part: int | None = None
    is_open_studio: bool = False


@dataclass(frozen=True, slots=True)
class Plan:
    """What is sold. `class_types` empty: all that is not a course."""

    key: str
    title: str
    type: PassType
    punches: int | None = None
    valid_days: int | None = 180
    class_types: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PlannedMember:
    """`plan` with `punches` left of it (None: all); `reserved` and `came` name sessions; `expired`: the pass ran out.

    `born` is an ISO date, by whose day and month a kiosk finds them without a card; `leads` are the first names of
    those whom their card brings in; whoever has an `email` signs in by themselves. `special` is what the card shows
    about the product; members without one fill the house and carry no demo card.
    """

    first_name: str
    last_name: str
    plan: str | None
    special: str = ""
    punches: int | None = None
    reserved: tuple[str, ...] = ()
    came: tuple[str, ...] = ()
    language: str = "en"
    is_suspended: bool = False
    has_expired: bool = False
    born: str | None = None
    leads: tuple[str, ...] = ()
    email: str = ""


HARBOUR, YARD = "Harbour Street", "The Yard"
ROOMS = {HARBOUR: ("Wheel Room", "Hand Room", "Glaze Room"), YARD: ("Kiln Yard", "Loft")}
INSTRUCTORS = ("Marta Silva", "Jonas Weber", "Priya Nair")
CLASS_TYPES = (
    ClassType("Open studio"),
    ClassType("Wheel throwing I", may_walk_in=False),
    ClassType("Glaze lab", may_walk_in=False),
    ClassType("Kids’ clay", may_walk_in=False),
    ClassType("Raku evening", may_walk_in=False),
    ClassType("Mug building", may_walk_in=False),
)
COURSE, COURSE_PARTS = "Mug building", ("Pulling the wall", "The handle", "Glaze and fire")

SESSIONS = (
    PlannedSession("morning", HARBOUR, "Wheel Room", "Wheel throwing I", "Jonas Weber", -420, 150, 12),
    PlannedSession("kids", HARBOUR, "Hand Room", "Kids’ clay", "Priya Nair", -100, 90, 10),
    PlannedSession("open", HARBOUR, "Hand Room", "Open studio", "Jonas Weber", -35, 180, 12, is_open_studio=True),
    PlannedSession("wheel", HARBOUR, "Wheel Room", "Wheel throwing I", "Marta Silva", 20, 150, 16),
    PlannedSession("mugs", HARBOUR, "Hand Room", "Mug building", "Marta Silva", 40, 120, 8, part=2),
    PlannedSession("glaze", HARBOUR, "Glaze Room", "Glaze lab", "Priya Nair", 55, 90, 8),
    PlannedSession("raku", HARBOUR, "Wheel Room", "Raku evening", "Marta Silva", 190, 120, 10),
    PlannedSession("mugs-before", HARBOUR, "Hand Room", "Mug building", "Marta Silva", -7 * 1440 + 40, 120, 8, part=1),
    PlannedSession("tomorrow", HARBOUR, "Wheel Room", "Wheel throwing I", "Marta Silva", 1440 + 20, 150, 16),
    PlannedSession("yard-over", YARD, "Loft", "Glaze lab", "Priya Nair", -180, 120, 8),
    PlannedSession("yard-open", YARD, "Kiln Yard", "Open studio", "Jonas Weber", -20, 240, 20, is_open_studio=True),
    PlannedSession("yard-raku", YARD, "Kiln Yard", "Raku evening", "Marta Silva", 60, 120, 10),
)

PLANS = (
    Plan("ten", "Ten wheel sessions", PassType.PUNCH_PASS, punches=10),
    Plan("studio", "Studio series", PassType.UNLIMITED_SERIES, valid_days=90),
    Plan("wheel", "Wheel series", PassType.UNLIMITED_SERIES, valid_days=90, class_types=("Wheel throwing I",)),
    Plan("course", "Mug building, the course", PassType.FULL_COURSE, valid_days=120),
)

MEMBERS = (
    PlannedMember(
        "Ana",
        "Ferreira",
        "ten",
        "punch pass with many left",
        punches=8,
        reserved=("wheel", "tomorrow"),
        born="1990-12-04",
        email="ana@kiln.example",
    ),
    PlannedMember("Noor", "Haddad", "studio", "unlimited", reserved=("glaze",)),
    PlannedMember("Ben", "Adeyemi", "ten", "punch pass with one left", punches=1, reserved=("wheel",)),
    PlannedMember("Elif", "Demir", "course", "course in the middle", reserved=("mugs",), came=("mugs-before",)),
    PlannedMember("Dan", "Okafor", "studio", "suspended", reserved=("wheel",), is_suspended=True),
    PlannedMember("Tomás", "Herrera", "studio", "two sessions to choose from", reserved=("wheel", "glaze")),
    PlannedMember("Bob", "Tanaka", "ten", "pass run out", punches=0),
    PlannedMember(
        "Mia", "Brandt", "studio", "no reservation, walks in to open studio", language="de", born="1987-05-21"
    ),
    PlannedMember("Yuki", "Mori", "wheel", "no reservation where one is needed"),
    PlannedMember("Clara", "Weiss", "ten", "too early", punches=5, reserved=("raku",), language="de"),
    PlannedMember("Leo", "Novak", "studio", "pass expired", has_expired=True),
    PlannedMember("Priscila", "Duarte", "ten", "late for open studio", punches=4, reserved=("open",)),
    PlannedMember("ليلى", "حداد", "studio", "name in Arabic letters", reserved=("glaze",)),
    PlannedMember("小雨", "王", "ten", "name in Chinese letters", punches=10, reserved=("wheel",)),
    PlannedMember("Maximiliane-Alexandra", "von Hohenstein-Lichtenberg", "studio", "a long name", reserved=("glaze",)),
    PlannedMember("Grace", "Lim", "studio", reserved=("wheel",), came=("morning", "open")),
    PlannedMember("Hugo", "Bianchi", "ten", punches=6, came=("morning", "open")),
    PlannedMember("Ines", "Rocha", "studio", reserved=("wheel",), came=("morning", "open")),
    PlannedMember("Jack", "Byrne", "studio", reserved=("wheel",), came=("morning",)),
    PlannedMember("Kofi", "Mensah", "studio", reserved=("wheel", "raku"), came=("open",)),
    PlannedMember("Lena", "Vogt", "studio", reserved=("glaze", "raku"), came=("kids",)),
    PlannedMember("Mateo", "Ruiz", "ten", punches=3, reserved=("wheel",), came=("kids",)),
    PlannedMember("Nadia", "Petrov", "studio", reserved=("wheel", "raku"), came=("open",)),
    PlannedMember("Omar", "Said", "studio", reserved=("kids", "raku")),
    PlannedMember(
        "Petra",
        "Klein",
        "studio",
        "leads a household: one card for three",
        reserved=("open",),
        came=("kids",),
        born="1984-02-17",
        leads=("Finn", "Emma"),
    ),
    PlannedMember("Quinn", "Foley", "ten", punches=7, reserved=("glaze",), came=("kids",)),
    PlannedMember("Rosa", "Marin", "studio", reserved=("wheel",), came=("kids",)),
    PlannedMember("Sami", "Koskinen", "course", reserved=("mugs",), came=("mugs-before",)),
    PlannedMember("Tara", "Singh", "course", reserved=("mugs",), came=("mugs-before",)),
    PlannedMember("Uwe", "Lang", "studio", reserved=("yard-raku",), came=("yard-over", "yard-open")),
    PlannedMember("Vera", "Costa", "studio", reserved=("yard-raku",), came=("yard-over",)),
    PlannedMember("Wim", "de Boer", "studio", reserved=("yard-over",), came=("yard-open",)),
    PlannedMember("Finn", "Klein", "studio", born="2014-08-30"),
    PlannedMember("Emma", "Klein", "ten", punches=0, born="2016-11-09"),
)
