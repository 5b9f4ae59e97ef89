"""What is not published is read by those who may, whatever address asks for it."""

import pytest
from django.test import Client
from django.urls import reverse

from reports.workflow import Role
from tests.factories import complete, make_agency, make_revision, make_user

pytestmark = pytest.mark.django_db
DRAWN = [
    ("desk:hub", []), ("desk:part", ["overview"]), ("desk:check", []), ("desk:preview", []),
    ("desk:draft_pdf", []), ("desk:history", []), ("desk:findings", ["json"]),
    ("desk:findings", ["docx"]), ("desk:findings", ["xlsx"]), ("desk:findings", ["html"]),
]  # fmt: skip


@pytest.fixture
def city():
    top = make_agency("虚构市人民政府")
    bureau, sister = make_agency(parent=top), make_agency(parent=top)
    people = {
        "author": make_user(Role.AUTHOR, agency=bureau),
        "supervisor": make_user(Role.SUPERVISOR, agency=top),
        "sister": make_user(Role.AUTHOR, agency=sister),
        "stranger": make_user(Role.SUPERVISOR, agency=make_agency()),
        "system": make_user(Role.SYSTEM_ADMINISTRATOR),
        "security": make_user(Role.SECURITY_ADMINISTRATOR),
        "nobody": make_user(),
    }
    return complete(make_revision(2024, bureau)), bureau, people


def entered(user) -> Client:
    client = Client()
    client.force_login(user)
    return client


@pytest.mark.parametrize(("name", "more"), DRAWN, ids=str)
def test_a_draft_and_its_files_are_for_its_agency_and_those_above(city, name, more):
    revision, _, people = city
    where = reverse(name, args=[revision.pk, *more])
    assert Client().get(where).status_code == 302
    answered = {who: entered(user).get(where).status_code for who, user in people.items()}
    assert answered == {
        "author": 200, "supervisor": 200, "sister": 404, "stranger": 404, "system": 404,
        "security": 404, "nobody": 404,
    }  # fmt: skip


@pytest.mark.parametrize("extension", ["pdf", "docx", "xlsx", "csv", "json"])
def test_no_public_address_hands_out_a_draft_even_to_its_author(city, extension):
    _, bureau, people = city
    for client in (Client(), entered(people["author"])):
        page = f"/agencies/{bureau.slug}/2024/"
        for rest in ("", f"report.{extension}", "portal/", "versions/1/",
                     f"versions/1/report.{extension}"):  # fmt: skip
            assert client.get(page + rest).status_code == 404, rest
        assert client.get(f"/agencies/{bureau.slug}/reports.zip").status_code == 404


def test_after_a_log_out_nothing_can_be_read(city):
    revision, _, people = city
    client = entered(people["author"])
    where = reverse("desk:hub", args=[revision.pk])
    assert client.get(where).status_code == 200
    session = client.cookies["sessionid"].value
    client.post(reverse("logout"))
    assert client.get(where).status_code == 302
    client.cookies["sessionid"] = session
    assert client.get(where).status_code == 302


def test_one_who_loses_the_account_loses_it_at_once(city):
    revision, _, people = city
    client = entered(people["author"])
    where = reverse("desk:draft_pdf", args=[revision.pk])
    type(people["author"]).objects.filter(pk=people["author"].pk).update(is_active=False)
    assert client.get(where).status_code == 302
