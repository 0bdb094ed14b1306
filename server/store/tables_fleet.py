"""What kiosks found when they looked at themselves."""

from peewee import BooleanField

from server.store.rows import InstantField, Row, belongs_to, id_field, json_field, word_field
from server.store.tables_house import DeviceRow
from server.store.tables_studio import OrganizationRow


class SelfTestRow(Row):
    """One self-test that its kiosk had signed. `findings` is JSON: check, verdict, word and figures of each."""

    id = id_field()
    organization = belongs_to(OrganizationRow)
    device = belongs_to(DeviceRow, index=False)
    made_at = InstantField()
    told_at = InstantField()
    is_attended = BooleanField()
    verdict = word_field()
    findings = json_field("[]")

    class Meta:
        table_name = "self_tests"
        indexes = ((("device", "made_at"), True),)


FLEET_TABLES: tuple[type[Row], ...] = (SelfTestRow,)
