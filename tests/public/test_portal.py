"""供门户网站转载: what an editor keeps, cell by cell what the page says."""

import pytest
from lxml import html

from reports.actions.moves import move
from reports.exporters.portal import ATTRIBUTES, ELEMENTS, article
from reports.workflow import Role, State
from tests.factories import complete, in_state, make_agency, make_revision, make_user

from .shelf import page_of, published, put_out
from .test_report_page import metas

pytestmark = pytest.mark.django_db
EDITIONS = {"edition of 2021": 2024, "edition of 2019": 2020}


@pytest.fixture(params=EDITIONS.values(), ids=EDITIONS)
def revision(request):
    year = request.param
    return put_out(year=year, as_printed=year == 2020)


def grid(table) -> list[list[tuple[str, str, str, str]]]:
    """A table's cells as they stand: kind, spans, text."""
    return [
        [
            (cell.tag, cell.get("rowspan", "1"), cell.get("colspan", "1"), said(cell))
            for cell in row.iterchildren("th", "td")
        ]
        for row in table.iter("tr")
    ]


def said(element) -> str:
    return "".join("".join(element.itertext()).split())


def within(element, tag: str) -> bool:
    return any(each.tag == tag for each in element.iterancestors())


def test_the_text_has_only_what_an_editor_keeps(revision):
    tree = html.fragment_fromstring(article(published(revision)), create_parent="div")
    inner = list(tree.iterdescendants())
    assert {each.tag for each in inner} <= ELEMENTS
    assert {name for each in inner for name in each.attrib} <= ATTRIBUTES


def test_every_table_is_the_pages_own_cell_by_cell(client, revision):
    page = html.fromstring(client.get(page_of(revision)).content)
    copy = html.fragment_fromstring(article(published(revision)), create_parent="div")
    printed = [grid(table) for table in page.find(".//article").iter("table")]
    assert len(printed) == 3
    assert [grid(table) for table in copy.iter("table")] == printed


def test_every_sentence_of_the_page_is_in_the_text(client, revision):
    page = html.fromstring(client.get(page_of(revision)).content)
    copy = html.fragment_fromstring(article(published(revision)), create_parent="div")
    paragraphs = [said(each) for each in copy.iter("p")]
    written = page.find(".//article").iter("h2", "h3", "p")  # the title has a field of its own
    for each in (each for each in written if not within(each, "nav")):
        assert said(each) in paragraphs
    assert all(each.text.startswith("　　") for each in copy.iter("p") if not each.get("align"))
    assert copy.find(".//a").get("href") == f"https://localhost{page_of(revision)}"


def test_the_page_offers_title_tags_and_text_to_copy(client, revision):
    page = html.fromstring(client.get(f"{page_of(revision)}portal/").content)
    title, tags, text = (each.text for each in page.iter("textarea"))
    assert title == revision.title
    assert text.strip() == article(published(revision)).strip()
    copied = metas(html.fromstring(f"<html><head>{tags}</head></html>"))
    original = metas(html.fromstring(client.get(page_of(revision)).content))
    assert copied.keys() == {
        "ArticleTitle", "PubDate", "ContentSource", "Keywords", "Author", "Description",
    }  # fmt: skip
    assert copied == {name: original[name] for name in copied}


def test_the_file_holds_the_same_text(client, revision):
    answer = client.get(f"{page_of(revision)}portal/article.html")
    tree = html.fromstring(answer.content)
    assert tree.findtext(".//title") == revision.title
    copy = html.fragment_fromstring(article(published(revision)), create_parent="div")
    assert said(tree.find("body")) == said(copy)


def test_publication_draws_both_and_a_withdrawal_takes_them_away(
    client, django_capture_on_commit_callbacks, django_assert_num_queries
):
    agency = make_agency()
    supervisor = make_user(Role.SUPERVISOR, agency=agency)
    revision = in_state(complete(make_revision(2024, agency)), State.APPROVED)
    with django_capture_on_commit_callbacks(execute=True):
        move(revision, "publish", by=supervisor)
    paths = [f"/agencies/{agency.slug}/2024/portal/{name}" for name in ("", "article.html")]
    for path in paths:
        with django_assert_num_queries(0):
            assert client.get(path).status_code == 200
    revision.refresh_from_db()
    with django_capture_on_commit_callbacks(execute=True):
        move(revision, "withdraw", by=supervisor, note="含有不应公开的内容。")
    assert [client.get(path).status_code for path in paths] == [404, 404]
