"""催办 from the board: the page names whom it will remind, and reminds just those."""

from datetime import date

import pytest
from django.utils import timezone
from lxml import html

from reports.models import Notice
from reports.workflow import Role, State
from tests.factories import in_state, make_agency, make_revision, make_user

from .conftest import entered

pytestmark = pytest.mark.django_db
YEAR = timezone.localdate().year - 1
URGE = f"/admin/board/urge/?year={YEAR}"


@pytest.fixture
def client(city):
    return entered(make_user(Role.AUTHORITY, agency=city, name="申主管"))


def named(page):
    """The bodies on the page, each with what is said of it."""
    tree = html.fromstring(page.content.decode())
    return {
        item.find("span").text: " ".join(item.text_content().split())
        for item in tree.findall(".//form//li")
    }


def send(client, page, query=""):
    [field] = html.fromstring(page.content.decode()).xpath("//input[@name='bodies']")
    return client.post(URGE + query, {"bodies": field.get("value")}, follow=True)


def test_the_page_names_each_body_and_person_and_tells_nobody_yet(client, bureau, author, city):
    make_agency("虚构市无人局", parent=city)
    page = client.get(URGE)
    assert list(named(page)) == [bureau.name]
    assert "甄填报" in named(page)[bureau.name]
    assert "虚构市无人局" in page.text
    assert not Notice.objects.exists()


def test_those_named_are_reminded_once(client, bureau, author):
    page = client.get(URGE)
    done = send(client, page)
    assert done.redirect_chain[-1][0] == f"/admin/board/?year={YEAR}"
    assert "已催办 1 家，提醒 1 人" in done.text
    again = send(client, page)
    assert again.status_code == 409
    assert "没有需要催办的了" in again.text
    assert Notice.objects.get().to == author
    after = client.get(URGE)
    assert named(after) == {}
    assert "今天已经催办过" in after.text


def test_only_what_the_board_lists_is_urged(client, bureau, author, city):
    begun = make_agency("虚构市体育局", parent=city)
    make_user(Role.AUTHOR, agency=begun)
    make_revision(YEAR, begun)
    query = "&stage=in_progress"
    page = client.get(URGE + query)
    assert list(named(page)) == [begun.name]
    send(client, page, query)
    assert {each.to.memberships.get().agency for each in Notice.objects.all()} == {begun}


def test_who_has_sent_it_in_since_the_page_was_opened_is_left_out(client, bureau, author, city):
    other = make_agency("虚构市体育局", parent=city)
    make_user(Role.AUTHOR, agency=other)
    page = client.get(URGE)
    assert len(named(page)) == 2
    made = make_revision(YEAR, other)
    type(made).objects.filter(pk=made.pk).update(state="published", published_at=timezone.now())
    assert "已催办 1 家，提醒 1 人；另有 1 家不用再催" in send(client, page).text
    assert Notice.objects.get().to == author


@pytest.mark.parametrize(("day", "urged"), [(date(YEAR + 1, 1, 5), 0), (date(YEAR + 1, 2, 5), 1)])
def test_what_waits_for_a_reviewer_is_urged_only_past_its_date(client, bureau, monkeypatch, day, urged):  # fmt: skip
    in_state(make_revision(YEAR, bureau), State.IN_REVIEW)
    reviewer = make_user(Role.SUPERVISOR, agency=bureau, name="沈审核")
    told = timezone.localdate
    monkeypatch.setattr(timezone, "localdate", lambda at=None: told(at) if at else day)
    page = client.get(URGE)
    assert list(named(page)) == [bureau.name][:urged]
    if urged:
        send(client, page)
        assert Notice.objects.get().to == reviewer


def test_of_another_city_nobody_is_urged(client, elsewhere):
    make_user(Role.AUTHOR, agency=elsewhere)
    assert client.post(URGE, {"bodies": str(elsewhere.pk)}).status_code == 403
    assert not Notice.objects.exists()


def test_the_board_offers_it_to_the_authority_alone(client, supervisor):
    assert "催办逾期未报" in client.get(f"/admin/board/?year={YEAR}").text
    assert "催办逾期未报" not in entered(supervisor).get(f"/admin/board/?year={YEAR}").text
    assert entered(supervisor).get(URGE).status_code == 403
