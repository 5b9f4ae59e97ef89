"""The manuals are true: their words are the product's, their places and pictures are there."""

import re
from pathlib import Path

import pytest
from django.conf import settings
from lxml import html
from PIL import Image

from reports.editions import EDITIONS
from reports.public.manuals import MANUALS, PLACES, place_of
from tests.access.addresses import addresses

pytestmark = pytest.mark.django_db
ROOT = Path(settings.BASE_DIR)
TEMPLATES = ROOT / "templates/help"
SOURCES = [
    *(p for p in (ROOT / "templates").rglob("*.html") if TEMPLATES not in p.parents),
    *(p for p in (ROOT / "reports").rglob("*.py") if p.name != "manuals.py"),
    *(ROOT / "static/js").glob("*.js"),
]
DJANGO_SAYS = {"保存"}  # and 新增 before a model's name: the admin's buttons
# Addresses of desk and admin at which no page of theirs is drawn, or only Django's own.
NO_PAGES = {
    "admin:None", "admin:view_on_site", "admin:login", "admin:logout", "admin:password_change",
    "admin:password_change_done", "admin:autocomplete", "admin:jsi18n", "admin:app_list",
}  # fmt: skip
MOST = 3_000_000  # bytes of pictures


@pytest.fixture(params=MANUALS)
def opened(request, client) -> html.HtmlElement:
    response = client.get(f"/help/{request.param}/")
    assert response.status_code == 200
    return html.fromstring(response.content.decode())


def product() -> str:
    """Everything that the product says, templates without the tags between the words."""
    said = "\n".join(path.read_text(encoding="utf-8") for path in SOURCES)
    for edition in EDITIONS.values():
        said += "\n".join(each.label for each in edition.applications.leaves())
    return said


def quoted(page: html.HtmlElement) -> set[str]:
    return set(re.findall(r"「([^」]*)」", page.find(".//main").text_content()))


def test_a_manual_quotes_only_what_the_product_says(opened):
    said = product()
    assert quoted(opened)
    names = {each.removesuffix("…").removeprefix("新增") for each in quoted(opened)}
    assert {each for each in names - DJANGO_SAYS if each not in said} == set()


def test_contents_lead_to_every_section(opened):
    led = [each.get("href")[1:] for each in opened.findall(".//nav[@id='contents']//ol//a")]
    assert led == [each.get("id") for each in opened.findall(".//section[@class='chapter']")]
    assert len(set(led)) == len(led) > 5


def test_every_section_has_one_template_and_every_template_is_a_section():
    wanted = {f"{book.key}/{each.key}.html" for book in MANUALS.values() for each in book.sections}
    there = {str(path.relative_to(TEMPLATES)) for path in TEMPLATES.glob("*/*.html")}
    assert there == wanted


def pages_of_staff() -> set[str]:
    return {each for each in addresses() if each.startswith(("desk:", "admin:"))} - NO_PAGES


def test_every_page_of_desk_and_admin_has_a_place():
    assert {name for name in pages_of_staff() if not place_of(name)} == set()


def test_every_place_is_a_section_and_belongs_to_a_page():
    there = {f"{book.key}#{each.key}" for book in MANUALS.values() for each in book.sections}
    assert set(PLACES.values()) - there == {"#which"}
    names = {name.split("/")[0] for name in PLACES}
    lost = {
        name
        for name in names
        if not any(page == name or page.startswith(f"{name}_") for page in pages_of_staff())
    }
    assert lost == set()


def test_a_part_of_a_report_may_have_a_place_of_its_own():
    assert place_of("desk:part", "applications") == "author#grid"
    assert place_of("desk:part", "overview") == "author#prose"
    assert place_of("admin:reports_agency_change") == "administrator#agencies"
    assert place_of("admin:board_export") == "authority#board"
    assert place_of("public:home") == ""


def test_the_index_names_every_section(client):
    page = html.fromstring(client.get("/help/").content.decode())
    assert page.get_element_by_id("which") is not None
    links = {each.get("href") for each in page.iter("a")}
    wanted = {
        f"/help/{book.key}/#{each.key}" for book in MANUALS.values() for each in book.sections
    }
    assert wanted <= links


def test_a_manual_that_is_not_there_is_said_so(client):
    assert client.get("/help/nowhere/").status_code == 404


def test_every_picture_that_is_named_is_there_and_the_other_way_round():
    named = [
        name
        for path in TEMPLATES.rglob("*.html")
        for name in re.findall(r"picture=pictures\.(\w+)", path.read_text(encoding="utf-8"))
    ]
    there = {path.stem for path in (ROOT / "static/help").iterdir()}
    assert sorted(named) == sorted(there)


def test_a_picture_says_what_is_on_it_and_how_large_it_is(opened):
    for each in opened.iter("img"):
        file = (
            ROOT
            / "static/help"
            / re.sub(r"\.[0-9a-f]{12}(?=\.png$)", "", each.get("src").rsplit("/", 1)[1])
        )
        if "/help/" not in each.get("src"):
            continue
        with Image.open(file) as image:
            assert image.size == (int(each.get("width")), int(each.get("height")))
        assert len(each.get("alt")) > 10


def test_the_pictures_are_not_heavy():
    assert sum(path.stat().st_size for path in (ROOT / "static/help").iterdir()) < MOST
