"""Five wrong passwords lock a user name from one address, for fifteen minutes or until released."""

from datetime import timedelta

import pytest
from axes.models import AccessAttempt
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.utils import timezone

from reports.actions.locking import release_lock
from reports.actions.refusals import Refused
from reports.models import AuditEntry
from reports.queries.locks import locks_standing
from reports.workflow import Role
from tests.factories import PASSWORD, make_agency, make_user

pytestmark = pytest.mark.django_db
LOGIN = "/accounts/login/"
OFFICE, ELSEWHERE = "192.0.2.7", "198.51.100.9"


@pytest.fixture
def author():
    return make_user(Role.AUTHOR, agency=make_agency(), name="甄填报")


@pytest.fixture
def security():
    return make_user(Role.SECURITY_ADMINISTRATOR)


def attempt(name, password, address=OFFICE, **headers):
    return Client(REMOTE_ADDR=address, **headers).post(
        LOGIN, {"username": name, "password": password}
    )


def fail(name, times=5, address=OFFICE):
    return [attempt(name, f"wrong-{number}", address).status_code for number in range(times)]


def test_the_fifth_wrong_password_locks_and_the_right_one_does_not_help(author):
    assert fail(author.username) == [200, 200, 200, 200, 429]
    answer = attempt(author.username, PASSWORD)
    said = answer.content.decode()
    assert answer.status_code == 429
    assert answer["Retry-After"] == "900"
    assert "15 分钟内不能登录" in said
    assert "安全管理员" in said
    assert AuditEntry.objects.filter(verb="log_in", result="refused").count() == 6
    assert AuditEntry.objects.last().detail == {"why": "登录已锁定"}


def test_neither_the_address_nor_the_name_alone_is_locked(author):
    colleague = make_user()
    fail(author.username)
    assert attempt(colleague.username, PASSWORD).status_code == 302
    assert attempt(author.username, PASSWORD, ELSEWHERE).status_code == 302


def test_another_browser_at_the_same_address_is_locked_as_well(author):
    fail(author.username)
    assert attempt(author.username, PASSWORD, HTTP_USER_AGENT="Another/2.0").status_code == 429


def test_a_log_in_that_succeeds_begins_the_count_anew(author):
    fail(author.username, 4)
    assert attempt(author.username, PASSWORD).status_code == 302
    assert fail(author.username, 4) == [200] * 4


def test_after_fifteen_minutes_it_is_over(author):
    fail(author.username)
    AccessAttempt.objects.update(attempt_time=timezone.now() - timedelta(minutes=15, seconds=1))
    assert locks_standing() == []
    assert attempt(author.username, PASSWORD).status_code == 302


def test_trying_on_does_not_lengthen_it(author):
    fail(author.username)
    (before,) = locks_standing()
    fail(author.username, 3)
    assert locks_standing() == [before]


def test_a_name_nobody_has_is_locked_alike_and_not_kept():
    name = "my-Passphrase-in-the-wrong-box"
    assert fail(name)[-1] == 429
    kept = AccessAttempt.objects.get()
    assert name not in str(kept.__dict__)
    assert kept.username.startswith("没有的用户名（")


@pytest.mark.parametrize(("behind", "locked"), [(True, 302), (False, 429)])
def test_the_address_is_the_one_the_proxy_tells_where_there_is_one(
    author, settings, behind, locked
):
    settings.BEHIND_PROXY = behind
    for number in range(5):
        attempt(author.username, f"wrong-{number}", HTTP_X_FORWARDED_FOR=ELSEWHERE)
    assert attempt(author.username, PASSWORD, HTTP_X_FORWARDED_FOR="203.0.113.5").status_code == (
        locked
    )


def test_a_process_behind_a_socket_without_addresses_counts_too(author):
    assert fail(author.username, address="")[-1] == 429


def test_the_security_administrator_sees_and_releases_it(author, security):
    fail(author.username)
    client = Client()
    client.force_login(security)
    said = client.get("/admin/safety/").content.decode()
    assert f"甄填报（{author.username}）" in said
    assert OFFICE in said
    typed = {"turn": "release", "username": author.username, "address": OFFICE}
    assert client.post("/admin/safety/", typed).status_code == 302
    assert attempt(author.username, PASSWORD).status_code == 302
    entry = AuditEntry.objects.get(verb="release_lock")
    assert (entry.user_key, entry.subject, entry.detail) == (
        security.pk,
        "甄填报",
        {"locked_address": OFFICE},
    )
    assert client.post("/admin/safety/", typed).status_code == 409


def test_nobody_else_releases(author):
    fail(author.username)
    for role in (Role.SYSTEM_ADMINISTRATOR, Role.AUDITOR):
        with pytest.raises(PermissionDenied):
            release_lock(author.username, OFFICE, by=make_user(role))


def test_what_is_released_already_is_said(security):
    with pytest.raises(Refused, match="已经解除"):
        release_lock("nobody", OFFICE, by=security)


def test_an_idle_session_ends_and_whoever_then_guesses_is_locked_out(author):
    """A machine that was left alone: half an hour, and five guesses."""
    left = Client(REMOTE_ADDR=OFFICE)
    left.post(LOGIN, {"username": author.username, "password": PASSWORD})
    assert left.get("/desk/").status_code == 200
    session = left.session
    session["seen"] -= 30 * 60 + 1
    session.save()
    assert left.get("/desk/").url.startswith(LOGIN)
    fail(author.username)
    assert attempt(author.username, PASSWORD).status_code == 429
    assert left.get("/desk/").url.startswith(LOGIN)
