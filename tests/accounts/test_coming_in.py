"""Log-ins, failed ones, log-outs and refused pages leave entries with where they came from."""

import pytest
from django.test import Client

from reports.models import AuditEntry
from reports.workflow import Role
from tests.factories import PASSWORD, make_user

pytestmark = pytest.mark.django_db
LOGIN = "/accounts/login/"


@pytest.fixture
def user():
    return make_user(Role.AUDITOR, name="沈审计")


def noted():
    return list(AuditEntry.objects.order_by("pk").values_list("verb", "result", "username"))


def test_a_log_in_and_a_log_out_are_noted_with_address_and_browser(user):
    client = Client(REMOTE_ADDR="192.0.2.7", HTTP_USER_AGENT="Fictional/1.0")
    client.post(LOGIN, {"username": user.username, "password": PASSWORD})
    client.post("/accounts/logout/")
    assert noted() == [("log_in", "done", user.username), ("log_out", "done", user.username)]
    entry = AuditEntry.objects.first()
    assert (entry.address, entry.agent, entry.origin) == ("192.0.2.7", "Fictional/1.0", "网页")
    assert (entry.display_name, entry.roles, entry.subject_key) == (
        "沈审计",
        "auditor",
        str(user.pk),
    )
    assert len(set(AuditEntry.objects.values_list("request_key", flat=True))) == 2


def test_a_wrong_password_is_noted_and_never_kept(user):
    Client().post(LOGIN, {"username": user.username, "password": "a-wrong-passphrase"})
    entry = AuditEntry.objects.get()
    assert (entry.verb, entry.result, entry.subject) == ("log_in", "refused", "沈审计")
    assert (entry.user_key, entry.username) == (None, "")  # nobody has shown who they are
    assert "a-wrong-passphrase" not in str(entry.__dict__)


def test_a_name_nobody_has_is_kept_as_a_hash_only():
    for _ in range(2):
        Client().post(LOGIN, {"username": "my-passphrase-in-the-wrong-box", "password": "x"})
    assert "wrong-box" not in str(list(AuditEntry.objects.values()))
    said = set(AuditEntry.objects.values_list("subject", flat=True))
    assert len(said) == 1  # the same name again is seen to be the same
    assert said.pop().startswith("没有的用户名（")


def test_changing_ones_own_password_is_noted(user):
    client = Client()
    client.force_login(user)
    new = "Another-fictional-passphrase"
    typed = {"old_password": PASSWORD, "new_password1": new, "new_password2": new}
    assert client.post("/accounts/password/", typed).status_code == 302
    assert noted() == [("change_own_password", "done", user.username)]


def test_the_admin_has_no_second_page_for_ones_own_password(user):
    client = Client()
    client.force_login(user)
    assert client.get("/admin/password_change/").url == "/accounts/password/"


def test_the_admins_own_log_out_is_noted(user):
    client = Client()
    client.force_login(user)
    client.post("/admin/logout/")
    assert noted() == [("log_out", "done", user.username)]


def test_a_page_refused_to_a_person_is_noted(user):
    client = Client()
    client.force_login(user)
    assert client.get("/admin/reports/agency/add/").status_code == 403
    entry = AuditEntry.objects.get()
    assert (entry.verb, entry.result, entry.subject) == (
        "open_page", "refused", "GET /admin/reports/agency/add/",
    )  # fmt: skip


def test_reading_public_pages_leaves_nothing(user):
    Client().get("/")
    Client().get("/admin/")
    assert not AuditEntry.objects.exists()


@pytest.mark.parametrize(("behind", "expected"), [(True, "198.51.100.9"), (False, "192.0.2.7")])
def test_the_proxys_word_counts_where_there_is_a_proxy(user, settings, behind, expected):
    settings.BEHIND_PROXY = behind
    client = Client(REMOTE_ADDR="192.0.2.7", HTTP_X_FORWARDED_FOR="203.0.113.1, 198.51.100.9")
    client.post(LOGIN, {"username": user.username, "password": PASSWORD})
    assert AuditEntry.objects.get().address == expected
