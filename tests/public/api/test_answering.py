"""What holds for every answer of the API: errors in words, methods, ETag, CORS, gzip, limits."""

import gzip
import json

import pytest
from django.core.cache import caches
from django.test import Client

from reports.public.api import agencies as door
from reports.public.api import limiting
from tests.factories import make_agency
from tests.public.shelf import put_out

from .asking import PROBLEM, ROOT, ask, where

pytestmark = pytest.mark.django_db
MEMBERS = {"type", "title", "status", "detail", "instance"}


@pytest.mark.parametrize(
    ("query", "parameter", "words"),
    [
        ("year=two", "year", "应当是整数"),
        ("year=2024.0", "year", "应当是整数"),
        ("year=999", "year", "不能小于 1000"),
        ("limit=101", "limit", "不能大于 100"),
        ("limit=0", "limit", "不能小于 1"),
        ("kind=ministry", "kind", "government、department"),
        ("edition=2020", "edition", "2019、2021"),
        ("as_printed=yes", "as_printed", "true 或 false"),
        ("published_since=1700000000", "published_since", "2025-01-31"),
        ("published_since=2025-02-30", "published_since", "2025-01-31"),
        ("region=beijing", "region", "写法不对"),
        ("agency=a/b", "agency", "写法不对"),
        ("yaer=2024", "yaer", "没有这个参数"),
        ("limit=1&limit=2", "limit", "只能写一次"),
        ("order=best", "order", "newest、oldest"),
    ],
)
def test_a_wrong_parameter_is_named_with_what_it_should_be(query, parameter, words):
    said = ask(f"/reports?{query}", 422)
    assert said.keys() == MEMBERS | {"errors"}
    assert [(each["parameter"].split(".")[0], each["in"]) for each in said["errors"]] == [
        (parameter, "query")
    ]
    assert words in said["errors"][0]["detail"]
    assert said["instance"].startswith(f"{ROOT}/reports?")


def test_every_wrong_parameter_is_told_at_once():
    said = ask("/figures?limit=0&table=seven&year=x", 422)
    assert {each["parameter"] for each in said["errors"]} == {"limit", "table", "year"}


@pytest.mark.parametrize("address", ["/nothing", "/reports/a/20", "/agencies/a b", "/agencies/"])
def test_an_unknown_address_is_a_problem(address):
    assert ask(address, 404).keys() == MEMBERS


@pytest.mark.parametrize("address", ["/api/v2/reports", "/api/v1/openapi.yaml", "/api/v1/a%0Ab"])
def test_the_rest_of_api_is_a_problem_too(address):
    response = Client().get(address)
    assert (response.status_code, response["Content-Type"]) == (404, PROBLEM)


@pytest.mark.parametrize("address", ["/api/", "/api/v1"])
def test_who_types_half_an_address_is_led_to_the_guide(address, client):
    assert client.get(address)["Location"] == "/api/v1/"


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete", "trace"])
def test_nothing_can_be_changed(method):
    response = getattr(Client(enforce_csrf_checks=True), method)(where("/reports"))
    assert response.status_code == 405
    assert response["Allow"] == "GET, HEAD, OPTIONS"
    assert response.json()["title"] == "只能读取"


def test_who_takes_no_json_is_told_what_there_is():
    assert "application/json" in ask("/reports", 406, accept="image/png")["detail"]
    ask("/reports", accept="text/html, */*;q=0.1")


def test_our_own_fault_is_logged_and_not_told(monkeypatch, caplog):
    def broken(slug: str) -> None:
        raise RuntimeError("what nobody should read")

    monkeypatch.setattr(door.open_agencies, "agency_described", broken)
    said = ask("/agencies/any", 500)
    assert "nobody" not in json.dumps(said)
    assert "what nobody should read" in caplog.text


def test_a_fault_before_the_operation_is_a_problem_too(monkeypatch, caplog):
    def broken(request: object) -> int:
        raise RuntimeError("the count cannot be read")

    monkeypatch.setattr(limiting, "wait", broken)
    assert ask("/editions", 500)["title"] == "本站出错"
    assert "the count cannot be read" in caplog.text


def test_an_unchanged_answer_is_not_sent_again():
    revision = put_out()
    first = Client().get(where("/reports"))
    again = Client(headers={"if-none-match": first["ETag"]}).get(where("/reports"))
    assert (again.status_code, again.content) == (304, b"")
    assert again["ETag"] == first["ETag"]
    assert again["Access-Control-Allow-Origin"] == "*"
    put_out(revision.report.agency)
    changed = Client(headers={"if-none-match": first["ETag"]}).get(where("/reports"))
    assert changed.status_code == 200
    assert changed["Cache-Control"] == "public, no-cache"


def test_an_answer_is_packed_for_who_takes_it():
    put_out()
    plain = Client().get(where("/figures"))
    packed = Client(headers={"accept-encoding": "br;q=0, gzip"}).get(where("/figures"))
    refused = Client(headers={"accept-encoding": "gzip;q=0"}).get(where("/figures"))
    assert packed["Content-Encoding"] == "gzip"
    assert gzip.decompress(packed.content) == plain.content == refused.content
    assert len(packed.content) < len(plain.content) / 8
    assert packed["ETag"] == plain["ETag"]
    assert packed["Vary"] == "Accept-Encoding"


def test_pages_of_other_sites_may_read_it():
    for address in ("/reports", "/nothing", "/openapi.json"):
        response = Client(headers={"origin": "https://elsewhere.example"}).get(where(address))
        assert response["Access-Control-Allow-Origin"] == "*"
        assert "ETag" in response["Access-Control-Expose-Headers"]
        assert "Access-Control-Allow-Credentials" not in response
        assert "Set-Cookie" not in response
    preflight = Client().options(where("/reports"))
    assert (preflight.status_code, preflight.content) == (204, b"")
    assert preflight["Access-Control-Allow-Methods"] == "GET, HEAD, OPTIONS"


def test_head_tells_the_same_without_the_body():
    make_agency()
    got, told = Client().get(where("/agencies")), Client().head(where("/agencies"))
    assert (told.status_code, told.content) == (200, b"")
    assert told["ETag"] == got["ETag"]
    assert told["Content-Length"] == got["Content-Length"]


def test_too_many_requests_are_put_off(settings, monkeypatch):
    settings.API_REQUESTS_A_MINUTE = 40
    caches["counts"].clear()
    monkeypatch.setattr(limiting, "time", lambda: 600_045.0)
    monkeypatch.setattr(limiting, "SHARES_OF_THIS_PROCESS", limiting.Shares())
    assert [Client().get(where("/editions")).status_code for _ in range(40)] == [200] * 40
    refused = Client().get(where("/editions"))
    assert (refused.status_code, refused["Retry-After"]) == (429, "15")
    assert refused["Content-Type"] == PROBLEM
    assert Client(REMOTE_ADDR="198.51.100.7").get(where("/editions")).status_code == 200
    monkeypatch.setattr(limiting, "time", lambda: 600_060.0)
    assert Client().get(where("/editions")).status_code == 200


def test_two_processes_share_one_count(settings, monkeypatch):
    settings.API_REQUESTS_A_MINUTE = 40
    caches["counts"].clear()
    monkeypatch.setattr(limiting, "time", lambda: 700_000.0)
    answers = []
    processes = [limiting.Shares(), limiting.Shares()]
    for number in range(60):
        monkeypatch.setattr(limiting, "SHARES_OF_THIS_PROCESS", processes[number % 2])
        answers.append(Client().get(where("/editions")).status_code)
    assert answers.count(200) == 40
