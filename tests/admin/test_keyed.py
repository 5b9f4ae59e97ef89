"""The admin's lists by key, as pages: leading on and back, whatever the address says; nothing skipped."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from lxml import html

from reports.models import Revision
from reports.workflow import Role, State
from tests.factories import complete, in_state, make_agency, make_revision, make_user

from .conftest import entered

pytestmark = pytest.mark.django_db
QUEUE = "/admin/reports/revision/"
NOON = datetime(2025, 1, 31, 12, tzinfo=UTC)
HOSTILE = [
    "", "abc", "0", "-1", "9" * 12, "9" * 40, "9" * 5000, "1\0", "\0", "1,2", "[1]", "1.5", "None",
    "' OR 1=1 --", "１２３４５６", "%FF", "<script>",
]  # fmt: skip


def keys(changelist):
    return [row.pk for row in changelist.result_list]


def address(response, rel):
    page = html.fromstring(response.content.decode())
    return page.xpath(f"//nav[@class='pages']/a[@rel='{rel}']/@href")


@pytest.fixture
def five(city):
    """Five reports that wait, the oldest first."""
    revisions = [
        in_state(complete(make_revision(2024, make_agency(parent=city))), State.APPROVED)
        for _ in range(5)
    ]
    for n, each in enumerate(revisions):
        Revision.objects.filter(pk=each.pk).update(changed_at=NOON + timedelta(days=n))
    return revisions


def test_the_page_says_how_many_and_leads_on_and_back(client, small, five):
    first = client.get(QUEUE)
    assert "共 5 条" in first.content.decode()
    assert address(first, "prev") == []
    [onward] = address(first, "next")
    assert onward == f"?after={five[1].pk}"
    second = client.get(QUEUE + onward)
    assert "回到开头" in second.content.decode()
    assert keys(second.context["cl"]) == [five[2].pk, five[3].pk]
    [back] = address(second, "prev")
    assert keys(client.get(QUEUE + back).context["cl"]) == [five[0].pk, five[1].pk]
    [onward] = address(second, "next")
    last = client.get(QUEUE + onward)
    assert (keys(last.context["cl"]), address(last, "next")) == ([five[4].pk], [])


def test_another_filter_search_or_order_begins_from_the_start(client, small, five):
    page = html.fromstring(client.get(f"{QUEUE}?state=all&after={five[1].pk}").content.decode())
    other = page.xpath("//nav[@id='changelist-filter']//a/@href | //table//thead//a/@href")
    assert other
    assert [each for each in other if "after" in each] == []
    assert page.xpath("//form[@id='changelist-search']//input/@name") == ["q", "state"]


def test_the_whole_list_is_more_than_its_page(client, small, five):
    """审定 and 公布 of the whole list mean the list, from whichever page they are asked."""
    page = html.fromstring(client.get(f"{QUEUE}?after={five[1].pk}").content.decode())
    [whole] = [each for each in page.iter("a") if each.text == "公布列表全部…"]
    assert "公布列表全部 5 份报告" in client.get(whole.get("href")).content.decode()
    asked = client.get(f"{QUEUE}batches/all/publish/?after={five[1].pk}")
    assert "公布列表全部 5 份报告" in asked.content.decode()


def test_what_is_chosen_on_a_later_page_is_what_is_done(client, small, five):
    second = client.get(f"{QUEUE}?after={five[1].pk}")
    form = html.fromstring(second.content.decode()).get_element_by_id("changelist-form")
    assert form.get("action") is None  # it goes to the page's own address
    sent = {"action": ["approve_chosen", "publish_chosen"], "index": "1", "select_across": "0"}
    asked = client.post(
        f"{QUEUE}?after={five[1].pk}", sent | {"_selected_action": [five[2].pk, five[3].pk]}
    )
    assert [each.revision.pk for each in asked.context["going"]] == [five[2].pk, five[3].pk]
    none = client.post(f"{QUEUE}?after={five[1].pk}", sent)
    assert none.url == f"{QUEUE}?after={five[1].pk}"


@pytest.mark.parametrize("name", ["after", "before"])
def test_what_is_no_key_begins_from_the_start(client, small, five, name):
    for key in HOSTILE:
        response = client.get(QUEUE, {name: key})
        assert response.status_code == 200, key
        assert keys(response.context["cl"]) == [five[0].pk, five[1].pk], key


@pytest.mark.parametrize(
    "query", ["?p=3", "?p=0", "?p=abc", "?p=2&all=", "?all=", "?o=99", "?o=1.1.1.-1", "?o=a.-"]
)
def test_old_addresses_lead_to_the_beginning(client, small, five, query):
    response = client.get(QUEUE + query)
    assert response.status_code == 200
    assert len(keys(response.context["cl"])) == 2
    assert all("p=" not in each and "all" not in each for each in address(response, "next"))


def test_of_two_keys_one_is_taken_and_of_one_twice_the_last(client, small, five):
    one, two = five[1].pk, five[3].pk
    assert client.get(f"{QUEUE}?after={one}&after={two}").context["cl"].page.before == five[4].pk
    assert client.get(f"{QUEUE}?after={one}&before={two}").status_code == 200


def test_a_row_one_may_not_see_is_no_place(client, small, five, elsewhere):
    """It stands between the others by its time; from its key nothing can be told."""
    hidden = in_state(make_revision(2024, elsewhere), State.IN_REVIEW)
    Revision.objects.filter(pk=hidden.pk).update(changed_at=NOON + timedelta(days=2, hours=1))
    for name in ("after", "before"):
        response = client.get(f"{QUEUE}?{name}={hidden.pk}")
        assert keys(response.context["cl"]) == [five[0].pk, five[1].pk]
        assert address(response, "prev") == []
    auditor = entered(make_user(Role.AUDITOR))
    seen = auditor.get(f"{QUEUE}?state=waiting&after={hidden.pk}")
    assert keys(seen.context["cl"]) == [five[2].pk, five[1].pk]  # the latest first


def test_a_row_that_left_the_list_still_says_where_to_go_on(client, small, five):
    """Its page was read before it was withdrawn from the filter."""
    Revision.objects.filter(pk=five[1].pk).update(state="draft", changed_at=NOON)
    response = client.get(f"{QUEUE}?o=2.1&after={five[1].pk}")
    assert response.status_code == 200
    assert keys(response.context["cl"]) == [five[2].pk, five[3].pk]


def test_where_nothing_follows_any_more_the_list_begins_again(client, small, five):
    """The last row of the page moved to the end, another reviewer having been quicker."""
    Revision.objects.filter(pk=five[1].pk).update(changed_at=NOON + timedelta(days=9))
    response = client.get(f"{QUEUE}?after={five[1].pk}")
    assert keys(response.context["cl"]) == [five[0].pk, five[2].pk]


def statements(client, path):
    with CaptureQueriesContext(connection) as queries:
        assert client.get(path).status_code == 200
    return [each["sql"] for each in queries]


def test_no_row_is_skipped_and_no_statement_is_added_with_the_rows(client, small, five, city):
    page = f"{QUEUE}?after={five[1].pk}"
    client.get(page)
    before = [statements(client, QUEUE), statements(client, page)]
    for _ in range(3):
        in_state(make_revision(2024, make_agency(parent=city)), State.IN_REVIEW)
    after = [statements(client, QUEUE), statements(client, page)]
    assert list(map(len, before)) == list(map(len, after))
    assert len(after[1]) == len(after[0]) + 1  # the place of the key
    assert not [each for way in after for each in way if "OFFSET" in each.upper()]


def test_a_list_of_one_page_is_not_counted(client, five):
    counts = [each for each in statements(client, QUEUE) if each.startswith("SELECT COUNT(")]
    assert [each for each in counts if "reports_revision" in each] == []
    assert "共 5 条" in client.get(QUEUE).content.decode()


def test_a_list_is_counted_to_a_bound_and_read_beyond_it(client, small, five, monkeypatch):
    monkeypatch.setattr("reports.admin.counting.MOST", 3)
    response = client.get(QUEUE)
    said = response.content.decode()
    assert response.context["cl"].result_count == 3
    assert "共 3 条以上" in said
    assert "找到" not in said
    assert "找到 3 条以上" in client.get(f"{QUEUE}?state=all").content.decode()
    last = client.get(f"{QUEUE}?after={five[3].pk}")
    assert keys(last.context["cl"]) == [five[4].pk]
    monkeypatch.setattr("reports.admin.counting.MOST", 5)
    assert "共 5 条</p>" in client.get(QUEUE).content.decode()


def test_the_address_that_completes_names_is_closed(client, city):
    """Its pages would be numbered, and no field asks for them."""
    asked = "?app_label=reports&model_name=agency&field_name=parent&term="
    assert client.get(f"/admin/autocomplete/{asked}").status_code == 403
