"""Hostile text which somebody asks for, or sends to be checked, runs in no answer."""

from dataclasses import replace
from urllib.parse import quote

import pytest
from django.test import Client

from reports.workflow import Role
from tests.factories import make_agency, make_user
from tests.public.sent import as_text, sound
from tests.public.test_check import send

from .hostile import LINK, PROBE, SHORT, TEXT, wrong

pytestmark = pytest.mark.django_db

REFLECTED = [
    "/search/?q={}", "/search/?q=a&region={}&kind={}&year={}", "/agencies/?q={}&region={}",
    "/compare/?with={}&series={}", "/statistics/?q={}", "/accounts/login/?next={}",
    "/admin/board/?text={}", "/admin/reports/revision/?q={}", "/admin/reports/agency/?q={}",
    "/admin/reports/auditentry/?who={}&verb={}", "/desk/?q={}", "/desk/notices/?kind={}",
    "/admin/reports/campaign/?q={}", "/admin/reports/tally/?agency={}&year={}", "/display/?back={}",
    "/no/such/{}/",
]  # fmt: skip


@pytest.mark.parametrize("role", [None, Role.AUTHOR, Role.SUPERVISOR, Role.SYSTEM_ADMINISTRATOR])
def test_nothing_asked_for_runs_in_the_answer(role):
    client = Client()
    if role is not None:
        client.force_login(make_user(role, agency=make_agency()))
    for address in REFLECTED:
        for said in (TEXT, LINK, f"'{SHORT}"):
            response = client.get(address.replace("{}", quote(said)), follow=True)
            assert wrong(response.headers["Content-Type"], response.content) == [], address


def test_what_is_sent_to_be_checked_runs_nowhere(client):
    name = f"a<{PROBE} onload=alert(1)>.txt"
    sheet = replace(sound(), agency=SHORT, overview=TEXT, problems=TEXT)
    for answer in ("page", "docx", "xlsx", "html", "json"):
        response = send(client, as_text(sheet), name=name, answer=answer)
        assert response.status_code == 200
        assert wrong(response.headers["Content-Type"], response.content) == []
