"""What the public reads of a correction: the text in force, the old one, and what was changed."""

from datetime import datetime
from xml.etree import ElementTree

import pytest
from lxml import html

from reports.actions.correcting import correct
from reports.actions.drafting import save_applications, save_narrative
from reports.actions.moves import move
from reports.queries.sheets import sheet_of
from reports.workflow import Role, State
from tests.factories import complete, in_state, make_agency, make_revision, make_user

from .test_report_page import metas

pytestmark = pytest.mark.django_db
REASON = "第三部分新收数量少计1件，第五部分漏写一句。"
ADDED = "另有两项制度没有及时修订。"
PAGE = "/agencies/bureau/2024/"
CHANGES = f"{PAGE}versions/2/changes/"


@pytest.fixture
def agency():
    return make_agency("虚构区第一局", slug="bureau")


@pytest.fixture
def author(agency):
    return make_user(Role.AUTHOR, agency=agency)


@pytest.fixture
def supervisor(agency):
    return make_user(Role.SUPERVISOR, agency=agency)


@pytest.fixture
def act(django_capture_on_commit_callbacks):
    """Make moves as they are made in truth: the pages are drawn when the transaction is done."""

    def done(revision, verb, by, note=""):
        with django_capture_on_commit_callbacks(execute=True):
            return move(revision, verb, by=by, note=note)

    return done


@pytest.fixture
def first(agency, supervisor, act):
    columns = {"natural_person": {"received": 3, "granted": 3}}
    revision = complete(make_revision(2024, agency), columns=columns)
    return act(in_state(revision, State.APPROVED), "publish", supervisor)


def corrected(published, author, supervisor, act, reason=REASON):
    correction = correct(published, reason, by=author)
    sheet = sheet_of(correction)
    columns = {key: dict(each) for key, each in sheet.applications.items() if key != "total"}
    columns["natural_person"]["received"] += 1
    columns["natural_person"]["granted"] += 1
    save_applications(correction, columns, base_version=1, by=author)
    text = f"{sheet.problems}\n{ADDED}"
    save_narrative(correction, "problems", text, base_version=1, by=author)
    for verb, who in (("submit", author), ("approve", supervisor), ("publish", supervisor)):
        correction = act(correction, verb, who)
    return correction


@pytest.fixture
def second(first, author, supervisor, act):
    return corrected(first, author, supervisor, act)


def page_at(client, path):
    response = client.get(path)
    assert response.status_code == 200, path
    return html.fromstring(response.content)


def said(element) -> str:
    return " ".join("".join(element.itertext()).split())


def test_the_page_shows_the_text_in_force_with_its_notice_and_history(client, second):
    page = page_at(client, PAGE)
    notice = page.find(".//section[@class='notice']")
    assert f"更正理由：{REASON}" in said(notice)
    assert f"{second.published_at:%Y年}" in said(notice)
    links = [link.get("href") for link in notice.iter("a")]
    assert links == [f"{PAGE}versions/1/", CHANGES]
    rows = [
        [said(cell) for cell in row]
        for row in page.iterfind(".//section[@id='versions']//tbody/tr")
    ]
    assert [(row[0], row[2], row[3]) for row in rows] == [
        ("第2版（本页）", "已公布", REASON),
        ("第1版", "已更正", "首次公布"),
    ]
    assert page.get_element_by_id("cell-applications.natural_person.received").text == "4"


def test_the_differences_name_the_cells_in_the_forms_words_and_strike_out_what_was(client, second):
    page = page_at(client, CHANGES)
    rows = {
        said(row.find("th")): (said(row.find(".//del")), said(row.find(".//ins")))
        for row in page.iterfind(".//table//tbody/tr")
    }
    label = next(
        place.label
        for place, _ in sheet_of(second).cells()
        if place.key == "natural_person.received"
    )
    assert rows[label] == ("3", "4")
    assert len(rows) == 6  # 新收, 予以公开, （七） of the column and of 总计
    [paragraph] = page.iterfind(".//p[@class='change']")
    assert ADDED in said(paragraph.find("ins"))
    assert "新增一段" in said(paragraph)
    assert page.find(".//h3").text in [part.title for part in sheet_of(second).edition.parts]
    assert REASON in said(page.find(".//main"))


def test_the_changes_are_a_kept_file_and_the_same_bytes_as_drawn(
    client, second, published_root, django_assert_num_queries
):
    with django_assert_num_queries(0):
        kept = client.get(CHANGES).content
    for path in (published_root / f"pages{CHANGES}").iterdir():
        path.unlink()
    assert client.get(CHANGES).content == kept


def test_the_old_address_keeps_the_old_text_and_its_documents(client, first, second):
    page = page_at(client, f"{PAGE}versions/1/")
    notice = page.find(".//section[@class='notice notice-explain']")
    assert "这是更正前的文本（第1版）" in said(notice)
    assert [link.get("href") for link in notice.iter("a")] == [PAGE, CHANGES]
    assert page.get_element_by_id("cell-applications.natural_person.received").text == "3"
    old = client.get(f"{PAGE}versions/1/report.json").json()
    new = client.get(f"{PAGE}report.json").json()
    assert (old["version"], old["supersedes"], old["reason"]) == (1, None, "")
    assert (new["version"], new["supersedes"], new["reason"]) == (2, 1, REASON)


def test_any_two_consecutive_texts_are_compared(client, second, author, supervisor, act):
    corrected(second, author, supervisor, act, "再次核对，又少计1件。")
    for number in (2, 3):
        assert "差异" in said(page_at(client, f"{PAGE}versions/{number}/changes/").find(".//main"))
    assert page_at(client, f"{PAGE}versions/2/") is not None
    for number in (1, 4, 99999):
        assert client.get(f"{PAGE}versions/{number}/changes/").status_code == 404


def test_a_given_up_correction_is_nowhere_public(client, first, author, supervisor, act):
    dropped = correct(first, REASON, by=author)
    act(dropped, "drop", author)
    for path in ("versions/2/", "versions/2/changes/", "versions/2/report.json"):
        assert client.get(PAGE + path).status_code == 404
    third = corrected(first, author, supervisor, act)
    assert third.number == 3
    page = page_at(client, PAGE)
    assert "缺少的版次是没有公布的稿本" in said(page.find(".//section[@id='versions']"))
    assert page_at(client, f"{PAGE}versions/3/changes/") is not None


def test_machines_learn_of_the_correction(client, first, second):
    tags = metas(page_at(client, PAGE))
    assert tags["DCTERMS.modified"] == tags["PubDate"]
    assert tags["DCTERMS.replaces"].endswith(f"{PAGE}versions/1/")
    feed = ElementTree.fromstring(client.get("/feed.xml").content)
    atom = "{http://www.w3.org/2005/Atom}"
    entry, original = feed.findall(f"{atom}entry")
    assert "更正后第2版" in entry.findtext(f"{atom}title")
    assert REASON in entry.findtext(f"{atom}summary")
    assert entry.findtext(f"{atom}updated") == second.published_at.isoformat()
    assert original.findtext(f"{atom}updated") == first.published_at.isoformat()
    index = ElementTree.fromstring(client.get("/sitemap.xml").content)
    times = [each.text for each in index.iter() if each.tag.endswith("lastmod")]
    assert [datetime.fromisoformat(each) for each in times] == [
        second.published_at.replace(microsecond=0)
    ]


def test_a_withdrawal_says_when_and_why_keeps_the_history_and_takes_the_texts(
    client, second, supervisor, act
):
    act(second, "withdraw", supervisor, "含有个人信息。")
    page = page_at(client, PAGE)
    notice = said(page.find(".//section[@class='notice notice-explain']"))
    at = second.events.get(verb="withdraw").at
    assert "撤回理由：含有个人信息。" in notice
    assert f"{at:%Y}年" in notice
    history = page.find(".//section[@id='versions']")
    assert REASON in said(history)
    assert list(history.iter("a")) == []
    for path in (
        "report.json",
        "versions/1/report.json",
        "versions/2/report.json",
        "versions/2/changes/",
    ):
        assert client.get(PAGE + path).status_code == 404, path
    assert "含有个人信息。" in client.get("/agencies/bureau/").text


def test_a_report_published_again_shows_the_new_text_and_keeps_the_withdrawn_ones_covered(
    client, first, second, author, supervisor, act
):
    withdrawn = act(second, "withdraw", supervisor, "含有个人信息。")
    corrected(withdrawn, author, supervisor, act, "已删去个人信息。")
    page = page_at(client, PAGE)
    assert "撤回后重新公布" in said(page.find(".//section[@class='notice']"))
    assert page.find(".//article") is not None
    for number in (1, 2):
        old = page_at(client, f"{PAGE}versions/{number}/")
        assert old.find(".//article") is None
        assert "含有个人信息。" in said(old.find(".//section[@class='notice notice-explain']"))
        assert client.get(f"{PAGE}versions/{number}/report.json").status_code == 404
    assert client.get(f"{PAGE}versions/3/changes/").status_code == 404
    assert client.get(f"{PAGE}report.json").json()["version"] == 3
