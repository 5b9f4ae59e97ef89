"""What is refused before a page is reached: in Chinese, with its status, and saying what to do."""

import json
from dataclasses import replace

import pytest
from django.conf import settings as site
from django.core.cache import caches
from django.test import Client
from django.urls import reverse
from lxml import html

from reports.operations import limiting
from tests.access.test_access import TABLE

pytestmark = pytest.mark.django_db
STATIC_PAGES = sorted((site.BASE_DIR / "static" / "errors").glob("*.html"))
EXAMPLES = {  # of each kind of request that is counted
    "log_in": ("post", "/accounts/login/"), "search": ("get", "/search/?q=档案"),
    "check": ("post", "/check/"), "archive": ("get", "/agencies/nobody/reports.zip"),
}  # fmt: skip
FORM = "application/x-www-form-urlencoded"
ROLES = ("anonymous", "author", "authority", "system")


def faults(response, status: int) -> list[str]:
    """What is wrong with a refusal: its status, its language, or that it leaves one helpless."""
    if response.status_code != status:
        return [f"answered {response.status_code}"]
    kind = response.headers["Content-Type"].partition(";")[0]
    if kind == "application/problem+json":
        told = json.loads(response.content)
        return [] if told["status"] == status and told["title"] else ["a problem that says nothing"]
    if kind != "text/html":
        return [f"a page of {kind}"]
    return unhelpful(response.content.decode())


def unhelpful(source: str) -> list[str]:
    page = html.fromstring(source)
    [main] = page.iter("main")
    said = main.text_content()
    found = [] if page.get("lang") == "zh-CN" else ["not said to be Chinese"]
    if len(page.findall(".//h1")) != 1 or not (page.findtext(".//title") or "").strip():
        found.append("no heading or no title")
    if "请" not in said and "可以" not in said:
        found.append("says nothing to do")
    if not [*main.iter("a"), *main.iter("li")]:
        found.append("no way on")
    return found


def clients(users):
    for role in ROLES:
        client = Client(raise_request_exception=False)
        if users[role]:
            client.force_login(users[role])
        yield role, client


def address(row, made) -> str:
    return str(reverse(row.name, args=[made[name] for name in row.arguments]) + row.query)


def test_another_method_is_refused_in_words_wherever_it_is_refused(whole_city):
    users, made = whole_city
    wrong, refused = [], set()
    for role, client in clients(users):
        for row in TABLE:
            url = address(row, made)
            response = client.generic("PATCH", url)
            if response.status_code >= 500:
                wrong.append(f"{role} {url}: {response.status_code}")
            if response.status_code == 405:
                refused.add(row.name)
                wrong += [f"{role} {url}: {each}" for each in faults(response, 405)]
                if not response.headers.get("Allow"):
                    wrong.append(f"{role} {url}: does not say what is allowed")
    assert wrong == []
    assert len(refused) > 100


def test_what_is_larger_than_any_form_is_refused_in_words_wherever_it_is_sent(whole_city, settings):
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 1000
    users, made = whole_city
    wrong = []
    for role in ROLES:
        client = Client(raise_request_exception=False, enforce_csrf_checks=True)
        if users[role]:
            client.force_login(users[role])
        client.cookies["csrftoken"] = "a" * 32  # as of a page that was opened before
        for url in {address(row, made) for row in TABLE}:
            response = client.post(url, "x=" + "x" * 2000, content_type=FORM)
            # the API takes nothing and reads nothing
            expected = 405 if url.startswith("/api/") else 413
            wrong += [f"{role} {url}: {each}" for each in faults(response, expected)]
    assert wrong == []


@pytest.mark.parametrize("limit", limiting.LIMITS, ids=lambda limit: limit.kind)
def test_each_kind_that_is_counted_is_held_back_in_words(limit, settings, monkeypatch):
    settings.LIMIT_REQUESTS = True
    caches["counts"].clear()
    monkeypatch.setattr(limiting, "LIMITS", (replace(limit, a_minute=0),))
    method, url = EXAMPLES[limit.kind]
    response = getattr(Client(), method)(url)
    assert faults(response, 429) == []
    assert 1 <= int(response.headers["Retry-After"]) <= 60
    assert "no-store" in response.headers["Cache-Control"]


@pytest.mark.parametrize("path", STATIC_PAGES, ids=lambda path: path.name)
def test_a_page_that_nginx_says_by_itself_needs_nothing_but_files(path):
    source = path.read_text(encoding="utf-8")
    assert unhelpful(source) == []
    page = html.fromstring(source)
    assert not [*page.iter("script"), *page.iter("style"), *page.iter("img"), *page.iter("form")]
    named = [each.get("href") for each in page.iter("link")]
    assert named
    for each in named:
        assert (site.BASE_DIR / each.removeprefix("/")).is_file(), each
    assert page.xpath("//meta[@name='viewport']")
    assert [each.get("href") for each in page.iter("a")] == ["/"]
    nginx = (site.BASE_DIR / "deploy" / "nginx.conf").read_text(encoding="utf-8")
    assert f"/static/errors/{path.name};" in nginx
