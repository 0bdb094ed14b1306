"""Every table, in an order in which they can be made. Services import their rows from here."""

from server.store.rows import Row
from server.store.tables_api import API_TABLES, ApiTokenRow, KeptAnswerRow
from server.store.tables_archive import ARCHIVE_TABLES, ArchiveBundleRow
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
from server.store.tables_features import FEATURE_TABLES, FeatureSwitchRow
from server.store.tables_fleet import FLEET_TABLES, SelfTestRow
from server.store.tables_hooks import HOOK_TABLES, WebhookCallRow, WebhookEndpointRow
from server.store.tables_house import (
    HOUSE_TABLES,
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
from server.store.tables_imports import IMPORT_TABLES, ImportedRecordRow
from server.store.tables_letters import (
    LETTER_TABLES,
    BouncingAddressRow,
    LetterRow,
    LetterWishRow,
    RemindedRow,
)
from server.store.tables_members import MEMBERS_TABLES, FindTicketRow, FindTryRow, HouseholdRow
from server.store.tables_night import NIGHT_TABLES, OutageRow
from server.store.tables_passes import PASSES_TABLES, PassChangeRow, PassPauseRow
from server.store.tables_penalties import PENALTY_TABLES, ContestRow
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
from server.store.tables_portal import (
    PORTAL_TABLES,
    CalendarFeedRow,
    MemberSessionRow,
    MemberSignInRow,
    SignInAskedRow,
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
from server.store.tables_waiting import WAITING_TABLES, WaitingRow

TABLES: tuple[type[Row], ...] = (
    STUDIO_TABLES
    + HOUSE_TABLES
    + PEOPLE_TABLES
    + ARCHIVE_TABLES
    + DOOR_TABLES
    + DESK_TABLES
    + NIGHT_TABLES
    + CARD_TABLES
    + STAFF_TABLES
    + MEMBERS_TABLES
    + FLEET_TABLES
    + EVENT_TABLES
    + LETTER_TABLES
    + PENALTY_TABLES
    + HOOK_TABLES
    + PASSES_TABLES
    + API_TABLES
    + PORTAL_TABLES
    + FEATURE_TABLES
    + WAITING_TABLES
    + IMPORT_TABLES
)

__all__ = [
    "TABLES",
    "ApiTokenRow",
    "ArchiveBundleRow",
    "AttemptRow",
    "BouncingAddressRow",
    "CalendarFeedRow",
    "CardRow",
    "ChangeRow",
    "ClassTypeRow",
    "ContestRow",
    "CopiedCardRow",
    "CoursePartRow",
    "CourseRow",
    "DeviceRow",
    "EventRow",
    "FeatureSwitchRow",
    "FindTicketRow",
    "FindTryRow",
    "HouseholdRow",
    "ImportedRecordRow",
    "InboxSettlementRow",
    "InstructorRow",
    "JobRunRow",
    "KeptAnswerRow",
    "LetterRow",
    "LetterWishRow",
    "MemberRow",
    "MemberSessionRow",
    "MemberSignInRow",
    "NoShowRow",
    "OrganizationRow",
    "OutageRow",
    "OverrideRow",
    "PairingCodeRow",
    "PassChangeRow",
    "PassPauseRow",
    "PassPlanRow",
    "PassRow",
    "PhoneLinkRow",
    "PolicyRow",
    "PunchRow",
    "QuarantineRow",
    "RemindedRow",
    "ReplicaMarkRow",
    "ReservationHistoryRow",
    "ReservationRow",
    "RoomRow",
    "Row",
    "SelfTestRow",
    "SessionInstructorRow",
    "SessionRow",
    "SignInAskedRow",
    "StaffActRow",
    "StaffCardRow",
    "StaffRow",
    "StaffSessionRow",
    "SupportRow",
    "SuspensionRow",
    "VenueRow",
    "VisitRow",
    "WaitingRow",
    "WebhookCallRow",
    "WebhookEndpointRow",
]
