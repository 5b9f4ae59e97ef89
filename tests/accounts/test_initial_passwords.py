"""Initial passwords: told once, replaced before anything else is done, nothing typed lost."""

import re

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client

from reports.actions.passwords import issue_passwords
from reports.actions.refusals import Refused
from reports.models import AuditEntry, User
from reports.workflow import Role
from tests.factories import PASSWORD, make_agency, make_user

pytestmark = pytest.mark.django_db
ROOM = "/admin/reports/user/passwords/"
NEW = "Another-fictional-phrase"


@pytest.fixture
def system():
    return make_user(Role.SYSTEM_ADMINISTRATOR)


@pytest.fixture
def newcomer():
    user = make_user(Role.AUTHOR, agency=make_agency(), name="甄新来")
    user.set_unusable_password()
    user.save()
    return user


def logged_in(user):
    client = Client()
    client.force_login(user)
    return client


def issued(user, system):
    (each,) = issue_passwords([user.pk], by=system, told_as="清单")
    user.refresh_from_db()
    return each.password


def test_the_passwords_are_shown_once_and_kept_nowhere(system, newcomer):
    client = logged_in(system)
    assert newcomer.username in client.get(ROOM).content.decode()
    answer = client.post(ROOM, {"user": [newcomer.pk]})
    password = re.search(r"<code>(\w{4}-\w{4}-\w{4}-\w{4})</code>", answer.content.decode())[1]
    assert "no-store" in answer["Cache-Control"]
    assert User.objects.get(pk=newcomer.pk).check_password(password)
    assert password not in client.get(ROOM).content.decode()
    entry = AuditEntry.objects.get(verb="issue_passwords")
    assert entry.detail == {"accounts": [newcomer.username], "told_as": "清单"}


def test_the_passwords_come_as_a_file(system, newcomer):
    answer = logged_in(system).post(ROOM, {"user": [newcomer.pk], "file": "1"})
    assert answer["Content-Disposition"].startswith("attachment")
    head, row = answer.content.decode("utf-8-sig").split("\r\n")[:2]
    assert head == "用户名,姓名,机关和角色,初始密码"
    assert User.objects.get(pk=newcomer.pk).check_password(row.split(",")[-1])


def test_who_chose_a_password_gets_none(system, newcomer):
    own = make_user()
    with pytest.raises(Refused, match="已经有自己的密码"):
        issue_passwords([newcomer.pk, own.pk], by=system, told_as="清单")
    newcomer.refresh_from_db()
    assert not newcomer.has_usable_password()
    with pytest.raises(Refused, match="还没有选择"):
        issue_passwords([], by=system, told_as="清单")
    with pytest.raises(PermissionDenied):
        issue_passwords([newcomer.pk], by=own, told_as="清单")
    answer = logged_in(system).post(ROOM, {"user": [own.pk]})
    assert answer.status_code == 409


def test_a_password_issued_again_ends_the_one_before(system, newcomer):
    first, second = issued(newcomer, system), issued(newcomer, system)
    assert not newcomer.check_password(first)
    assert newcomer.check_password(second)


def test_every_door_asks_for_a_password_of_ones_own(system, newcomer):
    issued(newcomer, system)
    client = logged_in(newcomer)
    answer = client.get("/desk/notices/?page=2")
    assert answer.url == "/accounts/password/?next=%2Fdesk%2Fnotices%2F%3Fpage%3D2"
    assert "别人设置的" in client.get(answer.url).content.decode()
    assert client.get("/admin/").url.startswith("/accounts/password/")
    assert client.get("/").status_code == 200
    assert client.post("/accounts/logout/").status_code == 302


def test_once_it_is_replaced_the_way_is_free(system, newcomer):
    old = issued(newcomer, system)
    client = logged_in(newcomer)
    where = "/accounts/password/?next=/desk/notices/"
    same = client.post(where, {"old_password": old, "new_password1": old, "new_password2": old})
    assert "与原密码相同" in same.content.decode()
    typed = {"old_password": old, "new_password1": NEW, "new_password2": NEW}
    assert client.post(where, typed).url == "/desk/notices/"
    assert client.get("/desk/notices/").status_code == 200
    assert User.objects.get(pk=newcomer.pk).password_issued_at is None


def test_nobody_is_led_to_a_stranger(system, newcomer):
    old = issued(newcomer, system)
    typed = {"old_password": old, "new_password1": NEW, "new_password2": NEW}
    where = "/accounts/password/?next=//elsewhere.invalid/"
    assert logged_in(newcomer).post(where, typed).url == "/accounts/password/done/"


def test_what_was_being_sent_is_kept(system, newcomer):
    issued(newcomer, system)
    client = logged_in(newcomer)
    answer = client.post("/desk/start/", {"report": "1:2024", "note": "写了<很>久"})
    said = answer.content.decode()
    assert answer.status_code == 403
    assert "写了&lt;很&gt;久</textarea>" in said
    assert 'action="/desk/start/"' in said
    script = client.post("/desk/1/overview/input/", {}, headers={"sec-fetch-dest": "empty"})
    assert "别人设置的" in script.json()["refused"]


def test_a_password_set_by_another_is_to_be_replaced(system):
    own = make_user()
    client = logged_in(system)
    new = {"password1": NEW, "password2": NEW, "usable_password": "true"}
    client.post(f"/admin/reports/user/{own.pk}/password/", new)
    assert User.objects.get(pk=own.pk).password_issued_at
    client.post(
        "/admin/reports/user/add/",
        {"username": "made", "display_name": "新人", "password1": PASSWORD, "password2": PASSWORD},
    )
    assert User.objects.get(username="made").password_issued_at


def test_the_list_of_accounts_takes_the_same_statements(system, django_assert_max_num_queries):
    for _ in range(8):
        user = make_user(Role.AUTHOR, agency=make_agency())
        User.objects.filter(pk=user.pk).update(password="!")
    client = logged_in(system)
    with django_assert_max_num_queries(14):
        client.get(ROOM)
