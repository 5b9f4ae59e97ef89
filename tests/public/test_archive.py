"""The ZIP of an agency: unpacked, complete, and leading nowhere but within itself."""

import tracemalloc
from datetime import datetime
from io import BytesIO
from pathlib import PurePosixPath
from zipfile import ZipFile

import pytest
from lxml import html

from reports.exporters.zipped import zipped
from reports.workflow import State
from tests.factories import make_agency

from .shelf import FILES, page_of, put_out
from .test_portal import grid

pytestmark = pytest.mark.django_db
AT = datetime(2025, 1, 20, 9, 5)
FEWER = {"natural_person": {"received": 11, "granted": 11}}


@pytest.fixture
def agency():
    agency = make_agency()
    put_out(agency, 2022, state=State.WITHDRAWN, reason="含有个人信息。")
    put_out(agency, 2023)
    put_out(agency, 2024)
    put_out(agency, 2024, reason="更正新收数量。", columns=FEWER)
    put_out(agency, 2024, reason="恢复原来的数量。")
    put_out(agency, 2021)
    put_out(agency, 2021, state=State.WITHDRAWN, reason="发错了文件。")
    put_out(agency, 2021, reason="改好后重新公布。")
    put_out(agency, 2021, reason="再改一处。", columns=FEWER)
    return agency


@pytest.fixture
def unpacked(client, agency) -> dict[str, bytes]:
    answer = client.get(f"/agencies/{agency.slug}/reports.zip")
    assert answer["Content-Type"] == "application/zip"
    assert answer["Content-Disposition"].startswith("attachment")
    with ZipFile(BytesIO(b"".join(answer.streaming_content))) as archive:
        assert archive.testzip() is None
        return {name: archive.read(name) for name in archive.namelist()}


def test_every_year_is_there_with_its_files_and_of_a_withdrawn_one_the_notice(unpacked):
    for year in (2023, 2024):
        for extension in FILES:
            assert f"{year}/report.{extension}" in unpacked
    assert unpacked["2024/report.pdf"] == FILES["pdf"] + b"3"
    assert [name for name in unpacked if name.startswith("2022/")] == ["2022/index.html"]
    withdrawn = unpacked["2022/index.html"].decode()
    assert "含有个人信息。" in withdrawn
    assert "<article" not in withdrawn


def texts_in(unpacked) -> set[str]:
    return {name for name in unpacked if "/versions/" in name and name.endswith(".html")}


def test_older_texts_and_what_was_changed_are_there_as_far_as_the_site_shows_them(
    client, agency, unpacked
):
    assert texts_in(unpacked) == {
        "2024/versions/1/index.html", "2024/versions/2/index.html",
        "2024/versions/2/changes/index.html", "2024/versions/3/changes/index.html",
        "2021/versions/3/index.html", "2021/versions/4/changes/index.html",
    }  # fmt: skip
    for number in (1, 2):
        for extension in FILES:
            content = unpacked[f"2024/versions/{number}/report.{extension}"]
            assert content == FILES[extension] + str(number).encode()
    reached = {
        each.get("href").removeprefix(f"/agencies/{agency.slug}/") + "index.html"
        for year in (2024, 2021)
        for each in html.fromstring(
            client.get(f"/agencies/{agency.slug}/{year}/").content
        ).iterfind(".//section[@id='versions']//a")
    }
    assert reached == texts_in(unpacked), "no more and no less than a reader of the site reaches"
    older = unpacked["2024/versions/1/index.html"].decode()
    assert "这是更正前的文本（第1版）" in older
    assert "更正理由：更正新收数量。" in older
    changes = html.fromstring(unpacked["2024/versions/2/changes/index.html"].decode())
    row = changes.find(".//table[@class='data differences']/tbody/tr")
    assert [each.text_content() for each in row.iter("td")] == ["12", "11"]
    assert row.find(".//a").get("href").startswith("../../../versions/2/index.html#cell-")


def test_of_a_text_that_was_withdrawn_nothing_is_left(unpacked):
    assert "2021/versions/1/index.html" not in unpacked
    assert not [
        name for name in unpacked if name.startswith(("2021/versions/1/", "2021/versions/2/"))
    ]
    page = html.fromstring(unpacked["2021/index.html"].decode())
    rows = page.findall(".//section[@id='versions']//tbody/tr")
    assert [len(row.findall(".//th/a")) for row in rows] == [0, 1, 0, 0]


def test_every_link_and_style_leads_within_the_folder_or_to_the_live_page(unpacked):
    for name, content in unpacked.items():
        if not name.endswith(".html"):
            continue
        page = html.fromstring(content.decode())
        assert page.findall(".//script") == []
        ids = {each.get("id") for each in page.iterfind(".//*[@id]")}
        for each in page.iter("a", "link"):
            target = each.get("href")
            if target.startswith("#"):
                assert target[1:] in ids
            elif not target.startswith("https://localhost/agencies/"):
                target, _, place = target.partition("#")
                parts: list[str] = []
                for part in (PurePosixPath(name).parent / target).parts:
                    parts = parts[:-1] if part == ".." else [*parts, part]
                assert "/".join(parts) in unpacked, (name, target)
                there = unpacked["/".join(parts)].decode() if place else ""
                assert not place or f'id="{place}"' in there


def test_the_tables_are_the_pages_own(client, agency, unpacked):
    online = html.fromstring(client.get(f"/agencies/{agency.slug}/2024/").content)
    offline = html.fromstring(unpacked["2024/index.html"].decode())
    for tree in (online, offline):
        tree.tables = [grid(table) for table in tree.find(".//article").iter("table")]
    assert online.tables == offline.tables


def test_the_style_sheets_load_nothing_further(unpacked):
    styles = [content.decode() for name, content in unpacked.items() if name.endswith(".css")]
    assert len(styles) == 4
    assert [each for each in styles if "url(" in each or "@import" in each] == []


def test_an_agency_without_reports_has_no_zip(client):
    agency = make_agency()
    assert client.get(f"/agencies/{agency.slug}/reports.zip").status_code == 404
    assert "reports.zip" not in client.get(f"/agencies/{agency.slug}/").content.decode()
    assert client.get("/agencies/nobody/reports.zip").status_code == 404


def test_the_agencys_page_offers_it(client, agency):
    page = html.fromstring(
        client.get(page_of(put_out(agency, 2021)).rsplit("/", 2)[0] + "/").content
    )
    assert f"/agencies/{agency.slug}/reports.zip" in [each.get("href") for each in page.iter("a")]


def test_no_more_than_a_file_is_held_at_a_time():
    size, count = 1_000_000, 40
    tracemalloc.start()
    sent = 0
    files = ((f"{at}.pdf", bytes(size)) for at in range(count))
    for piece in zipped(files, AT):
        sent += len(piece)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert sent > size * count
    assert peak < 5 * size
