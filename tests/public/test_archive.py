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


@pytest.fixture
def agency():
    agency = make_agency()
    put_out(agency, 2022, state=State.WITHDRAWN, reason="含有个人信息。")
    put_out(agency, 2023)
    put_out(agency, 2024)
    put_out(agency, 2024, reason="更正新收数量。")
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
    assert unpacked["2024/report.pdf"] == FILES["pdf"] + b"2"
    assert [name for name in unpacked if name.startswith("2022/")] == ["2022/index.html"]
    withdrawn = unpacked["2022/index.html"].decode()
    assert "含有个人信息。" in withdrawn
    assert "<article" not in withdrawn


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
                parts: list[str] = []
                for part in (PurePosixPath(name).parent / target).parts:
                    parts = parts[:-1] if part == ".." else [*parts, part]
                assert "/".join(parts) in unpacked, (name, target)


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
