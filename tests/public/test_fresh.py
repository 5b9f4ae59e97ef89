"""Lists drawn when asked for: unchanged they are not drawn again, changed they always are."""

import pytest

from reports.actions.auditing import note
from reports.actions.moves import move
from reports.models import SiteSettings
from reports.workflow import Role, State
from tests.factories import complete, in_state, make_agency, make_revision, make_user

pytestmark = pytest.mark.django_db
LISTS = ("/", "/agencies/", "/agencies/bureau/", "/map/")


@pytest.fixture
def agency():
    return make_agency(slug="bureau")


def statuses(client, etags):
    return {
        client.get(path, headers={"if-none-match": etag}).status_code
        for path, etag in etags.items()
    }


def etags_of(client):
    return {path: client.get(path)["ETag"] for path in LISTS}


@pytest.mark.parametrize("path", LISTS)
def test_a_list_the_reader_has_is_not_drawn(client, agency, path, django_assert_num_queries):
    etag = client.get(path)["ETag"]
    with django_assert_num_queries(2):
        again = client.get(path, headers={"if-none-match": etag})
    assert (again.status_code, again.content) == (304, b"")
    assert again["Cache-Control"] == "public, no-cache"


def test_whatever_the_public_may_see_makes_every_list_new(client, agency):
    supervisor = make_user(Role.SUPERVISOR, agency=agency)
    approved = in_state(complete(make_revision(2024, agency)), State.APPROVED)

    def rename():
        agency.name = "虚构区改名局"
        agency.save()
        note("change_agency", agency, by=supervisor)

    for change in (
        lambda: move(approved, "publish", by=supervisor),
        lambda: move(approved, "withdraw", by=supervisor, note="数据有误。"),
        rename,
        make_agency,
        lambda: SiteSettings.objects.create(pk=1, name="虚构市年报", domain="example.invalid"),
    ):
        known = etags_of(client)
        assert statuses(client, known) == {304}
        change()
        assert statuses(client, known) == {200}


def test_what_is_not_there_is_not_remembered(client):
    response = client.get("/agencies/nobody/")
    assert response.status_code == 404
    assert "ETag" not in response
