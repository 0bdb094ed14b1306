"""The studio: venues, rooms, class types, courses, sessions."""

from typing import Any

from peewee import BigIntegerField, BooleanField, CharField, ForeignKeyField, IntegerField, Model, TextField


def up(migrator: Any, db: Any) -> None:
    class Organization(Model):
        id = CharField(primary_key=True, max_length=80)
        name = CharField()
        colour = CharField(max_length=40, default="")
        language = CharField(max_length=40, default="en")
        replica_version = BigIntegerField(default=0)
        created_at = BigIntegerField()

        class Meta:
            database = db
            legacy_table_names = False
            table_name = "organizations"

    class Venue(Model):
        id = CharField(primary_key=True, max_length=80)
        organization = ForeignKeyField(Organization, on_delete="RESTRICT")
        name = CharField()
        zone = CharField(max_length=40, default="UTC")

        class Meta:
            database = db
            legacy_table_names = False
            table_name = "venues"

    class Room(Model):
        id = CharField(primary_key=True, max_length=80)
        organization = ForeignKeyField(Organization, on_delete="RESTRICT")
        venue = ForeignKeyField(Venue, on_delete="RESTRICT")
        name = CharField()

        class Meta:
            database = db
            legacy_table_names = False
            table_name = "rooms"

    class Instructor(Model):
        id = CharField(primary_key=True, max_length=80)
        organization = ForeignKeyField(Organization, on_delete="RESTRICT")
        name = CharField()

        class Meta:
            database = db
            legacy_table_names = False
            table_name = "instructors"

    class ClassType(Model):
        id = CharField(primary_key=True, max_length=80)
        organization = ForeignKeyField(Organization, on_delete="RESTRICT")
        name = CharField()
        colour = CharField(max_length=40, default="")

        class Meta:
            database = db
            legacy_table_names = False
            table_name = "class_types"

    class Course(Model):
        id = CharField(primary_key=True, max_length=80)
        organization = ForeignKeyField(Organization, on_delete="RESTRICT")
        name = CharField()
        class_type = ForeignKeyField(ClassType, on_delete="RESTRICT")

        class Meta:
            database = db
            legacy_table_names = False
            table_name = "courses"

    class CoursePart(Model):
        id = CharField(primary_key=True, max_length=80)
        organization = ForeignKeyField(Organization, on_delete="RESTRICT", index=False)
        course = ForeignKeyField(Course, on_delete="RESTRICT", index=False)
        part = IntegerField()
        title = CharField()

        class Meta:
            database = db
            legacy_table_names = False
            table_name = "course_parts"
            indexes = ((("course", "part"), True),)

    class Session(Model):
        id = CharField(primary_key=True, max_length=80)
        organization = ForeignKeyField(Organization, on_delete="RESTRICT", index=False)
        venue = ForeignKeyField(Venue, on_delete="RESTRICT", index=False)
        room = ForeignKeyField(Room, null=True, on_delete="RESTRICT")
        class_type = ForeignKeyField(ClassType, on_delete="RESTRICT")
        course = ForeignKeyField(Course, null=True, on_delete="RESTRICT")
        part = IntegerField(null=True)
        title = CharField(default="")
        is_makeup = BooleanField(default=False)
        is_open_studio = BooleanField(default=False)
        starts_at = BigIntegerField()
        ends_at = BigIntegerField()
        capacity = IntegerField()
        cancelled_at = BigIntegerField(null=True)
        cancelled_because = TextField(default="")

        class Meta:
            database = db
            legacy_table_names = False
            table_name = "sessions"
            indexes = (
                (("venue", "starts_at"), False),
                (("organization", "starts_at"), False),
                (("organization", "ends_at"), False),
            )

    class SessionInstructor(Model):
        id = CharField(primary_key=True, max_length=80)
        organization = ForeignKeyField(Organization, on_delete="RESTRICT", index=False)
        session = ForeignKeyField(Session, on_delete="RESTRICT", index=False)
        instructor = ForeignKeyField(Instructor, on_delete="RESTRICT")

        class Meta:
            database = db
            legacy_table_names = False
            table_name = "session_instructors"
            indexes = ((("session", "instructor"), True),)

    db.create_tables([Organization, Venue, Room, Instructor, ClassType, Course, CoursePart, Session, SessionInstructor])
