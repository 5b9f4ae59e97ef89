"""What is uploaded: known by content, read elsewhere, held privately, never handed out."""

import stat
from pathlib import Path

import pytest
from django.conf import settings as site
from django.core.cache import caches
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import NoReverseMatch, reverse
from django_tasks_db.models import DBTaskResult

from reports.actions import holding
from reports.models import Upload
from reports.workflow import Role
from tests.access.addresses import addresses
from tests.factories import make_agency, make_user
from tests.importers.documents import as_docx, parts_of
from tests.public.sent import as_text, sound
from tests.public.test_check import send

pytestmark = pytest.mark.django_db
# Not one of them is a report, whatever it calls itself.
DISGUISED = {
    "program.docx": b"MZ\x90\x00" + b"\0" * 400,
    "picture.pdf": b"\x89PNG\r\n\x1a\n" + b"\0" * 400,
    "script.html": b"#!/bin/sh\nrm -rf /\n",
    "archive.xlsx": b"PK\x03\x04" + b"\0" * 400,
    "macro.doc": bytes.fromhex("d0cf11e0a1b11ae1") + b"\0" * 600,
}


@pytest.fixture(autouse=True)
def _nobody_has_asked_yet():
    caches["counts"].clear()


@pytest.fixture
def client_of_author(settings):
    # The worker's own queue, as it is outside of the tests: nothing is read within the request.
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
    client = Client()
    client.force_login(make_user(Role.AUTHOR, agency=make_agency()))
    return client


def hand_in(client, name: str, content: bytes) -> Upload:
    file = SimpleUploadedFile(name, content)
    assert client.post(reverse("desk:import_new"), {"documents": [file]}).status_code == 302
    return Upload.objects.latest("pk")


def test_a_document_waits_for_the_worker(client_of_author):
    upload = hand_in(client_of_author, "报告.txt", as_text(sound()))
    assert (upload.state, upload.reading) == (Upload.State.WAITING, None)
    paths = set(DBTaskResult.objects.values_list("task_path", flat=True))
    assert "reports.jobs.importing.read_upload" in paths


def test_its_bytes_are_for_the_process_alone(client_of_author):
    content = as_text(sound())
    upload = hand_in(client_of_author, "报告.html", content)
    path = holding.path_of(upload.pk)
    assert path.read_bytes() == content
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert path.name == str(upload.pk), "a name of ours, not the sender's"


def test_no_address_hands_them_out(client_of_author):
    content = b"<script>alert(1)</script>" + as_text(sound())
    upload = hand_in(client_of_author, "报告.html", content)
    for name in addresses():
        if name.startswith("desk:import_"):
            for arguments in ([], [upload.pk]):
                try:
                    where = reverse(name, args=arguments)
                except NoReverseMatch:  # an address with more or fewer pieces
                    continue
                assert b"<script>alert(1)" not in client_of_author.get(where).content
    for where in (
        f"/uploads/{upload.pk}",
        f"/media/{upload.pk}",
        f"/static/../uploads/{upload.pk}",
    ):
        assert client_of_author.get(where).status_code == 404
    served = (Path(site.PUBLISHED_ROOT), Path(site.STATIC_ROOT), site.BASE_DIR / "static")
    assert not any(Path(site.UPLOAD_ROOT).is_relative_to(each) for each in served)


@pytest.mark.parametrize("name", DISGUISED)
def test_what_is_no_report_is_refused_by_its_content_in_words(client, name):
    response = send(client, DISGUISED[name], name=name)
    assert response.status_code == 422
    said = response.context["form"].errors["document"]
    assert any("\u4e00" <= sign <= "\u9fff" for sign in str(said))


def test_a_report_is_read_whatever_it_is_called(client):
    for name in ("年报.pdf", "年报.exe", "年报"):
        response = send(client, as_docx(parts_of(sound())), name=name)
        assert response.status_code == 200
        assert "2024年度" in response.text
