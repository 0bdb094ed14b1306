"""Webhooks: the addresses of other programs that want to hear the news, and each call made to one of them."""

from peewee import CharField, IntegerField, TextField

from server.store.rows import InstantField, Row, belongs_to, id_field, json_field, word_field
from server.store.tables_events import EventRow
from server.store.tables_house import StaffRow
from server.store.tables_studio import OrganizationRow


class WebhookEndpointRow(Row):
    """Another program's address. `secret`, `old_secret` open only with this installation's key.

    `kinds` is a JSON list of `core.events.EventKind`; empty: all that may be told. `failing_since`: the first failure
    since a call arrived. `rests_until`: after a failure. `ended_at`: deleted; its calls are kept.
    """

    id = id_field()
    organization = belongs_to(OrganizationRow)
    url = CharField(max_length=500)
    note = CharField(default="")
    kinds = json_field("[]")
    secret = TextField()
    old_secret = TextField(default="")
    old_until = InstantField(null=True)
    made_at = InstantField()
    made_by = belongs_to(StaffRow, null=True)
    paused_at = InstantField(null=True)
    paused_why = word_field(default="")
    paused_because = TextField(default="")
    failing_since = InstantField(null=True)
    rests_until = InstantField(null=True)
    ended_at = InstantField(null=True)

    class Meta:
        table_name = "webhook_endpoints"


class WebhookCallRow(Row):
    """One piece of news for one address, once. `event` null: a test. `state` is a `core.hooks.CallState`.

    `until_at`: tried no longer. `claimed_until`: somebody is sending it. `status`, `trouble`: of the last try.
    """

    id = id_field()
    organization = belongs_to(OrganizationRow, index=False)
    endpoint = belongs_to(WebhookEndpointRow, index=False)
    event = belongs_to(EventRow, null=True)
    kind = word_field()
    state = word_field()
    tries = IntegerField(default=0)
    made_at = InstantField()
    next_try_at = InstantField()
    until_at = InstantField()
    claimed_until = InstantField(null=True)
    tried_at = InstantField(null=True)
    status = IntegerField(null=True)
    trouble = word_field(default="")
    delivered_at = InstantField(null=True)

    class Meta:
        table_name = "webhook_calls"
        indexes = (
            (("endpoint", "event"), True),
            (("endpoint", "id"), False),
            (("endpoint", "state", "id"), False),
            (("state", "next_try_at"), False),
            (("organization", "state"), False),
        )


HOOK_TABLES: tuple[type[Row], ...] = (WebhookEndpointRow, WebhookCallRow)
