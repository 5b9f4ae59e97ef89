"""A published page is a file: served without database, session or user."""

import gzip
from hashlib import sha256

import pytest
from django.conf import settings
from lxml import html

from reports.actions import storing
from reports.actions.moves import move
from reports.exporters.page import FORMATS, draw_page, page_files
from reports.workflow import Role, State
from tests.factories import complete, in_state, make_agency, make_revision, make_user

from .shelf import page_of, published, put_out

pytestmark = pytest.mark.django_db


@pytest.fixture
def revision():
    revision = put_out()
    folder = storing.page_folder(revision.report.agency.slug, revision.report.year)
    for name, content in page_files(draw_page(published(revision))):
        storing.write(folder / name, content)
    return revision


def test_a_kept_page_asks_nothing(client, revision, django_assert_num_queries):
    with django_assert_num_queries(0):
        response = client.get(page_of(revision), headers={"cookie": "sessionid=whatever"})
    assert response.status_code == 200
    assert response["Vary"] == "Accept-Encoding"
    assert not response.cookies


def test_the_kept_page_and_the_drawn_page_are_the_same_bytes(client, revision):
    kept = client.get(page_of(revision)).content
    storing.erase_pages(revision.report.agency.slug, revision.report.year)
    drawn = client.get(page_of(revision)).content
    assert kept == drawn == draw_page(published(revision))


def test_a_reader_who_has_the_page_gets_no_second_copy(client, revision):
    first = client.get(page_of(revision))
    again = client.get(page_of(revision), headers={"if-none-match": first["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    other = client.get(page_of(revision), headers={"if-none-match": '"other"'})
    assert other.status_code == 200


def test_the_page_is_handed_out_compressed_beforehand(client, revision):
    plain = client.get(page_of(revision)).content
    packed = client.get(page_of(revision), headers={"accept-encoding": "gzip"})
    assert packed["Content-Encoding"] == "gzip"
    assert gzip.decompress(packed.content) == plain
    brotli = client.get(page_of(revision), headers={"accept-encoding": "gzip, br;q=1.0"})
    assert brotli["Content-Encoding"] == "br"
    assert len(brotli.content) < len(packed.content) < len(plain)


def test_a_compressed_page_does_not_outlive_the_page(client, revision):
    folder = storing.page_folder(revision.report.agency.slug, revision.report.year)
    (folder / "index.html").unlink()
    response = client.get(page_of(revision), headers={"accept-encoding": "br"})
    assert "Content-Encoding" not in response


def test_the_page_and_what_it_loads_weigh_less_than_150_kb(revision):
    static = settings.BASE_DIR / "static"
    names = ("css/tokens.css", "css/base.css", "css/public.css", "css/statutory.css",
             "css/display.css", "css/paper.css", "js/public.js", "js/reading.js", "img/mark.svg")  # fmt: skip
    loaded = sum((static / name).stat().st_size for name in names)
    assert loaded + len(draw_page(published(revision))) < 150_000


@pytest.mark.parametrize(
    "path",
    [
        "/agencies/../../db.sqlite3",
        "/agencies/%2e%2e/2024/",
        "/agencies/..%2f..%2f/2024/",
        "/agencies/a/2024/versions/../../../../../secret/",
        "/agencies/a/2024/report.%2e%2e",
        "/agencies/a/2024/report.html",
        "/agencies/%00/2024/",
        f"/agencies/{'a' * 300}/2024/",
    ],
)
def test_no_address_leads_out_of_the_folder(client, published_root, path):
    published_root.mkdir(parents=True, exist_ok=True)
    (published_root.parent / "index.html").write_text("secret")
    assert client.get(path).status_code == 404


@pytest.mark.every_format
def test_publishing_leaves_the_page_and_its_documents(
    client, django_capture_on_commit_callbacks, django_assert_num_queries
):
    agency = make_agency()
    approved = in_state(complete(make_revision(2024, agency)), State.APPROVED)
    with django_capture_on_commit_callbacks(execute=True):
        move(approved, "publish", by=make_user(Role.SUPERVISOR, agency=agency))
    with django_assert_num_queries(0):
        page = client.get(f"/agencies/{agency.slug}/2024/")
    assert html.fromstring(page.content).find(".//article") is not None
    for extension, (_, content_type) in FORMATS.items():
        response = client.get(f"/agencies/{agency.slug}/2024/report.{extension}")
        assert (response.status_code, response["Content-Type"]) == (200, content_type)
        assert sha256(response.content).hexdigest() in page.content.decode()
