import pytest
from django.core.exceptions import PermissionDenied

from reports.actions.people import grant_role, revoke_role
from reports.actions.refusals import Refused
from reports.models import Membership
from reports.workflow import SITE_ROLES, Role
from tests.factories import make_agency, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def security():
    return make_user(Role.SECURITY_ADMINISTRATOR)


@pytest.mark.parametrize("role", sorted(set(Role) - {Role.SECURITY_ADMINISTRATOR}))
def test_only_the_security_administrator_gives_and_takes_roles(role):
    agency = make_agency()
    somebody, user = make_user(role, agency=agency), make_user(Role.AUTHOR, agency=agency)
    with pytest.raises(PermissionDenied):
        grant_role(user, Role.SUPERVISOR, agency, by=somebody)
    with pytest.raises(PermissionDenied):
        revoke_role(user.memberships.get(), by=somebody)
    assert list(user.memberships.values_list("role", flat=True)) == ["author"]


def test_a_user_may_hold_several_roles_within_agencies(security):
    user, here, there = make_user(), make_agency(), make_agency()
    for role, agency in ((Role.AUTHOR, here), (Role.SUPERVISOR, here), (Role.AUTHOR, there)):
        grant_role(user, role, agency, by=security)
    assert user.memberships.count() == 3


@pytest.mark.parametrize("second", sorted(SITE_ROLES))
@pytest.mark.parametrize("first", sorted(SITE_ROLES))
def test_of_the_three_roles_of_the_site_a_user_holds_one(security, first, second):
    user = make_user()
    grant_role(user, first, None, by=security)
    with pytest.raises(Refused, match="三个人分别担任" if first != second else "已经是全站的"):
        grant_role(user, second, None, by=security)
    assert user.memberships.count() == 1


def test_a_revoked_role_is_gone(security):
    user = make_user(Role.AUTHOR, agency=make_agency())
    revoke_role(user.memberships.get(), by=security)
    assert not Membership.objects.filter(user=user).exists()


def test_nobody_takes_their_own_role(security):
    with pytest.raises(Refused, match="另一名安全管理员"):
        revoke_role(security.memberships.get(), by=security)
