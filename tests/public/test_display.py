"""显示设置: remembered in a cookie, and applied without scripts by a style sheet of one's own."""

import re
from itertools import product

import pytest

from reports.public.display import SETTINGS, STYLESHEET

pytestmark = pytest.mark.django_db
CHOICES = [tuple(value for value, _ in setting.choices) for setting in SETTINGS]


def test_what_was_chosen_is_remembered_and_leads_back(client):
    sent = {"mode": "elder", "size": "type-large", "scheme": "dark", "back": "/agencies/?page=2"}
    answer = client.post("/display/", sent)
    assert (answer.status_code, answer["Location"]) == (302, "/agencies/?page=2")
    cookie = answer.cookies["display"]
    assert cookie.value == "elder.type-large.dark"
    assert (cookie["samesite"], cookie["path"], cookie["httponly"]) == ("Lax", "/", "")
    page = client.get("/display/").content.decode()
    assert re.findall(r'value="([a-z-]*)"[^>]* checked', page) == ["elder", "type-large", "dark"]


def test_choosing_the_usual_again_takes_everything_back(client):
    client.cookies["display"] = "elder.dark"
    client.post("/display/", {"mode": "", "size": "", "scheme": ""})
    assert client.cookies["display"].value == ""
    assert client.get("/display.css").content == b""


@pytest.mark.parametrize(
    "back",
    [
        "https://elsewhere.example/",
        "//elsewhere.example",
        "",
        "/display/",
        "{{ 7 }}",
        "login",
        "a/b",
    ],
)
def test_nobody_is_led_to_another_host_nor_in_a_circle(client, back):
    answer = client.post("/display/", {"back": back})
    assert answer["Location"] == "/"


def test_the_page_leads_back_to_where_one_came_from(client):
    page = client.get("/display/", headers={"referer": "http://testserver/agencies/a/2024/"})
    assert 'name="back" value="http://testserver/agencies/a/2024/"' in page.content.decode()


def test_what_a_stranger_writes_into_the_cookie_is_never_a_rule(client):
    client.cookies["display"] = "elder.}body{display:none}.light.dark"
    rules = client.get("/display.css").content.decode()
    assert "display:none" not in rules
    assert "html:root { font-size: 150%; }" in rules
    assert "html.dark" in rules  # light came first; one choice of each setting


@pytest.mark.parametrize("classes", list(product(*CHOICES)), ids=".".join)
def test_the_style_sheet_applies_exactly_what_was_chosen(client, classes):
    chosen = [each for each in classes if each]
    client.cookies["display"] = ".".join(chosen)
    answer = client.get("/display.css")
    rules = answer.content.decode()
    source = STYLESHEET.read_text(encoding="utf-8")
    applied = sum(source.count(f"html.{each}") for each in chosen)
    assert rules.count("html:root") == applied
    assert [each for each in chosen if f"html.{each}" in rules] == []
    assert "Cookie" in answer["Vary"]
    assert answer["Cache-Control"] == "private, no-cache"


def test_every_class_of_the_style_sheet_can_be_chosen():
    source = STYLESHEET.read_text(encoding="utf-8")
    known = {value for choices in CHOICES for value in choices if value}
    assert set(re.findall(r"html\.([a-z-]+)", source)) == known


def test_the_script_and_the_page_know_the_same_classes():
    script = STYLESHEET.parents[1].joinpath("js/public.js").read_text(encoding="utf-8")
    known = re.search(r"KNOWN = \[([^\]]+)\]", script)
    assert set(re.findall(r'"([a-z-]+)"', known[1])) == {
        value for choices in CHOICES for value in choices if value
    }
