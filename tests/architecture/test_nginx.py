"""deploy/nginx.conf under a real nginx: what it serves from disk, and with which headers."""

import gzip
import shutil
import threading
from http.client import HTTPConnection, HTTPResponse
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest
from django.conf import settings as site
from django.contrib.staticfiles.handlers import StaticFilesHandler
from django.core.handlers.wsgi import WSGIHandler
from django.core.servers.basehttp import WSGIRequestHandler, WSGIServer
from django.db import DEFAULT_DB_ALIAS, connections

from reports.actions import publishing, storing
from reports.actions.moves import move
from reports.exporters.page import FORMATS
from reports.models import StoredDocument
from reports.workflow import Role, State
from tests import nginx
from tests.factories import complete, in_state, make_agency, make_revision, make_user

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(not nginx.NGINX, reason="nginx is not installed: deploy/setup.sh test"),
    pytest.mark.skipif(
        connections[DEFAULT_DB_ALIAS].vendor != "sqlite",
        reason="nginx asks no database: tried with SQLite, whose connection two threads may share",
    ),
]
PAGE = "/agencies/bureau/2024/"
SECURITY = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": site.PERMISSIONS_POLICY,
}


@pytest.fixture
def application():
    """The application on a port of its own, reading what the test has written (and not committed)."""
    shared = connections[DEFAULT_DB_ALIAS]
    shared.inc_thread_sharing()
    server = WSGIServer(("127.0.0.1", 0), WSGIRequestHandler)
    server.set_app(StaticFilesHandler(WSGIHandler()))

    def serve():
        connections[DEFAULT_DB_ALIAS] = shared
        server.serve_forever(poll_interval=0.05)

    thread = threading.Thread(target=serve, daemon=True)
    thread.start()
    yield f"127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join(timeout=20)
    server.server_close()
    shared.dec_thread_sharing()


@pytest.fixture
def act(django_capture_on_commit_callbacks):
    def done(revision, verb, by, note=""):
        with django_capture_on_commit_callbacks(execute=True):
            return move(revision, verb, by=by, note=note)

    return done


@pytest.fixture
def served(tmp_path, published_root, application, act, monkeypatch):
    """A published report behind nginx, the application behind that; asks and answers."""
    monkeypatch.setattr(publishing, "KEPT_FORMATS", ("csv", "json", "xlsx"))
    static = tmp_path / "static"
    shutil.copytree(site.BASE_DIR / "static" / "errors", static / "errors")
    storing.write(static / "css" / "base.0123456789ab.css", b"body{}" * 400)
    storing.write(static / "css" / "base.0123456789ab.css.gz", gzip.compress(b"body{}" * 400))
    agency = make_agency("虚构区第一局", slug="bureau")
    approved = in_state(complete(make_revision(2024, agency)), State.APPROVED)
    supervisor = make_user(Role.SUPERVISOR, agency=agency)
    revision = act(approved, "publish", supervisor)
    with nginx.serving(tmp_path / "nginx", application, published_root, static) as address:
        yield Served(address, revision, lambda: act(revision, "withdraw", supervisor, "数据有误。"))


class Served:
    def __init__(self, address, revision, withdraw):
        self.netloc = urlsplit(address).netloc
        self.revision, self.withdraw = revision, withdraw

    def get(self, path: str, method: str = "GET", **headers: str) -> tuple[HTTPResponse, bytes]:
        connection = HTTPConnection(self.netloc, timeout=20)
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        connection.request(method, path, headers=named)
        response = connection.getresponse()
        content = response.read()
        connection.close()
        return response, content


def test_pages_and_documents_come_from_disk_with_the_applications_headers(
    served, client, published_root: Path
):
    page, content = served.get(PAGE)
    drawn = client.get(PAGE)
    assert page.getheader("Server") == "nginx"
    assert content == drawn.content == (published_root / f"pages{PAGE}index.html").read_bytes()
    assert page.getheader("Content-Type") == drawn["Content-Type"]
    assert page.getheader("Cache-Control") == "no-cache"
    assert page.getheader("Content-Disposition") is None
    for extension in ("csv", "json", "xlsx"):
        response, content = served.get(f"{PAGE}report.{extension}")
        assert response.getheader("Content-Type") == FORMATS[extension][1]
        assert content == client.get(f"{PAGE}report.{extension}").content
        for name, value in SECURITY.items():
            assert page.getheader(name) == response.getheader(name) == value
        policy = response.getheader("Content-Security-Policy")
        assert set(policy.split("; ")) == set(drawn["Content-Security-Policy"].split("; "))
        # From disk: the application's own door says the checksum.
        checksum = StoredDocument.objects.get(format=extension).checksum
        assert checksum not in response.getheader("ETag")


def test_a_document_is_saved_under_a_chinese_name(served):
    for place in ("report", "versions/1/report"):
        response, _ = served.get(f"{PAGE}{place}.csv")
        kind, _, name = response.getheader("Content-Disposition").partition("; filename*=UTF-8''")
        assert (kind, unquote(name)) == (
            "attachment",
            "bureau-2024年政府信息公开工作年度报告.csv",
        )
    response, _ = served.get(f"{PAGE}report.csv", Sec_Fetch_Site="same-origin")
    assert response.getheader("Content-Disposition") == "attachment"  # the link says the name


def test_what_is_compressed_beforehand_is_sent_so(served):
    for path in (PAGE, f"{PAGE}report.csv", "/static/css/base.0123456789ab.css"):
        plain, content = served.get(path)
        packed, compressed = served.get(path, Accept_Encoding="gzip")
        assert packed.getheader("Content-Encoding") == "gzip"
        assert gzip.decompress(compressed) == content
        assert packed.getheader("Vary") == plain.getheader("Vary") == "Accept-Encoding"
    whole, _ = served.get(f"{PAGE}report.xlsx", Accept_Encoding="gzip")
    assert whole.getheader("Content-Encoding") is None


def test_conditions_parts_and_heads_are_answered(served):
    first, content = served.get(f"{PAGE}report.xlsx")
    again, _ = served.get(f"{PAGE}report.xlsx", If_None_Match=first.getheader("ETag"))
    assert again.status == 304
    part, some = served.get(f"{PAGE}report.xlsx", Range="bytes=5-9")
    assert (part.status, some) == (206, content[5:10])
    head, nothing = served.get(f"{PAGE}report.xlsx", "HEAD")
    assert (head.getheader("Content-Length"), nothing) == (str(len(content)), b"")


def test_a_lasting_address_may_be_kept_by_the_reader_alone(served):
    checksum = served.revision.documents.get(format="json").checksum
    response, _ = served.get(f"{PAGE}files/{checksum}.json")
    assert response.getheader("Cache-Control") == "private, max-age=31536000, immutable"
    style, _ = served.get("/static/css/base.0123456789ab.css")
    assert "immutable" in style.headers.get_all("Cache-Control")[-1]


def test_what_is_no_file_goes_to_the_application(served):
    assert served.get("/healthz")[0].status == 200
    found, _ = served.get("/search/?q=abc", Accept_Encoding="gzip")
    assert (found.status, found.getheader("Content-Encoding")) == (200, "gzip")
    assert served.get(f"{PAGE}?utm_source=x")[0].status == 200
    for path in (f"{PAGE}.documents.json", "/.fingerprint", "/files/", "/../files/", "/pages/"):
        assert served.get(path)[0].status in (400, 404), path


def test_nothing_withdrawn_stays_readable_behind_nginx(served):
    checksum = served.revision.documents.get(format="json").checksum
    paths = [f"{PAGE}{name}.json" for name in ("report", "versions/1/report", f"files/{checksum}")]
    assert {served.get(path)[0].status for path in paths} == {200}
    served.withdraw()
    assert {served.get(path)[0].status for path in paths} == {404}
    assert "数据有误。" in served.get(PAGE)[1].decode()


# path, method, how many pass at once (the burst and the first), what is sent meanwhile
KINDS = [("/accounts/login/", "POST", 31), ("/search/?q=a", "GET", 61), ("/check/", "POST", 11)]


@pytest.mark.parametrize(("path", "method", "passed"), KINDS)
def test_an_address_that_asks_too_often_is_held_back_in_words(served, path, method, passed):
    answers = [served.get(path, method) for _ in range(passed * 2)]
    statuses = [response.status for response, _ in answers]
    assert 429 not in statuses[:passed]
    held, page = next(each for each in answers if each[0].status == 429)
    assert held.getheader("Retry-After") == "60"
    assert held.getheader("Cache-Control") == "no-store"
    assert "请过一分钟再试" in page.decode()
    for name, value in SECURITY.items():
        assert held.getheader(name) == value
    assert served.get(PAGE)[0].status == 200  # what is published is read as ever


def test_what_nginx_itself_refuses_is_said_in_chinese(served):
    large = {"Content-Length": str(60 * 1024 * 1024)}
    connection = HTTPConnection(served.netloc, timeout=20)
    connection.request("POST", "/check/", headers=large)
    response = connection.getresponse()
    assert (response.status, "20 MB" in response.read().decode()) == (413, True)
    connection.close()
    for path, method, status in (
        ("/static/no-such.css", "GET", 404),
        ("/static/css/base.0123456789ab.css", "POST", 405),
        ("/" + "a" * 9000, "GET", 414),
    ):
        response, page = served.get(path, method)
        assert response.status == status
        assert "没有找到，或者不能这样打开" in page.decode()
    assert served.get("/static/errors/often.html")[0].status == 404  # of itself it is no page
