"""The grid and the prose box as a browser runs them: no server, only the form and its script."""

import json
from pathlib import Path

import pytest
from crispy_forms.utils import render_crispy_form
from playwright.sync_api import Page, Route, expect

from reports.editions import edition_for
from reports.editions.grammar import Kind
from reports.forms import PART_FORMS
from reports.forms.cells import NotANumber, read_cell

STATIC = Path(__file__).resolve().parents[2] / "static"
HOME = "http://desk.test/"
EDITION = edition_for(2024)
PASTE = """(text) => {
  const data = new DataTransfer();
  data.setData("text/plain", text);
  document.activeElement.dispatchEvent(
    new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true }));
}"""
OUTLINE = """<section data-outline-panel hidden><ol data-outline></ol><span data-count></span></section>
<script type="application/json" id="numbering">{numbering}</script>"""


def opened(page: Page, part: str, script: str, more: str = "", **initial: str) -> Page:
    """A page of nothing but the part's form and one script."""
    form = PART_FORMS[part](initial=initial, part=part, edition=EDITION, year=2024)
    zeros = dict.fromkeys(form.typed_names(), "0") if form.fields.keys() - {"text"} else {}
    form.initial = {**zeros, **initial}
    html = f"""<!doctype html><meta charset="utf-8"><form>{render_crispy_form(form)}{more}</form>
    <script src="/static/js/{script}"></script>"""

    def answer(route: Route) -> None:
        path = route.request.url.removeprefix(HOME)
        if path.startswith("static/js/"):
            text = (STATIC / path.removeprefix("static/")).read_text(encoding="utf-8")
            route.fulfill(body=text, content_type="text/javascript; charset=utf-8")
        else:
            route.fulfill(body=html, content_type="text/html; charset=utf-8")

    faults: list[str] = []
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.route(f"{HOME}**", answer)
    page.goto(HOME)
    assert faults == []
    return page


@pytest.fixture
def grid(page: Page) -> Page:
    return opened(page, "applications", "grid.js")


def box(name: str) -> str:
    return f"[name='{name}']"


def at(page: Page) -> str:
    return str(page.evaluate("document.activeElement.name"))


def paste(page: Page, name: str, text: str) -> None:
    page.focus(box(name))
    page.evaluate(PASTE, text)


def total(page: Page, name: str) -> str:
    return page.inner_text(f"[data-into='{name}']")


def test_keys_move_as_in_a_spreadsheet_and_skip_what_is_computed(grid: Page):
    grid.focus(box("natural_person.received"))
    for key, there in (
        ("Enter", "natural_person.brought_forward"),
        ("ArrowRight", "business.brought_forward"),
        ("ArrowUp", "business.received"),
        ("ArrowLeft", "natural_person.received"),
        ("Control+End", "other_organization.carried_forward"),
        ("ArrowRight", "other_organization.carried_forward"),
        ("ArrowUp", "other_organization.closed_other"),
        ("Control+Home", "natural_person.received"),
        ("Tab", "business.received"),
    ):
        grid.keyboard.press(key)
        assert at(grid) == there, key


def test_typing_over_a_cell_replaces_it(grid: Page):
    grid.focus(box("business.received"))
    grid.keyboard.type("12")
    assert grid.input_value(box("business.received")) == "12"


def test_totals_and_equations_follow_every_key(grid: Page):
    grid.fill(box("business.received"), "１２")
    grid.fill(box("business.granted"), "1,000")
    grid.fill(box("business.denied_state_secret"), "5")
    assert total(grid, "business.outcomes_total") == "1005"
    assert total(grid, "total.outcomes_total") == "1005"
    assert total(grid, "total.received") == "12"
    balance = grid.locator("#balance-business")
    assert balance.inner_text().split() == ["12", "≠", "1005", "相差", "993"]
    assert "broken" in str(balance.get_attribute("class"))
    grid.fill(box("business.received"), "1005")
    assert balance.inner_text().split() == ["1005", "＝", "1005", "相符"]
    assert "broken" not in str(balance.get_attribute("class"))


def test_a_broken_equation_is_said_aloud_and_so_is_that_it_holds_again(grid: Page):
    grid.fill(box("business.received"), "3")
    said = grid.locator("[data-announce]")
    expect(said).to_contain_text("商业企业列：3 ≠ 0 相差 3")
    grid.fill(box("business.carried_forward"), "3")
    expect(said).to_contain_text("相符")


def test_a_blank_leaves_no_total(grid: Page):
    grid.fill(box("business.granted"), "")
    assert total(grid, "business.outcomes_total") == ""
    assert grid.inner_text("#balance-business").split()[-1] == "未填全"


def test_a_block_from_a_spreadsheet_is_understood(grid: Page):
    paste(grid, "business.received", "１２\t-\t\r\n1,234\t3件\t5\r\n")
    values = {
        "business.received": "12", "research_institute.received": "0",
        "public_welfare.received": "0", "business.brought_forward": "1234",
        "research_institute.brought_forward": "3件", "public_welfare.brought_forward": "5",
    }  # fmt: skip
    assert {name: grid.input_value(box(name)) for name in values} == values
    assert total(grid, "total.received") == "12"


def test_the_whole_table_may_be_pasted_with_its_totals_or_without(grid: Page):
    lines = [line.key for line in EDITION.applications.leaves()]
    whole = "\n".join("\t".join([str(n)] * 7) for n in range(len(lines)))
    paste(grid, "natural_person.received", whole)
    last = grid.input_value(box("natural_person.carried_forward"))
    assert last == str(lines.index("carried_forward"))
    bare = "\n".join("\t".join([str(n)] * 6) for n in range(len(lines) - 1))
    paste(grid, "natural_person.received", bare)
    assert grid.input_value(box("natural_person.carried_forward")) == str(len(lines) - 2)


def test_what_does_not_fit_is_said(grid: Page):
    grid.evaluate(
        "document.querySelector('form').addEventListener('told', (e) => { window.told = e.detail; })"
    )
    paste(grid, "other_organization.carried_forward", "1\t2\t3\n4\t5\t6\n")
    told = str(grid.evaluate("window.told"))
    assert "已粘贴 1 格" in told
    assert "1 格合计由系统计算" in told
    assert "4 格超出可填的范围" in told


def test_amounts_are_exact(page: Page):
    opened(page, "disclosure", "grid.js")
    page.fill(box("rules_issued"), "3")
    balance = page.locator("#balance-rules_in_force")
    assert balance.inner_text().split() == ["0", "＜", "3", "相差", "3"]


TEXTS = [
    "0", "12", "１２", " 3 ", "1,234", "１，２３４", "1 234", "1 2", "1,23", "-1", "−1", "3件", "",
    "1.5", "²", "①", "٣", "1e3", "+4", "007", "／", "　9　",
]  # fmt: skip


def test_the_browser_reads_a_cell_as_the_server_does(grid: Page):
    """The one rule that stands twice, so that totals can follow the keys."""
    place = next(p for p in EDITION.places() if p.key == "business.received")
    change = next(p for p in edition_for(2019).places() if p.kind is Kind.CHANGE)
    for text in TEXTS:
        grid.fill(box("business.received"), text)
        shown = total(grid, "total.received")
        try:
            number = str(read_cell(text, place))
        except NotANumber:
            try:
                number = str(read_cell(text, change))  # negative: refused on saving, yet a number
            except NotANumber:
                number = "1.5" if text == "1.5" else ""
        assert shown == number, text


def test_prose_is_outlined_counted_and_cleaned_on_pasting(page: Page):
    form = PART_FORMS["overview"](part="overview", edition=EDITION, year=2024)
    panel = OUTLINE.format(numbering=json.dumps(form.numbering()))
    opened(page, "overview", "prose.js", more=panel, text="")
    page.focus("textarea")
    page.evaluate(
        PASTE,
        "（一）主动公开\u000b  甲\u00a0乙\u200b\r\n\r\n\u3000\u30001.丙。丁\r\n2024.5 不是层次",
    )
    assert page.input_value("textarea") == "（一）主动公开\n甲 乙\n1.丙。丁\n2024.5 不是层次"
    items = page.locator("[data-outline] li")
    assert [items.nth(n).inner_text() for n in range(items.count())] == ["（一）主动公开", "1.丙"]
    assert [items.nth(n).get_attribute("data-level") for n in range(2)] == ["2", "3"]
    page.locator("[data-outline] button").nth(1).click()
    assert page.evaluate("document.querySelector('textarea').selectionStart") == 12
