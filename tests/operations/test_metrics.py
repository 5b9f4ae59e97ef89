"""/metrics, read by Prometheus' own parser."""

import pytest
from prometheus_client.parser import text_string_to_metric_families

pytestmark = pytest.mark.django_db


def figures(response):
    return {
        (sample.name, *sample.labels.values()): sample.value
        for family in text_string_to_metric_families(response.content.decode())
        for sample in family.samples
    }


def test_without_a_token_there_is_no_such_address(client):
    assert client.get("/metrics", headers={"Authorization": "Bearer "}).status_code == 404


def test_only_the_token_opens_it(client, settings):
    settings.METRICS_TOKEN = "长长的口令"
    assert client.get("/metrics").status_code == 404
    assert client.get("/metrics", headers={"Authorization": "Bearer wrong"}).status_code == 404


def test_requests_are_counted_by_route_and_the_state_is_asked(client, settings):
    settings.METRICS_TOKEN = "token"
    asked = {"Authorization": "Bearer token"}
    before = figures(client.get("/metrics", headers=asked))
    for _ in range(3):
        client.get("/robots.txt")
        client.get("/agencies/nobody-there/")
    after = figures(client.get("/metrics", headers=asked))
    for key in (
        ("reports_requests_total", "GET", "public:robots", "200"),
        ("reports_requests_total", "GET", "public:agency", "404"),
    ):
        assert after[key] - before.get(key, 0) == 3
    assert after[("reports_check", "database")] == 1
    assert after[("reports_tasks_waiting",)] == 0
