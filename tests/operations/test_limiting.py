"""How often one address may ask, where no proxy counts."""

from itertools import count

import pytest
from django.core.cache import caches
from django.test import Client, RequestFactory

from reports.actions.counting import MINUTE, Shares
from reports.operations import limiting
from reports.operations.limiting import LIMITS

pytestmark = pytest.mark.django_db
NUMBERS = count()
LIMIT = {each.kind: each for each in LIMITS}


@pytest.fixture(autouse=True)
def _counting(settings, monkeypatch):
    """Within one minute, from nothing."""
    settings.LIMIT_REQUESTS = True
    caches["counts"].clear()
    monkeypatch.setattr(limiting, "time", lambda: 1_700_000_000.0)


def ask(kind: str, client: Client, **more):
    if kind == "log_in":
        # Another name each time: one and the same is locked after a few.
        typed = {"username": f"nobody-{next(NUMBERS)}", "password": "x"}
        return client.post("/accounts/login/", typed, **more)
    return client.get("/search/?q=甲", **more)


@pytest.mark.parametrize("kind", ["log_in", "search"])
def test_an_address_is_held_back_with_a_page_and_a_time(kind):
    client = Client()
    allowed = LIMIT[kind].a_minute
    answered = [ask(kind, client).status_code for _ in range(allowed + 1)]
    assert answered == [200] * allowed + [429]
    held = ask(kind, client)
    assert held.headers["Retry-After"] == str(MINUTE - 1_700_000_000 % MINUTE)
    assert "请求太多" in held.text
    assert "no-store" in held.headers["Cache-Control"]
    assert ask(kind, client, REMOTE_ADDR="192.0.2.7").status_code == 200
    assert client.get("/accounts/login/").status_code == 200  # only what was asked too often


def test_the_next_minute_begins_anew(monkeypatch):
    client = Client()
    while ask("log_in", client).status_code == 200:
        pass
    monkeypatch.setattr(limiting, "time", lambda: 1_700_000_000.0 + MINUTE)
    assert ask("log_in", client).status_code == 200


def test_two_processes_keep_one_count():
    limit, both = LIMIT["log_in"], (Shares(), Shares())
    spent = sum(
        each.spend("log_in:who", 1, limit.a_minute) for _ in range(limit.a_minute) for each in both
    )
    assert spent == limit.a_minute


def test_a_proxy_in_front_may_count_instead(settings):
    settings.LIMIT_REQUESTS = False
    answered = {ask("log_in", Client()).status_code for _ in range(LIMIT["log_in"].a_minute + 2)}
    assert answered == {200}


@pytest.mark.parametrize(
    ("method", "path", "kind"),
    [
        ("POST", "/accounts/login/", "log_in"),
        ("GET", "/accounts/login/", None),
        ("GET", "/search/", "search"),
        ("GET", "/agencies/x/reports.zip", "archive"),
        ("POST", "/check/", "check"),
        ("GET", "/agencies/x/2024/", None),
        ("POST", "/desk/1/overview/", None),
    ],
)
def test_each_kind_covers_its_requests(method, path, kind):
    request = RequestFactory().generic(method, path)
    assert next((each.kind for each in LIMITS if each.covers(request)), None) == kind


def test_what_is_kept_of_an_address_does_not_tell_it():
    ask("search", Client(), REMOTE_ADDR="192.0.2.99")
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SELECT cache_key FROM shared_counts")
        kept = [key for (key,) in cursor.fetchall()]
    assert any("search:" in key for key in kept)
    assert not any("192.0.2.99" in key for key in kept)
