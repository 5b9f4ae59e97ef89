"""The API's description of itself, and whether the API does what it says.

Schemathesis makes requests from the description, sound ones and broken ones,
and holds every answer to it. A larger run: ``make fuzz-api``.
"""

from urllib.parse import urlsplit

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections
from django.urls import resolve
from hypothesis import HealthCheck
from hypothesis import settings as bounded
from jsonschema import Draft202012Validator
from openapi_spec_validator import OpenAPIV31SpecValidator
from schemathesis.checks import load_all_checks

from reports.checker import Context
from reports.checker.equations import check_equations
from reports.exporters.page import LICENSE_ADDRESS, LICENSE_NAME
from reports.models import Division
from reports.public.api.addresses import api
from reports.public.api.examples import INVENTED, SITE
from reports.sheet import from_json
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


def shown(answer):
    """An answer's schema and its invented body."""
    (content,) = answer["content"].values()
    return content["schema"], content["examples"][INVENTED]["value"]


def texts_in(said):
    if isinstance(said, dict | list):
        for each in said.values() if isinstance(said, dict) else said:
            yield from texts_in(each)
    elif isinstance(said, str):
        yield said


def faults(document, schema, said):
    checker = Draft202012Validator(
        {**schema, "components": document["components"]},
        format_checker=Draft202012Validator.FORMAT_CHECKER,
    )
    return [each.message for each in checker.iter_errors(said)]


def test_every_answer_has_an_invented_example_true_to_its_schema(document):
    answers = [each["responses"]["200"] for each in operations(document)]
    answers += document["components"]["responses"].values()
    assert len(answers) == 13 + 7
    for answer in answers:
        schema, said = shown(answer)
        assert faults(document, schema, said) == []
        for name in said:
            without = {key: value for key, value in said.items() if key != name}
            needed = name not in ("errors", "reason", "withdrawn_at") or "sheet" in said
            assert bool(faults(document, schema, without)) is needed, name


def test_an_example_leads_nowhere_but_to_addresses_of_ours(document):
    for operation in operations(document):
        _, said = shown(operation["responses"]["200"])
        for text in texts_in(said):
            if "//" in text:
                assert text.startswith(SITE), text
                resolve(urlsplit(text).path)
    assert SITE.endswith(".invalid")


def test_the_reports_of_the_examples_foot(document):
    for name in ("/reports/{slug}/{year}", "/reports/{slug}/{year}/versions/{number}"):
        _, said = shown(document["paths"][name]["get"]["responses"]["200"])
        assert list(check_equations(from_json(said["sheet"]), Context())) == []


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


@pytest.fixture
def one_connection():
    """As Django's own test client does: the end of a request must not close the test's transaction."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


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
def test_it_does_what_it_says(one_connection, site, case):
    leave_out_made_up_cursor(case)
    plain = {"Accept-Encoding": "identity"}  # the WSGI client unpacks nothing
    case.call_and_validate(headers=plain)
