import pytest

from reports.models import StoredDocument
from tests.factories import make_agency

from .shelf import page_of, put_out

pytestmark = pytest.mark.django_db
TYPES = {"pdf": "application/pdf", "csv": "text/csv; charset=utf-8", "json": "application/json"}


@pytest.mark.parametrize("extension", TYPES)
def test_a_document_comes_as_it_was_kept(client, extension, django_assert_max_num_queries):
    address = f"{page_of(put_out())}report.{extension}"
    with django_assert_max_num_queries(2):
        response = client.get(address)
    assert response.status_code == 200
    assert response["Content-Type"] == TYPES[extension]
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Content-Disposition"].startswith("attachment; filename*=utf-8''%E8%99%9A")
    again = client.get(address, headers={"if-none-match": response["ETag"]})
    assert again.status_code == 304


def test_an_older_text_keeps_its_own_files(client):
    agency = make_agency()
    first = put_out(agency)
    put_out(agency)
    assert client.get(f"{page_of(first)}report.pdf").content.endswith(b"2")
    assert client.get(f"{page_of(first)}versions/1/report.pdf").content.endswith(b"1")


def test_a_format_that_was_not_drawn_is_not_found(client):
    revision = put_out()
    assert client.get(f"{page_of(revision)}report.docx").status_code == 404
    assert client.get(f"{page_of(revision)}report.exe").status_code == 404


def test_a_path_out_of_the_folder_is_never_read(client, published_root):
    revision = put_out()
    (published_root.parent / "secret").write_text("secret")
    StoredDocument.objects.create(
        revision=revision, format="xlsx", filename="x.xlsx", path="../secret", size=1, checksum="0"
    )
    assert client.get(f"{page_of(revision)}report.xlsx").status_code == 404
