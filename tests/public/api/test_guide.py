"""The guide: every operation, every kind of problem, commands that answer when copied."""

import json
import re

import pytest
from lxml import html

from reports.public.api.addresses import api
from reports.public.api.examples import INVENTED
from reports.public.api.problems import TITLES
from tests.public.shelf import put_out

pytestmark = pytest.mark.django_db


@pytest.fixture
def page(client):
    put_out()
    response = client.get("/api/v1/")
    assert "script-src 'self'" in response["Content-Security-Policy"]
    return html.fromstring(response.content.decode())


def test_every_operation_and_field_has_its_place(page):
    ids = set(page.xpath("//@id"))
    for path in api.document()["paths"].values():
        assert f"operation-{path['get']['operationId']}" in ids
    assert {f"model-{name}" for name in api.document()["components"]["schemas"]} <= ids
    assert {f"problem-{kind}" for kind in TITLES} <= ids


def test_every_operation_shows_an_answer(page):
    shown = [json.loads(each.text) for each in page.findall(".//details/pre")]
    assert shown == [
        path["get"]["responses"]["200"]["content"]["application/json"]["examples"][INVENTED][
            "value"
        ]
        for tag in dict.fromkeys(
            path["get"]["tags"][0] for path in api.document()["paths"].values()
        )
        for path in api.document()["paths"].values()
        if path["get"]["tags"][0] == tag
    ]


def test_every_link_within_the_page_is_answered(page):
    assert {each[1:] for each in page.xpath("//a/@href") if each.startswith("#")} <= set(
        page.xpath("//@id")
    )


def test_every_command_answers_when_it_is_copied(page, client):
    commands = [each.text_content() for each in page.findall(".//pre/code")]
    addresses = [re.search(r"'(http://testserver/[^']+)'$", each).group(1) for each in commands]
    assert len(addresses) >= 15
    refused = [
        each for each in addresses if client.get(each).status_code != 200 and "region=" not in each
    ]
    assert refused == []


def test_nothing_is_inline_and_nothing_comes_from_elsewhere(page):
    assert page.xpath("//*[@style or @onclick] | //style | //script[not(@src)]") == []
    named = [each for each in page.xpath("//@src | //link/@href") if "//" in each]
    assert named == ["https://localhost/api/v1/"]  # its own canonical address
