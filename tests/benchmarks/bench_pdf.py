"""A realistic report in every format: the first drawing of a process, then warm, and its size."""

from time import perf_counter

from django.conf import settings

from reports.exporters import FORMATS, Options, draw
from tests.benchmarks.timing import medians
from tests.exporters.specimen import specimen


def test_drawing_a_document():
    sheet, options = specimen(), Options(font_root=settings.FONT_ROOT)
    print("\n第一次 first drawing in this process")
    for name in FORMATS:
        begun = perf_counter()
        size = len(draw(name, sheet, options).content)
        print(f"  {name:<44}{(perf_counter() - begun) * 1000:9.0f} ms {size / 1024:7.0f} KB")
    medians(
        "以后 warm",
        {name: lambda name=name: draw(name, sheet, options) for name in FORMATS},
        rounds=7,
    )
