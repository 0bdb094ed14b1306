"""Features switched on and off for one organization."""

from peewee import BooleanField, TextField

from server.store.rows import InstantField, Row, belongs_to, id_field, word_field
from server.store.tables_house import StaffRow
from server.store.tables_studio import OrganizationRow


class FeatureSwitchRow(Row):
    """A feature was switched. The newest row of a feature (a `core.features.Feature`) says how it stands."""

    id = id_field()
    organization = belongs_to(OrganizationRow, index=False)
    feature = word_field()
    is_on = BooleanField()
    staff = belongs_to(StaffRow, null=True)
    because = TextField(default="")
    made_at = InstantField()

    class Meta:
        table_name = "feature_switches"
        indexes = ((("organization", "feature", "id"), False),)


FEATURE_TABLES: tuple[type[Row], ...] = (FeatureSwitchRow,)
