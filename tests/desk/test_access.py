"""Who may see and do what at the desk; every address, every stranger."""

import pytest
from django.test import Client
from django.urls import reverse

from reports.desk.urls import urlpatterns
from reports.editions.common import PARTS
from reports.models import DraftInput, Event
from reports.workflow import Role
from tests.factories import make_agency, make_user

from .conftest import Desk

pytestmark = pytest.mark.django_db

PART = "overview"
EXTRA = {
    "findings": ["json"],
    "comment": ["1"],  # of a thread that is not theirs, or is not there
    "part": [PART],
    "keep": [PART],
    "discard": [PART],
    "move": ["submit"],
}
OF_NO_REPORT = ("shelf", "start", "import", "notice", "remind")  # how their names begin
OF_A_REPORT = [each.name for each in urlpatterns if not each.name.startswith(OF_NO_REPORT)]
WRITES = {  # address: what is sent
    "part": {"text": "外人写的。", "base_version": "0"},
    "keep": {"text": "外人写的。"},
    "discard": {},
    "explain": {"fingerprint": "0" * 32, "reason": "没有理由的理由"},
    "move": {},
    "comment": {"turn": "handle"},
}
POST_ONLY = ["keep", "explain"]
GET_ONLY = ["hub", "check", "preview", "history", "receipt", "draft_pdf"]


def address(desk: Desk, name: str) -> str:
    return desk.url(name, *EXTRA.get(name, []))


@pytest.mark.parametrize("name", OF_A_REPORT)
def test_a_stranger_is_asked_to_log_in(desk: Desk, name: str):
    response = Client().get(address(desk, name))
    if name == "keep":
        assert response.status_code == 405
    elif name == "explain":
        assert response.status_code in (302, 405)
    else:
        assert response.url.startswith("/accounts/login/")


@pytest.mark.parametrize("name", OF_A_REPORT)
def test_the_author_of_a_sister_agency_finds_nothing(desk: Desk, name: str):
    sister = make_user(Role.AUTHOR, agency=make_agency())
    client = desk.client_of(sister)
    if name not in POST_ONLY:
        assert client.get(address(desk, name)).status_code == 404
    if name in WRITES:
        assert client.post(address(desk, name), WRITES[name]).status_code == 404
    assert not DraftInput.objects.exists()


@pytest.mark.parametrize(
    "name", [name for name in GET_ONLY if name not in ("receipt", "draft_pdf")]
)
def test_a_supervisor_reads(desk: Desk, supervisor, name: str):
    assert desk.client_of(supervisor).get(address(desk, name)).status_code == 200


@pytest.mark.parametrize("name", WRITES)
def test_a_supervisor_does_not_write(desk: Desk, supervisor, name: str):
    response = desk.client_of(supervisor).post(address(desk, name), WRITES[name])
    assert response.status_code in (403, 404)
    assert not DraftInput.objects.exists()
    assert not Event.objects.filter(revision=desk.revision, by=supervisor).exists()


def test_a_supervisor_sees_a_part_without_buttons(desk: Desk, supervisor):
    page = desk.client_of(supervisor).get(address(desk, "part"))
    assert "不能修改" in page.text
    assert 'class="save-bar"' not in page.text


@pytest.mark.parametrize("name", POST_ONLY)
def test_what_changes_something_is_not_a_link(desk: Desk, name: str):
    assert desk.client.get(address(desk, name)).status_code == 405


@pytest.mark.parametrize("name", GET_ONLY)
def test_what_only_shows_takes_no_post(desk: Desk, name: str):
    assert desk.client.post(address(desk, name)).status_code == 405


@pytest.mark.parametrize("name", WRITES)
def test_every_change_needs_its_token(desk: Desk, name: str):
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(desk.author)
    assert strict.post(address(desk, name), WRITES[name]).status_code == 403
    assert not DraftInput.objects.exists()


def test_starting_needs_its_token_too(desk: Desk):
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(desk.author)
    assert strict.post(reverse("desk:start"), {"report": "1:2020"}).status_code == 403


def test_a_move_that_is_not_the_authors_is_not_here(desk: Desk):
    for verb in ("approve", "publish", "return", "withdraw", "nonsense"):
        assert desk.client.post(desk.url("move", verb)).status_code == 404


@pytest.mark.parametrize("part", [part.key for part in PARTS])
def test_every_part_opens(desk: Desk, part: str):
    assert desk.client.get(desk.url("part", part)).status_code == 200
