"""催办 by the authority: its page, from the board."""

import pytest
from django.urls import reverse

from reports.models import Notice
from reports.workflow import Role, State
from tests.factories import in_state, make_agency, make_user

from .conftest import YEAR, Desk
from .test_every_page import INLINE

pytestmark = pytest.mark.django_db


@pytest.fixture
def authority(desk: Desk):
    return desk.client_of(make_user(Role.AUTHORITY, agency=desk.agency, name="申主管"))


@pytest.fixture
def address(desk: Desk) -> str:
    return reverse("desk:remind", args=[desk.agency.pk, YEAR])


def test_the_page_names_the_report_and_who_will_be_told(desk: Desk, authority, address):
    page = authority.get(address).text
    assert "甄填报" in page
    assert f"虚构区档案局{YEAR}年度报告" in page
    assert INLINE.findall(page) == []
    assert not Notice.objects.exists()


def test_urging_tells_once_and_says_so_the_second_time(desk: Desk, authority, address):
    assert "已提醒 1 人" in authority.post(address, follow=True).text
    again = authority.post(address)
    assert again.status_code == 409
    assert "今天已经催办过" in again.text
    assert Notice.objects.get().to == desk.author


def test_a_report_of_another_subtree_or_year_is_not_urged(desk: Desk, authority):
    other = reverse("desk:remind", args=[make_agency().pk, YEAR])
    assert authority.post(other).status_code == 404
    published = reverse("desk:remind", args=[desk.agency.pk, YEAR - 1])
    assert authority.post(published).status_code == 409
    for nonsense in (0, 9999, 99999999999):
        refused = authority.post(reverse("desk:remind", args=[desk.agency.pk, nonsense]))
        assert refused.status_code in (404, 409)
    assert not Notice.objects.exists()


def test_the_board_offers_it_to_the_authority_alone(desk: Desk, authority, supervisor, address):
    board = f"{reverse('admin:board')}?year={YEAR}"
    assert address in authority.get(board).text
    assert address not in desk.client_of(supervisor).get(board).text
    in_state(desk.revision, State.APPROVED)
    assert address in authority.get(board).text
