"""Every route answers whatever is sent to it within what it says of itself, and nothing sent breaks the server.

`TESSERA_API_EXAMPLES=20 pytest tests/server/test_api_schemathesis.py` looks longer, and at the limits of every field.
"""

import os
from typing import Any

import pytest
import schemathesis
from peewee import Database
from schemathesis.config import SchemathesisConfig
from schemathesis.engine import Status, from_schema
from schemathesis.engine.events import NonFatalError, ScenarioFinished

from server.api.app import make_app
from server.api.versions import NEWEST
from server.services.people.rights import Role
from tests.server.api_house import NOON, ApiHouse, furnished_house
from tests.server.studio import VAULT

EXAMPLES = int(os.environ.get("TESSERA_API_EXAMPLES", "0"))
"""Of each route in each phase. 0: few, and without the thousands of requests that try each field at its limits."""
FEW = 3
HELD = (
    "not_a_server_error",
    "status_code_conformance",
    "content_type_conformance",
    "response_schema_conformance",
    "response_headers_conformance",
    "ignored_auth",
)
LEFT_OUT = (
    "allow_header_conformance",
    "negative_data_rejection",
    "positive_data_acceptance",
    "missing_required_header",
    "unsupported_method",
    "use_after_free",
    "ensure_resource_availability",
    "object_level_authorization",
)
"""They guess what the API means. `test_api_matrix.py` knows."""


@pytest.mark.timeout(600)
def test_nothing_that_is_sent_breaks_the_server_or_gets_an_answer_outside_its_description(
    sqlite_database: Database,
) -> None:
    house = furnished_house()
    app = make_app(now=lambda: NOON, vault=VAULT)
    schema = schemathesis.openapi.from_asgi("/openapi.json", app, config=config(house))
    broken: list[str] = []
    asked: set[str] = set()
    for event in from_schema(schema).execute():
        if isinstance(event, NonFatalError):
            broken.append(f"{event.label}: {event.value!r}")
        if isinstance(event, ScenarioFinished):
            asked |= {f"{case.value.operation.label}" for case in event.recorder.cases.values()}
            if event.status in (Status.FAILURE, Status.ERROR):
                broken += failures(event)
    assert not broken, "\n\n".join(["", *dict.fromkeys(broken)])
    assert asked == {f"{method.upper()} {path}" for path, routes in app.openapi()["paths"].items() for method in routes}


def config(house: ApiHouse) -> SchemathesisConfig:
    """As its command line would be told in `schemathesis.toml`."""
    known = {name: {"values": [id_]} for name, id_ in house.ids.items()}
    chosen: dict[str, Any] = {}
    for name in known:
        camel = name.split("_")[0] + "Id"
        for place in (f"path.{name}", f"query.{camel}", f"body.{camel}"):
            chosen[place] = {"dictionary": name, "probability": 0.7}
    if not EXAMPLES:
        chosen["header.Tessera-Version"] = NEWEST
    return SchemathesisConfig.from_dict(
        {
            "seed": 20261121,
            "headers": {"Authorization": f"Bearer {house.program(Role.OWNER)}"},
            "generation": {
                "max-examples": EXAMPLES or FEW,
                "deterministic": True,
                "no-shrink": True,
                "database": "none",
            },
            "checks": {**{name: {"enabled": True} for name in HELD}, **{name: {"enabled": False} for name in LEFT_OUT}},
            "dictionaries": known,
            "parameters": chosen,
            **({} if EXAMPLES else {"phases": {"coverage": {"enabled": False}}}),
        }
    )


def failures(event: ScenarioFinished) -> list[str]:
    found: list[str] = []
    for id_, checks in event.recorder.checks.items():
        case: Any = event.recorder.cases[id_].value
        for check in checks:
            if check.failure_info is not None:
                told = event.recorder.interactions[id_].response
                body = told.content[:400] if told is not None else b""
                found.append(
                    f"{case.operation.label} {case.path_parameters} {case.query} {case.body!r:.300}\n"
                    f"{check.name}: {check.failure_info.failure!s:.600}\n{body!r}"
                )
    return found
