"""redraw_pages: which pages are drawn again, and which are left alone."""

import os

import pytest
from django.core.management import CommandError, call_command

from reports.actions import storing
from reports.actions.moves import move
from reports.jobs.pages import draw_report_pages, redraw_all_pages
from reports.management import pages
from reports.models import Report, SiteSettings
from reports.workflow import Role, State
from tests.factories import complete, in_state, make_agency, make_revision, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def report(no_press) -> Report:
    agency = make_agency(slug="first")
    revision = in_state(complete(make_revision(2024, agency)), State.APPROVED)
    return move(revision, "publish", by=make_user(Role.SUPERVISOR, agency=agency)).report


def page():
    return storing.page_folder("first", 2024) / "index.html"


def redraw(*arguments: str) -> None:
    call_command("redraw_pages", *arguments)


def test_every_page_is_drawn_and_the_next_time_none(report):
    redraw()
    before = page().stat().st_ino
    redraw("--if-stale")
    assert page().stat().st_ino == before


def test_without_if_stale_all_are_drawn_again(report):
    redraw()
    before = page().stat().st_ino
    os.link(page(), page().parent.parent / "kept")  # so that the number is not given again
    redraw()
    assert page().stat().st_ino != before


def test_a_missing_page_is_drawn_even_where_nothing_is_stale(report):
    redraw()
    page().unlink()
    redraw("--if-stale")
    assert page().is_file()


def test_a_change_of_the_sites_settings_makes_every_page_stale(report):
    redraw()
    assert not pages.is_stale()
    SiteSettings.objects.create(pk=1, name="虚构市政府信息公开年报")
    assert pages.is_stale()
    redraw("--if-stale")
    assert "虚构市政府信息公开年报" in page().read_text()
    assert not pages.is_stale()


def test_what_a_page_is_made_of_has_a_say_in_the_fingerprint():
    names = {path.name for path in pages.drawn_from()}
    assert {"base.html", "report.html", "publications.py", "page.py", "staticfiles.json"} <= names


def test_pages_of_nobodys_report_are_erased(report):
    stray = storing.page_folder("nobody", 2023) / "index.html"
    storing.write(stray, b"stray")
    redraw("--if-stale")
    assert not stray.exists()
    assert page().is_file()


def test_a_page_that_fails_is_named_and_keeps_no_other_from_being_drawn(report, monkeypatch):
    other = make_agency(slug="second")
    revision = in_state(complete(make_revision(2024, other)), State.APPROVED)
    move(revision, "publish", by=make_user(Role.SUPERVISOR, agency=other))
    draw_pages = pages.draw_pages

    def fail_for_the_first(pk: int) -> None:
        if pk == report.pk:
            raise OSError("disk full")
        draw_pages(pk)

    monkeypatch.setattr(pages, "draw_pages", fail_for_the_first)
    with pytest.raises(CommandError, match="/agencies/first/2024/"):
        redraw()
    assert (storing.page_folder("second", 2024) / "index.html").is_file()
    assert pages.is_stale()


def test_the_tasks_draw_what_the_commands_draw(report):
    draw_report_pages.enqueue(report.pk)
    assert page().is_file()
    page().unlink()
    redraw_all_pages.enqueue()
    assert page().is_file()
