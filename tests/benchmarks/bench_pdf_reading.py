"""Our own long report as a PDF: read, understood and checked, in one process and apart."""

from io import BytesIO

from django.conf import settings

from reports.checker import check
from reports.exporters import Options, draw
from reports.importers import read
from reports.importers.pdf import read_pdf
from tests.benchmarks.timing import medians
from tests.exporters.specimen import specimen


def test_reading_a_pdf():
    data = draw("pdf", specimen(), Options(font_root=settings.FONT_ROOT)).content
    medians(
        "读取 PDF reading a PDF",
        {
            "characters, rules, tables": lambda: read_pdf(data),
            "in its own process, understood and checked": lambda: check(read(BytesIO(data)).sheet),
        },
        rounds=9,
    )
