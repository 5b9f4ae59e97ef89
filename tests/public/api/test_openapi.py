"""The API's description of itself, and whether the API does what it says.

Schemathesis makes requests from the description, sound ones and broken ones,
and holds every answer to it. A larger run: ``make fuzz-api``.
"""

import pytest
import schemathesis
from django.core.wsgi import get_wsgi_application
from hypothesis import HealthCheck
from hypothesis import settings as bounded
from openapi_spec_validator import OpenAPIV31SpecValidator
from schemathesis.checks import load_all_checks

from reports.exporters.page import LICENSE_ADDRESS, LICENSE_NAME
from reports.models import Division
from reports.public.api.addresses import api
from reports.workflow import State
from tests.factories import make_agency, make_division
from tests.fuzz.sound_cursors import leave_out_made_up_cursor
from tests.public.shelf import put_out

pytestmark = pytest.mark.django_db
EXAMPLES = 15  # of each operation


@pytest.fixture
def document(client) -> dict:
    return client.get("/api/v1/openapi.json").json()


def operations(document):
    return [each for path in document["paths"].values() for each in path.values()]


def test_the_document_is_openapi_3_1(document):
    assert document["openapi"].startswith("3.1")
    assert list(OpenAPIV31SpecValidator(document).iter_errors()) == []


def test_everything_is_described_in_chinese(document):
    for operation in operations(document):
        said = [operation["summary"], operation["description"]]
        said += [each["description"] for each in operation["parameters"]]
        assert all(any("一" <= sign <= "鿿" for sign in each) for each in said), said
    for name, schema in document["components"]["schemas"].items():
        for field, told in schema["properties"].items():
            assert told.get("description"), f"{name}.{field}"


def test_servers_are_relative_and_the_license_is_named(document):
    assert [each["url"] for each in document["servers"]] == ["/api/v1"]
    assert document["info"]["license"] == {"name": LICENSE_NAME, "url": LICENSE_ADDRESS}


def test_every_operation_names_its_errors(document):
    for operation in operations(document):
        assert {"200", "304", "400", "404", "406", "422", "429", "500"} <= set(
            operation["responses"]
        )


@pytest.fixture
def site(settings):
    """Reports of both editions, transcripts, a correction and a withdrawal."""
    settings.API_REQUESTS_A_MINUTE = 0
    city = make_division(code="990100")
    office = make_agency(division=city, kind="government", slug="0")
    for year in (2020, 2024):
        put_out(make_agency(parent=office, division=city, kind="town"), year, as_printed=True)
    put_out(office)
    put_out(office, reason="笔误")
    put_out(state=State.WITHDRAWN, reason="有误")
    assert Division.objects.count() == 2


load_all_checks()
described = schemathesis.openapi.from_dict(api.document())
described.app = get_wsgi_application()
described.location = "/api/v1/openapi.json"


@described.parametrize()
@bounded(
    max_examples=EXAMPLES,
    deadline=None,
    derandomize=True,
    suppress_health_check=list(HealthCheck),
)
def test_it_does_what_it_says(site, case):
    leave_out_made_up_cursor(case)
    plain = {"Accept-Encoding": "identity"}  # the WSGI client unpacks nothing
    case.call_and_validate(headers=plain)
