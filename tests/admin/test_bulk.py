"""Many reports from the queue: asked on a page that names each, begun once, told line by line."""

from uuid import UUID

import pytest
from django_tasks_db.models import DBTaskResult
from lxml import html

from config.settings import base
from reports.actions import batching
from reports.actions.moves import last_event
from reports.jobs import publishing as jobs
from reports.models import Batch, Event, Revision
from reports.workflow import Role, State
from tests.factories import complete, in_state, make_agency, make_revision, make_user, written_by

from .conftest import entered

pytestmark = pytest.mark.django_db
QUEUE = "/admin/reports/revision/"


@pytest.fixture
def approved(city, author):
    return [ready(city, author) for _ in range(3)]


def ready(city, author, state=State.APPROVED, **texts):
    made = complete(make_revision(2024, make_agency(parent=city)), **texts)
    written_by(made, author)
    return in_state(made, state)


def choose(client, *revisions, button="公布所选…"):
    """Post the queue's own form with the reports ticked and one of its buttons pressed."""
    page = html.fromstring(client.get(f"{QUEUE}?state=all").content.decode())
    form = page.get_element_by_id("changelist-form")
    [pressed] = [each for each in form.iter("button") if each.text == button]
    posted = {pressed.get("name"): pressed.get("value")} | {
        "action": [each.get("value") for each in form.findall(".//input[@name='action']")],
        "_selected_action": [each.pk for each in revisions],
        "select_across": "0",
    }
    return client.post(f"{QUEUE}?state=all", posted)


def form_of(response):
    form = html.fromstring(response.content.decode()).find(".//main//form")
    return form.get("action"), {
        "token": form.find(".//input[@name='token']").get("value"),
        "item": [each.get("value") for each in form.findall(".//input[@name='item']")],
    }


def said(response):
    return " ".join(html.fromstring(response.content.decode()).text_content().split())


def states(*revisions):
    return [Revision.objects.get(pk=each.pk).state for each in revisions]


def test_the_page_names_each_and_what_stops_it_and_changes_nothing(
    client, city, author, supervisor, approved
):
    written, broken, waiting = (ready(city, author, **t) for t in ({}, {"problems": "无"}, {}))
    written_by(written, supervisor)
    in_state(waiting, State.IN_REVIEW)
    events = Event.objects.count()
    response = choose(client, *approved, written, broken, waiting)
    text = said(response)
    assert "公布这 3 份报告？" in text
    assert "3 份不能公布，这次不办" in text
    for each in (*approved, written, broken, waiting):
        assert f"{each.report.agency.name}2024年度报告" in text
    assert "有您填写的内容，应当由其他审核人员公布" in text
    assert "没有处理，不能公布" in text
    assert "报告现在是“审核中”，不能公布。" in text
    seen = {f"{each.pk}:{last_event(each)}" for each in approved}
    assert set(form_of(response)[1]["item"]) == seen
    assert (Event.objects.count(), Batch.objects.count()) == (events, 0)


def test_those_that_can_go_are_done_and_told(client, approved):
    address, form = form_of(choose(client, *approved))
    response = client.post(address, form)
    batch = Batch.objects.get(token=UUID(form["token"]))
    assert response.url == f"{QUEUE}batches/{batch.pk}/"
    assert states(*approved) == ["published"] * 3
    text = said(client.get(response.url))
    assert "3 份都已办完：公布 3 份。" in text
    assert "公布 3 份" in said(client.get(f"{QUEUE}batches/"))


def test_what_changed_since_the_page_is_refused_on_its_line(client, author, approved):
    address, form = form_of(choose(client, *approved))
    written_by(approved[1], author)
    text = said(client.get(client.post(address, form).url))
    assert states(*approved) == ["published", "approved", "published"]
    assert "公布 2 份，没有办成 1 份" in text
    assert "您打开页面之后，报告又有了变动" in text


def test_the_page_sent_twice_does_it_once(client, approved):
    address, form = form_of(choose(client, *approved))
    assert client.post(address, form).url == client.post(address, form).url
    assert Batch.objects.count() == 1
    assert Event.objects.filter(verb="publish").count() == 3


def test_approving_many(client, city, author):
    waiting = [ready(city, author, State.IN_REVIEW) for _ in range(2)]
    address, form = form_of(choose(client, *waiting, button="审定所选…"))
    client.post(address, form)
    assert states(*waiting) == ["approved"] * 2


@pytest.fixture
def queue(settings):
    """Tasks wait for a worker, as they do on a server."""
    settings.TASKS = base.TASKS
    return DBTaskResult.objects.ready()


def test_more_than_one_publication_goes_to_the_worker_and_the_page_comes_at_once(
    client, approved, queue
):
    asking = choose(client, *approved[:2])
    assert "由后台逐份办理" in said(asking)
    address, form = form_of(asking)
    page = client.get(client.post(address, form).url).content.decode()
    lines = list(Batch.objects.get().items.values_list("pk", flat=True))
    assert sorted(each.args_kwargs["args"][0] for each in queue) == sorted(lines)
    assert "还有 2 份等待办理" in page
    assert '<noscript><meta http-equiv="refresh"' in page
    assert states(*approved) == ["approved"] * 3
    for line in lines:
        batching.carry_out(line)
    assert states(*approved) == ["published", "published", "approved"]


def test_a_single_publication_is_done_within_the_request(client, approved, queue):
    asking = choose(client, approved[0])
    assert "由后台" not in said(asking)
    address, form = form_of(asking)
    assert "1 份都已办完：公布 1 份。" in said(client.get(client.post(address, form).url))
    assert states(*approved) == ["published", "approved", "approved"]
    assert not queue.exists()


def test_a_few_are_approved_within_the_request_and_many_by_the_worker(
    client, city, author, queue, monkeypatch
):
    waiting = [ready(city, author, State.IN_REVIEW) for _ in range(3)]
    address, form = form_of(choose(client, *waiting[:2], button="审定所选…"))
    client.post(address, form)
    assert states(*waiting) == ["approved", "approved", "in_review"]
    assert not queue.exists()
    monkeypatch.setitem(jobs.MOST_AT_ONCE, "approve", 0)
    address, form = form_of(choose(client, waiting[2], button="审定所选…"))
    client.post(address, form)
    assert queue.count() == 1


@pytest.mark.parametrize("item", ["", "1", "a:b", "1:-1"])
def test_a_form_that_is_not_ours_begins_nothing(client, approved, item):
    _, form = form_of(choose(client, *approved))
    for broken in (form | {"item": [item]}, form | {"token": "x"}):
        assert client.post(f"{QUEUE}batches/begin/publish/", broken).status_code == 302
    assert Batch.objects.count() == 0


def test_nothing_chosen_and_too_many_are_said(client, approved, monkeypatch):
    assert "必须选中" in said(client.get(choose(client).url))
    monkeypatch.setattr(batching, "MOST", 2)
    assert "一次最多 2 份" in said(client.get(choose(client, *approved).url))
    form = form_of(choose(client, approved[0]))[1] | {"item": []}
    refused = client.post(f"{QUEUE}batches/begin/publish/", form, follow=True)
    assert "请选择 1 到 2 份报告再公布。" in said(refused)


def test_only_what_may_be_done_many_at_once(client, approved):
    _, form = form_of(choose(client, *approved))
    for verb in ("return", "withdraw", "submit", "nothing"):
        assert client.post(f"{QUEUE}batches/begin/{verb}/", form).status_code == 404


def test_another_subtrees_report_is_not_named_and_not_taken(client, elsewhere, author, approved):
    foreign = in_state(complete(make_revision(2024, elsewhere)), State.APPROVED)
    assert elsewhere.name not in said(choose(client, *approved, foreign))
    address, form = form_of(choose(client, *approved))
    forged = form | {"item": [*form["item"], f"{foreign.pk}:0"]}
    assert client.post(address, forged).status_code == 403
    assert states(foreign, *approved) == ["approved"] * 4


def test_a_batch_is_shown_to_who_began_it_and_to_auditors(client, city, approved):
    address, form = form_of(choose(client, *approved))
    page = client.post(address, form).url
    other = entered(make_user(Role.SUPERVISOR, agency=city))
    assert other.get(page).status_code == 404
    assert entered(make_user(Role.AUDITOR)).get(page).status_code == 200


def test_an_auditor_has_nothing_to_choose(city, author, approved):
    page = entered(make_user(Role.AUDITOR)).get(f"{QUEUE}?state=all").content.decode()
    assert approved[0].report.agency.name in page
    assert "_selected_action" not in page
    forged = {"action": "publish_chosen", "index": "0", "_selected_action": [approved[0].pk]}
    answer = entered(make_user(Role.AUDITOR)).post(QUEUE, forged)
    assert "公布这" not in answer.content.decode()


@pytest.mark.parametrize("key", ["//x", "", "9" * 40, "-1.5", "１"])
def test_a_key_that_is_none_is_answered_with_the_list_and_a_sentence(client, approved, key):
    sent = {"action": "publish_chosen", "index": "0", "_selected_action": [approved[0].pk, key]}
    page = client.post(QUEUE, sent, follow=True)
    assert page.status_code == 200
    assert "重新选择" in page.content.decode() or key == "１"  # a number in another script


# A whole list


def whole(client, verb="publish", query="?state=approved"):
    return client.get(f"{QUEUE}batches/all/{verb}/{query}")


def sent(client, response, query="?state=approved"):
    fields = html.fromstring(response.content.decode()).findall(".//main//form//input")
    posted = {each.get("name"): each.get("value") for each in fields}
    return client.post(f"{QUEUE}batches/all/publish/{query}", posted, follow=True)


def test_a_whole_list_is_asked_for_by_number_and_begun_once(client, approved, monkeypatch):
    page = whole(client)
    assert "公布列表全部 3 份报告？" in said(page)
    assert states(*approved) == ["approved"] * 3
    told = sent(client, page)
    assert "3 份都已办完：公布 3 份" in said(told)
    assert states(*approved) == ["published"] * 3
    sent(client, page)
    assert Batch.objects.count() == 1


def test_the_list_leads_to_all_of_it_as_it_is_filtered(client, approved):
    page = html.fromstring(client.get(f"{QUEUE}?state=approved").content.decode())
    [link] = [each for each in page.iter("a") if each.text == "公布列表全部…"]
    assert link.get("href") == f"{QUEUE}batches/all/publish/?state=approved"


def test_of_a_filtered_list_only_that_is_taken(client, city, author, approved):
    other = ready(city, author)
    name = other.report.agency.name
    assert "公布列表全部 1 份" in said(whole(client, query=f"?state=all&q={name}"))
    sent(client, whole(client, query=f"?q={name}"), query=f"?q={name}")
    assert states(other, *approved) == ["published", *["approved"] * 3]


@pytest.mark.parametrize("posted", [{}, {"token": "x", "seen": "1"}, {"seen": "-1"}])
def test_a_whole_lists_form_that_is_not_ours_begins_nothing(client, approved, posted):
    given = {"token": str(UUID(int=7))} | posted
    told = client.post(f"{QUEUE}batches/all/publish/", given, follow=True)
    assert "请回到列表再试" in said(told)
    assert not Batch.objects.exists()


def test_an_unknown_filter_or_verb_of_a_whole_list_is_no_fault(client, approved):
    assert whole(client, query="?shoe=7").status_code == 302
    assert whole(client, verb="withdraw").status_code == 404
