"""The inbox, the count beside it, and which kinds are mailed."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from reports.actions.notifying import choose_mail
from reports.models import Notice, NoticeSettings
from reports.queries.notices import unmailed_kinds
from reports.workflow import Role
from tests.factories import make_user

from .conftest import Desk
from .test_every_page import INLINE

pytestmark = pytest.mark.django_db
INBOX = reverse("desk:notices")
READ = reverse("desk:notices_read")
SETTINGS = reverse("desk:notice_settings")
Kind = Notice.Kind


def told(user, number=1, **fields):
    first = Notice.objects.count()
    return [
        Notice.objects.create(
            to=user, kind=Kind.RETURNED, key=f"test:{each}", words=f"第{each}件事。", **fields
        )
        for each in range(first + 1, first + number + 1)
    ]


def test_the_unread_stand_first_and_the_newest_before(desk: Desk):
    told(desk.author, 3)
    desk.client.post(READ, {"notice": Notice.objects.get(words="第3件事。").pk})
    listed = [each.words for each in desk.client.get(INBOX).context["page"].notices]
    assert listed == ["第2件事。", "第1件事。", "第3件事。"]


def test_another_persons_notices_are_neither_shown_nor_read(desk: Desk, colleague):
    [theirs] = told(colleague)
    assert theirs.words not in desk.client.get(INBOX).text
    assert desk.client.get(reverse("desk:notice", args=[theirs.pk])).status_code == 404
    desk.client.post(READ, {"notice": theirs.pk})
    desk.client.post(READ)
    theirs.refresh_from_db()
    assert theirs.read_at is None


def test_opening_a_notice_leads_to_its_report_and_has_it_read(desk: Desk):
    [notice] = told(desk.author, revision=desk.revision)
    address = reverse("desk:notice", args=[notice.pk])
    assert desk.client.head(address).status_code == 302
    notice.refresh_from_db()
    assert notice.read_at is None
    assert desk.client.get(address).url == desk.url("hub")
    notice.refresh_from_db()
    assert notice.read_at is not None


def test_all_are_marked_at_once(desk: Desk):
    told(desk.author, 4)
    page = desk.client.post(READ, follow=True)
    assert "已把 4 条提醒标为已读" in page.text
    assert not Notice.objects.filter(read_at=None).exists()


@pytest.mark.parametrize("sent", ["x", "٣", "-1", "9" * 18, "9" * 5000])
def test_nonsense_marks_nothing(desk: Desk, sent: str):
    told(desk.author)
    assert desk.client.post(READ, {"notice": sent}).status_code == 302
    assert Notice.objects.filter(read_at=None).count() == 1


def test_fifty_stand_on_a_page_and_it_asks_no_more_for_many(desk: Desk):
    told(desk.author, 2, by=desk.author)
    few = asked(desk)
    told(desk.author, 58, by=desk.author)
    assert asked(desk) <= few  # where no read ones are shown, nobody asks for them
    page = desk.client.get(INBOX)
    shown = page.context["page"]
    assert len(shown.notices) == 50
    rest = desk.client.get(f"{INBOX}?after={shown.after}").context["page"]
    assert (len(rest.notices), rest.after) == (10, "")
    assert "60<span" in page.text


def asked(desk: Desk) -> int:
    with CaptureQueriesContext(connection) as statements:
        desk.client.get(INBOX)
    return len(statements)


def test_the_count_stands_in_the_headers_of_desk_and_admin_and_costs_one_statement(
    desk: Desk, supervisor
):
    told(supervisor, 7)
    client = desk.client_of(supervisor)
    for address in (reverse("desk:shelf"), reverse("admin:index")):
        with CaptureQueriesContext(connection) as statements:
            page = client.get(address)
        assert '7<span class="visually-hidden"> 条未读' in page.text
        counted = [each for each in statements if "reports_notice" in each["sql"]]
        assert len(counted) == 1


def test_who_has_no_unread_notice_sees_no_number(desk: Desk):
    assert "条未读" not in desk.client.get(INBOX).text
    assert "还没有提醒" in desk.client.get(INBOX).text


def test_each_person_chooses_what_is_mailed(desk: Desk, colleague):
    assert unmailed_kinds(desk.author) == frozenset()
    desk.client.post(SETTINGS, {"mailed": [Kind.RETURNED, Kind.DUE, "invented"]})
    assert unmailed_kinds(desk.author) == set(Kind) - {Kind.RETURNED, Kind.DUE}
    assert unmailed_kinds(colleague) == frozenset()
    page = desk.client.get(SETTINGS).text
    assert page.count(" checked") == 2
    desk.client.post(SETTINGS, {})
    assert unmailed_kinds(desk.author) == set(Kind)
    assert NoticeSettings.objects.count() == 1


def test_who_has_no_address_is_told_so(desk: Desk):
    assert "没有登记电子邮箱" in desk.client.get(SETTINGS).text
    desk.author.email = "zhen@example.invalid"
    desk.author.save()
    choose_mail(desk.author, [])
    assert "zhen@example.invalid" in desk.client.get(SETTINGS).text


def test_nothing_is_inline(desk: Desk):
    told(desk.author, 2, detail="请补充。")
    for address in (INBOX, SETTINGS):
        assert INLINE.findall(desk.client.get(address).text) == []


def test_an_auditor_has_an_inbox_too(db):
    client = Client()
    client.force_login(make_user(Role.AUDITOR))
    assert client.get(INBOX).status_code == 200


def test_a_long_inbox_is_read_on_by_key_and_nothing_twice(desk: Desk, monkeypatch):
    monkeypatch.setattr("reports.queries.notices.A_PAGE", 2)
    told(desk.author, 5)
    for words in ("第4件事。", "第2件事。"):
        desk.client.post(READ, {"notice": Notice.objects.get(words=words).pk})
    listed, address = [], INBOX
    for _ in range(3):
        page = desk.client.get(address).context["page"]
        listed += [each.words for each in page.notices]
        address = f"{INBOX}?after={page.after}"
    assert listed == [f"第{each}件事。" for each in (5, 3, 1, 4, 2)]
    assert page.after == ""


@pytest.mark.parametrize("typed", ["x", "u", "u9", "r" + "9" * 30, "u-1", "%00"])
def test_any_place_of_an_inbox_is_answered(desk: Desk, typed):
    told(desk.author)
    assert desk.client.get(f"{INBOX}?after={typed}").status_code == 200
