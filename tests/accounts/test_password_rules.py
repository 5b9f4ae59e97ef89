"""What a password has to be, said in words; five are refused, and after ninety days it is changed."""

from datetime import timedelta
from itertools import pairwise

import pytest
from django.contrib.auth.hashers import check_password
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.test import Client
from django.utils import timezone

from reports.actions.password_rules import EnoughKinds
from reports.management.demonstration.people import ACCOUNTS
from reports.management.demonstration.people import PASSWORD as DEMONSTRATED
from reports.models import FormerPassword, User
from reports.workflow import Role
from tests.factories import PASSWORD, make_agency, make_user

pytestmark = pytest.mark.django_db
CHANGE = "/accounts/password/"


@pytest.fixture
def author():
    return make_user(Role.AUTHOR, agency=make_agency(), name="甄填报")


def said_of(password, user=None):
    with pytest.raises(ValidationError) as refused:
        validate_password(password, user)
    return refused.value.messages


def change(user, old, new):
    client = Client()
    client.force_login(user)
    typed = {"old_password": old, "new_password1": new, "new_password2": new}
    return client.post(CHANGE, typed)


def aged(user, days):
    at = timezone.now() - timedelta(days=days)
    User.objects.filter(pk=user.pk).update(password_changed_at=at)
    user.refresh_from_db()
    client = Client()
    client.force_login(user)
    return client


@pytest.mark.parametrize(
    ("password", "reason"),
    [
        ("Aa1-bcd", "密码有 7 个字符，至少要 10 个，还差 3 个。"),
        ("abcdefghijkq", "密码里只有小写字母，还要在大写字母、数字、符号里至少加 2 种。"),
        ("Qwmnbvcxzlkj", "密码里只有大写字母、小写字母，还要在数字、符号里至少加 1 种。"),
        ("Password123", "这是很多人用过的密码，会被最先试到，请换一个。"),
    ],
)
def test_a_password_is_refused_with_what_it_lacks(password, reason):
    assert said_of(password) == [reason]


def test_chinese_characters_and_blanks_count_as_signs():
    EnoughKinds(3).validate("Ab 虚构的长句子")


@pytest.mark.parametrize(
    ("password", "words"),
    [
        ("My-USER-one-99", "用户名"),
        ("甄填报-Secret-1", "姓名"),
        ("A-mailbox-2025", "邮箱名"),
    ],
)
def test_the_persons_own_names_are_refused(password, words):
    user = User(username="user-one", display_name="甄填报", email="mailbox@example.invalid")
    assert said_of(password, user) == [f"密码里有您的{words}，容易被猜到，请去掉。"]


def test_the_demonstrations_accounts_keep_the_rules():
    for account in ACCOUNTS:
        validate_password(DEMONSTRATED, User(username=account.username, display_name=account.name))


def test_the_last_five_are_refused_and_the_sixth_is_not(author):
    used = [PASSWORD] + [f"Fictional-phrase-{number}" for number in range(5)]
    for old, new in pairwise(used):
        assert change(author, old, new).status_code == 302
        author.refresh_from_db()
    assert author.former_passwords.count() == 5
    refused = change(author, used[-1], used[1]).content.decode()
    assert "这个密码用过，最近 5 个密码不能再用，请换一个。" in refused
    assert "新密码与原密码相同" in change(author, used[-1], used[-1]).content.decode()
    assert change(author, used[-1], used[0]).status_code == 302


def test_only_hashes_are_kept(author):
    new = "Another-fictional-phrase"
    change(author, PASSWORD, new)
    kept = [each.password for each in FormerPassword.objects.filter(user=author)]
    assert check_password(new, kept[0])
    assert check_password(PASSWORD, kept[1])
    assert new not in "".join(kept)


def test_an_administrator_who_sets_a_password_is_held_to_the_same_rules(author):
    client = Client()
    client.force_login(make_user(Role.SYSTEM_ADMINISTRATOR))
    typed = {"password1": "short", "password2": "short", "usable_password": "true"}
    answer = client.post(f"/admin/reports/user/{author.pk}/password/", typed)
    assert "还差 5 个" in answer.content.decode()
    assert User.objects.get(pk=author.pk).check_password(PASSWORD)


def test_a_fresh_password_is_not_spoken_of(author):
    assert "密码还能用" not in aged(author, 75).get("/desk/").content.decode()


def test_from_fourteen_days_before_the_end_a_notice_says_so(author):
    said = aged(author, 80).get("/desk/").content.decode()
    assert "密码还能用 10 天" in said
    reviewer = make_user(Role.SUPERVISOR, agency=make_agency())
    assert "密码还能用 1 天" in aged(reviewer, 89).get("/admin/").content.decode()


def test_after_ninety_days_it_stands_between_log_in_and_work(author):
    client = aged(author, 90)
    answer = client.get("/desk/")
    assert answer.url == "/accounts/password/?next=%2Fdesk%2F"
    assert "已经用了 90 天" in client.get(answer.url).content.decode()
    new = "Another-fictional-phrase"
    typed = {"old_password": PASSWORD, "new_password1": new, "new_password2": new}
    assert client.post(answer.url, typed).url == "/desk/"
    assert client.get("/desk/").status_code == 200


def test_a_new_password_is_held_to_the_rules_and_grows_old(author):
    for weak in ("Short-1", "only-small-letters", "虚构" + author.username + "-1A"):
        assert change(author, PASSWORD, weak).status_code == 200  # the form again
    author.refresh_from_db()
    assert author.check_password(PASSWORD)
    assert aged(author, 89).get("/desk/").status_code == 200
    assert aged(author, 90).get("/desk/").url.startswith(CHANGE)


def test_a_site_may_let_passwords_be(author, settings):
    settings.PASSWORD_DAYS = 0
    assert aged(author, 900).get("/desk/").status_code == 200


def test_who_has_no_password_here_is_not_asked_to_change_it(author):
    author.set_unusable_password()
    author.save()
    assert aged(author, 900).get("/desk/").status_code == 200
