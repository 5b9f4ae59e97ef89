"""导入: what was read and corrected is stored, one by one or many at once, and published."""

from uuid import uuid4

import pytest
from django.urls import reverse
from django_tasks_db.models import DBTaskResult
from lxml import html

from reports.actions.transcribing import publish_transcript
from reports.jobs.publishing import carry_out_item
from reports.models import Batch, DraftInput, Revision, Upload
from reports.queries.sheets import sheet_of
from reports.workflow import Role
from tests.factories import make_agency, make_user
from tests.public.sent import as_text, broken, sound, with_figures

from .conftest import YEAR, Desk
from .handed_in import doubtful, named, press, read_one, send, url, words

pytestmark = pytest.mark.django_db


# storing


def test_this_years_document_with_a_misread_cell_becomes_the_draft(desk: Desk):
    desk.revision.report.revisions.all().delete()
    document = with_figures(
        named(sound(YEAR), desk.agency),
        brought_forward=1, received=1, granted=2, outcomes_total=2, carried_forward=7,
    )  # fmt: skip
    upload = read_one(desk, as_text(document))
    refused = press(desk.client, upload, "draft")
    assert refused.status_code == 422
    assert "数字不相符，没有存为草稿" in words(refused)
    summary = html.fromstring(refused.content).get_element_by_id("error-summary")
    jumps = {a.get("href")[1:] for a in summary.iter("a")}
    ids = {each.get("id") for each in html.fromstring(refused.content).iterfind(".//*[@id]")}
    assert jumps
    assert jumps <= ids
    right = {f"applications__{who}__carried_forward": "0" for who in ("natural_person", "total")}
    done = press(desk.client, upload, "draft", **right)
    assert "已存为草稿" in words(done)
    draft = Revision.objects.get(report__agency=desk.agency, report__year=YEAR)
    assert not draft.as_printed
    assert sheet_of(draft).applications["natural_person"]["carried_forward"] == 0


def test_a_historical_report_is_stored_with_its_errors_and_waits_for_another(desk: Desk):
    upload = read_one(desk, as_text(named(broken(), desk.agency, 2020)))
    done = press(desk.client, upload, "transcript", year="2020")
    assert "已按原样照录" in words(done)
    assert "现在轮到审核员公布" in words(done)
    stored = Revision.objects.get(report__agency=desk.agency, report__year=2020)
    assert stored.as_printed
    assert sheet_of(stored).applications["natural_person"]["outcomes_total"] == 1


def test_without_agency_or_year_it_is_asked_for(desk: Desk):
    upload = read_one(desk, as_text(named(sound(), desk.agency)))
    page = press(desk.client, upload, "transcript", agency="", year="")
    assert page.status_code == 422
    assert "请选择是哪个机关的报告" in words(page)
    assert "请填写报告年度" in words(page)


def test_another_agency_than_ones_own_cannot_be_chosen(desk: Desk):
    other = make_agency()
    upload = read_one(desk, as_text(named(sound(), desk.agency)))
    page = press(desk.client, upload, "transcript", agency=str(other.pk))
    assert page.status_code == 422
    assert "不在您填报的机关之内" in words(page)
    assert not Revision.objects.filter(report__agency=other).exists()


def test_a_year_with_a_draft_is_said_and_its_parts_can_be_filled(desk: Desk):
    upload = read_one(desk, as_text(named(sound(YEAR), desk.agency)))
    page = desk.client.get(url(upload))
    assert f"{YEAR}年度已有一份文本" in words(page)
    assert 'value="transcript"' not in page.text
    refused = press(desk.client, upload, "transcript")
    assert "没有再导入" in words(refused)
    done = desk.client.post(
        url(upload, "import_into"), {"part": ["remedies", "overview"]}, follow=True
    )
    assert "已填入，尚未保存" in words(done)
    kept = {each.part: each.content for each in DraftInput.objects.filter(user=desk.author)}
    assert set(kept) == {"remedies", "overview"}
    assert kept["overview"]["text"] == sound(YEAR).overview
    assert kept["remedies"]["reconsideration.upheld"] == "0"
    again = desk.client.post(url(upload, "import_into"), {"part": ["overview"]}, follow=True)
    assert "您在那里有未保存的内容" in words(again)


def test_what_is_given_up_is_asked_first(desk: Desk):
    upload = read_one(desk, as_text(named(sound(), desk.agency)))
    assert "不能恢复" in words(desk.client.get(url(upload, "import_discard")))
    assert Upload.objects.exists()
    desk.client.post(url(upload, "import_discard"))
    assert not Upload.objects.exists()


# many


def test_all_without_trouble_are_stored_after_each_is_named(desk: Desk):
    contents = [as_text(named(sound(year), desk.agency)) for year in (2019 + 2, 2022)]
    send(desk.client, *contents, ("疑.txt", doubtful(desk)), ("别.txt", as_text(sound())))
    page = desk.client.get(reverse("desk:import_store"))
    for year in (2021, 2022):
        assert f"{desk.agency.name}{year}年度报告（" in words(page)
    assert "没有认出是您填报的哪个机关" in words(page)
    assert not Revision.objects.filter(report__year__in=[2021, 2022]).exists()
    form = html.fromstring(page.content).find(".//main//form")
    chosen = [value for name, value in form.form_values() if name == "upload"]
    done = words(desk.client.post(reverse("desk:import_store"), {"upload": chosen}))
    for year in (2021, 2022):
        assert f"已照录为{desk.agency.name}{year}年度报告。" in done
    assert Upload.objects.filter(state="stored").count() == 2


def test_what_is_not_without_trouble_cannot_be_slipped_in(desk: Desk):
    upload = read_one(desk, as_text(named(sound(YEAR), desk.agency)))
    done = desk.client.post(reverse("desk:import_store"), {"upload": [upload.pk]})
    assert "没有选择任何一份" in words(done)


def test_a_reviewer_publishes_what_others_put_in(desk: Desk, supervisor):
    press(
        desk.client, read_one(desk, as_text(named(broken(), desk.agency, 2021))),
        "transcript", year="2021",
    )  # fmt: skip
    client = desk.client_of(supervisor)
    assert "公布照录的历史报告 1" in words(client.get(reverse("desk:shelf")))
    page = client.get(reverse("desk:import_publish"))
    assert f"{desk.agency.name}2021年度报告" in words(page)
    revision = Revision.objects.get(report__year=2021)
    token = page.context["token"]
    pressed = {"revision": [revision.pk], "token": token}
    none = client.post(reverse("desk:import_publish"), {"token": token})
    assert none.status_code == 409
    assert "请选择 1 到 200 份报告再公布。" in words(none)
    done = client.post(reverse("desk:import_publish"), pressed, follow=True)
    assert "1 份都已办完：公布 1 份。" in words(done)
    revision.refresh_from_db()
    assert revision.state == "published"
    again = client.post(reverse("desk:import_publish"), pressed, follow=True)
    assert again.redirect_chain == done.redirect_chain
    assert revision.events.filter(verb="publish").count() == 1


def test_many_of_them_are_left_to_the_workers(desk: Desk, supervisor, settings):
    for year in (2020, 2021):
        upload = read_one(desk, as_text(named(sound(year), desk.agency)))
        press(desk.client, upload, "transcript", year=str(year))
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
    client = desk.client_of(supervisor)
    token = client.get(reverse("desk:import_publish")).context["token"]
    chosen = Revision.objects.filter(as_printed=True)
    pressed = {"revision": [each.pk for each in chosen], "token": token}
    begun = client.post(reverse("desk:import_publish"), pressed)
    assert "还有 2 份等待办理" in words(client.get(begun.url))
    page = words(client.get(reverse("desk:import_publish")))
    assert "有 2 份已经选过，正在由后台公布" in page
    assert "没有其他等待您公布的历史报告" in page
    twice = client.post(reverse("desk:import_publish"), pressed | {"token": uuid4()})
    assert (twice.status_code, Batch.objects.count()) == (409, 1)
    assert "所选的报告现在不用您公布" in words(twice)
    for queued in DBTaskResult.objects.ready().filter(task_path=carry_out_item.module_path):
        carry_out_item.call(*queued.args_kwargs["args"])
    assert {each.state for each in chosen.all()} == {"published"}
    assert "2 份都已办完：公布 2 份。" in words(client.get(begun.url))
    assert "已经选过" not in words(client.get(reverse("desk:import_publish")))


def test_whoever_put_it_in_is_not_offered_to_publish_it(desk: Desk):
    both = make_user(Role.AUTHOR, Role.SUPERVISOR, agency=desk.agency)
    client = desk.client_of(both)
    send(client, as_text(named(broken(), desk.agency, 2021)))
    press(client, Upload.objects.latest("pk"), "transcript", year="2021")
    assert "没有等待您公布的历史报告" in words(client.get(reverse("desk:import_publish")))
    revision = Revision.objects.get(report__year=2021)
    pressed = {"revision": [revision.pk], "token": uuid4()}
    assert client.post(reverse("desk:import_publish"), pressed).status_code == 409
    revision.refresh_from_db()
    assert revision.state == "draft"


# anew


def test_a_published_transcript_is_made_anew_for_a_reason(desk: Desk):
    document = as_text(named(broken(), desk.agency, 2020))
    press(desk.client, read_one(desk, document), "transcript", year="2020")
    first = Revision.objects.get(report__agency=desk.agency, report__year=2020)
    supervisor = make_user(Role.SUPERVISOR, agency=desk.agency)
    publish_transcript(first, by=supervisor)
    send(desk.client, document)
    known = Upload.objects.get(state="known")
    assert "重新读取" in desk.client.get(url(known)).text
    desk.client.post(url(known, "import_again"))
    refused = press(desk.client, known, "anew", year="2020", reason="错了")
    assert refused.status_code == 409
    assert "至少五个字" in words(refused)
    assert "取代第1版" in words(refused)
    assert ">错了</textarea>" in refused.text
    press(desk.client, known, "anew", year="2020", reason="第三部分读错了一行。")
    second = first.report.revisions.get(number=2)
    assert (second.as_printed, second.reason) == (True, "第三部分读错了一行。")
