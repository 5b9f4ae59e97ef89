"""What holds on every page: language, landmarks, labels, nothing inline, nothing foreign."""

import re
from collections import Counter
from itertools import pairwise

import pytest
from django.template.loader import render_to_string
from django.test import Client
from lxml import html

from reports.actions.open_data import build_year
from reports.public.manuals import MANUALS
from reports.workflow import State
from tests.factories import make_agency

from .shelf import page_of, put_out

pytestmark = pytest.mark.django_db
PAGES = ("home", "search", "found", "nothing", "agencies", "agency", "report", "older",
         "changes", "withdrawn", "portal", "map", "display", "data", "dictionary", "api", "check", "login", "missing",
         "trends", "compare", "statistics", "region", "help", *MANUALS)  # fmt: skip
# Only the registers in which a site must be entered, and to which its footer must lead.
FOREIGN = re.compile(
    r"(?:src|href)=\"(?:https?:)?//(?!localhost[/\"]|beian\.miit\.gov\.cn/|beian\.mps\.gov\.cn/)"
)


@pytest.fixture
def addresses() -> dict[str, str]:
    agency = make_agency()
    put_out(agency)
    second = put_out(agency)
    gone = put_out(state=State.WITHDRAWN)
    build_year(2024)
    return {
        "home": "/",
        "search": "/search/",
        "found": f"/search/?q={agency.name}&year=2024",
        "nothing": "/search/?q=没有这个机关",
        "agencies": "/agencies/",
        "agency": f"/agencies/{agency.slug}/",
        "report": page_of(second),
        "older": f"{page_of(second)}versions/1/",
        "changes": f"{page_of(second)}versions/2/changes/",
        "withdrawn": page_of(gone),
        "portal": f"{page_of(second)}portal/",
        "data": "/data/",
        "dictionary": "/data/dictionary/",
        "map": "/map/",
        "display": "/display/",
        "help": "/help/",
        **{key: f"/help/{key}/" for key in MANUALS},
        "api": "/api/v1/",
        "check": "/check/",
        "login": "/accounts/login/",
        "missing": "/nowhere/",
        "trends": f"/agencies/{agency.slug}/trends/",
        "compare": f"/compare/?agency={agency.slug}&q=虚构",
        "statistics": "/statistics/",
        "region": f"/statistics/{agency.division.code}/2024/",
    }


DRAWN: dict[str, str] = {}  # every page is drawn once; the tests only read it


@pytest.fixture(params=PAGES)
def source(request) -> str:
    if not DRAWN:
        DRAWN.update(request.getfixturevalue("drawn"))
    return DRAWN[request.param]


@pytest.fixture
def drawn(client, addresses) -> dict[str, str]:
    pages = {}
    for name in PAGES:
        response = client.get(addresses[name])
        assert response.status_code == (404 if name == "missing" else 200), name
        assert "script-src 'self'" in response["Content-Security-Policy"]
        pages[name] = response.content.decode()
    return pages


def test_language_landmarks_and_one_heading(source):
    page = html.fromstring(source)
    assert page.get("lang") == "zh-CN"
    for landmark in ("header", "main", "footer"):
        assert len(page.findall(f".//{landmark}")) == 1, landmark
    assert len(page.findall(".//h1")) == 1
    assert page.find(".//a[@class='skip-link']").get("href") == "#main"
    assert page.findtext(".//title").strip()


def test_headings_skip_no_level(source):
    levels = [int(each.tag[1]) for each in html.fromstring(source).iter("h1", "h2", "h3", "h4")]
    seen = {0, *levels[:1]}
    for before, after in pairwise(levels):
        assert after <= before + 1 or after - 1 in seen
        seen.add(after)


def test_ids_are_unique_and_references_are_answered(source):
    page = html.fromstring(source)
    ids = Counter(each.get("id") for each in page.iterfind(".//*[@id]"))
    assert [name for name, times in ids.items() if times > 1] == []
    for each in page.iter():
        for attribute in ("aria-labelledby", "aria-describedby", "headers", "for"):
            assert set((each.get(attribute) or "").split()) <= ids.keys()


def test_every_control_has_a_label(source):
    page = html.fromstring(source)
    labelled = {label.get("for") for label in page.iter("label")}
    controls = [
        each for each in page.iter("input", "select", "textarea") if each.get("type") != "hidden"
    ]
    assert all(each.get("id") in labelled or each.get("aria-labelledby") for each in controls)
    assert all("".join(each.itertext()).strip() for each in page.iter("button"))


def test_nothing_is_inline_and_nothing_is_foreign(source):
    page = html.fromstring(source)
    assert page.findall(".//style") == []
    assert page.findall(".//*[@style]") == []
    inline = [each for each in page.iter("script") if not each.get("src")]
    assert {each.get("type") for each in inline} <= {"application/ld+json"}  # data, never run
    events = {name for each in page.iter() for name in each.attrib if name.startswith("on")}
    assert events == set()
    assert FOREIGN.findall(source) == []


def test_no_link_says_click_here(source):
    assert "点击这里" not in source


def test_a_form_that_waited_too_long_is_refused_in_plain_words():
    response = Client(enforce_csrf_checks=True).post("/accounts/login/", {"username": "x"})
    assert response.status_code == 403
    assert "页面已经过期" in response.content.decode()


@pytest.mark.parametrize("name", ["400.html", "403.html", "404.html", "500.html"])
def test_an_error_page_draws_without_anything(name):
    said = render_to_string(name)
    assert "政府信息公开年度报告" in said
    assert len(html.fromstring(said).findall(".//h1")) == 1


def test_a_refusal_gives_its_reason():
    assert "本机关以外" in render_to_string("403.html", {"exception": "这是本机关以外的报告。"})
