"""The studio itself: its venues and rooms, what is taught there, by whom and when."""

from peewee import BigIntegerField, BooleanField, CharField, IntegerField, TextField

from server.store.rows import InstantField, Row, belongs_to, id_field, word_field


class OrganizationRow(Row):
    """`replica_version` counts every change that a kiosk must hear of, see services/door/changes.py."""

    id = id_field()
    name = CharField()
    colour = word_field(default="")
    language = word_field(default="en")
    replica_version = BigIntegerField(default=0)
    created_at = InstantField()

    class Meta:
        table_name = "organizations"


class VenueRow(Row):
    id = id_field()
    organization = belongs_to(OrganizationRow)
    name = CharField()
    zone = word_field(default="UTC")

    class Meta:
        table_name = "venues"


class RoomRow(Row):
    id = id_field()
    organization = belongs_to(OrganizationRow)
    venue = belongs_to(VenueRow)
    name = CharField()

    class Meta:
        table_name = "rooms"


class InstructorRow(Row):
    id = id_field()
    organization = belongs_to(OrganizationRow)
    name = CharField()

    class Meta:
        table_name = "instructors"


class ClassTypeRow(Row):
    id = id_field()
    organization = belongs_to(OrganizationRow)
    name = CharField()
    colour = word_field(default="")

    class Meta:
        table_name = "class_types"


class CourseRow(Row):
    """A series of parts, numbered from 1."""

    id = id_field()
    organization = belongs_to(OrganizationRow)
    name = CharField()
    class_type = belongs_to(ClassTypeRow)

    class Meta:
        table_name = "courses"


class CoursePartRow(Row):
    id = id_field()
    organization = belongs_to(OrganizationRow, index=False)
    course = belongs_to(CourseRow, index=False)
    part = IntegerField()
    title = CharField()

    class Meta:
        table_name = "course_parts"
        indexes = ((("course", "part"), True),)


class SessionRow(Row):
    """One class at a time and place. `title` empty: the class type's name.

    `is_free`: nobody pays. `drop_in_cents`: what coming without a pass costs, in hundredths of the studio's currency;
    empty: there are no drop-ins.
    """

    id = id_field()
    organization = belongs_to(OrganizationRow, index=False)
    venue = belongs_to(VenueRow, index=False)
    room = belongs_to(RoomRow, null=True)
    class_type = belongs_to(ClassTypeRow)
    course = belongs_to(CourseRow, null=True)
    part = IntegerField(null=True)
    title = CharField(default="")
    is_makeup = BooleanField(default=False)
    is_open_studio = BooleanField(default=False)
    starts_at = InstantField()
    ends_at = InstantField()
    capacity = IntegerField()
    cancelled_at = InstantField(null=True)
    cancelled_because = TextField(default="")
    is_free = BooleanField(default=False)
    drop_in_cents = IntegerField(null=True)

    class Meta:
        table_name = "sessions"
        indexes = (
            (("venue", "starts_at"), False),
            (("organization", "starts_at"), False),
            (("organization", "ends_at"), False),
        )


SessionRow.add_index(
    SessionRow.index(SessionRow.id, unique=True, where=SessionRow.course.is_null(False), name="sessions_of_courses")
)


class SessionInstructorRow(Row):
    id = id_field()
    organization = belongs_to(OrganizationRow, index=False)
    session = belongs_to(SessionRow, index=False)
    instructor = belongs_to(InstructorRow)

    class Meta:
        table_name = "session_instructors"
        indexes = ((("session", "instructor"), True),)


STUDIO_TABLES: tuple[type[Row], ...] = (
    OrganizationRow,
    VenueRow,
    RoomRow,
    InstructorRow,
    ClassTypeRow,
    CourseRow,
    CoursePartRow,
    SessionRow,
    SessionInstructorRow,
)
