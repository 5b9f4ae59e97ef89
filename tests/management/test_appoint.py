import pytest
from django.core.management import CommandError, call_command

from reports.models import Membership
from reports.workflow import Role
from tests.factories import make_user

pytestmark = pytest.mark.django_db


def test_a_new_sites_first_administrators_are_appointed_from_the_shell():
    for role in ("security_administrator", "system_administrator", "auditor"):
        user = make_user()
        call_command("appoint", user.username, role, verbosity=0)
        assert Membership.objects.get(user=user).role == role


def test_only_the_first_of_each():
    make_user(Role.AUDITOR)
    with pytest.raises(CommandError, match="已经有审计员了"):
        call_command("appoint", make_user().username, "auditor")


def test_one_person_cannot_be_two_of_the_three():
    user = make_user(Role.AUDITOR)
    with pytest.raises(CommandError, match="应当由三个人分别担任"):
        call_command("appoint", user.username, "security_administrator")


def test_an_unknown_user_is_said_to_be_unknown():
    with pytest.raises(CommandError, match="没有用户名为“nobody”的用户"):
        call_command("appoint", "nobody", "auditor")
