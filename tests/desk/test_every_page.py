"""What holds on every page of the desk."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from lxml import html

from reports.editions.common import PARTS
from reports.public.manuals import PLACES
from tests.factories import complete

from .conftest import Desk

pytestmark = pytest.mark.django_db
INLINE = re.compile(
    r"<style|\sstyle=|\son[a-z]+=\"|javascript:|<script(?![^>]*(?:src=|application/json))", re.I
)
PAGES = [*(part.key for part in PARTS), "check", "preview", "history", "hub"]
MOST = 45  # statements a page may ask, whatever is in the report


def page(desk: Desk, name: str):
    keys = {part.key for part in PARTS}
    url = desk.url("part", name) if name in keys else desk.url(name)
    with CaptureQueriesContext(connection) as asked:
        response = desk.client.get(url)
    return response, len(asked)


@pytest.mark.parametrize("name", PAGES)
def test_nothing_is_inline_and_every_id_is_one(desk: Desk, name: str):
    text = page(desk, name)[0].text
    assert INLINE.findall(text) == []
    ids = re.findall(r'\sid="([^"]+)"', text)
    assert sorted(ids) == sorted(set(ids))


@pytest.mark.parametrize("name", PAGES)
def test_every_form_that_is_sent_has_one_token(desk: Desk, name: str):
    """A script renews it after a log-in elsewhere; of two that bear its name it renews neither."""
    forms = [
        form
        for form in html.fromstring(page(desk, name)[0].text).iter("form")
        if (form.get("method") or "").lower() == "post"
    ]
    assert forms
    for form in forms:
        assert len(form.findall(".//input[@name='csrfmiddlewaretoken']")) == 1


@pytest.mark.parametrize("name", PAGES)
def test_a_page_asks_as_much_for_a_full_report_as_for_an_empty_one(desk: Desk, name: str):
    empty = page(desk, name)[1]
    complete(desk.revision)
    full = page(desk, name)[1]
    assert abs(full - empty) <= 2  # whoever saved, and a disclosure row that is there
    assert full <= MOST


def test_every_box_has_a_name_to_be_read_aloud(desk: Desk):
    text = page(desk, "applications")[0].text
    assert 'aria-label="自然人 （一）予以公开"' in text
    boxes = re.findall(r'<input class="cell[^>]*>', text)
    assert len(boxes) == 6 * 24
    assert all('autocomplete="off"' in box and "inputmode=" in box for box in boxes)


def test_computed_cells_are_shown_and_not_typed(desk: Desk):
    text = page(desk, "applications")[0].text
    assert text.count("<output") == 25 + 6
    assert 'name="total.received"' not in text
    assert 'name="natural_person.outcomes_total"' not in text


def test_the_shelf_and_start_are_clean_too(desk: Desk):
    for name in ("shelf", "start"):
        assert INLINE.findall(desk.client.get(reverse(f"desk:{name}")).text) == []


@pytest.mark.parametrize("name", PAGES)
def test_a_page_leads_to_its_section_of_a_manual(desk: Desk, name: str):
    found = re.findall(r'href="/help/([a-z]+)/#([a-z]+)"', page(desk, name)[0].text)
    assert len(found) == 1
    assert "#".join(found[0]) in set(PLACES.values())
