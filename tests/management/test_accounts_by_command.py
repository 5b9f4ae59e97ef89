"""Accounts made and passwords changed from the shell stand in the audit trail."""

import pytest
from django.contrib.auth.management.commands import changepassword
from django.core.management import CommandError, call_command

from reports.models import AuditEntry, User
from tests.factories import make_user

pytestmark = pytest.mark.django_db


def test_a_superuser_made_by_command_is_noted(monkeypatch):
    monkeypatch.setenv("DJANGO_SUPERUSER_PASSWORD", "a-fictional-passphrase")
    make_user()
    call_command("createsuperuser", interactive=False, username="operator", display_name="运维")  # fmt: skip
    noted = AuditEntry.objects.get(verb="create_superuser")
    assert (noted.origin, noted.subject_key) == (
        "命令行", str(User.objects.get(username="operator").pk),
    )  # fmt: skip
    with pytest.raises(CommandError):
        call_command("createsuperuser", interactive=False, username="operator")
    assert AuditEntry.objects.filter(verb="create_superuser").count() == 1


def test_a_password_changed_by_command_is_noted_and_never_the_password(monkeypatch):
    user = make_user()
    new = "Another-fictional-passphrase"
    monkeypatch.setattr(changepassword.getpass, "getpass", lambda prompt="": new)
    call_command("changepassword", user.username)
    assert User.objects.get(pk=user.pk).check_password(new)
    noted = AuditEntry.objects.get(verb="change_password")
    assert noted.subject_key == str(user.pk)
    assert new not in str(noted.detail)


def test_a_password_that_was_not_changed_leaves_no_entry(monkeypatch):
    answers = iter(["one-fictional-phrase", "two-fictional-phrase"] * 3)
    monkeypatch.setattr(changepassword.getpass, "getpass", lambda prompt="": next(answers))
    with pytest.raises(CommandError):
        call_command("changepassword", make_user().username)
    assert not AuditEntry.objects.filter(verb="change_password").exists()
