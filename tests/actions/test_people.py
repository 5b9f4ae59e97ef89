"""Roles: proposed by one, decided by another; and of the three of the site, one to a person."""

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from reports.actions.people import (
    appoint_first,
    confirm_role,
    propose_role,
    refuse_role,
    withdraw_role,
)
from reports.actions.refusals import Refused
from reports.models import AuditEntry, Membership, RoleRequest
from reports.workflow import SITE_ROLES, Role
from tests.factories import make_agency, make_user

pytestmark = pytest.mark.django_db
REVOKE = RoleRequest.Kind.REVOKE
PROPOSING = {Role.SYSTEM_ADMINISTRATOR, Role.SECURITY_ADMINISTRATOR}


@pytest.fixture
def security():
    return make_user(Role.SECURITY_ADMINISTRATOR)


@pytest.fixture
def second():
    return make_user(Role.SECURITY_ADMINISTRATOR)


@pytest.fixture
def system():
    return make_user(Role.SYSTEM_ADMINISTRATOR)


@pytest.fixture
def agency():
    return make_agency()


def asked_for(user, role, agency, by, **more):
    return propose_role(user, role, agency, reason="岗位调整", by=by, **more)


def test_a_role_takes_effect_when_a_second_person_confirms_it(system, security, agency):
    user = make_user()
    asked = asked_for(user, Role.AUTHOR, agency, system)
    assert not Membership.objects.filter(user=user).exists()
    confirm_role(asked, by=security)
    assert Membership.objects.get(user=user).role == "author"
    asked.refresh_from_db()
    assert (asked.state, asked.decided_by) == ("confirmed", security)
    assert list(AuditEntry.objects.order_by("pk").values_list("verb", "username")) == [
        ("propose_role", system.username), ("confirm_role", security.username),
    ]  # fmt: skip


def test_a_role_is_taken_when_a_second_person_confirms_it(security, second, agency):
    user = make_user(Role.AUTHOR, agency=agency)
    asked = asked_for(user, Role.AUTHOR, agency, security, kind=REVOKE)
    assert user.memberships.count() == 1
    confirm_role(asked, by=second)
    assert user.memberships.count() == 0


@pytest.mark.parametrize("role", sorted(set(Role) - PROPOSING))
def test_others_neither_propose_nor_decide(role, system, agency):
    somebody, user = make_user(role, agency=agency), make_user()
    with pytest.raises(PermissionDenied):
        asked_for(user, Role.SUPERVISOR, agency, somebody)
    asked = asked_for(user, Role.SUPERVISOR, agency, system)
    for decide in (confirm_role, withdraw_role):
        with pytest.raises(PermissionDenied):
            decide(asked, by=somebody)
    with pytest.raises(PermissionDenied):
        refuse_role(asked, "不行，没有依据", by=somebody)
    assert user.memberships.count() == 0


def test_the_system_administrator_proposes_and_never_confirms(system, security, agency):
    asked = asked_for(make_user(), Role.AUTHOR, agency, security)
    with pytest.raises(PermissionDenied):
        confirm_role(asked, by=system)


def test_nobody_confirms_what_they_proposed(security, agency):
    user = make_user()
    asked = asked_for(user, Role.AUTHOR, agency, security)
    with pytest.raises(Refused, match="不能确认自己提出的变更"):
        confirm_role(asked, by=security)
    with pytest.raises(IntegrityError), transaction.atomic():
        RoleRequest.objects.filter(pk=asked.pk).update(state="confirmed", decided_by=security)


def test_nobody_proposes_or_decides_about_themselves(security, second, system, agency):
    with pytest.raises(Refused, match="不能给自己授予角色"):
        asked_for(security, Role.AUTHOR, agency, security)
    with pytest.raises(Refused, match="不能收回自己的角色"):
        asked_for(security, Role.SECURITY_ADMINISTRATOR, None, security, kind=REVOKE)
    asked = asked_for(security, Role.SECURITY_ADMINISTRATOR, None, second, kind=REVOKE)
    with pytest.raises(Refused, match="不能确认自己的角色变更"):
        confirm_role(asked, by=security)
    with pytest.raises(IntegrityError), transaction.atomic():
        RoleRequest.objects.create(
            user=system, role="author", agency=agency, reason="x", proposed_by=system
        )


def test_a_refusal_needs_a_reason_and_changes_nothing(system, security, agency):
    user = make_user()
    asked = asked_for(user, Role.AUTHOR, agency, system)
    with pytest.raises(Refused, match="写明理由"):
        refuse_role(asked, " ", by=security)
    refuse_role(asked, "没有任职文件", by=security)
    asked.refresh_from_db()
    assert (asked.state, asked.answer) == ("refused", "没有任职文件")
    assert user.memberships.count() == 0
    with pytest.raises(Refused, match="不能再办理"):
        confirm_role(asked, by=security)


def test_a_proposal_is_withdrawn_by_its_proposer_and_may_come_again(system, security, agency):
    user = make_user()
    asked = asked_for(user, Role.AUTHOR, agency, system)
    with pytest.raises(Refused, match="正在等待确认"):
        asked_for(user, Role.AUTHOR, agency, security)
    withdraw_role(asked, by=system)
    assert asked_for(user, Role.AUTHOR, agency, security).state == "waiting"


def test_what_holds_no_more_at_the_confirmation_is_refused(system, security, agency):
    user = make_user()
    asked = asked_for(user, Role.AUDITOR, None, system)
    Membership.objects.create(user=user, role="system_administrator")
    with pytest.raises(Refused, match="三个人分别担任"):
        confirm_role(asked, by=security)
    gone = make_user(Role.AUTHOR, agency=agency)
    asked = asked_for(gone, Role.AUTHOR, agency, system, kind=REVOKE)
    gone.memberships.all().delete()
    with pytest.raises(Refused, match="没有可以收回的角色"):
        confirm_role(asked, by=security)


def test_a_user_may_hold_several_roles_within_agencies(system, security):
    user, here, there = make_user(), make_agency(), make_agency()
    for role, agency in ((Role.AUTHOR, here), (Role.SUPERVISOR, here), (Role.AUTHOR, there)):
        confirm_role(asked_for(user, role, agency, system), by=security)
    assert user.memberships.count() == 3


@pytest.mark.parametrize("other", sorted(SITE_ROLES))
@pytest.mark.parametrize("first", sorted(SITE_ROLES))
def test_of_the_three_roles_of_the_site_a_user_holds_one(system, first, other):
    user = make_user(first)
    with pytest.raises(Refused, match="三个人分别担任" if first != other else "已经是全站的"):
        asked_for(user, other, None, system)
    with pytest.raises(IntegrityError), transaction.atomic():
        Membership.objects.create(user=user, role=str(other))
    with pytest.raises(Refused):
        appoint_first(user, other)
