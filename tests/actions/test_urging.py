"""催办: whom the authority asks, of one body and of many; nobody twice on a day."""

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from reports.actions.refusals import Refused
from reports.actions.urging import asked_for, remind_all_now, remind_now
from reports.models import Agency, AuditEntry, Notice
from reports.workflow import Role, State
from tests.factories import in_state, make_agency, make_revision, make_user, written_by

pytestmark = pytest.mark.django_db
Kind = Notice.Kind


@pytest.fixture
def late():
    """A city whose year is last year's, so that today is a day on which it may be urged."""
    office = make_agency("虚构市人民政府")
    bureau = make_agency("虚构市档案局", parent=office)
    return {
        "year": timezone.localdate().year - 1,
        "bureau": bureau,
        "author": make_user(Role.AUTHOR, agency=bureau),
        "supervisor": make_user(Role.SUPERVISOR, agency=bureau),
        "authority": make_user(Role.AUTHORITY, agency=office, name="申主管"),
    }


def urge(late, by="authority"):
    return remind_now(late["bureau"], late["year"], by=late[by])


def test_the_authority_urges_the_authors_once_a_day(late):
    assert urge(late) == 1
    notice = Notice.objects.get()
    assert (notice.to, notice.kind, notice.by) == (late["author"], Kind.URGED, late["authority"])
    assert notice.words.startswith(f"申主管催办：虚构市档案局{late['year']}年度报告")
    with pytest.raises(Refused, match="今天已经催办过"):
        urge(late)
    assert Notice.objects.count() == 1


def test_a_text_with_its_reviewers_is_urged_there(late):
    in_state(make_revision(late["year"], late["bureau"]), State.IN_REVIEW)
    urge(late)
    assert [each.to for each in Notice.objects.all()] == [late["supervisor"]]


@pytest.mark.parametrize("by", ["author", "supervisor"])
def test_only_the_authority_urges(late, by):
    with pytest.raises(PermissionDenied):
        urge(late, by)


def test_nobody_is_urged_for_what_is_published(late):
    made = make_revision(late["year"], late["bureau"])
    type(made).objects.filter(pk=made.pk).update(state="published", published_at=timezone.now())
    with pytest.raises(Refused, match="已公布"):
        urge(late)


def test_where_nobody_can_be_told_it_says_so(late):
    late["author"].memberships.all().delete()
    with pytest.raises(Refused, match="没有可以提醒的人"):
        urge(late)


# Many at once


@pytest.fixture
def several(late):
    """Two more bodies: one whose author has begun, one whose text two supervisors might approve."""
    office = late["bureau"].parent
    begun, waiting = (
        make_agency("虚构市体育局", parent=office),
        make_agency("虚构市水务局", parent=office),
    )
    late["begun_author"] = make_user(Role.AUTHOR, agency=begun)
    make_revision(late["year"], begun)
    text = in_state(make_revision(late["year"], waiting), State.IN_REVIEW)
    late["waiting_supervisor"] = make_user(Role.SUPERVISOR, agency=waiting)
    wrote = make_user(Role.SUPERVISOR, agency=waiting)
    written_by(text, wrote)
    return late | {"office": office, "begun": begun, "waiting": waiting}


def below(several):
    return Agency.objects.filter(path__startswith=several["office"].path)


def urge_all(several, *agencies, by="authority"):
    keys = [each.pk for each in agencies or below(several)]
    return remind_all_now(keys, several["year"], by=several[by])


def test_whoever_has_a_text_in_hand_is_asked_in_one_go(several):
    assert urge_all(several) == (3, 3)
    told = {each.to for each in Notice.objects.filter(kind=Kind.URGED)}
    assert told == {several["author"], several["begun_author"], several["waiting_supervisor"]}
    noted = AuditEntry.objects.get(verb="urge")
    assert (noted.subject, len(noted.detail["agencies"])) == (str(several["office"]), 3)


def test_one_urged_alone_is_not_urged_again_with_all(several):
    urge(several)
    assert urge_all(several) == (2, 2)
    with pytest.raises(Refused, match="没有需要催办的了"):
        urge_all(several)
    with pytest.raises(Refused, match="今天已经催办过"):
        urge(several)
    assert Notice.objects.count() == 3


def test_what_was_published_meanwhile_is_left_out(several):
    made = several["begun"].reports.get().revisions.get()
    type(made).objects.filter(pk=made.pk).update(state="published", published_at=timezone.now())
    assert urge_all(several, several["bureau"], several["begun"]) == (1, 1)
    with pytest.raises(Refused):
        urge_all(several, several["begun"])


def test_another_authoritys_bodies_are_not_urged(several):
    with pytest.raises(PermissionDenied):
        urge_all(several, several["bureau"], make_agency())
    with pytest.raises(PermissionDenied):
        urge_all(several, several["bureau"], by="supervisor")
    assert not Notice.objects.exists()


def test_asking_for_many_takes_as_many_statements_as_for_few(several):
    def asked():
        with CaptureQueriesContext(connection) as statements:
            found = asked_for(below(several), several["year"], by=several["authority"])
        return len(found), len(statements)

    few = asked()
    for number in range(20):
        agency = make_agency(f"虚构市第{number}局", parent=several["office"])
        make_user(Role.AUTHOR, agency=agency)
        if number % 2:
            in_state(make_revision(several["year"], agency), State.IN_REVIEW)
    many = asked()
    assert (many[0] - few[0], many[1]) == (20, few[1])
