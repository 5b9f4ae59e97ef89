"""When the site is being worked on, or something fails."""

import pytest
from django.core.management import call_command
from django.db import OperationalError, connection

from reports.queries import listings
from tests.public.shelf import page_of, put_out

pytestmark = pytest.mark.django_db


def failing(error):
    def fail(*args, **kwargs):
        raise error

    return fail


def test_in_maintenance_everybody_is_told_and_what_is_published_is_read(client, published_root):
    address = page_of(put_out())
    folder = published_root / "pages" / address.strip("/")
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "index.html").write_text("<p>已公布</p>", encoding="utf-8")
    call_command("maintenance", "on", "升级到22时，", "<b>请稍候</b>。")
    response = client.get("/desk/")
    assert response.status_code == 503
    assert response.headers["Retry-After"] == "300"
    assert "升级到22时， &lt;b&gt;请稍候&lt;/b&gt;。" in response.content.decode()
    assert client.get("/").status_code == 503
    assert client.get("/healthz").status_code == 200
    assert client.get(address).status_code == 200
    assert client.post(address).status_code == 503
    call_command("maintenance", "off")
    assert client.get("/").status_code == 200


@pytest.mark.parametrize(
    "path",
    ["/../../secret/", "/%2e%2e/%2e%2e/", "//etc/", "/a%00b/", "/agencies/%00/", "/" + "a" * 300],
)
def test_in_maintenance_no_path_leads_out_of_the_pages(client, published_root, path):
    (published_root.parent / "secret").mkdir()
    (published_root.parent / "secret" / "index.html").touch()
    call_command("maintenance", "on")
    assert client.get(path).status_code == 503


def test_a_database_that_is_away_is_said_and_the_number_told(client, monkeypatch):
    client.raise_request_exception = False
    monkeypatch.setattr(listings, "overview", failing(OperationalError("connection refused")))
    with monkeypatch.context() as no_database:
        no_database.setattr(connection, "cursor", failing(OperationalError("refused")))
        response = client.get("/")
    page = response.content.decode()
    assert response.status_code == 503
    assert response.headers["Retry-After"] == "30"
    assert "数据库正忙，或者暂时连接不上" in page
    assert response.headers["X-Request-ID"] in page
    assert "refused" not in page


def test_a_fault_of_ours_tells_its_number_and_nothing_else(client, monkeypatch):
    client.raise_request_exception = False
    monkeypatch.setattr(listings, "overview", failing(ValueError("inner secret")))
    response = client.get("/")
    page = response.content.decode()
    assert response.status_code == 500
    assert response.headers["X-Request-ID"] in page
    assert "inner secret" not in page
    assert "Content-Security-Policy" in response.headers
