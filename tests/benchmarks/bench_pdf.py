"""How long a realistic report takes in every format: first and warm, and how large it is.

Run: .venv/bin/python -m tests.benchmarks.bench_pdf [rounds]
"""

import os
import sys
from statistics import median
from time import perf_counter


def milliseconds(work: object) -> float:
    began = perf_counter()
    assert callable(work)
    work()
    return (perf_counter() - began) * 1000


def main(rounds: int) -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.test")
    import django

    django.setup()
    from django.conf import settings

    from reports.exporters import FORMATS, Options, draw
    from tests.exporters.specimen import specimen

    sheet, options = specimen(), Options(font_root=settings.FONT_ROOT)
    print(f"{'':6}{'first ms':>10}{'warm ms':>10}{'KB':>8}")
    for name in FORMATS:
        first = milliseconds(lambda name=name: draw(name, sheet, options))
        warm = [milliseconds(lambda name=name: draw(name, sheet, options)) for _ in range(rounds)]
        size = len(draw(name, sheet, options).content) / 1024
        print(f"{name:6}{first:10.0f}{median(warm):10.0f}{size:8.0f}")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 7)
