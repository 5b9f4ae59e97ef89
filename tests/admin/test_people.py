"""Users by the system administrator, roles by the security administrator."""

import pytest
from lxml import html

from reports.models import AuditEntry, User
from reports.workflow import Role
from tests.factories import PASSWORD, make_user

from .conftest import entered

pytestmark = pytest.mark.django_db
USERS, ROLES = "/admin/reports/user/", "/admin/reports/membership/"


@pytest.fixture
def system():
    return make_user(Role.SYSTEM_ADMINISTRATOR)


@pytest.fixture
def security():
    return make_user(Role.SECURITY_ADMINISTRATOR)


def new_user(**changed):
    typed = {"username": "newcomer", "display_name": "虚构人", "email": ""}
    return typed | {"password1": PASSWORD, "password2": PASSWORD} | changed


def errors(response):
    page = html.fromstring(response.content.decode())
    return [each.text_content().strip() for each in page.find_class("errorlist")]


def test_a_user_is_made_with_a_password_and_without_any_role(system):
    assert entered(system).post(f"{USERS}add/", new_user()).status_code == 302
    made = User.objects.get(username="newcomer")
    assert made.check_password(PASSWORD)
    assert (made.display_name, made.is_staff, made.is_superuser) == ("虚构人", False, False)
    assert made.memberships.count() == 0
    entry = AuditEntry.objects.get()
    assert (entry.verb, entry.username, entry.subject) == ("add_user", system.username, "虚构人")


def test_nothing_else_can_be_posted_into_a_user(system):
    client = entered(system)
    client.post(f"{USERS}add/", new_user(is_superuser="on", is_staff="on", groups="1"))
    made = User.objects.get(username="newcomer")
    typed = {"username": "newcomer", "display_name": "改名", "is_active": "on"}
    client.post(f"{USERS}{made.pk}/change/", typed | {"is_superuser": "on", "is_staff": "on"})
    made.refresh_from_db()
    assert (made.display_name, made.is_staff, made.is_superuser) == ("改名", False, False)


def test_a_weak_password_is_refused(system):
    response = entered(system).post(f"{USERS}add/", new_user(password1="123", password2="123"))
    assert response.status_code == 200
    assert not User.objects.filter(username="newcomer").exists()


def test_a_deactivated_user_is_out_at_once(system, client, supervisor):
    assert client.get("/admin/").status_code == 200
    typed = {"username": supervisor.username, "display_name": supervisor.display_name}
    entered(system).post(f"{USERS}{supervisor.pk}/change/", typed)
    assert client.get("/admin/").status_code == 302


def test_nobody_deactivates_themselves(system):
    typed = {"username": system.username, "display_name": system.display_name}
    response = entered(system).post(f"{USERS}{system.pk}/change/", typed)
    assert errors(response) == ["不能停用自己的账号，请由另一名系统管理员办理。"]
    assert User.objects.get(pk=system.pk).is_active


def test_no_user_is_ever_deleted(system, supervisor):
    client = entered(system)
    assert client.post(f"{USERS}{supervisor.pk}/delete/", {"post": "yes"}).status_code == 403


def test_the_page_shows_roles_and_no_permissions(system, supervisor):
    said = entered(system).get(f"{USERS}{supervisor.pk}/change/").content.decode()
    assert "虚构市人民政府审核员" in said
    for absent in ("is_superuser", "is_staff", "user_permissions", "groups"):
        assert absent not in said


def test_what_was_changed_in_a_user_is_in_the_trail_and_in_their_history(system, supervisor):
    client = entered(system)
    typed = {"username": supervisor.username, "display_name": "改名", "is_active": "on"}
    client.post(f"{USERS}{supervisor.pk}/change/", typed)
    new = {"password1": PASSWORD + "2", "password2": PASSWORD + "2", "usable_password": "true"}
    assert client.post(f"{USERS}{supervisor.pk}/password/", new).status_code == 302
    assert list(AuditEntry.objects.values_list("verb", flat=True)) == ["change_user"] * 2
    said = client.get(f"{USERS}{supervisor.pk}/history/").content.decode()
    assert "修改用户" in said
    assert "姓名" in said
    assert PASSWORD not in str(list(AuditEntry.objects.values()))


@pytest.mark.parametrize("role", sorted(set(Role) - {Role.AUTHOR}))
def test_nobody_gives_or_takes_a_role_without_a_second_person(as_role, supervisor, bureau, role):
    client, user = as_role(role), make_user()
    given = {"user": user.pk, "role": "author", "agency": bureau.pk}
    taken = f"{ROLES}{supervisor.memberships.get().pk}/delete/"
    assert client.post(f"{ROLES}add/", given).status_code == 403
    assert client.post(taken, {"post": "yes"}).status_code == 403
    assert user.memberships.count() == 0
    assert supervisor.memberships.count() == 1
