"""What every answer carries: each address of the site, files, refusals and failures."""

import pytest
from django.conf import settings as site
from django.core.management import call_command
from django.db import OperationalError
from django.test import Client
from django.urls import reverse

from reports.queries import listings
from tests.access.test_access import TABLE
from tests.factories import PASSWORD
from tests.nginx import CONF

pytestmark = pytest.mark.django_db
EXPECTED = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": site.PERMISSIONS_POLICY,
    "Strict-Transport-Security": "max-age=31536000",
}
# The desk's preview shows the draft's PDF in a frame of our own page, which the same origin may.
POLICY = {
    "default-src 'none'", "script-src 'self'", "style-src 'self'", "img-src 'self' data:",
    "font-src 'self'", "connect-src 'self'", "form-action 'self'", "frame-ancestors 'none'",
    "base-uri 'none'", "frame-src 'self'", "object-src 'none'", "manifest-src 'self'",
}  # fmt: skip


@pytest.fixture(autouse=True)
def as_in_production(settings):
    """What config.settings.production adds; test_production.py looks there."""
    settings.SECURE_HSTS_SECONDS = 365 * 24 * 60 * 60
    settings.SESSION_COOKIE_SECURE = True
    settings.CSRF_COOKIE_SECURE = True


def lacking(response) -> list[str]:
    found = [
        f"{name}: {response.headers.get(name)}"
        for name, value in EXPECTED.items()
        if response.headers.get(name) != value
    ]
    said = set(response.headers.get("Content-Security-Policy", "").split("; "))
    return found + sorted(said ^ POLICY)


def asked(client, row, made):
    url = reverse(row.name, args=[made[name] for name in row.arguments]) + row.query
    return getattr(client, row.method)(url, secure=True)


def test_every_address_sends_every_header_to_a_stranger_and_to_staff(whole_city):
    users, made = whole_city
    wrong = []
    for role in ("anonymous", "supervisor", "system"):
        client = Client()
        if users[role]:
            client.force_login(users[role])
        for row in TABLE:
            response = asked(client, row, made)
            allowed = ["X-Frame-Options: SAMEORIGIN"] if row.name == "desk:draft_pdf" else []
            found = [each for each in lacking(response) if each not in allowed]
            if row.name == "desk:draft_pdf" and "frame-ancestors 'self'" in found:
                found = [each for each in found if "frame-ancestors" not in each]
            wrong += [f"{role} {row.name} {response.status_code} {each}" for each in found]
    assert wrong == []


def test_what_only_members_read_is_kept_by_no_cache(whole_city):
    users, made = whole_city
    client = Client()
    client.force_login(users["author"])
    wrong = []
    for row in TABLE:
        if row.name.startswith("desk:") and row.method == "get":
            response = asked(client, row, made)
            said = response.headers.get("Cache-Control", "")
            if response.status_code == 200 and "private" not in said and "no-store" not in said:
                wrong.append(f"{row.name}: {said!r}")
    assert wrong == []


def failing(*args, **kwargs):
    raise ValueError("of the test")


def away(*args, **kwargs):
    raise OperationalError("of the test")


def test_refusals_and_failures_send_them_too(settings, monkeypatch):
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 1000
    strict = Client(enforce_csrf_checks=True, raise_request_exception=False)
    answers = {
        400: Client().post("/check/", b"--x", content_type="multipart/form-data", secure=True),
        403: strict.post("/accounts/login/", {"username": "x"}, secure=True),
        404: strict.get("/no/such/page/", secure=True),
        405: Client().post("/search/", secure=True),
        413: Client().post(
            "/accounts/login/", "username=" + "x" * 2000,
            content_type="application/x-www-form-urlencoded", secure=True,
        ),
    }  # fmt: skip
    monkeypatch.setattr(listings, "overview", failing)
    answers[500] = strict.get("/", secure=True)
    monkeypatch.setattr(listings, "overview", away)
    answers[503] = strict.get("/", secure=True)
    call_command("maintenance", "on", "升级")
    answers["maintenance"] = strict.get("/desk/", secure=True)
    assert {kind: lacking(each) for kind, each in answers.items() if lacking(each)} == {}
    for status, answer in answers.items():
        assert answer.status_code == (503 if status == "maintenance" else status)
        assert '<html lang="zh-CN">' in answer.text


def test_a_method_that_is_not_allowed_is_answered_in_words():
    response = Client().delete("/search/")
    assert response.status_code == 405
    assert "GET" in response.headers["Allow"]
    assert "不能这样打开" in response.text


def test_static_files_send_them_too():
    response = Client().get("/static/css/base.css", secure=True)
    assert response.status_code == 200
    assert lacking(response) == []


def test_nginx_sends_the_same_with_what_it_serves_itself():
    conf = CONF.read_text(encoding="utf-8")
    for name in ("X-Content-Type-Options", "X-Frame-Options", "Referrer-Policy",
                 "Cross-Origin-Opener-Policy"):  # fmt: skip
        assert conf.count(f"add_header {name} {EXPECTED[name]} always;") >= 1, name
    assert f'default "{site.PERMISSIONS_POLICY}";' in conf
    assert "max-age=31536000" in conf
    policy = conf.split('default "default-src')[1].split('"')[0]
    assert {*f"default-src{policy}".split("; ")} == POLICY


def test_the_session_cookie_is_secure_and_out_of_a_script_s_reach(whole_city):
    users, _ = whole_city
    client = Client()
    page = client.get("/accounts/login/", secure=True)
    token = page.cookies["csrftoken"]
    assert (token["secure"], token["samesite"]) == (True, "Lax")
    sent = {"username": users["author"].username, "password": PASSWORD}
    session = client.post("/accounts/login/", sent, secure=True).cookies["sessionid"]
    assert (session["secure"], session["httponly"], session["samesite"]) == (True, True, "Lax")
    chosen = client.post("/display/", {"mode": "elder"}, secure=True).cookies["display"]
    assert chosen["secure"]
