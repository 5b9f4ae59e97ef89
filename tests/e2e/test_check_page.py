"""校核 in a browser: a document is sent, its finding read, its cell found; nothing is needed."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, FilePayload, expect

from reports.importers.opening import LARGEST_FILE
from tests.e2e.conftest import Site
from tests.e2e.people import PHONE, WIDE, Person, somebody
from tests.public.sent import AGENCY, BROKEN, as_text, broken, sound

CELL = "cell-applications.natural_person.outcomes_total"


@pytest.fixture(params=[(True, WIDE), (True, PHONE), (False, WIDE)],
                ids=["scripts", "phone", "no_scripts"])  # fmt: skip
def reader(browser: Browser, site: Site, request) -> Iterator[Person]:
    scripts, size = request.param
    with somebody(browser, site, scripts=scripts, size=size) as person:
        yield person


@pytest.fixture
def with_scripts(browser: Browser, site: Site) -> Iterator[Person]:
    with somebody(browser, site) as person:
        yield person


def document(content: bytes, name: str = "报告.txt") -> FilePayload:
    return {"name": name, "mimeType": "text/plain", "buffer": content}


def test_a_reader_sends_a_document_and_is_led_to_the_broken_cell(reader: Person) -> None:
    reader.go("/")
    reader.press("去校核")
    page = reader.page
    page.set_input_files("#id_document", document(as_text(broken())))
    reader.press("校核")
    assert reader.says(f"{AGENCY}，2024年度")
    finding = page.get_by_role("listitem").filter(has_text=BROKEN)
    assert "应当改正" in finding.inner_text()
    finding.get_by_role("link").click()
    expect(page.locator(f'[id="{CELL}"]')).to_be_in_viewport()
    assert "应当改正" in page.locator(f'[id="{CELL}"]').inner_text()


def test_a_refusal_has_the_focus_and_another_try_is_right(reader: Person) -> None:
    reader.go("/check/")
    page = reader.page
    page.locator("summary").click()
    page.fill("#id_agency", AGENCY)
    page.set_input_files("#id_document", document(b"\x89PNG\r\n", "照片.txt"))
    reader.press("校核")
    expect(page.locator("#error-summary")).to_be_focused()
    assert reader.says("“照片.txt”：这是图片")
    assert page.input_value("#id_agency") == AGENCY
    page.set_input_files("#id_document", document(as_text(sound())))
    reader.press("校核")
    assert reader.says("没有发现问题")


def test_the_choice_of_an_answer_is_seen(with_scripts: Person) -> None:
    with_scripts.go("/check/")
    choices = with_scripts.page.get_by_role("radio")
    assert choices.count() > 1
    seen = "all => all.map(each => [getComputedStyle(each).opacity, each.offsetWidth > 15])"
    assert choices.evaluate_all(seen) == [["1", True]] * choices.count()


def test_a_file_too_large_is_told_before_it_is_sent(with_scripts: Person, tmp_path: Path) -> None:
    with_scripts.go("/check/")
    page = with_scripts.page
    # By its path: 20 MB through the walk's own channel to the browser take 20 seconds.
    large = tmp_path / "大.docx"
    with large.open("wb") as file:
        file.truncate(LARGEST_FILE + 1)
    page.set_input_files("#id_document", large)
    expect(page.get_by_role("alert")).to_contain_text("“大.docx”超过 20 MB")
    with_scripts.press("校核")
    assert page.url.endswith("/check/")
    expect(page.locator("#error-summary")).to_have_count(0)
    expect(page.locator("#id_document")).to_be_focused()


def test_a_file_can_be_dropped_anywhere_on_its_field(with_scripts: Person) -> None:
    with_scripts.go("/check/")
    page = with_scripts.page
    dropped = page.evaluate_handle(
        """(text) => {
            const dropped = new DataTransfer();
            dropped.items.add(new File([text], "报告.txt", {type: "text/plain"}));
            return dropped;
        }""",
        as_text(sound()).decode(),
    )
    page.locator(".file-drop label").dispatch_event("drop", {"dataTransfer": dropped})
    with_scripts.press("校核")
    assert with_scripts.says("没有发现问题")


def test_on_paper_only_the_list_is_printed(with_scripts: Person) -> None:
    with_scripts.go("/check/")
    page = with_scripts.page
    page.set_input_files("#id_document", document(as_text(broken())))
    with_scripts.press("校核")
    page.emulate_media(media="print")
    expect(page.locator(".finding").first).to_be_visible()
    for hidden in ("article", ".site-header", ".finding a", "[data-print]"):
        expect(page.locator(hidden).first).to_be_hidden()
