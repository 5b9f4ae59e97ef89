"""A role is proposed on one page and confirmed by a second person on another."""

import pytest
from lxml import html

from reports.models import RoleRequest
from reports.workflow import SITE_ROLES, Role
from tests.factories import make_user

from .conftest import entered

pytestmark = pytest.mark.django_db
ROLES, CHANGES = "/admin/reports/membership/", "/admin/reports/rolerequest/"


@pytest.fixture
def system():
    return make_user(Role.SYSTEM_ADMINISTRATOR)


@pytest.fixture
def security():
    return make_user(Role.SECURITY_ADMINISTRATOR)


def errors(response):
    page = html.fromstring(response.content.decode())
    return [each.text_content().strip() for each in page.find_class("errorlist")]


def typed(user, role="author", agency=None, **more):
    where = agency.pk if agency else ""
    return {
        "kind": "grant",
        "user": user.pk,
        "role": role,
        "agency": where,
        "reason": "到岗",
    } | more


def test_a_role_goes_from_one_person_to_the_next(system, security, bureau):
    user = make_user()
    assert entered(system).post(f"{CHANGES}add/", typed(user, agency=bureau)).status_code == 302
    asked = RoleRequest.objects.get()
    assert user.memberships.count() == 0
    desk = entered(security)
    assert "有 1 项角色变更等待您确认" in desk.get("/admin/").content.decode()
    assert "确认授予" in desk.get(f"{CHANGES}{asked.pk}/change/").content.decode()
    assert desk.post(f"{CHANGES}{asked.pk}/confirm/decide/").status_code == 302
    assert user.memberships.get().agency == bureau
    again = desk.post(f"{CHANGES}{asked.pk}/confirm/decide/")
    assert again.status_code == 409
    assert "不能再办理" in again.content.decode()


def test_the_list_of_roles_leads_to_a_proposal_to_take_one(system, supervisor, city):
    page = html.fromstring(entered(system).get(ROLES).content.decode())
    links = [each.get("href") for each in page.iter("a") if each.text_content() == "提出收回"]
    [link] = [each for each in links if f"user={supervisor.pk}&" in each]
    form = html.fromstring(entered(system).get(link).content.decode()).get_element_by_id(
        "rolerequest_form"
    )
    assert form.fields["kind"] == "revoke"
    assert form.fields["user"] == str(supervisor.pk)
    assert (form.fields["role"], form.fields["agency"]) == ("supervisor", str(city.pk))


def test_the_auditor_sees_the_changes_and_proposes_none(as_role, supervisor):
    client = as_role(Role.AUDITOR)
    assert client.get(CHANGES).status_code == 200
    assert "提出收回" not in client.get(ROLES).content.decode()
    assert client.post(f"{CHANGES}add/", typed(supervisor)).status_code == 403


def test_who_proposed_withdraws_and_cannot_confirm(security, bureau):
    client = entered(security)
    client.post(f"{CHANGES}add/", typed(make_user(), agency=bureau))
    asked = RoleRequest.objects.get()
    page = client.get(f"{CHANGES}{asked.pk}/change/").content.decode()
    assert ("确认授予" in page, "撤回这项变更" in page) == (False, True)
    refused = client.post(f"{CHANGES}{asked.pk}/confirm/decide/")
    assert refused.status_code == 409
    assert "不能确认自己提出的变更" in refused.content.decode()
    assert client.post(f"{CHANGES}{asked.pk}/withdraw/decide/").status_code == 302


def test_a_reason_too_short_stays_in_its_box(system, security, bureau):
    entered(system).post(f"{CHANGES}add/", typed(make_user(), agency=bureau))
    address = f"{CHANGES}{RoleRequest.objects.get().pk}/refuse/decide/"
    refused = entered(security).post(address, {"answer": "否"})
    assert refused.status_code == 409
    assert ">否</textarea>" in refused.content.decode()


@pytest.mark.parametrize("second", sorted(SITE_ROLES))
@pytest.mark.parametrize("first", sorted(SITE_ROLES))
def test_nobody_is_proposed_for_two_of_the_three_roles_of_the_site(system, first, second):
    user = make_user(first)
    response = entered(system).post(f"{CHANGES}add/", typed(user, str(second)))
    assert response.status_code == 200
    said = "应当由三个人分别担任" if first != second else "已经是全站的"
    assert [said in each for each in errors(response)] == [True]
    assert not RoleRequest.objects.exists()


@pytest.mark.parametrize(
    ("role", "with_agency", "said"),
    [("author", False, "请选择机关"), ("auditor", True, "请不要选择机关")],
)
def test_a_role_and_its_place_belong_together(security, bureau, role, with_agency, said):
    given = typed(make_user(), role, bureau if with_agency else None)
    assert [said in each for each in errors(entered(security).post(f"{CHANGES}add/", given))] == [
        True
    ]


def test_ones_own_role_is_not_proposed(security, bureau):
    response = entered(security).post(f"{CHANGES}add/", typed(security, agency=bureau))
    assert errors(response) == ["不能给自己授予角色，请由另一名管理员提出。"]
