"""A published report's documents lie beside its page: sent without the database, gone with it."""

import gzip
import json
from hashlib import sha256

import brotli
import pytest

from reports.actions import publishing, storing
from reports.actions.moves import move
from reports.models import StoredDocument
from reports.workflow import Role, State
from tests.factories import complete, in_state, make_agency, make_revision, make_user

pytestmark = pytest.mark.django_db
PAGE = "/agencies/bureau/2024/"


@pytest.fixture(autouse=True)
def drawn_quickly(monkeypatch):
    monkeypatch.setattr(publishing, "KEPT_FORMATS", ("csv", "json", "xlsx"))


@pytest.fixture
def act(django_capture_on_commit_callbacks):
    supervisor = make_user(Role.SUPERVISOR, agency=make_agency("虚构区第一局", slug="bureau"))

    def done(verb, revision=None, note=""):
        agency = supervisor.memberships.get().agency
        if revision is None:
            revision = make_revision(2024, agency, reason="数据有误。")
            received = {"received": revision.number, "granted": revision.number}
            revision = complete(revision, columns={"natural_person": received})
            revision = in_state(revision, State.APPROVED)
        with django_capture_on_commit_callbacks(execute=True):
            return move(revision, verb, by=supervisor, note=note)

    return done


def lasting(revision, extension):
    checksum = StoredDocument.objects.get(revision=revision, format=extension).checksum
    return f"{PAGE}files/{checksum}.{extension}"


@pytest.mark.parametrize("place", ["", "versions/1/"])
@pytest.mark.parametrize("extension", ["csv", "json", "xlsx"])
def test_a_kept_document_asks_nothing(client, act, place, extension, django_assert_num_queries):
    stored = StoredDocument.objects.get(revision=act("publish"), format=extension)
    with django_assert_num_queries(0):
        response = client.get(f"{PAGE}{place}report.{extension}")
    assert sha256(response.content).hexdigest() == stored.checksum
    assert response["ETag"] == f'"{stored.checksum}"'
    assert response["Content-Length"] == str(stored.size)
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Content-Disposition"].startswith("attachment; filename*=utf-8''%E8%99%9A")
    assert response["Cache-Control"] == "public, no-cache"


def test_a_reader_who_has_the_document_is_told_so_without_its_being_read(client, act):
    act("publish")
    first = client.get(f"{PAGE}report.json")
    for header, value in (
        ("if-none-match", first["ETag"]),
        ("if-modified-since", first["Last-Modified"]),
    ):
        again = client.get(f"{PAGE}report.json", headers={header: value})
        assert (again.status_code, again.content) == (304, b"")
        assert again["ETag"] == first["ETag"]


def test_a_head_says_what_a_get_would(client, act):
    act("publish")
    whole, head = client.get(f"{PAGE}report.xlsx"), client.head(f"{PAGE}report.xlsx")
    names = ("Content-Type", "Content-Length", "ETag", "Content-Disposition", "Accept-Ranges")
    assert [head[name] for name in names] == [whole[name] for name in names]
    assert head.content == b""


def test_data_is_compressed_beforehand_and_documents_are_not(client, act):
    act("publish")
    for extension in ("csv", "json"):
        plain = client.get(f"{PAGE}report.{extension}")
        for encoding, unpack in (("br", brotli.decompress), ("gzip", gzip.decompress)):
            asked = {"accept-encoding": encoding}
            packed = client.get(f"{PAGE}report.{extension}", headers=asked)
            assert packed["Content-Encoding"] == encoding
            assert unpack(packed.content) == plain.content
            assert packed["ETag"] != plain["ETag"]
            assert packed["Vary"] == "Accept-Encoding"
    workbook = client.get(f"{PAGE}report.xlsx", headers={"accept-encoding": "gzip, br"})
    assert "Content-Encoding" not in workbook


def test_drawing_again_does_not_compress_again_nor_make_a_file_look_newer(act):
    revision = act("publish")
    folder = storing.page_folder("bureau", 2024)
    before = {name: (folder / name).stat() for name in ("report.csv", "report.csv.br")}
    publishing.draw_pages(revision.report_id)
    for name, stat in before.items():
        again = (folder / name).stat()
        assert (again.st_ino, again.st_mtime_ns) == (stat.st_ino, stat.st_mtime_ns)


def test_the_lasting_address_stays_with_its_text(client, act, django_assert_num_queries):
    first = act("publish")
    address = lasting(first, "json")
    content = client.get(address).content
    second = act("publish")
    with django_assert_num_queries(0):
        response = client.get(address)
    assert response.content == content != client.get(f"{PAGE}report.json").content
    assert response["Cache-Control"] == "private, max-age=31536000, immutable"
    assert json.loads(client.get(lasting(second, "json")).content)["version"] == 2


def test_nothing_withdrawn_stays_readable(client, act, published_root):
    first, second = act("publish"), act("publish")
    known = [lasting(each, "json") for each in (first, second)]
    known += [f"{PAGE}report.json", f"{PAGE}versions/1/report.json", f"{PAGE}versions/2/report.csv"]
    assert {client.get(address).status_code for address in known} == {200}
    act("withdraw", second, note="数据有误。")
    assert {client.get(address).status_code for address in known} == {404}
    folder = published_root / "pages/agencies/bureau/2024"
    left = {path.name.split(".")[0] for path in folder.rglob("*") if path.is_file()}
    assert left == {"index"}


def test_where_no_file_is_kept_the_database_answers(client, act):
    revision = act("publish")
    address = lasting(revision, "csv")
    kept = [client.get(each).content for each in (address, f"{PAGE}versions/1/report.csv")]
    storing.erase_pages("bureau", 2024)
    drawn = [client.get(each).content for each in (address, f"{PAGE}versions/1/report.csv")]
    assert kept == drawn
    assert client.get(f"{PAGE}files/{'0' * 64}.csv").status_code == 404


@pytest.mark.parametrize(
    ("asked", "cut"),
    [
        ("bytes=0-9", slice(0, 10)),
        ("bytes=10-", slice(10, None)),
        ("bytes=-5", slice(-5, None)),
        ("bytes=5-999999999", slice(5, None)),
    ],
)
def test_a_part_of_a_document_may_be_asked_for(client, act, asked, cut):
    act("publish")
    address = f"{PAGE}report.xlsx"
    whole = client.get(address).content
    response = client.get(address, headers={"range": asked, "accept-encoding": "br"})
    assert (response.status_code, response.content) == (206, whole[cut])
    first, end, _ = cut.indices(len(whole))
    assert response["Content-Range"] == f"bytes {first}-{end - 1}/{len(whole)}"


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"range": "bytes=999999999-"}, 416),
        ({"range": "bytes=9-3"}, 416),
        ({"range": "bytes=0-1,4-5"}, 200),
        ({"range": "bytes=-"}, 200),
        ({"range": "lines=1-2"}, 200),
        ({"range": "bytes=0-1", "if-range": '"another"'}, 200),
    ],
)
def test_a_part_that_is_not_there_is_refused_and_nonsense_gets_the_whole(
    client, act, headers, status
):
    act("publish")
    assert client.get(f"{PAGE}report.xlsx", headers=headers).status_code == status


def test_every_text_of_a_report_is_a_kept_page(client, act, django_assert_num_queries):
    act("publish")
    act("publish")
    with django_assert_num_queries(0):
        pages = [client.get(f"{PAGE}{place}") for place in ("", "versions/1/", "versions/2/")]
    assert {page.status_code for page in pages} == {200}
    assert pages[0].content == pages[2].content != pages[1].content
