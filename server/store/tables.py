"""Every table, in an order in which they can be made. Services import their rows from here."""

from server.store.rows import Row
from server.store.tables_cards import CARD_TABLES, CopiedCardRow, PhoneLinkRow
from server.store.tables_desk import DESK_TABLES, InboxSettlementRow
from server.store.tables_door import (
    DOOR_TABLES,
    AttemptRow,
    NoShowRow,
    QuarantineRow,
    ReservationHistoryRow,
    ReservationRow,
    SupportRow,
    VisitRow,
)
from server.store.tables_events import EVENT_TABLES, EventRow
from server.store.tables_fleet import FLEET_TABLES, SelfTestRow
from server.store.tables_house import (
    HOUSE_TABLES,
    ApiTokenRow,
    ChangeRow,
    DeviceRow,
    JobRunRow,
    PairingCodeRow,
    PolicyRow,
    ReplicaMarkRow,
    StaffCardRow,
    StaffRow,
    StaffSessionRow,
)
from server.store.tables_members import MEMBERS_TABLES, FindTicketRow, FindTryRow, HouseholdRow
from server.store.tables_night import NIGHT_TABLES, OutageRow
from server.store.tables_people import (
    PEOPLE_TABLES,
    CardRow,
    MemberRow,
    OverrideRow,
    PassPlanRow,
    PassRow,
    PunchRow,
    SuspensionRow,
)
from server.store.tables_staff import STAFF_TABLES, StaffActRow
from server.store.tables_studio import (
    STUDIO_TABLES,
    ClassTypeRow,
    CoursePartRow,
    CourseRow,
    InstructorRow,
    OrganizationRow,
    RoomRow,
    SessionInstructorRow,
    SessionRow,
    VenueRow,
)

TABLES: tuple[type[Row], ...] = (
    STUDIO_TABLES
    + HOUSE_TABLES
    + PEOPLE_TABLES
    + DOOR_TABLES
    + DESK_TABLES
    + NIGHT_TABLES
    + CARD_TABLES
    + STAFF_TABLES
    + MEMBERS_TABLES
    + FLEET_TABLES
    + EVENT_TABLES
)

__all__ = [
    "TABLES",
    "ApiTokenRow",
    "AttemptRow",
    "CardRow",
    "ChangeRow",
    "ClassTypeRow",
    "CopiedCardRow",
    "CoursePartRow",
    "CourseRow",
    "DeviceRow",
    "EventRow",
    "FindTicketRow",
    "FindTryRow",
    "HouseholdRow",
    "InboxSettlementRow",
    "InstructorRow",
    "JobRunRow",
    "MemberRow",
    "NoShowRow",
    "OrganizationRow",
    "OutageRow",
    "OverrideRow",
    "PairingCodeRow",
    "PassPlanRow",
    "PassRow",
    "PhoneLinkRow",
    "PolicyRow",
    "PunchRow",
    "QuarantineRow",
    "ReplicaMarkRow",
    "ReservationHistoryRow",
    "ReservationRow",
    "RoomRow",
    "Row",
    "SelfTestRow",
    "SessionInstructorRow",
    "SessionRow",
    "StaffActRow",
    "StaffCardRow",
    "StaffRow",
    "StaffSessionRow",
    "SupportRow",
    "SuspensionRow",
    "VenueRow",
    "VisitRow",
]
