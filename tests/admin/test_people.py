"""Users by the system administrator, roles by the security administrator."""

import pytest
from django.contrib.admin.models import LogEntry
from lxml import html

from reports.models import Membership, User
from reports.workflow import SITE_ROLES, Role
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
    typed = {"username": "fictional", "display_name": "虚构人", "email": ""}
    return typed | {"password1": PASSWORD, "password2": PASSWORD} | changed


def errors(response):
    page = html.fromstring(response.content.decode())
    return [each.text_content().strip() for each in page.find_class("errorlist")]


def test_a_user_is_made_with_a_password_and_without_any_role(system):
    assert entered(system).post(f"{USERS}add/", new_user()).status_code == 302
    made = User.objects.get(username="fictional")
    assert made.check_password(PASSWORD)
    assert (made.display_name, made.is_staff, made.is_superuser) == ("虚构人", False, False)
    assert made.memberships.count() == 0
    assert LogEntry.objects.get().user == system


def test_nothing_else_can_be_posted_into_a_user(system):
    client = entered(system)
    client.post(f"{USERS}add/", new_user(is_superuser="on", is_staff="on", groups="1"))
    made = User.objects.get(username="fictional")
    typed = {"username": "fictional", "display_name": "改名", "is_active": "on"}
    client.post(f"{USERS}{made.pk}/change/", typed | {"is_superuser": "on", "is_staff": "on"})
    made.refresh_from_db()
    assert (made.display_name, made.is_staff, made.is_superuser) == ("改名", False, False)


def test_a_weak_password_is_refused(system):
    response = entered(system).post(f"{USERS}add/", new_user(password1="123", password2="123"))
    assert response.status_code == 200
    assert not User.objects.filter(username="fictional").exists()


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


def test_the_security_administrator_gives_and_takes_a_role(security, bureau):
    client, user = entered(security), make_user()
    given = {"user": user.pk, "role": "author", "agency": bureau.pk}
    assert client.post(f"{ROLES}add/", given).status_code == 302
    membership = Membership.objects.get(user=user)
    assert (membership.role, membership.agency) == ("author", bureau)
    taken = client.post(f"{ROLES}{membership.pk}/delete/", {"post": "yes"})
    assert taken.status_code == 302
    assert not Membership.objects.filter(user=user).exists()
    assert LogEntry.objects.filter(user=security).count() == 2


@pytest.mark.parametrize("second", sorted(SITE_ROLES))
@pytest.mark.parametrize("first", sorted(SITE_ROLES))
def test_nobody_holds_two_of_the_three_roles_of_the_site(security, first, second):
    user = make_user(first)
    response = entered(security).post(f"{ROLES}add/", {"user": user.pk, "role": str(second)})
    assert response.status_code == 200
    assert len(errors(response)) == 1
    if first != second:
        assert "应当由三个人分别担任" in errors(response)[0]
    assert user.memberships.count() == 1


def test_a_role_is_never_rewritten_and_ones_own_never_taken(security, supervisor):
    client = entered(security)
    own, other = security.memberships.get(), supervisor.memberships.get()
    change = {"user": security.pk, "role": "auditor"}
    assert client.post(f"{ROLES}{other.pk}/change/", change).status_code == 403
    assert client.post(f"{ROLES}{own.pk}/delete/", {"post": "yes"}).status_code == 403
    assert Membership.objects.filter(pk=own.pk).exists()


def test_ones_own_role_is_not_given(security, bureau):
    given = {"user": security.pk, "role": "supervisor", "agency": bureau.pk}
    response = entered(security).post(f"{ROLES}add/", given)
    assert errors(response) == ["不能给自己授予角色，请由另一名安全管理员办理。"]


@pytest.mark.parametrize(
    ("role", "with_agency", "said"),
    [("author", False, "请选择机关"), ("auditor", True, "请不要选择机关")],
)
def test_a_role_and_its_place_belong_together(security, bureau, role, with_agency, said):
    given = {"user": make_user().pk, "role": role, "agency": bureau.pk if with_agency else ""}
    response = entered(security).post(f"{ROLES}add/", given)
    assert [said in each for each in errors(response)] == [True]


@pytest.mark.parametrize("role", sorted(set(Role) - {Role.SECURITY_ADMINISTRATOR, Role.AUTHOR}))
def test_no_other_role_gives_or_takes_roles(as_role, supervisor, bureau, role):
    client, user = as_role(role), make_user()
    given = {"user": user.pk, "role": "author", "agency": bureau.pk}
    taken = f"{ROLES}{supervisor.memberships.get().pk}/delete/"
    assert client.post(f"{ROLES}add/", given).status_code == 403
    assert client.post(taken, {"post": "yes"}).status_code == 403
    assert user.memberships.count() == 0
