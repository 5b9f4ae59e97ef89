"""The bulk files of a year: asked for by each publication, built whole, changed at once."""

import csv
import gzip
import json
from datetime import timedelta
from hashlib import sha256

import openpyxl
import pytest
from django.core.management import call_command
from django.db.models import F
from django.utils import timezone

from reports.actions import open_data
from reports.actions.moves import move
from reports.editions.grammar import plain
from reports.exporters.bulk import FILES, SUMS
from reports.jobs.open_data import build_files, take_up
from reports.models import Agency, DataChange, DataYear, Revision
from reports.queries.open_data import LONGEST, QUIET, due
from reports.sheet import from_json, name_of
from reports.workflow import Role, State
from tests.factories import complete, in_state, make_agency, make_revision, make_user
from tests.public.shelf import put_out

pytestmark = pytest.mark.django_db


def rows(name: str, year: int = 2024) -> list[dict[str, str]]:
    text = (open_data.address_of(year) / name).read_text(encoding="utf-8-sig")
    return list(csv.DictReader(text.splitlines()))


def test_publication_and_withdrawal_ask_for_the_years_files():
    agency = make_agency()
    supervisor = make_user(Role.SUPERVISOR, agency=agency)
    revision = in_state(complete(make_revision(2024, agency)), State.APPROVED)
    move(revision, "publish", by=supervisor)
    assert list(DataChange.objects.values_list("year", flat=True)) == [2024]
    assert open_data.build_year(2024)
    assert not DataChange.objects.exists()
    assert [row["机关"] for row in rows("reports.csv")] == [agency.name]
    move(Revision.objects.get(pk=revision.pk), "withdraw", by=supervisor, note="发错了文件。")
    assert DataChange.objects.count() == 1
    assert open_data.build_year(2024)
    assert not open_data.address_of(2024).exists()
    assert DataYear.objects.get(year=2024).reports == 0


def test_every_figure_of_every_report_stands_in_the_tidy_file():
    texts = [put_out(year=2024), put_out(year=2024, as_printed=True), put_out(year=2023)]
    open_data.build_year(2024)
    found = {(row["网址标识"], row["数据项"]): row["数值"] for row in rows("figures.csv")}
    expected = {
        (text.report.agency.slug, name_of(place)): "" if number is None else plain(number)
        for text in texts[:2]
        for place, number in from_json(text.snapshot.sheet).cells()
    }
    assert found == expected
    assert {row["格式"] for row in rows("figures.csv")} == {"2021"}


def test_a_line_of_json_is_the_reports_own_json():
    agency = make_agency()
    revision = in_state(complete(make_revision(2024, agency)), State.APPROVED)
    published = move(revision, "publish", by=make_user(Role.SUPERVISOR, agency=agency))
    open_data.build_year(2024)
    (line,) = (open_data.address_of(2024) / "reports.jsonl").read_text().splitlines()
    said = json.loads(line)
    document = published.documents.get(format="json")
    own = json.loads((open_data.storing.root() / document.path).read_bytes())
    assert {key: said[key] for key in own} == own
    assert (said["slug"], said["url"]) == (agency.slug, f"https://localhost/agencies/{agency.slug}/2024/")  # fmt: skip


def test_the_workbook_holds_the_same_figures():
    revision = put_out(as_printed=True)
    sheet = from_json(revision.snapshot.sheet)
    open_data.build_year(2024)
    book = openpyxl.load_workbook(open_data.address_of(2024) / "reports.xlsx")
    assert book.sheetnames == [
        "报告清单",
        *(p.title[:31] for p in sheet.edition.parts if p.is_table),
    ]
    for part, page in zip((2, 3, 4), book.worksheets[1:], strict=True):
        _, names, *lines = page.iter_rows(values_only=True)
        found = {}
        for line in lines:
            for name, value in zip(names, line, strict=True):
                if name:
                    found[name if part == 2 else f"{line[4]}.{name}"] = value
        assert found == {
            place.key: None if number is None else float(number)
            for place, number in sheet.cells()
            if place.part == part
        }


def test_the_checksums_and_the_compressed_files_fit():
    put_out()
    open_data.build_year(2024)
    folder = open_data.address_of(2024)
    sums = dict(reversed(line.split("  ")) for line in (folder / SUMS).read_text().splitlines())
    assert set(sums) == set(FILES)
    row = DataYear.objects.get(year=2024)
    assert {each["name"]: each["sha256"] for each in row.files} == sums
    for name, digest in sums.items():
        content = (folder / name).read_bytes()
        assert sha256(content).hexdigest() == digest
        if (packed := folder / f"{name}.gz").exists():
            assert gzip.decompress(packed.read_bytes()) == content


def test_no_name_becomes_a_formula():
    agency = make_agency("=HYPERLINK(1)局")
    put_out(agency)
    open_data.build_year(2024)
    assert [row["机关"] for row in rows("reports.csv")] == ["'=HYPERLINK(1)局"]
    book = openpyxl.load_workbook(open_data.address_of(2024) / "reports.xlsx")
    assert "f" not in {cell.data_type for page in book for row in page.iter_rows() for cell in row}


def test_many_publications_make_one_building_and_only_after_a_while(monkeypatch):
    built = []
    monkeypatch.setattr("reports.jobs.open_data.build_year", built.append)
    for _ in range(3):
        put_out()
        open_data.note_change(2024)
    now = timezone.now()
    assert due(now) == []
    assert due(now + QUIET + timedelta(seconds=1)) == [2024]
    DataChange.objects.update(at=now - LONGEST)
    open_data.note_change(2024)
    assert due(now) == [2024]  # something is always being published: it has waited long enough
    assert take_up() == 1
    assert built == [2024]


def test_a_builder_at_work_is_left_alone_and_a_dead_one_is_not():
    put_out()
    dead = open_data.claim_year(2024)
    assert dead is not None
    assert not open_data.build_year(2024)
    DataYear.objects.update(claimed_at=F("claimed_at") - open_data.PATIENCE)
    assert open_data.build_year(2024)
    dead.folder.mkdir()
    with pytest.raises(open_data.TakenOver):
        list(dead.entries())
    with pytest.raises(open_data.TakenOver):
        dead.put_up([], [])
    assert len(rows("reports.csv")) == 1


def test_a_publication_during_the_building_is_asked_for_again(monkeypatch):
    put_out()
    write = open_data.write_year

    def write_slowly(*arguments):
        built = write(*arguments)
        open_data.note_change(2024)
        return built

    open_data.note_change(2024)
    monkeypatch.setattr(open_data, "write_year", write_slowly)
    open_data.build_year(2024)
    assert DataChange.objects.count() == 1


def test_a_building_that_fails_leaves_the_old_files_and_is_tried_later(monkeypatch):
    put_out()
    open_data.build_year(2024)
    before = open_data.address_of(2024).resolve()

    def fail(*arguments):
        raise OSError("no space")

    open_data.note_change(2024)
    monkeypatch.setattr(open_data, "write_year", fail)
    with pytest.raises(OSError, match="no space"):
        open_data.build_year(2024)
    assert open_data.address_of(2024).resolve() == before
    assert [each.name for each in before.parent.iterdir()] == [before.name]
    later = timezone.now() + LONGEST
    assert due(later) == [2024]
    assert due(timezone.now() + QUIET + timedelta(seconds=1)) == []


def test_a_new_building_takes_the_place_of_the_old_one():
    agency = make_agency()
    put_out(agency)
    build_files.func(2024)
    first = open_data.address_of(2024).resolve()
    Agency.objects.filter(pk=agency.pk).update(slug="renamed")
    call_command("build_data")
    assert not first.exists()
    assert rows("reports.csv")[0]["网址标识"] == "renamed"
