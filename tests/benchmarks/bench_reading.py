"""A report of ten pages in every format: read, checked, documents and findings a second."""

from dataclasses import replace
from io import BytesIO

from django.conf import settings

from reports.checker import check
from reports.editions import EDITIONS
from reports.exporters import Options, draw
from reports.importers import read
from tests.benchmarks.timing import medians
from tests.exporters.specimen import specimen
from tests.importers import documents as make

FORMATS = ("docx", "xlsx", "html", "txt", "pdf")


def ten_pages():
    """The specimen of seven pages with half as much prose again, and more."""
    sheet = specimen()
    return replace(sheet, overview="\n".join([sheet.overview] * 2), problems=sheet.problems * 2)


def drawn(sheet):
    options = Options(font_root=settings.FONT_ROOT)
    files = {name: draw(name, sheet, options).content for name in FORMATS if name != "txt"}
    return {**files, "txt": make.as_lines(make.parts_of(sheet))}


def test_reading_and_checking():
    files = drawn(ten_pages())

    def read_and_checked(data):
        return check(read(BytesIO(data)).sheet)

    taken = medians(
        "读取并检查 read and checked, ten pages",
        {name: lambda name=name: read_and_checked(files[name]) for name in FORMATS},
        rounds=9,
    )
    for name, milliseconds in taken.items():
        print(f"  {name:<44}{1000 / milliseconds:9.1f} documents a second")


def test_findings():
    """A sheet whose every figure is wrong."""
    wrong, right = make.random_sheet(EDITIONS[2021]), specimen()
    found = len(check(wrong))
    taken = medians(
        "检查 checked",
        {
            "sound, of 2,300 characters": lambda: check(right),
            f"{found} findings": lambda: check(wrong),
        },
        rounds=25,
    )
    print(f"  {found * 1000 / taken[f'{found} findings']:.0f} findings a second")
