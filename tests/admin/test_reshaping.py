"""The guided acts as a system administrator meets them: asked, shown, done, receipted."""

import re

import pytest

from reports.models import Agency, AgencyAct
from reports.workflow import Role
from tests.factories import make_agency, make_user

from .conftest import entered

pytestmark = pytest.mark.django_db
AGENCIES = "/admin/reports/agency/"


@pytest.fixture
def system():
    return entered(make_user(Role.SYSTEM_ADMINISTRATOR))


def typed(**more):
    return {"on": "2025-03-10", "reason": "机构改革方案", "basis": "虚政发〔2025〕1号"} | more


def seal_in(response):
    return re.search(r'name="seal" value="(\w+)"', response.content.decode())[1]


def test_a_merger_from_its_form_to_its_receipt(system, city, bureau):
    sister = make_agency("虚构市另局", parent=city)
    where = f"{AGENCIES}{bureau.pk}/acts/merge/"
    new = typed(others=f"{sister.name}\n", name="虚构市合并局", slug="merged")
    shown = system.post(where, new)
    said = shown.content.decode()
    assert "现在什么都还没有改动" in said
    assert "撤销，全部职责由“虚构市合并局”承继" in said
    assert not Agency.objects.filter(slug="merged").exists()
    answer = system.post(where, new | {"seal": seal_in(shown), "confirmed": "1"}, follow=True)
    said = answer.content.decode()
    assert "合并已经办理" in said
    assert "虚政发〔2025〕1号" in said
    assert Agency.objects.get(pk=sister.pk).closed_on
    assert "合并：" in system.get(f"{AGENCIES}{bureau.pk}/change/").content.decode()


def test_what_was_typed_comes_back_with_what_is_wrong(system, city, bureau):
    where = f"{AGENCIES}{bureau.pk}/acts/merge/"
    answer = system.post(where, typed(others="没有这个局", into=city.name))
    said = answer.content.decode()
    assert answer.status_code == 422
    assert "没有叫“没有这个局”的机关" in said
    assert "机构改革方案" in said
    answer = system.post(where, typed())
    assert "请选择并入哪个机关" in answer.content.decode()


def test_names_that_are_not_unique_are_told_by_their_addresses(system, city, bureau):
    make_agency("同名局", slug="same-1")
    make_agency("同名局", slug="same-2")
    where = f"{AGENCIES}{bureau.pk}/acts/move/"
    assert "same-1、same-2" in system.post(where, typed(parent="同名局")).content.decode()
    assert system.post(where, typed(parent="same-1")).status_code == 200


def test_a_page_grown_old_asks_again(system, bureau):
    where = f"{AGENCIES}{bureau.pk}/acts/close/"
    seal = seal_in(system.post(where, typed()))
    make_user(Role.AUTHOR, agency=bureau)
    answer = system.post(where, typed(seal=seal, confirmed="1"))
    assert answer.status_code == 409
    assert "请重新核对" in answer.content.decode()
    again = system.post(where, typed(seal=seal, again="1"))
    assert "机构改革方案" in again.content.decode()
    answer = system.post(where, typed(seal=seal_in(answer), confirmed="1"))
    assert answer.status_code == 302
    answer = system.post(where, typed(seal=seal, confirmed="1"))
    assert answer.status_code == 409
    assert AgencyAct.objects.count() == 1


def test_a_split_names_its_heirs_line_by_line(system, bureau):
    where = f"{AGENCIES}{bureau.pk}/acts/split/"
    assert "没有写网址标识" in system.post(where, typed(founded="某局")).content.decode()
    shown = system.post(where, typed(founded="甲新局 new-a\n乙新局　new-b", heir="new-a"))
    assert "新设“乙新局”（网址标识 new-b" in shown.content.decode()


def test_a_closed_agency_offers_to_be_reopened(system, city):
    closed = make_agency(parent=city, closed_on="2025-01-01")
    page = system.get(f"{AGENCIES}{closed.pk}/change/").content.decode()
    assert f"{closed.pk}/acts/reopen/" in page
    assert f"{closed.pk}/acts/close/" not in page
    assert system.get(f"{AGENCIES}{closed.pk}/acts/else/").status_code == 404


def test_the_statements_of_a_plan_do_not_grow(system, city, django_assert_max_num_queries):
    bureau = make_agency(parent=city)
    for _ in range(8):
        make_user(Role.AUTHOR, agency=make_agency(parent=bureau))
    target = make_agency()
    with django_assert_max_num_queries(32):
        answer = system.post(f"{AGENCIES}{bureau.pk}/acts/move/", typed(parent=target.slug))
    assert answer.status_code == 200
